"""A week on one page, and what the next one asks for. Source: domain.md 8.21."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    actions,
    check_schedule,
    compliance_people,
    kpis,
    logbook,
    patrols,
    planned,
    roles,
    roster_week,
    seasons,
)
from ccfs_desktop.services.check_schedule import Standing
from ccfs_desktop.services.compliance_people import DayCount
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.statistics import Figure

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Ahead:
    """One thing the next week asks for; the message is filled with the values."""

    message: str
    values: dict[str, object]


@dataclass(frozen=True)
class Week:
    """A week, and the next one."""

    letterhead: Letterhead
    period: Period
    facts: KpiFacts
    days: tuple[DayCount, ...]
    visitors: int
    next_monday: date
    ahead: tuple[Ahead, ...]

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """The key figures in each language of the paper."""
        return kpis.spoken(self.facts, self.letterhead.languages)

    def spoken(self, id: str) -> tuple[Figure, ...]:  # noqa: A002
        """Return one key figure in each language."""
        return tuple(next(one for one in figures if one.id == id) for figures in self.figures)


def read(session: Session, period: Period, head: Letterhead) -> Week:
    """Gather a week.

    Args:
        session: an open session.
        period: the week, from Monday to Sunday.
        head: of the paper.

    Raises:
        UserError: this role may not see that there are incidents.
    """
    facts = kpis.gather(session, period)
    monday = period.first + _WEEK
    return Week(
        letterhead=head, period=period, facts=facts,
        days=compliance_people.days(facts.attendance, facts.proof),
        visitors=len(logbook.entries(session, Visitor, period.season, period.first, period.until)),
        next_monday=monday, ahead=tuple(_ahead(session, period.season, monday)),
    )  # fmt: skip


def _ahead(session: Session, season: Season, monday: date) -> Iterator[Ahead]:
    """Return what the next week asks for: days, children, roster, checks, patrols, actions."""
    last = monday + timedelta(days=6)
    days = [day for day in seasons.open_days(session, season, last) if day >= monday]
    if not days:
        yield Ahead(N_("The space is closed all week."), {})
        return
    most = max(len({stay.child_id for stay in planned.child_stays(session, season, day)}) for day in days)
    yield Ahead(N_("Open days: {n}; children expected on the fullest of them: {most}."), {"n": len(days), "most": most})
    for day, special in sorted(seasons.calendar(session, season).items()):
        if monday <= day <= last and not special.open:
            yield Ahead(N_("Closed on {day}: {reason}."), {"day": day.isoformat(), "reason": special.reason or "–"})
    week = roster_week.read(session, season, monday)
    told = N_("Roster published; minutes planned with too few adults: {n}.")
    if week.published is None:
        told = N_("The roster is not published yet; minutes planned with too few adults: {n}.")
    yield Ahead(told, {"n": week.short_minutes})
    due = [one for one in check_schedule.read(session, season, last) if monday <= one.due <= last]
    left = sum(1 for one in due if one.standing is not Standing.DONE)
    yield Ahead(N_("Safety checks due: {n}; patrols planned: {patrols}."), {
        "n": left, "patrols": len(patrols.due(session, monday, last)),
    })  # fmt: skip
    held = [one for one in actions.every(session, season) if one.stage in actions.UNSOLVED]
    overdue = sum(1 for one in held if actions.is_overdue(one, clock.today()))
    coming = sum(1 for one in held if monday <= one.due <= last)
    yield Ahead(
        N_("Corrective actions due: {n}; overdue already: {overdue}."), {"n": coming, "overdue": overdue}
    )  # fmt: skip


roles.guard(globals(), Right.FIGURES, {})
