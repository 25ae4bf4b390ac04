"""How complete the records of a period are, what guardians agreed to, and which papers prove it.

Source: domain.md 5.2 (7, 8), 5.3, 5.4 (R7, R10), 6.9, 8.22. How complete they are is counted in one place,
``data_quality.completeness``, so that the page, its list and the reports say the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import ConsentPurpose
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import Correction, Visit
from ccfs_desktop.services import (
    check_doubts,
    checks,
    consent_register,
    documents,
    roles,
    small_groups,
    statistics,
)
from ccfs_desktop.services.consent_register import Coverage, Standing
from ccfs_desktop.services.kpis import KpiFacts
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.statistics import Figure


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
    """For how many children of the season something was agreed to; as ``small_groups.shown`` writes it."""

    purpose: ConsentPurpose
    children: int
    """Out of how many."""
    given: str
    refused: str
    withdrawn: str
    expired: str
    not_asked: str
    share: str = ""
    """Of those who agreed, in per cent; empty where it would tell what is not told."""
    interval: str = ""
    """Its 95-per-cent interval, likewise. Source: domain.md 6.8."""


@dataclass(frozen=True)
class Kept:
    """How long one kind of record is kept."""

    title: str
    """A message."""
    told: tuple[str, ...]
    """For how long and from when, in each language of the paper."""
    known: str
    """A message: how well the time is known, or that the office decided it."""
    source: str = ""
    """The law or rule that sets it; empty where it is a proposal or the office's own."""


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


_ORDER = (Standing.GIVEN, Standing.REFUSED, Standing.WITHDRAWN, Standing.EXPIRED, Standing.MISSING)
"""Of the answers in a table."""
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


def lacks(session: Session, facts: KpiFacts, shares: Mapping[str, Figure]) -> tuple[Lack, ...]:
    """Return what is not on record as it should be.

    Args:
        session: an open session.
        facts: of the period.
        shares: by their id, how complete the records are (``data_quality.completeness``); what is told here of the
            same records is reckoned from them.
    """
    return (*_of_visits(facts.attendance.visits), _exceptions(facts), *_of_days(session, facts, shares["D4"]),
            *_of_sheets(session, facts.period, shares["D3"]), *_of_safety(session, facts))  # fmt: skip


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


def _exceptions(facts: KpiFacts) -> Lack:
    """Count who came although a paper was missing; who decided it and why stands in the child's file."""
    came = [one for one in facts.attendance.days if one.attended]
    message = N_("Children admitted by exception, a paper missing, with a reason")
    return Lack(message, sum(1 for one in came if one.enrolment.override_by), len(came), N_("children who came"))


def _of_days(session: Session, facts: KpiFacts, closed: Figure) -> Iterator[Lack]:
    period, days = facts.period, facts.attendance.open_days
    changed = select(Correction).where(
        Correction.season_id == period.season.id, Correction.day >= period.first, Correction.day <= period.until
    )
    corrections = session.scalars(changed).all()
    with_change = len({one.day for one in corrections})
    came = {visit.day for visit in facts.attendance.visits}
    yield _rest(N_("Days not closed"), closed, N_("days with children"))
    yield Lack(N_("Open days without any child on record"), len(set(days) - came), len(days), N_("open days"))
    yield Lack(N_("Days changed after closing, with a reason"), with_change, len(days), N_("open days"))
    yield Lack(
        N_("Days without staff records"), len(facts.proof.without_records), len(facts.proof.days),
        N_("days with children"),
    )  # fmt: skip


def _rest(message: str, share: Figure, unit: str) -> Lack:
    """Return what a share lacks."""
    every = int(share.denominator or 0)
    return Lack(message, every - int(share.numerator), every, unit)


def _of_sheets(session: Session, period: Period, returned: Figure) -> Iterator[Lack]:
    query = select(Sheet.status).where(
        Sheet.season_id == period.season.id, Sheet.day >= period.first, Sheet.day <= period.until
    )
    found = Counter(session.scalars(query))
    every, valid = sum(found.values()), int(returned.denominator or 0)
    yield Lack(N_("Numbered sheets not back"), found[SheetStatus.PRINTED], valid, N_("sheets not voided"))
    yield Lack(N_("Numbered sheets missing"), found[SheetStatus.MISSING], valid, N_("sheets not voided"))
    yield Lack(N_("Numbered sheets voided"), found[SheetStatus.VOIDED], every, N_("sheets printed"))


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


def agreed(session: Session, facts: KpiFacts) -> tuple[Agreed, ...]:
    """Return what was agreed to for the children enrolled in a period (K01), by purpose; small groups are not shown."""
    season = facts.period.season
    day, children = min(facts.period.until, season.last_day), {one.child.id for one in facts.attendance.days}
    found = {one.purpose: one for one in consent_register.coverage_of(session, season, day, children)}
    return tuple(agreed_of(found.get(purpose, Coverage(purpose, {}))) for purpose in ConsentPurpose)


def agreed_of(one: Coverage) -> Agreed:
    """Return a coverage as it may be written: no group under five, also not by subtraction. Source: domain.md 6.9."""
    shown = small_groups.shown([one.counts.get(standing, 0) for standing in _ORDER])
    given = statistics.share("", "", "", one.given, one.children, group=True)
    if not shown[0] or one.children < small_groups.LEAST:
        return Agreed(one.purpose, one.children, *shown)
    text = given.written(given.value or 0) if shown[0].isdigit() else given.text
    return Agreed(one.purpose, one.children, *shown, share=text, interval=given.interval_text)


def annexes(session: Session, first: date, last: date) -> tuple[Annex, ...]:
    """Return the papers that prove the parts, each with the newest one issued that speaks of the period."""
    issued = [one for one in documents.listed(session) if one.first_day <= last and one.last_day >= first]
    return tuple(
        Annex(name, title, part, report, next((one for one in issued if one.name == name), None))
        for name, title, part, report in _ANNEX
    )


roles.guard(globals(), Right.FIGURES, {})
