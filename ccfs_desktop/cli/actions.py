"""The corrective actions: what is not ended, and one of them as PDF. The plan is a paper: ``print action-plan``."""

import argparse
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
    """Offer the corrective actions."""
    actions = jobs.add_parser("actions", help="corrective actions: what is not ended, one as PDF")
    actions.add_argument("what", choices=("list", "sheet"))
    actions.add_argument("--number", default="", metavar="CA-2017-004", help="which one, for sheet")
    actions.add_argument("--languages", type=access.languages, default=(), help="such as zh_CN,en")
    actions.add_argument("--out", type=Path, metavar="FILE", help="for sheet")
    access.add_office(actions)
    actions.set_defaults(command=_actions)


def _actions(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where something is overdue, waits to be verified or is to be checked."""
    if args.what == "sheet" and args.out is None:
        raise UserError(_("Name the file: --out FILE."))
    with access.office(args) as db:
        if args.what == "list":
            return _list(db)
        data = _sheet(db, args)
    try:
        args.out.write_bytes(data)
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=args.out, why=error.strerror or error)) from None
    print(args.out)
    return 0


def _list(db: "Database") -> int:
    from ccfs_desktop.services import actions, seasons  # noqa: PLC0415 (loaded when it is needed)

    day = clock.today()
    with db.read() as session:
        every = actions.every(session, seasons.current(session, day))
    found = sorted((one for one in every if one.stage not in actions.ENDED), key=actions.by_urgency)
    for one in found:
        told = f"{one.number}  {one.due}  {_(one.severity.word)}  {actions.word(one, day)}"
        print(f"{told}  {one.item or _(one.source.word)}  {one.finding}")
    waiting = (
        actions.is_overdue(one, day) or actions.waits_for_word(one) or actions.check_is_due(one, day) for one in found
    )
    return int(any(waiting))


def _sheet(db: "Database", args: argparse.Namespace) -> bytes:
    from ccfs_desktop.reports import issue_actions  # noqa: PLC0415 (paper is loaded when it is needed)
    from ccfs_desktop.services import actions  # noqa: PLC0415

    with db.read() as session:
        action = actions.numbered(session, args.number)
    return issue_actions.sheet(db, action.id, languages=args.languages)
