"""The register of one day: filters with counts, the grid, the child beside it, and the line that asks."""

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import attendance, badges, children, closing, handovers, register, seasons, times
from ccfs_desktop.services.handovers import Scanned
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.attendance_bar import ScanStrip
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.states import EmptyState, button, words
from ccfs_desktop.views.register_ask import Ask
from ccfs_desktop.views.register_card import RegisterCard
from ccfs_desktop.views.register_desk import RegisterDesk
from ccfs_desktop.views.register_model import Part, RegisterModel
from ccfs_desktop.views.register_view import RegisterView

_REST = 60
"""Milliseconds the cursor rests on a child before the card beside it is read."""
_WITH_CARD = 1060
"""From this width on the card stands beside the register."""
_CHIPS = {
    "all": N_("All"),
    "expected": N_("Not yet here"),
    "here": N_("Here"),
    "left": N_("Left"),
    "absent": N_("Absent"),
    "problems": N_("Problems"),
}
_STATES = {State.EXPECTED: "expected", State.HERE: "here", State.LEFT: "left", State.ABSENT: "absent"}


class RegisterPanel(QWidget):
    """Everything one types about a day."""

    stale = Signal()
    """More than one child has changed: the day is to be read again."""
    asked = Signal(str, int)
    """``file`` or ``absence``, and the child's id."""

    def __init__(self, page: Page) -> None:
        """Build it, empty.

        Args:
            page: tells what is refused and that everything is saved.
        """
        super().__init__()
        self.page = page
        self.season: Season | None = None
        self.day = clock.today()
        self.rows: list[Row] = []
        self.group: int | None = None
        self._places: dict[int, int] = {}
        self._closes = clock.now().time()
        self.ask, self.scan, self.card = Ask(), ScanStrip(), RegisterCard()
        self.desk, self.model = RegisterDesk(page, self.ask), RegisterModel()
        self.view = RegisterView(self.model, self.desk)
        self.filters = FilterBar([Chip(key, _(title)) for key, title in _CHIPS.items()], search=False)
        self.empty = EmptyState("list-filter", _("No child falls under this filter."), _("Show all"), self._show_all)
        self.keys = words("", "help", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._build()
        self._connect()

    # ---------------------------------------------------------------------------------------- what it shows

    def read(self, session: Any, season: Season, day: date) -> None:
        """Read a day from the office.

        Args:
            session: an open session.
            season: the season.
            day: the day.
        """
        self.season, self.day = season, day
        self.rows = register.read(session, season, day)
        self._closes = closing.closing_time(session, season)
        self.desk.season, self.desk.day, self.desk.hours = season, day, seasons.hours(session, season)
        self.desk.closed = closing.closed(session, season, day) is not None
        self.desk.listed.clear()

    def show_rows(self) -> None:
        """Show what was read through the filters; the cursor stays on its child."""
        kept = self.view.row.child_id if self.view.row else 0
        part = self.view.part
        self.model.show([row for row in self.rows if self._is_wanted(row)], self._places)
        self.view.laid()
        self.view.setVisible(bool(self.model.lines))
        self.empty.setVisible(not self.model.lines)
        self._count()
        line = self.model.line_of(kept)
        line = line if line >= 0 else self.model.next_line(-1, 1)
        if line >= 0:
            self.view.go(line, part)
        self._show_card()

    def show_group(self, group: int | None) -> None:
        """Show one group, or all of them."""
        self.group = group
        self.show_rows()

    def take_sheet(self, sheet: Sheet | None) -> None:
        """Type from a sheet: its children in its order, its number on what is typed; None puts it away."""
        refs = sheet.rows.split(",") if sheet and sheet.rows else []
        self._places = {int(ref): number for number, ref in enumerate(refs, 1)}
        self.desk.sheet_code = sheet.code if sheet else ""
        self.view.ticked = sheet is not None and sheet.layout is SheetLayout.SCAN_READY
        self._hint()

    def begin(self) -> None:
        """Put the cursor where the first time in is typed."""
        line = self.model.next_line(-1, 1)
        if line >= 0:
            self.view.go(line, Part.IN)
        self.view.setFocus()

    def seek(self, typed: str) -> None:
        """Sign in or out whose badge was scanned, or go to the child of that name."""
        if badges.is_code(typed):
            self.desk.scan(typed)
            return
        with self.page.db.read() as session:
            found = {child.id for child in children.find(session, typed, limit=200)}
        here = [row for row in self.rows if row.child_id in found]
        if not here:
            self.page.tell(UserError(_("No child called “{name}” is on this day's list.").format(name=typed)))
            return
        if len(here) > 1:
            told = ngettext("{n} child fits; the first is shown.", "{n} children fit; the first is shown.", len(here))
            self.page.say(told.format(n=len(here)))
        self.go_to(here[0].child_id)

    def go_to(self, child_id: int) -> None:
        """Put the cursor on a child, whatever filter hides it."""
        if not self.view.seek(child_id):
            self.group = None
            self.filters.choose("all")
            self.view.seek(child_id)
        self.view.setFocus()

    def _is_wanted(self, row: Row) -> bool:
        if self.group and row.group_id != self.group:
            return False
        return self.filters.chosen in ("", "all") or self.filters.chosen in self._kinds(row)

    def _kinds(self, row: Row) -> set[str]:
        """Return the filters a child falls under."""
        over = self.day < clock.today()
        gaps = [g for g in closing.of_row(row, self._closes) if over or g.kind not in ("not-accounted", "still-here")]
        kinds = {"problems"} if gaps or ((row.missing or row.away) and row.state is State.EXPECTED) else set[str]()
        return kinds | ({_STATES[row.state]} if row.state in _STATES else set())

    def _count(self) -> None:
        rows = [row for row in self.rows if not self.group or row.group_id == self.group]
        kinds = [kind for row in rows for kind in self._kinds(row)]
        self.filters.show_chips(
            [Chip(key, _(t), len(rows) if key == "all" else kinds.count(key)) for key, t in _CHIPS.items()]
        )

    def _show_card(self) -> None:
        row = self.view.row
        if not row or not self.season:
            self.card.clear()
            return
        with self.page.db.read() as session:
            card = handovers.card(session, self.season, row.child_id, self.day)
        self.desk.listed[row.child_id] = card.adults
        self.card.show_child(row, card)

    def _hint(self) -> None:
        """Say which keys do what."""
        told = [_("I in · O out · A absent · digits type a time · Enter saves · + same as above · Delete takes back")]
        told.append(_("? time unknown · U not signed · in the columns of names 1-9 picks, F2 writes · F6 the child"))
        if self.view.ticked:
            told.insert(0, _("Ticked quarters: 73 is 07:45, no Enter needed"))
        self.keys.setText("\n".join(told))

    # ------------------------------------------------------------------------------------------ what changes it

    def _changed(self, child_id: int) -> None:
        """Read one child's line again, or all of them."""
        row = None
        if child_id and self.season:
            with self.page.db.read() as session:
                row = register.row(session, self.season, self.day, child_id)
        if row is None:
            self.stale.emit()
            return
        self.scan.hide()
        self.rows = [row if r.child_id == child_id else r for r in self.rows]
        self.model.put(row)
        if len(row.visits) > 1:
            self.view.laid()
        self._count()
        if self.view.row and self.view.row.child_id == child_id:
            self._rest.start()

    def _put_right(self, child_id: int, visit: Visit, values: dict[str, Any]) -> None:
        """Store what was typed beside the register."""
        hours = self.desk.hours
        try:
            for name in values.keys() & {"arrived", "departed"}:
                text = values[name]
                values[name] = times.parse(text, opens=hours.opens, closes=hours.closes) if text else None
        except UserError as error:
            self.page.tell(error)
            self._rest.start()
            return
        self.desk.change(child_id, visit, values)

    def _take_absence_back(self, _child_id: int, absence_id: int) -> None:
        with self.page.saving(N_("Take back an absence")) as session:
            attendance.remove_absence(session, absence_id, entry=self.desk.entry())

    def _scanned(self, found: Scanned, came: bool) -> None:
        """Say large who came or left."""
        self.go_to(found.child_id)
        row = next((r for r in self.rows if r.child_id == found.child_id), None)
        if row and row.visit:
            at = times.show(row.visit.arrived if came else row.visit.departed)
            told = _("{name} is here, {time}") if came else _("{name} has left, {time}")
            detail = " · ".join(part for part in (row.group, found.adult, row.alert) if part)
            self.scan.tell(told.format(name=row.name, time=at), detail, came=came)

    # --------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 16, 0)
        top.addWidget(self.filters, 1)
        top.addWidget(button(_("All as expected …"), self._all_in, "log-in", "quiet"))
        top.addWidget(button(_("All left …"), self._all_out, "log-out", "quiet"))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 4, 16, 6)
        foot.addWidget(self.keys, 1)
        grid = QVBoxLayout()
        grid.setSpacing(0)
        grid.addLayout(top)
        for part in (self.scan, self.view, self.empty, self.ask):
            grid.addWidget(part, 1 if part in (self.view, self.empty) else 0)
        grid.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        rule = QFrame()
        rule.setObjectName("rule")
        whole.addLayout(grid, 1)
        whole.addWidget(rule)
        whole.addWidget(self.card)
        self._hint()

    def _connect(self) -> None:
        self._rest.timeout.connect(self._show_card)
        self.view.moved.connect(self._rest.start)
        self.view.refused.connect(lambda sentence: self.page.tell(UserError(sentence)))
        self.desk.changed.connect(self._changed)
        self.desk.scanned.connect(self._scanned)
        self.ask.answered.connect(self.view.setFocus)
        self.filters.filtered.connect(self._filtered)
        self.card.changed.connect(self._put_right)
        self.card.removed.connect(self._take_absence_back)
        self.card.left.connect(self._leave_card)
        self.card.asked.connect(self.asked)
        for keys, slot in (
            ("F6", self._open_card),
            ("Ctrl+Shift+I", self._all_in),
            ("Ctrl+Shift+O", self._all_out),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a narrow window's room to the register; the card comes with F6."""
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

    def _show_all(self) -> None:
        self.filters.choose("all")

    def _all_in(self) -> None:
        self.desk.all_in(self._on_sheet())

    def _all_out(self) -> None:
        self.desk.all_out(self._on_sheet())

    def _on_sheet(self) -> list[Row]:
        """Return the children shown; with a sheet open, only those whom it names."""
        return [row for row in self.model.rows() if not self._places or row.enrolment_id in self._places]
