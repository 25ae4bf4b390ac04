"""What becomes of each record about a child when the child's data is erased: one table, and the plan for one child.

What remains says how many came, from when to when, in which group, of which sex, born in which month: nobody.
Source: security.md 5 and 5.1, domain.md 5.3; which column goes and which is counted on is ours.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.base import Choice, Record
from ccfs_desktop.models.child import CarePlan, Child, Consent, Contact, Guardian, Guardianship, Photo, PickupAdult
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.incident import Incident, IncidentAddendum, IncidentChild, IncidentFile
from ccfs_desktop.models.log import FirstAidUse, HealthNote, MedicineCourse, MedicineDose
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.protection import Disclosure, Disposal, ErasureProposal, LegalHold
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetFile, SheetKind
from ccfs_desktop.models.visit import Absence, Correction, DayNote, Visit
from ccfs_desktop.services import consent_register, retention, roles, seasons
from ccfs_desktop.services.roles import Right

MARK = "\N{EN DASH}"
"""Stands where something was that must not look as if it had never been written."""


class Part(Choice):
    """What of a child can be erased by itself."""

    PHOTO = "photo", N_("Photo")
    HEALTH = "health", N_("Health, medicine, care plan")
    INCIDENT = "incident", N_("Reports of incidents")
    CONSENT = "consent", N_("Proof of consents")
    FILE = "file", N_("Everything that names the child")


ALL = frozenset(Part)


@dataclass(frozen=True)
class Fate:
    """What becomes of the records of one table."""

    part: Part
    noun: str
    """What they are called, marked with ``N_``."""
    delete: bool = False
    blank: tuple[str, ...] = ()
    """Columns that are emptied."""
    mark: tuple[str, ...] = ()
    """Columns in which a dash stands instead of what was written."""
    keep: tuple[str, ...] = ()
    """Columns with words in them that stay: they say nothing about the child."""


FATES: dict[type[Record], Fate] = {
    MedicineDose: Fate(Part.HEALTH, N_("Doses of medicine"), delete=True),
    MedicineCourse: Fate(Part.HEALTH, N_("Requests for medicine"), delete=True),
    CarePlan: Fate(Part.HEALTH, N_("Care plan"), delete=True),
    HealthNote: Fate(
        Part.HEALTH, N_("Notes of illness: what was seen"), blank=("signs", "words", "temperature", "advice"),
        mark=("back_word",), keep=("decided_by",),
    ),
    FirstAidUse: Fate(Part.HEALTH, N_("First aid given: the injury"), blank=("injury",), keep=("items", "by")),
    Photo: Fate(Part.PHOTO, N_("Photo"), delete=True),
    IncidentFile: Fate(Part.INCIDENT, N_("Papers of incidents"), delete=True),
    IncidentAddendum: Fate(Part.INCIDENT, N_("Addenda to incidents"), delete=True),
    IncidentChild: Fate(
        Part.INCIDENT, N_("Reports of incidents: what was written"),
        blank=(
            "part", "injury", "marks", "temperature", "first_aid", "medicine", "clinic", "parent_comment",
        ),
        mark=("parent_told_who",), keep=("first_aid_by", "parent_told_by", "parent_told_how", "hidden"),
    ),
    Consent: Fate(Part.CONSENT, N_("Consents"), delete=True),
    Guardianship: Fate(Part.FILE, N_("Links to guardians"), delete=True),
    PickupAdult: Fate(Part.FILE, N_("Pick-up adults"), delete=True),
    Contact: Fate(Part.FILE, N_("Emergency contacts"), delete=True),
    Enrolment: Fate(
        Part.FILE, N_("Places in a season: reasons, criteria"),
        blank=("left_reason", "override_reason", "criteria"), mark=("override_by",), keep=("number", "weekdays"),
    ),
    Visit: Fate(
        Part.FILE, N_("Visits: who brought and collected, remarks"),
        mark=("brought_by", "collected_by", "override_reason", "note"), keep=("sheet_code",),
    ),
    Absence: Fate(Part.FILE, N_("Absences: remarks"), mark=("note",)),
    DayNote: Fate(Part.FILE, N_("Explanations of days about the child"), mark=("word",), keep=("code", "by")),
    Correction: Fate(
        Part.FILE, N_("Corrections: what stood there, why"), mark=("old", "new", "reason"), keep=("field", "by")
    ),
    Sighting: Fate(
        Part.FILE, N_("Sightings in production: names, talks"), blank=("worker_id",),
        mark=("child_name", "parent_name", "parent_talk", "note"),
        keep=("area", "finder", "hazard", "entered_by"),
    ),
    LegalHold: Fate(
        Part.FILE, N_("Legal holds: reasons"), mark=("reason", "release_reason"), keep=("by", "released_by")
    ),
    ErasureProposal: Fate(
        Part.FILE, N_("Proposals to erase: reasons"), mark=("reason", "decline_reason"), keep=("by", "declined_by")
    ),
    Disclosure: Fate(
        Part.FILE, N_("Disclosures: to whom"), mark=("recipient", "subjects"),
        keep=("purpose", "fields", "sha256", "by"),
    ),
    Disposal: Fate(
        Part.FILE, N_("Disposal records"), keep=(
            "number", "category", "subject", "reason", "by", "approved_by", "erased", "stays", "documents", "backups",
            "kept_name",
        ),
    ),
}  # fmt: skip
"""Table → what becomes of its records, in the order in which they are erased. A test holds that none is missing."""

_OWN: dict[type[Record], tuple[type[Record], str]] = {
    MedicineDose: (MedicineCourse, "course_id"),
    IncidentFile: (IncidentChild, "incident_child_id"),
    IncidentAddendum: (IncidentChild, "incident_child_id"),
}
"""Records that belong to a child's record, not to the child."""
_EVENT = ("described", "witnesses", "why1", "why2", "why3", "why4", "why5", "root_cause", "told")
_CHILD = ("name_latin", "nickname", "sleeps_where", "speaks", "school", "alert", "insurance", "note")
_HEALTH_OF_CHILD = ("alert", "insurance")


