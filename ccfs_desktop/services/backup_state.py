"""What is remembered beside the copies: the second medium, the last rehearsal, the last failure; no paths."""

import contextlib
import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.tasks import Task
from ccfs_desktop.vault import durable

_FILE = "state.json"
_MOST_BYTES = 100_000
SECOND_DAYS = 7
"""After how many days the second medium is asked for. Source: security.md 4.3 (weekly)."""
REHEARSE_DAYS = 7
"""After how many days the program rehearses a restore by itself. Source: security.md 4.3; the week is ours."""
OVERDUE_DAYS = 14
"""After how many days without a rehearsal somebody is told. Ours: a week's grace for a PC that was off."""


@dataclass(frozen=True)
class State:
    """All that is remembered; times are ISO 8601 in UTC, empty for never."""

    second_at: str = ""
    """When a copy last went to the second medium."""
    second_file: str = ""
    rehearsed_at: str = ""
    rehearsed_file: str = ""
    rehearsed_well: bool = False
    rehearsed_told: str = ""
    """What was found, as a sentence."""
    failed_at: str = ""
    """When the program's own backup last failed; empty once one has succeeded."""
    failed_told: str = ""


def load(copies: Path) -> State:
    """Read what is remembered; a missing or damaged file counts as nothing."""
    known: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError, TypeError, RecursionError):
        held = json.loads(durable.read(copies / _FILE, _MOST_BYTES))
        known = {f.name: held[f.name] for f in fields(State) if type(held.get(f.name)) is type(f.default)}
    state = State(**known)
    return state if all(_ago(at) is not None for at in (state.second_at, state.rehearsed_at) if at) else State()


def change(copies: Path, **changes: Any) -> State:
    """Remember something, and keep the rest; where that cannot be written it is forgotten."""
    state = replace(load(copies), **changes)
    with contextlib.suppress(OSError):
        durable.replace(copies / _FILE, json.dumps(asdict(state), indent=1, ensure_ascii=False).encode())
    return state


def now() -> str:
    """Return this moment as it is remembered; by the PC's own clock, as in the audit trail."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def days_since(at: str) -> int | None:
    """Return how many whole days ago something was; None for never."""
    ago = _ago(at)
    return None if ago is None else max(0, ago.days)


def rehearsal_due(state: State) -> bool:
    """Tell whether the program should rehearse by itself."""
    days = days_since(state.rehearsed_at)
    return days is None or days >= REHEARSE_DAYS


def tasks(copies: Path) -> list[Task]:
    """Return what about the backups needs somebody.

    Args:
        copies: the folder of the copies.
    """
    state = load(copies)
    return [*_failed(state), *_second(state), *_rehearsal(copies, state)]


def _task(sentence: str, *, urgent: bool) -> Task:
    return Task(sentence, urgent=urgent, page="settings", target={"part": "backups"})


def _failed(state: State) -> list[Task]:
    if not state.failed_at:
        return []
    told = _("The last backup was not made. {reason}").format(reason=state.failed_told)
    return [_task(told, urgent=True)]


def _second(state: State) -> list[Task]:
    days = days_since(state.second_at)
    if days is None:
        told = _("There is no backup outside this PC yet: choose a second medium, such as a USB stick.")
        return [_task(told, urgent=False)]
    if days <= SECOND_DAYS:
        return []
    told = ngettext(
        "The last backup on the second medium is {n} day old. Plug it in and back up.",
        "The last backup on the second medium is {n} days old. Plug it in and back up.",
        days,
    ).format(n=days)
    return [_task(told, urgent=False)]


def _rehearsal(copies: Path, state: State) -> list[Task]:
    if state.rehearsed_at and not state.rehearsed_well:
        told = _("The rehearsal of a restore failed. {reason}").format(reason=state.rehearsed_told)
        return [_task(told, urgent=True)]
    days = days_since(state.rehearsed_at) if state.rehearsed_at else _oldest(copies)
    if days is None or days <= OVERDUE_DAYS:
        return []
    told = ngettext(
        "No restore has been rehearsed for {n} day.", "No restore has been rehearsed for {n} days.", days
    ).format(n=days)
    return [_task(told, urgent=False)]


def _oldest(copies: Path) -> int | None:
    """Return for how many days there have been copies; None without any."""
    with contextlib.suppress(OSError, ValueError):
        names = sorted(path.name for path in copies.glob("office-*.db"))
        if names:
            made = datetime.strptime(names[0][7:15], "%Y%m%d").replace(tzinfo=UTC)
            return (datetime.now(UTC) - made).days
    return None


def _ago(at: str) -> timedelta | None:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return datetime.now(UTC) - moment if moment.tzinfo else None
