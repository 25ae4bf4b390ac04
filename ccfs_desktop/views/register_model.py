"""The register as a grid: the children of a day under their groups, in the order of the sheet."""

import enum
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.services import times
from ccfs_desktop.services.papers import ALERT_WORDS, Alert
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.kit.keyed import Index, KeyedModel

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_LAST = 10**6


class Part(enum.IntEnum):
    """The columns, left to right."""

    NUMBER = 0
    NAME = 1
    AGE = 2
    ALERTS = 3
    EARLIER = 4
    IN = 5
    BROUGHT = 6
    OUT = 7
    COLLECTED = 8
    STATE = 9
    NOTE = 10


TITLES = {
    Part.NUMBER: N_("No."),
    Part.NAME: N_("Name"),
    Part.AGE: N_("Age"),
    Part.ALERTS: N_("Mind"),
    Part.EARLIER: N_("Earlier today"),
    Part.IN: N_("Time in"),
    Part.BROUGHT: N_("Brought by"),
    Part.OUT: N_("Time out"),
    Part.COLLECTED: N_("Collected by"),
    Part.STATE: N_("State"),
    Part.NOTE: N_("Remark"),
}
WIDTHS = {
    Part.NUMBER: 52, Part.AGE: 40, Part.ALERTS: 68, Part.EARLIER: 98, Part.IN: 62, Part.BROUGHT: 98, Part.OUT: 66,
    Part.COLLECTED: 98, Part.STATE: 130, Part.NOTE: 68,
}  # fmt: skip
"""In pixels; the name takes what is left."""
TIMES = frozenset({Part.IN, Part.OUT})
NAMES = frozenset({Part.BROUGHT, Part.COLLECTED})
ENTERED = (Part.IN, Part.BROUGHT, Part.OUT, Part.COLLECTED, Part.NOTE)
"""The columns one types into, in the order of Tab."""

FIELDS = {
    Part.IN: "arrived", Part.BROUGHT: "brought_by", Part.OUT: "departed", Part.COLLECTED: "collected_by",
    Part.NOTE: "note",
}  # fmt: skip

# State → word, icon, tone: the shape and the word say the same as the colour.
STATES: dict[State, tuple[str, str, str]] = {
    State.EXPECTED: (N_("Not yet here"), "circle", "quiet"),
    State.HERE: (N_("Here"), "circle-check", "accent"),
    State.LEFT: (N_("Left"), "log-out", "text"),
    State.ABSENT: (N_("Absent"), "calendar-x", "warning"),
    State.NOT_EXPECTED: (N_("Not expected"), "ban", "faint"),
}
ALERT_ICONS: dict[Alert, tuple[str, str]] = {
    Alert.ALLERGY: ("triangle-alert", "danger"),
    Alert.MEDICINE: ("pill", "danger"),
    Alert.CARE_PLAN: ("heart-pulse", "warning"),
    Alert.PICK_UP: ("ban", "danger"),
    Alert.NO_PHOTO: ("camera-off", "quiet"),
}


def state_of(row: Row) -> tuple[str, str, str]:
    """Return word, icon and tone of a child's state."""
    if row.away and not row.visits:
        return row.away.short, "heart-pulse", "danger"
    if row.away and row.state is State.HERE:
        return _("Ill, to be collected"), "heart-pulse", "danger"
    if row.away:
        return _("Left, ill"), "heart-pulse", "danger"
    if row.state is State.EXPECTED and row.missing:
        return _("Papers missing"), "triangle-alert", "danger"
    if row.state is State.ABSENT and row.absence:
        return _(row.absence.reason.word), *STATES[State.ABSENT][1:]
    word, icon, tone = STATES[row.state]
    return _(word), icon, tone


