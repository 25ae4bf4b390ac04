"""Written requests for medicine, doses before a witness, what remains, and what became of the rest."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child, ConsentPurpose
from ccfs_desktop.models.log import DoseOutcome, MedicineCourse, MedicineDose, MedicineEnd
from ccfs_desktop.services import attendance, children, medicine, medicine_due, medicine_rules
from ccfs_desktop.services.medicine_due import Standing
from tests import spaces
from tests.spaces import MONDAY, Space

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
GIVEN = DoseOutcome.GIVEN


def a_course(child_id: int = 1, **changed: Any) -> MedicineCourse:
    """Return a request that satisfies every rule."""
    told: dict[str, Any] = {
        "season_id": 0, "child_id": child_id, "medicine": "Amoxicillin 250", "dose": "1", "times": "09:00, 15:00",
        "reason": "Ear infection", "authorised_by": "李秀英", "authorised_on": MONDAY - timedelta(days=1),
        "first_day": MONDAY, "last_day": FRIDAY, "storage": "cupboard", "home_dose_at": datetime(2017, 7, 9, 8),
        "original_packaging": True, "brought": 10, "unit": "tablets",
    }  # fmt: skip
    return MedicineCourse(**(told | changed))


# domain.md 2.9, rule by rule: what is changed in a good request → rule, refused or only a warning
@pytest.mark.parametrize(
    ("changed", "rule", "refused"),
    [
        ({"medicine": ""}, "written", True),
        ({"dose": " "}, "written", True),
        ({"reason": None}, "written", True),
        ({"authorised_by": ""}, "written", True),
        ({"authorised_on": TUESDAY}, "written", True),
        ({"last_day": MONDAY - timedelta(days=1)}, "written", True),
        ({"times": "morning"}, "written", True),
        ({"original_packaging": False}, "packaging", True),
        ({"storage": ""}, "locked", True),
        ({"storage": "not-locked"}, "locked", True),
        ({"storage": "not-locked", "care_plan": True}, "locked", False),
        ({"times": ""}, "just-in-case", True),
        ({"times": "", "care_plan": True}, "", False),
        ({"home_dose_at": None}, "home-dose", True),
        ({"home_dose_at": None, "care_plan": True}, "home-dose", False),
        ({"home_dose_at": datetime(2017, 7, 9, 9)}, "", False),
        ({"home_dose_at": datetime(2017, 7, 9, 9, 1)}, "home-dose", True),
        ({}, "", False),
    ],
)
def test_a_request_is_taken_as_the_domain_says(changed: dict[str, Any], rule: str, refused: bool):
    found = medicine_rules.check(a_course(**changed))
    assert [one.rule for one in found] == ([rule] if rule else [])
    assert [one.refused for one in found] == ([refused] if rule else [])


@pytest.mark.parametrize(
    ("typed", "times"),
    [("9, 15", [9, 15]), ("15:00；09:00", [9, 15]), ("15:00，9：00", [9, 15]), ("25:00", []), ("", [])],
)
def test_times_are_read_in_any_order_and_with_any_comma(typed: str, times: list[int]):
    assert medicine_rules.planned(a_course(times=typed)) == [time(hour) for hour in times]


def begin(db: Database, space: Space, child: Child, **changed: Any) -> MedicineCourse:
    with db.begin("Take a request") as session:
        return medicine.begin(session, space.season, a_course(child.id, **changed))


def a_dose(course: MedicineCourse, **changed: Any) -> MedicineDose:
    told: dict[str, Any] = {
        "course_id": course.id, "day": MONDAY, "at": time(9, 5), "planned": time(9), "amount": 1, "outcome": GIVEN,
        "given_by": "陈护士", "witness": "王芳",
    }  # fmt: skip
    return MedicineDose(**(told | changed))


def give(db: Database, course: MedicineCourse, **changed: Any) -> MedicineDose:
    with db.begin("Enter a dose") as session:
        return medicine.give(session, a_dose(course, **changed))


def test_medicine_in_the_space_shows_on_the_child_until_the_rest_is_given_back(db: Database):
    space = spaces.fill(db)
    child = space.children[0]
    course = begin(db, space, child)
    with db.begin("The care plan says nothing of medicine") as session:
        children.change_care_plan(session, child.id, plan="Call us")
        assert session.get_one(Child, child.id).has_medicine
        assert medicine.warnings(session, course) == [
            "The consent to give medicine is not signed: print it and let a parent sign it."
        ]
        children.set_consent(session, child.id, ConsentPurpose.MEDICINE, given=True, on=MONDAY, signed_by="李秀英")
    with db.begin("End") as session:
        assert medicine.warnings(session, course) == []
        medicine.end(session, course.id, MedicineEnd.RETURNED, on=FRIDAY, signed="李秀英", count=10)
        assert not session.get_one(Child, child.id).has_medicine


def test_a_family_that_said_no_is_asked_for_nothing(db: Database):
    space = spaces.fill(db)
    with db.begin("No") as session:
        children.set_consent(session, space.children[0].id, ConsentPurpose.MEDICINE, given=False, on=MONDAY)
    with pytest.raises(UserError, match="The family refused"):
        begin(db, space, space.children[0])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"given_by": ""}, "given_by"),
        ({"witness": ""}, "witness"),
        ({"witness": " 陈护士 "}, "witness"),
        ({"outcome": DoseOutcome.REFUSED, "witness": ""}, "witness"),
        ({"outcome": DoseOutcome.MISSED, "witness": ""}, "note"),
        ({"amount": -1}, "amount"),
    ],
)
def test_a_dose_is_given_before_another_adult_and_a_missed_one_says_why(
    db: Database, changed: dict[str, Any], field: str
):
    space = spaces.fill(db)
    course = begin(db, space, space.children[0])
    with pytest.raises(Invalid) as wrong:
        give(db, course, **changed)
    assert set(wrong.value.problems) == {field}


def test_a_dose_is_entered_once_within_the_course_and_24_hours_after_the_first_at_home(db: Database):
    space = spaces.fill(db)
    course = begin(db, space, space.children[0])
    assert give(db, course).entered_late
    with pytest.raises(UserError, match="entered already"):
        give(db, course)
    with pytest.raises(UserError, match="the parent must sign a new one"):
        give(db, course, day=FRIDAY + timedelta(days=3))
    other = begin(db, space, space.children[1], home_dose_at=datetime(2017, 7, 9, 8, 30))
    with pytest.raises(UserError, match="from 2017-07-10 08:30 on"):
        give(db, other, at=time(8, 20))


def test_what_remains_is_reckoned_and_a_count_that_differs_is_told_once(db: Database):
    space = spaces.fill(db)
    course = begin(db, space, space.children[0])
    give(db, course)
    give(db, course, at=time(15), planned=time(15), outcome=DoseOutcome.REFUSED)
    give(db, course, day=TUESDAY, outcome=DoseOutcome.VOMITED, counted=7)
    give(db, course, day=TUESDAY, at=time(15), planned=time(15), counted=6)
    with db.read() as session:
        found = medicine.get(session, course.id)
    assert [(line.remaining, line.difference) for line in found.lines] == [(9, None), (9, None), (8, -1), (6, 0)]
    assert found.remaining == 6


def test_a_course_that_ended_is_closed_and_was_signed_for(db: Database):
    space = spaces.fill(db)
    course = begin(db, space, space.children[0])
    dose = give(db, course, day=FRIDAY)
    for ended, values, field in (
        (MedicineEnd.RETURNED, {"signed": " ", "count": 9}, "ended_signed"),
        (MedicineEnd.USED_UP, {"signed": "李秀英", "count": 9}, "ended_count"),
        (MedicineEnd.DESTROYED, {"signed": "李秀英"}, "ended_count"),
        (MedicineEnd.RETURNED, {"signed": "李秀英", "count": 9, "on": TUESDAY}, "ended_on"),
    ):
        with pytest.raises(Invalid) as wrong, db.begin("End") as session:
            medicine.end(session, course.id, ended, **({"on": FRIDAY} | values))  # type: ignore[arg-type]
        assert set(wrong.value.problems) == {field}
    with db.read() as session:
        week_later = FRIDAY + timedelta(days=3)
        assert [t.urgent for t in medicine_due.tasks(session, space.season, week_later) if "rest" in t.sentence] == [
            False
        ]
    with db.begin("End") as session:
        medicine.end(session, course.id, MedicineEnd.RETURNED, on=FRIDAY, signed="李秀英", count=9)
    for change in (
        lambda s: medicine.change(s, course.id, dose="2"), lambda s: medicine.give(s, a_dose(course)),
        lambda s: medicine.correct(s, dose.id, amount=2), lambda s: medicine.take_back(s, dose.id),
        lambda s: medicine.remove(s, course.id),
    ):  # fmt: skip
        with pytest.raises(UserError, match="has ended and was signed for"), db.begin("Change") as session:
            change(session)


def test_a_dose_is_due_late_or_not_needed_as_the_child_is_here(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T15:20")
    space = spaces.fill(db)
    here, gone, absent = space.children
    courses = [begin(db, space, child) for child in space.children]
    with db.begin("In and out") as session:
        attendance.sign_in(session, space.season, here.id, MONDAY, at=time(8))
        attendance.sign_in(session, space.season, gone.id, MONDAY, at=time(8))
        attendance.sign_out(session, space.season, gone.id, MONDAY, at=time(12), collected_by="外婆")
    give(db, courses[1])
    with db.read() as session:
        due = medicine_due.of_day(session, space.season, MONDAY)
        tasks = medicine_due.tasks(session, space.season, MONDAY)
    standing = {(one.child_id, one.planned.hour): one.standing for one in due}
    assert standing == {
        (here.id, 9): Standing.LATE, (here.id, 15): Standing.DUE, (gone.id, 9): Standing.ENTERED,
        (gone.id, 15): Standing.NOT_HERE, (absent.id, 9): Standing.NOT_HERE, (absent.id, 15): Standing.NOT_HERE,
    }  # fmt: skip
    assert [(t.sentence, t.urgent) for t in tasks] == [(f"{here.name}: the dose of 09:00 is not entered.", True)]

    monkeypatch.setenv("CCFS_TODAY", "2017-07-11T08:00")
    with db.read() as session:
        assert [one.planned.hour for one in medicine_due.missing(session, space.season, TUESDAY)] == [9, 15]
        assert [t.sentence for t in medicine_due.tasks(session, space.season, TUESDAY)] == [
            "2 doses of the last days are not entered."
        ]


def test_a_caregiver_learns_that_a_dose_is_late_but_not_which_medicine(
    db: Database, as_role: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T10:00")
    space = spaces.fill(db)
    course = begin(db, space, space.children[0])
    with db.begin("In") as session:
        attendance.sign_in(session, space.season, space.children[0].id, MONDAY, at=time(8))
    caregiver = as_role("caregiver")
    with caregiver.read() as session:
        (due, _later) = medicine_due.of_day(session, space.season, MONDAY)
        assert (due.course.medicine, due.course.reason) == (None, None)
        assert len(medicine_due.tasks(session, space.season, MONDAY)) == 1
        with pytest.raises(UserError, match="Your role"):
            medicine.of_season(session, space.season)
        with pytest.raises(UserError, match="Your role"):
            medicine.get(session, course.id)
    with pytest.raises(UserError, match="Your role"), caregiver.begin("Enter a dose") as session:
        medicine.give(session, a_dose(course))
    with as_role("auditor").read() as session:
        assert medicine_due.tasks(session, space.season, MONDAY) == []


def test_nothing_is_given_once_the_family_took_its_consent_back(db: Database):
    space = spaces.fill(db, 1)
    child = space.children[0]
    with db.begin("Consent") as session:
        children.set_consent(session, child.id, ConsentPurpose.MEDICINE, given=True, on=MONDAY)
    course = begin(db, space, child)
    with db.begin("Take back") as session:
        children.withdraw_consent(session, child.id, ConsentPurpose.MEDICINE, on=TUESDAY)

    def give(day: date, outcome: DoseOutcome) -> None:
        dose = MedicineDose(
            course_id=course.id, day=day, at=time(9), outcome=outcome, given_by="A", witness="B", amount=1, note="No"
        )
        with db.begin("A dose") as session:
            medicine.give(session, dose)

    give(MONDAY, GIVEN)
    with pytest.raises(UserError, match="took back that medicine is given"):
        give(TUESDAY, GIVEN)
    give(TUESDAY, DoseOutcome.MISSED)
