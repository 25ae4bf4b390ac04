"""Adults against children, quarter hour by quarter hour: one reckoning for what is planned and for what really was.

A quarter hour is as good as its worst minute: a child who comes at 07:52 needs its adults from 07:52 on, not from
07:45. Source: domain.md 2.5, 6.7 K10.
"""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import RatioMode
from ccfs_desktop.services.drafting.problem import SLOT, Skill, Span
from ccfs_desktop.services.ratio import Profile

SKILL_WORDS = {
    Skill.FIRST_AIDER: N_("No first-aider"),
    Skill.KEYHOLDER: N_("Nobody with the keys"),
    Skill.LEAD: N_("Nobody to lead"),
}
"""What is said when nobody on duty is one."""
LEAST_ADULTS = 2
"""Never fewer than so many adults while children are there. Source: domain.md 2.5."""
SKILL_NAMES = {
    Skill.FIRST_AIDER: N_("First-aider"),
    Skill.KEYHOLDER: N_("Keyholder"),
    Skill.LEAD: N_("May lead"),
}
"""What somebody is called who is one."""


class Where(enum.StrEnum):
    """What an adult does during a stay."""

    WITH = "with"
    """With the children."""
    BREAK = "break"
    ERRAND = "errand"
    AWAY = "away"
    """On the roster, but not there: on leave, sick, not here any more."""


@dataclass(frozen=True)
class ChildStay:
    """A child in a group, from a minute to a minute of the day."""

    child_id: int
    group_id: int | None
    months: int
    """Age in full months."""
    span: Span


@dataclass(frozen=True)
class AdultStay:
    """An adult in a group, from a minute to a minute of the day."""

    staff_id: int
    name: str
    group_id: int | None
    span: Span
    where: Where = Where.WITH
    percent: int = 100
    """How much of an adult the person counts for: 0, 50 or 100."""
    why_not: str = ""
    """Why the person does not count, ready to be read."""
    skills: frozenset[Skill] = frozenset()
    vetted: bool = True
    """May be alone with children. Source: domain.md 2.4."""
    note: str = ""
    """What is unclear about the stay, such as a missing time out."""


@dataclass(frozen=True)
class Other:
    """An adult who is there, or should be, and does not count: with the reason in words."""

    name: str
    reason: str


@dataclass(frozen=True)
class Quarter:
    """One group in one quarter hour, as in its worst minute."""

    slot: int
    group_id: int | None
    group: str
    children: int
    required: int
    percent: int
    """Sum of what the adults count for; 300 is three adults."""
    adults: tuple[str, ...]
    """Names of those who count, in the order of names."""
    others: tuple[Other, ...]
    short_minutes: int
    """Minutes of the quarter hour with too few adults."""

    @property
    def short(self) -> bool:
        """Whether there was a minute with too few adults."""
        return self.short_minutes > 0

    @property
    def planned(self) -> int:
        """Whole adults who count."""
        return self.percent // 100

    @property
    def reason(self) -> str:
        """Say how many are needed and why others do not count."""
        if not self.short:
            return ""
        sentence = ngettext(
            "{children} child needs {required} adults; {there} count.",
            "{children} children need {required} adults; {there} count.",
            self.children,
        ).format(children=self.children, required=self.required, there=_adults(self.percent))
        return " ".join((sentence, *(f"{o.name}: {o.reason}." for o in self.others)))


@dataclass(frozen=True)
class Lack:
    """A quarter hour in which nobody on duty has a skill that must always be there."""

    slot: int
    skill: Skill
    minutes: int


@dataclass(frozen=True)
class Alone:
    """Somebody who is not vetted, with a group of children and no vetted adult."""

    staff_id: int
    name: str
    group_id: int | None
    group: str
    span: Span


