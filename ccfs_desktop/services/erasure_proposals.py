"""Proposing that a child's data be erased: the coordinator proposes, the HR officer erases or says why not.

Source: security.md 2.3, consent, retention, erase: the coordinator proposes.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import ErasureProposal
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right


def propose(session: Session, child_id: int, reason: str) -> ErasureProposal:
    """Propose to erase everything about a child.

    Args:
        session: the open transaction.
        child_id: whose data.
        reason: why, such as the letter in which a guardian asked for it.

    Raises:
        Invalid: there is no reason.
        UserError: the child's data are erased already, somebody has proposed it already, or the role may not.
    """
    if not reason.strip():
        raise Invalid({"reason": _("Write why it is erased, such as the letter in which the guardian asked for it.")})
    child = session.get(Child, child_id)
    if child is None or child.erased_on:
        raise UserError(_("This child's data were erased already."))
    if any(one.child_id == child_id for one in waiting(session)):
        raise UserError(_("This is proposed already; the HR officer has it on the list."))
    made = ErasureProposal(
        child_id=child_id, reason=reason.strip(), by=session.info["actor"].user, at=clock.now()
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def waiting(session: Session) -> list[ErasureProposal]:
    """Return the proposals that are neither carried out nor declined, oldest first."""
    query = (
        select(ErasureProposal)
        .join(Child, Child.id == ErasureProposal.child_id)
        .where(ErasureProposal.declined_at.is_(None), Child.erased_on.is_(None))
    )
    return list(session.scalars(query.order_by(ErasureProposal.at, ErasureProposal.id)))


def decline(session: Session, proposal_id: int, reason: str) -> ErasureProposal:
    """Say why a proposal is not carried out.

    Raises:
        Invalid: there is no reason.
        UserError: it is decided already, or the role may not.
    """
    if not reason.strip():
        raise Invalid({"decline_reason": _("Please say why not: who proposed it reads it.")})
    found = next((one for one in waiting(session) if one.id == proposal_id), None)
    if found is None:
        raise UserError(_("This proposal is decided already. The list shows how."))
    found.declined_by, found.declined_at = session.info["actor"].user, clock.now()
    found.decline_reason = reason.strip()
    return found


roles.guard(globals(), Right.PROPOSE, {Right.DATA: (decline,)})
