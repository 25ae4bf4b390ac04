"""Places in the season: who applied, who waits, who has a place, and whether the papers are complete."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
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
from ccfs_desktop.models.enrolment import Criterion, Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services import seasons

# Points on the waiting list. Source: domain.md 2.2 (priority groups of S46 and S48) and 9.14; the weights are ours.
POINTS: dict[Criterion, int] = {
    Criterion.HARDSHIP: 5,
    Criterion.SINGLE_PARENT: 4,
    Criterion.LEFT_BEHIND: 3,
    Criterion.DUAL_WORKERS: 3,
    Criterion.SIBLING: 2,
    Criterion.FRONT_LINE: 2,
    Criterion.MIGRANT: 1,
}

# What must be there before a child is signed in without an override. Source: product.md 4.2.
BLOCKERS: dict[str, str] = {
    "agreement": N_("Custody agreement"),
    "contact": N_("Emergency contact"),
    "pickup": N_("Pick-up adult"),
    "health": N_("Health declaration"),
    "data": N_("Data consent"),
}
WORDING = "1"
"""The edition of the consent texts in ``reports/consents``."""


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


def places(session: Session, season: Season) -> Places:
    """Count the season's places."""
    query = select(Enrolment.status, func.count()).where(Enrolment.season_id == season.id).group_by(Enrolment.status)
    counts = {status: n for status, n in session.execute(query)}
    return Places(
        season.capacity, counts.get(Status.ENROLLED, 0), counts.get(Status.WAITING, 0) + counts.get(Status.APPLIED, 0)
    )


def of(session: Session, season: Season, child_id: int) -> Enrolment | None:
    """Return a child's enrolment in a season."""
    return session.scalars(
        select(Enrolment).where(Enrolment.season_id == season.id, Enrolment.child_id == child_id)
    ).first()


