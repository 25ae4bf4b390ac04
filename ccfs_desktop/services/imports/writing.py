"""Writing a planned list into the office: all of it as one action that can be undone, or nothing."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import Child, ConsentPurpose, Contact, PickupAdult
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.listing import ListImport, ListKind, ListMapping
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, enrolments, roles, staff_papers, workers
from ccfs_desktop.services.imports.families import CHILD_FIELDS
from ccfs_desktop.services.imports.people import new_worker
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow
from ccfs_desktop.services.imports.staff import change_staff, listed_papers, new_staff
from ccfs_desktop.services.imports.values import ListedParent
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.searching import fold

Progress = Callable[[int, int], None]
"""Called with how many rows are done, of how many."""

_ACTIONS = {
    ListKind.WORKERS: N_("Import the worker list"),
    ListKind.CHILDREN: N_("Import the children's registration"),
    ListKind.STAFF: N_("Import the staff list"),
}

# What everyone on duty must know. Other conditions are only pointed at: their words stay sealed in the care plan.
# Source: security.md 2.3 (allergy and emergency in the general compartment on purpose, diagnosis in the sensitive one).
_ALLERGY = ("allerg", "alerji", "alergi", "di ung", "过敏", "過敏", "অ্যালার্জি", "এলার্জি")
_ILLNESS = (
    "病", "疾", "健康", "身体", "benh", "suc khoe", "health", "medic", "illness", "disease", "condition", "penyakit",
    "kesehatan", "hastal", "saglik", "রোগ", "অসুখ", "স্বাস্থ্য",
)  # fmt: skip
_URGENT = (
    *_ALLERGY, "不耐受", "蚕豆", "g6pd", "哮喘", "癫痫", "asthma", "asma", "astim", "hen suyen", "epilep", "ayan",
    "dong kinh", "হাঁপানি", "মৃগী", "diabet", "糖尿", "tieu duong",
)  # fmt: skip


def apply(
    db: Database,
    season: Season,
    plan: Plan,
    *,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> None:
    """Write the good rows of a planned list.

    Raises:
        UserError: cancelled; nothing was written.
    """
    with db.begin(_ACTIONS[plan.kind]) as session:
        step = _Step(progress, cancel, sum(1 for r in plan.rows if r.goes_in))
        if plan.kind is ListKind.CHILDREN:
            _write_children(session, season, plan, step)
        else:
            _write_people(db, session, plan, step)
        _remember(session, db, plan)


class _Step:
    """Counts rows, shows progress, stops when asked to."""

    def __init__(self, progress: Progress | None, cancel: Callable[[], bool] | None, total: int) -> None:
        self._progress, self._cancel, self._total, self._done = progress, cancel, total, 0

    def __call__(self, rows: int = 1) -> None:
        self._done += rows
        if self._cancel and self._cancel():
            raise UserError(_("Stopped. Nothing was imported."))
        if self._progress:
            self._progress(self._done, self._total)


def _write_people(db: Database, session: Session, plan: Plan, step: _Step) -> None:
    listed_staff = plan.kind is ListKind.STAFF
    make: Callable[[dict[str, Any]], Worker | Staff] = new_staff if listed_staff else new_worker
    fresh = [row for row in plan.rows if row.outcome is Outcome.NEW]
    papers: list[StaffPaper] = []
    for i in range(0, len(fresh), 1_000):
        chunk = fresh[i : i + 1_000]
        made = [make(row.values) for row in chunk]
        db.insert_many(session, made)
        if listed_staff:
            papers += [p for record, row in zip(made, chunk, strict=True) for p in listed_papers(record.id, row.values)]
        step(len(chunk))
    kind: type[Worker] | type[Staff] = Staff if listed_staff else Worker
    changed = [row for row in plan.rows if row.outcome is Outcome.CHANGED and row.target]
    known = {r.id: r for r in session.scalars(select(kind))} if changed else {}
    held = staff_papers.of(session) if changed and listed_staff else {}
    for row in changed:
        record = known[row.target or 0]
        if isinstance(record, Worker):
            for name, value in row.changes.items():
                setattr(record, name, value)
            workers.prepare(record)
        else:
            papers += change_staff(record, row, held.get(record.id, ()))
        step()
    db.insert_many(session, papers)


def _write_children(session: Session, season: Season, plan: Plan, step: _Step) -> None:
    """Children without a warning get the free places first, in the order of the list; the others wait."""
    fresh = [r for r in plan.rows if r.outcome is Outcome.NEW]
    applied = [(row, *_new_child(session, season, plan, row, step)) for row in fresh]
    in_order = sorted(applied, key=lambda made: bool(made[0].remarks))
    enrolments.enrol_many(session, season, [(enrolment, child) for _row, child, enrolment in in_order])
    for row, child, _enrolment in applied:
        row.target = child.id
    for row in plan.rows:
        if row.outcome is Outcome.CHANGED:
            _change_child(session, season, plan, row)
        if row.outcome in {Outcome.CHANGED, Outcome.SAME} and row.target:
            _again(session, season, row)
            step()


def _change_child(session: Session, season: Season, plan: Plan, row: PlannedRow) -> None:
    """Change a child who is known, and add to the child's file what the list tells more."""
    child = session.get_one(Child, row.target)
    for name in (*CHILD_FIELDS, "birth_date", "note"):
        if name in row.changes:
            setattr(child, name, row.changes[name])
    children.save(session, child, today=season.last_day)
    _add_family(session, child, row.changes.get("second_number", ()))
    _add_file(session, child, season, plan, row.changes)


