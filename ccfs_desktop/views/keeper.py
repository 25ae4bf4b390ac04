"""Backs up by itself: soon after the office is opened, every half hour, and when it is closed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ccfs_desktop import settings
from ccfs_desktop.errors import UserError
from ccfs_desktop.views.kit import work

if TYPE_CHECKING:
    from ccfs_desktop.db import Database
    from ccfs_desktop.services.backups import Office

_EVERY_MINUTES = 30
_AT_FIRST_SECONDS = 5
"""The first page comes first."""


class Keeper(QObject):
    """Looks after the copies of the office that is open. What it does, it does on a thread of its own."""

    failed = Signal(str)
    """A copy could not be made: why, as a sentence."""

    def __init__(self, parent: QObject) -> None:
        """Wait for an office."""
        super().__init__(parent)
        self._office: Office | None = None
        self._first = QTimer(self, interval=_AT_FIRST_SECONDS * 1000, singleShot=True)
        self._timer = QTimer(self, interval=_EVERY_MINUTES * 60_000)
        for timer in (self._first, self._timer):
            timer.timeout.connect(self.look)

    def begin(self, db: "Database") -> None:
        """Look after an office that has just been opened; one on a server is looked after there."""
        from ccfs_desktop.services import backups  # noqa: PLC0415 (the login needs none)

        if db.folder is not None:
            self._office = backups.of(db)
            self._first.start()
            self._timer.start()

    def end(self) -> None:
        """Look a last time, and let the office go."""
        office = self._office
        self.forget()
        if office:
            self._look(office, rehearsal=False)

    def forget(self) -> None:
        """Let the office go without another look."""
        self._office = None
        self._first.stop()
        self._timer.stop()

    def look(self) -> None:
        """Do what is due."""
        if self._office:
            self._look(self._office, rehearsal=True)

    def _look(self, office: "Office", *, rehearsal: bool) -> None:
        from ccfs_desktop.services import backups  # noqa: PLC0415

        chosen = settings.load().backup_folder
        second = Path(chosen) if chosen else None

        def task(_job: work.Job) -> None:
            backups.automatic(office, second=second, rehearsal=rehearsal)

        work.start(task, failed=self._tell, owner=self, aside=True)

    def _tell(self, error: UserError) -> None:
        self.failed.emit(str(error))
