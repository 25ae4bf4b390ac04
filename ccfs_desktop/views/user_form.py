"""What is asked before a user is added, changed or removed, or the recovery sheet renewed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services.roles import ROLE_SENTENCES, ROLE_WORDS
from ccfs_desktop.views.card import say
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.password import NewPassword, PasswordField

_WIDTH = 620


@dataclass(frozen=True)
class Filled:
    """What was filled in."""

    values: dict[str, Any]
    password: str
    """The new one, where one is asked."""
    own: str
    """The password of who is working."""


@dataclass(frozen=True)
class Question:
    """What a form asks, and what it does."""

    sentences: tuple[str, ...]
    """What one should know before, translated; the first one stands out."""
    confirm: str
    busy: str
    do: Callable[[Filled], Any]
    """Runs on the worker thread; may raise ``Invalid`` or ``UserError``."""
    done: Callable[[Any], object]
    """Gets what ``do`` returned."""
    fields: tuple[Field, ...] = ()
    begin: dict[str, Any] = field(default_factory=dict[str, Any])
    password_of: Callable[[Form], str] | None = None
    """Returns whose new password it is; None where none is asked."""
    danger: bool = False


class UserForm(QScrollArea):
    """Lies over the settings until it is sent (``Ctrl+Enter``) or left with ``Esc``."""

    def __init__(self, page: Page, question: Question) -> None:
        """Build it."""
        super().__init__()
        self._page, self._question = page, question
        names = [one.name for one in question.fields]
        self.form = Form(object, Section("", *names), fields=question.fields)
        self.form.show_values({name: question.begin.get(name) for name in names})
        self.form.changed.connect(self._changed)
        whose = question.password_of
        self.password = NewPassword(lambda: whose(self.form) if whose else "", lambda: page.context.factory)
        self.own = PasswordField()
        self.own.setAccessibleName(_("Your own password"))
        self.problem = words("", "problem", wrap=True)
        self.send = button(question.confirm, self._send, kind="danger" if question.danger else "primary")
        self._build()
        key = QShortcut(QKeySequence("Ctrl+Return"), self, self._send)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.own.line.returnPressed.connect(self._send)
        first: Sequence[QWidget] = [row.editor for row in self.form.rows.values()]
        self.setFocusProxy(first[0] if first else self.password if whose else self.own)
        self._changed("role")

    def _build(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        outer = QWidget()
        outer.setObjectName("sheet")
        beside = QHBoxLayout(outer)
        beside.setContentsMargins(32, 20, 32, 24)
        beside.addWidget(inner, 1)
        beside.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for number, sentence in enumerate(self._question.sentences):
            column.addWidget(words(sentence, "" if number == 0 else "help", wrap=True))
        if layout := self.form.layout():
            layout.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.form)
        self.form.setVisible(bool(self._question.fields))
        if self._question.password_of:
            column.addWidget(words(_("New password"), "label"))
            column.addWidget(self.password)
            column.addSpacing(8)
        column.addWidget(words(_("Your own password"), "label"))
        column.addWidget(self.own)
        column.addWidget(words(_("So that nobody changes users at a window you left open."), "help", wrap=True))
        self.problem.hide()
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.send)
        row.addWidget(button(_("Cancel"), self._page.pop))
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setObjectName("sheet")
        self.setWidget(outer)

    # ----------------------------------------------------------------------------------------------------- sending

    def _send(self) -> None:
        if not self.send.isEnabled():
            return
        say(self.problem, "")
        try:
            values = self.form.values()
        except Invalid:
            return
        if self._question.password_of and not self.password.good():
            self.password.setFocus()
            return
        if not self.own.text:
            self._refused(Invalid({"own": _("Please type your own password.")}))
            return
        filled = Filled(values, self.password.text, self.own.text)
        self.send.setEnabled(False)
        do = self._question.do
        self._page.work(self._question.busy, lambda _job: do(filled), self._sent, self._refused)

    def _sent(self, result: Any) -> None:
        self.own.clear()
        self.password.field.clear()
        self._page.pop()
        self._question.done(result)

    def _refused(self, error: UserError) -> None:
        self.send.setEnabled(True)
        problems = dict(error.problems) if isinstance(error, Invalid) else {}
        if "period" in problems:
            problems["first"] = problems.pop("period")
        if "password" in problems:
            self.password.say(problems["password"], wrong=True)
        self.form.show_problems({name: text for name, text in problems.items() if name in self.form.rows})
        theme.mark(self.own.line, problem="own" in problems)
        if isinstance(error, Invalid):
            say(self.problem, problems.get("own", ""))
            if "own" in problems and not set(problems) & set(self.form.rows):
                self.own.line.selectAll()
                self.own.setFocus()
        else:
            say(self.problem, str(error))

    # ------------------------------------------------------------------------------------------------------- role

    def _changed(self, name: str) -> None:
        """Say what the chosen role may do; ask an auditor's period of auditors only."""
        if name != "role" or "role" not in self.form.rows:
            return
        row = self.form.rows["role"]
        role = row.editor.value()
        row.advise(_(ROLE_SENTENCES[role]) if role else "")
        for day in ("first", "last"):
            if day in self.form.rows:
                self.form.rows[day].setVisible(role == "auditor")


def role_fields(roles: Sequence[str]) -> tuple[Field, ...]:
    """Return the fields about a role that is given: which one, until when for auditors, approved by whom, and why.

    Args:
        roles: those that may be given.
    """
    choices = tuple((role, _(ROLE_WORDS[role])) for role in roles)
    return (
        Field("role", _("Role"), kind="choice", required=True, choices=choices, folded=True),
        Field("first", _("Sees records from"), kind="date"),
        Field("last", _("to"), kind="date"),
        Field("approved_by", _("Approved by"), required=True, length=120),
        Field("reason", _("What for"), required=True, length=200, help=_("Such as: teaches the afternoon group.")),
    )
