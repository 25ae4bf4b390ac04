"""What a guardian may ask for: a copy of everything about one child, for reading (PDF) and for other programs (JSON).

The copy follows the tables themselves, so that no table about a child can be forgotten. Source: security.md 5, the
data subject's copy; PIPL art. 45, GDPR art. 15 and 20.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import __version__, clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.base import Choice, Record
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.incident import Incident, IncidentAddendum, IncidentChild, IncidentFile
from ccfs_desktop.models.log import MedicineCourse, MedicineDose
from ccfs_desktop.models.protection import Basis, Disclosure
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.sheet import Sheet, SheetKind
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import disclosures, erasure_traces, histories, roles
from ccfs_desktop.services.audit_trail import NOUNS
from ccfs_desktop.services.roles import Right

_LEFT_OUT = {"version", "search", "sort_key", "hidden", "frozen", "sealed", "child_id"}
"""Columns that say nothing about anybody, or hold what is copied otherwise."""
_OWNED: dict[type[Record], tuple[type[Record], str]] = {
    MedicineDose: (MedicineCourse, "course_id"),
    IncidentAddendum: (IncidentChild, "incident_child_id"),
    IncidentFile: (IncidentChild, "incident_child_id"),
}
"""Records that belong to a child's record."""
_EVENT = ("number", "kind", "place", "place_detail", "day", "at", "severity", "reported_at", "described")
"""What of an incident's event a guardian is told; the witnesses and other children are not hers."""
_OF_WORKER = ("id", "number", "name", "phone")
"""What of a parent who works here belongs to the child's data; the rest is the worker's own file."""
_READ = (histories.CARE_PLAN_READ, histories.HEALTH_READ, histories.MEDICINE_READ)


@dataclass(frozen=True)
class Part:
    """The records of one table."""

    table: str
    noun: str
    """Marked with ``N_``."""
    kind: type[Record]
    rows: tuple[dict[str, Any], ...]
    """Column → value, as the records hold them."""


@dataclass(frozen=True)
class Copy:
    """Everything about one child."""

    child_id: int
    name: str
    made_at: datetime
    parts: tuple[Part, ...]
    photo: bytes | None = None
    reads: tuple[tuple[datetime, str], ...] = ()
    """When somebody looked at health details, and who."""
    sheets: tuple[str, ...] = field(default=())
    """Numbers of the day sheets on which the child stands; they name other children too."""

    def part(self, table: str) -> tuple[dict[str, Any], ...]:
        """Return the records of one table."""
        return next((part.rows for part in self.parts if part.table == table), ())


def copy(session: Session, child_id: int) -> Copy:
    """Return everything about one child.

    Args:
        session: an open session of somebody who holds the sensitive key.
        child_id: the child.

    Raises:
        UserError: the child is gone or erased, or the role may not.
    """
    child = session.get(Child, child_id)
    if child is None or child.erased_on:
        raise UserError(_("Nothing is kept about this child any more that could be copied."))
    parts = [_part(Child, [child]), *_family(session, child_id), *_own(session, child_id)]
    photo = next((row["jpeg"] for part in parts if part.table == "photo" for row in part.rows), None)
    return Copy(
        child_id, child.name, clock.now().replace(microsecond=0), tuple(part for part in parts if part.rows), photo,
        tuple(_reads(session, child_id)), tuple(_sheets(session, child_id)),
    )  # fmt: skip


def as_json(made: Copy) -> bytes:
    """Write a copy for other programs: UTF-8, tables by their names, dates as ISO 8601, bytes as base64."""
    told = {
        "format": "ccfs-copy-1",
        "program": f"CCFS Desktop {__version__}",
        "made_at": made.made_at.isoformat(),
        "child": made.child_id,
        "tables": {part.table: [{c: _plain(v) for c, v in row.items()} for row in part.rows] for part in made.parts},
        "read_by": [{"at": at.isoformat(), "by": by} for at, by in made.reads],
        "on_sheets": list(made.sheets),
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()


def package_hash(files: Iterable[bytes]) -> str:
    """Return the SHA-256 of what is handed over: of the hashes of its files, one after the other."""
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in files)).hexdigest()


