"""How complete the records of a period are, what guardians agreed to, and which papers prove it.

Source: domain.md 5.2 (7, 8), 5.4 (R7, R10), 6.9, 8.22. What is counted as complete is ours: both times and both
signatures of a visit.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import Consent, ConsentPurpose
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import Correction, DayClose, Visit
from ccfs_desktop.services import check_doubts, checks, consents, documents, roles, small_groups
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Lack:
    """Something that is not on record as it should be."""

    message: str
    count: int
    of: int
    unit: str
    """Of what; a message."""


@dataclass(frozen=True)
class Agreed:
    """For how many of the period's children something was agreed to; as ``small_groups.shown`` writes it."""

    purpose: ConsentPurpose
    given: str
    refused: str
    withdrawn: str
    not_asked: str


@dataclass(frozen=True)
class Annex:
    """A paper that proves a part of the report."""

    name: str
    """In the catalogue of documents."""
    title: str
    """A message."""
    part: str
    """Of the report; see the standards."""
    report: str
    """R1 to R10. Source: domain.md 5.4."""
    issued: Document | None = None
    """The newest one issued that speaks of the period."""


_ANNEX = (
    ("vetting-list", N_("Vetting list"), "vetting", "R6"),
    ("ratio-period", N_("Proof of the ratio of a period"), "staffing", "R6"),
    ("check-history", N_("Safety checks of the season"), "checks", "R2"),
    ("drill-register", N_("Drill register"), "drills", "R3"),
    ("incident-register", N_("Incident register"), "incidents", "R3"),
    ("patrol-register", N_("Patrols and children in production"), "sightings", "R4"),
    ("patrol-trend", N_("Children in production: the trend"), "sightings", "R4"),
    ("action-plan", N_("Corrective action plan"), "actions", "R2"),
    ("day-closing", N_("Closing of the day"), "completeness", "R8"),
)


def lacks(session: Session, facts: KpiFacts) -> tuple[tuple[Lack, ...], int, int]:
    """Return what is not on record as it should be, and how many of how many visits are complete."""
    visits = facts.attendance.visits
    whole = sum(1 for visit in visits if _is_complete(visit))
    return (*_of_visits(visits), *_of_days(session, facts), *_of_sheets(session, facts.period),
            *_of_safety(session, facts)), whole, len(visits)  # fmt: skip


def _is_complete(visit: Visit) -> bool:
    return bool(visit.arrived and visit.departed) and not (visit.unsigned_in or visit.unsigned_out)


def _of_visits(visits: Sequence[Visit]) -> Iterator[Lack]:
    told = (
        (N_("Arrivals without a time"), lambda v: v.arrived is None),
        (N_("Departures without a time"), lambda v: v.departed is None),
        (N_("Nobody signed at arrival"), lambda v: v.unsigned_in),
        (N_("Nobody signed at departure"), lambda v: v.unsigned_out),
        (N_("Visits entered afterwards"), lambda v: v.entered_late),
    )
    for message, lacking in told:
        yield Lack(message, sum(1 for visit in visits if lacking(visit)), len(visits), N_("visits"))


def _of_days(session: Session, facts: KpiFacts) -> Iterator[Lack]:
    period, days = facts.period, facts.attendance.open_days
    closed = set(session.scalars(select(DayClose.day).where(DayClose.season_id == period.season.id)))
    changed = select(Correction).where(
        Correction.season_id == period.season.id, Correction.day >= period.first, Correction.day <= period.until
    )
    corrections = session.scalars(changed).all()
    with_change = len({one.day for one in corrections})
    yield Lack(N_("Days not closed"), sum(1 for day in days if day not in closed), len(days), N_("open days"))
    yield Lack(N_("Days changed after closing, with a reason"), with_change, len(days), N_("open days"))
    yield Lack(
        N_("Days without staff records"), len(facts.proof.without_records), len(facts.proof.days),
        N_("days with children"),
    )  # fmt: skip


def _of_sheets(session: Session, period: Period) -> Iterator[Lack]:
    query = select(Sheet.status).where(
        Sheet.season_id == period.season.id, Sheet.day >= period.first, Sheet.day <= period.until
    )
    found = Counter(session.scalars(query))
    every = sum(found.values())
    for message, status in (
        (N_("Numbered sheets not back"), SheetStatus.PRINTED), (N_("Numbered sheets missing"), SheetStatus.MISSING),
        (N_("Numbered sheets voided"), SheetStatus.VOIDED),
    ):  # fmt: skip
        yield Lack(message, found[status], every, N_("sheets printed"))


def _of_safety(session: Session, facts: KpiFacts) -> Iterator[Lack]:
    period, due = facts.period, sum(one.due for one in facts.lists)
    missed = sum(one.missed for one in facts.lists)
    yield Lack(N_("Checks missed, nobody said why"), missed, due, N_("checks due"))
    every = [one for one in checks.of_season(session, period.season, until=period.until) if one.frozen]
    inside = [one for one in every if one.day >= period.first]
    doubts = check_doubts.of_season(session, period.season, every)
    odd = sum(1 for one in inside if one.id in doubts)
    yield Lack(N_("Checks that look unlikely: too fast, or copied"), odd, len(inside), N_("checks signed"))
    yield Lack(N_("Patrols not walked"), facts.patrols.missed, facts.patrols.planned, N_("patrols planned"))
    unsigned = sum(1 for one in facts.incidents if not one.signed_by)
    yield Lack(N_("Incidents not signed"), unsigned, len(facts.incidents), N_("incidents"))


def agreed(session: Session, child_ids: Sequence[int]) -> tuple[Agreed, ...]:
    """Return what was agreed to for some children, purpose by purpose; small groups are not shown."""
    held: dict[int, list[Consent]] = {child: [] for child in child_ids}
    for consent in session.scalars(select(Consent).where(Consent.child_id.in_(list(child_ids)))):
        held[consent.child_id].append(consent)
    counts = {purpose: Counter[str]() for purpose in ConsentPurpose}
    for mine in held.values():
        for state in consents.states(mine):
            counts[state.purpose][state.word] += 1
    words = ("Given", "Refused", "Withdrawn", "Not asked")
    return tuple(
        Agreed(purpose, *small_groups.shown([count[word] for word in words])) for purpose, count in counts.items()
    )  # fmt: skip


def annexes(session: Session, first: date, last: date) -> tuple[Annex, ...]:
    """Return the papers that prove the parts, each with the newest one issued that speaks of the period."""
    issued = [one for one in documents.listed(session) if one.first_day <= last and one.last_day >= first]
    return tuple(
        Annex(name, title, part, report, next((one for one in issued if one.name == name), None))
        for name, title, part, report in _ANNEX
    )


roles.guard(globals(), Right.FIGURES, {})