@dataclass(frozen=True)
class DayCover:
    """A day's quarter hours, group by group."""

    quarters: tuple[Quarter, ...]
    """By time, then in the order of the groups; only where there are children."""
    lacks: tuple[Lack, ...]
    thin: tuple[int, ...] = ()
    """Quarter hours with a minute in which children were there and fewer than :data:`LEAST_ADULTS` adults who count, in
    the whole space."""

    @property
    def short_minutes(self) -> int:
        """Minutes in breach, each group counted for itself. Source: domain.md 6.7 K10."""
        return sum(q.short_minutes for q in self.quarters)

    @property
    def kept(self) -> tuple[int, int]:
        """Return (quarter hours with enough adults in every group, quarter hours with children)."""
        slots = {q.slot for q in self.quarters}
        return len(slots - {q.slot for q in self.quarters if q.short}), len(slots)


@dataclass(frozen=True)
class Terms:
    """What a season asks for."""

    profile: Profile
    groups: Mapping[int | None, str]
    """Id → name, in the order shown."""
    mode: RatioMode = RatioMode.PROFILE
    nap: Span | None = None
    skills: frozenset[Skill] = frozenset()


@dataclass
class _Worst:
    """The worst stretch of a quarter hour so far."""

    rank: tuple[int, int, int] = (-1, -1, -1)
    facts: tuple[int, int, int, tuple[str, ...], tuple[Other, ...]] = (0, 0, 0, (), ())
    short: int = 0
    seen: bool = field(default=False)


def reckon(terms: Terms, children: Sequence[ChildStay], adults: Sequence[AdultStay]) -> DayCover:
    """Hold adults against children, minute by minute, and sum up by quarter hours.

    Args:
        terms: what the season asks for.
        children: everybody's stays of one day; a child who went to lunch and came back has two.
        adults: everybody's stays of the same day, breaks and errands as stays of their own.
    """
    quarters: list[Quarter] = []
    lacks: list[Lack] = []
    thin: list[int] = []
    needed = cache(lambda months: terms.profile.required(months, terms.mode))
    for slot in _slots(children):
        quarter = Span(slot * SLOT, (slot + 1) * SLOT)
        kids = [c for c in children if c.span.meets(quarter)]
        team = [a for a in adults if a.span.meets(quarter)]
        pieces = _pieces(
            quarter, [*(c.span for c in kids), *(a.span for a in team), *([terms.nap] if terms.nap else ())]
        )
        for group_id, name in terms.groups.items():
            mine = [c for c in kids if c.group_id == group_id]
            if not mine:
                continue
            worst = _worst(terms, needed, pieces, mine, [a for a in team if a.group_id == group_id])
            if worst.seen:
                there, required, percent, names, others = worst.facts
                quarters.append(Quarter(slot, group_id, name, there, required, percent, names, others, worst.short))
        lacks += _lacks(terms.skills, slot, pieces, kids, team)
        thin += [slot] if _is_thin(pieces, kids, team) else []
    return DayCover(tuple(quarters), tuple(lacks), tuple(thin))


def alone(terms: Terms, children: Sequence[ChildStay], adults: Sequence[AdultStay]) -> list[Alone]:
    """Return who is alone with children and must not be, to the minute. Source: domain.md 2.4.

    Args:
        terms: see :func:`reckon`.
        children: see :func:`reckon`.
        adults: see :func:`reckon`; whoever is on a break or an errand is not with the children.
    """
    found: list[Alone] = []
    for group_id, name in terms.groups.items():
        team = [a for a in adults if a.group_id == group_id and a.where is Where.WITH]
        if all(a.vetted for a in team):
            continue
        kids = [c.span for c in children if c.group_id == group_id]
        for piece in _pieces(Span(0, 24 * 60), [*kids, *(a.span for a in team)]):
            there = [a for a in team if a.span.holds(piece)]
            if any(a.vetted for a in there) or not any(kid.holds(piece) for kid in kids):
                continue
            found += [Alone(a.staff_id, a.name, group_id, name, piece) for a in there]
    return _joined(found)


def _joined(found: Sequence[Alone]) -> list[Alone]:
    """Join what touches, person by person."""
    joined: list[Alone] = []
    for one in sorted(found, key=lambda a: (a.name, a.staff_id, a.group, a.span.start)):
        last = joined[-1] if joined else None
        same = last and (last.staff_id, last.group_id, last.span.end) == (one.staff_id, one.group_id, one.span.start)
        if last and same:
            joined[-1] = replace(last, span=Span(last.span.start, one.span.end))
        else:
            joined.append(one)
    return joined


