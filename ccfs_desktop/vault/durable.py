"""A small file that is never half written, and whose twin stands in when the disk damages it."""

import os
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write line ends of its own


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
    new = path.with_name(path.name + ".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600), "wb") as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
