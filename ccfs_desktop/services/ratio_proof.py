"""The proof of the ratio: for any past quarter hour, the children who were there and the adults who counted.

A stretch of neighbouring quarter hours with too few adults in one group is a breach; it is explained by one person and
counter-signed by another (``ratio_notes``). A day with children and without a single adult's time proves nothing: its
quarter hours are never counted as kept. Source: domain.md 2.5, 6.7 K10; product.md 4.4.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.duty import Duty, DutyPart, RatioNote
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import cover, planned, ratio_stays, roles, season_rules, seasons, staff_papers, times
from ccfs_desktop.services.cover import AdultStay, Alone, ChildStay, DayCover, Lack, Quarter, Terms
from ccfs_desktop.services.drafting.problem import SLOT, Skill, Span
from ccfs_desktop.services.ratio_stays import AdultFacts, ChildFacts
from ccfs_desktop.services.roles import Right

_Dated = TypeVar("_Dated", Visit, Duty, RatioNote)


class Standing(enum.StrEnum):
    """How a day stands."""

    KEPT = "kept"
    SHORT = "short"
    NO_RECORDS = "no-records"
    """Children were here, and no adult's time is written down: no proof."""
    EMPTY = "empty"
    """No children were here."""


STANDING_WORDS = {
    Standing.KEPT: N_("Enough adults all day"),
    Standing.SHORT: N_("Too few adults at times"),
    Standing.NO_RECORDS: N_("No staff records, no proof"),
    Standing.EMPTY: N_("No children"),
}


@dataclass(frozen=True)
class Breach:
    """Neighbouring quarter hours in which one group had too few adults, with what was said about it."""

    day: date
    group_id: int | None
    group: str
    span: Span
    """The quarter hours, from the first to the last."""
    minutes: int
    """Minutes with too few adults."""
    worst: Quarter
    """The quarter hour in which most was missing."""
    note: RatioNote | None = None

    @property
    def starts(self) -> time:
        """When the first quarter hour begins."""
        return times.moment(self.span.start)

    @property
    def ends(self) -> time:
        """When the last quarter hour ends."""
        return times.moment(self.span.end)

    @property
    def missing(self) -> int:
        """How much was missing at worst, in per cent of an adult."""
        return self.worst.required * 100 - self.worst.percent

    @property
    def sentence(self) -> str:
        """Say when, where, and why."""
        return _("{group}, {start} to {end}: {minutes} minutes short. {reason}").format(
            group=self.group, start=times.clock(self.span.start), end=times.clock(self.span.end),
            minutes=self.minutes, reason=self.worst.reason,
        )  # fmt: skip


@dataclass(frozen=True)
class SkillGap:
    """Neighbouring quarter hours in which nobody on duty had a skill that must always be there."""

    skill: Skill
    span: Span
    minutes: int


@dataclass(frozen=True)
class DayProof:
    """One day: its quarter hours, its breaches, and what is not known."""

    day: date
    terms: Terms
    cover: DayCover
    breaches: tuple[Breach, ...]
    notes: tuple[str, ...]
    """What is not known and was taken against the space, in sentences."""
    recorded: bool
    """Whether any adult's time is written down."""

    @property
    def standing(self) -> Standing:
        """How the day stands."""
        if not self.cover.quarters:
            return Standing.EMPTY
        if not self.recorded:
            return Standing.NO_RECORDS
        return Standing.SHORT if self.breaches else Standing.KEPT

    @property
    def lacks(self) -> tuple[SkillGap, ...]:
        """Where nobody on duty had a skill that must always be there; neighbouring quarter hours as one."""
        return tuple(_merged(self.cover.lacks))

    @property
    def kept(self) -> tuple[int, int]:
        """Return (quarter hours kept, quarter hours with children); without records none is kept. K10."""
        kept, slots = self.cover.kept
        return (kept if self.recorded else 0), slots

    @property
    def short_minutes(self) -> int:
        """Minutes in breach, each group counted for itself; none can be told without records."""
        return self.cover.short_minutes if self.recorded else 0

    @property
    def unexplained(self) -> tuple[Breach, ...]:
        """Breaches nobody has explained."""
        return tuple(b for b in self.breaches if b.note is None)


@dataclass(frozen=True)
class PeriodProof:
    """Some days, and their sums by K10."""

    first: date
    last: date
    days: tuple[DayProof, ...]
    """The days on which children were here."""

    @property
    def kept(self) -> int:
        """Quarter hours in which every group had enough adults: the numerator of K10."""
        return sum(d.kept[0] for d in self.days)

    @property
    def slots(self) -> int:
        """Quarter hours with children: the denominator of K10."""
        return sum(d.kept[1] for d in self.days)

    @property
    def thin(self) -> int:
        """Quarter hours with children in which for a while fewer than two adults who count were in the space."""
        return sum(len(d.cover.thin) for d in self.days)

    @property
    def short_minutes(self) -> int:
        """Minutes in breach."""
        return sum(d.short_minutes for d in self.days)

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """All breaches of days with records, by time."""
        return tuple(b for d in self.days if d.recorded for b in d.breaches)

    @property
    def worst(self) -> Breach | None:
        """The longest breach; of equally long ones, the one in which most was missing. That choice is ours."""
        return max(self.breaches, key=lambda b: (b.minutes, b.missing), default=None)

    @property
    def without_records(self) -> tuple[date, ...]:
        """Days with children and without any adult's time: no proof."""
        return tuple(d.day for d in self.days if d.standing is Standing.NO_RECORDS)


