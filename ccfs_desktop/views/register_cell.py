"""How a cell of the register is drawn, and how names and remarks are edited in it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyleOptionViewItem, QWidget

from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.kit.keyed import ICON, Index, KeyedCell, KeyedView
from ccfs_desktop.views.register_model import ALERT_ICONS, NAMES, TIMES, Part, RegisterModel, state_of


class RegisterCell(KeyedCell):
    """Draws the register's cells."""

    def __init__(
        self,
        table: KeyedView,
        model: RegisterModel,
        adults: Callable[[Row], Sequence[str]],
        name: Callable[[Row, Part, str], object],
    ) -> None:
        """Keep what is drawn and edited.

        Args:
            table: the register.
            model: its lines.
            adults: who may be proposed as bringing or collecting a child.
            name: keeps a name or a remark.
        """
        super().__init__(table)
        self._model, self._adults, self._name = model, adults, name

    # --------------------------------------------------------------------------------------------- drawing

    def cell(self, painter: QPainter, place: QRect, row: Row, column: int) -> None:
        """Draw one cell of a child."""
        part = Part(column)
        if part is Part.ALERTS:
            for number, alert in enumerate(row.alerts):
                name, tone = ALERT_ICONS[alert]
                self.icon(painter, place.translated(number * (ICON + 4), 0), name, tone)
            return
        text, tone = self._model.text(row, part), _tone(row, part)
        if part is Part.STATE:
            _word, name, tone = state_of(row)
            place = self.icon(painter, place, name, tone)
        if part is Part.NAME and "  " in text:
            first, other = text.split("  ", 1)
            self.two(painter, place, first, other, tone)
        else:
            self.words(painter, place, text, tone, bold=part in TIMES)

    # --------------------------------------------------------------------------------------------- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Edit a name, with the pick-up list proposed, or a remark."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        row = self._model.child(index.row())
        if row and Part(index.column()) in NAMES:
            completer = QCompleter(list(self._adults(row)), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            editor.setCompleter(completer)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002
        """Keep what was typed, once the editor is gone: a question may take the focus from it."""
        row = self._model.child(index.row())
        if row and isinstance(editor, QLineEdit) and editor.text().strip() != str(index.data()):
            QTimer.singleShot(0, self, partial(self._name, row, Part(index.column()), editor.text()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End with Enter here: handed on, the key would reach the register too, which would go down twice."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


def _tone(row: Row, part: Part) -> str:
    """Return the colour of a cell's words."""
    if part in (Part.NUMBER, Part.AGE, Part.EARLIER, Part.BROUGHT, Part.COLLECTED, Part.NOTE):
        return "quiet"
    visit = row.visit
    unsure = visit and (
        (part is Part.IN and visit.arrived is None)
        or (part is Part.OUT and visit.signed_out and visit.departed is None)
    )
    if unsure:
        return "warning"
    return "quiet" if row.state in (State.ABSENT, State.NOT_EXPECTED) else "text"
