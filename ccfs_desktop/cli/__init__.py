"""The command line: opens the window, and does the same jobs without one. One module per family of commands.

Exit codes: 0 done, 1 done but something needs attention, 2 the file or the command cannot be used (one line on stderr).
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from ccfs_desktop import __version__, i18n
from ccfs_desktop.cli import (
    actions,
    backups,
    checks,
    data,
    incidents,
    lists,
    new,
    papers,
    patrols,
    ratio,
    reports,
    roster,
    trail,
    verify,
    window,
)
from ccfs_desktop.errors import UserError

Command = Callable[[argparse.Namespace], int]

_ADD = (
    new.add,
    lists.add,
    roster.add,
    ratio.add,
    checks.add,
    patrols.add,
    incidents.add,
    actions.add,
    verify.add,
    backups.add,
    data.add,
    papers.add,
    reports.add,
    trail.add,
    window.add_demo,
)
"""What offers each command, in the order ``--help`` lists them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the arguments of a command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportAttributeAccessIssue]
    args = _parser().parse_args(argv)
    if args.language:
        i18n.set_language(args.language)
    command: Command = args.command
    try:
        return command(args)
    except UserError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever reads what we print has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ccfs-desktop", description="Runs a factory's Child Friendly Space from the HR office PC."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--language", choices=list(i18n.LANGUAGES), help="language of the program's words")
    parser.add_argument("--office", type=Path, help="the office's folder")
    parser.set_defaults(command=window.show)
    jobs = parser.add_subparsers(metavar="COMMAND")
    for add in _ADD:
        add(jobs)
    return parser
