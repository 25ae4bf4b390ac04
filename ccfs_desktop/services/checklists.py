"""The lists of the safety checks: those shipped as data, and the editions made in this office."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock, paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import ChecklistEdition, Occasion, Severity
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

LETTERS = {"C": Severity.CRITICAL, "M": Severity.MAJOR, "m": Severity.MINOR, "": Severity.NONE}
"""How the files and the forms write a severity. Source: domain.md 3, legend."""
_LETTER_OF = {severity: letter for letter, severity in LETTERS.items()}


class Kind(StrEnum):
    """What a part of an item asks for. Source: domain.md 3, legend: Y, N, T, D, S."""

    YES = "yes"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    SIGNATURE = "signature"


class Wanted(StrEnum):
    """When a photo is wanted. Source: domain.md 3, legend: P."""

    NEVER = ""
    ON_NO = "no"
    ALWAYS = "always"


@dataclass(frozen=True)
class Part:
    """One thing an item asks for. Limits are beyond which it fails; advised ones are only pointed out."""

    kind: Kind = Kind.YES
    name: str = ""
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    below: Decimal | None = None
    advised_least: Decimal | None = None
    advised_most: Decimal | None = None
    lowest: Decimal | None = None
    """Nothing less can be typed: the bottom of a scale."""
    highest: Decimal | None = None
    same_as: str = ""
    """The number it must equal: ``DRL05:1`` is the first number of that item."""
    most_of: str = ""
    """The number it must not exceed."""
    unless_zero: bool = False
    """A text that is needed unless the item's number is zero."""


_YES = (Part(),)
_NUMBERS = ("least", "most", "below", "advised_least", "advised_most", "lowest", "highest")


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    id: str
    text: str
    severity: Severity = Severity.NONE
    source: str = ""
    help: str = ""
    parts: tuple[Part, ...] = _YES
    photo: Wanted = Wanted.NEVER
    off: bool = False
    """Switched off in this edition: it is kept, but not asked."""

    def of(self, kind: Kind) -> list[Part]:
        """Return the parts of one kind, in their order."""
        return [part for part in self.parts if part.kind is kind]

    @property
    def letter(self) -> str:
        """The severity as one letter."""
        return _LETTER_OF[self.severity]


@dataclass(frozen=True)
class Section:
    """Items that belong together."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """One edition of a list."""

    code: str
    edition: str
    title: str
    occasion: Occasion
    sections: tuple[Section, ...]
    source: str = ""
    by: str = ""
    """Who goes through it."""
    help: str = ""
    """When it is due, in words."""

    @property
    def every(self) -> tuple[Item, ...]:
        """All items, switched off or not."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that are asked."""
        return tuple(item for item in self.every if not item.off)

    def item(self, item_id: str) -> Item:
        """Return an item by its id."""
        return next(item for item in self.every if item.id == item_id)

    def asked(self) -> Iterator[tuple[str, tuple[Item, ...]]]:
        """Return the sections that ask something, each with the items asked."""
        for section in self.sections:
            if items := tuple(item for item in section.items if not item.off):
                yield section.title, items


@dataclass(frozen=True)
class Listed:
    """A list as it is offered: its edition in use, and the draft of the next one if somebody works on it."""

    checklist: Checklist
    own: bool
    """Whether the edition in use was made in this office."""
    draft_id: int | None = None


@cache
def shipped() -> dict[str, Checklist]:
    """Return the lists that come with the program, by code, in the order of the library. Source: domain.md 3."""
    found = [_file(file.read_text("utf-8")) for file in paths.resource("checklists").glob("*.toml")]
    order = list(Occasion)
    return {one.code: one for one in sorted(found, key=lambda c: (order.index(c.occasion), c.code))}


def _file(text: str) -> Checklist:
    return read(tomllib.loads(text, parse_float=Decimal))


def listed(session: Session) -> list[Listed]:
    """Return every list in its edition in use; the office's own follow the shipped ones."""
    made = session.scalars(select(ChecklistEdition).order_by(ChecklistEdition.id)).all()
    newest = {e.code: e for e in made if e.published_at and e.made_by}
    drafts = {e.code: e.id for e in made if not e.published_at}
    codes = dict.fromkeys([*shipped(), *newest, *drafts])
    found: list[Listed] = []
    for code in codes:
        if code in newest:
            found.append(Listed(parsed(newest[code].content), own=True, draft_id=drafts.get(code)))
        elif code in shipped():
            found.append(Listed(shipped()[code], own=False, draft_id=drafts.get(code)))
        else:
            draft = next(e for e in made if e.id == drafts[code])
            found.append(Listed(parsed(draft.content), own=True, draft_id=draft.id))
    return found


