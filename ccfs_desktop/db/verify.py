"""Checking the audit trail: is the chain whole, and do the records say what the chain says?"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Row, String, Table, select, type_coerce
from sqlalchemy.exc import DatabaseError

from ccfs_desktop.db.canon import from_json, is_sealed, to_json
from ccfs_desktop.db.engine import reading
from ccfs_desktop.db.trail import Trail, link_hash, seal
from ccfs_desktop.i18n import _
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.sealed import Sealer, sealer_of

if TYPE_CHECKING:
    from ccfs_desktop.db.database import Database

_ENTRY: Table = AuditEntry.__table__  # pyright: ignore
_PAYLOAD: Table = AuditPayload.__table__  # pyright: ignore
_ENOUGH = 50
"""Problems after which a check stops: the answer is known."""


@dataclass(frozen=True)
class Verdict:
    """What a check found."""

    entries: int
    head: str
    """SHA-256 of the newest link, hexadecimal."""
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


def verify(db: "Database", anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Walk the whole chain, then compare every record with what the chain says it is.

    Args:
        db: the office.
        anchors: links remembered elsewhere, as (entry number, SHA-256 in hexadecimal, or the seal printed on papers).
    """
    with reading(db.engine).connect() as connection:
        return check(connection, db.trail, anchors)


def check(
    connection: Connection, trail: Trail, anchors: Iterable[tuple[int, str]] = (), *, records: bool = True
) -> Verdict:
    """Do the same where no office is open, such as in a copy.

    Args:
        connection: reads.
        trail: with the office's key.
        anchors: see ``verify``.
        records: whether the tables are compared too; not possible while they are those of an earlier version.
    """
    remembered: dict[int, set[str]] = {}
    for number, link in anchors:
        remembered.setdefault(number, set()).add(link)
    try:
        if damaged := _damage(connection):
            return Verdict(0, "", (damaged,))
        entries, head, problems = _walk(connection, trail, remembered)
        if records and not problems:
            problems = list(_compare(connection))[:_ENOUGH]
    except DatabaseError:  # a page that cannot be read although its code is right
        return Verdict(0, "", (_damaged(),))
    return Verdict(entries, head, tuple(problems))


def _damage(connection: Connection) -> str:
    """Check every page of the file by its own code, those in use and those that are free."""
    if connection.dialect.name != "sqlite":
        return ""
    return _damaged() if connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall() else ""


def _damaged() -> str:
    return _("The file of the office is damaged. Close the program and restore the newest backup.")


def _walk(connection: Connection, trail: Trail, anchors: dict[int, set[str]]) -> tuple[int, str, list[str]]:
    problems: list[str] = []
    prev, expected = bytes(32), 1
    for row in _rows(connection):
        problems += _check_link(row, prev, expected, trail)
        if anchors.pop(row.seq, set()) - {bytes(row.hash).hex(), seal(bytes(row.hash))}:
            problems.append(_("Entry {n} differs from the printed seal.").format(n=row.seq))
        prev, expected = bytes(row.hash), row.seq + 1
        if len(problems) > _ENOUGH:
            return expected - 1, prev.hex(), problems
    problems += [_("Entry {n}, printed on a paper, is not in the trail.").format(n=n) for n in anchors]
    orphans = select(_PAYLOAD.c.seq).where(_PAYLOAD.c.seq.not_in(select(_ENTRY.c.seq)))
    problems += [_("Content {n} belongs to no entry.").format(n=n) for n in connection.scalars(orphans)]
    return expected - 1, prev.hex(), problems


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    query = (
        select(_ENTRY, _PAYLOAD.c.seq.label("payload_seq"), _PAYLOAD.c.salt, _PAYLOAD.c.body)
        .outerjoin(_PAYLOAD, _PAYLOAD.c.seq == _ENTRY.c.seq)
        .order_by(_ENTRY.c.seq)
    )
    return connection.execute(query, execution_options={"yield_per": 2_000})  # pyright: ignore


