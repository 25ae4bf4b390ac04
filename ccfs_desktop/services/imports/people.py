"""Worker lists: which rows are new, changed or the same; and what worker and staff lists have in common."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles, workers
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.rows import start
from ccfs_desktop.services.listing import ListRead
from ccfs_desktop.services.roles import Right

WORKER_FIELDS = (
    "number", "name", "name_latin", "sex", "hired_on", "department", "line", "shift", "origin", "migrant", "phone",
    "supervisor_number", "left_on",
)  # fmt: skip


def plan_workers(session: Session, season: Season, read: ListRead) -> Plan:
    """Compare a worker list with the workers known; who is no longer listed is reported, never removed."""
    known = {w.number_key: w for w in session.scalars(select(Worker))}
    day = min(clock.today(), season.last_day)
    undated = _date_leavers(read, known, day)
    plan = compared(
        ListKind.WORKERS, read, known, lambda v: workers.number_key(v["number"]), "number",
        lambda row, worker: changes(row, worker, WORKER_FIELDS),
    )  # fmt: skip
    listed = {workers.number_key(r.values["number"]) for r in plan.rows if r.values.get("number")}
    plan.gone = [w.id for key, w in known.items() if key not in listed and w.left_on is None]
    if undated:
        plan.notes.append(
            ngettext(
                "{n} worker is marked as having left, without a date; {day} was noted.",
                "{n} workers are marked as having left, without a date; {day} was noted.",
                undated,
            ).format(n=undated, day=day)
        )
    if plan.gone:
        plan.notes.append(
            ngettext(
                "{n} worker of the earlier list is not in this one. Nothing was changed for them.",
                "{n} workers of the earlier list are not in this one. Nothing was changed for them.",
                len(plan.gone),
            ).format(n=len(plan.gone))
        )
    return plan


def _date_leavers(read: ListRead, known: dict[str, Worker], day: date) -> int:
    """Give workers who are marked as having left without a date a day, unless they have one; return how many."""
    leavers = [r for r in read.rows if r.values.get("status") == "left" and "left_on" not in r.values]
    undated = 0
    for row in leavers:
        worker = known.get(workers.number_key(row.values.get("number", "")))
        undated += worker is None or worker.left_on is None
        row.values["left_on"] = (worker and worker.left_on) or day
    return undated


def compared(
    kind: ListKind, read: ListRead, known: Mapping[str, Any], key_of: Callable[[dict[str, Any]], str], keyed_by: str,
    changes: Callable[[PlannedRow, Any], dict[str, Any]],
) -> Plan:  # fmt: skip
    """Compare a list with what is known, row by row.

    Args:
        kind: which list.
        read: the list.
        known: the records by what they are recognised by.
        key_of: tells from a row's values what its person is recognised by.
        keyed_by: the field named when two rows are the same person.
        changes: returns field → new value of a row that is known.
    """
    rows: list[PlannedRow] = []
    seen: dict[str, int] = {}
    for listed in read.rows:
        row = start(kind, listed)
        rows.append(row)
        if row.outcome is Outcome.ATTENTION:
            continue
        key = key_of(row.values)
        if key in seen:
            _mark_duplicate(row, seen[key], keyed_by)
            continue
        seen[key] = row.row
        record = known.get(key)
        if record is not None:
            row.target, row.changes = record.id, changes(row, record)
            row.outcome = Outcome.CHANGED if row.changes else Outcome.SAME
    return Plan(kind, read, rows)


def changes(row: PlannedRow, record: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Return what a row changes. An empty cell changes nothing: factories leave out what they know already."""
    return {
        f: row.values[f] for f in fields if row.values.get(f) not in (None, "") and row.values[f] != getattr(record, f)
    }


def _mark_duplicate(row: PlannedRow, first: int, keyed_by: str) -> None:
    row.outcome, row.twin_row = Outcome.DUPLICATE, first
    row.remarks.append(Remark(row.row, keyed_by, _("The same as row {row}.").format(row=first)))


def new_worker(values: dict[str, Any]) -> Worker:
    """Make the record of a listed worker."""
    worker = Worker(**{f: values[f] for f in WORKER_FIELDS if values.get(f) is not None})
    workers.prepare(worker)
    return worker


roles.guard(globals(), Right.ENROL, {})
