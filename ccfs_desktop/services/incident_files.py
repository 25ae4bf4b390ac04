"""Photos and papers kept with an incident: sealed, and never taken away again once the incident is signed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.incident import IncidentFile
from ccfs_desktop.services import incidents, letters, roles
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.services.roles import Right


def add(
    session: Session, incident_id: int, attachment: Attachment, *, by: str, report_id: int | None = None
) -> IncidentFile:
    """Keep a photo or paper. To a signed incident it is an addition that stays.

    Args:
        session: the open transaction.
        incident_id: the incident.
        attachment: as ``attachments.clean`` returned it.
        by: who adds it.
        report_id: the report on the child it shows; None when it is about the event.

    Raises:
        UserError: the incident was discarded, or this role may not.
    """
    roles.require(session, Right.DETAILS)
    incident = incidents.get(session, incident_id)
    if incident.discarded:
        raise UserError(_("This report was discarded: it does not change any more."))
    kept = IncidentFile(
        incident_id=incident_id, incident_child_id=report_id, name=attachment.name, kind=attachment.kind,
        sealed=letters.write(session, attachment.content), by=by, at=clock.now(), frozen=incident.frozen,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def remove(session: Session, file_id: int) -> None:
    """Take a photo or paper away from a draft.

    Raises:
        UserError: the incident is signed, or this role may not.
    """
    kept = session.get(IncidentFile, file_id)
    if kept is None:
        return
    incidents.opened(session, kept.incident_id)
    session.delete(kept)
    session.flush()


def content(session: Session, file_id: int) -> bytes | None:
    """Return the bytes of a photo or paper; None where they may not be read."""
    return letters.read(session, session.scalars(select(IncidentFile.sealed).where(IncidentFile.id == file_id)).first())


roles.guard(globals(), Right.DETAILS, {})
