"""Who of those on duty is with which group: home group where it goes, as few moves as it takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ccfs_desktop.services.drafting.needs import NOBODY, Cover, Present, cover
from ccfs_desktop.services.drafting.problem import SLOT, Demand, DraftShift, Person, Problem, Span, Stretch

_MISSING, _MOVE, _AWAY, _NOT_HOME = 1_000, 4, 1, 12
"""What a layout costs: an adult missing, a move, a quarter hour away from the shift's group, not the home group."""
_PASSES = 2


@dataclass(frozen=True)
class Duty:
    """A shift of which only the group is still open."""

    person: int
    day: date
    span: Span
    breaks: tuple[Span, ...] = ()

    def paused(self, slot: int) -> bool:
        """Tell whether a break lies in a quarter hour."""
        return any(pause.start < (slot + 1) * SLOT and slot * SLOT < pause.end for pause in self.breaks)


def distribute(problem: Problem, duties: Iterable[Duty]) -> tuple[DraftShift, ...]:
    """Give every duty its group and stretches elsewhere; each quarter hour is as short as it must be, not more.

    Adults who count are worth the same everywhere, so that somebody to spare in one group fills in for a break in
    another. Pinned shifts stay where they are.

    Returns:
        The pinned shifts first, then the others by day, start and person.
    """
    people = {person.id: person for person in problem.people}
    by_day: dict[date, list[Duty]] = defaultdict(list)
    for duty in duties:
        by_day[duty.day].append(duty)
    demands: dict[date, list[Demand]] = defaultdict(list)
    for demand in problem.demands:
        demands[demand.day].append(demand)
    fixed = cover(people, problem.pinned)
    found: list[DraftShift] = []
    for day in sorted(by_day):
        listed = sorted(by_day[day], key=lambda d: (d.span.start, d.span.end, d.person))
        found.extend(_Day(people, listed, demands[day], fixed, day).shifts())
    return (*problem.pinned, *found)


@dataclass
class _Run:
    """Quarter hours in a row that are alike: what each group needs, and who can be moved."""

    slots: list[int]
    demands: list[Demand]
    here: list[int]
    """Indices of the duties that are in a room."""
    paused: list[int]
    fixed: dict[int, Present] = field(default_factory=dict[int, Present])

    def alike(self, other: "_Run") -> bool:
        """Tell whether another run follows at once and is the same."""
        needs = [[(d.group, d.required, d.in_room) for d in run.demands] for run in (self, other)]
        return (
            self.slots[-1] + 1 == other.slots[0]
            and needs[0] == needs[1]
            and (self.here, self.paused, self.fixed) == (other.here, other.paused, other.fixed)
        )


class _Day:
    """The layout of one day."""

    def __init__(
        self,
        people: Mapping[int, Person],
        duties: Sequence[Duty],
        demands: list[Demand],
        fixed: Cover,
        day: date,
    ) -> None:
        self._duties = duties
        persons = [people.get(duty.person) for duty in duties]
        self._worth = [p.days.get(day, NOBODY).worth if p else 0 for p in persons]
        self._home = [p.group if p else None for p in persons]
        slots: dict[int, list[Demand]] = defaultdict(list)
        for demand in demands:
            slots[demand.slot].append(demand)
        self._groups = sorted({d.group for d in demands} | {home for home in self._home if home is not None}) or [0]
        self._runs: list[_Run] = []
        for slot in sorted(slots):
            run = self._run(slot, slots[slot], fixed, day)
            if self._runs and self._runs[-1].alike(run):
                self._runs[-1].slots.append(slot)
            else:
                self._runs.append(run)

    def _run(self, slot: int, demands: list[Demand], fixed: Cover, day: date) -> _Run:
        quarter = Span(slot * SLOT, (slot + 1) * SLOT)
        there = [n for n, duty in enumerate(self._duties) if duty.span.holds(quarter)]
        paused = [n for n in there if self._duties[n].paused(slot)]
        here = [n for n in there if n not in set(paused)]
        kept = {d.group: fixed.rooms.get((day, slot, d.group), Present()) for d in demands}
        return _Run([slot], demands, here, paused, kept)

    def shifts(self) -> list[DraftShift]:
        base = self._first()
        cost, layout = self._layout(base)
        for _n in range(_PASSES):
            before = cost
            for duty in range(len(base)):
                if not layout[duty] and self._home[duty] in {None, base[duty]}:
                    continue
                for group in self._groups:
                    if group == base[duty]:
                        continue
                    tried = [*base[:duty], group, *base[duty + 1 :]]
                    other, moved = self._layout(tried)
                    if other < cost:
                        base, cost, layout = tried, other, moved
            if cost == before:
                break
        return [self._shift(n, base[n], layout[n]) for n in range(len(base))]

    def _first(self) -> list[int]:
        """Put everybody, longest shift first, where most quarter hours are still short; home, where that is a draw."""
        open_ = {
            (n, d.group): max(0, 100 * d.in_room - run.fixed[d.group].room)
            for n, run in enumerate(self._runs)
            for d in run.demands
        }
        base = [self._groups[0]] * len(self._duties)
        order = sorted(range(len(base)), key=lambda n: (-self._duties[n].span.minutes, n))
        for n in order:
            mine = {at: len(run.slots) for at, run in enumerate(self._runs) if n in run.here}
            gain = {g: sum(m for at, m in mine.items() if open_.get((at, g), 0) > 0) for g in self._groups}
            home = self._home[n]
            if home is not None:
                gain[home] += sum(mine.values()) // 3
            base[n] = _best(gain, home)
            for at in mine:
                if (at, base[n]) in open_:
                    open_[at, base[n]] -= self._worth[n]
        return base

    def _layout(self, base: list[int]) -> tuple[int, list[dict[int, int]]]:
        """Move people for as long as they are needed elsewhere.

        Returns:
            What the layout costs, and by duty: slot → group where it is not the duty's own.
        """
        moved: list[dict[int, int]] = [{} for _duty in base]
        cost = sum(_NOT_HOME for n, home in enumerate(self._home) if home is not None and home != base[n])
        for run in self._runs:
            first, paused, count = run.slots[0], set(run.paused), len(run.slots)
            now = _Moment(run, self._worth, base, {n: m[first - 1] for n, m in enumerate(moved) if first - 1 in m})
            cost += _MISSING * count * now.settle()
            for n, group in now.away.items():
                cost += 0 if n in paused else _AWAY * count + _MOVE * (n not in now.stayed)
                moved[n].update(dict.fromkeys(run.slots, group))
        return cost, moved

    def _shift(self, n: int, group: int, moved: Mapping[int, int]) -> DraftShift:
        stretches: list[Stretch] = []
        for slot in sorted(moved):
            start, end = slot * SLOT, (slot + 1) * SLOT
            if stretches and stretches[-1].group == moved[slot] and stretches[-1].span.end == start:
                stretches[-1] = Stretch(Span(stretches[-1].span.start, end), moved[slot])
            else:
                stretches.append(Stretch(Span(start, end), moved[slot]))
        duty = self._duties[n]
        return DraftShift(duty.person, duty.day, duty.span, group, duty.breaks, tuple(stretches))


