"""Printing for the staff: badges, and the proof of the ratio."""

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import badges
from ccfs_desktop.reports import ratio_proof as proof
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import ratio_papers, staff_sheets


def staff_badges(db: Database, order: Order) -> bytes:
    """Print the badges of the staff, or of one person; that they were printed goes into the trail.

    Raises:
        UserError: nobody is called so.
    """
    with db.begin(N_("Print staff badges"), final=True) as session:
        season, head = head_of(db, session, order)
        sheet = staff_sheets.staff_badges(session, season, head, order.day, name=order.staff)
        db.note(session, "print", "staff-badges", {"people": len(sheet.badges)})
    return finish([badges.render(sheet)], order)


def ratio_proof(db: Database, order: Order) -> bytes:
    """Print the proof of the ratio of a day, or of a period; that it was printed goes into the trail."""
    audit_head = db.head().code
    with db.begin(N_("Print the proof of the ratio"), final=True) as session:
        season, head = head_of(db, session, order)
        if order.until and order.until != order.day:
            last = order.until
            paper = ratio_papers.of_period(session, season, order.day, last, head, audit_head=audit_head)
        else:
            last = order.day
            paper = ratio_papers.of_day(session, season, order.day, head, audit_head=audit_head)
        db.note(session, "print", "ratio-proof", {"day": order.day.isoformat(), "until": last.isoformat()})
    return finish([proof.render(paper)], order)
