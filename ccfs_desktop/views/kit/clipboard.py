"""Cells on their way to Excel: each arrives as the text it is, so no formula starts and no leading zero is lost."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

_STARTS = "=+-@＝＋－＠|%"


def for_excel(lines: Sequence[Sequence[str]]) -> QMimeData:
    """Return cells for the clipboard: a table whose cells are marked as text, and plain lines for other programs."""
    carried = QMimeData()
    carried.setText("\n".join("\t".join(map(plain, line)) for line in lines))
    cells = ("".join(f"<td style='mso-number-format:\"\\@\"'>{escape(cell)}</td>" for cell in line) for line in lines)
    carried.setHtml(f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>")
    return carried


def plain(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula.

    Source: security.md 4.5.
    """
    text = " ".join(text.split())
    number = text.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{text}" if text.startswith(tuple(_STARTS)) and not number else text