@dataclass(frozen=True)
class Stay:
    """Something that is not erased now."""

    noun: str
    """Marked with ``N_``."""
    count: int
    until: date | None = None
    why: str = ""
    """Marked with ``N_``."""


@dataclass
class Plan:
    """All that happens to one child's records, found before anything is done."""

    child: Child
    subject: str
    parts: frozenset[Part]
    deletes: list[tuple[Record, str]] = field(default_factory=list[tuple[Record, str]])
    """Record and noun, those first that depend on others."""
    blanks: list[tuple[Record, Fate]] = field(default_factory=list[tuple[Record, Fate]])
    stays: list[Stay] = field(default_factory=list[Stay])
    kept_until: date | None = None
    """Until when the name is kept sealed, for the reports that stay."""

    def counts(self) -> dict[str, int]:
        """Return noun → how many records are erased or emptied."""
        found: dict[str, int] = {}
        for noun in (*(noun for _record, noun in self.deletes), *(fate.noun for _record, fate in self.blanks)):
            found[noun] = found.get(noun, 0) + 1
        return found


def find(session: Session, child_id: int, on: date, parts: frozenset[Part] = ALL) -> Plan:
    """Return what erasing would do to one child's records.

    Args:
        session: an open session.
        child_id: the child.
        on: today: decides which reports must stay.
        parts: what is to be erased.

    Raises:
        UserError: the child is gone.
    """
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
    made = Plan(child, subject(session, child), parts)
    keeping = list(_kept_reports(session, child, on))
    for kind, fate in FATES.items():
        if fate.part in parts or kind is Consent:
            _decide(session, made, kind, fate, {report.id for report, _until in keeping}, on)
    if Part.FILE in parts:
        _family(session, made)
        _papers(session, made)
    if Part.INCIDENT in parts:
        _events(session, made, {report.incident_id for report, _until in keeping})
    if keeping and parts & {Part.INCIDENT, Part.FILE}:
        made.kept_until = max(until for _report, until in keeping)
        made.stays.append(Stay(N_("Reports of incidents, sealed, with the child's name sealed beside them"),
                               len(keeping), made.kept_until, N_("must be kept")))  # fmt: skip
    return made


