"""Finding a worker while typing a number, a name or a phone."""

from functools import partial

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import _
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import workers
from ccfs_desktop.views.kit import icons, work

_PAUSE = 120
_MOST = 8


class WorkerPicker(QLineEdit):
    """Proposes workers while one types; the arrows and ``Enter`` choose."""

    picked = Signal(object)
    """The worker chosen, or None when the text was changed afterwards."""

    def __init__(self, db: Database) -> None:
        """Build it.

        Args:
            db: the office.
        """
        super().__init__()
        self.worker: Worker | None = None
        self._db = db
        self._found: dict[str, Worker] = {}
        self._words = QStringListModel(self)
        self.setPlaceholderText(_("Employee no., name or phone"))
        self.setAccessibleName(_("Worker"))
        self.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_MOST)
        completer.activated.connect(self._pick)
        self.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._take_what_is_plain)

    def show_worker(self, worker: Worker | None) -> None:
        """Show somebody as chosen."""
        self.worker = worker
        self.setText(told(worker) if worker else "")
        self.picked.emit(worker)

    def _edited(self) -> None:
        if self.worker:
            self.worker = None
            self.picked.emit(None)
        self._timer.start()

    def _ask(self) -> None:
        if text := self.text().strip():
            work.start(partial(self._find, text), partial(self._propose, text), owner=self)

    def _find(self, text: str, _job: object) -> list[Worker]:
        with self._db.read() as session:
            exact = workers.by_number(session, text)
            others = workers.find(session, text, _MOST)
        return list({one.id: one for one in ([exact, *others] if exact else others)}.values())[:_MOST]

    def _propose(self, text: str, found: list[Worker]) -> None:
        if text != self.text().strip():
            return
        self._found = {told(worker): worker for worker in found}
        self._words.setStringList(list(self._found))
        if found and self.hasFocus():
            self.completer().complete()

    def _pick(self, words: str) -> None:
        if worker := self._found.get(words):
            QTimer.singleShot(0, self, partial(self.show_worker, worker))  # after the completer has written

    def _take_what_is_plain(self) -> None:
        """Take the worker whose number was typed, or the only one who fits, when the field is left."""
        text = self.text().strip()
        popup = self.completer().popup()
        proposed = popup is not None and popup.isVisible()
        if self.worker or not text or (popup and proposed and popup.currentIndex().isValid()):
            return
        if popup and proposed:
            popup.hide()
        found = self._find(text, None)
        with self._db.read() as session:
            exact = workers.by_number(session, text)
        if exact or len(found) == 1:
            self.show_worker(exact or found[0])


def told(worker: Worker) -> str:
    """Return a worker in a line: number, name, workplace."""
    place = " ".join(part for part in (worker.department, worker.line) if part)
    return " · ".join(part for part in (worker.number, worker.name, place) if part)
