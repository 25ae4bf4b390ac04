"""Staff lists: which people are new, changed or the same; which papers a list adds, and which are still missing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import roles, searching, staff_papers
from ccfs_desktop.services import staff as staff_files
from ccfs_desktop.services.imports.people import changes, compared
from ccfs_desktop.services.imports.plan import Plan, PlannedRow
from ccfs_desktop.services.listing import ListRead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff_papers import Standing

_PERSON_FIELDS = (
    "name", "name_latin", "sex", "birth_date", "role", "employment", "phone", "qualification", "id_seen", "referees",
    "keyholder", "weekdays", "speaks", "started_on", "ended_on", "note",
)  # fmt: skip
_PAPER_FIELDS: dict[PaperKind, dict[str, str]] = {
    PaperKind.BACKGROUND_CHECK: {
        "background_check_on": "issued_on",
        "background_check_until": "valid_until",
        "background_check_authority": "authority",
        "background_check_result": "result",
    },
    PaperKind.HEALTH_CERTIFICATE: {
        "health_certificate_on": "issued_on",
        "health_certificate_until": "valid_until",
        "health_certificate_number": "number",
    },
    PaperKind.FIRST_AID: {"first_aid_on": "issued_on", "first_aid_until": "valid_until"},
    PaperKind.CODE_OF_CONDUCT: {"code_signed": "", "code_signed_on": "issued_on"},
    PaperKind.SAFEGUARDING: {"safeguarding_on": "issued_on"},
    PaperKind.FIRE_SAFETY: {"fire_safety_on": "issued_on"},
    PaperKind.FOOD_HYGIENE: {"food_hygiene_on": "issued_on"},
}
"""What a staff list says about papers: kind → field of the list → column; "" only that the paper is there."""
_WHEN = ("issued_on", "valid_until")
_NAMED = 8
"""So many people are named in one sentence; the rest are counted."""


def plan_staff(session: Session, read: ListRead) -> Plan:
    """Compare a staff list with the staff known, and say which papers are missing for whom.

    Two may share a name: name and phone together are one person. Whose name nobody shares may have a new phone.
    """
    papers = staff_papers.of(session)
    known = {_person(s.name, s.phone): s for s in session.scalars(select(Staff))}
    names = Counter(searching.fold(s.name) for s in known.values())
    listed_names = Counter(searching.fold(r.values["name"]) for r in read.rows if r.values.get("name"))
    alone = {searching.fold(s.name): key for key, s in known.items() if names[searching.fold(s.name)] == 1}

    def key_of(values: dict[str, Any]) -> str:
        key, name = _person(values["name"], values.get("phone") or ""), searching.fold(values["name"])
        return alone.get(name, key) if key not in known and listed_names[name] == 1 else key

    def changed(row: PlannedRow, person: Staff) -> dict[str, Any]:
        return _changed(row, person, papers.get(person.id, ()))

    plan = compared(ListKind.STAFF, read, known, key_of, "name", changed)
    people = {person.id: person for person in known.values()}
    plan.notes += _missing(plan.rows, people, papers)
    return plan


def _person(name: str, phone: str) -> str:
    return searching.fold(name) + "|" + phone.replace(" ", "")


def _changed(row: PlannedRow, person: Staff, held: Sequence[StaffPaper]) -> dict[str, Any]:
    """Return what a row changes about a person, the papers included; "no" takes nothing out of the file."""
    told = changes(row, person, _PERSON_FIELDS)
    if (hours := row.values.get("hours")) and tuple(hours) != (person.day_from, person.day_until):
        told["hours"] = hours
    for kind, fields in _PAPER_FIELDS.items():
        facts = _facts(kind, row.values)
        if facts is not None and not any(_tells(paper, facts) for paper in held if paper.kind is kind):
            told |= {name: row.values[name] for name in fields if row.values.get(name)}
    return told


def _facts(kind: PaperKind, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a row tells about one kind of paper, column → value; None when it tells of no such paper."""
    given = {name: values[name] for name in _PAPER_FIELDS[kind] if values.get(name)}
    facts = {column: given[name] for name, column in _PAPER_FIELDS[kind].items() if column and name in given}
    dated_or_there = any(column in facts for column in (*_WHEN, "number")) or (given and kind is _SIGNED)
    return facts if dated_or_there else None


_SIGNED = PaperKind.CODE_OF_CONDUCT
"""The one paper a list may only say to be there."""