class RegisterModel(KeyedModel):
    """The lines of the register; a heading is a line with a group's name and no child."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.places: Mapping[int, int] = {}
        """Enrolment → line on the sheet that is open; empty when none is."""

    # ------------------------------------------------------------------------------------------------ lines

    def show(self, rows: Sequence[Row], places: Mapping[int, int]) -> None:
        """Show these children under their groups; with a sheet open, in its order under its numbers.

        Args:
            rows: the children.
            places: enrolment → line on the sheet; empty when no sheet is open.
        """
        self.beginResetModel()
        self.places, self.typing = places, None
        self.lines = _under_headings(sorted(rows, key=lambda r: places.get(r.enrolment_id, _LAST)), places)
        self.endResetModel()

    def child(self, line: int) -> Row | None:
        """Return the child on a line; None for a heading."""
        return self.record(line)

    def line_of(self, child_id: int) -> int:
        """Return a child's line, or -1."""
        return next((n for n, row in enumerate(self.lines) if isinstance(row, Row) and row.child_id == child_id), -1)

    def put(self, row: Row) -> None:
        """Show one child anew."""
        line = self.line_of(row.child_id)
        if line >= 0:
            self.lines[line] = row
            heading = max(n for n in range(line) if not self.child(n))
            for changed in (line, heading):
                self.dataChanged.emit(self.index(changed, 0), self.index(changed, len(Part) - 1))

    def rows(self) -> list[Row]:
        """Return the children shown, from the top."""
        return [row for row in self.lines if isinstance(row, Row)]

    # ------------------------------------------------------------------------------------------ how Qt sees it

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many columns there are."""
        return len(Part)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Head the columns."""
        if orientation == Qt.Orientation.Vertical or role != _DISPLAY:
            return None
        return _("Row") if section == Part.NUMBER and self.places else _(TITLES[Part(section)])

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Return the words of a cell; pictures are drawn by the view."""
        if role not in (_DISPLAY, _TOOLTIP, _SPOKEN):
            return None
        row = self.lines[index.row()]
        if isinstance(row, str):
            return self._heading(index.row()) if index.column() == 0 and role == _DISPLAY else None
        part = Part(index.column())
        if self.typing and self.typing[:2] == (index.row(), index.column()) and role == _DISPLAY:
            return self.typing[2]
        return hint(row, part) if role == _TOOLTIP else self.text(row, part, spoken=role == _SPOKEN)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the cursor rest on children, not on headings; names and remarks are edited in place."""
        if not self.child(index.row()):
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        edited = Part(index.column()) in NAMES or index.column() == Part.NOTE
        return usual | Qt.ItemFlag.ItemIsEditable if edited else usual

    def _heading(self, line: int) -> str:
        """Return a group's name with how many of its children are here."""
        rows = list(takewhile(lambda row: isinstance(row, Row), self.lines[line + 1 :]))
        here = sum(1 for row in rows if isinstance(row, Row) and row.state is State.HERE)
        return _("{group}   {here} of {all} here").format(group=self.lines[line], here=here, all=len(rows))

    def text(self, row: Row, part: Part, *, spoken: bool = False) -> str:
        """Return what stands in a child's cell."""
        if part is Part.NUMBER:
            return str(self.places.get(row.enrolment_id, "–")) if self.places else row.number
        if part is Part.ALERTS:
            return listed(_(ALERT_WORDS[a]) for a in row.alerts) if spoken else ""
        return _WRITERS[part](row)


def hint(row: Row, part: Part) -> str:
    """Return what a cell says when the pointer rests on it."""
    if part is Part.ALERTS:
        return "\n".join([*(_(ALERT_WORDS[a]) for a in row.alerts), *([row.alert] if row.alert else [])])
    if part is Part.NAME:
        return "\n".join(dict.fromkeys(n for n in (row.name, row.name_latin, row.nickname) if n))
    if part is Part.STATE:
        return row.away.until if row.away else ""
    return _WRITERS[part](row) if part in NAMES or part in (Part.NOTE, Part.EARLIER) else ""


def _under_headings(rows: Sequence[Row], places: Mapping[int, int]) -> list[Row | str]:
    lines: list[Row | str] = []
    last = ""
    for row in rows:
        group = row.group or _("Without a group")
        heading = group if not places or row.enrolment_id in places else _("Not on this sheet")
        if heading != last:
            lines.append(heading)
        lines.append(row)
        last = heading
    return lines


def _name(row: Row) -> str:
    other = next((n for n in (row.name_latin, row.nickname) if n and n != row.name), "")
    return f"{row.name}  {other}" if other else row.name


def _earlier(row: Row) -> str:
    return "  ".join(f"{times.show(v.arrived) or '?'}–{times.show(v.departed) or '?'}" for v in row.visits[:-1])


def _in(row: Row) -> str:
    return (times.show(row.visit.arrived) or "?") if row.visit else ""


def _out(row: Row) -> str:
    return (times.show(row.visit.departed) or "?") if row.visit and row.visit.signed_out else ""


def _note(row: Row) -> str:
    if row.absence and not row.visit:
        return row.absence.note
    return row.visit.note if row.visit else ""


_WRITERS = {
    Part.NAME: _name,
    Part.AGE: lambda row: str(row.age),
    Part.EARLIER: _earlier,
    Part.IN: _in,
    Part.BROUGHT: lambda row: row.visit.brought_by if row.visit else "",
    Part.OUT: _out,
    Part.COLLECTED: lambda row: row.visit.collected_by if row.visit else "",
    Part.STATE: lambda row: state_of(row)[0],
    Part.NOTE: _note,
}
