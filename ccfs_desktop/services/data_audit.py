"""Figures for the yearly audit of minors' data, and what was in an office or a backup that got lost. Nobody is named.

Source: security.md 5: Regulations on the Protection of Minors Online, art. 37, filed by 31 January; PIPL art. 57.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.db.backup import read_manifest
from ccfs_desktop.db.verify import Verdict
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.base import Base
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import Disclosure, Disposal, LegalHold
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import consent_register, disclosures, histories, retention, roles, seasons
from ccfs_desktop.services.consent_register import Coverage
from ccfs_desktop.services.retention import Category
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Persons:
    """Whose data is kept, on a day."""

    under_14: int
    under_18: int
    """Those under 14 included."""
    adults: int
    """Workers and staff."""
    erased: int
    """Children of whom only what is counted remains."""


@dataclass(frozen=True)
class DataAudit:
    """What the yearly audit of minors' data shows."""

    first: date
    last: date
    season: Season
    persons: Persons
    coverage: tuple[Coverage, ...]
    access: Mapping[str, int]
    """What was done, marked with ``N_`` → how often in the period."""
    by_role: Mapping[str, int]
    """Role → how often it read or printed."""
    disclosures: int
    disposals: int
    holds: int
    schedule: tuple[Category, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Breach:
    """What was in an office's file, or in a copy of it."""

    file: str
    """Its name."""
    made: datetime | None
    """When a copy was made; None for the office itself."""
    counts: Mapping[str, int]
    """Table → rows."""

    @property
    def lines(self) -> list[tuple[str, int, bool]]:
        """What, marked with ``N_``; how many; whether the law calls it sensitive."""
        return [(noun, self.counts.get(table, 0), sensitive) for table, noun, sensitive in HELD]

    @property
    def children(self) -> int:
        """How many children's data was in it."""
        return self.counts.get("child", 0)


HELD = (
    ("child", N_("Children: name, sex, date of birth, where the child sleeps, school"), True),
    ("guardian", N_("Guardians: name, phone"), False),
    ("pickup_adult", N_("Pick-up adults: name, relationship, phone, last digits of the ID"), False),
    ("contact", N_("Emergency contacts: name, relationship, phone"), False),
    ("photo", N_("Photos of children"), True),
    ("care_plan", N_("Care plans: illnesses, medicine, diet (sealed with a second key)"), True),
    ("health_note", N_("Notes of illness (sealed with a second key)"), True),
    ("medicine_course", N_("Requests for medicine (sealed with a second key)"), True),
    ("incident_child", N_("Reports of incidents about a child (sealed with a second key)"), True),
    ("consent", N_("Consents: purpose, day, signer"), False),
    ("visit", N_("Visits: times, who brought and collected"), True),
    ("worker", N_("Workers: name, number, department, phone, home place"), False),
    ("staff", N_("Staff: name, date of birth, phone, references"), False),
    ("staff_paper", N_("Papers of staff: background checks, health certificates"), True),
    ("visitor", N_("Visitors: name, organisation"), False),
)
"""Table, what a record of it says, whether that is sensitive (PIPL art. 28: everything about a child under 14)."""
NOTIFY = (
    N_("The guardians of every child in it: what was in it, what it can lead to, what was done, whom to ask."),
    N_("The workers and members of staff in it."),
    N_("The authority for data protection, as the law of the country says (China: PIPL art. 57; EU: within 72 hours)."),
    N_("The factory's management, and brands whose contract asks for it."),
)
"""Whom to tell. The last word has a lawyer. Source: security.md 5 (K)."""
_ACCESS: dict[str, str] = {
    histories.CARE_PLAN_READ: N_("Care plans read"), histories.HEALTH_READ: N_("Notes of illness read"),
    histories.MEDICINE_READ: N_("Medicine read"), histories.INCIDENT_READ: N_("Reports of incidents read"),
    "read": N_("Lists read"), "search": N_("Searches by name"),
    "print": N_("Papers printed or issued"), "export": N_("Exports"),
    "failed sign-in": N_("Refused sign-ins"),
}  # fmt: skip


def audit(session: Session, verdict: Verdict, first: date, last: date) -> DataAudit:
    """Return the figures of the yearly audit.

    Args:
        session: an open session.
        verdict: of the trail, from ``db.verify``.
        first: first day of the period.
        last: last one; persons are counted as of this day, consents judged as of it, or of the season's last day.

    Raises:
        UserError: the role may not.
    """
    season = seasons.current(session, last)
    access, by_role = _access(session, first, last)
    between = (datetime.combine(first, time()), datetime.combine(last, time.max))
    agreed = consent_register.coverage_of(session, season, min(last, season.last_day))
    return DataAudit(
        first, last, season, persons(session, last), tuple(agreed),
        access, by_role,
        session.scalar(select(func.count(Disclosure.id)).where(Disclosure.at.between(*between))) or 0,
        session.scalar(select(func.count(Disposal.id)).where(Disposal.day.between(first, last))) or 0,
        session.scalar(select(func.count(LegalHold.id)).where(LegalHold.released_at.is_(None))) or 0,
        tuple(retention.schedule(session)), verdict,
    )  # fmt: skip


def persons(session: Session, on: date) -> Persons:
    """Count whose data is kept, by age in full years on a day."""
    born = list(session.scalars(select(Child.birth_date).where(Child.erased_on.is_(None))))
    ages = [seasons.age_on(day, on) for day in born]
    return Persons(
        sum(age < 14 for age in ages),
        sum(age < 18 for age in ages),
        (session.scalar(select(func.count(Worker.id))) or 0) + (session.scalar(select(func.count(Staff.id))) or 0)
        + sum(age >= 18 for age in ages),
        session.scalar(select(func.count(Child.id)).where(Child.erased_on.is_not(None))) or 0,
    )  # fmt: skip


def breach_here(session: Session, db: Database) -> Breach:
    """Return what is in the office that is open.

    Raises:
        UserError: the role may not.
    """
    counts = {
        table: session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0
        for table, _noun, _sensitive in HELD
    }
    return Breach(db.folder.name if db.folder else "", None, counts)


def breach_in(session: Session, copy: Path) -> Breach:  # noqa: ARG001 (says who looks)
    """Return what is in a copy, as the record beside it says; no key is needed.

    Args:
        session: an open session, for the right to look.
        copy: the copy's file.

    Raises:
        UserError: there is no record beside it, or the role may not.
    """
    manifest = read_manifest(copy)
    if manifest is None:
        raise UserError(_("No record lies beside this copy; restore it on the side to see what is in it."))
    return Breach(copy.name, manifest.made.replace(tzinfo=None, microsecond=0), manifest.facts.counts)


def log_of_year(session: Session, year: int) -> list[Disclosure]:
    """Return what was given to others in a year, oldest first."""
    return [one for one in reversed(disclosures.listed(session)) if one.at.year == year]


def _access(session: Session, first: date, last: date) -> tuple[dict[str, int], dict[str, int]]:
    query = (
        select(AuditEntry.entity, AuditEntry.role, func.count())
        .where(
            AuditEntry.kind == "note", AuditEntry.entity.in_(_ACCESS), AuditEntry.at >= _utc(first, time()),
            AuditEntry.at <= _utc(last, time.max),
        )
        .group_by(AuditEntry.entity, AuditEntry.role)
    )  # fmt: skip
    what, who = dict.fromkeys(_ACCESS.values(), 0), dict[str, int]()
    for entity, role, n in session.execute(query):
        what[_ACCESS[entity]] += n
        who[role] = who.get(role, 0) + n
    return what, who


def _utc(day: date, at: time) -> str:
    moment = datetime.combine(day, at).astimezone(UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


roles.guard(globals(), Right.DATA, {})
