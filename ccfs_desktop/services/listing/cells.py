"""Turn the cells of one column into values, each cell in the light of the others."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as _field
from datetime import date
from typing import Any

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.listing import codes, dates, hours, names, phones, words
from ccfs_desktop.services.listing.fields import Field
from ccfs_desktop.services.listing.fold import tidy
from ccfs_desktop.services.listing.headings import mentions
from ccfs_desktop.services.listing.sheet import Cell, text_of

ATTENTION, WARNING = "attention", "warning"

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|N/V|BEZUG!|SPILL!)", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|\b0|\b1)[\d \-.]{7,}\d")
_APART = re.compile(r"\s[-–]\s|[:：]")
_AND = re.compile(r"[,;、，；/\n&]|\s(?:và|dan|ve|and|এবং|ও)\s|(?<=[\u4e00-\u9fff])[和及]|\d[.)、]\s*(?=\D)")


@dataclass(frozen=True)
class Problem:
    """What the officer should know about one cell."""

    field: str
    reason: str
    """A finished sentence."""
    severity: str = ATTENTION
    """``attention``: the row waits for the officer. ``warning``: it goes in, and the officer is told."""


@dataclass(frozen=True)
class PickUp:
    """An adult named on the list to collect the child."""

    name: str
    phone: str = ""
    relation: str = ""


@dataclass
class Column:
    """One column of the table while it is being read."""

    field: str
    spec: Field
    heading: str
    cells: list[Cell]
    formulas: frozenset[int] = frozenset()
    """Which of the cells, counted from 0, hold a formula."""
    values: list[Any] = _field(default_factory=list[Any])
    problems: dict[int, Problem] = _field(default_factory=dict[int, Problem])
    notes: list[str] = _field(default_factory=list[str])

    def trouble(self, at: int, reason: str, *, blocks: bool | None = None) -> None:
        """Remember what is wrong with one cell."""
        serious = self.spec.blocks if blocks is None else blocks
        self.problems[at] = Problem(self.field, reason, ATTENTION if serious else WARNING)

    def dates(self) -> list[Cell]:
        """Return the cells as they may hold dates: nothing for dashes, nothing before the date itself."""
        place = "birthplace" in mentions(self.heading)
        return [None if _is_dash(cell) else dates.after_place(cell, expected=place) for cell in self.cells]

    def texts(self) -> list[str]:
        """Return the cells as tidy text."""
        return [tidy(cell) if isinstance(cell, str) else text_of(cell) for cell in self.cells]


@dataclass(frozen=True)
class Context:
    """What is known about the factory and the day."""

    country: str | None
    today: date
    order: str = ""
    """The order of day and month that the list's other columns show; birth dates never rely on it."""


def read_column(column: Column, context: Context) -> None:
    """Fill in a column's values, problems and notes."""
    for at, cell in enumerate(column.cells):
        if isinstance(cell, str) and "#" in cell and _ERROR.fullmatch(cell.strip()):
            column.trouble(at, _("The cell shows Excel's error “{error}”.").format(error=cell.strip()))
            column.cells[at] = None
    _READERS[column.spec.type](column, context)


def _dates(column: Column, context: Context) -> None:
    parsed, notes = dates.parse_column(
        column.dates(),
        heading=column.heading,
        today=context.today,
        years=column.spec.years,
        elsewhere="" if column.field == "birth_date" else context.order,
    )
    column.values, column.notes = list(parsed), notes
    for at, value in enumerate(parsed):
        if value and value.problem:
            column.trouble(at, value.problem)


def _names(column: Column, _context: Context) -> None:
    for at, text in enumerate(column.texts()):
        if at in column.formulas or names.is_formula(text):
            column.trouble(at, _("The name is a formula, not a name."))
            column.values.append(None)
            continue
        name = names.clean(text)
        if name and not names.has_letters(name) and not _is_dash(name):
            column.trouble(at, _("“{text}” is not a name.").format(text=name))
            name = ""
        column.values.append(name if names.has_letters(name) else None)


def _codes(column: Column, _context: Context) -> None:
    for at, cell in enumerate(column.cells):
        code = codes.clean(cell)
        if isinstance(cell, date):
            column.trouble(at, _("Excel turned this number into the date {date}.").format(date=cell.isoformat()))
        elif codes.is_spoilt(code):
            column.trouble(at, _("Excel cut this number short: “{text}”.").format(text=code))
        column.values.append(None if at in column.problems or _is_dash(code) else code)


def _phones(column: Column, context: Context) -> None:
    found = [phones.clean(cell) for cell in column.cells]
    pattern = phones.lost_zero([number for numbers in found for number in numbers], context.country)
    restored = 0
    for at, numbers in enumerate(found):
        if codes.is_spoilt(tidy(text_of(column.cells[at]))):
            column.trouble(at, _("Excel cut this number short: “{text}”.").format(text=column.cells[at]), blocks=False)
            numbers = []  # noqa: PLW2901 (a spoilt number is no number)
        full = ["0" + number if pattern and pattern.fullmatch(number) else number for number in numbers]
        restored += full != numbers
        column.values.append(" / ".join(full)[:40] or None)
    if restored:
        sentence = ngettext(
            "In column “{column}” {n} phone number had lost its leading 0; it was put back.",
            "In column “{column}” {n} phone numbers had lost their leading 0; it was put back.",
            restored,
        )
        column.notes.append(sentence.format(column=tidy(column.heading), n=restored))


