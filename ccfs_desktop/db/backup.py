"""Copies of the database that are known to open. Source: security.md 4.3."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from ccfs_desktop.db.driver import sqlcipher
from ccfs_desktop.db.engine import connect
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_SPARE = 64 << 20
_SIDES = ("", "-journal", "-wal", "-shm")


def backup(source: Path, key: bytes, folder: Path) -> Path:
    """Copy a live database: one consistent state, verified, under its final name only when good.

    Args:
        source: the database; may be in use.
        key: its general key; the copy is encrypted with the same.
        folder: where copies are kept; made when missing. ``vault.json`` is copied beside, as nothing opens without it.

    Returns:
        The finished copy.

    Raises:
        UserError: not enough free space, or the copy cannot be read back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < source.stat().st_size * 1.2 + _SPARE:
        raise UserError(_("There is not enough free disk space for a backup. Free some space and try again."))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    final, draft = folder / f"office-{stamp}.db", folder / f".office-{stamp}.tmp"
    try:
        _copy(source, key, draft)
        if not readable(draft, key):
            raise UserError(_("The backup could not be read back. Check the disk; nothing was changed."))
        _sync(draft)
        draft.replace(final)
        _sync_folder(folder)
    finally:
        for side in _SIDES:
            draft.with_name(draft.name + side).unlink(missing_ok=True)
    vault = source.with_name("vault.json")
    if vault.exists():
        shutil.copyfile(vault, final.with_suffix(".vault.json"))
    return final


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


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