def _slots(children: Sequence[ChildStay]) -> list[int]:
    return sorted({slot for c in children for slot in range(c.span.start // SLOT, -(-c.span.end // SLOT))})


def _pieces(quarter: Span, spans: Iterable[Span]) -> list[Span]:
    """Cut a quarter hour wherever somebody comes or goes: between the cuts nothing changes."""
    cuts = {quarter.start, quarter.end}
    cuts |= {at for span in spans for at in (span.start, span.end) if quarter.start < at < quarter.end}
    edges = sorted(cuts)
    return [Span(start, end) for start, end in pairwise(edges)]


def _is_thin(pieces: Sequence[Span], kids: Sequence[ChildStay], team: Sequence[AdultStay]) -> bool:
    """Tell whether for a while fewer than two adults who count were with the children, in whatever group."""
    counted = [a for a in team if a.percent and a.where is Where.WITH]
    return any(
        len({a.staff_id for a in counted if a.span.holds(piece)}) < LEAST_ADULTS
        for piece in pieces
        if any(c.span.holds(piece) for c in kids)
    )


def _worst(
    terms: Terms,
    needed: Callable[[tuple[int, ...]], int],
    pieces: Sequence[Span],
    kids: Sequence[ChildStay],
    team: Sequence[AdultStay],
) -> _Worst:
    """Find the worst stretch of one group.

    Args:
        terms: what the season asks for.
        needed: months of the children → adults.
        pieces: the quarter hour, cut.
        kids: of the group.
        team: of the group.
    """
    worst = _Worst()
    for piece in pieces:
        months = tuple([c.months for c in kids if c.span.holds(piece)])
        if not months:
            continue
        there = [a for a in team if a.span.holds(piece)]
        required = needed(months)
        missing, percent = _missing(terms, piece, months, required, there)
        worst.short += piece.minutes if missing > 0 else 0
        rank = (missing, len(months), -piece.start)
        if rank > worst.rank or not worst.seen:
            names, others = _who(there)
            worst.rank, worst.facts, worst.seen = rank, (len(months), required, percent, names, others), True
    return worst


def _missing(
    terms: Terms, piece: Span, months: Sequence[int], required: int, there: Sequence[AdultStay]
) -> tuple[int, int]:
    """Return how much is missing, in per cent of an adult, and how much is there."""
    present = sum(a.percent for a in there if a.where is Where.WITH)
    if terms.nap and terms.nap.holds(piece):
        in_room = terms.profile.in_room(months, required)
        if in_room < required:
            within_call = present + sum(a.percent for a in there if a.where is Where.BREAK)
            return max(required * 100 - within_call, in_room * 100 - present), within_call
    return required * 100 - present, present


def _who(there: Sequence[AdultStay]) -> tuple[tuple[str, ...], tuple[Other, ...]]:
    names = [a.name for a in there if a.where is Where.WITH and a.percent]
    others = [Other(a.name, _reason(a)) for a in there if not (a.where is Where.WITH and a.percent)]
    return tuple(names), tuple(others)


def _reason(adult: AdultStay) -> str:
    if adult.where is Where.BREAK:
        return _("on a break")
    if adult.where is Where.ERRAND:
        return _("on an errand")
    return adult.why_not or adult.note or _("does not count")


def _lacks(
    skills: frozenset[Skill], slot: int, pieces: Sequence[Span], kids: Sequence[ChildStay], team: Sequence[AdultStay]
) -> list[Lack]:
    lacks: list[Lack] = []
    open_pieces = [p for p in pieces if any(c.span.holds(p) for c in kids)]
    for skill in Skill:
        if skill in skills:
            minutes = sum(p.minutes for p in open_pieces if not _has(skill, p, team))
            lacks += [Lack(slot, skill, minutes)] if minutes else []
    return lacks


def _has(skill: Skill, piece: Span, team: Sequence[AdultStay]) -> bool:
    """Present is who is with the children: a break counts no more here than in the ratio. Source: product.md 4.4."""
    return any(skill in a.skills and a.where is Where.WITH and a.span.holds(piece) for a in team)


def _adults(percent: int) -> str:
    return f"{percent / 100:g}"
