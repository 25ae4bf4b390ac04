"""The fields of a form: one editor per kind of value. Each reads what was typed and says in words what it is not."""

from collections.abc import Callable
from datetime import date
from typing import Any

from babel.dates import get_day_names
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.views.kit import icons, theme, typed
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.table import written

_SEGMENTS, _SEGMENT_LETTERS = 3, 48
"""At most so many words, with so many letters together, stand side by side."""
_WIDTHS = {"date": 150, "time": 96, "duration": 110, "integer": 110, "number": 110, "phone": 200}


class Editor(QWidget):
    """Shows one value and reads it back. ``left`` is sent when the person is through with it."""

    left = Signal()
    changed = Signal()
    restored = Signal()
    """``Esc`` was pressed in a field that was changed."""

    def __init__(self, field: Field) -> None:
        """Keep what is asked for."""
        super().__init__()
        self.field = field
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def _take(self, widget: QWidget) -> None:
        """Put the widget people type into in place, and notice when they leave it."""
        self._row.addWidget(widget)
        self.setFocusProxy(widget)
        widget.setAccessibleName(self.field.label)
        widget.setAccessibleDescription(self.field.help)
        widget.installEventFilter(self)

    def _chosen(self) -> None:
        """Whoever picks a word is through with the field."""
        self.changed.emit()
        self.left.emit()

    def value(self) -> Any:
        """Return what stands in the field.

        Raises:
            UserError: it cannot be read as what the field asks for.
        """
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def restore(self, value: Any) -> None:
        """Show the stored value again; where one types, Ctrl+Z brings the typing back."""
        self.show_value(value)

    def show_problem(self, *, wrong: bool) -> None:
        """Mark the field whose words below say what is wrong."""
        if proxy := self.focusProxy():
            theme.mark(proxy, problem=wrong)

    def lock(self, *, locked: bool) -> None:
        """Let people read only."""
        self.setEnabled(not locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice leaving the field, and ``Esc``."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._escape(event):
            return True
        return super().eventFilter(watched, event)

    def _escape(self, event: QKeyEvent) -> bool:
        """Restore the field; only an unchanged one lets ``Esc`` go further, to the page."""
        if not self.property("changed"):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self.restored.emit()
        return True


class LineEditor(Editor):
    """One line: text, a date, a time, a duration, a number, a phone."""

    def __init__(self, field: Field) -> None:
        """Build it."""
        super().__init__(field)
        self.line = QLineEdit()
        self._take(self.line)
        self.line.returnPressed.connect(self.left)
        self.line.textEdited.connect(self.changed)
        if width := _WIDTHS.get(field.kind):
            self.line.setFixedWidth(theme.px(width))
            self._row.addStretch(1)
        if field.kind == "date":
            self.line.setPlaceholderText(_("year-month-day"))
            self._row.insertWidget(1, self._calendar_button())
        elif field.kind == "duration":
            self.line.setPlaceholderText(_("hours:minutes"))

    def value(self) -> Any:
        """Return what was typed, read as the field's kind."""
        text = self.line.text()
        if self.field.kind in _READERS:
            return _READERS[self.field.kind](text)
        return _short_enough(" ".join(text.split()), self.field.length)

    def show_value(self, value: Any) -> None:
        """Show a value."""
        text = self._written(value)
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)

    def restore(self, value: Any) -> None:
        """Type the stored value over what stands there."""
        self.line.selectAll()
        self.line.insert(self._written(value))

    def _written(self, value: Any) -> str:
        return typed.write_duration(value) if self.field.kind == "duration" else written(value)

    def lock(self, *, locked: bool) -> None:
        """Let people read and copy only."""
        self.line.setReadOnly(locked)

    def _calendar_button(self) -> QToolButton:
        made = QToolButton()
        made.setAccessibleName(_("Calendar"))
        made.setToolTip(_("Calendar (Alt+Down)"))
        made.setShortcut("Alt+Down")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        icons.put(made, "calendar", "quiet")
        made.clicked.connect(self._choose_day)
        return made

    def _choose_day(self) -> None:
        from ccfs_desktop.views.kit.calendar import CalendarPopup  # noqa: PLC0415 (built when first asked for)

        try:
            shown = self.value()
        except UserError:
            shown = None
        popup = CalendarPopup(self, shown or _today())
        popup.picked.connect(self._picked)
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))
        popup.show()

    def _picked(self, day: date) -> None:
        self.show_value(day)
        self.changed.emit()
        self.line.setFocus()
        self.left.emit()


class TextEditor(Editor):
    """Several lines. ``Tab`` goes on; ``Enter`` begins a new line."""

    def __init__(self, field: Field) -> None:
        """Build it."""
        super().__init__(field)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(72))
        self._take(self.text)
        self.text.textChanged.connect(self.changed)

    def value(self) -> str:
        """Return the text."""
        return _short_enough(self.text.toPlainText().strip(), self.field.length)

    def show_value(self, value: Any) -> None:
        """Show a text."""
        if self.text.toPlainText() != written(value):
            self.text.setPlainText(written(value))

    def restore(self, value: Any) -> None:
        """Type the stored text over what stands there."""
        cursor = self.text.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(written(value))

    def lock(self, *, locked: bool) -> None:
        """Let people read and copy only."""
        self.text.setReadOnly(locked)


class ComboEditor(Editor):
    """One of more than three words."""

    def __init__(self, field: Field) -> None:
        """Build it."""
        super().__init__(field)
        self.combo = QComboBox()
        self.combo.addItems([word for _value, word in field.choices])
        self._take(self.combo)
        self.combo.setMinimumWidth(theme.px(200))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(min(44, max((len(word) for _value, word in field.choices), default=0)))
        self._row.addStretch(1)
        self.combo.activated.connect(self._chosen)

    def value(self) -> Any:
        """Return the chosen value, or None."""
        number = self.combo.currentIndex()
        return self.field.choices[number][0] if number >= 0 else None

    def show_value(self, value: Any) -> None:
        """Show the word of a value."""
        values = [choice for choice, _word in self.field.choices]
        self.combo.setCurrentIndex(values.index(value) if value in values else -1)


