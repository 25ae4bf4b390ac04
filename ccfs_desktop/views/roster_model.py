"""The week by person, as the grid shows it: one line a person, one column an open day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.services.roster_week import DayOf, Line, Severity, ShiftView, Warning, Week  # noqa: A004 (the word of the roster)
from ccfs_desktop.views import roster_axis, roster_words
from ccfs_desktop.views.roster_axis import Axis
from ccfs_desktop.views.roster_words import Marks

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
Signature = tuple[int, date, int, int, int | None, tuple[Any, ...]]


@dataclass(frozen=True)
class Cell:
    """One person on one day."""

    line: Line
    day: date

    @property
    def on(self) -> DayOf:
        """What holds there."""
        return self.line.days[self.day]


class RosterModel(QAbstractTableModel):
    """The grid's lines; column 0 is the person, the others are the open days."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.week: Week | None = None
        self.axis: Axis = roster_axis.of(None)
        self.marks = Marks({})
        self.lines: list[Line] = []
        self.filter: Severity | None = None
        self.typing: tuple[int, int, str] | None = None
        """Row, column and the text being typed there."""
        self.before: Collection[Signature] | None = None
        """While a draft is looked at: the shifts as they are now, to tell what is new."""

    def show(self, week: Week | None, before: Week | None = None) -> None:
        """Show a week.

        Args:
            week: the week.
            before: while a draft is looked at, the week as it is now.
        """
        self.beginResetModel()
        self.week, self.typing = week, None
        self.axis = roster_axis.of(week)
        self.marks = Marks(week.groups if week else {})
        self.before = _kept(week, before)
        self.lines = self._filtered()
        self.endResetModel()

    def choose(self, severity: Severity | None) -> None:
        """Show only what warnings of one kind are about; everything when there is none."""
        self.beginResetModel()
        self.filter = severity
        self.lines = self._filtered()
        self.endResetModel()

    def _filtered(self) -> list[Line]:
        """Return everybody, or those named, when every warning of the chosen kind names somebody."""
        if not self.week:
            return []
        told = self.warnings()
        if self.filter is None or not told or any(w.staff_id is None for w in told):
            return list(self.week.lines)
        named = {w.staff_id for w in told}
        return [line for line in self.week.lines if line.staff_id in named]

    def warnings(self) -> list[Warning]:
        """Return the warnings of the chosen kind, or all."""
        every = self.week.warnings if self.week else ()
        return [w for w in every if self.filter in (None, w.severity)]

    def concerned(self, cell: Cell) -> bool:
        """Tell whether a cell is about the chosen kind of warning."""
        if self.filter is None:
            return True
        return any(w.day == cell.day and w.staff_id in (None, cell.line.staff_id) for w in self.warnings())

    def of_cell(self, cell: Cell) -> list[Warning]:
        """Return the warnings that name a person on a day."""
        every = self.week.warnings if self.week else ()
        return [w for w in every if w.day == cell.day and w.staff_id == cell.line.staff_id]

    def is_new(self, view: ShiftView) -> bool:
        """Tell whether a draft brings this shift."""
        return self.before is not None and signature(view) not in self.before

    # ------------------------------------------------------------------------------------------------ places

    def cell(self, index: _Index) -> Cell | None:
        """Return the person and the day under a cell; None for the column of names."""
        if not self.week or not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        number = index.column() - 1
        return Cell(self.lines[index.row()], self.week.days[number]) if 0 <= number < len(self.week.days) else None

    def place(self, staff_id: int, day: date | None) -> QModelIndex:
        """Return where a person's day is shown; an invalid index when it is not."""
        row = next((n for n, line in enumerate(self.lines) if line.staff_id == staff_id), -1)
        days = self.week.days if self.week else ()
        return self.index(row, days.index(day) + 1 if day in days else 1) if row >= 0 else QModelIndex()

    def type(self, typing: tuple[int, int, str] | None) -> None:
        """Show what is being typed, or nothing any more."""
        told = [place[:2] for place in (self.typing, typing) if place]
        self.typing = typing
        for row, column in told:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    # ------------------------------------------------------------------------------------------ how Qt sees it

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many people there are."""
        return len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        """Return how many columns there are."""
        return 1 + len(self.week.days) if self.week else 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Head the columns; the state of the day is drawn by the header."""
        if orientation == Qt.Orientation.Vertical or role not in (_DISPLAY, _SPOKEN) or not self.week:
            return None
        if section == 0:
            return _("Name")
        day = self.week.days[section - 1]
        return roster_words.day_name(day) if role == _DISPLAY else self.spoken_day(day)

    def spoken_day(self, day: date) -> str:
        """Say how a day stands."""
        return listed((roster_words.day_name(day, long=True), self.state(day)[0]))

    def state(self, day: date) -> tuple[str, str, str]:
        """Return word, icon and tone of a day."""
        if not self.week:
            return "", "circle", "quiet"
        expected = sum(self.week.expected.get(day, {}).values())
        return roster_words.state_of_day(self.week.cover.get(day), expected)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        """Return the words of a cell; blocks are drawn by the view."""
        if role not in (_DISPLAY, _TOOLTIP, _SPOKEN):
            return None
        if index.column() == 0:
            line = self.lines[index.row()]
            return line.name if role == _DISPLAY else _person(line)
        cell = self.cell(index)
        if cell is None:
            return None
        if role == _DISPLAY:
            return listed(roster_words.between(s.span) for s in cell.on.shifts) or cell.on.away
        told = [roster_words.of_day(cell.line, cell.day, self.marks), *(w.sentence for w in self.of_cell(cell))]
        return "\n".join(told)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the cursor rest on every cell."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if index.column() else Qt.ItemFlag.ItemIsEnabled


def _kept(week: Week | None, before: Week | None) -> Collection[Signature] | None:
    """Return the shifts as they are now; None when a draft keeps none of them, for then all are new anyhow."""
    known = {signature(s) for s in shifts(before)} if before else set[Signature]()
    same = any(signature(s) in known and not s.pinned for s in shifts(week)) if week else False
    return known if same else None


def shifts(week: Week) -> list[ShiftView]:
    """Return all shifts of a week."""
    return [s for line in week.lines for on in line.days.values() for s in on.shifts]


def signature(view: ShiftView) -> Signature:
    """Return what makes a shift the same one, whatever its number."""
    parts = tuple((p.kind, p.span.start, p.span.end, p.group_id) for p in view.parts)
    return (view.staff_id, view.day, view.span.start, view.span.end, view.group_id, parts)


def _person(line: Line) -> str:
    told = _("{name}, {role}: {hours} of {limit} hours planned").format(
        name=line.name, role=_(line.role.word), hours=roster_words.lasting(line.minutes),
        limit=roster_words.lasting(line.limit),
    )  # fmt: skip
    reasons = dict.fromkeys(on.counting.why_not for on in line.days.values() if on.counting.why_not)
    return "\n".join([told, *(_("Does not count: {reason}").format(reason=r) for r in reasons)])
