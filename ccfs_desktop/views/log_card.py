"""The card beside a log: the entry the cursor is on in words, or the fields of the one being written."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import words
from ccfs_desktop.views.record_desk import Desk
from ccfs_desktop.views.side_card import SideCard

_WIDTH = 340


class LogCard(SideCard):
    """``F6`` leads here from the list, ``Esc`` back; what is being written stays."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setFixedWidth(theme.px(_WIDTH))
        holder = QWidget()
        self._title = words("", "section", wrap=True)
        self._keys = words(_("Ctrl+Enter keeps it · Esc goes to the list, nothing is lost"), "help", wrap=True)
        self._facts, self._slot, self._desk = QWidget(), QWidget(), QWidget()
        inner = QVBoxLayout(self._slot)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._desk)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(16, 14, 16, 16)
        self._column.setSpacing(8)
        for part in (self._title, self._keys, self._facts, self._slot):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.fill(holder)

    def take(self, desk: Desk) -> None:
        """Hold the fields of a log."""
        if layout := self._slot.layout():
            layout.replaceWidget(self._desk, desk)
        self._desk.hide()
        self._desk.deleteLater()
        self._desk: QWidget = desk
        self._slot.show()

    def put_away(self) -> None:
        """Let go of the fields; what was typed in them waits."""
        self._slot.hide()  # not the desk itself: it keeps what was typed when what holds it goes

    def write(self, title: str) -> None:
        """Show the fields instead of the entry."""
        self._title.setText(title)
        self._facts.hide()
        self._keys.show()

    def tell(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        """Show an entry.

        Args:
            title: the log, translated.
            facts: label and text.
        """
        self._title.setText(title)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for label, text in facts:
            column.addWidget(words(label, "help"))
            column.addWidget(words(text, wrap=True))
            column.addSpacing(6)
        if not facts:
            column.addWidget(words(_("Choose an entry to read it here."), "quiet", wrap=True))
        self._column.replaceWidget(self._facts, made)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = made
        self._keys.hide()
