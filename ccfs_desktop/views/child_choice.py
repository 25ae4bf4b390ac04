"""Choosing one child of the season while typing any part of its name or number."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services.register import Row
from ccfs_desktop.services.searching import fold
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import words


class ChildChoice(QComboBox):
    """Proposes the children of a register; the arrows and ``Enter`` choose."""

    def __init__(self, rows: Sequence[Row], child_id: int = 0) -> None:
        """Build it.

        Args:
            rows: the register of the day.
            child_id: who is chosen; 0 for nobody yet.
        """
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(_("Child"))
        for row in rows:
            self.addItem(f"{row.name}  {row.number}", row.child_id)
        if completer := self.completer():
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._names = [(row.name, row.name_latin, row.number, f"{row.name} {row.number}") for row in rows]
        self.setCurrentIndex(self.findData(child_id))
        if line := self.lineEdit():
            line.editingFinished.connect(self._take_what_is_plain)

    def _take_what_is_plain(self) -> None:
        """Take the child whose whole name or number was typed, when nobody else is called so."""
        typed = fold(" ".join(self.currentText().split()))
        meant = [n for n, names in enumerate(self._names) if typed and typed in map(fold, names)]
        if len(meant) == 1 and self.currentText() != self.itemText(meant[0]):
            self.setCurrentIndex(-1)  # the same child may be chosen still, under other words
            self.setCurrentIndex(meant[0])

    def child(self) -> int:
        """Return who is chosen.

        Raises:
            UserError: nobody, or something else was typed afterwards.
        """
        self._take_what_is_plain()
        child_id = self.currentData()
        if child_id is None or self.currentText() != self.itemText(self.currentIndex()):
            self.setFocus()
            raise UserError(_("Choose the child from the list."))
        return child_id

    def labelled(self) -> QHBoxLayout:
        """Return it under the label a form would give it."""
        label = words(_("Child") + " *", "label")
        label.setFixedWidth(theme.px(152))
        label.setBuddy(self)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(label)
        row.addWidget(self, 1)
        return row
