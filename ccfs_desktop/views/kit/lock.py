"""The door: who works now? Shown at the start, after ``Ctrl+L``, and when nobody has touched anything for a while."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons, theme, work
from ccfs_desktop.views.kit.states import button, words


class LockScreen(QWidget):
    """Asks for a user and a password, and opens the office with them."""

    opened = Signal(object)
    """What ``unlock`` returned."""

    def __init__(
        self,
        office: str,
        users: Sequence[str],
        unlock: Callable[[str, str], Any],
        *,
        user: str = "",
        recover: Callable[[], object] | None = None,
    ) -> None:
        """Build it.

        Args:
            office: the factory's name.
            users: who may work here.
            unlock: opens the office with a user and a password, on the worker thread; raises ``UserError``.
            user: who worked last.
            recover: what to do for somebody who has forgotten the password.
        """
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._unlock = unlock
        self.user = QComboBox()
        self.user.addItems(list(users))
        self.user.setCurrentText(user)
        self.user.setAccessibleName(_("User"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password"))
        self.password.returnPressed.connect(self.open)
        self._eye = self.password.addAction(icons.icon("eye", "quiet"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setToolTip(_("Show or hide the password"))
        self._eye.triggered.connect(self._peep)
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        self.enter = button(_("Open"), self.open, kind="primary")
        self.setFocusProxy(self.password)
        card = self._card(office, recover)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(card, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def open(self) -> None:
        """Try the password."""
        if not self.enter.isEnabled():
            return
        user, password = self.user.currentText(), self.password.text()
        self._wait(waiting=True)
        work.start(lambda _job: self._unlock(user, password), self._let_in, self._refuse, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Wait for the password."""
        super().showEvent(event)
        self.password.setFocus()

    def _let_in(self, opened: object) -> None:
        self.password.clear()
        self._wait(waiting=False)
        self.opened.emit(opened)

    def _refuse(self, error: UserError) -> None:
        self._wait(waiting=False)
        self.problem.setText(str(error))
        self.problem.show()
        theme.mark(self.password, problem=True)
        self.password.selectAll()
        self.password.setFocus()

    def _wait(self, *, waiting: bool) -> None:
        for widget in (self.user, self.password, self.enter):
            widget.setEnabled(not waiting)
        self.enter.setText(_("Opening …") if waiting else _("Open"))
        if waiting:
            self.problem.hide()
            theme.mark(self.password, problem=False)

    def _peep(self) -> None:
        hidden = self.password.echoMode() == QLineEdit.EchoMode.Password
        self.password.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icons.icon("eye-off" if hidden else "eye", "quiet"))

    def _card(self, office: str, recover: Callable[[], object] | None) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(theme.px(360))
        picture = QLabel()
        icons.put(picture, "lock", "accent", size=28)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(6)
        column.addWidget(picture)
        column.addSpacing(4)
        column.addWidget(words(office, "title", wrap=True))
        column.addWidget(words(_("This office is locked. What was typed is saved."), "quiet", wrap=True))
        column.addSpacing(12)
        for text, field in ((_("User"), self.user), (_("Password"), self.password)):
            label = words(text, "label")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(4)
        column.addWidget(self.problem)
        column.addSpacing(8)
        column.addWidget(self.enter)
        if recover:
            column.addWidget(button(_("Use the recovery sheet"), recover, kind="link"))
        return card
