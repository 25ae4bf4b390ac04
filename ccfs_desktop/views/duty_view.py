"""The keys under "On duty", as in the register of the children.

``I`` in, ``O`` out, ``B`` break begins or ends, ``E`` errand begins or ends, ``G`` to another group, ``U`` not signed,
``?`` time unknown; digits type a time, ``Enter`` saves and goes down, ``Delete`` takes back. In the column of breaks a
first time begins a break, a second one ends it.
"""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services.duty_day import Row, State
from ccfs_desktop.views.duty_model import TEXTS, TIMES, WIDTHS, DutyModel, Part, counts_of, state_of
from ccfs_desktop.views.kit.keyed import KeyedView, Then
from ccfs_desktop.views.kit.keyed_cell import KeyedCell


class Desk(Protocol):
    """What the grid asks to be done. ``then`` is called when it is on disk."""

    def enter(self, row: Row, part: Part, typed: str, then: Then) -> None:
        """Enter a time."""
        ...

    def arrive(self, row: Row, typed: str, then: Then) -> None:
        """Sign in, now or at the typed time."""
        ...

    def depart(self, row: Row, typed: str, then: Then) -> None:
        """Sign out, now or at the typed time."""
        ...

    def pause(self, row: Row, kind: PartKind, typed: str, then: Then) -> None:
        """Begin a break or an errand, or end it."""
        ...

    def regroup(self, row: Row, typed: str) -> None:
        """Ask for the group and move there, now or at the typed time."""
        ...

    def unsigned(self, row: Row) -> None:
        """Note that the signature is missing, or that it is there after all."""
        ...

    def take_back(self, row: Row) -> None:
        """Take back what was entered last."""
        ...

    def write(self, row: Row, part: Part, text: str) -> None:
        """Enter whom the person replaces, or a remark."""
        ...

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned."""
        ...


class DutyView(KeyedView):
    """The grid of a day's adults."""

    times, widths, name = TIMES, WIDTHS, Part.NAME
    typed_in = (Part.IN, Part.BREAKS, Part.OUT, Part.REPLACES, Part.NOTE)
    spare = (Part.NUMBER, Part.PLANNED, Part.EARLIER, Part.COUNTS, Part.ROLE, Part.REPLACES, Part.NOTE)

    def __init__(self, model: DutyModel, desk: Desk) -> None:
        """Build it.

        Args:
            model: the lines.
            desk: does what the keys ask for.
        """
        super().__init__(model, _("On duty"))
        self.lines, self.desk = model, desk
        self.setItemDelegate(DutyCell(self, model, desk))

    @property
    def row(self) -> Row | None:
        """The current adult."""
        return self.lines.adult(self.currentIndex().row())

    @property
    def part(self) -> Part:
        """The current column."""
        return Part(self.column)

    def seek(self, staff_id: int) -> bool:
        """Put the cursor on an adult; return whether the list has one."""
        line = self.lines.line_of(staff_id)
        if line >= 0:
            self.go(line)
        return line >= 0

    def enter(self, row: Row, column: int, typed: str, then: Then) -> None:
        """Enter a time in, out, or of a break."""
        self.desk.enter(row, Part(column), typed, then)

    def scan(self, code: str) -> None:
        """Sign in or out whose badge was scanned."""
        self.desk.scan(code)

    def first_time(self, row: Row) -> int:
        """A time belongs to the way out once the person has come."""
        return Part.OUT if row.stay else Part.IN

    def commands(self, row: Row, typed: str) -> Mapping[int, Then]:
        """Return what keys do."""
        return {
            Qt.Key.Key_I: lambda: self.desk.arrive(row, typed, self.stay),
            Qt.Key.Key_O: lambda: self.desk.depart(row, typed, self.stay),
            Qt.Key.Key_B: lambda: self.desk.pause(row, PartKind.BREAK, typed, self.stay),
            Qt.Key.Key_E: lambda: self.desk.pause(row, PartKind.ERRAND, typed, self.stay),
            Qt.Key.Key_G: lambda: self.desk.regroup(row, typed),
            Qt.Key.Key_U: lambda: self.desk.unsigned(row),
            Qt.Key.Key_Delete: lambda: self.desk.take_back(row),
            Qt.Key.Key_F2: self._edit,
        }

    def wanted(self, column: int) -> bool:
        """Numbers, planned times and earlier stays are shown only where there are any."""
        rows = self.lines.rows()
        there = {
            Part.NUMBER: bool(self.lines.places),
            Part.PLANNED: any(row.planned for row in rows),
            Part.EARLIER: any(len(row.stays) > 1 for row in rows),
        }
        return there.get(Part(column), True)

    def _edit(self) -> None:
        if self.part in TEXTS:
            self.edit(self.currentIndex())


class DutyCell(KeyedCell):
    """Draws the cells, and lets remarks be edited in them."""

    def __init__(self, table: DutyView, model: DutyModel, desk: Desk) -> None:
        """Keep what is drawn."""
        super().__init__(table)
        self._model, self._desk = model, desk

    def cell(self, painter: QPainter, place: QRect, row: Row, column: int) -> None:
        """Draw one cell of an adult."""
        part = Part(column)
        text, tone = self._model.text(row, part), _tone(row, part)
        if part is Part.STATE:
            _word, name, tone = state_of(row)
            place = self.icon(painter, place, name, tone)
        elif part is Part.COUNTS and row.counting.why_not and not row.counting.percent:
            place = self.icon(painter, place, "ban", tone)
        if part is Part.NAME and "  " in text:
            first, other = text.split("  ", 1)
            self.two(painter, place, first, other, tone)
        else:
            self.words(painter, place, text, tone, bold=part in (Part.IN, Part.OUT))

    def written(self, row: Row, column: int, text: str) -> None:
        """Keep whom the person replaces, or a remark."""
        self._desk.write(row, Part(column), text)


def _tone(row: Row, part: Part) -> str:
    """Return the colour of a cell's words."""
    if part is Part.COUNTS:
        return counts_of(row)[1]
    if part not in (Part.NAME, Part.IN, Part.OUT, Part.BREAKS):
        return "quiet"
    duty = row.stay.duty if row.stay else None
    unsure = duty and (
        (part is Part.IN and duty.arrived is None) or (part is Part.OUT and duty.signed_out and duty.departed is None)
    )
    if unsure:
        return "warning"
    return "quiet" if row.state in (State.AWAY, State.NOT_PLANNED) else "text"
