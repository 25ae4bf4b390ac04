"""What a record's column says about itself: its label, its help, and how people fill it in."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Any, Literal

from ccfs_desktop.i18n import _

Kind = Literal[
    "line", "text", "choice", "find", "ticks", "days", "date", "time", "duration", "integer", "number", "phone"
]

_KINDS: dict[type, Kind] = {date: "date", time: "time", int: "integer", float: "number"}


@dataclass(frozen=True)
class Field:
    """One column, as a form or a list shows it."""

    name: str
    label: str
    """Translated."""
    help: str = ""
    """Translated."""
    kind: Kind = "line"
    required: bool = False
    length: int | None = None
    """The longest text the column holds."""
    choices: tuple[tuple[Any, str], ...] = ()
    """Value and word; the word translated. Where nothing may be known, that is the last one."""
    folded: bool = False
    """Whether even a few choices are folded into a list to choose from, for want of room."""


def describe(record: type, name: str) -> Field:
    """Read from a record's column what a form must know.

    Args:
        record: the record's class.
        name: the column's name.
    """
    column = record.__table__.columns[name]  # type: ignore[attr-defined]
    info: dict[str, Any] = column.info
    python = _python_type(column)
    choices = _choices(info.get("choices") or python, nullable=bool(column.nullable))
    return Field(
        name=name,
        label=_(info.get("label", name)),
        help=_(info.get("help", "")),
        kind="choice" if choices else _kind(name, python, info),
        required=_required(record, name, nullable=bool(column.nullable)),
        length=getattr(column.type, "length", None) if python is str else None,
        choices=choices,
    )


def one_of(record: type, name: str, choices: Iterable[tuple[str, str]]) -> Field:
    """Read a column of text that holds the code of one of several things.

    Args:
        record: the record's class.
        name: the column's name.
        choices: code and word, the word translated.
    """
    return dataclasses.replace(describe(record, name), kind="choice", choices=tuple(choices))


def some_of(record: type, name: str, choices: Iterable[tuple[str, str]]) -> Field:
    """Read a column of text that holds the codes of some of several things, between commas; see :func:`one_of`."""
    return dataclasses.replace(describe(record, name), kind="ticks", choices=tuple(choices))


def _choices(python: type, *, nullable: bool) -> tuple[tuple[Any, str], ...]:
    """Return the values and words of a column that holds one of a few."""
    if issubclass(python, Enum):
        known = tuple((member, _(getattr(member, "word", str(member)))) for member in python)
    elif python is bool:
        known = ((True, _("Yes")), (False, _("No")))
    else:
        return ()
    return (*known, (None, _("Not known"))) if nullable else known


def _python_type(column: Any) -> type:
    """Return what the column holds; a column that does not know holds text."""
    try:
        return column.type.python_type
    except NotImplementedError:
        return str


def _kind(name: str, python: type, info: dict[str, Any]) -> Kind:
    if python is str and "phone" in name:
        return "phone"
    if python is str and name == "weekdays":
        return "days"
    if python is str:
        return "text" if info.get("multiline") else "line"
    return "duration" if info.get("duration") else _KINDS.get(python, "line")


def _required(record: type, name: str, *, nullable: bool) -> bool:
    """Return whether there is no default: the dataclass knows, ``column.default`` differs between versions."""
    field = next((field for field in dataclasses.fields(record) if field.name == name), None)
    if nullable or field is None:
        return False
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
