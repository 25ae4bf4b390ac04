"""What is due to be erased, by the schedule: children, and papers, visitors and staff whose time is over.

Source: security.md 5, retention; domain.md 5.3. That withdrawn consents are due at once is ours, after domain.md 8.4.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.base import Record
from ccfs_desktop.models.child import CarePlan, Child, Consent, ConsentPurpose
from ccfs_desktop.models.document import Document, DocumentFile
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.incident import Incident, IncidentChild
from ccfs_desktop.models.log import HealthNote, MedicineCourse, Visitor
from ccfs_desktop.models.protection import WHOLE, Disposal, Grounds
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetFile
from ccfs_desktop.models.staff import Staff, StaffPaper, StaffPhoto
from ccfs_desktop.services import assessment, disposals, erasure, erasure_proposals, erasure_traces, retention, roles
from ccfs_desktop.services.erasure import Because, Done
from ccfs_desktop.services.erasure_plan import ALL, MARK, Part
from ccfs_desktop.services.retention import Category
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

_TITLES = {
    "file": N_("Everything about the child"),
    "photo": N_("Photo"),
    "health": N_("Health, medicine, care plan"),
    "incident": N_("Reports of incidents"),
    "consent": N_("Proof of consents"),
}
_PARTS = {
    "file": ALL,
    "photo": frozenset({Part.PHOTO}),
    "health": frozenset({Part.HEALTH}),
    "incident": frozenset({Part.INCIDENT}),
    "consent": frozenset({Part.CONSENT}),
}


@dataclass(frozen=True)
class Due:
    """Something whose time is over, or is going to be."""

    category: str
    """Code of a category."""
    title: str
    """Marked with ``N_``."""
    since: date
    """The day after the last one on which it was to be kept."""
    count: int = 1
    child_id: int | None = None
    name: str = ""
    """The child's, for who may see it."""
    withdrawn: bool = False
    """Whether a consent was withdrawn; otherwise its time is over."""
    again: Grounds | None = None
    """The ground on which it was erased already, before a restored backup brought it back."""
    proposal: int = 0
    """Number of the proposal to erase it; 0 for none."""
    proposed: str = ""
    """By whom, and why."""
    held: str = ""
    """Why it must be kept all the same."""

    @property
    def parts(self) -> frozenset[Part]:
        """What of the child is erased."""
        return _PARTS[self.category]

    @property
    def grounds(self) -> Grounds:
        """Why it is erased."""
        if self.proposal:
            return Grounds.OTHER
        return self.again or (Grounds.WITHDRAWN if self.withdrawn else Grounds.TIME_OVER)


def due(session: Session, on: date) -> list[Due]:
    """Return everything that is due on a day, what has waited longest first.

    Args:
        session: an open session.
        on: the day; a later one shows what is coming.

    Raises:
        UserError: this role may not see it.
    """
    rules = {one.code: one for one in retention.schedule(session)}
    found = [*_children(session, rules, on), *_records(session, rules, on)]
    return sorted(found, key=lambda one: (one.since, one.category, one.name))


def tasks(session: Session, on: date) -> list[Task]:
    """Return what Today says about it: once what is due can be erased."""
    if not roles.may(session, Right.DATA):
        return []
    waiting = sum(1 for one in due(session, on) if not one.held)
    if not waiting:
        return []
    sentence = ngettext(
        "{n} entry is due to be erased: its time is over, or a consent was withdrawn.",
        "{n} entries are due to be erased: their time is over, or a consent was withdrawn.",
        waiting,
    ).format(n=waiting)
    return [Task(sentence, urgent=False, page="settings", target={"part": "data", "tab": "due"})]


def erase(
    db: Database, one: Due, approved_by: str, *, reason: str = "", second: Path | None = None, on: date | None = None
) -> Done:
    """Erase something that is due.

    Args:
        db: the office.
        one: what, as :func:`due` returned it.
        approved_by: as ``erasure.approve`` returned it.
        reason: in words, if anything is to be said.
        second: the folder with copies on a second medium.
        on: today.

    Raises:
        Invalid: see ``erasure.erase``.
        UserError: it must be kept, is not due any more, or the role may not.
    """
    if one.held:
        raise UserError(_("It must be kept for the time being: {reason} Release the legal hold first.").format(
            reason=one.held))  # fmt: skip
    day = on or clock.today()
    if one.child_id is not None:
        said = reason or _reason(one)
        because = Because(one.grounds, said, approved_by)
        return erasure.erase(db, one.child_id, because, one.parts, second=second, on=day)
    erasure.check_other(db, approved_by)
    copies = disposals.copies_of(db, second)
    with db.begin(N_("Erase what is due"), final=True) as session:
        roles.require(session, Right.DATA)
        disposal = _dispose(db, session, one, approved_by, reason, copies, day)
    return Done(disposal, db.settle())


