"""Places in the season: who applied, who has a place, and whether the papers are complete."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import (
    CarePlan,
    Child,
    Consent,
    ConsentPurpose,
    Contact,
    Guardian,
    Guardianship,
    PickupAdult,
)
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services import consents, roles, seasons, waiting_list
from ccfs_desktop.services.roles import Right

# What must be there before a child is signed in without an override. Source: product.md 4.2.
BLOCKERS: dict[str, str] = {
    "agreement": N_("Custody agreement"),
    "contact": N_("Emergency contact"),
    "pickup": N_("Pick-up adult"),
    "health": N_("Health declaration"),
    "data": N_("Data consent"),
}
_CHUNK = 500
"""Children asked about in one query."""


@dataclass(frozen=True)
class Places:
    """How full the season is."""

    capacity: int
    enrolled: int
    waiting: int

    @property
    def free(self) -> int:
        """Places left; 0 when full."""
        return max(0, self.capacity - self.enrolled)


# ------------------------------------------------------------------------------------------------------------- places
def places(session: Session, season: Season) -> Places:
    """Count the season's places."""
    counts = counts_by_status(session, season.id)
    return Places(
        season.capacity, counts.get(Status.ENROLLED, 0), counts.get(Status.WAITING, 0) + counts.get(Status.APPLIED, 0)
    )


def counts_by_status(session: Session, season_id: int) -> dict[Status, int]:
    """Return status → number of children."""
    query = select(Enrolment.status, func.count()).where(Enrolment.season_id == season_id).group_by(Enrolment.status)
    return dict(session.execute(query).all())


def of(session: Session, season: Season, child_id: int) -> Enrolment | None:
    """Return a child's enrolment in a season."""
    return session.scalars(
        select(Enrolment).where(Enrolment.season_id == season.id, Enrolment.child_id == child_id)
    ).first()


def of_many(session: Session, season: Season, child_ids: Sequence[int]) -> list[Enrolment]:
    """Return the enrolments of some children."""
    return [
        enrolment
        for chunk in _chunks(child_ids)
        for enrolment in session.scalars(
            select(Enrolment).where(Enrolment.season_id == season.id, Enrolment.child_id.in_(chunk))
        )
    ]


def apply(session: Session, season: Season, child: Child, *, on: date, first_day: date | None = None) -> Enrolment:
    """Register an application; the child does not have a place yet. Criteria the records show are noted at once.

    Raises:
        UserError: the child has applied already.
    """
    if of(session, season, child.id):
        raise UserError(_("{name} has already applied for this season.").format(name=child.name))
    enrolment = Enrolment(
        season_id=season.id, child_id=child.id, applied_on=on, first_day=first_day or season.first_day,
        criteria=",".join(waiting_list.seen(session, season, child)),
    )  # fmt: skip
    session.add(enrolment)
    return enrolment


def enrol(session: Session, season: Season, enrolment: Enrolment, child: Child, *, force: bool = False) -> Enrolment:
    """Give a place, with a group by age and the next number; without a free place the child waits.

    Args:
        session: the open transaction.
        season: the season.
        enrolment: the application.
        child: the child it is for.
        force: give the place although the season is full.
    """
    return enrol_many(session, season, [(enrolment, child)], force=force)[0]


def enrol_many(
    session: Session, season: Season, applications: Sequence[tuple[Enrolment, Child]], *, force: bool = False
) -> list[Enrolment]:
    """Give places in the order of the list, as :func:`enrol` does; the last ones wait when the season is full."""
    free = places(session, season).free
    groups, taken = seasons.groups(session, season), group_sizes(session, season)
    numbers = iter(next_numbers(session, season, len(applications)))
    for enrolment, child in applications:
        if not force and free <= 0 and enrolment.status is not Status.ENROLLED:
            enrolment.status = Status.WAITING
            continue
        free -= enrolment.status is not Status.ENROLLED
        enrolment.status = Status.ENROLLED
        enrolment.first_day = enrolment.first_day or season.first_day
        enrolment.last_day, enrolment.left_reason = None, ""
        if enrolment.group_id is None:
            enrolment.group_id = _emptiest(groups, taken, season, child)
        enrolment.number = enrolment.number or next(numbers)
    session.flush()
    return [enrolment for enrolment, _child in applications]


