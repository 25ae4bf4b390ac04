"""What was done with a record, when and by whom, read from the sealed trail and put into words."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, Table, select, tuple_
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database, undo
from ccfs_desktop.db.undo import Action
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base
from ccfs_desktop.models.masked import Masked, Masker, masker_of
from ccfs_desktop.models.sealed import Sealed
from ccfs_desktop.services import roles, weekdays
from ccfs_desktop.services.roles import Right, refusal

_OF_A_CHILD = (
    "guardianship",
    "pickup_adult",
    "contact",
    "care_plan",
    "consent",
    "photo",
    "enrolment",
    "visit",
    "absence",
)
_OF_STAFF = ("staff_paper", "staff_photo", "staff_absence", "staff_wish")
_OF_AN_ACTION = ("evidence", "action_step")
_UNTOLD = {
    *("id", "version", "search", "sort_key", "child_id", "staff_id", "season_id", "action_id"),
    *("has_photo", "has_medicine", "has_care_plan"),
}
_SHOWN_ELSEWHERE = {"visit", "absence"}
"""A child's days have their own list; only what was changed or removed there is told here."""
_LONGEST = 80

CARE_PLAN_READ = "care plan read"
"""What the trail notes when somebody looks at a child's health details."""
HEALTH_READ, MEDICINE_READ = "health notes read", "medicine read"
"""… at notes of illness or at medicine: of a child, or, without one, of the season."""
INCIDENT_READ = "incident read"
"""What the trail notes when somebody opens the report of an incident."""

KINDS = {
    "create": N_("new"),
    "update": N_("changed"),
    "delete": N_("removed"),
    "note": N_("read"),
    "state": N_("what remains"),
}


@dataclass(frozen=True)
class Event:
    """One change of one field, or the coming and going of a record."""

    at: datetime
    """Local time."""
    by: str
    action: str
    """What the user did, translated."""
    kind: str
    """Key of ``KINDS``."""
    field: str = ""
    before: str = ""
    after: str = ""


def of_child(session: Session, child_id: int, limit: int = 500) -> list[Event]:
    """Return what was done with a child's file, newest first; also what was removed, and who read the care plan."""
    own = _own(session, "child", child_id, _OF_A_CHILD)
    own += [(read, str(child_id)) for read in (CARE_PLAN_READ, HEALTH_READ, MEDICINE_READ)]
    return list(_events(session, own, limit))


def of_staff(session: Session, staff_id: int, limit: int = 500) -> list[Event]:
    """Return what was done with a staff file, newest first; also what was removed."""
    return list(_events(session, _own(session, "staff", staff_id, _OF_STAFF), limit))


def take_back(db: Database, action: Action) -> None:
    """Take back one action: one's own, or with the right to it somebody else's.

    Raises:
        UserError: later work stands on it, or it is not this user's to take back.
    """
    if action.actor != db.actor.user and not roles.allows(db.actor.role, Right.UNDO):
        raise refusal()
    undo.undo(db, action)


def of_action(session: Session, action_id: int, limit: int = 500) -> list[Event]:
    """Return what was done with a corrective action, newest first; also evidence that was taken away."""
    return list(_events(session, _own(session, "action", action_id, _OF_AN_ACTION), limit))


def _own(session: Session, whose: str, key: int, tables: Sequence[str]) -> list[tuple[str, str]]:
    """Find the records of a file, those that are no longer there too."""
    column = f"{whose}_id"
    own = [(whose, str(key))]
    for name in tables:
        table = Base.metadata.tables[name]
        own += [(name, str(n)) for n in session.scalars(select(table.c.id).where(table.c[column] == key))]
    removed = (
        select(AuditEntry.entity, AuditEntry.entity_id)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(
            AuditEntry.entity.in_(tables),
            AuditEntry.kind == "delete",
            AuditPayload.body.contains(f'"{column}":[{key},null]'),
        )
    )
    return [*own, *((entity, number) for entity, number in session.execute(removed))]


def _events(session: Session, records: Sequence[tuple[str, str]], limit: int) -> Iterator[Event]:
    query = (
        select(
            AuditEntry.at, AuditEntry.actor, AuditEntry.action, AuditEntry.kind, AuditEntry.entity, AuditPayload.body
        )
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(tuple_(AuditEntry.entity, AuditEntry.entity_id).in_(records))
        .order_by(AuditEntry.seq.desc())
        .limit(limit)
    )
    masker = masker_of(session.connection().dialect)
    for at, actor, action, kind, entity, body in session.execute(query):
        moment = local(at)
        if kind == "note":
            yield Event(moment, actor, _(action), kind)
        elif body is None:
            yield Event(moment, actor, _(action), kind, after=_("erased"))
        else:
            table = Base.metadata.tables[entity]
            yield from changes(moment, actor, _(action), kind, table, json.loads(body), masker=masker)


def changes(
    at: datetime, by: str, action: str, kind: str, table: Table, body: dict[str, Any], *, whole: bool = False,
    masker: Masker | None = None,
) -> Iterator[Event]:  # fmt: skip
    """Put one entry into words, a change field by field.

    Args:
        at: when, local time.
        by: who.
        action: what the user did, translated.
        kind: create, update or delete.
        table: of the record.
        body: what the trail says: column → (before, after).
        whole: tell also of what a file shows elsewhere.
        masker: masks who somebody is; None for those who may see it.
    """
    if masker is not None and masker.on:
        masked = {c.name for c in table.columns if isinstance(c.type, Masked)}
        body = {name: [masker(v) for v in pair] if name in masked else pair for name, pair in body.items()}
    told = [
        (c, body[c.name]) for c in table.columns if c.name in body and c.name not in _UNTOLD and c.info.get("label")
    ]
    if kind == "create" and table.name in _SHOWN_ELSEWHERE and not whole:
        return
    if kind == "update":
        for column, (before, after) in told:
            yield Event(at, by, action, kind, _(column.info["label"]), word(before, column), word(after, column))
        return
    side = 0 if kind == "delete" else 1
    words = [word(change[side], column) for column, change in told]
    text = listed(w for w in words if w and w != _("No"))
    about = _(told[0][0].info["label"]) if told else ""
    yield Event(at, by, action, kind, about, **{"after" if side else "before": text})


def word(stored: Any, column: Column[Any]) -> str:
    """Write a value of the trail as people write it. What is sealed is never told, only that it is there."""
    if stored is None:
        return ""
    if isinstance(column.type, Sealed):
        return _("(sealed)")
    kind = column.type.python_type
    if issubclass(kind, bytes):
        return _("(picture)")
    if isinstance(stored, bool):
        return _("Yes") if stored else _("No")
    if column.name == "weekdays":
        return weekdays.written(str(stored))
    if issubclass(kind, (datetime, date, time)):
        return _moment(str(stored)[2:], kind)
    written = getattr(kind(stored), "word", "") if issubclass(kind, str) and kind is not str else ""
    text = _(written) if written else str(stored)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _moment(text: str, kind: type) -> str:
    """Write a day or time without the seconds."""
    return text[:5] if issubclass(kind, time) else text[:16].replace("T", " ")


def local(at: str) -> datetime:
    """Return the wall-clock time of an entry, which the trail keeps in UTC."""
    return datetime.fromisoformat(at).astimezone().replace(tzinfo=None, microsecond=0)


roles.guard(
    globals(), Right.FILES, {Right.STAFF: (of_staff,), Right.INCIDENTS: (of_action,), Right.OFFICE: (take_back,)}
)
