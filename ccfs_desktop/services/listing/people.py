"""Read the rows of a list, column by column, into people."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ccfs_desktop.i18n import ngettext
from ccfs_desktop.services.listing import codes, dates, rows
from ccfs_desktop.services.listing.cells import Column, Context, Problem, read_column
from ccfs_desktop.services.listing.fields import FIELDS, label
from ccfs_desktop.services.listing.fold import digits
from ccfs_desktop.services.listing.person import ListRow, missing, put_together
from ccfs_desktop.services.listing.sheet import Cell, Sheet
from ccfs_desktop.services.listing.table import Table


def read_people(
    table: Table, kept: list[int], context: Context, progress: Callable[[int, int], None]
) -> tuple[tuple[ListRow, ...], list[str]]:
    """Read the rows of people.

    Args:
        table: the list that was found.
        kept: the rows to read, counted from 0.
        context: what is known about the factory and the day.
        progress: called with the columns done and their number.

    Returns:
        The people, and the decisions taken, in words.
    """
    columns = {field: _column(table, field, at, kept) for field, at in table.mapping.columns.items()}
    _join_birth(columns)
    context = replace(context, order=_shown_order(columns.values(), context))
    for done, column in enumerate(columns.values(), start=1):
        read_column(column, context)
        progress(done, len(columns))
    notes = [note for column in columns.values() for note in column.notes]
    notes += _restore_zeros(list(columns.values()))
    return tuple(_people(table, list(columns.values()), kept)), notes


def _people(table: Table, columns: list[Column], kept: list[int]) -> Iterator[ListRow]:
    """Turn the columns, once read, into rows again."""
    problems: dict[int, list[Problem]] = {}
    for column in columns:
        for position, problem in column.problems.items():
            problems.setdefault(position, []).append(problem)
    fields = [column.field for column in columns]
    surname = next((column.heading for column in columns if column.field == "surname"), "")
    told = zip(*(column.values for column in columns), strict=True)
    for position, (row, values) in enumerate(zip(kept, told, strict=True)):
        known = {field: value for field, value in zip(fields, values, strict=True) if value is not None}
        put_together(known, fields, surname)
        found = problems.get(position, [])
        found += missing(table.mapping.kind, known, {problem.field for problem in found})
        yield ListRow(row + 1, known, table.mapping.columns, _cells(table.sheet, row), tuple(found))


def _cells(sheet: Sheet, row: int) -> tuple[Cell, ...]:
    """Take the whole row as it stands in the file, formulas as text."""
    cells = sheet.rows[row]
    if not sheet.formulas:
        return tuple(cells)
    return tuple(sheet.formulas.get((row, at), cell) for at, cell in enumerate(cells))


def _column(table: Table, field: str, at: int, kept: list[int]) -> Column:
    """Take one column's cells, with what merged cells and ditto marks stand for; a name belongs to its row alone."""
    sheet, kind = table.sheet, table.mapping.kind
    cells = sheet.column(at, kept)
    places = {row: position for position, row in enumerate(kept)}
    formulas = frozenset(places[row] for row, column in sheet.formulas if column == at and row in places)
    heading = table.mapping.headings[at] or label(kind, field)
    if sheet.days_before and FIELDS[kind][field].type == "date":
        cells = [dates.later(cell, sheet.days_before) for cell in cells]
    column = Column(field, FIELDS[kind][field], heading, cells, formulas)
    filled = 0 if field == "name" else rows.fill_merged(sheet, at, kept, cells) + rows.fill_ditto(cells)
    if filled:
        sentence = ngettext(
            "In column “{column}” {n} cell was taken from the row above: merged, or “as above”.",
            "In column “{column}” {n} cells were taken from the row above: merged, or “as above”.",
            filled,
        )
        column.notes.append(sentence.format(column=heading, n=filled))
    return column


def _join_birth(columns: dict[str, Column]) -> None:
    """Put day, month and year of birth together where they stand in three columns."""
    parts = [columns.pop(field, None) for field in ("birth_year", "birth_month")]
    day = columns.get("birth_date")
    year, month = parts
    if not (day and year and month):
        return
    for at, cell in enumerate(day.cells):
        texts = [digits(codes.clean(part)) for part in (year.cells[at], month.cells[at], cell)]
        day.cells[at] = "-".join(texts) if all(texts) else "-".join(filter(None, texts)) or None


def _shown_order(columns: Iterable[Column], context: Context) -> str:
    """Return the order of day and month that the list's columns agree on."""
    dated = [column for column in columns if column.spec.type == "date"]
    shown = {
        dates.shown_order(column.dates(), heading=column.heading, today=context.today, years=column.spec.years)
        for column in dated
        if any(isinstance(cell, str) for cell in column.cells)
    } - {""}
    return shown.pop() if len(shown) == 1 else ""


def _restore_zeros(columns: list[Column]) -> list[str]:
    """Give worker numbers back the leading zeros that Excel removed, where the list itself shows how many."""
    numbered = [column for column in columns if column.spec.type == "code"]
    width = codes.width(*([code for code in column.values if code] for column in numbered))
    changed = 0
    for column in numbered if width else []:
        full = [codes.restored(code, width) if code else code for code in column.values]
        changed += sum(1 for before, after in zip(column.values, full, strict=True) if before != after)
        column.values = full
    if not changed:
        return []
    sentence = ngettext(
        "Numbers have {width} digits in this list: the leading zeros that Excel removed were put back in {n} cell.",
        "Numbers have {width} digits in this list: the leading zeros that Excel removed were put back in {n} cells.",
        changed,
    )
    return [sentence.format(width=width, n=changed)]