def leave(session: Session, enrolment: Enrolment, *, on: date, reason: str) -> None:
    """End a child's stay; the place becomes free.

    Args:
        session: the open transaction.
        enrolment: the stay.
        on: the last day the child came or was expected.
        reason: why, in a word.

    Raises:
        Invalid: no reason, or a day before the first.
    """
    problems: dict[str, str] = {}
    if not reason.strip():
        problems["left_reason"] = _("Please say why the child leaves.")
    if enrolment.first_day and on < enrolment.first_day:
        problems["last_day"] = _("The last day is before the first.")
    if problems:
        raise Invalid(problems)
    enrolment.status, enrolment.last_day, enrolment.left_reason = Status.LEFT, on, reason.strip()
    session.flush()


def decline(session: Session, enrolment: Enrolment, *, reason: str) -> None:
    """Refuse a place; the family is told the reason that is written here.

    Raises:
        Invalid: no reason.
    """
    if not reason.strip():
        raise Invalid({"left_reason": _("Please say why there is no place for this child.")})
    enrolment.status, enrolment.left_reason = Status.DECLINED, reason.strip()
    session.flush()


def check(enrolment: Enrolment) -> None:
    """Check what a stay must satisfy.

    Raises:
        Invalid: the days are the wrong way round, or a weekday is none.
    """
    problems: dict[str, str] = {}
    if enrolment.first_day and enrolment.last_day and enrolment.last_day < enrolment.first_day:
        problems["last_day"] = _("The last day is before the first.")
    if set(enrolment.weekdays) - set("1234567"):
        problems["weekdays"] = _("Choose the weekdays from Monday to Sunday.")
    if problems:
        raise Invalid(problems)


def change(session: Session, enrolment_id: int, **values: Any) -> Enrolment:
    """Change some of what is agreed for a child's stay.

    Raises:
        Invalid: see :func:`check`.
    """
    enrolment = session.get_one(Enrolment, enrolment_id)
    for name, value in values.items():
        setattr(enrolment, name, value)
    check(enrolment)
    session.flush()
    return enrolment


# ------------------------------------------------------------------------------------------------------------- groups
def move(session: Session, season: Season, child_ids: Sequence[int], group_id: int | None) -> int:
    """Put children into a group; return how many changed. A group may be over-full: the page shows it."""
    moving = [e for e in of_many(session, season, child_ids) if e.group_id != group_id]
    for enrolment in moving:
        enrolment.group_id = group_id
    session.flush()
    return len(moving)


def _emptiest(groups: Sequence[Group], taken: dict[int, int], season: Season, child: Child) -> int | None:
    """Choose the group of a child's age with the most free places, and count the child there."""
    age = seasons.age_on(child.birth_date, season.first_day)
    fitting = [g for g in groups if g.age_from <= age <= g.age_to] or _nearest(groups, age)
    if not fitting:
        return None
    group = min(fitting, key=lambda g: (taken.get(g.id, 0) / max(1, g.size), g.id))
    taken[group.id] = taken.get(group.id, 0) + 1
    return group.id


def _nearest(groups: Sequence[Group], age: int) -> list[Group]:
    """For a child outside every age band: the youngest or the oldest group."""
    return sorted(groups, key=lambda g: min(abs(age - g.age_from), abs(age - g.age_to)))[:1]


def group_sizes(session: Session, season: Season) -> dict[int, int]:
    """Return group id → enrolled children."""
    query = (
        select(Enrolment.group_id, func.count())
        .where(Enrolment.season_id == season.id, Enrolment.status == Status.ENROLLED, Enrolment.group_id.is_not(None))
        .group_by(Enrolment.group_id)
    )
    return {group: n for group, n in session.execute(query) if group is not None}


def next_numbers(session: Session, season: Season, n: int) -> list[str]:
    """Return the next child numbers of the season: ``001`` and up, never given twice."""
    used = session.scalars(select(Enrolment.number).where(Enrolment.season_id == season.id, Enrolment.number != ""))
    highest = max((int(number) for number in used if number.isdecimal()), default=0)
    return [f"{highest + i:03d}" for i in range(1, n + 1)]