def of_day(session: Session, season: Season, day: date, *, now: datetime | None = None) -> DayProof:
    """Return the proof of one day; of today, as far as it has come.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        now: the moment; the clock's unless said.
    """
    facts = _facts(session, season, day, day)
    return _prove(facts, day, now or clock.now())


def of_days(session: Session, season: Season, days: Sequence[date], *, now: datetime | None = None) -> PeriodProof:
    """Return the proof of some days, in order; see :func:`of_period`."""
    if not days:
        return PeriodProof(season.first_day, season.last_day, ())
    facts = _facts(session, season, min(days), max(days))
    return PeriodProof(min(days), max(days), tuple(_prove(facts, day, now or clock.now()) for day in sorted(days)))


def of_plan(session: Session, season: Season, day: date) -> DayProof:
    """Return a day as the roster plans it, against the children expected; nothing is explained beforehand.

    Args:
        session: an open session.
        season: the season.
        day: the day.
    """
    plan = planned.read(session, season, [day])
    reckoned = plan.cover(day)
    notes = tuple(_alone(one) for one in plan.alone(day))
    return DayProof(day, plan.terms(), reckoned, breaches(day, reckoned.quarters), notes, bool(plan.on(day)))


def of_moment(session: Session, season: Season, now: datetime) -> tuple[Quarter, ...]:
    """Return each group as it stands in this very minute; only groups with children.

    Args:
        session: an open session.
        season: the season.
        now: the moment.
    """
    facts = _facts(session, season, now.date(), now.date())
    minute = times.minutes(now.time())
    kids, team, _notes = _stays(facts, now.date(), now + timedelta(minutes=1))
    instant = Span(minute, minute + 1)
    here = [replace(kid, span=instant) for kid in kids if kid.span.holds(instant)]
    there = [replace(adult, span=instant) for adult in team if adult.span.holds(instant)]
    return cover.reckon(facts.terms(now.date()), here, there).quarters


def of_period(session: Session, season: Season, first: date, last: date, *, now: datetime | None = None) -> PeriodProof:
    """Return the proof of all days with children from a day to a day.

    Args:
        session: an open session.
        season: the season.
        first: the first day.
        last: the last day, included.
        now: the moment; days after it are left out.
    """
    moment = now or clock.now()
    facts = _facts(session, season, first, min(last, moment.date()))
    return PeriodProof(first, last, tuple(_prove(facts, day, moment) for day in sorted(facts.visits)))


def breaches(day: date, quarters: Iterable[Quarter], notes: Sequence[RatioNote] = ()) -> tuple[Breach, ...]:
    """Merge neighbouring quarter hours with too few adults, group by group; in the order of time.

    Args:
        day: the day.
        quarters: of that day.
        notes: the day's explanations; one that does not hold the whole stretch explains nothing.
    """
    runs: list[list[Quarter]] = []
    for quarter in sorted((q for q in quarters if q.short), key=lambda q: (q.group_id or 0, q.slot)):
        last = runs[-1][-1] if runs else None
        if last and last.group_id == quarter.group_id and last.slot + 1 == quarter.slot:
            runs[-1].append(quarter)
        else:
            runs.append([quarter])
    found = [_breach(day, run, notes) for run in runs]
    return tuple(sorted(found, key=lambda b: (b.span.start, b.group)))


def lack_text(lack: SkillGap) -> str:
    """Say from when to when a skill was missing."""
    return _("{start} to {end}: {what}, {minutes} minutes.").format(
        start=times.clock(lack.span.start), end=times.clock(lack.span.end),
        what=_(cover.SKILL_WORDS[lack.skill]), minutes=lack.minutes,
    )  # fmt: skip


def _merged(lacks: Iterable[Lack]) -> Iterator[SkillGap]:
    ordered = sorted(lacks, key=lambda lack: (lack.skill, lack.slot))
    for (_skill, _run), run in groupby(enumerate(ordered), lambda item: (item[1].skill, item[1].slot - item[0])):
        mine = [lack for _n, lack in run]
        span = Span(mine[0].slot * SLOT, (mine[-1].slot + 1) * SLOT)
        yield SkillGap(mine[0].skill, span, sum(lack.minutes for lack in mine))


# ------------------------------------------------------------------------------------------------------------- inside


