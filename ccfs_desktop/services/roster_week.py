"""A week of the roster, as the page, the wall print and the commands show it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.roster import RosterWeek, WishKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.services import planned, roles, roster_changes, roster_problem, roster_warnings
from ccfs_desktop.services.cover import DayCover
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.planned import PartView, Plan, ShiftView
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.roster_warnings import Severity, Warning  # noqa: A004 (the word on the page)
from ccfs_desktop.services.staff_papers import Counting

__all__ = ["DayOf", "Line", "PartView", "Severity", "ShiftView", "Warning", "Week", "published", "read"]


@dataclass(frozen=True)
class DayOf:
    """One person on one day."""

    shifts: tuple[ShiftView, ...]
    """In the order of time."""
    counting: Counting
    away: str
    """Why the person cannot come at all, in words; empty when it can."""
    available: tuple[Span, ...]
    wishes: tuple[tuple[Span, WishKind], ...]


@dataclass(frozen=True)
class Line:
    """One person's week."""

    staff_id: int
    name: str
    role: StaffRole
    group_id: int | None
    """The usual group."""
    days: Mapping[date, DayOf]
    """The week's open days."""
    minutes: int
    """Working time of the week, breaks not counted."""
    limit: int
    """Minutes the person may work in the week."""


@dataclass(frozen=True)
class Week:
    """A week's roster."""

    season_id: int
    monday: date
    days: tuple[date, ...]
    """The week's open days."""
    hours: Mapping[date, Span]
    """From when to when children may be there, evenings included."""
    groups: Mapping[int, str]
    """Youngest first."""
    lines: tuple[Line, ...]
    """Head teachers first, then by role and name; whoever works here in this week or is on the roster."""
    expected: Mapping[date, Mapping[int | None, int]]
    """Children expected per group; under None those without one. See ``services.planned``."""
    cover: Mapping[date, DayCover]
    warnings: tuple[Warning, ...]
    """By day, the worst first."""
    published: RosterWeek | None
    """The newest publication."""
    changed: tuple[str, ...]
    """What differs from what was published, in words; empty when nothing does, or nothing was published."""

    @property
    def short_minutes(self) -> int:
        """Minutes with too few adults, each group counted for itself."""
        return sum(cover.short_minutes for cover in self.cover.values())


def read(
    session: Session, season: Season, monday: date, instead: Callable[[Plan], Iterable[ShiftView]] | None = None
) -> Week:
    """Return a week of the roster.

    Args:
        session: an open session.
        season: the season.
        monday: the week's Monday.
        instead: the shifts instead of those on the roster, to see what a draft would do.
    """
    plan = planned.read(session, season, planned.week(monday))
    if instead:
        plan = replace(plan, shifts=tuple(sorted(instead(plan), key=lambda s: (s.day, s.staff_id, s.span.start))))
    before = planned.shifts_of(session, season, planned.week(monday - timedelta(days=7)))
    last = published(session, season, monday)
    cover = {day: plan.cover(day) for day in plan.open_days}
    return Week(
        season_id=season.id,
        monday=monday,
        days=plan.open_days,
        hours={day: hours for day in plan.open_days if (hours := plan.hours(day))},
        groups={group: name for group, name in plan.groups.items() if group is not None},
        lines=tuple(_line(plan, person) for person in plan.team),
        expected={day: _expected(plan, day) for day in plan.open_days},
        cover=cover,
        warnings=tuple(roster_warnings.of(plan, cover, roster_problem.of(plan, before=before))),
        published=last,
        changed=tuple(roster_changes.since(last, plan)) if last else (),
    )


def published(session: Session, season: Season, monday: date) -> RosterWeek | None:
    """Return the newest publication of a week; None when it was never published."""
    query = select(RosterWeek).where(RosterWeek.season_id == season.id, RosterWeek.monday == monday)
    return session.scalars(query.order_by(RosterWeek.id.desc()).limit(1)).first()


def _line(plan: Plan, person: Staff) -> Line:
    mine: Sequence[ShiftView] = [shift for shift in plan.shifts if shift.staff_id == person.id]
    return Line(
        staff_id=person.id,
        name=person.name,
        role=person.role,
        group_id=person.group_id,
        days={day: _day(plan, person, day, mine) for day in plan.open_days},
        minutes=sum(shift.minutes for shift in mine),
        limit=plan.season.work_week_minutes if person.week_minutes is None else person.week_minutes,
    )


def _day(plan: Plan, person: Staff, day: date, shifts: Sequence[ShiftView]) -> DayOf:
    available = plan.available[person.id][day]
    return DayOf(
        shifts=tuple(shift for shift in shifts if shift.day == day),
        counting=plan.counting[person.id][day],
        away=available.why_not,
        available=available.spans,
        wishes=available.wishes,
    )


def _expected(plan: Plan, day: date) -> dict[int | None, int]:
    kids: dict[int | None, set[int]] = {group: set() for group in plan.groups}
    for stay in plan.children.get(day, ()):
        kids.setdefault(stay.group_id, set()).add(stay.child_id)
    return {group: len(ids) for group, ids in kids.items()}


roles.guard(globals(), Right.ROSTER, {})
