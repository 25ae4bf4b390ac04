"""A sheet as it stands in the factory's file, before anybody has understood it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | None
Place: TypeAlias = tuple[int, int]
"""Row and column, both counted from 0."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells, and what a list of cells alone does not tell."""

    name: str
    rows: list[list[Cell]]
    """Row 0 is row 1 in Excel; empty cells at the end of a row are left out."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    formulas: dict[Place, str] = field(default_factory=dict[Place, str])
    """Cells that hold a formula, with its text; the cell itself holds the result Excel saved."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column."""
    days_before: int = 0
    """Days to add to bare day numbers: old Macs count from 1904."""

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell; outside the sheet everything is empty."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return cells[column] if column < len(cells) else None

    def column(self, at: int, rows: Sequence[int]) -> list[Cell]:
        """Return the cells of one column in some rows."""
        found = (self.rows[row] for row in rows)
        return [cells[at] if at < len(cells) else None for cells in found]

    @property
    def width(self) -> int:
        """Return how many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class Book:
    """A file that was opened: its sheets, in the file's order."""

    name: str
    sheets: tuple[Sheet, ...]


def text_of(cell: Cell) -> str:
    """Write a cell the way Excel shows it without a format."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Leave out the empty cells at the end of each row and the empty rows at the end."""
    for row in rows:
        while row and row[-1] in (None, ""):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


_SHORT = timedelta(minutes=1)
"""Some programs write a day as the last minute of the day before, for a clock that once was 43 seconds slow."""


def plain(value: object) -> Cell:
    """Turn what a reader gave into a plain cell: dates lose their midnight, clock times become text."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, int | float) or value is None:
        return value
    if isinstance(value, datetime):
        return (value + _SHORT).date()
    if isinstance(value, date):
        return value
    return value.isoformat(timespec="minutes") if isinstance(value, time) else str(value)
