"""A ruled table that runs over pages: heads repeated, rows as high as a pen needs, texts wrapped in their cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ccfs_desktop.reports.kit.lines import wrap
from ccfs_desktop.reports.kit.surface import FRAME, MM, RULE, Align, Surface
from ccfs_desktop.reports.kit.text import LEADING
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.sheet_geometry import Box

Part = tuple[str, float, bool]
"""A text in a cell of several: words, font size in points, bold."""

Cell = str | tuple[Part, ...] | Callable[[Box], None]
"""A text, several below each other, or something that draws itself into its cell; "" is room to write."""

_PAD = 1.0  # mm beside a text
_ABOVE = 0.8  # mm above and below it


@dataclass(frozen=True)
class Column:
    """One column: its head as a marked message, its width in millimetres, and how its texts look."""

    message: str
    width: float
    align: Align = "left"
    size: float = 8
    bold: bool = False
    head_size: float = 7.5


class Table:
    """Draws rows from a top edge to a bottom edge, and on the next page."""

    def __init__(
        self,
        surface: Surface,
        words: Words,
        columns: Sequence[Column],
        left: float,
        *,
        head_height: float = 9,
        row_height: float = 9,
        tallest: float = 60,
        alone: float = 0.75,
    ) -> None:
        """Lay out columns.

        Args:
            surface: the pages.
            words: speaks the heads.
            columns: from left to right.
            left: edge of the first one, in millimetres.
            head_height: of the row of heads, in millimetres.
            row_height: least height of a row; 9 mm takes a signature.
            tallest: a row higher than this has its texts made smaller instead.
            alone: down to which part of its size a text rather stands on one line.
        """
        self._surface, self._words, self._columns = surface, words, columns
        self._head_height, self._row_height, self._tallest = head_height, row_height, tallest
        self._alone = alone
        self._edges = [left]
        for column in columns:
            self._edges.append(self._edges[-1] + column.width)

    def draw(self, rows: Sequence[Sequence[Cell]], top: float, bottom: float, turn: Callable[[], float]) -> float:
        """Draw all rows.

        Args:
            rows: cells by column.
            top: upper edge on this page.
            bottom: where a page ends.
            turn: begins the next page and returns the upper edge on it.

        Returns:
            the lower edge of the last row.
        """
        y, lines = self._begin(top)
        for row in rows:
            height = self.height(row)
            if y + height > bottom + 0.01 and len(lines) > 1:
                self._rule(lines)
                y, lines = self._begin(turn())
            self._row(row, y, height)
            y += height
            lines.append(y)
        self._rule(lines)
        return y

    def height(self, row: Sequence[Cell]) -> float:
        """Return the height a row needs, in millimetres."""
        needed = self._row_height
        for column, cell in zip(self._columns, row, strict=True):
            across = (column.width - 2 * _PAD) * MM
            heights = [_height(part, across) for part in _parts(column, cell)]
            if heights:
                needed = max(needed, sum(heights) + 2 * _ABOVE)
        return min(needed, self._tallest)

    def _begin(self, top: float) -> tuple[float, list[float]]:
        """Draw the heads; return where rows begin and the edges to rule so far."""
        for column, left in zip(self._columns, self._edges, strict=False):
            if column.message:
                box = Box(left, top, column.width, self._head_height).inside(0.5, 0.4)
                self._words.heading(self._surface, box, column.message, column.head_size)
        return top + self._head_height, [top, top + self._head_height]

    def _row(self, row: Sequence[Cell], top: float, height: float) -> None:
        for column, left, cell in zip(self._columns, self._edges, row, strict=False):
            box = Box(left, top, column.width, height)
            if callable(cell):
                cell(box)
            else:
                self._write(box.inside(_PAD, _ABOVE), column, _parts(column, cell))

    def _write(self, box: Box, column: Column, parts: Sequence[Part]) -> None:
        """Write texts below each other, in the middle; smaller when the row could not grow enough."""
        heights = [_height(part, box.width * MM) for part in parts]
        squeeze = min(1.0, box.height / max(sum(heights), 0.1))
        top = box.top + max(0.0, box.height - sum(heights)) / 2
        for (words, size, bold), high in zip(parts, heights, strict=True):
            room = Box(box.left, top, box.width, high * squeeze + 0.02)
            self._surface.fill(room, words, size, bold=bold, align=column.align, most=40, alone=self._alone)
            top += high * squeeze

    def _rule(self, lines: list[float]) -> None:
        left, right = self._edges[0], self._edges[-1]
        for y in lines[2:-1]:
            self._surface.line(left, y, right, y, RULE)
        for x in self._edges[1:-1]:
            self._surface.line(x, lines[0], x, lines[-1], RULE)
        self._surface.line(left, lines[1], right, lines[1], FRAME)
        self._surface.box(Box(left, lines[0], right - left, lines[-1] - lines[0]), FRAME)


def _parts(column: Column, cell: Cell) -> tuple[Part, ...]:
    if isinstance(cell, str):
        return ((cell, column.size, column.bold),) if cell else ()
    return () if callable(cell) else tuple(part for part in cell if part[0])


def _height(part: Part, across: float) -> float:
    words, size, bold = part
    return len(wrap(words, size, across, bold=bold)) * size * LEADING / MM
