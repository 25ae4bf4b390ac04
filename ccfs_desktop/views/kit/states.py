"""What a page shows instead of, or above, its content: empty, loading, refused, a sentence, progress."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme

_ICONS = {"danger": "circle-alert", "warning": "triangle-alert", "accent": "info"}


def words(text: str, part: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label in one of the style sheet's parts (``title``, ``quiet``, ``help``, ``number`` …)."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if part:
        label.setProperty("part", part)
    return label


def hairline() -> QFrame:
    """Return a line between two parts of a page."""
    line = QFrame()
    line.setObjectName("hairline")
    return line


class Fitting(QLabel):
    """A line of text that ends in … where it does not fit; the whole of it is in the tooltip."""

    def __init__(self, part: str = "") -> None:
        """Build it, empty."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("part", part)
        self.whole = ""

    def say(self, text: str) -> None:
        """Show another text."""
        self.whole = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fitting = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(fitting)
        self.setToolTip(self.whole if fitting != self.whole else "")


class Asking(QFrame):
    """What lies in the page until it is answered: ``Esc`` takes it away, and nothing around it."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("strip")
        self.hide()

    def leave(self) -> None:
        """Go away; nothing was done."""
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page; a second shortcut for the same key would do nothing at all."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
                return True
        return super().event(event)


def tool(icon: str, text: str, slot: Callable[[], object]) -> QToolButton:
    """Return a button that is only an icon; its words are its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setToolTip(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    icons.put(made, icon)

    def pressed() -> None:
        slot()

    made.clicked.connect(pressed)
    return made


class Button(QPushButton):
    """A button that Enter presses as well as the space bar, outside dialogs too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, slot: Callable[[], object], icon: str = "", kind: str = "") -> QPushButton:
    """Return a button.

    Args:
        text: its words, translated.
        slot: what it does.
        icon: Lucide's name.
        kind: ``primary``, ``quiet``, ``link``, ``danger``, ``chip`` or none.
    """
    made = Button(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    if icon:
        icons.put(made, icon, {"primary": "on_accent", "link": "accent", "danger": "danger"}.get(kind, "text"))

    def pressed() -> None:
        slot()

    made.clicked.connect(pressed)
    return made


class Mark(QLabel):
    """A small rounded word; nothing at all while there is no word."""

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's own name)
        """Show another word."""
        super().setText(text)
        theme.mark(self, part="mark" if text else "")


def mark(text: str, tone: str = "") -> Mark:
    """Return a small rounded word: a status, a count. Tones: ``accent``, ``warning``, ``danger``."""
    label = Mark()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setFixedHeight(theme.px(20))
    label.setText(text)
    return label


class EmptyState(QWidget):
    """Says why there is nothing here and what to do next."""

    def __init__(
        self, icon: str, sentence: str, action: str = "", slot: Callable[[], object] | None = None, detail: str = ""
    ) -> None:
        """Build it.

        Args:
            icon: Lucide's name.
            sentence: why there is nothing, translated.
            action: words on the button that leads on.
            slot: what the button does.
            detail: a second, quieter sentence.
        """
        super().__init__()
        self.setObjectName("states")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 48)
        column.setSpacing(12)
        column.addStretch(2)
        picture = QLabel()
        icons.put(picture, icon, "faint", size=40)
        column.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        for text, part in ((sentence, "empty"), (detail, "quiet")):
            if text:
                label = words(text, part, wrap=True)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
                label.setFixedWidth(420)
                label.setMinimumHeight(label.heightForWidth(420))  # centred, a layout would give it too little
                column.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
        if action and slot:
            column.addSpacing(4)
            column.addWidget(button(action, slot), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class Banner(QFrame):
    """A sentence above the content. It stays until it is answered, closed or out of date; it never blocks."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("banner")
        self.picture = QLabel()
        self.text = words("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName(_("Message"))
        self._action = button("", self._act, kind="link")
        self._slot: Callable[[], object] | None = None
        close = tool("x", _("Close the message"), self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(10)
        row.addWidget(self.picture, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)
        row.addWidget(self._action)
        row.addWidget(close, alignment=Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self.picture, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def tell(
        self, sentence: str, tone: str = "danger", action: str = "", slot: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence: ``danger`` for what went wrong, ``warning``, or ``accent`` for good news."""
        theme.mark(self, tone=tone)
        icons.put(self.picture, _ICONS[tone], tone)
        self.text.setText(sentence)
        self._slot = slot
        self._action.setText(action)
        self._action.setVisible(bool(action and slot))
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._slot:
            self._slot()


class Strip(QFrame):
    """Progress of long work, inside the page, with the one button that stops it."""

    stopped = Signal()

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("strip")
        self._text = words("")
        self._count = words("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._stop = button(_("Stop"), self._ask, kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self._text)
        row.addWidget(self.bar, 1)
        row.addWidget(self._count)
        row.addWidget(self._stop)
        self.hide()

    def begin(self, sentence: str) -> None:
        """Show that something is under way."""
        self._text.setText(sentence)
        self._count.clear()
        self.bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()

    def step(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._count.setText(_("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}"))

    def _ask(self) -> None:
        self._stop.setEnabled(False)
        self.stopped.emit()
