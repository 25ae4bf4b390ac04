"""What keys and mouse on the roster do to the office: each change is on disk at once, in a transaction of its own."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.roster import StaffAbsence, StaffAbsenceReason
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import availability, roster, roster_week, times
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import ShiftView, Week
from ccfs_desktop.views import roster_editor, roster_words
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.roster_editor import Wanted
from ccfs_desktop.views.roster_model import Cell
from ccfs_desktop.views.roster_words import Marks

Do = Callable[[Any], object]
"""What is done with an open transaction."""

REASON_KEYS: dict[str, StaffAbsenceReason] = {
    "S": StaffAbsenceReason.SICK,
    "L": StaffAbsenceReason.LEAVE,
    "T": StaffAbsenceReason.TRAINING,
    "O": StaffAbsenceReason.OTHER,
}
_USUAL = 8 * 60
"""Minutes a new shift is proposed with where the person has none in the week; ours, and only a proposal."""


class RosterDesk(QObject):
    """Carries out what is asked for, and says in words what is refused."""

    changed = Signal()
    """The week is to be read again."""
    opened = Signal(object, object, object)
    """A cell, its shift or None, and what a new one begins with: to be shown in the editor."""
    menu_asked = Signal(object, object, QPoint)
    sick_asked = Signal(object)

    def __init__(self, page: Page, ask: Ask) -> None:
        """Keep where to tell and to ask.

        Args:
            page: the page around the roster.
            ask: where reasons are asked for.
        """
        super().__init__(page)
        self._page, self._ask = page, ask
        self.season: Season | None = None
        self.week: Week | None = None
        self._copied: ShiftView | None = None

    # ------------------------------------------------------------------------------------------ one shift

    def typed(self, cell: Cell, view: ShiftView | None, text: str) -> None:
        """Enter times, as ``730-15`` or ``730``."""
        try:
            span = roster_editor.read_typed(text, view.span if view else None, self.hours(cell.day))
        except UserError as error:
            self._page.tell(error)
            return
        if view:
            self.move(view, cell, span)
        else:
            self.add(cell, span)

    def move(self, view: ShiftView, cell: Cell, span: Span) -> None:
        """Move a shift to another time, person or day."""
        self.do(N_("Move a shift"), lambda s: roster.change(
            s, view.id, staff_id=cell.line.staff_id, day=cell.day, span=span))  # fmt: skip

    def add(self, cell: Cell, span: Span) -> None:
        """Put the person on the roster, in the group of the shift before, else the usual one."""
        group_id = self.begun(cell).group_id
        self.do(N_("Put somebody on the roster"), lambda s: roster.put(
            s, self._season, cell.line.staff_id, cell.day, span, group_id))  # fmt: skip

    def edit(self, cell: Cell, view: ShiftView | None) -> None:
        """Open a shift, or a new one."""
        if not view and cell.on.away:
            self._refuse(
                _("{name} cannot come on this day: {reason}.").format(name=cell.line.name, reason=cell.on.away)
            )
            return
        parts = tuple((p.kind, p.span, p.group_id) for p in view.parts) if view else ()
        begun = Wanted(view.span, view.group_id, view.pinned, view.note, parts) if view else self.begun(cell)
        self.opened.emit(cell, view, begun)

    def save(self, cell: Cell, view: ShiftView | None, wanted: Wanted) -> str:
        """Keep what was written in the editor; return why not, or nothing."""
        try:
            with self._page.db.begin(N_("Change a shift") if view else N_("Put somebody on the roster")) as session:
                if view is None:
                    roster.put(
                        session, self._season, cell.line.staff_id, cell.day, wanted.span, wanted.group_id,
                        parts=wanted.parts, pinned=wanted.pinned, note=wanted.note,
                    )  # fmt: skip
                else:
                    roster.set_parts(session, view.id, ())
                    roster.change(
                        session, view.id, span=wanted.span, group_id=wanted.group_id, pinned=wanted.pinned,
                        note=wanted.note,
                    )  # fmt: skip
                    roster.set_parts(session, view.id, wanted.parts)
        except UserError as error:
            return str(error)
        self._done()
        return ""

    def take_off(self, cell: Cell, view: ShiftView | None) -> None:
        """Take a shift off the roster; where there is none, an absence is what could be taken back."""
        if view:
            self.do(N_("Take a shift off the roster"), lambda s: roster.take_off(s, view.id))
        elif cell.on.away:
            self.absent(cell)

    def pin(self, view: ShiftView | None) -> None:
        """Pin a shift, or let it go."""
        if view:
            action = N_("Let a pinned shift go") if view.pinned else N_("Pin a shift")
            self.do(action, lambda s: roster.change(s, view.id, pinned=not view.pinned))

    def copy(self, view: ShiftView | None) -> None:
        """Keep a shift to be pasted, here and as words elsewhere."""
        if view and self.week:
            self._copied = view
            QGuiApplication.clipboard().setText(roster_words.shift(view, Marks(self.week.groups)))
            self._page.say(_("Copied. Ctrl+V puts the shift into another cell."))

    def paste(self, cell: Cell) -> None:
        """Put what was copied here."""
        if self._copied is None:
            self._refuse(_("Nothing was copied yet. Ctrl+C on a shift copies it."))
            return
        view = self._copied
        self.do(N_("Copy a shift"), lambda s: self._again(s, cell, view))

    def repeat(self, cell: Cell) -> None:
        """Repeat the shifts of the open day before."""
        before = self._before(cell)
        if not before:
            self._refuse(_("There is no shift on the open day before to repeat."))
            return
        self.do(N_("Repeat a shift"), lambda s: [self._again(s, cell, view) for view in before])

    def _again(self, session: Any, cell: Cell, view: ShiftView) -> None:
        parts = tuple((p.kind, p.span, p.group_id) for p in view.parts)
        roster.put(
            session, self._season, cell.line.staff_id, cell.day, view.span, view.group_id, parts=parts, note=view.note
        )

    def _before(self, cell: Cell) -> tuple[ShiftView, ...]:
        week = self.week
        if not week:
            return ()
        earlier = [day for day in week.days if day < cell.day]
        if earlier:
            return cell.line.days[earlier[-1]].shifts
        with self._page.db.read() as session:
            last = roster_week.read(session, self._season, week.monday - timedelta(days=7))
        line = next((found for found in last.lines if found.staff_id == cell.line.staff_id), None)
        return line.days[last.days[-1]].shifts if line and last.days else ()

    def begun(self, cell: Cell) -> Wanted:
        """Return what a new shift begins with: as on the nearest day of the week, else the opening hours."""
        others = [(abs((day - cell.day).days), on.shifts[0]) for day, on in cell.line.days.items() if on.shifts]
        if others and not cell.on.shifts:
            near = min(others, key=lambda found: found[0])[1]
            return Wanted(near.span, near.group_id, pinned=False, note="", parts=())
        hours = self.hours(cell.day)
        free = next((s for s in cell.on.available if s.meets(hours)), hours)
        start = max(hours.start, free.start, *(s.span.end for s in cell.on.shifts))
        end = max(start + 60, min(hours.end, free.end, start + _USUAL))
        groups = list(self.week.groups) if self.week else []
        usual = cell.line.group_id
        fallback = groups[0] if groups and not cell.on.counting.why_not else None
        return Wanted(Span(start, end), usual if usual is not None else fallback, pinned=False, note="", parts=())

    def hours(self, day: date) -> Span:
        """Return when children may be there on a day."""
        usual = Span(450, 1_050)
        return self.week.hours.get(day, usual) if self.week else usual

    # ------------------------------------------------------------------------------------- days and weeks

    def plan_breaks(self, cell: Cell) -> None:
        """Plan the breaks of the day."""
        self.breaks_of(cell.day)

    def breaks_of(self, day: date) -> None:
        """Plan the breaks of a day so that cover holds."""

        def plan(session: Any) -> None:
            placed = roster.plan_breaks(session, self._season, day)
            told = ngettext("{n} break was planned.", "{n} breaks were planned.", placed)
            self._page.say(told.format(n=placed) if placed else _("No break is missing on this day."))

        self.do(N_("Plan the breaks of a day"), plan)

    def copy_day(self, source: date, targets: Sequence[date]) -> None:
        """Copy a day's shifts to others; what could not be copied is said."""
        self._told(
            N_("Copy a day of the roster"),
            lambda s: [told for day in targets for told in roster.copy_day(s, self._season, source, day)],
        )

    def copy_week(self, source: date, target: date) -> None:
        """Copy a week's shifts to another; what could not be copied is said."""
        self._told(N_("Copy a week of the roster"), lambda s: roster.copy_week(s, self._season, source, target))

    def _told(self, action: str, do: Callable[[Any], list[str]]) -> None:
        left: list[str] = []
        if self.do(action, lambda s: left.extend(do(s))) and left:
            shown = left[:3] + ([_("{n} more").format(n=len(left) - 3)] if len(left) > 3 else [])
            self._page.warn(f"{_('Copied, but for:')} {' '.join(shown)}")

    def clear(self) -> None:
        """Ask, then take every shift of the week off that is not pinned."""
        week = self.week
        if not week:
            return
        n = sum(1 for line in week.lines for on in line.days.values() for s in on.shifts if not s.pinned)
        if not n:
            self._refuse(_("There is nothing to take off in this week that is not pinned."))
            return
        asked = ngettext(
            "Take {n} shift of this week off? Pinned shifts stay.",
            "Take {n} shifts of this week off? Pinned shifts stay.", n,
        )  # fmt: skip

        def answered(yes: object) -> None:
            if yes:
                self.do(N_("Clear a week of the roster"), lambda s: roster.clear_week(s, self._season, week.monday))

        self._ask.choose(asked.format(n=n), [("Y", _("Yes, take off"), True), ("N", _("No"), False)], answered)

    # ------------------------------------------------------------------------------------------- absences

    def absent(self, cell: Cell) -> None:
        """Ask why, and mark the person as away that day; or take a noted absence back."""
        noted = self.absence(cell)
        options: list[tuple[str, str, object]] = [(key, _(r.word), r) for key, r in REASON_KEYS.items()]
        if noted:
            options = [("B", _("Take the absence back"), None)]
            asked = _("{name} is away from {first} to {last}: {reason}.").format(
                name=cell.line.name, first=noted.first_day, last=noted.last_day, reason=_(noted.reason.word)
            )
            self._ask.choose(asked, options, lambda _none: self.do(
                N_("Take an absence back"), lambda s: availability.remove_absence(s, noted.id)))  # fmt: skip
            return
        asked = _("{name} is away on {day}. Why?").format(
            name=cell.line.name, day=roster_words.day_name(cell.day, long=True)
        )
        self._ask.choose(asked, options, partial(self._mark_absent, cell))

    def _mark_absent(self, cell: Cell, reason: object) -> None:
        absence = StaffAbsence(
            staff_id=cell.line.staff_id, first_day=cell.day, last_day=cell.day, reason=StaffAbsenceReason(reason)
        )
        done = self.do(N_("Mark somebody as away"), lambda s: availability.save_absence(s, absence))
        if done and cell.on.shifts:
            told = _("{name} is away, and still on the roster that day.").format(name=cell.line.name)
            self._page.warn(told, _("Find cover"), partial(self.sick_asked.emit, cell))

    def ask_sick(self, cell: Cell, then: Callable[[], object]) -> None:
        """Ask from when somebody is sick, note it, and go on."""
        asked = _("{name} does not come on {day}. From when? Leave it empty for the whole day.").format(
            name=cell.line.name, day=roster_words.day_name(cell.day, long=True)
        )

        def answered(typed: str) -> None:
            try:
                hours = self.hours(cell.day)
                start = roster_editor.read_typed(typed, hours, hours).start if typed else None
            except UserError as error:
                self._page.tell(error)
                return
            absence = StaffAbsence(
                staff_id=cell.line.staff_id, first_day=cell.day, last_day=cell.day, reason=StaffAbsenceReason.SICK,
                starts=times.moment(start) if start is not None else None,
            )  # fmt: skip
            if self.do(N_("Mark somebody as sick"), lambda s: availability.save_absence(s, absence)):
                then()

        self._ask.write(asked, [(_("From"), self._now(cell), 90)], answered, _("Find cover"), grave=False)

    def keep_worked(self, session: Any, cell: Cell) -> None:
        """Put back on the roster what somebody works before falling sick in the middle of the day."""
        absence = self.absence(cell)
        until = times.minutes(absence.starts) if absence and absence.starts else 0
        for view in cell.on.shifts:
            if view.span.start < until:
                span = Span(view.span.start, min(view.span.end, until))
                parts = tuple((p.kind, p.span, p.group_id) for p in view.parts if span.holds(p.span))
                roster.put(
                    session, self._season, view.staff_id, view.day, span, view.group_id, parts=parts, note=view.note
                )

    def _now(self, cell: Cell) -> str:
        """Return the time to propose: now, while the person is on duty; else nothing, which is the whole day."""
        now = clock.now()
        minute = now.hour * 60 + now.minute
        on_duty = any(s.span.start < minute < s.span.end for s in cell.on.shifts)
        return times.clock(minute) if cell.day == now.date() and on_duty else ""

    def absence(self, cell: Cell) -> StaffAbsence | None:
        """Return the absence noted for a person's day, if there is one."""
        with self._page.db.read() as session:
            every = availability.absences(session, cell.line.staff_id, cell.day)
        return next((a for a in every if a.first_day <= cell.day <= a.last_day), None)

    def sick(self, cell: Cell) -> None:
        """Look for cover for somebody who does not come."""
        self.sick_asked.emit(cell)

    def menu(self, cell: Cell, view: ShiftView | None, at: QPoint) -> None:
        """Show what can be done here."""
        self.menu_asked.emit(cell, view, at)

    # ------------------------------------------------------------------------------------ how it is done

    @property
    def _season(self) -> Season:
        if self.season is None:
            raise UserError(_("There is no season yet. Set one up in Settings."))
        return self.season

    def do(self, action: str, do: Do) -> bool:
        """Do something as one transaction; say why not, and show everything as it was. Return whether it was done."""
        try:
            with self._page.db.begin(action) as session:
                do(session)
        except UserError as error:
            self.changed.emit()
            self._page.tell(error)
            return False
        self._done()
        return True

    def _done(self) -> None:
        self._page.banner.hide()
        self._page.context.shell.saved()
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self._page.tell(UserError(sentence))
