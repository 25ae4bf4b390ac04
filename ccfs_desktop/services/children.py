"""The children's files: who they are, their family, who may collect them, and what to watch for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

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
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import searching


@dataclass(frozen=True)
class ChildrenList:
    """The list of a season's children, as a table reads it: a page at a time."""

    season_id: int
    query: str = ""
    status: Status | None = None
    group_id: int | None = None

    COLUMNS = ("number", "name", "birth_date", "sex", "group", "status", "guardian", "phone", "first_day", "alert")

    def count(self, session: Session) -> int:
        """Return how many children fit."""
        return session.scalar(self._where(session, select(func.count(Enrolment.id)))) or 0

    def counts(self, session: Session) -> dict[Status, int]:
        """Return status → number of children, for the filters above the list."""
        query = (
            select(Enrolment.status, func.count())
            .where(Enrolment.season_id == self.season_id)
            .group_by(Enrolment.status)
        )
        return {status: n for status, n in session.execute(query)}

    def rows(
        self, session: Session, offset: int, limit: int, order_by: str = "name", *, descending: bool = False
    ) -> list[tuple[Any, ...]]:
        """Return some rows: child id, then ``COLUMNS`` (guardian and phone of the first guardian)."""
        column = _ORDER[order_by]
        order = column.desc() if descending else column
        page = self._where(
            session,
            select(
                Child.id, Enrolment.number, Child.name, Child.birth_date, Child.sex, Group.name, Enrolment.status,
                Enrolment.first_day, Child.alert,
            ),
        )  # fmt: skip
        found = session.execute(page.order_by(order, Child.id).offset(offset).limit(limit)).all()
        parents = _first_guardians(session, [row[0] for row in found])
        return [(*row[:7], *parents.get(row[0], ("", "")), *row[7:]) for row in found]

    def _where(self, session: Session, query: Select[Any]) -> Select[Any]:
        query = (
            query.select_from(Child)
            .join(Enrolment, Enrolment.child_id == Child.id)
            .outerjoin(Group, Group.id == Enrolment.group_id)
            .where(Enrolment.season_id == self.season_id)
        )
        if self.query.strip():
            query = query.where(searching.matching(session, Child, self.query))
        if self.status:
            query = query.where(Enrolment.status == self.status)
        if self.group_id:
            query = query.where(Enrolment.group_id == self.group_id)
        return query


_ORDER: dict[str, Any] = {
    "number": Enrolment.number, "name": Child.sort_key, "birth_date": Child.birth_date, "sex": Child.sex,
    "group": Group.name, "status": Enrolment.status, "first_day": Enrolment.first_day, "alert": Child.alert,
}  # fmt: skip


def _first_guardians(session: Session, child_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    query = (
        select(Guardianship.child_id, Guardian.name, Guardian.phone)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(Guardianship.child_id.in_(child_ids))
        .order_by(Guardianship.id.desc())
    )
    return {child: (name, phone) for child, name, phone in session.execute(query)}


@dataclass
class ChildFile:
    """All that is kept about one child, loaded at once for the record page and the papers."""

    child: Child
    enrolment: Enrolment | None
    guardianships: list[Guardianship] = field(default_factory=list[Guardianship])
    pickups: list[PickupAdult] = field(default_factory=list[PickupAdult])
    contacts: list[Contact] = field(default_factory=list[Contact])
    consents: list[Consent] = field(default_factory=list[Consent])
    care_plan: CarePlan | None = None


def file(session: Session, season: Season, child_id: int) -> ChildFile:
    """Return one child's file.

    Raises:
        UserError: the child is no longer there.
    """
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
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
        care_plan=session.scalars(select(CarePlan).where(CarePlan.child_id == child_id)).first(),
    )


def _of(session: Session, kind: Any, child_id: int, order: ColumnElement[Any] | Any) -> list[Any]:
    return list(session.scalars(select(kind).where(kind.child_id == child_id).order_by(order)))


def save(session: Session, child: Child, *, today: date | None = None) -> Child:
    """Keep a child, new or changed.

    Raises:
        Invalid: the name is missing or a formula, the birth date is in the future.
    """
    child.name = " ".join(child.name.split())
    problems: dict[str, str] = {}
    if not child.name:
        problems["name"] = _("Please write the child's name.")
    if child.birth_date > (today or date.today()):
        problems["birth_date"] = _("The birth date lies in the future.")
    if problems:
        raise Invalid(problems)
    session.add(child)
    session.flush()
    reindex(session, child)
    return child


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


def consents_to(consents: Sequence[Consent], purpose: ConsentPurpose, on: date) -> bool:
    """Tell whether a consent holds on a day."""
    return any(c.purpose is purpose and c.given and (c.withdrawn_on is None or c.withdrawn_on > on) for c in consents)


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


def save_care_plan(session: Session, child: Child, plan: CarePlan) -> None:
    """Keep the sealed care plan, and show on the child that there is one and that there is medicine."""
    plan.child_id = child.id
    session.add(plan)
    child.has_care_plan = bool(plan.plan or plan.conditions)
    child.has_medicine = bool(plan.medicine)
    session.flush()


def find(session: Session, query: str, limit: int = 20) -> list[Child]:
    """Find children by name, pinyin, guardian, worker number or phone."""
    order = select(Child).where(searching.matching(session, Child, query)).order_by(Child.sort_key)
    return list(session.scalars(order.limit(limit)))
