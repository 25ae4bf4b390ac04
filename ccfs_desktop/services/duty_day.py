"""The adults of a day: who is planned, who is here, on a break, on an errand, gone."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.models.duty import Duty, DutyPart
from ccfs_desktop.models.roster import PartKind, RosterWeek
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.services import availability, roles, roster_changes, roster_week, seasons, staff_papers
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.roster_changes import Published
from ccfs_desktop.services.staff_papers import Counting


class State(enum.StrEnum):
    """Where an adult is, as far as the record knows."""

    PLANNED = "planned"
    """On the published roster, or on a working day, and not here yet."""
    MISSED = "missed"
    """Planned on a day that is over, and nothing is written down."""
    HERE = "here"
    BREAK = "break"
    ERRAND = "errand"
    LEFT = "left"
    AWAY = "away"
    NOT_PLANNED = "not-planned"


_AT = {PartKind.BREAK: State.BREAK, PartKind.ERRAND: State.ERRAND, PartKind.COVER: State.HERE}


@dataclass(frozen=True)
class Stay:
    """One stay with its breaks, errands and stretches in other groups, in the order of their beginning."""

    duty: Duty
    parts: tuple[DutyPart, ...] = ()

    @property
    def open_part(self) -> DutyPart | None:
        """What is still going on: a part without an end, while the person is here."""
        return None if self.duty.signed_out else next((p for p in self.parts if p.ends is None), None)

    @property
    def group_id(self) -> int | None:
        """The group the person is with now, or was with last."""
        part = self.open_part
        return part.group_id if part and part.kind is PartKind.COVER else self.duty.group_id


@dataclass(frozen=True)
class Row:
    """One adult's line of a day."""

    day: date
    staff_id: int
    name: str
    name_latin: str
    role: StaffRole
    planned: tuple[Published, ...]
    """The shifts of the published roster, in order."""
    stays: tuple[Stay, ...]
    counting: Counting
    """Whether, and as what, the person counts in the ratio on this day."""
    away: str
    """Why the person cannot come, in words; empty when nothing is known."""
    group_id: int | None
    """With whom the person is, or is expected: the stay's group, else the planned one, else the usual one."""
    group: str
    expected: bool
    """Planned on the published roster; where none is published, a working day of this person."""

    @property
    def stay(self) -> Stay | None:
        """The latest stay."""
        return self.stays[-1] if self.stays else None

    @property
    def open_stay(self) -> Stay | None:
        """The stay that has not ended."""
        return next((s for s in self.stays if not s.duty.signed_out), None)

    @property
    def state(self) -> State:
        """Where the person is: an open stay wins over one that has ended, a stay over an absence."""
        if stay := self.open_stay:
            return _AT[stay.open_part.kind] if stay.open_part else State.HERE
        if self.stays:
            return State.LEFT
        if self.away:
            return State.AWAY
        if not self.expected:
            return State.NOT_PLANNED
        return State.MISSED if self.day < clock.today() else State.PLANNED


def read(session: Session, season: Season, day: date, *, staff_id: int | None = None) -> list[Row]:
    """Return the adults of a day, the head teacher first, then by role and name.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        staff_id: only this person.
    """
    people = _people(session, season, day, staff_id)
    ids = [person.id for person in people]
    papers = staff_papers.of(session, ids)
    stays = stays_of(session, ids, day)
    free = availability.of(session, season, people, [day])
    plan = planned(session, season, day)
    names = {g.id: g.name for g in seasons.groups(session, season)}
    rows: list[Row] = []
    for person in people:
        mine, shifts = tuple(stays.get(person.id, ())), tuple((plan or {}).get(person.id, ()))
        available = free[person.id][day]
        group_id = _group(person, mine, shifts)
        rows.append(
            Row(
                day=day,
                staff_id=person.id,
                name=person.name,
                name_latin=person.name_latin,
                role=person.role,
                planned=shifts,
                stays=mine,
                counting=staff_papers.counting(person, papers.get(person.id, ()), season, day),
                away="" if available.spans else available.why_not,
                group_id=group_id,
                group=names.get(group_id, "") if group_id is not None else "",
                expected=bool(shifts) if plan is not None else bool(available.spans),
            )
        )
    return rows


def row(session: Session, season: Season, day: date, staff_id: int) -> Row | None:
    """Return one person's line; None for somebody who does not work here on this day."""
    return next(iter(read(session, season, day, staff_id=staff_id)), None)


def planned(session: Session, season: Season, day: date) -> Mapping[int, Sequence[Published]] | None:
    """Return staff id → shifts of a day as published last; None while the week's roster is not published."""
    week = published(session, season, day)
    if week is None:
        return None
    found: dict[int, list[Published]] = {}
    for shift in sorted(roster_changes.read(week), key=lambda s: s.span.start):
        if shift.day == day:
            found.setdefault(shift.staff_id, []).append(shift)
    return found


def published(session: Session, season: Season, day: date) -> RosterWeek | None:
    """Return how the roster of a day's week was published last; None when it was not."""
    return roster_week.published(session, season, day - timedelta(days=day.weekday()))


def stays_of(session: Session, staff_ids: Sequence[int], day: date) -> dict[int, list[Stay]]:
    """Return staff id → the day's stays, earliest first; a stay without time in comes first."""
    query = select(Duty).where(Duty.day == day, Duty.staff_id.in_(staff_ids))
    duties = sorted(session.scalars(query), key=lambda d: (d.arrived or time.min, d.id))
    parts = parts_of(session, [d.id for d in duties])
    stays: dict[int, list[Stay]] = {}
    for duty in duties:
        stays.setdefault(duty.staff_id, []).append(Stay(duty, tuple(parts.get(duty.id, ()))))
    return stays


def parts_of(session: Session, duty_ids: Sequence[int]) -> dict[int, list[DutyPart]]:
    """Return duty id → its parts in the order of their beginning."""
    parts: dict[int, list[DutyPart]] = {}
    query = select(DutyPart).where(DutyPart.duty_id.in_(duty_ids)).order_by(DutyPart.starts, DutyPart.id)
    for part in session.scalars(query):
        parts.setdefault(part.duty_id, []).append(part)
    return parts


def in_order(person: Staff) -> tuple[bool, int, str]:
    """Return what people are sorted by: the head teacher first, then by role and name."""
    return person.role is not StaffRole.HEAD_TEACHER, list(StaffRole).index(person.role), person.sort_key


def _people(session: Session, season: Season, day: date, staff_id: int | None) -> list[Staff]:
    """Who is employed on a day, and whoever was signed in although not employed."""
    there = select(Duty.staff_id).where(Duty.day == day, Duty.season_id == season.id)
    begun = or_(Staff.started_on.is_(None), Staff.started_on <= day)
    not_ended = or_(Staff.ended_on.is_(None), Staff.ended_on >= day)
    query = select(Staff).where(or_(begun & not_ended, Staff.id.in_(there)))
    if staff_id is not None:
        query = query.where(Staff.id == staff_id)
    return sorted(session.scalars(query), key=in_order)


def _group(person: Staff, stays: Sequence[Stay], shifts: Sequence[Published]) -> int | None:
    if stays:
        return stays[-1].group_id
    return shifts[0].group_id if shifts else person.group_id


roles.guard(globals(), Right.ROSTER, {})
