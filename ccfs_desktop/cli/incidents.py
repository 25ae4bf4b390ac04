"""The incidents: the list without names, a report, a copy for the parents, the register as PDF."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import clock
from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.db import Database


def add(jobs: "Jobs") -> None:
    """Offer the incidents."""
    incidents = jobs.add_parser("incidents", help="incidents: the list, reports, copies for the parents, the register")
    incidents.add_argument("what", choices=("list", "report", "parents", "register"))
    incidents.add_argument("--number", default="", metavar="NUMBER", help="of report and parents, such as 2017-001")
    incidents.add_argument("--child", type=int, metavar="N", help="which of its children, counted from 1")
    incidents.add_argument("--day", type=access.day, help="of list and register; today unless given")
    incidents.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    incidents.add_argument("--archive", action="store_true", help="as PDF/A-2b")
    incidents.add_argument("--out", type=Path, metavar="FILE", help="for everything but list")
    access.add_office(incidents)
    incidents.set_defaults(command=_incidents)


def _incidents(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where the list holds something that waits."""
    if args.what != "list" and args.out is None:
        raise UserError(_("Name the file: --out FILE."))
    with access.office(args) as db:
        if args.what == "list":
            return _list(db, args.day or clock.today())
        data = _made(db, args)
    try:
        args.out.write_bytes(data)
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=args.out, why=error.strerror or error)) from None
    print(args.out)
    return 0


def _list(db: "Database", day: date) -> int:
    """Print the season's incidents; nobody is named."""
    from ccfs_desktop.services import incident_list, seasons  # noqa: PLC0415 (loaded when it is needed)
    from ccfs_desktop.services.incident_kinds import severity_word  # noqa: PLC0415

    with db.read() as session:
        season = seasons.current(session, day)
        rows = incident_list.rows(session, season)
        waiting = incident_list.tasks(session, season, day)
    for row in rows:
        print(f"{row.number}  {row.day}  {row.state.value:9}  {_(row.kind.word)}, {severity_word(row.severity)}")
    for task in waiting:
        print(task.sentence)
    return 1 if waiting else 0


def _made(db: "Database", args: argparse.Namespace) -> bytes:
    from ccfs_desktop.reports import issue_incidents  # noqa: PLC0415 (paper is loaded when it is needed)

    how = {"languages": args.languages, "archive": args.archive}
    if args.what == "register":
        return issue_incidents.register(db, args.day, languages=args.languages)
    incident_id, reports = _found(db, args.number)
    if args.what == "report" and args.child is None:
        return issue_incidents.report(db, incident_id, **how)
    if args.child is None or not 1 <= args.child <= len(reports):
        raise UserError(_("Say which child: --child 1 to --child {n}.").format(n=len(reports)))
    report_id = reports[args.child - 1]
    if args.what == "report":
        return issue_incidents.report(db, incident_id, report_id, **how)
    return issue_incidents.parent_copy(db, report_id, **how)


def _found(db: "Database", number: str) -> tuple[int, list[int]]:
    """Return an incident and the reports on its children."""
    from ccfs_desktop.services import incidents  # noqa: PLC0415

    with db.read() as session:
        one = incidents.by_number(session, number)
        return one.id, [report.record.id for report in incidents.reports(session, one)]
