"""The log of personal data that left the office: to whom, when, what for, on which ground, which data.

Whatever the program hands out itself is entered by itself (:func:`enter`); what was told, shown or sent otherwise is
written by hand (:func:`add`). Source: security.md 5, disclosure log.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _
from ccfs_desktop.models.masked import veil
from ccfs_desktop.models.protection import Basis, Disclosure
from ccfs_desktop.services import roles
from ccfs_desktop.services.initials import masked
from ccfs_desktop.services.roles import Right

_NEEDED = ("recipient", "purpose", "fields")


def enter(
    session: Session, *, recipient: str, purpose: str, basis: Basis, fields: str, subjects: str = "",
    sha256: str = "", child_id: int | None = None,
) -> Disclosure:  # fmt: skip
    """Enter what the program itself hands out, in the transaction in which it does. Asks no right: nobody hides it.

    Args:
        session: the open transaction.
        recipient: to whom.
        purpose: what for.
        basis: on which ground.
        fields: which data.
        subjects: about whom, such as ``214 children of Summer 2017``.
        sha256: of the package, hexadecimal.
        child_id: the child, where it is about one.
    """
    return _keep(
        session, automatic=True, recipient=recipient, purpose=purpose, basis=basis, fields=fields, subjects=subjects,
        sha256=sha256, child_id=child_id,
    )  # fmt: skip


def add(session: Session, **values: Any) -> Disclosure:
    """Enter by hand what was told, shown or sent otherwise.

    Args:
        session: the open transaction.
        values: as those of :func:`enter`, ``at`` for another moment than now.

    Raises:
        Invalid: to whom, what for or which data is missing, or it lies in the future.
        UserError: the role may not.
    """
    problems = {name: _("Please fill this in.") for name in _NEEDED if not str(values.get(name) or "").strip()}
    if values.get("at") and values["at"] > clock.now():
        problems["at"] = _("This lies in the future.")
    if problems:
        raise Invalid(problems)
    return _keep(session, automatic=False, **values)


def listed(session: Session) -> list[Disclosure]:
    """Return the log, newest first; who sees names masked does not learn which guardian got a copy.

    Raises:
        UserError: the role may not see it.
    """
    found = list(session.scalars(select(Disclosure).order_by(Disclosure.at.desc(), Disclosure.id.desc())))
    if not roles.may(session, Right.NAMES):
        for one in found:
            if one.child_id:
                veil(session, one, recipient=masked(one.recipient))
    return found


def of_child(session: Session, child_id: int) -> list[Disclosure]:
    """Return what was given to others about one child, oldest first."""
    query = select(Disclosure).where(Disclosure.child_id == child_id).order_by(Disclosure.at, Disclosure.id)
    return list(session.scalars(query))


def _keep(session: Session, *, automatic: bool, **values: Any) -> Disclosure:
    told: dict[str, Any] = {"at": clock.now(), "basis": Basis.OTHER, "by": session.info["actor"].user}
    told |= {
        name: " ".join(value.split()) if type(value) is str else value
        for name, value in values.items()
        if value is not None
    }
    made = Disclosure(**told, automatic=automatic)
    session.add(made)
    session.flush()
    return made


roles.guard(globals(), Right.PROTECTION, {Right.OFFICE: (enter,), Right.DATA: (add,)})
