"""What can be done with the children chosen in the list, all at once."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Group
from ccfs_desktop.services import enrolments, offices
from ccfs_desktop.views import child_print
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.kit.ask import Ask
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.states import button, words

if TYPE_CHECKING:
    from ccfs_desktop.views.children import ChildrenPage


class ChildActions(QFrame):
    """The bar below the list. Each action is one step that ``Ctrl+Z`` takes back."""

    def __init__(self, page: "ChildrenPage") -> None:
        """Build it.

        Args:
            page: whose list it works on.
        """
        super().__init__()
        self.setObjectName("status")
        self._page = page
        self.ask = Ask()
        self.chosen = words("")
        self.papers = button(_("Papers received"), self.receive, "check")
        self.group = button(_("Group"), lambda: None, "users")
        self.leave = button(_("Leave …"), self.ask_leave, "log-out")
        self.printer = button(_("Print"), lambda: None, "printer")
        for made, right in ((self.papers, "consent"), (self.group, "enrol"), (self.leave, "enrol")):
            if not page.context.may(right):
                made.hide()
        self.group.setMenu(QMenu(self))
        self.printer.setMenu(child_print.menu(self, self.print))
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self.chosen, 1)
        for made in self._buttons():
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ask)
        column.addLayout(row)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.papers, self.group, self.leave, self.printer

    def count(self, *_changed: object) -> None:
        """Say how many children are chosen."""
        n = self._page.how_many()
        self.chosen.setText(
            ngettext("{n} child chosen", "{n} children chosen", n).format(n=f"{n:,}") if n else _("No child chosen")
        )
        for made in (self.papers, self.group, self.leave):
            made.setEnabled(bool(n))

    def show_groups(self, groups: list[Group]) -> None:
        """Offer the groups to move children to."""
        menu = self.group.menu()
        menu.clear()
        for group in groups:
            menu.addAction(group.name, partial(self.move_to, group.id, group.name))
        menu.addSeparator()
        menu.addAction(_("No group"), partial(self.move_to, None, _("No group")))

    # ------------------------------------------------------------------------------------------------------- actions

    def receive(self) -> None:
        """Note that the signed papers of the chosen children are in."""
        ids, db, day = self._page.picked(), self._page.db, clock.today()

        def task(_job: work.Job) -> int:
            with db.begin(N_("Papers received")) as session:
                language = offices.factory(session).languages[0]
                return enrolments.papers_received(session, ids, on=day, language=language)

        self._page.work(_("Noting the papers …"), task, self._received)

    def _received(self, n: int) -> None:
        self._done(ngettext("Papers of {n} child noted.", "Papers of {n} children noted.", n).format(n=f"{n:,}"))

    def move_to(self, group_id: int | None, name: str) -> None:
        """Put the chosen children into a group."""
        ids, db, season = self._page.picked(), self._page.db, self._page.season
        if season is None:
            return

        def task(_job: work.Job) -> int:
            with db.begin(N_("Change the group")) as session:
                return enrolments.move(session, season, ids, group_id)

        def done(n: int) -> None:
            self._done(ngettext("{n} child: {group}.", "{n} children: {group}.", n).format(n=f"{n:,}", group=name))

        self._page.work(_("Changing the group …"), task, done)

    def ask_leave(self) -> None:
        """Ask from when on, and why, the chosen children leave."""
        form = Form(Enrolment, Section("", "last_day", "left_reason"))
        form.show_values({"last_day": clock.today(), "left_reason": ""})
        n = self._page.how_many()
        sentence = ngettext("{n} child leaves the space.", "{n} children leave the space.", n).format(n=n)
        self.ask.ask(sentence, _("Leave"), self._leave, form)

    def _leave(self, values: dict[str, Any]) -> None:
        season, ids = self._page.season, self._page.picked()
        if season is None:
            return
        if values["last_day"] is None:
            raise Invalid({"last_day": _("This is needed.")})
        with self._page.db.begin(N_("Leave the space")) as session:
            for enrolment in enrolments.of_many(session, season, ids):
                enrolments.leave(session, enrolment, on=values["last_day"], reason=values["left_reason"])
        self._done(ngettext("{n} child left.", "{n} children left.", len(ids)).format(n=len(ids)))

    def print(self, name: str) -> None:
        """Print a paper for the chosen children."""
        child_print.show(self._page, name, self._page.picked())

    def _done(self, sentence: str) -> None:
        self._page.context.shell.saved()
        self._page.say(sentence)
        self._page.refresh()
