"""The made-up families: children, guardians that siblings share, and who else may collect them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import BirthPrecision, Child, Contact, Guardian, Guardianship, PickupAdult, Relation
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.worker import Sex
from ccfs_desktop.services import searching, seasons
from ccfs_desktop.services.demo.names import Name
from ccfs_desktop.services.demo.scene import WITHOUT_PLACE, Kid, Scene
from ccfs_desktop.services.demo.workers import Employed

# Age when the season begins → children with a place: 25, 28 and 27 in the three groups.
_AGES = {3: 5, 4: 9, 5: 11, 6: 10, 7: 9, 8: 9, 9: 8, 10: 7, 11: 5, 12: 4, 13: 3}
_SIZES, _SIZE_WEIGHTS = (1, 2, 3), (70, 25, 5)
_OTHERS = {"grandmother": Sex.FEMALE, "grandfather": Sex.MALE, "aunt": Sex.FEMALE, "uncle": Sex.MALE}


@dataclass
class _Family:
    """The adults of one home, and its habits."""

    father: Name
    guardians: list[tuple[Guardian, Relation]]
    numbers: list[str]
    """Worker numbers of the parents."""
    migrant: bool
    other: PickupAdult
    """Grandmother, uncle …: may collect the children, and is called in an emergency."""
    sleeps: str
    comes: int
    goes: int
    absent: float
    kids: list[Kid] = field(default_factory=list[Kid])


def register(scene: Scene, staff: list[Employed]) -> list[Kid]:
    """Enter the families as an import of the registration list does; those with a place come first."""
    dice = scene.random("families")
    families = _families(scene, dice, staff)
    kids = [(family, kid.child) for family in families for kid in family.kids]
    with scene.db.begin(N_("Import the children's registration")) as session:
        scene.db.insert_many(session, [guardian for f in families for guardian, _relation in f.guardians])
        scene.db.insert_many(session, [child for _family, child in kids])
        scene.db.insert_many(session, [link for family, child in kids for link in _links(family, child)])
        scene.db.insert_many(session, [_may_collect(family, child, dice) for family, child in kids])
        scene.db.insert_many(session, [_contact(family, child) for family, child in kids])
    return [kid for family in families for kid in family.kids]


def _families(scene: Scene, dice: Random, staff: list[Employed]) -> list[_Family]:
    """Draw families until all children have one; two of the children are twins."""
    pool = {sex: [e for e in staff if e.worker.sex is sex and e.worker.line and not e.worker.left_on] for sex in Sex}
    for employed in pool.values():
        dice.shuffle(employed)
    families: list[_Family] = []
    for births in _births(scene, dice):
        while births:
            family = _family(scene, dice, pool)
            size = min(dice.choices(_SIZES, _SIZE_WEIGHTS)[0], len(births))
            family.kids = [_kid(scene, dice, family, born) for born in sorted(births.pop() for _n in range(size))]
            families.append(family)
    older, younger = next(f.kids for f in families if len(f.kids) == 2)
    younger.child.birth_date = older.child.birth_date
    return families


def _births(scene: Scene, dice: Random) -> tuple[list[date], list[date]]:
    """Draw birth dates: with a place, and without. One birthday is today, one the day after tomorrow."""
    first = scene.season.first_day
    placed = [age for age, n in _AGES.items() for _n in range(n)]
    others = [dice.randint(3, 12) for _n in range(WITHOUT_PLACE)]
    births, waiting = (
        [_years_before(first, age) - timedelta(days=dice.randint(70, 360)) for age in ages] for ages in (placed, others)
    )
    births[len(births) // 3] = _years_before(scene.today, 6)
    births[len(births) // 2] = _years_before(scene.today + timedelta(days=2), 8)
    dice.shuffle(births)
    return births, waiting


def _years_before(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def _family(scene: Scene, dice: Random, pool: dict[Sex, list[Employed]]) -> _Family:
    names = scene.names
    kind = dice.choices(("both", "mother", "father"), (35, 42, 23))[0]
    mother = pool[Sex.FEMALE].pop() if kind != "father" else None
    father = pool[Sex.MALE].pop() if kind != "mother" else None
    fathers_name = father.name if father else names.adult(Sex.MALE)
    workers = [(e, r) for e, r in ((mother, Relation.MOTHER), (father, Relation.FATHER)) if e]
    guardians = [
        (Guardian(worker_id=e.worker.id, name=e.worker.name, phone=e.worker.phone), relation) for e, relation in workers
    ]
    if kind == "mother" and dice.random() < 0.5:
        guardians.append((Guardian(name=fathers_name.native, phone=names.phone()), Relation.FATHER))
    if kind == "father":
        guardians.append((Guardian(name=names.adult(Sex.FEMALE).native, phone=names.phone()), Relation.MOTHER))
    other = dice.choice(list(_OTHERS))
    return _Family(
        father=fathers_name,
        guardians=guardians,
        numbers=[e.worker.number for e, _relation in workers],
        migrant=any(e.worker.migrant for e, _relation in workers),
        other=PickupAdult(
            child_id=0, name=names.adult(_OTHERS[other]).native, relation=names.relation(other), phone=names.phone()
        ),
        sleeps=dice.choice(names.texts("sleeps")),
        comes=int(dice.triangular(3, 62, 22)),
        goes=int(dice.triangular(3, 48, 20)),
        absent=dice.choices((0.03, 0.08, 0.3), (72, 23, 5))[0],
    )


def _kid(scene: Scene, dice: Random, family: _Family, born: date) -> Kid:
    names = scene.names
    sex = dice.choice((Sex.FEMALE, Sex.MALE))
    name = names.child(sex, family.father)
    age = seasons.age_on(born, scene.season.first_day)
    child = Child(
        name=name.native,
        name_latin=name.latin,
        sex=sex,
        birth_date=born,
        birth_precision=dice.choices(list(BirthPrecision), (94, 4, 2))[0],
        left_behind=dice.choices((True, False, None), (62, 30, 8))[0],
        sleeps_where=family.sleeps,
        speaks=names.text("speaks"),
        school=names.texts("schools")[0 if age < 6 else 1 if age < 12 else 2],
    )
    parents = [guardian.name for guardian, _relation in family.guardians]
    phones = [guardian.phone for guardian, _relation in family.guardians]
    searching.index(child, *parents, codes=(*family.numbers, *phones))
    return Kid(
        child=child,
        enrolment=Enrolment(season_id=scene.season.id, child_id=0),
        adults=[*parents, family.other.name],
        workers=[guardian.worker_id for guardian, _relation in family.guardians if guardian.worker_id],
        single=len(parents) == 1,
        migrant=family.migrant,
        comes=family.comes,
        goes=family.goes,
        absent=family.absent,
    )


def _links(family: _Family, child: Child) -> list[Guardianship]:
    return [
        Guardianship(child_id=child.id, guardian_id=guardian.id, relation=relation)
        for guardian, relation in family.guardians
    ]


def _may_collect(family: _Family, child: Child, dice: Random) -> PickupAdult:
    other, tail = family.other, f"{dice.randrange(10_000):04d}"
    return PickupAdult(child_id=child.id, name=other.name, relation=other.relation, phone=other.phone, id_tail=tail)


def _contact(family: _Family, child: Child) -> Contact:
    other = family.other
    return Contact(child_id=child.id, name=other.name, relation=other.relation, phone=other.phone)