def _best(gain: Mapping[int, int], home: int | None) -> int:
    """Return the group with the greatest gain; home, where that is a draw."""
    return max(gain, key=lambda group: (gain[group], group == home, -group))


class _Moment:
    """A run of quarter hours being settled."""

    def __init__(self, run: _Run, worth: Sequence[int], base: Sequence[int], before: Mapping[int, int]) -> None:
        self._run, self._worth, self._base, self._before = run, worth, base, before
        self.away: dict[int, int] = {}
        self.stayed: set[int] = set()
        self._need = {d.group: d for d in run.demands}
        self._room: dict[int, int] = defaultdict(int)
        self._pause: dict[int, int] = defaultdict(int)
        for group, present in run.fixed.items():
            self._room[group] += present.room
            self._pause[group] += present.paused
        for n in run.here:
            self._room[base[n]] += worth[n]
        for n in run.paused:
            self._pause[base[n]] += worth[n]

    def settle(self) -> int:
        """Move whoever can be spared; return how many adults are still missing."""
        for demand in sorted(self._run.demands, key=lambda d: (self._room[d.group] - 100 * d.in_room, d.group)):
            self._fill(demand.group)
        for demand in self._run.demands:
            if demand.required > demand.in_room:
                self._rest_here(demand)
                self._fill(demand.group)
        for demand in self._run.demands:
            self._someone(demand.group)
        return sum(self._missing(d) for d in self._run.demands)

    def _missing(self, d: Demand) -> int:
        there = Present(self._room[d.group], self._pause[d.group])
        return there.short(d)

    def _open(self, group: int) -> int:
        """Return what a group lacks in the room, negative when it can spare somebody; per cent of an adult."""
        d = self._need.get(group)
        if d is None:
            return -self._room[group]
        rest = self._pause[group] if d.required > d.in_room else 0
        return max(100 * d.in_room, 100 * d.required - rest) - self._room[group]

    def _fill(self, group: int) -> None:
        while self._open(group) > 0:
            spare = [n for n in self._run.here if n not in self.away and self._spared(n, group)]
            if not spare:
                return
            self._move(min(spare, key=lambda n: self._rank(n, group)), group)

    def _spared(self, n: int, group: int) -> bool:
        own = self._base[n]
        return own != group and self._worth[n] > 0 and self._open(own) + self._worth[n] <= 0

    def _rank(self, n: int, group: int) -> tuple[bool, bool, int]:
        exact = self._worth[n] <= self._open(group)
        return self._before.get(n) != group, not exact, n

    def _move(self, n: int, group: int) -> None:
        self._room[self._base[n]] -= self._worth[n]
        self._room[group] += self._worth[n]
        self.away[n] = group
        if self._before.get(n) == group:
            self.stayed.add(n)

    def _rest_here(self, demand: Demand) -> None:
        """Count people on a break with the group whose children nap: they are in the building and can be called."""
        for n in self._run.paused:
            own = self._need.get(self._base[n])
            needed_there = own is not None and own.required > own.in_room
            if self._open(demand.group) > 0 and self._base[n] != demand.group and not needed_there:
                self._pause[self._base[n]] -= self._worth[n]
                self._pause[demand.group] += self._worth[n]
                self.away[n] = demand.group

    def _someone(self, group: int) -> None:
        """Leave no group without any adult, or with an unvetted one alone, while another has two."""
        present = self._run.fixed.get(group, Present())
        if self._room[group] >= 100 or (present.vetted and not self._alone(group)) or self._open(group) <= 0:
            return
        spare = [
            n
            for n in self._run.here
            if n not in self.away
            and self._base[n] != group
            and self._worth[n] == 100
            and self._room[self._base[n]] >= 200
        ]
        if spare:
            self._move(min(spare, key=lambda n: self._rank(n, group)), group)

    def _alone(self, group: int) -> bool:
        present = self._run.fixed.get(group, Present())
        return present.unvetted > 0 and not present.vetted
