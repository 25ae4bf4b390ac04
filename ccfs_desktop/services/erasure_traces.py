"""Where else a child is named: in the trail, in free text, in issued documents. What is found can be erased.

What is written otherwise than as the full name (a nickname, a slip of the pen) cannot be found by any program.
Source: security.md 5 and 5.1; how it is looked for is ours.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Enum, String, Text, false, or_, select
from sqlalchemy.orm import Session

from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.child import Child, Contact, Guardian, PickupAdult
from ccfs_desktop.models.document import Document, DocumentFile
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

_WORDS = 40
"""A column that holds at least so many letters may say a name; shorter ones hold codes and numbers."""
_PEOPLE = (Child, Guardian, PickupAdult, Contact, Worker, Staff)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CHUNK = 500

Key = tuple[str, int]
"""Table and id of a record."""


@dataclass(frozen=True)
class Mention:
    """Free text of another record that says the child's name."""

    record: Record
    column: str


def names_of(child: Child) -> tuple[str, ...]:
    """Return the names by which a child is looked for; those too short to tell it from others are left out."""
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", n) for n in (child.name, child.name_latin) if _telling(n)))


def shared_names(session: Session, child: Child) -> bool:
    """Tell whether somebody else is called so, or begins so: then free text cannot be told apart.

    李小明的外婆 does not: that says whose grandmother she is.
    """
    names = names_of(child)
    return any(_is_another(other, name) for other in _others(session, child) for name in names)


def carried(session: Session, child: Child) -> int:
    """Count the people whose own name holds the child's, such as 李小明的外婆 among a sister's contacts."""
    folded = [name.casefold() for name in names_of(child)]
    return sum(any(name in other.casefold() for name in folded) for other in _others(session, child))


def mentions(session: Session, child: Child, but: Iterable[Record]) -> list[Mention]:
    """Find free text that says the child's name, outside the child's own records.

    Args:
        session: an open session.
        child: whose name.
        but: records that are erased or emptied anyway.
    """
    names = names_of(child)
    if not names or shared_names(session, child):
        return []
    known = {key_of(record) for record in (child, *but)}
    return [one for kind, columns in _free_text() for one in _said(session, kind, columns, names, known)]


def without_name(text: str, child: Child, instead: str) -> str:
    """Return a text in which the child's name is replaced."""
    for name in names_of(child):
        text = re.sub(re.escape(name), instead, unicodedata.normalize("NFC", text), flags=re.IGNORECASE)
    return text


def documents(session: Session, child: Child, after: int = 0) -> list[Document]:
    """Find the issued documents whose stored file names the child, by reading their text; that takes its time.

    Args:
        session: an open session.
        child: whose name.
        after: only those with a higher serial number.
    """
    names = {_plain(name) for name in names_of(child)}
    query = (
        select(Document, DocumentFile.pdf)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(Document.serial > after)
        .order_by(Document.serial)
        .execution_options(yield_per=20)
    )
    rows: Any = session.execute(query) if names else ()
    return [one for one, pdf in rows if any(name in _plain(text_of(pdf)) for name in names)]


def files_of(session: Session, documents: Iterable[Document]) -> list[DocumentFile]:
    """Return the stored files of some documents."""
    ids = [one.id for one in documents]
    return list(session.scalars(select(DocumentFile).where(DocumentFile.document_id.in_(ids))))


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF, as a reader's program would copy it."""
    import pypdfium2  # noqa: PLC0415 (only when documents are searched)

    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


# ------------------------------------------------------------------------------------------------------------ the trail
def entries_about(session: Session, child_id: int, records: Sequence[Key]) -> set[int]:
    """Return the numbers of all entries about a child's records, those of records long gone too.

    Args:
        session: an open session.
        child_id: the child.
        records: those that are there, or were until now.
    """
    keys = {*records, *once(session, "child_id", child_id)}
    for number in [n for name, n in keys if name == "medicine_course"]:
        keys |= set(once(session, "course_id", number))
    keys |= {("guardian", n) for n in _guardians_gone(session, keys)}
    return set(numbers(session, keys))


def entries_naming(session: Session, child: Child) -> set[int]:
    """Return the numbers of all entries that say the child's name, but for those about somebody else called so."""
    names = names_of(child)
    if not names:
        return set()
    people = [kind.__tablename__ for kind in _PEOPLE] if shared_names(session, child) else []
    query = (
        select(AuditEntry.seq)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(_says(AuditPayload.body, names), AuditEntry.entity.not_in(people))
    )
    return set(session.scalars(query))


def records_of(session: Session, entries: Iterable[int]) -> list[Record]:
    """Return the records, still there, that some entries are about."""
    numbers, keys = sorted(entries), set[Key]()
    for chunk in _chunks(numbers):
        query = select(AuditEntry.entity, AuditEntry.entity_id).where(
            AuditEntry.seq.in_(chunk), AuditEntry.kind != "note"
        )
        keys |= {(entity, int(number)) for entity, number in session.execute(query)}
    kinds = kinds_by_table()
    wanted: dict[str, list[int]] = {}
    for entity, number in sorted(keys):
        wanted.setdefault(entity, []).append(number)
    return [
        record
        for entity, ids in wanted.items() if entity in kinds
        for chunk in _chunks(ids)
        for record in session.scalars(select(kinds[entity]).where(kinds[entity].id.in_(chunk)))
    ]  # fmt: skip


