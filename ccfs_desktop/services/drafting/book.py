"""Who has which shift, and whether one more fits the limits: hours a day and a week, days a week, rest between days."""

from collections.abc import Iterable
from datetime import date, timedelta

from ccfs_desktop.services.drafting.needs import week
from ccfs_desktop.services.drafting.problem import DraftShift, Person, Problem, Span

_DAY = timedelta(days=1)
_MINUTES = 24 * 60


class Book:
    """The shifts so far, those of the week before included."""

    def __init__(self, problem: Problem, shifts: Iterable[DraftShift] = ()) -> None:
        """Start from the week before and the shifts given, normally the pinned ones."""
        self._problem = problem
        self._spans: dict[tuple[int, date], list[Span]] = {}
        self._weeks: dict[tuple[int, tuple[int, int]], dict[date, int]] = {}
        for shift in (*problem.before, *shifts):
            self.add(shift.person, shift.day, shift.span, shift.minutes)

    def add(self, person: int, day: date, span: Span, minutes: int) -> None:
        """Write a shift down."""
        self._spans.setdefault((person, day), []).append(span)
        days = self._weeks.setdefault((person, week(day)), {})
        days[day] = days.get(day, 0) + minutes

    def remove(self, person: int, day: date, span: Span, minutes: int) -> None:
        """Strike a shift out again."""
        self._spans[person, day].remove(span)
        days = self._weeks[person, week(day)]
        days[day] -= minutes
        if not self._spans[person, day]:
            del days[day]

    def busy(self, person: int, day: date) -> bool:
        """Tell whether the person has a shift that day."""
        return bool(self._spans.get((person, day)))

    def left(self, person: Person, day: date) -> int:
        """Return the minutes the person may still work in the week of a day; none when its days are used up."""
        days = self._weeks.get((person.id, week(day)), {})
        if day not in days and len(days) >= self._problem.rules.week_days:
            return 0
        return self._problem.week_limit(person) - sum(days.values())

    def days_worked(self, person: int, day: date) -> int:
        """Return on how many days of the week of a day the person has shifts already."""
        return len(self._weeks.get((person, week(day)), {}))

    def earliest(self, person: int, day: date) -> int:
        """Return the first minute of a day at which the person has rested since the day before."""
        ends = [span.end for span in self._spans.get((person, day - _DAY), ())]
        return max(ends, default=-_MINUTES) + self._problem.rules.rest_minutes - _MINUTES

    def latest(self, person: int, day: date) -> int:
        """Return the last minute of a day after which the person still rests before the day after."""
        starts = [span.start for span in self._spans.get((person, day + _DAY), ())]
        return min(starts, default=2 * _MINUTES) + _MINUTES - self._problem.rules.rest_minutes

    def fits(self, person: Person, day: date, span: Span, minutes: int) -> bool:
        """Tell whether one more shift keeps all limits; the person's hours of the day are not looked at."""
        return (
            not self.busy(person.id, day)
            and minutes <= self._problem.day_limit(person, day)
            and minutes <= self.left(person, day)
            and self.earliest(person.id, day) <= span.start
            and span.end <= self.latest(person.id, day)
        )
