"""The children's files: who they are, their family, who may collect them, and what to watch for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import (
    CarePlan,
    Child,
    Consent,
    ConsentPurpose,
    Contact,
    Guardian,
    Guardianship,
    PickupAdult,
    Relation,
)
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.log import MedicineCourse
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import enrolments, roles, searching, seasons
from ccfs_desktop.services.roles import Right

_OLDEST = 21
"""Full years after which a birth date is taken for a slip of the pen."""
_ALIKE = 85
"""From this likeness on, 0 to 100, two names may be one child's."""


@dataclass
class ChildFile:
    """All that is kept about one child but the health details, loaded at once for the record page and the papers."""

    child: Child
    enrolment: Enrolment | None
    guardianships: list[Guardianship] = field(default_factory=list[Guardianship])
    pickups: list[PickupAdult] = field(default_factory=list[PickupAdult])
    contacts: list[Contact] = field(default_factory=list[Contact])
    consents: list[Consent] = field(default_factory=list[Consent])
    health_declared: date | None = None
    missing: tuple[str, ...] = ()
    """Codes of ``enrolments.BLOCKERS`` that are missing today."""


def file(session: Session, season: Season, child_id: int) -> ChildFile:
    """Return one child's file.

    Raises:
        UserError: the child is no longer there.
    """
    child = _known(session, child_id)
    family = select(Guardianship).options(joinedload(Guardianship.guardian).joinedload(Guardian.worker))
    return ChildFile(
        child=child,
        enrolment=session.scalars(
            select(Enrolment)
            .options(joinedload(Enrolment.group))
            .where(Enrolment.season_id == season.id, Enrolment.child_id == child_id)
        ).first(),
        guardianships=list(session.scalars(family.where(Guardianship.child_id == child_id).order_by(Guardianship.id))),
        pickups=_of(session, PickupAdult, child_id, PickupAdult.id),
        contacts=_of(session, Contact, child_id, Contact.rank),
        consents=_of(session, Consent, child_id, Consent.id),
        health_declared=session.scalars(select(CarePlan.declared_on).where(CarePlan.child_id == child_id)).first(),
        missing=enrolments.missing(session, [child_id], clock.today()).get(child_id, ()),
    )


def _of(session: Session, kind: Any, child_id: int, order: ColumnElement[Any] | Any) -> list[Any]:
    return list(session.scalars(select(kind).where(kind.child_id == child_id).order_by(order, kind.id)))


def save(session: Session, child: Child, *, today: date | None = None) -> Child:
    """Keep a child, new or changed.

    Raises:
        Invalid: the name is missing, the birth date is in the future or too long ago.
        UserError: the child's data was erased.
    """
    if child.erased_on:
        raise UserError(_("This child's data was erased; what is left is only counted and does not change."))
    child.name = " ".join(child.name.split())
    day = today or clock.today()
    problems: dict[str, str] = {}
    if not child.name:
        problems["name"] = _("Please write the child's name.")
    if doubt := why_not_born(child.birth_date, day):
        problems["birth_date"] = doubt
    if problems:
        raise Invalid(problems)
    session.add(child)
    session.flush()
    reindex(session, child)
    return child


def why_not_born(birth_date: date, day: date) -> str:
    """Return why no child of today can have a birth date; empty when one can."""
    if birth_date > day:
        return _("The birth date lies in the future.")
    if seasons.age_on(birth_date, day) > _OLDEST:
        return _("With this birth date it would be no child. Check the year.")
    return ""


def change(session: Session, child_id: int, **values: Any) -> Child:
    """Change some of what is known about a child.

    Raises:
        Invalid: see :func:`save`.
        UserError: the child is no longer there.
    """
    child = _known(session, child_id)
    for name, value in values.items():
        setattr(child, name, value)
    return save(session, child)


def register(
    session: Session, season: Season, child: Child, *, worker: Worker | None, relation: Relation, on: date
) -> Enrolment:
    """Enrol a child in one go: the child, a parent who works here, the application, and a place if one is free.

    Raises:
        Invalid: see :func:`save`.
    """
    save(session, child)
    if worker is not None:
        add_guardian(session, child, guardian_of_worker(session, worker), relation)
    return enrolments.enrol(session, season, enrolments.apply(session, season, child, on=on), child)


