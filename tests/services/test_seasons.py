"""The season's calendar, hours and groups, and the way to next year's."""

from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.season import Block, Group, Season
from ccfs_desktop.services import seasons
from tests import spaces


def _start(db: Database, country: str, first: date, last: date) -> Season:
    with db.begin("Start") as session:
        return seasons.start(
            session, Season(name="Season", first_day=first, last_day=last, capacity=60), country=country
        )


def test_public_holidays_close_and_make_up_days_open(db: Database) -> None:
    season = _start(db, "CN", date(2017, 9, 25), date(2017, 10, 15))
    with db.read() as session:
        days = seasons.open_days(session, season)
        assert date(2017, 10, 2) not in days
        assert date(2017, 9, 30) in days  # a Saturday worked for National Day
        assert seasons.why_closed(session, season, date(2017, 10, 2)).startswith("Closed: ")
        assert seasons.calendar(session, season)[date(2017, 10, 2)].source.startswith("holidays ")


def test_the_week_is_the_countrys(db: Database) -> None:
    season = _start(db, "BD", date(2017, 7, 1), date(2017, 7, 14))
    with db.read() as session:
        assert not seasons.is_open(session, season, date(2017, 7, 7))  # a Friday
        assert seasons.is_open(session, season, date(2017, 7, 8))


def test_a_day_is_closed_by_hand_and_opened_again(db: Database) -> None:
    season = spaces.fill(db).season
    monday = date(2017, 7, 10)
    with db.begin("Close a day") as session:
        seasons.mark_day(session, season, monday, open=False, reason="Typhoon", source="Township notice 12")
    with db.read() as session:
        assert seasons.why_closed(session, season, monday) == "Closed: Typhoon."
    with db.begin("Open it") as session:
        seasons.unmark_day(session, season, monday)
        assert seasons.is_open(session, season, monday)
        with pytest.raises(Invalid, match="outside the season"):
            seasons.mark_day(session, season, date(2018, 1, 1), open=False, reason="New Year")


def test_holidays_looked_up_again_leave_the_days_marked_by_hand(db: Database) -> None:
    season = _start(db, "CN", date(2017, 9, 25), date(2017, 10, 15))
    with db.begin("Open on a holiday") as session:
        seasons.mark_day(session, season, date(2017, 10, 2), open=True, reason="Rush order")
        seasons.unmark_day(session, season, date(2017, 10, 3))
        assert seasons.add_holidays(session, season, "CN") == 1
        assert seasons.calendar(session, season)[date(2017, 10, 2)].open


def test_a_season_is_checked_in_words(db: Database) -> None:
    season = spaces.fill(db).season
    for field, value in (("last_day", date(2017, 7, 1)), ("age_to", 1), ("weekdays", ""), ("capacity", 9_999)):
        with pytest.raises(Invalid) as refused, db.begin("Change") as session:
            seasons.change(session, season.id, **{field: value})
        assert set(refused.value.problems) == {field}


def test_groups_and_hours_keep_their_rules(db: Database) -> None:
    space = spaces.fill(db)
    with db.begin("Change the groups") as session:
        first, *rest = seasons.groups(session, space.season)
        with pytest.raises(UserError, match="still has children"):
            seasons.remove_group(session, first)
        seasons.remove_group(session, rest[0])
        with pytest.raises(Invalid, match="of this name already"):
            seasons.save_group(session, Group(season_id=space.season.id, name=rest[1].name.upper()))
        (day,) = seasons.blocks(session, space.season)
        with pytest.raises(UserError, match="needs hours by day"):
            seasons.remove_block(session, day)
        with pytest.raises(Invalid, match="closes before it opens"):
            seasons.save_block(session, Block(season_id=space.season.id, opens=time(18), closes=time(17)))


def test_next_year_keeps_the_weekday_and_copies_what_holds(db: Database) -> None:
    season = spaces.fill(db).season
    assert seasons.shifted(season) == date(2018, 7, 2)
    assert seasons.shifted(season).isoweekday() == season.first_day.isoweekday()
    with db.begin("Roll over") as session:
        last = session.get_one(Season, season.id)
        with pytest.raises(Invalid, match="before the last one ends"):
            seasons.roll_over(session, last, name="Again", first_day=date(2017, 8, 1), country="CN")
        new = seasons.roll_over(session, last, name="Summer 2018", first_day=seasons.shifted(last), country="CN")
        assert new.last_day - new.first_day == last.last_day - last.first_day
        names = [[g.name for g in seasons.groups(session, s)] for s in (last, new)]
        assert names[0] == names[1]
        assert seasons.hours(session, new) == seasons.hours(session, last)
        assert seasons.current(session, date(2018, 7, 10)).id == new.id
        assert seasons.current(session, date(2017, 7, 10)).id == last.id