# ---------------------------------------------------------------------------------------------------------- readiness
def holders(on: date) -> dict[str, tuple[Select[int], ...]]:
    """Return code of ``BLOCKERS`` → queries for the children who have it on a day, one way or another.

    Agreements and health declarations count for the season they were signed for: what was signed before the last
    season ended is asked for anew. Source: product.md 4.1, roll-over.
    """
    listed = select(PickupAdult.child_id).where(
        PickupAdult.forbidden.is_(False), or_(PickupAdult.ended_on.is_(None), PickupAdult.ended_on > on)
    )
    called = (
        select(Guardianship.child_id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(or_(Guardian.phone != "", Guardian.phone2 != ""))
    )
    return {
        "agreement": (_agreed(ConsentPurpose.AGREEMENT, on),),
        "contact": (select(Contact.child_id).where(Contact.phone != ""), called),
        "pickup": (listed, select(Guardianship.child_id)),
        "health": (select(CarePlan.child_id).where(CarePlan.declared_on > _last_season_end(on)),),
        "data": (_agreed(ConsentPurpose.DATA, on),),
    }


def _agreed(purpose: ConsentPurpose, on: date) -> Select[int]:
    return select(Consent.child_id).where(
        Consent.purpose == purpose,
        Consent.given.is_(True),
        or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > on),
        or_(Consent.signed_on.is_(None), Consent.signed_on > _last_season_end(on)),
    )


def renewed_after(session: Session, on: date) -> date:
    """Return the day after which a consent must have been signed to hold: the last day of the season before.

    Source: product.md 4.1, roll-over.
    """
    return session.scalars(select(func.max(Season.last_day)).where(Season.last_day < on)).one() or date.min


def _last_season_end(on: date) -> ColumnElement[date]:
    """Return the last day of the season before; long ago when there was none."""
    ended = select(func.max(Season.last_day)).where(Season.last_day < on).scalar_subquery()
    return func.coalesce(ended, date.min)


def not_ready(on: date) -> ColumnElement[bool]:
    """Return the condition that an enrolled child cannot be signed in on a day: papers missing, nobody overrides."""
    lacking = (and_(*(Enrolment.child_id.not_in(holding) for holding in ways)) for ways in holders(on).values())
    return and_(Enrolment.status == Status.ENROLLED, Enrolment.override_by == "", or_(*lacking))


def missing(session: Session, child_ids: Iterable[int], on: date) -> dict[int, tuple[str, ...]]:
    """Return child → codes of ``BLOCKERS`` that are missing on a day; complete children are left out."""
    ids = list(child_ids)
    have = {code: {n for way in ways for n in _among(session, way, ids)} for code, ways in holders(on).items()}
    lacking = {child: tuple(code for code in BLOCKERS if child not in have[code]) for child in ids}
    return {child: codes for child, codes in lacking.items() if codes}


def _among(session: Session, holding: Select[int], ids: Sequence[int]) -> Iterable[int]:
    column = holding.selected_columns[0]
    for chunk in _chunks(ids):
        yield from session.scalars(holding.where(column.in_(chunk)))


def papers_received(session: Session, child_ids: Sequence[int], *, on: date, language: str, signed_by: str = "") -> int:
    """Note that the signed enrolment papers of these children are in: agreement, data consent, health declaration.

    Returns:
        How many children were incomplete before.
    """
    lacking = missing(session, child_ids, on)
    wanted = {"agreement": ConsentPurpose.AGREEMENT, "data": ConsentPurpose.DATA}
    plans = {
        plan.child_id: plan
        for chunk in _chunks(list(lacking))
        for plan in session.scalars(select(CarePlan).where(CarePlan.child_id.in_(chunk)))
    }
    for child_id, codes in lacking.items():
        for code in codes:
            if code in wanted:
                session.add(
                    Consent(
                        child_id=child_id, purpose=wanted[code], given=True, wording=consents.EDITION,
                        language=language, signed_on=on, signed_by=signed_by,
                    )
                )  # fmt: skip
            elif code == "health":
                plan = plans.get(child_id) or CarePlan(child_id=child_id)
                plan.declared_on = on
                session.add(plan)
    session.flush()
    return len(lacking)


def override(session: Session, enrolment: Enrolment, *, by: str, reason: str) -> None:
    """Admit a child although papers are missing; the name and the reason stay on record.

    Raises:
        Invalid: no name or no reason.
    """
    problems = {
        field: _("Write who admits the child, and why.")
        for field, value in (("override_by", by), ("override_reason", reason))
        if not value.strip()
    }
    if problems:
        raise Invalid(problems)
    enrolment.override_by, enrolment.override_reason = by.strip(), reason.strip()
    session.flush()


def end_override(session: Session, enrolment: Enrolment) -> None:
    """Take the override back; the child waits for the papers again. The trail keeps who had given it."""
    enrolment.override_by, enrolment.override_reason = "", ""
    session.flush()


def _chunks(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[i : i + _CHUNK] for i in range(0, len(ids), _CHUNK))


roles.guard(
    globals(),
    Right.ENROL,
    {
        Right.FILES: (places, counts_by_status, of, of_many, group_sizes, next_numbers, missing),
        Right.CONSENT: (papers_received,),
    },
)
