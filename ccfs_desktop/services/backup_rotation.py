"""Which copies are kept: enough days, weeks and months to go back, and never too few. Source: security.md 4.3."""

import contextlib
import enum
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from pathlib import Path

from ccfs_desktop.db import backup
from ccfs_desktop.db.backup import Copy, Why
from ccfs_desktop.i18n import N_

NEWEST = 3
"""However old they are, this many are never deleted."""


class Kept(enum.StrEnum):
    """What a copy is kept as."""

    NEWEST = "newest"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ALWAYS = "always"

    @property
    def word(self) -> str:
        """The same for people, marked."""
        return _WORDS[self]


_WORDS = {
    Kept.NEWEST: N_("newest"),
    Kept.DAILY: N_("daily"),
    Kept.WEEKLY: N_("weekly"),
    Kept.MONTHLY: N_("monthly"),
    Kept.ALWAYS: N_("for good"),
}

_RULES: tuple[tuple[Kept, int, Callable[[datetime], Hashable]], ...] = (
    (Kept.DAILY, 7, lambda at: at.date()),
    (Kept.WEEKLY, 5, lambda at: at.isocalendar()[:2]),
    (Kept.MONTHLY, 12, lambda at: (at.year, at.month)),
)
"""Seven days, five weeks, twelve months: the last copy of each. Source: security.md 4.3."""


def kept_as(made: Sequence[datetime]) -> list[tuple[Kept, ...]]:
    """Return for each copy what it is kept as; nothing for one that may go.

    Args:
        made: when the copies were made, by the clock on the wall, newest first.
    """
    kept: list[list[Kept]] = [[Kept.NEWEST] if place < NEWEST else [] for place in range(len(made))]
    for name, most, period in _RULES:
        seen: set[Hashable] = set()
        for place, at in enumerate(made):
            if period(at) not in seen and len(seen) < most:
                seen.add(period(at))
                kept[place].append(name)
    return [tuple(names) for names in kept]


def standing(copies: Sequence[Copy]) -> dict[str, tuple[Kept, ...]]:
    """Return for each copy, by its file's name, what it is kept as.

    What a restore replaced is kept for good. A copy whose trail is not whole counts by itself, the newest three of
    them: it must not push a good one out.

    Args:
        copies: newest first.
    """
    found: dict[str, tuple[Kept, ...]] = {}
    good = [c for c in copies if c.manifest.why != Why.RESTORE and c.manifest.facts.whole]
    for copy, names in zip(good, kept_as([c.manifest.made for c in good]), strict=True):
        found[copy.path.name] = names
    doubtful = [c for c in copies if c.manifest.why != Why.RESTORE and not c.manifest.facts.whole]
    for place, copy in enumerate(doubtful):
        found[copy.path.name] = (Kept.NEWEST,) if place < NEWEST else ()
    return {c.path.name: (Kept.ALWAYS,) for c in copies if c.manifest.why == Why.RESTORE} | found


def rotate(folder: Path) -> int:
    """Delete the copies in a folder that are kept as nothing; return how many. A copy without a record stays."""
    copies = backup.copies(folder)
    kept = standing(copies)
    gone = [copy for copy in copies if not kept[copy.path.name]]
    for copy in gone:
        with contextlib.suppress(OSError):  # read-only, or just pulled out: the next time
            backup.remove(copy.path)
    return len(gone)
