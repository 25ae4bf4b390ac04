"""Read each row of a list as one person."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.listing import codes, dates, names, rows
from ccfs_desktop.services.listing.cells import ATTENTION, Column, Context, Problem, read_column
from ccfs_desktop.services.listing.dates import ParsedDate
from ccfs_desktop.services.listing.fields import FIELDS, label
from ccfs_desktop.services.listing.fold import digits
from ccfs_desktop.services.listing.sheet import Cell, text_of
from ccfs_desktop.services.listing.table import Table

_SURNAME_FIRST = re.compile("[\u4e00-\u9fff]|họ|^ho\\b", re.IGNORECASE)
_PARENTS = {f"{who}_{part}" for who in ("mother", "father") for part in ("name", "number", "phone")}
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class ListRow:
    """One person of the list, as it was understood."""

    row: int
    """As Excel numbers it."""
    values: dict[str, Any]
    """Field → value; a field without a value is left out. Dates are ``ParsedDate``, choices the codes of the models."""
    raw: dict[str, str]
    """Field → the text in the file."""
    cells: tuple[Cell, ...]
    """The whole row as it stands in the file, formulas as text."""
    problems: tuple[Problem, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """Tell whether the row must wait for the officer."""
        return any(problem.severity == ATTENTION for problem in self.problems)

    def day(self, field: str) -> date | None:
        """Return the date of a field, if its cell left no doubt."""
        value = self.values.get(field)
        return value.value if isinstance(value, ParsedDate) else None


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
    return tuple(_person(table, columns, position, row) for position, row in enumerate(kept)), notes


def _column(table: Table, field: str, at: int, kept: list[int]) -> Column:
    """Take one column's cells, with what merged cells and ditto marks stand for; a name belongs to its row alone."""
    sheet, kind = table.sheet, table.mapping.kind
    cells = [sheet.cell(row, at) for row in kept]
    places = {row: position for position, row in enumerate(kept)}
    formulas = frozenset(places[row] for row, column in sheet.formulas if column == at and row in places)
    heading = table.mapping.headings[at] or label(kind, field)
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


def _person(table: Table, columns: dict[str, Column], position: int, row: int) -> ListRow:
    values = {
        field: column.values[position] for field, column in columns.items() if column.values[position] is not None
    }
    problems = [column.problems[position] for column in columns.values() if position in column.problems]
    _put_together(values, columns)
    cells = tuple(table.sheet.rows[row])
    if table.sheet.formulas:
        cells = tuple(table.sheet.formulas.get((row, at), cell) for at, cell in enumerate(cells))
    raw = {field: text_of(cells[at]) if at < len(cells) else "" for field, at in table.mapping.columns.items()}
    problems += _missing(table.mapping.kind, values, {problem.field for problem in problems})
    return ListRow(row + 1, values, raw, cells, tuple(problems))


def _put_together(values: dict[str, Any], columns: dict[str, Column]) -> None:
    """Fold what the factory wrote in several columns into one value."""
    parts = [values.pop(field, "") for field in ("surname", "middle", "name", "name_more")]
    if any(parts):
        heading = columns["surname"].heading if "surname" in columns else ""
        first = bool(_SURNAME_FIRST.search(heading) or all(_HAN.match(part) for part in parts if part))
        values["name"] = names.joined(*parts, surname_first=first)
    ticks = [field for field in ("female", "male") if values.pop(field, False)]
    if len(ticks) == 1:
        values.setdefault("sex", ticks[0])
    if columns.keys() & _PARENTS:
        _choose_parent(values)


def _choose_parent(values: dict[str, Any]) -> None:
    """Take as the parent, in a list with a father and a mother, the one who has an employee number; then the other."""
    parents = {
        who: {part: values.pop(f"{who}_{part}", None) for part in ("name", "number", "phone")}
        for who in ("mother", "father")
    }
    known = sorted(
        (who for who, parts in parents.items() if any(parts.values())), key=lambda who: not parents[who]["number"]
    )
    slots = [("guardian_name", "worker_number", "phone", "relation")]
    slots.append(("second_name", "second_number", "second_phone", "second_relation"))
    if "guardian_name" in values:
        slots.pop(0)
    for who, slot in zip(known, slots, strict=False):
        found = [*parents[who].values(), who]
        for field, value in zip(slot, found, strict=True):
            if value:
                values.setdefault(field, value)


def _missing(kind: str, values: dict[str, Any], told: set[str]) -> list[Problem]:
    """Say what a row must have and has not."""
    required = [field for field, spec in FIELDS[kind].items() if spec.required]
    required += ["worker_number"] if kind == "children" else []
    numbers = {"worker_number": {"worker_number", "father_number", "mother_number"}}
    sentences = {
        ("children", "name"): _("The child's name is missing."),
        ("children", "birth_date"): _("The birth date is missing."),
        ("children", "worker_number"): _("The parent's employee number is missing."),
        ("workers", "number"): _("The employee number is missing."),
    }
    return [
        Problem(field, sentences.get((kind, field), _("The name is missing.")))
        for field in required
        if field not in values and not told & numbers.get(field, {field})
    ]
