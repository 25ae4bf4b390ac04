"""Read a whole list: open the file, find the table, understand its rows."""

from collections.abc import Callable
from collections.abc import Mapping as Chosen
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.listing import rows
from ccfs_desktop.services.listing.cells import Context
from ccfs_desktop.services.listing.fields import label
from ccfs_desktop.services.listing.files import CancelledError, open_book
from ccfs_desktop.services.listing.mapping import Mapping
from ccfs_desktop.services.listing.people import read_people
from ccfs_desktop.services.listing.person import ListRow
from ccfs_desktop.services.listing.rows import Skipped
from ccfs_desktop.services.listing.sheet import Book, text_of
from ccfs_desktop.services.listing.table import Table, check_complete, find_table, others_like

_HALF, _WHOLE = 50, 100


@dataclass(frozen=True)
class ListRead:
    """A list as it was understood, before anything is compared or saved."""

    kind: str
    file_name: str
    sheet: str
    sheets: tuple[str, ...]
    """All sheets of the file, to choose from."""
    header_row: int
    """The row of headings, as Excel numbers it."""
    mapping: Mapping
    notes: tuple[str, ...]
    """The decisions taken while reading, as finished sentences."""
    rows: tuple[ListRow, ...]
    skipped: tuple[Skipped, ...]


def read_list(
    source: Path | Book,
    kind: str,
    *,
    country: str | None = None,
    mapping: Chosen[str, int] | None = None,
    remembered: Chosen[str, Chosen[str, int]] | None = None,
    sheet: str | None = None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> ListRead:
    """Read one of the factory's lists.

    Args:
        source: the file, or a book already opened by ``open_book``.
        kind: ``workers``, ``children`` or ``staff``.
        country: the factory's country as two letters, for phone numbers.
        mapping: field → column counted from 0, as the officer chose them just now.
        remembered: fingerprint of headings → field → column, as chosen for earlier files.
        sheet: the sheet the officer chose.
        today: the day that decides the century of years of two digits.
        progress: called with what is done and what there is to do, from 0 to 100.
        cancel: asked again and again whether to stop.

    Raises:
        UserError: the file, or the list in it, cannot be read.
        ColumnsMissing: a required column was not found; the officer can show it.
        CancelledError: ``cancel`` said yes.
    """
    tell = progress or (lambda _done, _all: None)
    tell(0, _WHOLE)
    book = source if isinstance(source, Book) else open_book(source, cancel)
    table = find_table(book, kind, sheet=sheet, remembered=remembered or {})
    if mapping is not None:
        table = Table(table.sheet, table.header, table.mapping.changed(mapping))
    check_complete(table)
    tell(_HALF, _WHOLE)

    def step(done: int, steps: int) -> None:
        if cancel and cancel():
            raise CancelledError(_("Reading the list was cancelled. Nothing was changed."))
        tell(_HALF + (_WHOLE - _HALF) * done // steps, _WHOLE)

    kept, skipped = rows.sort_out(table)
    if not kept:
        raise UserError(_("Nobody is listed under the headings in row {row}.").format(row=table.header + 1))
    context = Context(country, today or datetime.now().astimezone().date())
    people, notes = read_people(table, kept, context, step)
    notes = [*notes, *rows.notes(table.sheet, kept, skipped), *_sheet_notes(book, table, sheet)]
    return ListRead(
        kind=kind,
        file_name=book.name,
        sheet=table.sheet.name,
        sheets=tuple(each.name for each in book.sheets),
        header_row=table.header + 1,
        mapping=table.mapping,
        notes=tuple(notes),
        rows=people,
        skipped=tuple(skipped),
    )


def _sheet_notes(book: Book, table: Table, chosen: str | None) -> list[str]:
    """Say what the file holds that was not read, and when the list stands in a hidden sheet."""
    found: list[str] = []
    below = range(table.header + 1, len(table.sheet.rows))
    for column, field in table.mapping.doubled():
        if any(text_of(cell).strip() for cell in table.sheet.column(column, below)):
            sentence = _(
                "Column “{column}” also looks like “{field}” and was not read. "
                "If one row holds several children, give each child a row of its own."
            )
            heading = table.mapping.headings[column]
            found.append(sentence.format(column=heading, field=label(table.mapping.kind, field)))
    if table.sheet.hidden:
        found.append(_("The list was read from the hidden sheet “{sheet}”.").format(sheet=table.sheet.name))
    others = [] if chosen else others_like(book, table)
    if others:
        sentence = ngettext(
            "Sheet “{sheet}” was read. Sheet {others} looks the same and was not read: read it in turn if needed.",
            "Sheet “{sheet}” was read. Sheets {others} look the same and were not read: read them in turn if needed.",
            len(others),
        )
        found.append(sentence.format(sheet=table.sheet.name, others=", ".join(f"“{name}”" for name in others)))
    return found
