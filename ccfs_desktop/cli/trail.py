"""The audit trail, checked."""

import argparse
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access, verify
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add(jobs: "Jobs") -> None:
    """Offer to check the trail."""
    audit = jobs.add_parser("audit", help="check the sealed audit trail")
    audit.add_argument("what", choices=("verify",))
    access.add_office(audit)
    verify.add_heads(audit)
    audit.set_defaults(command=_audit)


def _audit(args: argparse.Namespace) -> int:
    from ccfs_desktop.db import trail  # noqa: PLC0415 (the database is loaded when it is needed)
    from ccfs_desktop.db import verify as checking  # noqa: PLC0415

    heads = [trail.printed_head(head) for head in args.head]
    with access.office(args) as db:
        verdict = checking.verify(db, heads)
        head = db.head().code
    if verdict.whole:
        print(_("The trail is whole: {n} entries, {head}.").format(n=verdict.entries, head=head))
        return 0
    for problem in verdict.problems:
        print(problem)
    return 1
