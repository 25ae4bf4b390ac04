"""Columns that say who a child or its family is: masked for whoever may look at records but need not know whose.

An auditor sees 李** and A. B. until a family is revealed, which the trail tells. The mask lies over every query of the
connection, whichever page or paper asks. Source: security.md 2.3; how a name is masked is ours.
"""

from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

_WIDE = "\u2e80"
"""From here on a script writes a name in few signs, of which the first is the family's."""


class Masker:
    """Masks what says who somebody is, for one user."""

    def __init__(self, *, on: bool) -> None:
        """Begin with nobody revealed.

        Args:
            on: whether anything is masked at all.
        """
        self.on = on
        self.revealed: set[str] = set()
        """What may be shown as it is, in this sitting."""

    def __call__(self, value: Any) -> Any:
        """Return a value as this user may see it."""
        return mask(value) if self.on and value and value not in self.revealed else value


def mask(value: str) -> str:
    """Return a name as 李** or A. B., and a phone as ***."""
    if not any(char.isalpha() for char in value):
        return "***"
    if value[0] >= _WIDE:
        return value[0] + "**"
    return " ".join(part[0] + "." for part in value.split())


class Masked(TypeDecorator[str]):
    """A text column that says who somebody is. Each connection's dialect carries its user's masker."""

    impl = String
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:  # noqa: ARG002 (SQLAlchemy's own names)
        """Mask on the way back; nothing at all is done for those who may see."""
        masker = masker_of(dialect)
        return masker if masker.on else None

    @property
    def python_type(self) -> type[str]:
        """Forms treat it as a text."""
        return str


def masker_of(dialect: Dialect) -> Masker:
    """Return the masker that ``db`` gave to this engine."""
    return getattr(dialect, "ccfs_masker", None) or Masker(on=False)
