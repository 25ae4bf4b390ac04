"""The register's keys: a day from paper with fewer than three strokes a child.

``I`` in, ``O`` out, ``A`` absent, ``U`` not signed, ``?`` time unknown; digits type a time, ``Enter`` saves and goes
down, ``+`` or ``Ctrl+D`` same as above, ``Delete`` takes back, ``Ctrl+V`` pastes a column of times. In the columns of
names a digit picks from the pick-up list, ``F2`` writes. Source: product.md 4.3.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ccfs_desktop.i18n import _
from ccfs_desktop.services import badges, times
from ccfs_desktop.services.register import Row
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.register_cell import RegisterCell
from ccfs_desktop.views.register_model import ENTERED, NAMES, TIMES, WIDTHS, Part, RegisterModel

_TYPED = frozenset(":.,-?：。？－時时点")
_NAME = 150
"""Pixels a name has at least."""
_PAUSE = 60
"""Milliseconds after which a ticked time counts as complete: a scanner's next digit comes sooner, a finger's later."""

Then = Callable[[], object]


class Desk(Protocol):
    """What the register asks to be done. ``then`` is called when it is on disk."""

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time in or out."""
        ...

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time; after a departure this is the way back."""
        ...

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time."""
        ...

    def absent(self, row: Row, then: Then) -> None:
        """Ask for the reason and mark as absent."""
        ...

    def unsigned(self, row: Row) -> None:
        """Note that the signature is missing, or that it is there after all."""
        ...

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        ...

    def write(self, row: Row, part: Part, text: str, then: Then) -> None:
        """Enter who brought or collected the child, or a remark."""
        ...

    def adults(self, row: Row) -> Sequence[str]:
        """Return who may collect the child, in the order shown."""
        ...

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned."""
        ...

    def paste(self, cells: Sequence[tuple[Row, Part, str]], then: Then) -> None:
        """Enter many times as one action."""
        ...


class RegisterView(QTableView):
    """The grid. All keys are Latin letters and digits: no input method stands between them and the register."""

    moved = Signal()
    """Another child is current."""
    refused = Signal(str)
    """A sentence: what cannot be done with the keys pressed."""

    def __init__(self, model: RegisterModel, desk: Desk) -> None:
        """Build it.

        Args:
            model: the lines.
            desk: does what the keys ask for.
        """
        super().__init__()
        self.lines, self.desk = model, desk
        self.ticked = False
        """Whether times come from tick boxes: then two or three digits end by themselves."""
        self.pause = _PAUSE
        self._swallow = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._finish)
        self.setModel(model)
        self.setItemDelegate(RegisterCell(self, model, desk.adults, self._written))
        self.selectionModel().currentChanged.connect(self._current)
        self._shape()

    def _shape(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(_("Register"))
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(max(theme.ROW, theme.px(theme.ROW)))
        head.setFixedHeight(max(theme.ROW, theme.px(theme.ROW)))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(32)
        for part, width in WIDTHS.items():
            head.resizeSection(part, theme.px(width))
        head.setSectionResizeMode(Part.NAME, QHeaderView.ResizeMode.Stretch)

    # ---------------------------------------------------------------------------------------------- where

    @property
    def row(self) -> Row | None:
        """The current child."""
        return self.lines.child(self.currentIndex().row())

    @property
    def part(self) -> Part:
        """The current column."""
        column = self.currentIndex().column()
        return Part(column) if column >= 0 else Part.IN

    def laid(self) -> None:
        """Stretch the headings and hide what nobody needs, after the lines have changed."""
        self.clearSpans()
        for number in range(len(self.lines.lines)):
            if not self.lines.child(number):
                self.setSpan(number, 0, 1, len(Part))
        self._choose_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as leave the names readable."""
        super().resizeEvent(event)
        self._choose_columns()

    def _choose_columns(self) -> None:
        """Leave out what the card shows too, until the names have room."""
        told = {Part.EARLIER: any(len(row.visits) > 1 for row in self.lines.rows()), Part.AGE: True, Part.NOTE: True}
        needed = sum(width for part, width in WIDTHS.items() if part not in told)
        room = self.viewport().width() - theme.px(needed + _NAME)
        for part, wanted in told.items():
            shown = wanted and room >= theme.px(WIDTHS[part])
            self.setColumnHidden(part, not shown)
            room -= theme.px(WIDTHS[part]) if shown else 0

    def go(self, line: int, part: Part | None = None) -> None:
        """Put the cursor on a child's line, in a column."""
        index = self.lines.index(line, self.part if part is None else part)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index)

    def seek(self, child_id: int) -> bool:
        """Put the cursor on a child; return whether it is on the list."""
        line = self.lines.line_of(child_id)
        if line >= 0:
            self.go(line)
        return line >= 0

    def down(self, step: int = 1) -> None:
        """Go to the next child."""
        line = self.lines.next_line(self.currentIndex().row(), step)
        if line >= 0:
            self.go(line)

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
        typing = self.lines.typing
        row = self.lines.child(typing[0]) if typing else None
        if typing and row:
            self._timer.stop()
            self.lines.type(None)
            self.desk.enter(row, Part(typing[1]), typing[2], self._nothing)

    # ----------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` for the time being typed, and Tab for the columns one types into."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self.lines.typing:
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
        row = self.row
        if row is None or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._with_control(event, row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not swallow:
                self._enter()
        elif not (self._typed(event, row) or self._moved(event) or self._commanded(event, row)):
            super().keyPressEvent(event)

    def _with_control(self, event: QKeyEvent, row: Row) -> None:
        if event.key() == Qt.Key.Key_D:
            self._same(row)
        else:
            super().keyPressEvent(event)

    def _typed(self, event: QKeyEvent, row: Row) -> bool:
        """Take a key that belongs to a time, or in a column of names picks an adult."""
        key, typing = event.text(), self.lines.typing
        if typing and event.key() == Qt.Key.Key_Backspace:
            self._type(row, typing[2][:-1])
        elif typing and event.key() == Qt.Key.Key_Escape:
            self.lines.type(None)
        elif key and (key.isdecimal() or (key in _TYPED and (typing or times.plain(key) in times.UNKNOWN))):
            if not typing and self.part in NAMES and key.isdecimal():
                self._pick(row, int(times.plain(key)))
            else:
                self._type(row, (typing[2] if typing else "") + key)
        else:
            return False
        return True

    def _type(self, row: Row, text: str) -> None:
        line = self.currentIndex().row()
        if not self.lines.typing and self.part not in TIMES:
            self.go(line, Part.OUT if row.visit else Part.IN)
        self._timer.stop()
        self.lines.type((line, self.part, text) if text else None)
        if self.ticked and times.is_ticked(text):
            self._timer.start(self.pause)

    def _finish(self) -> None:
        """A ticked time is complete: save it and go down; an ``Enter`` out of habit does not skip a child."""
        self._enter()
        self._swallow = True

    def _moved(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            self._save(partial(self.down, steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            first, last = self.lines.next_line(-1, 1), self.lines.next_line(len(self.lines.lines), -1)
            self.go(first if event.key() == Qt.Key.Key_Home else last)
        else:
            return False
        return True

    def _commanded(self, event: QKeyEvent, row: Row) -> bool:
        typed = self.lines.typing[2] if self.lines.typing else ""
        commands: dict[int, Then] = {
            Qt.Key.Key_I: lambda: self.desk.arrive(row, typed, self._nothing),
            Qt.Key.Key_O: lambda: self.desk.depart(row, typed, self._nothing),
            Qt.Key.Key_A: lambda: self.desk.absent(row, self.down),
            Qt.Key.Key_U: lambda: self.desk.unsigned(row),
            Qt.Key.Key_Plus: lambda: self._same(row),
            Qt.Key.Key_Delete: lambda: self.desk.take_back(row),
            Qt.Key.Key_F2: self._edit,
        }
        command = commands.get(event.key())
        if command is None:
            return False
        self._timer.stop()
        self.lines.type(None)
        command()
        return True

    # --------------------------------------------------------------------------------------------- actions

    def _enter(self) -> None:
        self._timer.stop()
        typing = self.lines.typing
        if typing and badges.is_code(typing[2]):
            self.lines.type(None)
            self.desk.scan(typing[2])
        else:
            self._save(self.down)

    def _save(self, then: Then) -> None:
        """Save what is being typed, if anything, and go on."""
        typing, row = self.lines.typing, self.row
        self._timer.stop()
        if not typing or row is None:
            then()
            return
        self.lines.type(None)
        self.desk.enter(row, Part(typing[1]), typing[2], then)

    def _beside(self, step: int) -> bool:
        """Go to the next column one types into; after the last one Tab leaves the register."""
        ahead = [p for p in ENTERED if (p - self.part) * step > 0 and not self.isColumnHidden(p)]
        if not self.row or not ahead:
            return False
        line = self.currentIndex().row()
        self._save(partial(self.go, line, ahead[0] if step > 0 else ahead[-1]))
        return True

    def _same(self, row: Row) -> None:
        """Enter what stands in the line above and go down."""
        line = self.currentIndex().row()
        above = self.lines.child(self.lines.next_line(line, -1))
        part = self.part if self.part in TIMES or self.part in NAMES else Part.OUT if row.visit else Part.IN
        text = self.lines.text(above, part) if above and above.child_id != row.child_id else ""
        if not text:
            self.refused.emit(_("There is nothing above to repeat."))
        elif part in TIMES:
            self.desk.enter(row, part, text, self.down)
        else:
            self.desk.write(row, part, text, self.down)

    def _pick(self, row: Row, number: int) -> None:
        adults = self.desk.adults(row)
        if 1 <= number <= len(adults):
            self.desk.write(row, self.part, adults[number - 1], self.down)
        else:
            self.refused.emit(_("There is no adult {n} on the pick-up list of {name}.").format(n=number, name=row.name))

    def _written(self, row: Row, part: Part, text: str) -> None:
        self.desk.write(row, part, text, self._nothing)

    def _edit(self) -> None:
        if self.part in NAMES or self.part is Part.NOTE:
            self.edit(self.currentIndex())

    def _paste(self) -> None:
        """Enter a column of times copied from a spreadsheet, or two columns: in and out."""
        lines = QGuiApplication.clipboard().text().rstrip("\n").splitlines()
        line, cells = self.currentIndex().row(), list[tuple[Row, Part, str]]()
        columns = (
            [part for part in (Part.IN, Part.OUT) if part >= self.part] if self.part in TIMES else [Part.IN, Part.OUT]
        )
        for text in lines:
            row = self.lines.child(line)
            if row is None:
                self.refused.emit(_("{n} lines were copied, but fewer children follow here.").format(n=len(lines)))
                return
            cells += [(row, part, t.strip()) for part, t in zip(columns, text.split("\t"), strict=False) if t.strip()]
            following = self.lines.next_line(line, 1)
            line = following if following != line else -1
        self.desk.paste(cells, self._nothing)

    def _nothing(self) -> None:
        """Stay where one is."""
