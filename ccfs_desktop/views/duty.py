"""On duty: who is planned, who is here, on a break, gone; typed at the door or from the signed sheet."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetKind
from ccfs_desktop.models.visit import Correction
from ccfs_desktop.services import badges, closing, duty_day, offices, seasons, sheet_codes, sheets, times
from ccfs_desktop.services.duty_day import Row, State
from ccfs_desktop.services.searching import fold
from ccfs_desktop.views.attendance_bar import DayBar, ScanStrip, day_text
from ccfs_desktop.views.duty_card import DutyCard
from ccfs_desktop.views.duty_desk import DutyDesk
from ccfs_desktop.views.duty_model import DutyModel, Part
from ccfs_desktop.views.duty_now import NowStrip
from ccfs_desktop.views.duty_view import DutyView
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.kit.states import EmptyState, words
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.staff_place import StaffPlace

_REST = 60
"""Milliseconds the cursor rests on an adult before the card beside it is built."""
_WITH_CARD = 1060
"""From this width on the card stands beside the grid."""
_CHIPS = {
    "all": N_("All"), "planned": N_("Not yet here"), "here": N_("Here"), "out": N_("Break or errand"),
    "left": N_("Left"), "away": N_("Away"),
}  # fmt: skip
_KINDS = {
    State.PLANNED: "planned",
    State.MISSED: "planned", State.HERE: "here", State.BREAK: "out", State.ERRAND: "out", State.LEFT: "left",
    State.AWAY: "away",
}  # fmt: skip


class DutyPlace(StaffPlace):
    """One day's adults."""

    name = "duty"
    right = "roster"
    primary_right = "plan"
    title = N_("On duty")
    primary = N_("Print the staff sheet")
    primary_icon = "printer"

    def __init__(self, page: PlacesPage) -> None:
        """Build it, empty."""
        super().__init__(page)
        self.season: Season | None = None
        self.day: date | None = None
        self.rows: list[Row] = []
        self._groups: dict[int, str] = {}
        self._open_days: list[date] = []
        self._places: dict[int, int] = {}
        self._corrections: list[tuple[Correction, Any]] = []
        self._shown: Row | None = None
        """Whom the card shows."""
        self.bar, self.ask, self.scan, self.card, self.now = DayBar(), Ask(), ScanStrip(), DutyCard(), NowStrip()
        self.desk, self.model = DutyDesk(page, self.ask), DutyModel()
        self.view = DutyView(self.model, self.desk)
        self.filters = FilterBar([Chip(key, _(title)) for key, title in _CHIPS.items()], search=False)
        self.stack = QStackedWidget()
        self.keys = words("", "help", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._build()
        self._connect()

    # -------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the day again; the cursor stays on its adult."""
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, self.day)
                self._open_days = seasons.open_days(session, self.season)
                self.day = self.day or seasons.shown_first(self.season, self._open_days, today=clock.today())
                self._groups = {g.id: g.name for g in seasons.groups(session, self.season)}
                why = seasons.why_closed(session, self.season, self.day)
                done = closing.closed(session, self.season, self.day)
                self.rows = duty_day.read(session, self.season, self.day)
                self._corrections = closing.corrected(session, self.season, self.day)
                self.desk.hours = seasons.hours(session, self.season)
        except UserError as error:
            self.season = None
            self.page.show_unready(error)
            return
        self.page.show_content()
        self.desk.season, self.desk.day, self.desk.groups = self.season, self.day, self._groups
        self.desk.closed = done is not None
        told = _("Closed by {by}, {at:%H:%M}").format(by=done.closed_by, at=done.closed_at) if done else ""
        self.bar.show_groups([], None)
        self.bar.show_day(self.day, today=self.day == clock.today(), closed=told)
        self.now.read(self.db, self.season, self.day)
        if not self.rows:
            self._say_instead(self._nobody())
        elif why and not any(row.stays for row in self.rows):
            self._say_instead(self._shut(self.day, why))
        else:
            self.stack.setCurrentIndex(0)
            self.show_rows()

    def show_rows(self) -> None:
        """Show what was read through the filter; the cursor stays on its adult."""
        kept, part = (self.view.row.staff_id if self.view.row else 0), self.view.part
        chosen = self.filters.chosen
        wanted = [r for r in self.rows if chosen in ("", "all") or _KINDS.get(r.state) == chosen]
        self.model.show(wanted, self._places, self._groups)
        self.view.laid()
        kinds = [_KINDS.get(r.state, "") for r in self.rows]
        counts = {key: len(kinds) if key == "all" else kinds.count(key) for key in _CHIPS}
        self.filters.show_chips([Chip(key, _(title), counts[key]) for key, title in _CHIPS.items()])
        line = self.model.line_of(kept)
        line = line if line >= 0 else self.model.next_line(-1, 1)
        if line >= 0:
            self.view.go(line, part)
        self._show_card()

    def open(self, **target: Any) -> None:
        """Show a day, a person, or type from a sheet.

        Args:
            target: ``day``, ``staff`` (an id), ``sheet`` (a number).
        """
        if target.get("day"):
            self.show_day(target["day"])
        if target.get("sheet"):
            self.open_sheet(target["sheet"])
        if target.get("staff"):
            self._go_to(target["staff"])

    def show_day(self, day: date) -> None:
        """Show another day; the sheet of the day before is put away."""
        if day != self.day:
            self.day = day
            self._take_sheet(None)
        self.refresh()
        self.view.setFocus()

    def step(self, step: int) -> None:
        """Go to the next open day in a direction."""
        if day := seasons.beside(self._open_days, self.day or clock.today(), step):
            self.show_day(day)

    def act(self) -> None:
        """Print the sheet on which the adults of the day sign."""
        from ccfs_desktop.reports import issue  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        if self.day:
            order = Order(self.day)
            show = partial(self.printing, _("Staff sign-in"), f"staff-sign-in-{self.day}")
            self.page.work(_("Printing the staff sheet …"), lambda _job: issue.staff_sheet(self.db, order), show)

    printed = act

    def _nobody(self) -> EmptyState:
        detail = _("Add the people who look after the children, or import the staff list.")
        go = partial(self.page.open, place="files")
        return EmptyState("users", _("Nobody works here on this day."), _("Open the staff files"), go, detail)

    def _shut(self, day: date, why: str) -> EmptyState:
        ahead = [d for d in self._open_days if d > day] or self._open_days[-1:]
        action = _("Go to {day}").format(day=day_text(ahead[0])) if ahead else ""
        return EmptyState("calendar-x", why, action, partial(self.show_day, ahead[0]) if ahead else None)

    def _say_instead(self, state: EmptyState) -> None:
        if old := self.stack.widget(1):
            self.stack.removeWidget(old)
            old.deleteLater()
        self.stack.addWidget(state)
        self.stack.setCurrentWidget(state)

    # ------------------------------------------------------------------------------------------ from paper

    def open_sheet(self, typed: str) -> None:
        """Type from a numbered staff sheet: its day, its people in its order; whoever has it in hand has it back."""
        try:
            code = sheet_codes.scanned(typed, offices.site_key(self.db))
            with self.db.begin(N_("Take a sheet back")) as session:
                sheet, back = sheets.take_in_hand(session, code, on=clock.today())
        except UserError as error:
            self.page.tell(error)
            return
        if back:
            self.page.say(_("Sheet {code} is back.").format(code=sheet_codes.written(sheet.code)))
        if sheet.kind is SheetKind.CHILDREN:
            self.context.shell.go("attendance", sheet=sheet.code)
            return
        self.page.banner.hide()
        self.day = sheet.day
        self._take_sheet(sheet)
        self.filters.choose("all")
        self.refresh()
        line = self.model.next_line(-1, 1)
        if line >= 0:
            self.view.go(line, Part.IN)
        self.view.setFocus()

    def leave_sheet(self) -> None:
        """Put the sheet away: what is typed from now on is typed without one."""
        self._take_sheet(None)
        self.refresh()

    def _take_sheet(self, sheet: Sheet | None) -> None:
        refs = sheet.rows.split(",") if sheet and sheet.rows else []
        self._places = {int(ref): number for number, ref in enumerate(refs, 1)}
        self.desk.sheet_code = sheet.code if sheet else ""
        self.bar.show_sheet(sheet.code if sheet else "")

    def _find(self, typed: str) -> None:
        """Sign in or out whose badge was scanned, or go to the person of that name."""
        if badges.is_code(typed):
            self.desk.scan(typed)
            return
        wanted = fold(typed).split()
        fits = [r for r in self.rows if all(w in fold(f"{r.name} {r.name_latin}") for w in wanted)]
        exact = [r for r in fits if wanted in (fold(r.name).split(), fold(r.name_latin).split())]
        if len(exact or fits) > 1:
            people = listed(r.name for r in exact or fits)
            told = _("Several people are called “{name}”: {people}. Write more of the name.")
            self.page.tell(UserError(told.format(name=typed, people=people)))
        elif fits:
            self.page.banner.hide()
            self._go_to((exact or fits)[0].staff_id)
        else:
            self.page.tell(UserError(_("Nobody called “{name}” works here on this day.").format(name=typed)))

    def _go_to(self, staff_id: int) -> None:
        if not self.view.seek(staff_id):
            self.filters.choose("all")
            self.show_rows()
            self.view.seek(staff_id)
        self.view.setFocus()

    # ------------------------------------------------------------------------------------------ what changes it

    def _changed(self, staff_id: int) -> None:
        """Read one adult's line again, or all of them."""
        if self.season is None or self.day is None:
            return
        with self.db.read() as session:
            fresh = duty_day.row(session, self.season, self.day, staff_id) if staff_id else None
            self._corrections = closing.corrected(session, self.season, self.day) if self.desk.closed else []
        if fresh is None:
            self.refresh()
            return
        self.scan.hide()
        self.rows = [fresh if r.staff_id == staff_id else r for r in self.rows]
        self.show_rows()
        self.now.read(self.db, self.season, self.day)

    def _put_right(self, row: Row, key: int, values: dict[str, Any], *, part: bool = False) -> None:
        """Store what was typed beside the grid."""
        hours = self.desk.hours
        try:
            for name in values.keys() & {"arrived", "departed", "starts", "ends"}:
                text = values[name]
                values[name] = times.parse(text, opens=hours.opens, closes=hours.closes) if text else None
            if "starts" in values and values["starts"] is None:
                raise UserError(_("Type when it began, or take it back."))
        except UserError as error:
            self.page.tell(error)
            self._shown = None
            self._rest.start()
            return
        if not part:
            self.desk.change(row, key, values)
        elif values:
            self.desk.change_part(row, key, values)
        else:
            self.desk.remove_part(row, key)

    def _scanned(self, row: Row, came: bool) -> None:
        """Say large who came or left."""
        self._go_to(row.staff_id)
        fresh = next((r for r in self.rows if r.staff_id == row.staff_id), row)
        if fresh.stay:
            at = times.show(fresh.stay.duty.arrived if came else fresh.stay.duty.departed)
            told = _("{name} is here, {time}") if came else _("{name} has left, {time}")
            detail = " · ".join(p for p in (_(fresh.role.word), fresh.group) if p)
            self.scan.tell(told.format(name=fresh.name, time=at), detail, came=came)

    def _show_card(self) -> None:
        row = self.view.row
        if row is not None and row is self._shown:
            return  # built already; somebody may be typing in it
        self._shown = row
        if row is None:
            self.card.clear()
            return
        mine = [c for c, _person in self._corrections if c.staff_id == row.staff_id]
        self.card.show_adult(row, self._groups, mine)

    # --------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        grid = QVBoxLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for part in (self.filters, self.now, self.scan):
            grid.addWidget(part)
        grid.addWidget(self.view, 1)
        grid.addWidget(self.ask)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 6)
        foot.addWidget(self.keys, 1)
        grid.addLayout(foot)
        self.keys.setText(
            _("I in · O out · B break · E errand · G group · digits type a time · Enter saves · Delete takes back")
            + "\n" + _("? time unknown · U not signed · in the column of breaks the second time ends · F6 the person")
        )  # fmt: skip
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        rule = QFrame()
        rule.setObjectName("rule")
        row.addLayout(grid, 1)
        row.addWidget(rule)
        row.addWidget(self.card)
        self.stack.addWidget(whole)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._show_card)
        self.view.moved.connect(self._rest.start)
        self.view.refused.connect(lambda sentence: self.page.tell(UserError(sentence)))  # pyright: ignore
        self.desk.changed.connect(self._changed)
        self.desk.scanned.connect(self._scanned)
        self.ask.answered.connect(self.view.setFocus)
        self.filters.filtered.connect(self._filtered)
        self.card.changed.connect(self._put_right)
        self.card.part_changed.connect(partial(self._put_right, part=True))
        self.card.left.connect(self._leave_card)
        self.card.asked.connect(lambda key: self.page.open(place="files", staff=key))  # pyright: ignore
        self.bar.stepped.connect(self.step)
        self.bar.picked.connect(self.show_day)
        self.bar.today.connect(lambda: self.show_day(clock.today()))
        self.bar.sheet_typed.connect(self.open_sheet)
        self.bar.sheet_left.connect(self.leave_sheet)
        self.bar.found.connect(self._find)
        self.bar.left.connect(self.view.setFocus)
        for keys, slot in (
            ("F6", self._open_card), ("Ctrl+S", self.bar.sheet.setFocus), ("Ctrl+F", self.bar.badge.setFocus),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, slot)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor into the grid, so that one can type at once."""
        super().showEvent(event)
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow window's room to the grid; the card comes with F6."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= theme.px(_WITH_CARD))

    def _open_card(self) -> None:
        self.card.show()
        self.card.begin()

    def _leave_card(self) -> None:
        self.view.setFocus()
        self.card.setVisible(self.width() >= theme.px(_WITH_CARD))

    def _filtered(self) -> None:
        self.show_rows()
        self.view.setFocus()