def in_use(session: Session) -> list[Checklist]:
    """Return the lists that can be gone through, each in its edition in use."""
    made = session.scalars(
        select(ChecklistEdition)
        .where(ChecklistEdition.published_at.is_not(None), ChecklistEdition.made_by != "")
        .order_by(ChecklistEdition.id)
    )
    return list((shipped() | {e.code: parsed(e.content) for e in made}).values())


def current(session: Session, code: str) -> Checklist:
    """Return a list in its edition in use.

    Raises:
        UserError: there is no such list.
    """
    found = next((one for one in in_use(session) if one.code == code), None)
    if found is None:
        raise UserError(_("There is no list {code}.").format(code=code))
    return found


def edition(session: Session, code: str, name: str) -> Checklist:
    """Return one edition of a list, also one that is no longer in use.

    Raises:
        UserError: there is no such edition.
    """
    query = select(ChecklistEdition).where(ChecklistEdition.code == code, ChecklistEdition.edition == name)
    made = session.scalars(query).first()
    if made is not None:
        return parsed(made.content)
    known = shipped().get(code)
    if known is None or known.edition != name:
        raise UserError(_("There is no edition {edition} of the list {code}.").format(edition=name, code=code))
    return known


def keep(session: Session, checklist: Checklist, *, at: datetime | None = None) -> None:
    """Keep a shipped edition when it is used first: a result must be read as it was when the program has moved on."""
    query = select(ChecklistEdition.id).where(
        ChecklistEdition.code == checklist.code, ChecklistEdition.edition == checklist.edition
    )
    if session.scalars(query).first() is None:
        now = at or clock.now()
        session.add(
            ChecklistEdition(
                code=checklist.code, edition=checklist.edition, content=written(checklist), made_at=now,
                published_at=now,
            )
        )  # fmt: skip
        session.flush()


# ------------------------------------------------------------------------------------------------ to and from data


def read(facts: Mapping[str, Any]) -> Checklist:
    """Read a list from the data of a file."""
    by = facts.get("by", "")
    return Checklist(
        code=facts["code"],
        edition=facts["edition"],
        title=facts["title"],
        occasion=Occasion(facts["occasion"]),
        source=facts.get("source", ""),
        by=by["name"] if isinstance(by, Mapping) else by,
        help=facts.get("help", ""),
        sections=tuple(
            Section(section.get("title", ""), tuple(_item(item) for item in section["items"]))
            for section in facts["sections"]
        ),
    )


def written(checklist: Checklist) -> str:
    """Write a list as JSON, in the form of the files; numbers as text, so that they come back as they were."""
    told = {
        "code": checklist.code, "edition": checklist.edition, "title": checklist.title, "source": checklist.source,
        "occasion": checklist.occasion.value, "by": {"name": checklist.by}, "help": checklist.help,
        "sections": [
            {"title": section.title, "items": [_item_facts(item) for item in section.items]}
            for section in checklist.sections
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def parsed(content: str) -> Checklist:
    """Read a list from the content of an edition."""
    return read(json.loads(content))


def _item(facts: Mapping[str, Any]) -> Item:
    parts = facts.get("parts")
    return Item(
        id=facts["id"],
        text=facts["text"],
        severity=LETTERS[facts.get("severity", "")],
        source=facts.get("source", ""),
        help=facts.get("help", ""),
        parts=tuple(_part(part) for part in parts) if parts else _YES,
        photo=Wanted(facts.get("photo", "")),
        off=bool(facts.get("off", False)),
    )


def _part(facts: Mapping[str, Any]) -> Part:
    told: dict[str, Any] = {key: Decimal(str(value)) if key in _NUMBERS else value for key, value in facts.items()}
    told["kind"] = Kind(facts["kind"])
    return Part(**told)


def _item_facts(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"id": item.id, "text": item.text, "severity": item.letter}
    for name in ("source", "help"):
        if value := getattr(item, name):
            told[name] = value
    if item.parts != _YES:
        told["parts"] = [_part_facts(part) for part in item.parts]
    if item.photo:
        told["photo"] = item.photo.value
    if item.off:
        told["off"] = True
    return told


def _part_facts(part: Part) -> dict[str, Any]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
        if isinstance(value, Decimal) or value  # a limit of zero is a limit
    }


def with_items(checklist: Checklist, change: Mapping[str, Item]) -> Checklist:
    """Return a list with some items changed, by id."""
    sections = tuple(replace(s, items=tuple(change.get(i.id, i) for i in s.items)) for s in checklist.sections)
    return replace(checklist, sections=sections)


roles.guard(globals(), Right.SAFETY, {Right.CHECKS: (keep,)})
