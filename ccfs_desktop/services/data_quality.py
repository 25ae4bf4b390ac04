"""Before the auditor does: what in the records is missing or looks unlikely, and how complete they are.

Source: peers.md (c) 9 and product.md 4.3, last line: shown to the officer first, with a place for the true explanation.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import DayClose, Visit
from ccfs_desktop.services import check_schedule, corrections, patrols
from ccfs_desktop.services.statistics import Figure


@dataclass(frozen=True)
class Completeness:
    """How complete the records of a period are; every share with its numerator and denominator.

    Which shares are told is ours; domain.md 8.22 asks for a data-completeness statement and leaves it open.
    """

    first: date
    last: date
    """The last day that is over: today only when it is closed; before ``first`` when none is over."""
    times: Figure
    """Children's visits with both times."""
    signatures: Figure
    """Children's visits signed for at both hand-overs."""
    sheets: Figure
    """Numbered sheets that came back, of those not voided."""
    days: Figure
    """Days closed, of those on which children were here."""
    duties: Figure
    """Adults' stays with both times."""
    checks: Figure
    """Safety checks made and signed, of those that were due."""
    patrols: Figure
    """Planned patrols that were walked."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order of a statement."""
        return self.times, self.signatures, self.sheets, self.days, self.duties, self.checks, self.patrols


def completeness(session: Session, season: Season, first: date, last: date) -> Completeness:
    """Return how complete the records of some days are.

    Args:
        session: an open session.
        season: the season; patrols are those of the whole factory in that time.
        first: the first day.
        last: the last day, included; days that are not over yet are left out.
    """
    until = over(session, season, last)
    arrived, departed = (Visit.arrived.is_not(None), Visit.departed.is_not(None))
    visits = (Visit.season_id == season.id, Visit.day.between(first, until))
    stays = (Duty.season_id == season.id, Duty.day.between(first, until))
    sheets = (Sheet.season_id == season.id, Sheet.day.between(first, until), Sheet.status != SheetStatus.VOIDED)
    days = select(Visit.day).where(*visits).distinct()
    closed = (DayClose.season_id == season.id, DayClose.day.in_(days))
    due = [d for d in check_schedule.read(session, season, clock.today()) if first <= d.due <= until]
    walks = patrols.due(session, first, until) if first <= until else []

    def count(*conditions: object) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0  # pyright: ignore[reportArgumentType]

    return Completeness(
        first, until,
        times=_share(
            "D1", _("Visits with both times"), _("Children's visits whose arrival and departure are written down."),
            count(*visits, arrived, departed), count(*visits),
        ),
        signatures=_share(
            "D2", _("Visits signed for twice"), _("Children's visits that were signed for at arrival and departure."),
            count(*visits, Visit.unsigned_in.is_(False), Visit.unsigned_out.is_(False)), count(*visits),
        ),
        sheets=_share(
            "D3", _("Sheets that came back"), _("Numbered day sheets that came back, of all that were not voided."),
            count(*sheets, Sheet.status == SheetStatus.RETURNED), count(*sheets),
        ),
        days=_share(
            "D4", _("Days closed"), _("Days with children whose record was gone through and closed."),
            count(*closed), session.scalar(select(func.count()).select_from(days.subquery())) or 0,
        ),
        duties=_share(
            "D5", _("Adults' stays with both times"), _("Stays of staff on duty with their times in and out."),
            count(*stays, Duty.arrived.is_not(None), Duty.departed.is_not(None)), count(*stays),
        ),
        checks=_share(
            "D6", _("Safety checks made"), _("Safety checks that were due and were made and signed."),
            sum(1 for d in due if d.standing is check_schedule.Standing.DONE), len(due),
        ),
        patrols=_share(
            "D7", _("Patrols walked"), _("Patrols of the production areas that were planned and were walked."),
            sum(1 for d in walks if d.standing is patrols.Standing.DONE), len(walks),
        ),
    )  # fmt: skip


def over(session: Session, season: Season, last: date) -> date:
    """Return the last day, of those up to one, that is over: today counts once it is closed."""
    today = clock.today()
    over_today = corrections.is_closed(session, season.id, today)
    return min(last, today if over_today else today - timedelta(days=1))


def _share(code: str, title: str, definition: str, part: int, whole: int) -> Figure:
    return Figure(code, title, definition, part, whole, percent=True)
