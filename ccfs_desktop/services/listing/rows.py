"""Tell the rows of people from titles, totals, remarks and blank rows, and say why."""

import itertools
import re
from dataclasses import dataclass

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.listing import words
from ccfs_desktop.services.listing.fields import FIELDS
from ccfs_desktop.services.listing.fold import digits, tidy
from ccfs_desktop.services.listing.sheet import Cell, Sheet, text_of
from ccfs_desktop.services.listing.table import Table

_TELLING = {
    *("name", "surname", "number", "worker_number", "birth_date", "guardian_name", "father_name", "mother_name"),
    *("father_number", "mother_number", "phone", "role"),
}
"""Fields that speak of somebody; a row with none of them is nobody's."""

_CERTAIN = {field for field in _TELLING if not field.endswith("name")}
"""Those of them that no signature under the list has."""

_FEW = 3
_LONG = 60
_DITTO = 14
_SIGNED = re.compile(r"[^\d:：]{2,30}[:：]")


@dataclass(frozen=True)
class Skipped:
    """A row that is no person."""

    row: int
    """As Excel numbers it."""
    text: str
    reason: str


def sort_out(table: Table) -> tuple[list[int], list[Skipped]]:
    """Go through the rows under the headings.

    Returns:
        The rows of people, counted from 0, and the other rows that are not blank.
    """
    kept: list[int] = []
    skipped: list[Skipped] = []
    for row in range(table.header + 1, len(table.sheet.rows)):
        cells = [text_of(cell).strip() for cell in table.sheet.rows[row]]
        if not any(cells):
            continue
        reason = _why_not(table, cells, after=bool(skipped) and not (kept and kept[-1] >= skipped[-1].row))
        if reason:
            skipped.append(Skipped(row + 1, tidy(" ".join(cells))[:200], reason))
        else:
            kept.append(row)
    return kept, skipped


def notes(sheet: Sheet, kept: list[int], skipped: list[Skipped]) -> list[str]:
    """Say what the officer should know of the rows: hidden ones, and a total that does not agree."""
    found: list[str] = []
    hidden = len(sheet.hidden_rows & set(kept))
    if hidden:
        sentence = ngettext(
            "{n} row is hidden in the file, perhaps by a filter. It was read as well.",
            "{n} rows are hidden in the file, perhaps by a filter. They were read as well.",
            hidden,
        )
        found.append(sentence.format(n=hidden))
    totals = [_numbers(row.text) for row in skipped if words.starts_with("total", row.text)]
    if totals and len(totals[-1]) == 1 and totals[-1][0] != len(kept):
        sentence = _("The list's own total is {total}, but {n} rows were read. Please compare.")
        found.append(sentence.format(total=totals[-1][0], n=len(kept)))
    return found


def fill_merged(sheet: Sheet, at: int, kept: list[int], cells: list[Cell]) -> int:
    """Write a vertically merged cell's value into each of its rows, and count them."""
    filled = 0
    for first_row, first, last_row, last in sheet.merged:
        if last_row > first_row and first <= at <= last:
            for position, row in enumerate(kept):
                if first_row < row <= last_row and cells[position] is None:
                    cells[position] = sheet.cell(first_row, first)
                    filled += 1
    return filled


def fill_ditto(cells: list[Cell]) -> int:
    """Write out cells that say “as above”, and count them."""
    marks = {cell for cell in set(cells) if isinstance(cell, str) and len(cell) < _DITTO and words.is_ditto(cell)}
    places = [position for position, cell in enumerate(cells) if position and cell in marks] if marks else []
    for position in places:
        cells[position] = cells[position - 1]
    return len(places)


def _why_not(table: Table, cells: list[str], *, after: bool) -> str:
    """Say why a row is no person; nothing when it is one.

    Args:
        table: the list.
        cells: the row.
        after: whether the row before was no person either.
    """
    filled = [text for text in cells if text]
    mapped = {field: cells[at] for field, at in table.mapping.columns.items() if at < len(cells) and cells[at]}
    told = mapped.keys() & _TELLING
    if (len(told) < _FEW or len(filled) <= _FEW) and words.starts_with("total", filled[0]):
        return _("A row of totals.")
    if _repeats_headings(table, cells):
        return _("The headings again.")
    if _numbers_columns(filled):
        return _("The columns' numbers.")
    if words.starts_with("example", filled[0]):
        return _("An example of how to fill in the list.")
    if len(filled) <= _FEW and (_is_remark(table, filled, mapped) or (after and _is_signature(table, filled, mapped))):
        return _("A remark, not a person.")
    return "" if told else _("Nobody is written in this row.")


def _repeats_headings(table: Table, cells: list[str]) -> bool:
    mapping = table.mapping
    pairs = [(cells[at], mapping.headings[at]) for at in mapping.columns.values() if at < len(cells) and cells[at]]
    if not any(_is_part(text, heading) for text, heading in pairs[:3]):
        return False
    same = sum(1 for text, heading in pairs if _is_part(text, heading))
    return same >= 2 and same >= 0.6 * len(pairs)


def _numbers_columns(filled: list[str]) -> bool:
    """Recognise the row under the headings of official forms that counts the columns: (1) (2) (3), A B C."""
    marks = [digits(text).strip(" ()[].") for text in filled]
    if len(marks) < _FEW:
        return False
    counted = [int(mark) if mark.isdecimal() else ord(mark) if len(mark) == 1 else 0 for mark in marks]
    steps = [after - before for before, after in itertools.pairwise(counted)]
    return 0 not in counted and steps.count(1) >= len(steps) - 1 and all(0 < n < 100 or n > 64 for n in counted)


def _is_part(text: str, heading: str) -> bool:
    """Tell whether a cell repeats a heading, or one of its two rows."""
    text = tidy(text)
    return heading.endswith(text) or heading.startswith(text)


def _is_remark(table: Table, filled: list[str], mapped: dict[str, str]) -> bool:
    """Recognise notes, signatures and names of sections: few cells, and not those of a person."""
    first = filled[0]
    told = mapped.keys() & _TELLING
    if "birth_date" in told and len(told) > 1:
        return False
    if len(filled) == 1:
        codes = [field for field in told if FIELDS[table.mapping.kind][field].type == "code"]
        unlike = not told or len(first) > _LONG or bool(codes and not _numbers(first))
        return not _only_number(first) and (unlike or words.starts_with("note", first))
    return words.starts_with("note", first) or bool(_SIGNED.match(first))


def _is_signature(table: Table, filled: list[str], mapped: dict[str, str]) -> bool:
    """Recognise, under a total or a remark, who signed and where: hardly a cell, and nothing only a person has."""
    of_a_person = any(field == "role" or _numbers(mapped[field]) for field in _CERTAIN & mapped.keys())
    return len(filled) < _FEW and len(table.mapping.columns) > _FEW and not of_a_person


def _only_number(text: str) -> bool:
    return digits(text).strip(".").isdecimal()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", digits(text).replace(",", ""))]
