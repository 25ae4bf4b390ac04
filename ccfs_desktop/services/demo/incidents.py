"""The made-up incidents: a fall, signed, the family told; yesterday two heads together, with a clinic, not signed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Proof
from ccfs_desktop.models.incident import Incident, IncidentChild, Kind, Place
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import body_map, incident_signing, incident_then, incidents
from ccfs_desktop.services.body_map import Mark, Wound
from ccfs_desktop.services.demo.scene import Kid, Scene
from ccfs_desktop.services.signatures import Signature

_FALL_AGO, _CLASH_AGO = 8, 1
_AT = time(10, 20)
_KNEE = (Mark("front", 626, 792, Wound.GRAZE), Mark("front", 902, 655, Wound.BRUISE))
_BROW = (Mark("front", 452, 88, Wound.CUT),)
_FOREHEAD = (Mark("front", 540, 60, Wound.SWELLING),)


def days(scene: Scene) -> list[date]:
    """Return on which days something happens; the closing checks of those days count it."""
    return [scene.past[-_FALL_AGO], scene.past[-_CLASH_AGO]]


def happen(scene: Scene, kids: Sequence[Kid]) -> None:
    """Enter both."""
    with scene.db.begin(N_("Report an incident"), final=True) as session:
        _fall(scene, session, kids)
        _clash(scene, session, kids)


def _fall(scene: Scene, session: Session, kids: Sequence[Kid]) -> None:
    word, day = scene.names.word, scene.past[-_FALL_AGO]
    (kid,) = _there(session, kids, day, 1)
    one = _event(scene, session, Place.YARD, day, kid, word("incident_fall"))
    one.severity, one.why1, one.root_cause = 1, word("incident_fall_why"), word("incident_fall_cause")
    record = _report(session, one, kid, 1, _KNEE, scene, "fall")
    _told(scene, record, kid, day, time(10, 45))
    record.parent_comment, record.parent_signed_on = word("incident_fall_said"), day
    session.flush()
    at = datetime.combine(day, time(15, 5))
    name = session.scalars(select(Staff.name).where(Staff.role == StaffRole.COORDINATOR)).first()
    user = scene.db.actor.user
    signature = Signature(name or user, _(StaffRole.COORDINATOR.word), user, at, Proof.DEMONSTRATION)
    then = incident_then.at(session, scene.season, day, one.at, one.group_id)
    incident_signing.freeze(session, one, then, signature)


def _clash(scene: Scene, session: Session, kids: Sequence[Kid]) -> None:
    word, day = scene.names.word, scene.past[-_CLASH_AGO]
    first, second = _there(session, kids, day, 2)
    one = _event(scene, session, Place.ROOM, day, first, word("incident_clash"))
    one.severity, one.why1 = 2, word("incident_clash_why")
    hurt = _report(session, one, first, 2, _BROW, scene, "cut")
    hurt.clinic = scene.names.text("hospital")
    _told(scene, hurt, first, day, time(10, 35))
    _report(session, one, second, 1, _FOREHEAD, scene, "bump")
    session.flush()


def _event(scene: Scene, session: Session, place: Place, day: date, kid: Kid, words: str) -> Incident:
    group = kid.enrolment.group_id
    one = Incident(
        season_id=scene.season.id, number=incidents.next_number(session, day.year), kind=Kind.INJURY, place=place,
        day=day, at=_AT, group_id=group, described=words, reported_by=scene.db.actor.user,
        reported_at=datetime.combine(day, _AT) + timedelta(minutes=70),
        staff_in_charge=incident_then.in_charge(session, scene.season, day, _AT, group),
    )  # fmt: skip
    session.add(one)
    session.flush()
    return one


def _report(
    session: Session, one: Incident, kid: Kid, severity: int, marks: Sequence[Mark], scene: Scene, key: str
) -> IncidentChild:
    word = scene.names.word
    record = IncidentChild(
        incident_id=one.id, child_id=kid.child.id, severity=severity, injury=word(f"incident_{key}_injury"),
        part=word(f"incident_{key}_part"), marks=body_map.write(marks), first_aid=word(f"incident_{key}_aid"),
        first_aid_by=one.staff_in_charge.split(", ")[0], hidden=incidents.LEFT_OUT,
    )  # fmt: skip
    session.add(record)
    return record


def _told(scene: Scene, record: IncidentChild, kid: Kid, day: date, at: time) -> None:
    record.parent_told_day, record.parent_told_at = day, at
    record.parent_told_by, record.parent_told_how = record.first_aid_by, scene.names.word("incident_phone")
    record.parent_told_who = kid.adults[0]


def _there(session: Session, kids: Sequence[Kid], day: date, count: int) -> list[Kid]:
    """Return some children of one group who were there at the time."""
    query = select(Visit.child_id).where(Visit.day == day, Visit.arrived < _AT, Visit.departed > _AT)
    there = set(session.scalars(query))
    groups: dict[int | None, list[Kid]] = {}
    for kid in kids:
        if kid.child.id in there:
            groups.setdefault(kid.enrolment.group_id, []).append(kid)
    return max(groups.values(), key=len)[2 : 2 + count]
