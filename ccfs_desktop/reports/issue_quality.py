"""Printing what an auditor would ask about, for the office itself."""

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import data_quality
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import flaws_paper


def flaws(db: Database, order: Order) -> bytes:
    """Print the flaws of a day or a period with names; that it was printed goes into the trail.

    Raises:
        Refused: the role may not.
    """
    last = order.until or order.day
    with db.begin(N_("Print the list of gaps in the records"), final=True) as session:
        season, head = head_of(db, session, order)
        paper = flaws_paper.read(session, season, order.day, last, head)
        db.note(session, "print", "data-quality", {"day": order.day.isoformat(), "until": last.isoformat()})
    return finish([data_quality.render(paper)], order)