def similar(session: Session, name: str, birth_date: date | None, *, limit: int = 4) -> list[Child]:
    """Return children already known who may be this one: the same name, or a like name and the same birth date.

    Twins are alike by nature: the officer decides, nothing is merged.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 (only while a child is entered)

    plain = searching.fold(name).strip()
    if not plain:
        return []
    same_name = list(session.scalars(select(Child).where(searching.matching(session, Child, name)).limit(limit)))
    if birth_date is None:
        return same_name
    born = session.scalars(select(Child).where(Child.birth_date == birth_date).order_by(Child.sort_key).limit(200))
    alike = [c for c in born if fuzz.ratio(plain, searching.fold(c.name)) >= _ALIKE]
    return list({c.id: c for c in (*alike, *same_name)}.values())[:limit]


def reindex(session: Session, child: Child) -> None:
    """Write anew what the child is found by: names, guardians, worker numbers, phones."""
    query = (
        select(Guardian.name, Guardian.phone, Worker.number)
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .outerjoin(Worker, Worker.id == Guardian.worker_id)
        .where(Guardianship.child_id == child.id)
    )
    family = session.execute(query).all()
    codes = tuple(code for _name, phone, number in family for code in (number, phone) if code)
    searching.index(child, child.nickname, *(name for name, _phone, _number in family), codes=codes)


def _known(session: Session, child_id: int) -> Child:
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
    return child


def guardian_of_worker(session: Session, worker: Worker) -> Guardian:
    """Return the guardian record of a worker; siblings share it."""
    found = session.scalars(select(Guardian).where(Guardian.worker_id == worker.id)).first()
    if found:
        return found
    guardian = Guardian(worker_id=worker.id, name=worker.name, phone=worker.phone)
    session.add(guardian)
    session.flush()
    return guardian


def add_guardian(session: Session, child: Child, guardian: Guardian, relation: Relation) -> Guardianship:
    """Name a guardian of a child.

    Raises:
        UserError: already named.
    """
    session.add(guardian)
    session.flush()
    if session.scalars(
        select(Guardianship.id).where(Guardianship.child_id == child.id, Guardianship.guardian_id == guardian.id)
    ).first():
        raise UserError(_("{name} is already a guardian of this child.").format(name=guardian.name))
    link = Guardianship(child_id=child.id, guardian_id=guardian.id, relation=relation)
    session.add(link)
    session.flush()
    reindex(session, child)
    return link


def siblings(session: Session, child_id: int) -> list[Child]:
    """Return the children who share a guardian with this one."""
    mine = select(Guardianship.guardian_id).where(Guardianship.child_id == child_id)
    query = (
        select(Child)
        .where(
            Child.id.in_(select(Guardianship.child_id).where(Guardianship.guardian_id.in_(mine))), Child.id != child_id
        )
        .order_by(Child.birth_date)
    )
    return list(session.scalars(query))


def consents_to(
    consents: Sequence[Consent], purpose: ConsentPurpose, on: date, *, since: date = date.min
) -> bool:  # fmt: skip
    """Tell whether a consent holds on a day.

    Args:
        consents: a child's.
        purpose: to what.
        on: the day.
        since: what was signed up to then has run out, see ``enrolments.renewed_after``.
    """
    return any(
        c.purpose is purpose
        and c.given
        and (c.signed_on is None or since < c.signed_on <= on)
        and (c.withdrawn_on is None or c.withdrawn_on > on)
        for c in consents
    )


def set_consent(
    session: Session, child_id: int, purpose: ConsentPurpose, *, given: bool, on: date, signed_by: str = "",
    language: str = "", wording: str = "",
) -> Consent:  # fmt: skip
    """Record what a guardian agreed to or refused; an earlier agreement is withdrawn, never overwritten."""
    for earlier in _of(session, Consent, child_id, Consent.id):
        if earlier.purpose is purpose and earlier.withdrawn_on is None:
            earlier.withdrawn_on = on
    consent = Consent(
        child_id=child_id, purpose=purpose, given=given, signed_on=on, signed_by=signed_by, language=language,
        wording=wording,
    )  # fmt: skip
    session.add(consent)
    return consent


def withdraw_consent(session: Session, child_id: int, purpose: ConsentPurpose, *, on: date) -> None:
    """Note that a guardian takes an agreement back; it held until that day."""
    for consent in _of(session, Consent, child_id, Consent.id):
        if consent.purpose is purpose and consent.given and consent.withdrawn_on is None:
            consent.withdrawn_on = on
    session.flush()


def care_plan(session: Session, child_id: int) -> CarePlan | None:
    """Return the health and care details; whoever shows them notes the reading in the trail."""
    return session.scalars(select(CarePlan).where(CarePlan.child_id == child_id)).first()


def change_care_plan(session: Session, child_id: int, **values: Any) -> CarePlan:
    """Change some of the health and care details.

    Raises:
        UserError: this role may not write them, or the child is no longer there.
    """
    plan = care_plan(session, child_id) or CarePlan(child_id=child_id)
    for name, value in values.items():
        setattr(plan, name, value)
    save_care_plan(session, _known(session, child_id), plan)
    return plan


def save_care_plan(session: Session, child: Child, plan: CarePlan) -> None:
    """Keep the sealed care plan, and show on the child that there is one and that there is medicine."""
    plan.child_id = child.id
    session.add(plan)
    child.has_care_plan = bool(plan.plan or plan.conditions)
    child.has_medicine = bool(plan.medicine) or has_course(session, child.id)
    session.flush()


def has_course(session: Session, child_id: int) -> bool:
    """Tell whether medicine of this child is kept in the space: a written request whose rest is not given back."""
    query = select(MedicineCourse.id).where(MedicineCourse.child_id == child_id, MedicineCourse.ended.is_(None))
    return session.scalars(query).first() is not None


def find(session: Session, query: str, limit: int = 20) -> list[Child]:
    """Find children by name, pinyin, guardian, worker number or phone."""
    order = select(Child).where(searching.matching(session, Child, query)).order_by(Child.sort_key)
    return list(session.scalars(order.limit(limit)))


roles.guard(
    globals(),
    Right.ENROL,
    {
        Right.FILES: (file, register, similar, guardian_of_worker, siblings, care_plan, find),
        Right.CONSENT: (set_consent, withdraw_consent),
        Right.DETAILS: (change_care_plan, save_care_plan),
    },
)
