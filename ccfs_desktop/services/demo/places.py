"""Who of the made-up children has a place since when, who left, who waits and who has just applied."""

from datetime import timedelta
from random import Random

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.enrolment import Criterion, Status
from ccfs_desktop.models.season import Group
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import seasons
from ccfs_desktop.services.demo.scene import ADMITTED, NOT_READY, PLACED, WAITING, Kid, Scene

_LATE_STARTERS, _PART_TIME, _LUNCHES_OUT = 9, 4, 5
_LEAVERS = ((14, "left_other", 6), (39, "left_home", 11), (63, "left_moved", -2))
"""Which child left, why, and after which open day."""


def give(scene: Scene, kids: list[Kid]) -> None:
    """Enter applications and places."""
    dice = scene.random("places")
    placed, others = kids[:PLACED], kids[PLACED:]
    _start(scene, dice, placed)
    _leave(scene, placed)
    for n, kid in enumerate(others):
        kid.enrolment.status = Status.WAITING if n < WAITING else Status.APPLIED
        kid.enrolment.applied_on = scene.today - timedelta(days=18 - 2 * n)
        kid.enrolment.first_day = scene.today
    for kid in kids:
        kid.enrolment.child_id = kid.child.id
        kid.enrolment.criteria = ",".join(_criteria(dice, kid))
    with scene.db.begin(N_("Enrol the children")) as session:
        scene.db.insert_many(session, [kid.enrolment for kid in kids])


def part(scene: Scene, kids: list[Kid]) -> None:
    """Two parents leave the factory while their children still come."""
    with scene.db.begin(N_("Import the worker list")) as session:
        for days, kid in ((1, kids[22]), (4, kids[47])):
            session.get_one(Worker, kid.workers[0]).left_on = scene.today - timedelta(days=days)


def _start(scene: Scene, dice: Random, placed: list[Kid]) -> None:
    """Give first days, then groups by age and numbers in the order of starting."""
    late = set(dice.sample(range(20, PLACED - NOT_READY), _LATE_STARTERS))
    for n, kid in enumerate(placed):
        first = scene.today if n >= PLACED - NOT_READY else scene.season.first_day
        if n in late:
            first = scene.past[dice.randrange(4, len(scene.past) - 3)]
        place = kid.enrolment
        place.status, place.first_day = Status.ENROLLED, first
        place.applied_on = first - timedelta(days=dice.randint(6, 24))
        place.group_id = _group(scene, kid).id
    for n, kid in enumerate(sorted(placed, key=lambda k: k.enrolment.first_day or scene.today), 1):
        kid.enrolment.number = f"{n:03d}"
    for kid in dice.sample(placed[:60], _PART_TIME):
        kid.enrolment.weekdays = scene.season.weekdays[::2]
    for kid in dice.sample(placed[:60], _LUNCHES_OUT):
        kid.lunches_out = True
    admitted = placed[ADMITTED].enrolment
    admitted.override_by, admitted.override_reason = scene.db.actor.user, scene.names.word("admitted")


def _leave(scene: Scene, placed: list[Kid]) -> None:
    for n, reason, day in _LEAVERS:
        place = placed[n].enrolment
        place.status, place.left_reason = Status.LEFT, scene.names.word(reason)
        place.first_day, place.last_day = scene.season.first_day, scene.past[day]


def _group(scene: Scene, kid: Kid) -> Group:
    age = seasons.age_on(kid.child.birth_date, scene.season.first_day)
    return next(g for g in scene.groups if age <= g.age_to)


def _criteria(dice: Random, kid: Kid) -> list[Criterion]:
    """Return what moves the application up, as far as the family shows it."""
    facts = {
        Criterion.HARDSHIP: dice.random() < 0.05,
        Criterion.SINGLE_PARENT: kid.single,
        Criterion.DUAL_WORKERS: len(kid.workers) == 2,
        Criterion.LEFT_BEHIND: kid.child.left_behind is True,
        Criterion.FRONT_LINE: True,
        Criterion.MIGRANT: kid.migrant,
    }
    return [criterion for criterion, is_so in facts.items() if is_so]
