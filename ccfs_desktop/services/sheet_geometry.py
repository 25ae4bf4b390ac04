"""Where everything lies on the scan-ready sign-in sheet.

One set of millimetres, from the top left corner of the page, for the one who prints it and for whoever reads the signed
sheet back. No drawing here.

Source: `scanback.md` 6 (markers, codes, boxes and row height were measured there on 360 synthetic scans).
"""

from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from itertools import pairwise
from typing import Literal

LAYOUT = "P1"
"""This arrangement's name in the sheet's code; another arrangement gets another name."""

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
ROWS_PER_PAGE = 20
ROW_HEIGHT = 11.2

LEFT, RIGHT = 14.0, 196.0
"""The table's edges: 2.5 mm of white beside the middle markers."""

TOP = 50.8
"""Where the first row begins: 20 rows end 2.4 mm above the lower code, the white it needs."""

HEAD_TOP = 42.2

TICK = 3.6
_PITCH = 6.9
_LABEL = 2.95  # room for the number on the left of its box
_QUARTERS = (0, 15, 30, 45)
_ARRIVAL_HOURS, _DEPARTURE_HOURS = 4, 6

Kind = Literal["tick", "signature"]


@dataclass(frozen=True)
class Box:
    """A rectangle in millimetres from the top left corner of the page."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def inside(self, across: float, down: float | None = None) -> "Box":
        """Return the box with a margin taken off on each side."""
        down = across if down is None else down
        return Box(self.left + across, self.top + down, self.width - 2 * across, self.height - 2 * down)


@dataclass(frozen=True)
class Marker:
    """A square by which a scan is put straight; ``number`` is its place in the ArUco dictionary DICT_4X4_50."""

    number: int
    box: Box


@dataclass(frozen=True)
class Cell:
    """One thing a row says.

    ``name`` is ``in-signature``, ``out-signature``, ``absent``, ``in-hour-7``, ``in-quarter-15``, ``out-hour-17`` …
    """

    name: str
    kind: Kind
    box: Box
    label: str = ""


@dataclass(frozen=True)
class Row:
    """One child's line."""

    box: Box
    child: Box
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Columns:
    """The columns between the table's edges."""

    child: Box
    arrival: Box
    arrival_signature: Box
    departure: Box
    departure_signature: Box
    absent: Box

    def all(self) -> tuple[Box, ...]:
        """Return them from left to right."""
        return (
            self.child,
            self.arrival,
            self.arrival_signature,
            self.departure,
            self.departure_signature,
            self.absent,
        )


@dataclass(frozen=True)
class PageGeometry:
    """One page with its rows."""

    arrival_hours: tuple[int, ...]
    departure_hours: tuple[int, ...]
    columns: Columns
    rows: tuple[Row, ...]

    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT
    markers: tuple[Marker, ...] = (
        Marker(0, Box(8, 8, 9, 9)),
        Marker(1, Box(193, 8, 9, 9)),
        Marker(2, Box(193, 280, 9, 9)),
        Marker(3, Box(8, 280, 9, 9)),
        Marker(4, Box(5.5, 145.5, 6, 6)),
        Marker(5, Box(198.5, 145.5, 6, 6)),
    )
    """Clockwise from the top left corner, then the middle of the left and the right edge."""

    head_code: Box = Box(166, 6.8, 22, 22)
    foot_code: Box = Box(97.5, 277.2, 15, 15)
    stamp: Box = Box(19.2, 5, 45, 45)
    """For the company's stamp: nothing is read there."""

    @property
    def table(self) -> Box:
        """All rows together."""
        return Box(LEFT, TOP, RIGHT - LEFT, ROW_HEIGHT * len(self.rows))


def arrival_hours(opens: time) -> tuple[int, ...]:
    """Return the hours offered for signing in: from the hour before opening."""
    first = min(max(opens.hour - 1, 0), 24 - _ARRIVAL_HOURS)
    return tuple(range(first, first + _ARRIVAL_HOURS))


def departure_hours(closes: time) -> tuple[int, ...]:
    """Return the hours offered for signing out: three before the closing hour to two after it, for late collection."""
    closing = closes.hour + (closes.minute > 0)
    first = min(max(closing - 3, 0), 24 - _DEPARTURE_HOURS)
    return tuple(range(first, first + _DEPARTURE_HOURS))


def page_count(children: int) -> int:
    """Return how many pages a sheet has."""
    return max(1, -(-children // ROWS_PER_PAGE))


@lru_cache(maxsize=64)
def page_geometry(rows: int, opens: time, closes: time) -> PageGeometry:
    """Lay out one page.

    Args:
        rows: children on this page, at most :data:`ROWS_PER_PAGE`.
        opens: the space's opening time.
        closes: the space's closing time.
    """
    hours = arrival_hours(opens), departure_hours(closes)
    columns = _columns()
    lines = tuple(_row(TOP + index * ROW_HEIGHT, columns, *hours) for index in range(min(rows, ROWS_PER_PAGE)))
    return PageGeometry(*hours, columns, lines)


def _columns() -> Columns:
    edges = [LEFT]
    for width in (44.0, 28.2, 30.4, 42.0, 30.4, 7.0):
        edges.append(round(edges[-1] + width, 2))
    height = TOP - HEAD_TOP
    return Columns(*(Box(left, HEAD_TOP, round(right - left, 2), height) for left, right in pairwise(edges)))


def _row(top: float, columns: Columns, arrival: tuple[int, ...], departure: tuple[int, ...]) -> Row:
    def across(column: Box) -> Box:
        return Box(column.left, top, column.width, ROW_HEIGHT)

    absent = columns.absent
    size = 4.4
    cells = (
        *_ticks("in", columns.arrival.left, top, arrival),
        Cell("in-signature", "signature", across(columns.arrival_signature)),
        *_ticks("out", columns.departure.left, top, departure),
        Cell("out-signature", "signature", across(columns.departure_signature)),
        Cell(
            "absent",
            "tick",
            Box(absent.left + (absent.width - size) / 2, top + (ROW_HEIGHT - size) / 2, size, size),
        ),
    )
    return Row(Box(LEFT, top, RIGHT - LEFT, ROW_HEIGHT), across(columns.child), cells)


def _ticks(side: str, left: float, top: float, hours: tuple[int, ...]) -> tuple[Cell, ...]:
    """Two lines of boxes: the hour above, the quarter below it.

    The lines stand close together and away from the next row, so that a long tick crosses into its own child's boxes
    (seen as two marks) rather than into the neighbour's.
    """
    upper, lower = top + 1.5, top + ROW_HEIGHT - 1.5 - TICK

    def box(slot: int, line: float) -> Box:
        return Box(round(left + 0.25 + slot * _PITCH + _LABEL, 2), round(line, 2), TICK, TICK)

    hour_cells = (Cell(f"{side}-hour-{hour}", "tick", box(slot, upper), str(hour)) for slot, hour in enumerate(hours))
    quarter_cells = (
        Cell(f"{side}-quarter-{quarter}", "tick", box(slot, lower), f":{quarter:02}")
        for slot, quarter in enumerate(_QUARTERS)
    )
    return (*hour_cells, *quarter_cells)
