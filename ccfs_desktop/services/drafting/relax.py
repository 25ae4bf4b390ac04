"""Rules that can stand in the way of a roster, by family, and what a problem is like without them."""

import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from ccfs_desktop.i18n import _
from ccfs_desktop.services.drafting import words
from ccfs_desktop.services.drafting.model import Model
from ccfs_desktop.services.drafting.needs import Need, hours, needs
from ccfs_desktop.services.drafting.options import joined
from ccfs_desktop.services.drafting.problem import Person, PersonDay, Problem, Skill, Span, Unmet, Weights
from ccfs_desktop.services.drafting.solver import Effort, solve

_DAY = 24 * 60
_ASKS = 150
"""How often the solver may ask whether to go on with one question; a question left open counts as a no."""

Change = Callable[[Problem], Problem]
"""A problem made easier. All of them can be sent to another process."""


class Family(enum.StrEnum):
    """A family of rules, those that are easiest to do without last."""

    BREAKS = "breaks"
    REST = "rest"
    SHORTEST = "shortest"
    PATTERNS = "patterns"
    PINNED = "pinned"
    SKILLS = "skills"
    PAPERS = "papers"
    DAY_HOURS = "day-hours"
    WEEK_HOURS = "week-hours"
    AVAILABLE = "available"


def without(family: Family, day: date) -> Change:
    """Return the change that takes a family of rules away for one day."""
    return partial(_without, family, day)


def _without(family: Family, day: date, problem: Problem) -> Problem:
    return _WITHOUT[family](problem, day)


def in_words(family: Family, problem: Problem) -> str:
    """Name the rules of a family with their numbers."""
    rules = problem.rules
    sentences: Mapping[Family, Callable[[], str]] = {
        Family.BREAKS: lambda: _("a break of {minutes} minutes after {hours} hours at the latest").format(
            minutes=rules.break_minutes, hours=words.hours(rules.break_after)
        ),
        Family.REST: lambda: _("{hours} hours of rest between two days").format(hours=words.hours(rules.rest_minutes)),
        Family.SHORTEST: lambda: _("no shift under {hours} hours").format(hours=words.hours(rules.shortest)),
        Family.PATTERNS: lambda: _("only the shifts of the list"),
        Family.PINNED: lambda: _("the pinned shifts"),
        Family.SKILLS: lambda: _("always on duty: {skills}").format(skills=words.skills(sorted(problem.skills))),
        Family.PAPERS: lambda: _("only people whose papers are in order count"),
        Family.DAY_HOURS: lambda: _("at most {hours} hours a day").format(hours=words.hours(rules.day_minutes)),
        Family.WEEK_HOURS: lambda: _("at most {hours} hours and {days} days a week").format(
            hours=words.hours(rules.week_minutes), days=rules.week_days
        ),
        Family.AVAILABLE: lambda: _("the hours at which people can come"),
    }
    return sentences[family]()


class Ask:
    """Asks whether one cause could be helped, all other causes left as they are."""

    def __init__(self, problem: Problem, others: Iterable[Unmet]) -> None:
        """Keep the problem.

        Args:
            problem: one day, the shifts of the other days among ``before``.
            others: what is missing for other causes, and may go on missing.
        """
        self.problem = problem
        self._missing: dict[tuple[date, int], int] = defaultdict(int)
        self._lost: dict[tuple[date, int], set[Skill]] = defaultdict(set)
        for unmet in others:
            if unmet.skill:
                self._lost[unmet.day, unmet.slot].add(unmet.skill)
            else:
                self._missing[unmet.day, unmet.slot] += unmet.required - unmet.planned

    def works(self, changes: Iterable[Change], seconds: float) -> bool:
        """Tell whether nothing of the cause is left when all changes are made; no, when time is up before that."""
        problem = self.problem
        for change in changes:
            problem = change(problem)
        problem = replace(problem, weights=Weights(1, 0, 0, 0, 0, 0))
        wanted = {day: [n for need in listed if (n := self._left(need)).open] for day, listed in needs(problem).items()}
        if not any(wanted.values()):
            return True
        if seconds <= 0:
            return False
        program = Model(problem, fairness=False, needs=wanted).program
        found = solve(program, Effort(asks=_ASKS, seconds=seconds, gap=0.5, goal=0.5))
        return found.values is not None and sum(c * v for c, v in zip(program.cost, found.values, strict=True)) < 0.5

    def _left(self, need: Need) -> Need:
        at = (need.day, need.slot)
        less = 100 * self._missing[at]
        return replace(
            need,
            in_room=max(0, need.in_room - less),
            required=max(0, need.required - less),
            skills=need.skills - self._lost[at],
            escorts=0,
        )


