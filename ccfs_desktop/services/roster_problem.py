"""From records to what the drafting of a roster starts from: a season's rules, its people, what its children need."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy.orm import Session

from ccfs_desktop.models.roster import PartKind, WishKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import planned, roles, staff_papers
from ccfs_desktop.services.cover import ChildStay, Terms
from ccfs_desktop.services.drafting.problem import (
    SLOT,
    Demand,
    DraftShift,
    Liking,
    Pattern,
    Person,
    PersonDay,
    Problem,
    Rules,
    Span,
    Stretch,
    Wish,
)
from ccfs_desktop.services.planned import PartView, Plan, ShiftView
from ccfs_desktop.services.roles import Right

NO_GROUP = 0
"""Stands for the children without a group, and for shifts in no group: a draft knows groups by number only."""
_NOWHERE = -1
"""Where somebody on an errand is."""
_LIKINGS = {WishKind.LIKES: Liking.LIKES, WishKind.RATHER_NOT: Liking.RATHER_NOT}


@dataclass(frozen=True)
class Past:
    """One person's earlier weeks of the season."""

    worked: int = 0
    """Minutes."""
    unpopular: int = 0
    could: float | None = None


def of(
    plan: Plan,
    *,
    before: Iterable[ShiftView] = (),
    pinned: Iterable[ShiftView] = (),
    patterns: Iterable[Pattern] = (),
    past: Mapping[int, Past] | None = None,
    people: Iterable[Staff] | None = None,
) -> Problem:
    """Return the problem of a plan's open days.

    Args:
        plan: the days.
        before: the shifts of the week before, for the rest between days.
        pinned: shifts that stay as they are.
        patterns: the factory's shifts, where a draft is to use them.
        past: staff id → the earlier weeks; without it, all begin equal.
        people: only these; otherwise the whole team.
    """
    chosen = plan.team if people is None else tuple(people)
    earlier = past or {}
    return Problem(
        days=plan.open_days,
        demands=tuple(demands(plan)),
        people=tuple(_person(plan, person, earlier.get(person.id, Past())) for person in chosen),
        rules=rules(plan.season),
        patterns=tuple(patterns),
        pinned=tuple(drafted(shift, errand_is_break=True) for shift in pinned),
        before=tuple(drafted(shift) for shift in before),
        skills=planned.skills(plan.season),
        groups={number(group): name for group, name in plan.groups.items()},
    )


def rules(season: Season) -> Rules:
    """Return a season's working time rules. Where they come from: docs/sources.md, working time."""
    return Rules(
        day_minutes=season.work_day_minutes,
        week_minutes=season.work_week_minutes,
        rest_minutes=season.rest_minutes,
        break_after=season.break_after_minutes,
        break_minutes=season.break_minutes,
        week_days=season.work_week_days,
    )


def number(group_id: int | None) -> int:
    """Return the number a draft knows a group by."""
    return NO_GROUP if group_id is None else group_id


def group_id(known: int) -> int | None:
    """Return the group a number of a draft stands for."""
    return None if known == NO_GROUP else known


def counts(person: Staff) -> bool:
    """Tell whether a person counts in the ratio when every paper is in order: volunteers do not."""
    return staff_papers.percent(person) > 0


def drafted(shift: ShiftView, *, errand_is_break: bool = False) -> DraftShift:
    """Return a shift as drafting knows it.

    Args:
        shift: a shift of the roster.
        errand_is_break: take an errand for a break, as cover sees it; otherwise for work elsewhere, as hours see it.
    """
    away = {PartKind.BREAK, PartKind.ERRAND} if errand_is_break else {PartKind.BREAK}
    breaks = tuple(part.span for part in shift.parts if part.kind in away)
    elsewhere = tuple(
        Stretch(part.span, number(part.group_id) if part.kind is PartKind.COVER else _NOWHERE)
        for part in shift.parts
        if part.kind not in away
    )
    return DraftShift(
        shift.staff_id, shift.day, shift.span, number(shift.group_id), breaks, elsewhere, pinned=shift.pinned
    )


