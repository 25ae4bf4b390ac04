"""Draft, and say what is in the way, in another process altogether: not even the first roster holds the window up."""

import contextlib
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from ccfs_desktop import i18n
from ccfs_desktop.services.drafting import worker
from ccfs_desktop.services.drafting.explain import Cause, explain
from ccfs_desktop.services.drafting.problem import Draft, Problem, Status
from ccfs_desktop.services.drafting.worker import Progress

_STEP = 0.05


def draft(
    problem: Problem,
    *,
    limit_s: float,
    first: Callable[[Draft], object],
    progress: Callable[[Progress], object],
    cancelled: Callable[[], bool],
) -> tuple[Draft, tuple[Cause, ...]]:
    """Draft as :func:`worker.draft` does, but with every reckoning in the other process.

    Args:
        problem: one week or several.
        limit_s: seconds by the clock.
        first: gets the roster drafted at once.
        progress: see :func:`worker.draft`.
        cancelled: asked twenty times a second; when it says yes, the best so far is returned.

    Returns:
        The roster, and why it is short where it is.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,))
    process.start()
    theirs.close()
    try:
        ours.send((problem, limit_s, i18n.language()))
        return _listen(ours, {"first": first, "progress": progress}, cancelled)
    except (EOFError, OSError):  # the process has died: the first roster at least is there
        return worker.draft(problem, limit_s=0), ()
    finally:
        ours.close()
        process.join(1)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _listen(
    channel: Connection, hear: dict[str, Callable[[Any], object]], cancelled: Callable[[], bool]
) -> tuple[Draft, tuple[Cause, ...]]:
    stopped = False
    while True:
        if not stopped and cancelled():
            stopped = True
            channel.send("stop")
        if channel.poll(_STEP):
            what, told = channel.recv()
            if what == "end":
                return told
            if not stopped:
                hear[what](told)


def serve(channel: Connection) -> None:
    """Do what the other side asks for; stop when it says so, or when it is gone. Runs in the other process."""
    problem, limit_s, language = channel.recv()
    i18n.set_language(language)
    asked: list[bool] = []

    def stopped() -> bool:
        if not asked and channel.poll():
            asked.append(True)
        return bool(asked)

    with contextlib.suppress(EOFError, OSError):
        channel.send(("first", worker.draft(problem, limit_s=0)))
        best = worker.draft(
            problem, limit_s=limit_s, progress=lambda told: channel.send(("progress", told)), cancelled=stopped
        )
        why = explain(problem, best) if best.status is Status.INFEASIBLE and not asked else ()
        channel.send(("end", (best, why)))
