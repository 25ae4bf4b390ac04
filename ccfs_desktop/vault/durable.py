"""A small file that is never half written, and whose twin stands in when the disk damages it."""

import os
import tempfile
from pathlib import Path


def twin(path: Path) -> Path:
    """Return where the second copy lies. It holds the same, not an earlier state: a removed user stays removed."""
    return path.with_name(path.name + ".bak")


def read(path: Path, most: int) -> bytes:
    """Read a small file.

    Raises:
        ValueError: it is larger than ``most`` bytes.
    """
    with path.open("rb") as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise ValueError("too large")
    return raw


def write(path: Path, raw: bytes) -> None:
    """Replace the file and then its twin; after a power cut each is whole, old or new."""
    replace(path, raw)
    replace(twin(path), raw)


def replace(path: Path, raw: bytes) -> None:
    """Replace one file at once, and make sure it is on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
