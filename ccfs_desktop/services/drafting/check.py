"""Look at a roster, drafted or made by hand: the rules it breaks, where it is short. Knows nothing of the solver."""

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ccfs_desktop.services.drafting.problem import SLOT, Demand, DraftShift, Person, Problem, Skill, Span, Unmet


class Rule(enum.StrEnum):
    """A rule no roster may break."""

    UNKNOWN = "unknown"
    """Nobody of that id can be put on the roster."""
    DOUBLE = "double"
    """Two shifts of one person overlap."""
    AWAY = "away"
    """The person is not available for the whole of the shift."""
    SHORT = "short"
    """Called in for less than the shortest shift."""
    DAY_HOURS = "day-hours"
    WEEK_HOURS = "week-hours"
    WEEK_DAYS = "week-days"
    REST = "rest"
    """Too little rest since the day before."""
    BREAK_MISSING = "break-missing"
    BREAK_LATE = "break-late"
    """Too much work on end before, between or after the breaks."""
    BREAK_SHORT = "break-short"
    BREAK_OUTSIDE = "break-outside"
    """A break that does not lie within its shift, or overlaps another."""
    ALONE = "alone"
    """Somebody who is not vetted is the only adult with children. Source: domain.md 2.4."""
    PINNED = "pinned"
    """A pinned shift is missing or was changed."""


@dataclass(frozen=True)
class Violation:
    """A rule broken: what a sentence about it needs."""

    rule: Rule
    person: int
    day: date
    span: Span | None = None
    """The shift, the break or the time it is about."""
    actual: int | None = None
    """Minutes, or days for ``WEEK_DAYS``."""
    limit: int | None = None
    """Minutes, or days for ``WEEK_DAYS``."""
    group: int | None = None
    other: DraftShift | None = None
    """The shift it clashes with."""
    pinned: bool = False
    """Only pinned shifts are to blame: no draft could avoid it."""


@dataclass(frozen=True)
class Standing:
    """Who is with a group in a quarter hour, by id."""

    in_room: tuple[int, ...] = ()
    """Everybody, whether they count or not."""
    on_break: tuple[int, ...] = ()
    not_counted: tuple[int, ...] = ()
    """Of both, those who do not count as an adult."""


