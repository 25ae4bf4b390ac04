"""Incidents: reported by anybody, worked on by those who may read them, one report for each child, a number for ever.

A number is given when something is reported, not when it is signed: what was reported cannot vanish without a gap that
an auditor sees. A report made by mistake is discarded with a reason; it stays, number and all. That choice is ours.
Source for the fields: domain.md 8.8.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Incident, IncidentAddendum, IncidentChild, IncidentFile, Kind, Place
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import body_map, incident_then, letters, moments, roles, seasons
from ccfs_desktop.services.incident_kinds import SEVERITIES
from ccfs_desktop.services.incident_then import Then
from ccfs_desktop.services.roles import Right

EVENT = frozenset({
    "kind", "place", "place_detail", "day", "at", "group_id", "severity", "described", "staff_in_charge", "witnesses",
    "why1", "why2", "why3", "why4", "why5", "root_cause", "told_authority", "told_insurer", "told_brand",
})  # fmt: skip
"""What may be changed of an event until it is signed."""
PARENT = frozenset({
    "parent_told_day", "parent_told_at", "parent_told_by", "parent_told_who", "parent_told_how", "parent_comment",
    "parent_signed_on",
})  # fmt: skip
"""The parent's part of a child's report: what is empty may still be filled in after signing, once."""
REPORT = PARENT | {
    "severity", "part", "injury", "marks", "temperature", "first_aid", "first_aid_by", "medicine", "clinic", "hidden",
}  # fmt: skip
"""What may be changed of a child's report until it is signed."""
_WARMEST, _COLDEST = Decimal(45), Decimal(25)
LEFT_OUT = "witnesses,informed"
"""What the parents' copy leaves out unless somebody chooses otherwise; see ``incident_papers.HIDEABLE``."""
_MOST = 8_000
"""Characters of a sealed text."""


@dataclass(frozen=True)
class ChildReport:
    """One child's report, and whom it is about."""

    record: IncidentChild
    name: str
    name_latin: str
    age: int
    """On the day."""


@dataclass(frozen=True)
class FileName:
    """A photo or paper, without its content."""

    id: int
    name: str
    kind: str
    report_id: int | None
    by: str


