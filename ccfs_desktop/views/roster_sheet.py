"""The roster itself: the grid with the coverage strip under it, or the rooms of a day; beside it what is wrong."""

from datetime import date

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.services.drafting.explain import Cause
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.roster_week import Severity, ShiftView, Warning, Week  # noqa: A004 (the word of the roster)
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.states import Fitting
from ccfs_desktop.views.roster_bar import GROUP, PERSON
from ccfs_desktop.views.roster_causes import CausePanel
from ccfs_desktop.views.roster_desk import RosterDesk
from ccfs_desktop.views.roster_editor import ShiftEditor, Wanted
from ccfs_desktop.views.roster_model import Cell, RosterModel
from ccfs_desktop.views.roster_rooms import RosterRooms
from ccfs_desktop.views.roster_sick import SickPanel
from ccfs_desktop.views.roster_strip import CoverStrip
from ccfs_desktop.views.roster_view import RosterView
from ccfs_desktop.views.roster_warnings import SidePanel, WarningPanel

_SIDE = 0.3
"""How much of the width what stands beside the roster takes."""
_SIDE_MOST = 340
_LOW = 380
"""Below this height rows and strip are lower."""


class RosterSheet(QWidget):
    """One week, shown. What is to be done with it, the desk does."""

    filtered = Signal(object)
    """The severity shown alone, or None."""

    def __init__(self, desk: RosterDesk) -> None:
        """Build it, empty.

        Args:
            desk: does what keys and mouse ask for.
        """
        super().__init__()
        self._desk = desk
        self.model = RosterModel()
        self.view = RosterView(self.model, desk)
        self.strip, self.rooms = CoverStrip(), RosterRooms()
        self.reason = Fitting("help")
        self.warnings, self.sick, self.causes = WarningPanel(), SickPanel(), CausePanel()
        self.places = QStackedWidget()
        self._build()
        self.editor = ShiftEditor(self)
        self._connect()

    def _build(self) -> None:
        self.places.addWidget(self.view)
        self.places.addWidget(self.rooms)
        self.reason.setContentsMargins(12, 3, 12, 4)
        self.reason.setMinimumHeight(theme.px(24))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.places, 1)
        left.addWidget(self.strip)
        left.addWidget(self.reason)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        for panel in self._panels:
            row.addWidget(panel)
            panel.closed.connect(self.close_panels)

    def _connect(self) -> None:
        self.view.moved.connect(self._tell_cell)
        self.view.head.geometriesChanged.connect(self._align)
        self.model.modelReset.connect(self._align)
        self.strip.told.connect(self.reason.say)
        self.strip.left.connect(self.view.setFocus)
        self.rooms.told.connect(self.reason.say)
        self.rooms.asked.connect(self._desk.edit)
        self.warnings.chosen.connect(self._show_place)
        self.warnings.taken.connect(self._go_to)
        self.causes.shown.connect(self._show_cause)

    @property
    def _panels(self) -> tuple[SidePanel, ...]:
        return self.warnings, self.sick, self.causes

    # --------------------------------------------------------------------------------------- what is shown

    @property
    def shown(self) -> str:
        """``person`` or ``group``."""
        return GROUP if self.places.currentWidget() is self.rooms else PERSON

    @property
    def day(self) -> date | None:
        """The day with the cursor, or the one whose rooms are shown."""
        if self.shown == GROUP:
            return self.rooms.day
        return self.view.cell.day if self.view.cell else None

    def show_week(self, week: Week, before: Week | None = None) -> None:
        """Show a week; the cursor stays where it was.

        Args:
            week: the week.
            before: while a draft is looked at, the week as it is now.
        """
        cell, chosen = self.view.cell, self.view.painted.chosen
        top = self.view.verticalScrollBar().value()
        same = self.model.week is not None and self.model.week.monday == week.monday
        self.view.locked = before is not None
        self.model.show(week, before)
        self.strip.show_week(week, self.model.axis)
        if cell:
            day = cell.day if cell.day in week.days else None
            self.view.go(self.model.place(cell.line.staff_id, day))
            self.view.painted.chosen = chosen if same else 0
            self.view.verticalScrollBar().setValue(top)
        elif week.lines:
            self.view.go(self.model.place(week.lines[0].staff_id, clock.today()))
        self.rooms.show_week(week, self.day)
        self.warnings.show_warnings(week.warnings, self.model.filter)

    def choose_view(self, view: str) -> None:
        """Show by person or by group."""
        day = self.day
        self.places.setCurrentWidget(self.rooms if view == GROUP else self.view)
        self.strip.setVisible(view == PERSON)
        if view == GROUP and self.model.week:
            self.rooms.show_week(self.model.week, day)
        self.begin()

    def begin(self) -> None:
        """Put the cursor into what is shown."""
        (self.rooms if self.shown == GROUP else self.view).setFocus()

    def filter(self, severity: Severity | None) -> None:
        """Show only what warnings of one kind are about, and list them."""
        cell = self.view.cell
        self.model.choose(severity)
        week = self.model.week
        if cell:
            self.view.go(self.model.place(cell.line.staff_id, cell.day))
        self.warnings.show_warnings(week.warnings if week else (), severity)
        self.open_panel(self.warnings if severity is not None else None)

    # ---------------------------------------------------------------------------------- what stands beside

    def open_panel(self, panel: SidePanel | None) -> None:
        """Show one of the lists beside the roster, or none."""
        for one in self._panels:
            one.setVisible(one is panel)
        self._share()

    def close_panels(self) -> None:
        """Show the roster alone."""
        if self.model.filter is not None:
            self.model.choose(None)
            self.filtered.emit(None)
        self.open_panel(None)
        self.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()
        low = self.height() < theme.px(_LOW)
        self.view.squeeze(low=low)
        self.strip.squeeze(low=low)
        if self.editor.isVisible():
            self.editor.reach()

    def _share(self) -> None:
        width = min(theme.px(_SIDE_MOST), int(self.width() * _SIDE))
        for panel in self._panels:
            panel.setFixedWidth(max(width, theme.px(210)))

    def _align(self) -> None:
        self.strip.fit(self.view.widths())

    def _tell_cell(self) -> None:
        """Say in one line what holds where the cursor is."""
        cell = self.view.cell
        if not cell:
            return
        told = roster_words.of_day(cell.line, cell.day, self.model.marks).split("\n")
        self.reason.say(" · ".join([*told, *(w.sentence for w in self.model.of_cell(cell))]))

    def _show_place(self, warning: Warning) -> None:
        """Show where a warning belongs, without leaving the list."""
        week = self.model.week
        if not week or warning.day not in week.days:
            return
        if self.shown == GROUP:
            self.rooms.days.press(warning.day.isoformat())
        staff_id = warning.staff_id or (self.view.cell.line.staff_id if self.view.cell else 0)
        self.view.go(self.model.place(staff_id, warning.day))
        if warning.span and warning.staff_id is None:
            self.strip.go(warning.day, warning.span.start // SLOT)
        self.reason.say(warning.sentence)

    def _show_cause(self, cause: Cause) -> None:
        self.strip.go(cause.day, cause.span.start // SLOT)

    def _go_to(self, warning: Warning) -> None:
        self._show_place(warning)
        (self.strip if warning.staff_id is None and self.shown == PERSON else self).setFocus()
        if warning.staff_id is not None:
            self.begin()

    # ------------------------------------------------------------------------------------------- the editor

    def edit(self, cell: Cell, view: ShiftView | None, begun: Wanted) -> None:
        """Open a shift over its cell."""
        week = self.model.week
        if not week:
            return

        def save(wanted: Wanted) -> bool:
            problem = self._desk.save(cell, view, wanted)
            if problem:
                self.editor.refuse(problem)
            return not problem

        self.editor.show_shift(
            cell, view, begun, week.groups, self._desk.hours(cell.day),
            save=save, off=lambda: self._desk.take_off(cell, view), left=self.begin, at=self._place_of(cell),
        )  # fmt: skip

    def _place_of(self, cell: Cell) -> QRect:
        if self.shown == GROUP:
            middle = self.rooms.rect().center()
            return QRect(self.rooms.mapTo(self, QPoint(middle.x() - 215, 30)), QPoint(middle.x(), 60))
        found = self.view.visualRect(self.model.place(cell.line.staff_id, cell.day))
        return QRect(self.view.viewport().mapTo(self, found.topLeft()), found.size())
