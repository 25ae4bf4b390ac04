"""Finding somebody while typing: proposals under the field, chosen with the arrows and ``Enter``."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from ccfs_desktop.db import Database
from ccfs_desktop.views.kit import icons, work

_PAUSE = 120
MOST = 8
"""So many are proposed."""


class Picker(QLineEdit):
    """Proposes people while one types; subclasses say who fits and how each is called."""

    picked = Signal(object)
    """The one chosen, or None when the text was changed afterwards."""

    def __init__(self, db: Database, title: str, hint: str) -> None:
        """Build it.

        Args:
            db: the office.
            title: whom it finds, for a screen reader; translated.
            hint: what may be typed, translated.
        """
        super().__init__()
        self.db = db
        self.chosen: Any = None
        self._found: dict[str, Any] = {}
        self._words = QStringListModel(self)
        self.setPlaceholderText(hint)
        self.setAccessibleName(title)
        self.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(MOST)
        completer.activated.connect(self._pick)
        self.setCompleter(completer)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._take_what_is_plain)

    def fitting(self, session: Any, text: str) -> Sequence[Any]:
        """Return who fits what was typed, at most ``MOST``."""
        raise NotImplementedError

    def exact(self, session: Any, text: str) -> Any:  # noqa: ARG002 (for those who have a number)
        """Return the one who is meant beyond doubt, such as by a number; None when nobody is."""
        return None

    def told(self, one: Any) -> str:
        """Return somebody in a line."""
        raise NotImplementedError

    def show_chosen(self, one: Any) -> None:
        """Show somebody as chosen, or nobody."""
        self.chosen = one
        self.setText(self.told(one) if one else "")
        self.picked.emit(one)

    def _edited(self) -> None:
        if self.chosen:
            self.chosen = None
            self.picked.emit(None)
        self._timer.start()

    def _ask(self) -> None:
        if text := self.text().strip():
            work.start(partial(self._look, text), partial(self._propose, text), owner=self)

    def _look(self, text: str, _job: object) -> list[Any]:
        with self.db.read() as session:
            exact = self.exact(session, text)
            others = self.fitting(session, text)
        return list({one.id: one for one in ([exact, *others] if exact else others)}.values())[:MOST]

    def _propose(self, text: str, found: list[Any]) -> None:
        if text != self.text().strip():
            return
        self._found = {self.told(one): one for one in found}
        self._words.setStringList(list(self._found))
        if found and self.hasFocus():
            self.completer().complete()

    def _pick(self, words: str) -> None:
        if one := self._found.get(words):
            QTimer.singleShot(0, self, partial(self.show_chosen, one))  # after the completer has written

    def _take_what_is_plain(self) -> None:
        """Take the one who was typed beyond doubt, or the only one who fits, when the field is left."""
        text = self.text().strip()
        popup = self.completer().popup()
        proposed = popup is not None and popup.isVisible()
        if self.chosen or not text or (popup and proposed and popup.currentIndex().isValid()):
            return
        if popup and proposed:
            popup.hide()
        found = self._look(text, None)
        with self.db.read() as session:
            exact = self.exact(session, text)
        if exact or len(found) == 1:
            self.show_chosen(exact or found[0])
