"""Finding a worker while typing a number, a name or a phone."""

from collections.abc import Sequence
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import _
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import workers
from ccfs_desktop.views.kit.picker import MOST, Picker


class WorkerPicker(Picker):
    """Proposes workers; an employee number names one beyond doubt."""

    def __init__(self, db: Database) -> None:
        """Build it.

        Args:
            db: the office.
        """
        super().__init__(db, _("Worker"), _("Employee no., name or phone"))

    @property
    def worker(self) -> Worker | None:
        """The one chosen."""
        return self.chosen

    def show_worker(self, worker: Worker | None) -> None:
        """Show somebody as chosen."""
        self.show_chosen(worker)

    def fitting(self, session: Any, text: str) -> Sequence[Worker]:
        """Return the workers who fit."""
        return workers.find(session, text, MOST)

    def exact(self, session: Any, text: str) -> Worker | None:
        """Return the worker with this number."""
        return workers.by_number(session, text)

    def told(self, one: Worker) -> str:
        """Return a worker in a line."""
        return told(one)


def told(worker: Worker) -> str:
    """Return a worker in a line: number, name, workplace."""
    place = " ".join(part for part in (worker.department, worker.line) if part)
    return " · ".join(part for part in (worker.number, worker.name, place) if part)
