"""The papers of the made-up children: consents, health and care, restrictions, photos. Three lack something."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import CarePlan, Child, Consent, ConsentPurpose, Guardianship, PickupAdult
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import consents
from ccfs_desktop.services.demo import photos
from ccfs_desktop.services.demo.scene import ADMITTED, NOT_READY, PLACED, Kid, Scene

_ASKED = {
    ConsentPurpose.AGREEMENT: 1.0,
    ConsentPurpose.EMERGENCY: 1.0,
    ConsentPurpose.DATA: 1.0,
    ConsentPurpose.HEALTH_DATA: 1.0,
    ConsentPurpose.PHOTO_INTERNAL: 0.93,
    ConsentPurpose.PHOTO_EXTERNAL: 0.6,
    ConsentPurpose.OUTINGS: 0.9,
    ConsentPurpose.SURVEY: 0.85,
}
"""Which consents are asked for → how likely they are given."""
_PATIENTS = (3, 11, 19, 27, 33, 45, 58)
"""Which children the entries of ``[[health]]`` are about."""
_MUST_NOT_COLLECT = 30
_WITHDRAWN = 17
"""This child's pick-up list had a neighbour who was taken off it."""
_WITHOUT_AGREEMENT, _WITHOUT_HEALTH, _WITHOUT_ANY = range(PLACED - NOT_READY, PLACED)
_PHOTOS = 14


def complete(scene: Scene, kids: list[Kid]) -> None:
    """Enter the papers that are in; those who wait or have just applied have handed in none."""
    dice = scene.random("files")
    placed = kids[:PLACED]
    consents = [c for n, kid in enumerate(placed) for c in _consents(scene, dice, n, kid)]
    plans = [_plan(scene, n, kid) for n, kid in enumerate(placed) if n not in {_WITHOUT_HEALTH, _WITHOUT_ANY}]
    with scene.db.begin(N_("Note that the enrolment papers are in")) as session:
        scene.db.insert_many(session, consents)
        scene.db.insert_many(session, plans)
        scene.db.insert_many(session, _restrictions(scene, placed))
        for n, health in zip(_PATIENTS, scene.names.texts("health"), strict=True):
            child = session.get_one(Child, placed[n].child.id)
            child.alert, child.has_care_plan = health["alert"], True
            child.has_medicine = "medicine" in health
        custody = select(Guardianship).where(Guardianship.child_id == placed[_MUST_NOT_COLLECT].child.id).limit(1)
        session.scalars(custody).one().custody_note = scene.names.word("note_must_not")
    agreed = {c.child_id for c in consents if c.purpose is ConsentPurpose.PHOTO_INTERNAL and c.given}
    photos.take(scene, [kid for kid in placed if kid.child.id in agreed][:_PHOTOS])


def _consents(scene: Scene, dice: Random, n: int, kid: Kid) -> list[Consent]:
    lacking: set[ConsentPurpose] = set()
    if n == _WITHOUT_ANY:
        return []
    if n in {_WITHOUT_AGREEMENT, ADMITTED}:
        lacking = {ConsentPurpose.AGREEMENT}
    return [
        Consent(
            child_id=kid.child.id,
            purpose=purpose,
            given=dice.random() < likely,
            wording=consents.EDITION,
            language=scene.names.language,
            signed_on=_signed_on(kid),
            signed_by=kid.adults[0],
        )
        for purpose, likely in _ASKED.items()
        if purpose not in lacking
    ]


def _plan(scene: Scene, n: int, kid: Kid) -> CarePlan:
    """Every family declares the child's health; most have nothing to say."""
    plan = CarePlan(child_id=kid.child.id, declared_on=_signed_on(kid))
    if n in _PATIENTS:
        health = scene.names.texts("health")[_PATIENTS.index(n)]
        plan.conditions, plan.medicine = health["condition"], health.get("medicine")
        plan.plan, plan.diet = health.get("plan"), health.get("diet")
        plan.doctor = scene.names.text("hospital")
    return plan


def _restrictions(scene: Scene, placed: list[Kid]) -> list[PickupAdult]:
    names = scene.names
    banned, former = placed[_MUST_NOT_COLLECT].child, placed[_WITHDRAWN].child
    return [
        PickupAdult(
            child_id=banned.id,
            name=names.adult(Sex.MALE).native,
            relation=names.relation("ex_partner"),
            forbidden=True,
        ),
        PickupAdult(
            child_id=former.id,
            name=names.adult(Sex.FEMALE).native,
            relation=names.relation("neighbour"),
            phone=names.phone(),
            ended_on=scene.today - timedelta(days=10),
        ),
    ]


def _signed_on(kid: Kid) -> date | None:
    first = kid.enrolment.first_day
    return first and first - timedelta(days=3)
