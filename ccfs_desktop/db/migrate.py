"""Bringing a database up to date: exclusive, backed up, in one transaction, verified; or not at all.

Source: security.md 4.2.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, column, func, inspect, select, table, text

from ccfs_desktop.db.backup import backup
from ccfs_desktop.db.engine import make_engine, reading
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.migrations import HEAD, REVISIONS

_VERSION_TABLE = "alembic_version"


def migrate(target: Path | str, keys: dict[str, bytes]) -> None:
    """Create the tables of a new database, or bring an older one up to date.

    Foreign keys are off meanwhile: rebuilding a parent table would otherwise delete its children.

    Raises:
        UserError: the database was made by a newer version of the program.
    """
    engine = make_engine(target, keys, foreign_keys=False)
    try:
        revision = _revision(engine)
        if revision == HEAD:
            return
        if revision is not None and revision not in REVISIONS:
            raise UserError(
                _("This office was last used with a newer version of the program. Install that version to open it.")
            )
        if revision is not None and isinstance(target, Path):
            backup(target, keys["general"], target.parent / "backups")
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()


def _revision(engine: Engine) -> str | None:
    with reading(engine).connect() as connection:  # another program may be writing meanwhile
        if not inspect(connection).has_table(_VERSION_TABLE):
            return None
        return connection.execute(select(column("version_num")).select_from(table(_VERSION_TABLE))).scalar()


def _upgrade(connection: Connection) -> None:
    """Upgrade inside the caller's transaction, which is rolled back when anything is amiss."""
    from alembic import command  # noqa: PLC0415 (slow to import, and needed once per version)
    from alembic.config import Config  # noqa: PLC0415

    before = _counts(connection)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        _prove(connection)
    after = _counts(connection)
    lost = [table for table, n in before.items() if after.get(table, n) < n]
    if lost:
        raise RuntimeError(f"a migration lost rows of {', '.join(sorted(lost))}")


def _counts(connection: Connection) -> dict[str, int]:
    names = [n for n in inspect(connection).get_table_names() if n != _VERSION_TABLE and "_words" not in n]
    return {name: _count(connection, name) for name in names}


def _count(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()


def _prove(connection: Connection) -> None:
    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if orphans:
        raise RuntimeError(f"a migration left orphans in {orphans[0][0]}")
    if connection.execute(text("PRAGMA integrity_check")).scalar() != "ok":
        raise RuntimeError("a migration left the file damaged")
