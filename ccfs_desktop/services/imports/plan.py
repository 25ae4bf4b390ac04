"""What will become of each row of a list, before anything is written."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.services.listing import ListRead


class Outcome(enum.StrEnum):
    """What happens to a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    ATTENTION = "attention"


@dataclass(frozen=True)
class Remark:
    """A finished sentence about one cell of a row."""

    row: int
    """As Excel numbers it."""
    field: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {"row": self.row, "field": self.field, "reason": self.reason}


@dataclass
class PlannedRow:
    """One row and what will become of it."""

    row: int
    values: dict[str, Any]
    outcome: Outcome
    remarks: list[Remark] = field(default_factory=list[Remark])
    """Why it is doubtful, a duplicate, or imported with a warning."""
    target: int | None = None
    """The record it changes or repeats."""
    twin_row: int | None = None
    """The row of this file that a duplicate repeats."""
    changes: dict[str, Any] = field(default_factory=dict[str, Any])
    """Field → new value, for a record that exists."""

    @property
    def goes_in(self) -> bool:
        """Whether it is written."""
        return self.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.SAME}


@dataclass
class Plan:
    """What will become of a list."""

    kind: ListKind
    read: ListRead
    rows: list[PlannedRow]
    notes: list[str] = field(default_factory=list[str])
    """What was decided for the whole list, in words."""
    gone: list[int] = field(default_factory=list[int])
    """Workers of the earlier list who are not in this one."""

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return sum(1 for r in self.rows if r.outcome is outcome)

    def remarks(self, *outcomes: Outcome) -> Iterator[Remark]:
        """Return the remarks of the rows with these outcomes, in row order."""
        for row in self.rows:
            if row.outcome in outcomes:
                yield from row.remarks

    def as_dict(self) -> dict[str, Any]:
        """Return what ``import --json`` prints."""
        going_in = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
        return {
            "rows": len(self.rows),
            "imported": self.count(Outcome.NEW),
            "updated": self.count(Outcome.CHANGED),
            "unchanged": self.count(Outcome.SAME),
            "warnings": [r.as_dict() for r in self.remarks(*going_in)],
            "duplicates": [r.as_dict() for r in self.remarks(Outcome.DUPLICATE)],
            "needs_attention": [r.as_dict() for r in self.remarks(Outcome.ATTENTION)],
            "notes": [*self.read.notes, *self.notes],
        }
