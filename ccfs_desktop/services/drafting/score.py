"""How good a roster is: the one function that greedy, solver and benchmark are measured by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.services.drafting.needs import Cover, Present, cover, hours, week
from ccfs_desktop.services.drafting.options import breaks_needed, unpopular
from ccfs_desktop.services.drafting.problem import (
    SLOT,
    Demand,
    DraftShift,
    Liking,
    Person,
    Problem,
    Span,
    Unmet,
)


@dataclass(frozen=True)
class Share:
    """What is fair for one person: minutes count ``scale`` times, beside ``before`` from earlier weeks (scaled)."""

    scale: float
    before: float


@dataclass(frozen=True)
class Score:
    """A roster's objective and what it is made of."""

    objective: int
    unmet: tuple[Unmet, ...]
    missing: int
    """Adults, skills and escorts of unvetted people missing, in quarter hours."""
    minutes: int
    """Paid."""
    spread: float
    """Minutes between most and least, each beside what the person could work."""
    unpopular: int
    """Between the person with the most unpopular shifts and the one with the fewest."""
    rather_not: int
    """Minutes somebody would rather not work."""
    likes: int
    """Minutes somebody likes."""


def score(problem: Problem, shifts: Iterable[DraftShift]) -> Score:
    """Measure a roster, pinned shifts included.

    ``Weights`` says what each part costs; a person who cannot work in these days, or does not count, has no part in
    fairness. Parts of a quarter hour count as such; the sum is rounded down.
    """
    shifts, weights = list(shifts), problem.weights
    people = {person.id: person for person in problem.people}
    found = cover(people, shifts)
    unmet = _unmet(problem, found)
    missing = sum(u.required - u.planned for u in unmet) + _alone(problem.demands, found)
    minutes: Counter[int] = Counter()
    hard: Counter[int] = Counter()
    rather_not = likes = 0
    open_hours = hours(problem)
    for shift in shifts:
        minutes[shift.person] += shift.minutes
        hard[shift.person] += unpopular(shift.span, open_hours.get(shift.day))
        if shift.person in people:
            against, with_it = wished(people[shift.person], shift.day, shift.span)
            rather_not, likes = rather_not + against, likes + with_it
    fair = shares(problem)
    loads = [share.before + share.scale * minutes[person] for person, share in fair.items()]
    shifts_hard = [people[person].unpopular + hard[person] for person in fair]
    spread = max(loads) - min(loads) if loads else 0.0
    apart = max(shifts_hard) - min(shifts_hard) if shifts_hard else 0
    quarters = (
        weights.minutes_quarter * sum(minutes.values())
        + weights.spread * spread
        + weights.rather_not * rather_not
        - weights.likes * likes
    ) / SLOT
    objective = weights.unmet * missing + weights.unpopular * apart + int((quarters + 1e-6) // 1)
    return Score(objective, unmet, missing, sum(minutes.values()), spread, apart, rather_not, likes)


def wished(person: Person, day: date, span: Span) -> tuple[int, int]:
    """Return for how many minutes of a span the person would rather not, and for how many it likes to work."""
    against = with_it = 0
    for wish in person.wishes:
        if wish.day == day and wish.span.meets(span):
            shared = min(wish.span.end, span.end) - max(wish.span.start, span.start)
            against += shared * (wish.liking is Liking.RATHER_NOT)
            with_it += shared * (wish.liking is Liking.LIKES)
    return against, with_it


def _unmet(problem: Problem, found: Cover) -> tuple[Unmet, ...]:
    """List the quarter hours that are short, and those without a skill."""
    listed: list[Unmet] = []
    with_children: set[tuple[date, int]] = set()
    for demand in problem.demands:
        if demand.required <= 0 and demand.in_room <= 0:
            continue
        with_children.add((demand.day, demand.slot))
        there = found.rooms.get((demand.day, demand.slot, demand.group), Present())
        if short := there.short(demand):
            listed.append(Unmet(demand.day, demand.slot, demand.group, *_told(demand, there, short)))
    for day, slot in with_children:
        lost = problem.skills - found.skills.get((day, slot), frozenset())
        listed.extend(Unmet(day, slot, None, 1, 0, skill) for skill in lost)
    return tuple(sorted(listed, key=lambda u: (u.day, u.slot, u.group is None, u.group or 0, u.skill or "")))


def _told(demand: Demand, there: Present, short: int) -> tuple[int, int]:
    """Return how many are required and planned, of the two numbers the one that is missed by more."""
    if demand.required - there.counted(demand) == short:
        return demand.required, there.counted(demand)
    return demand.in_room, there.room // 100


def _alone(demands: Iterable[Demand], found: Cover) -> int:
    """Count the quarter hours in which an unvetted person is the only adult with children."""
    rooms = (found.rooms.get((d.day, d.slot, d.group)) for d in demands if d.required > 0 or d.in_room > 0)
    return sum(room is not None and room.unvetted > 0 and not room.vetted for room in rooms)


# ------------------------------------------------------------------------------------------------------------ fairness
def capacity(person: Person, problem: Problem) -> int:
    """Return how many minutes a person could work in these days, as limits and hours allow."""
    rules = problem.rules
    weekly: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day in problem.days:
        if day in person.days:
            weekly[week(day)].append(day_capacity(person, day, problem))
    limit = problem.week_limit(person)
    return sum(min(limit, sum(sorted(days, reverse=True)[: rules.week_days])) for days in weekly.values())


def day_capacity(person: Person, day: date, problem: Problem) -> int:
    """Return the longest working time the person's hours of one day hold."""
    known, rules, limit = person.days[day], problem.rules, problem.day_limit(person, day)
    if not known.worth or not known.available:
        return 0
    longest = max(span.minutes for span in known.available)
    possible = min(limit, longest - breaks_needed(longest, rules) * rules.break_minutes)
    return possible if longest >= rules.shortest else 0


def wholes(problem: Problem) -> dict[int, float]:
    """Return the minutes each person could work, season to date; people who cannot work in these days are left out."""
    able = {person.id: capacity(person, problem) for person in problem.people}
    people = [person for person in problem.people if able[person.id]]
    past = max((person.worked / able[person.id] for person in people), default=0.0)
    return {p.id: able[p.id] + (past * able[p.id] if p.could is None else p.could) for p in people}


def shares(problem: Problem) -> Mapping[int, Share]:
    """Return what is fair, by person: work is compared beside what each could have worked, season to date.

    Ours: somebody who can work half of the hours has a fair share of half. People who cannot work have none.
    """
    whole = wholes(problem)
    worked = {person.id: person.worked for person in problem.people}
    most = max(whole.values(), default=0.0)
    return {person: Share(most / could, worked[person] * most / could) for person, could in whole.items()}
