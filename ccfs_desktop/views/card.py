"""What stands before the office: one quiet card in the middle of the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import button, words


class Card(QScrollArea):
    """A card that stays in the middle, and scrolls where the screen is small."""

    def __init__(self, width: int) -> None:
        """Build it, empty.

        Args:
            width: in pixels at 100 %.
        """
        super().__init__()
        self.setWidgetResizable(True)
        self.card = QFrame()
        self.card.setObjectName("card")
        self.card.setFixedWidth(theme.px(width))
        self.body = QVBoxLayout(self.card)
        """Where the card's content goes."""
        self.body.setContentsMargins(32, 28, 32, 28)
        self.body.setSpacing(8)
        around = QWidget()
        around.setObjectName("window")
        around.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(around)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(2)
        # Not by an alignment: that would take the height of texts before they wrap.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        self.setWidget(around)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button with the focus, as people expect outside dialogs too."""
        focused = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def head(self, title: str, sentence: str = "") -> None:
        """Begin with the program's name, a title and a sentence."""
        self.body.addWidget(words("CCFS Desktop", "brand"))
        self.body.addWidget(words(title, "title", wrap=True))
        if sentence:
            self.body.addWidget(words(sentence, "quiet", wrap=True))
        self.body.addSpacing(8)

    def field(self, label: str, widget: QWidget, help: str = "") -> None:  # noqa: A002 (the form's own word)
        """Put a label above a field, and a sentence of help below it."""
        word = words(label, "label")
        word.setBuddy(widget)
        widget.setAccessibleName(label)
        self.body.addWidget(word)
        self.body.addWidget(widget)
        if help:
            widget.setAccessibleDescription(help)
            self.body.addWidget(words(help, "help", wrap=True))

    def problem(self) -> QLabel:
        """Add the place where a sentence says what is wrong."""
        label = words("", "problem", wrap=True)
        label.hide()
        self.body.addWidget(label)
        return label

    def links(self, *links: tuple[str, Callable[[], object]]) -> None:
        """Add quiet ways to somewhere else."""
        row = QHBoxLayout()
        row.setSpacing(16)
        for text, slot in links:
            row.addWidget(button(text, slot, kind="link"))
        row.addStretch(1)
        self.body.addLayout(row)


def say(label: QLabel, sentence: str, tone: str = "problem") -> None:
    """Show a sentence under a field, or take it away.

    Args:
        label: from :meth:`Card.problem`.
        sentence: finished and translated; empty for none.
        tone: ``problem``, or ``help`` for good news.
    """
    theme.mark(label, part=tone)
    label.setText(sentence)
    label.setVisible(bool(sentence))
