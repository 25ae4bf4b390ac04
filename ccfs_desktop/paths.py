"""Where the program's own files lie, and where it may keep the user's."""

import os
import sys
from pathlib import Path


def resource(name: str) -> Path:
    """Return the path of a shipped file.

    Args:
        name: path below ``resources/`` with forward slashes, such as ``icons/child.svg``.
    """
    return _root() / name


def _root() -> Path:
    """Find ``resources/``: beside a frozen program, inside a wheel, or at the top of the source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / "resources"
    inside = Path(__file__).parent / "resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def settings_dir() -> Path:
    """Return the folder of this person's settings on this PC (``CCFS_HOME`` overrides it)."""
    return _home("APPDATA", Path.home() / ".config")


def data_dir() -> Path:
    """Return the folder where offices and logs are kept unless the user chooses another."""
    return _home("LOCALAPPDATA", Path.home() / ".local" / "share")


def _home(variable: str, fallback: Path) -> Path:
    chosen = os.environ.get("CCFS_HOME")
    if chosen:
        return Path(chosen)
    base = os.environ.get(variable) if sys.platform == "win32" else None
    return (Path(base) if base else fallback) / "CCFS Desktop"