def _check_link(row: Row[Any], prev: bytes, expected: int, trail: Trail) -> Iterator[str]:
    if row.seq != expected:
        yield _("Entries {first} to {last} are missing.").format(first=expected, last=row.seq - 1)
    if bytes(row.prev) != prev:
        yield _("Entry {n} does not follow the one before it.").format(n=row.seq)
    if link_hash(bytes(row.prev), dict(row._mapping)) != bytes(row.hash):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] (SQLAlchemy's public name)
        yield _("Entry {n} was altered.").format(n=row.seq)
    if not hmac.compare_digest(trail.mac(bytes(row.hash)), bytes(row.mac)):
        yield _("Entry {n} was not written by this program.").format(n=row.seq)
    if row.payload_seq is None:
        yield _("The content of entry {n} was removed.").format(n=row.seq)
    elif row.body is not None and not _matches(row):
        yield _("The content of entry {n} was altered.").format(n=row.seq)


def _matches(row: Row[Any]) -> bool:
    return row.salt is not None and hmac.digest(bytes(row.salt), row.body.encode(), "sha256").hex() == row.payload_hash


def _compare(connection: Connection) -> Iterator[str]:
    """Replay the trail and compare it with the tables: finds what was changed behind the program's back."""
    replayed: dict[tuple[str, int], dict[str, Any]] = {}
    unknown: set[tuple[str, int]] = set()
    for row in _rows(connection):
        if row.kind != "note":
            _replay(row, replayed, unknown)
    sealer = sealer_of(connection.dialect)
    for table in Base.metadata.sorted_tables:
        if table in (_ENTRY, _PAYLOAD):
            continue
        yield from _compare_table(connection, table, replayed, unknown, sealer)
    for entity, number in replayed.keys() - unknown:
        yield _("A record is missing: {entity} {number}.").format(entity=entity, number=number)


def _replay(row: Row[Any], replayed: dict[tuple[str, int], dict[str, Any]], unknown: set[tuple[str, int]]) -> None:
    """Follow one entry. What was erased is not known until a later entry states what remains."""
    key = (row.entity, int(row.entity_id))
    if row.body is None:
        unknown.add(key)
    elif row.kind == "delete":
        replayed.pop(key, None)
    else:
        if row.kind == "state":
            unknown.discard(key)
            replayed.pop(key, None)
        replayed.setdefault(key, {}).update({c: after for c, (_before, after) in json.loads(row.body).items()})


def _compare_table(
    connection: Connection,
    table: Table,
    replayed: dict[tuple[str, int], dict[str, Any]],
    unknown: set[tuple[str, int]],
    sealer: Sealer,
) -> Iterator[str]:
    # As it is stored: an auditor, who sees names masked, checks them all the same.
    columns = [type_coerce(c, String).label(c.name) if isinstance(c.type, Masked) else c for c in table.columns]
    for row in connection.execute(select(*columns)):
        key = (table.name, row.id)
        expected = replayed.pop(key, None)
        if key in unknown:
            continue
        if expected is None:
            yield _("A record came from elsewhere: {entity} {number}.").format(entity=table.name, number=row.id)
            continue
        for column in table.columns:
            if column.name in {"id", "version"}:
                continue
            value = getattr(row, column.name)
            if column.name not in expected and value == _untold(column):
                continue
            if not _equal(value, expected.get(column.name), column, sealer):
                yield _("A record was changed behind the program's back: {entity} {number}, {field}.").format(
                    entity=table.name, number=row.id, field=column.name
                )


def _untold(column: Column[Any]) -> Any:
    """Return what a column holds that no entry tells about: nothing; a column a later version added, its default."""
    return None if column.nullable else getattr(column.default, "arg", None)


def _equal(value: Any, stored: Any, column: Any, sealer: Sealer) -> bool:
    try:
        return value == from_json(stored, column, sealer)
    except LookupError:
        # Of a picture or a PDF only the hash is known; a sealed text cannot be compared without the key.
        return is_sealed(column) or to_json(value, column, sealer) == stored
