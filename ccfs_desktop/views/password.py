"""Fields for passwords: one to enter, one to choose, and the dialog that changes one's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ccfs_desktop import i18n, passwords
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.card import say
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.vault import Vault


class PasswordField(QWidget):
    """A password, hidden until the eye is pressed. Pasting is allowed."""

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(passwords.LONGEST_BYTES + 1)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setAccessibleName(_("Show the password"))
        self.eye.setToolTip(_("Show the password"))
        self.eye.toggled.connect(self.reveal)
        icons.put(self.eye, "eye", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.eye)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def reveal(self, shown: bool) -> None:
        """Show the letters, or hide them."""
        self.eye.setChecked(shown)
        icons.put(self.eye, "eye-off" if shown else "eye", "quiet")
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def clear(self) -> None:
        """Empty the field and hide what is typed next."""
        self.reveal(shown=False)
        self.line.clear()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 (Qt's own name)
        """Name the part people type into."""
        self.line.setAccessibleName(name)


class NewPassword(QWidget):
    """A password to be chosen: says while typing whether it holds, and proposes one."""

    changed = Signal()

    def __init__(self, user: Callable[[], str], factory: Callable[[], str] = str) -> None:
        """Build it.

        Args:
            user: returns the name that the password should not consist of.
            factory: likewise.
        """
        super().__init__()
        self._user, self._factory = user, factory
        self.field = PasswordField()
        self.field.setAccessibleName(_("New password"))
        self.field.line.textChanged.connect(self._judge)
        self._sentence = words("", "help", wrap=True)
        self._rule = _("At least 15 characters. Several plain words are easier than signs and capitals.")
        propose = button(_("Propose one"), self.propose, kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.addWidget(self._sentence, 1)
        row.addWidget(propose, alignment=Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.setFocusProxy(self.field)
        self._judge()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text

    def good(self) -> bool:
        """Tell whether the password holds; if not, say why even if nothing was typed."""
        verdict = passwords.judge(self.text, user=self._user(), factory=self._factory())
        self.say(verdict.sentence, wrong=not verdict.good)
        return verdict.good

    def propose(self) -> None:
        """Fill in a passphrase and show it."""
        self.field.reveal(shown=True)
        self.field.line.setText(passwords.propose(i18n.language()))
        self.say(_("Keep it on paper where only you can find it, until you know it by heart."), wrong=False)
        self.field.line.setFocus()

    def say(self, sentence: str, *, wrong: bool) -> None:
        """Show a sentence under the field."""
        say(self._sentence, sentence, "problem" if wrong else "help")
        theme.mark(self.field.line, problem=wrong)

    def _judge(self) -> None:
        """Encourage while typing; complain only about what is finished."""
        if not self.text:
            self.say(self._rule, wrong=False)
        else:
            self.say(passwords.judge(self.text, user=self._user(), factory=self._factory()).sentence, wrong=False)
        self.changed.emit()


class ChangePassword(QDialog):
    """Changes one's own password, from Settings."""

    def __init__(self, parent: QWidget, vault: "Vault", user: str, factory: str = "") -> None:
        """Build it.

        Args:
            parent: the window.
            vault: of the open office.
            user: who is working.
            factory: its name.
        """
        super().__init__(parent)
        self.setWindowTitle(_("Change password"))
        self.setMinimumWidth(theme.px(440))
        self._vault, self._name = vault, user
        self.old = PasswordField()
        self.new = NewPassword(lambda: user, lambda: factory)
        self._problem = words("", "problem", wrap=True)
        self._problem.hide()
        self._buttons = QDialogButtonBox()
        self.save = button(_("Change password"), self._change, kind="primary")
        self.save.setDefault(True)
        self._buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(button(_("Cancel"), self.reject), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        for text, widget in ((_("Password until now"), self.old), (_("New password"), self.new)):
            label = words(text, "label")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            column.addWidget(label)
            column.addWidget(widget)
        column.addWidget(self._problem)
        column.addSpacing(8)
        column.addWidget(self._buttons)

    def _change(self) -> None:
        if not self.new.good():
            self.new.setFocus()
            return
        self._buttons.setEnabled(False)
        old, new = self.old.text, self.new.text

        def task(_job: work.Job) -> None:
            from ccfs_desktop import vault  # noqa: PLC0415 (not needed to show the dialog)

            unlocked, _failed = vault.enter(self._vault.path, self._name, old)
            self._vault.set_password(unlocked, self._name, new)

        work.start(task, lambda _nothing: self.accept(), self._failed, owner=self)

    def _failed(self, error: UserError) -> None:
        self._buttons.setEnabled(True)
        say(self._problem, str(error))
        self.old.clear()
        self.old.setFocus()
