"""When a member of staff can be on the roster."""

from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid
from ccfs_desktop.models.roster import StaffAbsence, StaffAbsenceReason, StaffWish, WishKind
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import availability, staff
from ccfs_desktop.services.availability import Available
from ccfs_desktop.services.drafting.problem import Span
from tests.spaces import MONDAY, Space, fill

TUESDAY, FRIDAY, SATURDAY = date(2017, 7, 11), date(2017, 7, 14), date(2017, 7, 15)
ALL_DAY = (Span(0, 1440),)


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 0)


def a_person(db: Database, **facts: object) -> Staff:
    with db.begin("Add a member of staff") as session:
        return staff.save(session, Staff(name="Aye Aye", **facts))  # type: ignore[arg-type]


def on(db: Database, space: Space, person: Staff, day: date) -> Available:
    with db.read() as session:
        return availability.of(session, space.season, [person], [MONDAY, day])[person.id][day]


def absent(db: Database, person: Staff, first: date, last: date, **facts: object) -> StaffAbsence:
    with db.begin("Note an absence") as session:
        made = StaffAbsence(staff_id=person.id, first_day=first, last_day=last, **facts)  # type: ignore[arg-type]
        return availability.save_absence(session, made)


def wish(db: Database, person: Staff, **facts: object) -> StaffWish:
    with db.begin("Note a wish") as session:
        return availability.save_wish(session, StaffWish(staff_id=person.id, **facts))  # type: ignore[arg-type]


def test_whoever_nothing_is_known_against_is_free_the_whole_day_when_the_space_is_open(db: Database, space: Space):
    person = a_person(db)
    assert on(db, space, person, MONDAY) == Available(ALL_DAY, "", ())
    assert on(db, space, person, SATURDAY).why_not == "the space is closed"


def test_working_days_and_hours_of_the_file_hold(db: Database, space: Space):
    person = a_person(db, weekdays="1234", day_from=time(8), day_until=time(16, 30), started_on=TUESDAY)
    assert on(db, space, person, TUESDAY).spans == (Span(480, 990),)
    assert on(db, space, person, TUESDAY).why(Span(450, 600)) == "not before 08:00"
    assert on(db, space, person, MONDAY).why_not == "works here from 2017-07-11"
    assert on(db, space, person, FRIDAY).why_not == "does not work on this weekday (Friday)"


def test_an_absence_takes_whole_days_or_cuts_a_piece_out_of_each(db: Database, space: Space):
    person = a_person(db)
    absent(db, person, TUESDAY, FRIDAY)
    absent(db, person, MONDAY, MONDAY, starts=time(9), ends=time(11), reason=StaffAbsenceReason.TRAINING)

    assert on(db, space, person, FRIDAY) == Available(
        (), "on leave until 2017-07-14", (), ((Span(0, 1440), "on leave until 2017-07-14"),)
    )
    assert on(db, space, person, MONDAY).spans == (Span(0, 540), Span(660, 1440))
    assert on(db, space, person, MONDAY).why(Span(600, 720)) == "in training from 09:00 to 11:00"


def test_what_a_person_cannot_is_cut_and_what_it_likes_is_told(db: Database, space: Space):
    person = a_person(db, day_until=time(16))
    wish(db, person, kind=WishKind.CANNOT, weekdays="1", ends=time(9), note="evening school")
    wish(db, person, kind=WishKind.RATHER_NOT, starts=time(15), first_day=MONDAY, last_day=MONDAY)
    wish(db, person, kind=WishKind.LIKES, weekdays="2")

    assert on(db, space, person, MONDAY).spans == (Span(540, 960),)
    assert on(db, space, person, MONDAY).wishes == ((Span(900, 960), WishKind.RATHER_NOT),)
    assert on(db, space, person, MONDAY).why(Span(480, 600)) == "cannot work from 00:00 to 09:00 (evening school)"
    assert on(db, space, person, TUESDAY).wishes == ((Span(0, 960), WishKind.LIKES),)


def test_pieces_that_together_leave_nothing_are_all_named(db: Database, space: Space):
    person = a_person(db, day_from=time(12))
    wish(db, person, kind=WishKind.CANNOT, starts=time(11))
    assert on(db, space, person, MONDAY).why_not == "not before 12:00, cannot work from 11:00 to 24:00"


def test_days_and_times_the_wrong_way_round_are_refused_in_words(db: Database):
    person = a_person(db, ended_on=FRIDAY)
    with pytest.raises(Invalid, match="The last day is before the first"):
        absent(db, person, FRIDAY, MONDAY)
    with pytest.raises(Invalid, match="The end is not after the beginning"):
        absent(db, person, MONDAY, MONDAY, starts=time(11), ends=time(9))
    with pytest.raises(Invalid, match="Aye Aye left on 2017-07-14"):
        absent(db, person, SATURDAY, SATURDAY)
    with pytest.raises(Invalid, match="Choose the weekdays"):
        wish(db, person, weekdays="08")
    absent(db, person, MONDAY, MONDAY)
    with pytest.raises(Invalid, match=r"noted already \(On leave\)"):
        absent(db, person, MONDAY, MONDAY)
