"""Who may open this office: added, changed and removed here; and one's own password."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import vault
from ccfs_desktop.i18n import _
from ccfs_desktop.services import offices, users
from ccfs_desktop.services.roles import ROLE_WORDS
from ccfs_desktop.services.users import Approval
from ccfs_desktop.views import user_form
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.password import NewPassword, PasswordField
from ccfs_desktop.views.recovery import NewSheet
from ccfs_desktop.views.user_form import Filled, Question, UserForm

__all__ = ["ROLE_WORDS", "PeoplePanel"]


class PeoplePanel(QWidget):
    """The users of the office; a new password for the one who is working."""

    def __init__(self, page: Page) -> None:
        """Build the list and the form."""
        super().__init__()
        self._page = page
        self._users: tuple[vault.User, ...] = ()
        self._may: tuple[str, ...] = ()
        self._columns = (
            Column("user", _("User"), width=220),
            Column("role", _("Role"), width=140),
            Column("note", _("Note"), width=220),
        )
        self.table = Table("settings-users", self._columns)
        self.table.setFixedHeight(theme.px(32) * 6)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer())  # pyright: ignore
        self.add_button = button(_("Add a user"), self.add, "plus", "primary")
        self.role_button = button(_("Change the role"), self.change_role)
        self.password_button = button(_("New password"), self.give_password)
        self.remove_button = button(_("Remove"), self.remove, "trash-2", "danger")
        self.sheet_button = button(_("New recovery sheet"), self.renew_sheet, "printer")
        self.keys_button = button(_("Change the keys"), self.change_keys, "key-round")
        self.others = words("", "help", wrap=True)
        self.old = PasswordField()
        self.old.setAccessibleName(_("Present password"))
        self.new = NewPassword(lambda: page.context.user, lambda: page.context.factory)
        self.change_button = button(_("Change the password"), self._change, "key-round")
        self._build()

    def refresh(self) -> None:
        """Read the users again."""
        db = self._page.db
        self._users, self._may = users.everybody(db), users.grantable(db)
        rows = [(u.name, u.name, _(ROLE_WORDS.get(u.role, u.role)), self._note(u)) for u in self._users]
        self.table.show_rows(Rows(rows, self._columns))
        self.table.setVisible(bool(rows))
        demo = db.folder is None or offices.is_demo(db.folder)
        self.demo.setVisible(demo)
        self.fields.setVisible(not demo)
        for made in (self.add_button, self.role_button, self.password_button, self.remove_button):
            made.setVisible(bool(self._may))
        for made in (self.sheet_button, self.keys_button):
            made.setVisible(users.may_renew_sheet(db))
        self.others.setText("" if self._may else _("Users are looked after by the HR officer and the administrator."))
        self.others.setVisible(not self._may and not demo)
        self._offer()

    # --------------------------------------------------------------------------------------------------- what one does

    def add(self) -> None:
        """Ask who may open the office from now on."""
        fields = (Field("name", _("Name"), required=True, length=60, help=_("As the person signs in.")),)

        def do(filled: Filled) -> str:
            values = filled.values
            users.add(
                self._page.db, values["name"], values["role"], filled.password, _approval(filled), period=_days(values)
            )
            return values["name"]

        self._ask(
            _("Add a user"),
            Question(
                (_("Everybody who opens the office has a name and a password of their own, so that the records say who "
                   "did what."),),
                _("Add the user"), _("Adding the user …"), do,
                lambda name: self._said(_("{name} can open the office now.").format(name=name)),
                fields + user_form.role_fields(self._may),
                {"role": "caregiver", "approved_by": self._page.context.user},
                lambda form: str(form.rows["name"].editor.value() or ""),
            ),
        )  # fmt: skip

    def change_role(self) -> None:
        """Ask what the chosen user is from now on."""
        if (user := self._chosen()) is None:
            return
        first, last = _parted(user.period)

        def do(filled: Filled) -> str:
            return users.change_role(
                self._page.db, user.name, filled.values["role"], _approval(filled), period=_days(filled.values)
            )

        self._ask(
            _("The role of {name}").format(name=user.name),
            Question(
                (_("{name} is: {role}. The password stays.").format(name=user.name, role=_(ROLE_WORDS[user.role])),),
                _("Change the role"), _("Changing the role …"), do,
                lambda hindered: self._said(_("The role of {name} is changed.").format(name=user.name), hindered),
                user_form.role_fields(self._may),
                {"role": user.role, "first": first, "last": last, "approved_by": self._page.context.user},
            ),
        )  # fmt: skip

    def give_password(self) -> None:
        """Ask for a new password of the chosen user."""
        if (user := self._chosen()) is None:
            return
        self._ask(
            _("A new password for {name}").format(name=user.name),
            Question(
                (_("Tell it to {name} in person. {name} can change it here, in the settings.").format(name=user.name),),
                _("Set the new password"), _("Setting the new password …"),
                lambda filled: users.give_password(self._page.db, user.name, filled.password, _approval(filled)),
                lambda _nothing: self._said(_("{name} has a new password.").format(name=user.name)),
                password_of=lambda _form: user.name,
            ),
        )  # fmt: skip

    def remove(self) -> None:
        """Say what it means that the chosen user goes, and ask."""
        if (user := self._chosen()) is None:
            return
        self._ask(
            _("Remove {name}").format(name=user.name),
            Question(
                (
                    _("{name} can no longer open this office.").format(name=user.name),
                    _("What {name} entered stays, with the name on it.").format(name=user.name),
                    _("The keys of the office are changed, which takes a moment. Other programs that have it open must "
                      "be closed."),
                    _("A copy of the office made before, such as an old backup, still opens with the old password: "
                      "collect sticks and copies."),
                ),
                _("Remove the user"), _("Removing the user …"),
                lambda filled: users.remove(self._page.db, user.name, _approval(filled)),
                lambda hindered: self._said(
                    _("{name} can no longer open the office.").format(name=user.name), hindered
                ),
                (Field("reason", _("What for"), length=200, help=_("Such as: left the factory.")),),
                danger=True,
            ),
        )  # fmt: skip

    def renew_sheet(self) -> None:
        """Make a new recovery sheet and print it."""
        self._ask(
            _("A new recovery sheet"),
            Question(
                (_("The old sheet is worth nothing from that moment on. Print the new one at once, and put it in the "
                   "safe."),),
                _("Make a new sheet"), _("Making a new sheet …"),
                lambda filled: users.renew_sheet(self._page.db, _approval(filled)),
                self._print_sheet,
            ),
        )  # fmt: skip

    def change_keys(self) -> None:
        """Change the keys of the office by hand."""
        self._ask(
            _("Change the keys"),
            Question(
                (
                    _("The data is encrypted anew. All passwords and the recovery sheet stay as they are."),
                    _("Do this when somebody may have learnt a password, or a copy of the office was lost. Copies made "
                      "before, such as old backups, still open with the passwords of their day."),
                ),
                _("Change the keys"), _("Changing the keys …"),
                lambda filled: users.change_keys(self._page.db, _approval(filled)),
                lambda hindered: self._said(_("The keys are changed."), hindered),
            ),
        )  # fmt: skip

    # -------------------------------------------------------------------------------------------------------- inside

    def _print_sheet(self, code: str) -> None:
        sheet = NewSheet(code, self._page.context.factory, self._page.context.user)
        sheet.done.connect(self._page.pop)
        self._page.push(_("A new recovery sheet"), sheet)

    def _ask(self, title: str, question: Question) -> UserForm:
        form = UserForm(self._page, question)
        self._page.push(title, form)
        return form

    def _said(self, sentence: str, hindered: str = "") -> None:
        self.refresh()
        if hindered:
            told = _("The keys of the office are not changed yet. {why}").format(why=hindered)
            self._page.warn(told, _("Change the keys"), self.change_keys)
        else:
            self._page.say(sentence)

    def _chosen(self) -> vault.User | None:
        return next((user for user in self._users if user.name == self.table.key()), None)

    def _note(self, user: vault.User) -> str:
        if user.name == self._page.context.user:
            return _("You")
        first, last = _parted(user.period)
        return _("Sees {first} to {last}").format(first=first, last=last) if first and last else ""

    def _offer(self) -> None:
        user = self._chosen()
        mine = user is not None and user.name == self._page.context.user
        able = user is not None and user.role in self._may and not mine
        for made in (self.role_button, self.password_button, self.remove_button):
            made.setEnabled(able)

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

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(words(_("Who may open this office"), "section"))
        column.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.add_button, self.role_button, self.password_button, self.remove_button):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.others)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.sheet_button)
        second.addWidget(self.keys_button)
        second.addStretch(1)
        column.addLayout(second)
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
        own = QHBoxLayout()
        own.addWidget(self.change_button)
        own.addStretch(1)
        fields.addLayout(own)
        column.addWidget(self.fields)
        column.addStretch(1)


def _approval(filled: Filled) -> Approval:
    values = filled.values
    return Approval(filled.own, values.get("approved_by") or "", values.get("reason") or "")


def _days(values: dict[str, Any]) -> tuple[date | None, date | None]:
    return values["first"], values["last"]


def _parted(period: str) -> tuple[date | None, date | None]:
    first, _slash, last = period.partition("/")
    return (date.fromisoformat(first), date.fromisoformat(last)) if last else (None, None)
