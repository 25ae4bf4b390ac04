"""A form to fill by hand or printed filled: sections of labelled boxes, and running text between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ccfs_desktop.reports.kit.lines import Fitted, wrap
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FRAME, MM, RULE
from ccfs_desktop.reports.kit.table import Cell, Table
from ccfs_desktop.reports.kit.text import LEADING
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.sheet_geometry import Box

_LABEL = 6.8
_VALUE = 10.5


@dataclass(frozen=True)
class Field:
    """One labelled box: its name as a marked message, what is known, and its share of the row's width."""

    message: str
    value: str | None = None
    share: float = 1.0


class Form:
    """Fills pages from top to bottom."""

    def __init__(self, paper: Paper, words: Words, left: float, bottom: float, turn: Callable[[], float]) -> None:
        """Begin where the head of the page ended.

        Args:
            paper: the document, with a page begun.
            words: its languages.
            left: margin on both sides, in millimetres.
            bottom: where a page ends.
            turn: draws the head of the page and returns where content may begin; called for every page but the first.
        """
        self.paper, self.words = paper, words
        self.left, self.across = left, paper.width - 2 * left
        self._bottom, self._turn = bottom, turn
        self.y = 0.0

    def need(self, height: float) -> None:
        """Begin a new page unless this much room is left."""
        if self.y + height > self._bottom:
            self.y = self._turn()

    def section(self, message: str, *, keep: float = 14) -> None:
        """Write the heading of a section; it never stands alone at the foot of a page."""
        self.need(8 + keep)
        first, *others = self.words.each(message)
        end = self.left + self.paper.text(self.left, self.y + 5.4, first, 10.5, bold=True)
        self.paper.text(end + 2, self.y + 5.4, " / ".join(others), 7.5)
        self.y += 7

    def row(self, *fields: Field, height: float = 10.6) -> None:
        """Draw a row of labelled boxes."""
        self.need(height)
        total = sum(field.share for field in fields)
        left = self.left
        for field in fields:
            box = Box(left, self.y, self.across * field.share / total, height)
            self._field(box, field)
            left = box.right
        self.paper.box(Box(self.left, self.y, self.across, height), FRAME)
        self.y += height

    def _field(self, box: Box, field: Field) -> None:
        self.paper.box(box, RULE)
        self.paper.fill(Box(box.left + 1, box.top + 0.5, box.width - 2, 3.2), self._label(field), _LABEL, most=1)
        if field.value:
            room = Box(box.left + 1.2, box.top + 3.6, box.width - 2.4, box.height - 4)
            self.paper.fill(room, field.value, _VALUE, most=12, floor=5)

    def _label(self, field: Field) -> str:
        return self.words.both(field.message)

    def gap(self, height: float = 3) -> None:
        """Leave room."""
        self.y += height

    def say(self, words: str, size: float = 8.5, *, bold: bool = False, indent: float = 0.0) -> None:
        """Write running text, over pages where needed."""
        high = size * LEADING / MM
        for line in wrap(words, size, (self.across - indent) * MM, bold=bold):
            self.need(high)
            self.paper.lines(self.left + indent, self.y, Fitted((line,), size), bold=bold)
            self.y += high

    def told(self, message: str, size: float = 8.5, **values: object) -> None:
        """Write a marked sentence in each language, the others smaller."""
        for index, sentence in enumerate(self.words.each(message, **values)):
            self.say(sentence, size * (0.85 if index else 1))

    def height_of(self, words: str, size: float, *, indent: float = 0.0) -> float:
        """Return how high running text would be, in millimetres."""
        return len(wrap(words, size, (self.across - indent) * MM)) * size * LEADING / MM

    def table(self, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
        """Draw a table, over pages where needed."""
        self.y = table.draw(rows, self.y, self._bottom, self._turn) + 4

    def sign(self, *messages: str, height: float = 12) -> None:
        """Draw lines to sign on, side by side."""
        self.need(height)
        part = self.across / len(messages)
        base = self.y + height - 3
        for index, message in enumerate(messages):
            left = self.left + index * part
            end = self.words.label(self.paper, left, base, message, 7.5) + 1.5
            self.paper.line(end, base + 0.6, left + part - 4, base + 0.6, 0.2)
        self.y += height
