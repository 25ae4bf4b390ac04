"""Wrong passwords: each makes the next try wait a little longer, and all are told at the next good one.

A counter in a file stops a colleague, not a thief with the disk: that is what Argon2 is for. Nobody is ever locked out
for good, or one prank would close the office.
"""

import contextlib
import hashlib
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import ngettext
from ccfs_desktop.vault import durable
from ccfs_desktop.vault.keys import STANDARD, Argon, Unlocked, fold
from ccfs_desktop.vault.slot import mapping, text
from ccfs_desktop.vault.vault import Vault, WrongPassword

_LONGEST_WAIT = timedelta(seconds=300)
_FREE = 3
_MOST_NAMES, _MOST_TIMES, _MOST_BYTES = 200, 100, 1_000_000


@dataclass(frozen=True)
class FailedTry:
    """One wrong password."""

    user: str
    """Empty when no such user exists: people type passwords into the wrong box, so unknown names are not kept."""
    at: datetime
    """In UTC."""


class Tries:
    """The failed tries of one office, kept in ``tries.json`` beside its vault."""

    def __init__(self, vault: Vault) -> None:
        """Read what is known; a file that is missing or damaged counts as none."""
        self._vault = vault
        self._path = vault.path.with_name("tries.json")
        self._counts: dict[str, tuple[int, datetime]] = {}
        self._untold: list[FailedTry] = []
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            self._read()

    def wait(self, user: str, now: datetime | None = None) -> timedelta:
        """Return how long this user has to wait before the next try: 0, 0, 0, 2, 4, 8 … 300 seconds."""
        count, last = self._counts.get(self._key(user), (0, datetime.min.replace(tzinfo=UTC)))
        pause = _pause(count)
        # A clock put back must not make anybody wait longer than the pause itself.
        return min(pause, max(timedelta(), last + pause - (now or datetime.now(UTC))))

    def failed(self, user: str, now: datetime | None = None) -> None:
        """Count a wrong password."""
        at = now or datetime.now(UTC)
        key = self._key(user)
        count, _last = self._counts.pop(key, (0, at))
        self._counts[key] = (count + 1, at)
        known = next((other.name for other in self._vault.users if fold(other.name) == fold(user)), "")
        self._untold.append(FailedTry(known, at))
        self._save()

    def succeeded(self, user: str) -> tuple[FailedTry, ...]:
        """Forget this user's count and hand over everybody's failed tries, for the audit trail."""
        told = tuple(self._untold)
        if self._counts.pop(self._key(user), None) is not None or told:
            self._untold = []
            self._save()
        return told

    def _key(self, user: str) -> str:
        return hashlib.sha256(f"{self._vault.office}/{fold(user)}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _read(self) -> None:
        fields = mapping(json.loads(durable.read(self._path, _MOST_BYTES)))
        for key, raw in mapping(fields["counts"]).items():
            entry = mapping(raw)
            self._counts[key] = (int(text(entry["count"])), min(_moment(entry["last"]), datetime.now(UTC)))
        untold = fields["untold"]
        for raw in untold if isinstance(untold, list) else []:
            entry = mapping(raw)
            self._untold.append(FailedTry(text(entry["user"]), _moment(entry["at"])))

    def _save(self) -> None:
        """Write the file; where that fails the counts live on in memory."""
        self._counts = dict(list(self._counts.items())[-_MOST_NAMES:])
        self._untold = self._untold[-_MOST_TIMES:]
        counts = {key: {"count": str(count), "last": last.isoformat()} for key, (count, last) in self._counts.items()}
        untold = [{"user": one.user, "at": one.at.isoformat()} for one in self._untold]
        with contextlib.suppress(OSError):
            durable.replace(self._path, json.dumps({"counts": counts, "untold": untold}, indent=1).encode())


def enter(path: Path, user: str, password: str, *, argon: Argon = STANDARD) -> tuple[Unlocked, tuple[FailedTry, ...]]:
    """Open the vault with a password, as fast as earlier tries allow.

    Returns:
        Who is in, and the failed tries since the last good one, which belong into the audit trail.

    Raises:
        WrongPassword: user or password is not right.
        UserError: it is too early for another try.
    """
    vault = Vault.load(path, argon=argon)
    tries = Tries(vault)
    seconds = math.ceil(tries.wait(user).total_seconds())
    if seconds:
        raise UserError(
            ngettext(
                "Please wait {seconds} second before the next try.",
                "Please wait {seconds} seconds before the next try.",
                seconds,
            ).format(seconds=seconds)
        )
    try:
        unlocked = vault.unlock(user, password)
    except WrongPassword:
        tries.failed(user)
        raise
    with contextlib.suppress(OSError):  # an office that can only be read is read
        vault.renew_slot(unlocked, password)
    return unlocked, tries.succeeded(user)


def _pause(count: int) -> timedelta:
    if count <= _FREE - 1:
        return timedelta()
    return min(_LONGEST_WAIT, timedelta(seconds=2 ** min(count - _FREE + 1, 16)))


def _moment(raw: object) -> datetime:
    moment = datetime.fromisoformat(text(raw))
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment
