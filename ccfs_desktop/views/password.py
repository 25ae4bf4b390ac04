"""Fields for passwords: one to enter, one to choose."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ccfs_desktop import i18n, passwords
from ccfs_desktop.i18n import _
from ccfs_desktop.views.card import say
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import button, words

_REVEAL = "Alt+F8"


class PasswordField(QWidget):
    """A password, hidden until the eye is pressed, by mouse or ``Alt+F8`` as in Windows. Pasting is allowed.

    Tab goes past the eye, from one field straight to the next.
    """

    def __init__(self) -> None:
        """Build it."""
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(passwords.LONGEST_BYTES + 1)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setAccessibleName(_("Show the password"))
        self.eye.setToolTip(_("Show the password ({key})").format(key=_REVEAL))
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.toggled.connect(self.reveal)
        key = QShortcut(QKeySequence(_REVEAL), self)
        key.activated.connect(self.eye.toggle)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
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
