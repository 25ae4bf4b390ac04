"""Columns that say who a child or its family is: masked for whoever may look at records but need not know whose.

An auditor sees 李** and A. B. until a family is revealed, which the trail tells. The mask lies over every query of the
connection, whichever page or paper asks. Source: security.md 2.3; how a name is masked is ours.
"""

import re
import unicodedata
from typing import Any

from sqlalchemy import Dialect, String
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

_HAN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")


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
    """Return the initials of a name, ``N. T. A.``; of one written in Chinese the first character, ``李**``.

    A name of one character stays hidden altogether, and so does a phone. What is masked already stays as it is. Ours,
    after common practice.
    """
    whole = "".join(value.split())
    if not whole:
        return ""
    if whole.endswith("*") or not any(char.isalpha() for char in whole):
        return value if whole.endswith("*") else "***"
    if _HAN.fullmatch(whole):
        return whole[0] + "*" * (len(whole) - 1) if len(whole) > 1 else "*"
    words = re.findall(r"[^\s.,()\-]+", value)
    return " ".join(_first(word) + "." for word in words if any(char.isalnum() for char in word))


def _first(word: str) -> str:
    """Return the first letter with the marks that belong to it."""
    end = 1
    while end < len(word) and (unicodedata.category(word[end])[0] == "M" or word[end] in "\u200c\u200d"):
        end += 1
    return word[:end].upper()


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


def veil(session: Session, record: Any, **shown: str) -> None:
    """Let a record be read with other words in some columns, and never be written back so.

    Args:
        session: that the record was read in; it is let go.
        record: the record.
        shown: column → what stands there instead.
    """
    session.expunge(record)
    for name, words in shown.items():
        setattr(record, name, words)
