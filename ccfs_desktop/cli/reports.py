"""The reports for auditors."""

from typing import TYPE_CHECKING

from ccfs_desktop.cli import reports_pack

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add(jobs: "Jobs") -> None:
    """Offer the reports."""
    report = jobs.add_parser("report", help="issue a report for auditors")
    kinds = report.add_subparsers(metavar="REPORT", required=True)
    reports_pack.add_pack(kinds)
