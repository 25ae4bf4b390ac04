"""Sick at 06:00: who could take over, best first, with what each way leaves short. No way breaks a rule."""

import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.services.drafting import words
from ccfs_desktop.services.drafting.book import Book
from ccfs_desktop.services.drafting.check import Violation, check
from ccfs_desktop.services.drafting.greedy import Board
from ccfs_desktop.services.drafting.groups import Duty, distribute
from ccfs_desktop.services.drafting.needs import hours, needs
from ccfs_desktop.services.drafting.options import GRID, Menu, Option, joined, option_of, unpopular
from ccfs_desktop.services.drafting.problem import SLOT, DraftShift, Person, Problem, Span
from ccfs_desktop.services.drafting.score import shares, wished

_EACH, _TRIED, _PAIRED = 3, 12, 6
"""Ways shown of each kind, tried of each kind, and people tried as one of two."""


class Way(enum.StrEnum):
    """A way to cover for somebody."""

    NOBODY = "nobody"
    """Leave it as it is."""
    MOVE = "move"
    """Only between groups: nobody works other hours."""
    EXTEND = "extend"
    """Somebody on duty that day comes earlier or stays longer."""
    CALL_IN = "call-in"
    """Somebody who was free that day comes."""
    SPLIT = "split"
    """Two share it."""


class Soft(enum.StrEnum):
    """What is asked of somebody beyond the ordinary."""

    WISH = "wish"
    """Minutes the person would rather not work."""
    UNPOPULAR = "unpopular"
    """The shift becomes the earliest, the latest or one in the evening."""
    FAIRNESS = "fairness"
    """Minutes beyond what is fair beside the others."""
    OTHER_GROUP = "other-group"
    """Minutes with another group than planned."""


@dataclass(frozen=True)
class Stretched:
    """A soft rule stretched for somebody."""

    soft: Soft
    person: int
    minutes: int = 0


@dataclass(frozen=True)
class CoverOption:
    """A way to cover, and what it leaves."""

    way: Way
    text: str
    """A finished sentence."""
    shifts: tuple[DraftShift, ...]
    """All of the day's, the absent person's left out."""
    changed: tuple[DraftShift, ...]
    """Those of them that are new or other than planned."""
    breach_minutes: int
    """Minutes of the day in which some group is short, or a skill is missing."""
    missing_quarters: int
    """Adults and skills missing, in quarter hours."""
    extra_minutes: int
    """Working time beyond what the others were to work."""
    stretched: tuple[Stretched, ...] = ()
    violations: tuple[Violation, ...] = ()
    """Rules that are broken because nobody covers; only doing nothing can have any."""

    @property
    def people(self) -> tuple[int, ...]:
        """Return whom it concerns, by id."""
        return tuple(dict.fromkeys(shift.person for shift in self.changed))


def cover_options(
    problem: Problem, shifts: Iterable[DraftShift], absent: int, day: date, *, at: int = 0
) -> tuple[CoverOption, ...]:
    """List the ways to cover for somebody, best first: least breach, then fewest people, then least asked of them.

    Args:
        problem: the rules, people and needs; only the day's needs are looked at.
        shifts: the roster; other days' shifts count for rest and the hours of the week.
        absent: who is not coming, by id.
        day: the day.
        at: the minute of the day it is; nobody begins earlier than that, beside those who were to.

    Returns:
        At most three ways of each kind, and doing nothing.
    """
    return _Cover(problem, list(shifts), absent, day, at).options()


