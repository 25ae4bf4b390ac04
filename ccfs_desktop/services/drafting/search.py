"""From the roster drafted at once to the best: each week for cover, all weeks for fairness, each week for both.

What is guaranteed: with one version of HiGHS and of this program, the same problem gives the same roster, on any PC,
as long as the time allowed is not used up: every step ends by what was found or by counted work, never by the clock.
Where the clock ends the search, the best roster so far is the answer; that may differ from run to run. Either way it
is never worse than the roster drafted at once, by the same objective.
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
        self._weeks, self._bounds = _weeks(problem), 0.0
        self.best = start or at_once(problem)

    def run(self) -> Best:
        """Search until the gap is closed, the work allowed is done or the time is up."""
        for days in self._weeks:
            self._cover(days)
        if not self._closed():
            self._offer(exchanged(self._problem, self.best.duties))
        for narrow in (True, False):
            for days in self._weeks:
                if not self._closed():
                    self._polish(days, alone=len(self._weeks) == 1, narrow=narrow)
        return self.best

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
    def _cover(self, days: tuple[date, ...]) -> None:
        """Find the cheapest cover of a week, fairness aside; that is also a bound for every roster."""
        model = Model(self._week(days), fairness=False)
        found = self._solve(model, days)
        self._bounds += self._bound(days, model, found)
        if days[-1] == max(self._problem.days):
            self._raise(int((self._bounds + 1e-4) // 1))

    def _bound(self, days: tuple[date, ...], model: Model, found: Answer) -> float:
        """Return a bound that holds whatever the other weeks are like."""
        free = Model(part(self._problem, days), fairness=False)
        if free.size == model.size or self._left() <= 0:
            return found.bound if free.size == model.size else 0.0
        return solve(free.program, Effort(seconds=max(1.0, self._left())), relaxed=True).bound

    def _polish(self, days: tuple[date, ...], *, alone: bool, narrow: bool) -> None:
        """Make one week better with fairness in view, the other weeks as they are.

        Args:
            days: the week.
            alone: it is all there is: then its bound is the roster's.
            narrow: only with the spans in use that day, which is quicker.
        """
        spans: dict[date, set[Span]] = defaultdict(set)
        for duty in self.best.duties:
            spans[duty.day].add(duty.span)
        only = {day: frozenset(spans[day]) for day in days} if narrow else None
        model = Model(self._week(days), only=only)
        found = self._solve(model, days)
        if alone and not narrow:
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

    def _week(self, days: tuple[date, ...]) -> Problem:
        """Return one week as a problem, with what the people do in the others written down as done."""
        inside = set(days)
        pinned = [shift for shift in self._problem.pinned if shift.day not in inside]
        drafted = [DraftShift(d.person, d.day, d.span, 0, d.breaks) for d in self.best.duties if d.day not in inside]
        if not pinned and not drafted:
            return self._problem
        return part(self._problem, days, [*pinned, *drafted])


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
