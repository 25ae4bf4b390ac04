"""Room on the disk: warned before it runs out, refused before it harms."""

import os
from dataclasses import dataclass
from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_MB = 1024 * 1024
_WARN_MB, _REFUSE_MB, _BALLAST_MB = 500, 50, 20


@dataclass(frozen=True)
class Space:
    """Room left on the disk of an office."""

    free_mb: int

    @property
    def is_low(self) -> bool:
        """Whether somebody should make room soon."""
        return self.free_mb < _WARN_MB

    @property
    def is_full(self) -> bool:
        """Whether nothing more may be written."""
        return self.free_mb < _REFUSE_MB

    @property
    def sentence(self) -> str:
        """What to tell the user; empty when there is room enough."""
        if self.is_full:
            return _(
                "The disk is full: {free} MB are left and {needed} MB are needed. Nothing was changed. "
                "Please delete files you no longer need, then try again."
            ).format(free=self.free_mb, needed=_REFUSE_MB)
        if self.is_low:
            return _("Only {free} MB are left on the disk. Please make room soon.").format(free=self.free_mb)
        return ""


def check_space(path: Path) -> Space:
    """Return how much room there is on the disk of an existing folder."""
    import shutil  # noqa: PLC0415 (brings every compression along; the login needs none)

    return Space(shutil.disk_usage(path).free // _MB)


def require_space(path: Path) -> None:
    """Make sure there is room for writing.

    Raises:
        UserError: the disk is full.
    """
    space = check_space(path)
    if space.is_full:
        raise UserError(space.sentence)


def keep_ballast(folder: Path) -> None:
    """Keep 20 MB aside. On a full disk even deleting a record needs room: then ``drop_ballast`` gives it back."""
    ballast = _ballast(folder)
    whole = ballast.exists() and ballast.stat().st_size == _BALLAST_MB * _MB
    if whole or check_space(folder).is_low:
        return
    try:
        with ballast.open("wb") as stream:
            for _block in range(_BALLAST_MB):
                stream.write(os.urandom(_MB))  # a disk that compresses would keep no room for zeros
    except OSError:
        drop_ballast(folder)


def drop_ballast(folder: Path) -> None:
    """Give the room back."""
    _ballast(folder).unlink(missing_ok=True)


def _ballast(folder: Path) -> Path:
    return folder / "room-to-spare"
