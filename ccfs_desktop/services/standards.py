"""The codes and laws that auditors map a report to: their clauses as data. Source: domain.md 5.1.

Each file in ``resources/standards`` names where it comes from and how well each clause is known. The wording of the
clauses is ours, shortened; whoever relies on one reads the original.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _

DEFAULT = "smeta"
"""Used where nobody chooses one; ours."""

KNOWN = {
    "V": N_("Seen in a source"),
    "K": N_("From general knowledge, to be checked"),
}
"""How well a clause is known, marked with ``N_``. Source: domain.md, evidence tags."""


@dataclass(frozen=True)
class Clause:
    """One clause of a standard."""

    number: str
    text: str
    """Marked; in our words."""
    parts: tuple[str, ...]
    """Parts of the report that speak to it, such as ``checks``; empty where the records of a space say nothing."""
    known: str
    """A key of :data:`KNOWN`."""


@dataclass(frozen=True)
class Standard:
    """A code, a checklist or a law."""

    code: str
    title: str
    """Marked."""
    source: str
    clauses: tuple[Clause, ...]


@cache
def every() -> tuple[Standard, ...]:
    """Return all standards, by code."""
    files = sorted(paths.resource("standards").glob("*.toml"))
    return tuple(_read(tomllib.loads(file.read_text("utf-8"))) for file in files)


def get(code: str = "") -> Standard:
    """Return a standard by its code; the usual one for none.

    Raises:
        UserError: it is not known; the sentence lists those that are.
    """
    wanted = (code or DEFAULT).strip().lower()
    found = next((one for one in every() if one.code == wanted), None)
    if found is None:
        known = ", ".join(one.code for one in every())
        raise UserError(_("There is no standard called {code}. There are: {known}.").format(code=code, known=known))
    return found


def _read(raw: dict[str, Any]) -> Standard:
    clauses = tuple(
        Clause(one["number"], one["text"], tuple(one["parts"]), one["known"]) for one in raw["clauses"]
    )  # fmt: skip
    return Standard(raw["code"], raw["title"], raw["source"], clauses)
