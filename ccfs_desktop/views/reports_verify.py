"""Is this file what was issued? Drop it here; the answer is a sentence."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import verifying
from ccfs_desktop.services.verifying import Answer, State
from ccfs_desktop.views.kit import icons, memory, theme
from ccfs_desktop.views.kit.dropping import FileDrop
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.reports_register import period

_LOOKS = {
    State.UNALTERED: ("circle-check", "accent"),
    State.ALTERED: ("ban", "danger"),
    State.FOREIGN: ("circle-help", "warning"),
    State.UNREADABLE: ("triangle-alert", "warning"),
}
_WIDTH = 640


class VerifyPlace(Place):
    """A place to drop a file on, and the answer."""

    name = "verify"
    title = N_("Verify")
    primary = N_("Choose the file …")
    primary_icon = "folder-open"

    def __init__(self, page: Page) -> None:
        """Build it, without an answer."""
        super().__init__(page)
        self.path: Path | None = None
        self.answer: Answer | None = None
        self.drop = FileDrop()
        self.drop.dropped.connect(self.verify)
        self.head = QLineEdit()
        self.head.setPlaceholderText("#123 ABCD-EFGH-JKMN")
        self.head.setAccessibleName(_("Seal on the paper copy"))
        self.head.returnPressed.connect(self._again)
        self.card = QFrame()
        self.card.setObjectName("card")
        self.sign = QLabel()
        self.file = words("", "quiet")
        self.word = words("", "title")
        self.sentence = words("", wrap=True)
        self.notes = words("", wrap=True)
        self.facts = QFormLayout()
        self.show_button = button(_("Show the document as it was issued"), self._show, "eye")
        self._build()

    def refresh(self) -> None:
        """Nothing is read until a file is chosen."""
        self.page.show_content()

    def open(self, **target: Any) -> None:
        """Verify a file: ``open(file=Path(…))``."""
        if target.get("file"):
            self.verify(target["file"])

    def act(self) -> None:
        """Ask for the file."""
        folder = memory.recall("verify/folder", str(Path.home()))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the document"), folder, "PDF (*.pdf);;* (*)")
        if chosen:
            self.verify(Path(chosen))

    def verify(self, path: Path) -> None:
        """Read a file beside the window and say what it is."""
        memory.keep("verify/folder", str(path.parent))
        self.path = path
        heads = [self.head.text()] if self.head.text().strip() else []

        def task(_job: object) -> Answer:
            return verifying.by_office(self.db, verifying.read(path), heads)

        self.card.hide()
        self.page.banner.hide()
        self.page.work(_("Verifying …"), task, self.show_answer)

    def show_answer(self, answer: Answer) -> None:
        """Show what is known of the file."""
        self.answer = answer
        icon, tone = _LOOKS[answer.state]
        icons.put(self.sign, icon, tone, size=32)
        theme.mark(self.word, tone=tone)
        self.file.setText(self.path.name if self.path else "")
        self.word.setText(_(answer.state.word))
        self.sentence.setText(answer.sentence)
        self.notes.setText("\n".join(answer.notes))
        self.notes.setVisible(bool(answer.notes))
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for title, text in self._facts(answer):
            self.facts.addRow(words(title, "label"), _selectable(text))
        self.show_button.setVisible(answer.document is not None)
        self.card.show()

    # ---------------------------------------------------------------------------------------------------- inside

    def _facts(self, answer: Answer) -> list[tuple[str, str]]:
        """What the register says of a document; of one it does not know, what the file says of itself."""
        document, mark = answer.document, answer.mark
        facts: list[tuple[str, str]] = []
        if document is not None:
            facts += [
                (_("Document no."), f"{document.number} · {_('Edition {n}').format(n=document.edition)}"),
                (_("Document"), " · ".join(t for t in (_(document.title), period(document), document.filters) if t)),
                (_("Issued at"), f"{document.issued_at:%Y-%m-%d %H:%M} · {document.issued_by}"),
            ]
        elif mark is not None:
            facts.append((_("Document no."), mark.number))
        if mark is not None:
            facts.append((_("Seal"), mark.seal))
            facts.append((_("Signing key"), verifying.grouped(mark.fingerprint)))
        return facts

    def _again(self) -> None:
        if self.path is not None:
            self.verify(self.path)

    def _show(self) -> None:
        if self.answer and self.answer.document:
            self.context.shell.go("reports", document=self.answer.document.id)

    def _build(self) -> None:
        inside = QHBoxLayout(self.drop.field)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(16)
        picture = QLabel()
        icons.put(picture, "shield-check", "faint", size=40)
        inside.addWidget(picture)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(words(_("Drop a document here"), "section"))
        told.addWidget(
            words(_("The answer says whether a single byte was changed since it was issued."), "help", wrap=True)
        )
        inside.addLayout(told, 1)
        seal = QHBoxLayout()
        seal.setSpacing(12)
        seal.addWidget(words(_("Seal on the paper copy"), "label"))
        self.head.setFixedWidth(theme.px(220))
        seal.addWidget(self.head)
        seal.addWidget(words(_("If you hold one: at the foot of each page."), "help"), 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.drop.field)
        column.addLayout(seal)
        column.addWidget(self._answer_card())
        column.addStretch(1)
        whole = QHBoxLayout(self.drop)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.addStretch(1)
        whole.addLayout(column)
        whole.addStretch(1)
        self.drop.field.setFixedWidth(theme.px(_WIDTH))
        self.card.setFixedWidth(theme.px(_WIDTH))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.drop)
        self.body.addWidget(area)
        self.setFocusProxy(self.head)

    def _answer_card(self) -> QFrame:
        column = QVBoxLayout(self.card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sign)
        head.addWidget(self.word)
        head.addStretch(1)
        head.addWidget(self.file)
        column.addLayout(head)
        for one in (self.sentence, self.notes):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(one)
        column.addSpacing(8)
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(6)
        column.addLayout(self.facts)
        column.addSpacing(4)
        column.addWidget(self.show_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.card.hide()
        return self.card


def _selectable(text: str) -> QLabel:
    label = words(text, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
