"""Copies of the database that are known to open, each with a sealed record of what is in it.

Source: security.md 4.3.
"""

import enum
import errno
import hashlib
import hmac
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, column, func, inspect, select, table
from sqlalchemy.exc import DatabaseError

from ccfs_desktop import __version__, places, vault
from ccfs_desktop.db import trail, verify
from ccfs_desktop.db.canon import canonical
from ccfs_desktop.db.driver import sqlcipher
from ccfs_desktop.db.engine import connect, make_engine, reading
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.migrations import HEAD
from ccfs_desktop.vault import durable

SIDES = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database in use; beside another database it would destroy it."""
_SPARE = 64 << 20
_PATIENCE_SECONDS = 30
_MOST_BYTES = 1 << 20
_VERSION = 1


class Why(enum.StrEnum):
    """What a copy was made for."""

    AUTOMATIC = "automatic"
    ASKED = "asked"
    IMPORT = "import"
    SEASON = "season"
    MIGRATION = "migration"
    RESTORE = "restore"

    @property
    def word(self) -> str:
        """The same for people, marked."""
        return _WORDS[self]


_WORDS = {
    Why.AUTOMATIC: N_("By itself"),
    Why.ASKED: N_("When asked"),
    Why.IMPORT: N_("Before an import"),
    Why.SEASON: N_("Before a new season"),
    Why.MIGRATION: N_("Before a new version"),
    Why.RESTORE: N_("Before a restore"),
}


@dataclass(frozen=True)
class Facts:
    """What is in a closed database."""

    revision: str
    """Which version of the tables."""
    entries: int
    """Links of the audit trail."""
    head: str
    """SHA-256 of the newest link, hexadecimal."""
    code: str
    """The same for the eye, as printed on papers."""
    whole: bool
    """Whether the trail is whole and, where the tables are today's, every record says what the trail says."""
    counts: dict[str, int]
    """Table → rows."""


@dataclass(frozen=True)
class Manifest:
    """What was known of a copy when it was made: lies beside it as JSON, sealed with the office's key."""

    file: str
    bytes: int
    sha256: str
    vault_sha256: str
    """Of the key file copied beside it; empty without one."""
    office: str
    """The random id of the office; empty without a key file."""
    key: str
    """Which general key opens it, without saying anything about the key."""
    made_at: str
    """ISO 8601 in UTC."""
    why: str
    program: str
    facts: Facts
    seal: str = ""

    @property
    def made(self) -> datetime:
        """When it was made, by the clock on the wall."""
        return datetime.fromisoformat(self.made_at).astimezone()


@dataclass(frozen=True)
class Copy:
    """A finished copy."""

    path: Path
    manifest: Manifest


class Busy(UserError):
    """Another program is making a copy of the same office."""


def backup(source: Path, keys: dict[str, bytes], folder: Path, why: Why = Why.AUTOMATIC) -> Copy:
    """Copy a live database: one consistent state, verified, under its final name only when good.

    Args:
        source: the database; may be in use.
        keys: of the office; the copy is encrypted with the same general key.
        folder: where copies are kept; made when missing. ``vault.json`` is copied beside, as nothing opens without it.
        why: what for.

    Returns:
        The finished copy. That its trail is not whole is said in its record: such an office needs its copy too.

    Raises:
        UserError: not enough free space, the folder is out of reach, or the copy cannot be read back. The earlier
            copies are kept.
    """
    with _spoken(folder):
        if not source.exists():
            raise UserError(_("The office's folder “{folder}” is out of reach.").format(folder=source.parent))
        folder.mkdir(parents=True, exist_ok=True)
        with alone(folder):
            sweep(folder)
            return make(source, keys, folder, why)


def make(source: Path, keys: dict[str, bytes], folder: Path, why: Why) -> Copy:
    """Do the same for a caller who has the folder alone."""
    with _spoken(folder):
        if shutil.disk_usage(folder).free < source.stat().st_size * 1.2 + _SPARE:
            raise _full()
        return _make(source, keys, folder, why)


