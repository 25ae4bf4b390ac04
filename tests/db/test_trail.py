"""Every change is entered in the audit trail exactly once, whichever way it is made; other ways are refused."""

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Column, ForeignKey, UniqueConstraint, delete, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, configure_mappers

from ccfs_desktop.db import Database, trail
from ccfs_desktop.db.verify import verify
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.child import CarePlan, Child
from ccfs_desktop.models.worker import Worker

configure_mappers()
KINDS = sorted((m.class_ for m in Base.registry.mappers if issubclass(m.class_, Record)), key=lambda k: k.__tablename__)
_NUMBERS = count(1)
_VALUES: dict[type, Any] = {
    int: 1, bool: True, bytes: b"\x00\xff", date: date(2017, 7, 10), time: time(7, 55),
    datetime: datetime(2017, 7, 10, 7, 55),
}  # fmt: skip


def a_record(session: Session, kind: type[Any], n: int = 0) -> Any:
    """Make a record of any kind with every column filled, and the records it refers to."""
    record = inspect(kind).class_manager.new_instance()
    for column in inspect(kind).local_table.columns:
        if column.name not in {"id", "version"}:
            setattr(record, column.name, _value(session, column, n))
    return record


def _value(session: Session, column: Column[Any], n: int) -> Any:
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None  # the first of its kind has none before it
        return _parent(session, key, n)
    kind: Any = column.type.python_type
    if kind in (str, int) and _stands_alone(column):
        number = next(_NUMBERS)
        return number if kind is int else f"№{number}"
    if kind is str:
        return f"文字{n}"[: getattr(column.type, "length", None)]
    return _VALUES[kind] if kind in _VALUES else next(iter(kind))  # pyright: ignore (a choice, then)


def _stands_alone(column: Column[Any]) -> bool:
    """Whether no two records may have the same value."""
    unique = [c for c in column.table.constraints if isinstance(c, UniqueConstraint)]
    return any(list(c.columns) == [column] for c in unique)


def _parent(session: Session, key: ForeignKey, n: int) -> int:
    kind = next(k for k in KINDS if inspect(k).local_table is key.column.table)
    parent = a_record(session, kind, n)
    session.add(parent)
    session.flush()
    return parent.id


def entries(db: Database, entity: str) -> Counter[str]:
    with db.read() as session:
        return Counter(session.scalars(select(AuditEntry.kind).where(AuditEntry.entity == entity)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__tablename__)
def test_each_change_of_each_table_is_entered_once(db: Database, kind: type[Any]):
    table = kind.__tablename__
    with db.begin("Create") as session:
        record = a_record(session, kind)
        session.add(record)
    assert entries(db, table) == {"create": 1}

    plain = [c for c in inspect(kind).local_table.columns if not c.foreign_keys and c.name not in {"id", "version"}]
    column = next((c for c in plain if c.type.python_type in {str, bytes}), plain[0])
    value: Any = {str: "x", bytes: b"x"}.get(column.type.python_type, 7)
    for action in ("Change", "Change nothing"):
        with db.begin(action) as session:
            setattr(session.get_one(kind, record.id), column.name, value)
    assert entries(db, table) == {"create": 1, "update": 1}

    with db.begin("Remove") as session:
        session.delete(session.get_one(kind, record.id))
    assert entries(db, table) == {"create": 1, "update": 1, "delete": 1}

    with db.begin("Import") as session:
        db.insert_many(session, [a_record(session, kind, 7)])
    assert entries(db, table) == {"create": 2, "update": 1, "delete": 1}
    assert verify(db).problems == ()


def test_what_is_rolled_back_leaves_no_entry(db: Database):
    with contextlib.suppress(ZeroDivisionError), db.begin("Create") as session:
        session.add(Worker(number="1", name="A"))
        session.flush()
        raise ZeroDivisionError
    with db.begin("Create some") as session:
        session.add(Worker(number="2", name="B"))
        session.flush()
        with session.begin_nested() as savepoint:
            session.add(Worker(number="3", name="C"))
            session.flush()
            savepoint.rollback()
    assert entries(db, "worker") == {"create": 1}
    assert verify(db).whole


_TABLE: Any = Worker.__table__
_SNEAKY: dict[str, Callable[[Session], Any]] = {
    "bulk update": lambda s: s.execute(update(Worker).values(name="x")),
    "bulk delete": lambda s: s.execute(delete(Worker)),
    "bulk insert": lambda s: s.execute(insert(Worker), [{"number": "9", "name": "x"}]),
    "legacy query": lambda s: s.query(Worker).update({"name": "x"}),
    "bulk save": lambda s: s.bulk_save_objects([Worker(number="9", name="x")]),
    "core": lambda s: s.connection().execute(update(_TABLE).values(name="x")),
    "raw": lambda s: s.execute(text("UPDATE worker SET name = 'x'")),
    "raw with a prelude": lambda s: s.execute(text("WITH a AS (SELECT 1) DELETE FROM worker")),
    "replace": lambda s: s.connection().exec_driver_sql("REPLACE INTO worker (id, number) VALUES (1, '1')"),
    "drop": lambda s: s.connection().exec_driver_sql("DROP TABLE worker"),
}


@pytest.mark.parametrize("way", _SNEAKY)
def test_no_statement_slips_past_the_trail(db: Database, way: str):
    with db.begin("Create") as session:
        session.add(Worker(number="1", name="A"))
    with pytest.raises(RuntimeError, match="leave no trace"), db.begin("Sneak") as session:
        _SNEAKY[way](session)
    with pytest.raises(RuntimeError, match="leave no trace"), db.read() as session:
        _SNEAKY[way](session)
    assert verify(db).whole


def test_a_failed_flush_opens_no_door(db: Database):
    with db.begin("Create") as session:
        session.add(Worker(number="1", name="A"))
    with db.begin("Sneak") as session:
        savepoint = session.begin_nested()
        session.add(Worker(number="1", name="the same number"))
        with pytest.raises(IntegrityError):
            session.flush()
        savepoint.rollback()
        with pytest.raises(RuntimeError, match="leave no trace"):
            session.execute(update(Worker).values(name="x"))
    assert verify(db).whole


def test_the_trail_itself_cannot_be_rewritten_through_the_program(db: Database):
    with db.begin("Create") as session:
        session.add(Worker(number="1", name="A"))
    for change in ("UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="append-only"), db.engine.begin() as connection, trail.entered(connection):
            connection.exec_driver_sql(change)
    assert verify(db).whole


def test_an_entry_says_who_did_what_and_holds_no_name(db: Database):
    with db.begin("Enrol a child") as session:
        session.add(Child(name="李小明", birth_date=date(2010, 5, 1)))
    with db.read() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        row = session.execute(text("SELECT * FROM audit_entry ORDER BY seq DESC LIMIT 1")).one()
    assert entry is not None
    assert (entry.action, entry.actor, entry.role, entry.entity) == ("Enrol a child", "Li Na", "officer", "child")
    assert "李小明" not in "".join(str(value) for value in row)


def test_erased_content_leaves_the_chain_whole(db: Database):
    with db.begin("Enrol a child") as session:
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add(child)
        session.flush()
        session.add(CarePlan(child_id=child.id, conditions="哮喘"))
    with db.begin("Erase") as session:
        trail.erase_payloads(session, "child", str(child.id))
        session.get_one(Child, child.id).name = "–"
    assert verify(db).whole
    with db.read() as session:
        bodies = session.scalars(text("SELECT body FROM audit_payload WHERE body IS NOT NULL")).all()
    assert not any("李小明" in body for body in bodies[:-1])
