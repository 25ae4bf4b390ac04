"""How long an audit pack takes and how much memory: ``python -m benchmarks.pack [REDACTION]``.

The office is made up for it: 120 children in a space that has been open on sixty days. ``--office FOLDER FIRST LAST``
takes a demonstration office that is there instead.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from ccfs_desktop.db import Database
from ccfs_desktop.reports import audit_pack
from ccfs_desktop.services import demo, offices
from ccfs_desktop.services.audit_pack import Wish
from ccfs_desktop.services.redaction import Redaction


def main() -> int:
    """Make the pack once, in this process, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("redaction", nargs="?", default="initials", choices=[one.value for one in Redaction])
    parser.add_argument("--office", nargs=3, metavar=("FOLDER", "FIRST", "LAST"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ccfs-bench-") as place:
        folder, first, last = arguments.office or _sixty_days(Path(place) / "office")
        _measure(offices.open_demo(Path(folder)), Wish(
            date.fromisoformat(first), date.fromisoformat(last), redaction=Redaction(arguments.redaction)
        ))  # fmt: skip
    return 0


def _sixty_days(folder: Path) -> tuple[Path, str, str]:
    """Make an office of 120 children, open on sixty days; return it with its first and last day of them."""
    os.environ["CCFS_TODAY"] = "2017-08-30T17:50"
    larger = {"CAPACITY": 120, "_GROUP_SIZES": (40, 40, 40), "_WEEKS_BEHIND": 12, "_WEEKS": 14}
    for name, value in larger.items():
        setattr(demo, name, value)
    demo.build(folder, language="en", today=date(2017, 8, 30)).close()
    return folder, "2017-06-05", "2017-08-27"


def _measure(db: Database, wish: Wish) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    made = audit_pack.make(db, wish)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{made.document.pages} pages, {len(made.pdf) / 1e6:.1f} MB, Excel {len(made.excel) / 1e3:.0f} KB")
    print(f"{cpu:.1f} s of CPU ({1000 * cpu / made.document.pages:.0f} ms a page), {wall:.1f} s on the clock")
    print(f"{peak:.0f} MB of memory at most")
    db.close()


if __name__ == "__main__":
    sys.exit(main())
