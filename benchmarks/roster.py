"""Drafting a roster: ours beside the one drafted at once and beside HiGHS left alone with the same model."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest import verdict
from ccfs_desktop.services.drafting.check import check
from ccfs_desktop.services.drafting.greedy import draft_at_once
from ccfs_desktop.services.drafting.groups import distribute
from ccfs_desktop.services.drafting.model import Model
from ccfs_desktop.services.drafting.problem import DraftShift, Problem
from ccfs_desktop.services.drafting.score import score
from ccfs_desktop.services.drafting.solver import Effort, solve
from ccfs_desktop.services.drafting.worker import draft
from tests.services.drafting.weeks import days, some_week

SECONDS = 60.0
WEEKS = 10
AT_ONCE, OURS, BARE = "drafted at once", "ours", "bare HiGHS, whole model"


def contests(_place: Path) -> "Rosters":
    """Return all three contests as one."""
    return Rosters()


@dataclass(frozen=True)
class Result:
    """What one way of drafting came to."""

    objective: int
    """Of the roster, by the one function that measures all."""
    missing: int
    """Adults and skills missing, in quarter hours."""
    violations: int
    bound: float | None
    proved: bool
    seconds: float


class Rosters:
    """10 people for 60 days, 50 people for 4 weeks, and ten weeks against what any roster must cost."""

    def hold(self, _rounds: int | None = None) -> bool:
        """Hold them, once each: the same problem gives the same roster. Tell whether every goal is met."""
        large = {
            "10 people, 60 days": some_week(60, people=10, when=days(60), scale=0.3),
            "50 people, 4 weeks": some_week(50, people=50, when=days(20), scale=2),
        }
        met = [_beside(title, problem) for title, problem in large.items()]
        return min([*met, _ten_weeks()])


def _beside(title: str, problem: Problem) -> bool:
    print(f"\nRoster: {title}\n  {'':28}{'objective':>12}{'missing':>9}{'broken':>8}{'bound':>12}{'seconds':>9}")
    found = {
        AT_ONCE: _measured(problem, lambda: (draft_at_once(problem), None, False)),
        OURS: _measured(problem, lambda: _ours(problem)),
        BARE: _measured(problem, lambda: _bare(problem)),
    }
    for name, one in found.items():
        bound = "" if one.bound is None else f"{one.bound:.0f}"
        print(f"  {name:28}{one.objective:12}{one.missing:9}{one.violations:8}{bound:>12}{one.seconds:9.1f}")
    ours = found[OURS]
    met = ours.objective <= min(found[AT_ONCE].objective, found[BARE].objective) and not ours.violations
    print(f"  ours is not worse than the others and breaks no rule: {verdict(met)}")
    return met


def _ten_weeks() -> bool:
    print("\nRoster: ten weeks, 9 people, 5 days; the optimum or what bare HiGHS proved no roster can beat in 60 s")
    heads = ("at once", "ours", "bare", "proved")
    print(f"  week{''.join(f'{head:>10}' for head in heads)}{'gap':>8}{'broken':>8}{'s':>7}{'bare s':>8}")
    met = True
    for seed in range(WEEKS):
        week = some_week(seed, people=9, scale=0.3)
        once = _measured(week, lambda p=week: (draft_at_once(p), None, False))
        ours, bare = _measured(week, lambda p=week: _ours(p)), _measured(week, lambda p=week: _bare(p))
        idle = week.weights.unmet * ours.missing
        gap = (ours.objective - (bare.bound or 0.0)) / max(1, ours.objective - idle)
        within = ours.objective - idle <= 1.02 * (bare.objective - idle)
        met = met and within and not ours.violations and ours.objective <= once.objective
        print(
            f"  {seed:4}{once.objective:10}{ours.objective:10}{bare.objective:10}{bare.bound or 0:10.0f}"
            f"{100 * gap:7.2f}%{ours.violations:8}{ours.seconds:7.1f}{bare.seconds:8.1f}",
            "" if bare.proved else "not proved",
        )
    print(f"  within 2 % of bare HiGHS, never worse than at once, no rule broken: {verdict(met)}")
    return met


def _measured(problem: Problem, make: Callable[[], tuple[tuple[DraftShift, ...], float | None, bool]]) -> Result:
    begun = time.perf_counter()
    shifts, bound, proved = make()
    seconds = time.perf_counter() - begun
    measured = score(problem, shifts)
    violations = len(check(problem, shifts).violations)
    return Result(measured.objective, measured.missing, violations, bound, proved, seconds)


def _ours(problem: Problem) -> tuple[tuple[DraftShift, ...], float | None, bool]:
    found = draft(problem, limit_s=SECONDS)
    return found.shifts, found.bound, False


def _bare(problem: Problem) -> tuple[tuple[DraftShift, ...], float | None, bool]:
    """Let HiGHS solve the whole model at once: no start, no weeks, no exchanges."""
    model = Model(problem)
    found = solve(model.program, Effort(seconds=SECONDS))
    shifts = distribute(problem, model.duties(found.values) if found.values else ())
    return shifts, found.bound, found.finished
