"""Printing for the staff: badges, and the proof of the ratio."""

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import badges
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import staff_sheets


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
