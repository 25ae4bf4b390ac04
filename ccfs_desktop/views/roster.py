"""The roster: a week by person or by group, planned by hand or drafted, published, covered when somebody is sick."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roster_cover, roster_week, seasons
from ccfs_desktop.services.roster_cover import CoverOption
from ccfs_desktop.services.roster_week import Severity, ShiftView, Week
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.kit.states import EmptyState
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.roster_bar import PERSON, WeekBar
from ccfs_desktop.views.roster_desk import RosterDesk
from ccfs_desktop.views.roster_hint import Hint
from ccfs_desktop.views.roster_model import Cell
from ccfs_desktop.views.roster_publish import Publishing
from ccfs_desktop.views.roster_sheet import RosterSheet
from ccfs_desktop.views.roster_trial import Trial
from ccfs_desktop.views.staff_place import StaffPlace

_WEEK = timedelta(days=7)
_FOUR = 4


class RosterPlace(StaffPlace):
    """The Staff page's first place."""

    name = "roster"
    right = "roster"
    primary_right = "plan"
    title = N_("Roster")
    primary = N_("Draft the week")
    primary_icon = "wand-sparkles"

    def __init__(self, page: PlacesPage) -> None:
        """Build it; ``refresh`` reads the week."""
        super().__init__(page)
        self.season: Season | None = None
        self.week: Week | None = None
        self.monday: date | None = None
        self._open_days: list[date] = []
        self.ask = Ask()
        self.desk = RosterDesk(page, self.ask)
        self.menu = QMenu(self)
        self.bar = WeekBar(self.menu)
        self.sheet = RosterSheet(self.desk)
        self.hint = Hint()
        self.trial = Trial(self)
        self.publishing = Publishing(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sheet)
        for part in (self.bar, self.trial.bar, self.hint):
            self.body.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.ask)
        self.setFocusProxy(self.sheet.view)
        self._connect()
        self._fill_menu()

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step)
        self.bar.picked.connect(self.show_day)
        self.bar.now.connect(lambda: self.show_day(clock.today()))
        self.bar.viewed.connect(self.choose_view)
        self.bar.counted.connect(self.filter)
        self.bar.published.connect(self.publishing.begin)
        self.ask.answered.connect(self.sheet.begin)
        self.desk.changed.connect(self.refresh)
        self.desk.opened.connect(self.sheet.edit)
        self.desk.menu_asked.connect(self._cell_menu)
        self.desk.sick_asked.connect(self.find_cover)
        self.sheet.filtered.connect(lambda _none: self.bar.show_counter(None))  # pyright: ignore
        self.sheet.sick.picked.connect(self._cover)
        self.sheet.causes.offered.connect(self.trial.take_up)
        self.sheet.causes.file_asked.connect(lambda staff_id: self.page.open(staff=staff_id))  # pyright: ignore
        self.hint.drafted.connect(self.act)
        self.hint.copied.connect(self._copy_last_week)

    # ----------------------------------------------------------------------------------------- what it shows

    def refresh(self) -> None:
        """Read the week again; the cursor stays on its cell."""
        self.page.show_content()
        try:
            with self.db.read() as session:
                self.season = seasons.current(session, self.monday)
                self._open_days = seasons.open_days(session, self.season)
                self.monday = self.monday or self._first()
                self.week = roster_week.read(session, self.season, self.monday)
                why = "" if self.week.days else seasons.why_closed(session, self.season, self.monday)
        except UserError as error:
            self._say_instead(
                EmptyState("calendar", str(error), _("Open Settings"), partial(self.context.shell.go, "settings"))
            )
            return
        self.desk.season, self.desk.week = self.season, self.week
        if why:
            self.bar.show_week(self.week, current=self._is_now)
            self._show_closed(why)
        elif not self.week.lines:
            self.bar.show_week(self.week, current=self._is_now)
            self._show_nobody()
        else:
            self.show_again()

    def show_again(self) -> None:
        """Show the week as it was read, or the draft that is on trial."""
        week = self.week
        if not week:
            return
        self.bar.show_week(self.trial.week or week, current=self._is_now)
        self.bar.publish.setDisabled(self.trial.active or not week.days)
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.show_week(self.trial.week or week, week if self.trial.week else None)
        empty = not any(on.shifts for line in week.lines for on in line.days.values())
        self.hint.setVisible(empty and not self.trial.active)

    @property
    def _is_now(self) -> bool:
        return self.monday == _monday(clock.today())

    def _first(self) -> date:
        """Return the Monday of the week to begin with: this one, else the next with open days, else the last."""
        today = clock.today()
        ahead = [day for day in self._open_days if day >= today - timedelta(days=today.weekday())]
        return _monday((ahead or self._open_days[-1:] or [today])[0])

    def _show_closed(self, why: str) -> None:
        ahead = [day for day in self._open_days if self.monday and day > self.monday] or self._open_days[-1:]
        action = _("Go to {day}").format(day=roster_words.day_name(ahead[0])) if ahead else ""
        self._say_instead(EmptyState("calendar-x", why, action, partial(self.show_day, ahead[0]) if ahead else None))

    def _show_nobody(self) -> None:
        self._say_instead(
            EmptyState(
                "users", _("Nobody is on the staff list yet."), _("Import the staff list"),
                partial(self.context.shell.go, "children", lists="staff"),
                _("Or add people one by one under “Staff files”. Then the week can be drafted."),
            )
        )  # fmt: skip

    def _say_instead(self, state: QWidget) -> None:
        """Show a sentence where the week would be; other weeks stay within reach."""
        self.hint.hide()
        if old := self._stack.widget(1):
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor into the roster, so that one can plan at once."""
        super().showEvent(event)
        self.sheet.begin()

    def open(self, **target: Any) -> None:
        """Show a day, a person, the ways to cover for somebody who is sick, or a group's day.

        Args:
            target: ``day``, ``staff`` (an id), ``sick`` (whether to look for cover), ``view`` (``person``, ``group``).
        """
        if target.get("view"):
            self.bar.show_view(target["view"])
            self.choose_view(target["view"])
        if target.get("day"):
            self.show_day(target["day"])
        day = target.get("day") or clock.today()
        if target.get("staff"):
            self.sheet.view.go(self.sheet.model.place(target["staff"], day))
        if target.get("sick") and (cell := self.sheet.view.cell):
            self.find_cover(cell)

    def show_day(self, day: date) -> None:
        """Show the week of a day, and go to that day."""
        if _monday(day) != self.monday:
            self.trial.discard()
            self.sheet.close_panels()
            self.monday = _monday(day)
            self.refresh()
        cell = self.sheet.view.cell
        if cell and self.week and day in self.week.days:
            self.sheet.view.go(self.sheet.model.place(cell.line.staff_id, day))
        self.sheet.begin()

    def step(self, step: int) -> None:
        """Go a week back or on."""
        if self.monday:
            self.show_day(self.monday + step * _WEEK)

    def choose_view(self, view: str) -> None:
        """Show the week by person, or its days by group."""
        self.sheet.choose_view(view)

    def filter(self, severity: Severity | None) -> None:
        """Show only what warnings of one kind are about."""
        self.bar.show_counter(severity)
        self.sheet.filter(severity)
        if severity is not None:
            self.sheet.warnings.setFocus()

    # ----------------------------------------------------------------------------------------------- actions

    def act(self) -> None:
        """Draft the week."""
        self.trial.start()

    def printed(self) -> None:
        """Print the wall roster."""
        from ccfs_desktop.reports import issue_roster  # noqa: PLC0415 (paper is loaded when it is needed)

        if self.monday and self.week and self.week.days:
            monday = self.monday
            show = partial(self.printing, _("Wall roster"), f"roster-{monday}")
            self.page.work(
                _("Printing the wall roster …"), lambda _job: issue_roster.wall_roster(self.db, monday), show
            )

    def find_cover(self, cell: Cell) -> None:
        """Note from when a person is sick, unless that is known, and look for the ways to cover."""
        if cell.on.away or self.desk.absence(cell):
            self._look_for_cover(cell)
        else:
            self.desk.ask_sick(cell, lambda: self._look_for_cover(cell))

    def _look_for_cover(self, cell: Cell) -> None:
        season, week = self.season, self.week
        if not season or not week:
            return

        def look(_job: object) -> list[CoverOption]:
            with self.db.read() as session:
                return list(roster_cover.cover_for(session, season, cell.day, cell.line.staff_id))

        def show(options: list[CoverOption]) -> None:
            self.sheet.sick.show_options(cell, options, {line.staff_id: line.name for line in week.lines})
            self.sheet.open_panel(self.sheet.sick)
            self.sheet.sick.setFocus()

        self.page.work(_("Looking for cover …"), look, show)

    def _cover(self, option: CoverOption) -> None:
        cell, season = self.sheet.sick.cell, self.season
        if not cell or not season:
            return
        action = N_("Cover for somebody who is away")

        def cover(session: Any) -> None:
            roster_cover.apply_cover(session, season, cell.day, option)
            self.desk.keep_worked(session, cell)

        if self.desk.do(action, cover):
            self.sheet.close_panels()
            self.page.say(_("Done. Ctrl+Z takes it back."))

    # ------------------------------------------------------------------------------------------------- menus

    def _fill_menu(self) -> None:
        def add(text: str, slot: object, keys: str = "", icon: str = "") -> None:
            action = self.menu.addAction(f"{text}\t{keys}" if keys else text, slot)  # type: ignore[call-overload]
            if icon:
                action.setIcon(icons.icon(icon))

        add(_("Print the wall roster"), self.printed, "Ctrl+P", "printer")
        add(_("Plan the breaks of this day"), self._breaks, "B")
        self.menu.addSeparator()
        add(_("Copy this day to the next open day"), self._copy_day, "", "copy")
        add(_("Copy this day to the rest of the week"), self._copy_day_on, "", "copy")
        add(_("Copy the week before into this week"), self._copy_last_week, "", "copy")
        add(_("Copy this week into the next"), self._copy_week_on, "", "copy")
        self.menu.addSeparator()
        add(_("Draft four weeks from here"), self.draft_four, "", "wand-sparkles")
        add(_("Clear the week …"), self.desk.clear, "", "trash-2")

    def _breaks(self) -> None:
        if day := self.sheet.day:
            self.desk.breaks_of(day)

    def _copy_day(self) -> None:
        day = self.sheet.day
        ahead = [d for d in self._open_days if day and d > day]
        if day and ahead:
            self.desk.copy_day(day, ahead[:1])

    def _copy_day_on(self) -> None:
        day, week = self.sheet.day, self.week
        if day and week:
            self.desk.copy_day(day, [d for d in week.days if d > day])

    def _copy_last_week(self) -> None:
        if self.monday:
            self.desk.copy_week(self.monday - _WEEK, self.monday)

    def _copy_week_on(self) -> None:
        if self.monday:
            monday = self.monday
            self.desk.copy_week(monday, monday + _WEEK)
            self.show_day(monday + _WEEK)

    def draft_four(self) -> None:
        """Draft this week and the next three as one: fairness looks at all of them."""
        if self.monday:
            last = self.monday + _FOUR * _WEEK
            self.trial.start([day for day in self._open_days if self.monday <= day < last])

    def _cell_menu(self, cell: Cell, view: ShiftView | None, at: QPoint) -> None:
        """Show what can be done with a cell and its shift, each with its key."""
        menu = QMenu(self)
        desk = self.desk
        menu.addAction(f"{_('Open') if view else _('Put on the roster')}\tEnter", partial(desk.edit, cell, view))
        if view:
            menu.addAction(f"{_('Let go') if view.pinned else _('Pin')}\tP", partial(desk.pin, view))
            menu.addAction(f"{_('Copy')}\tCtrl+C", partial(desk.copy, view))
        menu.addAction(f"{_('Paste')}\tCtrl+V", partial(desk.paste, cell))
        menu.addAction(f"{_('Repeat the day before')}\tCtrl+D", partial(desk.repeat, cell))
        menu.addSeparator()
        menu.addAction(f"{_('Away …')}\tA", partial(desk.absent, cell))
        menu.addAction(f"{_('Sick: find cover')}\tS", partial(desk.sick, cell))
        menu.addAction(_("Open the staff file"), partial(self.page.open, staff=cell.line.staff_id))
        if view:
            menu.addSeparator()
            menu.addAction(f"{_('Take off')}\tDel", partial(desk.take_off, cell, view))
        menu.popup(at)

    @property
    def by_person(self) -> bool:
        """Whether the week is shown by person."""
        return self.sheet.shown == PERSON


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
