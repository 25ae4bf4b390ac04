"""The list of incidents, its queues, and what Today asks for: names only for those who may read them."""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident, IncidentChild, Kind, Place
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import incident_signing, roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

PAGE = "incidents"


class State(enum.StrEnum):
    """How far a report is."""

    DRAFT = "draft"
    """Something is missing."""
    UNSIGNED = "unsigned"
    """Nothing is missing but the signature; to those without the key, everything that is not signed."""
    PARENTS = "parents"
    """Signed, and a parent is not informed."""
    COMPLETE = "complete"
    DISCARDED = "discarded"


STATE_WORDS = {
    State.DRAFT: N_("Draft"),
    State.UNSIGNED: N_("Not signed"),
    State.PARENTS: N_("Signed, parent not informed"),
    State.COMPLETE: N_("Complete"),
    State.DISCARDED: N_("Discarded"),
}


@dataclass(frozen=True)
class Row:
    """One incident of the list."""

    id: int
    number: str
    kind: Kind
    place: Place
    day: date
    at: time | None
    severity: int
    children: int
    names: tuple[str, ...]
    """Of the children; empty for those who may not read them."""
    waiting: int
    """How many children's parents must be informed and are not."""
    state: State
    reported_by: str
    signed_by: str
    approved_by: str
    group_id: int | None = None


def rows(session: Session, season: Season, *, child_id: int | None = None) -> list[Row]:
    """Return the incidents of a season, newest first.

    Args:
        session: an open session.
        season: the season.
        child_id: only those this child was in, of every season; for those who may read names.

    Raises:
        UserError: this role may not see that there are any.
    """
    roles.require(session, Right.INCIDENTS if child_id is None else Right.DETAILS)
    query = select(Incident)
    if child_id is None:
        query = query.where(Incident.season_id == season.id)
    else:
        query = query.join(IncidentChild).where(IncidentChild.child_id == child_id)
    found = list(session.scalars(query.order_by(Incident.day.desc(), Incident.id.desc())))
    reports = _reports(session, [one.id for one in found])
    detailed = roles.may(session, Right.DETAILS)
    names = _names(session, reports) if detailed else {}
    return [_row(session, one, reports.get(one.id, []), names, detailed=detailed) for one in found]


def _reports(session: Session, ids: Iterable[int]) -> dict[int, list[IncidentChild]]:
    query = select(IncidentChild).where(IncidentChild.incident_id.in_(list(ids))).order_by(IncidentChild.id)
    found: dict[int, list[IncidentChild]] = {}
    for record in session.scalars(query):
        found.setdefault(record.incident_id, []).append(record)
    return found


def _names(session: Session, reports: Mapping[int, list[IncidentChild]]) -> dict[int, str]:
    ids = {record.child_id for records in reports.values() for record in records}
    query = select(Child.id, Child.name).where(Child.id.in_(ids))
    return {child: name for child, name in session.execute(query)}  # noqa: C416 (a row is not quite a pair)


def _row(
    session: Session, one: Incident, reports: list[IncidentChild], names: Mapping[int, str], *, detailed: bool
) -> Row:
    waiting = len(incident_signing.parents_waiting(one, reports))
    return Row(
        id=one.id, number=one.number, kind=one.kind, place=one.place, day=one.day, at=one.at, severity=one.severity,
        children=len(reports), names=tuple(names[r.child_id] for r in reports) if names else (), waiting=waiting,
        state=_state(session, one, waiting, detailed=detailed), reported_by=one.reported_by, signed_by=one.signed_name,
        approved_by=one.approved_name, group_id=one.group_id,
    )  # fmt: skip


def _state(session: Session, one: Incident, waiting: int, *, detailed: bool) -> State:
    if one.discarded:
        return State.DISCARDED
    if one.frozen:
        return State.PARENTS if waiting else State.COMPLETE
    return State.DRAFT if detailed and incident_signing.lacking(session, one.id) else State.UNSIGNED


# -------------------------------------------------------------------------------------------------------------- Today


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return what Today asks for: parents not informed first, then reports that wait; nobody is named."""
    if not roles.may(session, Right.INCIDENTS):
        return []
    query = select(Incident).where(Incident.season_id == season.id, Incident.discarded == "", Incident.day <= day)
    found = list(session.scalars(query.order_by(Incident.id)))
    if not found:
        return []
    reports = _reports(session, [one.id for one in found])
    told = [_parents(one, len(incident_signing.parents_waiting(one, reports.get(one.id, [])))) for one in found]
    detailed = roles.may(session, Right.DETAILS)
    waiting = [_unsigned(session, one, day, detailed=detailed) for one in found if not one.frozen]
    return [task for task in (*told, *waiting) if task]


def _parents(one: Incident, waiting: int) -> Task | None:
    if not waiting:
        return None
    sentence = ngettext(
        "Incident {number}, {day}: the parents of {n} child are not informed.",
        "Incident {number}, {day}: the parents of {n} children are not informed.",
        waiting,
    ).format(number=one.number, day=one.day, n=waiting)
    return Task(sentence, urgent=True, page=PAGE, target={"incident": one.id})


def _unsigned(session: Session, one: Incident, day: date, *, detailed: bool) -> Task | None:
    """A draft may take a day; what only wants its signature is asked for at once."""
    if not detailed or incident_signing.lacking(session, one.id):
        if one.reported_at.date() > day - timedelta(days=1):
            return None
        sentence = _("Incident {number} of {day} is still a draft.")
    else:
        sentence = _("Incident {number} of {day} is complete and not signed.")
    return Task(sentence.format(number=one.number, day=one.day), urgent=False, page=PAGE, target={"incident": one.id})


roles.guard(globals(), Right.INCIDENTS, {Right.OFFICE: (tasks,)})
