"""Printing incidents: the whole report, the report on one child, the parents' copy, the register without names."""

from datetime import date
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import incident_register, incident_report
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import incident_papers, incidents, offices, seasons, sheets
from ccfs_desktop.services import incident_register as registers
from ccfs_desktop.services.papers import Letterhead


def report(
    db: Database, incident_id: int, report_id: int | None = None, *, languages: tuple[str, ...] = (),
    archive: bool = False,
) -> bytes:  # fmt: skip
    """Print an incident, or the report on one of its children; that it was printed goes into the trail.

    Args:
        db: the office.
        incident_id: the incident.
        report_id: of one child; None for the event with all of them.
        languages: of the paper; the factory's own unless named.
        archive: as PDF/A-2b.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    with db.begin(N_("Print an incident"), final=True) as session:
        head = _head(db, session, incident_id, languages)
        db.note(session, "print", "incident", {"incident": incident_id, "report": report_id})
        code = db.head().code
        paper = (
            incident_papers.whole(session, incident_id, head, audit_head=code)
            if report_id is None
            else incident_papers.of_child(session, report_id, head, audit_head=code)
        )
    pdf = incident_report.render(paper)
    return as_archive(pdf) if archive else pdf


def parent_copy(
    db: Database, report_id: int, *, languages: tuple[str, ...] = (), archive: bool = False
) -> bytes:  # fmt: skip
    """Print the copy for one child's parents; that it was printed goes into the trail.

    Raises:
        UserError: it is gone, or this role may not read it.
    """
    with db.begin(N_("Print a parents' copy"), final=True) as session:
        incident_id = incidents.report_of(session, report_id).incident_id
        head = _head(db, session, incident_id, languages)
        db.note(session, "print", "incident-parents", {"incident": incident_id, "report": report_id})
        paper = incident_papers.parent_copy(session, report_id, head, audit_head=db.head().code)
    pdf = incident_report.render_parent(paper)
    return as_archive(pdf) if archive else pdf


def register(db: Database, until: date | None = None, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the register of the season until a day.

    Raises:
        UserError: this role may not see incidents.
    """
    day = until or clock.today()
    with db.read() as session:
        season = seasons.current(session, day)

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return incident_register.render(registers.read(session, season, day, head))

    first = min(season.first_day, day)
    return issue(db, "incident-register", draw, first_day=first, last_day=day, languages=languages, season=season).pdf


def ordered_register(db: Database, order: Order) -> bytes:
    """Issue the register as it was asked for."""
    return register(db, order.day, languages=order.languages)


def _head(db: Database, session: Any, incident_id: int, languages: tuple[str, ...]) -> Letterhead:
    one = incidents.get(session, incident_id)
    season = next(s for s in seasons.every(session) if s.id == one.season_id)
    return sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
