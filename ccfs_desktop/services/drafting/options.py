"""Which shifts somebody could work on a day: the factory's patterns, or spans with an end where the need changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ccfs_desktop.services.drafting.needs import Need, needs
from ccfs_desktop.services.drafting.problem import SLOT, Pattern, Person, Problem, Rules, Span

GRID = 30
"""Minutes between the times at which drafted shifts begin and end, where the need or a person's hours set no other."""
EVENING = 18 * 60
"""A shift that ends later is an evening shift. Ours."""
_MARGIN = 60
"""Minutes at either end of a shift in which no break lies, where there is a choice. Ours."""
_MANY = 25
"""With more people, lengths differ by whole hours: there are enough ways to share the day, and far fewer to look at."""
_ANCHORS = 5
"""Times of a day at which the need changes most, beside its first and last."""


@dataclass(frozen=True)
class Option:
    """A shift as it could be drafted, its breaks still to be placed."""

    span: Span
    windows: tuple[Span, ...] = ()
    """One a break: from the earliest to the latest minute at which it may begin."""
    minutes: int = 0
    """Working time."""

    def __hash__(self) -> int:
        return hash((self.span.start, self.span.end))


def unpopular(span: Span, hours: Span | None) -> bool:
    """Tell whether a shift is the earliest, the latest or in the evening, beside the hours with children that day."""
    if hours is None:
        return False
    return span.start <= hours.start or span.end >= hours.end or span.end > EVENING


def breaks_needed(minutes: int, rules: Rules) -> int:
    """Return how many breaks a shift of so many minutes, breaks included, must have."""
    count = 0
    while minutes - count * rules.break_minutes > (count + 1) * rules.break_after:
        count += 1
        if rules.break_minutes <= 0 or count > 8:
            break
    return count


