"""Printing the corrective actions: the plan of a period, and one action with its evidence."""

from collections.abc import Sequence
from datetime import date

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import action_plan, action_sheet
from ccfs_desktop.reports.issue import finish
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import action_papers, actions, offices, seasons, sheets


def plan(
    db: Database, last: date | None = None, *, first: date | None = None, languages: Sequence[str] = ()
) -> bytes:  # fmt: skip
    """Print the corrective action plan; that it was printed goes into the trail.

    Args:
        db: the office.
        last: the last day something was found on; today unless said.
        first: the first one; without it the plan is that of the season, with what was open before.
        languages: of the paper; the factory's own unless said.
    """
    day = last or clock.today()
    with db.begin(N_("Print the corrective action plan"), final=True) as session:
        season = seasons.current(session, day)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        db.note(session, "print", "action-plan", {"day": day.isoformat(), "from": first.isoformat() if first else ""})
        paper = action_papers.plan(
            session, season, head, day, first=first, today=clock.today(), audit_head=db.head().code
        )  # fmt: skip
    return action_plan.render(paper)


def sheet(db: Database, action_id: int, *, languages: Sequence[str] = (), archive: bool = False) -> bytes:
    """Print one action with its evidence; that it was printed goes into the trail.

    Raises:
        UserError: it is gone.
    """
    with db.begin(N_("Print a corrective action"), final=True) as session:
        action = actions.get(session, action_id)
        season = next(one for one in seasons.every(session) if one.id == action.season_id)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        db.note(session, "print", "corrective-action", {"action": action_id})
        paper = action_papers.sheet(session, action_id, head, today=clock.today(), audit_head=db.head().code)
    pdf = action_sheet.render(paper)
    return as_archive(pdf) if archive else pdf


def ordered(db: Database, order: Order) -> bytes:
    """Print the plan as it was ordered: of a period, or of the season until a day."""
    first = order.day if order.until else None
    return finish([plan(db, order.until or order.day, first=first, languages=order.languages)], order)
