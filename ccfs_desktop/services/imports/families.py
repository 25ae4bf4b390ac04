"""Registration lists: each child linked to a parent, twins kept apart, the same child never twice."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Guardian, Guardianship, Relation
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import seasons, workers
from ccfs_desktop.services.imports.additions import Files, additions, files
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.rows import attention, start, warn
from ccfs_desktop.services.imports.values import ListedParent, parents
from ccfs_desktop.services.listing import ListRead
from ccfs_desktop.services.searching import fold

CHILD_FIELDS = ("name_latin", "nickname", "sex", "left_behind", "school", "speaks", "sleeps_where", "insurance")

# An enrolled child this close to the working age may be mistaken for a worker.
# Source: domain.md 4.1 (general minimum age per country) and 9.13 (a year below it).
_WORKING_AGE = {"CN": 16, "VN": 15, "BD": 14, "IN": 14, "ID": 15, "KH": 15, "MM": 14, "TH": 15, "TR": 15}


_PARENTS = {Sex.FEMALE: Relation.MOTHER, Sex.MALE: Relation.FATHER, None: Relation.GUARDIAN}
"""What each of two parents in one cell is; the cell beside it speaks of both."""

_PIECES = re.compile(r"[/|;,、，；&+\n]|\s{2,}|\s(?:và|dan|ve|and|ও)\s")
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")


@dataclass(frozen=True)
class _Known:
    """What the office knows already, to match rows against."""

    season: Season
    country: str
    by_number: dict[str, Worker]
    by_key: dict[str, list[Worker]]
    by_digits: dict[str, list[Worker]]
    """Digits of the number alone → workers."""
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
        worker = _parent(row, known)
        _check_birth(row, known)
        if row.outcome is Outcome.ATTENTION or worker is None:
            continue
        row.values["worker"] = worker
        _against_file(row, seen)
        if row.outcome is not Outcome.NEW:
            continue
        seen.append(row)
        _against_office(row, worker, known)
    if not known.by_number:
        plan.notes.append(_("No workers are known yet. Import the worker list first, then this list again."))
    return plan


def _known(session: Session, season: Season) -> _Known:
    by_number = {w.number: w for w in session.scalars(select(Worker))}
    by_key: dict[str, list[Worker]] = {}
    by_digits: dict[str, list[Worker]] = {}
    for worker in by_number.values():
        by_key.setdefault(worker.number_key, []).append(worker)
        by_digits.setdefault(_digits(worker.number), []).append(worker)
    children: dict[int, list[Child]] = {}
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
        children.setdefault(worker_id, []).append(child)
        by_birth.setdefault((_plain(child.name), child.birth_date), []).append(worker_id)
    country = session.scalars(select(Factory.country)).one()
    return _Known(season, country, by_number, by_key, by_digits, children, by_birth, files(session))


def _parent(row: PlannedRow, known: _Known) -> Worker | None:
    """Find the parents named; the first who works here is the one the child belongs to."""
    found: list[tuple[Worker, ListedParent]] = []
    unknown: list[ListedParent] = []
    for listed in (one for cell in parents(row.values) for one in _apart(cell, known)):
        worker = _worker(listed, known)
        if worker:
            found.append((worker, listed))
        else:
            unknown.append(listed)
    if not found:
        for listed in unknown:
            _not_known(row, listed, known)
        return None
    for listed in unknown:
        warn(row, listed.field, _("The number {number} is not in the worker list.").format(number=listed.number))
    row.values["parents"] = found
    for worker, listed in found:
        _check_parent(row, worker, listed, known.season)
    return found[0][0]


def _worker(listed: ListedParent, known: _Known) -> Worker | None:
    matches = known.by_key.get(workers.number_key(listed.number), [])
    exact = known.by_number.get(listed.number) or (matches[0] if len(matches) == 1 else None)
    return exact if exact or matches else _by_digits(listed, known)


def _apart(listed: ListedParent, known: _Known) -> list[ListedParent]:
    """Take apart a cell with both parents' numbers, or with words beside a number: ``A1 / A2``, ``A1 (mother)``."""
    if _worker(listed, known):
        return [listed]
    pieces = [_BRACKETS.sub("", piece).rpartition(":")[2].strip() for piece in _PIECES.split(listed.number)]
    numbers = [piece for piece in pieces if _digits(piece)]
    names = [name.strip() for name in _PIECES.split(listed.name)] if len(numbers) > 1 else [listed.name]
    names = names if len(names) == len(numbers) else [""] * len(numbers)
    found = [replace(listed, number=number, name=name) for number, name in zip(numbers, names, strict=True)]
    if not any(_worker(one, known) for one in found):
        return [listed]
    if len(found) == 1:
        return found
    return [replace(one, relation=_PARENTS[_sex(one, known)]) for one in found]


