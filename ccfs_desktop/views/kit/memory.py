"""What the window remembers from one day to the next: places, widths, the printer. Never a person's data."""

from typing import TypeVar

from PySide6.QtCore import QSettings

from ccfs_desktop import paths

T = TypeVar("T")


def recall(name: str, default: T) -> T:
    """Return what was kept under a name, if it still is of the same kind."""
    value = _store().value(name, default)
    return value if isinstance(value, type(default)) else default


def keep(name: str, value: object) -> None:
    """Keep something under a name until next time."""
    _store().setValue(name, value)


def _store() -> QSettings:
    return QSettings(str(paths.settings_dir() / "window.ini"), QSettings.Format.IniFormat)