def key_of(record: Record) -> Key:
    """Return a record's table and id."""
    return record.__tablename__, record.id


def kinds_by_table() -> dict[str, type[Record]]:
    """Return table → class of its records."""
    return {
        mapper.local_table.name: mapper.class_  # pyright: ignore
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record)
    }


def once(session: Session, column: str, number: int) -> Iterator[Key]:
    """Return every record that was ever made, or removed, for a parent record."""
    query = (
        select(AuditEntry.entity, AuditEntry.entity_id)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(
            AuditEntry.kind.in_(("create", "delete", "state", "update")),
            or_(
                AuditPayload.body.contains(f'"{column}":[null,{number}]'),
                AuditPayload.body.contains(f'"{column}":[{number},null]'),
            ),
        )
        .distinct()
    )
    yield from ((entity, int(key)) for entity, key in session.execute(query))


def _guardians_gone(session: Session, keys: set[Key]) -> set[int]:
    """Return the guardians that the child once had and that are no longer there at all."""
    links = [str(number) for entity, number in keys if entity == "guardianship"]
    query = (
        select(AuditPayload.body)
        .join(AuditEntry, AuditEntry.seq == AuditPayload.seq)
        .where(AuditEntry.entity == "guardianship", AuditEntry.entity_id.in_(links), AuditPayload.body.is_not(None))
    )
    told = [json.loads(body).get("guardian_id", ()) for body in session.scalars(query) if body]
    once = {n for pair in told for n in pair if n}
    return once - set(session.scalars(select(Guardian.id).where(Guardian.id.in_(once))))


def numbers(session: Session, keys: Iterable[Key]) -> Iterator[int]:
    """Return the numbers of the entries about some records."""
    by: dict[str, list[str]] = {}
    for entity, number in keys:
        by.setdefault(entity, []).append(str(number))
    for entity, ids in by.items():
        for chunk in _chunks(ids):
            yield from session.scalars(
                select(AuditEntry.seq).where(
                    AuditEntry.entity == entity, AuditEntry.entity_id.in_(chunk), AuditEntry.kind != "note"
                )
            )


# --------------------------------------------------------------------------------------------------------------- inside
def _free_text() -> Iterator[tuple[Any, list[str]]]:
    for kind in kinds_by_table().values():
        if kind in _PEOPLE:
            continue
        columns = [
            column.name
            for column in kind.__table__.columns
            if column.name not in {"search", "sort_key", "rows", "content", "shifts", "breaches", "columns"}
            and isinstance(column.type, (String, Text, Masked))
            and not isinstance(column.type, Enum)
            and (column.type.length or _WORDS) >= _WORDS
        ]
        if columns:
            yield kind, columns


def _said(
    session: Session, kind: Any, columns: Sequence[str], names: tuple[str, ...], known: set[Key]
) -> Iterator[Mention]:
    wanted = or_(*(_says(getattr(kind, name), names) for name in columns))
    folded = [name.casefold() for name in names]
    for record in session.scalars(select(kind).where(wanted)):
        if key_of(record) not in known:
            for name in columns:
                if any(one in getattr(record, name).casefold() for one in folded):
                    yield Mention(record, name)


def _others(session: Session, child: Child) -> Iterator[str]:
    names = names_of(child)
    for kind in _PEOPLE if names else ():
        yield from session.scalars(select(kind.name).where(_says(kind.name, names), *_not(kind, child)))


def _is_another(other: str, name: str) -> bool:
    """Tell whether a name that holds another is somebody else's: equal, or going on in the same word."""
    _before, _name, after = unicodedata.normalize("NFC", other).casefold().partition(name.casefold())
    return bool(_name) and (not after or (after[0].isalpha() and after[0] != "的"))


def _says(column: Any, names: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(name, autoescape=True) for name in names)) if names else false()


def _not(kind: type[Record], child: Child) -> list[ColumnElement[bool]]:
    if kind is Child:
        return [Child.id != child.id]
    return [kind.child_id != child.id] if hasattr(kind, "child_id") else []  # type: ignore[attr-defined] # pyright: ignore


def _telling(name: str) -> bool:
    """Tell whether a name is long enough to be looked for: two Chinese characters, or four other letters. Ours."""
    letters = [char for char in name if char.isalnum()]
    return len(_HAN.findall(name)) >= 2 or len(letters) >= 4


def _plain(text: str) -> str:
    """Write a text without blanks, width and case: how a PDF keeps it says little about how it is read."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (ids[i : i + _CHUNK] for i in range(0, len(ids), _CHUNK))


roles.guard(globals(), Right.DATA, {})
