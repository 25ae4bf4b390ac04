"""The strip in which one signs: name, role, the password once more, and a reason where one is needed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import Proof
from ccfs_desktop.services import signatures
from ccfs_desktop.services.signatures import Signature
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import Asking, button, words
from ccfs_desktop.views.settings_people import ROLE_WORDS

Then = Callable[[Signature, str], object]
"""Gets the signature and the reason; may raise ``UserError``."""


class SignStrip(Asking):
    """Lies above the foot until it is signed or left with ``Esc``."""

    asking = Signal(bool)
    """It came into view, or went away."""

    def __init__(self, page: Page) -> None:
        """Build it, hidden."""
        super().__init__()
        self._page = page
        self._then: Then | None = None
        self._sentence = words("", wrap=True)
        self.fields = {name: QLineEdit() for name in ("name", "role", "password", "reason")}
        self._problems = {name: words("", "problem", wrap=True) for name in self.fields}
        self._titles = {
            "name": words(_("Name"), "label"), "role": words(_("Role"), "label"),
            "password": words(_("Password"), "label"), "reason": words(_("Reason"), "label"),
        }  # fmt: skip
        self.fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self.confirm = button("", self._sign, kind="primary")
        self._build()

    def ask(
        self, sentence: str, confirm: str, then: Then, *, reason: str | None = None, title: str = "", length: int = 300
    ) -> None:
        """Ask for a signature.

        Args:
            sentence: what is signed, translated.
            confirm: words of the button.
            then: gets the signature.
            reason: what stands in the field of the reason; None where none is asked for.
            title: what that field is called here, translated; without one it is the reason.
            length: how many characters fit there.
        """
        proof = signatures.proof_of(self._page.db)
        self._then = then
        self._sentence.setText(f"{sentence} {_(proof.word) + '.' if proof is not Proof.PASSWORD else ''}".strip())
        self.confirm.setText(confirm)
        self._name(own=proof is Proof.PASSWORD)
        role = ROLE_WORDS.get(self._page.context.role, "")
        self.fields["role"].setText(self.fields["role"].text() or (_(role) if role else ""))
        self.fields["password"].clear()
        self._titles["reason"].setText(title or _("Reason"))
        self.fields["reason"].setAccessibleName(self._titles["reason"].text())
        self.fields["reason"].setMaxLength(length)
        self.fields["reason"].setText(reason or "")
        shown = {"password": proof is Proof.PASSWORD, "reason": reason is not None}
        for name, field in self.fields.items():
            for part in (field, self._titles[name]):
                part.setVisible(shown.get(name, True))
        self._grid.setColumnStretch(0, 3 if reason is not None else 0)
        self._grid.setColumnStretch(4, 0 if reason is not None else 2)
        self.show_problems({})
        self.show()
        self.asking.emit(True)
        order = ("reason", "name", "role", "password")
        empty = [self.fields[n] for n in order if shown.get(n, True) and not self.fields[n].text()]
        (empty[0] if empty else self.confirm).setFocus()

    def _name(self, *, own: bool) -> None:
        """Show who signs: a password signs for its own user only; where none is asked, the name is free."""
        field, user = self.fields["name"], self._page.db.actor.user
        field.setReadOnly(own)
        field.setToolTip(_("The password is that of this user. Somebody else signs in first.") if own else "")
        field.setText(user if own else field.text() or self._page.context.user)

    def leave(self) -> None:
        """Go away; nothing was signed."""
        self._then = None
        self.fields["password"].clear()
        self.hide()
        self.asking.emit(False)

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say under the fields what is wrong."""
        for name, label in self._problems.items():
            label.setText(problems.get(name, ""))
            label.setVisible(bool(problems.get(name)))
            theme.mark(self.fields[name], problem=bool(problems.get(name)))
        first = next((self.fields[name] for name in self.fields if name in problems), None)
        if first:
            first.setFocus()

    def _sign(self) -> None:
        if self._then is None:
            return
        texts = {name: field.text() for name, field in self.fields.items()}
        if self.fields["reason"].isVisibleTo(self) and not texts["reason"].strip():
            self.show_problems({"reason": _("Please fill this in.")})
            return
        self.confirm.setEnabled(False)
        self._page.work(
            _("Signing …"),
            lambda _job: signatures.sign(
                self._page.db, name=texts["name"], role=texts["role"], password=texts["password"]
            ),
            lambda signature: self._signed(signature, texts["reason"]),
            self._refused,
        )

    def _signed(self, signature: Signature, reason: str) -> None:
        self.confirm.setEnabled(True)
        then = self._then
        if then is None:
            return
        self.leave()  # before: what follows may ask for another signature
        try:
            then(signature, reason)
        except UserError as error:
            self._then = then
            self.show()
            self.asking.emit(True)
            self._refused(error)

    def _refused(self, error: UserError) -> None:
        self.confirm.setEnabled(True)
        if isinstance(error, Invalid):
            self.show_problems(error.problems)
        else:
            self._page.tell(error)

    # ---------------------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for number, name in enumerate(("reason", "name", "role", "password")):
            grid.addWidget(self._titles[name], 0, number)
            grid.addWidget(self.fields[name], 1, number)
            grid.addWidget(self._problems[name], 2, number)
            grid.setColumnStretch(number, 3 if name == "reason" else 1)
            self._titles[name].setBuddy(self.fields[name])
            self.fields[name].setAccessibleName(self._titles[name].text())
            self.fields[name].returnPressed.connect(self.confirm.click)
        row = QHBoxLayout()
        row.addWidget(self._sentence, 1)
        row.addWidget(button(_("Cancel"), self.leave))
        row.addWidget(self.confirm)
        row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        column.addLayout(grid)
        column.addLayout(row)
