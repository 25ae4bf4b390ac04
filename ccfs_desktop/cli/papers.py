"""The papers, printed as PDF."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import clock
from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.reports.order import Printable, When

_ARGUMENTS = {
    "day": "--day 2017-07-10",
    "week": "--week 2017-W28",
    "period": "--from 2017-07-03 --to 2017-07-14",
    "month": "--from 2017-07-01 --to 2017-07-31",
}


def add(jobs: "Jobs") -> None:
    """Offer to print."""
    paper = jobs.add_parser("print", help="print a paper as a PDF")
    paper.add_argument("document", help="such as sign-in-sheet; the user guide names them all")
    paper.add_argument("--day", type=access.day, help="such as 2017-07-10")
    paper.add_argument("--week", type=access.week, help="such as 2017-W28")
    paper.add_argument("--from", dest="first_day", type=access.day, metavar="DAY", help="first day of a period")
    paper.add_argument("--to", dest="last_day", type=access.day, metavar="DAY", help="its last day")
    paper.add_argument("--staff", default="", metavar="NAME", help="only this member of staff")
    paper.add_argument("--layout", choices=("scan-ready", "full"), help="of the sign-in sheet")
    paper.add_argument("--group", default="", metavar="NAME", help="only this group")
    paper.add_argument("--standard", default="", metavar="CODE", help="whose clauses a report is mapped to")
    paper.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    paper.add_argument("--archive", action="store_true", help="as PDF/A-2b")
    paper.add_argument("--out", type=Path, required=True, metavar="FILE")
    access.add_office(paper)
    paper.set_defaults(command=_print)


def _print(args: argparse.Namespace) -> int:
    from ccfs_desktop.models.factory import SheetLayout  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.reports.order import Order  # noqa: PLC0415

    wanted = _wanted(args.document)
    day, until = _days(args, wanted)
    layout = SheetLayout(args.layout) if args.layout else None
    order = Order(
        day, args.group, layout, args.languages, args.archive, until=until, staff=args.staff, standard=args.standard
    )
    with access.office(args) as db:
        pdf = wanted.make(db, order)
    try:
        args.out.write_bytes(pdf)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {why}.").format(path=args.out, why=error.strerror or error)
        ) from None
    print(args.out)
    return 0


def _wanted(name: str) -> "Printable":
    from ccfs_desktop.reports.printables import PRINTABLES  # noqa: PLC0415

    wanted = next((p for p in PRINTABLES if p.name == name), None)
    if wanted is None:
        names = ", ".join(p.name for p in PRINTABLES)
        raise UserError(_("There is no paper called {name}. There are: {names}.").format(name=name, names=names))
    return wanted


def _days(args: argparse.Namespace, wanted: "Printable") -> tuple[date, date | None]:
    """Return the paper's day and, of a period, its last day."""
    from ccfs_desktop.reports.order import When  # noqa: PLC0415

    given: dict[When, tuple[date | None, date | None]] = {
        When.DAY: (args.day, None),
        When.WEEK: (args.week or args.day, None),
        When.PERIOD: (args.first_day, args.last_day),
        When.MONTH: (args.first_day, args.last_day),
    }
    for when in wanted.when:
        day, until = given.get(when, (clock.today(), None))
        if day and (when not in (When.PERIOD, When.MONTH) or until):
            return day, until
    raise UserError(_not_said(wanted.when))


def _not_said(when: "tuple[When, ...]") -> str:
    choices = [_ARGUMENTS[w.value] for w in when if w.value in _ARGUMENTS]
    return _("Say for when the paper is: {choices}.").format(choices=listed(choices))
