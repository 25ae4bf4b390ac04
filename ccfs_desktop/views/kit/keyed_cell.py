"""How the cells of a keyed grid are drawn, and how texts are edited in them."""

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.keyed import Index, KeyedView

GAP = 8
ICON = 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class KeyedCell(QStyledItemDelegate):
    """Draws the lines of such a grid; a frame shows where one types."""

    def __init__(self, table: KeyedView) -> None:
        """Draw for a grid."""
        super().__init__(table)
        self.table = table

    def cell(self, painter: QPainter, place: QRect, row: Any, column: int) -> None:
        """Draw one cell of a record."""
        raise NotImplementedError

    def written(self, row: Any, column: int, text: str) -> None:
        """Keep a text that was edited in a cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading or one cell of a record."""
        tones, place = theme.tones(), QRect(option.rect)  # type: ignore[attr-defined]
        row = self.table.model_.record(index.row())
        painter.save()
        if row is None:
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(QColor(tones.quiet))
            painter.drawText(place.adjusted(GAP, 6, 0, 0), _MIDDLE, str(index.data()))
        else:
            if index.row() == self.table.currentIndex().row():
                painter.fillRect(place, QColor(tones.selection if self.table.hasFocus() else tones.hover))
            self.cell(painter, place, row, index.column())
            if index == self.table.currentIndex() and self.table.hasFocus():
                self._frame(painter, place, index)
        painter.setPen(QColor(tones.hairline))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Leave sizes to the columns."""
        return QSize(0, theme.ROW)

    def words(self, painter: QPainter, place: QRect, text: str, tone: str = "text", *, bold: bool = False) -> None:
        """Write a text on one line, cut where there is no room."""
        painter.setPen(QColor(getattr(theme.tones(), tone)))
        painter.setFont(theme.font(bold=bold))
        inner = place.adjusted(GAP, 0, -4, 0)
        painter.drawText(inner, _MIDDLE | Qt.TextFlag.TextSingleLine, short(painter, text, inner))

    def two(self, painter: QPainter, place: QRect, first: str, other: str, tone: str = "text") -> None:
        """Write a text, and another in quieter letters beside it if there is room."""
        self.words(painter, place, first, tone)
        rest = place.adjusted(painter.fontMetrics().horizontalAdvance(first) + 2 * GAP, 0, -4, 0)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(theme.tones().quiet))
        if rest.width() > 3 * GAP:
            painter.drawText(rest, _MIDDLE | Qt.TextFlag.TextSingleLine, short(painter, other, rest))

    def icon(self, painter: QPainter, place: QRect, name: str, tone: str) -> QRect:
        """Draw an icon; return the room beside it."""
        picture = icons.pixmap(name, tone, ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(place.x() + GAP, place.center().y() - ICON // 2 + 1, picture)
        return place.adjusted(ICON + 6, 0, 0, 0)

    def _frame(self, painter: QPainter, place: QRect, index: Index) -> None:
        """Show where one types, and what has been typed so far."""
        tones, typing = theme.tones(), self.table.model_.typing
        if typing and typing[:2] == (index.row(), index.column()):
            painter.fillRect(place, QColor(tones.surface))
            painter.setPen(QColor(tones.text))
            painter.setFont(theme.font(bold=True))
            painter.drawText(place.adjusted(GAP, 0, 0, 0), _MIDDLE, f"{typing[2]}▏")
        painter.setPen(QPen(QColor(tones.accent), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -2))

    # --------------------------------------------------------------------------------------------- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Edit a text in its cell."""
        editor = QLineEdit(parent)
        editor.setFrame(False)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002
        """Keep what was typed, once the editor is gone: a question may take the focus from it."""
        row = self.table.model_.record(index.row())
        if row and isinstance(editor, QLineEdit) and editor.text().strip() != str(index.data()):
            QTimer.singleShot(0, self, partial(self.written, row, index.column(), editor.text()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """End with Enter here: handed on, the key would reach the grid too, which would go down twice."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


def short(painter: QPainter, text: str, place: QRect) -> str:
    """Return a text cut to the width of its place."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
