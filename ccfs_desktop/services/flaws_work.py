"""Gaps in what is due: checks, drills and patrols that were missed, incidents, actions and medicine left open."""

from collections.abc import Iterator

from sqlalchemy import select

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.log import DoseOutcome, MedicineCourse, MedicineDose
from ccfs_desktop.services import (
    actions,
    check_doubts,
    check_schedule,
    drills,
    incident_list,
    medicine_due,
    patrols,
)
from ccfs_desktop.services.check_schedule import SLOTS, Due
from ccfs_desktop.services.flaws import Flaw, Ground, Way
from ccfs_desktop.services.incident_list import PAGE, State

_WATCHED = (DoseOutcome.GIVEN, DoseOutcome.VOMITED)


def checks_missed(ground: Ground) -> Iterator[Flaw]:
    """Return checks and drills whose time is over and that nobody made. Source: domain.md 3, and 3.6 for the drills."""
    gone = (check_schedule.Standing.MISSED, check_schedule.Standing.EXPLAINED)
    for due in check_schedule.read(ground.session, ground.season, ground.today):
        if due.standing in gone and due.due < ground.today and ground.within(due.due):
            yield _of_due(due)


def _of_due(due: Due) -> Flaw:
    told = _("{list} was due by {day} and was not made.")
    if due.slot:
        told = _("{list} ({which}) was due by {day} and was not made.")
    sentence = told.format(list=_(due.checklist.title), day=due.due, which=_(SLOTS.get(due.slot, due.slot)))
    return Flaw(
        "drill-missed" if due.checklist.code == drills.CODE else "check-missed", due.due, sentence, "safety",
        {"place": "due", "missed": due.key}, key=f"{due.checklist.code}-{due.slot}", way=Way.CHECK, about=due.key,
        word=due.missed.explanation if due.missed else "", by=due.missed.by if due.missed else "",
        stays=due.missed is not None,
    )  # fmt: skip


def checks_doubted(ground: Ground) -> Iterator[Flaw]:
    """Return checks that were begun and never signed, and signed ones that look filled in afterwards."""
    query = select(Check).where(Check.season_id == ground.season.id).order_by(Check.day, Check.id)
    every = ground.session.scalars(query).all()
    doubts = check_doubts.of_season(ground.session, ground.season, every)
    for check in every:
        if not ground.within(check.day):
            continue
        facts = {"list": _(check.title), "day": check.day}
        place = {"check": check.id}
        if not check.frozen:
            told = _("{list} of {day} was begun and is not signed.").format(**facts)
            yield Flaw("check-unsigned", check.day, told, "safety", place, key=str(check.id), who=check.started_by)
        if check.id in doubts:
            told = _("{list} of {day}: {doubts}").format(**facts, doubts=" ".join(doubts[check.id]))
            yield Flaw("check-doubt", check.day, told, "safety", place, key=str(check.id), who=check.signed_name)


def patrols_missed(ground: Ground) -> Iterator[Flaw]:
    """Return patrols nobody walked, and patrols whose children are not described. Source: domain.md 5.2 (1), 8.9."""
    place = {"place": "patrols", "part": "log"}
    gone = (patrols.Standing.MISSED, patrols.Standing.EXPLAINED)
    for due in patrols.due(ground.session, ground.first, ground.until):
        if due.standing in gone and due.day < ground.today:
            told = _("The patrol “{name}” of {day} was not walked.").format(name=due.round.name, day=due.day)
            yield Flaw(
                "patrol-missed", due.day, told, "safety", place | {"day": due.day}, key=str(due.round.id),
                way=Way.PATROL, about=due.key, word=due.missed.explanation if due.missed else "",
                by=due.missed.by if due.missed else "", stays=due.missed is not None,
            )  # fmt: skip
    log = patrols.log(ground.session, ground.first, ground.until)
    lacking = patrols.not_described(ground.session, log)
    for one in log:
        if n := lacking.get(one.id):
            told = ngettext(
                "{n} child was seen on the patrol of {day} and is not described.",
                "{n} children were seen on the patrol of {day} and are not described.",
                n,
            ).format(n=n, day=one.day)
            yield Flaw(
                "patrol-not-described", one.day, told, "safety", place | {"day": one.day}, key=str(one.id),
                who=one.walked_by,
            )  # fmt: skip


def incidents(ground: Ground) -> Iterator[Flaw]:
    """Return incidents that are not signed, and those of which parents were not informed; nobody is named."""
    for row in incident_list.rows(ground.session, ground.season):
        if row.state is State.DISCARDED or not ground.within(row.day):
            continue
        place, facts = {"incident": row.id}, {"number": row.number, "day": row.day, "n": row.waiting}
        if row.state in (State.DRAFT, State.UNSIGNED):
            told = _("Incident {number} of {day} is not signed.").format(**facts)
            yield Flaw("incident-unsigned", row.day, told, PAGE, place, key=str(row.id), who=row.reported_by)
        if row.waiting:
            told = ngettext(
                "Incident {number}, {day}: the parents of {n} child are not informed.",
                "Incident {number}, {day}: the parents of {n} children are not informed.",
                row.waiting,
            ).format(**facts)
            yield Flaw("parents-not-told", row.day, told, PAGE, place, key=str(row.id))


def actions_overdue(ground: Ground) -> Iterator[Flaw]:
    """Return corrective actions whose day has passed and that nobody says are done."""
    for action in sorted(actions.every(ground.session, ground.season), key=lambda a: (a.due, a.id)):
        if actions.is_overdue(action, ground.today) and ground.within(action.due):
            told = _("{number} was due on {day}: {finding}").format(
                number=action.number, day=action.due, finding=action.finding
            )
            yield Flaw("action-overdue", action.due, told, PAGE, {"action": action.id}, key=str(action.id),
                       who=action.owner)  # fmt: skip


def doses(ground: Ground) -> Iterator[Flaw]:
    """Return doses given without a witness, and doses never entered although the child was here; no medicine is named.

    Source: domain.md 2.9: given by a named person with a witness, logged at once.
    """
    query = (
        select(MedicineDose, Child.name, Child.id)
        .join(MedicineCourse, MedicineCourse.id == MedicineDose.course_id)
        .join(Child, Child.id == MedicineCourse.child_id)
        .where(
            MedicineCourse.season_id == ground.season.id, MedicineDose.day.between(ground.first, ground.until),
            MedicineDose.outcome.in_(_WATCHED), MedicineDose.witness == "",
        )
        .order_by(MedicineDose.day, MedicineDose.id)
    )  # fmt: skip
    for dose, name, child_id in ground.session.execute(query):
        told = _("{name}: a dose of {day} was given without a witness.").format(name=name, day=dose.day)
        place = {"place": "medicine", "course": dose.course_id, "day": dose.day}
        yield Flaw("dose-no-witness", dose.day, told, "safety", place, key=str(dose.id), who=name, child_id=child_id)
    for due in medicine_due.never_entered(ground.session, ground.season, ground.first, ground.until):
        told = _("{name}: the dose of {time} on {day} is not entered.").format(
            name=due.child, time=f"{due.planned:%H:%M}", day=due.day
        )
        place = {"place": "medicine", "course": due.course.id, "day": due.day, "planned": due.planned}
        yield Flaw(
            "dose-missing", due.day, told, "safety", place, key=f"{due.course.id}-{due.planned:%H%M}", who=due.child,
            child_id=due.child_id,
        )  # fmt: skip
