"""One open window per office. The system drops the lock when the program ends, however it ends: none goes stale."""

import hashlib
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OfficeLock:
    """Held by the program that has the office open in a window."""

    def __init__(self, folder: Path) -> None:
        """Name the office; nothing is locked yet."""
        self._path = folder / "office.lock"
        self._handle: int | None = None
        key = os.path.normcase(folder.resolve())
        self.address = "ccfs-" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        """Name of the local socket on which the holder can be asked to come to the front."""

    def acquire(self) -> bool:
        """Take the lock; False when another program holds it."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _try(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Give the lock back; the empty file stays, for deleting it would race with the next holder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
