"""What holds for every session, whichever service uses it: who writes which table, and an auditor's period.

The functions of the services ask for their right themselves (``roles.guard``); this is the net under them, which also
catches what a page writes by itself and what an undo takes back. Source: security.md 2.3.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, event, inspect, or_
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from ccfs_desktop import clock
from ccfs_desktop.db import Actor, authorizer
from ccfs_desktop.errors import Refused
from ccfs_desktop.i18n import _
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.season import Season
from ccfs_desktop.services.roles import MAY, Right, refusal

WRITES: dict[Right, str] = {
    Right.OFFICE: "document document_file signing_key disclosure",
    Right.SETTINGS: "factory season season_rule room_group block calendar_day shift_pattern "
    "checklist_edition patrol_round",
    Right.ENROL: "child guardian guardianship worker pickup_adult contact enrolment consent care_plan photo "
    "list_import list_mapping",
    Right.PROPOSE: "erasure_proposal",
    Right.CONSENT: "consent",
    Right.ATTENDANCE: "visit absence correction day_note sheet sheet_file",
    Right.CLOSE: "day_close day_note day_opening correction ratio_note sheet sheet_file",
    Right.PLAN: "roster_week shift shift_part duty duty_part sheet sheet_file correction",
    Right.PERSONNEL: "staff staff_paper staff_photo staff_absence staff_wish",
    Right.CHECKS: "safety_check check_answer check_photo check_reopening missed_check finding checklist_edition action "
    "action_step",
    Right.REPORT: "incident incident_child incident_file concern concern_entry",
    Right.DETAILS: "incident incident_child incident_file incident_addendum care_plan medicine_course medicine_dose "
    "health_note first_aid_use action action_step",
    Right.CONCERNS: "concern concern_entry",
    Right.ACTIONS: "action action_step evidence finding",
    Right.VERIFY: "action action_step evidence",
    Right.LOGS: "visitor drill food_entry kit_item first_aid_use patrol patrol_round sighting missed_patrol "
    "medicine_dose health_note action action_step",
    Right.BACKUP: "disposal",
    Right.DATA: "retention_change legal_hold erasure_proposal disposal season_tally disclosure",
}
"""Right → the tables it lets write; one of several is enough. Whoever has a right to a noun has it to its parts;
a restore carries over what was disposed of since."""

_RECENT = 1
"""Days back of attendance that a caregiver may still write. Source: security.md 2.3, today and yesterday."""


@cache
def writable(role: str) -> frozenset[str]:
    """Return the tables that a role may write."""
    return frozenset(name for right, names in WRITES.items() if right in MAY.get(role, ()) for name in names.split())


def may_write_table(role: str, table: str) -> bool:
    """Tell whether a role may write a table; what ``WRITES`` does not name is the officer's."""
    return table in writable(role) or MAY.get(role) == frozenset(Right)


def _limit_all() -> None:
    """Let SQLite hold the same limits. Whoever may do everything has none there: migrations and erasing need it so."""
    for role, rights in MAY.items():
        if rights != frozenset(Right):
            authorizer.limit(role, writable(role))


_limit_all()


# ------------------------------------------------------------------------------------------------------------- writing


@event.listens_for(Session, "before_flush")
def _check_writing(session: Session, *_rest: Any) -> None:  # pyright: ignore[reportUnusedFunction]
    """Refuse a record that this role may not write."""
    actor: Actor | None = session.info.get("actor")
    if actor is None or MAY.get(actor.role) == frozenset(Right):
        return
    allowed = writable(actor.role)
    for record in _written(session):
        if record.__tablename__ not in allowed:
            raise refusal()
        if actor.role == "caregiver" and record.__tablename__ in {"visit", "absence"}:
            _check_recent(record)


def _written(session: Session) -> Iterable[Record]:
    changed = (record for record in session.dirty if session.is_modified(record))
    groups = (session.new, changed, session.deleted)
    return (record for group in groups for record in group if isinstance(record, Record))


def _check_recent(record: Any) -> None:
    name = "day" if record.__tablename__ == "visit" else "first_day"
    history = inspect(record).attrs[name].history
    today = clock.today()
    for day in (*(history.deleted or ()), *(history.unchanged or ()), *(history.added or ())):
        if not today - timedelta(days=_RECENT) <= day <= today:
            raise Refused(
                _("Your role writes the attendance of today and yesterday. Ask the coordinator for other days.")
            )


# -------------------------------------------------------------------------------------------------------------- reading


@event.listens_for(Session, "do_orm_execute")
def _stay_within(state: ORMExecuteState) -> None:  # pyright: ignore[reportUnusedFunction]
    """Leave out what lies outside an auditor's period, whatever is asked for."""
    actor: Actor | None = state.session.info.get("actor")
    if actor is None or not actor.period or not state.is_select or state.is_column_load:
        return
    state.statement = state.statement.options(*_criteria(actor.period))


@cache
def _criteria(period: str) -> tuple[Any, ...]:
    first, last = (date.fromisoformat(day) for day in period.split("/"))
    found: list[Any] = []
    for mapper in Base.registry.mappers:
        kind: Any = mapper.class_
        columns = mapper.columns
        if kind is AuditEntry:
            begin, end = (datetime.combine(day, time()) for day in (first, last + timedelta(days=1)))
            found.append(with_loader_criteria(kind, and_(kind.at >= _utc(begin), kind.at < _utc(end))))
        elif "day" in columns:
            found.append(with_loader_criteria(kind, kind.day.between(first, last), include_aliases=True))
        elif "first_day" in columns and "last_day" in columns and kind is not Season:
            overlaps = and_(
                or_(kind.first_day.is_(None), kind.first_day <= last),
                or_(kind.last_day.is_(None), kind.last_day >= first),
            )
            found.append(with_loader_criteria(kind, overlaps, include_aliases=True))
    return tuple(found)


def _utc(moment: datetime) -> str:
    """Return a moment on this PC's clock as the trail writes moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
