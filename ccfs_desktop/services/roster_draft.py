"""Between the records and the solver: what a draft starts from, how it is kept, and how it is told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import (
    availability,
    patterns,
    planned,
    roles,
    roster,
    roster_problem,
    roster_rules,
    roster_week,
    seasons,
    staff_papers,
    times,
)
from ccfs_desktop.services.cover import SKILL_WORDS
from ccfs_desktop.services.drafting.options import unpopular
from ccfs_desktop.services.drafting.problem import (
    SLOT,
    Draft,
    DraftShift,
    Pattern,
    Person,
    PersonDay,
    Problem,
    Span,
    Unmet,
)
from ccfs_desktop.services.drafting.score import capacity
from ccfs_desktop.services.planned import Plan, ShiftView
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.roster_cover import CoverOption, apply_cover, cover_for
from ccfs_desktop.services.roster_problem import Past
from ccfs_desktop.services.roster_week import Week

__all__ = [
    "Assignment", "CoverOption", "Gap", "apply_cover", "as_dict", "as_fact", "as_shifts", "assignments", "cover_for",
    "gaps", "keep", "preview", "problem",
]  # fmt: skip

if TYPE_CHECKING:
    from ccfs_desktop.services.drafting.explain import Cause


def problem(session: Session, season: Season, days: Sequence[date], *, from_scratch: bool = False) -> Problem:
    """Return what a draft of some days starts from.

    Pinned shifts stay as they are; all others are drafted anew. Volunteers, and whoever else never counts, are left
    out, unless they are pinned. Fairness looks back on the earlier weeks of the season.

    Args:
        session: an open session.
        season: the season.
        days: the days to be drafted; those on which the space is closed are passed over.
        from_scratch: draft the pinned shifts anew, too.
    """
    plan = planned.read(session, season, days)
    pinned = [] if from_scratch else [s for s in plan.shifts if s.pinned and s.day in plan.open_days]
    kept = {shift.staff_id for shift in pinned}
    people = [person for person in plan.team if roster_problem.counts(person) or person.id in kept]
    return roster_problem.of(
        plan,
        before=roster_problem.beside(session, season, plan),
        pinned=pinned,
        patterns=_patterns(session, season),
        past=_past(session, season, plan, people),
        people=people,
    )


def _patterns(session: Session, season: Season) -> list[Pattern]:
    return [
        Pattern(p.name, Span(times.minutes(p.starts), times.minutes(p.ends)), p.weekdays)
        for p in patterns.of(session, season)
    ]


# ------------------------------------------------------------------------------------------------------- earlier weeks
def _past(session: Session, season: Season, plan: Plan, people: Sequence[Staff]) -> dict[int, Past]:
    """Return what each person worked, and could have worked, in the weeks of the season before those of the plan."""
    until = roster_problem.monday_of(min(plan.days)) if plan.days else season.first_day
    days = [day for day in seasons.open_days(session, season) if day < until]
    hours = planned.hours(plan.blocks)
    worked: Counter[int] = Counter()
    hard: Counter[int] = Counter()
    for shift in planned.shifts_of(session, season, days):
        worked[shift.staff_id] += shift.minutes
        hard[shift.staff_id] += unpopular(shift.span, hours)
    if not worked:
        return {}
    able = _able(session, season, people, days)
    return {person.id: Past(worked[person.id], hard[person.id], able[person.id]) for person in people}


def _able(session: Session, season: Season, people: Sequence[Staff], days: Sequence[date]) -> dict[int, float]:
    """Return how many minutes each person could have worked."""
    papers = staff_papers.of(session, [person.id for person in people])
    free = availability.of(session, season, people, days)
    weeks = Problem(tuple(days), (), (), roster_problem.rules(season))
    found: dict[int, float] = {}
    for person in people:
        known = {
            day: PersonDay(
                free[person.id][day].spans,
                staff_papers.counting(person, papers.get(person.id, ()), season, day).percent,
            )
            for day in days
            if free[person.id][day].spans
        }
        facts = Person(person.id, person.name, known, day_minutes=person.day_minutes, week_minutes=person.week_minutes)
        found[person.id] = float(capacity(facts, weeks))
    return found


# ------------------------------------------------------------------------------------------------------------- keeping
def keep(session: Session, season: Season, days: Sequence[date], draft: Draft, *, from_scratch: bool = False) -> int:
    """Put a draft on the roster in place of what is not pinned.

    Args:
        session: the open transaction.
        season: the season.
        days: the days that were drafted.
        draft: the draft.
        from_scratch: in place of pinned shifts, too.

    Returns:
        How many shifts of these days are on the roster now.

    Raises:
        UserError: since the drafting began somebody has fallen away, or the roster has changed.
    """
    session.flush()
    plan = planned.read(session, season, days)
    after = as_shifts(plan, draft, from_scratch=from_scratch)
    known = {_same(shift): shift.id for shift in plan.shifts}
    for day in plan.open_days:
        mine = [shift for shift in after if shift.day == day]
        roster_rules.check(plan, day, mine, {shift.staff_id for shift in mine if not shift.id})
    new = [shift for shift in after if not shift.id and _same(shift) not in known]
    kept = {shift.id for shift in after if shift.id} | {known.get(_same(shift), 0) for shift in after}
    # What is new comes before what goes, so that no number is given twice in one action and it can be taken back.
    roster.write_many(session, season, new)
    roster.remove(session, [shift.id for shift in plan.shifts if shift.id not in kept])
    return len(after)


def preview(session: Session, season: Season, monday: date, days: Sequence[date], draft: Draft) -> Week:
    """Return a week as it would be with a draft; nothing is changed.

    Args:
        session: an open session.
        season: the season.
        monday: the week's Monday.
        days: the days that were drafted.
        draft: the draft.
    """

    def instead(plan: Plan) -> Iterator[ShiftView]:
        yield from (shift for shift in as_shifts(plan, draft) if shift.day in days)
        yield from (shift for shift in plan.shifts if shift.day not in days)

    return roster_week.read(session, season, monday, instead)


def as_shifts(plan: Plan, draft: Draft, *, from_scratch: bool = False) -> list[ShiftView]:
    """Return the shifts of a plan's open days as they would be with a draft, the pinned ones as they are."""
    stay = [] if from_scratch else [s for s in plan.shifts if s.pinned and s.day in plan.open_days]
    return [
        *stay,
        *(roster_problem.view(shift) for shift in draft.shifts if not shift.pinned and shift.day in plan.open_days),
    ]