def _reason(one: Due) -> str:
    if one.proposal:
        return _("Proposed on {day}, proposal {n}.").format(day=one.since, n=one.proposal)
    if one.again:
        return _("Erased on {day} already; a restored backup had brought it back.").format(day=one.since)
    return _("Consent was withdrawn on {day}.").format(day=one.since) if one.withdrawn else ""


# ------------------------------------------------------------------------------------------------------------- children
def _children(session: Session, rules: dict[str, Category], on: date) -> Iterator[Due]:
    ends = _last_seasons(session)
    withdrawn = _withdrawn(session)
    proposed = {one.child_id: one for one in erasure_proposals.waiting(session)}
    before = {one.child_id: one for one in session.scalars(select(Disposal).where(Disposal.category == WHOLE))}
    known = {*ends, *proposed, *(number for number in before if number is not None)}
    held = retention.held(session, list(known))
    brought = disposals.brought_back(session)
    for child in session.scalars(select(Child).where(Child.id.in_(known), Child.erased_on.is_(None))):
        if one := before.get(child.id):
            yield Due(
                "file", _TITLES["file"], one.day, child_id=child.id, name=child.name, again=one.grounds,
                held=held.get(child.id, ""),
            )  # fmt: skip
            continue
        if wish := proposed.get(child.id):
            yield Due(
                "file", _TITLES["file"], wish.at.date(), child_id=child.id, name=child.name, proposal=wish.id,
                proposed=f"{wish.by}: {wish.reason}", held=held.get(child.id, ""),
            )  # fmt: skip
            continue
        ended, left = ends[child.id]
        told: list[tuple[str, date | None, bool]] = [("file", rules["file"].until(ended), False)]
        told += [("file", day, True) for day in withdrawn.get((child.id, ConsentPurpose.DATA), [])]
        if child.has_photo:
            told += [("photo", rules["photo"].until(left), False)]
            told += [("photo", day, True) for day in withdrawn.get((child.id, ConsentPurpose.PHOTO_INTERNAL), [])]
        health = [(rules["health"].until(ended), False)]
        health += [(day, True) for day in withdrawn.get((child.id, ConsentPurpose.HEALTH_DATA), [])]
        over = [(until, taken) for until, taken in health if until and until <= on]
        if over and _has_health(session, child):
            told += [("health", until, taken) for until, taken in over]
        dues = list(_first(child, told, held.get(child.id, ""), on))
        back = [] if any(one.category == "file" for one in dues) else _again(session, child, brought)
        yield from (one for one in dues if one.category not in {again.category for again in back})
        yield from (replace(one, held=held.get(child.id, "")) for one in back)
    yield from _incidents(session, rules["incident"], on)
    yield from _consents(session, rules["consent"], on)


def _again(session: Session, child: Child, brought: dict[int, dict[str, Disposal]]) -> list[Due]:
    """Return the parts that were erased already and that a restored backup brought back."""
    return [
        Due(part, _TITLES[part], one.day, child_id=child.id, name=child.name, again=one.grounds)
        for part, one in brought.get(child.id, {}).items()
        if (part == "photo" and child.has_photo) or (part == "health" and _has_health(session, child))
    ]


def _first(child: Child, told: Iterable[tuple[str, date | None, bool]], held: str, on: date) -> Iterator[Due]:
    """Of each category the earliest; where everything is due, its parts need not be named."""
    earliest: dict[str, tuple[date, bool]] = {}
    for code, until, withdrawn in told:
        if until is None or until > on or (until == on and not withdrawn):
            continue
        known = earliest.get(code)
        if known is None or until < known[0]:
            earliest[code] = (until, withdrawn)
    chosen = {"file": earliest["file"]} if "file" in earliest else earliest
    for code, (until, withdrawn) in chosen.items():
        yield Due(code, _TITLES[code], until, child_id=child.id, name=child.name, withdrawn=withdrawn, held=held)