def _breach(day: date, run: Sequence[Quarter], notes: Sequence[RatioNote]) -> Breach:
    span = Span(run[0].slot * SLOT, (run[-1].slot + 1) * SLOT)
    note = next(
        (n for n in notes if n.group_id == run[0].group_id and _span(n).holds(span)),
        None,
    )
    worst = max(run, key=lambda q: (q.required * 100 - q.percent, q.short_minutes))
    return Breach(day, run[0].group_id, run[0].group, span, sum(q.short_minutes for q in run), worst, note)


def _span(note: RatioNote) -> Span:
    return Span(times.minutes(note.starts), times.minutes(note.ends))


@dataclass(frozen=True)
class _Facts:
    """Everything some days need, read with a handful of queries."""

    season: Callable[[date], Season]
    """With the rule that held on a day."""
    groups: Mapping[int | None, str]
    hours: seasons.Hours
    children: Mapping[int, ChildFacts]
    visits: Mapping[date, Sequence[Visit]]
    duties: Mapping[date, Sequence[Duty]]
    parts: Mapping[int, Sequence[DutyPart]]
    staff: Mapping[int, Staff]
    papers: Mapping[int, Sequence[StaffPaper]]
    notes: Mapping[date, Sequence[RatioNote]]

    def terms(self, day: date) -> Terms:
        """Return what the season asked for on a day."""
        return planned.terms(self.season(day), self.groups)


def _facts(session: Session, season: Season, first: date, last: date) -> _Facts:
    visits = select(Visit).where(Visit.season_id == season.id, Visit.day >= first, Visit.day <= last)
    duties = select(Duty).where(Duty.season_id == season.id, Duty.day >= first, Duty.day <= last)
    parts = (
        select(DutyPart)
        .join(Duty, Duty.id == DutyPart.duty_id)
        .where(Duty.season_id == season.id, Duty.day >= first, Duty.day <= last)
        .order_by(DutyPart.starts)
    )
    notes = select(RatioNote).where(RatioNote.season_id == season.id, RatioNote.day >= first, RatioNote.day <= last)
    by_duty: dict[int, list[DutyPart]] = {}
    for part in session.scalars(parts):
        by_duty.setdefault(part.duty_id, []).append(part)
    children = _children(session, season)
    came = _by_day(session.scalars(visits))
    used = {children[visit.child_id].group_id for day in came.values() for visit in day}
    return _Facts(
        season=season_rules.dated(session, season),
        groups=planned.group_names(session, season, used),
        hours=seasons.whole_hours(session, season),
        children=children,
        visits=came,
        duties=_by_day(session.scalars(duties)),
        parts=by_duty,
        staff={s.id: s for s in session.scalars(select(Staff))},
        papers=staff_papers.of(session),
        notes=_by_day(session.scalars(notes.order_by(RatioNote.id))),
    )


def _children(session: Session, season: Season) -> dict[int, ChildFacts]:
    query = (
        select(Child.id, Child.name, Child.birth_date, Enrolment.group_id)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .where(Enrolment.season_id == season.id)
    )
    return {child: ChildFacts(name, born, group) for child, name, born, group in session.execute(query)}


def _by_day(records: Iterable[_Dated]) -> dict[date, list[_Dated]]:
    found: dict[date, list[_Dated]] = {}
    for record in records:
        found.setdefault(record.day, []).append(record)
    return found


def _prove(facts: _Facts, day: date, now: datetime) -> DayProof:
    kids, team, notes = _stays(facts, day, now)
    duties = facts.duties.get(day, ())
    terms = facts.terms(day)
    reckoned = cover.reckon(terms, kids, team)
    found = breaches(day, reckoned.quarters, facts.notes.get(day, ())) if duties else ()
    notes += [_alone(one) for one in cover.alone(terms, kids, team)]
    return DayProof(day, terms, reckoned, found, tuple(notes), bool(duties))


def _stays(facts: _Facts, day: date, now: datetime) -> tuple[list[ChildStay], list[AdultStay], list[str]]:
    """Return the stays of a day's children and adults, and in words what is not known about them."""
    limits = ratio_stays.limits(facts.hours, day, now)
    duties = facts.duties.get(day, ())
    known = {
        staff_id: AdultFacts(
            facts.staff[staff_id],
            staff_papers.counting(facts.staff[staff_id], facts.papers.get(staff_id, ()), facts.season(day), day),
        )
        for staff_id in {duty.staff_id for duty in duties}
    }
    kids, unknown = ratio_stays.children(facts.visits.get(day, ()), facts.children, limits)
    team, unclear = ratio_stays.adults(duties, facts.parts, known, limits)
    return kids, team, [*unknown, *unclear]


def _alone(one: Alone) -> str:
    return _(
        "{name} was alone with children of {group} from {start} to {end} without a valid background check."
    ).format(name=one.name, group=one.group, start=times.clock(one.span.start), end=times.clock(one.span.end))


roles.guard(globals(), Right.FIGURES, {Right.ROSTER: (of_moment, of_plan)})