def beside(session: Session, season: Season, plan: Plan) -> list[ShiftView]:
    """Return the shifts around the days: of the week before, and of the days of the same weeks that are not drafted."""
    if not plan.open_days:
        return []
    first, last = monday_of(min(plan.open_days)), monday_of(max(plan.open_days))
    around = [first + timedelta(days=n) for n in range(-7, (last - first).days + 8)]
    return planned.shifts_of(session, season, [day for day in around if day not in plan.open_days])


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def view(shift: DraftShift) -> ShiftView:
    """Return a drafted shift as the roster shows it."""
    breaks = [PartView(0, PartKind.BREAK, pause, None) for pause in shift.breaks]
    elsewhere = [PartView(0, PartKind.COVER, stretch, group_id(group)) for stretch, group in _stretches(shift)]
    parts = tuple(sorted((*breaks, *elsewhere), key=lambda p: p.span.start))
    return ShiftView(0, shift.person, shift.day, shift.span, group_id(shift.group), parts)


def _stretches(shift: DraftShift) -> Iterator[tuple[Span, int]]:
    """Yield the stretches in other groups without the breaks that lie in them: parts of a shift do not meet."""
    for stretch in shift.elsewhere:
        at = stretch.span.start
        for pause in sorted(shift.breaks, key=lambda p: p.start):
            if pause.meets(stretch.span):
                if at < pause.start:
                    yield Span(at, pause.start), stretch.group
                at = pause.end
        if at < stretch.span.end:
            yield Span(at, stretch.span.end), stretch.group


# -------------------------------------------------------------------------------------------------------------- demand
def demands(plan: Plan) -> Iterator[Demand]:
    """Yield what each group needs in each quarter hour with children; a child counts for every quarter it touches."""
    terms = plan.terms()

    @cache
    def needed(months: tuple[int, ...], asleep: bool) -> tuple[int, int]:
        required = terms.profile.required(months, terms.mode)
        return required, terms.profile.in_room(months, required) if asleep else required

    for day in plan.open_days:
        for group, kids in _by_group(plan.children.get(day, ())).items():
            for slot, months in _ages(kids):
                required, in_room = needed(months, _asleep(terms, slot))
                yield Demand(day, slot, number(group), required, in_room)


def _by_group(stays: Iterable[ChildStay]) -> dict[int | None, list[ChildStay]]:
    found: dict[int | None, list[ChildStay]] = {}
    for stay in stays:
        found.setdefault(stay.group_id, []).append(stay)
    return found


def _ages(stays: list[ChildStay]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each quarter hour with the months of the children in it."""
    slots: dict[int, list[int]] = {}
    for stay in stays:
        for slot in range(stay.span.start // SLOT, -(-stay.span.end // SLOT)):
            slots.setdefault(slot, []).append(stay.months)
    for slot in sorted(slots):
        yield slot, tuple(slots[slot])


def _asleep(terms: Terms, slot: int) -> bool:
    return terms.nap is not None and terms.nap.holds(Span(slot * SLOT, (slot + 1) * SLOT))


# -------------------------------------------------------------------------------------------------------------- people
def _person(plan: Plan, person: Staff, past: Past) -> Person:
    days = {day: _day(plan, person, day) for day in plan.open_days}
    return Person(
        id=person.id,
        name=person.name,
        days=days,
        group=person.group_id,
        day_minutes=person.day_minutes,
        week_minutes=person.week_minutes,
        wishes=tuple(_wishes(plan, person)),
        worked=past.worked,
        unpopular=past.unpopular,
        could=past.could,
        absent={day: why for day in plan.open_days if (why := why_absent(plan, person, day))},
    )


def _day(plan: Plan, person: Staff, day: date) -> PersonDay:
    counting, available = plan.counting[person.id][day], plan.available[person.id][day]
    there = bool(available.spans)
    return PersonDay(
        available=available.spans,
        counts=counting.percent if there else 0,
        skills=counting.skills if there else frozenset(),
        vetted=counting.vetted,
    )


def why_absent(plan: Plan, person: Staff, day: date) -> str:
    """Say why a person cannot come or does not count on a day; empty when it can and does."""
    return plan.available[person.id][day].why_not or plan.counting[person.id][day].why_not


def _wishes(plan: Plan, person: Staff) -> Iterator[Wish]:
    for day in plan.open_days:
        for span, kind in plan.available[person.id][day].wishes:
            if kind in _LIKINGS:
                yield Wish(day, span, _LIKINGS[kind])


roles.guard(globals(), Right.PLAN, {})
