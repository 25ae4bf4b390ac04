"""Showing an auditor whose record it is: one family at a time, and the trail tells. Source: security.md 2.3."""

from sqlalchemy import String, select, type_coerce

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import Child, Consent, Contact, Guardian, Guardianship, PickupAdult
from ccfs_desktop.models.masked import Masked, masker_of
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

REVEALED = "reveal"
"""What the trail calls it."""


def masks(db: Database) -> bool:
    """Tell whether who is working sees names of children and families masked."""
    return masker_of(db.engine.dialect).on


def is_revealed(db: Database, child_id: int) -> bool:
    """Tell whether a family may be seen as it is."""
    masker = masker_of(db.engine.dialect)
    with db.read() as session:
        name = session.scalar(select(type_coerce(Child.name, String)).where(Child.id == child_id))
    return not masker.on or name in masker.revealed


def reveal(db: Database, child_id: int) -> None:
    """Show a child's and its family's names and phones as they are, until the office is closed; the trail tells.

    Args:
        db: the office.
        child_id: whose file.
    """
    guardians = select(Guardianship.guardian_id).where(Guardianship.child_id == child_id)
    workers = select(Guardian.worker_id).where(Guardian.id.in_(guardians))
    of_whom = (
        (Child, Child.id == child_id),
        (Guardian, Guardian.id.in_(guardians)),
        (Worker, Worker.id.in_(workers)),
        (PickupAdult, PickupAdult.child_id == child_id),
        (Contact, Contact.child_id == child_id),
        (Consent, Consent.child_id == child_id),
    )
    found: set[str] = set()
    with db.begin(N_("Reveal the names of a family"), final=True) as session:
        db.note(session, REVEALED, str(child_id))
        for kind, whose in of_whom:
            columns = [c for c in kind.__table__.columns if isinstance(c.type, Masked)]
            for row in session.execute(select(*(type_coerce(c, String) for c in columns)).where(whose)):
                found |= {value for value in row if value}
    masker_of(db.engine.dialect).revealed |= found


roles.guard(globals(), Right.FILES, {Right.OFFICE: (masks,)})
