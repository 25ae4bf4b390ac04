"""Which column of a factory's list is which field."""

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Mapping as Chosen
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.services.listing import hours, names, words
from ccfs_desktop.services.listing.dates import is_date_like
from ccfs_desktop.services.listing.fields import FIELDS, Field
from ccfs_desktop.services.listing.fold import digits, key, tidy
from ccfs_desktop.services.listing.headings import candidates, mentions
from ccfs_desktop.services.listing.sheet import Cell, text_of

_SAMPLE, _FEW = 80, 3
_BELIEVED, _PLAIN = 0.35, 0.8
"""Confidence from which a column is read; and from which its heading leaves no doubt."""


@dataclass(frozen=True)
class Heading:
    """What stands over one column: its own text, and the text over a group of columns above it."""

    text: str
    group: str = ""

    @property
    def shown(self) -> str:
        """Return the heading as people read it."""
        return tidy(f"{self.group} {self.text}")


@dataclass(frozen=True)
class Mapping:
    """Which column is which field, and how sure that is."""

    kind: str
    headings: tuple[str, ...]
    """The text over each column, for showing; empty where nothing stands there."""
    columns: dict[str, int]
    """Field → column, counted from 0."""
    confidence: dict[str, float]
    """Field → between 0 and 1; 1 where the officer chose the column."""

    @property
    def unmapped(self) -> tuple[int, ...]:
        """Return the columns that have a heading and are not read."""
        used = set(self.columns.values())
        return tuple(column for column, text in enumerate(self.headings) if text and column not in used)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the required fields that no column was found for."""
        return tuple(
            field
            for field, spec in FIELDS[self.kind].items()
            if spec.required and field not in self.columns and not (field == "name" and "surname" in self.columns)
        )

    def doubled(self) -> list[tuple[int, str]]:
        """Return the columns that plainly tell a required field a second time, as for a second child in the row."""
        required = {field for field, spec in FIELDS[self.kind].items() if spec.required}
        found: list[tuple[int, str]] = []
        for column in self.unmapped:
            claims = candidates(self.kind, re.sub(r"\d", " ", self.headings[column]))
            best = max(claims, key=lambda field: claims[field], default="")
            if best in required and claims[best] >= _PLAIN:
                found.append((column, best))
        return found

    @property
    def fingerprint(self) -> str:
        """Return what the headings of this list have in common with those of the same list next time."""
        texts = [key(text) for text in self.headings if text and "reason" not in mentions(text)]
        return hashlib.sha256("\n".join([self.kind, *texts]).encode()).hexdigest()

    def changed(self, columns: Chosen[str, int]) -> "Mapping":
        """Return the mapping the officer chose instead."""
        return Mapping(self.kind, self.headings, dict(columns), dict.fromkeys(columns, 1.0))


def recognise(kind: str, headings: list[Heading], samples: list[list[Cell]] | None = None) -> Mapping:
    """Find the field of each column, by its heading first and by its cells second.

    Args:
        kind: which list is expected.
        headings: one for each column.
        samples: the first cells of each column; without them the headings alone decide.
    """
    claims: list[tuple[float, int, str]] = []
    for column, heading in enumerate(headings):
        cells = [cell for cell in samples[column] if text_of(cell).strip()][:_SAMPLE] if samples else []
        found = candidates(kind, heading.text, heading.group)
        claims += [(-score * _fits(FIELDS[kind][field], score, cells), column, field) for field, score in found.items()]
    plain = {field for score, _column, field in claims if -score >= _PLAIN}
    columns: dict[str, int] = {}
    confidence: dict[str, float] = {}
    for score, column, field in sorted(claims):
        if field == "worker_number" and -score < _PLAIN and plain & {"father_number", "mother_number"}:
            continue
        if -score >= _BELIEVED and field not in columns and column not in columns.values():
            columns[field], confidence[field] = column, round(-score, 2)
    mapping = Mapping(kind, tuple(heading.shown for heading in headings), columns, confidence)
    return _completed(mapping, samples) if samples else mapping


def _completed(mapping: Mapping, samples: list[list[Cell]]) -> Mapping:
    """Add the columns that only their cells or their neighbours explain."""
    columns, confidence = dict(mapping.columns), dict(mapping.confidence)
    free = [column for column in range(len(samples)) if column not in columns.values()]
    name = columns.get("name", columns.get("surname"))
    following = -1 if name is None else name + 1
    heading = mapping.headings[following] if following in free else "none"
    if (not heading or "name" in candidates(mapping.kind, heading)) and _are_names(samples[following]):
        rest = "name_more" if "name" in columns else "name"
        columns[rest], confidence[rest] = following, 0.6
    if mapping.kind == "children" and "birth_date" not in columns:
        dated = [column for column in free if not mapping.headings[column] and _are_birth_dates(samples[column])]
        if len(dated) == 1:
            columns["birth_date"], confidence["birth_date"] = dated[0], 0.5
    return Mapping(mapping.kind, mapping.headings, columns, confidence)


def _fits(spec: Field, score: float, cells: list[Cell]) -> float:
    """Say how well a column's cells agree with a field: 1 where nothing speaks against it."""
    few = len(cells) < _FEW
    if spec.type == "code" and cells and is_running(cells) and (score < _PLAIN or not (few or spec.required)):
        return 0.3
    test = _TESTS.get(spec.type)
    if few or not test:
        return 1.0
    share = sum(1 for cell in cells if test(cell)) / len(cells)
    return 1.0 if share >= 0.5 else 0.4 + share


def is_running(cells: list[Cell]) -> bool:
    """Tell whether a column only counts its rows, from 1 upwards."""
    numbers = [digits(text_of(cell)) for cell in cells]
    if not all(number.isdecimal() and len(number) < 7 for number in numbers):
        return False
    steps = Counter(int(after) - int(before) for before, after in itertools.pairwise(numbers))
    return int(numbers[0]) == 1 and not numbers[0].startswith("0") and steps[1] >= 0.9 * (len(numbers) - 1)


def _is_code(cell: Cell) -> bool:
    text = text_of(cell).strip()
    return 0 < len(text) <= 20 and any(letter.isdigit() for letter in text) and not isinstance(cell, date)


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and names.has_letters(cell) and sum(letter.isdigit() for letter in cell) <= 2


def _is_phone(cell: Cell) -> bool:
    return 5 <= sum(letter.isdigit() for letter in digits(text_of(cell))) <= 40 and not isinstance(cell, date)


_TESTS = {
    "code": _is_code,
    "name": _is_name,
    "phone": _is_phone,
    "date": is_date_like,
    "sex": lambda cell: words.code("sex", text_of(cell)) is not None,
    "yes": lambda cell: words.yes(text_of(cell), marks=True) is not None,
    "employment": lambda cell: words.code("employment", text_of(cell)) is not None,
    "hours": lambda cell: hours.read(text_of(cell)) is not None,
}


def _are_names(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if text_of(cell).strip()]
    return bool(filled) and sum(_is_name(cell) and len(text_of(cell)) <= 30 for cell in filled) >= 0.6 * len(filled)


def _are_birth_dates(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if text_of(cell).strip()]
    return len(filled) >= 3 and sum(is_date_like(cell) for cell in filled) >= 0.7 * len(filled)
