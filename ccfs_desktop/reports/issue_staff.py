"""Printing about staff: what is signed on paper is printed, what is handed out as a report is issued."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ccfs_desktop import clock, i18n
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import badges, catalogue, code_of_conduct, staff_file, vetting_list
from ccfs_desktop.reports import ratio_proof as proof
from ccfs_desktop.reports.issue import finish, head_of
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.archive import together
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import offices, ratio_papers, seasons, sheets, staff, staff_prints, staff_sheets
from ccfs_desktop.services.papers import Letterhead

NAMES = ("staff-file", "vetting-list", "code-of-conduct", "code-of-conduct-list")
"""What is printed about staff; the last is the code of conduct as one list on which all sign."""


def papers(
    db: Database, name: str, staff_ids: Sequence[int] = (), *, day: date | None = None, languages: Sequence[str] = ()
) -> bytes:
    """Print one of the papers about staff.

    Args:
        db: the office.
        name: one of ``NAMES``.
        staff_ids: for whom; a vetting list names everybody, a code of conduct for nobody is blank.
        day: as of when; today unless said.
        languages: of the paper; the factory's own unless said.

    Raises:
        UserError: there is nobody to print for.
    """
    on, ids = day or clock.today(), list(staff_ids)
    if catalogue.document(_document(name)).issued:
        return _issued(db, name, ids, on, tuple(languages))
    with db.begin(N_("Print staff papers"), final=True) as session:
        season = seasons.current(session, on)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        pdf = _drawn(session, season, head, name, ids, on)
        db.note(session, "print", name, {"staff": len(staff_ids)})
    return pdf


def _issued(db: Database, name: str, ids: list[int], day: date, languages: tuple[str, ...]) -> bytes:
    with db.read() as session:
        who = [one.name for one in staff.everyone(session) if one.id in ids] if name == "staff-file" else []

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return _drawn(session, season, head, name, ids, day)

    return issue(db, name, draw, first_day=day, filters=[listed(who)], languages=languages).pdf


def _drawn(session: Any, season: Season, head: Letterhead, name: str, ids: list[int], day: date) -> bytes:
    with i18n.use(head.languages[0]):
        pages = _PAPERS[name](session, season, head, ids, day)
    if not pages:
        raise UserError(_("Nothing to print: nobody is on the staff list yet."))
    return pages[0] if len(pages) == 1 else together(pages)


def ordered(name: str, db: Database, order: Order) -> bytes:
    """Print one of the papers about staff as it was ordered: of the person named, else of everybody or blank."""
    if order.staff:
        ids = found(db, [order.staff])
    else:
        with db.read() as session:
            ids = [s.id for s in staff.everybody(session, day=order.day)] if name == "staff-file" else []
    pdf = papers(db, name, ids, day=order.day, languages=order.languages)
    return pdf if catalogue.document(_document(name)).issued else finish([pdf], order)


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
    """Issue the proof of the ratio of a day, or of a period."""
    last = order.until if order.until and order.until != order.day else order.day

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        seal = head.imprint.seal if head.imprint else ""
        if last == order.day:
            return proof.render(ratio_papers.of_day(session, season, order.day, head, audit_head=seal))
        return proof.render(ratio_papers.of_period(session, season, order.day, last, head, audit_head=seal))

    name = "ratio-proof" if last == order.day else "ratio-period"
    return issue(db, name, draw, first_day=order.day, last_day=last, languages=order.languages).pdf


def found(db: Database, wanted: Sequence[str]) -> list[int]:
    """Return the ids of the people named on the command line, by number or by name.

    Raises:
        UserError: nobody, or more than one, is called so.
    """
    with db.read() as session:
        return staff_prints.find(session, wanted)


def title(name: str) -> str:
    """Return what a paper is called, translated."""
    return _(catalogue.document(_document(name)).title)


def _document(name: str) -> str:
    """Return which document of the catalogue a paper is."""
    return name.removesuffix("-list") if name.startswith("code") else name


def _files(session: Any, season: Any, head: Letterhead, ids: list[int], day: date) -> list[bytes]:
    return [staff_file.render(staff_prints.file_paper(session, season, head, number, day)) for number in ids]


def _vetting(session: Any, season: Any, head: Letterhead, _ids: list[int], day: date) -> list[bytes]:
    data = staff_prints.vetting_list(session, season, head, day)
    return [vetting_list.render(data)] if data.rows else []


def _code(session: Any, _season: Any, head: Letterhead, ids: list[int], day: date) -> list[bytes]:
    return [code_of_conduct.render(staff_prints.code_of_conduct(session, head, ids, day))]


def _code_list(session: Any, _season: Any, head: Letterhead, ids: list[int], day: date) -> list[bytes]:
    return [code_of_conduct.render(staff_prints.code_of_conduct(session, head, ids, day, together=True))]


_PAPERS: dict[str, Callable[[Any, Any, Letterhead, list[int], date], list[bytes]]] = {
    "staff-file": _files, "vetting-list": _vetting, "code-of-conduct": _code, "code-of-conduct-list": _code_list,
}  # fmt: skip
