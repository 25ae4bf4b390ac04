"""Printing the roster: gather the week, draw it, note in the trail that it was printed."""

from datetime import date

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import wall_roster as paper
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import roster_paper


def wall_roster(db: Database, monday: date, languages: tuple[str, ...] = ()) -> bytes:
    """Print the roster of a week for the wall.

    Args:
        db: the office.
        monday: the week's Monday.
        languages: of the paper; the factory's own unless said.

    Raises:
        UserError: the space is closed all week, or nobody is on the roster.
    """
    return ordered(db, Order(monday, languages=languages))


def ordered(db: Database, order: Order) -> bytes:
    """Print the roster of the week in which the ordered day lies; see :func:`wall_roster`."""
    with db.begin(N_("Print the roster"), final=True) as session:
        season, head = head_of(db, session, order)
        data = roster_paper.wall_roster(session, season, order.monday, head)
        told = {"week": order.monday.isoformat(), "published": bool(data.published_by), "changed": bool(data.changed)}
        db.note(session, "print", "wall-roster", told)
    return finish([paper.render(data)], order)
