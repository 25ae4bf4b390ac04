"""The safety checks: what is due, the forms and records as PDF, a checklist as a spreadsheet."""

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
    """Offer the safety checks."""
    checks = jobs.add_parser("checks", help="safety checks: what is due, forms, records, lists")
    checks.add_argument("what", choices=("due", "form", "record", "history", "export"))
    checks.add_argument("--list", default="OPN", metavar="CODE", help="of form, record and export, such as OPN")
    checks.add_argument("--day", type=access.day, help="such as 2017-07-10; today unless given")
    checks.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    checks.add_argument("--archive", action="store_true", help="the form as PDF/A-2b; records always are")
    checks.add_argument("--out", type=Path, metavar="FILE", help="for everything but due")
    access.add_office(checks)
    checks.set_defaults(command=_checks)


def _checks(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where something is due, missed or not safe."""
    if args.what != "due" and args.out is None:
        raise UserError(_("Name the file: --out FILE."))
    with access.office(args) as db:
        if args.what == "due":
            return _due(db, args.day or clock.today())
        data = _made(db, args)
    try:
        args.out.write_bytes(data)
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=args.out, why=error.strerror or error)) from None
    print(args.out)
    return 0


def _due(db: "Database", day: date) -> int:
    """Print whether the space may open and what is due or missed."""
    from ccfs_desktop.services import check_schedule, opening, seasons  # noqa: PLC0415 (loaded when it is needed)

    with db.read() as session:
        season = seasons.current(session, day)
        standing = opening.of(session, season, day)
        found = [one for one in check_schedule.today(session, season, day) if one.open]
    print(standing.sentence)
    for one in found:
        slot = f" ({one.slot})" if one.slot else ""
        print(f"{one.due}  {one.standing.value:8}  {one.checklist.code}  {_(one.checklist.title)}{slot}")
    return 1 if found or standing.state is opening.State.UNSAFE else 0


def _made(db: "Database", args: argparse.Namespace) -> bytes:
    from ccfs_desktop.reports import issue_checks  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.services import checklist_sheets, checklists, checks, seasons  # noqa: PLC0415

    day: date = args.day or clock.today()
    if args.what == "form":
        return issue_checks.form(db, args.list, day=args.day, languages=args.languages, archive=args.archive)
    if args.what == "history":
        return issue_checks.history(db, day, languages=args.languages)
    with db.read() as session:
        if args.what == "export":
            return checklist_sheets.write(checklists.current(session, args.list))
        made = checks.of_season(session, seasons.current(session, day), args.list)
    check = next((one for one in made if one.day == day), None)
    if check is None:
        raise UserError(_("There is no check {code} of {day}.").format(code=args.list, day=day))
    return issue_checks.completed(db, check.id, languages=args.languages)
