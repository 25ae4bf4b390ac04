"""The roster's grid by person, and its keys.

Arrows go from day to day and from person to person; ``Enter`` opens the shift; digits type its times; ``Delete`` takes
it off; ``Ctrl+C`` and ``Ctrl+V`` copy it, ``Ctrl+D`` repeats the day before; ``Shift`` with the arrows moves it by a
quarter hour, ``Ctrl`` with the arrows its end; ``P`` pins, ``B`` plans the day's breaks, ``A`` is away, ``S`` sick.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ccfs_desktop.i18n import _
from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.roster_week import ShiftView
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.roster_cell import RosterCell
from ccfs_desktop.views.roster_head import RosterHead
from ccfs_desktop.views.roster_model import Cell, RosterModel
from ccfs_desktop.views.roster_mouse import Drag, RosterMouse

_TYPED = frozenset(":.,- –：。－時时点")
_NAME, _NARROW_NAME, _NARROW = 190, 136, 760
_DAY = 60
_ROW, _LOW_ROW = 42, 37


class Desk(Protocol):
    """What the grid asks to be done."""

    def typed(self, cell: Cell, view: ShiftView | None, text: str) -> None:
        """Enter times, as ``730-15`` or ``730``."""
        ...

    def move(self, view: ShiftView, cell: Cell, span: Span) -> None:
        """Move a shift to another time, person or day."""
        ...

    def add(self, cell: Cell, span: Span) -> None:
        """Put the person on the roster."""
        ...

    def edit(self, cell: Cell, view: ShiftView | None) -> None:
        """Open a shift, or a new one."""
        ...

    def take_off(self, cell: Cell, view: ShiftView | None) -> None:
        """Take a shift off the roster."""
        ...

    def copy(self, view: ShiftView | None) -> None:
        """Keep a shift to be pasted."""
        ...

    def paste(self, cell: Cell) -> None:
        """Put what was copied here."""
        ...

    def repeat(self, cell: Cell) -> None:
        """Repeat the shifts of the open day before."""
        ...

    def pin(self, view: ShiftView | None) -> None:
        """Pin a shift, or let it go."""
        ...

    def plan_breaks(self, cell: Cell) -> None:
        """Plan the breaks of the day."""
        ...

    def absent(self, cell: Cell) -> None:
        """Ask why, and mark the person as away."""
        ...

    def sick(self, cell: Cell) -> None:
        """Look for cover for somebody who does not come."""
        ...

    def menu(self, cell: Cell, view: ShiftView | None, at: QPoint) -> None:
        """Show what can be done here."""
        ...


class RosterView(QTableView):
    """The grid. All keys are Latin letters and digits: no input method stands between them and the roster."""

    moved = Signal()
    """Another cell, or another shift of it, is current."""

    def __init__(self, model: RosterModel, desk: Desk) -> None:
        """Build it.

        Args:
            model: the lines.
            desk: does what keys and mouse ask for.
        """
        super().__init__()
        self.lines, self.desk = model, desk
        self.locked = False
        """While a draft is looked at, nothing is changed by hand."""
        self.mouse = RosterMouse(self, model)
        self.painted = RosterCell(self, model)
        self.head = RosterHead(model)
        self.setModel(model)
        self.setItemDelegate(self.painted)
        self.setHorizontalHeader(self.head)
        self.selectionModel().currentChanged.connect(self._current)
        model.modelReset.connect(self.fit)
        self._shape()

    def _shape(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Roster by person"))
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.px(_ROW))

    # ---------------------------------------------------------------------------------------------- where

    @property
    def cell(self) -> Cell | None:
        """The current person and day."""
        return self.lines.cell(self.currentIndex())

    @property
    def shift(self) -> ShiftView | None:
        """The shift the keys work on."""
        cell = self.cell
        if not cell or not cell.on.shifts:
            return None
        return cell.on.shifts[min(self.painted.chosen, len(cell.on.shifts) - 1)]

    def go(self, index: QModelIndex) -> None:
        """Put the cursor on a cell."""
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def step(self, rows: int, columns: int) -> None:
        """Put the cursor on a neighbouring cell."""
        now = self.currentIndex()
        row = min(max(now.row() + rows, 0), self.lines.rowCount() - 1)
        column = min(max(now.column() + columns, 1), self.lines.columnCount() - 1)
        self.go(self.lines.index(row, column))

    def widths(self) -> list[int]:
        """Return the width of each column, the names' first: the strip below has the same."""
        days = self.lines.columnCount() - 1
        room = self.viewport().width()
        name = theme.px(_NARROW_NAME if room < theme.px(_NARROW) else _NAME)
        if days < 1:
            return [room]
        day = max(theme.px(_DAY), (room - name) // days)
        return [max(theme.px(100), room - day * days), *[day] * days]

    def squeeze(self, *, low: bool) -> None:
        """Make the rows lower where the window is low."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_LOW_ROW if low else _ROW))

    def fit(self) -> None:
        """Share the room among the days."""
        for number, width in enumerate(self.widths()):
            self.head.resizeSection(number, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def _current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._leave()
        self.painted.chosen = 0
        for index in (previous, current):
            if index.isValid():
                self.viewport().update(self.visualRect(index.siblingAtColumn(0)).adjusted(0, 0, 4096, 0))
        self.head.mark(current.column())
        self.moved.emit()

    def _leave(self) -> None:
        """Enter the times typed for another cell."""
        typing = self.lines.typing
        cell = self.lines.cell(self.lines.index(typing[0], typing[1])) if typing else None
        if typing and cell:
            self.lines.type(None)
            self.desk.typed(cell, _shift_of(cell, self.painted.chosen), typing[2])

    # ----------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` for the times being typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            wanted = event.key() == Qt.Key.Key_Escape and self.lines.typing
            if wanted or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says; whatever is left over goes to the grid."""
        cell, held = self.cell, event.modifiers() & Qt.KeyboardModifier.AltModifier
        if cell is None:
            self._enter_grid(event)
        elif held or not (self._typing(event, cell) or self._moving(event) or self._doing(event, cell)):
            super().keyPressEvent(event)

    def _enter_grid(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if self.currentIndex().column() < 1 and self.lines.rowCount():
            self.go(self.lines.index(max(0, self.currentIndex().row()), 1))

    def _typing(self, event: QKeyEvent, cell: Cell) -> bool:
        """Take a key that belongs to a time."""
        key, typing = event.text(), self.lines.typing
        if self.locked or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if typing and event.key() == Qt.Key.Key_Backspace:
            self._type(typing[2][:-1])
        elif typing and event.key() == Qt.Key.Key_Escape:
            self.lines.type(None)
        elif typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lines.type(None)
            self.desk.typed(cell, self.shift, typing[2])
        elif key and (key.isdecimal() or (key in _TYPED and (typing or key in "-–－"))):
            self._type((typing[2] if typing else "") + key)
        else:
            return False
        return True

    def _type(self, text: str) -> None:
        now = self.currentIndex()
        self.lines.type((now.row(), now.column(), text) if text else None)

    def _moving(self, event: QKeyEvent) -> bool:
        """Go to a neighbouring cell; with ``Shift`` or ``Ctrl`` move the shift or its end instead."""
        steps = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return self._ends(event)
        held = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        if held and step[1]:
            self._nudge(step[1] * SLOT, end=bool(held & Qt.KeyboardModifier.ControlModifier))
        else:
            self.step(*step)
        return True

    def _ends(self, event: QKeyEvent) -> bool:
        now = self.currentIndex()
        if event.key() == Qt.Key.Key_Home:
            self.go(self.lines.index(now.row(), 1))
        elif event.key() == Qt.Key.Key_End:
            self.go(self.lines.index(now.row(), self.lines.columnCount() - 1))
        else:
            return False
        return True

    def _nudge(self, by: int, *, end: bool) -> None:
        cell, view = self.cell, self.shift
        if not cell or not view or self.locked:
            return
        span = Span(view.span.start if end else view.span.start + by, view.span.end + by)
        if 0 <= span.start < span.end <= 24 * 60:
            self.desk.move(view, cell, span)

    def _doing(self, event: QKeyEvent, cell: Cell) -> bool:
        view = self.shift
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        free: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self.desk.edit(cell, view),
            Qt.Key.Key_Enter: lambda: self.desk.edit(cell, view),
            Qt.Key.Key_F2: lambda: self.desk.edit(cell, view),
            Qt.Key.Key_Insert: lambda: self.desk.edit(cell, None),
            Qt.Key.Key_Delete: lambda: self.desk.take_off(cell, view),
            Qt.Key.Key_Space: self._next_shift,
            Qt.Key.Key_P: lambda: self.desk.pin(view),
            Qt.Key.Key_B: lambda: self.desk.plan_breaks(cell),
            Qt.Key.Key_A: lambda: self.desk.absent(cell),
            Qt.Key.Key_S: lambda: self.desk.sick(cell),
            Qt.Key.Key_Menu: lambda: self._menu(self.visualRect(self.currentIndex()).center()),
        }
        held: dict[int, Callable[[], None]] = {
            Qt.Key.Key_C: lambda: self.desk.copy(view),
            Qt.Key.Key_V: lambda: self.desk.paste(cell),
            Qt.Key.Key_D: lambda: self.desk.repeat(cell),
        }
        do = (held if control else free).get(event.key())
        if do is None:
            return False
        if not self.locked:
            self.lines.type(None)
            do()
        return True

    def _next_shift(self) -> None:
        """Work on the next of the cell's shifts."""
        cell = self.cell
        if cell and cell.on.shifts:
            self.painted.chosen = (self.painted.chosen + 1) % len(cell.on.shifts)
            self.update(self.currentIndex())
            self.moved.emit()

    # ---------------------------------------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell and the shift under the pointer; a drag may begin."""
        at = event.position().toPoint()
        super().mousePressEvent(event)
        found = self.mouse.found(at)
        if found and found[1]:
            self.painted.chosen = found[0].on.shifts.index(found[1])
            self.moved.emit()
        if event.button() == Qt.MouseButton.LeftButton and not self.locked:
            self.mouse.press(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow a drag, or show what could be dragged."""
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            if self.mouse.move(at):
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self.viewport().update()
            return
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if self.locked else self.mouse.cursor(at))
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what was dragged is carried out."""
        super().mouseReleaseEvent(event)
        drag = self.mouse.release()
        self.viewport().unsetCursor()
        self.viewport().update()
        if drag:
            self._drop(drag)

    def _drop(self, drag: Drag) -> None:
        if drag.view is None:
            self.desk.add(drag.cell, drag.span)
        elif (drag.cell.line.staff_id, drag.cell.day, drag.span) != (drag.view.staff_id, drag.view.day, drag.view.span):
            self.desk.move(drag.view, drag.cell, drag.span)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the shift under the pointer, or a new one."""
        found = self.mouse.found(event.position().toPoint())
        self.mouse.release()
        if found and not self.locked:
            self.desk.edit(found[0], found[1])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the cell under the pointer."""
        self._menu(event.pos())

    def _menu(self, at: QPoint) -> None:
        found = self.mouse.found(at)
        if found and not self.locked:
            self.desk.menu(found[0], found[1], self.viewport().mapToGlobal(at))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grid, and above it what is being dragged."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.mouse.paint(painter)
        painter.end()


def _shift_of(cell: Cell, number: int) -> ShiftView | None:
    return cell.on.shifts[min(number, len(cell.on.shifts) - 1)] if cell.on.shifts else None
