"""Why a roster is short: the smallest set of rules in the way, in words, and what would help, each tried out."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.services.drafting import words
from ccfs_desktop.services.drafting.needs import hours
from ccfs_desktop.services.drafting.offers import Offer, offers
from ccfs_desktop.services.drafting.options import joined
from ccfs_desktop.services.drafting.problem import SLOT, Draft, Person, Problem, Skill, Span, Unmet
from ccfs_desktop.services.drafting.relax import Ask, Family, in_words, without
from ccfs_desktop.services.drafting.search import part

SECONDS = 20.0
"""How long the looking for rules and offers may take in all; causes not reached are told without."""


@dataclass(frozen=True)
class Cause:
    """Neighbouring quarter hours that are short for the same reason."""

    day: date
    span: Span
    unmet: tuple[Unmet, ...]
    text: str
    """Finished sentences: what is needed, who is available, why others are not, which rules are in the way."""
    rules: tuple[Family, ...] = ()
    """Irreducible: with any one of them taken away, the others do not stand in the way. Empty when that was not found,
    or when no rule is: then there are too few people."""
    offers: tuple[Offer, ...] = ()
    """What would solve it, best first; each was solved."""
    searched: bool = False
    """Whether there was time to look for rules and offers."""


def explain(problem: Problem, draft: Draft, *, seconds: float = SECONDS) -> tuple[Cause, ...]:
    """Say why quarter hours are short.

    Args:
        problem: what was drafted.
        draft: the roster, with what it leaves unmet.
        seconds: in all; the causes that leave most missing are looked at first.

    Returns:
        The causes, by day and time.
    """
    until = time.monotonic() + seconds
    found = list(_runs(problem, draft.unmet))
    order = sorted(range(len(found)), key=lambda n: (-_size(found[n].unmet), n))
    for n in order:
        if time.monotonic() < until:
            found[n] = _looked_into(problem, draft, found[n], until)
    return tuple(found)


def _size(unmet: Sequence[Unmet]) -> int:
    return sum(u.required - u.planned for u in unmet)


# ------------------------------------------------------------------------------------------------- what is short, when
@dataclass(frozen=True)
class _Quarter:
    """A quarter hour that is short of adults, in all groups together, or of skills."""

    day: date
    slot: int
    skills: tuple[Skill, ...]
    """Those that are missing; none when it is short of adults."""
    required: int
    planned: int
    able: tuple[Person, ...]
    """Those who count, or have the skills, and can come."""
    unmet: tuple[Unmet, ...]

    def like(self, other: "_Quarter") -> bool:
        """Tell whether another quarter hour, right after this one, is short for the same reason."""
        return (self.day, self.skills, self.slot + 1, self.required, self.able) == (
            other.day, other.skills, other.slot, other.required, other.able,
        )  # fmt: skip


def _runs(problem: Problem, unmet: Sequence[Unmet]) -> Iterator[Cause]:
    quarters = sorted(_quarters(problem, unmet), key=lambda q: (q.day, q.skills, q.slot))
    runs: list[list[_Quarter]] = []
    for quarter in quarters:
        if runs and runs[-1][-1].like(quarter):
            runs[-1].append(quarter)
        else:
            runs.append([quarter])
    for run in sorted(runs, key=lambda r: (r[0].day, r[0].slot, r[0].skills)):
        span = Span(run[0].slot * SLOT, (run[-1].slot + 1) * SLOT)
        short = tuple(u for quarter in run for u in quarter.unmet)
        yield Cause(run[0].day, span, short, _told(problem, run, span))


def _quarters(problem: Problem, unmet: Sequence[Unmet]) -> Iterator[_Quarter]:
    needed: Counter[tuple[date, int]] = Counter()
    for demand in problem.demands:
        needed[demand.day, demand.slot] += max(demand.required, demand.in_room)
    short: dict[tuple[date, int], list[Unmet]] = defaultdict(list)
    for one in unmet:
        short[one.day, one.slot].append(one)
    for at, listed_ in sorted(short.items()):
        adults = tuple(u for u in listed_ if u.skill is None)
        lost = tuple(u for u in listed_ if u.skill)
        planned = needed[at] - _size(adults)
        if not planned:  # nobody at all: that no skill is there follows
            adults, lost = (*adults, *lost), ()
        if adults:
            able = tuple(p for p in problem.people if _able(p, *at, ()))
            yield _Quarter(*at, (), needed[at], planned, able, adults)
        if lost:
            skills = tuple(sorted(u.skill for u in lost if u.skill))
            able = tuple(p for p in problem.people if _able(p, *at, skills))
            yield _Quarter(*at, skills, 1, 0, able, lost)


def _able(person: Person, day: date, slot: int, skills: Sequence[Skill]) -> bool:
    """Tell whether somebody could be there, and counts or brings one of the skills."""
    known = person.days.get(day)
    if known is None or not (known.shows & set(skills) if skills else known.worth):
        return False
    return any(free.holds(Span(slot * SLOT, (slot + 1) * SLOT)) for free in joined(known.available))


# ------------------------------------------------------------------------------------------------------------ in words
def _told(problem: Problem, run: Sequence[_Quarter], span: Span) -> str:
    first = run[0]
    facts = {
        "day": words.day_name(first.day, problem),
        "start": words.clock(span.start),
        "end": words.clock(span.end),
        "names": words.names([person.name for person in first.able]),
    }
    text = _no_skill(first, facts) if first.skills else _too_few(first, min(q.planned for q in run), facts)
    return words.told([text, *_reasons(problem, first)])


def _too_few(first: _Quarter, planned: int, facts: dict[str, str]) -> str:
    """Say how many are needed and available."""
    needs = ngettext(
        "{day} {start}-{end} needs {required} adult", "{day} {start}-{end} needs {required} adults", first.required
    ).format(required=first.required, **facts)
    count = len(first.able)
    if not count:
        return _("{needs}; nobody is available.").format(needs=needs)
    if planned < count:
        text = ngettext(
            "{needs}; {planned} can be planned, although {count} could come: {names}.",
            "{needs}; {planned} can be planned, although {count} could come: {names}.",
            count,
        )
        return text.format(needs=needs, planned=planned, count=count, names=facts["names"])
    text = ngettext("{needs}; {count} is available: {names}.", "{needs}; {count} are available: {names}.", count)
    return text.format(needs=needs, count=count, names=facts["names"])


def _no_skill(first: _Quarter, facts: dict[str, str]) -> str:
    if first.able:
        text = _("{day} {start}-{end} has no {skills} on duty; who could be: {names}.")
    else:
        text = _("{day} {start}-{end} has no {skills} on duty, and nobody who could be is available.")
    return text.format(skills=words.skills(first.skills), **facts)


def _reasons(problem: Problem, first: _Quarter) -> list[str]:
    """Say of those who are not among the available why not."""
    others = [person for person in problem.people if person not in first.able]
    alike: dict[str, list[str]] = {}
    for person in others:
        if reason := person.absent.get(first.day):
            alike.setdefault(reason, []).append(person.name)
    together = [_("{name}: {reason}.").format(name=listed(who), reason=reason) for reason, who in alike.items()]
    apart = [text for person in others if first.day not in person.absent and (text := _reason(person, first))]
    return [*together, *apart]


def _reason(person: Person, first: _Quarter) -> str:
    known = person.days.get(first.day)
    if first.skills and (known is None or not known.skills & set(first.skills)):
        return ""
    if known is None or not known.available:
        return _("{name} is not available that day.").format(name=person.name)
    if not known.vetted:
        return _("{name} does not count: papers are missing.").format(name=person.name)
    if not known.counts:
        return _("{name} does not count as an adult.").format(name=person.name)
    when = listed(f"{words.clock(free.start)}-{words.clock(free.end)}" for free in joined(known.available))
    return _("{name} can come {hours} only.").format(name=person.name, hours=when)


# ---------------------------------------------------------------------------------------------------- in the way of it
def _looked_into(problem: Problem, draft: Draft, cause: Cause, until: float) -> Cause:
    """Find the rules in the way and what would help."""
    mine = set(cause.unmet)
    ask = Ask(_day_of(problem, draft, cause.day), [u for u in draft.unmet if u.day == cause.day and u not in mine])
    rules = _in_the_way(ask, cause.day, until)
    if rules is None:
        return replace(cause, text=words.told([cause.text, _("A longer search may still cover this.")]), searched=True)
    found = offers(problem, ask, cause.day, cause.span, cause.unmet, rules, hours(problem)[cause.day], until)
    if all(unmet.skill for unmet in cause.unmet):
        named = [family for family in rules if family is not Family.SKILLS]  # the text says so already
    else:
        named = list(rules)
    ways = listed(in_words(family, problem) for family in named)
    text = words.told([cause.text, _("In the way: {rules}.").format(rules=ways) if ways else ""])
    return replace(cause, text=text, rules=rules, offers=found, searched=True)


def _day_of(problem: Problem, draft: Draft, day: date) -> Problem:
    """Return one day as a problem, the roster's other days as they are."""
    if problem.days == (day,):
        return problem
    return part(problem, (day,), [shift for shift in draft.shifts if shift.day != day])


def _in_the_way(ask: Ask, day: date, until: float) -> tuple[Family, ...] | None:
    """Return an irreducible set of rules: leave one after the other out for good, if the rest still stands in the way.

    Returns:
        None when all rules can be kept after all; no rules when nothing but more people helps, or time was up.
    """

    def free(dropped: Sequence[Family]) -> bool:
        return ask.works([without(family, day) for family in dropped], until - time.monotonic())

    kept = [family for family in Family if without(family, day)(ask.problem) != ask.problem]
    if free(()):
        return None
    if not free(kept):
        return ()
    dropped: list[Family] = []
    for family in tuple(kept):
        if not free([*dropped, family]):
            dropped.append(family)
            kept.remove(family)
    return () if time.monotonic() > until else tuple(kept)
