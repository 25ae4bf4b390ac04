"""What the drafting of a roster starts from and ends with: plain facts, no database, so that they fit into a process.

Times are minutes since midnight, slots quarter hours of a day: slot 30 begins at 07:30.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SLOT = 15
"""Minutes. Source: domain.md 2.5, "evaluate per time-slot (15 min)"."""


class Skill(enum.StrEnum):
    """What somebody on duty must be in every quarter hour with children. Source: product.md 4.4, domain.md 8.7."""

    FIRST_AIDER = "first-aider"
    KEYHOLDER = "keyholder"
    LEAD = "lead"


@dataclass(frozen=True)
class Span:
    """From a minute to a minute of one day."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start

    def meets(self, other: "Span") -> bool:
        """Tell whether the two share a minute."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Tell whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def slots(self) -> range:
        """Return the quarter hours that lie wholly within it."""
        return range(-(-self.start // SLOT), self.end // SLOT)


@dataclass(frozen=True)
class Demand:
    """How many adults one group needs in one quarter hour of one day."""

    day: date
    slot: int
    group: int
    """The group's id."""
    required: int
    """Adults in the building who count, on a break or not where a nap rule allows it; otherwise in the room."""
    in_room: int
    """Adults who must not be on a break: the same as ``required``, except while children nap under a nap rule."""


class Liking(enum.IntEnum):
    """What a person wishes about a stretch of time."""

    LIKES = 1
    RATHER_NOT = -1


@dataclass(frozen=True)
class Wish:
    """A wish: kept when that costs nobody cover."""

    day: date
    span: Span
    liking: Liking


@dataclass(frozen=True)
class PersonDay:
    """What holds for one person on one day; a day that is not there is a day the person cannot work."""

    available: tuple[Span, ...]
    counts: int = 100
    """Per cent of an adult this person counts for in the ratio that day: 0, 50 or 100."""
    skills: frozenset[Skill] = frozenset()
    """Only those whose papers are valid that day."""
    vetted: bool = True
    """May be alone with children. Source: domain.md 2.4."""
    minutes: int | None = None
    """Own limit on this day, where it differs from the person's."""

    @property
    def worth(self) -> int:
        """Per cent of an adult in the ratio: nothing as long as the person is not vetted."""
        return self.counts if self.vetted else 0

    @property
    def shows(self) -> frozenset[Skill]:
        """The skills that count: none as long as the person is not vetted."""
        return self.skills if self.vetted else frozenset()


@dataclass(frozen=True)
class Person:
    """Somebody who can be put on the roster."""

    id: int
    name: str
    days: Mapping[date, PersonDay]
    group: int | None = None
    """The group this person usually works with."""
    day_minutes: int | None = None
    """Own limit, where it differs from the rules'."""
    week_minutes: int | None = None
    wishes: tuple[Wish, ...] = ()
    worked: int = 0
    """Minutes in the earlier weeks of the season: fairness looks back."""
    unpopular: int = 0
    """Earliest, latest and evening shifts in the earlier weeks."""
    could: float | None = None
    """Minutes this person could have worked in the earlier weeks, beside which ``worked`` is fair or not; None: as if
    the earlier weeks had been like these."""
    absent: Mapping[date, str] = field(default_factory=dict[date, str])
    """Why the person cannot come or does not count, in ready words ("on leave until Friday"), where that is known."""


@dataclass(frozen=True)
class Stretch:
    """Part of a shift spent in another group than the shift's own."""

    span: Span
    group: int


@dataclass(frozen=True)
class DraftShift:
    """One person's shift on one day: in its group, but for the breaks and the stretches in other groups."""

    person: int
    day: date
    span: Span
    group: int
    breaks: tuple[Span, ...] = ()
    elsewhere: tuple[Stretch, ...] = ()
    pinned: bool = False

    def group_at(self, slot: int) -> int | None:
        """Return where the person is for the whole of a quarter hour; None on a break or off duty."""
        quarter = Span(slot * SLOT, (slot + 1) * SLOT)
        if not self.span.holds(quarter) or any(pause.meets(quarter) for pause in self.breaks):
            return None
        return next((s.group for s in self.elsewhere if s.span.meets(quarter)), self.group)

    @property
    def minutes(self) -> int:
        """Working time: breaks are not counted."""
        return self.span.minutes - sum(pause.minutes for pause in self.breaks)


