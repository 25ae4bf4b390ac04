"""HiGHS, asked so that it answers the same thing each time."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from ccfs_desktop.services.drafting.model import Program

SEED = 2017


@dataclass(frozen=True)
class Effort:
    """How much may be spent. The first two count work, not time: they end the same way on every PC."""

    asks: int | None = None
    """How often the solver may ask whether to go on, which it does at set points of its work."""
    nodes: int | None = None
    seconds: float = 60.0
    """The last resort: where it strikes, another run can end elsewhere."""
    gap: float = 0.999
    """It may stop when no solution is better by more than this."""
    goal: float | None = None
    """It may stop as soon as a solution costs no more, or none can."""


@dataclass(frozen=True)
class Answer:
    """What the solver found."""

    values: tuple[float, ...] | None
    """By column; None when nothing was found in time."""
    bound: float
    """No solution costs less."""
    finished: bool
    """Whether the gap was closed."""


def solve(
    program: Program,
    effort: Effort,
    *,
    start: Mapping[int, float] | None = None,
    improved: Callable[[tuple[float, ...], float], object] | None = None,
    relaxed: bool = False,
) -> Answer:
    """Minimise a program on one thread with a fixed seed.

    Args:
        program: what to solve.
        effort: when to stop.
        start: column → value of a solution to begin with; columns left out are completed by the solver.
        improved: gets each better solution with the bound at that time.
        relaxed: solve without whole numbers, for the bound alone.
    """
    import highspy  # noqa: PLC0415 (with numpy, slow to load; nobody needs it at start)

    if not program.cost:
        return Answer((), program.constant, finished=True)
    solver = _solver(effort)
    solver.passModel(_passed(highspy, program, relaxed=relaxed))
    if start:
        _begin(solver, start)
    watch = _Watch(effort, improved)
    kinds = highspy.cb.HighsCallbackType
    solver.setCallback(watch.answer, None)
    for kind in (kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipInterrupt):
        solver.startCallback(kind)
    solver.run()
    if watch.error:
        raise watch.error
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = tuple(solver.getSolution().col_value) if found else None
    bound = info.objective_function_value if relaxed else info.mip_dual_bound
    return Answer(values, bound, solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _solver(effort: Effort) -> Any:
    import highspy  # noqa: PLC0415

    with _quietly():
        solver = highspy.Highs()
    for name, value in (
        ("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", SEED),
        ("mip_rel_gap", 0.0), ("mip_abs_gap", effort.gap), ("time_limit", effort.seconds),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    if effort.nodes is not None:
        solver.setOptionValue("mip_max_nodes", effort.nodes)
    if effort.goal is not None:
        solver.setOptionValue("objective_target", effort.goal)
    return solver


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep HiGHS from writing its name to the terminal, where a command prints JSON: it does before it can be told."""
    with suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
    try:
        known = os.dup(1)
    except OSError:  # a window without a terminal
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(known, 1)
        os.close(known)
        os.close(nowhere)


def _passed(highspy: Any, program: Program, *, relaxed: bool) -> Any:
    import numpy as np  # noqa: PLC0415

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.cost), len(program.rows)
    lp.col_cost_ = np.array(program.cost, dtype=float)
    lp.col_lower_ = np.zeros(len(program.cost))
    lp.col_upper_ = np.array(program.upper, dtype=float)
    lp.row_lower_ = np.array(program.low, dtype=float)
    lp.row_upper_ = np.array(program.high, dtype=float)
    lp.offset_ = program.constant
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row) for row in program.rows)])
    lp.a_matrix_.index_ = np.array([column for row in program.rows for column in row], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([value for row in program.rows for value in row.values()], dtype=float)
    if not relaxed:
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.whole]
    return lp


def _begin(solver: Any, start: Mapping[int, float]) -> None:
    import numpy as np  # noqa: PLC0415

    solver.setSolution(len(start), np.array(list(start), dtype=np.int32), np.array(list(start.values()), dtype=float))


class _Watch:
    """Told by the solver what it does; an error in here is kept, for the solver would swallow it."""

    def __init__(self, effort: Effort, improved: Callable[[tuple[float, ...], float], object] | None) -> None:
        self._effort, self._improved = effort, improved
        self._asked = 0
        self.error: Exception | None = None

    def answer(self, kind: Any, _message: str, out: Any, into: Any, _data: object) -> None:
        """Pass a better solution on; stop when the work allowed is done."""
        import highspy  # noqa: PLC0415

        try:
            if kind == highspy.cb.HighsCallbackType.kCallbackMipImprovingSolution:
                if self._improved:
                    self._improved(tuple(out.mip_solution), out.mip_dual_bound)
                return
        except Exception as error:  # noqa: BLE001 (it is raised again where the solver has stopped)
            self.error = error
        self._asked += 1
        hopeless = self._effort.goal is not None and out.mip_dual_bound > self._effort.goal
        if self.error or hopeless or (self._effort.asks is not None and self._asked > self._effort.asks):
            into.user_interrupt = 1
