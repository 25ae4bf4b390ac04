"""What the children need, quarter hour by quarter hour, and who is where: the counting that all of a draft shares."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.services.drafting.problem import SLOT, Demand, DraftShift, Person, PersonDay, Problem, Skill, Span

NOBODY = PersonDay(())
"""Somebody who cannot work that day, but is pinned to it: the checker says so, here the adult counts."""


@dataclass(frozen=True)
class Need:
    """What a quarter hour still needs in all groups together, beside the pinned shifts. Per cent of an adult."""

    day: date
    slot: int
    in_room: int
    required: int
    """In the room, or on a break where a nap rule allows it."""
    skills: frozenset[Skill] = frozenset()
    """Those that nobody pinned brings."""
    escorts: int = 0
    """Groups in which somebody pinned must not be the only adult."""

    @property
    def open(self) -> bool:
        """Whether anything is missing."""
        return bool(self.in_room or self.required or self.skills or self.escorts)


@dataclass
class Present:
    """Who is with one group in one quarter hour."""

    room: int = 0
    """Per cent of an adult."""
    paused: int = 0
    vetted: int = 0
    """People not on a break who may be alone with children."""
    unvetted: int = 0

    def short(self, demand: Demand) -> int:
        """Return how many whole adults are missing."""
        return max(0, demand.in_room - self.room // 100, demand.required - (self.room + self._extra(demand)) // 100)

    def _extra(self, demand: Demand) -> int:
        return self.paused if demand.required > demand.in_room else 0

    def counted(self, demand: Demand) -> int:
        """Return the whole adults that count towards ``required``."""
        return (self.room + self._extra(demand)) // 100


def presence(shift: DraftShift) -> Iterator[tuple[int, int, bool]]:
    """Yield (slot, group, on a break) for every quarter hour that lies wholly within a shift."""
    for slot in shift.span.slots():
        start, end = slot * SLOT, (slot + 1) * SLOT
        group = shift.group
        for stretch in shift.elsewhere:
            if stretch.span.start < end and start < stretch.span.end:
                group = stretch.group
        yield slot, group, any(pause.start < end and start < pause.end for pause in shift.breaks)


@dataclass(frozen=True)
class Cover:
    """Who is where in all quarter hours of some shifts."""

    rooms: Mapping[tuple[date, int, int], Present]
    """(day, slot, group) → who is there."""
    skills: Mapping[tuple[date, int], frozenset[Skill]]


def cover(people: Mapping[int, Person], shifts: Iterable[DraftShift]) -> Cover:
    """Count who is where. A skill is present only with somebody who is not on a break."""
    rooms: dict[tuple[date, int, int], Present] = defaultdict(Present)
    skills: dict[tuple[date, int], frozenset[Skill]] = defaultdict(frozenset)
    for shift in shifts:
        person = people.get(shift.person)
        known = person.days.get(shift.day, NOBODY) if person else NOBODY
        for slot, group, paused in presence(shift):
            there = rooms[shift.day, slot, group]
            if paused:
                there.paused += known.worth
                continue
            there.room += known.worth
            there.vetted += known.vetted
            there.unvetted += not known.vetted
            if known.shows:
                skills[shift.day, slot] |= known.shows
    return Cover(rooms, skills)


def needs(problem: Problem) -> dict[date, list[Need]]:
    """Return what is still needed beside the pinned shifts: only quarter hours where something is, in order."""
    there = cover({person.id: person for person in problem.people}, problem.pinned)
    slots: dict[tuple[date, int], list[Demand]] = defaultdict(list)
    for demand in problem.demands:
        if demand.required > 0 or demand.in_room > 0:
            slots[demand.day, demand.slot].append(demand)
    found: dict[date, list[Need]] = {day: [] for day in problem.days}
    for (day, slot), demands in sorted(slots.items()):
        rooms = [(demand, there.rooms.get((day, slot, demand.group), Present())) for demand in demands]
        need = Need(
            day,
            slot,
            sum(max(0, 100 * demand.in_room - room.room) for demand, room in rooms),
            sum(max(0, 100 * demand.required - room.room - _paused(demand, room)) for demand, room in rooms),
            problem.skills - there.skills.get((day, slot), frozenset()),
            sum(room.unvetted > 0 and not room.vetted for _demand, room in rooms),
        )
        if need.open and day in found:
            found[day].append(need)
    return found


def _paused(demand: Demand, room: Present) -> int:
    return room.paused if demand.required > demand.in_room else 0


def hours(problem: Problem) -> dict[date, Span]:
    """Return from when to when there are children, by day."""
    found: dict[date, Span] = {}
    for demand in problem.demands:
        if demand.required > 0 or demand.in_room > 0:
            known = found.get(demand.day, Span(demand.slot * SLOT, (demand.slot + 1) * SLOT))
            found[demand.day] = Span(min(known.start, demand.slot * SLOT), max(known.end, (demand.slot + 1) * SLOT))
    return found


def week(day: date) -> tuple[int, int]:
    """Return the ISO year and week."""
    found = day.isocalendar()
    return found.year, found.week