@dataclass(frozen=True)
class Pattern:
    """A shift the factory uses, such as "Early 07:15 to 15:15". Without any, the draft makes its own."""

    name: str
    span: Span
    weekdays: str = ""
    """ISO weekday digits; empty for all."""


@dataclass(frozen=True)
class Rules:
    """What no roster may break, and how long a break is. Each season can change them.

    Where they come from: docs/sources.md, working time.
    """

    day_minutes: int = 480
    week_minutes: int = 2_400
    rest_minutes: int = 660
    """Between the end of one day's shift and the start of the next day's."""
    break_after: int = 360
    """A shift with more working time than this has a break."""
    break_minutes: int = 30
    shortest: int = 180
    """Nobody is called in for less."""
    week_days: int = 6
    """Working days in a week at most."""


@dataclass(frozen=True)
class Weights:
    """What a draft tries to keep low, once every quarter hour is covered: the objective is their weighted sum."""

    unmet: int = 10_000
    """An adult missing for a quarter hour, or a skill."""
    minutes_quarter: int = 5
    """A quarter hour of paid time: dearer than one of ``spread``, or people were called in for fairness alone."""
    spread: int = 4
    """A quarter hour between the person with the most and the person with the least work, season to date, each beside
    what that person could work."""
    unpopular: int = 20
    """One earliest, latest or evening shift more than the person with the fewest."""
    rather_not: int = 6
    """A quarter hour somebody would rather not work."""
    likes: int = 2
    """A quarter hour somebody likes (taken off)."""


@dataclass(frozen=True)
class Problem:
    """A week, or several, to be drafted."""

    days: tuple[date, ...]
    demands: tuple[Demand, ...]
    people: tuple[Person, ...]
    rules: Rules = Rules()
    weights: Weights = Weights()
    patterns: tuple[Pattern, ...] = ()
    pinned: tuple[DraftShift, ...] = ()
    """Kept as they are."""
    before: tuple[DraftShift, ...] = ()
    """The shifts of the week before, for the rest between days and the hours of a split week."""
    skills: frozenset[Skill] = frozenset(Skill)
    """What must be present in every quarter hour with children."""
    groups: Mapping[int, str] = field(default_factory=dict[int, str])
    """Id → name."""

    def day_limit(self, person: Person, day: date) -> int:
        """Return how many minutes a person may work on a day."""
        known = person.days.get(day)
        own = person.day_minutes if known is None or known.minutes is None else known.minutes
        return self.rules.day_minutes if own is None else own

    def week_limit(self, person: Person) -> int:
        """Return how many minutes a person may work in a week."""
        return self.rules.week_minutes if person.week_minutes is None else person.week_minutes


class Status(enum.StrEnum):
    """How good a draft is."""

    OPTIMAL = "optimal"
    """Every quarter hour is covered, and no better roster exists (within the solver's gap)."""
    FEASIBLE = "feasible"
    """Every quarter hour is covered; a better roster may exist."""
    INFEASIBLE = "infeasible"
    """Some quarter hours cannot be covered, or were not in time: see ``unmet``."""


@dataclass(frozen=True)
class Unmet:
    """A quarter hour that is short."""

    day: date
    slot: int
    group: int | None
    """None when a skill is missing in the whole space."""
    required: int
    planned: int
    skill: Skill | None = None


@dataclass(frozen=True)
class Draft:
    """A drafted roster."""

    status: Status
    objective: int
    """Weighted sum of :class:`Weights`; lower is better."""
    bound: int | None
    """No roster can have a lower objective than this; None when not known."""
    shifts: tuple[DraftShift, ...]
    unmet: tuple[Unmet, ...]
