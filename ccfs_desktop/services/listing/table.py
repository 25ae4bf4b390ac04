"""Find the list in a workbook: the right sheet, and the row of headings under titles and remarks."""

import re
from collections.abc import Mapping as Chosen
from dataclasses import dataclass

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services.listing.fields import ANCHORS, FIELDS, KINDS, label
from ccfs_desktop.services.listing.headings import LONGEST, mentions
from ccfs_desktop.services.listing.mapping import Heading, Mapping, recognise
from ccfs_desktop.services.listing.sheet import Book, Cell, Sheet, text_of

_SEARCHED = 60
_WIDEST = 120
_SAMPLE = 200
_WIDE_ENOUGH = 3
_COUNTED = re.compile(r"\s*[(（]?(\d{1,2})\s*[.)）、:：–-]\s*(?=\D)")
_SAID_BY = {"workers": "worker", "children": "child", "staff": "teacher"}


@dataclass(frozen=True)
class Table:
    """A list found in a sheet."""

    sheet: Sheet
    header: int
    """Row of the headings, counted from 0; the lower one where there are two."""
    mapping: Mapping

    @property
    def score(self) -> float:
        """Return how much of the list was recognised."""
        return sum(self.mapping.confidence.values())


class ColumnsMissing(UserError):
    """A list was found, but not the columns it must have; the officer can point them out."""

    def __init__(self, sentence: str, table: Table) -> None:
        """Keep what was found, so that it can be corrected."""
        super().__init__(sentence)
        self.table = table


def find_table(book: Book, kind: str, *, sheet: str | None = None, remembered: Chosen[str, Chosen[str, int]]) -> Table:
    """Find the list of one kind in a file.

    Args:
        book: the file.
        kind: ``workers``, ``children`` or ``staff``.
        sheet: the sheet the officer chose; otherwise the best one is taken.
        remembered: fingerprint of headings → the columns the officer chose the last time.

    Raises:
        UserError: there is no such sheet, no table, or it is another kind of list.
        ColumnsMissing: a required column was not found.
    """
    sheets = [candidate for candidate in book.sheets if sheet in (None, candidate.name)]
    if not sheets:
        raise UserError(_("There is no sheet “{sheet}” in this file.").format(sheet=sheet))
    found = [table for table in (_in_sheet(candidate, kind) for candidate in sheets) if table]
    found = found or [table for table in (_widest(candidate, kind) for candidate in sheets) if table]
    if not found:
        raise UserError(
            _(
                "No table was found in this file. The list needs a row of headings, such as name and number, "
                "with one person in each row below."
            )
        )
    best = max(found, key=lambda table: _rank(table, kind))
    chosen = remembered.get(best.mapping.fingerprint)
    if chosen:
        return Table(best.sheet, best.header, best.mapping.changed(chosen))
    _check_kind(best, kind)
    return best


def check_complete(table: Table) -> None:
    """Make sure that every required column is there.

    Raises:
        ColumnsMissing: one is not.
    """
    missing = [label(table.mapping.kind, field) for field in table.mapping.missing]
    if missing:
        sentence = _("This list has no column for: {columns}. Show which column it is, or choose another file.")
        raise ColumnsMissing(sentence.format(columns=", ".join(missing)), table)


def others_like(book: Book, table: Table) -> list[str]:
    """Return the names of other sheets with the same headings, which were not read."""
    found: list[str] = []
    for sheet in book.sheets:
        other = _in_sheet(sheet, table.mapping.kind) if sheet is not table.sheet else None
        if other and set(other.mapping.columns) >= set(table.mapping.columns) - {"note"}:
            found.append(sheet.name)
    return found


def _rank(table: Table, kind: str) -> tuple[bool, bool, float, int]:
    said = 0.5 * (_SAID_BY[kind] in mentions(table.sheet.name))
    return not table.mapping.missing, not table.sheet.hidden, table.score + said, len(table.sheet.rows)


def _in_sheet(sheet: Sheet, kind: str) -> Table | None:
    """Find the best row of headings in one sheet."""
    best: tuple[float, int] | None = None
    for row in range(min(_SEARCHED, len(sheet.rows))):
        cells = [cell for cell in sheet.rows[row] if text_of(cell).strip()]
        if len(cells) < 2 or not any(isinstance(cell, str) for cell in cells):
            continue
        header = row + 1 if _continues(sheet, row, kind) else row
        mapping = recognise(kind, _headings(sheet, row, header))
        score = sum(mapping.confidence.values())
        if mapping.columns.keys() & ANCHORS[kind] and len(mapping.columns) >= 2 and (not best or score > best[0] + 0.5):
            best = (score, row)
    if not best:
        return None
    top = best[1]
    header = top + 1 if _continues(sheet, top, kind) else top
    headings = _headings(sheet, top, header)
    below = sheet.rows[header + 1 : header + 1 + _SAMPLE]
    samples = [[row[column] if column < len(row) else None for row in below] for column in range(len(headings))]
    return Table(sheet, header, recognise(kind, headings, samples))


