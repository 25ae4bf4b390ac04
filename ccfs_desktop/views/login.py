"""Signing in to an office, and to one that is locked."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.views.card import Card, say
from ccfs_desktop.views.kit.states import button
from ccfs_desktop.views.password import PasswordField

if TYPE_CHECKING:
    from ccfs_desktop.vault import Vault


class LoginPage(Card):
    """Asks for user and password. The same card lies over the window while it is locked."""

    entered = Signal(str, str)
    """User and password, to be tried."""
    forgotten = Signal()
    elsewhere = Signal()
    """Another office is wanted."""
    back = Signal()
    """A backup is to come back."""

    def __init__(self, vault: "Vault", user: str = "", *, locked: bool = False) -> None:
        """Build it.

        Args:
            vault: of the office.
            user: who signed in last, to be proposed.
            locked: whether somebody was working a moment ago.
        """
        super().__init__(400)
        self._vault = vault
        self.head(vault.path.parent.name, _("Locked. Nothing was lost.") if locked else "")
        self.user = QComboBox()
        self.user.addItems([one.name for one in vault.users])
        self.user.setCurrentIndex(max(0, self.user.findText(user)))
        self.password = PasswordField()
        self.field(_("User"), self.user)
        self.field(_("Password"), self.password)
        self._sentence = self.problem()
        self.open = button(_("Unlock") if locked else _("Open the office"), self._enter, kind="primary")
        self.body.addSpacing(8)
        self.body.addWidget(self.open)
        self.body.addSpacing(4)
        self.links((_("Password lost?"), self.forgotten.emit), (_("Another office"), self.elsewhere.emit))
        self.links((_("Restore a backup"), self.back.emit))
        self.password.line.returnPressed.connect(self._enter)
        self.password.line.textEdited.connect(lambda _text: self._calm())
        self.user.currentIndexChanged.connect(lambda _row: self._look())
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._look)
        self.setFocusProxy(self.password)
        self._look()

    def tell(self, error: UserError) -> None:
        """Say why the office did not open, and ask again."""
        self._busy(busy=False)
        say(self._sentence, str(error))
        self.password.line.selectAll()
        self.password.setFocus()
        self._look()

    def note(self, sentence: str, *, good: bool = True) -> None:
        """Say what has happened to the office meanwhile."""
        if sentence:
            say(self._sentence, sentence, "help" if good else "problem")

    def _enter(self) -> None:
        if not self.open.isEnabled():
            return
        if not self.password.text:
            say(self._sentence, _("Please type the password."))
            return
        self._busy(busy=True)
        self.entered.emit(self.user.currentText(), self.password.text)

    def _busy(self, *, busy: bool) -> None:
        for widget in (self.open, self.user, self.password):
            widget.setEnabled(not busy)
        if busy:
            self.password.reveal(shown=False)
            say(self._sentence, _("Opening …"), "help")

    def _calm(self) -> None:
        if not self._clock.isActive():
            say(self._sentence, "")

    def _look(self) -> None:
        """Count down while wrong passwords make the next try wait."""
        from ccfs_desktop.vault import Tries  # noqa: PLC0415 (the window is shown before cryptography is loaded)

        wait = Tries(self._vault).wait(self.user.currentText())
        seconds = -(-wait // timedelta(seconds=1))
        self.open.setEnabled(not seconds)
        if seconds:
            sentence = ngettext(
                "That was not right. The next try is possible in {seconds} second.",
                "That was not right. The next try is possible in {seconds} seconds.",
                seconds,
            )
            say(self._sentence, sentence.format(seconds=seconds))
            self._clock.start()
        elif self._clock.isActive():
            self._clock.stop()
            say(self._sentence, "")
