"""The mouse on the roster: a block is dragged to another time, person or day, its edges move by a quarter hour."""

import enum
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QTableView

from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.roster_week import ShiftView
from ccfs_desktop.views import roster_block, roster_words
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.roster_model import Cell, RosterModel

_GRIP = 5
"""Pixels at a block's edge that hold on to it."""
_HEIGHT = 20


class Hold(enum.Enum):
    """What the pointer holds on to."""

    NEW = "new"
    MOVE = "move"
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Drag:
    """What is being dragged, and where it would come to lie."""

    hold: Hold
    view: ShiftView | None
    grabbed: int
    """Minute of the day under the pointer when it was pressed."""
    cell: Cell
    span: Span
    moving: bool = False
    """Whether the pointer has left the place where it was pressed."""


class RosterMouse:
    """Follows one drag from press to release."""

    def __init__(self, table: QTableView, model: RosterModel) -> None:
        """Keep the grid.

        Args:
            table: the grid.
            model: its lines.
        """
        self._table, self._model = table, model
        self.drag: Drag | None = None
        self._from = QPoint()

    def found(self, at: QPoint) -> tuple[Cell, ShiftView | None, Hold, int] | None:
        """Return cell, shift, what is held, and the minute under the pointer; None outside the days."""
        index = self._table.indexAt(at)
        cell = self._model.cell(index)
        if cell is None:
            return None
        place = self._table.visualRect(index)
        minute = self.minute(place, at.x())
        for view in reversed(cell.on.shifts):
            block = roster_block.rect(place, view.span, self._model.axis)
            if block.adjusted(-2, 0, 2, 0).contains(at):
                return cell, view, _hold(block, at.x()), minute
        return cell, None, Hold.NEW, minute

    def minute(self, place: QRect, x: int) -> int:
        """Return the quarter hour under a place in a cell."""
        return self._model.axis.minute(x, *roster_block.line_of(place))

    def cursor(self, at: QPoint) -> Qt.CursorShape:
        """Return the pointer's shape over a place."""
        found = self.found(at)
        if not found or found[1] is None:
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.OpenHandCursor if found[2] is Hold.MOVE else Qt.CursorShape.SizeHorCursor

    def press(self, at: QPoint) -> None:
        """Begin."""
        found = self.found(at)
        self._from = at
        self.drag = None
        if found:
            cell, view, hold, minute = found
            self.drag = Drag(hold, view, minute, cell, view.span if view else Span(minute, minute))

    def move(self, at: QPoint) -> bool:
        """Follow the pointer; return whether something is being dragged."""
        if not self.drag:
            return False
        if not self.drag.moving and (at - self._from).manhattanLength() < QApplication.startDragDistance():
            return False
        index = self._table.indexAt(QPoint(at.x(), min(max(at.y(), 1), self._table.viewport().height() - 2)))
        cell = self._model.cell(index) if self.drag.hold is Hold.MOVE else self.drag.cell
        if cell is None:
            return True
        there = self._model.place(cell.line.staff_id, cell.day)
        minute = self.minute(self._table.visualRect(there), at.x())
        self.drag = replace(self.drag, cell=cell, span=_spanned(self.drag, minute), moving=True)
        self._table.scrollTo(there)
        return True

    def release(self) -> Drag | None:
        """End; return what was dragged, if anything."""
        drag, self.drag = self.drag, None
        return drag if drag and drag.moving and drag.span.minutes >= SLOT else None

    def paint(self, painter: QPainter) -> None:
        """Draw where the block would come to lie, with its times."""
        if not self.drag or not self.drag.moving:
            return
        colours = theme.tones()
        place = self._table.visualRect(self._model.place(self.drag.cell.line.staff_id, self.drag.cell.day))
        block = roster_block.rect(place, self.drag.span, self._model.axis)
        painter.fillRect(block, QColor(colours.accent_soft))
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawRect(block)
        told = f"{roster_words.between(self.drag.span)}  {roster_words.lasting(self.drag.span.minutes)}"
        painter.setFont(theme.font(12, bold=True))
        width = painter.fontMetrics().horizontalAdvance(told) + 12
        left = min(max(block.left(), 0), self._table.viewport().width() - width)
        above = block.top() - _HEIGHT - 2
        label = QRect(left, above if above > 0 else block.bottom() + 4, width, _HEIGHT)
        painter.fillRect(label, QColor(colours.text))
        painter.setPen(QColor(colours.surface))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, told)


def _hold(block: QRect, x: int) -> Hold:
    grip = min(_GRIP, block.width() // 4)
    if x <= block.left() + grip:
        return Hold.START
    return Hold.END if x >= block.right() - grip else Hold.MOVE


def _spanned(drag: Drag, minute: int) -> Span:
    """Return where the block lies when the pointer is over a minute."""
    minute = min(max(minute, 0), 24 * 60)
    if drag.view is None:
        return Span(min(drag.grabbed, minute), max(drag.grabbed, minute))
    span = drag.view.span
    if drag.hold is Hold.START:
        return Span(min(minute, span.end - SLOT), span.end)
    if drag.hold is Hold.END:
        return Span(span.start, max(minute, span.start + SLOT))
    by = min(max(minute - drag.grabbed, -span.start), 24 * 60 - span.end)
    return Span(span.start + by, span.end + by)
