"""Work that takes longer than a blink happens beside the window, on one thread; what nobody waits for, on another."""

import contextvars
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from ccfs_desktop.errors import UserError

T = TypeVar("T")


class Cancelled(Exception):
    """The user asked to stop."""


class Job:
    """One piece of work under way. The task calls it to say how far it is: ``job(done, total)``."""

    def __init__(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Keep whom to tell."""
        self._stop = threading.Event()
        self._progress = progress

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def __call__(self, done: int, total: int) -> None:
        """Say how far the task is.

        Raises:
            Cancelled: the user asked to stop.
        """
        if self.cancelled:
            raise Cancelled
        if self._progress:
            _receiver().answer.emit(self._progress, (done, total))


def start(
    task: Callable[[Job], T],
    done: Callable[[T], object] | None = None,
    failed: Callable[[UserError], object] | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    stopped: Callable[[], object] | None = None,
    owner: QObject | None = None,
    aside: bool = False,
) -> Job:
    """Do a task on the worker thread and answer on this one.

    Args:
        task: gets the :class:`Job`, to report progress to and to be stopped by.
        done: gets the result.
        failed: gets a :class:`UserError`. Any other error is a bug and goes to ``sys.excepthook``.
        progress: gets (done, total).
        stopped: called when the task was cancelled.
        owner: answers are dropped once this widget is gone.
        aside: nobody waits for it, and nobody should have to wait because of it: it has a thread of its own.
    """

    def mine(call: Callable[..., object] | None) -> Callable[..., None]:
        def answer(*values: Any) -> None:
            if call and (owner is None or shiboken6.isValid(owner)):
                call(*values)

        return answer

    _receiver()
    job = Job(mine(progress) if progress else None)
    context = contextvars.copy_context()
    _tasks("aside" if aside else "worker").put(
        lambda: context.run(_carry_out, task, job, mine(done), mine(failed), mine(stopped))
    )
    return job


def _carry_out(
    task: Callable[[Job], object],
    job: Job,
    done: Callable[..., object],
    failed: Callable[..., object],
    stopped: Callable[..., object],
) -> None:
    answer = _receiver().answer
    try:
        result = task(job)
    except Cancelled:
        answer.emit(stopped, ())
    except UserError as error:
        answer.emit(failed, (error,))
    except Exception as error:
        answer.emit(_crash, (error,))
    else:
        answer.emit(done, (result,))


def _crash(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


class _Receiver(QObject):
    """Lives as long as the program: signals of a short-lived object would be lost."""

    answer = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.answer.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def deliver(self, call: Callable[..., object], values: tuple[Any, ...]) -> None:
        """Call back in the window's own thread, where this object lives."""
        call(*values)


_kept: dict[str, Any] = {}


def _receiver() -> _Receiver:
    if "receiver" not in _kept:
        _kept["receiver"] = _Receiver()
    return _kept["receiver"]


def finish(seconds: float) -> bool:
    """Wait until all that was begun is done; False when that takes longer."""
    until = time.monotonic() + seconds
    for name in ("worker", "aside"):
        if name in _kept:
            done = threading.Event()
            _tasks(name).put(done.set)
            if not done.wait(max(0.0, until - time.monotonic())):
                return False
    return True


def _tasks(name: str) -> "queue.SimpleQueue[Callable[[], None]]":
    """Return the queue of a thread, starting it when first needed."""
    if name not in _kept:
        tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=_work, args=(tasks,), name=name, daemon=True).start()
        _kept[name] = tasks
    return _kept[name]


def _work(tasks: "queue.SimpleQueue[Callable[[], None]]") -> None:
    while True:
        tasks.get()()
