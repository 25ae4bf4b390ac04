"""Nothing is written past the audit trail: a statement that changes records is refused unless the trail enters it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

_HARMLESS = frozenset({"SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "PRAGMA", "EXPLAIN"})
_CHANGES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.IGNORECASE)
_OPEN = "ccfs_entered"


def guard(engine: Engine) -> None:
    """Refuse bulk and raw statements, whichever way they come."""

    @event.listens_for(engine, "begin")
    def close(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.info.pop(_OPEN, None)

    @event.listens_for(engine, "before_cursor_execute")
    def refuse(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        if not connection.info.get(_OPEN) and _changes(statement):
            raise RuntimeError("this statement would leave no trace in the audit trail; use records or insert_many")


def watch_flush(session_class: Any) -> None:
    """Let a session's flush write: the trail enters what it wrote before the flush is over."""

    @event.listens_for(session_class, "before_flush")
    def begin(session: Session, *_rest: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        door = session.info["door"] = session.connection().info
        door[_OPEN] = True

    @event.listens_for(session_class, "after_flush_postexec")
    @event.listens_for(session_class, "after_soft_rollback")
    def end(session: Session, _context: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        session.info.get("door", {}).pop(_OPEN, None)


@contextmanager
def entered(connection: Connection) -> Iterator[None]:
    """Let statements through that the caller enters in the trail itself."""
    connection.info[_OPEN] = True
    try:
        yield
    finally:
        connection.info.pop(_OPEN, None)


def _changes(statement: str) -> bool:
    first = statement.split(None, 1)[0].upper()
    return bool(_CHANGES.search(statement)) if first == "WITH" else first not in _HARMLESS