class _Cover:
    """One absence."""

    def __init__(self, problem: Problem, shifts: list[DraftShift], absent: int, day: date, at: int) -> None:
        self._day, self._at, self._absent = day, at, absent
        today = [shift for shift in shifts if shift.day == day]
        self._planned = {shift.person: shift for shift in today if shift.person != absent}
        self._lost = [shift for shift in today if shift.person == absent]
        others = [shift for shift in shifts if shift.day != day]
        known = set(problem.before)
        group = self._lost[0].group if self._lost else None
        self._problem = replace(
            problem,
            days=(day,),
            demands=tuple(demand for demand in problem.demands if demand.day == day),
            people=tuple(self._seen(person, group) for person in problem.people if person.id != absent),
            before=(*problem.before, *(shift for shift in others if shift not in known)),
            pinned=tuple(s for s in problem.pinned if s.day == day and s.person != absent),
        )
        self._people = {person.id: person for person in self._problem.people}
        self._hours = hours(self._problem)
        self._borne = set(check(replace(problem, before=self._problem.before), today, [day]).violations)
        self._board_cache: dict[frozenset[int], Board | None] = {}

    def _seen(self, person: Person, group: int | None) -> Person:
        """Let people's planned group of the day be their home, and the absent one's that of whoever comes in."""
        shift = self._planned.get(person.id)
        return replace(person, group=shift.group if shift else group)

    # --------------------------------------------------------------------------------------------------------- the ways
    def options(self) -> tuple[CoverOption, ...]:
        nobody = self._option(Way.NOBODY, tuple(self._planned.values()))
        found = [nobody]
        singles = [*self._singles()]
        for way, candidates in (
            (Way.MOVE, [()]),
            (Way.EXTEND, [(duty,) for duty in singles if duty.person in self._planned]),
            (Way.CALL_IN, [(duty,) for duty in singles if duty.person not in self._planned]),
        ):
            found.extend(self._best(way, candidates, nobody))
        best = min(found, key=_left)
        if best.missing_quarters:
            found.extend(self._best(Way.SPLIT, self._pairs(singles), best))
        return tuple(sorted(found, key=self._rank))

    def _best(self, way: Way, candidates: Iterable[tuple[Duty, ...]], other: CoverOption) -> list[CoverOption]:
        """Return the best of a kind that leave less than another option, and break no rule."""
        options = [self._option(way, self._distributed(duties)) for duties in candidates]
        good = [o for o in options if not o.violations and _left(o) < _left(other) and self._concerns(o, way)]
        listed_: dict[tuple[int, ...], CoverOption] = {}
        for option in sorted(good, key=self._rank):
            listed_.setdefault(option.people, option)
        return list(listed_.values())[:_EACH]

    def _concerns(self, option: CoverOption, way: Way) -> bool:
        """Tell whether an option is what its kind says: two people with other hours, not one."""
        return way is not Way.SPLIT or len({s.person for s in option.changed if self._other_hours(s)}) == 2

    def _rank(self, option: CoverOption) -> tuple[int, int, int, int, int, tuple[int, ...]]:
        asked = sum(1 for s in option.stretched if s.soft is not Soft.OTHER_GROUP)
        return (*_left(option), len(option.people), asked, option.extra_minutes, option.people)

    def _singles(self) -> Iterator[Duty]:
        """Yield the most helpful new hours of each person, the most helpful first."""
        found: list[tuple[float, int, Duty]] = []
        for person in self._problem.people:
            shift = self._planned.get(person.id)
            if shift and shift.pinned:
                continue
            known = person.days.get(self._day)
            board = self._board(frozenset({person.id}))
            if known is None or not known.worth or board is None:
                continue
            before = board.value(_as_option(shift), known.worth, known.shows) if shift else 0.0
            values = [
                (board.value(option, known.worth, known.shows) - before, option) for option in self._hours_of(person)
            ]
            for value, option in sorted(values, key=lambda v: (-v[0], v[1].minutes, v[1].span.start))[:2]:
                if value > 0:
                    found.append((-value, person.id, self._placed(person, option, board)))
        found.sort(key=lambda f: (f[0], f[1], f[2].span.start))
        for on_duty in (True, False):
            yield from [duty for _v, _p, duty in found if (duty.person in self._planned) == on_duty][:_TRIED]

    def _pairs(self, singles: Sequence[Duty]) -> Iterator[tuple[Duty, ...]]:
        """Yield each likely person's hours with those of another that help most beside them."""
        likely = list({duty.person: duty for duty in reversed(singles)}.values())[::-1][:_PAIRED]
        for first in likely:
            for second in likely:
                if first.person == second.person:
                    continue
                person = self._people[second.person]
                board = self._board(frozenset({first.person, second.person}))
                known = person.days[self._day]
                if board is None:
                    continue
                one = self._people[first.person].days[self._day]
                option = Option(first.span, (), 0)
                with_first = board.with_shift(first.person, option, one.worth, one.shows, first.breaks)
                options = list(self._hours_of(person))
                if options:
                    best = max(options, key=lambda o: (with_first.value(o, known.worth, known.shows), -o.minutes))
                    yield first, self._placed(person, best, with_first)

    def _hours_of(self, person: Person) -> Iterator[Option]:
        """Yield the hours somebody could work that day instead of those planned, within all limits."""
        shift = self._planned.get(person.id)
        others = [s for s in self._planned.values() if s.person != person.id]
        book = Book(self._problem, others)
        limit = self._problem.day_limit(person, self._day)
        for option in self._longer(person, shift) if shift else self._called_in(person):
            if option.minutes <= limit and book.fits(person, self._day, option.span, option.minutes):
                yield option

    def _longer(self, person: Person, shift: DraftShift) -> Iterator[Option]:
        rules = self._problem.rules
        lost = [s.span for s in self._lost] or [shift.span]
        first, last = min(span.start for span in lost), max(span.end for span in lost)
        starts = [shift.span.start, *range(max(first, self._at), shift.span.start, GRID)]
        ends = [shift.span.end, *range(last, shift.span.end, -GRID)]
        free = joined(person.days[self._day].available)
        for start in starts:
            for end in ends:
                span = Span(start, end)
                if span != shift.span and any(f.holds(span) for f in free) and (option := option_of(span, rules)):
                    yield option

    def _called_in(self, person: Person) -> Iterator[Option]:
        pinned = replace(self._problem, pinned=tuple(self._planned.values()))
        options = {option.span: option for option in Menu(pinned).of(person, self._day)}
        free = joined(person.days[self._day].available)
        for shift in self._lost:
            if any(f.holds(shift.span) for f in free) and (option := option_of(shift.span, self._problem.rules)):
                options[shift.span] = option
        yield from (option for span, option in options.items() if span.start >= self._at)

    # ------------------------------------------------------------------------------------------------------- evaluating
    def _board(self, without: frozenset[int]) -> Board | None:
        """Return what is missing on the day when some people's shifts are left out; None when nothing is."""
        if without not in self._board_cache:
            kept = tuple(shift for shift in self._planned.values() if shift.person not in without)
            listed_ = needs(replace(self._problem, pinned=kept))[self._day]
            self._board_cache[without] = Board(listed_, self._problem.rules) if listed_ else None
        return self._board_cache[without]

    def _placed(self, person: Person, option: Option, board: Board) -> Duty:
        known = person.days[self._day]
        full = board.with_shift(person.id, option, known.worth, known.shows)
        return Duty(person.id, self._day, option.span, full.placed[person.id].breaks)

    def _distributed(self, duties: Sequence[Duty]) -> tuple[DraftShift, ...]:
        """Give the new hours their groups: the others stay where they are, unless less is missing when they move."""
        new = {duty.person for duty in duties}
        kept = tuple(shift for shift in self._planned.values() if shift.person not in new)
        still = distribute(replace(self._problem, pinned=kept), duties)
        free = [Duty(s.person, s.day, s.span, s.breaks) for s in kept if not s.pinned]
        moved = distribute(self._problem, [*free, *duties])
        return min((still, moved), key=self._missing)

    def _missing(self, shifts: tuple[DraftShift, ...]) -> int:
        return sum(unmet.required - unmet.planned for unmet in check(self._problem, shifts, [self._day]).unmet)

    def _option(self, way: Way, shifts: tuple[DraftShift, ...]) -> CoverOption:
        shifts = tuple(sorted(shifts, key=lambda s: (s.span.start, s.span.end, s.person)))
        changed = tuple(s for s in shifts if s != self._planned.get(s.person))
        report = check(self._problem, shifts, [self._day])
        missing = sum(unmet.required - unmet.planned for unmet in report.unmet)
        return CoverOption(
            way,
            self._text(way, changed),
            shifts,
            changed,
            SLOT * len({unmet.slot for unmet in report.unmet}),
            missing,
            sum(s.minutes for s in shifts) - sum(s.minutes for s in self._planned.values()),
            tuple(self._stretched(shifts, changed)),
            tuple(v for v in report.violations if v not in self._borne),
        )

    def _other_hours(self, shift: DraftShift) -> bool:
        planned = self._planned.get(shift.person)
        return planned is None or planned.span != shift.span

    def _stretched(self, shifts: Sequence[DraftShift], changed: Sequence[DraftShift]) -> Iterator[Stretched]:
        fair = shares(self._problem)
        loads = {p: share.before for p, share in fair.items()}
        for shift in (*self._problem.before, *shifts):
            if shift.person in loads:
                loads[shift.person] += fair[shift.person].scale * shift.minutes
        usual = sum(loads.values()) / max(1, len(loads))
        for shift in changed:
            planned = self._planned.get(shift.person)
            if self._other_hours(shift):
                yield from self._asked(shift, planned, loads.get(shift.person, usual) - usual)
            away = _elsewhere(shift) if planned is None else _moved(shift, planned)
            if away:
                yield Stretched(Soft.OTHER_GROUP, shift.person, away)

    def _asked(self, shift: DraftShift, planned: DraftShift | None, beyond: float) -> Iterator[Stretched]:
        person = self._people[shift.person]
        before = wished(person, self._day, planned.span)[0] if planned else 0
        if (against := wished(person, self._day, shift.span)[0] - before) > 0:
            yield Stretched(Soft.WISH, person.id, against)
        open_hours = self._hours.get(self._day)
        if unpopular(shift.span, open_hours) and not (planned and unpopular(planned.span, open_hours)):
            yield Stretched(Soft.UNPOPULAR, person.id)
        if beyond >= 60:
            yield Stretched(Soft.FAIRNESS, person.id, round(beyond))

    # --------------------------------------------------------------------------------------------------------- in words
    def _text(self, way: Way, changed: Sequence[DraftShift]) -> str:
        if way is Way.NOBODY:
            return _("Nobody covers.")
        parts = [self._hours_text(shift) for shift in changed if self._other_hours(shift)]
        if not parts:
            names = listed(self._people[shift.person].name for shift in changed)
            return _("Others change groups: {names}.").format(names=names)
        return words.told(parts)

    def _hours_text(self, shift: DraftShift) -> str:
        planned, name = self._planned.get(shift.person), self._people[shift.person].name
        facts = {"name": name, "start": words.clock(shift.span.start), "end": words.clock(shift.span.end)}
        if planned is None:
            return _("{name} comes in from {start} to {end}.").format(**facts)
        if planned.span.start == shift.span.start:
            return _("{name} stays until {end}.").format(**facts)
        if planned.span.end == shift.span.end:
            return _("{name} comes at {start}.").format(**facts)
        return _("{name} works from {start} to {end}.").format(**facts)


def _left(option: CoverOption) -> tuple[int, int]:
    return option.breach_minutes, option.missing_quarters


def _as_option(shift: DraftShift) -> Option:
    return Option(shift.span, (), shift.minutes)


def _elsewhere(shift: DraftShift) -> int:
    return sum(stretch.span.minutes for stretch in shift.elsewhere)


def _moved(shift: DraftShift, planned: DraftShift) -> int:
    """Return for how many minutes somebody is with another group than planned."""
    both = set(shift.span.slots()) & set(planned.span.slots())
    here, there = ({slot: s.group_at(slot) for slot in both} for s in (shift, planned))
    return SLOT * sum(None not in {here[slot], there[slot]} and here[slot] != there[slot] for slot in both)
