"""Before something is erased: what goes, what stays, what no program can do; why, and who else approves it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop import settings
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.protection import Disposal, Grounds
from ccfs_desktop.services import erasure, erasure_due, offices
from ccfs_desktop.services.erasure import Because, Preview
from ccfs_desktop.services.erasure_due import Due
from ccfs_desktop.services.erasure_plan import ALL, Part, Stay
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.describe import Field
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button, words
from ccfs_desktop.views.kit.summary import Column, Summary
from ccfs_desktop.views.password import PasswordField

_WIDTH = 720


@dataclass(frozen=True)
class Wanted:
    """What is to be erased: things that are due, or one child of whom a guardian asked it."""

    dues: tuple[Due, ...] = ()
    child_id: int = 0
    parts: frozenset[Part] = ALL


class EraseSheet(QScrollArea):
    """Lies over the settings until it is done or left with ``Esc``."""

    def __init__(self, page: Page, wanted: Wanted, preview: Preview | None, done: Callable[[Disposal], object]) -> None:
        """Build it.

        Args:
            page: the settings.
            wanted: what is to be erased.
            preview: what would happen to one child's records; None for several things that are due.
            done: gets the record of the last erasure.
        """
        super().__init__()
        self._page, self._wanted, self._preview, self._done = page, wanted, preview, done
        fields = [
            Field("reason", _("In words"), kind="text", length=300, help=_("Without the child's name: this stays.")),
            Field("approver", _("Approved by"), help=_("Somebody else than you, with the own user name.")),
        ]
        if not wanted.dues:
            choices = tuple((one, _(one.word)) for one in (Grounds.REQUEST, Grounds.WITHDRAWN, Grounds.OTHER))
            fields.insert(0, Field("grounds", _("Why"), kind="choice", choices=choices))
        self.form = Form(object, Section("", *(one.name for one in fields)), fields=fields)
        self.form.show_values({"grounds": Grounds.REQUEST} if not wanted.dues else {})
        self.password = PasswordField()
        self.password.setAccessibleName(_("Password of who approves"))
        self.problem = words("", "problem", wrap=True)
        self.erase = button(_("Erase for good"), self._send, "trash-2", "danger")
        self._build()
        key = QShortcut(QKeySequence("Ctrl+Return"), self, self._send)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(next(iter(self.form.rows.values())).editor)

    # -------------------------------------------------------------------------------------------------------- sending

    def _send(self) -> None:
        if not self.erase.isEnabled():
            return
        self.problem.hide()
        values = {name: row.editor.value() for name, row in self.form.rows.items()}
        self.form.show_problems({})
        password = self.password.text

        def task(_job: object) -> Disposal:
            by = erasure.approve(self._page.db, str(values.get("approver") or ""), password)
            return self._carry_out(values, by)

        self._page.work(_("Erasing …"), task, self._finished, self._failed)

    def _carry_out(self, values: dict[str, Any], by: str) -> Disposal:
        db, second, reason = self._page.db, _second(), str(values.get("reason") or "")
        if not self._wanted.dues:
            because = Because(values.get("grounds") or Grounds.OTHER, reason, by)
            return erasure.erase(db, self._wanted.child_id, because, self._wanted.parts, second=second).disposal
        return [erasure_due.erase(db, one, by, reason=reason, second=second) for one in self._wanted.dues][-1].disposal

    def _finished(self, disposal: Disposal) -> None:
        self._page.pop()
        self._page.context.shell.saved()
        self._done(disposal)

    def _failed(self, error: UserError) -> None:
        self.password.clear()
        if isinstance(error, Invalid):
            self.form.show_problems(error.problems)
            return
        self.problem.setText(str(error))
        self.problem.show()

    # ---------------------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        inner, outer = QWidget(), QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        outer.setObjectName("sheet")
        beside = QHBoxLayout(outer)
        beside.setContentsMargins(32, 16, 32, 24)
        beside.addWidget(inner, 1)
        beside.addStretch(0)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if self._preview:
            self._show_child(column, self._preview)
        else:
            self._show_dues(column)
        column.addSpacing(8)
        column.addWidget(words(_("Why, and who approves it"), "section"))
        if layout := self.form.layout():
            layout.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        folder = self._page.db.folder
        self.with_password = folder is None or not offices.is_demo(folder)
        label = words(_("Password of who approves"), "label")
        column.addWidget(label)
        column.addWidget(self.password)
        label.setVisible(self.with_password)
        self.password.setVisible(self.with_password)
        self.problem.hide()
        column.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.erase)
        row.addWidget(button(_("Cancel"), self._page.pop))
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        column.addWidget(words(_("This cannot be undone. It takes effect at once, all of it or nothing."), "help"))
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setObjectName("sheet")
        self.setWidget(outer)

    def _show_child(self, column: QVBoxLayout, told: Preview) -> None:
        column.addWidget(words(f"{told.name} · {told.subject}", "strong", wrap=True))
        if told.blocked:
            column.addWidget(words(told.blocked, "problem", wrap=True))
            self.erase.setEnabled(False)
        goes = Summary(_("What is erased"), Column(_("What is erased"), wide=True), Column(_("How many"), number=True))
        rows = [(_(noun), str(n)) for noun, n in told.goes.items()]
        rows += [(_("Free text of other records with the full name"), str(told.mentions))] if told.mentions else []
        goes.show_rows(rows)
        column.addWidget(goes)
        if told.documents:
            sentence = ngettext(
                "{n} issued document names the child; its file is erased, number and seal remain: {numbers}.",
                "{n} issued documents name the child; their files are erased, number and seal remain: {numbers}.",
                len(told.documents),
            )
            numbers = sentence.format(n=len(told.documents), numbers=listed(told.documents))
            column.addWidget(words(numbers, "warning", wrap=True))
        if told.stays:
            stays = Summary(
                _("What stays for the time being"), Column(_("What stays for the time being"), wide=True),
                Column(_("How many"), number=True), Column(_("Until")), Column(_("Why")),
            )  # fmt: skip
            stays.show_rows([_stay(one) for one in told.stays])
            column.addSpacing(8)
            column.addWidget(stays)
        column.addSpacing(4)
        for sentence in told.by_hand:
            column.addWidget(words(sentence, "help", wrap=True))

    def _show_dues(self, column: QVBoxLayout) -> None:
        dues = self._wanted.dues
        head = ngettext("{n} entry is erased", "{n} entries are erased", len(dues)).format(n=len(dues))
        column.addWidget(words(head, "section"))
        table = Summary(head, Column(_("What"), wide=True), Column(_("About")), Column(_("Due since")))
        table.show_rows([(_(one.title), one.name or f"{one.count:,}", one.since.isoformat()) for one in dues])
        column.addWidget(table)
        column.addWidget(words(
            _("For each a record of disposal is kept. What must be kept longer, such as reports of incidents, stays."),
            "help", wrap=True,
        ))  # fmt: skip


def _stay(one: Stay) -> tuple[str, str, str, str]:
    known = one.until is not None and one.until.year < 9_999
    return _(one.noun), str(one.count), str(one.until) if known else _("open"), _(one.why) if one.why else ""


def _second() -> Path | None:
    chosen = settings.load().backup_folder
    return Path(chosen) if chosen else None


def open_sheet(page: Page, wanted: Wanted, done: Callable[[Disposal], object]) -> None:
    """Look beforehand, beside the window, and lay the sheet over the page.

    Args:
        page: the settings.
        wanted: what is to be erased.
        done: gets the record of the last erasure.
    """
    child_id = wanted.child_id or (wanted.dues[0].child_id if len(wanted.dues) == 1 else None)
    parts = wanted.dues[0].parts if len(wanted.dues) == 1 and child_id else wanted.parts

    def look(_job: object) -> Preview | None:
        if not child_id:
            return None
        with page.db.read() as session:
            return erasure.preview(session, child_id, parts)

    def show(told: Preview | None) -> None:
        page.push(_("Erase"), EraseSheet(page, wanted, told, done))

    page.work(_("Looking what is there …"), look, show)


def erasable(dues: Sequence[Due]) -> tuple[Due, ...]:
    """Return what may be erased now."""
    return tuple(one for one in dues if not one.held)