def _coded(table: str, *, keep: str | None = None) -> Callable[[Column, Context], None]:
    """Make a reader for a column of known words.

    Args:
        table: the table of ``words.toml``.
        keep: what an unknown word stands for; without it the word is reported.
    """

    def read(column: Column, _context: Context) -> None:
        known: dict[str, str | None] = {}
        for at, text in enumerate(column.texts()):
            if text not in known:
                known[text] = words.role(text) if table == "role" else words.code(table, text)
            value = known[text] or (keep if text and not _is_dash(text) else None)
            column.values.append(value)
            if text and not known[text] and not _is_dash(text) and table != "relation":
                column.trouble(at, _("“{text}” is not understood here.").format(text=text))

    return read


def _yes(column: Column, _context: Context) -> None:
    texts = column.texts()
    known = {text: words.yes(text, marks=True) for text in set(texts)}
    crosses = {text for text in known if words.code("yes", text) == "mark"}
    otherwise = any(answer for text, answer in known.items() if text not in crosses)
    known |= dict.fromkeys(crosses, not otherwise)
    for at, text in enumerate(texts):
        column.values.append(known[text] if text else None)
        if text and known[text] is None and not _is_dash(text):
            column.trouble(at, _("“{text}” is neither yes nor no.").format(text=text))


def _ticks(column: Column, _context: Context) -> None:
    column.values = [
        bool(text) and not _is_dash(text) and words.yes(text, marks=True) is not False for text in column.texts()
    ]


def _weekdays(column: Column, context: Context) -> None:
    column.cells = [hours.without(cell) if isinstance(cell, str) else cell for cell in column.cells]
    texts = set(column.texts())
    from_two = context.country == "VN" or any(words.counts_from_two(text) for text in texts)
    known = {text: words.weekdays(text, from_two=from_two) if text else None for text in texts}
    for at, text in enumerate(column.texts()):
        column.values.append(known[text])
        if text and not known[text] and not _is_dash(text):
            column.trouble(at, _("“{text}” is not understood as days of the week.").format(text=text))


def _hours(column: Column, _context: Context) -> None:
    for at, text in enumerate(column.texts()):
        column.values.append(hours.read(text))
        if text and column.values[-1] is None and not _is_dash(text):
            column.trouble(at, _("“{text}” does not say from when to when.").format(text=text))


def _texts(column: Column, _context: Context) -> None:
    column.values = [None if _is_dash(text) else text for text in column.texts()]


def _health(column: Column, _context: Context) -> None:
    """Read health notes; “none” is an answer, and stands as empty text."""
    column.values = [None if _is_dash(text) else "" if words.is_nothing(text) else text for text in column.texts()]


def _people(column: Column, _context: Context) -> None:
    for at, text in enumerate(column.texts()):
        if at in column.formulas or names.is_formula(text):
            column.trouble(at, _("The name is a formula, not a name."))
            text = ""  # noqa: PLW2901 (a formula is no name)
        nothing = _is_dash(text) or words.is_nothing(text)
        column.values.append(None if nothing else people(text) or None)


def people(text: str) -> tuple[PickUp, ...]:
    """Read the adults named in one cell: ``Lan (dì) 0909 123 456; Hùng - chú``."""
    found: list[PickUp] = []
    for part in _AND.split(text):
        phone = _PHONE.search(part)
        rest = part.replace(phone.group(), " ") if phone else part
        bracket = re.search(r"[(（\[]([^)）\]]*)[)）\]]", rest)
        name, after = _name_first(*_APART.split(re.sub(r"[(（\[][^)）\]]*[)）\]]", " ", rest), maxsplit=1))
        name = names.clean(name).strip(" :：-")
        relation = tidy(bracket.group(1)) if bracket else tidy(after)
        number = "".join(phones.clean(phone.group())) if phone else ""
        if names.has_letters(name):
            found.append(PickUp(name[:120], number[:40], relation[:60]))
        elif found and number:
            found[-1] = PickUp(found[-1].name, number[:40], found[-1].relation)
    return tuple(found)


def _name_first(first: str, second: str = "") -> tuple[str, str]:
    """Put the name before the relation, whichever was written first: ``Hùng - chú``, ``Grandmother: Valli``."""
    turned = second.strip() and words.code("relation", first) and not words.code("relation", second)
    return (second, first) if turned else (first, second)


def _is_dash(cell: Cell) -> bool:
    """Tell whether a cell is empty, or says so with a dash."""
    return cell is None or (isinstance(cell, str) and not cell.strip("-–—_/.·*?？ \t\n\u3000"))


_READERS: dict[str, Callable[[Column, Context], None]] = {
    "name": _names,
    "date": _dates,
    "code": _codes,
    "phone": _phones,
    "sex": _coded("sex"),
    "relation": _coded("relation", keep="other"),
    "role": _coded("role", keep="other"),
    "employment": _coded("employment"),
    "status": _coded("status"),
    "yes": _yes,
    "tick": _ticks,
    "weekdays": _weekdays,
    "hours": _hours,
    "people": _people,
    "health": _health,
    "text": _texts,
}
