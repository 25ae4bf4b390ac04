"""Printing the patrols: the register of a period, the form for the clipboard, the trend of a season."""

from datetime import date
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import patrol_form, patrol_register, patrol_trend
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import patrols_papers
from ccfs_desktop.services.papers import Letterhead


def register(db: Database, order: Order, *, named: bool = False) -> bytes:
    """Issue the patrols and the children found of a day or a period.

    Args:
        db: the office.
        order: for when.
        named: names in full instead of initials.

    Raises:
        UserError: the period is none, or the names are not for who asks.
    """
    last: date = order.until or order.day

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:  # noqa: ARG001 (patrols have no season)
        return patrol_register.render(patrols_papers.register(session, order.day, last, head, named=named))

    return issue(
        db, "patrol-register", draw, first_day=order.day, last_day=last, filters=("named",) if named else (),
        languages=order.languages,
    ).pdf  # fmt: skip


def form(db: Database, order: Order) -> bytes:
    """Print the form for the clipboard of the week in which a day lies.

    Raises:
        UserError: no patrol is planned in it.
    """
    first, last = patrols_papers.week(order.day)
    with db.read() as session:
        _season, head = head_of(db, session, order)
        paper = patrols_papers.form(session, first, last, head)
    return finish([patrol_form.render(paper)], order)


def trend(db: Database, order: Order) -> bytes:
    """Issue the trend of the season of a day, up to that day."""
    with db.read() as session:
        season, _head = head_of(db, session, order)

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return patrol_trend.render(patrols_papers.trend(session, season, order.day, head))

    first = min(season.first_day, order.day)
    return issue(
        db, "patrol-trend", draw, first_day=first, last_day=order.day, languages=order.languages, season=season
    ).pdf  # fmt: skip
