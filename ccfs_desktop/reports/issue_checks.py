"""Printing the safety checks: the clipboard form of any list, a check as it was made, the history of a season."""

from datetime import date

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.reports import check_history, check_record, checklist_form
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.services import check_papers, checklists, checks, offices, seasons, sheets


def form(
    db: Database,
    code: str,
    *,
    edition: str = "",
    day: date | None = None,
    languages: tuple[str, ...] = (),
    archive: bool = False,
) -> bytes:
    """Print the clipboard form of a list.

    Args:
        db: the office.
        code: the list.
        edition: which one; the one in use unless named.
        day: printed on it; otherwise there is room to write it.
        languages: of the paper; the factory's own unless named.
        archive: as PDF/A-2b.

    Raises:
        UserError: there is no such list, or it asks nothing.
    """
    with db.read() as session:
        season = seasons.current(session, day or clock.today())
        checklist = checklists.edition(session, code, edition) if edition else checklists.current(session, code)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
    pdf = checklist_form.render(check_papers.form(checklist, head, day))
    return as_archive(pdf) if archive else pdf


def completed(db: Database, check_id: int, *, languages: tuple[str, ...] = (), archive: bool = False) -> bytes:
    """Print a check as it was made; that it was printed goes into the trail.

    Raises:
        UserError: it is gone.
    """
    with db.begin(N_("Print a check"), final=True) as session:
        check = checks.get(session, check_id)
        season = next(one for one in seasons.every(session) if one.id == check.season_id)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        db.note(session, "print", "check", {"check": check_id})
        paper = check_papers.completed(session, season, check_id, head, audit_head=db.head().code)
    pdf = check_record.render(paper)
    return as_archive(pdf) if archive else pdf


def history(
    db: Database, until: date | None = None, *, languages: tuple[str, ...] = (), archive: bool = False
) -> bytes:
    """Print all checks of the season until a day, those that were missed among them."""
    day = until or clock.today()
    with db.begin(N_("Print the history of the checks"), final=True) as session:
        season = seasons.current(session, day)
        head = sheets.letterhead(offices.factory(session), season, by=db.actor.user, languages=languages)
        db.note(session, "print", "check-history", {"day": day.isoformat()})
        paper = check_papers.history(session, season, day, head, audit_head=db.head().code)
    pdf = check_history.render(paper)
    return as_archive(pdf) if archive else pdf
