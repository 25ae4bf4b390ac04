"""Registration lists: each child linked to a parent, twins kept apart, the same child never twice."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, roles, seasons
from ccfs_desktop.services.imports.additions import Files, additions, files
from ccfs_desktop.services.imports.parents import Workforce, find_parents
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.rows import attention, start, warn
from ccfs_desktop.services.listing import ListRead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.searching import fold

CHILD_FIELDS = ("name_latin", "nickname", "sex", "left_behind", "school", "speaks", "sleeps_where", "insurance")

# An enrolled child this close to the working age may be mistaken for a worker.
# Source: domain.md 4.1 (general minimum age per country) and 9.13 (a year below it).
_WORKING_AGE = {"CN": 16, "VN": 15, "BD": 14, "IN": 14, "ID": 15, "KH": 15, "MM": 14, "TH": 15, "TR": 15}


@dataclass(frozen=True)
class _Known:
    """What the office knows already, to match rows against."""

    season: Season
    country: str
    workforce: Workforce
    children: dict[int, list[Child]]
    """Worker id → children."""
    by_birth: dict[tuple[str, date], list[int]]
    """Name and birth date → worker ids."""
    files: Files


def plan_children(session: Session, season: Season, read: ListRead) -> Plan:
    """Match every row of a registration list with its parent and with the children known."""
    known = _known(session, season)
    plan = Plan(ListKind.CHILDREN, read, [])
    seen: list[PlannedRow] = []
    for listed in read.rows:
        row = start(ListKind.CHILDREN, listed)
        plan.rows.append(row)
        worker = find_parents(row, known.workforce, season)
        _check_birth(row, known)
        if row.outcome is Outcome.ATTENTION or worker is None:
            continue
        row.values["worker"] = worker
        _against_file(row, seen)
        if row.outcome is not Outcome.NEW:
            continue
        seen.append(row)
        _against_office(row, worker, known)
    if not known.workforce.by_number:
        plan.notes.append(_("No workers are known yet. Import the worker list first, then this list again."))
    return plan


def _known(session: Session, season: Season) -> _Known:
    known: dict[int, list[Child]] = {}
    by_birth: dict[tuple[str, date], list[int]] = {}
    links = (
        select(Guardian.worker_id, Child)
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .join(Child, Child.id == Guardianship.child_id)
        .where(Guardian.worker_id.is_not(None))
    )
    for worker_id, child in session.execute(links):
        if worker_id is None:
            continue
        known.setdefault(worker_id, []).append(child)
        by_birth.setdefault((_plain(child.name), child.birth_date), []).append(worker_id)
    country = session.scalars(select(Factory.country)).one()
    return _Known(season, country, Workforce(session.scalars(select(Worker))), known, by_birth, files(session))


def _check_birth(row: PlannedRow, known: _Known) -> None:
    born = row.values.get("birth_date")
    if born is None:
        return
    season = known.season
    if born > season.first_day:
        attention(
            row,
            "birth_date",
            _("The birth date {day} is after the season starts ({start}).").format(day=born, start=season.first_day),
        )
        return
    if doubt := children.why_not_born(born, season.last_day):
        attention(row, "birth_date", doubt)
        return
    age = seasons.age_on(born, season.first_day)
    if age > season.age_to or age >= _WORKING_AGE.get(known.country, 99) - 1:
        warn(
            row,
            "birth_date",
            _(
                "Age {age}, the season is for {low} to {high}: goes in all the same; may be mistaken for a worker."
            ).format(age=age, low=season.age_from, high=season.age_to),
        )
    elif age < season.age_from:
        warn(
            row,
            "birth_date",
            _("Age {age}, younger than the season's lower age of {low}: goes in all the same.").format(
                age=age, low=season.age_from
            ),
        )


def _against_file(row: PlannedRow, seen: list[PlannedRow]) -> None:
    """Find the same child further up in the file. Twins share parent and birth date but not the name."""
    worker, name, born = row.values["worker"], _plain(row.values["name"]), row.values["birth_date"]
    for earlier in seen:
        same_name = _plain(earlier.values["name"]) == name
        same_birth = earlier.values["birth_date"] == born
        same_parent = earlier.values["worker"].id == worker.id
        if same_name and same_birth:
            reason = (
                _("The same child, parent and birth date as row {row}.")
                if same_parent
                else _("Perhaps the same child as row {row}, registered by the other parent.")
            )
            row.outcome, row.twin_row = Outcome.DUPLICATE, earlier.row
            row.remarks.append(Remark(row.row, "name", reason.format(row=earlier.row)))
            return
        if same_name and same_parent:
            attention(
                row,
                "birth_date",
                _("The same name and parent as row {row}, with another birth date. Correct one of them.").format(
                    row=earlier.row
                ),
            )
            return
        if same_parent and same_birth and fold(earlier.values["name"]) == fold(row.values["name"]):
            warn(row, "name", _("Looks like row {row}; kept as another child.").format(row=earlier.row))


def _against_office(row: PlannedRow, worker: Worker, known: _Known) -> None:
    """Find the child among those known: the same name under the same parent; a birth date may be put right."""
    name, born = _plain(row.values["name"]), row.values["birth_date"]
    mine = [c for c in known.children.get(worker.id, []) if _plain(c.name) == name]
    if mine:
        child = next((c for c in mine if c.birth_date == born), mine[0])
        row.target = child.id
        row.changes = {
            f: row.values[f]
            for f in (*CHILD_FIELDS, "birth_date")
            if row.values.get(f) not in (None, "") and row.values[f] != getattr(child, f)
        }
        row.changes |= additions(row, child, known.files)
        row.outcome = Outcome.CHANGED if row.changes else Outcome.SAME
    elif known.by_birth.get((name, born)):
        row.outcome = Outcome.DUPLICATE
        reason = _("Perhaps a child already registered by the other parent.")
        row.remarks.append(Remark(row.row, "name", reason))


def _plain(name: str) -> str:
    """Return what a name in capitals has in common with the same name as it is usually written; marks stay."""
    plain = unicodedata.normalize("NFKC", name).replace("İ", "i").casefold().replace("ı", "i")
    return " ".join(plain.split())


roles.guard(globals(), Right.ENROL, {})
