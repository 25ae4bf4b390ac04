"""The patrols on paper: the register of a period and the trend are issued, the form for the clipboard is printed."""

from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import patrol_form, patrol_register, patrol_trend
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import patrols_papers, patrols_trend, seasons
from ccfs_desktop.services.papers import Letterhead

_IN_FULL = N_("names in full")


def register(db: Database, order: Order, *, named: bool = False) -> bytes:
    """Issue the patrols and the children found of a day or a period.

    Args:
        db: the office.
        order: for when.
        named: names in full instead of initials.

    Raises:
        UserError: the period is none, or the names are not for who asks.
    """
    last = order.until or order.day

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        return patrol_register.render(patrols_papers.register(session, order.day, last, head, named=named))

    filters = [_(_IN_FULL)] if named else []
    name = "patrol-register"
    return issue(
        db, name, draw, first_day=order.day, last_day=last, filters=filters, languages=order.languages
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
        season = seasons.current(session, order.day)
    first = patrols_trend.spread(season.first_day, season.last_day)[0][1]

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return patrol_trend.render(patrols_papers.trend(session, season, order.day, head))

    return issue(
        db, "patrol-trend", draw, first_day=min(first, order.day), last_day=order.day, languages=order.languages,
        season=season,
    ).pdf  # fmt: skip
