"""A contest: what is measured against whom, and the goal."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.measure import Reading, Readings, alternately, counts, ratio


@dataclass(frozen=True)
class Goal:
    """Ours may cost so many times what a peer costs."""

    ours: str
    peer: str
    at_most: float


@dataclass(frozen=True)
class Contest:
    """Several that do the same work."""

    title: str
    contestants: dict[str, Callable[[], Reading]]
    goals: Sequence[Goal] = ()
    absent: Sequence[str] = field(default=())
    """Peers that are not here, and why."""
    rounds: int = 7

    def hold(self, rounds: int | None = None) -> bool:
        """Run it and print its table; tell whether every goal is met."""
        found = alternately(self.contestants, rounds or self.rounds)
        unit = "million instructions" if counts() else "ms of CPU"
        print(f"\n{self.title}\n  {'':34}{unit:>28}{'ms by the clock':>28}{'MB':>7}")
        for name, readings in found.items():
            memory = f"{max(r.memory_mb or 0 for r in readings):7.0f}" if readings[0].memory_mb else ""
            cost, wall = _spread([r.cost for r in readings]), _spread([r.wall_ms for r in readings])
            print(f"  {name:34}{cost:>28}{wall:>28}{memory}")
        for absent in self.absent:
            print(f"  not measured: {absent}")
        return min([True, *(_judge(goal, found) for goal in self.goals)])


def _judge(goal: Goal, found: Readings) -> bool:
    if goal.peer not in found:
        return True
    times = ratio(found[goal.ours], found[goal.peer])
    met = times <= goal.at_most
    print(f"  {goal.ours} : {goal.peer} = {times:.3g}, goal at most {goal.at_most:g}: {verdict(met)}")
    return met


def verdict(met: bool) -> str:
    """Say whether a goal is met."""
    return "met" if met else "MISSED"


def _spread(values: Sequence[float]) -> str:
    digits = 0 if max(values) >= 100 else 2
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"
