"""A few records of one kind under common headings, such as the adults who may collect a child."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLabel, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.editors import ComboEditor, Editor, LineEditor, editor_for
from ccfs_desktop.views.kit.states import tool, words

_SHARE = {"line": 3, "text": 3, "choice": 2}
_NARROW = {"phone": 132, "date": 128, "time": 72, "duration": 72, "integer": 64, "number": 64}
_FEW = 12
"""A text of at most this many characters gets a narrow field."""

Save = Callable[[Any, str, Any], object]
Create = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Action:
    """A small button at the end of a line."""

    icon: str
    words: str
    """Translated: its tooltip, and what a screen reader says."""
    act: Callable[[Any], object]
    """Gets the line's key."""


@dataclass(frozen=True)
class Line:
    """One record."""

    key: Any
    values: Mapping[str, Any]
    note: str = ""
    """A sentence under the line."""
    tone: str = "help"
    locked: frozenset[str] = frozenset()
    """Names of fields that can only be read."""
    actions: tuple[Action, ...] = field(default_factory=tuple[Action, ...])


class Lines(QWidget):
    """Lines of fields. What stands in a field is stored when it is left; a new line, once its first field is filled."""

    def __init__(self, fields: Sequence[Field], save: Save, create: Create | None = None) -> None:
        """Build it, empty.

        Args:
            fields: the columns; the first one is what a new line needs.
            save: stores one field of the line with a key; may raise ``Invalid`` or ``UserError``.
            create: stores a new line; gets all values, may raise likewise.
        """
        super().__init__()
        self.fields = tuple(fields)
        self._save, self._create = save, create
        self.rows: list[_Row] = []
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(4)
        for column, one in enumerate(self.fields):
            self.grid.setColumnStretch(column, 0 if _narrow(one) else _SHARE.get(one.kind, 0))
            head = words(one.label + (" *" if one.required else ""), "help")
            head.setToolTip(one.help)
            self.grid.addWidget(head, 0, column)
        self._show_heads()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the records; the cursor stays in its field."""
        place = self._place()
        if [row.line.key for row in self.rows] == [line.key for line in lines]:
            for row, line in zip(self.rows, lines, strict=True):
                row.show(line)
            return
        for row in self.rows:
            row.leave(self.grid)
        self.rows = [_Row(self, line, 1 + 2 * number) for number, line in enumerate(lines)]
        self._show_heads()
        if place and place[0] < len(self.rows):
            self.rows[place[0]].cells[place[1]].editor.setFocus()

    def begin(self, **values: Any) -> None:
        """Open a new line and put the cursor in it.

        Args:
            values: what it begins with.
        """
        if not any(row.line.key is None for row in self.rows):
            blank = Line(None, {one.name: values.get(one.name) for one in self.fields})
            self.rows.append(_Row(self, blank, 1 + 2 * len(self.rows)))
            self._show_heads()
            for cell in self.rows[-1].cells:
                cell.editor.show()  # at once: Qt would do so later, and the cursor cannot go to what is not there yet
        self.rows[-1].cells[0].editor.setFocus()

    def lock(self, *, locked: bool = True) -> None:
        """Let people read only."""
        for row in self.rows:
            for cell in row.cells:
                cell.editor.lock(locked=locked or cell.field.name in row.line.locked)

    def store(self, row: "_Row", cell: "_Cell") -> None:
        """Store what stands in a field that was changed."""
        value = cell.read()
        if row.line.key is not None:
            if value != cell.stored:
                self._save(row.line.key, cell.field.name, value)
        elif self._create and cell is row.cells[0]:
            self._create({one.field.name: one.editor.value() for one in row.cells})

    def _place(self) -> tuple[int, int] | None:
        """Return in which line and field the cursor is."""
        focused = QApplication.focusWidget()
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if focused and (cell.editor is focused or cell.editor.isAncestorOf(focused)):
                    return number, column
        return None

    def _show_heads(self) -> None:
        for column in range(len(self.fields)):
            item = self.grid.itemAtPosition(0, column)
            if item and (head := item.widget()):
                head.setVisible(bool(self.rows))


def _narrow(told: Field) -> int:
    """Return the width of a field that needs no more; 0 for one that takes what room there is."""
    few = told.kind == "line" and told.length is not None and told.length <= _FEW
    return 96 if few else _NARROW.get(told.kind, 0)


class _Cell:
    """One field of one line."""

    def __init__(self, told: Field) -> None:
        self.field = told
        self.stored: Any = None
        self.editor: Editor = editor_for(told)
        if isinstance(self.editor, LineEditor) and (width := _narrow(told)):
            self.editor.line.setFixedWidth(theme.px(width))
        elif isinstance(self.editor, ComboEditor):
            self.editor.combo.setMinimumWidth(theme.px(96))

    def show(self, value: Any) -> None:
        self.stored = value
        self.editor.setProperty("changed", False)
        self.editor.show_value(value)
        self.editor.show_problem(wrong=False)

    def read(self) -> Any:
        value = self.editor.value()
        if self.field.required and value in (None, ""):
            raise UserError(_("This is needed."))
        return value


class _Row:
    """One line: its cells, its buttons, and the sentence below."""

    def __init__(self, owner: Lines, line: Line, place: int) -> None:
        self._owner, self.line = owner, line
        self.cells = [_Cell(one) for one in owner.fields]
        self.note: QLabel = words("", "help", wrap=True)
        self.buttons = QWidget()
        bar = QHBoxLayout(self.buttons)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(0)
        grid = owner.grid
        for column, cell in enumerate(self.cells):
            grid.addWidget(cell.editor, place, column)
            cell.editor.changed.connect(partial(cell.editor.setProperty, "changed", True))
            cell.editor.left.connect(partial(self._leave, cell))
            cell.editor.restored.connect(partial(self._restore, cell))
        grid.addWidget(self.buttons, place, len(self.cells))
        grid.addWidget(self.note, place + 1, 0, 1, len(self.cells) + 1)
        self.show(line)

    def show(self, line: Line) -> None:
        same = [a.words for a in line.actions] == [a.words for a in self.line.actions] and self.buttons.children()[1:]
        self.line = line
        for cell in self.cells:
            if not cell.editor.property("changed"):
                cell.show(line.values.get(cell.field.name))
            cell.editor.lock(locked=cell.field.name in line.locked)
        self._say(line.note, line.tone)
        if not same:
            self._show_actions()

    def leave(self, grid: QGridLayout) -> None:
        for widget in (*(cell.editor for cell in self.cells), self.note, self.buttons):
            grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _show_actions(self) -> None:
        bar = self.buttons.layout()
        while bar and (item := bar.takeAt(0)):
            if old := item.widget():
                old.deleteLater()
        for action in self.line.actions:
            if bar:
                bar.addWidget(tool(action.icon, action.words, partial(self._act, action)))

    def _act(self, action: Action) -> None:
        try:
            action.act(self.line.key)
        except UserError as error:
            self._say(str(error), "problem")

    def _leave(self, cell: _Cell) -> None:
        if not cell.editor.property("changed"):
            return
        cell.editor.setProperty("changed", False)  # storing may take this line away, which leaves the field once more
        try:
            self._owner.store(self, cell)
        except UserError as error:
            cell.editor.setProperty("changed", True)
            known = error.problems if isinstance(error, Invalid) else {}
            cell.editor.show_problem(wrong=True)
            self._say(known.get(cell.field.name, str(error)), "problem")
        else:
            cell.stored = cell.editor.value()
            cell.editor.show_problem(wrong=False)
            self._say(self.line.note, self.line.tone)

    def _restore(self, cell: _Cell) -> None:
        cell.show(cell.stored)
        self._say(self.line.note, self.line.tone)

    def _say(self, sentence: str, tone: str) -> None:
        theme.mark(self.note, part=tone)
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
