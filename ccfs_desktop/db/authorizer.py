"""The second line: the database itself refuses what a role may not write, however a statement came about.

The services ask first and say it in words; this holds where one of them forgot. SQLite asks its authorizer; on
PostgreSQL every transaction of a limited role runs as a role of the server with grants for just its tables.
Source: security.md 2.4 and 7; measured there: no cost on SQLite, statements are kept.
"""

import hashlib
from typing import Any

from sqlalchemy import Connection, Engine

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

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


# --------------------------------------------------------------------------------------------------------- PostgreSQL


def become(role: str) -> str:
    """Return the statement by which a transaction on PostgreSQL takes on a role's limits; empty for one without."""
    return f"SET LOCAL ROLE {_on_server(role)}" if role in _writable else ""


def _on_server(role: str) -> str:
    return f"ccfs_{role}"


def grant(engine: Engine) -> None:
    """See to it that the server's roles hold what this version lets them write; whoever owns the tables may do so.

    The roles cannot log in. Somebody with a login of his own is made a member of one (``GRANT ccfs_caregiver TO …``),
    and then the server holds him to it whatever program he uses.

    Args:
        engine: of an office on PostgreSQL, brought up to date, without a role.

    Raises:
        UserError: the grants are of another version, and this login may not renew them.
    """
    tables = _tables(engine)
    statements = [line for role in sorted(_writable) for line in _grants(role, tables)]
    # The server's own roles are shared by all its databases and are not copied with one, so they are looked for too.
    marks = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with engine.begin() as connection:
        if _granted(connection) == (marks, len(_writable)):
            return
        if not connection.exec_driver_sql(_MAY_GRANT).scalar():
            raise UserError(
                _("The server does not know this version's roles yet. Let whoever set it up open the office once.")
            )
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{marks}'")


_MAY_GRANT = (
    "SELECT pg_has_role(c.relowner, 'USAGE') AND (r.rolcreaterole OR r.rolsuper) FROM pg_class c, pg_roles r"
    " WHERE c.oid = 'alembic_version'::regclass AND r.rolname = current_user"
)


def _tables(engine: Engine) -> frozenset[str]:
    with engine.begin() as connection:
        found = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return frozenset(found.scalars())


def _granted(connection: Connection) -> tuple[str | None, int]:
    names = ", ".join(f"'{_on_server(role)}'" for role in _writable) or "''"
    mark = connection.exec_driver_sql("SELECT obj_description('alembic_version'::regclass, 'pg_class')").scalar()
    known = connection.exec_driver_sql(f"SELECT count(*) FROM pg_roles WHERE rolname IN ({names})").scalar()  # noqa: S608
    return mark, known or 0


def _grants(role: str, tables: frozenset[str]) -> list[str]:
    """Return the statements that make a role of the server and give it what it may write; our own names only."""
    name, lists = _on_server(role), ", ".join(sorted(_writable[role] & tables))
    return [
        f"DO $$ BEGIN CREATE ROLE {name} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT INSERT ON {', '.join(sorted(_TRAIL))} TO {name}",
        *([f"GRANT INSERT, UPDATE, DELETE ON {lists} TO {name}"] if lists else []),
    ]
