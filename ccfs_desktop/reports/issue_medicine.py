"""Printing medicine and health: requests with their doses, the empty form, the health log. Each reading is noted."""

from datetime import date

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports import health_log as health_paper
from ccfs_desktop.reports import medicine_log as medicine_paper
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import histories, medicine_papers


def medicine_log(db: Database, course_id: int = 0, order: Order | None = None) -> bytes:
    """Print the log of one request for medicine, or of all that run; the reading is noted with each child.

    Raises:
        UserError: the role may not, or no medicine is kept in the space.
    """
    wanted = order or Order(clock.today())
    with db.begin(N_("Print the medicine log"), final=True) as session:
        season, head = head_of(db, session, wanted)
        papers = medicine_papers.logs(session, season, head, course_id=course_id, audit_head=db.head().code)
        for child in {paper.course.child_id for paper in papers if paper.course}:
            db.note(session, histories.MEDICINE_READ, str(child), {"printed": True})
    return finish([medicine_paper.render(paper) for paper in papers], wanted)


def medicine_form(db: Database, order: Order) -> bytes:
    """Print an empty request and log, for a parent to fill in and sign."""
    with db.read() as session:
        _season, head = head_of(db, session, order)
    return finish([medicine_paper.render(medicine_papers.blank(head))], order)


def health_log(
    db: Database, first: date, last: date, *, names: bool = False, order: Order | None = None
) -> bytes:  # fmt: skip
    """Print the notes of illness of a period, children as initials unless names are asked for.

    Raises:
        UserError: the role may not, or the days are the wrong way round.
    """
    if last < first:
        raise UserError(_("The last day is before the first."))
    wanted = order or Order(last)
    with db.begin(N_("Print the health log"), final=True) as session:
        season, head = head_of(db, session, wanted)
        db.note(session, histories.HEALTH_READ, "", {"printed": True, "first": first.isoformat()})
        paper = medicine_papers.health_log(
            session, season, first, last, head, names=names, audit_head=db.head().code
        )  # fmt: skip
    return finish([health_paper.render(paper)], wanted)


def ordered_medicine(db: Database, order: Order) -> bytes:
    """Print the log of all medicine that is kept in the space."""
    return medicine_log(db, order=order)


def ordered_health(db: Database, order: Order) -> bytes:
    """Print the health log of a day or a period, children as initials."""
    return health_log(db, order.day, order.until or order.day, order=order)
