"""What one flaw of the records is: missing, late or unlikely; where it lies, and what was said about it.

Nothing here accuses. Every threshold is ours unless a source is named; an auditor may draw the line elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.base import Choice
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import closing
from ccfs_desktop.services.closing import Gap, Severity

MARK = "flaw:"
"""Before the code of a word that was not given when the day was closed, but here."""


class Family(Choice):
    """What a flaw is about, for people who look for one."""

    TIMES = "times", N_("Missing times")
    SIGNATURES = "signatures", N_("Missing signatures")
    DAYS = "days", N_("The day as a whole")
    SHEETS = "sheets", N_("Sheets")
    ADULTS = "adults", N_("Adults")
    AGREEMENTS = "agreements", N_("Agreements")
    CHECKS = "checks", N_("Checks and patrols")
    FOLLOW_UP = "follow-up", N_("Incidents, actions, medicine")
    AGAINST = "against", N_("Records against each other")
    UNLIKELY = "unlikely", N_("Looks unlikely")


class Way(Choice):
    """How a flaw is explained."""

    DAY = "day", N_("with the day, as long as it is not closed; after that beside it")
    RATIO = "ratio", N_("with the stretch, to be counter-signed by somebody else")
    CHECK = "check", N_("with the missed check; it stays")
    PATROL = "patrol", N_("with the missed patrol; it stays")
    NOTE = "note", N_("beside the record")


@dataclass(frozen=True)
class Kind:
    """One kind of flaw."""

    family: Family
    severity: Severity
    title: str
    """Marked with ``N_``."""


def _closing(family: Family, code: str) -> Kind:
    return Kind(family, *closing.KINDS[code])


KINDS: dict[str, Kind] = {
    "no-time-in": _closing(Family.TIMES, "no-time-in"),
    "no-time-out": _closing(Family.TIMES, "no-time-out"),
    "duty-no-time": Kind(Family.TIMES, Severity.WORD, N_("An adult's time is missing")),
    "unsigned-in": _closing(Family.SIGNATURES, "unsigned-in"),
    "unsigned-out": _closing(Family.SIGNATURES, "unsigned-out"),
    "duty-unsigned": Kind(Family.SIGNATURES, Severity.WORD, N_("An adult did not sign")),
    "still-here": _closing(Family.DAYS, "still-here"),
    "not-accounted": _closing(Family.DAYS, "not-accounted"),
    "unexplained": _closing(Family.DAYS, "unexplained"),
    "late-pick-up": _closing(Family.DAYS, "late-pick-up"),
    "head-count": _closing(Family.DAYS, "head-count"),
    "staff-still-here": _closing(Family.DAYS, "staff-still-here"),
    "visitor-still-here": _closing(Family.DAYS, "visitor-still-here"),
    "day-open": Kind(Family.DAYS, Severity.WORD, N_("Day not closed")),
    "day-blank": Kind(Family.DAYS, Severity.WORD, N_("Open day without a record")),
    "sheet-out": _closing(Family.SHEETS, "sheet-out"),
    "sheet-missing": _closing(Family.SHEETS, "sheet-missing"),
    "ratio": _closing(Family.ADULTS, "ratio"),
    "no-staff": _closing(Family.ADULTS, "no-staff"),
    "paper": Kind(Family.ADULTS, Severity.WORD, N_("On duty without a valid paper")),
    "agreement": Kind(Family.AGREEMENTS, Severity.WORD, N_("Here without an agreement")),
    "check-missed": Kind(Family.CHECKS, Severity.WORD, N_("Check missed")),
    "drill-missed": Kind(Family.CHECKS, Severity.WORD, N_("Drill missed")),
    "check-unsigned": Kind(Family.CHECKS, Severity.WORD, N_("Check begun, not signed")),
    "patrol-missed": Kind(Family.CHECKS, Severity.WORD, N_("Patrol missed")),
    "patrol-not-described": Kind(Family.CHECKS, Severity.WORD, N_("Seen on patrol, not described")),
    "incident-unsigned": Kind(Family.FOLLOW_UP, Severity.WORD, N_("Incident not signed")),
    "parents-not-told": Kind(Family.FOLLOW_UP, Severity.CRITICAL, N_("Parents not informed")),
    "action-overdue": Kind(Family.FOLLOW_UP, Severity.WORD, N_("Action overdue")),
    "dose-no-witness": Kind(Family.FOLLOW_UP, Severity.WORD, N_("Dose without a witness")),
    "dose-missing": Kind(Family.FOLLOW_UP, Severity.WORD, N_("Dose not entered")),
    "check-signer": Kind(Family.AGAINST, Severity.WORD, N_("Signed by somebody not on duty")),
    "check-early": Kind(Family.AGAINST, Severity.WORD, N_("Closing check before the last child left")),
    "closed-early": Kind(Family.AGAINST, Severity.WORD, N_("Day closed before the last child left")),
    "check-count": Kind(Family.AGAINST, Severity.WORD, N_("Check counts other than the records")),
    "check-action": Kind(Family.AGAINST, Severity.WORD, N_("Yes while the action is open")),
    "same-minute": Kind(Family.UNLIKELY, Severity.WORD, N_("Most at the same minute")),
    "same-times": Kind(Family.UNLIKELY, Severity.WORD, N_("Same times day after day")),
    "typed-at-once": Kind(Family.UNLIKELY, Severity.WORD, N_("Typed within two minutes")),
    "closed-together": Kind(Family.UNLIKELY, Severity.WORD, N_("Days closed in one go")),
    "same-signature": Kind(Family.UNLIKELY, Severity.WORD, N_("Signed at the same minute")),
    "same-round": Kind(Family.UNLIKELY, Severity.WORD, N_("Patrols at the same minute")),
    "check-doubt": Kind(Family.UNLIKELY, Severity.WORD, N_("Check looks unlikely")),
    "closed-day": Kind(Family.UNLIKELY, Severity.WORD, N_("Here on a day off")),
    "parent-gone": Kind(Family.UNLIKELY, Severity.WORD, N_("Here, parent not employed")),
}
"""Kinds by their code, in the order they are told. How much each matters is ours, where closing a day does not say."""


@dataclass(frozen=True)
class Flaw:
    """One thing in the records that an auditor will ask about."""

    kind: str
    """Key of :data:`KINDS`."""
    day: date
    """Its day; of several the first."""
    sentence: str
    page: str
    """Name of a page in ``PAGES``: where it is put right."""
    target: Mapping[str, object]
    """Where on that page."""
    key: str = ""
    """What tells it apart from others of its kind, day and child."""
    until: date | None = None
    """The last of several days."""
    who: str = ""
    """A child or an adult by name; empty when it is about nobody."""
    child_id: int | None = None
    staff_id: int | None = None
    word: str = ""
    """The explanation given so far."""
    by: str = ""
    """Who gave it, where that is kept."""
    way: Way = Way.NOTE
    about: Gap | tuple[str, date, str] | tuple[int, date] | None = field(default=None, repr=False)
    """What the way of explaining needs: a gap of the day, a due check, a due patrol."""
    stays: bool = False
    """Whether the explanation does not change any more."""

    @property
    def id(self) -> tuple[str, str, str, int]:
        """What names it, also after the records were read anew."""
        return self.kind, self.day.isoformat(), self.key, self.child_id or 0

    @property
    def family(self) -> Family:
        """What it is about."""
        return KINDS[self.kind].family

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return KINDS[self.kind].severity

    @property
    def title(self) -> str:
        """Its kind in words, translated."""
        return _(KINDS[self.kind].title)

    @property
    def explained(self) -> bool:
        """Whether somebody said how it came about."""
        return bool(self.word)

    @property
    def code(self) -> str:
        """Under which code its word is kept, when it is kept beside the record."""
        return MARK + ":".join(part for part in (self.kind, self.key) if part)

    @property
    def noted_under(self) -> tuple[date, str, int | None]:
        """Day, code and child of that word."""
        return self.day, self.code, self.child_id


@dataclass(frozen=True)
class Ground:
    """What is looked through: a season's records from a day to a day that is over."""

    session: Session
    season: Season
    first: date
    until: date
    today: date

    def within(self, first: date, last: date | None = None) -> bool:
        """Tell whether a day, or some days, lie in the period."""
        return first <= self.until and (last or first) >= self.first