def _widest(sheet: Sheet, kind: str) -> Table | None:
    """Take the first of the widest rows of text for the headings, where none was recognised: the officer decides."""
    texts = [sum(1 for cell in row if isinstance(cell, str) and cell.strip()) for row in sheet.rows[:_SEARCHED]]
    most = max(texts, default=0)
    if most < _WIDE_ENOUGH or len(sheet.rows) < 2:
        return None
    row = texts.index(most)
    return Table(sheet, row, recognise(kind, _headings(sheet, row, row)))


def _headings(sheet: Sheet, top: int, bottom: int) -> list[Heading]:
    """Read the headings of a table, from one row or from two."""
    width = min(_WIDEST, max(len(sheet.rows[row]) for row in range(top, min(len(sheet.rows), bottom + 6))))
    lower = _unnumbered([_heading(sheet.cell(bottom, column)) for column in range(width)])
    if top == bottom:
        return [Heading(text) for text in lower]
    groups = _spread(sheet, top, width)
    return [Heading(text, group) if text else Heading(group) for text, group in zip(lower, groups, strict=True)]


def _unnumbered(texts: list[str]) -> list[str]:
    """Take away the numbers of headings that are counted through: ``1. Name``, ``2) Date of birth``."""
    found = [_COUNTED.match(text) for text in texts]
    numbers = [int(match.group(1)) for match in found if match]
    if len(numbers) < _WIDE_ENOUGH or sorted(set(numbers)) != numbers:
        return texts
    return [text[match.end() :] if match else text for text, match in zip(texts, found, strict=True)]


def _spread(sheet: Sheet, row: int, width: int) -> list[str]:
    """Write a heading over several merged columns over each of them."""
    texts = [_heading(sheet.cell(row, column)) for column in range(width)]
    for first_row, first, last_row, last in sheet.merged:
        if first_row <= row <= last_row and last > first:
            texts[first : last + 1] = [texts[first] if first < width else ""] * (min(last, width - 1) - first + 1)
    if not sheet.merged:  # a file without merged cells: a heading reaches to the next one
        below = [_heading(sheet.cell(row + 1, column)) for column in range(width)]
        for column in range(1, width):
            texts[column] = texts[column] or (texts[column - 1] if below[column] else "")
    return texts


def _heading(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else text_of(cell)
    return text if len(text) <= LONGEST else ""


def _continues(sheet: Sheet, row: int, kind: str) -> bool:
    """Tell whether the row below is a second row of headings: most of what stands there is one."""
    if row + 1 >= len(sheet.rows):
        return False
    cells = [cell for cell in sheet.rows[row + 1] if text_of(cell).strip()]
    if not cells or not all(isinstance(cell, str) for cell in cells) or _is_somebody([str(cell) for cell in cells]):
        return False
    if not all(any(letter.isalpha() for letter in text_of(cell)) for cell in sheet.rows[row] if text_of(cell).strip()):
        return False
    one = recognise(kind, _headings(sheet, row, row))
    both = recognise(kind, _headings(sheet, row, row + 1))
    known = sum(1 for cell in cells if mentions(str(cell)) and len(str(cell)) <= LONGEST)
    better = sum(both.confidence.values()) >= sum(one.confidence.values()) - 0.5
    return known >= 2 and known >= 0.6 * len(cells) and better


def _is_somebody(texts: list[str]) -> bool:
    """Tell the first person of a list from a second row of headings: a number, or one sex without the other."""
    said = [mentions(text) for text in texts]
    numbers = [text for text in texts if any(letter.isdigit() for letter in text) and not mentions(text)]
    return bool(numbers) or (frozenset({"male"}) in said) != (frozenset({"female"}) in said)


def _check_kind(table: Table, kind: str) -> None:
    """Refuse a list that is plainly one of the other two.

    Raises:
        UserError: the list lacks what this kind has, and is a whole list of another kind.
    """
    own = _marks(table, kind)
    strange = own == 0 or bool(table.mapping.missing)
    for other in KINDS if strange else ():
        found = _in_sheet(table.sheet, other) if other != kind else None
        if found and not found.mapping.missing and _marks(found, other) >= max(2, own + 1):
            sentence = _("This looks like another list: {other}. Choose that list, or another file.")
            raise UserError(sentence.format(other=_(KINDS[other])))


def _marks(table: Table | None, kind: str) -> int:
    return sum(1 for field in table.mapping.columns if FIELDS[kind][field].marks) if table else 0
