"""The exact model of a roster: which of its possible shifts each person takes, and when each kind of adult has breaks.

Adults who count are worth the same in every group, so that groups are left out here (``groups.distribute`` gives each
shift its group afterwards, without anybody being short because of it). Breaks are counted by kind of adult, not by
person: people of the same worth and skills are interchangeable while they pause. What is missing is allowed, at the
price of ``Weights.unmet``, so that there is always a best roster.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ccfs_desktop.services.drafting.book import Book
from ccfs_desktop.services.drafting.groups import Duty
from ccfs_desktop.services.drafting.needs import Need, hours, week
from ccfs_desktop.services.drafting.options import Menu, Option, places, unpopular
from ccfs_desktop.services.drafting.problem import SLOT, DraftShift, Person, Problem, Skill, Span
from ccfs_desktop.services.drafting.score import shares, wished

Kind = tuple[int, frozenset[Skill]]
"""What makes people interchangeable for a day: worth and skills."""
Terms = dict[int, float]
"""Column → coefficient."""
_INFINITE = float("inf")
_DAY = timedelta(days=1)


@dataclass
class Program:
    """A mixed-integer program, column by column and row by row."""

    cost: list[float] = field(default_factory=list[float])
    upper: list[float] = field(default_factory=list[float])
    whole: list[bool] = field(default_factory=list[bool])
    rows: list[Terms] = field(default_factory=list[Terms])
    low: list[float] = field(default_factory=list[float])
    high: list[float] = field(default_factory=list[float])
    constant: float = 0.0

    def column(self, cost: float, upper: float, *, whole: bool = True) -> int:
        """Add a column from nothing to ``upper``; return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, terms: Terms, *, low: float = -_INFINITE, high: float = _INFINITE) -> None:
        """Add a row."""
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)


@dataclass
class _Part:
    """One day of one kind of people: who takes what, and when breaks begin."""

    takes: list[tuple[int, Person, Option]] = field(default_factory=list[tuple[int, Person, Option]])
    """(column, person, option)."""
    pauses: dict[int, int] = field(default_factory=dict[int, int])
    """Minute a break begins → column."""


