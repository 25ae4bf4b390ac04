"""The register of incidents for an auditor: every number, nobody's name; and how often something happens."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from ccfs_desktop.models.season import Season
from ccfs_desktop.services import incident_list, intervals, roles, statistics
from ccfs_desktop.services.incident_list import Row, State
from ccfs_desktop.services.incident_signing import GRAVE
from ccfs_desktop.services.intervals import Interval
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right

PER = 1000
"""Child-hours of the rate. Source: domain.md 6.7, K12."""


@dataclass(frozen=True)
class RegisterRow:
    """One number of the register. Marked messages are translated on paper."""

    number: str
    day: date
    at: time | None
    kind: str
    place: str
    severity: int
    children: int
    waiting: int
    """Children whose parents must be informed and are not."""
    state: str
    signed_by: str = ""
    approved_by: str = ""
    discarded: bool = False


@dataclass(frozen=True)
class Rate:
    """So many incidents in so many child-hours."""

    count: int
    hours: float
    interval: Interval
    """Exact 95-per-cent interval of the count."""

    def per(self, count: float) -> float:
        """Return a count for each 1,000 child-hours."""
        return PER * count / self.hours if self.hours else 0.0


@dataclass(frozen=True)
class IncidentRegister:
    """The incidents of a season until a day."""

    letterhead: Letterhead
    first: date
    """The season's first day: child-hours are counted from it."""
    until: date
    rows: tuple[RegisterRow, ...]
    kinds: tuple[tuple[str, int], ...]
    """Marked kind and how many, most first; discarded ones are not counted."""
    every: Rate
    grave: Rate
    """Those that needed a clinic or more."""
    note: str = ""
    """What limits the child-hours, translated."""
    audit_head: str = ""


def read(session: Session, season: Season, until: date, head: Letterhead, *, audit_head: str = "") -> IncidentRegister:
    """Return the register of a season until a day, oldest number first.

    Args:
        session: an open session.
        season: the season.
        until: the last day.
        head: of the paper.
        audit_head: the newest link of the trail.

    Raises:
        UserError: this role may not see incidents.
    """
    found = [row for row in incident_list.rows(session, season) if row.day <= until]
    counted = [row for row in found if row.state is not State.DISCARDED]
    hours = next(one for one in statistics.figures(session, season, until) if one.id == "K07")
    kinds = Counter(row.kind.word for row in counted)
    return IncidentRegister(
        letterhead=head, first=season.first_day, until=until,
        rows=tuple(_row(row) for row in sorted(found, key=lambda r: r.number)),
        kinds=tuple(kinds.most_common()), every=_rate(len(counted), hours.numerator),
        grave=_rate(sum(1 for row in counted if row.severity >= GRAVE), hours.numerator), note=hours.note,
        audit_head=audit_head,
    )  # fmt: skip


def _rate(count: int, hours: float) -> Rate:
    """Return a rate with its exact interval. Source: domain.md 6.7, K12; 6.8."""
    return Rate(count, hours, intervals.poisson(count))


def _row(row: Row) -> RegisterRow:
    state = State.UNSIGNED if row.state is State.DRAFT else row.state
    return RegisterRow(
        row.number, row.day, row.at, row.kind.word, row.place.word, row.severity, row.children, row.waiting,
        incident_list.STATE_WORDS[state], row.signed_by, row.approved_by, discarded=row.state is State.DISCARDED,
    )  # fmt: skip


roles.guard(globals(), Right.INCIDENTS, {})
