"""What is due, late and missed; a missed check stays on record with its explanation."""

from datetime import date, datetime, timedelta

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.check import MissedCheck
from ccfs_desktop.services import check_schedule, checks
from ccfs_desktop.services.check_schedule import Due, Standing
from tests.spaces import MONDAY, Space, fill
from tests.walks import go_through

WEDNESDAY = date(2017, 7, 12)


@pytest.fixture
def space(db: Database, monkeypatch: pytest.MonkeyPatch) -> Space:
    monkeypatch.setenv("CCFS_TODAY", WEDNESDAY.isoformat())
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 6, 30))
    return fill(db, 1)


def read(db: Database, space: Space, day: date = WEDNESDAY) -> list[Due]:
    with db.read() as session:
        return check_schedule.read(session, space.season, day)


def test_every_list_is_due_as_the_library_says(db: Database, space: Space):
    by_code: dict[str, list[tuple[str, str, str]]] = {}
    for due in read(db, space):
        by_code.setdefault(due.checklist.code, []).append((str(due.due), due.slot, due.standing.value))

    assert by_code["PRE"] == [("2017-07-02", "", "missed")]
    assert by_code["OPN"] == [
        ("2017-07-12", "", "due"),
        *((f"2017-07-{d:02}", "", "missed") for d in (11, 10, 7, 6, 5, 4, 3)),
    ]
    assert by_code["WKL"] == [("2017-07-14", "", "due"), ("2017-07-07", "", "missed")]
    assert by_code["MTH"] == [("2017-07-31", "", "due")]
    assert sorted(by_code["DRL"]) == [
        ("2017-07-05", "first", "missed"), ("2017-08-25", "nap", "due"), ("2017-08-25", "pick-up", "due"),
    ]  # fmt: skip
    assert {"OPN", "CLS", "FOD", "WKL", "MTH", "DRL", "PRE"} == set(by_code)


def test_todays_opening_check_is_late_once_the_doors_are_open(
    db: Database, space: Space, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 8, 0))
    assert _one(db, space, "OPN", WEDNESDAY).standing is Standing.LATE


def test_a_drill_counts_as_the_first_the_months_and_at_its_time(db: Database, space: Space):
    with db.begin("Drill") as session:
        check = checks.begin(session, space.season, "DRL", date(2017, 7, 4), by="Li Na", slot="nap")
        check.frozen = True

    standing = {due.slot: due.standing for due in read(db, space) if due.checklist.code == "DRL"}
    assert standing == {"first": Standing.DONE, "nap": Standing.DONE, "pick-up": Standing.DUE}


def test_a_missed_check_is_explained_once_and_stays(db: Database, space: Space):
    key = ("OPN", MONDAY, "")
    with db.begin("Explain") as session:
        check_schedule.explain(session, space.season, key, "Power cut, the space was shut", by="Li Na")
    for wrong, told in ((key, "on record already"), (("OPN", WEDNESDAY, ""), "not over yet")):
        with pytest.raises(UserError, match=told), db.begin("Explain") as session:
            check_schedule.explain(session, space.season, wrong, "x", by="Li Na")
    assert _one(db, space, "OPN", MONDAY).standing is Standing.EXPLAINED

    go_through(db, space, MONDAY)
    done = _one(db, space, "OPN", MONDAY)
    assert done.standing is Standing.DONE
    assert done.missed
    assert done.missed.explanation == "Power cut, the space was shut"
    with db.read() as session:
        assert session.get(MissedCheck, done.missed.id)


def test_a_weekly_check_made_afterwards_counts_for_its_week(db: Database, space: Space):
    friday = date(2017, 7, 7)
    with db.begin("Begin") as session:
        check = checks.begin(session, space.season, "WKL", WEDNESDAY - timedelta(1), by="Li Na", due=friday)
    assert _one(db, space, "WKL", friday).standing is Standing.BEGUN
    with db.begin("Sign") as session:
        checks.get(session, check.id).frozen = True
    assert _one(db, space, "WKL", friday).standing is Standing.DONE


def _one(db: Database, space: Space, code: str, day: date) -> Due:
    return next(due for due in read(db, space) if due.checklist.code == code and due.due == day)
