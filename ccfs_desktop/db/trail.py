"""The sealed audit trail: every flush of a session writes its own chained entries, in the same transaction.

The chain holds no personal data: each entry commits to its payload by HMAC with a random salt. Erasing payload and
salt leaves the chain valid. A key holder could rewrite the whole chain, so its head is printed on paper.
Source: security.md 3.
"""

import hashlib
import hmac
import platform
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Engine, MetaData, Table, event, insert, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from ccfs_desktop import __version__
from ccfs_desktop.db.canon import Json, canonical, is_sealed, plain, to_json
from ccfs_desktop.db.guard import entered, guard, watch_flush
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.sealed import Sealer, sealer_of

_DOMAIN = b"ccfs-audit-v1\x00"
_GENESIS = b"\x00" * 32
_FIELDS = (
    "seq", "at", "actor", "role", "device", "app", "transaction", "action", "undoes", "final",
    "kind", "entity", "entity_id", "payload_hash",
)  # fmt: skip
_ENTRY: Table = AuditEntry.__table__  # pyright: ignore
_PAYLOAD: Table = AuditPayload.__table__  # pyright: ignore
_UNTRACKED = {"version"}
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRINTED = re.compile(r"\s*#?\s*([0-9]{1,12})[\s·:/]+([0-9A-Z]{4})[\s-]*([0-9A-Z]{4})[\s-]*([0-9A-Z]{4})\s*")

Change = dict[str, tuple[Json, Json]]
"""Column → (before, after), in canonical JSON."""


class Item(NamedTuple):
    """One changed record, ready to be entered."""

    kind: str
    entity: str
    entity_id: str
    payload: Json


class Head(NamedTuple):
    """The newest link of the chain."""

    seq: int
    hash: bytes
    at: str

    @property
    def code(self) -> str:
        """The head for the eye, as printed on paper: 60 bits in Crockford's alphabet."""
        return f"#{self.seq} {seal(self.hash)}"


def seal(link: bytes) -> str:
    """Return the first 60 bits of a link in Crockford's alphabet: ``ABCD-EFGH-JKMN``."""
    number = int.from_bytes(link[:8], "big") >> 4
    letters = "".join(_ALPHABET[(number >> (5 * i)) & 31] for i in range(11, -1, -1))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def printed_head(text: str) -> tuple[int, str]:
    """Read a head as it stands on paper, typed by hand.

    Args:
        text: such as ``#123 ABCD-EFGH-JKMN``; O is taken for 0, I and L for 1.

    Returns:
        the entry's number, and the seal as :func:`seal` writes it.

    Raises:
        UserError: it is not one.
    """
    letters = text.upper().translate(str.maketrans("OIL", "011"))
    found = _PRINTED.fullmatch(letters)
    if not found:
        raise UserError(_("“{text}” is not a seal. Write it as it is printed: #123 ABCD-EFGH-JKMN.").format(text=text))
    return int(found[1]), "-".join(found.groups()[1:])


@dataclass(frozen=True)
class Stamp:
    """Who does what: goes on every entry of one transaction."""

    actor: str
    role: str
    action: str
    transaction: str
    undoes: str = ""
    final: bool = False


