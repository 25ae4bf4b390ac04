"""What the register's keys do to the office."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.services import attendance, handovers, register
from ccfs_desktop.services.attendance import Entry
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.day_desk import DayDesk, Then
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.register_model import FIELDS, Part

REASON_KEYS: dict[str, AbsenceReason] = {
    "S": AbsenceReason.SICK,
    "F": AbsenceReason.FAMILY,
    "H": AbsenceReason.HOLIDAY,
    "T": AbsenceReason.TRANSPORT,
    "O": AbsenceReason.OTHER,
    "U": AbsenceReason.UNKNOWN,
}


class RegisterDesk(DayDesk):
    """The desk of the children's register."""

    def __init__(self, page: Page, ask: Ask) -> None:
        """Keep where to tell and to ask.

        Args:
            page: the page around the register.
            ask: where names and reasons are asked for.
        """
        super().__init__(page, ask)
        self.listed: dict[int, Sequence[handovers.Collector]] = {}
        """Child → who may collect, as far as read already."""

    # -------------------------------------------------------------------------------------------- one child

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time in or out: a new visit, the end of one, or another time for one that is there."""
        visit = row.visit
        if part is Part.IN and visit is None:
            self.arrive(row, typed, then)
        elif part is Part.OUT and (visit is None or not visit.signed_out):
            self.depart(row, typed, then)
        elif visit and (at := self.read_time(typed)) is not None:
            self._change(row, N_("Correct a time"), visit, then, **{FIELDS[part]: at[0]})

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time; after a departure this is the way back."""
        if at := self.read_time(typed):
            self.do(row.child_id, N_("Sign in a child"), lambda s, e: attendance.sign_in(
                s, self.the_season, row.child_id, self.day, at=at[0], entry=e), then)  # fmt: skip

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time; whoever was noted as collecting stays noted."""
        by = row.open_visit.collected_by if row.open_visit else ""
        if at := self.read_time(typed):
            self.do(row.child_id, N_("Sign out a child"), lambda s, e: attendance.sign_out(
                s, self.the_season, row.child_id, self.day, at=at[0], collected_by=by, entry=e), then)  # fmt: skip

    def absent(self, row: Row, then: Then) -> None:
        """Ask for the reason and mark as absent."""
        if row.visits:
            self.refuse(_("{name} was signed in today. Take that back first, with Delete.").format(name=row.name))
            return
        options = [(key, _(reason.word), reason) for key, reason in REASON_KEYS.items()]

        def mark(reason: object) -> None:
            ahead = self.day > clock.today()
            self.do(row.child_id, N_("Mark a child as absent"), lambda s, e: attendance.mark_absent(
                s, self.the_season, row.child_id, self.day, reason=AbsenceReason(reason), planned=ahead, entry=e,
            ), then)  # fmt: skip

        self.ask.choose(_("{name} is absent. Why?").format(name=row.name), options, mark)

    def unsigned(self, row: Row) -> None:
        """Note that the signature of the latest event is missing, or that it is there after all."""
        if not row.visit:
            self.refuse(_("{name} is not signed in.").format(name=row.name))
            return
        field = "unsigned_out" if row.visit.signed_out else "unsigned_in"
        values = {field: not getattr(row.visit, field)}
        self._change(row, N_("Note a missing signature"), row.visit, _nothing, **values)

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        self.do(row.child_id, N_("Take back an entry"), lambda s, e: self.page.say(
            attendance.take_back(s, self.the_season, row.child_id, self.day, entry=e)), _nothing)  # fmt: skip

    def write(self, row: Row, part: Part, text: str, then: Then) -> None:
        """Enter who brought or collected the child, or a remark."""
        if not row.visit:
            self.refuse(_("{name} is not signed in.").format(name=row.name))
            return
        self._change(row, N_("Enter a name"), row.visit, then, **{FIELDS[part]: text})

    def adults(self, row: Row) -> Sequence[str]:
        """Return who may collect the child, in the order shown."""
        if row.child_id not in self.listed:
            with self.page.db.read() as session:
                self.listed[row.child_id] = handovers.collectors(session, row.child_id, self.day)
        return [adult.name for adult in self.listed[row.child_id] if not adult.forbidden]

    def change(self, child_id: int, visit: Visit, values: dict[str, Any]) -> None:
        """Put a visit right, as asked for beside the register."""
        self.do(child_id, N_("Correct a visit"), lambda s, e: attendance.change(
            s, visit.id, entry=e, **values), _nothing)  # fmt: skip

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned, now; a pick-up card also says by whom."""
        try:
            with self.page.db.read() as session:
                found = handovers.scanned(session, self.the_season, code)
                visits = register.visits_of(session, [found.child_id], self.day).get(found.child_id, [])
        except UserError as error:
            self.page.tell(error)
            return
        if self.twice(code):
            return
        here = any(not visit.signed_out for visit in visits)
        if not (now := self.read_time("")):
            return
        verb = attendance.sign_out if here else attendance.sign_in
        by = {"collected_by" if here else "brought_by": found.adult}
        action = N_("Sign out a child by badge") if here else N_("Sign in a child by badge")
        self.do(
            found.child_id, action,
            lambda s, e: verb(s, self.the_season, found.child_id, self.day, at=now[0], entry=e, **by),  # type: ignore[arg-type]
            lambda: self.scanned.emit(found, not here),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ many children

    def all_in(self, rows: Sequence[Row]) -> None:
        """Ask for the time and sign in everybody expected; exceptions are typed afterwards."""
        ids = [row.child_id for row in rows if row.state is State.EXPECTED and not row.missing and not row.away]
        sentence = ngettext("Sign in {n} expected child at:", "Sign in {n} expected children at:", len(ids))
        self._all(ids, sentence, N_("Sign in everybody expected"), attendance.sign_in_all)

    def all_out(self, rows: Sequence[Row]) -> None:
        """Ask for the time and sign out everybody who is here."""
        ids = [row.child_id for row in rows if row.state is State.HERE]
        sentence = ngettext("Sign out {n} child at:", "Sign out {n} children at:", len(ids))
        self._all(ids, sentence, N_("Sign out everybody"), attendance.sign_out_all)

    def _all(self, ids: list[int], sentence: str, action: str, verb: Callable[..., list[Visit]]) -> None:
        if not ids:
            self.refuse(_("There is nobody left to sign in or out here."))
            return
        told = f"{sentence.format(n=len(ids))} {_('Leave it empty if the sheet has no times.')}"

        def go(typed: str) -> None:
            if at := self.read_time(typed or "?"):
                self.beside(action, lambda s, e: verb(s, self.the_season, self.day, ids, at=at[0], entry=e))

        self.ask.write(told, [(_("Time"), "", 90)], go, _("Record"), grave=False)

    def paste(self, cells: Sequence[tuple[Row, Part, str]], then: Then) -> None:
        """Enter many times as one action: all of them, or none with the reason."""
        read: list[tuple[Row, Part, time | None]] = []
        for row, part, text in cells:
            at = self.read_time(text, row.name)
            if at is None:
                return
            read.append((row, part, at[0]))
        self.beside(N_("Paste times"), lambda s, e: [self._put(s, *cell, e) for cell in read])
        then()

    def _put(self, session: Any, row: Row, part: Part, at: time | None, entry: Entry) -> None:
        visits = register.visits_of(session, [row.child_id], self.day).get(row.child_id, [])
        if part is Part.IN and not visits:
            attendance.sign_in(session, self.the_season, row.child_id, self.day, at=at, entry=entry)
        elif part is Part.OUT and not any(v.signed_out for v in visits[-1:]):
            attendance.sign_out(session, self.the_season, row.child_id, self.day, at=at, entry=entry)
        else:
            attendance.change(session, visits[-1].id, entry=entry, **{FIELDS[part]: at})

    def _change(self, row: Row, action: str, visit: Visit, then: Then, **values: Any) -> None:
        self.do(row.child_id, action, lambda s, e: attendance.change(s, visit.id, entry=e, **values), then)


def _nothing() -> None:
    """Stay where one is."""
