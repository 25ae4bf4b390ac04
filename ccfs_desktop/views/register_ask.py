"""The line under the register that asks for what is still missing, without a window of its own."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, words


class Ask(QFrame):
    """A question beside the work. ``Enter`` answers, ``Esc`` leaves everything as it was."""

    answered = Signal()
    """The question is over, one way or the other."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("banner")
        self.picture = words("")
        self.sentence = words("", wrap=True)
        self.sentence.setAccessibleName(_("Question"))
        self.fields: list[QLineEdit] = []
        self._keys: Mapping[str, object] = {}
        self._then: Callable[..., object] | None = None
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        row.addWidget(self.picture)
        row.addWidget(self.sentence, 1)
        row.addLayout(self._row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def choose(
        self, sentence: str, options: Sequence[tuple[str, str, object]], then: Callable[[object], object]
    ) -> None:
        """Ask for one of a few things, each picked by one key.

        Args:
            sentence: the question, translated.
            options: key, word and value of each.
            then: gets the value.
        """
        self._begin(sentence, "info", "accent")
        self._keys, self._then = {key: value for key, _word, value in options}, then
        for key, word, value in options:
            made = button(f"{key}  {word}", lambda value=value: self._answer(value), kind="chip")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.addWidget(made)
        self.show()
        self.setFocus()

    def write(
        self, sentence: str, fields: Sequence[tuple[str, str, int]], then: Callable[..., object], action: str,
        *, grave: bool = True,
    ) -> None:  # fmt: skip
        """Ask for a few words.

        Args:
            sentence: the question, translated.
            fields: name, what stands in it already, and width in pixels of each; the first empty one has the cursor.
            then: gets what was written, one text per field.
            action: words on the button.
            grave: whether a rule is being overridden.
        """
        self._begin(sentence, "triangle-alert" if grave else "info", "warning" if grave else "accent")
        self._then = then
        for name, text, width in fields:
            field = QLineEdit(text)
            field.setPlaceholderText(name)
            field.setAccessibleName(name)
            field.setFixedWidth(theme.px(width))
            field.installEventFilter(self)
            field.returnPressed.connect(self._written)
            self.fields.append(field)
            self._row.addWidget(field)
        self._row.addWidget(button(action, self._written))
        self.show()
        next((f for f in self.fields if not f.text()), self.fields[-1]).setFocus()

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._then = None
        self.hide()
        self.answered.emit()

    # ----------------------------------------------------------------------------------------------- keys

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick with one key."""
        key = event.text().upper()
        if _is_escape(event):
            self.cancel()
        elif key in self._keys:
            self._answer(self._keys[key])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave with ``Esc`` from a field."""
        if isinstance(event, QKeyEvent) and _is_escape(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                self.cancel()
            return True
        return super().eventFilter(watched, event)

    def _written(self) -> None:
        texts = [field.text().strip() for field in self.fields]
        self._answer(*texts)

    def _answer(self, *values: object) -> None:
        then, self._then = self._then, None
        self.hide()
        self.answered.emit()
        if then:
            then(*values)

    def _begin(self, sentence: str, icon: str, tone: str) -> None:
        theme.mark(self, tone="warning" if tone == "warning" else "")
        icons.put(self.picture, icon, tone)
        self.sentence.setText(sentence)
        self._keys, self.fields = {}, []
        while (item := self._row.takeAt(0)) is not None:
            old: QWidget | None = item.widget()
            if old:
                old.hide()
                old.deleteLater()


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape
