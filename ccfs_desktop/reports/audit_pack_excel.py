"""The Excel twin of an audit pack: the same records as the PDF, from the same objects, to count and sort.

Texts are texts: nothing that somebody wrote is ever taken for a formula, a number or a link.
"""

import io
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from ccfs_desktop.i18n import _
from ccfs_desktop.reports.audit_pack_tables import TABLES, Rows, Shown, Value
from ccfs_desktop.services.audit_pack import Pack

_SAFE = {
    "constant_memory": True, "in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False,
    "strings_to_urls": False,
}  # fmt: skip
_LONGEST = 32_000
"""Excel takes 32,767 letters in a cell."""
_NAME = 31
"""Letters in the name of a sheet."""
_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NARROW, _WIDE = 9, 60
"""Letters in the narrowest and the widest column; what is longer is wrapped."""
_ARROW = 4
"""Room for the arrow of the filter beside a heading."""
_LINES = 3
"""Lines a heading takes at most where its words are not spaced."""


def render(pack: Pack) -> bytes:
    """Return the workbook, its words in the language in use; the same pack gives the same bytes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow to load, rarely needed)

    stream = io.BytesIO()
    with Workbook(stream, _SAFE) as book:
        book.set_properties({"title": _("Audit pack"), "author": "CCFS Desktop", "created": pack.letterhead.printed_at})
        styles = _Styles(book)
        for name, one in zip(_names([_(one.title) for one in TABLES]), TABLES, strict=True):
            _Page(book.add_worksheet(name), styles, pack.redactor).write(one.heads(), one.rows(pack))
    return stream.getvalue()


def _names(titles: Sequence[str]) -> list[str]:
    """Return names for the sheets as Excel takes them: 31 letters, none of some signs, no two alike."""
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        name = title.translate(_SIGNS)[:_NAME].strip(" '")
        taken = name.casefold() in {one.casefold() for one in names}
        names.append(f"{name[: _NAME - 3]} {number}" if taken else name)
    return names


class _Styles:
    """The few ways a cell looks, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[str, Any] = {}
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.long = book.add_format({"valign": "top", "text_wrap": True})

    def number(self, form: str) -> Any:
        """Return the style of a number that Excel is to show in a certain form."""
        if form not in self._numbers:
            self._numbers[form] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[form]


class _Page:
    """One sheet. It is written row by row: in this mode nothing above can be written any more."""

    def __init__(self, sheet: Any, styles: _Styles, veil: Callable[[str], str]) -> None:
        self._sheet = sheet
        self._styles = styles
        self._veil = veil
        self._widths: list[int] = []

    def write(self, heads: Sequence[str], rows: Rows) -> None:
        """Write everything; the columns become as wide as what stands in them."""
        self._sheet.freeze_panes(1, 0)
        self._widths = [_heading(text) for text in heads]
        for column, text in enumerate(heads):
            self._sheet.write_string(0, column, text, self._styles.head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(last, column, value)
        if last:
            self._sheet.autofilter(0, 0, last, len(heads) - 1)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, max(_NARROW, min(width, _WIDE)))

    def _cell(self, row: int, column: int, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._text(row, column, _("Yes") if value else _("No"))
        elif isinstance(value, int | float):
            self._sheet.write_number(row, column, value, self._styles.plain)
        elif isinstance(value, Shown):
            self._sheet.write_number(row, column, value.number, self._styles.number(value.form))
        elif isinstance(value, date):
            at = datetime(value.year, value.month, value.day)
            self._sheet.write_datetime(row, column, at, self._styles.number("yyyy-mm-dd"))
            self._widths[column] = max(self._widths[column], 11)
        else:
            self._text(row, column, self._veil(value)[:_LONGEST])

    def _text(self, row: int, column: int, text: str) -> None:
        width = max(map(_width, text.splitlines()), default=0) + 1
        self._widths[column] = max(self._widths[column], width)
        style = self._styles.long if width > _WIDE or "\n" in text else self._styles.plain
        self._sheet.write_string(row, column, text, style)


def _heading(text: str) -> int:
    """Return how wide a column must be for its heading: for its longest word, and for no more than a few lines."""
    return max(*map(_width, text.split()), -(-_width(text) // _LINES)) + _ARROW


def _width(text: str) -> int:
    """Return a text's width in narrow letters; a Chinese one takes two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
