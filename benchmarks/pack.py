"""How long an audit pack takes and how much memory: ``python -m benchmarks.pack FOLDER FIRST LAST [REDACTION]``.

The folder is that of a demonstration office.
"""

import argparse
import resource
import sys
import time
from datetime import date
from pathlib import Path

from ccfs_desktop.reports import audit_pack
from ccfs_desktop.services import offices
from ccfs_desktop.services.audit_pack import Wish
from ccfs_desktop.services.redaction import Redaction


def main() -> int:
    """Make the pack once, in this process, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("office", type=Path)
    parser.add_argument("first", type=date.fromisoformat)
    parser.add_argument("last", type=date.fromisoformat)
    parser.add_argument("redaction", nargs="?", default="initials", choices=[one.value for one in Redaction])
    arguments = parser.parse_args()
    db = offices.open_demo(arguments.office)
    wall, cpu = time.perf_counter(), time.process_time()
    made = audit_pack.make(db, Wish(arguments.first, arguments.last, redaction=Redaction(arguments.redaction)))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{made.document.pages} pages, {len(made.pdf) / 1e6:.1f} MB, Excel {len(made.excel) / 1e3:.0f} KB")
    print(f"{cpu:.1f} s of CPU ({1000 * cpu / made.document.pages:.0f} ms a page), {wall:.1f} s on the clock")
    print(f"{peak:.0f} MB of memory at most")
    db.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