def subject(session: Session, child: Child) -> str:
    """Return whom a record of erasure is about, without a name: number and last season."""
    query = (
        select(Enrolment.number, Season.name)
        .join(Season, Season.id == Enrolment.season_id)
        .where(Enrolment.child_id == child.id, Enrolment.number != "")
        .order_by(Season.last_day.desc())
    )
    found = session.execute(query).first()
    return f"{found[0]} · {found[1]}" if found else f"#{child.id}"


def blanked(record: Record, fate: Fate) -> None:
    """Empty one record."""
    columns = record.__table__.columns
    for name in fate.blank:
        setattr(record, name, None if columns[name].nullable else "")
    for name in fate.mark:
        if getattr(record, name) and not _harmless(record, name):
            setattr(record, name, MARK)


def blank_child(session: Session, child: Child, name: str, on: date) -> None:
    """Leave of a child what is counted: sex, month of birth, whether it lives away from its parents."""
    for column in _CHILD:
        setattr(child, column, "")
    child.name, child.search, child.sort_key, child.self_leave = name, "", name, False
    child.has_photo = child.has_medicine = child.has_care_plan = False
    child.birth_date = month_of_birth(session, child)
    child.erased_on = on


def blank_health(child: Child) -> None:
    """Leave nothing about health on the child."""
    for column in _HEALTH_OF_CHILD:
        setattr(child, column, "")
    child.has_medicine = child.has_care_plan = False


def month_of_birth(session: Session, child: Child) -> date:
    """Return the first or the last day of the month of birth, whichever leaves the age in the last season as it was."""
    born = child.birth_date
    first, last = born.replace(day=1), born.replace(day=calendar.monthrange(born.year, born.month)[1])
    began = session.scalar(
        select(func.max(Season.first_day)).join(Enrolment, Enrolment.season_id == Season.id).where(
            Enrolment.child_id == child.id
        )
    )  # fmt: skip
    if began is None or seasons.age_on(first, began) == seasons.age_on(born, began):
        return first
    return last


# --------------------------------------------------------------------------------------------------------------- inside
def _decide(session: Session, made: Plan, kind: type[Record], fate: Fate, kept: set[int], on: date) -> None:
    """Sort the records of one table into what goes, what is emptied and what stays."""
    records = list(_records(session, kind, made.child.id, kept))
    if kind is Consent:
        _consents(session, made, records, fate, on)
    elif fate.delete:
        made.deletes += [(record, fate.noun) for record in records]
    elif fate.blank or fate.mark:
        made.blanks += [(record, fate) for record in records]


def _records(session: Session, kind: Any, child_id: int, kept: set[int]) -> Iterator[Record]:
    if kind in _OWN:
        parent, column = _OWN[kind]
        mine: Any = select(parent.id).where(parent.child_id == child_id)  # type: ignore[attr-defined] # pyright: ignore
        found = session.scalars(select(kind).where(getattr(kind, column).in_(mine)).order_by(kind.id))
        yield from (one for one in found if parent is not IncidentChild or getattr(one, column) not in kept)
        return
    found = session.scalars(select(kind).where(kind.child_id == child_id).order_by(kind.id))
    yield from (one for one in found if kind is not IncidentChild or one.id not in kept)


