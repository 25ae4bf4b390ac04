"""When the made-up children come and go, and when they stay away."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from ccfs_desktop.models.visit import Absence, AbsenceReason, Visit
from ccfs_desktop.services.demo.scene import Kid, Scene
from ccfs_desktop.services.seasons import Hours

# Reason → how often, how many days at most, whether announced, what is written down.
_REASONS = (
    (AbsenceReason.SICK, 48, 3, False, "fever"),
    (AbsenceReason.FAMILY, 16, 2, True, "family_party"),
    (AbsenceReason.HOLIDAY, 10, 5, True, "journey"),
    (AbsenceReason.TRANSPORT, 6, 1, False, "bus"),
    (AbsenceReason.OTHER, 8, 1, True, "dentist"),
    (AbsenceReason.UNKNOWN, 12, 1, False, ""),
)


def absences(scene: Scene, dice: Random, kid: Kid) -> Iterator[Absence]:
    """Draw when a child stays away before today; no two absences overlap."""
    days = iter(day for day in scene.past if kid.expected(day))
    for day in days:
        if dice.random() >= kid.absent:
            continue
        reason, _often, longest, planned, word = dice.choices(_REASONS, [r[1] for r in _REASONS])[0]
        length = dice.randint(1, longest)
        away = [day, *(d for d, _n in zip(days, range(length - 1), strict=False))]
        yield Absence(
            child_id=kid.child.id,
            season_id=scene.season.id,
            first_day=day,
            last_day=away[-1],
            reason=reason,
            planned=planned,
            note=scene.names.word(word) if word else "",
        )


class Doors:
    """One day at the door."""

    def __init__(self, scene: Scene, hours: Hours, day: date, dice: Random) -> None:
        """Keep the day."""
        self._scene, self._hours, self._day, self._dice = scene, hours, day, dice
        self._delays: dict[str, tuple[int, int]] = {}

    def visits(self, kid: Kid) -> list[Visit]:
        """Return the visits of a child who comes: one, or two around lunch with a parent."""
        dice = self._dice
        late, early = self._delays.setdefault(kid.adults[0], (round(dice.gauss(0, 4)), round(dice.gauss(0, 5))))
        comes = self.after_opening(min(max(kid.comes + late, 0), 80))
        goes = self._moment(self._hours.closes, -min(max(kid.goes + early, 0), 60))
        if not kid.lunches_out:
            return [self._visit(kid, comes, goes)]
        out = self._moment(time(11, 30), dice.randint(0, 9))
        back = self._moment(time(12, 45), dice.randint(0, 14))
        return [self._visit(kid, comes, out), self._visit(kid, back, goes)]

    def after_opening(self, minutes: int) -> time:
        """Return a time of the morning."""
        return self._moment(self._hours.opens, minutes)

    def _visit(self, kid: Kid, arrived: time, departed: time) -> Visit:
        dice, usual = self._dice, kid.adults[0]
        return Visit(
            child_id=kid.child.id,
            season_id=self._scene.season.id,
            day=self._day,
            arrived=arrived,
            brought_by=usual if dice.random() < 0.85 else dice.choice(kid.adults),
            signed_out=True,
            departed=departed,
            collected_by=usual if dice.random() < 0.65 else dice.choice(kid.adults),
        )

    def _moment(self, start: time, minutes: int) -> time:
        return (datetime.combine(self._day, start) + timedelta(minutes=minutes)).time()
