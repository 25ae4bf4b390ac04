"""What a list tells, in the words of our records: codes become choices, dates become days."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import String

from ccfs_desktop.models.base import Record
from ccfs_desktop.models.child import Child, Relation
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.staff import Employment, Staff, StaffPaper, StaffRole
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services.listing import ParsedDate

_RECORDS: dict[ListKind, type[Record]] = {
    ListKind.WORKERS: Worker, ListKind.CHILDREN: Child, ListKind.STAFF: Staff,
}  # fmt: skip
_PEOPLE = ("guardian_name", "second_name", "mother_name", "father_name", "emergency_name")

_CHOICES: dict[str, Any] = {
    "sex": Sex, "relation": Relation, "second_relation": Relation, "role": StaffRole, "employment": Employment,
}  # fmt: skip

_OF_PAPERS = {
    "background_check_authority": "authority", "background_check_result": "result",
    "health_certificate_number": "number",
}  # fmt: skip
"""Fields of a staff list that become texts of a paper."""


@dataclass(frozen=True)
class ListedParent:
    """A parent as a registration list names one."""

    number: str
    name: str
    relation: Relation
    phone: str
    field: str
    """The column the number stands in."""


def translated(listed: dict[str, Any]) -> dict[str, Any]:
    """Return a row's values as our records hold them."""
    values = {name: _value(name, value) for name, value in listed.items()}
    if values.get("grade"):
        values["school"] = " ".join(p for p in (values.get("school"), values["grade"]) if p)[:80]
    return {name: value for name, value in values.items() if value is not None}


@cache
def longest(kind: ListKind) -> dict[str, int]:
    """Return how many characters the text fields of a list may have."""
    columns = _RECORDS[kind].__table__.columns
    found = {c.key: c.type.length for c in columns if isinstance(c.type, String | Masked) and c.type.length}
    papers = {
        field: getattr(StaffPaper.__table__.columns[column].type, "length", 0)
        for field, column in _OF_PAPERS.items()
        if kind is ListKind.STAFF
    }
    return dict.fromkeys(_PEOPLE, found["name"]) | found | papers


def _value(name: str, value: Any) -> Any:
    if isinstance(value, ParsedDate):
        return value.value
    if name in _CHOICES and isinstance(value, str):
        return _CHOICES[name](value)
    if name == "weekdays":
        return "".join(str(day) for day in value)
    return value


def parents(values: dict[str, Any]) -> list[ListedParent]:
    """Return the parents a row names, the one who registers first; only those with a worker number."""
    relation = values.get("relation") or Relation.GUARDIAN
    columns = (
        ("worker_number", "guardian_name", relation, "phone"),
        ("second_number", "second_name", values.get("second_relation") or Relation.GUARDIAN, "second_phone"),
        ("mother_number", "mother_name", Relation.MOTHER, "mother_phone"),
        ("father_number", "father_name", Relation.FATHER, "father_phone"),
    )
    found = [
        ListedParent(values[number], values.get(name) or "", role, values.get(phone) or "", number)
        for number, name, role, phone in columns
        if values.get(number)
    ]
    return list({parent.number: parent for parent in reversed(found)}.values())[::-1]
