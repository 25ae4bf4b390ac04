"""Printing a safeguarding concern: only for those who may know of it, and noted without its content."""

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.reports import concern_record
from ccfs_desktop.services import concerns, offices, seasons, sheets
from ccfs_desktop.services.concern_paper import ConcernPaper


def record(db: Database, concern_id: int) -> bytes:
    """Print one concern; nothing of it is kept anywhere.

    Raises:
        UserError: this role may not know of concerns.
    """
    with db.begin(concerns.READ, final=True) as session:
        case = concerns.get(session, concern_id)
        season = seasons.current(session, clock.today())
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user)
        db.note(session, "concern", str(concern_id), {"printed": True})
        paper = ConcernPaper(head, case, db.head().code)
    return concern_record.render(paper)
