"""Reports for auditors, without a window. Each kind is a command of its own below ``report``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access, reports_pack
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add(jobs: "Jobs") -> None:
    """Offer the reports."""
    report = jobs.add_parser("report", help="issue a report for an auditor as a signed PDF")
    kinds = report.add_subparsers(metavar="REPORT", required=True)
    for offer in KINDS:
        offer(kinds)


def add_compliance(kinds: "Jobs") -> None:
    """Offer the compliance report."""
    made = kinds.add_parser("compliance", help="the compliance report of a month or a season")
    when = made.add_mutually_exclusive_group(required=True)
    when.add_argument("--month", help="such as 2017-07")
    when.add_argument("--season", metavar="NAME", help="a whole season, by its name")
    made.add_argument("--standard", default="", metavar="CODE", help="whose clauses it is mapped to, such as smeta")
    made.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    made.add_argument("--summary", action="store_true", help="only the summary, on one page")
    made.add_argument("--out", type=Path, required=True, metavar="FILE")
    access.add_office(made)
    made.set_defaults(command=_compliance)


KINDS = (add_compliance, reports_pack.add_pack)
"""What offers each report, in the order ``report --help`` lists them."""


def _compliance(args: argparse.Namespace) -> int:
    """Issue the report; 0 when it was written."""
    from ccfs_desktop.reports import issue_compliance  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.services import periods, standards  # noqa: PLC0415

    standard = standards.get(args.standard)
    name = "compliance-summary" if args.summary else "compliance-report"
    with access.office(args) as db:
        with db.read() as session:
            period = periods.of_month(session, args.month) if args.month else periods.of_season(session, args.season)
        pdf = issue_compliance.report(db, name, period, standard, languages=args.languages)
    write(args.out, pdf)
    return 0


def write(path: Path, pdf: bytes) -> None:
    """Write a report and say where it lies.

    Raises:
        UserError: it cannot be written there.
    """
    try:
        path.write_bytes(pdf)
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=path, why=error.strerror or error)) from None
    print(path)
