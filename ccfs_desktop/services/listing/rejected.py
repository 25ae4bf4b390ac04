"""Give doubtful rows back as an Excel file with the reason beside each cell, to be corrected and read again."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services.listing.cells import Problem
from ccfs_desktop.services.listing.fields import label
from ccfs_desktop.services.listing.person import ListRow
from ccfs_desktop.services.listing.read import ListRead
from ccfs_desktop.services.listing.sheet import Cell, text_of

_NEVER_CODE = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_YELLOW = "#FFF2A8"
_NARROW, _WIDE, _REASON = 8, 40, 60


def write_rejected(
    path: Path, read: ListRead, rows: Sequence[ListRow], problems: Mapping[int, Sequence[Problem]] | None = None
) -> None:
    """Write rows with the factory's own columns in their own order, doubtful cells yellow with the reason beside.

    Args:
        path: the .xlsx file to write.
        read: the list the rows come from.
        rows: the rows to give back.
        problems: row number → what is wrong with it; by default what reading found.

    Raises:
        UserError: the file cannot be written.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow to load, rarely needed)

    headings = read.mapping.headings
    stream = io.BytesIO()
    with Workbook(stream, _NEVER_CODE) as book:
        sheet = book.add_worksheet(_("To correct"))
        styles = _styles(book)
        for column, text in enumerate([*headings, _("Reason")]):
            sheet.write_string(0, column, text, styles["head"])
        for at, row in enumerate(rows, start=1):
            found = row.problems if problems is None else problems.get(row.row, ())
            _write_row(sheet, styles, at, row, read, found)
            sheet.write_string(at, len(headings), _reasons(read.kind, found), styles["reason"])
        for column, text in enumerate(headings):
            longest = max((len(text_of(row.cells[column])) for row in rows if column < len(row.cells)), default=0)
            sheet.set_column(column, column, min(_WIDE, max(_NARROW, longest + 2, len(text))))
        sheet.set_column(len(headings), len(headings), _REASON)
        sheet.freeze_panes(1, 0)
    try:
        path.write_bytes(stream.getvalue())
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=path, why=error.strerror or error)) from None


def _styles(book: Any) -> dict[str, Any]:
    top, day, yellow = {"valign": "top"}, {"num_format": "yyyy-mm-dd"}, {"bg_color": _YELLOW}
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, **top}),
        "reason": book.add_format({"text_wrap": True, **top}),
        "cell": book.add_format(top),
        "cell date": book.add_format(top | day),
        "doubtful": book.add_format(top | yellow),
        "doubtful date": book.add_format(top | day | yellow),
    }


def _write_row(
    sheet: Any, styles: dict[str, Any], at: int, row: ListRow, read: ListRead, problems: Sequence[Problem]
) -> None:
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        column = read.mapping.columns.get(problem.field)
        if column is not None:
            reasons.setdefault(column, []).append(problem.reason)
    for column in range(len(read.mapping.headings)):
        cell = row.cells[column] if column < len(row.cells) else None
        style = "doubtful" if column in reasons else "cell"
        _write_cell(sheet, at, column, cell, styles[f"{style} date" if isinstance(cell, date) else style])
        if column in reasons:
            sheet.write_comment(at, column, "\n".join(reasons[column]), {"x_scale": 2})


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    """Write a cell as what it is; text is never taken for a formula, a number or a link."""
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, style)
    else:
        sheet.write_number(row, column, cell, style)


def _reasons(kind: str, problems: Sequence[Problem]) -> str:
    return "\n".join(
        _("{field}: {reason}").format(field=label(kind, problem.field), reason=problem.reason) for problem in problems
    )