def _new_child(session: Session, season: Season, plan: Plan, row: PlannedRow, step: _Step) -> tuple[Child, Enrolment]:
    values = row.values
    known = {f: values[f] for f in CHILD_FIELDS if values.get(f) is not None}
    child = Child(name=values["name"], birth_date=values["birth_date"], note=values.get("note") or "", **known)
    children.save(session, child, today=season.last_day)
    _add_family(session, child, values["parents"])
    _add_file(session, child, season, plan, values)
    enrolment = enrolments.apply(session, season, child, on=clock.today(), first_day=_first_day(season, values))
    step()
    return child, enrolment


def _first_day(season: Season, values: dict[str, Any]) -> Any:
    wanted = values.get("starts_on")
    return max(wanted, season.first_day) if wanted else season.first_day


def _again(session: Session, season: Season, row: PlannedRow) -> None:
    """A child known from an earlier season applies for this one."""
    child = session.get_one(Child, row.target)
    if enrolments.of(session, season, child.id) is None:
        enrolment = enrolments.apply(session, season, child, on=clock.today(), first_day=_first_day(season, row.values))
        enrolments.enrol(session, season, enrolment, child)


def _add_file(session: Session, child: Child, season: Season, plan: Plan, values: dict[str, Any]) -> None:
    _add_adults(session, child, values)
    _add_health(session, child, values.get("health"), urgent=_asks_for_allergies(plan))
    _add_photo_consent(session, child, season, values.get("photo_consent"))


def _add_family(session: Session, child: Child, parents: Iterable[tuple[Worker, ListedParent]]) -> None:
    for worker, listed in parents:
        guardian = children.guardian_of_worker(session, worker)
        if listed.phone and listed.phone != guardian.phone:
            guardian.phone2 = listed.phone if guardian.phone else ""
            guardian.phone = guardian.phone or listed.phone
        children.add_guardian(session, child, guardian, listed.relation)


def _add_adults(session: Session, child: Child, values: dict[str, Any]) -> None:
    """Add who may collect the child, who must not, and whom to call."""
    for name, forbidden in (("pickup", False), ("forbidden", True)):
        for adult in values.get(name) or ():
            session.add(
                PickupAdult(
                    child_id=child.id, name=adult.name, relation=adult.relation, phone=adult.phone, forbidden=forbidden
                )
            )
    if values.get("emergency_name") or values.get("emergency_phone"):
        session.add(
            Contact(
                child_id=child.id, name=values.get("emergency_name") or "",
                relation=values.get("emergency_relation") or "", phone=values.get("emergency_phone") or "",
            )
        )  # fmt: skip


def _add_health(session: Session, child: Child, health: str | None, *, urgent: bool) -> None:
    """Add health notes to those there are; what is urgent is shown to everybody on duty."""
    if not health:
        return
    pointer, kept = _("See the care plan."), children.care_plan(session, child.id)
    if urgent or any(word in fold(health) for word in _URGENT):
        child.alert = (health if child.alert in {"", pointer} else f"{child.alert}; {health}")[:200]
    before = kept.conditions if kept else None
    children.change_care_plan(session, child.id, conditions=f"{before}; {health}" if before else health)
    child.alert = child.alert or pointer


def _asks_for_allergies(plan: Plan) -> bool:
    """Tell whether the column of health notes asks for allergies and nothing else."""
    mapping = plan.read.mapping
    heading = fold(mapping.headings[mapping.columns["health"]]) if "health" in mapping.columns else ""
    return any(word in heading for word in _ALLERGY) and not any(word in heading for word in _ILLNESS)


def _add_photo_consent(session: Session, child: Child, season: Season, given: bool | None) -> None:
    if given is not None:
        children.set_consent(
            session,
            child.id,
            ConsentPurpose.PHOTO_INTERNAL,
            given=given,
            on=min(clock.today(), season.first_day),
        )


def _remember(session: Session, db: Database, plan: Plan) -> None:
    """Keep the ledger of lists read, and the mapping as it was used, for the next file with the same headings."""
    session.add(
        ListImport(
            kind=plan.kind, file_name=plan.read.file_name[:200],
            at=clock.now(), by=db.actor.user, rows=len(plan.rows),
            imported=plan.count(Outcome.NEW), updated=plan.count(Outcome.CHANGED),
            unchanged=plan.count(Outcome.SAME), attention=plan.count(Outcome.ATTENTION),
        )
    )  # fmt: skip
    mapping = plan.read.mapping
    columns = json.dumps(dict(mapping.columns), sort_keys=True)
    kept = session.scalars(
        select(ListMapping).where(ListMapping.kind == plan.kind, ListMapping.fingerprint == mapping.fingerprint)
    ).first()
    if kept is None:
        session.add(ListMapping(kind=plan.kind, fingerprint=mapping.fingerprint, columns=columns))
    elif kept.columns != columns:
        kept.columns = columns


def remembered(session: Session, kind: ListKind) -> dict[str, dict[str, int]]:
    """Return the mappings used for earlier files: fingerprint of the headings → field → column."""
    kept = session.scalars(select(ListMapping).where(ListMapping.kind == kind))
    return {m.fingerprint: json.loads(m.columns) for m in kept}


def ledger(session: Session, limit: int = 200) -> list[ListImport]:
    """Return the lists that went in, newest first."""
    return list(session.scalars(select(ListImport).order_by(ListImport.id.desc()).limit(limit)))


roles.guard(globals(), Right.ENROL, {})
