"""A few rows of words under heads: nothing to choose, nothing to sort, only to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ccfs_desktop.views.kit.states import words


@dataclass(frozen=True)
class Column:
    """One column of a summary."""

    head: str
    """Translated."""
    number: bool = False
    """Numbers stand at the right."""
    wide: bool = False
    """It takes the room there is, and its words wrap; the others are as wide as what stands in them."""


class Summary(QWidget):
    """Rows of words with a hairline between them."""

    def __init__(self, name: str, *columns: Column) -> None:
        """Build it, empty.

        Args:
            name: what it shows, for a screen reader.
            columns: from left to right.
        """
        super().__init__()
        self._name, self._columns = name, columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(5)
        for place, column in enumerate(columns):
            self._grid.setColumnStretch(place, int(column.wide))
        self.rows: list[tuple[str, ...]] = []

    def show_rows(self, rows: Sequence[Sequence[str]], strong: Sequence[bool] = ()) -> None:
        """Show other rows.

        Args:
            rows: words by column, translated.
            strong: of which rows the names and numbers are written in bold.
        """
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.rows = [tuple(row) for row in rows]
        self._line(0, [column.head for column in self._columns], "head")
        for number, row in enumerate(self.rows):
            self._grid.addWidget(_hairline(), 2 * number + 1, 0, 1, len(self._columns))
            self._line(2 * number + 2, row, "strong" if number < len(strong) and strong[number] else "")
        self.setAccessibleName("; ".join((self._name, *(", ".join(row) for row in self.rows))))

    def _line(self, place: int, row: Sequence[str], part: str) -> None:
        for number, (column, text) in enumerate(zip(self._columns, row, strict=True)):
            plain = part == "strong" and column.wide
            label: QLabel = words(text, "" if plain else part, wrap=column.wide or part == "head")
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, place, number)


def _hairline() -> QFrame:
    line = QFrame()
    line.setObjectName("hairline")
    return line
