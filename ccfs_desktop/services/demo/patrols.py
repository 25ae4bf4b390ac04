"""The made-up patrols of the season, of the three months before, and of last year: few children, one without action."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.patrol import (
    Doing,
    FoundBy,
    MissedPatrol,
    Patrol,
    PatrolRound,
    Sighting,
    SightingAction,
)
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import patrols_plan, patrols_trend, sightings
from ccfs_desktop.services.demo import actions
from ccfs_desktop.services.demo.scene import Kid, Scene
from ccfs_desktop.services.demo.workers import Employed

_AREAS = (0, 1, 2, 4, 5)
"""Which of the factory's departments are walked."""
_WALKERS = (40, 75, 120)
"""Who walks, among the workers."""
_QUIET_WEEK = 2
"""In this week of the season no weekly check was made; a patrol was missed and a child was seen."""
_SEEN = {-1: (9, 60, 84, 88, 93, 97, 101, 106, 118, 124, 150), 0: (11, 47, 96)}
"""Year → on which patrols, counted from the first, a child was seen."""
_ACTIONS = (SightingAction.TO_SPACE, SightingAction.TO_PARENT, SightingAction.SENT_HOME)


def quiet_days(scene: Scene) -> list[date]:
    """Return the days of the quiet week; on its last a child is seen, which its closing check counts."""
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in scene.past))
    return [day for day in scene.past if day.isocalendar()[:2] == weeks[_QUIET_WEEK]]


@dataclass
class _Year:
    """The patrols of one year's months."""

    rounds: list[PatrolRound]
    walked: list[Patrol]


def walk(scene: Scene, employed: Sequence[Employed], kids: Sequence[Kid]) -> None:
    """Enter the plan, the log, what was missed, and the children who were found."""
    walker = _Walker(scene, employed, kids)
    with scene.db.begin(N_("Enter patrols"), final=True) as session:
        years: dict[int, _Year] = {}
        for shift in (-1, 0):
            rounds = walker.rounds(shift)
            session.add_all(rounds)
            session.flush()
            days = patrols_plan.days(session, rounds, rounds[0].first_day, rounds[0].last_day or scene.today)
            years[shift] = _Year(rounds, list(walker.log(shift, rounds, days)))
            scene.db.insert_many(session, years[shift].walked)
        found = [one for shift, year in years.items() for one in walker.found(shift, year)]
        scene.db.insert_many(session, found)
        scene.db.insert_many(session, list(walker.missed(years[0])))
        acted = [one for one in found if one.patrol_id and scene.season.first_day <= one.day]
        for one in acted:
            action = sightings.begin_action(session, scene.season, one.id, by=scene.db.actor.user)
            action.made_at = datetime.combine(one.day, time(16, 40))
            actions.settle_found(scene, session, action)


