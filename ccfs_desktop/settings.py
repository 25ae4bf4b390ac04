"""What this person on this PC prefers. Nothing about children, and nothing an office needs."""

import json
import logging
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ccfs_desktop import paths

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """All settings, with what holds until somebody chooses otherwise."""

    language: str = ""
    """Code of the screen's language; empty until chosen at the first start."""
    theme: str = "system"
    """``system``, ``light`` or ``dark``."""
    auto_lock_minutes: int = 5
    """Minutes without key or mouse until the window locks, 1 to 60."""
    recent_offices: tuple[str, ...] = ()
    """Folders of the offices opened last, newest first."""
    last_user: str = ""
    """Who signed in last: the login window has the name ready."""
    backup_folder: str = ""
    """The second medium of this PC's backups, such as a USB stick; empty until chosen."""

    def __post_init__(self) -> None:
        """Keep numbers and words within what the program can do."""
        object.__setattr__(self, "auto_lock_minutes", min(60, max(1, self.auto_lock_minutes)))
        if self.theme not in ("system", "light", "dark"):
            object.__setattr__(self, "theme", "system")


_MOST_RECENT = 8


def load() -> Settings:
    """Read the settings. A broken file is put aside and the defaults hold; one bad value costs only itself."""
    path = _path()
    try:
        stored = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError):
        _put_aside(path)
        return Settings()
    return Settings(**_sound(stored))


def save(settings: Settings) -> None:
    """Write the settings; where that fails they hold until the program ends."""
    path = _path()
    lines = [f"{name} = {_toml(value)}" for name, value in asdict(settings).items()]
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text("\n".join(lines) + "\n", "utf-8")
        new.replace(path)
    except (OSError, ValueError):
        _log.warning("settings not saved")


def change(**changes: Any) -> Settings:
    """Change some settings and keep the others: ``change(theme="dark")``."""
    settings = replace(load(), **changes)
    save(settings)
    return settings


def remember_office(folder: Path) -> Settings:
    """Put an office at the head of the recent ones."""
    chosen = str(folder.absolute())
    others = [office for office in load().recent_offices if office != chosen]
    return change(recent_offices=(chosen, *others)[:_MOST_RECENT])


def forget_office(folder: str) -> Settings:
    """Take an office off the recent ones; the office itself stays where it is."""
    return change(recent_offices=tuple(office for office in load().recent_offices if office != folder))


def _path() -> Path:
    return paths.settings_dir() / "settings.toml"


def _put_aside(path: Path) -> None:
    _log.warning("settings not readable, put aside")
    try:
        path.replace(path.with_suffix(".broken"))
    except OSError:
        _log.warning("settings could not be put aside")


def _sound(stored: dict[str, Any]) -> dict[str, Any]:
    """Keep the values that have the type of their default."""
    stored = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    defaults = asdict(Settings())
    sound = {name: stored[name] for name in defaults if type(stored.get(name)) is type(defaults[name])}
    if not all(isinstance(office, str) for office in sound.get("recent_offices", ())):
        del sound["recent_offices"]
    return sound


def _toml(value: object) -> str:
    """Write a value as TOML; its strings, numbers and lists are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