class Model:
    """A problem as a program, and the way back."""

    def __init__(
        self,
        problem: Problem,
        *,
        fairness: bool = True,
        only: Mapping[date, frozenset[Span]] | None = None,
        needs: Mapping[date, list[Need]] | None = None,
    ) -> None:
        """Build the model.

        Args:
            problem: one week or several; the limits of a week hold for each ISO week.
            fairness: without it the program's optimum is a bound on what any roster costs beside fairness.
            only: the spans that may be used, by day; all, if None.
            needs: what is needed beside the pinned shifts, if it is not all.
        """
        self.problem, self._only = problem, only
        self.program = Program()
        self._menu, self._book = Menu(problem, needs), Book(problem, problem.pinned)
        self._hours = hours(problem)
        self._by_day: dict[date, dict[Kind, _Part]] = {day: {} for day in problem.days}
        self._own: dict[int, dict[date, list[tuple[int, Option]]]] = {}
        self._short: list[tuple[int, Terms, float, float]] = []
        for person in problem.people:
            self._person(person)
        for day in problem.days:
            self._breaks(day)
            self._coverage(day)
        if fairness:
            self._fairness()
        self._constants()

    @property
    def size(self) -> tuple[int, int]:
        """Return the numbers of rows and columns."""
        return len(self.program.rows), len(self.program.cost)

    # ----------------------------------------------------------------------------------------------------------- people
    def _person(self, person: Person) -> None:
        mine: dict[date, list[tuple[int, Option]]] = {}
        for day in self.problem.days:
            if options := self._options(person, day):
                known = person.days[day]
                part = self._by_day[day].setdefault((known.worth, known.shows & self.problem.skills), _Part())
                mine[day] = [(self.program.column(self._price(person, day, o), 1), o) for o in options]
                part.takes.extend((column, person, option) for column, option in mine[day])
        self._own[person.id] = mine
        for listed in mine.values():
            self.program.row({column: 1.0 for column, _option in listed}, high=1)
        self._rests(mine)
        self._weeks(person, mine)

    def _options(self, person: Person, day: date) -> list[Option]:
        if self._book.busy(person.id, day):
            return []
        left = self._book.left(person, day)
        first, last = self._book.earliest(person.id, day), self._book.latest(person.id, day)
        return [
            option
            for option in self._menu.of(person, day)
            if option.minutes <= left and first <= option.span.start and option.span.end <= last
            if self._only is None or option.span in self._only[day]
        ]

    def _price(self, person: Person, day: date, option: Option) -> float:
        weights = self.problem.weights
        against, with_it = wished(person, day, option.span)
        cost = weights.minutes_quarter * option.minutes + weights.rather_not * against - weights.likes * with_it
        return cost / SLOT

    def _rests(self, mine: Mapping[date, list[tuple[int, Option]]]) -> None:
        """Keep the rest between a day's shift and the next day's: for each end, what it shuts out."""
        for day, listed in mine.items():
            after = mine.get(day + _DAY, [])
            shut = self.problem.rules.rest_minutes - 24 * 60
            done: set[tuple[int, ...]] = set()
            for end in sorted({option.span.end for _column, option in listed}):
                early = tuple(column for column, option in after if option.span.start < end + shut)
                if early and early not in done:
                    done.add(early)
                    late = [column for column, option in listed if option.span.end >= end]
                    self.program.row(dict.fromkeys((*late, *early), 1.0), high=1)

    def _weeks(self, person: Person, mine: Mapping[date, list[tuple[int, Option]]]) -> None:
        """Keep the hours and the days of each week."""
        weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in mine:
            weeks[week(day)].append(day)
        for days in weeks.values():
            terms = {column: float(option.minutes) for day in days for column, option in mine[day]}
            most = sum(max(option.minutes for _column, option in mine[day]) for day in days)
            left = self._book.left(person, days[0])
            if most > left:
                self.program.row({c: m / SLOT for c, m in terms.items()}, high=left / SLOT)
            worked = self._book.days_worked(person.id, days[0])
            if len(days) + worked > self.problem.rules.week_days:
                self.program.row(dict.fromkeys(terms, 1.0), high=self.problem.rules.week_days - worked)

    # -------------------------------------------------------------------------------------------------- when breaks are
    def _breaks(self, day: date) -> None:
        """Let each kind of people have as many breaks as its shifts need, each within its window.

        Breaks fit into their windows one by one exactly when in every stretch of the day as many begin as there are
        windows within it (Hall), and no more begin in all.
        """
        for part in self._by_day[day].values():
            windows = [(column, window) for column, _p, option in part.takes for window in option.windows]
            if not windows:
                continue
            starts = sorted({at for _c, window in windows for at in places(window, self.problem.rules)})
            part.pauses = {at: self.program.column(0, len(windows)) for at in starts}
            firsts = sorted({window.start for _c, window in windows})
            lasts = sorted({window.end for _c, window in windows})
            for first in firsts:
                for last in lasts:
                    if any(w.start == first and w.end <= last for _c, w in windows):
                        self._hall(part, windows, Span(first, last))

    def _hall(self, part: _Part, windows: Sequence[tuple[int, Span]], stretch: Span) -> None:
        inside = [(column, window) for column, window in windows if stretch.holds(window)]
        if not any(window.end == stretch.end for _column, window in inside):
            return
        terms: Terms = defaultdict(float)
        for at, column in part.pauses.items():
            if stretch.start <= at <= stretch.end:
                terms[column] += 1.0
        for column, _window in inside:
            terms[column] -= 1.0
        everything = len(inside) == len(windows)
        self.program.row(dict(terms), low=0, high=0 if everything else _INFINITE)

    # --------------------------------------------------------------------------------------------------------- coverage
    def _coverage(self, day: date) -> None:
        """Cover each quarter hour, or pay for what is missing; quarter hours that are alike share a row."""
        alike: dict[tuple[object, ...], list[Need]] = defaultdict(list)
        edges = sorted(
            {at for part in self._by_day[day].values() for _c, _p, o in part.takes for at in (o.span.start, o.span.end)}
            | {at + n for part in self._by_day[day].values() for at in part.pauses for n in (0, self._pause)}
        )
        for need in self._menu.needs[day]:
            place = bisect_left(edges, need.slot * SLOT + 1)
            whole = place < len(edges) and edges[place] >= (need.slot + 1) * SLOT
            key = (place if whole else -need.slot - 1, need.in_room, need.required, need.skills, need.escorts)
            alike[key].append(need)
        for needs in alike.values():
            self._cover(needs[0], len(needs))

    @property
    def _pause(self) -> int:
        return self.problem.rules.break_minutes

    def _cover(self, need: Need, count: int) -> None:
        room, building, vetted = defaultdict[int, float](float), defaultdict[int, float](float), {}
        skilled: dict[Skill, Terms] = {skill: {} for skill in sorted(need.skills)}
        for (worth, shows), part in self._by_day[need.day].items():
            here = _present(part, need.slot)
            away = _paused(part, need.slot, self._pause)
            for column, sign in (*((c, 1.0) for c in here), *((c, -1.0) for c in away)):
                room[column] += sign * worth / 100
                building[column] += worth / 100 if sign > 0 else 0
                vetted[column] = sign
                for skill in shows & need.skills:
                    skilled[skill][column] = sign
        self._missing(need, count, dict(room), {c: v for c, v in building.items() if v})
        for terms in skilled.values():
            self._elastic(terms, 1.0, count)
        if need.escorts:
            self._elastic(vetted, float(need.escorts), count)

    def _missing(self, need: Need, count: int, room: Terms, building: Terms) -> None:
        price, most = self.problem.weights.unmet * count, -(-max(need.in_room, need.required) // 100)
        if not most:
            return
        short = self.program.column(price, most)
        self._elastic_row(short, room, need.in_room / 100)
        if need.required > need.in_room:
            self._elastic_row(short, building, need.required / 100)

    def _elastic(self, terms: Terms, needed: float, count: int) -> None:
        self._elastic_row(self.program.column(self.problem.weights.unmet * count, needed), terms, needed)

    def _elastic_row(self, short: int, terms: Terms, needed: float) -> None:
        if needed > 0:
            self.program.row({**terms, short: 1.0}, low=needed)
            self._short.append((short, terms, needed, 1.0))

    # --------------------------------------------------------------------------------------------------------- fairness
    def _fairness(self) -> None:
        """Hold together who works most and least, and who has most and fewest unpopular shifts."""
        weights, fair = self.problem.weights, shares(self.problem)
        pinned = [s for s in self.problem.pinned if s.person in fair]
        loads = {p: share.before / SLOT for p, share in fair.items()}
        hard = {person.id: float(person.unpopular) for person in self.problem.people if person.id in fair}
        for shift in pinned:
            loads[shift.person] += fair[shift.person].scale * shift.minutes / SLOT
            hard[shift.person] += unpopular(shift.span, self._hours.get(shift.day))
        works: dict[int, Terms] = {p: {} for p in fair}
        bad: dict[int, Terms] = {p: {} for p in fair}
        for person, share in fair.items():
            for day, listed in self._own[person].items():
                for column, option in listed:
                    works[person][column] = share.scale * option.minutes / SLOT
                    if unpopular(option.span, self._hours.get(day)):
                        bad[person][column] = 1.0
        self._together(works, loads, weights.spread)
        self._together(bad, hard, weights.unpopular)

    def _together(self, terms: Mapping[int, Terms], before: Mapping[int, float], price: float) -> None:
        if len(before) < 2 or not price:
            return
        base = min(before.values())
        most = max(before[p] + sum(t.values()) for p, t in terms.items()) - base
        top = self.program.column(price, most, whole=False)
        bottom = self.program.column(-price, most, whole=False)
        for person, mine in terms.items():
            self.program.row({**{c: -v for c, v in mine.items()}, top: 1.0}, low=before[person] - base)
            self.program.row({**{c: -v for c, v in mine.items()}, bottom: 1.0}, high=before[person] - base)

    def _constants(self) -> None:
        """Add what the pinned shifts cost, so that the optimum is a roster's objective."""
        weights = self.problem.weights
        people = {person.id: person for person in self.problem.people}
        for shift in self.problem.pinned:
            cost = weights.minutes_quarter * shift.minutes
            if shift.person in people:
                against, with_it = wished(people[shift.person], shift.day, shift.span)
                cost += weights.rather_not * against - weights.likes * with_it
            self.program.constant += cost / SLOT

    # --------------------------------------------------------------------------------------------------- there and back
    def duties(self, values: Sequence[float]) -> list[Duty]:
        """Turn a solution into shifts; every person's breaks are chosen from those of its kind."""
        found: list[Duty] = []
        for day in self.problem.days:
            for part in self._by_day[day].values():
                taken = [(person, option) for column, person, option in part.takes if values[column] > 0.5]
                pauses = [at for at, column in part.pauses.items() for _n in range(round(values[column]))]
                found.extend(_paired(day, taken, sorted(pauses), self._pause))
        return found

    def start(self, shifts: Iterable[DraftShift]) -> dict[int, float] | None:
        """Turn a roster into a start for the solver, columns that are not named are for the solver to find.

        Returns:
            Column → value; None when a shift is not among those of this model.
        """
        spans = {(shift.person, shift.day): shift for shift in shifts if not shift.pinned}
        values = dict.fromkeys(range(len(self.program.cost)), 0.0)
        for person, mine in self._own.items():
            for day, listed in mine.items():
                if shift := spans.pop((person, day), None):
                    column = next((c for c, option in listed if option.span == shift.span), None)
                    if column is None or not self._pause_at(column, day, shift, values):
                        return None
                    values[column] = 1.0
        return None if spans else self._completed(values)

    def _pause_at(self, taken: int, day: date, shift: DraftShift, values: dict[int, float]) -> bool:
        part = next(p for p in self._by_day[day].values() if any(c == taken for c, _p, _o in p.takes))
        for pause in shift.breaks:
            if pause.start not in part.pauses:
                return False
            values[part.pauses[pause.start]] += 1.0
        return True

    def _completed(self, values: dict[int, float]) -> dict[int, float]:
        """Leave out the columns that follow from the others."""
        for short, terms, needed, _n in self._short:
            lacking = needed - sum(values[c] * v for c, v in terms.items())
            values[short] = max(values[short], float(-int(-max(0.0, lacking) // 1)))
        return {c: v for c, v in values.items() if self.program.whole[c]}


def _present(part: _Part, slot: int) -> list[int]:
    return [c for c, _p, o in part.takes if o.span.start <= slot * SLOT and (slot + 1) * SLOT <= o.span.end]


def _paused(part: _Part, slot: int, length: int) -> list[int]:
    return [c for at, c in part.pauses.items() if at < (slot + 1) * SLOT and slot * SLOT < at + length]


def _paired(day: date, taken: Sequence[tuple[Person, Option]], pauses: Sequence[int], length: int) -> list[Duty]:
    """Give the breaks to the shifts, earliest break first to the window that ends first."""
    waiting = sorted(
        ((window, n) for n, (_person, option) in enumerate(taken) for window in option.windows),
        key=lambda w: (w[0].end, w[0].start, w[1]),
    )
    given: dict[int, list[Span]] = defaultdict(list)
    for at in pauses:
        fitting = next(((window, n) for window, n in waiting if window.start <= at <= window.end), None)
        if fitting:
            waiting.remove(fitting)
            given[fitting[1]].append(Span(at, at + length))
    return [
        Duty(person.id, day, option.span, tuple(sorted(given[n], key=lambda pause: pause.start)))
        for n, (person, option) in enumerate(taken)
    ]
