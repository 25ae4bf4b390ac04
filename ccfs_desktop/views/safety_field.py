"""The fields of one item of a check: a line to type in, with its unit, its limits, and what the number means."""

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services import check_rules
from ccfs_desktop.services.check_rules import Others
from ccfs_desktop.services.checklists import Kind, Part
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import words

PAUSE = 700
"""Milliseconds without a key after which what stands in a field is stored."""
_HINTS = Qt.InputMethodHint
_OVERRIDE = QEvent.Type.ShortcutOverride


class Typing(QLineEdit):
    """A line whose Esc goes back to the list, and which tells when the fingers rest."""

    escaped = Signal()
    rested = Signal()
    stepped = Signal(int)
    """An arrow: to the item before (-1) or after (1)."""
    lettered = Signal(str)
    """In a number: Y, N or A, which no number has."""

    def __init__(self, *, number: bool = False, length: int = 500) -> None:
        """Build it."""
        super().__init__()
        self._number = number
        self.setMaxLength(length)
        if number:
            self.setInputMethodHints(_HINTS.ImhFormattedNumbersOnly | _HINTS.ImhPreferLatin)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.rested)
        self.textEdited.connect(lambda _text: self._timer.start())  # pyright: ignore

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and event.type() == _OVERRIDE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; a letter in a number answers the item."""
        letter = event.text().lower()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif self._number and letter in ("y", "n", "a") and not event.modifiers():
            self.lettered.emit(letter)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What stands here is stored when it is left."""
        super().focusOutEvent(event)
        self._timer.stop()
        self.rested.emit()


class Labelled(QWidget):
    """A line under its name, with a sentence below."""

    def __init__(self, name: str, line: Typing, *, help_text: str = "") -> None:
        """Put name, line and help below each other."""
        super().__init__()
        self.line = line
        line.setAccessibleName(name)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(line)
        self.sign = QLabel()
        self.sign.hide()
        self.told = words("", "help", wrap=True)
        self._help = help_text
        under = QHBoxLayout()
        under.setSpacing(6)
        under.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        under.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if name:
            label = words(name, "label", wrap=True)
            label.setBuddy(line)
            column.addWidget(label)
        column.addLayout(self.row)
        column.addLayout(under)
        self.say("")

    def lock(self) -> None:
        """Show what stands here as plain text: a signed answer is read, all of it."""
        text = words(self.line.text(), wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.row.insertWidget(0, text)
        self.line.hide()

    def say(self, sentence: str, tone: str = "danger", icon: str = "circle-alert") -> None:
        """Say below what is wrong; without a sentence the help comes back."""
        self.told.setText(sentence or self._help)
        self.told.setVisible(bool(sentence or self._help))
        theme.mark(self.told, part="problem" if sentence and tone == "danger" else "help")
        if sentence:
            icons.put(self.sign, icon, tone, size=14)
        self.sign.setVisible(bool(sentence))
        theme.mark(self.line, problem=bool(sentence) and tone == "danger")


class NumberField(Labelled):
    """A number with its unit, judged while it is typed."""

    def __init__(self, part: Part, others: Others) -> None:
        """Build it.

        Args:
            part: whose limits count.
            others: finds the number another item must agree with.
        """
        super().__init__(_(part.name), Typing(number=True, length=12), help_text=check_rules.limits(part))
        self.part, self._others = part, others
        self.line.setFixedWidth(theme.px(110))
        if part.unit:
            self.row.addWidget(words(part.unit, "quiet"))
        self.row.addStretch(1)
        self.line.textChanged.connect(self.judge)

    def read(self) -> str:
        """Return the number as it will be kept.

        Raises:
            UserError: it is none; also said below.
        """
        try:
            return check_rules.read_number(self.line.text(), self.part)
        except UserError as error:
            self.say(str(error))
            raise

    def judge(self) -> None:
        """Say what the number means as it stands."""
        try:
            number = check_rules.value(check_rules.read_number(self.line.text(), self.part))
        except UserError as error:
            self.say(str(error))
            return
        self._say_of(number)

    def _say_of(self, number: Decimal | None) -> None:
        if number is None:
            self.say("")
            return
        judged = check_rules.judge(self.part, number, self._others)
        if judged.fails:
            self.say(judged.sentence, "danger", "x")
        elif judged.advised:
            self.say(judged.sentence, "warning", "triangle-alert")
        elif check_rules.limits(self.part):
            self.say(_("Within the limits: {limits}.").format(limits=check_rules.limits(self.part)), "accent", "check")
        else:
            self.say("")


def text_field(part: Part) -> Labelled:
    """Return a line for a text or a date."""
    dated = part.kind is Kind.DATE
    line = Typing(length=20 if dated else 500)
    if dated:
        line.setPlaceholderText(_("year-month-day"))
        line.setFixedWidth(theme.px(150))
    made = Labelled(_(part.name) or (_("Date") if dated else _("Text")), line)
    if dated:
        made.row.addStretch(1)
    return made
