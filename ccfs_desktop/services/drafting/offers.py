"""What would make a roster whole: each offer is solved before it is made."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.services.drafting import words
from ccfs_desktop.services.drafting.options import joined
from ccfs_desktop.services.drafting.problem import Person, Problem, Skill, Span, Unmet
from ccfs_desktop.services.drafting.relax import (
    Ask,
    Change,
    Family,
    counted,
    longer_day,
    longer_week,
    one_more,
    skilled,
    there,
    unpinned,
    without,
)

_MOST = 3
"""Offers of one cause, beside that of more adults."""
_TRIED = 8
"""People tried one by one for the same kind of offer."""
_STEPS = (60, 120, 240)
"""Minutes more a day or a week."""


@dataclass(frozen=True)
class Offer:
    """Something that would help."""

    text: str
    """A finished sentence."""
    change: Change
    family: Family | None = None
    """The rules it touches; None for more adults."""
    person: int | None = None
    """Whom it concerns, if one person alone."""

    def applied(self, problem: Problem) -> Problem:
        """Return the whole problem with the offer taken up, to be drafted anew."""
        return self.change(problem)


def offers(
    problem: Problem,
    ask: Ask,
    day: date,
    span: Span,
    unmet: Sequence[Unmet],
    rules: Sequence[Family],
    open_hours: Span,
    until: float,
) -> tuple[Offer, ...]:
    """Try what could help and return what does, best first.

    Args:
        problem: the whole problem.
        ask: asks about the cause alone.
        day: the day of the cause.
        span: when it is short.
        unmet: what is missing.
        rules: the rules in the way; only what touches them can help.
        open_hours: with children that day.
        until: when to stop, by ``time.monotonic``.
    """
    makers: dict[Family, Callable[[_Look], Iterator[Offer]]] = {
        Family.PAPERS: _papers, Family.AVAILABLE: _available, Family.PINNED: _pinned, Family.SKILLS: _skills,
        Family.DAY_HOURS: _day_hours, Family.WEEK_HOURS: _week_hours, Family.REST: _rest, Family.BREAKS: _breaks,
        Family.SHORTEST: _shortest, Family.PATTERNS: _patterns,
    }  # fmt: skip
    look = _Look(problem, ask, day, span, tuple(unmet), open_hours, until)
    found: list[Offer] = []
    for family, ideas in makers.items():
        if family in rules and len(found) < _MOST:
            found.extend(look.tried(ideas(look), 1))
    return (*found, *look.tried(_more_adults(look), 1))


@dataclass(frozen=True)
class _Look:
    """What is being looked at."""

    problem: Problem
    ask: Ask
    day: date
    span: Span
    unmet: tuple[Unmet, ...]
    open_hours: Span
    until: float

    @property
    def day_name(self) -> str:
        return words.day_name(self.day, self.problem)

    def works(self, *changes: Change) -> bool:
        return self.ask.works(changes, self.until - time.monotonic())

    def tried(self, ideas: Iterator[Offer], most: int) -> Iterator[Offer]:
        """Yield those that work."""
        left = most
        for idea in ideas:
            if not left or time.monotonic() > self.until:
                return
            if self.works(idea.change):
                left -= 1
                yield idea

    def candidates(self, keep: Callable[[Person], bool]) -> list[Person]:
        """Return the first people for whom something could be changed."""
        return [person for person in self.problem.people if keep(person)][:_TRIED]

    def hours_around(self) -> Span:
        """Return the time that is short, made as long as the shortest shift."""
        length = max(self.span.minutes, self.problem.rules.shortest)
        end = min(max(self.span.start + length, self.span.end), max(self.open_hours.end, self.span.end))
        return Span(min(self.span.start, end - length), end)


def _papers(look: _Look) -> Iterator[Offer]:
    for person in look.candidates(lambda p: look.day in p.days and not p.days[look.day].vetted):
        if reason := person.absent.get(look.day):
            text = _("It would work if {name} counted. Now: {reason}.").format(name=person.name, reason=reason)
        else:
            text = _("It would work if {name} counted: papers are missing.").format(name=person.name)
        yield Offer(text, counted(look.day, person.id), Family.PAPERS, person.id)


def _available(look: _Look) -> Iterator[Offer]:
    span = look.hours_around()

    def away(person: Person) -> bool:
        known = person.days.get(look.day)
        return known is None or (known.worth > 0 and not any(f.holds(span) for f in joined(known.available)))

    for person in look.candidates(away):
        text = _("It would work if {name} could come on {day} from {start} to {end}.").format(
            name=person.name, day=look.day_name, start=words.clock(span.start), end=words.clock(span.end)
        )
        yield Offer(text, there(span, look.day, person.id), Family.AVAILABLE, person.id)


def _pinned(look: _Look) -> Iterator[Offer]:
    names = {person.id: person.name for person in look.problem.people}
    for shift in look.problem.pinned:
        if shift.day == look.day:
            text = _("It would work without the pinned shift of {name} on {day}, {start} to {end}.").format(
                name=names.get(shift.person, ""),
                day=look.day_name,
                start=words.clock(shift.span.start),
                end=words.clock(shift.span.end),
            )
            yield Offer(text, unpinned(shift.person, look.day), Family.PINNED, shift.person)


def _skills(look: _Look) -> Iterator[Offer]:
    wanted = frozenset(u.skill for u in look.unmet if u.skill)
    for person in look.candidates(lambda p: _lacks(p, look.day, wanted)):
        lacking = sorted(wanted - person.days[look.day].skills)
        text = _("It would work with {name} as {skills}.").format(name=person.name, skills=words.skills(lacking))
        yield Offer(text, skilled(lacking, look.day, person.id), Family.SKILLS, person.id)


def _lacks(person: Person, day: date, wanted: frozenset[Skill]) -> bool:
    known = person.days.get(day)
    return known is not None and known.vetted and bool(known.available) and bool(wanted - known.skills)


def _day_hours(look: _Look) -> Iterator[Offer]:
    limit = look.problem.rules.day_minutes
    more = next((m for m in _STEPS if look.works(longer_day(limit + m, look.day))), None)
    if more is None:
        return
    facts = {"hours": words.hours(limit + more), "day": look.day_name}
    for person in look.candidates(lambda p: look.day in p.days and p.days[look.day].worth > 0):
        text = _("It would work if {name} may work {hours} hours on {day}.").format(name=person.name, **facts)
        yield Offer(text, longer_day(limit + more, look.day, person.id), Family.DAY_HOURS, person.id)
    text = _("It would work if everybody may work {hours} hours on {day}.").format(**facts)
    yield Offer(text, longer_day(limit + more, look.day), Family.DAY_HOURS)


def _week_hours(look: _Look) -> Iterator[Offer]:
    more = next((m for m in (*_STEPS, 480) if look.works(longer_week(m))), None)
    if more is None:
        return
    facts = {"hours": words.hours(more), "day": look.day_name}
    for person in look.candidates(lambda p: look.day in p.days and p.days[look.day].worth > 0):
        text = _("It would work if {name} may work {hours} hours more in the week of {day}.")
        yield Offer(text.format(name=person.name, **facts), longer_week(more, person.id), Family.WEEK_HOURS, person.id)
    text = _("It would work if everybody may work {hours} hours more in the week of {day}.").format(**facts)
    yield Offer(text, longer_week(more), Family.WEEK_HOURS)


def _rest(look: _Look) -> Iterator[Offer]:
    text = _("It would work with less rest than {hours} hours before or after {day}.")
    hours = words.hours(look.problem.rules.rest_minutes)
    yield Offer(text.format(hours=hours, day=look.day_name), without(Family.REST, look.day), Family.REST)


def _breaks(look: _Look) -> Iterator[Offer]:
    text = _("It would work if breaks were covered by somebody else: one more adult while the others pause.")
    yield Offer(text, without(Family.BREAKS, look.day), Family.BREAKS)


def _shortest(look: _Look) -> Iterator[Offer]:
    text = _("It would work with a shift shorter than {hours} hours.")
    hours = words.hours(look.problem.rules.shortest)
    yield Offer(text.format(hours=hours), without(Family.SHORTEST, look.day), Family.SHORTEST)


def _patterns(look: _Look) -> Iterator[Offer]:
    text = _("It would work with shifts that are not on the list of shifts.")
    yield Offer(text, without(Family.PATTERNS, look.day), Family.PATTERNS)


def _more_adults(look: _Look) -> Iterator[Offer]:
    """Offer as many as are missing at the worst moment, or a few more where they need breaks themselves."""
    span = look.hours_around()
    slots: dict[int, int] = {}
    for unmet in look.unmet:
        slots[unmet.slot] = slots.get(unmet.slot, 0) + (0 if unmet.skill else unmet.required - unmet.planned)
    least = max(1, *slots.values())
    for count in (least, least + 1, least + 2):
        text = ngettext(
            "It would work with {count} more adult on {day} from {start} to {end}.",
            "It would work with {count} more adults on {day} from {start} to {end}.",
            count,
        ).format(count=count, day=look.day_name, start=words.clock(span.start), end=words.clock(span.end))
        yield Offer(text, one_more(count, span, look.day))
