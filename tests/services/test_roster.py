"""Planning who is with the children: what is refused, what is warned of, what is published."""

import json
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database, undo
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.roster import PartKind, Shift, StaffAbsence, StaffAbsenceReason, StaffWish, WishKind
from ccfs_desktop.models.season import Block, BlockKind
from ccfs_desktop.models.staff import PaperKind, StaffRole
from ccfs_desktop.models.visit import Absence, AbsenceReason
from ccfs_desktop.services import availability, planned, roster, roster_week, seasons
from ccfs_desktop.services.corrections import NeedsReason
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_warnings import Severity
from ccfs_desktop.services.roster_week import Week
from tests.rosters import (
    ALL_DAY,
    EARLY,
    FRIDAY,
    LATE,
    MONDAY,
    SATURDAY,
    TUESDAY,
    WEDNESDAY,
    Room,
    a_room,
    breaks_of,
)

NOON = Span(720, 750)


@pytest.fixture
def room(db: Database) -> Room:
    return a_room(db)


def week(room: Room, monday: date = MONDAY) -> Week:
    with room.db.read() as session:
        return roster_week.read(session, room.season, monday)


def told(room: Room, code: str) -> list[str]:
    return [w.sentence for w in week(room).warnings if w.code == code]


# ------------------------------------------------------------------------------------------------------ who is expected
def test_children_are_expected_from_opening_to_closing_and_in_the_evening_only_if_they_asked(room: Room):
    first, second, third, *_rest = room.space.children
    with room.db.begin("Change what is agreed") as session:
        session.add(Block(season_id=room.season.id, kind=BlockKind.EVENING, opens=time(17, 30), closes=time(20)))
        places = {e.child_id: e for e in session.scalars(select(Enrolment))}
        places[first.id].evenings = True
        places[second.id].weekdays = "2"
        for child, planned_before in ((third, True), (room.space.children[3], False)):
            session.add(
                Absence(
                    child_id=child.id, season_id=room.season.id, first_day=MONDAY, last_day=TUESDAY,
                    reason=AbsenceReason.HOLIDAY if planned_before else AbsenceReason.SICK, planned=planned_before,
                )
            )  # fmt: skip
    with room.db.read() as session:
        stays = {s.child_id: s.span for s in planned.child_stays(session, room.season, MONDAY)}
        assert planned.child_stays(session, room.season, SATURDAY) == []
    assert stays[first.id] == Span(450, 1200)
    assert second.id not in stays, "she comes on Tuesdays"
    assert third.id not in stays, "the journey was announced"
    assert stays[room.space.children[3].id] == ALL_DAY, "a sick child may be back any morning"
    assert week(room).hours[MONDAY] == Span(450, 1200)
    assert week(room).expected[MONDAY][room.group] == 4
    assert week(room).expected[WEDNESDAY][room.group] == 5


# ------------------------------------------------------------------------------------------------------ what is refused
def test_nobody_is_on_the_roster_twice_at_a_time(room: Room):
    li = room.person("Li Na")
    room.put(li)
    room.put(li, Span(930, 1050))
    with pytest.raises(UserError, match=r"Li Na is already on the roster on Mon 10 Jul, 07:30–15:30\."):
        room.put(li, LATE, group_id=room.juniors)
    other = room.put(li, EARLY, TUESDAY)
    with pytest.raises(UserError, match="already on the roster"), room.db.begin("Move a shift") as session:
        roster.change(session, other.id, day=MONDAY)
    assert len(room.shifts()) == 3


