"""Draft a roster in a process of its own: the window stays quick, and the search can be stopped at any moment."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from ccfs_desktop.i18n import language, set_language
from ccfs_desktop.services.drafting.explain import SECONDS as SECONDS_TO_EXPLAIN
from ccfs_desktop.services.drafting.explain import Cause, explain
from ccfs_desktop.services.drafting.problem import Draft, DraftShift, Problem
from ccfs_desktop.services.drafting.search import Best, Search, at_once, finished

SECONDS = 60.0
"""How long a search may take unless told otherwise."""
_STEP = 0.05
_GRACE = 2.0
"""Seconds a process may take beyond its limit before it is stopped: to start, to read the last answer."""


@dataclass(frozen=True)
class Progress:
    """How far a search is."""

    objective: int
    """Of the best roster so far."""
    bound: int | None
    """No roster costs less; None as long as that is not known."""
    seconds: float
    """Since it began."""
    shifts: tuple[DraftShift, ...]
    """The best roster so far: the first, drafted at once, can be shown while the search goes on."""


def draft(
    problem: Problem,
    *,
    limit_s: float = SECONDS,
    progress: Callable[[Progress], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draft:
    """Draft a roster: at once, then better and better in another process, until it is best or time is up.

    The same problem gives the same roster as long as the time is not used up (``search`` says why). A process that
    is stopped or dies leaves the best roster it had told of, at least the one drafted at once.

    Args:
        problem: one week or several.
        limit_s: seconds by the clock; nothing searches on after that.
        progress: called in this thread at the start and whenever the roster or the bound gets better.
        cancelled: asked twenty times a second; when it says yes, the best so far is returned within a second.
    """
    return _Draft(problem, limit_s, progress, cancelled).result()


def explained(
    problem: Problem, found: Draft, *, limit_s: float = SECONDS_TO_EXPLAIN, cancelled: Callable[[], bool] | None = None
) -> tuple[Cause, ...]:
    """Say in another process why a roster is short, as :func:`explain.explain` does, in the language in use here.

    A process that is stopped, is late or dies leaves the causes without rules and offers.
    """
    begun = time.monotonic()

    def stopped() -> bool:
        return time.monotonic() - begun > limit_s + _GRACE or bool(cancelled and cancelled())

    if found.unmet and limit_s > 0:
        with contextlib.suppress(EOFError, OSError), _process(serve_explained) as channel:
            channel.send((problem, found, limit_s, language()))
            while not stopped():
                if channel.poll(_STEP):
                    return channel.recv()
    return explain(problem, found, seconds=0)


@contextlib.contextmanager
def _process(serve: Callable[[Connection], None]) -> Iterator[Connection]:
    """Start a process, which does not outlive the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


class _Draft:
    """One search as seen from the process that asked for it."""

    def __init__(
        self,
        problem: Problem,
        limit_s: float,
        progress: Callable[[Progress], object] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._problem, self._limit = problem, limit_s
        self._progress, self._cancelled = progress, cancelled
        self._begun = time.monotonic()
        self._best = at_once(problem)

    def result(self) -> Draft:
        self._tell()
        if self._limit > 0 and not self._stopped():
            with contextlib.suppress(EOFError, OSError):  # the process has died: what it told of remains
                self._search()
        return finished(self._problem, self._best)

    def _search(self) -> None:
        with _process(serve) as channel:
            channel.send((self._problem, self._limit, self._best))
            self._listen(channel)

    def _listen(self, channel: Connection) -> None:
        while not self._stopped():
            if not channel.poll(_STEP):
                continue
            told: tuple[Any, ...] = channel.recv()
            if told[0] == "end":
                return
            self._best = told[1]
            self._tell()

    def _stopped(self) -> bool:
        late = time.monotonic() - self._begun > self._limit + _GRACE
        return late or bool(self._cancelled and self._cancelled())

    def _tell(self) -> None:
        if self._progress:
            seconds = time.monotonic() - self._begun
            self._progress(Progress(self._best.objective, self._best.bound, seconds, self._best.shifts))


def serve(channel: Connection) -> None:
    """Receive a problem, tell of each better roster, and say when the search is over. Runs in the other process."""
    _be_modest()
    problem, seconds, start = channel.recv()

    def heard(best: Best) -> None:
        channel.send(("best", best))

    Search(problem, seconds=seconds, heard=heard, start=start).run()
    channel.send(("end",))


def serve_explained(channel: Connection) -> None:
    """Receive a problem and its draft, and answer with the causes. Runs in the other process."""
    _be_modest()
    problem, found, seconds, speaks = channel.recv()
    set_language(speaks)
    channel.send(explain(problem, found, seconds=seconds))


def _be_modest() -> None:
    """Say nothing on the terminal, and leave the processor to the window where both want it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    if hasattr(os, "nice"):
        os.nice(5)