@dataclass(frozen=True)
class Report:
    """What was found."""

    violations: tuple[Violation, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say."""
        return not self.violations and not self.unmet


def check(problem: Problem, shifts: Iterable[DraftShift], days: Collection[date] | None = None) -> Report:
    """Check a roster.

    Args:
        problem: the rules, the people, what is needed, the week before.
        shifts: all shifts of the problem's days, pinned ones included, in any order.
        days: look only at these, and at the weeks they lie in; at all, if None. For a page that is being edited.
    """
    listed = sorted(shifts, key=lambda s: (s.day, s.person, s.span.start, s.span.end))
    wanted = set(problem.days if days is None else days)
    look = _Look(problem, listed, wanted)
    found = [*look.people(), *look.alone(), *look.pinned()]
    found.sort(key=lambda v: (v.day, v.person, v.rule, v.span.start if v.span else 0))
    return Report(tuple(found), tuple(look.unmet()))


def standing(problem: Problem, shifts: Iterable[DraftShift], day: date) -> Mapping[tuple[int, int], Standing]:
    """Return who is where on a day: (slot, group) → standing. For a strip of cover and the words beside it."""
    people = {person.id: person for person in problem.people}
    found: dict[tuple[int, int], Standing] = {}
    for (slot, group), there in _there(shift for shift in shifts if shift.day == day).items():
        everybody = (*there.room, *there.paused)
        idle = tuple(p for p in everybody if not _worth(people.get(p), day))
        found[slot, group] = Standing(tuple(there.room), tuple(there.paused), idle)
    return found


@dataclass
class _There:
    room: list[int] = field(default_factory=list[int])
    paused: list[int] = field(default_factory=list[int])


def _there(shifts: Iterable[DraftShift]) -> dict[tuple[int, int], _There]:
    """Return who is in which group's room and who on a break, (slot, group) →; parts of a quarter hour do not count."""
    found: dict[tuple[int, int], _There] = defaultdict(_There)
    for shift in shifts:
        for slot in range(-(-shift.span.start // SLOT), shift.span.end // SLOT):
            quarter = Span(slot * SLOT, (slot + 1) * SLOT)
            group = next((s.group for s in shift.elsewhere if s.span.meets(quarter)), shift.group)
            there = found[slot, group]
            (there.paused if any(p.meets(quarter) for p in shift.breaks) else there.room).append(shift.person)
    return found


def _worth(person: Person | None, day: date) -> int:
    known = person.days.get(day) if person else None
    return known.counts if known and known.vetted else 0


class _Look:
    """One look at a roster."""

    def __init__(self, problem: Problem, shifts: Sequence[DraftShift], wanted: set[date]) -> None:
        self._problem, self._shifts, self._wanted = problem, shifts, wanted
        self._people = {person.id: person for person in problem.people}
        self._by_day: dict[date, list[DraftShift]] = defaultdict(list)
        for shift in shifts:
            self._by_day[shift.day].append(shift)
        self._rooms = {day: _there(self._by_day[day]) for day in sorted(wanted)}
        self._needs: dict[date, list[Demand]] = defaultdict(list)
        for need in problem.demands:
            if need.day in wanted and max(need.required, need.in_room) > 0:
                self._needs[need.day].append(need)

    # ------------------------------------------------------------------------------------------------------- persons
    def people(self) -> Iterator[Violation]:
        """Yield what is wrong with somebody's own shifts."""
        mine: dict[int, list[DraftShift]] = defaultdict(list)
        for shift in (*self._problem.before, *self._shifts):
            mine[shift.person].append(shift)
        for number in sorted(mine):
            yield from self._person(number, sorted(mine[number], key=lambda s: (s.day, s.span.start, s.span.end)))

    def _person(self, number: int, shifts: list[DraftShift]) -> Iterator[Violation]:
        person = self._people.get(number)
        for shift in shifts:
            if shift.day not in self._wanted:
                continue
            if person is None:
                yield Violation(Rule.UNKNOWN, number, shift.day, shift.span, pinned=shift.pinned)
                continue
            yield from self._shift(person, shift)
        if person:
            yield from self._pairs(shifts)
            yield from self._day_hours(person, shifts)
            yield from self._weeks(person, shifts)

    def _shift(self, person: Person, shift: DraftShift) -> Iterator[Violation]:
        known, rules = person.days.get(shift.day), self._problem.rules
        if known is None or not any(free.holds(shift.span) for free in _merged(known.available)):
            yield Violation(Rule.AWAY, person.id, shift.day, shift.span, pinned=shift.pinned)
        if shift.span.minutes < rules.shortest:
            minutes = shift.span.minutes
            yield Violation(Rule.SHORT, person.id, shift.day, shift.span, minutes, rules.shortest, pinned=shift.pinned)
        yield from self._breaks(shift)

    def _breaks(self, shift: DraftShift) -> Iterator[Violation]:
        rules = self._problem.rules
        pauses = sorted(shift.breaks, key=lambda p: p.start)
        edges = [shift.span.start, *(at for p in pauses for at in (p.start, p.end)), shift.span.end]

        def told(rule: Rule, span: Span, actual: int, limit: int) -> Violation:
            return Violation(rule, shift.person, shift.day, span, actual, limit, pinned=shift.pinned)

        if edges != sorted(edges):
            yield told(Rule.BREAK_OUTSIDE, pauses[0], 0, 0)
            return
        if shift.minutes > rules.break_after:
            for pause in pauses:
                if pause.minutes < rules.break_minutes:
                    yield told(Rule.BREAK_SHORT, pause, pause.minutes, rules.break_minutes)
        longest = max(end - start for start, end in zip(edges[::2], edges[1::2], strict=True))
        if longest > rules.break_after:
            yield told(Rule.BREAK_LATE if pauses else Rule.BREAK_MISSING, shift.span, longest, rules.break_after)

    def _pairs(self, shifts: list[DraftShift]) -> Iterator[Violation]:
        """Look at each shift beside those before it: the same day's, and the last of the day before."""
        rest = self._problem.rules.rest_minutes
        for n, shift in enumerate(shifts):
            if shift.day not in self._wanted and not self._meets_next(shifts, n):
                continue
            for other in shifts[:n]:
                pinned = shift.pinned and (other.pinned or other in self._problem.before)
                if other.day == shift.day and other.span.meets(shift.span):
                    yield Violation(Rule.DOUBLE, shift.person, shift.day, shift.span, other=other, pinned=pinned)
                if other.day == shift.day - timedelta(days=1):
                    actual = shift.span.start + 24 * 60 - other.span.end
                    if actual < rest:
                        yield Violation(
                            Rule.REST, shift.person, shift.day, shift.span, actual, rest, other=other, pinned=pinned
                        )

    def _meets_next(self, shifts: list[DraftShift], n: int) -> bool:
        """Tell whether the day before is looked at: then the rest after it is, too."""
        return shifts[n].day - timedelta(days=1) in self._wanted and shifts[n] not in self._problem.before

    def _day_hours(self, person: Person, shifts: list[DraftShift]) -> Iterator[Violation]:
        for day in sorted({shift.day for shift in shifts} & self._wanted):
            today = [shift for shift in shifts if shift.day == day]
            actual, limit = sum(shift.minutes for shift in today), self._problem.day_limit(person, day)
            if actual > limit:
                pinned = all(shift.pinned for shift in today)
                yield Violation(Rule.DAY_HOURS, person.id, day, today[-1].span, actual, limit, pinned=pinned)

    def _weeks(self, person: Person, shifts: list[DraftShift]) -> Iterator[Violation]:
        rules = self._problem.rules
        limit = self._problem.week_limit(person)
        weeks: dict[tuple[int, int], list[DraftShift]] = defaultdict(list)
        for shift in shifts:
            weeks[shift.day.isocalendar()[:2]].append(shift)
        for week, listed in sorted(weeks.items()):
            if not any(day.isocalendar()[:2] == week for day in self._wanted):
                continue
            last = max(shift.day for shift in listed)
            pinned = all(s.pinned or s in self._problem.before for s in listed)
            minutes, days = sum(shift.minutes for shift in listed), len({shift.day for shift in listed})
            if minutes > limit:
                yield Violation(Rule.WEEK_HOURS, person.id, last, None, minutes, limit, pinned=pinned)
            if days > rules.week_days:
                yield Violation(Rule.WEEK_DAYS, person.id, last, None, days, rules.week_days, pinned=pinned)

    # -------------------------------------------------------------------------------------------------------- children
    def alone(self) -> Iterator[Violation]:
        """Yield who is alone with children and must not be, quarter hours in a row as one."""
        pinned = {(s.person, s.day) for s in self._problem.pinned}
        runs: dict[tuple[date, int, int], list[Span]] = defaultdict(list)
        for day, needs in sorted(self._needs.items()):
            for need in sorted(needs, key=lambda n: (n.group, n.slot)):
                there = self._rooms[day].get((need.slot, need.group), _There())
                if not there.room or any(self._vetted(number, day) for number in there.room):
                    continue
                for number in there.room:
                    runs[day, number, need.group].append(Span(need.slot * SLOT, (need.slot + 1) * SLOT))
        for (day, number, group), quarters in runs.items():
            for span in _merged(quarters):
                yield Violation(Rule.ALONE, number, day, span, group=group, pinned=(number, day) in pinned)

    def _vetted(self, number: int, day: date) -> bool:
        person = self._people.get(number)
        known = person.days.get(day) if person else None
        return known is not None and known.vetted

    def pinned(self) -> Iterator[Violation]:
        """Yield the pinned shifts that are not there as they were."""
        kept = set(self._shifts)
        for shift in self._problem.pinned:
            if shift.day in self._wanted and shift not in kept:
                yield Violation(Rule.PINNED, shift.person, shift.day, shift.span, group=shift.group)

    def unmet(self) -> Iterator[Unmet]:
        """Yield the quarter hours that are short, then those without a skill, day by day."""
        for day, needs in sorted(self._needs.items()):
            for need in sorted(needs, key=lambda n: (n.slot, n.group)):
                if short := self._short(day, need):
                    yield short
            present = self._skills(day)
            for slot in sorted({need.slot for need in needs}):
                for skill in sorted(self._problem.skills - present.get(slot, set())):
                    yield Unmet(day, slot, None, 1, 0, skill)

    def _short(self, day: date, need: Demand) -> Unmet | None:
        there = self._rooms[day].get((need.slot, need.group), _There())
        room = sum(_worth(self._people.get(number), day) for number in there.room)
        building = room + sum(_worth(self._people.get(number), day) for number in there.paused)
        counted = (building if need.required > need.in_room else room) // 100
        if need.required - counted >= max(1, need.in_room - room // 100):
            return Unmet(day, need.slot, need.group, need.required, counted)
        if need.in_room > room // 100:
            return Unmet(day, need.slot, need.group, need.in_room, room // 100)
        return None

    def _skills(self, day: date) -> dict[int, set[Skill]]:
        found: dict[int, set[Skill]] = defaultdict(set)
        for (slot, _group), there in self._rooms[day].items():
            for number in there.room:
                if self._vetted(number, day):
                    found[slot] |= self._people[number].days[day].skills
        return found


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
