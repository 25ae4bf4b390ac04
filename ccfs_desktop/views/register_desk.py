"""What the register's keys do to the office: each change is on disk at once, in a transaction of its own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.services import attendance, badges, handovers, register, times
from ccfs_desktop.services.attendance import Entry, NeedsReason
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.services.seasons import Hours
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.work import Job
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.register_model import FIELDS, Part

Then = Callable[[], object]
Do = Callable[[Any, Entry], Any]
"""What is done with an open transaction."""

_TWICE = timedelta(seconds=60)
"""A second scan within this time is a slip of the hand, not a departure."""
REASON_KEYS: dict[str, AbsenceReason] = {
    "S": AbsenceReason.SICK,
    "F": AbsenceReason.FAMILY,
    "H": AbsenceReason.HOLIDAY,
    "T": AbsenceReason.TRANSPORT,
    "O": AbsenceReason.OTHER,
    "U": AbsenceReason.UNKNOWN,
}


class RegisterDesk(QObject):
    """Carries out what is asked for, says in words what is refused, and asks for a name and a reason where needed."""

    changed = Signal(int)
    """The id of a child whose line is to be read again; 0 for all of them."""
    scanned = Signal(object, bool)
    """A child's id whose badge was scanned and who is now in (True) or out (False)."""

    def __init__(self, page: Page, ask: Ask) -> None:
        """Keep where to tell and to ask.

        Args:
            page: the page around the register.
            ask: where names and reasons are asked for.
        """
        super().__init__(page)
        self._page, self._ask = page, ask
        self.season: Season | None = None
        self.day: date = clock.today()
        self.hours = Hours(time(7, 30), time(17, 30))
        self.sheet_code = ""
        self.closed = False
        """Whether the day is closed; then the reason given last is proposed again."""
        self.listed: dict[int, Sequence[handovers.Collector]] = {}
        """Child → who may collect, as far as read already."""
        self._reason = ""
        self._last_scan: tuple[str, datetime] | None = None

    # -------------------------------------------------------------------------------------------- one child

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time in or out: a new visit, the end of one, or another time for one that is there."""
        visit = row.visit
        if part is Part.IN and visit is None:
            self.arrive(row, typed, then)
        elif part is Part.OUT and (visit is None or not visit.signed_out):
            self.depart(row, typed, then)
        elif visit and (at := self._read(typed)) is not None:
            self._change(row, N_("Correct a time"), visit, then, **{FIELDS[part]: at[0]})

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time; after a departure this is the way back."""
        if at := self._read(typed):
            self._do(row.child_id, N_("Sign in a child"), lambda s, e: attendance.sign_in(
                s, self._season, row.child_id, self.day, at=at[0], entry=e), then)  # fmt: skip

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time; whoever was noted as collecting stays noted."""
        by = row.open_visit.collected_by if row.open_visit else ""
        if at := self._read(typed):
            self._do(row.child_id, N_("Sign out a child"), lambda s, e: attendance.sign_out(
                s, self._season, row.child_id, self.day, at=at[0], collected_by=by, entry=e), then)  # fmt: skip

    def absent(self, row: Row, then: Then) -> None:
        """Ask for the reason and mark as absent."""
        if row.visits:
            self._refuse(_("{name} was signed in today. Take that back first, with Delete.").format(name=row.name))
            return
        options = [(key, _(reason.word), reason) for key, reason in REASON_KEYS.items()]

        def mark(reason: object) -> None:
            ahead = self.day > clock.today()
            self._do(row.child_id, N_("Mark a child as absent"), lambda s, e: attendance.mark_absent(
                s, self._season, row.child_id, self.day, reason=AbsenceReason(reason), planned=ahead, entry=e,
            ), then)  # fmt: skip

        self._ask.choose(_("{name} is absent. Why?").format(name=row.name), options, mark)

    def unsigned(self, row: Row) -> None:
        """Note that the signature of the latest event is missing, or that it is there after all."""
        if not row.visit:
            self._refuse(_("{name} is not signed in.").format(name=row.name))
            return
        field = "unsigned_out" if row.visit.signed_out else "unsigned_in"
        values = {field: not getattr(row.visit, field)}
        self._change(row, N_("Note a missing signature"), row.visit, _nothing, **values)

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        self._do(row.child_id, N_("Take back an entry"), lambda s, e: self._page.say(
            attendance.take_back(s, self._season, row.child_id, self.day, entry=e)), _nothing)  # fmt: skip

    def write(self, row: Row, part: Part, text: str, then: Then) -> None:
        """Enter who brought or collected the child, or a remark."""
        if not row.visit:
            self._refuse(_("{name} is not signed in.").format(name=row.name))
            return
        self._change(row, N_("Enter a name"), row.visit, then, **{FIELDS[part]: text})

    def adults(self, row: Row) -> Sequence[str]:
        """Return who may collect the child, in the order shown."""
        if row.child_id not in self.listed:
            with self._page.db.read() as session:
                self.listed[row.child_id] = handovers.collectors(session, row.child_id, self.day)
        return [adult.name for adult in self.listed[row.child_id] if not adult.forbidden]

    def change(self, child_id: int, visit: Visit, values: dict[str, Any]) -> None:
        """Put a visit right, as asked for beside the register."""
        self._do(child_id, N_("Correct a visit"), lambda s, e: attendance.change(
            s, visit.id, entry=e, **values), _nothing)  # fmt: skip

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned, now; a pick-up card also says by whom."""
        try:
            with self._page.db.read() as session:
                found = handovers.scanned(session, self._season, code)
                visits = register.visits_of(session, [found.child_id], self.day).get(found.child_id, [])
        except UserError as error:
            self._page.tell(error)
            return
        last, self._last_scan = self._last_scan, (badges.plain(code), clock.now())
        if last and last[0] == badges.plain(code) and clock.now() - last[1] < _TWICE:
            self._refuse(_("This badge was scanned a moment ago; the second scan changed nothing."))
            return
        here = any(not visit.signed_out for visit in visits)
        if not (now := self._read("")):
            return
        verb = attendance.sign_out if here else attendance.sign_in
        by = {"collected_by" if here else "brought_by": found.adult}
        action = N_("Sign out a child by badge") if here else N_("Sign in a child by badge")
        self._do(
            found.child_id, action,
            lambda s, e: verb(s, self._season, found.child_id, self.day, at=now[0], entry=e, **by),  # type: ignore[arg-type]
            lambda: self.scanned.emit(found, not here),
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ many children

    def all_in(self, rows: Sequence[Row]) -> None:
        """Ask for the time and sign in everybody expected; exceptions are typed afterwards."""
        ids = [row.child_id for row in rows if row.state is State.EXPECTED and not row.missing]
        sentence = ngettext("Sign in {n} expected child at:", "Sign in {n} expected children at:", len(ids))
        self._all(ids, sentence, N_("Sign in everybody expected"), attendance.sign_in_all)

    def all_out(self, rows: Sequence[Row]) -> None:
        """Ask for the time and sign out everybody who is here."""
        ids = [row.child_id for row in rows if row.state is State.HERE]
        sentence = ngettext("Sign out {n} child at:", "Sign out {n} children at:", len(ids))
        self._all(ids, sentence, N_("Sign out everybody"), attendance.sign_out_all)

    def _all(self, ids: list[int], sentence: str, action: str, verb: Callable[..., list[Visit]]) -> None:
        if not ids:
            self._refuse(_("There is nobody left to sign in or out here."))
            return
        told = f"{sentence.format(n=len(ids))} {_('Leave it empty if the sheet has no times.')}"

        def go(typed: str) -> None:
            if at := self._read(typed or "?"):
                self._beside(action, lambda s, e: verb(s, self._season, self.day, ids, at=at[0], entry=e))

        self._ask.write(told, [(_("Time"), "", 90)], go, _("Record"), grave=False)

    def paste(self, cells: Sequence[tuple[Row, Part, str]], then: Then) -> None:
        """Enter many times as one action: all of them, or none with the reason."""
        read: list[tuple[Row, Part, time | None]] = []
        for row, part, text in cells:
            at = self._read(text, row.name)
            if at is None:
                return
            read.append((row, part, at[0]))
        self._beside(N_("Paste times"), lambda s, e: [self._put(s, *cell, e) for cell in read])
        then()

    def _put(self, session: Any, row: Row, part: Part, at: time | None, entry: Entry) -> None:
        visits = register.visits_of(session, [row.child_id], self.day).get(row.child_id, [])
        if part is Part.IN and not visits:
            attendance.sign_in(session, self._season, row.child_id, self.day, at=at, entry=entry)
        elif part is Part.OUT and not any(v.signed_out for v in visits[-1:]):
            attendance.sign_out(session, self._season, row.child_id, self.day, at=at, entry=entry)
        else:
            attendance.change(session, visits[-1].id, entry=entry, **{FIELDS[part]: at})

    # -------------------------------------------------------------------------------------------- how it is done

    @property
    def _season(self) -> Season:
        if self.season is None:
            raise UserError(_("There is no season yet. Set one up in Settings."))
        return self.season

    def entry(self) -> Entry:
        """Return where what is typed now comes from."""
        late = bool(self.sheet_code) or self.day < clock.today()
        return Entry(by=self._page.context.user, sheet_code=self.sheet_code, late=late)

    def _change(self, row: Row, action: str, visit: Visit, then: Then, **values: Any) -> None:
        self._do(row.child_id, action, lambda s, e: attendance.change(s, visit.id, entry=e, **values), then)

    def _do(self, child_id: int, action: str, do: Do, then: Then, entry: Entry | None = None) -> None:
        """Do it as one transaction; ask for a name and a reason if a rule stands in the way."""
        try:
            with self._page.db.begin(action) as session:
                do(session, entry or self.entry())
        except UserError as error:
            self._failed(error, child_id, partial(self._do, child_id, action, do, then))
        else:
            self._done(child_id)
            then()

    def _beside(self, action: str, do: Do, entry: Entry | None = None) -> None:
        """Do it for many children as one transaction, beside the window."""
        stamped = entry or self.entry()

        def task(_job: Job) -> None:
            with self._page.db.begin(action) as session:
                do(session, stamped)

        def failed(error: UserError) -> None:
            self._failed(error, 0, partial(self._beside, action, do))

        self._page.work(f"{_(action)} …", task, lambda _none: self._done(0), failed)

    def _done(self, child_id: int) -> None:
        self._page.banner.hide()
        self._page.context.shell.saved()
        self.changed.emit(child_id)

    def _failed(self, error: UserError, child_id: int, again: Callable[[Entry], object]) -> None:
        if isinstance(error, NeedsReason):
            self._justify(str(error), again)
            return
        self._page.tell(error)
        self.changed.emit(child_id)

    def _justify(self, question: str, again: Callable[[Entry], object]) -> None:
        def answer(by: str, reason: str) -> None:
            if not by or not reason:
                self._justify(question, again)
                return
            self._reason = reason
            again(replace(self.entry(), by=by, reason=reason))

        self._page.banner.hide()
        fields = [
            (_("Your name"), self._page.context.user, 130),
            (_("Reason"), self._reason if self.closed else "", 260),
        ]
        self._ask.write(question, fields, answer, _("Record"))

    def _read(self, typed: str, name: str = "") -> tuple[time | None] | None:
        """Return the time meant, in a tuple of one; None when it was refused in words."""
        if times.plain(typed) in times.UNKNOWN:
            return (None,)
        try:
            if not typed and self.day != clock.today():
                raise UserError(_("This is not today's register: type the time, or ? if it is not known."))
            now = clock.now().time().replace(second=0)
            return (times.parse(typed, opens=self.hours.opens, closes=self.hours.closes) if typed else now,)
        except UserError as error:
            self._refuse(f"{name}: {error}" if name else str(error))
            return None

    def _refuse(self, sentence: str) -> None:
        self._page.tell(UserError(sentence))


def _nothing() -> None:
    """Stay where one is."""
