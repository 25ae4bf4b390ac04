"""The recovery sheet: printed and typed back once, and the way in for whoever forgot the password."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from ccfs_desktop import __version__, clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.card import Card, say
from ccfs_desktop.views.kit import theme, work
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.password import NewPassword
from ccfs_desktop.views.steps import Step

if TYPE_CHECKING:
    from ccfs_desktop.vault import Vault
    from ccfs_desktop.views.kit.paper import Paper

_SHAPE = "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX"


class SheetStep(Step):
    """The recovery code, once, for paper."""

    title = N_("Print the recovery sheet")
    sentence = N_(
        "If every password is forgotten, this code is the only way back to the records. Nobody else can help, not even "
        "the makers of this program. Print it, seal it in an envelope and have two people put it in a safe."
    )

    def __init__(self) -> None:
        """Build it, without a code."""
        super().__init__()
        self.code = words("")
        self.code.setFont(mono())
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.code.setAccessibleName(_("Recovery code"))
        self._answer = words("", "help", wrap=True)
        self._paper: Paper | None = None
        self.print = button(_("Print"), self._print, icon="printer")
        self.keep = button(_("Save as PDF"), self._keep, icon="download")
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for made in (self.print, self.keep):
            made.setEnabled(False)
            self._row.addWidget(made)
        self._row.addStretch(1)
        self.column.addSpacing(8)
        self.column.addWidget(self.code)
        self.column.addSpacing(8)
        self.column.addLayout(self._row)
        self.column.addWidget(self._answer)
        self.column.addStretch(1)

    def begin(self, code: str, office: str, user: str) -> None:
        """Show a code just made, and draw its sheet."""
        self.code.setText(code[:19] + "\n" + code[20:])
        work.start(lambda _job: sheet_pdf(code, office, user), self._drawn, owner=self)

    @property
    def first(self) -> QWidget:
        """The printer is at hand."""
        return self.print

    def _drawn(self, data: bytes) -> None:
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (loads the printing of Qt)

        # The preview itself is never shown, for the code is on the screen already; its messages are.
        self._paper = Paper(data, _("Recovery sheet"), say=lambda sentence: say(self._answer, sentence, "help"))
        self._paper.setParent(self)
        self._paper.hide()
        self.column.insertWidget(self.column.count() - 1, self._paper.banner)
        for made in (self.print, self.keep):
            made.setEnabled(True)
        if self.isVisible():
            self.arrive()

    def _print(self) -> None:
        if self._paper:
            self._paper.print()

    def _keep(self) -> None:
        if self._paper:
            self._paper.save()


class TypedBackStep(Step):
    """The code, typed back once from the paper: then it is known to be readable."""

    title = N_("Type the code from the paper")
    sentence = N_("So we know that the sheet was printed and can be read. You will not be asked again.")

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self._code = ""
        self.typed = QLineEdit()
        self.typed.setFont(mono(14))
        self.typed.setAccessibleName(_("Recovery code"))
        self.typed.setPlaceholderText(_SHAPE)
        self._answer = words("", "help", wrap=True)
        self.typed.textEdited.connect(lambda _text: say(self._answer, ""))
        self.column.addWidget(self.typed)
        self.column.addWidget(words(_("Capitals, spaces and hyphens do not matter."), "help", wrap=True))
        self.column.addWidget(self._answer)
        self.column.addStretch(1)

    def begin(self, code: str) -> None:
        """Await a code."""
        self._code = code

    @property
    def first(self) -> QWidget:
        """The code can be typed at once."""
        return self.typed

    def complete(self) -> bool:
        """Compare what was typed with the code."""
        from ccfs_desktop.vault import recovery_code  # noqa: PLC0415 (not before it is needed)

        try:
            same = recovery_code.clean(self.typed.text()) == recovery_code.clean(self._code)
        except UserError as error:
            say(self._answer, str(error))
        else:
            if same:
                return True
            say(self._answer, _("This is the code of another office. Please take the sheet that was just printed."))
        self.typed.setFocus()
        return False


class NewSheet(Card):
    """A new recovery code for an office: printed, then typed back."""

    done = Signal()

    def __init__(self, code: str, office: str, user: str) -> None:
        """Build it.

        Args:
            code: the code just made.
            office: what the sheet says it is for.
            user: who made it.
        """
        super().__init__(560)
        self.sheet, self.typed = SheetStep(), TypedBackStep()
        self.sheet.begin(code, office, user)
        self.typed.begin(code)
        self._stack = QStackedWidget()
        for step in (self.sheet, self.typed):
            self._stack.addWidget(step)
        self.head(_("A new recovery sheet"), _("The old sheet is worth nothing from now on. Please destroy it."))
        self.body.addWidget(self._stack)
        self.back = button(_("Back"), lambda: self._show(0))
        self.next = button(_("Next"), self.forward, kind="primary")
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        self.body.addLayout(row)
        self._show(0)

    def forward(self) -> None:
        """Go on to typing the code back, then be done."""
        if self._stack.currentIndex() == 0:
            self._show(1)
        elif self.typed.complete():
            self.done.emit()

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.back.setVisible(number > 0)
        step = (self.sheet, self.typed)[number]
        self.setFocusProxy(step.first)
        step.arrive()


class RecoveryPage(Card):
    """Gives somebody a new password by the code on the recovery sheet."""

    recovered = Signal(str, str)
    """The user with the new password, and the new recovery code to be printed."""
    left = Signal()

    def __init__(self, vault: "Vault", user: str = "") -> None:
        """Build it.

        Args:
            vault: of the office.
            user: who forgot the password.
        """
        super().__init__(480)
        self._folder = vault.path.parent
        self.head(
            _("Password lost"),
            _("Take the recovery sheet from its sealed envelope. It works once: a new sheet is printed afterwards."),
        )
        self.user = QComboBox()
        self.user.addItems([one.name for one in vault.users])
        self.user.setCurrentIndex(max(0, self.user.findText(user)))
        self.code = QLineEdit()
        self.code.setPlaceholderText(_SHAPE)
        self.code.setFont(mono(13))
        self.password = NewPassword(self.user.currentText)
        self.field(_("Recovery code"), self.code, _("32 characters; capitals, spaces and hyphens do not matter."))
        self._sentence = self.problem()
        self.field(_("User"), self.user)
        self.field(_("New password"), self.password)
        self.body.addSpacing(8)
        self.save = button(_("Set the new password"), self._recover, kind="primary")
        self.body.addWidget(self.save)
        self.links((_("Back"), self.left.emit))
        self.code.textEdited.connect(lambda _text: say(self._sentence, ""))
        self.setFocusProxy(self.code)

    def _recover(self) -> None:
        if not self.password.good():
            self.password.setFocus()
            return
        folder, code, user, password = self._folder, self.code.text(), self.user.currentText(), self.password.text

        def task(_job: work.Job) -> str:
            from ccfs_desktop.services import offices  # noqa: PLC0415 (loaded beside the window)

            return offices.recover(folder, code, user, password)

        self.save.setEnabled(False)
        work.start(task, lambda new: self.recovered.emit(user, new), self._failed, owner=self)

    def _failed(self, error: UserError) -> None:
        self.save.setEnabled(True)
        say(self._sentence, str(error))
        self.code.setFocus()


def sheet_pdf(code: str, office: str, user: str) -> bytes:
    """Draw the recovery sheet in the screen's language and English.

    Args:
        code: the recovery code.
        office: the factory's name, or the folder's where the database is still closed.
        user: who made the code.
    """
    from ccfs_desktop.reports import recovery_sheet  # noqa: PLC0415 (hardly ever printed)
    from ccfs_desktop.services.papers import Letterhead, RecoverySheet  # noqa: PLC0415

    head = Letterhead(
        factory=office,
        factory_latin="",
        space="",
        season="",
        printed_at=clock.now(),
        printed_by=user,
        program_version=__version__,
        languages=tuple(dict.fromkeys((i18n.language(), "en"))),
    )
    return recovery_sheet.render(RecoverySheet(head, office, code, (user,)))


def mono(size: int = 20) -> QFont:
    """Return a face in which no two letters look alike."""
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    face.setPixelSize(theme.px(size))
    return face
