"""What a later list adds to the file of a child who is known: nothing an officer wrote is overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import (
    CarePlan,
    Child,
    Consent,
    ConsentPurpose,
    Contact,
    Guardian,
    Guardianship,
    PickupAdult,
)
from ccfs_desktop.services import roles
from ccfs_desktop.services.imports.plan import PlannedRow
from ccfs_desktop.services.imports.rows import warn
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.searching import fold

_Kept = TypeVar("_Kept", PickupAdult, Contact)


@dataclass(frozen=True)
class Files:
    """What is kept about the children known, by child."""

    conditions: dict[int, str | None]
    """None where this user may not read them."""
    adults: dict[int, list[PickupAdult]]
    contacts: dict[int, list[Contact]]
    photos: dict[int, Consent]
    """The last answer about photos."""
    workers: dict[int, set[int]]
    """The parents who work here."""


def files(session: Session) -> Files:
    """Read what is kept about all children."""
    photos = select(Consent).where(Consent.purpose == ConsentPurpose.PHOTO_INTERNAL).order_by(Consent.id)
    family = select(Guardianship.child_id, Guardian.worker_id).join(Guardian, Guardian.id == Guardianship.guardian_id)
    parents: dict[int, set[int]] = {}
    for child_id, worker_id in session.execute(family):
        if worker_id is not None:
            parents.setdefault(child_id, set()).add(worker_id)
    return Files(
        conditions={plan.child_id: plan.conditions for plan in session.scalars(select(CarePlan))},
        adults=_by_child(session.scalars(select(PickupAdult))),
        contacts=_by_child(session.scalars(select(Contact))),
        photos={consent.child_id: consent for consent in session.scalars(photos)},
        workers=parents,
    )


def additions(row: PlannedRow, child: Child, known: Files) -> dict[str, Any]:
    """Return what a row tells that the child's file does not have yet: field → what to add.

    Two answers that contradict each other are left as they are, with a warning; a refusal in the list always counts.
    """
    found: dict[str, Any] = {
        "health": _health(row, known.conditions.get(child.id, "")),
        "pickup": _adults(row, "pickup", known.adults.get(child.id, [])),
        "forbidden": _adults(row, "forbidden", [a for a in known.adults.get(child.id, []) if a.forbidden]),
        "photo_consent": _photo(row, known.photos.get(child.id)),
        "second_number": [
            pair for pair in row.values["parents"] if pair[0].id not in known.workers.get(child.id, set())
        ],
        "note": "" if child.note else row.values.get("note"),
        **_contact(row, known.contacts.get(child.id, [])),
    }
    return {name: value for name, value in found.items() if value or value is False}


def _by_child(records: Iterable[_Kept]) -> dict[int, list[_Kept]]:
    found: dict[int, list[_Kept]] = {}
    for record in records:
        found.setdefault(record.child_id, []).append(record)
    return found


def _health(row: PlannedRow, kept: str | None) -> str:
    """Return the health notes that are new; nothing where this user may not know."""
    told = row.values.get("health") or ""
    return "" if kept is None or fold(told) in fold(kept) else told


def _adults(row: PlannedRow, field: str, kept: list[PickupAdult]) -> list[Any]:
    """Return the adults not named yet; one who was withdrawn or forbidden stays so."""
    names = {fold(adult.name) for adult in kept}
    against = {fold(adult.name) for adult in kept if adult.forbidden or adult.ended_on}
    told = row.values.get(field) or ()
    for adult in told if field == "pickup" else ():
        if fold(adult.name) in against:
            sentence = _("The list names {name}, who may no longer collect the child. Nothing was changed.")
            warn(row, field, sentence.format(name=adult.name))
    return [adult for adult in told if fold(adult.name) not in names]


def _photo(row: PlannedRow, last: Consent | None) -> bool | None:
    told = row.values.get("photo_consent")
    holds = last is not None and last.given and last.withdrawn_on is None
    if told is None or (last is not None and told == holds):
        return None
    if told and last is not None:
        warn(row, "photo_consent", _("The list agrees to photos, the child's file does not. Nothing was changed."))
        return None
    return told


def _contact(row: PlannedRow, kept: list[Contact]) -> dict[str, Any]:
    name, phone = row.values.get("emergency_name") or "", row.values.get("emergency_phone") or ""
    if not (name or phone) or any(fold(c.name) == fold(name) or (phone and c.phone == phone) for c in kept):
        return {}
    return {f: row.values.get(f) for f in ("emergency_name", "emergency_phone", "emergency_relation")}


roles.guard(globals(), Right.ENROL, {})
