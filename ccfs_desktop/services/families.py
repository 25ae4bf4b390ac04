"""The adults around a child: guardians, who may collect, who must not, whom to call."""

from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Contact, Guardian, Guardianship, PickupAdult, Relation
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, roles
from ccfs_desktop.services.roles import Right

Adult: TypeAlias = Contact | PickupAdult


def add_worker(session: Session, child_id: int, worker_id: int, relation: Relation) -> Guardianship:
    """Name a worker of the factory as a guardian.

    Raises:
        UserError: already named.
    """
    guardian = children.guardian_of_worker(session, session.get_one(Worker, worker_id))
    return children.add_guardian(session, session.get_one(Child, child_id), guardian, relation)


def add_other(session: Session, child_id: int, name: str, phone: str, relation: Relation) -> Guardianship:
    """Name a guardian who does not work here.

    Raises:
        Invalid: no name.
    """
    guardian = Guardian(name=_named(name), phone=phone)
    return children.add_guardian(session, session.get_one(Child, child_id), guardian, relation)


def change_guardian(session: Session, guardianship_id: int, **values: Any) -> None:
    """Change what is known about a guardian; name and phone change for the brothers and sisters too.

    Args:
        session: the open transaction.
        guardianship_id: the guardian of this child.
        values: ``relation`` and ``custody_note``, or the guardian's ``name``, ``phone``, ``phone2``.

    Raises:
        Invalid: no name.
    """
    link = session.get_one(Guardianship, guardianship_id)
    guardian = session.get_one(Guardian, link.guardian_id)
    for name, value in values.items():
        target: Any = link if name in {"relation", "custody_note"} else guardian
        setattr(target, name, _named(value) if name == "name" else value)
    session.flush()
    query = select(Child).join(Guardianship, Guardianship.child_id == Child.id)
    for child in session.scalars(query.where(Guardianship.guardian_id == guardian.id)):
        children.reindex(session, child)


def remove_guardian(session: Session, guardianship_id: int) -> None:
    """Take a guardian off a child's file; the trail keeps who it was."""
    link = session.get_one(Guardianship, guardianship_id)
    child = session.get_one(Child, link.child_id)
    session.delete(link)
    session.flush()
    children.reindex(session, child)


def add_adult(session: Session, adult: Adult) -> None:
    """Add an adult: somebody who may or must not collect, or somebody to call.

    Raises:
        Invalid: no name.
    """
    adult.name = _named(adult.name)
    if isinstance(adult, Contact):
        highest = session.scalar(select(func.max(Contact.rank)).where(Contact.child_id == adult.child_id)) or 0
        adult.rank = highest + 1
    session.add(adult)
    session.flush()


def change_adult(session: Session, kind: type[Adult], number: int, **values: Any) -> None:
    """Change what is known about such an adult.

    Raises:
        Invalid: no name.
        UserError: somebody else has removed the line.
    """
    adult = session.get(kind, number)
    if adult is None:
        raise UserError(_("Somebody else has removed this line in the meantime."))
    for name, value in values.items():
        setattr(adult, name, _named(value) if name == "name" else value)
    session.flush()


def end_pickup(session: Session, number: int, *, on: date) -> None:
    """Let an adult collect no longer; the line stays on file with the day."""
    change_adult(session, PickupAdult, number, ended_on=on)


def remove_adult(session: Session, kind: type[Adult], number: int) -> None:
    """Remove a line that was written by mistake."""
    adult = session.get(kind, number)
    if adult is not None:
        session.delete(adult)
        session.flush()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid({"name": _("Please write the name.")})
    return name


roles.guard(globals(), Right.ENROL, {})
