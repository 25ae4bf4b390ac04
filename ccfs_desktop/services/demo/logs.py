"""The made-up logs: visitors, one of them in now; the first drill; lunches; a first-aid kit that needs something."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, CheckAnswer
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.log import Drill, FirstAidUse, FoodEntry, KitItem, Visitor
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import drills, food, kit, present
from ccfs_desktop.services.demo.scene import Kid, Scene

DRILL_AT = time(10, 5)
"""The first drill of the season, on its second open day."""
_SECONDS = 128
_LATE_CHILD = 7
_VISITS = ((-3, "brand", time(9, 40), time(11, 25)), (-6, "fitter", time(13, 10), time(14, 5)))
"""Open days back from today's morning, who, from when to when."""
_SERVED = 4
"""So many allergies at most were minded at a lunch."""
_NOW = ("district", time(7, 50))
EXPIRES_IN = 18
"""Days until one content of the kit runs out; the others keep for years."""
_RUNS_OUT, _SHORT = 4, 6
"""The antiseptic wipes, and the cold packs."""


def keep(scene: Scene, kids: Sequence[Kid]) -> None:
    """Enter everything at once; a kit in use for five weeks, and what was taken out of it."""
    dice = scene.random("logs")
    with scene.db.begin(N_("Keep the logs"), final=True) as session:
        team = session.scalars(select(Staff).order_by(Staff.id)).all()
        host = next((person.name for person in team if person.role is StaffRole.COORDINATOR), scene.db.actor.user)
        head = next((person.name for person in team if person.role is StaffRole.HEAD_TEACHER), scene.db.actor.user)
        scene.db.insert_many(session, list(_visitors(scene, host)))
        scene.db.insert_many(session, list(_lunches(scene, session, kids, head)))
        scene.db.insert_many(session, list(_kit(scene, dice, head)))
        scene.db.insert_many(session, list(_first_aid(scene, kids, head)))
        if drill := _drill(scene, session, kids, head):
            scene.db.insert_many(session, [drill])


def _visitors(scene: Scene, host: str) -> Iterator[Visitor]:
    for back, who, came, left in _VISITS:
        yield _visitor(scene, scene.past[back], who, came, host, left=left, gone=True)
    if scene.today in scene.open_days:
        who, came = _NOW
        yield _visitor(scene, scene.today, who, came, host)


def _visitor(
    scene: Scene, day: date, who: str, came: time, host: str, *, left: time | None = None, gone: bool = False
) -> Visitor:  # fmt: skip
    word = scene.names.word
    return Visitor(
        season_id=scene.season.id, day=day, name=scene.names.adult(Sex.FEMALE).native, host=host,
        organisation=word(f"visit_from_{who}"), purpose=word(f"visit_{who}"), id_seen=True, rules_read=True,
        came=came, left=left, gone=gone,
    )  # fmt: skip


def _lunches(scene: Scene, session: Session, kids: Sequence[Kid], by: str) -> Iterator[FoodEntry]:
    """Yield a lunch for every past day, as hot as the check of that meal says."""
    query = select(Check.day, CheckAnswer.numbers).join(CheckAnswer, CheckAnswer.check_id == Check.id)
    hot = {day: int(numbers) * 10 for day, numbers in session.execute(query.where(CheckAnswer.item == "FOD03"))}
    menus, alerts = scene.names.texts("menus"), {c.id: c.alert for c in session.scalars(select(Child))}
    for n, day in enumerate(scene.past):
        gone = day + food.SAMPLE_KEPT
        yield FoodEntry(
            season_id=scene.season.id, day=day, meal="Lunch", menu=menus[n % len(menus)],
            supplier=scene.names.word("canteen"), tenths=hot.get(day), sample_kept=True,
            sample_gone_on=gone if gone < scene.today else None, allergies=_allergies(kids, alerts, day), signed_by=by,
        )  # fmt: skip


def _allergies(kids: Sequence[Kid], alerts: Mapping[int, str], day: date) -> str:
    told = [f"{k.child.name}: {alerts[k.child.id]}" for k in kids if alerts[k.child.id] and k.expected(day)]
    return "; ".join(told[:_SERVED])


def _kit(scene: Scene, dice: Random, by: str) -> Iterator[KitItem]:
    counted = scene.past[-3]
    for n, (text, wanted) in enumerate(kit.contents()):
        keeps = timedelta(days=EXPIRES_IN if n == _RUNS_OUT else dice.randint(300, 900))
        count = wanted - 1 if n == _SHORT else wanted + dice.randint(0, 3)
        yield KitItem(
            kit=_("First-aid kit"), item=text, wanted=wanted, count=count, expires=scene.today + keeps,
            checked_on=counted, checked_by=by,
        )  # fmt: skip


def _first_aid(scene: Scene, kids: Sequence[Kid], by: str) -> Iterator[FirstAidUse]:
    plasters, gauze = (_(text) for text, _wanted in kit.contents()[:2])
    for back, n, at, injury, items in (
        (-4, 12, time(11, 40), "aid_knee", f"1 × {plasters}, 1 × {gauze}"),
        (-9, 30, time(10, 45), "aid_finger", f"1 × {plasters}"),
    ):  # fmt: skip
        yield FirstAidUse(
            season_id=scene.season.id, day=scene.past[back], at=at, child_id=kids[n].child.id,
            injury=scene.names.word(injury), items=items, by=by,
        )  # fmt: skip


def _drill(scene: Scene, session: Session, kids: Sequence[Kid], by: str) -> Drill | None:
    """Return the first drill, whose check is signed already; one child was counted late."""
    query = select(Check).where(Check.season_id == scene.season.id, Check.code == drills.CODE).order_by(Check.id)
    check = session.scalars(query).first()
    if check is None:
        return None
    there = present.read(session, scene.season, check.day, DRILL_AT)
    late = there.children[min(_LATE_CHILD, len(there.children) - 1)].name if there.children else kids[0].child.name
    return Drill(
        season_id=scene.season.id, check_id=check.id, day=check.day, at=DRILL_AT, seconds=_SECONDS,
        children_register=len(there.children), children_counted=len(there.children),
        adults_register=len(there.adults), adults_counted=len(there.adults), visitors_counted=0,
        missing=scene.names.word("drill_late").format(name=late), leader=by,
        problems=scene.names.word("check_drill_problem"),
    )  # fmt: skip
