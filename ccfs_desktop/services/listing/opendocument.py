"""What the cell values of an .ods file do not tell: formulas, merged cells, hidden rows."""

import io
import zipfile

from ccfs_desktop.services.listing.ooxml import MOST_CELLS, Attributes, Extras, RefusedError, scan


def sheet_extras(data: bytes) -> dict[str, Extras]:
    """Look into a document's sheets and return what was found, by sheet name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = package.read("content.xml")
    walk = _Walk()
    scan(content, walk.start, walk.end, walk.add)
    return walk.sheets


class _Walk:
    """One pass through a document's tables; repeated rows and cells are counted, never written out."""

    def __init__(self) -> None:
        self.sheets: dict[str, Extras] = {}
        self._extras = Extras()
        self._row = self._column = 0
        self._rows = self._columns = 0
        self._repeated = 1
        self._cell: Attributes | None = None
        self._filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a table, a row or a cell."""
        if name == "table":
            self._extras = self.sheets.setdefault(attributes.get("table:name", ""), Extras())
            self._row = self._rows = self._columns = 0
        elif name == "table-row":
            self._column, self._repeated = 0, _number(attributes, "table:number-rows-repeated")
            if attributes.get("table:visibility") in ("collapse", "filter") and self._repeated < 1000:
                self._extras.hidden_rows += range(self._row, self._row + self._repeated)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = attributes
            self._filled = "office:value-type" in attributes

    def add(self, text: str) -> None:
        """Notice that a cell holds text."""
        if self._cell is not None and text.strip():
            self._filled = True

    def end(self, name: str) -> None:
        """Leave a cell or a row."""
        if name == "table-row":
            self._row += self._repeated
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            wide = _number(self._cell, "table:number-columns-repeated")
            if self._filled:
                self._measure(self._row + self._repeated, self._column + wide)
                self._keep(self._cell)
            self._column += wide
            self._cell = None

    def _measure(self, rows: int, columns: int) -> None:
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        if self._rows * self._columns > MOST_CELLS:
            raise RefusedError("far")

    def _keep(self, cell: Attributes) -> None:
        formula = cell.get("table:formula", "")
        if formula:
            self._extras.formulas[self._row, self._column] = "=" + formula.partition("=")[2]
        down, across = _number(cell, "table:number-rows-spanned"), _number(cell, "table:number-columns-spanned")
        if down > 1 or across > 1:
            last = (self._row + down - 1, self._column + across - 1)
            self._extras.merged.append((self._row, self._column, *last))


def _number(attributes: Attributes, name: str) -> int:
    """Read a count; one where it is not given."""
    text = attributes.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1
