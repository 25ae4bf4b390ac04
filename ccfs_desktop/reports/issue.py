"""Printing for the day: number the sheets, draw them, keep them as they were printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import emergency_list, sign_in_sheet, staff_sign_in, visitor_log
from ccfs_desktop.reports.kit.archive import as_archive, page_count, together
from ccfs_desktop.services import offices, seasons, sheets
from ccfs_desktop.services.papers import Letterhead


@dataclass(frozen=True)
class Order:
    """What to print for a day, where it differs from the factory's own choice."""

    day: date
    group: str = ""
    """One group's name; empty for all."""
    layout: SheetLayout | None = None
    languages: tuple[str, ...] = ()
    archive: bool = False
    """As PDF/A-2b."""


def sign_in_sheets(db: Database, order: Order) -> bytes:
    """Print the numbered sign-in sheets of a day. A sheet printed before comes out as the same bytes.

    Raises:
        UserError: the space is closed that day, or nobody is expected.
    """
    with db.begin(N_("Print the sign-in sheet"), final=True) as session:
        season, head = _head(db, session, order)
        pages = _sheets(db, session, season, head, order)
    return _finish(pages, order)


def emergency(db: Database, order: Order, *, here: bool = False) -> bytes:
    """Print the emergency list of a day, or of the children here now; that it was printed goes into the trail."""
    with db.begin(N_("Print the emergency list"), final=True) as session:
        season, head = _head(db, session, order)
        paper = sheets.emergency_list(session, season, order.day, head, here=here)
        db.note(session, "print", "emergency-list", {"day": order.day.isoformat(), "children": len(paper.rows)})
    return _finish([emergency_list.render(paper)], order)


def day_pack(db: Database, order: Order) -> bytes:
    """Print all the space needs on paper for a day: sheets, emergency list, staff sign-in, visitor log.

    Raises:
        UserError: the space is closed that day, or nobody is expected.
    """
    with db.begin(N_("Print the day's pack"), final=True) as session:
        season, head = _head(db, session, order)
        pages = _sheets(db, session, season, head, order)
        paper = sheets.emergency_list(session, season, order.day, head)
        db.note(session, "print", "day-pack", {"day": order.day.isoformat(), "children": len(paper.rows)})
        staff = sheets.staff_sign_in(session, order.day, head)
    pages += [
        emergency_list.render(paper),
        staff_sign_in.render(staff),
        visitor_log.render(sheets.visitor_log(order.day, head)),
    ]
    return _finish(pages, order)


def staff_sheet(db: Database, order: Order) -> bytes:
    """Print the sheet on which the adults on duty sign."""
    with db.begin(N_("Print the staff sign-in sheet"), final=True) as session:
        _season, head = _head(db, session, order)
        paper = sheets.staff_sign_in(session, order.day, head)
        db.note(session, "print", "staff-sign-in", {"day": order.day.isoformat()})
    return _finish([staff_sign_in.render(paper)], order)


def visitors(db: Database, order: Order) -> bytes:
    """Print an empty visitor log for a day."""
    with db.read() as session:
        _season, head = _head(db, session, order)
    return _finish([visitor_log.render(sheets.visitor_log(order.day, head))], order)


@dataclass(frozen=True)
class Printable:
    """A paper of the day that can be asked for by name."""

    name: str
    """As on the command line."""
    title: str
    about: str
    icon: str
    make: Callable[[Database, Order], bytes]
    by_group: bool = False
    """Whether it can be printed for one group and in a layout."""


PRINTABLES = (
    Printable(
        "day-pack",
        N_("The day's pack"),
        N_("Everything the space needs on paper: sheets, emergency list, staff sign-in, visitor log."),
        "printer",
        day_pack,
        by_group=True,
    ),
    Printable(
        "sign-in-sheet",
        N_("Sign-in sheets"),
        N_("One numbered sheet per group. A sheet printed before comes out the same, with its number."),
        "clipboard-check",
        sign_in_sheets,
        by_group=True,
    ),
    Printable(
        "emergency-list",
        N_("Emergency list"),
        N_("For the clipboard by the door: whom to call, what to watch for, roll call."),
        "siren",
        emergency,
    ),
    Printable("staff-sign-in", N_("Staff sign-in"), N_("The adults on duty sign here."), "users", staff_sheet),
    Printable("visitor-log", N_("Visitor log"), N_("An empty log for a day."), "id-card", visitors),
)
"""The papers of a day, in the order they are offered."""


def _head(db: Database, session: Any, order: Order) -> tuple[Season, Letterhead]:
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


def _finish(pages: Sequence[bytes], order: Order) -> bytes:
    pdf = pages[0] if len(pages) == 1 else together(list(pages))
    return as_archive(pdf) if order.archive else pdf
