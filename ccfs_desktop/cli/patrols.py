"""The patrols of the production areas: what is due, the trend in words, the register with names in full."""

import argparse
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import clock
from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.db import Database

_WEEK = timedelta(days=6)


def add(jobs: "Jobs") -> None:
    """Offer the patrols."""
    patrols = jobs.add_parser("patrols", help="patrols of the production areas: due, trend, register")
    patrols.add_argument("what", choices=("due", "trend", "register"))
    patrols.add_argument("--day", type=access.day, help="of due and trend, such as 2017-07-10; today unless given")
    patrols.add_argument("--from", dest="first_day", type=access.day, metavar="DAY", help="first day of the register")
    patrols.add_argument("--to", dest="last_day", type=access.day, metavar="DAY", help="its last day")
    patrols.add_argument("--names", action="store_true", help="names in full in the register instead of initials")
    patrols.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    patrols.add_argument("--out", type=Path, metavar="FILE", help="of the register")
    access.add_office(patrols)
    patrols.set_defaults(command=_patrols)


def _patrols(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where a patrol is late or was missed."""
    day: date = args.day or clock.today()
    if args.what == "register":
        return _register(args)
    with access.office(args) as db:
        return _due(db, day) if args.what == "due" else _trend(db, day)


def _due(db: "Database", day: date) -> int:
    """Print the patrols of the seven days that end with a day."""
    from ccfs_desktop.services import patrols  # noqa: PLC0415 (loaded when it is needed)
    from ccfs_desktop.services.patrols import Standing  # noqa: PLC0415

    with db.read() as session:
        found = patrols.due(session, day - _WEEK, day)
    for one in found:
        at = f"{one.round.at:%H:%M}" if one.round.at else "     "
        seen = _("children seen: {n}").format(n=one.patrol.seen) if one.patrol else ""
        why = one.missed.explanation if one.missed else ""
        print(
            "  ".join(part for part in (f"{one.day}  {at}  {one.standing.value:9}", one.round.name, seen, why) if part)
        )
    return 1 if any(one.standing in (Standing.LATE, Standing.MISSED) for one in found) else 0


def _trend(db: "Database", day: date) -> int:
    from ccfs_desktop.services import patrols_trend, seasons  # noqa: PLC0415 (loaded when it is needed)

    with db.read() as session:
        trend = patrols_trend.read(session, seasons.current(session, day), day)
    for pair in trend.phases:
        print(_(patrols_trend.PHASE_WORDS[pair.phase]))
        for count in (pair.now, pair.year_ago):
            print("  " + patrols_trend.sentence(count))
    return 0


def _register(args: argparse.Namespace) -> int:
    from ccfs_desktop.reports import issue_patrols  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.reports.order import Order  # noqa: PLC0415

    if args.out is None:
        raise UserError(_("Name the file: --out FILE."))
    if args.first_day is None or args.last_day is None:
        raise UserError(_("Say for which period: --from DAY --to DAY."))
    order = Order(args.first_day, languages=args.languages, until=args.last_day)
    with access.office(args) as db:
        pdf = issue_patrols.register(db, order, named=args.names)
    try:
        args.out.write_bytes(pdf)
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=args.out, why=error.strerror or error)) from None
    print(args.out)
    return 0
