"""What the keys of a day's grid do to the office: each change is on disk at once, in a transaction of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import badges, times
from ccfs_desktop.services.corrections import Entry, NeedsReason
from ccfs_desktop.services.seasons import Hours
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.work import Job
from ccfs_desktop.views.register_ask import Ask

Then = Callable[[], object]
Do = Callable[[Any, Entry], Any]
"""What is done with an open transaction."""

_TWICE = timedelta(seconds=60)
"""A second scan within this time is a slip of the hand, not a departure."""


class DayDesk(QObject):
    """Carries out what is asked for, says in words what is refused, and asks for a name and a reason where needed."""

    changed = Signal(int)
    """The id of a person whose line is to be read again; 0 for all of them."""
    scanned = Signal(object, bool)
    """Whose badge was scanned, and whether that person is now in (True) or out (False)."""

    def __init__(self, page: Page, ask: Ask) -> None:
        """Keep where to tell and to ask.

        Args:
            page: the page around the grid.
            ask: where names and reasons are asked for.
        """
        super().__init__(page)
        self.page, self.ask = page, ask
        self.season: Season | None = None
        self.day: date = clock.today()
        self.hours = Hours(time(7, 30), time(17, 30))
        self.sheet_code = ""
        self.closed = False
        """Whether the day is closed; then the reason given last is proposed again."""
        self._reason = ""
        self._last_scan: tuple[str, datetime] | None = None

    def twice(self, code: str) -> bool:
        """Tell whether a badge was scanned a moment ago; then say so."""
        last, self._last_scan = self._last_scan, (badges.plain(code), clock.now())
        again = last is not None and last[0] == badges.plain(code) and clock.now() - last[1] < _TWICE
        if again:
            self.refuse(_("This badge was scanned a moment ago; the second scan changed nothing."))
        return again

    @property
    def the_season(self) -> Season:
        """The season; without one nothing can be entered."""
        if self.season is None:
            raise UserError(_("There is no season yet. Set one up in Settings."))
        return self.season

    def entry(self) -> Entry:
        """Return where what is typed now comes from."""
        late = bool(self.sheet_code) or self.day < clock.today()
        return Entry(by=self.page.context.user, sheet_code=self.sheet_code, late=late)

    def do(self, key: int, action: str, do: Do, then: Then, entry: Entry | None = None) -> None:
        """Do it as one transaction; ask for a name and a reason if a rule stands in the way."""
        try:
            with self.page.db.begin(action) as session:
                do(session, entry or self.entry())
        except UserError as error:
            self._failed(error, key, partial(self.do, key, action, do, then))
        else:
            self.done(key)
            then()

    def beside(self, action: str, do: Do, entry: Entry | None = None) -> None:
        """Do it for many records as one transaction, beside the window."""
        stamped = entry or self.entry()

        def task(_job: Job) -> None:
            with self.page.db.begin(action) as session:
                do(session, stamped)

        def failed(error: UserError) -> None:
            self._failed(error, 0, partial(self.beside, action, do))

        self.page.work(f"{_(action)} …", task, lambda _none: self.done(0), failed)

    def done(self, key: int) -> None:
        """Tell that it is on disk, and that a line is to be read again."""
        self.page.banner.hide()
        self.page.context.shell.saved()
        self.changed.emit(key)

    def _failed(self, error: UserError, key: int, again: Callable[[Entry], object]) -> None:
        if isinstance(error, NeedsReason):
            self._justify(str(error), again)
            return
        self.page.tell(error)
        self.changed.emit(key)

    def _justify(self, question: str, again: Callable[[Entry], object]) -> None:
        def answer(by: str, reason: str) -> None:
            if not by or not reason:
                self._justify(question, again)
                return
            self._reason = reason
            again(replace(self.entry(), by=by, reason=reason))

        self.page.banner.hide()
        fields = [
            (_("Your name"), self.page.context.user, 130),
            (_("Reason"), self._reason if self.closed else "", 260),
        ]
        self.ask.write(question, fields, answer, _("Record"))

    def read_time(self, typed: str, name: str = "") -> tuple[time | None] | None:
        """Return the time meant, in a tuple of one; None when it was refused in words."""
        if times.plain(typed) in times.UNKNOWN:
            return (None,)
        try:
            if not typed and self.day != clock.today():
                raise UserError(_("This is not today's register: type the time, or ? if it is not known."))
            now = clock.now().time().replace(second=0)
            return (times.parse(typed, opens=self.hours.opens, closes=self.hours.closes) if typed else now,)
        except UserError as error:
            self.refuse(f"{name}: {error}" if name else str(error))
            return None

    def refuse(self, sentence: str) -> None:
        """Say why it is not done."""
        self.page.tell(UserError(sentence))
