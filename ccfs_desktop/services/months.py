"""The month at a glance: children × open days, with who came, who did not and why."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.services import roles, statistics
from ccfs_desktop.services.roles import Right


class Mark(enum.Enum):
    """What one square of the month says."""

    CAME = "came"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    """Expected, and nothing is on record."""
    NOT_EXPECTED = "not-expected"


@dataclass(frozen=True)
class Square:
    """One child on one day."""

    mark: Mark
    reason: AbsenceReason | None = None
    expected: bool = False


@dataclass(frozen=True)
class MonthRow:
    """One child's month."""

    child_id: int
    number: str
    name: str
    squares: tuple[Square, ...]
    came: int
    expected: int


@dataclass(frozen=True)
class Month:
    """Children × open days of a month, up to today."""

    year: int
    month: int
    days: tuple[date, ...]
    rows: tuple[MonthRow, ...]
    present: tuple[int, ...]
    """Children who came, by day."""
    figures: tuple[statistics.Figure, ...]
    """The attendance rate and the average daily attendance of these days."""


def month(session: Session, season: Season, year: int, number: int, *, until: date) -> Month:
    """Return the month at a glance; the future is left out: nobody is absent before the day is over.

    Args:
        session: an open session.
        season: the season.
        year: the year.
        number: the month, from 1.
        until: the last day to show.
    """
    facts = statistics.gather(session, season, until)
    days = tuple(d for d in facts.open_days if (d.year, d.month) == (year, number))
    within = set(days)
    shown = [d for d in facts.days if (d.expected | d.attended | set(d.absent)) & within]
    shown.sort(key=lambda d: (len(d.enrolment.number), d.enrolment.number))
    rows = tuple(_month_row(d, days) for d in shown)
    present = tuple(sum(1 for r in rows if r.squares[n].mark is Mark.CAME) for n in range(len(days)))
    came, expected = sum(r.came for r in rows), sum(r.expected for r in rows)
    rates = (statistics.rate(came, expected), statistics.daily(sum(present), len(days)))
    return Month(year, number, days, rows, present, rates)


def _month_row(child: statistics.Days, days: Sequence[date]) -> MonthRow:
    squares = tuple(_square(child, day) for day in days)
    return MonthRow(
        child_id=child.child.id,
        number=child.enrolment.number,
        name=child.child.name,
        squares=squares,
        came=sum(1 for s in squares if s.mark is Mark.CAME and s.expected),
        expected=sum(1 for s in squares if s.expected),
    )


def _square(child: statistics.Days, day: date) -> Square:
    expected = day in child.expected
    if day in child.attended:
        return Square(Mark.CAME, expected=expected)
    if day in child.absent:
        return Square(Mark.ABSENT, child.absent[day], expected)
    return Square(Mark.UNKNOWN if expected else Mark.NOT_EXPECTED, expected=expected)


roles.guard(globals(), Right.REGISTER, {})
