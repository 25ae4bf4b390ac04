"""The stretches with too few adults: what is said about each, and who signed that it is true."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import RatioNote
from ccfs_desktop.services.ratio_proof import Breach
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, mark, words


class BreachList(QWidget):
    """One card for each breach of a day."""

    explained = Signal(object, str)
    """A breach, and what is said about it."""
    signed = Signal(object, str, str)
    """An explanation, the name and the password of who counter-signs."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.fields: list[QLineEdit] = []
        """What is still to be said, in order."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_breaches(self, breaches: tuple[Breach, ...], *, passwords: bool) -> None:
        """Show a day's breaches.

        Args:
            breaches: in the order of time.
            passwords: whether this office has passwords; a demonstration has none.
        """
        self.fields = []
        while (item := self._column.takeAt(0)) is not None:
            old: QWidget | None = item.widget()
            if old:
                old.hide()
                old.deleteLater()
        for breach in breaches:
            self._column.addWidget(self._card(breach, passwords=passwords))

    def _card(self, breach: Breach, *, passwords: bool) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        picture = QLabel()
        icons.put(picture, "circle-alert", "danger", size=16)
        head.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(words(breach.sentence, wrap=True), 1)
        head.addWidget(_standing(breach.note), alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        note = breach.note
        if note:
            column.addLayout(_said(note))
        if note is None or not note.countersigned_by:
            column.addLayout(self._explain(breach, note.explanation if note else ""))
        if note and not note.countersigned_by:
            column.addLayout(self._sign(note, passwords=passwords))
        return card

    def _explain(self, breach: Breach, said: str) -> QHBoxLayout:
        field = self._field(_("Why were there too few adults?"), said, 300)
        field.setObjectName(f"explain-{breach.group_id}-{breach.span.start}")
        row = QHBoxLayout()
        row.setSpacing(8)

        def send() -> None:
            self.explained.emit(breach, field.text())

        field.returnPressed.connect(send)
        row.addWidget(field, 1)
        row.addWidget(button(_("Explain") if not said else _("Change"), send))
        return row

    def _sign(self, note: RatioNote, *, passwords: bool) -> QHBoxLayout:
        name = self._field(_("Name of another user"), "", 60)
        name.setObjectName(f"sign-{note.id}")
        secret = self._field(_("That user's password"), "", 200)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        if not passwords:
            secret.hide()
        row = QHBoxLayout()
        row.setSpacing(8)

        def send() -> None:
            self.signed.emit(note, name.text(), secret.text())

        _chain([name, *([secret] if passwords else [])], send)
        for field in (name, secret):
            field.setFixedWidth(theme.px(200))
            row.addWidget(field)
        row.addWidget(button(_("Counter-sign"), send, "shield-check"))
        row.addStretch(1)
        return row

    def _field(self, hint: str, text: str, most: int) -> QLineEdit:
        field = QLineEdit(text)
        field.setPlaceholderText(hint)
        field.setAccessibleName(hint)
        field.setMaxLength(most)
        self.fields.append(field)
        return field


def _chain(fields: list[QLineEdit], send: Callable[[], object]) -> None:
    """Let Enter go on to the next field, and in the last one send."""
    for field, following in pairwise(fields):
        field.returnPressed.connect(partial(following.setFocus))
    fields[-1].returnPressed.connect(send)


def _standing(note: RatioNote | None) -> QLabel:
    if note is None:
        return mark(_("not explained"), "danger")
    return mark(_("counter-signed"), "accent") if note.countersigned_by else mark(_("not counter-signed"), "warning")


def _said(note: RatioNote) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(words(note.explanation, wrap=True))
    told = _("Explained by {name}, {at:%Y-%m-%d %H:%M}.").format(name=note.explained_by, at=note.explained_at)
    if note.countersigned_by and note.countersigned_at:
        told += " " + _("Counter-signed by {name}, {at:%Y-%m-%d %H:%M}.").format(
            name=note.countersigned_by, at=note.countersigned_at
        )
    column.addWidget(words(told, "quiet", wrap=True))
    return column
