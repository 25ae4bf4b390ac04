"""Connections: SQLCipher on this PC, PostgreSQL where several PCs share one office."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, pool

from ccfs_desktop import vault
from ccfs_desktop.db import authorizer
from ccfs_desktop.db.driver import sqlcipher
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.masked import Masker
from ccfs_desktop.models.sealed import Sealer

LOCK_WAIT_MS = 2_000
"""How long one user action waits for another program's, before the user is told."""

# Source: security.md 1.4. synchronous=FULL lost nothing in 1,500 simulated power cuts; NORMAL lost data in 678.
_WRITING = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
_PRAGMAS = (
    f"busy_timeout={LOCK_WAIT_MS}",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "recursive_triggers=ON",
)
_READING = "ccfs_reading"
_CHAIN_LOCK = 4_711
"""PostgreSQL advisory lock: two writers must not read the same chain head. Source: security.md 7."""


def make_engine(
    target: Path | str,
    keys: dict[str, bytes],
    *,
    foreign_keys: bool = True,
    read_only: bool = False,
    masks: bool = False,
    role: str = "",
) -> Engine:
    """Connect to an office's database.

    Args:
        target: the SQLCipher file, or a ``postgresql+psycopg://`` address.
        keys: ``general`` (32 bytes, opens the file) and, for roles that hold it, ``sensitive``.
        foreign_keys: off only while migrating.
        read_only: leave a closed file as it is, to the byte; only for a file.
        masks: whether this user sees names of children and families masked.
        role: of this user; the database itself holds its limits.
    """
    if isinstance(target, str):
        engine = _shared(target, authorizer.become(role))
    else:
        opened = partial(_limited, role, foreign_keys=foreign_keys, read_only=read_only)
        engine = _local(target, opened, keys["general"])
    engine.dialect.ccfs_sealer = Sealer(*vault.ring(keys, "sensitive"))  # pyright: ignore
    engine.dialect.ccfs_masker = Masker(on=masks)  # pyright: ignore
    return engine


def reading(engine: Engine) -> Engine:
    """Return the same engine for transactions that only read, and so never wait for a writer."""
    return engine.execution_options(**{_READING: True})


def connect(path: Path, key: bytes, *, foreign_keys: bool = True, read_only: bool = False) -> Any:
    """Open one raw SQLCipher connection with the pragmas every connection needs.

    Args:
        path: the file.
        key: its general key.
        foreign_keys: off only while migrating.
        read_only: leave the file as it is.

    Raises:
        UserError: the key is wrong or the file is damaged.
    """
    # 0 for the timeout: the pragma below decides, for PostgreSQL and SQLite alike.
    name = path.absolute().as_uri() + "?mode=ro" if read_only else str(path)
    raw = sqlcipher.connect(name, uri=read_only, timeout=0, check_same_thread=False, isolation_level=None)
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout={LOCK_WAIT_MS}")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # proves the key
        for pragma in (
            *(() if read_only else _WRITING),
            *_PRAGMAS,
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        ):
            raw.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.DatabaseError as error:
        raw.close()
        if "locked" in str(error):
            raise
        raise UserError(
            _("The office's data cannot be opened: the key does not fit or the file is damaged. Restore a backup.")
        ) from None
    return raw


def _limited(role: str, path: Path, key: bytes, *, foreign_keys: bool, read_only: bool) -> Any:
    raw = connect(path, key, foreign_keys=foreign_keys, read_only=read_only)
    authorizer.install(raw, role)
    return raw


def fitting(path: Path, keys: Mapping[str, bytes]) -> bytes:
    """Return the general key that opens a database: today's, or one from before, if a change of keys was cut short.

    Where none does, it is the one of today, and opening will say what is wrong.

    Args:
        path: the database.
        keys: of who opens it, with those that came before.
    """
    ring = vault.ring(keys, "general")
    if len(ring) == 1 or not path.exists():
        return ring[0]
    return next((key for key in ring if _fits(path, key)), ring[0])


def _fits(path: Path, key: bytes) -> bool:
    raw = sqlcipher.connect(str(path), timeout=0, isolation_level=None)
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        return "locked" in str(error)
    else:
        return True
    finally:
        raw.close()


def _local(path: Path, open_: Callable[[Path, bytes], Any], key: bytes) -> Engine:
    creator: Callable[[], Any] = lambda: open_(path, key)  # noqa: E731
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=creator,
        poolclass=pool.QueuePool,
        pool_size=3,
        max_overflow=2,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        # IMMEDIATE: a transaction that reads and then writes must not find itself locked out half-way.
        reads = connection.get_execution_options().get(_READING)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _shared(url: str, become: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, pool_size=3, max_overflow=2)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        if connection.get_execution_options().get(_READING):
            # One state for the whole transaction, as on SQLite: what a document shows belongs to the seal it prints.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")
        if become:
            connection.exec_driver_sql(become)

    return engine
