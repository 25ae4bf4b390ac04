"""The day's register: every child expected or here, in the order of the sheet."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from ccfs_desktop.models.child import Child, Consent, ConsentPurpose, PickupAdult
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.visit import Absence, Visit
from ccfs_desktop.services import children, enrolments, health, roles, seasons
from ccfs_desktop.services.health import Away
from ccfs_desktop.services.papers import Alert
from ccfs_desktop.services.roles import Right


class State(enum.StrEnum):
    """Where a child is, as far as the record knows."""

    EXPECTED = "expected"
    HERE = "here"
    LEFT = "left"
    ABSENT = "absent"
    NOT_EXPECTED = "not-expected"


@dataclass(frozen=True)
class Row:
    """One child's line of the register."""

    enrolment_id: int
    child_id: int
    number: str
    name: str
    name_latin: str
    birth_date: date
    age: int
    group_id: int | None
    group: str
    alerts: tuple[Alert, ...]
    expected: bool
    missing: tuple[str, ...]
    """Codes of ``enrolments.BLOCKERS`` that are missing; empty when complete or overridden."""
    visits: tuple[Visit, ...]
    absence: Absence | None
    nickname: str = ""
    alert: str = ""
    """What everyone on duty must know, in a few words."""
    away: Away | None = None
    """That the child must stay away for illness, or once it is here be collected."""

    @property
    def state(self) -> State:
        """Where the child is: an open visit wins over a closed one, a visit over an absence."""
        if any(not v.signed_out for v in self.visits):
            return State.HERE
        if self.visits:
            return State.LEFT
        if self.absence:
            return State.ABSENT
        return State.EXPECTED if self.expected else State.NOT_EXPECTED

    @property
    def visit(self) -> Visit | None:
        """The latest visit."""
        return self.visits[-1] if self.visits else None

    @property
    def open_visit(self) -> Visit | None:
        """The visit that has not ended."""
        return next((v for v in self.visits if not v.signed_out), None)

    @property
    def first_in(self) -> time | None:
        """When the child first arrived."""
        return self.visits[0].arrived if self.visits else None

    @property
    def last_out(self) -> time | None:
        """When the child last left."""
        return self.visits[-1].departed if self.visits else None


def read(
    session: Session, season: Season, day: date, *, group_id: int | None = None, child_id: int | None = None
) -> list[Row]:
    """Return the register of a day, group by group, in the order of the sheet.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        group_id: only this group.
        child_id: only this child.
    """
    enrolled = _enrolled(session, season, day, group_id, child_id)
    ids = [child.id for _e, child, _g in enrolled]
    visits = visits_of(session, ids, day)
    absences = {a.child_id: a for a in _absences(session, ids, day)}
    missing = enrolments.missing(session, ids, day)
    alerts = alerts_of(session, [child for _e, child, _g in enrolled], day)
    away = health.away(session, season, ids, day) | health.away(session, season, visits, day, time.max)
    open_today = seasons.is_open(session, season, day)
    return [
        Row(
            enrolment_id=enrolment.id,
            child_id=child.id,
            number=enrolment.number,
            name=child.name,
            name_latin=child.name_latin,
            birth_date=child.birth_date,
            age=seasons.age_on(child.birth_date, day),
            group_id=enrolment.group_id,
            group=group.name if group else "",
            alerts=alerts[child.id],
            expected=open_today and enrolment.expects(day),
            missing=() if enrolment.override_by else missing.get(child.id, ()),
            visits=tuple(visits.get(child.id, ())),
            absence=absences.get(child.id),
            nickname=child.nickname,
            alert=child.alert,
            away=away.get(child.id),
        )
        for enrolment, child, group in enrolled
    ]


def row(session: Session, season: Season, day: date, child_id: int) -> Row | None:
    """Return one child's line; None when the child has no place on this day."""
    return next(iter(read(session, season, day, child_id=child_id)), None)


def visits_of(session: Session, child_ids: Sequence[int], day: date) -> dict[int, list[Visit]]:
    """Return child → the day's visits, earliest first; a visit without time in comes first."""
    query = select(Visit).where(Visit.day == day, Visit.child_id.in_(child_ids))
    visits: dict[int, list[Visit]] = {}
    for visit in sorted(session.scalars(query), key=lambda v: (v.arrived or time.min, v.id)):
        visits.setdefault(visit.child_id, []).append(visit)
    return visits


def alerts_of(session: Session, children: Iterable[Child], day: date) -> dict[int, tuple[Alert, ...]]:
    """Return child → what the adult at the desk must know."""
    every = list(children)
    ids = [c.id for c in every]
    restricted = set(
        session.scalars(select(PickupAdult.child_id).where(PickupAdult.child_id.in_(ids), PickupAdult.forbidden))
    )
    photo = _may_be_photographed(session, ids, day)
    return {child.id: tuple(_alerts(child, restricted, photo)) for child in every}


def _may_be_photographed(session: Session, ids: Sequence[int], day: date) -> set[int]:
    """Return the children of whom photos may be taken at all, for inside or outside use."""
    purposes = (ConsentPurpose.PHOTO_INTERNAL, ConsentPurpose.PHOTO_EXTERNAL)
    since = enrolments.renewed_after(session, day)
    query = select(Consent).where(Consent.child_id.in_(ids), Consent.purpose.in_(purposes))
    return {
        one.child_id
        for one in session.scalars(query)
        if any(children.consents_to([one], purpose, day, since=since) for purpose in purposes)
    }


def _alerts(child: Child, restricted: set[int], photo: set[int]) -> Iterable[Alert]:
    if child.alert:
        yield Alert.ALLERGY
    if child.has_medicine:
        yield Alert.MEDICINE
    if child.has_care_plan:
        yield Alert.CARE_PLAN
    if child.id in restricted:
        yield Alert.PICK_UP
    if child.id not in photo:
        yield Alert.NO_PHOTO


def _enrolled(
    session: Session, season: Season, day: date, group_id: int | None, child_id: int | None
) -> list[tuple[Enrolment, Child, Group | None]]:
    """Who has a place on this day, and whoever visited although not enrolled any more."""
    visited = select(Visit.child_id).where(Visit.day == day, Visit.season_id == season.id)
    query = (
        select(Enrolment, Child, Group)
        .join(Child, Child.id == Enrolment.child_id)
        .outerjoin(Group, Group.id == Enrolment.group_id)
        .where(Enrolment.season_id == season.id, or_(_holds_place(season, day), Child.id.in_(visited)))
        .order_by(
            Group.id.is_(None), Group.age_from, Group.name,
            func.length(Enrolment.number), Enrolment.number, Child.sort_key,
        )
    )  # fmt: skip
    if group_id is not None:
        query = query.where(Enrolment.group_id == group_id)
    if child_id is not None:
        query = query.where(Enrolment.child_id == child_id)
    return [(e, c, g) for e, c, g in session.execute(query)]


def _holds_place(season: Season, day: date) -> ColumnElement[bool]:
    if not season.first_day <= day <= season.last_day:
        return false()
    started = or_(Enrolment.first_day.is_(None), Enrolment.first_day <= day)
    leaving = (Enrolment.status == Status.LEFT) & (Enrolment.last_day >= day)
    return started & ((Enrolment.status == Status.ENROLLED) | leaving)


def _absences(session: Session, child_ids: Sequence[int], day: date) -> Iterable[Absence]:
    return session.scalars(
        select(Absence).where(Absence.child_id.in_(child_ids), Absence.first_day <= day, Absence.last_day >= day)
    )


roles.guard(globals(), Right.REGISTER, {})
