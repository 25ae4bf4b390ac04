"""Photos and PDFs that show how it was before and how it is after. Once the action is done they stay for good."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Evidence
from ccfs_desktop.services import actions, roles
from ccfs_desktop.services.actions import ENDED, UNSOLVED
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.services.roles import Right

MOST = 20
"""So many files one action may have; ours, so that the office's backups stay small."""


@dataclass(frozen=True)
class Proof:
    """A file without its bytes."""

    id: int
    action_id: int
    after: bool
    name: str
    kind: str
    caption: str
    by: str
    at: datetime
    frozen: bool


def add(session: Session, action_id: int, file: Attachment, *, after: bool, by: str, caption: str = "") -> Evidence:
    """Keep a file with an action, also when it is verified already: the effectiveness check needs it.

    Args:
        session: the open transaction.
        action_id: the action.
        file: as ``attachments.clean`` returned it.
        after: whether it shows how it is after.
        by: who adds it.
        caption: what it shows.

    Raises:
        UserError: the action is closed, has 20 files, or the role may not.
    """
    roles.require(session, Right.ACTIONS)
    action = actions.get(session, action_id)
    if action.stage in ENDED:
        raise UserError(actions.frozen_sentence(action))
    count = session.scalar(select(func.count()).where(Evidence.action_id == action_id)) or 0
    if count >= MOST:
        raise UserError(_("{number} has {n} files already. Put several papers into one PDF.").format(
            number=action.number, n=MOST))  # fmt: skip
    kept = Evidence(
        action_id=action_id, after=after, name=file.name, kind=file.kind, content=file.content,
        caption=caption.strip()[:200], by=by, at=clock.now(), frozen=action.stage not in UNSOLVED,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def describe(session: Session, evidence_id: int, caption: str) -> None:
    """Say what a file shows.

    Raises:
        Invalid: too long.
        UserError: it stays as it is by now.
    """
    file = _free(session, evidence_id)
    text = caption.strip()
    if len(text) > 200:
        raise Invalid({"caption": _("At most {n} characters fit here.").format(n=200)})
    file.caption = text
    session.flush()


def remove(session: Session, evidence_id: int) -> None:
    """Take away a file that was added by mistake, while the action is not done.

    Raises:
        UserError: the action was done since: evidence stays.
    """
    session.delete(_free(session, evidence_id))
    session.flush()


def _free(session: Session, evidence_id: int) -> Evidence:
    roles.require(session, Right.ACTIONS)
    file = session.get(Evidence, evidence_id)
    if file is None:
        raise UserError(_("This file is no longer there."))
    if file.frozen:
        raise UserError(_("Evidence stays once the action is done. Add another file that shows it better."))
    return file


def of(session: Session, *action_ids: int) -> list[Proof]:
    """Return the files of some actions without their bytes, oldest first."""
    columns = (getattr(Evidence, name) for name in Proof.__dataclass_fields__)
    query = select(*columns).where(Evidence.action_id.in_(action_ids)).order_by(Evidence.id)
    return [Proof(*row) for row in session.execute(query)]


def content(session: Session, evidence_id: int) -> bytes | None:
    """Return a file's bytes; None when it is gone."""
    return session.scalars(select(Evidence.content).where(Evidence.id == evidence_id)).first()


roles.guard(globals(), Right.ACTIONS, {Right.INCIDENTS: (of, content)})