def test_nobody_is_planned_who_cannot_come(room: Room):
    li, wang = room.person("Li Na", day_until=time(15)), room.person("Wang Wei", started_on=TUESDAY)
    room.absent(li, TUESDAY, WEDNESDAY)
    with pytest.raises(UserError, match=r"Li Na cannot be .* Tue 11 Jul, 07:30–12:00: sick until 2017-07-12\."):
        room.put(li, Span(450, 720), TUESDAY)
    with pytest.raises(UserError, match=r"07:30–15:30: not after 15:00\."):
        room.put(li, EARLY, MONDAY)
    with pytest.raises(UserError, match=r"Wang Wei cannot be .*: works here from 2017-07-11"):
        room.put(wang)
    with pytest.raises(UserError, match="closed on this weekday"):
        room.put(wang, EARLY, SATURDAY)
    with pytest.raises(UserError, match="outside the season"):
        room.put(wang, EARLY, date(2017, 12, 1))
    with pytest.raises(UserError, match="ends before it begins"):
        room.put(wang, Span(720, 600), TUESDAY)
    assert room.shifts() == []


def test_a_training_may_lie_within_a_shift_as_an_errand_of_it(room: Room):
    li = room.person("Li Na")
    with room.db.begin("Note a training") as session:
        training = StaffAbsence(
            staff_id=li, first_day=MONDAY, last_day=MONDAY, starts=time(12), ends=time(12, 30),
            reason=StaffAbsenceReason.TRAINING,
        )  # fmt: skip
        availability.save_absence(session, training)
    with pytest.raises(UserError, match="in training from 12:00 to 12:30"):
        room.put(li)
    room.put(li, parts=[(PartKind.ERRAND, NOON, None)])
    assert told(room, "away") == []


def test_somebody_unvetted_is_never_alone_with_children_not_even_during_a_break(room: Room):
    li, zhao = room.person("Li Na"), room.person("Zhao Min", without=PaperKind.BACKGROUND_CHECK)
    with pytest.raises(UserError, match=r"07:30–15:30, Little ones: Zhao Min would be alone .* Put somebody else"):
        room.put(zhao)
    kept = room.put(li)
    room.put(zhao)
    alone = "12:00–12:30, Little ones: Zhao Min would be alone"
    with pytest.raises(UserError, match=alone), room.db.begin("Plan a break") as session:
        roster.set_parts(session, kept.id, [(PartKind.BREAK, NOON, None)])
    with pytest.raises(UserError, match="Zhao Min would be alone"), room.db.begin("Take off") as session:
        roster.take_off(session, kept.id)
    with pytest.raises(UserError, match="Zhao Min would be alone"), room.db.begin("Move") as session:
        roster.change(session, kept.id, day=TUESDAY)
    room.put(room.person("Wu Yan", StaffRole.VOLUNTEER), NOON)
    with room.db.begin("Plan a break") as session:
        roster.set_parts(session, kept.id, [(PartKind.BREAK, NOON, None)])
        assert breaks_of(session, kept.id) == [(PartKind.BREAK, "12:00-12:30")]


def test_breaks_lie_within_their_shift_and_apart(room: Room):
    shift = room.put(room.person("Li Na"))
    for parts in (
        [(PartKind.BREAK, Span(400, 460), None)],
        [(PartKind.BREAK, NOON, None), (PartKind.ERRAND, Span(740, 800), None)],
        [(PartKind.COVER, NOON, None)],
    ):
        with pytest.raises(UserError), room.db.begin("Plan a break") as session:
            roster.set_parts(session, shift.id, parts)


# ------------------------------------------------------------------------------------------------------------ changing
def test_a_shift_is_moved_with_its_breaks_and_one_that_gets_shorter_loses_what_lies_outside(room: Room):
    li, wang = room.person("Li Na"), room.person("Wang Wei")
    shift = room.put(li, parts=[(PartKind.BREAK, NOON, None), (PartKind.ERRAND, Span(840, 900), None)])
    with room.db.begin("Move a shift") as session:
        roster.change(session, shift.id, staff_id=wang, day=TUESDAY, span=Span(510, 990))
        assert breaks_of(session, shift.id) == [(PartKind.BREAK, "13:00-13:30"), (PartKind.ERRAND, "15:00-16:00")]
    assert room.shifts() == [(wang, TUESDAY, "08:30-16:30")]
    with room.db.begin("Shorten a shift") as session:
        roster.change(session, shift.id, span=Span(510, 930), pinned=True, note=" keys ")
        assert breaks_of(session, shift.id) == [(PartKind.BREAK, "13:00-13:30"), (PartKind.ERRAND, "15:00-15:30")]
        assert (shift.id, session.get_one(Shift, shift.id).note) == (shift.id, "keys")