@dataclass(frozen=True)
class File:
    """All that is kept about an incident."""

    incident: Incident
    told: str
    """What somebody without the key wrote when reporting."""
    children: tuple[ChildReport, ...]
    then: Then
    group: str
    addenda: tuple[IncidentAddendum, ...] = ()
    files: tuple[FileName, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it can still be changed."""
        return not self.incident.frozen


def report(
    session: Session, season: Season, *, kind: Kind, place: Place, day: date, by: str, words: str,
    at: time | None = None, place_detail: str = "", group_id: int | None = None, children: Sequence[int] = (),
) -> Incident:  # fmt: skip
    """Report that something happened. It has its number at once.

    Args:
        session: the open transaction; begun as final, for what was reported is discarded, not undone.
        season: the season.
        kind: of what kind it was.
        place: where.
        day: on which day.
        by: who reports it.
        words: what happened; sealed, so that a caregiver who wrote it cannot read it afterwards.
        at: when; None when nobody knows.
        place_detail: where exactly.
        group_id: the group it happened in.
        children: ids of the children in it.

    Raises:
        Invalid: nothing is said, or the day or time lies in the future.
        UserError: this role may not report.
    """
    roles.require(session, Right.REPORT)
    _check({"words": words, "day": day, "at": at, "place_detail": place_detail}, day)
    mine = roles.may(session, Right.DETAILS)
    incident = Incident(
        season_id=season.id, number=next_number(session, clock.today().year),
        kind=kind, place=place, place_detail=place_detail.strip(), day=day,
        at=at, group_id=group_id, reported_at=clock.now(), reported_by=by, described=words.strip() if mine else None,
        told=None if mine else letters.write(session, words.strip().encode()),
        staff_in_charge=incident_then.in_charge(session, season, day, at, group_id),
    )  # fmt: skip
    session.add(incident)
    session.flush()
    for child_id in dict.fromkeys(children):
        session.add(IncidentChild(incident_id=incident.id, child_id=child_id, hidden=LEFT_OUT))
    session.flush()
    return incident


def next_number(session: Session, year: int) -> str:
    """Return the next number of a year, the one in which something is reported; discarded ones count."""
    start = f"{year}-"
    taken = session.scalars(select(Incident.number).where(Incident.number.startswith(start)))
    return f"{start}{max((int(number.removeprefix(start)) for number in taken), default=0) + 1:03}"


def get(session: Session, incident_id: int) -> Incident:
    """Return an incident to those who may know of it.

    Raises:
        UserError: it is gone, or this role may not see it.
    """
    roles.require(session, Right.INCIDENTS)
    incident = session.get(Incident, incident_id)
    if incident is None:
        raise UserError(_("This incident is no longer there."))
    return incident


def by_number(session: Session, number: str) -> Incident:
    """Return the incident with a number.

    Raises:
        UserError: there is none, or this role may not see it.
    """
    roles.require(session, Right.INCIDENTS)
    found = session.scalars(select(Incident).where(Incident.number == number)).first()
    if found is None:
        raise UserError(_("There is no incident {number}.").format(number=number or "–"))
    return found


def file(session: Session, incident_id: int) -> File:
    """Return all that is kept about an incident; names and sealed words only to those who may read them.

    Raises:
        UserError: it is gone, or this role may not see it.
    """
    incident = get(session, incident_id)
    group = next((g.name for g in seasons.groups(session, _season(session, incident)) if g.id == incident.group_id), "")
    if not roles.may(session, Right.DETAILS):
        return File(incident, "", (), incident_then.of(session, incident), group)
    told = letters.read(session, incident.told)
    addenda = select(IncidentAddendum).where(IncidentAddendum.incident_id == incident_id).order_by(IncidentAddendum.id)
    return File(
        incident, told.decode() if told else "", tuple(reports(session, incident)), incident_then.of(session, incident),
        group, tuple(session.scalars(addenda)), tuple(_file_names(session, incident_id)),
    )  # fmt: skip


def _file_names(session: Session, incident_id: int) -> list[FileName]:
    query = (
        select(IncidentFile.id, IncidentFile.name, IncidentFile.kind, IncidentFile.incident_child_id, IncidentFile.by)
        .where(IncidentFile.incident_id == incident_id)
        .order_by(IncidentFile.id)
    )
    return [FileName(*row) for row in session.execute(query)]


def reports(session: Session, incident: Incident) -> list[ChildReport]:
    """Return the reports on the children of an event, in the order they were named."""
    query = (
        select(IncidentChild, Child.name, Child.name_latin, Child.birth_date)
        .join(Child, Child.id == IncidentChild.child_id)
        .where(IncidentChild.incident_id == incident.id)
        .order_by(IncidentChild.id)
    )
    return [
        ChildReport(record, name, latin, seasons.age_on(born, incident.day))
        for record, name, latin, born in session.execute(query)
    ]


def change(session: Session, incident_id: int, **values: Any) -> Incident:
    """Change what is said about the event.

    Args:
        session: the open transaction.
        incident_id: the incident.
        values: some of ``EVENT``.

    Raises:
        Invalid: a value cannot be.
        UserError: it is signed, or this role may not.
    """
    incident = _open(session, incident_id)
    kept = _check(values, values.get("day", incident.day), values.get("at", incident.at))
    if "severity" in kept and reports(session, incident):
        raise Invalid({"severity": _("How serious it was is said in the report of each child.")})
    for name in EVENT & kept.keys():
        setattr(incident, name, kept[name])
    session.flush()
    return incident


def change_report(session: Session, report_id: int, **values: Any) -> IncidentChild:
    """Change a child's report.

    When it is signed, what the parent's part left empty can still be filled in, once; and what the copy for the parents
    leaves out (``hidden``) is a choice for paper, not a part of what was signed.

    Args:
        session: the open transaction.
        report_id: the child's report.
        values: some of ``REPORT``.

    Raises:
        Invalid: a value cannot be.
        UserError: it is signed, or this role may not.
    """
    record = _report(session, report_id)
    incident = get(session, record.incident_id)
    if record.frozen:
        _check_late(record, values)
    kept = _check(values, incident.day)
    _check_parent({name: kept.get(name, getattr(record, name)) for name in PARENT}, incident.day)
    for name in REPORT & kept.keys():
        setattr(record, name, kept[name])
    session.flush()
    if "severity" in kept:
        judge(session, incident)
    return record


def _check_late(record: IncidentChild, values: Mapping[str, Any]) -> None:
    if not all(name == "hidden" or (name in PARENT and getattr(record, name) in (None, "")) for name in values):
        raise UserError(_("This report is signed: it does not change any more. Write an addendum."))


def _check_parent(values: Mapping[str, Any], day: date) -> None:
    """Check when a parent was told and signed: not before it happened, not in the future."""
    problems: dict[str, str] = {}
    for name in ("parent_told_day", "parent_signed_on"):
        if values[name] and values[name] < day:
            problems[name] = _("That is before it happened.")
        elif values[name] and values[name] > clock.today():
            problems[name] = _("{day} lies in the future.").format(day=values[name])
    if problems:
        raise Invalid(problems)


def judge(session: Session, incident: Incident) -> None:
    """Let the event be as severe as the worst of its children's reports."""
    judged = [one.record.severity for one in reports(session, incident)]
    if judged:
        incident.severity = max(judged)
    session.flush()


def add_child(session: Session, incident_id: int, child_id: int) -> IncidentChild:
    """Begin the report on a further child.

    Raises:
        UserError: it is in the event already, or the event is signed.
    """
    incident = _open(session, incident_id)
    if any(one.record.child_id == child_id for one in reports(session, incident)):
        raise UserError(_("This child has its report already."))
    record = IncidentChild(incident_id=incident_id, child_id=child_id, hidden=LEFT_OUT)
    session.add(record)
    session.flush()
    judge(session, incident)
    return record


def remove_child(session: Session, report_id: int) -> None:
    """Take a child out of an event in which it was not; its report goes, and can be brought back by undo.

    Raises:
        UserError: the event is signed, or papers are kept with the report.
    """
    record = _report(session, report_id)
    incident = _open(session, record.incident_id)
    if session.scalars(select(IncidentFile.id).where(IncidentFile.incident_child_id == report_id)).first():
        raise UserError(_("Photos or papers are kept with this child's report. Remove them first."))
    session.delete(record)
    session.flush()
    judge(session, incident)


def discard(session: Session, incident_id: int, reason: str, *, by: str) -> Incident:
    """Throw away what was reported by mistake. It stays in the list with its number, and why.

    Raises:
        UserError: it is signed, no reason is given, or this role may not.
    """
    incident = _open(session, incident_id)
    said = " ".join(reason.split())
    if not said:
        raise Invalid({"discarded": _("Write why this report is discarded.")})
    told = f"{said} ({by})"
    if len(told) > 300:
        raise Invalid({"discarded": _("At most {n} characters fit here.").format(n=300 - len(by) - 3)})
    incident.discarded, incident.frozen = told, True
    freeze_parts(session, incident_id)
    session.flush()
    return incident


def freeze_parts(session: Session, incident_id: int) -> None:
    """Freeze the children's reports and the files of an event."""
    for record in (
        *session.scalars(select(IncidentChild).where(IncidentChild.incident_id == incident_id)),
        *session.scalars(select(IncidentFile).where(IncidentFile.incident_id == incident_id)),
    ):
        record.frozen = True


# ------------------------------------------------------------------------------------------------------------ inside


def _open(session: Session, incident_id: int) -> Incident:
    roles.require(session, Right.DETAILS)
    incident = get(session, incident_id)
    if incident.discarded:
        raise UserError(_("This report was discarded: it does not change any more."))
    if incident.frozen:
        raise UserError(_("This report is signed: it does not change any more. Write an addendum."))
    return incident


def report_of(session: Session, report_id: int) -> IncidentChild:
    """Return a child's report to those who may read it.

    Raises:
        UserError: it is gone, or this role may not.
    """
    return _report(session, report_id)


def opened(session: Session, incident_id: int) -> Incident:
    """Return an incident that may still be changed, to those who may.

    Raises:
        UserError: it is signed or discarded, or this role may not.
    """
    return _open(session, incident_id)


def _report(session: Session, report_id: int) -> IncidentChild:
    roles.require(session, Right.DETAILS)
    record = session.get(IncidentChild, report_id)
    if record is None:
        raise UserError(_("This child's report is no longer there."))
    return record


def _season(session: Session, incident: Incident) -> Season:
    return next(s for s in seasons.every(session) if s.id == incident.season_id)


def _check(values: Mapping[str, Any], day: date, at: time | None = None) -> dict[str, Any]:
    """Return values fit to be kept, texts without white space around them."""
    kept: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    problems = {name: problem for name, value in kept.items() if (problem := _problem(name, value))}
    if {"day", "at"} & kept.keys():
        try:
            moments.not_to_come(day, kept.get("at", at))
        except UserError as error:
            problems["at" if "at" in kept else "day"] = str(error)
    if problems:
        raise Invalid(problems)
    if kept.get("temperature"):
        kept["temperature"] = f"{_degrees(kept['temperature'])}"
    return kept


def _problem(name: str, value: Any) -> str:
    """Return in words what is wrong with a value."""
    if name == "words" and not value:
        return _("Write in a sentence or two what happened.")
    if name == "severity" and value not in SEVERITIES:
        return _("Choose one of the words.")
    if name == "temperature" and value and _degrees(value) is None:
        return _("Write the temperature in °C, such as 38.2.")
    if name == "marks":
        body_map.write(body_map.read(value))
    if isinstance(value, str) and len(value) > _longest(name):
        return _("At most {n} characters fit here.").format(n=_longest(name))
    return ""


def _longest(name: str) -> int:
    columns: Iterable[Any] = (Incident.__table__.columns.get(name), IncidentChild.__table__.columns.get(name))
    lengths = [getattr(c.type, "length", None) for c in columns if c is not None]
    return next((length for length in lengths if length), _MOST)


def _degrees(text: str) -> Decimal | None:
    """Read a temperature; None when it cannot be one of a living child."""
    try:
        degrees = Decimal(text.replace(",", ".").replace("°C", "").strip())
    except InvalidOperation:
        return None
    return degrees if _COLDEST <= degrees <= _WARMEST else None


roles.guard(
    globals(),
    Right.DETAILS,
    {
        Right.REPORT: (report, next_number),
        Right.INCIDENTS: (get, by_number, file, reports, report_of),
    },
)
