"""The compliance report of a period: everything it says, gathered once. Source: domain.md 5.1-5.4, 8.22.

No child and no parent is named, and no text that somebody wrote freely is taken over: a name could stand in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services import (
    action_papers,
    actions,
    compliance_people,
    compliance_records,
    data_quality,
    drills,
    enrolments,
    incident_list,
    kpis,
    log_papers,
    offices,
    patrols_trend,
    ratio_papers,
    retention,
    roles,
    season_rules,
    seasons,
    weekdays,
)
from ccfs_desktop.services.action_papers import PlanRow
from ccfs_desktop.services.compliance_people import Breakdown, DayCount, Staffing
from ccfs_desktop.services.compliance_records import Agreed, Annex, Kept, Lack
from ccfs_desktop.services.incident_list import Row
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.log_papers import Entry, Word
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.patrols_trend import Trend
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.seasons import Hours
from ccfs_desktop.services.standards import Standard
from ccfs_desktop.services.statistics import Figure

Spoken = tuple[str, ...]
"""A text in each language of the paper."""


@dataclass(frozen=True)
class Programme:
    """What the space is."""

    season: Season
    groups: tuple[Group, ...]
    hours: Hours
    open_days: int
    weekdays: Spoken
    closed: tuple[date, ...]
    """Days of the period that the weekdays would have open."""
    besides: tuple[date, ...]
    """Days of the period that the weekdays would have closed."""
    rule: Spoken
    """The ratio rule at the end of the period."""
    waiting: int


@dataclass(frozen=True)
class Point:
    """Something that somebody must see to; the message is filled with ``n`` and ``all``."""

    message: str
    part: str
    n: int
    all: int = 0


@dataclass(frozen=True)
class Compliance:
    """Everything the compliance report says."""

    letterhead: Letterhead
    factory: Factory
    period: Period
    title: Spoken
    """What the period is called."""
    standard: Standard
    facts: KpiFacts
    programme: Programme
    days: tuple[DayCount, ...]
    breakdowns: tuple[Breakdown, ...]
    staffing: Staffing
    drills: tuple[tuple[Entry, ...], ...]
    """As the columns of the drill register."""
    drill_before: Word
    """The last drill before the period."""
    drill_next: date | None
    """The day by which the next one is due, as it stood at the end of the period."""
    incidents: tuple[Row, ...]
    """Those discarded among them."""
    trend: Trend
    actions: tuple[PlanRow, ...]
    agreed: tuple[Agreed, ...]
    kept: tuple[Kept, ...]
    """The retention schedule that holds, of what the program keeps. Source: domain.md 5.3."""
    lacks: tuple[Lack, ...]
    shares: tuple[tuple[Figure, ...], ...]
    """How complete the records are, in each language of the paper; from ``data_quality.completeness``."""
    annexes: tuple[Annex, ...]
    points: tuple[Point, ...]
    entries: int
    """Links of the audit trail."""
    encrypted: bool
    """Whether the office is one encrypted file."""

    @cached_property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """The key figures in each language of the paper."""
        return kpis.spoken(self.facts, self.letterhead.languages)

    def spoken(self, id: str) -> tuple[Figure, ...]:  # noqa: A002
        """Return one key figure in each language."""
        return tuple(next(one for one in figures if one.id == id) for figures in self.figures)


def read(session: Session, period: Period, standard: Standard, head: Letterhead) -> Compliance:
    """Gather the report of a period.

    Args:
        session: an open session.
        period: the month or season.
        standard: whose clauses it is mapped to.
        head: of the paper.

    Raises:
        UserError: this role may not see that there are incidents.
    """
    facts = kpis.gather(session, period)
    season, first, until = period.season, period.first, period.until
    shares = data_quality.spoken(session, season, first, until, head.languages)
    lacks = compliance_records.lacks(session, facts, {one.id: one for one in shares[0]})
    staffing = compliance_people.staffing(session, season, period, head)
    held = log_papers.read(session, season, "drill-register", first, until, head).rows
    return Compliance(
        letterhead=head,
        factory=offices.factory(session),
        period=period,
        title=_each(head, lambda: period.title),
        standard=standard,
        facts=facts,
        programme=_programme(session, facts, head),
        days=compliance_people.days(facts.attendance, facts.proof),
        breakdowns=compliance_people.breakdowns(
            session, facts.attendance, seasons.groups(session, season), until
        ),
        staffing=staffing,
        drills=held,
        drill_before=log_papers.drill_before(session, season, first),
        drill_next=drills.next_due(session, season, until),
        incidents=tuple(reversed([r for r in incident_list.rows(session, season) if first <= r.day <= until])),
        trend=patrols_trend.read(session, season, until),
        actions=_actions(session, period, head),
        agreed=compliance_records.agreed(session, facts),
        kept=_kept(session, head),
        lacks=lacks,
        shares=shares,
        annexes=compliance_records.annexes(session, first, period.last),
        points=tuple(one for one in _points(facts, staffing, lacks) if one.n),
        entries=session.scalars(select(func.max(AuditEntry.seq))).one() or 0,
        encrypted=session.get_bind().dialect.name == "sqlite",
    )  # fmt: skip


def _each(head: Letterhead, make: Callable[[], str]) -> Spoken:
    made: list[str] = []
    for language in head.languages:
        with i18n.use(language):
            made.append(make())
    return tuple(dict.fromkeys(made))


def _programme(session: Session, facts: KpiFacts, head: Letterhead) -> Programme:
    season, opened = facts.period.season, set(facts.attendance.open_days)
    usual = {day for day in _days(facts.period) if str(day.isoweekday()) in season.weekdays}
    then = season_rules.dated(session, season)(facts.period.until)
    return Programme(
        season=season,
        groups=tuple(seasons.groups(session, season)),
        hours=seasons.whole_hours(session, season),
        open_days=len(opened),
        closed=tuple(sorted(usual - opened)),
        besides=tuple(sorted(opened - usual)),
        weekdays=_each(head, lambda: weekdays.written(season.weekdays)),
        rule=_each(head, lambda: ratio_papers.rule(then)),
        waiting=enrolments.places(session, season).waiting,
    )


def _days(period: Period) -> Iterator[date]:
    """Yield the days of a period that lie in its season."""
    first, last = max(period.first, period.season.first_day), min(period.until, period.season.last_day)
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _kept(session: Session, head: Letterhead) -> tuple[Kept, ...]:
    return tuple(
        Kept(one.title, _each(head, one.told), retention.KNOWN[one.known], one.named)
        for one in retention.schedule(session) if one.held
    )  # fmt: skip


def _actions(session: Session, period: Period, head: Letterhead) -> tuple[PlanRow, ...]:
    """Return the actions on what was found in the period, and those from before that are not ended."""
    return action_papers.plan(session, period.season, head, period.until, first=period.first, today=period.until).rows


def _points(facts: KpiFacts, staffing: Staffing, lacks: tuple[Lack, ...]) -> Iterator[Point]:
    """Return what somebody must see to, by the records; that which is zero is left out by the caller."""
    breaches, count, practised = facts.proof.breaches, facts.patrols, facts.of_list(drills.CODE)
    yield Point(N_("Children found in production"), "sightings", count.events)
    yield Point(N_("No patrol was walked, so nothing can be claimed"), "sightings", 0 if count.patrols else 1, 1)
    yield Point(N_("Checks with a critical No"), "checks", sum(one.critical for one in facts.lists),
                sum(one.made for one in facts.lists))  # fmt: skip
    unexplained = sum(1 for one in breaches if one.note is None)
    yield Point(N_("Times with too few adults, not explained"), "staffing", unexplained, len(breaches))
    wanted = sum(one.wanted for one in staffing.vetted)
    lacking = sum(one.missing + one.expired for one in staffing.vetted)
    yield Point(N_("Papers of adults missing or run out"), "vetting", lacking, wanted)
    if practised:  # how often: see ``check_schedule``; Source: domain.md 3.6
        yield Point(
            N_("Drills due, and not held or not signed"),
            "drills",
            practised.missed + practised.explained,
            practised.due,
        )
    waiting = sum(1 for one in facts.incidents if one.waiting)
    yield Point(N_("Incidents of which parents were not informed"), "incidents", waiting, len(facts.incidents))
    overdue = sum(1 for one in facts.open if actions.is_overdue(one, facts.period.until))
    yield Point(N_("Corrective actions overdue"), "actions", overdue, len(facts.open))
    told = {
        "Checks missed, nobody said why": "checks", "Patrols not walked": "sightings",
        "Incidents not signed": "incidents",
        "Days without staff records": "staffing", "Days not closed": "completeness",
        "Numbered sheets not back": "completeness", "Numbered sheets missing": "completeness",
        "Children admitted by exception, a paper missing, with a reason": "enrolment",
        "Departures without a time": "completeness", "Arrivals without a time": "completeness",
    }  # fmt: skip
    for one in lacks:
        if one.message in told:
            yield Point(one.message, told[one.message], one.count, one.of)


roles.guard(globals(), Right.FIGURES, {})
