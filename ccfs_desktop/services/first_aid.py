"""First aid given: to whom, for what, with what out of the kit, by whom. Source: domain.md 8.14."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.log import FirstAidUse
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import kit, logbook, moments, roles
from ccfs_desktop.services.roles import Right


def give(
    session: Session, season: Season, day: date, *, at: time | None, by: str, child_id: int | None = None,
    injury: str | None = None, used: Mapping[int, int] | None = None, items: str = "", incident_id: int | None = None,
) -> FirstAidUse:  # fmt: skip
    """Record first aid, and take what was used out of the kit.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        at: local time to the minute; None when nobody wrote it down. It stays empty.
        by: who gave it.
        child_id: to which child; None for an adult.
        injury: what for; only those who may read details write it.
        used: content of the kit → how many were taken out.
        items: what else was used, in words.
        incident_id: the incident it belongs to.

    Raises:
        Invalid: nobody is named, or nothing was used.
        UserError: the role may not, or the time lies in the future.
    """
    late = logbook.check(session, season, day, at)
    if injury:
        roles.require(session, Right.DETAILS)
    taken = kit.take(session, used or {})
    entry = FirstAidUse(
        season_id=season.id, day=day, at=at, child_id=child_id, incident_id=incident_id, injury=injury or None,
        items=", ".join(part for part in (taken, items.strip()) if part), by=by.strip(), entered_late=late,
    )  # fmt: skip
    _check(entry)
    session.add(entry)
    session.flush()
    return entry


def change(session: Session, entry_id: int, **values: Any) -> FirstAidUse:
    """Put an entry right. What is in the kit stays as it is; it is counted again.

    Raises:
        Invalid: nobody is named, or nothing was used.
        UserError: the role may not, the entry is gone, or a time lies in the future.
    """
    entry = logbook.get(session, FirstAidUse, entry_id)
    if "injury" in values:
        roles.require(session, Right.DETAILS)
        values["injury"] = values["injury"] or None
    logbook.put(entry, values)
    _check(entry)
    moments.not_to_come(entry.day, entry.at)
    session.flush()
    return entry


def remove(session: Session, entry_id: int) -> None:
    """Take back an entry made by mistake; what is in the kit stays as it is and is counted again."""
    session.delete(logbook.get(session, FirstAidUse, entry_id))
    session.flush()


def children_of(session: Session, entries: Sequence[FirstAidUse]) -> dict[int, Child]:
    """Return child id → child."""
    ids = {entry.child_id for entry in entries if entry.child_id}
    return {child.id: child for child in session.scalars(select(Child).where(Child.id.in_(ids)))}


def numbers_of(session: Session, entries: Sequence[FirstAidUse]) -> dict[int, str]:
    """Return incident id → its number."""
    ids = {entry.incident_id for entry in entries if entry.incident_id}
    found = session.execute(select(Incident.id, Incident.number).where(Incident.id.in_(ids)))
    return {incident_id: str(number) for incident_id, number in found}


def initials(name: str) -> str:
    """Shorten a name to its initials: ``L. M.``, 李 for 李小明 in scripts that are written without blanks."""
    words = name.split()
    return " ".join(f"{word[0]}." for word in words) if len(words) > 1 else f"{name[:1]}."


def _check(entry: FirstAidUse) -> None:
    problems: dict[str, str] = {}
    if not entry.by:
        problems["by"] = _("Write who gave first aid.")
    if not entry.items:
        problems["items"] = _("Write what was used, or how many were taken out of the kit.")
    elif len(entry.items) > 300:
        problems["items"] = _("At most {n} characters fit here.").format(n=300)
    if problems:
        raise Invalid(problems)


roles.guard(globals(), Right.LOGS, {})
