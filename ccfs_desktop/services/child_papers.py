"""The papers of one child: enrolment form, agreements, badge, pick-up cards. Source: domain.md 8.3, 8.4."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.child import CarePlan, Child, ConsentPurpose, Photo
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    badges,
    children,
    consents,
    enrolments,
    photos,
    register,
    roles,
    seasons,
    waiting_list,
    weekdays,
)
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.services.papers import (
    Adult,
    Badge,
    BadgeSheet,
    ChildFacts,
    ConsentSet,
    EnrolmentPaper,
    HealthFacts,
    Letterhead,
    OfficeFacts,
    ParentFacts,
    PickupCard,
    PickupCardSheet,
)
from ccfs_desktop.services.roles import Right


def enrolment_paper(
    session: Session, season: Season, head: Letterhead, child_id: int | None = None, *, health: bool = False
) -> EnrolmentPaper:
    """Return the enrolment form: blank, or filled with what is known of a child.

    Args:
        session: an open session.
        season: the season.
        head: the paper's head.
        child_id: whose form; None for a blank one.
        health: whether the health details are printed too; the reading is noted by whoever prints.
    """
    if child_id is None:
        return EnrolmentPaper(head)
    file = children.file(session, season, child_id)
    plan = children.care_plan(session, child_id) if health else None
    enrolment = file.enrolment
    return EnrolmentPaper(
        head,
        child=_child(session, season, file),
        parents=tuple(_parents(file)),
        contacts=tuple(Adult(c.name, c.relation, "", _phones(c.phone)) for c in file.contacts),
        collectors=tuple(
            Adult(p.name, p.relation, "", _phones(p.phone)) for p in file.pickups if not p.forbidden and not p.ended_on
        ),
        must_not_collect=listed(p.name for p in file.pickups if p.forbidden) or None,
        hours_wanted=_hours(enrolment) if enrolment else None,
        health=_health(file.child, plan),
        criteria=listed(_(c.word) for c in waiting_list.criteria(enrolment)) or None if enrolment else None,
        office=_office(enrolment),
    )


def consent_set(session: Session, season: Season, head: Letterhead, child_id: int | None = None) -> ConsentSet:
    """Return the agreements to be ticked and signed, blank or with the child's name."""
    items = consents.items(head.languages)
    if child_id is None:
        return ConsentSet(head, None, None, None, items)
    file = children.file(session, season, child_id)
    guardian = file.guardianships[0].guardian.name if file.guardianships else None
    return ConsentSet(head, file.child.name, file.enrolment.number if file.enrolment else None, guardian, items)


def badge_sheet(session: Session, season: Season, head: Letterhead, child_ids: Sequence[int], day: date) -> BadgeSheet:
    """Return the badges of some children, in the order given; who has no place yet has no badge."""
    files = [children.file(session, season, n) for n in child_ids]
    placed = [f for f in files if f.enrolment and f.enrolment.status is Status.ENROLLED]
    alerts = register.alerts_of(session, [f.child for f in placed], day)
    pictures = _pictures(session, placed, day)
    return BadgeSheet(
        head,
        tuple(
            Badge(
                f.child.name,
                f.child.name_latin,
                f.enrolment.number if f.enrolment else "",
                f.enrolment.group.name if f.enrolment and f.enrolment.group else "",
                badges.badge_code(season.id, f.child.id),
                alerts[f.child.id],
                pictures.get(f.child.id),
            )
            for f in placed
        ),
    )


def pickup_cards(
    session: Session, season: Season, head: Letterhead, child_ids: Sequence[int], day: date
) -> PickupCardSheet:
    """Return a card for every adult who may collect these children; valid until the season ends."""
    cards: list[PickupCard] = []
    files = [children.file(session, season, n) for n in child_ids]
    pictures = _pictures(session, files, day)
    for file in files:
        for adult, relation, kind, record_id in _collectors(file):
            code = badges.code(badges.Badge(kind, season.id, record_id))
            cards.append(
                PickupCard(
                    file.child.name, file.enrolment.number if file.enrolment else "", adult, relation, code,
                    season.last_day, pictures.get(file.child.id),
                )
            )  # fmt: skip
    return PickupCardSheet(head, tuple(cards))