class SegmentEditor(Editor):
    """Up to three words side by side; the arrows move between them, the space bar presses."""

    def __init__(self, field: Field) -> None:
        """Build it."""
        super().__init__(field)
        holder = QWidget()
        holder.setObjectName("segments")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._holder = holder
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: list[QPushButton] = []
        for number, (_value, word) in enumerate(field.choices):
            made = QPushButton(word)
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("place", "first" if number == 0 else "last" if number == len(field.choices) - 1 else "")
            made.setAccessibleName(f"{field.label}: {word}")
            made.clicked.connect(self._chosen)
            made.installEventFilter(self)
            self._group.addButton(made)
            row.addWidget(made)
            self._buttons.append(made)
        self._row.addWidget(holder)
        self._row.addStretch(1)
        self.setFocusProxy(self._buttons[0])

    def value(self) -> Any:
        """Return the value that is down, or None."""
        return next((self.field.choices[n][0] for n, made in enumerate(self._buttons) if made.isChecked()), None)

    def show_value(self, value: Any) -> None:
        """Press the button of a value."""
        self._group.setExclusive(False)
        for made, (choice, _word) in zip(self._buttons, self.field.choices, strict=True):
            made.setChecked(choice == value)
        self._group.setExclusive(True)

    def show_problem(self, *, wrong: bool) -> None:
        """Mark all of them."""
        theme.mark(self._holder, problem=wrong)


class DaysEditor(Editor):
    """The seven weekdays as small buttons, Monday first; the value is ISO digits, such as ``135``."""

    def __init__(self, field: Field) -> None:
        """Build it, nothing pressed."""
        super().__init__(field)
        holder = QWidget()
        holder.setObjectName("segments")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._holder = holder
        narrow = get_day_names("narrow", context="stand-alone", locale=i18n.language())
        wide = get_day_names("wide", locale=i18n.language())
        self.buttons: list[QPushButton] = []
        for number in range(7):
            made = QPushButton(narrow[number])
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("place", "first" if number == 0 else "last" if number == 6 else "")
            made.setProperty("narrow", True)
            made.setAccessibleName(f"{field.label}: {wide[number]}")
            made.setToolTip(wide[number])
            made.clicked.connect(self._chosen)
            made.installEventFilter(self)
            row.addWidget(made)
            self.buttons.append(made)
        self._row.addWidget(holder)
        self._row.addStretch(1)
        self.setFocusProxy(self.buttons[0])

    def value(self) -> str:
        """Return the days that are down."""
        return "".join(str(number) for number, made in enumerate(self.buttons, 1) if made.isChecked())

    def show_value(self, value: Any) -> None:
        """Press the buttons of some days."""
        for number, made in enumerate(self.buttons, 1):
            made.setChecked(str(number) in (value or ""))

    def show_problem(self, *, wrong: bool) -> None:
        """Mark all of them."""
        theme.mark(self._holder, problem=wrong)


class TicksEditor(Editor):
    """Some of several things, each with a box; the value is their codes with commas between them."""

    def __init__(self, field: Field) -> None:
        """Build it, nothing ticked."""
        super().__init__(field)
        column = QVBoxLayout()
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        self.boxes: dict[str, QCheckBox] = {}
        for code, word in field.choices:
            box = QCheckBox(word)
            box.setAccessibleName(f"{field.label}: {word}")
            box.clicked.connect(self._chosen)
            box.installEventFilter(self)
            column.addWidget(box)
            self.boxes[code] = box
        self._row.addLayout(column)
        self._row.addStretch(1)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> str:
        """Return the codes of what is ticked, in the order shown."""
        return ",".join(code for code, box in self.boxes.items() if box.isChecked())

    def show_value(self, value: Any) -> None:
        """Tick some of them."""
        ticked = (value or "").split(",")
        for code, box in self.boxes.items():
            box.setChecked(code in ticked)

    def show_problem(self, *, wrong: bool) -> None:
        """Mark all of them."""
        for box in self.boxes.values():
            theme.mark(box, problem=wrong)


_EDITORS: dict[str, type[Editor]] = {"text": TextEditor, "days": DaysEditor, "ticks": TicksEditor}


def editor_for(field: Field) -> Editor:
    """Return the editor of a field."""
    if field.kind == "find":
        from ccfs_desktop.views.kit.find import FindEditor  # noqa: PLC0415 (it is one of these editors)

        return FindEditor(field)
    if field.kind in _EDITORS:
        return _EDITORS[field.kind](field)
    if field.choices:
        short = sum(len(word) for _value, word in field.choices) <= _SEGMENT_LETTERS
        few = short and len(field.choices) <= _SEGMENTS and not field.folded
        return SegmentEditor(field) if few else ComboEditor(field)
    return LineEditor(field)


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the day on the wall)


def _short_enough(text: str, length: int | None) -> str:
    """Return the text if the column holds it; nothing is ever cut off silently."""
    if length and len(text) > length:
        over = len(text) - length
        sentence = ngettext(
            "At most {length} characters fit here: shorten it by {over} character.",
            "At most {length} characters fit here: shorten it by {over} characters.",
            over,
        )
        raise UserError(sentence.format(length=length, over=over))
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    "date": lambda text: typed.read_date(text, _today()),
    "time": typed.read_time,
    "duration": typed.read_duration,
    "integer": typed.read_integer,
    "number": typed.read_number,
    "phone": typed.read_phone,
}
