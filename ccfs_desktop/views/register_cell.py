"""How a cell of the register is drawn, and how names and remarks are edited in it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.register_model import ALERT_ICONS, NAMES, TIMES, Part, RegisterModel, state_of

_Index = QModelIndex | QPersistentModelIndex
_GAP = 8
_ICON = 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine


class RegisterCell(QStyledItemDelegate):
    """Draws the register's cells; a frame shows where one types."""

    def __init__(
        self,
        table: QTableView,
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
        self._table, self._model, self._adults, self._name = table, model, adults, name

    # --------------------------------------------------------------------------------------------- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a heading or one cell of a child."""
        tones, place = theme.tones(), QRect(option.rect)  # type: ignore[attr-defined]
        row = self._model.child(index.row())
        painter.save()
        if row is None:
            self._heading(painter, place, index)
        else:
            if index.row() == self._table.currentIndex().row():
                painter.fillRect(place, QColor(tones.selection if self._table.hasFocus() else tones.hover))
            self._cell(painter, place, row, Part(index.column()))
            if index == self._table.currentIndex() and self._table.hasFocus():
                self._frame(painter, place, index)
        painter.setPen(QColor(tones.hairline))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Leave sizes to the columns."""
        return QSize(0, theme.ROW)

    def _heading(self, painter: QPainter, place: QRect, index: _Index) -> None:
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(QColor(theme.tones().quiet))
        painter.drawText(place.adjusted(_GAP, 6, 0, 0), _MIDDLE, str(index.data()))

    def _cell(self, painter: QPainter, place: QRect, row: Row, part: Part) -> None:
        if part is Part.ALERTS:
            for number, alert in enumerate(row.alerts):
                name, tone = ALERT_ICONS[alert]
                self._icon(painter, place.translated(number * (_ICON + 4), 0), name, tone)
            return
        text, tone = self._model.text(row, part), _tone(row, part)
        if part is Part.STATE:
            _word, name, tone = state_of(row)
            self._icon(painter, place, name, tone)
            place = place.adjusted(_ICON + 6, 0, 0, 0)
        painter.setPen(QColor(getattr(theme.tones(), tone)))
        painter.setFont(theme.font(bold=part in TIMES))
        inner = place.adjusted(_GAP, 0, -4, 0)
        if part is Part.NAME and "  " in text:
            self._two(painter, inner, *text.split("  ", 1))
            return
        painter.drawText(inner, _MIDDLE | _ONE_LINE, _short(painter, text, inner))

    def _two(self, painter: QPainter, place: QRect, name: str, other: str) -> None:
        """Draw the name, and what else the child is called in quieter letters if there is room."""
        painter.drawText(place, _MIDDLE | _ONE_LINE, _short(painter, name, place))
        rest = place.adjusted(painter.fontMetrics().horizontalAdvance(name) + _GAP, 0, 0, 0)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(theme.tones().quiet))
        if rest.width() > 3 * _GAP:
            painter.drawText(rest, _MIDDLE | _ONE_LINE, _short(painter, other, rest))

    def _icon(self, painter: QPainter, place: QRect, name: str, tone: str) -> None:
        picture = icons.pixmap(name, tone, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.x() + _GAP, place.center().y() - _ICON // 2 + 1, picture)

    def _frame(self, painter: QPainter, place: QRect, index: _Index) -> None:
        """Show where one types, and what has been typed so far."""
        tones, typing = theme.tones(), self._model.typing
        if typing and typing[:2] == (index.row(), index.column()):
            painter.fillRect(place, QColor(tones.surface))
            painter.setPen(QColor(tones.text))
            painter.setFont(theme.font(bold=True))
            painter.drawText(place.adjusted(_GAP, 0, 0, 0), _MIDDLE, f"{typing[2]}▏")
        painter.setPen(QPen(QColor(tones.accent), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -2))

    # --------------------------------------------------------------------------------------------- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:  # noqa: ARG002
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

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:  # noqa: ARG002
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


def _short(painter: QPainter, text: str, place: QRect) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
