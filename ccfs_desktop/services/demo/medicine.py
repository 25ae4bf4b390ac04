"""The made-up medicine and illness: a course with a refused dose, an inhaler, a child kept away, two linked cases."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import CarePlan, Child, Consent, ConsentPurpose
from ccfs_desktop.models.log import DoseOutcome, HealthDecision, HealthNote, MedicineCourse, MedicineDose
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import Absence, AbsenceReason, Visit
from ccfs_desktop.services import consents, health_rules
from ccfs_desktop.services.demo.scene import Kid, Scene

_MORNING, _NOON = time(8), time(12)
_PUFFS = 200
_SICK_AT = timedelta(minutes=40)
"""So long before it was collected the sick child was looked at."""

_Stays = dict[tuple[int, date], Visit]


def keep(scene: Scene, kids: Sequence[Kid]) -> None:
    """Enter two requests with their doses, and three notes of illness; nothing where too few days have passed."""
    days = scene.past[-3:]
    if len(days) < 3:
        return
    with scene.db.begin(N_("Take a request for medicine"), final=True) as session:
        stays: _Stays = {
            (v.child_id, v.day): v for v in session.scalars(select(Visit).where(Visit.day >= days[0])) if v.arrived
        }
        team = [person.name for person in session.scalars(select(Staff).order_by(Staff.id).limit(3))]
        with_inhaler = set(session.scalars(select(CarePlan.child_id).where(CarePlan.medicine.is_not(None))))
        sick = select(Absence.child_id).where(
            Absence.first_day == scene.today, Absence.reason == AbsenceReason.SICK, Absence.planned.is_(False)
        )
        away = session.scalars(sick.order_by(Absence.id)).first()
        patients = _patients(kids, stays, days, with_inhaler | {away or 0}, scene.today)
        courses = [_course(scene, patients[0], days[0]), *_inhaler(scene, kids, with_inhaler)]
        scene.db.insert_many(session, courses)
        scene.db.insert_many(session, list(_doses(scene, courses, days, team)))
        scene.db.insert_many(session, [_consent(scene, course) for course in courses])
        session.get_one(Child, courses[0].child_id).has_medicine = True
        notes = [
            *_linked(scene, patients[1:], days, team),
            *([_away(scene, away, stays, days[-1], team)] if away else []),
        ]
        scene.db.insert_many(session, notes)


def _patients(
    kids: Sequence[Kid], stays: _Stays, days: Sequence[date], others: set[int], today: date
) -> list[Kid]:  # fmt: skip
    """Return the children who were here on all these days and came early today, two of one group at the end."""
    here = [
        kid
        for kid in kids
        if kid.child.id not in others and all((kid.child.id, day) in stays for day in days) and kid.enrolment.group_id
    ]
    early = [kid for kid in here if _came(stays.get((kid.child.id, today)))] or here
    patient = early[0]
    linked = [kid for kid in here if kid is not patient and kid.enrolment.group_id == here[-1].enrolment.group_id]
    return [patient, *linked[-2:]]


def _came(visit: Visit | None) -> bool:
    return bool(visit and visit.arrived and visit.arrived <= _MORNING and not visit.signed_out)


def _course(scene: Scene, kid: Kid, first: date) -> MedicineCourse:
    """Return five days of an antibiotic, morning and noon."""
    word = scene.names.word
    return MedicineCourse(
        season_id=scene.season.id, child_id=kid.child.id, medicine=word("medicine_name"), form=word("medicine_form"),
        strength="250 mg", dose=word("medicine_dose"), route=word("medicine_route"),
        times=f"{_MORNING:%H:%M}, {_NOON:%H:%M}", reason=word("medicine_reason"), prescribed_by=word("medicine_doctor"),
        authorised_by=kid.adults[0], authorised_on=first, first_day=first, last_day=scene.today + timedelta(days=2),
        storage="cupboard", home_dose_at=datetime.combine(first - timedelta(days=1), time(7)), original_packaging=True,
        brought=20, unit=word("medicine_unit"),
    )  # fmt: skip


def _inhaler(scene: Scene, kids: Sequence[Kid], with_plan: set[int]) -> list[MedicineCourse]:
    """Return the inhaler of the second child whose care plan names a medicine: the one with asthma."""
    word = scene.names.word
    return [
        MedicineCourse(
            season_id=scene.season.id, child_id=kid.child.id, medicine=word("inhaler_name"), strength="100 µg",
            dose=word("inhaler_dose"), route=word("inhaler_route"), reason=word("inhaler_reason"), care_plan=True,
            authorised_by=kid.adults[0], authorised_on=scene.season.first_day, first_day=scene.season.first_day,
            last_day=scene.season.last_day, storage="not-locked", original_packaging=True, brought=_PUFFS,
            unit=word("inhaler_unit"),
        )
        for kid in [kid for kid in kids if kid.child.id in with_plan][1:2]
    ]  # fmt: skip


def _doses(
    scene: Scene, courses: Sequence[MedicineCourse], days: Sequence[date], team: Sequence[str]
) -> list[MedicineDose]:  # fmt: skip
    """Return the doses of the past days: one refused, one counted; two puffs of the inhaler."""
    word, pills = scene.names.word, courses[0]
    by, witness = team[0], team[1]
    doses = [
        MedicineDose(
            course_id=pills.id, day=day, at=(datetime.combine(day, planned) + timedelta(minutes=4 + n)).time(),
            planned=planned, amount=1, outcome=DoseOutcome.GIVEN, given_by=by, witness=witness,
        )
        for n, day in enumerate(days)
        for planned in (_MORNING, _NOON)
    ]  # fmt: skip
    doses[3].outcome, doses[3].note = DoseOutcome.REFUSED, word("medicine_refused")
    doses[-1].counted = 15
    puffs = [
        MedicineDose(
            course_id=course.id, day=days[0], at=time(15, 20), amount=2, outcome=DoseOutcome.GIVEN, given_by=by,
            witness=witness, note=word("inhaler_note"),
        )
        for course in courses[1:]
    ]  # fmt: skip
    return [*doses, *puffs]


def _consent(scene: Scene, course: MedicineCourse) -> Consent:
    return Consent(
        child_id=course.child_id, purpose=ConsentPurpose.MEDICINE, given=True, wording=consents.EDITION,
        language=scene.names.language, signed_on=course.authorised_on, signed_by=course.authorised_by,
    )  # fmt: skip


def _linked(scene: Scene, kids: Sequence[Kid], days: Sequence[date], team: Sequence[str]) -> list[HealthNote]:
    """Return two cases of one group in one room: watched, nobody sent home."""
    told = [("diarrhoea", time(10, 10)), ("vomiting", time(14, 25))]
    return [
        HealthNote(
            season_id=scene.season.id, child_id=kid.child.id, day=day, noticed=at, signs=sign,
            words=scene.names.word("health_words") if sign == "diarrhoea" else None, decision=HealthDecision.STAYS,
            decided_by=team[0], isolated=sign == "vomiting", parent_called=at.replace(minute=at.minute + 5),
            advice=scene.names.word("health_advice"),
        )
        for kid, day, (sign, at) in zip(kids, days[-2:], told, strict=False)
    ]  # fmt: skip


def _away(scene: Scene, child_id: int, stays: _Stays, day: date, team: Sequence[str]) -> HealthNote:
    """Return the note of the child who is sick today: fever this morning still, so that it is away until tomorrow."""
    visit = stays.get((child_id, day))
    left = visit.departed if visit else None
    noticed = (datetime.combine(day, left) - _SICK_AT).time() if left else None
    return HealthNote(
        season_id=scene.season.id, child_id=child_id, day=day, noticed=noticed, signs="behaviour", temperature="38.6",
        decision=HealthDecision.SENT_HOME if visit else HealthDecision.NOT_ADMITTED, decided_by=team[0],
        isolated=visit is not None, parent_called=noticed, parent_came=left, advice=scene.names.word("health_advice"),
        away=True, back_from=health_rules.earliest_back(scene.today, time(7)),
    )  # fmt: skip