def _same(shift: ShiftView) -> tuple[object, ...]:
    parts = tuple((part.kind, part.span, part.group_id) for part in shift.parts)
    return shift.staff_id, shift.day, shift.span, shift.group_id, parts


# -------------------------------------------------------------------------------------------------------------- telling
@dataclass(frozen=True)
class Assignment:
    """An unbroken stretch of one person in one group."""

    person: str
    group: str
    day: date
    span: Span
    breaks: tuple[Span, ...]


@dataclass(frozen=True)
class Gap:
    """A quarter hour that is short, with the reason in words."""

    day: date
    slot: int
    group: str
    """Empty when a skill is missing in the whole space."""
    required: int
    planned: int
    reason: str


def assignments(names: Mapping[int, str], groups: Mapping[int, str], shifts: Iterable[DraftShift]) -> list[Assignment]:
    """Return who is with which group when, by day, time and name.

    Args:
        names: of people, by id.
        groups: names by the numbers drafting knows them by.
        shifts: drafted, or ``roster_problem.drafted`` from the roster.
    """
    found = [
        Assignment(names[shift.person], groups.get(group, ""), shift.day, span, _within(shift.breaks, span))
        for shift in shifts
        for span, group in _pieces(shift)
    ]
    return sorted(found, key=lambda a: (a.day, a.span.start, a.group, a.person))


def _pieces(shift: DraftShift) -> Iterator[tuple[Span, int]]:
    """Cut a shift where its person goes to another group."""
    at = shift.span.start
    for stretch in sorted(shift.elsewhere, key=lambda s: s.span.start):
        if at < stretch.span.start:
            yield Span(at, stretch.span.start), shift.group
        yield stretch.span, stretch.group
        at = stretch.span.end
    if at < shift.span.end:
        yield Span(at, shift.span.end), shift.group


def _within(breaks: Iterable[Span], span: Span) -> tuple[Span, ...]:
    return tuple(pause for pause in breaks if span.start <= pause.start < span.end)


def gaps(problem: Problem, draft: Draft, causes: "Iterable[Cause]" = ()) -> list[Gap]:
    """Return what a draft leaves short, by time, each with the reason.

    Args:
        problem: what was drafted.
        draft: the draft.
        causes: what :func:`~ccfs_desktop.services.drafting.explain.explain` found; without them, the reasons are short.
    """
    told = {unmet: cause.text for cause in causes for unmet in cause.unmet}
    return [
        Gap(
            unmet.day,
            unmet.slot,
            "" if unmet.group is None else problem.groups.get(unmet.group, ""),
            unmet.required,
            unmet.planned,
            told.get(unmet) or _plainly(unmet),
        )
        for unmet in draft.unmet
    ]


def _plainly(unmet: Unmet) -> str:
    if unmet.skill:
        return _(SKILL_WORDS[unmet.skill])
    return _("{required} adults needed, {planned} planned.").format(required=unmet.required, planned=unmet.planned)


def as_dict(problem: Problem, draft: Draft, short: Iterable[Gap]) -> dict[str, object]:
    """Return a draft as the command line prints it; times are local, such as ``2017-07-10T07:30``."""
    names = {person.id: person.name for person in problem.people}
    return {
        "status": draft.status.value,
        "objective": draft.objective,
        "assignments": [as_fact(a) for a in assignments(names, problem.groups, draft.shifts)],
        "unmet": [
            {
                "slot": _at(gap.day, gap.slot * SLOT),
                "group": gap.group,
                "required": gap.required,
                "planned": gap.planned,
                "reason": gap.reason,
            }
            for gap in short
        ],
    }


def as_fact(assignment: Assignment) -> dict[str, object]:
    """Return an assignment as the command line prints it."""
    day = assignment.day
    return {
        "person": assignment.person,
        "group": assignment.group,
        "start": _at(day, assignment.span.start),
        "end": _at(day, assignment.span.end),
        "breaks": [{"start": _at(day, p.start), "end": _at(day, p.end)} for p in assignment.breaks],
    }


def _at(day: date, minutes: int) -> str:
    after = day + timedelta(days=minutes // 1_440)
    return f"{after}T{times.clock(minutes % 1_440)}"


roles.guard(globals(), Right.PLAN, {})