def test_every_action_is_taken_back(room: Room):
    li, wang = room.person("Li Na"), room.person("Wang Wei")
    shift = room.put(li, parts=[(PartKind.BREAK, NOON, None)])
    start = room.shifts()

    def back(expected: list[tuple[int, date, str]] = start) -> None:
        undo.undo_last(room.db)
        assert room.shifts() == expected
        with room.db.read() as session:
            assert breaks_of(session, shift.id) == ([(PartKind.BREAK, "12:00-12:30")] if expected else [])

    for act in (
        lambda s: roster.take_off(s, shift.id),
        lambda s: roster.change(s, shift.id, staff_id=wang, span=LATE),
        lambda s: roster.set_parts(s, shift.id, [(PartKind.ERRAND, Span(600, 660), None)]),
        lambda s: roster.copy_week(s, room.season, MONDAY, MONDAY + timedelta(days=7)),
        lambda s: roster.clear_week(s, room.season, MONDAY),
    ):
        with room.db.begin("Change the roster") as session:
            act(session)
        back()
    with room.db.begin("Publish the roster") as session:
        roster.publish(session, room.season, MONDAY, by="Li Na", approved_by="GM", reason="A test")
    undo.undo_last(room.db)
    assert week(room).published is None


# ------------------------------------------------------------------------------------------------------------- copying
def test_a_week_is_copied_over_a_holiday_and_what_cannot_come_along_is_said(room: Room):
    li, wang = room.person("Li Na"), room.person("Wang Wei", day_until=time(16))
    next_monday = MONDAY + timedelta(days=7)
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        room.put(li, EARLY, day, parts=[(PartKind.BREAK, NOON, None)], pinned=day == MONDAY)
        room.put(wang, Span(480, 960), day)
    room.absent(wang, next_monday)
    with room.db.begin("Close a day") as session:
        seasons.mark_day(session, room.season, next_monday + timedelta(days=1), open=False, reason="Town festival")
    with room.db.begin("Copy a week") as session:
        said = roster.copy_week(session, room.season, MONDAY, next_monday)
    assert said == [
        "Wang Wei cannot be on the roster on Mon 17 Jul, 08:00–16:00: sick until 2017-07-17.",
        "Tue 18 Jul: Closed: Town festival. 2 shifts were not copied.",
    ]
    copied = [s for s in room.shifts() if s[1] >= next_monday]
    assert copied == [
        (li, next_monday, "07:30-15:30"),
        (li, next_monday + timedelta(days=2), "07:30-15:30"),
        (wang, next_monday + timedelta(days=2), "08:00-16:00"),
    ]
    with room.db.begin("Copy a week again") as session:
        assert "Li Na is already on the roster" in roster.copy_week(session, room.season, MONDAY, next_monday)[0]
    with room.db.begin("Clear a week") as session:
        assert roster.clear_week(session, room.season, next_monday) == 2, "the pinned one stays"
        assert roster.clear_week(session, room.season, next_monday, keep_pinned=False) == 1


