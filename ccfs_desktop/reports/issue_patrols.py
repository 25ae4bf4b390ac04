"""Printing the patrols: the register of a period, the form for the clipboard, the trend of a season."""

from datetime import date

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import patrol_form, patrol_register, patrol_trend
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import patrols_papers


def register(db: Database, order: Order, *, named: bool = False) -> bytes:
    """Print the patrols and the children found of a day or a period; that it was printed goes into the trail.

    Args:
        db: the office.
        order: for when.
        named: names in full instead of initials.

    Raises:
        UserError: the period is none, or the names are not for who asks.
    """
    last: date = order.until or order.day
    audit_head = db.head().code
    with db.begin(N_("Print the patrol register"), final=True) as session:
        _season, head = head_of(db, session, order)
        paper = patrols_papers.register(session, order.day, last, head, named=named, audit_head=audit_head)
        detail = {"day": order.day.isoformat(), "until": last.isoformat(), "children": len(paper.seen), "named": named}
        db.note(session, "print", "patrol-register", detail)
    return finish([patrol_register.render(paper)], order)


def form(db: Database, order: Order) -> bytes:
    """Print the form for the clipboard of the week in which a day lies.

    Raises:
        UserError: no patrol is planned in it.
    """
    first, last = patrols_papers.week(order.day)
    with db.read() as session:
        _season, head = head_of(db, session, order)
        paper = patrols_papers.form(session, first, last, head)
    return finish([patrol_form.render(paper)], order)


def trend(db: Database, order: Order) -> bytes:
    """Print the trend of the season of a day, up to that day."""
    audit_head = db.head().code
    with db.begin(N_("Print the trend of children in production"), final=True) as session:
        season, head = head_of(db, session, order)
        paper = patrols_papers.trend(session, season, order.day, head, audit_head=audit_head)
        db.note(session, "print", "patrol-trend", {"day": order.day.isoformat()})
    return finish([patrol_trend.render(paper)], order)
