"""What about the adults needs somebody this morning, and how the next hours look."""

from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.services import attendance, duty, ratio_notes, ratio_proof, roster, seasons, today_staff
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.tasks import Task
from tests.spaces import MONDAY, Space, an_adult, fill

NOW = datetime(2017, 7, 10, 8, 20)


@pytest.fixture(autouse=True)
def _this_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", NOW.isoformat())


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 2)


def tasks(db: Database, space: Space, now: datetime = NOW) -> list[Task]:
    with db.read() as session:
        groups = ratio_proof.of_moment(session, space.season, now)
        return list(today_staff.tasks(session, space.season, now.date(), groups))


def sentences(db: Database, space: Space, now: datetime = NOW) -> list[str]:
    return [task.sentence for task in tasks(db, space, now)]


def come(db: Database, space: Space) -> None:
    with db.begin("Children come") as session:
        attendance.sign_in_all(session, space.season, MONDAY, [c.id for c in space.children], at=time(8))


def test_children_without_a_single_adult_are_told_first(db: Database, space: Space):
    assert sentences(db, space) == []
    come(db, space)
    [task] = tasks(db, space)
    assert task.sentence == "Children are here, and no adult has been signed in."
    assert (task.urgent, task.page, task.target) == (True, "staff", {"place": "duty", "day": MONDAY})


def test_a_group_that_is_short_now_is_told(db: Database, space: Space):
    come(db, space)
    with db.begin("One adult comes") as session:
        group = seasons.groups(session, space.season)[0]
        person = an_adult(session, "Chen", group_id=group.id)
        duty.sign_in(session, space.season, person.id, MONDAY, at=time(8))
    assert sentences(db, space)[0] == f"{group.name} is short of adults now: 1 of 2."


def test_a_past_breach_asks_until_somebody_explains_it(
    db: Database, space: Space, monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    come(db, space)
    on_duty_one(db, space)
    monkeypatch.setenv("CCFS_TODAY", "2017-07-11T08:20")
    tomorrow = datetime(2017, 7, 11, 8, 20)
    assert "2017-07-10: too few adults, and nobody has explained why." in sentences(db, space, tomorrow)
    with db.begin("Explain") as session:
        for breach in ratio_proof.of_day(session, space.season, MONDAY).breaches:
            ratio_notes.explain(session, space.season, breach, "The second teacher was sick", by="Li Na")
    assert not any("too few adults" in told for told in sentences(db, space, tomorrow))


def on_duty_one(db: Database, space: Space) -> None:
    with db.begin("One adult comes") as session:
        group = seasons.groups(session, space.season)[0]
        person = an_adult(session, "Chen", group_id=group.id)
        duty.sign_in(session, space.season, person.id, MONDAY, at=time(7, 50))


def test_papers_that_run_out_and_next_weeks_roster_are_asked_for(db: Database, space: Space):
    with db.begin("Add a teacher") as session:
        person = an_adult(session, "Chen", papers=(PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT))
        session.add(
            StaffPaper(
                staff_id=person.id, kind=PaperKind.FIRST_AID, issued_on=date(2016, 7, 1), valid_until=date(2017, 7, 20)
            )
        )
    assert sentences(db, space) == [
        "The roster of the week from 2017-07-17 is not published.",
        "Chen: First aid: until 2017-07-20",
    ]
    publish_next_week(db, space)
    assert sentences(db, space) == ["Chen: First aid: until 2017-07-20"]


def test_now_is_as_it_is_and_the_next_hours_as_planned(db: Database, space: Space):
    come(db, space)
    team = on_duty_now(db, space)
    with db.begin("Plan") as session:
        group = seasons.groups(session, space.season)[0]
        roster.put(session, space.season, team[0], MONDAY, Span(480, 960), group.id)
        roster.put(session, space.season, team[1], MONDAY, Span(480, 630), group.id)
    with db.read() as session:
        groups = ratio_proof.of_moment(session, space.season, NOW)
        found = today_staff.ahead(session, space.season, NOW, groups)
    assert found.times == (None, time(9), time(10), time(11), time(12))
    [(name, cells)] = found.groups
    assert name == group.name
    assert [(c.there, c.required, c.short) for c in cells if c] == [
        (2, 2, False), (2, 2, False), (1, 2, True), (1, 2, True), (1, 2, True),
    ]  # fmt: skip
    assert not found.published


def publish_next_week(db: Database, space: Space) -> None:
    monday = date(2017, 7, 17)
    with db.begin("Publish") as session:
        person = session.scalars(select(Staff).order_by(Staff.id)).first()
        assert person
        roster.put(session, space.season, person.id, monday, Span(480, 720), None)
        roster.publish(session, space.season, monday, by="Li Na", approved_by="Li Na", reason="A test")


def on_duty_now(db: Database, space: Space) -> list[int]:
    with db.begin("Adults come") as session:
        group = seasons.groups(session, space.season)[0]
        team = [an_adult(session, name, group_id=group.id).id for name in ("Chen", "Liu")]
        for staff_id in team:
            duty.sign_in(session, space.season, staff_id, MONDAY, at=time(7, 50))
    return team


def test_a_quiet_day_asks_for_nothing(db: Database, space: Space):
    come(db, space)
    on_duty_now(db, space)
    publish_next_week(db, space)
    assert sentences(db, space) == []
