"""Bringing a database up to date: exclusive, backed up, in one transaction, verified; or not at all.

Source: security.md 4.2.
"""

from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from ccfs_desktop import vault
from ccfs_desktop.db import authorizer
from ccfs_desktop.db.backup import Why, backup, counts
from ccfs_desktop.db.engine import make_engine, reading
from ccfs_desktop.db.trail import Stamp, Trail, insert_rows
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.migrations import HEAD, REVISIONS

_STAMP = Stamp("CCFS Desktop", "program", N_("Bring the office up to date"), "0" * 32, final=True)
"""Signs for the records that a migration makes out of older ones."""
_VERSION_TABLE = "alembic_version"
_SCRIPTS = Path(__file__).parent.parent / "migrations"


def migrate(target: Path | str, keys: dict[str, bytes]) -> None:
    """Create the tables of a new database, or bring an older one up to date.

    Foreign keys are off meanwhile: rebuilding a parent table would otherwise delete its children.

    Raises:
        UserError: the database was made by a newer version of the program.
    """
    engine = make_engine(target, keys, foreign_keys=False)
    try:
        revision = _revision(engine)
        if revision != HEAD:
            _bring_up(engine, target, keys, revision)
        if not isinstance(target, Path):
            authorizer.grant(engine)
    finally:
        engine.dispose()


def _bring_up(engine: Engine, target: Path | str, keys: dict[str, bytes], revision: str | None) -> None:
    if revision is not None and revision not in REVISIONS:
        raise UserError(
            _("This office was last used with a newer version of the program. Install that version to open it.")
        )
    if revision is not None and isinstance(target, Path):
        backup(target, keys, target.parent / "backups", Why.MIGRATION)
    with engine.begin() as connection:
        _upgrade(connection, keys)


def _revision(engine: Engine) -> str | None:
    with reading(engine).connect() as connection:  # another program may be writing meanwhile
        if not inspect(connection).has_table(_VERSION_TABLE):
            return None
        return connection.execute(select(column("version_num")).select_from(table(_VERSION_TABLE))).scalar()


def _upgrade(connection: Connection, keys: dict[str, bytes]) -> None:
    """Upgrade inside the caller's transaction, which is rolled back when anything is amiss."""
    from alembic import command  # noqa: PLC0415 (slow to import, and needed once per version)
    from alembic.config import Config  # noqa: PLC0415

    rows, triggers = counts(connection), _triggers(connection)
    trail = Trail(vault.lasting(keys, "audit"))
    config = Config(attributes={"connection": connection, "insert": partial(insert_rows, connection, trail, _STAMP)})
    config.set_main_option("script_location", str(_SCRIPTS))
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        _prove(connection)
    now = counts(connection)
    _require(not any(now.get(name, n) < n for name, n in rows.items()), "a migration lost rows")
    # Rebuilding a table drops its triggers without a word: names would no longer be found, the trail be open.
    _require(triggers <= _triggers(connection), "a migration lost a trigger")


def _triggers(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = current_schema()"
    return set(connection.scalars(text(query)))


def _prove(connection: Connection) -> None:
    _require(not connection.execute(text("PRAGMA foreign_key_check")).fetchall(), "a migration left orphans")
    whole = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    _require(whole, "a migration left the file damaged")


def _require(fine: bool, otherwise: str) -> None:
    if not fine:
        raise RuntimeError(otherwise)