def _last_seasons(session: Session) -> dict[int, tuple[date, date]]:
    """Return child → end of its last season, and its own last day there."""
    own = func.coalesce(Enrolment.last_day, Season.last_day)
    query = (
        select(Enrolment.child_id, func.max(Season.last_day), func.max(own))
        .join(Season, Season.id == Enrolment.season_id)
        .group_by(Enrolment.child_id)
    )
    return {child: (_day(ended), _day(left)) for child, ended, left in session.execute(query)}


def _day(found: Any) -> date:
    return found if isinstance(found, date) else date.fromisoformat(str(found))


def _withdrawn(session: Session) -> dict[tuple[int, ConsentPurpose], list[date]]:
    """Return child and purpose → the day on which the answer given last was taken back, or refused."""
    purposes = (ConsentPurpose.DATA, ConsentPurpose.PHOTO_INTERNAL, ConsentPurpose.HEALTH_DATA)
    last: dict[tuple[int, ConsentPurpose], Consent] = {}
    for one in session.scalars(select(Consent).where(Consent.purpose.in_(purposes)).order_by(Consent.id)):
        last[one.child_id, one.purpose] = one
    return {
        key: [day] for key, one in last.items() if (day := one.withdrawn_on if one.given else one.signed_on) is not None
    }


def _has_health(session: Session, child: Child) -> bool:
    if child.has_care_plan or child.has_medicine or child.alert:
        return True
    tables: tuple[Any, ...] = (CarePlan, MedicineCourse)
    if any(session.scalars(select(kind.id).where(kind.child_id == child.id).limit(1)).first() for kind in tables):
        return True
    noted = select(HealthNote.id).where(HealthNote.child_id == child.id, HealthNote.signs.is_not(None))
    return session.scalars(noted.limit(1)).first() is not None


def _incidents(session: Session, rule: Category, on: date) -> Iterator[Due]:
    """Reports whose time is over; also those that stayed when the child's other data was erased."""
    held = {one.incident_id for one in retention.holds(session) if one.incident_id}
    query = (
        select(Incident.id, Incident.day, Child)
        .join(IncidentChild, IncidentChild.incident_id == Incident.id)
        .join(Child, Child.id == IncidentChild.child_id)
        .where(
            IncidentChild.part.is_not(None) | IncidentChild.injury.is_not(None) | IncidentChild.first_aid.is_not(None)
        )
    )
    seen: set[int] = set()
    children = retention.held(session, [child.id for _n, _d, child in session.execute(query)])
    for number, day, child in session.execute(query):
        until = rule.until(day, child.birth_date)
        if until is not None and until < on and number not in held and child.id not in seen:
            seen.add(child.id)
            yield Due(
                "incident", _TITLES["incident"], until, child_id=child.id, name=child.name,
                held=children.get(child.id, ""),
            )  # fmt: skip


def _consents(session: Session, rule: Category, on: date) -> Iterator[Due]:
    """Proof of consents of children whose data was erased; of the others it goes with the file."""
    from ccfs_desktop.services import consent_register  # noqa: PLC0415 (which asks for the schedule, too)

    ends = consent_register.season_ends(session)
    query = select(Consent, Child).join(Child, Child.id == Consent.child_id).where(Child.erased_on.is_not(None))
    last: dict[int, tuple[Child, date]] = {}
    for consent, child in session.execute(query):
        end = consent_register.ended(consent, ends) or child.erased_on or on
        until = rule.until(end)
        if until is not None and (child.id not in last or until > last[child.id][1]):
            last[child.id] = (child, until)
    for child, until in last.values():
        if until < on:
            yield Due("consent", _TITLES["consent"], until, child_id=child.id, name=child.name)


# -------------------------------------------------------------------------------------------------------- other records
def _records(session: Session, rules: dict[str, Category], on: date) -> Iterator[Due]:
    for code, kind, old in (
        ("sheets", N_("Stored day sheets"), _sheets),
        ("documents", N_("Stored files of issued documents"), _documents),
        ("assessment", N_("Stored files of impact assessments"), _assessments),
        ("visitors", N_("Visitors"), _visitors),
        ("staff", N_("Papers and contact details of staff"), _staff),
    ):
        found = old(session, rules[code], on)
        if found:
            yield Due(code, kind, min(day for _record, day in found), count=len(found))


