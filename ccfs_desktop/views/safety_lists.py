"""The lists the checks follow: those of the library, and what this office has made of them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, ChecklistEdition
from ccfs_desktop.services import checklist_editions, checklist_sheets, checklists
from ccfs_desktop.services.checklists import Checklist, Listed
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import button, hairline
from ccfs_desktop.views.kit.table import Column, Rows, Table
from ccfs_desktop.views.safety_edit import EditionPanel

if TYPE_CHECKING:
    from ccfs_desktop.views.safety import SafetyPage

_SHEETS = "*.xlsx *.xls *.ods *.csv"


class ListsPlace(Place):
    """Every list in its edition in use, with what can be done with it."""

    name = "lists"
    right = "safety"
    title = N_("Checklists")
    primary = N_("Clipboard form")
    primary_icon = "printer"

    def __init__(self, page: "SafetyPage") -> None:
        """Build it, empty."""
        super().__init__(page)
        self.safety = page
        self.listed: dict[str, Listed] = {}
        self.columns = [
            Column("code", _("Code"), 72),
            Column("title", _("Checklist"), 240),
            Column("occasion", _("When"), 170),
            Column("items", _("Items"), 64, number=True),
            Column("by", _("Who"), 220),
            Column("edition", _("Edition"), 110),
            Column("state", _("Made by"), 150),
        ]
        self.table = Table("checklists", self.columns)
        self.table.activated_key.connect(self._show)
        self.question = Ask()
        self._build()

    def refresh(self) -> None:
        """Read the lists."""
        with self.db.read() as session:
            self.listed = {one.checklist.code: one for one in checklists.listed(session)}
        self.page.show_content()
        self.table.show_rows(Rows([_row(one) for one in self.listed.values()], self.columns))

    def open(self, **target: Any) -> None:
        """Show a list: ``open(list="OPN")``."""
        self.refresh()
        if target.get("list") in self.listed:
            self._show(target["list"])

    def act(self) -> None:
        """Print the clipboard form of the list the cursor is on."""
        if chosen := self._chosen():
            self.safety.print_form(chosen.code)

    printed = act

    # ------------------------------------------------------------------------------------------------ inside

    def _chosen(self) -> Checklist | None:
        code = self.table.key()
        return self.listed[code].checklist if code in self.listed else None

    def _show(self, code: Any) -> None:
        one = self.listed[code]
        self._push(one.draft_id, one.checklist)

    def _push(self, draft_id: int | None, checklist: Checklist) -> None:
        panel = EditionPanel(self.page, checklist, draft_id)
        panel.wanted.connect(self._draft)
        panel.over.connect(self.page.pop)
        self.page.push(f"{checklist.code} · {_(checklist.title)}", panel)

    def _walk(self) -> None:
        if chosen := self._chosen():
            self.safety.begin_check(chosen.code, clock.today())

    def _draft(self, code: str) -> None:
        """Begin the next edition of a list, or go on with it."""
        try:
            with self.db.begin(N_("Begin an edition of a list")) as session:
                held = checklist_editions.draft(session, code, by=self.context.user)
        except UserError as error:
            self.page.tell(error)
            return
        self.context.shell.saved()
        self._reopen(held)

    def _reopen(self, held: ChecklistEdition) -> None:
        """Show a draft, in the place of what lies above the list."""
        if self.page.stack.currentWidget() is not None and self.page.header.back.isVisibleTo(self.page):
            self.page.pop()
        self.refresh()
        self._push(held.id, checklist_editions.content(held))

    def _copy(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        form = Form(Check, Section("", "title"))
        form.show_values({"title": _(chosen.title)})
        self.question.ask(
            _("What shall the office's own list be called?"), _("Copy"), partial(self._copied, chosen), form
        )

    def _copied(self, chosen: Checklist, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Copy a list")) as session:
            held = checklist_editions.copy(session, chosen.code, title=values["title"], by=self.context.user)
        self.context.shell.saved()
        self._reopen(held)

    def _export(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, _("Export the list"), f"{chosen.code}.xlsx", "Excel (*.xlsx)")
        if path:
            self.export(chosen, Path(path))

    def export(self, chosen: Checklist, path: Path) -> None:
        """Write a list as a spreadsheet."""
        try:
            checklist_sheets.save(chosen, path)
        except UserError as error:
            self.page.tell(error)
        else:
            self.page.say(_("Saved as {name}.").format(name=path.name))

    def _import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Choose the changed list"), "", f"Excel ({_SHEETS})")
        if path and (chosen := self._chosen()):
            self.take(chosen, Path(path))

    def take(self, chosen: Checklist, path: Path) -> None:
        """Read a spreadsheet into the draft of a list's next edition."""

        def done(read: Checklist) -> None:
            try:
                with self.db.begin(N_("Import a list")) as session:
                    held = checklist_editions.take(session, chosen.code, read, by=self.context.user)
            except UserError as error:
                self.page.tell(error)
                return
            self.context.shell.saved()
            self._reopen(held)

        self.page.work(_("The file is being read …"), lambda _job: checklist_sheets.load(path, chosen), done)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        for text, slot, icon in (
            (_("Go through it"), self._walk, "clipboard-check"),
            (_("Change"), lambda: self._draft(self.table.key()), "pencil"),
            (_("Copy"), self._copy, "copy"),
            (_("Export"), self._export, "download"),
            (_("Import"), self._import, "upload"),
        ):
            foot.addWidget(button(text, slot, icon))
        foot.addStretch(1)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.question)
        self.body.addWidget(hairline())
        self.body.addLayout(foot)
        self.setFocusProxy(self.table)


def _row(one: Listed) -> tuple[Any, ...]:
    made = _("this office") if one.own else _("the library")
    state = _("{who}, a new one is begun").format(who=made) if one.draft_id else made
    c = one.checklist
    return (c.code, c.code, _(c.title), c.occasion, len(c.items), _(c.by), c.edition, state)
