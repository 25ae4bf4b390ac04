"""Who is in the space, with the rules of handing a child over."""

from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import PickupAdult
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.services import attendance, closing, handovers, register
from ccfs_desktop.services.attendance import Entry, NeedsReason
from ccfs_desktop.services.register import State
from tests.spaces import MONDAY, Space, a_child, fill, on_duty

REASON = Entry(by="Li Na", reason="Mother confirmed by phone")


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db)


def row(db: Database, space: Space, child: int = 0, day: date = MONDAY) -> register.Row:
    with db.read() as session:
        found = register.row(session, space.season, day, space.children[child].id)
    assert found
    return found


def come(db: Database, space: Space, at: time | None, child: int = 0, day: date = MONDAY, **more: object) -> Visit:
    with db.begin("Sign in a child") as session:
        return attendance.sign_in(session, space.season, space.children[child].id, day, at=at, **more)  # type: ignore[arg-type]


def leave(db: Database, space: Space, at: time | None, child: int = 0, **more: object) -> Visit:
    with db.begin("Sign out a child") as session:
        return attendance.sign_out(session, space.season, space.children[child].id, MONDAY, at=at, **more)  # type: ignore[arg-type]


def test_a_child_is_signed_in_once(db: Database, space: Space):
    come(db, space, time(7, 55))

    with pytest.raises(UserError, match="李小明 is already signed in"):
        come(db, space, time(8, 5))


def test_lunch_with_the_parents_is_a_second_visit(db: Database, space: Space):
    come(db, space, time(7, 55))
    leave(db, space, time(11, 45))
    with pytest.raises(UserError, match=r"already here from 07:55 to 11:45"):
        come(db, space, time(11, 30))
    come(db, space, time(12, 30))

    now = row(db, space)
    assert [(v.arrived, v.departed) for v in now.visits] == [(time(7, 55), time(11, 45)), (time(12, 30), None)]
    assert now.state is State.HERE


def test_an_unknown_time_stays_unknown(db: Database, space: Space):
    come(db, space, None)
    leave(db, space, None)

    now = row(db, space)
    assert (now.state, now.first_in, now.last_out) == (State.LEFT, None, None)


def test_nobody_leaves_before_coming(db: Database, space: Space):
    come(db, space, time(8))
    with pytest.raises(UserError, match="cannot leave at 07:30"):
        leave(db, space, time(7, 30))
    leave(db, space, time(17))
    visit = row(db, space).visits[0]
    with pytest.raises(UserError, match="the arrival was at 17:30"), db.begin("Correct a visit") as session:
        attendance.change(session, visit.id, arrived=time(17, 30))


def test_a_child_without_papers_needs_a_name_and_a_reason(db: Database, space: Space):
    with db.begin("Enrol a child") as session:
        space.children.append(a_child(session, space.season, 7))
    with pytest.raises(NeedsReason, match="Custody agreement, Health declaration, Data consent missing"):
        come(db, space, time(8), child=3)

    visit = come(db, space, time(8), child=3, entry=REASON)

    assert visit.override_reason == "Mother confirmed by phone (Li Na)"


def test_who_must_not_collect_is_refused_whatever_the_reason(db: Database, space: Space):
    with db.begin("Add a restriction") as session:
        session.add(PickupAdult(child_id=space.children[0].id, name="张 三", forbidden=True))
    come(db, space, time(8))
    with pytest.raises(UserError, match="张 三 must not collect 李小明"):
        leave(db, space, time(17), collected_by="张  三", entry=REASON)
    leave(db, space, time(17), collected_by="刘秀英")
    visit = row(db, space).visits[0]
    with pytest.raises(UserError, match="must not collect"), db.begin("Correct a visit") as session:
        attendance.change(session, visit.id, entry=REASON, collected_by="张 三")


def test_an_unknown_adult_collects_only_with_a_reason(db: Database, space: Space):
    come(db, space, time(8))
    with pytest.raises(NeedsReason, match="Uncle Wu is not on the pick-up list"):
        leave(db, space, time(17), collected_by="Uncle Wu")
    visit = leave(db, space, time(17), collected_by="Uncle Wu", entry=REASON)
    assert visit.override_reason == "Mother confirmed by phone (Li Na)"