def handed_over(session: Session, made: Copy, recipient: str, files: Sequence[bytes]) -> Disclosure:
    """Enter that a copy was handed over.

    Args:
        session: the open transaction.
        made: the copy.
        recipient: to whom.
        files: the PDF and the JSON, in this order.

    Raises:
        UserError: it is not said to whom.
    """
    if not recipient.strip():
        raise UserError(_("Write to whom the copy is handed over."))
    return disclosures.enter(
        session, recipient=recipient, purpose=_("Copy of the child's data"), basis=Basis.ACCESS,
        fields=_("Everything that is kept about the child"), subjects=f"#{made.child_id}",
        sha256=package_hash(files), child_id=made.child_id,
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------------- inside
def _own(session: Session, child_id: int) -> Iterator[Part]:
    for kind in sorted(erasure_traces.kinds_by_table().values(), key=lambda one: one.__tablename__):
        if "child_id" in kind.__table__.columns and kind is not Guardianship:
            mine: Any = select(kind).where(kind.child_id == child_id).order_by(kind.id)  # type: ignore[attr-defined] # pyright: ignore
            records = list(session.scalars(mine))
            yield _part(kind, records)
            if kind is IncidentChild:
                yield _events(session, records)
            if kind is Enrolment:
                yield from _places(session, records)
    for kind, (parent, column) in _OWNED.items():
        ids: Any = select(parent.id).where(parent.child_id == child_id)  # type: ignore[attr-defined] # pyright: ignore
        yield _part(kind, list(session.scalars(select(kind).where(getattr(kind, column).in_(ids)).order_by(kind.id))))


def _family(session: Session, child_id: int) -> Iterator[Part]:
    links = list(session.scalars(select(Guardianship).where(Guardianship.child_id == child_id)))
    guardians = list(session.scalars(select(Guardian).where(Guardian.id.in_([one.guardian_id for one in links]))))
    workers = select(Worker).where(Worker.id.in_([one.worker_id for one in guardians if one.worker_id]))
    yield _part(Guardianship, links)
    yield _part(Guardian, guardians)
    rows = tuple({name: getattr(one, name) for name in _OF_WORKER} for one in session.scalars(workers))
    yield Part("worker", NOUNS["worker"], Worker, rows)


def _events(session: Session, reports: Sequence[Record]) -> Part:
    ids = [one.incident_id for one in reports if isinstance(one, IncidentChild)]
    records = session.scalars(select(Incident).where(Incident.id.in_(ids)).order_by(Incident.id))
    rows = tuple({"id": one.id} | {name: getattr(one, name) for name in _EVENT} for one in records)
    return Part("incident", NOUNS["incident"], Incident, rows)


def _places(session: Session, places: Sequence[Record]) -> Iterator[Part]:
    """The seasons and groups that the places are in, by name only."""
    found = [one for one in places if isinstance(one, Enrolment)]
    seasons = session.scalars(select(Season).where(Season.id.in_([one.season_id for one in found])))
    groups = session.scalars(select(Group).where(Group.id.in_([one.group_id for one in found if one.group_id])))
    yield Part("season", NOUNS["season"], Season, tuple({"id": one.id, "name": one.name} for one in seasons))
    yield Part("room_group", NOUNS["room_group"], Group, tuple({"id": one.id, "name": one.name} for one in groups))


def _part(kind: type[Record], records: Sequence[Record]) -> Part:
    table = kind.__tablename__
    noun = _NOUNS.get(table) or NOUNS.get(table) or table.replace("_", " ")
    rows = tuple(_row(record) for record in records)
    return Part(table, noun, kind, rows)


def _row(record: Record) -> dict[str, Any]:
    hidden = set(str(getattr(record, "hidden", "")).split(","))
    return {
        column.name: getattr(record, column.name)
        for column in record.__table__.columns
        if column.name not in _LEFT_OUT and column.name not in hidden
    }


def _reads(session: Session, child_id: int) -> Iterator[tuple[datetime, str]]:
    query = select(AuditEntry.at, AuditEntry.actor).where(
        AuditEntry.kind == "note", AuditEntry.entity.in_(_READ), AuditEntry.entity_id == str(child_id)
    )
    yield from ((histories.local(at), actor) for at, actor in session.execute(query.order_by(AuditEntry.seq)))


def _sheets(session: Session, child_id: int) -> Iterator[str]:
    mine = {str(n) for n in session.scalars(select(Enrolment.id).where(Enrolment.child_id == child_id))}
    query = select(Sheet.code, Sheet.rows).where(Sheet.kind == SheetKind.CHILDREN).order_by(Sheet.day, Sheet.id)
    yield from (code for code, rows in session.execute(query) if mine & set(rows.split(",")))


def _plain(value: Any) -> Any:
    match value:
        case Choice():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return value


_NOUNS = {
    "guardianship": N_("What the guardian is to the child"),
    "medicine_course": N_("Request for medicine"), "medicine_dose": N_("Dose of medicine"),
    "health_note": N_("Note of illness"), "first_aid_use": N_("First aid"), "legal_hold": N_("Legal hold"),
    "erasure_proposal": N_("Proposal to erase"),
    "disclosure": N_("Disclosure"), "disposal": N_("Erased"),
}  # fmt: skip


roles.guard(globals(), Right.DATA, {})