def utc_now() -> str:
    """The moment as entries carry it: ISO 8601 in UTC to the microsecond, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Trail:
    """Writes the chain of one office."""

    def __init__(self, key: bytes) -> None:
        """Keep the key that proves who wrote an entry.

        Args:
            key: 32 bytes, derived from the office's general key.
        """
        self._key = key
        self._device = platform.node()[:80]

    def append(self, connection: Connection, stamp: Stamp, items: Sequence[Item]) -> None:
        """Chain entries for what one flush changed."""
        head = read_head(connection)
        at = utc_now()
        if at < head.at:
            items = [Item("note", "clock", "", {"moved_back_from": head.at, "to": at}), *items]
        entries: list[dict[str, Any]] = []
        payloads: list[dict[str, Any]] = []
        seq, prev = head.seq, head.hash
        common = {
            "at": at, "actor": stamp.actor, "role": stamp.role, "device": self._device, "app": __version__,
            "transaction": stamp.transaction, "action": stamp.action, "undoes": stamp.undoes, "final": stamp.final,
        }  # fmt: skip
        for item in items:
            seq += 1
            salt, body = secrets.token_bytes(16), canonical(item.payload)
            entry = common | {
                "seq": seq, "kind": item.kind, "entity": item.entity, "entity_id": item.entity_id,
                "payload_hash": hmac.digest(salt, body, "sha256").hex(),
            }  # fmt: skip
            link = link_hash(prev, entry)
            entries.append(entry | {"prev": prev, "hash": link, "mac": self.mac(link)})
            payloads.append({"seq": seq, "salt": salt, "body": body.decode()})
            prev = link
        with entered(connection):
            _write(connection, _ENTRY, entries)
            _write(connection, _PAYLOAD, payloads)

    def mac(self, link: bytes) -> bytes:
        """Return what only a holder of the key can write beside a link."""
        return hmac.digest(self._key, b"mac\x00" + link, "sha256")


def link_hash(prev: bytes, entry: dict[str, Any]) -> bytes:
    """Hash one entry onto the chain."""
    return hashlib.sha256(_DOMAIN + prev + canonical([entry[f] for f in _FIELDS])).digest()


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows of numbers, texts and bytes only, which the driver takes as they are: an import is mostly this."""
    names = list(rows[0])
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    columns, marks = ", ".join(f'"{n}"' for n in names), ", ".join(mark for _n in names)
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
    connection.exec_driver_sql(statement, [tuple(row.values()) for row in rows])


def read_head(connection: Connection) -> Head:
    """Return the newest link; before the first entry, zeros."""
    newest = connection.execute(
        select(_ENTRY.c.seq, _ENTRY.c.hash, _ENTRY.c.at).order_by(_ENTRY.c.seq.desc()).limit(1)
    ).first()
    return Head(newest[0], bytes(newest[1]), newest[2]) if newest else Head(0, _GENESIS, "")


def watch(engine: Engine, session_class: Any, trail: Trail) -> None:
    """Enter every flush of these sessions in the trail; refuse whatever else would write through this engine."""
    guard(engine)
    watch_flush(session_class)

    @event.listens_for(session_class, "after_flush")
    def record(session: Session, _context: UOWTransaction) -> None:  # pyright: ignore[reportUnusedFunction]
        items = _flushed(session)
        if items:
            trail.append(session.connection(), session.info["stamp"], items)


def insert_many(session: Session, trail: Trail, records: Sequence[Record]) -> None:
    """Insert many records of one kind at once, each with its entry; their ids are set."""
    if not records:
        return
    connection = session.connection()
    table: Table = inspect(type(records[0])).local_table  # pyright: ignore
    newest = connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar() or 0
    blank = {c.name: getattr(c.default, "arg", None) for c in table.columns} | {"version": 1}
    rows: list[dict[str, Any]] = []
    for number, record in enumerate(records, newest + 1):
        record.id = number
        given = vars(record)  # asked attribute by attribute, SQLAlchemy would take ten times as long
        rows.append({name: given.get(name, default) for name, default in blank.items()})
    with entered(connection):
        connection.execute(insert(table), rows)
    if connection.dialect.name == "postgresql":
        last = newest + len(records)
        connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last})")
    sealer = sealer_of(connection.dialect)
    items = [Item("create", table.name, str(row["id"]), _created(table, row, sealer)) for row in rows]
    trail.append(connection, session.info["stamp"], items)