_Old = list[tuple[Any, date]]


def _sheets(session: Session, rule: Category, on: date) -> _Old:
    query = select(SheetFile.id, Sheet.day).join(Sheet, Sheet.id == SheetFile.sheet_id)
    return _over(session, query, rule, on)


def _documents(session: Session, rule: Category, on: date) -> _Old:
    return _over(session, _issued().where(Document.name != assessment.NAME), rule, on)


def _assessments(session: Session, rule: Category, on: date) -> _Old:
    """Impact assessments have a time of their own, which no shorter one of other documents cuts off."""
    return _over(session, _issued().where(Document.name == assessment.NAME), rule, on)


def _issued() -> Select[int, datetime]:
    return select(DocumentFile.id, Document.issued_at).join(Document, Document.id == DocumentFile.document_id)


def _visitors(session: Session, rule: Category, on: date) -> _Old:
    return _over(session, select(Visitor.id, Visitor.day).where(Visitor.name != MARK), rule, on)


def _staff(session: Session, rule: Category, on: date) -> _Old:
    gone = select(Staff.id, Staff.ended_on).where(Staff.ended_on.is_not(None))
    papers = select(StaffPaper.staff_id).union(select(StaffPhoto.staff_id))
    return _over(session, gone.where(Staff.id.in_(papers) | (Staff.phone != "")), rule, on)


def _over(session: Session, query: Any, rule: Category, on: date) -> _Old:
    found: _Old = []
    rows: Any = session.execute(query)
    for number, moment in rows:
        until = rule.until(moment.date() if hasattr(moment, "date") else moment)
        if until is not None and until < on:
            found.append((number, until))
    return found


def _dispose(
    db: Database, session: Session, one: Due, approved_by: str, reason: str, copies: disposals.Copies, day: date
) -> Disposal:
    rule = retention.category(session, one.category)
    old = {
        "sheets": _sheets, "documents": _documents, "assessment": _assessments, "visitors": _visitors, "staff": _staff,
    }[one.category]  # fmt: skip
    ids = [number for number, _until in old(session, rule, day)]
    if not ids:
        raise UserError(_("Nothing of this is due any more."))
    touched: list[Record] = []
    for number in ids:
        touched += _ERASERS[one.category](session, number)
    keys = [erasure_traces.key_of(record) for record in touched]
    session.flush()
    entries = set(erasure_traces.numbers(session, keys))
    erasure.forget_and_restate(db, session, entries)
    return disposals.enter(
        session, one.category, _(rule.title), one.grounds, reason, approved_by, {one.title: len(ids)}, copies, day=day
    )


def _drop_sheet(session: Session, number: int) -> list[Record]:
    kept = session.get_one(SheetFile, number)
    session.delete(kept)
    return [kept]


def _drop_document(session: Session, number: int) -> list[Record]:
    kept = session.get_one(DocumentFile, number)
    session.delete(kept)
    return [kept]


def _empty_visitor(session: Session, number: int) -> list[Record]:
    visitor = session.get_one(Visitor, number)
    visitor.name, visitor.organisation, visitor.note = MARK, "", ""
    return [visitor]


def _empty_staff(session: Session, number: int) -> list[Record]:
    """The name stays, as it stands on what was signed; everything else about the person goes."""
    person = session.get_one(Staff, number)
    person.phone = person.referees = person.note = person.qualification = person.speaks = ""
    person.birth_date, person.has_photo = None, False
    gone: list[Record] = []
    for kind in (StaffPaper, StaffPhoto):
        gone += session.scalars(select(kind).where(kind.staff_id == number)).all()
    for record in gone:
        session.delete(record)
    return [person, *gone]


_ERASERS = {
    "sheets": _drop_sheet, "documents": _drop_document, "assessment": _drop_document, "visitors": _empty_visitor,
    "staff": _empty_staff,
}  # fmt: skip


roles.guard(globals(), Right.DATA, {Right.PROPOSE: (due,)})
