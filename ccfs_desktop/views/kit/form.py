"""A form built from a record's own columns. What stands in a field is on disk when the field is left."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field, describe
from ccfs_desktop.views.kit.editors import Editor, editor_for
from ccfs_desktop.views.kit.states import words

_LABEL = 152
_BESIDE = 440
"""From this width on a label stands at the left of its field, if the widest field then fits."""
_TWO = 940
"""From this width on sections stand in two columns."""

Save = Callable[[str, Any], None]


class Section:
    """A few fields under one heading, in the order they are read and typed."""

    def __init__(self, title: str, *names: str, note: str = "") -> None:
        """Name the fields.

        Args:
            title: heading, marked with ``N_``; empty for none.
            names: columns of the record.
            note: a sentence under the heading, marked with ``N_``.
        """
        self.title, self.names, self.note = title, names, note


class Row(QWidget):
    """A label, its field, and under it the help or what is wrong."""

    def __init__(self, field: Field) -> None:
        """Build it."""
        super().__init__()
        self.field = field
        self.editor: Editor = editor_for(field)
        self.stored: Any = None
        label = words(field.label + (" *" if field.required else ""), "label", wrap=True)
        label.setBuddy(self.editor)
        label.setFixedWidth(theme.px(_LABEL))
        label.setContentsMargins(0, 7, 0, 0)
        if field.required:
            label.setAccessibleDescription(_("Required"))
        self.label = label
        self.problem = words("", "problem", wrap=True)
        self.help = words(field.help, "help", wrap=True)
        self.advice = words("", "help", wrap=True)
        self.problem.hide()
        self.advice.hide()
        if not field.help:  # to show it here, before it has a parent, would open a window of its own
            self.help.hide()
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.editor)
        right.addWidget(self.problem)
        right.addWidget(self.help)
        right.addWidget(self.advice)
        self._direction = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._direction.setContentsMargins(0, 0, 0, 0)
        self._direction.setSpacing(8)
        self._direction.addWidget(label, alignment=Qt.AlignmentFlag.AlignTop)
        self._direction.addLayout(right, 1)

    def say(self, sentence: str) -> None:
        """Say under the field what is wrong, or nothing."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.help.setVisible(bool(self.field.help and not sentence))
        self.editor.show_problem(wrong=bool(sentence))

    def advise(self, text: str, *, warning: bool = False) -> None:
        """Say under the field what follows from what stands in it, or nothing."""
        self.advice.setText(text)
        self.advice.setVisible(bool(text))
        theme.mark(self.advice, part="warning" if warning else "help")

    def lay(self, *, beside: bool) -> None:
        """Put the label beside or above the field."""
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._direction.direction() != way:
            self._direction.setDirection(way)
            self._direction.setSpacing(8 if beside else 2)
            self.label.setFixedWidth(theme.px(_LABEL if beside else 2 * _LABEL))


