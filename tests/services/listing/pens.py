"""Writes lists the way factories do: any format, any alphabet, merged and hidden cells."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def write(path: Path, rows: Rows, *, encoding: str = "utf-8", separator: str = ",", merged: Sequence[str] = ()) -> Path:
    """Write rows in the format the name asks for."""
    if path.suffix == ".csv":
        _csv(path, rows, encoding, separator)
    elif path.suffix == ".xls":
        _xls(path, rows)
    elif path.suffix == ".ods":
        _ods(path, rows)
    else:
        _xlsx(path, rows, merged)
    return path


def _csv(path: Path, rows: Rows, encoding: str, separator: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(vietnamese(text.getvalue()) if encoding == "cp1258" else text.getvalue().encode(encoding))


def vietnamese(text: str) -> bytes:
    """Encode as Windows-1258 does: a letter, then its tone as a mark of its own."""
    found = b""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in _TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
        found += (base + tone).encode("cp1258")
    return found


def _xlsx(path: Path, rows: Rows, merged: Sequence[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)


def _xls(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                sheet.write(at, column, xlwt.Formula(cell[1:]))
            elif cell is not None:
                sheet.write(at, column, cell, *([day] if isinstance(cell, date) else []))
    book.save(str(path))


def _ods(path: Path, rows: Rows) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell))
        table.addElement(line)
    book.spreadsheet.addElement(table)  # pyright: ignore[reportAttributeAccessIssue]
    book.save(str(path))


def _ods_cell(cell: Any) -> Any:
    if isinstance(cell, date):
        found = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, int | float):
        found = TableCell(valuetype="float", value=str(cell))
    elif isinstance(cell, str) and cell.startswith("="):
        found = TableCell(valuetype="string", formula=f"of:{cell}")
    else:
        found = TableCell(valuetype="string") if cell else TableCell()
    if cell:
        found.addElement(P(text=str(cell)))
    return found
