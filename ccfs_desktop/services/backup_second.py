"""The second medium: a folder that somebody names, such as a USB stick. One copy on the same disk is none.

Source: security.md 4.3.
"""

import errno
import hashlib
import os
import shutil
from pathlib import Path

from ccfs_desktop.db import backup
from ccfs_desktop.db.backup import Copy
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services import backup_rotation

_SPARE = 16 << 20


def place(office: Path, chosen: Path) -> Path:
    """Return where the copies of an office lie in the folder somebody chose: several offices may share it."""
    known = backup.office_id(office / "vault.json") or hashlib.sha256(str(office.absolute()).encode()).hexdigest()
    return chosen / f"{office.name} {known[:6]}"


def office_name(source: Path) -> str:
    """Return how the office of a copy was called, by the folder the copy lies in: here, or on a second medium."""
    if source.parent.name == "backups":
        return source.parent.parent.name
    name, _blank, known = source.parent.name.rpartition(" ")
    return name if len(known) == 6 and name else source.parent.name


def key_file_of(source: Path) -> Path:
    """Return where the key file of a copy lies: with it and a password the copy opens on any PC."""
    return backup.key_file_of(source)


def reachable(chosen: Path | None) -> bool:
    """Tell whether the second medium is plugged in."""
    try:
        return chosen is not None and chosen.is_dir()
    except OSError:
        return False


def check(office: Path, chosen: Path) -> str:
    """Look at a folder before it is chosen.

    Returns:
        What should be known about it, as a sentence; empty when it is a good place.

    Raises:
        UserError: it is out of reach, or lies in the office's own folder.
    """
    if not reachable(chosen):
        raise _out_of_reach(chosen)
    if chosen.resolve().is_relative_to(office.resolve()):
        raise UserError(_("This folder lies in the office itself. Choose one on another disk, such as a USB stick."))
    if chosen.stat().st_dev == office.stat().st_dev:
        return _("This folder is on the same disk as the office: when the disk fails, both are lost.")
    return ""


def copy_to(copy: Copy, office: Path, chosen: Path) -> bool:
    """Put a copy on the second medium, read it back, and rotate what is there.

    Args:
        copy: a finished copy.
        office: the office's folder.
        chosen: the folder somebody named.

    Returns:
        Whether it had to be copied; False when it was there already.

    Raises:
        UserError: it is out of reach or full, or what was written cannot be read back. What is there stays.
    """
    if not reachable(chosen):
        raise _out_of_reach(chosen)
    try:
        folder = place(office, chosen)
        folder.mkdir(exist_ok=True)
        backup.sweep(folder)
        final = folder / copy.path.name
        if final.exists() and backup.read_manifest(final) == copy.manifest:
            return False
        if shutil.disk_usage(folder).free < copy.manifest.bytes + _SPARE:
            raise _full(chosen)
        _bring(copy, final)
        backup_rotation.rotate(folder)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _full(chosen) from None
        raise UserError(
            _("The copy could not be written to “{folder}”: {reason}. What is there stays.").format(
                folder=chosen, reason=os.strerror(error.errno or errno.EIO)
            )
        ) from None
    return True


def _bring(copy: Copy, final: Path) -> None:
    draft = final.with_name(f".{final.stem}.tmp")
    try:
        shutil.copyfile(copy.path, draft)
        backup.sync(draft)
        if backup.sha256(draft) != copy.manifest.sha256:
            raise UserError(_("What was written to the second medium cannot be read back. Take another stick or disk."))
        key_file = backup.key_file_of(copy.path)
        backup.write_beside(Copy(final, copy.manifest), key_file.read_bytes() if key_file.exists() else b"")
        draft.replace(final)
        backup.sync_folder(final.parent)
    finally:
        draft.unlink(missing_ok=True)


def _full(chosen: Path) -> UserError:
    return UserError(
        _("There is not enough free space in “{folder}”. Free some space and try again.").format(folder=chosen)
    )


def _out_of_reach(chosen: Path) -> UserError:
    return UserError(_("The second medium “{folder}” is not plugged in.").format(folder=chosen))
