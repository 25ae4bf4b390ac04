"""The demonstration: a toy factory of made-up people with a whole season behind and before it, made from a seed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from ccfs_desktop import clock, i18n
from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.season import CalendarDay, Season
from ccfs_desktop.services import offices, seasons
from ccfs_desktop.services.demo import (
    actions,
    checks,
    concerns,
    days,
    families,
    files,
    incidents,
    logs,
    medicine,
    patrols,
    places,
    roster,
    staff,
    workers,
)
from ccfs_desktop.services.demo.names import Names
from ccfs_desktop.services.demo.scene import Scene

CAPACITY = 78
_GROUP_SIZES = (24, 28, 26)
_WEEKS_BEHIND, _WEEKS = 5, 8  # eight weeks, as in the summer of 2017
_PEOPLE = 5
"""Steps before the days: the office, workers, families, papers, rosters."""


def build(
    folder: Path,
    *,
    language: str = "zh_CN",
    seed: int = 2017,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Database:
    """Make a demonstration office and open it.

    The same seed, language and day make the same people and the same days. The season began five weeks before
    ``today`` and ends weeks after it, so that the day is alive.

    Args:
        folder: made when missing; must not hold an office yet.
        language: whose names and words it has; one of ``i18n.LANGUAGES``.
        seed: another seed makes other people.
        today: the day that is half done.
        progress: told (done, total).

    Raises:
        UserError: the folder holds an office already, or is not a safe place for one.
    """
    day = today or clock.today()
    with i18n.use(language):
        scene = _open(folder, Names(language, seed), seed, day)
        steps = _Steps(progress, len(scene.past) + _PEOPLE)
        steps.done()
        employed = workers.hire(scene)
        staff.appoint(scene)
        steps.done()
        kids = families.register(scene, employed)
        places.give(scene, kids)
        steps.done()
        files.complete(scene, kids)
        steps.done()
        roster.plan(scene)
        steps.done()
        diary = days.Diary(scene, kids)
        for n in range(len(scene.past)):
            diary.keep(n)
            steps.done()
        places.part(scene, kids)
        diary.begin_today()
        checks.go_through(scene, kids)
        actions.follow(scene)
        concerns.report(scene, kids)
        patrols.walk(scene, employed, kids)
        incidents.happen(scene, kids)
        medicine.keep(scene, kids)
        logs.keep(scene, kids)
    return scene.db


def _open(folder: Path, names: Names, seed: int, today: date) -> Scene:
    """Make the office, its season and its rooms."""
    first = today - timedelta(days=today.weekday() + 7 * _WEEKS_BEHIND)
    db = offices.create_demo(
        folder,
        factory=names.native("factory"),
        name_latin=names.latin("factory"),
        country=names.text("country"),
        season=names.text("season").format(year=today.year),
        first_day=first,
        last_day=first + timedelta(days=7 * _WEEKS - 3),
        capacity=CAPACITY,
        languages=names.text("paper"),
    )
    with db.begin(N_("Set up the season")) as session:
        office, season = offices.factory(session), seasons.current(session, today)
        office.space, office.address = names.text("space"), names.text("address")
        office.phone, office.number_width = names.phone(), workers.NUMBER_WIDTH
        groups = seasons.groups(session, season)
        for group, size, room in zip(groups, _GROUP_SIZES, names.texts("rooms"), strict=True):
            group.size, group.room = size, room
        _change_calendar(names, season, set(seasons.calendar(session, season)), session.add)
    with db.read() as session:
        return Scene(db, names, seed, today, office, season, groups, seasons.open_days(session, season))


def _change_calendar(names: Names, season: Season, taken: set[date], add: Callable[[CalendarDay], None]) -> None:
    """Close a day in the second week, and open on the free day after it instead."""
    closed = season.first_day + timedelta(days=9)
    week = (closed + timedelta(days=n) for n in range(1, 7))
    instead = next(day for day in week if str(day.isoweekday()) not in season.weekdays)
    if not taken & {closed, instead}:
        add(CalendarDay(season_id=season.id, day=closed, open=False, reason=names.word("closed_day")))
        add(CalendarDay(season_id=season.id, day=instead, open=True, reason=names.word("make_up_day")))


class _Steps:
    """Counts what is done."""

    def __init__(self, progress: Callable[[int, int], None] | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def done(self) -> None:
        """Tell that one more step is done."""
        self._done += 1
        if self._progress:
            self._progress(self._done, self._total)
