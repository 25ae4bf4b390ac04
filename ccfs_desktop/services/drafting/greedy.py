"""A complete roster at once: the shift that helps most, one after the other, to whom it is fairest."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from ccfs_desktop.services.drafting.book import Book
from ccfs_desktop.services.drafting.groups import Duty, distribute
from ccfs_desktop.services.drafting.needs import Need, hours
from ccfs_desktop.services.drafting.options import Menu, Option, places, unpopular
from ccfs_desktop.services.drafting.problem import (
    SLOT,
    DraftShift,
    Person,
    Problem,
    Rules,
    Skill,
    Span,
)
from ccfs_desktop.services.drafting.score import Share, shares, wished

_OVER = 0.3
"""What a quarter hour costs in which nobody was missing, beside one in which somebody was."""
_SKILL = 8.0
"""What a quarter hour with a missing skill is worth."""
_ROUNDS = 3


def draft_at_once(problem: Problem) -> tuple[DraftShift, ...]:
    """Draft every day in turn; the same problem gives the same roster.

    Returns:
        A roster that breaks no limit, pinned shifts first; it can be short where a better one is not.
    """
    return distribute(problem, _Greedy(problem).duties())


@dataclass(frozen=True)
class _Candidate:
    person: Person
    options: tuple[Option, ...]
    worth: int
    shows: frozenset[Skill]


class _Greedy:
    """The state of a roster in the making."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._menu, self._book = Menu(problem), Book(problem, problem.pinned)
        self._fair = shares(problem)
        self._hours = hours(problem)
        self._worked: dict[int, int] = {}
        self._hard = {person.id: person.unpopular for person in problem.people}
        for shift in problem.pinned:
            self._note(shift.person, shift.day, shift.span, shift.minutes)

    def _note(self, person: int, day: date, span: Span, minutes: int) -> None:
        self._worked[person] = self._worked.get(person, 0) + minutes
        self._hard[person] = self._hard.get(person, 0) + unpopular(span, self._hours.get(day))

    def duties(self) -> list[Duty]:
        return [duty for day in sorted(self._problem.days) for duty in self._day(day)]

    def _day(self, day: date) -> list[Duty]:
        needs = self._menu.needs[day]
        if not needs:
            return []
        board = Board(needs, self._problem.rules)
        free = [c for person in self._problem.people if (c := self._candidate(person, day)).options]
        for _n in range(_ROUNDS):
            while found := self._best(board, free, day):
                candidate, option = found
                board.add(candidate.person.id, option, candidate.worth, candidate.shows)
                self._book.add(candidate.person.id, day, option.span, option.minutes)
                self._note(candidate.person.id, day, option.span, option.minutes)
                free.remove(candidate)
            if not board.settle_breaks():
                break
        return [Duty(p, day, placed.option.span, placed.breaks) for p, placed in board.placed.items()]

    def _candidate(self, person: Person, day: date) -> _Candidate:
        known = person.days.get(day)
        if known is None or self._book.busy(person.id, day):
            return _Candidate(person, (), 0, frozenset())
        left = self._book.left(person, day)
        first, last = self._book.earliest(person.id, day), self._book.latest(person.id, day)
        fitting = tuple(
            option
            for option in self._menu.of(person, day)
            if option.minutes <= left and first <= option.span.start and option.span.end <= last
        )
        return _Candidate(person, fitting, known.worth, known.shows & self._problem.skills)

    def _best(self, board: "Board", free: list[_Candidate], day: date) -> tuple[_Candidate, Option] | None:
        """Return who should take which shift next; None when no shift helps."""
        values: dict[tuple[Option, int, frozenset[Skill]], float] = {}
        best: tuple[float, float, int] | None = None
        found: tuple[_Candidate, Option] | None = None
        for candidate in free:
            for option in candidate.options:
                key = (option, candidate.worth, candidate.shows)
                if key not in values:
                    values[key] = board.value(option, candidate.worth, candidate.shows)
                value = values[key]
                if value <= 0 or (best and -value > best[0]):
                    continue
                rank = (-value, self._unfair(candidate.person, option, day), candidate.person.id)
                if best is None or rank < best:
                    best, found = rank, (candidate, option)
        return found

    def _unfair(self, person: Person, option: Option, day: date) -> float:
        """Return how much a shift would cost this person beside another: work so far, unpopular shifts, wishes."""
        weights = self._problem.weights
        share = self._fair.get(person.id, Share(1.0, 0.0))
        load = share.before + share.scale * (self._worked.get(person.id, 0) + option.minutes)
        against, with_it = wished(person, day, option.span)
        hard = self._hard[person.id] * weights.unpopular * unpopular(option.span, self._hours.get(day))
        wishes = weights.rather_not * against - weights.likes * with_it
        return (weights.spread * load + wishes) / SLOT + hard


@dataclass
class _Placed:
    option: Option
    breaks: tuple[Span, ...]
    worth: int
    shows: frozenset[Skill]


