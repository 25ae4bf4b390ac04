"""The shifts a factory uses, and what the next season takes over."""

from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid
from ccfs_desktop.models.roster import ShiftPattern
from ccfs_desktop.models.season import RatioMode, Season
from ccfs_desktop.services import patterns, seasons
from tests import spaces


def _pattern(season: Season, name: str, starts: time, ends: time, weekdays: str = "") -> ShiftPattern:
    return ShiftPattern(season_id=season.id, name=name, starts=starts, ends=ends, weekdays=weekdays)


def test_shifts_stand_in_the_order_of_the_day(db: Database) -> None:
    season = spaces.fill(db).season
    with db.begin("Change the shifts") as session:
        late = patterns.save(session, _pattern(season, "  Late ", time(9, 30), time(17, 30), "12345"))
        patterns.save(session, _pattern(season, "Early", time(7, 15), time(15, 15)))
        assert [p.name for p in patterns.of(session, season)] == ["Early", "Late"]
        patterns.remove(session, late)
        assert [p.name for p in patterns.of(session, season)] == ["Early"]


def test_a_shift_is_refused_in_words(db: Database) -> None:
    season = spaces.fill(db).season
    with db.begin("Change the shifts") as session:
        patterns.save(session, _pattern(season, "Early", time(7, 15), time(15, 15)))
        for wrong, field in (
            (_pattern(season, " ", time(7), time(15)), "name"),
            (_pattern(season, "EARLY", time(7), time(15)), "name"),
            (_pattern(season, "Night", time(22), time(6)), "ends"),
            (_pattern(season, "Odd", time(7), time(15), "18"), "weekdays"),
        ):
            with pytest.raises(Invalid) as refused:
                patterns.save(session, wrong)
            assert set(refused.value.problems) == {field}


def test_the_next_season_takes_over_shifts_and_every_rule(db: Database) -> None:
    season = spaces.fill(db).season
    changed = {
        "ratio_profile": "eyfs", "ratio_mode": RatioMode.SUMMED, "nap_from": time(13), "nap_until": time(14, 30),
        "required_papers": "health-certificate", "required_skills": "lead", "space_profile": "india-states",
        "usable_m2": 120, "toilets": 3, "beds": 40, "fire_limit": 66, "work_day_minutes": 450,
        "work_week_minutes": 2_250, "work_week_days": 5, "rest_minutes": 720, "break_after_minutes": 300,
        "break_minutes": 45,
    }  # fmt: skip
    with db.begin("Change the season") as session:
        last = seasons.change(session, season.id, **changed)
        patterns.save(session, _pattern(last, "Early", time(7, 15), time(15, 15), "135"))
    with db.begin("Roll over") as session:
        last = session.get_one(Season, season.id)
        new = seasons.roll_over(session, last, name="Summer 2018", first_day=date(2018, 7, 2), country="CN")
        assert {name: getattr(new, name) for name in changed} == changed
        own = {"id", "version", "name", "first_day", "last_day"}
        others = {column.key for column in Season.__table__.columns} - own
        assert {n: getattr(new, n) for n in others} == {n: getattr(last, n) for n in others}
        (early,) = patterns.of(session, new)
        assert (early.name, early.starts, early.ends, early.weekdays) == ("Early", time(7, 15), time(15, 15), "135")
        assert [p.season_id for p in patterns.of(session, last)] == [last.id]