def test_breaks_are_placed_where_somebody_can_be_spared(room: Room):
    people = [room.person(name, StaffRole.HEAD_TEACHER) for name in ("Li Na", "Wang Wei", "Zhao Min")]
    for person in people[:2]:
        room.put(person)
    with room.db.begin("Plan the breaks") as session:
        assert roster.plan_breaks(session, room.season, MONDAY) == 0, "two are needed, two are there"
    room.put(people[2], Span(540, 1050))
    with room.db.begin("Plan the breaks") as session:
        assert roster.plan_breaks(session, room.season, MONDAY) == 3
        shifts = planned.shifts_of(session, room.season, [MONDAY])
    breaks = sorted(pause.start for shift in shifts for pause in shift.breaks)
    assert all(later - earlier >= 30 for earlier, later in pairwise(breaks)), "one after the other"
    with room.db.read() as session:
        short = [q.slot for q in planned.day_cover(session, room.season, MONDAY).quarters if q.short]
    assert set(short) == set(range(930 // 15, 1050 // 15)), "only the late afternoon, which has one adult"


# ------------------------------------------------------------------------------------------------------------ warnings
def test_an_open_day_without_anybody_is_one_warning(room: Room):
    assert told(room, "nothing-planned")[0] == "Mon 10 Jul: nobody is on the roster; 6 children are expected."
    assert [w.code for w in week(room).warnings] == ["nothing-planned"] * 5
    assert all(w.severity is Severity.BREACH for w in week(room).warnings)


def test_where_it_is_short_the_reason_is_said_in_words(room: Room):
    head, li = room.person("Chen Yu", StaffRole.HEAD_TEACHER), room.person("Li Na")
    zhao = room.person("Zhao Min", without=PaperKind.BACKGROUND_CHECK)
    room.put(head, ALL_DAY, parts=[(PartKind.BREAK, NOON, None)])
    room.put(li, ALL_DAY)
    room.put(zhao, Span(690, 780))
    needed = "Mon 10 Jul, 12:00–12:30, Little ones: 2 adults needed, 1 planned."
    assert told(room, "short") == [f"{needed} Chen Yu: on a break. Zhao Min: Background check: missing."]
    assert told(room, "skill") == [
        f"Mon 10 Jul, 12:00–12:30: {lack}." for lack in ("No first-aider", "Nobody to lead", "Nobody with the keys")
    ], "Chen Yu on her break is with nobody"
    assert told(room, "does-not-count") == [
        "Mon 10 Jul: Zhao Min is planned, but does not count: Background check: missing."
    ]
    assert week(room).short_minutes == 30 + 4 * 600


def test_rules_of_working_time_and_wishes_are_warned_of(room: Room):
    li = room.person("Li Na", week_minutes=1_200)
    with room.db.begin("Note a wish") as session:
        wish = StaffWish(staff_id=li, kind=WishKind.RATHER_NOT, starts=time(16))
        availability.save_wish(session, wish)
    room.put(li, Span(780, 1260), MONDAY)
    room.put(li, Span(420, 960), TUESDAY, parts=[(PartKind.BREAK, Span(600, 610), None)])
    room.put(li, EARLY, WEDNESDAY)
    assert told(room, "rest") == [
        "Tue 11 Jul: Li Na begins 10:00 hours after the day before; at least 11:00 hours of rest are due."
    ]
    assert told(room, "day-hours") == ["Tue 11 Jul: Li Na works 8:50 hours; at most 8:00 are allowed a day."]
    assert told(room, "break-short") == ["Tue 11 Jul: Li Na has a break of 10 minutes; 30 are due."]
    assert "Mon 10 Jul: Li Na works 8:00 hours without a break; one is due after 6:00." in told(room, "break-missing")
    assert told(room, "week-hours") == ["Li Na works 24:50 hours this week; at most 20:00 are allowed."]
    assert told(room, "wish") == ["Mon 10 Jul, 16:00–21:00: Li Na would rather not work."]
    line = week(room).lines[0]
    assert (line.minutes, line.limit) == (1_490, 1_200)


def test_whoever_falls_sick_after_planning_does_not_count_any_more(room: Room):
    head, li = room.person("Chen Yu", StaffRole.HEAD_TEACHER), room.person("Li Na")
    for person in (head, li):
        room.put(person, ALL_DAY)
    assert not told(room, "short")
    room.absent(li, MONDAY)
    assert told(room, "away") == ["Li Na cannot be on the roster on Mon 10 Jul, 07:30–17:30: sick until 2017-07-10."]
    assert "Li Na: sick until 2017-07-10." in told(room, "short")[0]
    refused = r"cannot be published\. Put it right first: Li Na"
    with pytest.raises(UserError, match=refused), room.db.begin("Publish the roster") as session:
        roster.publish(session, room.season, MONDAY, by="Chen Yu", approved_by="GM", reason="We must")


# ---------------------------------------------------------------------------------------------------------- publishing
def test_a_week_in_order_is_published_without_a_word(room: Room):
    team = [room.person(name, StaffRole.HEAD_TEACHER) for name in ("Chen Yu", "Li Na", "Wang Wei", "Zhao Min")]
    for n in range(5):
        day = MONDAY + timedelta(days=n)
        for person, span in zip(team, (EARLY, EARLY, LATE, LATE), strict=True):
            room.put(person, span, day)
        with room.db.begin("Plan the breaks") as session:
            assert roster.plan_breaks(session, room.season, day) == 4
    assert week(room).warnings == ()
    with room.db.begin("Publish the roster") as session:
        roster.publish(session, room.season, MONDAY, by=" Chen Yu ", approved_by="GM", reason="not needed")
    published = week(room).published
    assert published is not None
    assert (published.published_by, published.approved_by, published.breach_minutes) == ("Chen Yu", "", 0)
    assert len(json.loads(published.shifts)) == 20
    assert week(room).changed == ()


def test_a_breach_is_published_only_with_a_name_and_a_reason_and_stays_on_record(room: Room):
    head = room.person("Chen Yu", StaffRole.HEAD_TEACHER)
    room.put(head, parts=[(PartKind.BREAK, NOON, None)])
    for approved, reason in (("", ""), ("GM", ""), ("", "It must be")):
        with pytest.raises(NeedsReason, match=r"The roster has \d+ problems\."), room.db.begin("Publish") as session:
            roster.publish(session, room.season, MONDAY, by="Chen Yu", approved_by=approved, reason=reason)
    with pytest.raises(UserError, match="Write who publishes"), room.db.begin("Publish") as session:
        roster.publish(session, room.season, MONDAY, by=" ")
    with room.db.begin("Publish the roster") as session:
        roster.publish(session, room.season, MONDAY, by="Chen Yu", approved_by="GM", reason="Typhoon")
    published = week(room).published
    assert published is not None
    assert (published.approved_by, published.reason, published.breach_minutes) == ("GM", "Typhoon", 5 * 600)
    first = json.loads(published.breaches)[0]
    assert first == {
        "day": "2017-07-10", "code": "short", "from": "07:30", "to": "12:00", "group": "Little ones", "required": 2,
        "planned": 1, "why": "Mon 10 Jul, 07:30–12:00, Little ones: 2 adults needed, 1 planned.",
    }  # fmt: skip


def test_what_changed_since_it_was_published_is_said(room: Room):
    head, li = room.person("Chen Yu", StaffRole.HEAD_TEACHER), room.person("Li Na")
    gone, moved, rested = room.put(head), room.put(li), room.put(head, EARLY, TUESDAY)
    with room.db.begin("Publish the roster") as session:
        roster.publish(session, room.season, MONDAY, by="Chen Yu", approved_by="GM", reason="A test")
    with room.db.begin("Change the roster") as session:
        roster.take_off(session, gone.id)
        roster.change(session, moved.id, span=LATE)
        roster.set_parts(session, rested.id, [(PartKind.BREAK, NOON, None)])
        roster.put(session, room.season, li, FRIDAY, EARLY, room.juniors)
    assert week(room).changed == (
        "Chen Yu, Mon 10 Jul: taken off (07:30–15:30 Little ones).",
        "Li Na, Mon 10 Jul: 07:30–15:30 Little ones became 09:30–17:30 Little ones.",
        "Chen Yu, Tue 11 Jul: the breaks changed.",
        "Li Na, Fri 14 Jul: added (07:30–15:30 Juniors).",
    )
