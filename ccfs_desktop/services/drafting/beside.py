"""Draft with every reckoning in another process: not even the roster drafted at once holds the window up."""

import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from ccfs_desktop.services.drafting import worker
from ccfs_desktop.services.drafting.problem import Draft, Problem
from ccfs_desktop.services.drafting.worker import Progress

_STEP = 0.05
_GRACE = 1.0
"""Seconds the other process has to end by itself."""


def draft(
    problem: Problem,
    *,
    limit_s: float,
    progress: Callable[[Progress], object],
    cancelled: Callable[[], bool],
) -> Draft:
    """Draft as :func:`worker.draft` does.

    Args:
        problem: one week or several.
        limit_s: seconds by the clock.
        progress: called in this thread with the roster drafted at once, and whenever it or the bound gets better.
        cancelled: asked twenty times a second; when it says yes, the best so far is returned.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,))
    process.start()
    theirs.close()
    try:
        ours.send((problem, limit_s))
        return _listen(ours, progress, cancelled)
    except (EOFError, OSError):  # the process has died: one drafted at once is better than none
        return worker.draft(problem, limit_s=0)
    finally:
        ours.close()
        process.join(_GRACE)
        if process.is_alive():
            process.kill()
            process.join()
        process.close()


def _listen(channel: Connection, progress: Callable[[Progress], object], cancelled: Callable[[], bool]) -> Draft:
    stopped = False
    while True:
        leaving = not threading.main_thread().is_alive()  # the program ends, and would wait for the other process
        if not stopped and (leaving or cancelled()):
            stopped = True
            channel.send("stop")
        if channel.poll(_STEP):
            told: Progress | Draft = channel.recv()
            if isinstance(told, Draft):
                return told
            if not stopped:
                progress(told)


def serve(channel: Connection) -> None:
    """Do what the other side asks for; stop when it says so, or when it is gone. Runs in the other process."""
    problem, limit_s = channel.recv()
    asked: list[bool] = []

    def stopped() -> bool:
        if not asked and channel.poll():
            asked.append(True)
        return bool(asked)

    def tell(told: Progress | Draft) -> None:
        try:
            channel.send(told)
        except OSError:  # the other side is gone
            asked.append(True)

    tell(worker.draft(problem, limit_s=limit_s, progress=tell, cancelled=stopped))
