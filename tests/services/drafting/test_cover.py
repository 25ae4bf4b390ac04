"""Sick at 06:00: who could cover, best first, and honest about what is left."""

import pytest

from ccfs_desktop.services.drafting.check import check
from ccfs_desktop.services.drafting.cover import CoverOption, Soft, Way, cover_options
from ccfs_desktop.services.drafting.problem import DraftShift, Liking, PersonDay, Problem, Rules, Span, Wish
from tests.services.drafting.broken import broken
from tests.services.drafting.weeks import EVERYTHING, days, demand, person

WHEN = days(1)
DAY = WHEN[0]
EARLY, LATE = Span(480, 780), Span(780, 1080)


def day_of(*people: object, needed: dict[int, int] | None = None) -> Problem:
    return Problem(WHEN, demand(WHEN, needed or {1: 1}, 480, 1080), people, Rules())  # type: ignore[arg-type]


def honest(problem: Problem, options: tuple[CoverOption, ...]) -> bool:
    """Tell whether options are in order, break nothing, and leave exactly the breach they say."""
    for option in options:
        report = check(problem, option.shifts, [DAY])
        slots = {unmet.slot for unmet in report.unmet}
        assert option.breach_minutes == 15 * len(slots)
        assert option.way is Way.NOBODY or broken(problem, option.shifts) == []
    order = [(option.breach_minutes, option.missing_quarters) for option in options]
    return order == sorted(order) and sum(option.way is Way.NOBODY for option in options) == 1


def test_each_way_is_offered_and_none_hides_what_it_leaves():
    asked = Wish(DAY, EARLY, Liking.RATHER_NOT)
    problem = day_of(
        person(1, WHEN), person(2, WHEN), person(3, WHEN), person(4, WHEN, Span(480, 690), wishes=(asked,))
    )
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(2, DAY, LATE, 1))
    options = cover_options(problem, roster, 1, DAY, at=360)

    assert honest(problem, options)
    assert options[0].text == "Person 3 comes in from 08:00 to 13:00."
    assert (options[0].way, options[0].breach_minutes, options[0].people) == (Way.CALL_IN, 0, (3,))
    four = next(option for option in options if option.people == (4,))
    assert four.breach_minutes == 780 - 690
    assert (Soft.WISH, 4) in {(s.soft, s.person) for s in four.stretched}
    assert (options[-1].way, options[-1].breach_minutes, options[-1].text) == (Way.NOBODY, 300, "Nobody covers.")
    earlier = next(option for option in options if option.way is Way.EXTEND)
    assert earlier.people == (2,)
    assert 0 < earlier.breach_minutes < 300


def test_two_share_what_one_cannot():
    people = (person(1, WHEN), person(2, WHEN, Span(480, 660)), person(3, WHEN, Span(600, 780)), person(4, WHEN, LATE))
    problem = day_of(*people)
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(4, DAY, LATE, 1))
    best = cover_options(problem, roster, 1, DAY)[0]

    assert honest(problem, cover_options(problem, roster, 1, DAY))
    assert (best.way, best.breach_minutes, set(best.people)) == (Way.SPLIT, 0, {2, 3})


def test_somebody_to_spare_in_another_group_moves():
    problem = Problem(WHEN, demand(WHEN, {1: 1, 2: 1}, 480, 780), tuple(person(n, WHEN, EARLY) for n in (1, 2, 3)))
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(2, DAY, EARLY, 2), DraftShift(3, DAY, EARLY, 2))
    best = cover_options(problem, roster, 1, DAY)[0]

    assert (best.way, best.breach_minutes, best.extra_minutes) == (Way.MOVE, 0, 0)
    assert [(s.soft, s.minutes) for s in best.stretched] == [(Soft.OTHER_GROUP, 300)]


def test_nobody_works_too_long_and_nobody_comes_before_now():
    problem = day_of(person(1, WHEN), person(2, WHEN), person(3, WHEN))
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(2, DAY, LATE, 1))
    options = cover_options(problem, roster, 1, DAY, at=600)

    assert honest(problem, options)
    assert all(shift.span.start >= 600 for option in options for shift in option.changed)
    assert options[0].breach_minutes == 120


def test_a_roster_that_needs_nobody_says_so_first():
    problem = day_of(person(1, WHEN), person(2, WHEN))
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(2, DAY, Span(480, 1080), 1))
    options = cover_options(problem, roster, 1, DAY)

    assert [(option.way, option.breach_minutes) for option in options] == [(Way.NOBODY, 0)]


def test_doing_nothing_tells_that_somebody_unvetted_is_alone():
    helper = person(9, WHEN, EARLY, counts=0, vetted=False, skills=frozenset())
    problem = Problem(WHEN, demand(WHEN, {1: 1}, 480, 780), (person(1, WHEN, EARLY), person(2, WHEN, EARLY), helper))
    roster = (DraftShift(1, DAY, EARLY, 1), DraftShift(9, DAY, EARLY, 1))
    options = cover_options(problem, roster, 1, DAY)

    assert [option.way for option in options] == [Way.CALL_IN, Way.NOBODY]
    assert options[0].violations == ()
    assert options[-1].violations


@pytest.mark.parametrize("absent", [7, 1])
def test_somebody_who_has_no_shift_or_is_not_known_leaves_no_gap(absent: int):
    problem = day_of(person(1, WHEN), person(2, WHEN))
    (option,) = cover_options(problem, (DraftShift(2, DAY, Span(480, 1080), 1),), absent, DAY)

    assert (option.way, option.breach_minutes) == (Way.NOBODY, 0)
    assert PersonDay((EARLY,), skills=EVERYTHING) == person(1, WHEN, EARLY).days[DAY]
