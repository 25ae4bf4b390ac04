"""Read a spreadsheet in a process of its own, so that a broken file cannot take the program with it."""

import io
import json
import os
import sys
import zipfile
import zlib
from datetime import date
from multiprocessing.connection import Connection
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ccfs_desktop.services.listing import biff, ooxml, opendocument
from ccfs_desktop.services.listing.ooxml import Extras, RefusedError
from ccfs_desktop.services.listing.sheet import Cell, Sheet, plain, trimmed

_MOST_ROWS = 100_000
_MEMORY = 2 << 30
_BROKEN = (OSError, ValueError, LookupError, EOFError, MemoryError, OverflowError, NotImplementedError, RuntimeError)
"""What Python's own readers raise on damaged bytes."""


def serve(channel: Connection) -> None:
    """Receive a file and its kind, and answer with its sheets, or with one word that says why not."""
    kind, data = channel.recv_bytes().decode(), channel.recv_bytes()
    _be_quiet()
    _limit_memory()
    channel.send_bytes(answer(kind, data))


def answer(kind: str, data: bytes) -> bytes:
    """Read a workbook's sheets, or say in one word why not.

    Args:
        kind: ``xlsx``, ``xls`` or ``ods``.
        data: the whole file.
    """
    try:
        found: dict[str, Any] = {"sheets": [_packed(sheet) for sheet in _sheets(kind, data)]}
    except RefusedError as refused:
        found = {"refused": str(refused)}
    except PasswordError:
        found = {"refused": "password"}
    except (CalamineError, zipfile.BadZipFile, zlib.error, *_BROKEN):
        found = {"refused": "damaged"}
    return json.dumps(found, ensure_ascii=False, default=_day).encode("utf-8", "surrogatepass")


def unpacked(answer: bytes) -> list[Sheet] | str:
    """Turn the child's answer into sheets, or into the word that says why there are none."""
    told: dict[str, Any] = json.loads(answer.decode("utf-8", "replace"))
    if "refused" in told:
        return str(told["refused"])
    return [_unpacked(sheet) for sheet in told["sheets"]]


def _sheets(kind: str, data: bytes) -> list[Sheet]:
    extras = _extras(kind, data)
    found: list[Sheet] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for number, about in enumerate(book.sheets_metadata):
            beside = extras.get(about.name) or extras.get(str(number)) or Extras()
            sheet = book.get_sheet_by_index(number)
            if (sheet.total_height or 0) * (sheet.total_width or 0) > ooxml.MOST_CELLS:
                raise RefusedError("far")
            values = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS + 1)
            rows = [[plain(cell) for cell in row] for row in values]
            if len(trimmed(_with(rows, beside.replaced, beside.formulas))) > _MOST_ROWS:
                raise RefusedError("far")
            found.append(
                Sheet(
                    name=about.name,
                    rows=rows,
                    hidden=about.visible != SheetVisibleEnum.Visible,
                    hidden_rows=frozenset(beside.hidden_rows),
                    formulas=beside.formulas,
                    merged=tuple((*a, *b) for a, b in sheet.merged_cell_ranges or ()) or tuple(beside.merged),
                    days_before=beside.days_before,
                )
            )
    return found


def _extras(kind: str, data: bytes) -> dict[str, Extras]:
    if kind == "xls":
        return {str(number): extras for number, extras in enumerate(biff.sheet_extras(data))}
    return ooxml.sheet_extras(data) if kind == "xlsx" else opendocument.sheet_extras(data)


def _with(rows: list[list[Cell]], *overlays: dict[tuple[int, int], Any]) -> list[list[Cell]]:
    """Lay over the values those that are better known from elsewhere; a formula only where nothing is."""
    replaced, formulas = overlays
    for (row, column), value in replaced.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = value
    for (row, column), text in formulas.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
            rows[row][column] = text
    return rows


def _day(day: date) -> list[int]:
    """Write a date as JSON can hold it; no other cell is a list."""
    return [day.year, day.month, day.day]


def _packed(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "rows": sheet.rows,
        "hidden_rows": sorted(sheet.hidden_rows),
        "formulas": [[*place, text] for place, text in sheet.formulas.items()],
        "merged": sheet.merged,
        "days_before": sheet.days_before,
    }


def _unpacked(told: dict[str, Any]) -> Sheet:
    return Sheet(
        name=told["name"],
        hidden=told["hidden"],
        rows=[[date(*c) if isinstance(c, list) else c for c in row] for row in told["rows"]],
        hidden_rows=frozenset(told["hidden_rows"]),
        formulas={(row, column): text for row, column, text in told["formulas"]},
        merged=tuple((a, b, c, d) for a, b, c, d in told["merged"]),
        days_before=told["days_before"],
    )


def _be_quiet() -> None:
    """Say nothing on the terminal: what goes wrong here is told in words by the other side."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)


def _limit_memory() -> None:
    """Let a bomb end this process, not the PC; Windows has no such limit."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 (does not exist on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
