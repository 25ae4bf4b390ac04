"""A field for one of many words, such as a child's name: any part of it is typed."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.editors import ComboEditor


class FindEditor(ComboEditor):
    """The words to choose from are the field's choices; nothing typed is None."""

    def __init__(self, field: Field) -> None:
        """Build it, empty."""
        super().__init__(field)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setCurrentIndex(-1)
        if completer := self.combo.completer():
            completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._chosen)
        if line := self.combo.lineEdit():
            line.textEdited.connect(self.changed)

    def value(self) -> Any:
        """Return the value whose word stands there.

        Raises:
            UserError: it is none of the words.
        """
        typed = self.combo.currentText().strip().casefold()
        known = {word.casefold(): value for value, word in self.field.choices}
        if typed and typed not in known:
            raise UserError(_("Choose one from the list."))
        return known.get(typed) if typed else None

    def show_value(self, value: Any) -> None:
        """Show the word of a value."""
        super().show_value(value)
        if self.combo.currentIndex() < 0:
            self.combo.clearEditText()