def _make(source: Path, keys: dict[str, bytes], folder: Path, why: Why) -> Copy:
    now = datetime.now(UTC)
    stem = f"office-{now:%Y%m%dT%H%M%S%f}"
    draft = folder / f".{stem}.tmp"
    try:
        _copy(source, keys["general"], draft)
        if not readable(draft, keys["general"]):
            raise UserError(_("The backup could not be read back. Check the disk; nothing was changed."))
        facts = examine(draft, keys)
        sync(draft)
        key_file = source.with_name("vault.json")
        raw = key_file.read_bytes() if key_file.exists() else b""
        manifest = Manifest(
            file=f"{stem}.db", bytes=draft.stat().st_size, sha256=sha256(draft),
            vault_sha256=hashlib.sha256(raw).hexdigest() if raw else "", office=office_id(key_file),
            key=key_name(keys["general"]), made_at=now.isoformat(timespec="seconds"), why=why, program=__version__,
            facts=facts,
        )  # fmt: skip
        copy = Copy(folder / manifest.file, replace(manifest, seal=_seal(manifest, keys["general"])))
        # The database comes last: what lies under a final name has its record and its key file.
        write_beside(copy, raw)
        draft.replace(copy.path)
        sync_folder(folder)
        return copy
    finally:
        for side in ("", *SIDES):
            draft.with_name(draft.name + side).unlink(missing_ok=True)


def write_beside(copy: Copy, key_file: bytes) -> None:
    """Write a copy's record and key file beside the place where the copy will lie."""
    if key_file:
        durable.replace(key_file_of(copy.path), key_file)
    durable.replace(manifest_of(copy.path), json.dumps(asdict(copy.manifest), indent=1, sort_keys=True).encode())


def copies(folder: Path) -> list[Copy]:
    """Return the copies in a folder that have a readable record, newest first; none where it is out of reach."""
    try:
        found = [(path, read_manifest(path)) for path in folder.glob("office-*.db")]
    except OSError:
        return []
    known = [Copy(path, manifest) for path, manifest in found if manifest]
    return sorted(known, key=lambda copy: copy.path.name, reverse=True)


def read_manifest(path: Path) -> Manifest | None:
    """Return the record beside a copy; None when there is none, or it is not one of ours. Its seal is not tried."""
    try:
        fields = json.loads(durable.read(manifest_of(path), _MOST_BYTES))
        facts = Facts(**{name: kind(fields["facts"][name]) for name, kind in _FACTS.items()})
        manifest = Manifest(**{name: kind(fields[name]) for name, kind in _FIELDS.items()}, facts=facts)
        return manifest if manifest.made else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


_FACTS: dict[str, Any] = {"revision": str, "entries": int, "head": str, "code": str, "whole": bool, "counts": dict}
_FIELDS: dict[str, Any] = {
    "file": str, "bytes": int, "sha256": str, "vault_sha256": str, "office": str, "key": str, "made_at": str,
    "why": str, "program": str, "seal": str,
}  # fmt: skip


def sealed(manifest: Manifest, key: bytes) -> bool:
    """Tell whether a record was written by a holder of the key, and not changed since."""
    return hmac.compare_digest(_seal(manifest, key), manifest.seal)


def _seal(manifest: Manifest, key: bytes) -> str:
    fields = asdict(manifest) | {"seal": "", "format": "ccfs-backup", "version": _VERSION}
    return hmac.digest(vault.subkey(key, "backup"), canonical(fields), "sha256").hex()


def key_name(key: bytes) -> str:
    """Return what tells one general key from another and says nothing about either."""
    return vault.subkey(key, "backup-name").hex()[:16]


def office_id(key_file: Path) -> str:
    """Return the random id of an office from its key file; empty where that cannot be read."""
    try:
        return vault.Vault.load(key_file).office
    except UserError:
        return ""


def manifest_of(path: Path) -> Path:
    """Return where the record of a copy lies."""
    return path.with_suffix(".json")


def key_file_of(path: Path) -> Path:
    """Return where the key file of a copy lies."""
    return path.with_suffix(".vault.json")


