"""Who was on duty in some days, and whether each paper held on every one of them.

Source: domain.md 2.4, 2.10; product.md 4.4 (expired = not counted). It is what ``flaws_days.papers`` looks for, told of
everybody: the papers that the role's file must have, those the season required on that day, and others in the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.duty import Duty, DutyPart
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import duty_day, roles, season_rules, staff_papers
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff_papers import Standing


@dataclass(frozen=True)
class Held:
    """One kind of paper of a person on the days worked."""

    kind: PaperKind
    needed: bool
    """Whether the role or the season asked for it on one of the days."""
    missing: int = 0
    """On so many of the days it was not there."""
    expired: int = 0
    """On so many it had run out."""


@dataclass(frozen=True)
class Worked:
    """One person on duty."""

    name: str
    role: StaffRole
    first: date
    last: date
    days: int
    papers: tuple[Held, ...]
    """Those needed or in the file, in the order of the kinds."""

    @property
    def lacking(self) -> tuple[Held, ...]:
        """Papers needed that were not there on one of the days, and any that had run out."""
        return tuple(one for one in self.papers if one.expired or (one.needed and one.missing))


@dataclass(frozen=True)
class Stayed:
    """One stay of somebody, with its breaks, errands and stretches in other groups."""

    person: Staff
    group: str
    duty: Duty
    parts: tuple[DutyPart, ...]


@dataclass(frozen=True)
class WorkedList:
    """Everybody on duty in a period, by role and name; and when, day by day."""

    letterhead: Letterhead
    first: date
    last: date
    rows: tuple[Worked, ...]
    stays: tuple[Stayed, ...] = ()


def read(session: Session, season: Season, first: date, last: date, head: Letterhead) -> WorkedList:
    """Return who was on duty from a day to a day.

    Args:
        session: an open session.
        season: the season.
        first: the first day.
        last: the last day, included.
        head: of the paper.
    """
    stays = tuple(_stays(session, season, first, last))
    people = {one.person.id: one.person for one in stays}
    days = {key: sorted({one.duty.day for one in stays if one.person.id == key}) for key in people}
    files = staff_papers.of(session, people)
    required = _required(session, season, {one.duty.day for one in stays})
    rows = [
        _worked(person, days[person.id], files.get(person.id, ()), required)
        for person in sorted(people.values(), key=duty_day.in_order)
    ]
    return WorkedList(head, first, last, tuple(rows), stays)


def _stays(session: Session, season: Season, first: date, last: date) -> Iterator[Stayed]:
    query = (
        select(Duty, Staff, Group.name)
        .join(Staff, Staff.id == Duty.staff_id)
        .outerjoin(Group, Group.id == Duty.group_id)
        .where(Duty.season_id == season.id, Duty.day.between(first, last))
    )
    found = sorted(session.execute(query), key=lambda row: (row[0].day, duty_day.in_order(row[1]), row[0].id))
    parts = duty_day.parts_of(session, [row[0].id for row in found])
    for duty, person, group in found:
        yield Stayed(person, group or "", duty, tuple(parts.get(duty.id, ())))


def _required(session: Session, season: Season, days: set[date]) -> dict[date, frozenset[PaperKind]]:
    rule = season_rules.dated(session, season)
    return {day: staff_papers.required(rule(day)) for day in days}


def _worked(
    person: Staff, days: Sequence[date], file: Sequence[StaffPaper], required: Mapping[date, frozenset[PaperKind]]
) -> Worked:
    held: list[Held] = []
    for kind in PaperKind:
        stand = {day: staff_papers.standing(file, kind, day).standing for day in days}
        needed = [day for day in days if kind in staff_papers.wanted(person.role) or kind in required[day]]
        if needed or any(paper.kind is kind for paper in file):
            missing = sum(1 for day in needed or days if stand[day] is Standing.MISSING)
            held.append(Held(kind, bool(needed), missing, list(stand.values()).count(Standing.EXPIRED)))
    return Worked(person.name, person.role, days[0], days[-1], len(days), tuple(held))


roles.guard(globals(), Right.STAFF, {})
