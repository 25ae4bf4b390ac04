"""The second line: SQLite itself refuses what a role may not write, however a statement came about.

The services ask first and say it in words; this holds where one of them forgot. On PostgreSQL it does not exist: there
the server's own roles would have to do it. Source: security.md 2.4; measured there: no cost, statements are kept.
"""

from typing import Any

_DELETE, _INSERT, _UPDATE, _PRAGMA, _ATTACH, _DETACH, _FUNCTION = 9, 18, 23, 19, 24, 25, 31
_SCHEMA = frozenset({*range(1, 9), *range(10, 18), *range(26, 31)})
"""Making, changing and dropping of tables, indexes, triggers and views, temporary ones too."""
_OK, _DENY = 0, 1
_TRAIL = frozenset({"audit_entry", "audit_payload"})
_SETTINGS = frozenset({"writable_schema", "key", "rekey", "trusted_schema", "foreign_keys", "journal_mode"})

_writable: dict[str, frozenset[str]] = {}


def limit(role: str, writable: frozenset[str]) -> None:
    """Let a role write some tables and the trail, and nothing else, in every office opened from now on.

    Args:
        role: of the user.
        writable: names of tables.
    """
    _writable[role] = writable


def install(raw: Any, role: str) -> None:
    """Put a connection under the limits of a role; one that has none is left as it is."""
    if role not in _writable:
        return
    writable = _writable[role]

    def decide(operation: int, subject: str | None, _detail: str | None, _database: str | None, trigger: Any) -> int:
        if operation in (_UPDATE, _DELETE, _INSERT):
            table = subject or ""
            inside = trigger is not None or "_words" in table  # what a written table's own triggers do
            return _OK if inside or table in writable or (operation == _INSERT and table in _TRAIL) else _DENY
        if operation in _SCHEMA or operation in (_ATTACH, _DETACH):
            return _DENY
        if operation == _PRAGMA and (subject or "").lower() in _SETTINGS:
            return _DENY
        return _DENY if operation == _FUNCTION and _detail == "load_extension" else _OK

    raw.set_authorizer(decide)
