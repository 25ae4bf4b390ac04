"""Printing the logs of the space: each as a list of a period, and the record of a drill."""

from datetime import date
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.log import Drill
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import drill_record, log_lists
from ccfs_desktop.reports.catalogue import document
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import log_papers, logbook, offices, seasons, sheets
from ccfs_desktop.services.papers import Letterhead


def ordered(name: str, db: Database, order: Order) -> bytes:
    """Print a log of a day or a period; that it was printed goes into the trail.

    Args:
        name: the printable, such as ``food-log``.
        db: the office.
        order: for which day, or from when to when.
    """
    last = order.until or order.day
    if document(name).issued:
        return _issued(name, db, order, last)
    with db.begin(N_("Print a log"), final=True) as session:
        season, head = head_of(db, session, order)
        paper = log_papers.read(session, season, name, order.day, last, head)
        db.note(session, "print", name, {"day": last.isoformat(), "rows": len(paper.rows)})
    return finish([log_lists.render(paper)], order)


def _issued(name: str, db: Database, order: Order, last: date) -> bytes:
    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return log_lists.render(log_papers.read(session, season, name, order.day, last, head))

    return issue(db, name, draw, first_day=order.day, last_day=last, languages=order.languages).pdf


def drill(db: Database, drill_id: int, *, languages: tuple[str, ...] = (), archive: bool = False) -> bytes:
    """Print the record of one drill; that it was printed goes into the trail.

    Raises:
        UserError: it is gone.
    """
    with db.begin(N_("Print the record of a drill"), final=True) as session:
        found = session.get(Drill, drill_id)
        season = seasons.current(session, found.day if found else clock.today())
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        paper = log_papers.drill(session, season, drill_id, head, audit_head=db.head().code)
        db.note(session, "print", "drill-record", {"drill": drill_id})
    pdf = drill_record.render(paper)
    return as_archive(pdf) if archive else pdf


def drills_of_day(db: Database, order: Order) -> bytes:
    """Print the records of all drills of a day; of a day without one, a record to fill in by hand."""
    with db.read() as session:
        season, head = head_of(db, session, order)
        found = [one.id for one in logbook.entries(session, Drill, season, order.day, order.day)]
        blank = log_papers.blank_drill(session, order.day, head)
    pages = [drill(db, one, languages=order.languages) for one in reversed(found)]
    return finish(pages or [drill_record.render(blank)], order)
