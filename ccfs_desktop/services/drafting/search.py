"""From the roster drafted at once to the best: day by day, exchanges for fairness, then week by week.

What is guaranteed: with the same build of HiGHS and of this program, the same problem gives the same roster, however
fast the PC, as long as the time allowed is not used up: every step ends by what was found or by counted work, never
by the clock. Where the clock ends the search, the best roster so far is the answer; that may differ from run to run.
Either way it is never worse than the roster drafted at once, by the same objective.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ccfs_desktop.services.drafting.fairness import exchanged
from ccfs_desktop.services.drafting.greedy import draft_at_once
from ccfs_desktop.services.drafting.groups import Duty, distribute
from ccfs_desktop.services.drafting.model import Model
from ccfs_desktop.services.drafting.needs import hours, week
from ccfs_desktop.services.drafting.options import unpopular
from ccfs_desktop.services.drafting.problem import Draft, DraftShift, Person, Problem, Span, Status
from ccfs_desktop.services.drafting.score import capacity, score, wholes
from ccfs_desktop.services.drafting.solver import Answer, Effort, solve

GAP = 0.005
"""A roster is called optimal when no other can cost less by more than this share of what paid time costs."""
_WORK = 12_000_000
"""How often the solver may ask whether to go on, times the size of the program, shared among the weeks."""
_FEWEST = 40
_NODES = 5_000


@dataclass
class Best:
    """The best roster so far."""

    shifts: tuple[DraftShift, ...]
    objective: int
    bound: int | None = None

    @property
    def duties(self) -> list[Duty]:
        """Return the shifts that are not pinned, without their groups."""
        return [Duty(s.person, s.day, s.span, s.breaks) for s in self.shifts if not s.pinned]


Heard = Callable[[Best], object]
"""Told of each better roster and each better bound."""


class Search:
    """One search; ``best`` is always a whole roster."""

    def __init__(
        self, problem: Problem, *, seconds: float, heard: Heard | None = None, start: Best | None = None
    ) -> None:
        """Draft at once.

        Args:
            problem: one week or several.
            seconds: the last resort.
            heard: told of what is better.
            start: the roster drafted at once, if it is there already.
        """
        self._problem, self._heard = problem, heard
        self._until = time.monotonic() + seconds
        self._weeks = _weeks(problem)
        self.best = start or at_once(problem)

    def run(self) -> Best:
        """Search until the gap is closed, the work allowed is done or the time is up."""
        self._bound()
        if len(self._problem.days) > 1:
            self._each_day()
        self._fairer()
        for days in self._weeks:
            if len(self._weeks) == 1 or self._short(days):
                self._cover(days)
        if len(self._weeks) > 1:
            self._each_day()
        self._fairer()
        for narrow in (True, False):
            for days in self._weeks:
                self._better(days, narrow=narrow)
        return self.best

    def _each_day(self) -> None:
        for days in self._weeks:
            for day in days:
                self._better((day,))

    def _short(self, days: tuple[date, ...]) -> bool:
        """Tell whether a week is short, which days looked at one by one may not show how to help."""
        return any(unmet.day in days for unmet in score(self._problem, self.best.shifts).unmet)

    # --------------------------------------------------------------------------------------------------- what is known
    def _tell(self) -> None:
        if self._heard:
            self._heard(self.best)

    def _offer(self, duties: list[Duty]) -> None:
        """Take a roster if it is better."""
        shifts = distribute(self._problem, duties)
        objective = score(self._problem, shifts).objective
        if objective < self.best.objective:
            self.best.shifts, self.best.objective = shifts, objective
            self._tell()

    def _raise(self, bound: int) -> None:
        if self.best.bound is None or bound > self.best.bound:
            self.best.bound = min(bound, self.best.objective)
            self._tell()

    def _closed(self) -> bool:
        """Tell whether nothing much can be gained any more, or time is up."""
        return self._left() <= 0 or closed(self._problem, self.best.objective, self.best.bound)

    def _left(self) -> float:
        return self._until - time.monotonic()

    # ----------------------------------------------------------------------------------------------------------- steps
    def _bound(self) -> None:
        """Find what no roster can cost less than: each week without fairness, in parts of shifts."""
        bound = 0.0
        for days in self._weeks:
            if self._left() <= 0:
                return
            program = Model(self._part(days, []), fairness=False).program
            found = solve(program, Effort(seconds=max(1.0, self._left())), relaxed=True)
            if not found.finished:
                return
            bound += found.bound
        self._raise(int((bound + 1e-4) // 1))

    def _fairer(self) -> None:
        if not self._closed():
            self._offer(exchanged(self._problem, self.best.duties))

    def _cover(self, days: tuple[date, ...]) -> None:
        """Find the cheapest cover of a week, fairness aside."""
        if not self._closed():
            found = self._solve(Model(self._beside(days), fairness=False), days)
            if len(self._weeks) == 1:
                self._raise(int((found.bound + 1e-4) // 1))

    def _better(self, days: tuple[date, ...], *, narrow: bool = False) -> None:
        """Make a day or a week better with fairness in view, the other days as they are.

        Args:
            days: the day or the week.
            narrow: only with the spans in use that day, which is quicker.
        """
        if self._closed():
            return
        spans: dict[date, set[Span]] = defaultdict(set)
        for shift in self.best.shifts:
            spans[shift.day].add(shift.span)
        only = {day: frozenset(spans[day]) for day in days} if narrow else None
        found = self._solve(Model(self._beside(days), only=only), days)
        if len(days) == len(self._problem.days) and not narrow:
            self._raise(int((found.bound + 1e-4) // 1))

    def _solve(self, model: Model, days: tuple[date, ...]) -> Answer:
        inside = set(days)
        others = [duty for duty in self.best.duties if duty.day not in inside]
        mine = distribute(model.problem, [duty for duty in self.best.duties if duty.day in inside])

        def improved(values: Sequence[float], _bound: float) -> None:
            self._offer([*others, *model.duties(values)])

        size = sum(len(row) for row in model.program.rows)
        effort = Effort(
            asks=max(_FEWEST, _WORK // max(size, 1) // len(self._weeks)),
            nodes=_NODES,
            seconds=max(0.1, self._left()),
            gap=GAP / 2 * _paid(self._problem, days),
        )
        found = solve(model.program, effort, start=model.start(mine), improved=improved)
        if found.values is not None:
            self._offer([*others, *model.duties(found.values)])
        return found

    def _part(self, days: tuple[date, ...], others: Sequence[DraftShift]) -> Problem:
        return self._problem if len(days) == len(self._problem.days) else part(self._problem, days, others)

    def _beside(self, days: tuple[date, ...]) -> Problem:
        """Return some days as a problem, with what the people do on the others written down as done."""
        inside = set(days)
        return self._part(days, [shift for shift in self.best.shifts if shift.day not in inside])


def at_once(problem: Problem) -> Best:
    """Return the roster drafted at once as the best so far."""
    shifts = draft_at_once(problem)
    return Best(shifts, score(problem, shifts).objective)


def closed(problem: Problem, objective: int, bound: int | None) -> bool:
    """Tell whether no roster can be better by more than the gap."""
    return bound is not None and objective - bound <= GAP * _paid(problem, problem.days)


def finished(problem: Problem, best: Best) -> Draft:
    """Turn the best roster into a draft."""
    found = score(problem, best.shifts)
    if found.missing:
        status = Status.INFEASIBLE
    else:
        status = Status.OPTIMAL if closed(problem, found.objective, best.bound) else Status.FEASIBLE
    return Draft(status, found.objective, best.bound, best.shifts, found.unmet)


def _weeks(problem: Problem) -> list[tuple[date, ...]]:
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in sorted(problem.days):
        found[week(day)].append(day)
    return [tuple(days) for days in found.values()]


def _paid(problem: Problem, days: Iterable[date]) -> float:
    """Return what the adults that some days need cost, as if nobody were ever idle: the measure of a gap."""
    wanted = set(days)
    return max(
        1.0, float(problem.weights.minutes_quarter * sum(d.required for d in problem.demands if d.day in wanted))
    )


def part(problem: Problem, days: tuple[date, ...], others: Sequence[DraftShift] = ()) -> Problem:
    """Return the problem of some days; what is done on the others counts as done, for limits and fairness."""
    inside = set(days)
    alone = replace(
        problem,
        days=days,
        demands=tuple(demand for demand in problem.demands if demand.day in inside),
        pinned=tuple(shift for shift in problem.pinned if shift.day in inside),
        before=(*problem.before, *others),
    )
    whole, open_hours = wholes(problem), hours(problem)
    worked: dict[int, int] = defaultdict(int)
    hard: dict[int, int] = defaultdict(int)
    for shift in others:
        worked[shift.person] += shift.minutes
        hard[shift.person] += unpopular(shift.span, open_hours.get(shift.day))

    def seen(person: Person) -> Person:
        return replace(
            person,
            worked=person.worked + worked[person.id],
            unpopular=person.unpopular + hard[person.id],
            could=whole.get(person.id, 0.0) - capacity(person, alone),
        )

    return replace(alone, people=tuple(seen(person) for person in problem.people))
