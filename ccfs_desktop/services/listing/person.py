"""One row of a list as one person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services.listing import names
from ccfs_desktop.services.listing.cells import ATTENTION, Problem
from ccfs_desktop.services.listing.dates import ParsedDate
from ccfs_desktop.services.listing.sheet import Cell, text_of

_PARENTS = {f"{who}_{part}" for who in ("mother", "father") for part in ("name", "number", "phone")}
_NAMES = {"surname", "middle", "name_more"}
_SEXES = {"female", "male"}
_SURNAME_FIRST = re.compile("[\u4e00-\u9fff]|họ|^ho\\b", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_SLOTS = (
    ("guardian_name", "worker_number", "phone", "relation"),
    ("second_name", "second_number", "second_phone", "second_relation"),
)

_REQUIRED: dict[str, dict[str, str]] = {
    "workers": {"number": N_("The employee number is missing."), "name": N_("The name is missing.")},
    "children": {
        "name": N_("The child's name is missing."),
        "birth_date": N_("The birth date is missing."),
        "worker_number": N_("The parent's employee number is missing."),
    },
    "staff": {"name": N_("The name is missing.")},
}
"""What a row must tell, and what is said when it does not."""


@dataclass(frozen=True)
class ListRow:
    """One person of the list, as it was understood."""

    row: int
    """As Excel numbers it."""
    values: dict[str, Any]
    """Field → value; a field without a value is left out. Dates are ``ParsedDate``, choices the codes of the models."""
    columns: dict[str, int] = field(repr=False)
    """Field → column, the same for all rows of the list."""
    cells: tuple[Cell, ...]
    """The whole row as it stands in the file, formulas as text."""
    problems: tuple[Problem, ...] = ()

    @property
    def raw(self) -> dict[str, str]:
        """Return each field's text as it stands in the file."""
        return {name: text_of(self.cells[at]) if at < len(self.cells) else "" for name, at in self.columns.items()}

    @property
    def needs_attention(self) -> bool:
        """Tell whether the row must wait for the officer."""
        return any(problem.severity == ATTENTION for problem in self.problems)

    def day(self, name: str) -> date | None:
        """Return the date of a field, if its cell left no doubt."""
        value = self.values.get(name)
        return value.value if isinstance(value, ParsedDate) else None


def put_together(values: dict[str, Any], fields: Sequence[str], surname: str) -> None:
    """Fold what the factory wrote in several columns into one value each: name, sex, parents.

    Args:
        values: the row's values; changed in place.
        fields: the fields the list has columns for.
        surname: the heading over the family names, which tells the language and so the order.
    """
    if not _NAMES.isdisjoint(fields):
        parts = [values.pop(part, "") for part in ("surname", "middle", "name", "name_more")]
        first = bool(_SURNAME_FIRST.search(surname) or all(_HAN.match(part) for part in parts if part))
        if any(parts):
            values["name"] = names.joined(*parts, surname_first=first)
    if not _SEXES.isdisjoint(fields):
        ticked = [sex for sex in sorted(_SEXES) if values.pop(sex, False)]
        if len(ticked) == 1:
            values.setdefault("sex", ticked[0])
    if not _PARENTS.isdisjoint(fields):
        _choose_parent(values)


def missing(kind: str, values: dict[str, Any], told: set[str]) -> list[Problem]:
    """Say what a row must have and has not.

    Args:
        kind: which list.
        values: the row's values.
        told: the fields about which something has been said already.
    """
    required = _REQUIRED[kind]
    if values.keys() >= required.keys():
        return []
    silent = {name for name in required if name not in values and name not in told}
    if told & {"father_number", "mother_number"}:
        silent.discard("worker_number")
    return [Problem(name, _(sentence)) for name, sentence in required.items() if name in silent]


def _choose_parent(values: dict[str, Any]) -> None:
    """Take as the parent, in a list with a father and a mother, the one who has an employee number; then the other."""
    parents = {
        who: [values.pop(f"{who}_{part}", None) for part in ("name", "number", "phone")] for who in ("mother", "father")
    }
    known = sorted((who for who in parents if any(parents[who])), key=lambda who: not parents[who][1])
    slots = _SLOTS[1:] if "guardian_name" in values else _SLOTS
    for who, slot in zip(known, slots, strict=False):
        for name, value in zip(slot, [*parents[who], who], strict=True):
            if value:
                values.setdefault(name, value)
