"""Printing for the day: number the sheets, draw them, keep them as they were printed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import day_closing as closing_sheet
from ccfs_desktop.reports import emergency_list, sign_in_sheet, staff_sign_in, visitor_log
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.archive import as_archive, page_count, together
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import closing, offices, seasons, sheets, staff_sheets
from ccfs_desktop.services.papers import Letterhead


def sign_in_sheets(db: Database, order: Order) -> bytes:
    """Print the numbered sign-in sheets of a day. A sheet printed before comes out as the same bytes.

    Raises:
        UserError: the space is closed that day, or nobody is expected.
    """
    with db.begin(N_("Print the sign-in sheet"), final=True) as session:
        season, head = head_of(db, session, order)
        pages = _sheets(db, session, season, head, order)
    return finish(pages, order)


def emergency(db: Database, order: Order, *, here: bool = False) -> bytes:
    """Print the emergency list of a day, or of the children here now; that it was printed goes into the trail."""
    with db.begin(N_("Print the emergency list"), final=True) as session:
        season, head = head_of(db, session, order)
        paper = sheets.emergency_list(session, season, order.day, head, here=here)
        db.note(session, "print", "emergency-list", {"day": order.day.isoformat(), "children": len(paper.rows)})
    return finish([emergency_list.render(paper)], order)


def day_pack(db: Database, order: Order) -> bytes:
    """Print all the space needs on paper for a day: sheets, emergency list, staff sign-in, visitor log.

    Raises:
        UserError: the space is closed that day, or nobody is expected.
    """
    with db.begin(N_("Print the day's pack"), final=True) as session:
        season, head = head_of(db, session, order)
        pages = _sheets(db, session, season, head, order)
        paper = sheets.emergency_list(session, season, order.day, head)
        db.note(session, "print", "day-pack", {"day": order.day.isoformat(), "children": len(paper.rows)})
        staff = _staff_sheet(db, session, season, order.day, head)
    pages += [
        emergency_list.render(paper),
        staff,
        visitor_log.render(sheets.visitor_log(order.day, head)),
    ]
    return finish(pages, order)


def staff_sheet(db: Database, order: Order) -> bytes:
    """Print the numbered sheets on which the adults on duty sign, one for each open day asked for.

    A sheet printed before comes out as the same bytes.

    Raises:
        UserError: the space is closed that day, or on all of the days.
    """
    with db.begin(N_("Print the staff sign-in sheet"), final=True) as session:
        season, head = head_of(db, session, order)
        until = order.until or order.day
        days = [d for d in seasons.open_days(session, season, until) if d >= order.day] or [order.day]
        pages = [_staff_sheet(db, session, season, day, head) for day in days]
    return finish(pages, order)


def _staff_sheet(db: Database, session: Any, season: Season, day: date, head: Letterhead) -> bytes:
    key = offices.site_key(db)
    sheet, paper = staff_sheets.sign_in_sheet(session, season, day, head, site_key=key)
    pdf = sheets.kept(session, sheet)
    if pdf is None:
        pdf = staff_sign_in.render(paper)
        sheets.keep(session, sheet, pdf, page_count(pdf))
    return pdf


def visitors(db: Database, order: Order) -> bytes:
    """Print an empty visitor log for a day."""
    with db.read() as session:
        _season, head = head_of(db, session, order)
    return finish([visitor_log.render(sheets.visitor_log(order.day, head))], order)


def day_closing(db: Database, season: Season, day: date) -> bytes:
    """Issue how a day was closed."""

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        seal = head.imprint.seal if head.imprint else ""
        return closing_sheet.render(closing.paper(session, season, day, head, audit_head=seal))

    return issue(db, "day-closing", draw, first_day=day, season=season).pdf


def head_of(db: Database, session: Any, order: Order) -> tuple[Season, Letterhead]:
    """Return the season of the day asked for, and the head of the paper."""
    season = seasons.current(session, order.day)
    factory = offices.factory(session)
    return season, sheets.letterhead(factory, season, by=db.actor.user, languages=order.languages)


def _sheets(db: Database, session: Any, season: Season, head: Letterhead, order: Order) -> list[bytes]:
    layout = order.layout or offices.factory(session).sheet_layout
    key = offices.site_key(db)
    pages: list[bytes] = []
    for group in sheets.groups_on_paper(session, season, order.day, name=order.group):
        sheet, paper = sheets.day_sheet(session, season, order.day, group, head, layout=layout, site_key=key)
        pdf = sheets.kept(session, sheet)
        if pdf is None:
            pdf = sign_in_sheet.render(paper)
            sheets.keep(session, sheet, pdf, page_count(pdf))
        pages.append(pdf)
    return pages


def finish(pages: Sequence[bytes], order: Order) -> bytes:
    """Return documents as one, as asked for."""
    pdf = pages[0] if len(pages) == 1 else together(list(pages))
    return as_archive(pdf) if order.archive else pdf
