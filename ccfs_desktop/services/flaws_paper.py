"""The printed list of flaws, for the officer to work off: with names, not for handing out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import data_quality, roles
from ccfs_desktop.services.flaws import Family, Flaw
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.statistics import Figure


@dataclass(frozen=True)
class FlawRow:
    """One flaw, as it is printed."""

    day: date
    until: date | None
    title: str
    sentence: str
    word: str
    by: str


@dataclass(frozen=True)
class FlawList:
    """Every flaw of a period, family by family, and how complete the records are."""

    letterhead: Letterhead
    first: date
    last: date
    families: tuple[tuple[str, tuple[FlawRow, ...]], ...]
    """Family as a marked message, and its flaws, the earliest first; families without any are left out."""
    shares: tuple[Figure, ...]
    """How complete the records are, each with its 95-per-cent interval. Source: domain.md 6.8."""

    @property
    def found(self) -> int:
        """How many flaws there are."""
        return sum(len(rows) for _family, rows in self.families)

    @property
    def open(self) -> int:
        """How many nobody has explained."""
        return sum(1 for _family, rows in self.families for row in rows if not row.word)


def read(session: Session, season: Season, first: date, last: date, head: Letterhead) -> FlawList:
    """Return the list of a period, in the paper's first language.

    Args:
        session: an open session.
        season: the season.
        first: the first day.
        last: the last day, included.
        head: the paper's head.
    """
    with i18n.use(head.languages[0]):
        found = list(reversed(data_quality.read(session, season, first, last)))
        told = data_quality.completeness(session, season, first, last)
    families = tuple(
        (family.word, tuple(_row(flaw) for flaw in found if flaw.family is family))
        for family in Family
        if any(flaw.family is family for flaw in found)
    )
    return FlawList(head, told.first, told.last, families, told.figures)


def _row(flaw: Flaw) -> FlawRow:
    return FlawRow(flaw.day, flaw.until, flaw.title, flaw.sentence, flaw.word, flaw.by)


roles.guard(globals(), Right.CLOSE, {})
