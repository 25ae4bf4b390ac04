"""Worker lists and staff lists: which rows are new, changed or the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import searching, staff_papers, workers
from ccfs_desktop.services import staff as staff_files
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.rows import start
from ccfs_desktop.services.listing import ListRead

WORKER_FIELDS = (
    "number", "name", "name_latin", "sex", "hired_on", "department", "line", "shift", "origin", "migrant", "phone",
    "supervisor_number", "left_on",
)  # fmt: skip
_PERSON_FIELDS = (
    "name", "name_latin", "sex", "role", "phone", "weekdays", "speaks", "started_on", "ended_on",
)  # fmt: skip
_PAPER_FIELDS: dict[str, tuple[PaperKind, str]] = {
    "first_aid_until": (PaperKind.FIRST_AID, "valid_until"),
    "background_check_on": (PaperKind.BACKGROUND_CHECK, "issued_on"),
    "health_certificate_until": (PaperKind.HEALTH_CERTIFICATE, "valid_until"),
    "code_signed": (PaperKind.CODE_OF_CONDUCT, ""),
}
"""What a staff list says about papers: of which kind, and which of its dates; the last one only that it is there."""
STAFF_FIELDS = (*_PERSON_FIELDS, *_PAPER_FIELDS)


def plan_workers(session: Session, season: Season, read: ListRead) -> Plan:
    """Compare a worker list with the workers known; who is no longer listed is reported, never removed."""
    known = {w.number_key: w for w in session.scalars(select(Worker))}
    day = min(clock.today(), season.last_day)
    undated = _date_leavers(read, known, day)
    plan = _plan(ListKind.WORKERS, read, known, lambda v: workers.number_key(v["number"]), WORKER_FIELDS, "number")
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


def plan_staff(session: Session, read: ListRead) -> Plan:
    """Compare a staff list with the staff known.

    Two may share a name: name and phone together are one person. Whose name nobody shares may have a new phone.
    """
    papers = staff_papers.of(session)
    known = {
        _person(s.name, s.phone): SimpleNamespace(**_as_listed(s, papers.get(s.id, ())))
        for s in session.scalars(select(Staff))
    }
    names = Counter(searching.fold(s.name) for s in known.values())
    listed = Counter(searching.fold(r.values["name"]) for r in read.rows if r.values.get("name"))
    alone = {searching.fold(s.name): key for key, s in known.items() if names[searching.fold(s.name)] == 1}

    def key_of(values: dict[str, Any]) -> str:
        key, name = _person(values["name"], values.get("phone") or ""), searching.fold(values["name"])
        return alone.get(name, key) if key not in known and listed[name] == 1 else key

    return _plan(ListKind.STAFF, read, known, key_of, STAFF_FIELDS, "name")


def _as_listed(person: Staff, papers: Sequence[StaffPaper]) -> dict[str, Any]:
    """Return a staff file as a list would show it: of each paper the newest."""
    known: dict[str, Any] = {"id": person.id} | {f: getattr(person, f) for f in _PERSON_FIELDS}
    for name, (kind, column) in _PAPER_FIELDS.items():
        held = [p for p in papers if p.kind is kind]
        dates = [day for p in held if column and (day := getattr(p, column))]
        known[name] = max(dates, default=None) if column else bool(held)
    return known


def _person(name: str, phone: str) -> str:
    return searching.fold(name) + "|" + phone.replace(" ", "")


def _plan(
    kind: ListKind, read: ListRead, known: dict[str, Any], key_of: Callable[[dict[str, Any]], str],
    fields: tuple[str, ...], keyed_by: str,
) -> Plan:  # fmt: skip
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
        _compare(row, known.get(key), fields)
    return Plan(kind, read, rows)


def _mark_duplicate(row: PlannedRow, first: int, keyed_by: str) -> None:
    row.outcome, row.twin_row = Outcome.DUPLICATE, first
    row.remarks.append(Remark(row.row, keyed_by, _("The same as row {row}.").format(row=first)))


def _compare(row: PlannedRow, record: Any, fields: tuple[str, ...]) -> None:
    """Find what a row changes. An empty cell changes nothing: factories leave out what they know already."""
    if record is None:
        return
    row.target = record.id
    row.changes = {
        f: row.values[f] for f in fields if row.values.get(f) not in (None, "") and row.values[f] != getattr(record, f)
    }
    row.outcome = Outcome.CHANGED if row.changes else Outcome.SAME


def new_worker(values: dict[str, Any]) -> Worker:
    """Make the record of a listed worker."""
    worker = Worker(**{f: values[f] for f in WORKER_FIELDS if values.get(f) is not None})
    workers.prepare(worker)
    return worker


def new_staff(values: dict[str, Any]) -> Staff:
    """Make the record of a listed member of staff; the papers follow (:func:`listed_papers`)."""
    staff = Staff(**{f: values[f] for f in _PERSON_FIELDS if values.get(f) is not None})
    staff_files.prepare(staff)
    return staff


def change_staff(person: Staff, changes: dict[str, Any]) -> None:
    """Change a file as a newer list says; the papers follow (:func:`listed_papers`)."""
    for name, value in changes.items():
        if name in _PERSON_FIELDS:
            setattr(person, name, value)
    staff_files.prepare(person)


def listed_papers(staff_id: int, values: dict[str, Any]) -> list[StaffPaper]:
    """Make the papers a list speaks of. A later date is a paper of its own: the older one was valid in its time."""
    return [
        StaffPaper(staff_id=staff_id, kind=kind, **({column: values[name]} if column else {}))
        for name, (kind, column) in _PAPER_FIELDS.items()
        if values.get(name)
    ]