class Form(QWidget):
    """The fields of one record.

    With ``save`` each field is stored when it is left; without it the form only collects (:meth:`values`).
    """

    changed = Signal(str)
    """The name of a field that was stored, or typed into where nothing is stored yet."""

    def __init__(
        self, record: type, *sections: Section, save: Save | None = None, fields: Iterable[Field] = ()
    ) -> None:
        """Build the fields.

        Args:
            record: the record's class; its columns say label, help, length, choices, whether required.
            sections: what to show, in reading order.
            save: stores one field; may raise ``Invalid`` or ``UserError``, shown under the field.
            fields: those that are filled in otherwise than their column alone says, such as a choice from data.
        """
        super().__init__()
        self._told = {field.name: field for field in fields}
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._save = save
        self._shown: Any = None
        self.rows: dict[str, Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 16, 16, 16)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._grid.setHorizontalSpacing(40)
        self._grid.setVerticalSpacing(24)
        self._sections = [self._section(record, section) for section in sections]
        self._columns = 0
        self._flow(1)

    def show_record(self, record: object) -> None:
        """Show a record's values. Of the record already shown, a field somebody is typing into is left alone."""
        shown = getattr(record, "id", None)
        same, self._shown = shown is not None and shown == self._shown, shown
        self.show_values(
            {
                name: getattr(record, name)
                for name, row in self.rows.items()
                if not (same and row.editor.property("changed"))
            }
        )

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show some values as stored; problems are forgotten."""
        for name, value in values.items():
            row = self.rows[name]
            row.stored = value
            row.editor.show_value(value)
            row.editor.setProperty("changed", False)
            row.say("")

    def values(self) -> dict[str, Any]:
        """Return what stands in all fields.

        Raises:
            Invalid: some cannot be read, or are required and empty; also shown under the fields.
        """
        read, problems = {}, {}
        for name, row in self.rows.items():
            try:
                read[name] = self._read(row)
            except UserError as error:
                problems[name] = str(error)
        if problems:
            self.show_problems(problems)
            raise Invalid(problems)
        return read

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it, and go to the first one."""
        for name, row in self.rows.items():
            row.say(problems.get(name, ""))
        if first := next((row for name, row in self.rows.items() if name in problems), None):
            first.editor.setFocus()
            into_view(first)

    def lock(self, *, locked: bool = True) -> None:
        """Let people read only."""
        for row in self.rows.values():
            row.editor.lock(locked=locked)

    def commit(self) -> bool:
        """Store the field with the focus now; return whether every field is stored."""
        for name, row in self.rows.items():
            if row.editor.property("changed"):
                self._leave(name)
        return not any(row.editor.property("changed") for row in self.rows.values())

    # ------------------------------------------------------------------------------------------- one field

    def _read(self, row: Row) -> Any:
        value = row.editor.value()
        if row.field.required and value in (None, ""):
            raise UserError(_("This is needed."))
        return value

    def _touch(self, name: str) -> None:
        """Note that a field was typed into; a complaint that no longer holds goes away at once."""
        row = self.rows[name]
        row.editor.setProperty("changed", True)
        if row.problem.isVisibleTo(row):
            try:
                self._read(row)
            except UserError as error:
                row.say(str(error))
            else:
                row.say("")
        if not self._save:
            self.changed.emit(name)

    def _leave(self, name: str) -> None:
        """Store a field that was changed."""
        row = self.rows[name]
        if not row.editor.property("changed"):
            return
        try:
            value = self._read(row)
            if self._save and value != row.stored:
                self._save(name, value)
        except Invalid as error:
            row.say(error.problems.get(name, str(error)))
        except UserError as error:
            row.say(str(error))
        else:
            self._stored(name, value)

    def _stored(self, name: str, value: Any) -> None:
        row = self.rows[name]
        row.say("")
        if not self._save:
            return
        row.editor.show_value(value)
        row.editor.setProperty("changed", False)
        if value != row.stored:
            row.stored = value
            self.changed.emit(name)

    def _restore(self, name: str) -> None:
        row = self.rows[name]
        row.editor.restore(row.stored)
        row.editor.setProperty("changed", False)
        row.say("")

    # ----------------------------------------------------------------------------------------------- shape

    def _section(self, record: type, section: Section) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for text, part in ((section.title, "section"), (section.note, "help")):
            if text:
                column.addWidget(words(_(text), part, wrap=True))
        for name in section.names:
            column.addWidget(self._row(self._told.get(name) or describe(record, name)))
        column.addStretch(1)
        return holder

    def _row(self, field: Field) -> Row:
        row = Row(field)
        name = field.name
        row.editor.changed.connect(lambda: self._touch(name))
        row.editor.left.connect(lambda: self._leave(name))
        row.editor.restored.connect(lambda: self._restore(name))
        self.rows[name] = row
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make use of the width there is."""
        super().resizeEvent(event)
        columns = 2 if self.width() >= theme.px(_TWO) and len(self._sections) > 1 else 1
        self._flow(columns)
        widest = max((row.editor.minimumSizeHint().width() for row in self.rows.values()), default=0)
        beside = self.width() / columns >= max(theme.px(_BESIDE), theme.px(_LABEL) + widest + 48)
        for row in self.rows.values():
            row.lay(beside=beside)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the narrow form needs."""
        widest = max((row.editor.minimumSizeHint().width() for row in self.rows.values()), default=0)
        return QSize(widest + 32, super().minimumSizeHint().height())

    def _flow(self, columns: int) -> None:
        """Lay the sections out; in two columns the first ones stand left, as many as make both equally long."""
        if columns == self._columns:
            return
        self._columns = columns
        for holder in self._sections:
            self._grid.removeWidget(holder)
        heights = [holder.sizeHint().height() for holder in self._sections]
        left = _half(heights) if columns == 2 else len(heights)
        for number, holder in enumerate(self._sections):
            right = number >= left
            self._grid.addWidget(holder, number - left if right else number, int(right))
        for number in range(len(heights) + 1):
            self._grid.setRowStretch(number, int(number == len(heights)))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(columns == 2))


def _half(heights: list[int]) -> int:
    """Return how many sections go left so that both columns come out as equal as may be, never none."""
    total = sum(heights)
    return min(range(1, len(heights) + 1), key=lambda n: abs(2 * sum(heights[:n]) - total))


def into_view(widget: QWidget) -> None:
    """Scroll whatever a widget lies in so far that it can be read, once what is said has taken its room."""
    QTimer.singleShot(0, widget, partial(_scroll_to, widget))


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
