"""Issuing the compliance report, its summary, and the summary of a week."""

from datetime import timedelta
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import compliance_report, weekly_summary
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import compliance, periods, standards, weekly_facts
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.standards import Standard

_RENDER = {"compliance-report": compliance_report.render, "compliance-summary": compliance_report.render_summary}


def report(
    db: Database, name: str, period: Period, standard: Standard, *, languages: tuple[str, ...] = ()
) -> bytes:  # fmt: skip
    """Issue the compliance report of a period, or its summary.

    Args:
        db: the office.
        name: ``compliance-report`` or ``compliance-summary``.
        period: the month or season.
        standard: whose clauses it is mapped to.
        languages: of the paper; the factory's own unless named.

    Raises:
        UserError: this role may not see that there are incidents.
    """

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:  # noqa: ARG001 (the period has its season)
        return _RENDER[name](compliance.read(session, period, standard, head))

    return issue(
        db, name, draw, first_day=period.first, last_day=period.until, languages=languages, season=period.season,
        filters=(standard.code,) if name == "compliance-report" else (),
    ).pdf  # fmt: skip


def ordered(name: str, db: Database, order: Order) -> bytes:
    """Issue the compliance report, or its summary, as it was asked for.

    Raises:
        UserError: no season has a day in the period, nothing of it is over, or the standard is not known.
    """
    standard = standards.get(order.standard)
    with db.read() as session:
        period = periods.of_days(session, order.day, order.until or order.day)
    return report(db, name, period, standard, languages=order.languages)


def weekly(db: Database, order: Order) -> bytes:
    """Issue the summary of the week in which the ordered day lies.

    Raises:
        UserError: no season has a day in it, or no day of it is over.
    """
    with db.read() as session:
        period = periods.of_days(session, order.monday, order.monday + timedelta(days=6))

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:  # noqa: ARG001 (the period has its season)
        return weekly_summary.render(weekly_facts.read(session, period, head))

    return issue(
        db, "weekly-summary", draw, first_day=period.first, last_day=period.until, languages=order.languages,
        season=period.season,
    ).pdf  # fmt: skip