def apply(session: Session, season: Season, child: Child, *, on: date, first_day: date | None = None) -> Enrolment:
    """Register an application; the child does not have a place yet.

    Raises:
        UserError: the child has applied already.
    """
    if of(session, season, child.id):
        raise UserError(_("{name} has already applied for this season.").format(name=child.name))
    criteria = [Criterion.LEFT_BEHIND] if child.left_behind else []
    enrolment = Enrolment(
        season_id=season.id, child_id=child.id, applied_on=on, first_day=first_day or season.first_day,
        criteria=",".join(criteria),
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
    if not force and places(session, season).free == 0:
        enrolment.status = Status.WAITING
        return enrolment
    enrolment.status = Status.ENROLLED
    enrolment.first_day = enrolment.first_day or season.first_day
    if enrolment.group_id is None:
        group = group_for(session, season, child)
        enrolment.group_id = group.id if group else None
    if not enrolment.number:
        enrolment.number = next_numbers(session, season, 1)[0]
    session.flush()
    return enrolment


def leave(session: Session, enrolment: Enrolment, *, on: date, reason: str) -> None:
    """End a child's stay; the place becomes free.

    Args:
        session: the open transaction.
        enrolment: the stay.
        on: the last day the child came or was expected.
        reason: why, in a word.
    """
    if not reason.strip():
        raise UserError(_("Please say why the child leaves."))
    enrolment.status, enrolment.last_day, enrolment.left_reason = Status.LEFT, on, reason.strip()
    session.flush()


def group_for(session: Session, season: Season, child: Child) -> Group | None:
    """Return the group of a child's age with the most free places."""
    age = seasons.age_on(child.birth_date, season.first_day)
    every = seasons.groups(session, season)
    fitting = [g for g in every if g.age_from <= age <= g.age_to] or _nearest(every, age)
    taken = group_sizes(session, season)
    return min(fitting, key=lambda g: (taken.get(g.id, 0) / max(1, g.size), g.id), default=None)


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


def score(enrolment: Enrolment) -> int:
    """Return the points of an application. The criteria and their weights are shown beside the list."""
    return sum(POINTS[Criterion(code)] for code in enrolment.criteria.split(",") if code)


def waiting(session: Session, season: Season) -> list[tuple[Enrolment, Child, int]]:
    """Return who waits for a place, with points; highest first, then who applied first."""
    query = (
        select(Enrolment, Child)
        .join(Child, Child.id == Enrolment.child_id)
        .where(Enrolment.season_id == season.id, Enrolment.status.in_((Status.APPLIED, Status.WAITING)))
    )
    rows = [(e, c, score(e)) for e, c in session.execute(query)]
    return sorted(rows, key=lambda r: (-r[2], r[0].applied_on or date.max, r[0].id))


def missing(session: Session, child_ids: Iterable[int], on: date) -> dict[int, tuple[str, ...]]:
    """Return child → codes of ``BLOCKERS`` that are missing on a day; complete children are left out."""
    ids = list(child_ids)
    have = {"agreement": _consenting(session, ids, ConsentPurpose.AGREEMENT, on)}
    have["data"] = _consenting(session, ids, ConsentPurpose.DATA, on)
    have["contact"] = _reachable(session, ids)
    have["pickup"] = _collectable(session, ids, on)
    have["health"] = set(
        session.scalars(select(CarePlan.child_id).where(CarePlan.child_id.in_(ids), CarePlan.declared_on.is_not(None)))
    )
    lacking = {child: tuple(code for code in BLOCKERS if child not in have[code]) for child in ids}
    return {child: codes for child, codes in lacking.items() if codes}


def _consenting(session: Session, ids: list[int], purpose: ConsentPurpose, on: date) -> set[int]:
    return {
        c.child_id
        for c in session.scalars(
            select(Consent).where(Consent.child_id.in_(ids), Consent.purpose == purpose, Consent.given.is_(True))
        )
        if c.withdrawn_on is None or c.withdrawn_on > on
    }


def _reachable(session: Session, ids: list[int]) -> set[int]:
    contacts = select(Contact.child_id).where(Contact.child_id.in_(ids), Contact.phone != "")
    guardians = (
        select(Guardianship.child_id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(Guardianship.child_id.in_(ids), Guardian.phone != "")
    )
    return set(session.scalars(contacts)) | set(session.scalars(guardians))


def _collectable(session: Session, ids: list[int], on: date) -> set[int]:
    listed = session.scalars(select(PickupAdult).where(PickupAdult.child_id.in_(ids), PickupAdult.forbidden.is_(False)))
    guardians = session.scalars(select(Guardianship.child_id).where(Guardianship.child_id.in_(ids)))
    return set(guardians) | {p.child_id for p in listed if p.ended_on is None or p.ended_on > on}


def papers_received(session: Session, child_ids: Sequence[int], *, on: date, language: str, signed_by: str = "") -> int:
    """Note that the signed enrolment papers of these children are in: agreement, data consent, health declaration.

    Returns:
        How many children were incomplete before.
    """
    lacking = missing(session, child_ids, on)
    wanted = {"agreement": ConsentPurpose.AGREEMENT, "data": ConsentPurpose.DATA}
    plans = {p.child_id: p for p in session.scalars(select(CarePlan).where(CarePlan.child_id.in_(list(lacking))))}
    for child_id, codes in lacking.items():
        for code in codes:
            if code in wanted:
                session.add(
                    Consent(
                        child_id=child_id, purpose=wanted[code], given=True, wording=WORDING, language=language,
                        signed_on=on, signed_by=signed_by,
                    )
                )  # fmt: skip
            elif code == "health":
                plan = plans.get(child_id) or CarePlan(child_id=child_id)
                plan.declared_on = on
                session.add(plan)
    return len(lacking)


def override(session: Session, enrolment: Enrolment, *, by: str, reason: str) -> None:
    """Admit a child although papers are missing; the name and the reason stay on record.

    Raises:
        UserError: no name or no reason.
    """
    if not by.strip() or not reason.strip():
        raise UserError(_("Write who admits the child, and why."))
    enrolment.override_by, enrolment.override_reason = by.strip(), reason.strip()
    session.flush()
