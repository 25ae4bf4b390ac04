"""The table of figures, ours and the peers': ``python -m benchmarks [start] [lists] [search] [paper] [roster]``."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import lists, paper, roster, search, start
from benchmarks.measure import counts

_CONTESTS: dict[str, Callable[[Path], Any]] = {
    "start": start.contest, "lists": lists.contest, "search": search.Searches, "paper": paper.contests,
    "roster": roster.contests,
}  # fmt: skip


def main() -> int:
    """Hold the contests that were named, or all. Figures are to be read, not to fail on: the machine decides too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contests", nargs="*", choices=[[], *_CONTESTS], metavar="contest", help=", ".join(_CONTESTS))
    parser.add_argument("--rounds", type=int, help="rounds of each contest")
    arguments = parser.parse_args()
    if not counts():
        print("This machine counts no instructions: CPU time is compared, which other work on it disturbs.")
    with tempfile.TemporaryDirectory(prefix="ccfs-bench-") as name:
        for wanted in arguments.contests or _CONTESTS:
            _CONTESTS[wanted](Path(name)).hold(arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
