"""Weeks to be drafted, made up but always the same."""

from datetime import date, timedelta
from random import Random

from ccfs_desktop.services.drafting.problem import Demand, Liking, Person, PersonDay, Problem, Rules, Skill, Span, Wish

MONDAY = date(2017, 7, 10)
GROUPS = {1: "Small", 2: "Middle", 3: "Big"}
EVERYTHING = frozenset(Skill)


def days(count: int, per_week: int = 5) -> tuple[date, ...]:
    """So many working days from a Monday on."""
    listed = (MONDAY + timedelta(days=n) for n in range(count * 3))
    return tuple([day for day in listed if day.isoweekday() <= per_week][:count])


def demand(when: tuple[date, ...], needed: dict[int, int], start: int = 450, end: int = 1050) -> tuple[Demand, ...]:
    """The same need from minute to minute of each day, group → adults."""
    slots = range(start // 15, end // 15)
    return tuple(Demand(day, slot, group, n, n) for day in when for slot in slots for group, n in needed.items())


def person(n: int, when: tuple[date, ...], *spans: Span, **more: object) -> Person:
    """Somebody with the same hours each day, who brings every skill unless told otherwise."""
    skills = more.pop("skills", EVERYTHING)
    counts, vetted = more.pop("counts", 100), more.pop("vetted", True)
    known = PersonDay(spans or (Span(420, 1260),), counts, skills, vetted)  # type: ignore[arg-type]
    return Person(n, f"Person {n}", dict.fromkeys(when, known), **more)  # type: ignore[arg-type]


def some_week(seed: int, *, people: int = 14, when: tuple[date, ...] | None = None, scale: float = 1.0) -> Problem:
    """A week as it could be: three groups, overtime on two evenings, part-timers, leave, papers, wishes."""
    dice, when = Random(seed), when or days(5)  # noqa: S311 (a play, not a secret)
    evenings = tuple(day for day in when if day.isoweekday() in {2, 4})
    base = {1: round(4 * scale), 2: round(3 * scale), 3: round(3 * scale)}
    demands = demand(when, base) + demand(evenings, {1: 2, 2: 2}, 1050, 1200)
    return Problem(when, demands, tuple(someone(dice, n, when) for n in range(1, people + 1)), groups=GROUPS)


def someone(dice: Random, n: int, when: tuple[date, ...]) -> Person:
    """A caregiver with hours, papers, wishes and a group of her own."""
    part_time = dice.random() < 0.25
    hours = (dice.choice([Span(450, 750), Span(750, 1200), Span(540, 900)]),) if part_time else (Span(420, 1260),)
    skills = frozenset(skill for skill in Skill if dice.random() < 0.6)
    known = PersonDay(hours, 100, skills)
    free = {day: known for day in when if dice.random() > 0.06}
    wishes = tuple(
        Wish(day, Span(1050, 1260), Liking.RATHER_NOT)
        if dice.random() < 0.5
        else Wish(day, Span(450, 720), Liking.LIKES)
        for day in free
        if dice.random() < 0.2
    )
    return Person(n, f"Person {n}", free, dice.choice([1, 2, 3, None]), wishes=wishes)


def small(seed: int) -> Problem:
    """A week small enough to be solved to the end: one group, five people, two days."""
    dice, when = Random(seed), days(2)  # noqa: S311
    start = dice.choice([450, 480, 510])
    demands = demand(when, {1: 2}, start, start + dice.choice([480, 540, 600]))
    return Problem(when, demands, tuple(someone(dice, n, when) for n in range(1, 6)), Rules(), groups={1: "All"})
