"""A list as a spreadsheet: written for Excel, changed there, and read back without trusting it."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import checklist_editions
from ccfs_desktop.services.checklist_editions import MOST_ITEMS, MOST_TEXT
from ccfs_desktop.services.checklists import LETTERS, Checklist, Item, Kind, Part, Section, Wanted
from ccfs_desktop.services.listing import open_book
from ccfs_desktop.services.listing.sheet import Cell, text_of

_NEVER_CODE = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}

HEADINGS: dict[str, str] = {
    "id": N_("Item"),
    "section": N_("Section"),
    "text": N_("Wording"),
    "severity": N_("Severity (C, M, m or empty)"),
    "asks": N_("Asks for (yes, number, text, date, signature, joined by +)"),
    "name": N_("Names of the fields (parted by |)"),
    "unit": N_("Units of the numbers"),
    "least": N_("At least"),
    "most": N_("At most"),
    "below": N_("Below"),
    "advised_least": N_("Advised at least"),
    "advised_most": N_("Advised at most"),
    "lowest": N_("Lowest on the scale"),
    "highest": N_("Highest on the scale"),
    "same_as": N_("Equal to the number"),
    "most_of": N_("Not more than the number"),
    "unless_zero": N_("Text not needed at zero"),
    "photo": N_("Photo (no, always or empty)"),
    "off": N_("Switched off"),
    "source": N_("Source"),
    "help": N_("Help"),
}
"""The columns, in their order; one item stands in each row."""
_OF_NUMBERS = (
    "unit",
    "least",
    "most",
    "below",
    "advised_least",
    "advised_most",
    "lowest",
    "highest",
    "same_as",
    "most_of",
)
_WIDTHS = {"text": 60, "section": 22, "asks": 24, "help": 30, "name": 24}
_ON = "x"


def write(checklist: Checklist) -> bytes:
    """Return a list as an .xlsx file; text stays text, whatever it begins with."""
    from xlsxwriter import Workbook  # noqa: PLC0415 (slow to load, rarely needed)

    stream = io.BytesIO()
    with Workbook(stream, _NEVER_CODE) as book:
        sheet = book.add_worksheet(checklist.code[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for column, (name, title) in enumerate(HEADINGS.items()):
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
            sheet.write_string(0, column, _(title), head)
        lines = [(section.title, item) for section in checklist.sections for item in section.items]
        for row, (section, item) in enumerate(lines, start=1):
            for column, text in enumerate(_cells(section, item)):
                sheet.write_string(row, column, text, plain)
        sheet.freeze_panes(1, 3)
    return stream.getvalue()


def save(checklist: Checklist, path: Path) -> None:
    """Write a list to an .xlsx file.

    Raises:
        UserError: it cannot be written there.
    """
    try:
        path.write_bytes(write(checklist))
    except OSError as error:
        sentence = _("{path} cannot be written: {why}.")
        raise UserError(sentence.format(path=path, why=error.strerror or error)) from None


def load(path: Path, like: Checklist) -> Checklist:
    """Read a list from a spreadsheet. Takes a second: call it on the worker thread.

    Args:
        path: .xlsx, .xls, .ods or .csv, from anybody.
        like: the list it is to become: code, title and occasion are its.

    Raises:
        UserError: the file is none of these, or rows of it cannot be understood; the rows are named.
    """
    book = open_book(path)
    rows = [row for row in book.sheets[0].rows if any(text_of(cell).strip() for cell in row)]
    if len(rows) < 2:
        raise UserError(_("This file holds no items."))
    columns = _columns(rows[0])
    if len(rows) - 1 > MOST_ITEMS:
        raise UserError(_("A list has at most {n} items.").format(n=MOST_ITEMS))
    titles = {_(section.title): section.title for section in like.sections}
    sections: dict[str, list[Item]] = {}
    problems: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        told = {name: text_of(row[at]).strip() if at < len(row) else "" for name, at in columns.items()}
        try:
            section = told.get("section", "")[:80]
            sections.setdefault(titles.get(section, section), []).append(_item(told, like))
        except UserError as error:
            problems.append(_("Row {row}: {reason}").format(row=number, reason=error))
    if problems:
        raise UserError("\n".join(problems[:8]))
    checklist = replace(like, sections=tuple(Section(title, tuple(items)) for title, items in sections.items()))
    return _sound(checklist)


def _sound(checklist: Checklist) -> Checklist:
    ids = [item.id for item in checklist.every]
    double = next((one for one in ids if ids.count(one) > 1), None)
    if double:
        raise UserError(_("Item {item} stands there twice.").format(item=double))
    checklist_editions.check(checklist)
    return checklist


def _columns(head: Sequence[Cell]) -> dict[str, int]:
    """Find the columns by their headings, in any of the six languages.

    Raises:
        UserError: item or wording is not there.
    """
    known: dict[str, str] = {}
    for language in i18n.LANGUAGES:
        with i18n.use(language):
            known |= {_(title).casefold(): name for name, title in HEADINGS.items()}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = known.get(" ".join(text_of(cell).split()).casefold())
        if name:
            found.setdefault(name, at)
    missing = [_(HEADINGS[name]) for name in ("id", "text") if name not in found]
    if missing:
        sentence = _("This file has no column “{column}”. Export a list first and change that file.")
        raise UserError(sentence.format(column=missing[0]))
    return found


# ------------------------------------------------------------------------------------------------- to and from cells


def _cells(section: str, item: Item) -> list[str]:
    numbers = item.of(Kind.NUMBER)
    told: dict[str, str] = {
        "id": item.id, "section": _(section), "text": _(item.text), "severity": item.letter,
        "asks": "+".join(part.kind.value for part in item.parts), "name": _joined([_(p.name) for p in item.parts]),
        "unless_zero": _ON if any(part.unless_zero for part in item.parts) else "", "photo": item.photo.value,
        "off": _ON if item.off else "", "source": item.source, "help": _(item.help),
    }  # fmt: skip
    for name in _OF_NUMBERS:
        told[name] = _joined([str(value) if (value := getattr(part, name)) is not None else "" for part in numbers])
    return [told[name] for name in HEADINGS]


def _joined(texts: Sequence[str]) -> str:
    return " | ".join(texts).strip() if any(texts) else ""


def _item(told: Mapping[str, str], like: Checklist) -> Item:
    """Read one row.

    Raises:
        UserError: something in it cannot be understood.
    """
    if not told["id"] or len(told["id"]) > 16:
        raise UserError(_("write a short name of the item, such as OPN23."))
    if not told["text"] or len(told["text"]) > MOST_TEXT:
        raise UserError(_("write a wording of at most {n} characters.").format(n=MOST_TEXT))
    severity = told.get("severity", "")
    if severity not in LETTERS:
        raise UserError(_("the severity is C, M, m or empty, not “{text}”.").format(text=severity[:20]))
    photo = told.get("photo", "")
    if photo not in {one.value for one in Wanted}:
        raise UserError(_("the photo is no, always or empty, not “{text}”.").format(text=photo[:20]))
    known = {item.id: item for item in like.every}.get(told["id"])
    return Item(
        id=told["id"],
        text=_source(told["text"], known.text if known else ""),
        severity=LETTERS[severity],
        source=told.get("source", "")[:80],
        help=_source(told.get("help", "")[:MOST_TEXT], known.help if known else ""),
        parts=_parts(told, known.parts if known else ()),
        photo=Wanted(photo),
        off=bool(told.get("off")),
    )


def _source(text: str, known: str) -> str:
    """Return a text as the list has it when only its translation was exported: it stays translatable."""
    return known if known and " ".join(text.split()) == " ".join(_(known).split()) else text


def _parts(told: Mapping[str, str], known: Sequence[Part]) -> tuple[Part, ...]:
    kinds = [kind.strip().lower() for kind in (told.get("asks") or "yes").split("+")]
    unknown = next((kind for kind in kinds if kind not in set(Kind)), None)
    if unknown is not None or len(kinds) > 5:
        raise UserError(_("“{text}” is nothing an item can ask for.").format(text=(unknown or "+")[:20]))
    names = _split(told.get("name", ""), len(kinds))
    values = {name: _split(told.get(name, ""), kinds.count("number")) for name in _OF_NUMBERS}
    parts: list[Part] = []
    for at, (kind, name) in enumerate(zip(kinds, names, strict=True)):
        old = known[at].name if at < len(known) else ""
        part = Part(Kind(kind), name=_source(name[:60], old))
        if part.kind is Kind.NUMBER:
            nth = kinds[:at].count("number")
            part = replace(part, **{field: _READ[field](texts[nth]) for field, texts in values.items()})
        if part.kind is Kind.TEXT and told.get("unless_zero"):
            part = replace(part, unless_zero=True)
        parts.append(part)
    return tuple(parts)


def _split(text: str, count: int) -> list[str]:
    pieces = [piece.strip() for piece in text.split("|")]
    return (pieces + [""] * count)[:count]


def _limit(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        raise UserError(_("“{text}” is no number.").format(text=text[:20])) from None
    if value is not None and (not value.is_finite() or abs(value) > 1_000_000):
        raise UserError(_("“{text}” is no number.").format(text=text[:20]))
    return value


_READ: Mapping[str, Callable[[str], object]] = {
    "unit": lambda text: text[:12],
    "same_as": lambda text: text[:20],
    "most_of": lambda text: text[:20],
    **dict.fromkeys(_OF_NUMBERS[1:-2], _limit),
}
