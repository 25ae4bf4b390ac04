"""Sealed letters: anybody in the office may write one, only holders of the sensitive key read it.

Reports of incidents by those who may not read them, safeguarding concerns and papers about injuries go this way.
Source: security.md 2.3.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.sealed import sealer_of
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.vault import cipher


def put_up(db: Database) -> None:
    """Put the office's letterbox up, unless it hangs already; only a holder of the sensitive key can."""
    with db.read() as session:
        box = sealer_of(session.connection().dialect).letterbox
        held = session.scalars(select(Factory.letterbox)).one_or_none()
    if box is None or held is None or held == box.hex():
        return
    with db.begin(N_("Put up the letterbox"), final=True) as session:
        session.scalars(select(Factory)).one().letterbox = box.hex()


def write(session: Session, letter: bytes) -> bytes:
    """Seal a letter.

    Raises:
        UserError: the office has no letterbox yet.
    """
    box = session.scalars(select(Factory.letterbox)).one()
    if not box:
        raise UserError(_("This office cannot take sealed reports yet. Ask the HR officer to open it once."))
    return cipher.deliver(bytes.fromhex(box), letter)


def read(session: Session, sealed: bytes | None) -> bytes | None:
    """Open a letter; None for those without the sensitive key, for a changed one, and for none."""
    return None if sealed is None else sealer_of(session.connection().dialect).take_out(sealed)


def may_read(session: Session) -> bool:
    """Tell whether this user holds the sensitive key."""
    return sealer_of(session.connection().dialect).holds_key


roles.guard(globals(), Right.OFFICE, {})
