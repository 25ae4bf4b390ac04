"""Issuing the corrective actions: the plan of a period, and one action with its evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import action_plan, action_sheet
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import action_papers, actions, seasons
from ccfs_desktop.services.papers import Letterhead


def plan(
    db: Database, last: date | None = None, *, first: date | None = None, languages: Sequence[str] = ()
) -> bytes:  # fmt: skip
    """Issue the corrective action plan.

    Args:
        db: the office.
        last: the last day something was found on; today unless said.
        first: the first one; without it the plan is that of the season, with what was open before.
        languages: of the paper; the factory's own unless said.
    """
    day, today = last or clock.today(), clock.today()
    with db.read() as session:
        season = seasons.current(session, day)

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return action_plan.render(action_papers.plan(session, season, head, day, first=first, today=today))

    begin = first or min(season.first_day, day)
    # What is overdue changes with the day alone: every day has editions of its own.
    filters = ("" if first else "season", today.isoformat())
    return issue(
        db, "action-plan", draw, first_day=begin, last_day=day, filters=filters, languages=tuple(languages),
        season=season,
    ).pdf  # fmt: skip


def sheet(db: Database, action_id: int, *, languages: Sequence[str] = ()) -> bytes:
    """Issue one action with its evidence.

    Raises:
        UserError: it is gone.
    """
    with db.read() as session:
        action = actions.get(session, action_id)
        season = next(one for one in seasons.every(session) if one.id == action.season_id)
    today = clock.today()

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        return action_sheet.render(action_papers.sheet(session, action_id, head, today=today))

    return issue(
        db, "corrective-action", draw, first_day=action.found_on, last_day=max(today, action.found_on),
        filters=(action.number,), languages=tuple(languages), season=season,
    ).pdf  # fmt: skip


def ordered(db: Database, order: Order) -> bytes:
    """Issue the plan as it was ordered: of a period, or of the season until a day."""
    first = order.day if order.until else None
    return plan(db, order.until or order.day, first=first, languages=order.languages)