class Board:
    """What is still missing on one day while shifts are put on it."""

    def __init__(self, needs: Sequence[Need], rules: Rules) -> None:
        """Start from what the pinned shifts leave open."""
        self._rules = rules
        self._first = min(need.slot for need in needs)
        self._count = max(need.slot for need in needs) + 1 - self._first
        self._short, self._rest = [0] * self._count, [0] * self._count
        self._nap = [False] * self._count
        self._skills: list[dict[Skill, int]] = [{} for _n in range(self._count)]
        for need in needs:
            at = need.slot - self._first
            self._short[at], self._rest[at] = max(need.in_room, 100 * bool(need.escorts)), need.required
            self._nap[at] = need.required > need.in_room
            self._skills[at] = dict.fromkeys(sorted(need.skills), 1)
        self.placed: dict[int, _Placed] = {}
        self._sums: dict[tuple[int, frozenset[Skill]], list[float]] = {}

    def _lacking(self, at: int) -> int:
        """Return what is missing in the room, in per cent; negative when somebody can be spared."""
        return max(self._short[at], self._rest[at])

    def value(self, option: Option, worth: int, shows: frozenset[Skill]) -> float:
        """Return how much a shift would help; nothing when it helps nowhere."""
        sums = self._sums.get((worth, shows))
        if sums is None:
            gains = (self._gain(at, worth, shows) for at in range(self._count))
            sums = self._sums[worth, shows] = [0.0, *accumulate(gains)]
        start, end = self._within(option.span)
        gain = sums[end] - sums[start]
        return gain - _OVER * option.minutes / SLOT if gain > 0.5 else 0.0

    def _gain(self, at: int, worth: int, shows: frozenset[Skill]) -> float:
        lacking = max(0, self._lacking(at)) / 100
        left = max(0.0, lacking - worth / 100)
        return lacking**2 - left**2 + _SKILL * sum(self._skills[at].get(skill, 0) > 0 for skill in shows)

    def _within(self, span: Span) -> tuple[int, int]:
        slots = span.slots()
        start = min(max(slots.start - self._first, 0), self._count)
        return start, max(start, min(slots.stop - self._first, self._count))

    def add(self, person: int, option: Option, worth: int, shows: frozenset[Skill]) -> None:
        """Put a shift on the board, its breaks where they hurt least."""
        placed = _Placed(option, (), worth, shows)
        self._apply(range(*self._within(option.span)), placed, 1)
        self.placed[person] = placed
        self._place(placed)
        self._sums.clear()

    def with_shift(
        self, person: int, option: Option, worth: int, shows: frozenset[Skill], breaks: tuple[Span, ...] | None = None
    ) -> "Board":
        """Return another board with one more shift on it, its breaks as given or where they hurt least."""
        other = copy.deepcopy(self)
        other.add(person, option, worth, shows)
        for pause in breaks or ():
            other._apply(other._touched(pause), other.placed[person], -1, pause=True)  # noqa: SLF001 (one of us)
        return other

    def _place(self, placed: _Placed) -> None:
        for window in placed.option.windows:
            length = self._rules.break_minutes
            starts = list(places(window, self._rules))
            middle = (window.start + window.end) / 2
            start = min(starts, key=lambda at: (self._harm(Span(at, at + length), placed), abs(at - middle), at))
            pause = Span(start, start + length)
            placed.breaks = (*placed.breaks, pause)
            self._apply(self._touched(pause), placed, -1, pause=True)

    def _touched(self, pause: Span) -> range:
        """Return the quarter hours a break touches."""
        start = pause.start // SLOT - self._first
        end = -(-pause.end // SLOT) - self._first
        return range(min(max(start, 0), self._count), min(max(end, 0), self._count))

    def _harm(self, pause: Span, placed: _Placed) -> float:
        harm = 0.0
        for at in self._touched(pause):
            after = self._lacking(at) + placed.worth
            harm += max(0, after) * 10 + after / 100
            harm += 1_000 * sum(self._skills[at].get(skill, -9) >= 0 for skill in placed.shows)
        return harm

    def _apply(self, at: Iterable[int], placed: _Placed, sign: int, *, pause: bool = False) -> None:
        """Count somebody in (1) or out (-1) of the room; on a break where children nap, still in the building."""
        for n in at:
            self._short[n] -= sign * placed.worth
            if not (pause and self._nap[n]):
                self._rest[n] -= sign * placed.worth
            for skill in placed.shows & self._skills[n].keys():
                self._skills[n][skill] -= sign

    def settle_breaks(self) -> bool:
        """Place every break anew, now that all shifts are known; tell whether anything is short afterwards."""
        for placed in self.placed.values():
            for pause in placed.breaks:
                self._apply(self._touched(pause), placed, 1, pause=True)
            placed.breaks = ()
            self._place(placed)
        self._sums.clear()
        return any(self._lacking(at) > 0 or any(n > 0 for n in self._skills[at].values()) for at in range(self._count))
