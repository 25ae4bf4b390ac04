"""Which doses are due today, late, or were never entered. Open to everybody on duty: no medicine is named.

Source: domain.md 2.9, given at the time asked for and logged at once.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.log import MedicineCourse, MedicineDose
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import medicine_rules, roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

GRACE = timedelta(minutes=30)
"""So long after its time a dose is late; ours."""
_DAYS_BACK = 7
"""So far back a dose that was never entered is asked for; ours."""


class Standing(enum.StrEnum):
    """How a planned dose stands."""

    AHEAD = "ahead"
    DUE = "due"
    LATE = "late"
    ENTERED = "entered"
    NOT_HERE = "not-here"
    """The child is not in the space at that time."""


@dataclass(frozen=True)
class Due:
    """One planned dose of a day."""

    course: MedicineCourse
    child_id: int
    child: str
    day: date
    planned: time
    standing: Standing
    dose: MedicineDose | None = None


def of_day(session: Session, season: Season, day: date, now: datetime | None = None) -> list[Due]:
    """Return the planned doses of a day, by their time.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        now: at which moment; this one unless given.
    """
    return _of_days(session, season, day, day, now or clock.now())


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return what medicine asks for: late doses, doses never entered, and a rest that nobody took back."""
    if not (roles.may(session, Right.DETAILS) or roles.may(session, Right.LOGS)):
        return []
    now = datetime.combine(day, clock.now().time())
    due = _of_days(session, season, day - timedelta(days=_DAYS_BACK), day, now)
    late = [one for one in due if one.standing is Standing.LATE]
    found = [
        Task(
            _("{name}: the dose of {time} is not entered.").format(name=one.child, time=f"{one.planned:%H:%M}"),
            urgent=True, page="safety", target={"place": "medicine", "course": one.course.id, "planned": one.planned},
        )
        for one in late
        if one.day == day
    ]  # fmt: skip
    if missing := sum(1 for one in late if one.day < day):
        sentence = ngettext(
            "{n} dose of the last days is not entered.", "{n} doses of the last days are not entered.", missing
        ).format(n=missing)
        found.append(Task(sentence, urgent=False, page="safety", target={"place": "medicine", "filter": "missing"}))
    return [*found, *_rests(session, season, day)]


def missing(session: Session, season: Season, day: date) -> list[Due]:
    """Return the doses of the last days, before this one, that were never entered although the child was here."""
    return never_entered(session, season, day - timedelta(days=_DAYS_BACK), day - timedelta(days=1))


def never_entered(session: Session, season: Season, first: date, last: date) -> list[Due]:
    """Return the doses of days that are over that were never entered although the child was here."""
    over = datetime.combine(last + timedelta(days=1), time.min)
    return [one for one in _of_days(session, season, first, last, over) if one.standing is Standing.LATE]


def _rests(session: Session, season: Season, day: date) -> list[Task]:
    """Courses that are over, the rest not returned, destroyed or used up. Source: domain.md 8.11."""
    query = (
        select(MedicineCourse.id, MedicineCourse.last_day, Child.name)
        .join(Child, Child.id == MedicineCourse.child_id)
        .where(
            MedicineCourse.season_id == season.id, MedicineCourse.ended.is_(None), MedicineCourse.last_day < day
        )
        .order_by(MedicineCourse.last_day, MedicineCourse.id)
    )  # fmt: skip
    return [
        Task(
            _("{name}: the medicine ended on {day}; its rest is not returned or destroyed.").format(
                name=name, day=last
            ),
            urgent=False,
            page="safety",
            target={"place": "medicine", "course": course_id},
        )
        for course_id, last, name in session.execute(query)
    ]


def _of_days(session: Session, season: Season, first: date, last: date, now: datetime) -> list[Due]:
    query = (
        select(MedicineCourse, Child.name)
        .join(Child, Child.id == MedicineCourse.child_id)
        .where(
            MedicineCourse.season_id == season.id, MedicineCourse.first_day <= last, MedicineCourse.last_day >= first,
            MedicineCourse.times != "", or_(MedicineCourse.ended_on.is_(None), MedicineCourse.ended_on >= first),
        )
    )  # fmt: skip
    courses = [(course, name) for course, name in session.execute(query)]
    if not courses:
        return []
    entered = _entered(session, [course.id for course, _name in courses], first, last)
    visits = _visits(session, [course.child_id for course, _name in courses], first, last)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [
        _due(course, name, day, at, entered.get((course.id, day, at)), visits.get((course.child_id, day), []), now)
        for course, name in courses
        for day in days
        if medicine_rules.covers(course, day)
        for at in medicine_rules.planned(course)
    ]
    return sorted(found, key=lambda one: (one.day, one.planned, one.child))


def _due(
    course: MedicineCourse,
    name: str,
    day: date,
    at: time,
    dose: MedicineDose | None,
    visits: list[Visit],
    now: datetime,
) -> Due:
    moment = datetime.combine(day, at)
    if dose:
        standing = Standing.ENTERED
    elif now < moment:
        standing = Standing.AHEAD
    elif not _is_here(visits, at):
        standing = Standing.NOT_HERE
    else:
        standing = Standing.LATE if now > moment + GRACE else Standing.DUE
    return Due(course, course.child_id, name, day, at, standing, dose)


def _is_here(visits: list[Visit], at: time) -> bool:
    """Tell whether a child is in the space at a time; a time nobody wrote counts as being there."""
    return any(
        (v.arrived is None or v.arrived <= at) and (not v.signed_out or v.departed is None or v.departed >= at)
        for v in visits
    )


def _entered(
    session: Session, course_ids: list[int], first: date, last: date
) -> dict[tuple[int, date, time], MedicineDose]:
    query = select(MedicineDose).where(
        MedicineDose.course_id.in_(course_ids), MedicineDose.day >= first, MedicineDose.day <= last
    )
    return {(d.course_id, d.day, d.planned): d for d in session.scalars(query) if d.planned}


def _visits(session: Session, child_ids: list[int], first: date, last: date) -> dict[tuple[int, date], list[Visit]]:
    query = select(Visit).where(Visit.child_id.in_(child_ids), Visit.day >= first, Visit.day <= last)
    found: dict[tuple[int, date], list[Visit]] = {}
    for visit in session.scalars(query):
        found.setdefault((visit.child_id, visit.day), []).append(visit)
    return found


roles.guard(globals(), Right.LOGS, {Right.OFFICE: (tasks,)})