def examine(path: Path, keys: dict[str, bytes]) -> Facts:
    """Read what is in a closed database, without changing a byte of it.

    Raises:
        UserError: the key does not fit, or the file is damaged.
    """
    engine = make_engine(path, keys, read_only=True)
    try:
        with reading(engine).connect() as connection:
            revision = connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()
            whole = _whole(connection, keys, records=revision == HEAD)
            head = trail.read_head(connection)
            return Facts(str(revision), head.seq, head.hash.hex(), head.code, whole, counts(connection))
    finally:
        engine.dispose()


def _whole(connection: Connection, keys: dict[str, bytes], *, records: bool) -> bool:
    try:
        verdict = verify.check(connection, trail.Trail(vault.lasting(keys, "audit")), records=records)
        return verdict.whole and not connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    except DatabaseError:  # tables that are not what their version says: kept, but not vouched for
        return False


def head_of(path: Path, keys: dict[str, bytes], *, closed: bool = False) -> str:
    """Return the newest link of the trail of a database, SHA-256 in hexadecimal.

    Args:
        path: the database.
        keys: of the office.
        closed: nobody uses it, and it is left as it is.

    Raises:
        UserError: it is out of reach, the key does not fit, or the file is damaged.
    """
    if not path.exists():
        raise UserError(_("The office's folder “{folder}” is out of reach.").format(folder=path.parent))
    engine = make_engine(path, keys, read_only=closed)
    try:
        with reading(engine).connect() as connection:
            return trail.read_head(connection).hash.hex()
    finally:
        engine.dispose()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has; what is only an index of words does not count."""
    names = [n for n in inspect(connection).get_table_names() if n != "alembic_version" and "_words" not in n]
    return {name: _count(connection, name) for name in names}


def _count(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()


def readable(path: Path, key: bytes) -> bool:
    """Tell whether a closed database opens and is whole."""
    try:
        raw = sqlcipher.connect(str(path), isolation_level=None)
        try:
            raw.execute("PRAGMA cipher_log_level=NONE")
            raw.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            damaged = raw.execute("PRAGMA cipher_integrity_check").fetchall()
            return not damaged and raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        finally:
            raw.close()
    except sqlcipher.DatabaseError:
        return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let only one program at a time make, rotate or restore copies.

    Raises:
        Busy: another one is at it, and does not finish.
    """
    lock, until = places.OfficeLock(folder), time.monotonic() + _PATIENCE_SECONDS
    while not lock.acquire():
        if time.monotonic() > until:
            raise Busy(_("Another program is backing up this office at the moment. Please try again in a minute."))
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()


def sweep(folder: Path) -> None:
    """Clear away what a killed program left: drafts, and records whose copy was never finished. Call it alone."""
    for path in folder.glob(".office-*"):
        path.unlink(missing_ok=True)
    for path in [*folder.glob("office-*.json"), *folder.glob("office-*.json.new")]:
        if not (folder / f"{path.name.partition('.')[0]}.db").exists():
            path.unlink(missing_ok=True)


def remove(copy: Path) -> None:
    """Delete a copy, then what lies beside it."""
    for path in (copy, manifest_of(copy), key_file_of(copy)):
        path.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the hash of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Make sure that a file is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _copy(source: Path, key: bytes, draft: Path) -> None:
    live = connect(source, key)
    copy = sqlcipher.connect(str(draft), isolation_level=None)
    try:
        copy.execute("PRAGMA cipher_log_level=NONE")
        copy.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file that needs no other
    finally:
        copy.close()
        live.close()


def _full() -> UserError:
    return UserError(
        _("There is not enough free disk space for a backup. Free some space and try again; earlier copies are kept.")
    )


@contextmanager
def _spoken(folder: Path) -> Iterator[None]:
    """Say in words what keeps a copy from being written."""
    try:
        yield
    except (OSError, sqlcipher.DatabaseError) as error:
        if "full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
            raise _full() from None
        raise UserError(
            _(
                "The backup could not be written to “{folder}”: it is out of reach, or its disk is full or damaged. "
                "Earlier copies are kept."
            ).format(folder=folder)
        ) from error
