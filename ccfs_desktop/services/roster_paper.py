"""What the wall roster shows: a week by person and day, what is needed against what is planned, who published it.

Why somebody is away is not posted on a wall; that the person is away is.

Source: domain.md 8.7
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from ccfs_desktop.services.papers import Letterhead


class Mark(enum.StrEnum):
    """What stands beside a name, or in a cell where it holds on some days only."""

    FIRST_AIDER = "first-aider"
    KEYHOLDER = "keyholder"
    NOT_COUNTED = "not-counted"
    """Does not count towards the ratio."""


@dataclass(frozen=True)
class WallPart:
    """A stretch of a shift that is not spent with its group."""

    starts: time
    ends: time
    group: int | None = None
    """In which other group, counted from 0; None for a break or an errand."""
    errand: bool = False


@dataclass(frozen=True)
class WallShift:
    """One shift in a cell."""

    starts: time
    ends: time
    group: int | None = None
    """The group, counted from 0; None for none."""
    parts: tuple[WallPart, ...] = ()


@dataclass(frozen=True)
class WallCell:
    """One person on one day."""

    shifts: tuple[WallShift, ...] = ()
    away: bool = False
    marks: frozenset[Mark] = frozenset()
    """What holds on this day."""


@dataclass(frozen=True)
class WallRow:
    """One person's week."""

    name: str
    role: tuple[str, ...] = ()
    """In the languages of the paper, the first one loudest."""
    cells: tuple[WallCell, ...] = ()
    """One for each day of the roster."""
    minutes: int = 0
    """Of work, without breaks."""

    @property
    def marks(self) -> frozenset[Mark]:
        """What holds on every day the person works; on every day where there is no shift at all."""
        working = [cell.marks for cell in self.cells if cell.shifts] or [cell.marks for cell in self.cells]
        return frozenset.intersection(*working) if working else frozenset()


@dataclass(frozen=True)
class WallDay:
    """One day's head and foot."""

    day: date
    opens: time | None = None
    closes: time | None = None
    required: int = 0
    """Adults needed, and below planned, in the quarter hour that is tightest."""
    planned: int = 0
    short: tuple[tuple[time, time], ...] = ()
    """From when to when adults are missing in some group."""
    lacks: tuple[str, ...] = ()
    """Who must always be there and is not, with the times, ready to be read."""


@dataclass(frozen=True)
class WallRoster:
    """The roster of a week for the wall."""

    letterhead: Letterhead
    monday: date
    days: tuple[WallDay, ...]
    groups: tuple[str, ...]
    rows: tuple[WallRow, ...]
    published_by: str = ""
    """Empty for a draft."""
    published_at: datetime | None = None
    approved_by: str = ""
    """Who published it although it is short."""
    reason: str = ""
    breach_minutes: int = 0
    """Minutes short when it was published."""
    changed: tuple[str, ...] = ()
    """What differs from what was published, as sentences."""