def _collectors(file: ChildFile) -> Iterable[tuple[str, str, badges.Kind, int]]:
    barred = {p.name.casefold() for p in file.pickups if p.forbidden}
    for link in file.guardianships:
        if link.guardian.name.casefold() not in barred:
            yield link.guardian.name, _(link.relation.word), badges.Kind.GUARDIAN, link.id
    for adult in file.pickups:
        if not adult.forbidden and not adult.ended_on and not adult.only_on:
            yield adult.name, adult.relation, badges.Kind.PICKUP, adult.id


def _child(session: Session, season: Season, file: ChildFile) -> ChildFacts:
    child, enrolment = file.child, file.enrolment
    return ChildFacts(
        name=child.name,
        name_latin=child.name_latin or None,
        nickname=child.nickname or None,
        sex=_(child.sex.word) if child.sex else None,
        birth_date=child.birth_date,
        age=seasons.age_on(child.birth_date, season.first_day),
        language=child.speaks or None,
        school=child.school or None,
        lives_with=_("away from the parents") if child.left_behind else None,
        arrives=enrolment.first_day if enrolment else None,
        leaves=enrolment.last_day if enrolment else None,
        sleeps=child.sleeps_where or None,
        siblings=listed(s.name for s in children.siblings(session, child.id)) or None,
        photo=photos.of(session, child.id),
    )


def _parents(file: ChildFile) -> Iterable[ParentFacts]:
    for link in file.guardianships:
        worker = link.guardian.worker
        yield ParentFacts(
            name=link.guardian.name,
            relation=_(link.relation.word),
            worker_number=worker.number if worker else None,
            department=" ".join(p for p in (worker.department, worker.line) if p) or None if worker else None,
            shift=worker.shift or None if worker else None,
            phone=" / ".join(_phones(link.guardian.phone, link.guardian.phone2)) or None,
        )


def _phones(*numbers: str) -> tuple[str, ...]:
    return tuple(number for number in numbers if number)


def _hours(enrolment: Enrolment) -> str | None:
    days = weekdays.written(enrolment.weekdays)
    return "; ".join(p for p in (days, _("overtime evenings") if enrolment.evenings else "") if p) or None


def _health(child: Child, plan: CarePlan | None) -> HealthFacts:
    if plan is None:
        return HealthFacts(allergies=child.alert or None, insurance=child.insurance or None)
    return HealthFacts(
        allergies=child.alert or None,
        conditions=plan.conditions or None,
        medicine=plan.medicine or None,
        diet=plan.diet or None,
        support=plan.plan or None,
        habits=plan.habits or None,
        insurance=child.insurance or None,
    )


def _office(enrolment: Enrolment | None) -> OfficeFacts:
    if enrolment is None:
        return OfficeFacts()
    reason = f": {enrolment.left_reason}" if enrolment.left_reason else ""
    return OfficeFacts(
        received=enrolment.applied_on,
        decision=_(enrolment.status.word) + reason,
        group=enrolment.group.name if enrolment.group else None,
        number=enrolment.number or None,
    )


def _pictures(session: Session, files: Sequence[ChildFile], day: date) -> dict[int, bytes]:
    """Return the photos that may be shown: a photo is printed only as long as its use inside the space is agreed to."""
    since, shown = enrolments.renewed_after(session, day), ConsentPurpose.PHOTO_INTERNAL
    ids = [f.child.id for f in files if children.consents_to(f.consents, shown, day, since=since)]
    return {p.child_id: p.jpeg for p in session.scalars(select(Photo).where(Photo.child_id.in_(ids)))}


roles.guard(globals(), Right.FILES, {})
