"""Why a roster is short: the rule is named, and what is offered helps."""

from datetime import timedelta

import pytest

from ccfs_desktop import i18n
from ccfs_desktop.services.drafting.explain import Cause, explain
from ccfs_desktop.services.drafting.problem import (
    Draft,
    DraftShift,
    Pattern,
    Person,
    PersonDay,
    Problem,
    Rules,
    Skill,
    Span,
    Status,
)
from ccfs_desktop.services.drafting.relax import Family, without
from ccfs_desktop.services.drafting.search import Search, finished
from ccfs_desktop.services.drafting.worker import explained
from tests.services.drafting.broken import broken
from tests.services.drafting.weeks import days, demand, person

WHEN = days(1)
DAY = WHEN[0]


def searched(problem: Problem) -> Draft:
    return finished(problem, Search(problem, seconds=20).run())


def why(problem: Problem) -> tuple[Cause, ...]:
    """Explain what the best roster leaves short; whatever is offered is taken up, one by one, and must help."""
    found = searched(problem)
    causes = explain(problem, found)
    assert found.status is Status.INFEASIBLE
    for cause in causes:
        assert cause.offers
        for offer in cause.offers:
            eased = offer.applied(problem)
            again = searched(eased)
            left = {(u.day, u.slot, u.group, u.skill) for u in again.unmet}
            assert not left & {(u.day, u.slot, u.group, u.skill) for u in cause.unmet}, offer.text
            assert broken(eased, again.shifts) == []
    return causes


def somebody(n: int, *spans: Span, **more: object) -> Person:
    return person(n, WHEN, *spans, **more)


def test_a_lunch_hour_with_one_too_few_says_who_is_there_and_why_the_others_are_not():
    chen = PersonDay((Span(420, 1200),), 0, frozenset(), vetted=False)
    people = (
        *(somebody(n) for n in range(1, 5)),
        Person(5, "Chen", {DAY: chen}, absent={DAY: "no valid background check"}),
        Person(6, "Wu", {}, absent={DAY: "on leave"}),
    )
    needed = demand(WHEN, {1: 3}, 480, 720) + demand(WHEN, {1: 4, 2: 1}, 720, 780)
    (cause,) = why(Problem(WHEN, needed, people))

    assert cause.text == (
        "Monday 12:00-13:00 needs 5 adults; 4 are available: Person 1, Person 2, Person 3, Person 4. "
        "Chen: no valid background check. Wu: on leave. "
        "In the way: only people whose papers are in order count, the hours at which people can come."
    )
    assert [offer.text for offer in cause.offers] == [
        "It would work if Chen counted. Now: no valid background check.",
        "It would work if Wu could come on Monday from 10:00 to 13:00.",
        "It would work with 1 more adult on Monday from 10:00 to 13:00.",
    ]


LATE = DraftShift(1, DAY - timedelta(days=1), Span(840, 1260), 1)
PINNED = DraftShift(1, DAY, Span(480, 660), 2, pinned=True)
ALL_DAY, MORNING = demand(WHEN, {1: 1}, 480, 1020), demand(WHEN, {1: 1}, 450, 660)
WORKED = tuple(DraftShift(1, DAY + timedelta(days=n), Span(480, 990), 1, (Span(720, 750),)) for n in range(1, 6))


@pytest.mark.parametrize(
    ("family", "problem", "offered"),
    [
        (Family.DAY_HOURS, Problem(WHEN, ALL_DAY, (somebody(1),), Rules(break_minutes=0, break_after=900)),
         "It would work if Person 1 may work 9 hours on Monday."),
        (Family.REST, Problem(WHEN, MORNING, (somebody(1),), before=(LATE,)),
         "It would work with less rest than 11 hours before or after Monday."),
        (Family.PINNED, Problem(WHEN, demand(WHEN, {1: 1}, 480, 660), (somebody(1),), pinned=(PINNED,)),
         "It would work without the pinned shift of Person 1 on Monday, 08:00 to 11:00."),
        (Family.BREAKS, Problem(WHEN, demand(WHEN, {1: 1}, 480, 900), (somebody(1),)),
         "It would work if breaks were covered by somebody else: one more adult while the others pause."),
        (Family.PATTERNS, Problem(WHEN, MORNING, (somebody(1),), patterns=(Pattern("Late", Span(600, 900)),)),
         "It would work with shifts that are not on the list of shifts."),
        (Family.WEEK_HOURS, Problem(WHEN, MORNING, (somebody(1),), before=WORKED),
         "It would work if Person 1 may work 4 hours more in the week of Monday."),
        (Family.AVAILABLE, Problem(WHEN, MORNING, (somebody(1, Span(480, 900)),)),
         "It would work if Person 1 could come on Monday from 07:30 to 10:30."),
        (Family.SHORTEST, Problem(WHEN, MORNING, (somebody(1, Span(450, 510)), somebody(2, Span(510, 900)))),
         "It would work with a shift shorter than 3 hours."),
        (Family.SKILLS, Problem(WHEN, MORNING, (somebody(1, skills=frozenset({Skill.LEAD, Skill.KEYHOLDER})),)),
         "It would work with Person 1 as first-aider."),
    ],
    ids=lambda value: str(value) if isinstance(value, Family) else "",
)  # fmt: skip
def test_the_rule_in_the_way_is_named_and_what_is_offered_works(family: Family, problem: Problem, offered: str):
    causes = why(problem)

    for cause in causes:
        assert family in cause.rules
        assert cause.text
    assert offered in [offer.text for cause in causes for offer in cause.offers]


def test_no_rule_is_named_without_need():
    """Each of the rules named, taken away alone while the unnamed are gone, makes the roster whole."""
    people = (somebody(1, Span(480, 900)), somebody(2, skills=frozenset({Skill.LEAD})))
    problem = Problem(WHEN, demand(WHEN, {1: 1}, 450, 1020), people)
    found = searched(problem)
    causes = explain(problem, found)

    assert causes
    for cause in causes:
        unnamed = [family for family in Family if family not in cause.rules]
        for named in cause.rules:
            eased = problem
            for family in (*unnamed, named):
                eased = without(family, DAY)(eased)
            left = {(u.slot, u.skill) for u in searched(eased).unmet}
            assert not left & {(u.slot, u.skill) for u in cause.unmet}


def test_with_one_caregiver_too_few_only_more_adults_are_offered():
    (cause,) = why(Problem(WHEN, MORNING, (), groups={1: "All"}))

    assert cause.rules == ()
    assert cause.text == "Monday 07:30-11:00 needs 1 adult; nobody is available."
    assert [offer.text for offer in cause.offers] == ["It would work with 1 more adult on Monday from 07:30 to 11:00."]


def test_when_time_is_up_the_causes_are_told_all_the_same():
    problem = Problem(WHEN, MORNING, ())
    (cause,) = explain(problem, searched(problem), seconds=0)

    assert (cause.searched, cause.offers) == (False, ())
    assert cause.text.startswith("Monday 07:30-11:00 needs 1 adult")


def test_causes_are_told_from_another_process_in_the_language_in_use():
    problem = Problem(WHEN, MORNING, (somebody(1, Span(480, 900)),))
    found = searched(problem)
    with i18n.use("zh_CN"):
        (cause,) = explained(problem, found)

    assert "星期一" in cause.text
    assert cause.searched
    assert cause.offers
    assert explained(problem, found, cancelled=lambda: True)[0].offers == ()
