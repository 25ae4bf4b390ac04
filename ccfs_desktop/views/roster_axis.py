"""The hours of the day as a line from left to right, the same in every column so that days can be compared."""

from dataclasses import dataclass

from ccfs_desktop.services.drafting.problem import SLOT, Span
from ccfs_desktop.services.roster_week import Week

_HOUR = 60
_USUAL = Span(7 * _HOUR, 18 * _HOUR)


@dataclass(frozen=True)
class Axis:
    """From which minute of the day to which the columns reach."""

    span: Span

    def x(self, minute: float, left: int, width: int) -> int:
        """Return where a minute lies between ``left`` and ``left + width``."""
        share = (minute - self.span.start) / self.span.minutes
        return left + round(min(max(share, 0.0), 1.0) * width)

    def minute(self, x: float, left: int, width: int) -> int:
        """Return the quarter hour nearest to a place."""
        share = (x - left) / max(1, width)
        return round((self.span.start + share * self.span.minutes) / SLOT) * SLOT

    def hours(self, width: int, room: int) -> list[int]:
        """Return the full hours to be written below, as minutes, so far apart that each has ``room``."""
        steps = (step for step in (1, 2, 3, 4, 6, 12) if width * step * _HOUR / self.span.minutes >= room)
        step = next(steps, 12) * _HOUR
        return list(range(-(-self.span.start // step) * step, self.span.end, step))


def of(week: Week | None) -> Axis:
    """Return the line on which a week's opening hours and all its shifts fit."""
    spans = list(week.hours.values()) if week else []
    spans += [s.span for line in week.lines for on in line.days.values() for s in on.shifts] if week else []
    if not spans:
        return Axis(_USUAL)
    start = min(s.start for s in spans) // _HOUR * _HOUR
    return Axis(Span(start, max(start + 4 * _HOUR, -(-max(s.end for s in spans) // _HOUR) * _HOUR)))
