"""The whole sealed trail, to be read: who did what when, with filters, and what each action changed.

Reading changes nothing. What is secret (``db.undo.secret_tables``) is told only to those who hold the sensitive key.
Source: security.md 2.3, last row; product.md 4.10.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ccfs_desktop.db.undo import secret_tables
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base, Choice
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.masked import Masker, masker_of
from ccfs_desktop.models.sealed import sealer_of
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import histories, roles
from ccfs_desktop.services.histories import Event
from ccfs_desktop.services.roles import Right


class What(Choice):
    """Which entries to look at."""

    ALL = "all", N_("All")
    CHANGES = "changes", N_("Changes")
    READ = "read", N_("Read and printed")
    ACCESS = "access", N_("Sign-in and passwords")


_READ = (
    *("print", "read", "export", "disclose", "concern", "search", "reveal"), histories.CARE_PLAN_READ,
    histories.INCIDENT_READ, histories.HEALTH_READ, histories.MEDICINE_READ,
)  # fmt: skip
_ACCESS = ("failed sign-in", "password", "vouch", "user", "backup", "restore", "clock")
NOTES = {
    "print": N_("Printed"), "read": N_("Read"), "export": N_("Exported"), "failed sign-in": N_("Sign-in refused"),
    "password": N_("Password"), "vouch": N_("Vouched"), "clock": N_("The clock of the PC was turned back"),
    histories.CARE_PLAN_READ: N_("Care plan read"), histories.INCIDENT_READ: N_("Incident read"),
    "concern": N_("Letter read"), "search": N_("Searched by name"), "user": N_("User"),
    "backup": N_("Backup"), "restore": N_("Restored"), "rehearsal": N_("Rehearse a restore"),
    "disclose": N_("Given out"), "reveal": N_("Reveal the names of a family"),
    histories.HEALTH_READ: N_("Notes of illness read"), histories.MEDICINE_READ: N_("Medicine read"),
}  # fmt: skip
"""What a note is about, for people; the rest is shown as the trail has it."""

NOUNS = {
    "factory": N_("Factory"), "season": N_("Season"), "room_group": N_("Group"), "calendar_day": N_("Calendar"),
    "child": N_("Child"), "guardian": N_("Guardian"), "guardianship": N_("Guardian"), "worker": N_("Worker"),
    "pickup_adult": N_("Authorised pick-up person"), "contact": N_("Emergency contact"), "care_plan": N_("Care plan"),
    "consent": N_("Consent"), "photo": N_("Photo"), "enrolment": N_("Enrolment"), "visit": N_("Visit"),
    "absence": N_("Absence"), "day_close": N_("Day closed"), "day_note": N_("Explanation"),
    "correction": N_("Correction"), "sheet": N_("Sheet"), "staff": N_("Staff"), "staff_paper": N_("Paper"),
    "shift": N_("Shift"), "duty": N_("On duty"), "safety_check": N_("Safety check"), "check_answer": N_("Answer"),
    "finding": N_("Finding"), "incident": N_("Incident"), "incident_child": N_("Report on a child"),
    "incident_addendum": N_("Addendum"), "incident_file": N_("File"), "action": N_("Corrective action"),
    "patrol": N_("Patrol"), "sighting": N_("Child in production"), "visitor": N_("Visitor"),
    "concern": N_("Letter"), "concern_entry": N_("Letter"), "document": N_("Document"),
    "disclosure": N_("Given out"), "disposal": N_("Erased"), "legal_hold": N_("Legal hold"),
    "retention_change": N_("Retention"), "erasure_proposal": N_("Proposal to erase"),
    "document_file": N_("Document"), "signing_key": N_("Signing key"),
}  # fmt: skip
"""Kinds of record, for people."""


@dataclass(frozen=True)
class Look:
    """What to look for; what is empty does not narrow."""

    actor: str = ""
    first: date | None = None
    last: date | None = None
    what: What = What.ALL
    action: str = ""
    """Words of what was done, in the language in use."""


@dataclass(frozen=True)
class Deed:
    """One user action."""

    transaction: str
    seq: int
    """Number of its last entry."""
    at: datetime
    """Local time."""
    actor: str
    role: str
    action: str
    """Translated."""
    entries: int
    undoes: bool


@dataclass(frozen=True)
class Line:
    """One entry of an action, or one field of it."""

    noun: str
    """What kind of record, in words."""
    number: str
    """Whose it is, where that is known; else its number."""
    event: Event


def actors(session: Session) -> list[str]:
    """Return everybody who ever did something, by name."""
    return sorted(session.scalars(select(AuditEntry.actor).distinct()))


def count(session: Session, look: Look) -> int:
    """Return how many user actions there are."""
    chosen = select(AuditEntry.transaction).where(*_where(session, look)).distinct().subquery()
    return session.scalar(select(func.count()).select_from(chosen)) or 0


def deeds(session: Session, look: Look, *, offset: int = 0, limit: int = 200) -> list[Deed]:
    """Return user actions, newest first.

    Args:
        session: the open transaction.
        look: what to look for.
        offset: how many to pass over.
        limit: how many at most.
    """
    last = func.max(AuditEntry.seq)
    query = (
        select(
            AuditEntry.transaction, last, func.max(AuditEntry.at), AuditEntry.actor, AuditEntry.role,
            AuditEntry.action, func.count(), AuditEntry.undoes,
        )
        .where(*_where(session, look))
        .group_by(AuditEntry.transaction, AuditEntry.actor, AuditEntry.role, AuditEntry.action, AuditEntry.undoes)
        .order_by(last.desc())
        .offset(offset)
        .limit(limit)
    )  # fmt: skip
    return [
        Deed(transaction, seq, histories.local(at), actor, role, _(action), n, bool(undoes))
        for transaction, seq, at, actor, role, action, n, undoes in session.execute(query)
    ]


def lines(session: Session, transaction: str, limit: int = 400) -> list[Line]:
    """Return what one user action did, entry by entry and field by field; to an administrator no values.

    Args:
        session: the open transaction.
        transaction: as ``Deed`` has it.
        limit: entries at most; an import has thousands.
    """
    query = (
        select(AuditEntry, AuditPayload.body)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(AuditEntry.transaction == transaction, *_open_to(session))
        .order_by(AuditEntry.seq)
        .limit(limit)
    )
    bare = not roles.may(session, Right.FIGURES)  # an administrator reads the trail without its payload
    rows = [(entry, None if bare else body) for entry, body in session.execute(query)]
    if bare:
        return [
            Line(_noun(e), e.entity_id, Event(histories.local(e.at), e.actor, _(e.action), e.kind)) for e, _b in rows
        ]
    masker = masker_of(session.connection().dialect)
    names = _names(session, [json.loads(body) for entry, body in rows if body and entry.kind != "note"])
    told: list[Line] = []
    for entry, body in rows:
        whose = _whose(entry, body, names)
        told += [Line(_noun(entry), whose or entry.entity_id, event) for event in _told(entry, body, masker)]
    return told


def _names(session: Session, bodies: Sequence[dict[str, Any]]) -> dict[tuple[str, int], str]:
    """Look up the people whom entries are about; who was erased has no name any more."""
    found: dict[tuple[str, int], str] = {}
    for column, kind in (("child_id", Child), ("staff_id", Staff)):
        ids = {n for body in bodies for n in body.get(column, ()) if isinstance(n, int)}
        query = select(kind.id, kind.name).where(kind.id.in_(ids))
        found |= {(column, n): name for n, name in session.execute(query)}
    return found


def _whose(entry: AuditEntry, body: str | None, names: dict[tuple[str, int], str]) -> str:
    if body is None or entry.kind == "note":
        return ""
    told = json.loads(body)
    ids = ((column, n) for column in ("child_id", "staff_id") for n in told.get(column, ()) if n)
    return next((names[key] for key in ids if key in names), "")


def _told(entry: AuditEntry, body: str | None, masker: Masker) -> Sequence[Event]:
    moment, action = histories.local(entry.at), _(entry.action)
    if entry.kind == "note":
        detail = json.loads(body or "{}") or {}
        after = ", ".join(f"{key}: {value}" for key, value in detail.items()) if isinstance(detail, dict) else ""  # pyright: ignore
        return [Event(moment, entry.actor, action, entry.kind, after=after)]
    if body is None:
        return [Event(moment, entry.actor, action, entry.kind, after=_("erased"))]
    table = Base.metadata.tables.get(entry.entity)
    if table is None:
        return [Event(moment, entry.actor, action, entry.kind)]
    body_of: dict[str, Any] = json.loads(body)
    bare = [Event(moment, entry.actor, action, entry.kind)]
    told = histories.changes(moment, entry.actor, action, entry.kind, table, body_of, whole=True, masker=masker)
    return list(told) or bare


def _noun(entry: AuditEntry) -> str:
    if entry.kind == "note":
        return _(NOTES[entry.entity]) if entry.entity in NOTES else entry.entity
    return _(NOUNS.get(entry.entity, entry.entity.replace("_", " ")))


def _where(session: Session, look: Look) -> list[ColumnElement[bool]]:
    conditions = _open_to(session)
    if look.actor:
        conditions.append(AuditEntry.actor == look.actor)
    if look.first:
        conditions.append(AuditEntry.at >= _utc(look.first))
    if look.last:
        conditions.append(AuditEntry.at < _utc(look.last + timedelta(days=1)))
    match look.what:
        case What.CHANGES:
            conditions.append(AuditEntry.kind != "note")
        case What.READ:
            conditions += [AuditEntry.kind == "note", AuditEntry.entity.in_(_READ)]
        case What.ACCESS:
            conditions += [AuditEntry.kind == "note", AuditEntry.entity.in_(_ACCESS)]
        case _:
            pass
    if look.action:
        conditions.append(AuditEntry.action.in_(_actions_like(session, look.action)))
    return conditions


def _actions_like(session: Session, typed: str) -> list[str]:
    """Find actions by their words in the language in use; there are a few hundred at most."""
    words = typed.casefold().split()
    return [
        action
        for action in session.scalars(select(AuditEntry.action).distinct())
        if all(word in _(action).casefold() for word in words)
    ]


def _open_to(session: Session) -> list[ColumnElement[bool]]:
    """Leave out whole actions of which this user may not even know."""
    if sealer_of(session.connection().dialect).holds_key:
        return []
    secret = select(AuditEntry.transaction).where(AuditEntry.entity.in_(secret_tables()))
    return [AuditEntry.transaction.not_in(secret)]


def _utc(day: date) -> str:
    """Return when a local day begins, as entries carry it."""
    return datetime.combine(day, time()).astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


roles.guard(globals(), Right.TRAIL, {})
