"""Drafting from the records, keeping the draft, and covering for somebody who is sick."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database, undo
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.roster import PartKind, Shift, ShiftPart, ShiftPattern, StaffWish, WishKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, StaffRole
from ccfs_desktop.services import availability, enrolments, patterns, planned, roster_draft, roster_week
from ccfs_desktop.services.drafting.greedy import draft_at_once
from ccfs_desktop.services.drafting.problem import Draft, DraftShift, Liking, Problem, Skill, Span, Status, Stretch
from ccfs_desktop.services.drafting.score import score
from ccfs_desktop.services.roster_draft import CoverOption
from tests.rosters import ALL_DAY, EARLY, LATE, MONDAY, TUESDAY, WEDNESDAY, Room, a_room

WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


@pytest.fixture
def room(db: Database) -> Room:
    return a_room(db)


def problem(room: Room, *days: date) -> Problem:
    with room.db.read() as session:
        return roster_draft.problem(session, session.get_one(Season, room.season.id), days or WEEK)


def drafted(room: Room, *days: date) -> Draft:
    found = problem(room, *days)
    shifts = draft_at_once(found)
    known = score(found, shifts)
    return Draft(Status.INFEASIBLE if known.unmet else Status.FEASIBLE, known.objective, None, shifts, known.unmet)


def keep(room: Room, draft: Draft, *days: date) -> int:
    with room.db.begin("Draft the roster") as session:
        return roster_draft.keep(session, room.season, days or WEEK, draft)


def codes(room: Room) -> set[str]:
    with room.db.read() as session:
        return {w.code for w in roster_week.read(session, room.season, MONDAY).warnings}


def a_team(room: Room, n: int = 6) -> list[int]:
    return [room.person(f"Teacher {letter}", StaffRole.HEAD_TEACHER) for letter in "ABCDEFGH"[:n]]


# -------------------------------------------------------------------------------------------------- what it starts from
def test_a_problem_holds_the_seasons_rules_the_needs_of_each_group_and_who_can_come_when(room: Room):
    head = room.person("Chen Yu", StaffRole.HEAD_TEACHER, group_id=room.group, week_minutes=1_200)
    zhao = room.person("Zhao Min", without=PaperKind.BACKGROUND_CHECK)
    room.person("Wu Yan", StaffRole.VOLUNTEER)
    room.absent(head, TUESDAY)
    with room.db.begin("Set rules and wishes") as session:
        season = session.get_one(Season, room.season.id)
        season.work_day_minutes, season.required_skills = 420, "lead"
        availability.save_wish(
            session, StaffWish(staff_id=head, kind=WishKind.RATHER_NOT, weekdays="3", starts=time(16))
        )
        patterns.save(
            session,
            ShiftPattern(season_id=season.id, name="Early", starts=time(7, 30), ends=time(15)),
        )
    found = problem(room)
    assert found.days == tuple(WEEK[:5]), "the weekend is closed"
    assert {(d.group, d.required, d.in_room) for d in found.demands} == {(room.group, 2, 2)}
    assert {d.slot for d in found.demands} == set(range(30, 70))
    assert (found.rules.day_minutes, found.skills) == (420, frozenset({Skill.LEAD}))
    assert [p.span for p in found.patterns] == [Span(450, 900)]
    chen, min_ = found.people
    assert (chen.name, chen.group, chen.week_minutes) == ("Chen Yu", room.group, 1_200)
    assert chen.days[MONDAY].skills >= {Skill.LEAD, Skill.KEYHOLDER, Skill.FIRST_AIDER}
    assert chen.days[TUESDAY].available == ()
    assert chen.absent == {TUESDAY: "sick until 2017-07-11"}
    assert [(w.day, w.span, w.liking) for w in chen.wishes] == [(WEDNESDAY, Span(960, 1_440), Liking.RATHER_NOT)]
    assert (min_.id, min_.days[MONDAY].worth, min_.days[MONDAY].vetted) == (zhao, 0, False)
    assert min_.absent[MONDAY] == "Background check: missing"


def test_a_nap_under_a_nap_rule_needs_fewer_in_the_room(room: Room):
    with room.db.begin("Set a nap") as session:
        season = session.get_one(Season, room.season.id)
        season.ratio_profile, season.nap_from, season.nap_until = "cfoc", time(12, 30), time(14)
    needs = {d.slot: (d.required, d.in_room) for d in problem(room, MONDAY).demands}
    assert needs[49] == needs[56] == (2, 2)
    assert needs[50] == needs[55] == (2, 1)


def test_fairness_looks_back_on_the_earlier_weeks(room: Room):
    first, second = a_team(room, 2)
    last = MONDAY - timedelta(days=7)
    room.put(first, EARLY, last, parts=[(PartKind.BREAK, Span(720, 750), None)])
    room.put(first, Span(600, 900), last + timedelta(days=1))
    one, two = problem(room).people
    assert (one.id, one.worked, one.unpopular) == (first, 450 + 300, 1)
    assert (two.id, two.worked, two.unpopular) == (second, 0, 0)
    assert one.could == two.could == 5 * 480
    assert [s.span for s in problem(room, MONDAY).before] == [EARLY, Span(600, 900)]


def test_days_of_the_same_week_that_are_not_drafted_count_towards_its_hours(room: Room):
    (first,) = a_team(room, 1)
    room.put(first, EARLY, TUESDAY)
    assert [s.day for s in problem(room, WEDNESDAY).before] == [TUESDAY]


# ------------------------------------------------------------------------------------------------------------- keeping
def test_a_week_is_drafted_kept_and_taken_back_as_one_action(room: Room):
    a_team(room)
    draft = drafted(room)
    assert (draft.status, draft.unmet) == (Status.FEASIBLE, ())
    shifts = keep(room, draft)
    assert shifts == len(draft.shifts) == len(room.shifts())
    assert codes(room) == set(), "covered, and no rule broken"
    entries = len(undo.history(room.db))
    assert keep(room, draft) == shifts
    assert len(undo.history(room.db)) == entries, "the same draft again changes nothing"
    undo.undo_last(room.db)
    assert room.shifts() == []


def test_a_draft_replaces_what_is_not_pinned_and_that_too_is_taken_back(room: Room):
    team = a_team(room)
    room.put(team[0], EARLY, parts=[(PartKind.BREAK, Span(690, 720), None)], pinned=True, note="keys")
    room.put(team[1], Span(600, 700), TUESDAY, parts=[(PartKind.ERRAND, Span(610, 640), None)])
    before = room.shifts()
    keep(room, drafted(room))
    after = room.shifts()
    assert before[0] in after
    assert before[1] not in after
    with room.db.read() as session:
        assert session.scalars(select(Shift).where(Shift.pinned)).one().note == "keys"
    undo.undo_last(room.db)
    assert room.shifts() == before
    with room.db.read() as session:
        assert len(session.scalars(select(ShiftPart)).all()) == 2
        scratch = roster_draft.problem(session, room.season, WEEK, from_scratch=True)
    assert scratch.pinned == ()


def test_a_draft_that_was_overtaken_is_refused_in_words(room: Room):
    team = a_team(room)
    draft = drafted(room)
    room.absent(team[0], MONDAY, MONDAY + timedelta(days=4))
    with pytest.raises(UserError, match=r"Teacher A cannot be on the roster on .*: sick until 2017-07-14"):
        keep(room, draft)
    assert room.shifts() == []


def test_a_stretch_in_another_group_is_kept_without_the_break_in_it(room: Room):
    (first,) = a_team(room, 1)
    shift = DraftShift(first, MONDAY, ALL_DAY, room.group, (Span(720, 750),), (Stretch(Span(690, 780), room.juniors),))
    keep(room, Draft(Status.FEASIBLE, 0, None, (shift,), ()), MONDAY)
    with room.db.read() as session:
        (seen,) = planned.shifts_of(session, room.season, [MONDAY])
    assert [(p.kind, p.span) for p in seen.parts] == [
        (PartKind.COVER, Span(690, 720)), (PartKind.BREAK, Span(720, 750)), (PartKind.COVER, Span(750, 780)),
    ]  # fmt: skip
    names, groups = {first: "Teacher A"}, {room.group: "Little ones", room.juniors: "Juniors"}
    told = roster_draft.assignments(names, groups, [shift])
    assert [(a.group, a.span, a.breaks) for a in told] == [
        ("Little ones", Span(450, 690), ()),
        ("Juniors", Span(690, 780), (Span(720, 750),)),
        ("Little ones", Span(780, 1050), ()),
    ]


def test_what_a_draft_leaves_short_is_told_with_the_reason(room: Room):
    a_team(room, 2)
    draft, found = drafted(room, MONDAY), problem(room, MONDAY)
    assert draft.status is Status.INFEASIBLE
    told = roster_draft.as_dict(found, draft, roster_draft.gaps(found, draft))
    assert told["status"] == "infeasible"
    gaps = roster_draft.gaps(found, draft)
    assert {(gap.group, gap.required, gap.planned, gap.reason) for gap in gaps if gap.group} == {
        ("Little ones", 2, 1, "2 adults needed, 1 planned.")
    }


def test_children_without_a_group_are_drafted_for_too(room: Room):
    a_team(room)
    with room.db.begin("Take everybody out of the group") as session:
        enrolments.move(session, room.season, [c.id for c in room.space.children], None)
    found = problem(room, MONDAY)
    assert {d.group for d in found.demands} == {0}
    keep(room, drafted(room, MONDAY), MONDAY)
    with room.db.read() as session:
        assert planned.day_cover(session, room.season, MONDAY).short_minutes == 0


# ------------------------------------------------------------------------------------------------------ sick at six
def options(room: Room, staff_id: int) -> list[CoverOption]:
    with room.db.read() as session:
        return roster_draft.cover_for(session, room.season, MONDAY, staff_id)


def test_the_ways_to_cover_are_listed_best_first_and_one_is_taken(room: Room):
    team = a_team(room, 5)
    for person, span in zip(team, (EARLY, EARLY, LATE, LATE), strict=False):
        room.put(person, span, parts=[(PartKind.BREAK, Span(span.start + 180, span.start + 210), None)])
    room.absent(team[0], MONDAY)
    found = options(room, team[0])
    minutes = [option.short_minutes for option in found]
    assert minutes == sorted(minutes)
    assert (found[0].short_minutes, found[-1].sentence) == (0, "Nobody covers.")
    assert found[-1].short_minutes > 0
    assert "Teacher E" in found[0].sentence
    before = room.shifts()
    with room.db.begin("Cover for somebody") as session:
        roster_draft.apply_cover(session, room.season, MONDAY, found[0])
    with room.db.read() as session:
        assert planned.day_cover(session, room.season, MONDAY).short_minutes == 0
    assert team[0] not in {person for person, _day, _span in room.shifts()}
    undo.undo_last(room.db)
    assert room.shifts() == before


def test_a_way_to_cover_that_was_overtaken_is_refused(room: Room):
    team = a_team(room, 5)
    for person, span in zip(team, (EARLY, EARLY, LATE, LATE), strict=False):
        room.put(person, span)
    (best, *_others) = options(room, team[0])
    room.absent(team[4], MONDAY)
    with pytest.raises(UserError, match="Teacher E cannot be on the roster"), room.db.begin("Cover") as session:
        roster_draft.apply_cover(session, room.season, MONDAY, best)
