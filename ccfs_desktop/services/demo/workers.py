"""The made-up factory's 2,180 workers."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import workers
from ccfs_desktop.services.demo.names import Name
from ccfs_desktop.services.demo.scene import Scene

COUNT = 2_180
NUMBER_WIDTH = 5
_WOMEN = 0.62
_LEFT = 0.012
# Share of the workers and number of lines of each department, in the order of the names' files.
_SHARES = (13, 9, 18, 7, 21, 13, 6, 5, 4, 4)
_LINES = (4, 2, 6, 2, 8, 4, 0, 0, 0, 0)


@dataclass(frozen=True)
class Employed:
    """A worker with the parts of the name."""

    worker: Worker
    name: Name


def hire(scene: Scene) -> list[Employed]:
    """Enter the workers, as an import of the factory's list does."""
    dice = scene.random("workers")
    number, staff = 100, list[Employed]()
    for n in range(COUNT):
        number += dice.choice((1, 1, 1, 2, 3))
        staff.append(_worker(scene, dice, n, number))
    _supervise([e.worker for e in staff])
    with scene.db.begin(N_("Import the worker list")) as session:
        scene.db.insert_many(session, [e.worker for e in staff])
    return staff


def _worker(scene: Scene, dice: Random, n: int, number: int) -> Employed:
    names = scene.names
    sex = Sex.FEMALE if dice.random() < _WOMEN else Sex.MALE
    name = names.adult(sex)
    department = dice.choices(range(len(_SHARES)), _SHARES)[0]
    lines = _LINES[department]
    line = names.text("line").format(n=dice.randint(1, lines)) if lines else ""
    # Numbers were given in order, so a low one means many years.
    service = int((1 - n / COUNT) ** 2 * 4_000) + dice.randint(3, 60)
    left = dice.random() < _LEFT
    migrant = dice.random() < 0.7
    worker = Worker(
        number=f"{number:0{NUMBER_WIDTH}d}",
        name=name.native,
        name_latin=name.latin,
        sex=sex,
        hired_on=scene.season.first_day - timedelta(days=service),
        department=names.texts("departments")[department],
        line=line,
        shift=names.texts("shifts")[dice.choices((0, 1, 2), (6, 2, 2))[0] if lines else 0],
        origin=dice.choice(names.texts("towns")),
        migrant=migrant,
        phone=names.phone(),
        left_on=scene.today - timedelta(days=dice.randint(1, 40)) if left else None,
    )
    workers.prepare(worker)
    return Employed(worker, name)


def _supervise(staff: list[Worker]) -> None:
    """The longest-serving of a line leads it."""
    leaders: dict[tuple[str, str], Worker] = {}
    for worker in staff:
        if worker.line and worker.left_on is None:
            leader = leaders.setdefault((worker.department, worker.line), worker)
            worker.supervisor_number = "" if leader is worker else leader.number