def test_the_pick_up_list_names_the_family_first_and_the_forbidden_last(db: Database, space: Space):
    child = space.children[0]
    with db.begin("Change the pick-up list") as session:
        session.add(PickupAdult(child_id=child.id, name="刘秀英", forbidden=True))
        session.add(PickupAdult(child_id=child.id, name="邻居", only_on=date(2017, 7, 11)))
    with db.read() as session:
        told = [(c.name, c.forbidden) for c in handovers.collectors(session, child.id, MONDAY)]
    assert told == [("外婆", False), ("刘秀英", True)]


def test_whoever_comes_is_not_absent_and_stays_away_on_the_other_days(db: Database, space: Space):
    child = space.children[0]
    days = [date(2017, 7, 10), date(2017, 7, 11), date(2017, 7, 12)]
    with db.begin("Plan an absence") as session:
        attendance.mark_absent(
            session, space.season, child.id, days[0], days[2], reason=AbsenceReason.HOLIDAY, planned=True
        )
    come(db, space, time(8), day=days[1])
    assert [row(db, space, day=day).state for day in days] == [State.ABSENT, State.HERE, State.ABSENT]
    with pytest.raises(UserError, match="Take that back first"), db.begin("Plan an absence") as session:
        attendance.mark_absent(session, space.season, child.id, days[0], days[2], reason=AbsenceReason.SICK)


def test_what_was_entered_last_is_taken_back_first(db: Database, space: Space):
    come(db, space, time(8))
    leave(db, space, time(17))
    told: list[str] = []
    for _step in range(2):
        with db.begin("Take back") as session:
            told.append(attendance.take_back(session, space.season, space.children[0].id, MONDAY))
    assert told == ["Taken back: the departure of 李小明.", "Taken back: the arrival of 李小明."]
    assert row(db, space).state is State.EXPECTED
    with pytest.raises(UserError, match="Nothing was entered"), db.begin("Take back") as session:
        attendance.take_back(session, space.season, space.children[0].id, MONDAY)


def test_all_as_expected_leaves_out_the_absent_and_those_without_papers(db: Database, space: Space):
    with db.begin("Prepare") as session:
        attendance.mark_absent(session, space.season, space.children[1].id, MONDAY, reason=AbsenceReason.SICK)
        space.children.append(a_child(session, space.season, 7))
    ids = [c.id for c in space.children]
    with db.begin("Sign in everybody") as session:
        came = attendance.sign_in_all(session, space.season, MONDAY, ids, at=None)
    with db.begin("Sign out everybody") as session:
        left = attendance.sign_out_all(session, space.season, MONDAY, ids, at=time(17, 30))

    assert [v.child_id for v in came] == [ids[0], ids[2]]
    assert [(v.arrived, v.departed) for v in left] == [(None, time(17, 30))] * 2


def test_a_closed_day_is_corrected_with_a_reason_and_shows_the_old_value(db: Database, space: Space):
    for child in range(3):
        come(db, space, time(8, child), child=child)
        leave(db, space, time(17, child), child=child)
    on_duty(db, space)
    with db.begin("Close the day") as session:
        closing.close(session, space.season, MONDAY, by="Li Na")
    visit = row(db, space).visits[0]
    with pytest.raises(NeedsReason, match="is closed"), db.begin("Correct a visit") as session:
        attendance.change(session, visit.id, arrived=time(7, 45))
    with db.begin("Correct a visit") as session:
        attendance.change(session, visit.id, arrived=time(7, 45), entry=Entry(by="Chen", reason="Misread the sheet"))
    with db.read() as session:
        [(correction, child)] = closing.corrected(session, space.season, MONDAY)

    assert (child.name, correction.old, correction.new, correction.by, correction.reason) == (
        "李小明", "08:00", "07:45", "Chen", "Misread the sheet",
    )  # fmt: skip


def test_what_is_typed_from_a_sheet_says_so(db: Database, space: Space):
    visit = come(db, space, time(8), entry=Entry(by="Li Na", sheet_code="7K2M9QXA", late=True))
    assert (visit.entered_late, visit.sheet_code) == (True, "7K2M9QXA")


def test_on_a_closed_weekday_a_child_is_admitted_only_with_a_reason(db: Database, space: Space):
    saturday = date(2017, 7, 15)
    with pytest.raises(NeedsReason, match="closed on this weekday"):
        come(db, space, time(8), day=saturday)
    assert come(db, space, time(8), day=saturday, entry=REASON).override_reason
