"""Patrols are planned, walked, missed and counted; a child found in production counts once a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.action import Action
from ccfs_desktop.models.check import Severity
from ccfs_desktop.models.patrol import Doing, FoundBy, Patrol, PatrolRound, Sighting, SightingAction
from ccfs_desktop.services import check_facts, checks, patrols, patrols_plan, patrols_tasks, patrols_trend, sightings
from ccfs_desktop.services.initials import masked
from ccfs_desktop.services.patrols import Standing, Walk
from ccfs_desktop.services.patrols_plan import Plan
from ccfs_desktop.services.patrols_trend import Phase
from ccfs_desktop.services.sightings import Found
from tests.spaces import MONDAY, Space, fill

pytestmark = pytest.mark.usefixtures("space")
WEDNESDAY = date(2017, 7, 12)
AREAS = "Sewing 1\nSewing 10\nCutting"
MORNING = Plan("Morning", AREAS, date(2017, 7, 10), time(9, 30))


@pytest.fixture
def space(db: Database, monkeypatch: pytest.MonkeyPatch) -> Space:
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 10, 0))
    return fill(db, 2)


def plan(db: Database, wanted: Plan = MORNING) -> PatrolRound:
    with db.begin("Plan") as session:
        return patrols_plan.add(session, wanted)


def walk(db: Database, day: date = WEDNESDAY, seen: int = 0, **values: Any) -> Patrol:
    with db.begin("Walk") as session:
        return patrols.walk(session, replace(Walk(day, seen, "Guard Chen", areas="Sewing 1"), **values), by="Li Na")


def find(db: Database, day: date = WEDNESDAY, **values: Any) -> Sighting:
    found = Found(day, "Sewing 1", Doing.WAITING, FoundBy.PATROL, SightingAction.TO_SPACE)
    with db.begin("Find") as session:
        return sightings.record(session, replace(found, **values), by="Li Na")


def standings(db: Database, first: date, last: date = WEDNESDAY) -> list[tuple[int, Standing]]:
    with db.read() as session:
        return [(one.day.day, one.standing) for one in patrols.due(session, first, last)]


def test_a_planned_patrol_is_due_late_missed_and_walked(db: Database, monkeypatch: pytest.MonkeyPatch):
    morning = plan(db)
    walk(db, MONDAY, round_id=morning.id)
    assert standings(db, MONDAY, WEDNESDAY + timedelta(1)) == [
        (10, Standing.DONE), (11, Standing.MISSED), (12, Standing.DUE), (13, Standing.DUE),
    ]  # fmt: skip

    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 10, 30))
    assert standings(db, WEDNESDAY) == [(12, Standing.LATE)]


def test_without_named_days_it_is_every_open_day_and_monday_to_saturday_outside_the_season(db: Database):
    june = date(2017, 6, 26)
    plan(db, replace(MORNING, first_day=june))
    plan(db, replace(MORNING, name="Sunday", first_day=june, weekdays="7"))

    days = [day for day, _standing in standings(db, june, MONDAY)]
    assert days == [26, 27, 28, 29, 30, 1, 2, 3, 4, 5, 6, 7, 9, 10]  # the 2nd and the 9th are the Sunday patrol's


def test_a_missed_patrol_is_explained_once_and_stays_though_it_is_entered_later(db: Database):
    morning = plan(db)
    key = (morning.id, date(2017, 7, 11))
    with db.begin("Explain") as session:
        patrols.explain(session, key, "Both guards at the gate", by="Li Na")
    for wrong, told in ((key, "on record already"), ((morning.id, WEDNESDAY), "not over yet")):
        with pytest.raises(UserError, match=told), db.begin("Explain") as session:
            patrols.explain(session, wrong, "x", by="Li Na")

    made = walk(db, key[1], round_id=morning.id)
    assert made.entered_late
    with db.read() as session:
        (one,) = patrols.due(session, key[1], key[1])
    assert one.standing is Standing.DONE
    assert one.missed
    assert one.missed.explanation == "Both guards at the gate"


def test_what_was_planned_yesterday_is_never_changed(db: Database, monkeypatch: pytest.MonkeyPatch):
    morning = plan(db)
    with db.begin("Change") as session:
        patrols_plan.change(session, morning.id, replace(MORNING, weekdays="6", last_day=None))
    assert standings(db, MONDAY, date(2017, 7, 15)) == [
        (10, Standing.MISSED), (11, Standing.MISSED), (15, Standing.DUE),
    ]  # fmt: skip

    # A patrol that is late today is not planned away either.
    noon = plan(db, replace(MORNING, name="Noon", at=time(8, 30)))
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 10, 30))
    with db.begin("End") as session:
        patrols_plan.end(session, noon.id)
    with db.read() as session:
        assert patrols_plan.get(session, noon.id).last_day == WEDNESDAY


def test_an_area_left_out_is_named_as_the_plan_has_it_and_why(db: Database):
    morning = plan(db)
    for wrong, told in (
        ("locked", "as the plan calls it: Sewing 1, Sewing 10, Cutting"),
        ("Cutting", "also why"),
        ("Sewing 1, Sewing 10 and Cutting: no time", "no patrol"),
    ):
        with pytest.raises(Invalid, match=told):
            walk(db, round_id=morning.id, not_walked=wrong)

    made = walk(db, round_id=morning.id, not_walked="sewing 10: locked for repair")
    assert made.areas == "Sewing 1\nCutting"
    with pytest.raises(UserError, match="in the log already"):
        walk(db, round_id=morning.id)


def test_no_time_is_invented_and_none_lies_ahead(db: Database):
    made = walk(db)
    assert (made.started, made.ended, made.signed, made.entered_late) == (None, None, False, False)
    with pytest.raises(UserError, match="future"):
        walk(db, started=time(10, 5))
    with pytest.raises(Invalid, match="before it began"):
        walk(db, MONDAY, started=time(9), ended=time(8))


def test_fewer_children_are_not_seen_afterwards_without_a_word(db: Database):
    made = walk(db, seen=2)
    find(db, patrol_id=made.id)
    corrected = Walk(WEDNESDAY, 1, "Guard Chen", areas="Sewing 1")
    with pytest.raises(Invalid, match="why fewer"), db.begin("Correct") as session:
        patrols.correct(session, made.id, corrected, by="Li Na")
    with pytest.raises(Invalid, match="described under Sightings"), db.begin("Correct") as session:
        patrols.correct(session, made.id, replace(corrected, seen=0, note="Typed wrongly"), by="Li Na")
    with db.begin("Correct") as session:
        patrols.correct(session, made.id, replace(corrected, note="The paper says 1"), by="Li Na")
    with db.read() as session:
        assert patrols.get(session, made.id).seen == 1


def test_a_child_found_again_the_same_day_counts_once_and_on_another_day_is_a_repeat(db: Database, space: Space):
    first, other = space.children
    find(db, MONDAY, child_id=first.id)
    find(db, child_id=first.id, at=time(9))
    find(db, child_name=first.name, at=time(9, 30))  # nobody looked the name up; it is the same child
    find(db, child_id=other.id)
    find(db, age_guess=7)
    find(db, age_guess=7)  # two children nobody knows

    with db.read() as session:
        seen = sightings.read(session, MONDAY, WEDNESDAY)
    assert [one.again for one in seen] == [False, False, True, False, False, False]
    assert [one.before for one in seen[1:3]] == [(MONDAY,), (MONDAY,)]
    assert len(sightings.events(seen)) == 5
    assert seen[0].who(named=False) == masked(first.name) != first.name


def test_a_critical_action_without_a_name_comes_of_a_sighting_once(db: Database, space: Space):
    found = find(db, child_id=space.children[0].id, minutes=12)
    with db.begin("Act", final=True) as session:
        action = sightings.begin_action(session, space.season, found.id, by="Li Na")
    assert (action.severity, action.sighting_id) == (Severity.CRITICAL, found.id)
    assert action.finding == "Child in production: Sewing 1, Just waiting, 12 minutes"
    with pytest.raises(UserError, match=action.number), db.begin("Act", final=True) as session:
        sightings.begin_action(session, space.season, found.id, by="Li Na")
    with db.read() as session:
        assert session.query(Action).count() == 1


def test_the_season_of_2017_has_the_months_of_the_reference():
    spread = patrols_trend.spread(date(2017, 7, 3), date(2017, 8, 25))

    months = {phase: [month.month for of, month in spread if of is phase] for phase in Phase}
    assert months == {Phase.BEFORE: [4, 5, 6], Phase.DURING: [7, 8], Phase.AFTER: [9, 10]}


def test_the_trend_counts_patrols_beside_children_and_the_year_before(db: Database, space: Space):
    for n in range(40):
        walk(db, date(2017, 5, 1) + timedelta(days=n))
    positive = walk(db, date(2017, 6, 20), seen=3)
    find(db, date(2017, 6, 20), patrol_id=positive.id, child_id=space.children[0].id)
    find(db, date(2017, 6, 20), found_by=FoundBy.GUARD, child_id=space.children[0].id)
    find(db, date(2016, 7, 20), found_by=FoundBy.GUARD)
    walk(db, MONDAY)

    with db.read() as session:
        trend = patrols_trend.read(session, space.season)
    before, during, after = trend.phases
    # One child twice, and two who were never described.
    assert (before.now.patrols, before.now.positive, before.now.events) == (41, 1, 3)
    assert before.now.rate == pytest.approx(100 / 41)
    assert patrols_trend.sentence(before.now).startswith(
        "Apr – Jun 2017: children were seen on 1 of 41 patrols, that is 2.4 in 100 patrols"
        " (95-per-cent interval 0.4 to 12.6)."
        " 3 children were found in all, each counted once a day: 1.0 a month (95-per-cent interval 0.2 to 2.9)."
    )
    assert patrols_trend.sentence(during.now) == (
        "Jul – Aug 2017: 1 patrol, no child seen on any. The true rate may still be up to 79.3 in 100 patrols."
        " So few patrols prove little."
    )
    assert "no patrol was walked, so no rate can be given; all the same 1 child" in patrols_trend.sentence(
        during.year_ago
    )
    assert patrols_trend.sentence(before.year_ago).endswith("no patrol was walked, so nothing can be said.")
    assert patrols_trend.sentence(after.now).endswith("still to come.")


def test_today_asks_for_patrols_words_children_and_actions(db: Database, space: Space, monkeypatch: pytest.MonkeyPatch):
    plan(db)
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 10, 45))
    walk(db, seen=2)
    find(db)
    with db.read() as session:
        told = [task.sentence for task in patrols_tasks.tasks(session, space.season, WEDNESDAY)]
    assert told == [
        "A child was in production on 2017-07-12 (Sewing 1), and no corrective action was made.",
        "2 children were seen on the patrol of 2017-07-12 and are not described.",
        "A patrol planned for today is not in the log: Morning.",
        "2 planned patrols were missed and are not explained.",
    ]


def test_the_weekly_check_is_told_what_the_log_says(db: Database, space: Space):
    morning = plan(db)
    walk(db, MONDAY, seen=1, round_id=morning.id)
    walk(db, date(2017, 7, 7), seen=5)
    with db.begin("Begin") as session:
        check = checks.begin(session, space.season, "WKL", WEDNESDAY, by="Li Na")
        told = check_facts.known(session, space.season, check)
    assert told == {
        "WKL15": "The patrol log of 2017-07-10 to 2017-07-12 has patrols: 1; children seen: 1."
        " 2 planned patrols are not in it."
    }


def test_others_than_those_who_write_the_logs_see_initials_and_change_nothing(
    db: Database, as_role: Callable[..., Database]
):
    plan(db)
    for role in ("manager", "auditor", "administrator"):
        office = as_role(role)
        with pytest.raises(UserError, match="Your role"):
            walk(office)
        with pytest.raises(UserError, match="Your role"):
            find(office)
    assert walk(as_role("caregiver")).id


def test_a_name_is_masked_in_any_script():
    assert [masked(name) for name in ("李小明", "Nguyễn Thị Ánh", "নাসরিন আক্তার", "Ali", "")] == [
        "李**", "N. T. Á.", "না. আ.", "A.", "",
    ]  # fmt: skip
