"""Exchange shifts between people until nobody's share can be made fairer: cover and skills stay."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from ccfs_desktop.services.drafting.book import Book
from ccfs_desktop.services.drafting.groups import Duty
from ccfs_desktop.services.drafting.needs import hours, needs
from ccfs_desktop.services.drafting.options import unpopular
from ccfs_desktop.services.drafting.problem import SLOT, Person, Problem, Skill, Span
from ccfs_desktop.services.drafting.score import shares, wished

_TRIES = 400_000
"""Exchanges looked at, at most."""


def exchanged(problem: Problem, duties: Iterable[Duty]) -> list[Duty]:
    """Return the same shifts, held by others where that lowers the objective."""
    return _Exchange(problem, list(duties)).result()


class _Exchange:
    """Who holds which shift, and what that costs beside cover and paid time, which stay as they are."""

    def __init__(self, problem: Problem, duties: list[Duty]) -> None:
        self._problem = problem
        self._people = {person.id: person for person in problem.people}
        self._book = Book(problem, problem.pinned)
        self._held = {(duty.person, duty.day): duty for duty in duties}
        self._hours = hours(problem)
        self._skills: Counter[tuple[date, int, Skill]] = Counter()
        for duty in duties:
            for skill in self._people[duty.person].days[duty.day].shows:
                self._skills.update((duty.day, slot, skill) for slot in _present(duty))
        listed = needs(problem).values()
        self._needed = {(need.day, need.slot, skill) for day in listed for need in day for skill in need.skills}
        fair = shares(problem)
        self._index = {person: n for n, person in enumerate(fair)}
        self._loads = [share.before for share in fair.values()]
        self._scale = [share.scale for share in fair.values()]
        self._hard = [self._people[person].unpopular for person in fair]
        for shift in problem.pinned:
            self._count(Duty(shift.person, shift.day, shift.span, shift.breaks), 1)
        for duty in duties:
            self._book.add(duty.person, duty.day, duty.span, _minutes(duty))
            self._count(duty, 1)

    def _count(self, duty: Duty, sign: int) -> None:
        at = self._index.get(duty.person)
        if at is not None:
            self._loads[at] += sign * self._scale[at] * _minutes(duty)
            self._hard[at] += sign * unpopular(duty.span, self._hours.get(duty.day))

    def result(self) -> list[Duty]:
        peers = self._peers()
        tries = 0
        better = True
        while better and tries < _TRIES:
            better = False
            for day, group in peers:
                for n, one in enumerate(group):
                    for other in group[n + 1 :]:
                        tries += 1
                        better = self._try(day, one, other) or better
        return sorted(self._held.values(), key=lambda d: (d.day, d.span.start, d.span.end, d.person))

    def _peers(self) -> list[tuple[date, list[Person]]]:
        pinned = {(shift.person, shift.day) for shift in self._problem.pinned}
        found: list[tuple[date, list[Person]]] = []
        for day in self._problem.days:
            kinds: dict[int, list[Person]] = defaultdict(list)
            for person in self._problem.people:
                known = person.days.get(day)
                if known and known.worth and (person.id, day) not in pinned:
                    kinds[known.worth].append(person)
            found.extend((day, group) for group in kinds.values() if len(group) > 1)
        return found

    def _try(self, day: date, one: Person, other: Person) -> bool:
        """Exchange what two people do on a day, if that is allowed and fairer."""
        mine, theirs = self._held.get((one.id, day)), self._held.get((other.id, day))
        if (mine is None and theirs is None) or (mine and theirs and mine.span == theirs.span):
            return False
        before = self._cost(day, (mine, one), (theirs, other))
        self._strike(mine)
        self._strike(theirs)
        gives, takes = _given(theirs, one), _given(mine, other)
        if self._fits(one, gives) and self._fits(other, takes):
            self._write(gives)
            self._write(takes)
            if self._cost(day, (gives, one), (takes, other)) < before and self._keeps_skills(mine, theirs, one, other):
                return True
            self._strike(gives)
            self._strike(takes)
        self._write(mine)
        self._write(theirs)
        return False

    def _keeps_skills(self, mine: Duty | None, theirs: Duty | None, one: Person, other: Person) -> bool:
        """Tell whether every quarter hour still has its skills; if so, count them as they are now."""
        day = (mine or theirs or Duty(0, date.min, Span(0, 0))).day
        shows, others = one.days[day].shows, other.days[day].shows
        if shows == others:
            return True
        changed: Counter[tuple[date, int, Skill]] = Counter()
        for duty, before, after in ((mine, shows, others), (theirs, others, shows)):
            for slot in _present(duty):
                for skill in before ^ after:
                    changed[day, slot, skill] += 1 if skill in after else -1
        fewer = [at for at, n in changed.items() if n < 0 and at in self._needed and self._skills[at] > 0]
        lost = any(self._skills[at] + changed[at] < 1 for at in fewer)
        if not lost:
            self._skills.update(changed)
        return not lost

    def _fits(self, person: Person, duty: Duty | None) -> bool:
        if duty is None:
            return True
        free = person.days[duty.day].available
        return any(span.holds(duty.span) for span in free) and self._book.fits(
            person, duty.day, duty.span, _minutes(duty)
        )

    def _strike(self, duty: Duty | None) -> None:
        if duty:
            self._book.remove(duty.person, duty.day, duty.span, _minutes(duty))
            self._count(duty, -1)
            del self._held[duty.person, duty.day]

    def _write(self, duty: Duty | None) -> None:
        if duty:
            self._book.add(duty.person, duty.day, duty.span, _minutes(duty))
            self._count(duty, 1)
            self._held[duty.person, duty.day] = duty

    def _cost(self, day: date, *both: tuple[Duty | None, Person]) -> tuple[float, float]:
        """Return the objective's part that exchanges change, then how unevenly the work lies, so that ties lead on."""
        weights = self._problem.weights
        cost = 0.0
        for duty, person in both:
            if duty:
                against, with_it = wished(person, day, duty.span)
                cost += (weights.rather_not * against - weights.likes * with_it) / SLOT
        uneven = 0.0
        if self._loads:
            cost += weights.spread * (max(self._loads) - min(self._loads)) / SLOT
            cost += weights.unpopular * (max(self._hard) - min(self._hard))
            for _duty, person in both:
                at = self._index.get(person.id)
                if at is not None:
                    uneven += weights.spread * (self._loads[at] / 60) ** 2 + weights.unpopular * self._hard[at] ** 2
        return round(cost, 6), round(uneven, 6)


def _given(duty: Duty | None, person: Person) -> Duty | None:
    return duty and Duty(person.id, duty.day, duty.span, duty.breaks)


def _present(duty: Duty | None) -> list[int]:
    return [slot for slot in duty.span.slots() if not duty.paused(slot)] if duty else []


def _minutes(duty: Duty) -> int:
    return duty.span.minutes - sum(pause.minutes for pause in duty.breaks)