def _sex(listed: ListedParent, known: _Known) -> Sex | None:
    worker = _worker(listed, known)
    return worker.sex if worker else None


def _by_digits(listed: ListedParent, known: _Known) -> Worker | None:
    """Find the one worker with these digits, where the letters were left out; with other letters, by the name too."""
    digits = _digits(listed.number)
    matches = known.by_digits.get(digits, []) if digits else []
    if len(matches) != 1:
        return None
    plain = not any(letter.isalpha() for letter in listed.number)
    return matches[0] if plain or _same_name(listed.name, matches[0]) else None


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit()).lstrip("0")


def _not_known(row: PlannedRow, listed: ListedParent, known: _Known) -> None:
    matches = known.by_key.get(workers.number_key(listed.number), [])
    if matches:
        reason = _("The number {number} could mean {a} or {b}. Write it in full.").format(
            number=listed.number, a=matches[0].number, b=matches[1].number
        )
    else:
        reason = _("The number {number} is not in the worker list.").format(number=listed.number)
    attention(row, listed.field, reason)


def _check_parent(row: PlannedRow, worker: Worker, listed: ListedParent, season: Season) -> None:
    if worker.left_on and worker.left_on <= season.last_day:
        warn(
            row,
            listed.field,
            _("The parent, {name}, left the factory on {day}.").format(name=worker.name, day=worker.left_on),
        )
    if listed.name and not _same_person(listed.name, worker):
        warn(
            row,
            listed.field,
            _("{number} is {name} in the worker list, not {written}. Check the number.").format(
                number=worker.number, name=worker.name, written=listed.name
            ),
        )
    elif not listed.name and workers.number_key(listed.number) != worker.number_key:
        warn(
            row,
            listed.field,
            _("{written} was taken for {number}, {name}.").format(
                written=listed.number, number=worker.number, name=worker.name
            ),
        )


def _same_person(written: str, worker: Worker) -> bool:
    """Compare names loosely; another script cannot be compared."""
    return _same_name(written, worker) or written.isascii() != worker.name.isascii()


def _same_name(written: str, worker: Worker) -> bool:
    """Compare names loosely: marks, case and order of the parts may differ, and parts may be left out."""
    parts = _parts(written)
    others = [_parts(name) for name in (worker.name, worker.name_latin) if name]
    return bool(parts) and any(parts <= other or other <= parts for other in others)


def _parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\s\d.,·'’()（）-]+", fold(name)))


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
    age = seasons.age_on(born, season.first_day)
    if age > season.age_to or age >= _WORKING_AGE.get(known.country, 99) - 1:
        warn(
            row,
            "birth_date",
            _("{age} years old (the season is for {low} to {high}): may be mistaken for a worker.").format(
                age=age, low=season.age_from, high=season.age_to
            ),
        )
    elif age < season.age_from:
        warn(
            row,
            "birth_date",
            _("{age} years old: younger than the season's lower age of {low}.").format(age=age, low=season.age_from),
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
