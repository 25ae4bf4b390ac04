"""Printing the safety checks: the clipboard form of any list, a check as it was made, the history of a season."""

from datetime import date
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import check_history, check_record, checklist_form
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.services import check_papers, checklists, checks, offices, seasons, sheets
from ccfs_desktop.services.papers import Letterhead


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


def completed(db: Database, check_id: int, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the record of a check as it was made.

    Raises:
        UserError: it is gone.
    """
    with db.read() as session:
        check = checks.get(session, check_id)
        season = next(one for one in seasons.every(session) if one.id == check.season_id)

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return check_record.render(check_papers.completed(session, season, check_id, head))

    filters = (check.code, check.slot, f"#{check_id}")
    return issue(
        db, "check-record", draw, first_day=check.day, filters=filters, languages=languages, season=season,
        title=check.title,
    ).pdf  # fmt: skip


def history(db: Database, until: date | None = None, *, languages: tuple[str, ...] = ()) -> bytes:
    """Issue the list of all checks of the season until a day, those that were missed among them."""
    day = until or clock.today()
    with db.read() as session:
        season = seasons.current(session, day)

    def draw(session: Any, season: Season, head: Letterhead) -> bytes:
        return check_history.render(check_papers.history(session, season, day, head))

    first = min(season.first_day, day)
    return issue(db, "check-history", draw, first_day=first, last_day=day, languages=languages, season=season).pdf