# --------------------------------------------------------------------------------------------------- without the rules
def changed(problem: Problem, change: Callable[[Person], Person], only: int | None = None) -> Problem:
    """Change every person, or one."""
    people = tuple(change(p) if only is None or p.id == only else p for p in problem.people)
    return replace(problem, people=people)


def that_day(person: Person, day: date, known: PersonDay) -> Person:
    """Change what holds for a person on a day."""
    return replace(person, days={**person.days, day: known})


def usual(person: Person, day: date) -> PersonDay:
    """Return what holds for a person that day; if the person is away, as on another day, but without any hours."""
    if day in person.days:
        return person.days[day]
    other = next((person.days[known] for known in sorted(person.days)), PersonDay(()))
    return replace(other, available=())


def longer_day(minutes: int, day: date, only: int | None = None) -> Change:
    """Let everybody, or one, work so many minutes on a day."""
    return partial(_longer_day, minutes, day, only)


def _longer_day(minutes: int, day: date, only: int | None, problem: Problem) -> Problem:
    def person(p: Person) -> Person:
        return that_day(p, day, replace(p.days[day], minutes=minutes)) if day in p.days else p

    return changed(problem, person, only)


def longer_week(more: int, only: int | None = None) -> Change:
    """Let everybody, or one, work so many minutes more a week, on as many days as there are."""
    return partial(_longer_week, more, only)


def _longer_week(more: int, only: int | None, problem: Problem) -> Problem:
    longer = replace(problem, rules=replace(problem.rules, week_days=7))
    return changed(longer, lambda p: replace(p, week_minutes=problem.week_limit(p) + more), only)


def there(span: Span, day: date, only: int | None = None) -> Change:
    """Let everybody, or one, come at some time of a day, leave or not."""
    return partial(_there, span, day, only)


def _there(span: Span, day: date, only: int | None, problem: Problem) -> Problem:
    def person(p: Person) -> Person:
        known = usual(p, day)
        return that_day(p, day, replace(known, available=joined((*known.available, span))))

    return changed(problem, person, only)


def counted(day: date, only: int | None = None) -> Change:
    """Let those who do not count for want of a paper count."""
    return partial(_counted, day, only)


def _counted(day: date, only: int | None, problem: Problem) -> Problem:
    def person(p: Person) -> Person:
        known = p.days.get(day)
        if known is None or known.vetted:
            return p
        return that_day(p, day, replace(known, vetted=True, counts=known.counts or 100))

    return changed(problem, person, only)


def skilled(skills: Iterable[Skill], day: date, only: int | None = None) -> Change:
    """Give everybody, or one, some skills."""
    return partial(_skilled, frozenset(skills), day, only)


def _skilled(skills: frozenset[Skill], day: date, only: int | None, problem: Problem) -> Problem:
    def person(p: Person) -> Person:
        known = p.days.get(day)
        return p if known is None else that_day(p, day, replace(known, skills=known.skills | skills))

    return changed(problem, person, only)


def unpinned(person: int, day: date) -> Change:
    """Take one pinned shift off."""
    return partial(_unpinned, person, day)


def _unpinned(person: int, day: date, problem: Problem) -> Problem:
    return replace(problem, pinned=tuple(s for s in problem.pinned if (s.person, s.day) != (person, day)))


def one_more(count: int, span: Span, day: date) -> Change:
    """Add adults who can do everything, at one time of a day."""
    return partial(_one_more, count, span, day)


def _one_more(count: int, span: Span, day: date, problem: Problem) -> Problem:
    known = PersonDay((span,), 100, frozenset(Skill))
    new = tuple(Person(-n, "", {day: known}) for n in range(1, count + 1))
    return replace(problem, people=(*problem.people, *new))


def _rules(**fields: int) -> Callable[[Problem, date], Problem]:
    return lambda problem, _day: replace(problem, rules=replace(problem.rules, **fields))


def _all_there(problem: Problem, day: date) -> Problem:
    span = hours(problem).get(day)
    return there(span, day)(problem) if span else problem


_WITHOUT: Mapping[Family, Callable[[Problem, date], Problem]] = {
    Family.BREAKS: _rules(break_after=_DAY),
    Family.REST: _rules(rest_minutes=0),
    Family.SHORTEST: _rules(shortest=15),
    Family.PATTERNS: lambda problem, _day: replace(problem, patterns=()),
    Family.PINNED: lambda problem, day: replace(problem, pinned=tuple(s for s in problem.pinned if s.day != day)),
    Family.SKILLS: lambda problem, _day: replace(problem, skills=frozenset()),
    Family.PAPERS: lambda problem, day: counted(day)(problem),
    Family.DAY_HOURS: lambda problem, day: longer_day(_DAY, day)(problem),
    Family.WEEK_HOURS: lambda problem, _day: longer_week(7 * _DAY)(problem),
    Family.AVAILABLE: _all_there,
}