def insert_rows(connection: Connection, trail: Trail, stamp: Stamp, name: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that a migration makes out of older ones, each with its entry; today's records are not asked.

    Args:
        connection: inside the migration's transaction.
        trail: the office's.
        stamp: who does it.
        name: the table.
        rows: plain values by column, the same columns in each, without ``id`` and ``version``.
    """
    columns = (Column("id"), Column("version"), *(Column(c) for c in rows[0]))
    into = Table(name, MetaData(), *columns)
    newest = connection.execute(select(into.c.id).order_by(into.c.id.desc()).limit(1)).scalar() or 0
    numbered = [{"id": n, "version": 1, **row} for n, row in enumerate(rows, newest + 1)]
    with entered(connection):
        connection.execute(insert(into), numbered)
    if connection.dialect.name == "postgresql":
        last = newest + len(rows)
        connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})")
    items = [
        Item("create", name, str(row["id"]), {c: (None, plain(row[c])) for c in rows[0] if row[c] is not None})
        for row in numbered
    ]
    trail.append(connection, stamp, items)


def note(session: Session, trail: Trail, what: str, which: str, detail: Json) -> None:
    """Enter something that changed no record, such as a print or the reading of health data."""
    trail.append(session.connection(), session.info["stamp"], [Item("note", what, which, detail)])


def erase_payloads(session: Session, entity: str, entity_id: str) -> None:
    """Forget what was written about one record. The chain stays valid; the values cannot be guessed without salt."""
    forget(session, select(_ENTRY.c.seq).where(_ENTRY.c.entity == entity, _ENTRY.c.entity_id == entity_id))


def forget(session: Session, entries: Any) -> None:
    """Forget what some entries say.

    Args:
        session: the open transaction.
        entries: their numbers, as a list or as a query.
    """
    connection = session.connection()
    with entered(connection):
        connection.execute(update(_PAYLOAD).where(_PAYLOAD.c.seq.in_(entries)).values(salt=None, body=None))


def restate(session: Session, trail: Trail, records: Sequence[Record]) -> None:
    """Say anew what records hold, after what had been said about them was erased: they can be verified again."""
    sealer = sealer_of(session.connection().dialect)
    tables: list[Table] = [inspect(type(record)).local_table for record in records]  # pyright: ignore
    items = [
        Item("state", table.name, str(record.id), _created(table, _values(record, table), sealer))
        for record, table in zip(records, tables, strict=True)
    ]
    if items:
        trail.append(session.connection(), session.info["stamp"], items)


def _flushed(session: Session) -> list[Item]:
    """Describe what this flush writes; creations parents first, deletions children first."""
    rank = {table.name: i for i, table in enumerate(Base.metadata.sorted_tables)}
    sealer = sealer_of(session.connection().dialect)
    created = [_item("create", record, sealer) for record in _tracked(session.new)]
    updated = [_item("update", record, sealer) for record in _tracked(session.dirty)]
    deleted = [_item("delete", record, sealer) for record in _tracked(session.deleted)]
    created.sort(key=lambda item: (rank[item.entity], int(item.entity_id)))
    deleted.sort(key=lambda item: (-rank[item.entity], int(item.entity_id)))
    return [item for item in (*created, *updated, *deleted) if item.payload]


def _tracked(records: Iterable[Any]) -> Iterable[Record]:
    return (r for r in records if isinstance(r, Record))


def _item(kind: str, record: Record, sealer: Sealer) -> Item:
    state = inspect(record)
    table: Table = state.mapper.local_table  # pyright: ignore
    if kind == "update":
        payload = _changed(state, table, sealer)
    else:
        payload = _created(table, _values(record, table), sealer)
        if kind == "delete":
            _check_readable(table, sealer)
            payload = {name: (after, before) for name, (before, after) in payload.items()}
    return Item(kind, table.name, str(record.id), payload)


def _values(record: Record, table: Table) -> dict[str, Any]:
    return {c.name: getattr(record, c.name) for c in table.columns}


def _check_readable(table: Table, sealer: Sealer) -> None:
    """What cannot be read cannot be kept for an undo, and so must not be removed."""
    if not sealer.holds_key and any(is_sealed(column) for column in table.columns):
        raise UserError(_("Your role may not remove health, care or incident details. Ask the HR officer."))


def _created(table: Table, values: dict[str, Any], sealer: Sealer) -> Change:
    """Describe a new record; what is empty is left out."""
    return {
        name: (None, to_json(values[name], column, sealer))
        for name, column in _columns(table)
        if values[name] is not None
    }


@cache
def _columns(table: Table) -> tuple[tuple[str, Column[Any]], ...]:
    """Return the columns the trail tells about."""
    return tuple((c.name, c) for c in table.columns if c.name not in _UNTRACKED)


def _changed(state: Any, table: Table, sealer: Sealer) -> Change:
    change: Change = {}
    for name, column in _columns(table):
        history = state.attrs[name].history
        if not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        change[name] = (to_json(before, column, sealer), to_json(after, column, sealer))
    return change
