"""The adults of a day as a grid: under "Planned" those expected, under "Also works here" the others."""

import enum
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.duty import DutyPart
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services import times
from ccfs_desktop.services.duty_day import Row, State, Stay
from ccfs_desktop.views.kit.keyed import Index, KeyedModel

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_LAST = 10**6


class Part(enum.IntEnum):
    """The columns, left to right."""

    NUMBER = 0
    NAME = 1
    ROLE = 2
    GROUP = 3
    PLANNED = 4
    EARLIER = 5
    IN = 6
    BREAKS = 7
    OUT = 8
    STATE = 9
    COUNTS = 10
    REPLACES = 11
    NOTE = 12


TITLES = {
    Part.NUMBER: N_("No."),
    Part.NAME: N_("Name"),
    Part.ROLE: N_("Role"),
    Part.GROUP: N_("Group"),
    Part.PLANNED: N_("Planned"),
    Part.EARLIER: N_("Earlier today"),
    Part.IN: N_("Time in"),
    Part.BREAKS: N_("Breaks and errands"),
    Part.OUT: N_("Time out"),
    Part.STATE: N_("State"),
    Part.COUNTS: N_("Counts"),
    Part.REPLACES: N_("Replaces"),
    Part.NOTE: N_("Remark"),
}
WIDTHS = {
    Part.NUMBER: 40, Part.ROLE: 110, Part.GROUP: 104, Part.PLANNED: 92, Part.EARLIER: 98, Part.IN: 62,
    Part.BREAKS: 134, Part.OUT: 66, Part.STATE: 124, Part.COUNTS: 92, Part.REPLACES: 84, Part.NOTE: 80,
}  # fmt: skip
"""In pixels; the name takes what is left."""
TIMES = frozenset({Part.IN, Part.BREAKS, Part.OUT})
TEXTS = frozenset({Part.REPLACES, Part.NOTE})
FIELDS = {Part.IN: "arrived", Part.OUT: "departed", Part.REPLACES: "replaces", Part.NOTE: "note"}

# State → word, icon, tone: the shape and the word say the same as the colour.
STATES: dict[State, tuple[str, str, str]] = {
    State.PLANNED: (N_("Not yet here"), "circle", "quiet"),
    State.HERE: (N_("Here"), "circle-check", "accent"),
    State.BREAK: (N_("On a break"), "coffee", "warning"),
    State.ERRAND: (N_("On an errand"), "arrow-right", "warning"),
    State.LEFT: (N_("Left"), "log-out", "text"),
    State.AWAY: (N_("Away"), "calendar-x", "warning"),
    State.NOT_PLANNED: (N_("Not planned"), "ban", "faint"),
}


class DutyModel(KeyedModel):
    """The lines."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.places: Mapping[int, int] = {}
        """Staff → line on the sheet that is open; empty when none is."""
        self.groups: Mapping[int, str] = {}

    def show(self, rows: Sequence[Row], places: Mapping[int, int], groups: Mapping[int, str]) -> None:
        """Show these adults; with a sheet open, in its order under its numbers.

        Args:
            rows: the adults.
            places: staff → line on the sheet; empty when no sheet is open.
            groups: id → name.
        """
        self.beginResetModel()
        self.places, self.groups, self.typing = places, groups, None
        self.lines = _under_headings(rows, places)
        self.endResetModel()

    def adult(self, line: int) -> Row | None:
        """Return the adult on a line; None for a heading."""
        return self.record(line)

    def line_of(self, staff_id: int) -> int:
        """Return an adult's line, or -1."""
        return next((n for n, row in enumerate(self.lines) if isinstance(row, Row) and row.staff_id == staff_id), -1)

    def rows(self) -> list[Row]:
        """Return the adults shown, from the top."""
        return [row for row in self.lines if isinstance(row, Row)]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many columns there are."""
        return len(Part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Head the columns."""
        if orientation == Qt.Orientation.Vertical or role != _DISPLAY:
            return None
        return _(TITLES[Part(section)])

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return the words of a cell; icons are drawn by the view."""
        if role not in (_DISPLAY, _TOOLTIP, _SPOKEN):
            return None
        row = self.lines[index.row()]
        if isinstance(row, str):
            return row if index.column() == 0 and role == _DISPLAY else None
        part = Part(index.column())
        if self.typing and self.typing[:2] == (index.row(), index.column()) and role == _DISPLAY:
            return self.typing[2]
        return self.hint(row, part) if role == _TOOLTIP else self.text(row, part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cursor rest on adults, not on headings; remarks are edited in place."""
        if not self.adult(index.row()):
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() in TEXTS else usual

    def text(self, row: Row, part: Part) -> str:
        """Return what stands in an adult's cell."""
        if part is Part.NUMBER:
            number = self.places.get(row.staff_id)
            return str(number) if number else "–" if self.places else ""
        if part is Part.GROUP:
            return self.groups.get(row.group_id, "") if row.group_id is not None else ""
        return _WRITERS[part](row)

    def hint(self, row: Row, part: Part) -> str:
        """Return what a cell says when the pointer rests on it."""
        if part is Part.COUNTS:
            return row.counting.why_not
        if part is Part.STATE:
            return row.away or state_of(row)[0]
        if part is Part.BREAKS and row.stay:
            return "\n".join(self.part_text(p) for p in row.stay.parts)
        return self.text(row, part) if part in (Part.NAME, Part.REPLACES, Part.NOTE, Part.EARLIER) else ""

    def part_text(self, part: DutyPart) -> str:
        """Return a break, an errand or a stretch in another group in one line."""
        where = self.groups.get(part.group_id or 0, "") if part.kind is PartKind.COVER else ""
        return " ".join(p for p in (span_of(part), _(part.kind.word), where, part.note) if p)


