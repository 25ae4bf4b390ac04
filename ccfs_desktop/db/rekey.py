"""Encrypting the office's database with a new key: a copy beside it that takes its place at once, or not at all.

The vault comes first and keeps the old key beside the new one. Killed at any moment, the office opens with whichever
of them fits the file, and whoever opens it next finishes. Source: security.md 1.3 (traps 1 and 2), 2.2 and 4.1.
"""

import os
import shutil
from pathlib import Path
from typing import Any

from ccfs_desktop.db.backup import SIDES, readable, sync, sync_folder
from ccfs_desktop.db.database import Database
from ccfs_desktop.db.driver import sqlcipher
from ccfs_desktop.db.engine import connect
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_SPARE = 64 << 20
_DRAFT = ".rekeyed"


def finish(db: Database) -> None:
    """Encrypt the database with the key it is to have, if that is not the one it has.

    Args:
        db: the office; nobody else may have its database open. Meanwhile it can be neither read nor written.

    Raises:
        UserError: another program has it open, there is no room for the copy, or the copy cannot be read back. The
            database is as before, and opens as before.
    """
    if db.awaited_key is None or not isinstance(db.target, Path):
        return
    old, new = db.keys["general"], db.awaited_key
    with db.moving():
        _rekey(db.target, old, new)


def _rekey(path: Path, old: bytes, new: bytes) -> None:
    draft = path.with_name(path.name + _DRAFT)
    forget(draft)
    if shutil.disk_usage(path.parent).free < path.stat().st_size * 1.2 + _SPARE:
        raise UserError(_("There is not enough free disk space to change the keys. Free some space and try again."))
    live = None
    try:
        live = _alone(path, old)
        _copy(live, draft, new)
        if not readable(draft, new):
            raise UserError(_("The new copy of the data could not be read back. Check the disk; nothing was changed."))
        sync(draft)
        if os.name != "posix":  # Windows moves nothing onto a file that is open
            live.close()
        draft.replace(path)
        sync_folder(path.parent)
    except sqlcipher.OperationalError as error:
        raise _taken() if "locked" in str(error) else error from None
    finally:
        if live is not None:
            live.close()
        forget(draft)


def forget(draft: Path) -> None:
    """Remove a copy that was not finished, such as one of a program that was killed."""
    for side in ("", *SIDES):
        draft.with_name(draft.name + side).unlink(missing_ok=True)


def _alone(path: Path, key: bytes) -> Any:
    """Open a database with all that is written in the one file, and keep everybody else out."""
    live = connect(path, key)
    try:
        live.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        if live.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise _taken()
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")  # in this mode the lock stays
    except BaseException:
        live.close()
        raise
    return live


def _copy(live: Any, draft: Path, new: bytes) -> None:
    copy = sqlcipher.connect(str(draft), isolation_level=None)
    try:
        copy.execute("PRAGMA cipher_log_level=NONE")
        copy.execute(f"PRAGMA key=\"x'{new.hex()}'\"")
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
    finally:
        copy.close()


def _taken() -> UserError:
    return UserError(_("Another program has this office open. Please close it there first. Nothing was changed."))
