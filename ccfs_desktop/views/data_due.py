"""What is due to be erased: by the schedule, by a withdrawn consent; and one child of whom a guardian asks it."""

from functools import partial
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import Disposal, ErasureProposal
from ccfs_desktop.services import erasure_due, erasure_proposals
from ccfs_desktop.services.erasure_due import Due
from ccfs_desktop.views.data_erase import Wanted, erasable, open_sheet
from ccfs_desktop.views.data_part import DataPart, fill, quiet
from ccfs_desktop.views.kit.form import Form, Section
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import button
from ccfs_desktop.views.kit.table import Column


class DuePart(DataPart):
    """The monthly list, and the way to erase what is on it."""

    def __init__(self, page: Page) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.dues: list[Due] = []
        self.section(
            _("Due to be erased"),
            _("By the schedule under Retention, or because a consent was taken back. Look through it once a month."),
        )
        self.column.addWidget(self.ask)
        self.one = button(_("Erase …"), self.erase, "trash-2", "primary")
        self.every = button(_("Erase all that is due …"), self.erase_all)
        self.no = button(_("Decline the proposal …"), self.decline)
        self.buttons(self.one, self.every, self.no, writing=True)
        self.table = self.list("data-due", _("Due to be erased"), (
            Column("since", _("Due since"), 110, sortable=False),
            Column("title", _("What"), 260, sortable=False),
            Column("name", _("About"), 200, sortable=False),
            Column("count", _("How many"), 90, number=True, sortable=False),
            Column("why", _("Why"), 220, tone=_tone, sortable=False),
        ), rows=6)  # fmt: skip
        self.empty = quiet(_("Nothing is due. When the time of something is over, it stands here and on Today."))
        self.column.addWidget(self.empty)
        self.table.activated_key.connect(lambda _key: self.erase())  # pyright: ignore
        self.table.chosen.connect(lambda _key: self._offer())  # pyright: ignore
        self.section(
            _("A guardian asks for erasure"),
            _("Everything about one child, at once. You see before what goes, what must stay and why.")
            if self.writes
            else _("You propose it with the reason; the HR officer erases it, or says why not."),
        )
        if self.writes:
            self.picker = self.child(_("Erase this child's data …"), self.erase_child, "trash-2")
        else:
            self.picker = self.child(_("Propose to erase this child's data …"), self.propose, proposing=True)
        self.column.addStretch(0)

    def refresh(self) -> None:
        """Read what is due."""
        with self.db.read() as session:
            self.dues = erasure_due.due(session, clock.today())
        rows: list[tuple[Any, ...]] = [
            (n, one.since, _(one.title), one.name, one.count, _why(one)) for n, one in enumerate(self.dues)
        ]
        fill(self.table, rows, self.empty)
        self.one.setEnabled(bool(self.dues))
        self.every.setEnabled(len(erasable(self.dues)) > 1)
        self._offer()

    def begin(self) -> None:
        """Put the cursor where one begins."""
        (self.table if self.dues else self.picker).setFocus()

    def erase(self) -> None:
        """Erase what the cursor is on."""
        number = self.table.key()
        if self.writes and number is not None and number < len(self.dues):
            open_sheet(self.page, Wanted((self.dues[number],)), self.done)

    def erase_all(self) -> None:
        """Erase everything that may be erased."""
        open_sheet(self.page, Wanted(erasable(self.dues)), self.done)

    def erase_child(self, child: Child) -> None:
        """Erase everything about one child."""
        open_sheet(self.page, Wanted(child_id=child.id), self.done)

    def propose(self, child: Child) -> None:
        """Ask why a child's data should be erased, for the HR officer to decide."""
        form = Form(ErasureProposal, Section("", "reason"))
        question = _("Why should the data of {name} be erased?").format(name=child.name)
        self.ask.ask(question, _("Propose it"), partial(self._propose, child.id), form)

    def decline(self) -> None:
        """Ask why the proposal under the cursor is not carried out."""
        if proposal := self._proposal():
            form = Form(ErasureProposal, Section("", "decline_reason"))
            self.ask.ask(_("Why is it not erased?"), _("Decline it"), partial(self._decline, proposal), form)

    def _propose(self, child_id: int, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Propose to erase a child's data"), final=True) as session:
            erasure_proposals.propose(session, child_id, values["reason"] or "")
        self.picker.show_chosen(None)
        self.stored()

    def _decline(self, proposal: int, values: dict[str, Any]) -> None:
        with self.db.begin(N_("Decline to erase a child's data"), final=True) as session:
            erasure_proposals.decline(session, proposal, values["decline_reason"] or "")
        self.stored()

    def _proposal(self) -> int:
        number = self.table.key()
        return self.dues[number].proposal if number is not None and number < len(self.dues) else 0

    def _offer(self) -> None:
        self.no.setEnabled(bool(self._proposal()))

    def done(self, disposal: Disposal) -> None:
        """Say that it is done, and where its record is."""
        self.picker.show_chosen(None)
        self.page.banner.tell(
            _("Erased. The record of disposal is {number}: print it under Erased.").format(number=disposal.number),
            "accent",
        )


def _why(one: Due) -> str:
    if one.held:
        return _("Legal hold: {reason}").format(reason=one.held)
    if one.proposal:
        return _("Proposed by {who}").format(who=one.proposed)
    if one.again:
        return _("Erased already; a backup brought it back")
    return _("Consent was withdrawn") if one.withdrawn else _("Its time is over")


def _tone(text: str) -> str:
    return "warning" if text.startswith(_("Legal hold: {reason}").split("{", maxsplit=1)[0]) else ""
