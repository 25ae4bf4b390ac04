"""A grid one types times into with the keyboard alone: digits begin a time, ``Enter`` saves it and goes down.

All keys are Latin letters and digits: no input method stands between them and the grid.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ccfs_desktop.services import badges, times
from ccfs_desktop.views.kit import theme

Index = QModelIndex | QPersistentModelIndex
Then = Callable[[], object]

_TYPED = frozenset(":.,-?：。？－時时点")
_NAME = 150
"""Pixels a name has at least."""
_PAUSE = 60
"""Milliseconds after which a ticked time counts as complete: a scanner's next digit comes sooner, a finger's later."""


class KeyedModel(QAbstractTableModel):
    """Lines of records; a heading is a line with words and no record."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.lines: list[Any] = []
        self.typing: tuple[int, int, str] | None = None
        """Row, column and the text being typed there."""

    def record(self, line: int) -> Any:
        """Return the record on a line; None for a heading."""
        row = self.lines[line] if 0 <= line < len(self.lines) else None
        return None if isinstance(row, str) else row

    def next_line(self, line: int, step: int) -> int:
        """Return the next line with a record in a direction, or the same one at the end."""
        found = line + step
        while 0 <= found < len(self.lines):
            if self.record(found):
                return found
            found += step
        return line if self.record(line) else -1

    def type(self, typing: tuple[int, int, str] | None) -> None:
        """Show what is being typed, or nothing any more."""
        told = [place[:2] for place in (self.typing, typing) if place]
        self.typing = typing
        for line, column in told:
            self.dataChanged.emit(self.index(line, column), self.index(line, column))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many lines there are."""
        return len(self.lines)


class KeyedView(QTableView):
    """The grid. A subclass names its columns, and says what its keys do."""

    moved = Signal()
    """Another record is current."""
    refused = Signal(str)
    """A sentence: what cannot be done with the keys pressed."""

    times: ClassVar[frozenset[int]] = frozenset()
    """The columns of times."""
    typed_in: ClassVar[Sequence[int]] = ()
    """The columns one types into, in the order of Tab."""
    widths: ClassVar[Mapping[Any, int]] = {}
    """Column → width in pixels; the name takes what is left."""
    name: ClassVar[int] = 0
    spare: ClassVar[Sequence[int]] = ()
    """Columns shown only where there is room."""

    def __init__(self, model: KeyedModel, title: str) -> None:
        """Build it.

        Args:
            model: the lines.
            title: what a screen reader calls it.
        """
        super().__init__()
        self.model_ = model
        self.ticked = False
        """Whether times come from tick boxes: then two or three digits end by themselves."""
        self.pause = _PAUSE
        self._swallow = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._finish)
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._current)
        self._shape(title)

    # ------------------------------------------------------------------------------- what a subclass says

    def enter(self, row: Any, column: int, typed: str, then: Then) -> None:
        """Enter a time that was typed."""
        raise NotImplementedError

    def scan(self, code: str) -> None:
        """Take a badge that was scanned."""
        raise NotImplementedError

    def first_time(self, row: Any) -> int:
        """Return the column a time belongs to that is typed where no time stands."""
        raise NotImplementedError

    def commands(self, row: Any, typed: str) -> Mapping[int, Then]:
        """Return what keys do, with the time typed so far."""
        raise NotImplementedError

    def picks(self, row: Any, number: int) -> bool:  # noqa: ARG002 (for subclasses)
        """Take a digit that is no time in the current column; return whether it was taken."""
        return False

    def pasted(self) -> None:
        """Take what is on the clipboard."""

    def repeat(self, row: Any) -> None:
        """Enter what stands in the line above (``Ctrl+D``)."""

    def wanted(self, column: int) -> bool:  # noqa: ARG002 (for subclasses)
        """Tell whether a spare column has anything to show."""
        return True

    # ---------------------------------------------------------------------------------------------- where

    @property
    def column(self) -> int:
        """The current column."""
        column = self.currentIndex().column()
        return column if column >= 0 else self.typed_in[0]

    def laid(self) -> None:
        """Stretch the headings and hide what nobody needs, after the lines have changed."""
        self.clearSpans()
        for number in range(len(self.model_.lines)):
            if not self.model_.record(number):
                self.setSpan(number, 0, 1, self.model_.columnCount())
        self._choose_columns()

    def go(self, line: int, part: int | None = None) -> None:
        """Put the cursor on a record's line, in a column."""
        index = self.model_.index(line, self.column if part is None else part)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def down(self, step: int = 1) -> None:
        """Go to the next record."""
        line = self.model_.next_line(self.currentIndex().row(), step)
        if line >= 0:
            self.go(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as leave the names readable."""
        super().resizeEvent(event)
        self._choose_columns()

    def _choose_columns(self) -> None:
        """Leave out spare columns until the names have room."""
        needed = sum(width for part, width in self.widths.items() if part not in self.spare)
        room = self.viewport().width() - theme.px(needed + _NAME)
        for part in self.spare:
            shown = self.wanted(part) and room >= theme.px(self.widths[part])
            self.setColumnHidden(part, not shown)
            room -= theme.px(self.widths[part]) if shown else 0

    def _current(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Save a time typed for another cell, and tell who is current."""
        self._left()
        for index in (previous, current):
            if index.isValid():
                self.viewport().update(self.visualRect(index.siblingAtColumn(0)).adjusted(0, 0, 4096, 0))
        if current.row() != previous.row():
            self.moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save a time that was being typed; a look at another program is no leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._left()

    def _left(self) -> None:
        typing = self.model_.typing
        row = self.model_.record(typing[0]) if typing else None
        if typing and row:
            self._timer.stop()
            self.model_.type(None)
            self.enter(row, typing[1], typing[2], self.stay)

    # ----------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` for the time being typed, and Tab for the columns one types into."""
        if isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape
            if event.type() == QEvent.Type.ShortcutOverride and escape and self.model_.typing:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                step = 1 if event.key() == Qt.Key.Key_Tab else -1
                if self._beside(step):
                    return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says; whatever is left over goes to the grid."""
        swallow, self._swallow = self._swallow, False
        row = self.model_.record(self.currentIndex().row())
        if row is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._with_control(event, row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not swallow:
                self._enter()
        elif not (self._typed(event, row) or self._moved(event) or self._commanded(event, row)):
            super().keyPressEvent(event)

    def _with_control(self, event: QKeyEvent, row: Any) -> None:
        if event.key() == Qt.Key.Key_D:
            self.repeat(row)
        else:
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent, row: Any) -> bool:
        """Take a key that belongs to a time, or in other columns picks something."""
        key, typing = event.text(), self.model_.typing
        if typing and event.key() == Qt.Key.Key_Backspace:
            self._type(row, typing[2][:-1])
        elif typing and event.key() == Qt.Key.Key_Escape:
            self.model_.type(None)
        elif key and (key.isdecimal() or (key in _TYPED and (typing or times.plain(key) in times.UNKNOWN))):
            picked = not typing and key.isdecimal() and self.picks(row, int(times.plain(key)))
            if not picked:
                self._type(row, (typing[2] if typing else "") + key)
        else:
            return False
        return True

    def _type(self, row: Any, text: str) -> None:
        line = self.currentIndex().row()
        if not self.model_.typing and self.column not in self.times:
            self.go(line, self.first_time(row))
        self._timer.stop()
        self.model_.type((line, self.column, text) if text else None)
        if self.ticked and times.is_ticked(text):
            self._timer.start(self.pause)

    def _finish(self) -> None:
        """A ticked time is complete: save it and go down; an ``Enter`` out of habit does not skip a line."""
        self._enter()
        self._swallow = True

    def _moved(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self.save(partial(self.down, steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first, last = self.model_.next_line(-1, 1), self.model_.next_line(len(self.model_.lines), -1)
            self.go(first if event.key() == Qt.Key.Key_Home else last)
        else:
            return False
        return True

    def _commanded(self, event: QKeyEvent, row: Any) -> bool:
        typed = self.model_.typing[2] if self.model_.typing else ""
        command = self.commands(row, typed).get(event.key())
        if command is None:
            return False
        self._timer.stop()
        self.model_.type(None)
        command()
        return True

    def _enter(self) -> None:
        self._timer.stop()
        typing = self.model_.typing
        if typing and badges.is_code(typing[2]):
            self.model_.type(None)
            self.scan(typing[2])
        else:
            self.save(self.down)

    def save(self, then: Then) -> None:
        """Save what is being typed, if anything, and go on."""
        typing, row = self.model_.typing, self.model_.record(self.currentIndex().row())
        self._timer.stop()
        if not typing or row is None:
            then()
            return
        self.model_.type(None)
        self.enter(row, typing[1], typing[2], then)

    def _beside(self, step: int) -> bool:
        """Go to the next column one types into; after the last one Tab leaves the grid."""
        ahead = [p for p in self.typed_in if (p - self.column) * step > 0 and not self.isColumnHidden(p)]
        if not self.model_.record(self.currentIndex().row()) or not ahead:
            return False
        line = self.currentIndex().row()
        self.save(partial(self.go, line, ahead[0] if step > 0 else ahead[-1]))
        return True

    def stay(self) -> None:
        """Stay where one is."""

    def _shape(self, title: str) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(title)
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(max(theme.ROW, theme.px(theme.ROW)))
        head.setFixedHeight(max(theme.ROW, theme.px(theme.ROW)))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(32)
        for part, width in self.widths.items():
            head.resizeSection(part, theme.px(width))
        head.setSectionResizeMode(self.name, QHeaderView.ResizeMode.Stretch)