def windows(span: Span, rules: Rules) -> tuple[Span, ...] | None:
    """Tell when the breaks of a shift may begin, so that nobody works longer than ``break_after`` on end.

    However a minute is chosen from each window, the rule holds.

    Returns:
        One window a break, on the grid of the breaks; None when there is no way.
    """
    count, pause = breaks_needed(span.minutes, rules), rules.break_minutes
    if count == 1:
        low, high = span.end - pause - rules.break_after, span.start + rules.break_after
        far = min(_MARGIN, (span.minutes - pause) // 2)
        found = [Span(max(low, span.start + far), min(high, span.end - pause - far))]
    else:
        stretch = (span.minutes - count * pause) / (count + 1)
        slack = (rules.break_after - stretch) / 2
        middles = [span.start + n * stretch + (n - 1) * pause for n in range(1, count + 1)]
        found = [Span(-int(-(middle - slack) // 1), int(middle + slack)) for middle in middles]
    snapped = tuple(_snapped(window, GRID if pause >= GRID else SLOT) for window in found)
    return None if any(window is None for window in snapped) else tuple(w for w in snapped if w)


def _snapped(window: Span, grid: int) -> Span | None:
    """Return the window's first and last minute on the grid, or on quarter hours where the grid has none in it."""
    for step in (grid, SLOT):
        first, last = -(-window.start // step) * step, window.end // step * step
        if first <= last:
            return Span(first, last)
    return None


def places(window: Span, rules: Rules) -> range:
    """Return the minutes at which a break may begin."""
    on_grid = rules.break_minutes >= GRID and window.start % GRID == 0 and window.end % GRID == 0
    return range(window.start, window.end + 1, GRID if on_grid else SLOT)


class Menu:
    """The shifts each person could work, found once for those with the same hours."""

    def __init__(self, problem: Problem, needs_by_day: Mapping[date, list[Need]] | None = None) -> None:
        """Look at what is needed, day by day: what the pinned shifts leave open, unless given."""
        self._problem, self._needs = problem, needs_by_day
        self._step = GRID if len(problem.people) <= _MANY else 2 * GRID
        self._cache: dict[tuple[date, tuple[Span, ...], int], tuple[Option, ...]] = {}

    @cached_property
    def needs(self) -> Mapping[date, list[Need]]:
        """What is still needed beside the pinned shifts."""
        return needs(self._problem) if self._needs is None else self._needs

    @cached_property
    def _anchors(self) -> dict[date, tuple[list[int], list[int]]]:
        return {day: _anchors(found) for day, found in self.needs.items() if found}

    def of(self, person: Person, day: date) -> tuple[Option, ...]:
        """Return what the person could work that day as far as it alone is looked at, earliest first."""
        known = person.days.get(day)
        if known is None or not known.worth or day not in self._anchors:
            return ()
        limit = self._problem.day_limit(person, day)
        key = (day, known.available, limit)
        if key not in self._cache:
            self._cache[key] = tuple(self._options(day, known.available, limit))
        return self._cache[key]

    def _options(self, day: date, available: tuple[Span, ...], limit: int) -> list[Option]:
        rules = self._problem.rules
        if self._problem.patterns:
            spans = set(_patterned(self._problem.patterns, day, available))
        else:
            starts, ends = self._anchors[day]
            spans = {
                span for free in joined(available) for span in _spans(free, starts, ends, rules, limit, self._step)
            }
        found: list[Option] = []
        for span in sorted(spans, key=lambda s: (s.start, s.end)):
            option = option_of(span, rules)
            if option and option.minutes <= limit and self._useful(day, span):
                found.append(option)
        return found

    def _useful(self, day: date, span: Span) -> bool:
        return any(span.start <= n.slot * SLOT and (n.slot + 1) * SLOT <= span.end for n in self.needs[day])


def option_of(span: Span, rules: Rules) -> Option | None:
    """Return the shift with its windows for breaks; None when no break can be placed in it as the rules want."""
    found = windows(span, rules)
    return None if found is None else Option(span, found, span.minutes - len(found) * rules.break_minutes)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _patterned(patterns: tuple[Pattern, ...], day: date, available: tuple[Span, ...]) -> Iterator[Span]:
    for pattern in patterns:
        on_day = not pattern.weekdays or str(day.isoweekday()) in pattern.weekdays
        if on_day and any(free.holds(pattern.span) for free in joined(available)):
            yield pattern.span


def _anchors(found: list[Need]) -> tuple[list[int], list[int]]:
    """Return the minutes at which the need rises and at which it falls; the greatest steps, if there are many."""
    levels = {need.slot: max(need.in_room, need.required, 1) for need in found}
    first, last = min(levels), max(levels)
    rises: dict[int, int] = {}
    falls: dict[int, int] = {}
    for slot in range(first, last + 2):
        step = levels.get(slot, 0) - levels.get(slot - 1, 0)
        at = slot * SLOT
        if step > 0:
            rises[at // GRID * GRID if slot > first else at] = step
        if step < 0:
            falls[-(-at // GRID) * GRID if slot <= last else at] = -step
    return (
        sorted({first * SLOT, *sorted(rises, key=lambda at: (-rises[at], at))[:_ANCHORS]}),
        sorted({(last + 1) * SLOT, *sorted(falls, key=lambda at: (-falls[at], at))[:_ANCHORS]}),
    )


def _spans(free: Span, starts: list[int], ends: list[int], rules: Rules, limit: int, step: int) -> Iterator[Span]:
    """Yield spans within somebody's hours: one end where the need changes, the other on the grid, and some between."""
    free = Span(-(-free.start // SLOT) * SLOT, free.end // SLOT * SLOT)
    opening, closing = max(starts[0], free.start), min(ends[-1], free.end)
    longest = (limit + breaks_needed(limit + rules.break_minutes, rules) * rules.break_minutes) // SLOT * SLOT
    shortest = -(-rules.shortest // SLOT) * SLOT
    heads = sorted({at for at in starts if free.start <= at < free.end} | {opening})
    tails = sorted({at for at in ends if free.start < at <= free.end} | {closing})
    for length in sorted({*range(-(-shortest // step) * step, longest + 1, step), shortest, longest}):
        for head in heads:
            yield from _within(Span(free.start, max(closing, min(free.end, head + shortest))), head, head + length)
        for tail in tails:
            yield from _within(Span(min(opening, max(free.start, tail - shortest)), free.end), tail - length, tail)
        if length % (2 * step) == 0:
            for head in range(-(-opening // (2 * step)) * 2 * step, closing, 2 * step):
                yield from _within(Span(opening, closing), head, head + length)
    yield from (Span(a, b) for a in heads for b in tails if shortest <= b - a <= longest)


def _within(free: Span, start: int, end: int) -> Iterator[Span]:
    if free.start <= start < end <= free.end:
        yield Span(start, end)