def state_of(row: Row) -> tuple[str, str, str]:
    """Return word, icon and tone of an adult's state."""
    word, icon, tone = STATES[row.state]
    return _(word), icon, tone


def span_of(part: DutyPart) -> str:
    """Return from when to when; without an end it goes on."""
    return f"{times.show(part.starts)}–{times.show(part.ends)}"


def counts_of(row: Row) -> tuple[str, str]:
    """Return how much of an adult somebody counts for, and its tone."""
    if row.counting.percent == 100:
        return _("yes"), "text"
    return (_("half"), "text") if row.counting.percent else (_("no"), "quiet")


def _under_headings(rows: Sequence[Row], places: Mapping[int, int]) -> list[Row | str]:
    lines: list[Row | str] = []
    last = ""
    for row in sorted(rows, key=lambda r: (_rank(r, places), places.get(r.staff_id, _LAST))):
        heading = (
            (_("On this sheet"), _("Not on this sheet"))[_rank(row, places)] if places
            else (_("Planned"), _("Also works here"))[_rank(row, places)]
        )  # fmt: skip
        if heading != last:
            lines.append(heading)
        lines.append(row)
        last = heading
    return lines


def _rank(row: Row, places: Mapping[int, int]) -> int:
    if places:
        return row.staff_id not in places
    return row.state in (State.NOT_PLANNED, State.AWAY)


def _name(row: Row) -> str:
    return f"{row.name}  {row.name_latin}" if row.name_latin and row.name_latin != row.name else row.name


def _earlier(row: Row) -> str:
    return "  ".join(
        f"{times.show(s.duty.arrived) or '?'}–{times.show(s.duty.departed) or '?'}" for s in row.stays[:-1]
    )


def _in(row: Row) -> str:
    return (times.show(row.stay.duty.arrived) or "?") if row.stay else ""


def _out(row: Row) -> str:
    return (times.show(row.stay.duty.departed) or "?") if row.stay and row.stay.duty.signed_out else ""


def _breaks(row: Row) -> str:
    stay: Stay | None = row.stay
    return "  ".join(span_of(p) for p in stay.parts if p.kind is not PartKind.COVER) if stay else ""


_WRITERS = {
    Part.NAME: _name,
    Part.ROLE: lambda row: _(row.role.word),
    Part.PLANNED: lambda row: "  ".join(
        f"{times.clock(p.span.start)}–{times.clock(p.span.end)}" for p in row.planned
    ),
    Part.EARLIER: _earlier,
    Part.IN: _in,
    Part.BREAKS: _breaks,
    Part.OUT: _out,
    Part.STATE: lambda row: state_of(row)[0],
    Part.COUNTS: lambda row: counts_of(row)[0],
    Part.REPLACES: lambda row: row.stay.duty.replaces if row.stay else "",
    Part.NOTE: lambda row: row.stay.duty.note if row.stay else row.away,
}  # fmt: skip
