"""Is a PDF what was issued? With the office's register, or by the file alone."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.services.verifying import Answer


def add(jobs: "Jobs") -> None:
    """Offer to verify a document."""
    verify = jobs.add_parser("verify", help="tell whether a PDF is what was issued")
    verify.add_argument("file", type=Path, help="the PDF")
    verify.add_argument("--office", type=Path, help="the office's folder; without it the file is judged by itself")
    access.add_user(verify, required=False)
    add_heads(verify)
    verify.set_defaults(command=_verify)


def add_heads(parser: argparse.ArgumentParser) -> None:
    """Let a command name the seals that stand on papers."""
    parser.add_argument(
        "--head", action="append", default=[], metavar="SEAL", help='a seal as printed: "#123 ABCD-EFGH-JKMN"'
    )


def _verify(args: argparse.Namespace) -> int:
    """Print the answer on one line; 0 unaltered, 1 altered, 2 not ours or unreadable."""
    from ccfs_desktop.services import verifying  # noqa: PLC0415 (the database is loaded when it is needed)

    raw = verifying.read(args.file)
    if args.office is None:
        answer = verifying.by_itself(raw, args.head)
    else:
        with access.office(args) as db:
            answer = verifying.by_office(db, raw, args.head)
    print(answer.line + _archive(answer, raw), file=sys.stderr if answer.exit_code == 2 else sys.stdout)
    return answer.exit_code


def _archive(answer: "Answer", raw: bytes) -> str:
    """Say whether an unaltered file is a PDF/A-2b; of another one nothing is read."""
    if answer.exit_code:
        return ""
    from ccfs_desktop.reports.kit.archive import archivable  # noqa: PLC0415
    from ccfs_desktop.services import signing  # noqa: PLC0415

    fit = archivable(signing.original(raw, signing.examine(raw)))
    return " " + (_("It is a PDF/A-2b.") if fit else _("It is not a PDF/A-2b."))
