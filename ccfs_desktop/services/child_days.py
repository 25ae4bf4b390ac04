"""One child's days: when it came, when not, and why. Source: domain.md 6.7, K04."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence, AbsenceReason, Visit
from ccfs_desktop.services import roles, seasons
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class ChildDay:
    """One day of one child: it came, or was expected and did not."""

    day: date
    visits: tuple[Visit, ...]
    absence: AbsenceReason | None
    expected: bool


@dataclass(frozen=True)
class ChildDays:
    """A child's days up to a certain day, newest first."""

    days: tuple[ChildDay, ...]

    @property
    def expected(self) -> int:
        """Open days on which the child was expected; announced time away is not counted."""
        return sum(1 for d in self.days if d.expected)

    @property
    def attended(self) -> int:
        """Expected days on which the child came."""
        return sum(1 for d in self.days if d.expected and d.visits)

    @property
    def excused(self) -> int:
        """Expected days missed for a reason that was given."""
        return sum(1 for d in self.days if d.expected and not d.visits and d.absence and d.absence.excused)

    @property
    def unexplained(self) -> int:
        """Expected days missed without a word."""
        return self.expected - self.attended - self.excused


def read(session: Session, season: Season, enrolment: Enrolment, until: date) -> ChildDays:
    """Return a child's days of a season up to and including a day.

    Args:
        session: an open session.
        season: the season.
        enrolment: the child's stay.
        until: the last day that counts; days to come are left out.
    """
    of_child = (Visit.child_id == enrolment.child_id, Visit.season_id == season.id, Visit.day <= until)
    visits: dict[date, list[Visit]] = {}
    for visit in session.scalars(select(Visit).where(*of_child).order_by(Visit.day, Visit.arrived, Visit.id)):
        visits.setdefault(visit.day, []).append(visit)
    absences = session.scalars(
        select(Absence).where(Absence.child_id == enrolment.child_id, Absence.season_id == season.id)
    ).all()
    expected = {d for d in seasons.open_days(session, season, until) if enrolment.expects(d)}
    days: list[ChildDay] = []
    for day in sorted(expected | visits.keys(), reverse=True):
        absence = next((a for a in absences if a.first_day <= day <= a.last_day), None)
        away = absence is not None and absence.planned and absence.reason is AbsenceReason.HOLIDAY
        reason = absence.reason if absence else None
        days.append(ChildDay(day, tuple(visits.get(day, ())), reason, day in expected and (day in visits or not away)))
    return ChildDays(tuple(days))


roles.guard(globals(), Right.FILES, {})