class _Walker:
    """Walks as the made-up guards did."""

    def __init__(self, scene: Scene, employed: Sequence[Employed], kids: Sequence[Kid]) -> None:
        self._scene, self._employed, self._kids = scene, employed, kids
        self._dice = scene.random("patrols")
        departments = scene.names.texts("departments")
        self._areas = [departments[n] for n in _AREAS]
        self._months = [month for _phase, month in patrols_trend.spread(scene.season.first_day, scene.season.last_day)]
        quiet = quiet_days(scene)
        self._there: dict[date, set[int]] = defaultdict(set)
        """Who was in the space on a day, and so nowhere else."""
        with scene.db.read() as session:
            for day, child_id in session.execute(select(Visit.day, Visit.child_id)):
                self._there[day].add(child_id)
        self._missed_on, self._seen_on = quiet[1], quiet[-1]

    def rounds(self, shift: int) -> list[PatrolRound]:
        """Return last year's one patrol a day, or the two of this year."""
        word, first = self._scene.names.word, self._months[0]
        areas = "\n".join(self._areas)
        if shift:
            last = self._months[-1].replace(year=self._months[-1].year - 1) + timedelta(days=30)
            began = first.replace(year=first.year - 1)
            name = word("patrol_daily")
            return [PatrolRound(name=name, areas=areas, at=time(10), first_day=began, last_day=last)]
        times = (("patrol_morning", time(9, 30)), ("patrol_afternoon", time(15)))
        return [PatrolRound(name=word(key), areas=areas, at=at, first_day=first) for key, at in times]

    def log(
        self, shift: int, rounds: Sequence[PatrolRound], days: dict[int, list[date]]
    ) -> Iterator[Patrol]:  # fmt: skip
        """Yield every patrol, oldest first."""
        today = self._scene.today
        planned = sorted((day, one.at or time(), one.id) for one in rounds for day in days[one.id] if day <= today)
        for n, (day, at, round_id) in enumerate(planned):
            if (day, at) in ((today, time(15)), (self._missed_on, time(15)), (self._yesterday, time(15))):
                continue
            begun = datetime.combine(day, at) + timedelta(minutes=self._dice.randint(-4, 9))
            left = self._dice.choice(self._areas) if n % 37 == 20 else ""
            seen = n in _SEEN[shift] if day < self._scene.season.first_day else day == self._seen_on and at == time(15)
            reason = self._scene.names.word("patrol_left").format(area=left) if left else ""
            yield Patrol(
                round_id=round_id, day=day, started=begun.time(),
                ended=(begun + timedelta(minutes=self._dice.randint(14, 26))).time(),
                areas="\n".join(area for area in self._areas if area != left), not_walked=reason, seen=int(seen),
                walked_by=self._employed[_WALKERS[n % len(_WALKERS)]].worker.name, signed=True,
                entered_by=self._scene.db.actor.user, entered_at=begun + timedelta(hours=1),
            )  # fmt: skip

    def found(self, shift: int, year: _Year) -> Iterator[Sighting]:
        """Yield the child of every patrol that saw one, and one a supervisor found and nobody has acted on."""
        for n, patrol in enumerate(one for one in year.walked if one.seen):
            kid = self._kids[(7 * n) % len(self._kids)] if n % 2 else None
            if kid and kid.child.id in self._there[patrol.day]:
                known = [self._kids[(7 * n) % len(self._kids)] for n in range(1, 11, 2)]
                kid = next((one for one in (*known, *self._kids) if one.child.id not in self._there[patrol.day]), None)
            at = datetime.combine(patrol.day, patrol.started or time()) + timedelta(minutes=5)
            yield self._sighting(patrol.day, at.time(), n, FoundBy.PATROL, kid, patrol)
        if not shift:
            day = max(d for d in self._scene.open_days if d <= self._scene.today)
            kid = next(one for one in self._kids[14:] if one.child.id not in self._there[day])
            yield self._sighting(day, time(8, 40), 2, FoundBy.SUPERVISOR, kid, None)

    def missed(self, year: _Year) -> Iterator[MissedPatrol]:
        """Yield the word for the patrol that was missed in the quiet week; yesterday's has none yet."""
        yield MissedPatrol(
            round_id=year.rounds[-1].id, day=self._missed_on, explanation=self._scene.names.word("patrol_missed"),
            by=self._scene.db.actor.user, at=datetime.combine(self._missed_on + timedelta(days=1), time(8, 20)),
        )  # fmt: skip

    @property
    def _yesterday(self) -> date | None:
        """The open day before today, where it lies in the same week, whose weekly check is still to come."""
        past = self._scene.past[-1:]
        same = [day for day in past if day.isocalendar()[:2] == self._scene.today.isocalendar()[:2]]
        return same[0] if same else None

    def _sighting(
        self, day: date, at: time, n: int, found_by: FoundBy, kid: Kid | None, patrol: Patrol | None
    ) -> Sighting:  # fmt: skip
        word = self._scene.names.word
        finder = patrol.walked_by if patrol else self._employed[_WALKERS[0]].worker.name
        return Sighting(
            day=day, at=at, area=self._areas[n % len(self._areas)], patrol_id=patrol.id if patrol else None,
            child_id=kid.child.id if kid else None, worker_id=kid.workers[0] if kid and kid.workers else None,
            age_guess=None if kid else 6 + n % 5, doing=list(Doing)[n % 3], minutes=5 * (1 + n % 4),
            found_by=found_by, finder=finder, hazard=word("sighting_hazard"), action=_ACTIONS[n % 3],
            parent_talk=word("sighting_talk"), entered_by=self._scene.db.actor.user,
            entered_at=datetime.combine(day, at) + timedelta(hours=1),
        )  # fmt: skip
