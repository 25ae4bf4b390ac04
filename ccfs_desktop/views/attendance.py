"""The Attendance page: one day's register, and from it the sheets, the month, absences, and closing the day."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import SheetKind
from ccfs_desktop.models.visit import DayClose
from ccfs_desktop.services import closing, offices, opening, seasons, sheet_codes, sheets
from ccfs_desktop.services.opening import Opening, State
from ccfs_desktop.views.attendance_bar import DayBar, day_text
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState
from ccfs_desktop.views.register_panel import RegisterPanel


class AttendancePage(Page):
    """Who is expected, here, gone and absent on a day; typed at the door or from the signed sheet."""

    title = N_("Attendance")
    primary = N_("Close the day")
    primary_icon = "clipboard-check"
    primary_right = "close"
    help = "attendance.md"

    def __init__(self, context: Context) -> None:
        """Build the page; ``refresh`` reads the day."""
        super().__init__(context)
        self.season: Season | None = None
        self.day: date | None = None
        self._open_days: list[date] = []
        self._shut = ""
        self.bar, self.register = DayBar(), RegisterPanel(self)
        self.body.addWidget(self.bar)
        self._place = QStackedWidget()
        self._place.addWidget(self.register)
        self.body.addWidget(self._place, 1)
        for text, slot, icon, keys in (
            (_("In the space now"), self.open_evacuation, "siren", "Ctrl+Shift+E"),
            (_("Sheets"), self.open_sheets, "inbox", "Ctrl+Shift+S"),
            (_("Month"), self.open_month, "calendar", "Ctrl+M"),
            (_("Absences"), self.open_absences, "calendar-x", "Ctrl+Shift+A"),
        ):
            self.header.add(text, slot, icon, "quiet").setToolTip(keys)
            QShortcut(QKeySequence(keys), self, slot)
        self._connect()

    # -------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the day again; the cursor stays on its child."""
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, self.day)
                self._open_days = seasons.open_days(session, self.season)
                self.day = self.day or seasons.shown_first(self.season, self._open_days, today=clock.today())
                groups = seasons.groups(session, self.season)
                why = seasons.why_closed(session, self.season, self.day)
                done = closing.closed(session, self.season, self.day)
                standing = opening.of(session, self.season, self.day)
                self.register.read(session, self.season, self.day)
        except UserError as error:
            self.season = None
            self.show_empty("calendar", str(error), _("Open Settings"), partial(self.context.shell.go, "settings"))
            return
        self._show_day(self.day, [(g.name, g.id) for g in groups], done)
        self._tell_shut(standing if not done else Opening(State.NOT_CHECKED))
        if self.register.rows and (not why or any(row.visits for row in self.register.rows)):
            self.show_content()
            self._place.setCurrentWidget(self.register)
            self.register.show_rows()
        elif why:
            self._show_closed(self.day, why)
        else:
            self._show_nobody()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor into the register, so that one can type at once."""
        super().showEvent(event)
        self.register.view.setFocus()

    def open(self, **target: Any) -> None:
        """Show a day, a state, a child, or the sheets that are out.

        Args:
            target: ``day``, ``state``, ``child``, ``sheet`` (a number), ``sheets`` (whether to open their list),
                ``month`` (whether to open it at a glance).
        """
        if target.get("day"):
            self.show_day(target["day"])
        if target.get("sheet"):
            self.open_sheet(target["sheet"])
        if target.get("state"):
            self.register.filters.choose(target["state"])
        if target.get("child"):
            self.register.go_to(target["child"])
        if target.get("sheets"):
            self.open_sheets()
        if target.get("month"):
            self.open_month()

    def show_day(self, day: date) -> None:
        """Show another day; the sheet of the day before is put away."""
        if day != self.day:
            self.day = day
            self.register.take_sheet(None)
            self.bar.show_sheet("")
        self.refresh()
        self.register.view.setFocus()

    def _show_day(self, day: date, groups: Sequence[tuple[str, int]], done: DayClose | None) -> None:
        told = _("Closed by {by}, {at:%H:%M}").format(by=done.closed_by, at=done.closed_at) if done else ""
        self.bar.show_groups(groups, self.register.group)
        self.bar.show_day(day, today=day == clock.today(), closed=told)
        self.primary_button.setText(_("How the day was closed") if done else _(self.primary))

    def _tell_shut(self, standing: Opening) -> None:
        """Say above the register that the day is not safe to open, and lead to the check that says so."""
        if standing.state is State.UNSAFE and standing.check:
            show = partial(self.context.shell.go, "safety", check=standing.check.id)
            self.warn(standing.sentence, _("Show the opening check"), show)
            self._shut = standing.sentence
        elif self._shut and self.banner.text.text() == self._shut:
            self.banner.hide()
            self._shut = ""

    def _show_closed(self, day: date, why: str) -> None:
        """Say why the space is closed, and lead to an open day."""
        ahead = [d for d in self._open_days if d > day] or self._open_days[-1:]
        action = _("Go to {day}").format(day=day_text(ahead[0])) if ahead else ""
        self._say_instead(EmptyState("calendar-x", why, action, partial(self.show_day, ahead[0]) if ahead else None))

    def _show_nobody(self) -> None:
        detail = _("Children appear here from their first day on, on the weekdays they chose.")
        there = partial(self.context.shell.go, "children")
        self._say_instead(
            EmptyState("baby", _("No child has a place on this day."), _("Enrol or import children"), there, detail)
        )

    def _say_instead(self, state: EmptyState) -> None:
        """Show a sentence where the register would be; the days stay within reach."""
        self.show_content()
        if old := self._place.widget(1):
            self._place.removeWidget(old)
            old.deleteLater()
        self._place.addWidget(state)
        self._place.setCurrentWidget(state)

    def step(self, step: int) -> None:
        """Go to the next open day in a direction."""
        if day := seasons.beside(self._open_days, self.day or clock.today(), step):
            self.show_day(day)

    # ------------------------------------------------------------------------------------------ from paper

    def open_sheet(self, typed: str) -> None:
        """Type from a numbered sheet: show its day and children in its order; whoever has it in hand has it back."""
        try:
            code = sheet_codes.scanned(typed, offices.site_key(self.db))
            with self.db.begin(N_("Take a sheet back")) as session:
                sheet, back = sheets.take_in_hand(session, code, on=clock.today())
        except UserError as error:
            self.tell(error)
            return
        if back:
            self.say(_("Sheet {code} is back.").format(code=sheet_codes.written(sheet.code)))
        if sheet.kind is SheetKind.STAFF:
            self.context.shell.go("staff", place="duty", sheet=sheet.code)
            return
        self.banner.hide()
        self.day = sheet.day
        self.register.take_sheet(sheet)
        self.register.group = sheet.group_id
        self.register.filters.choose("all")
        self.bar.show_sheet(sheet.code)
        self.refresh()
        self.register.begin()

    def leave_sheet(self) -> None:
        """Put the sheet away: what is typed from now on is typed without one."""
        self.register.take_sheet(None)
        self.bar.show_sheet("")
        self.refresh()

    def printed(self) -> None:
        """Print the day's sign-in sheets, of the group in view."""
        from ccfs_desktop.reports import issue  # noqa: PLC0415 (paper is loaded when it is needed)
        from ccfs_desktop.reports.order import Order  # noqa: PLC0415

        if self.day:
            order = Order(self.day, group=self.bar.groups.currentText() if self.register.group else "")
            show = partial(self.preview, _("Sign-in sheets"), f"sign-in-sheet-{self.day}")
            self.work(_("Printing the sign-in sheets …"), lambda _job: issue.sign_in_sheets(self.db, order), show)

    def preview(self, title: str, name: str, pdf: bytes) -> None:
        """Show a printed paper over the page."""
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415

        self.push(title, Paper(pdf, name, say=self.say))

    # ------------------------------------------------------------------------------------------- further places

    def act(self) -> None:
        """Look at what is open and close the day."""
        from ccfs_desktop.views.closing import ClosingPanel  # noqa: PLC0415 (in the evening)

        if self.season and self.day:
            panel = ClosingPanel(self, self.season, self.day)
            panel.child_asked.connect(self._back_to)
            panel.sheets_asked.connect(self.open_sheets)
            self.push(f"{self.primary_button.text()} · {day_text(self.day)}", panel)

    def open_sheets(self) -> None:
        """List the numbered sheets, out and back."""
        from ccfs_desktop.views.sheets import SheetsPanel  # noqa: PLC0415

        if self.season and self.day:
            panel = SheetsPanel(self, self.season, self.day)
            panel.opened.connect(self._open_from_list)
            self.push(_("Sheets out and back"), panel)

    def open_month(self) -> None:
        """Show the month at a glance."""
        from ccfs_desktop.views.attendance_month import MonthPanel  # noqa: PLC0415

        if self.season and self.day:
            panel = MonthPanel(self, self.season, self.day)
            panel.opened.connect(self._open_from_month)
            self.push(_("The month"), panel)

    def open_absences(self, child_id: int = 0) -> None:
        """Plan absences and see those to come."""
        from ccfs_desktop.views.attendance_absences import AbsencesPanel  # noqa: PLC0415

        if self.season and self.day:
            self.push(_("Planned absences"), AbsencesPanel(self, self.season, self.day, child_id))

    def open_evacuation(self) -> None:
        """Show who is in the space now."""
        from ccfs_desktop.views.attendance_evacuation import EvacuationPanel  # noqa: PLC0415

        if self.season and self.day:
            self.push(_("In the space now"), EvacuationPanel(self, self.season))

    def _back_to(self, child_id: int) -> None:
        self.pop()
        self.register.go_to(child_id)

    def _open_from_list(self, code: str) -> None:
        self.pop()
        self.open_sheet(code)

    def _open_from_month(self, day: date, child_id: int) -> None:
        self.pop()
        self.open(day=day, child=child_id)

    def _asked(self, what: str, child_id: int) -> None:
        if what == "file":
            self.context.shell.go("children", child=child_id)
        else:
            self.open_absences(child_id)

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.picked.connect(self.show_day)
        self.bar.today.connect(lambda: self.show_day(clock.today()))
        self.bar.grouped.connect(lambda: self.register.show_group(self.bar.groups.currentData()))
        self.bar.sheet_typed.connect(self.open_sheet)
        self.bar.sheet_left.connect(self.leave_sheet)
        self.bar.found.connect(self.register.seek)
        self.bar.left.connect(self.register.view.setFocus)
        self.register.stale.connect(self.refresh)
        self.register.asked.connect(self._asked)
        for keys, field in (("Ctrl+S", self.bar.sheet), ("Ctrl+F", self.bar.badge)):
            QShortcut(QKeySequence(keys), self, field.setFocus)
