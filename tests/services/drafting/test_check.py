"""The checker of rosters finds each broken rule, and only looks where it is asked to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from ccfs_desktop.services.drafting.check import Rule, check, standing
from ccfs_desktop.services.drafting.problem import DraftShift, Problem, Rules, Skill, Span
from tests.services.drafting.weeks import EVERYTHING, days, demand, person

WHEN = days(10)
DAY, NEXT = WHEN[0], WHEN[1]
PROBLEM = Problem(
    WHEN,
    demand((DAY,), {1: 1}, 540, 600),
    (
        person(1, WHEN, Span(420, 1260)),
        person(2, WHEN, Span(480, 720)),
        person(3, WHEN, counts=0, vetted=False),
        person(4, WHEN, day_minutes=240, week_minutes=600),
    ),
)


def shift(who: int, start: int, end: int, *breaks: Span, day: int = 0) -> DraftShift:
    return DraftShift(who, WHEN[day], Span(start, end), 1, breaks)


def rules(*shifts: DraftShift, problem: Problem = PROBLEM) -> list[Rule]:
    return [violation.rule for violation in check(problem, shifts).violations]


@pytest.mark.parametrize(
    ("shifts", "rule", "actual", "limit"),
    [
        ([shift(9, 600, 780)], Rule.UNKNOWN, None, None),
        ([shift(1, 540, 720), shift(1, 690, 900)], Rule.DOUBLE, None, None),
        ([shift(2, 540, 780)], Rule.AWAY, None, None),
        ([shift(1, 540, 600)], Rule.SHORT, 60, 180),
        ([shift(1, 480, 1020, Span(720, 750))], Rule.DAY_HOURS, 510, 480),
        ([shift(4, 540, 795)], Rule.DAY_HOURS, 255, 240),
        ([shift(4, 540, 780, day=n) for n in range(3)], Rule.WEEK_HOURS, 720, 600),
        ([shift(1, 1080, 1260), shift(1, 420, 720, day=1)], Rule.REST, 600, 660),
        ([shift(1, 480, 870)], Rule.BREAK_MISSING, 390, 360),
        ([shift(1, 480, 960, Span(900, 930))], Rule.BREAK_LATE, 420, 360),
        ([shift(1, 480, 960, Span(720, 735))], Rule.BREAK_SHORT, 15, 30),
        ([shift(1, 480, 720, Span(690, 735))], Rule.BREAK_OUTSIDE, 0, 0),
        ([shift(3, 480, 720)], Rule.ALONE, None, None),
    ],
    ids=lambda value: str(value) if isinstance(value, Rule) else "",
)
def test_each_rule_that_is_broken_is_found_with_its_figures(
    shifts: Sequence[DraftShift], rule: Rule, actual: int | None, limit: int | None
):
    found = check(PROBLEM, shifts).violations

    assert [violation.rule for violation in found] == [rule]
    assert (found[0].actual, found[0].limit) == (actual, limit)


def test_a_seventh_day_is_found_and_a_pinned_shift_that_was_touched():
    week = Problem(days(7, per_week=7), (), (person(1, days(7, per_week=7)),), Rules(week_minutes=6_000))
    seven = tuple(DraftShift(1, day, Span(480, 720), 1) for day in week.days)
    pinned = replace(seven[0], pinned=True)

    assert [v.rule for v in check(week, seven).violations] == [Rule.WEEK_DAYS]
    assert [v.rule for v in check(replace(week, pinned=(pinned,)), seven[:2]).violations] == [Rule.PINNED]


def test_a_good_shift_is_clean_and_touching_hours_are_one():
    two_spans = person(5, WHEN, Span(480, 600), Span(600, 780))

    assert rules(shift(1, 480, 960, Span(720, 750))) == []
    assert rules(shift(5, 480, 780), problem=replace(PROBLEM, people=(two_spans,))) == []
    assert check(PROBLEM, [shift(1, 480, 720)]).clean


def test_only_the_days_asked_for_are_looked_at():
    wrong = [shift(1, 540, 600), shift(1, 540, 600, day=1)]

    assert {v.day for v in check(PROBLEM, wrong, [NEXT]).violations} == {NEXT}
    late = [shift(1, 1080, 1260), shift(1, 420, 720, day=1)]
    assert [v.rule for v in check(PROBLEM, late, [DAY]).violations] == [Rule.REST]


def test_a_quarter_hour_tells_who_is_there_and_who_does_not_count():
    roster = [shift(1, 480, 900, Span(540, 570)), shift(3, 480, 720)]
    there = standing(PROBLEM, roster, DAY)[36, 1]

    assert (there.in_room, there.on_break, there.not_counted) == ((3,), (1,), (3,))
    unmet = check(PROBLEM, roster).unmet
    assert {(u.slot, u.skill) for u in unmet} == {(slot, skill) for slot in (36, 37) for skill in (None, *Skill)}
    assert frozenset(Skill) == EVERYTHING
    assert DAY + timedelta(days=1) == NEXT