def _tells(paper: StaffPaper, facts: Mapping[str, Any]) -> bool:
    """Tell whether a paper in the file says all that already."""
    return all(getattr(paper, column) == value for column, value in facts.items())


def _completes(paper: StaffPaper, facts: Mapping[str, Any]) -> bool:
    """Tell whether this is the same paper, told with more: no date that is written down differs."""
    dates = {column: facts[column] for column in _WHEN if column in facts}
    known = [column for column in dates if getattr(paper, column) is not None]
    return all(getattr(paper, column) == dates[column] for column in known) and (bool(known) or not dates)


# ------------------------------------------------------------------------------------------------------------- writing
def new_staff(values: dict[str, Any]) -> Staff:
    """Make the record of a listed member of staff; the papers follow (:func:`listed_papers`)."""
    staff = Staff(**{f: values[f] for f in _PERSON_FIELDS if values.get(f) is not None})
    staff.day_from, staff.day_until = values.get("hours") or (None, None)
    staff_files.prepare(staff)
    return staff


def change_staff(person: Staff, row: PlannedRow, held: Sequence[StaffPaper]) -> list[StaffPaper]:
    """Change a file as a newer list says.

    Args:
        person: whose file.
        row: what the list says, and what of it is new.
        held: the papers in the file; one that is told with more is completed.

    Returns:
        The papers to add. A later date is a paper of its own: the older one was valid in its time.
    """
    for name, value in row.changes.items():
        if name in _PERSON_FIELDS:
            setattr(person, name, value)
    if "hours" in row.changes:
        person.day_from, person.day_until = row.changes["hours"]
    staff_files.prepare(person)
    return list(_new_papers(person.id, row, held))


def _new_papers(staff_id: int, row: PlannedRow, held: Sequence[StaffPaper]) -> Iterator[StaffPaper]:
    for kind, fields in _PAPER_FIELDS.items():
        facts = _facts(kind, row.values) if not fields.keys().isdisjoint(row.changes) else None
        if facts is None:
            continue
        same = next((p for p in held if p.kind is kind and _completes(p, facts)), None)
        if same is None:
            yield StaffPaper(staff_id=staff_id, kind=kind, **facts)
            continue
        for column, value in facts.items():
            setattr(same, column, value)


def listed_papers(staff_id: int, values: dict[str, Any]) -> list[StaffPaper]:
    """Make the papers a list speaks of, for somebody whose file is new."""
    told = ((kind, _facts(kind, values)) for kind in _PAPER_FIELDS)
    return [StaffPaper(staff_id=staff_id, kind=kind, **facts) for kind, facts in told if facts is not None]


# ----------------------------------------------------------------------------------------------------- what is missing
def _missing(
    rows: Iterable[PlannedRow], known: Mapping[int, Staff], papers: Mapping[int, Sequence[StaffPaper]]
) -> Iterator[str]:
    """Say for each paper whose file will lack it, or have it run out, once the list is in."""
    day, going_in = clock.today(), [row for row in rows if row.goes_in]
    lacking: dict[tuple[PaperKind, Standing], list[str]] = {}
    for row in going_in:
        held = [*papers.get(row.target or 0, ()), *listed_papers(0, row.values)]
        person = known.get(row.target or 0)
        role = row.values.get("role") or (person.role if person else StaffRole.TEACHER)
        for kind in (*staff_papers.wanted(role), PaperKind.FIRST_AID):
            standing = staff_papers.standing(held, kind, day).standing
            if standing is Standing.EXPIRED or (standing is Standing.MISSING and kind is not PaperKind.FIRST_AID):
                lacking.setdefault((kind, standing), []).append(row.values["name"])
    for kind in PaperKind:
        for standing in (Standing.MISSING, Standing.EXPIRED):
            if names := lacking.get((kind, standing)):
                yield _told(kind, standing, names, len(going_in))


def _told(kind: PaperKind, standing: Standing, names: Sequence[str], everybody: int) -> str:
    whom = listed(names[:_NAMED])
    if (more := len(names) - _NAMED) > 0:
        whom = ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=whom, n=more)
    if standing is Standing.EXPIRED:
        return _("{paper}: expired for {names}.").format(paper=_(kind.word), names=whom)
    if len(names) == everybody > 1:
        return _("{paper}: missing for everybody on the list.").format(paper=_(kind.word))
    return _("{paper}: missing for {names}.").format(paper=_(kind.word), names=whom)


roles.guard(globals(), Right.ENROL, {})
