"""Who may open this office, and one's own password."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import vault
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import offices
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.password import NewPassword, PasswordField

ROLE_WORDS = {
    "officer": N_("HR officer"),
    "coordinator": N_("Coordinator"),
    "caregiver": N_("Caregiver"),
    "manager": N_("Manager"),
    "auditor": N_("Auditor"),
    "administrator": N_("Administrator"),
}


class PeoplePanel(QWidget):
    """The users of the office; a new password for the one who is working."""

    def __init__(self, page: Page) -> None:
        """Build the list and the form."""
        super().__init__()
        self._page = page
        columns = (Column("user", _("User"), width=260), Column("role", _("Role"), width=200))
        self._columns = columns
        self.table = Table("settings-users", columns)
        self.table.setFixedHeight(theme.px(32) * 6)
        self.old = PasswordField()
        self.old.setAccessibleName(_("Present password"))
        self.new = NewPassword(lambda: page.context.user, lambda: page.context.factory)
        self.change_button = button(_("Change the password"), self._change, "key-round")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(words(_("Who may open this office"), "section"))
        column.addWidget(self.table)
        column.addSpacing(12)
        column.addWidget(words(_("Change your password"), "section"))
        self.demo = words(_("The demonstration office opens without a password."), "quiet")
        column.addWidget(self.demo)
        self.fields = QWidget()
        fields = QVBoxLayout(self.fields)
        fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setMaximumWidth(theme.px(480))
        fields.addWidget(words(_("Present password"), "label"))
        fields.addWidget(self.old)
        fields.addWidget(words(_("New password"), "label"))
        fields.addWidget(self.new)
        row = QHBoxLayout()
        row.addWidget(self.change_button)
        row.addStretch(1)
        fields.addLayout(row)
        column.addWidget(self.fields)
        column.addStretch(1)

    def refresh(self) -> None:
        """Read the users again."""
        folder = self._page.db.folder
        users: tuple[vault.User, ...] = ()
        demo = True
        if folder is not None:
            held = vault.Vault.load(folder / offices.VAULT)
            users, demo = held.users, held.is_demo
        self.table.show_rows(Rows([(u.name, u.name, _(ROLE_WORDS.get(u.role, u.role))) for u in users], self._columns))
        self.table.setVisible(bool(users))
        self.demo.setVisible(demo)
        self.fields.setVisible(not demo)

    def _change(self) -> None:
        if not self.new.good():
            return
        old, new = self.old.text, self.new.text
        self._page.work(
            _("Changing the password …"),
            lambda _job: offices.change_password(self._page.db, old, new),
            self._changed,
        )

    def _changed(self, _nothing: object) -> None:
        for field in (self.old, self.new.field):
            field.line.clear()
        self._page.say(_("The password is changed."))