def _consents(session: Session, made: Plan, records: Iterable[Any], fate: Fate, on: date) -> None:
    """The proof of a consent stays its time, without the signer's name; with the file only that name goes."""
    rule, ends = retention.category(session, "consent"), consent_register.season_ends(session)
    bare = Fate(Part.FILE, N_("Consents: who signed"), mark=("signed_by",))
    lasting: list[date] = []
    for consent in records:
        end = consent_register.ended(consent, ends)
        until = rule.until(end) if end else None
        if until is not None and until < on and Part.CONSENT in made.parts:
            made.deletes.append((consent, fate.noun))
            continue
        if Part.FILE in made.parts:
            made.blanks.append((consent, bare))
            lasting += [until] if until else []
    if Part.FILE in made.parts and any(fate_of is bare for _one, fate_of in made.blanks):
        count = sum(1 for _one, fate_of in made.blanks if fate_of is bare)
        made.stays.append(Stay(N_("Proof of consents, without the signer's name"), count,
                               max(lasting) if lasting else None, N_("must be kept")))  # fmt: skip


def _kept_reports(session: Session, child: Child, on: date) -> Iterator[tuple[IncidentChild, date]]:
    """Find the reports about the child that must be kept, and until when."""
    rule = retention.category(session, "incident")
    held = {one.incident_id for one in retention.holds(session) if one.incident_id}
    query = (
        select(IncidentChild, Incident.day)
        .join(Incident, Incident.id == IncidentChild.incident_id)
        .where(IncidentChild.child_id == child.id)
    )
    for report, day in session.execute(query):
        until = rule.until(day, child.birth_date)
        if report.incident_id in held or until is None:
            yield report, date.max
        elif until >= on:
            yield report, until


def _family(session: Session, made: Plan) -> None:
    """Guardians of no other child go too; workers stay in the factory's own list."""
    mine = select(Guardianship.guardian_id).where(Guardianship.child_id == made.child.id)
    others = select(Guardianship.guardian_id).where(Guardianship.child_id != made.child.id)
    found = list(session.scalars(select(Guardian).where(Guardian.id.in_(mine))))
    shared = set(session.scalars(others.where(Guardianship.guardian_id.in_(mine))))
    made.deletes += [(one, N_("Guardians")) for one in found if one.id not in shared]
    if shared:
        made.stays.append(
            Stay(N_("Guardians"), len(shared), why=N_("they are guardians of a brother or sister"))
        )  # fmt: skip


def _papers(session: Session, made: Plan) -> None:
    """The stored sheets on which the child stands; the signed paper is the record, and is looked after by hand."""
    mine = {str(n) for n in session.scalars(select(Enrolment.id).where(Enrolment.child_id == made.child.id))}
    query = select(SheetFile, Sheet.rows).join(Sheet, Sheet.id == SheetFile.sheet_id)
    for kept, rows in session.execute(query.where(Sheet.kind == SheetKind.CHILDREN)):
        if mine & set(rows.split(",")):
            made.deletes.append((kept, N_("Stored day sheets on which the child stands")))


def _events(session: Session, made: Plan, kept: set[int]) -> None:
    """What was written about an event goes with the report on its last child."""
    erased = select(Child.id).where(Child.erased_on.is_not(None))
    mine = set(session.scalars(select(IncidentChild.incident_id).where(IncidentChild.child_id == made.child.id)))
    for number in mine - kept:
        others = select(IncidentChild.id).where(
            IncidentChild.incident_id == number, IncidentChild.child_id != made.child.id,
            IncidentChild.child_id.not_in(erased),
        )  # fmt: skip
        if session.scalars(others.limit(1)).first():
            made.stays.append(Stay(N_("What happened, as written for all children of the incident"), 1,
                                   why=N_("other children were in it")))  # fmt: skip
            continue
        event = session.get_one(Incident, number)
        made.blanks.append((event, Fate(Part.INCIDENT, N_("What happened in the incident"), blank=_EVENT)))
        for kind in (IncidentFile, IncidentAddendum):
            left = select(kind).where(kind.incident_id == number, kind.incident_child_id.is_(None))
            made.deletes += [(one, FATES[kind].noun) for one in session.scalars(left)]


def _harmless(record: Record, name: str) -> bool:
    """Tell whether a correction only speaks of times, which stay."""
    return isinstance(record, Correction) and name != "reason" and record.field in {"arrived", "departed"}


roles.guard(globals(), Right.DATA, {})
