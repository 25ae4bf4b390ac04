"""Children in production before, during and after the season, and in the same months a year earlier.

Source: domain.md 6.7 K14: children found per month, each once a day, and the rate per 100 patrols; 6.8: the intervals.
K14 names the months of the summer season: April to June, July and August, September and October. For any season these
are the three months before its first month, its own months, and the two after its last: ours, and the same for that
summer. Ours as well: children who were seen on a patrol and never described count each; a month that is under way
counts by its days; "few" is fewer than 30 patrols.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_interval
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _, language, ngettext
from ccfs_desktop.models.patrol import Patrol
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import intervals, patrols, roles, sightings
from ccfs_desktop.services.intervals import Interval
from ccfs_desktop.services.patrols import Standing
from ccfs_desktop.services.roles import Right

BEFORE, AFTER = 3, 2
"""Months before the season and after it. Source: domain.md 6.7 K14."""
FEW = 30
"""Fewer patrols than that say little; ours."""


class Phase(enum.Enum):
    """Where a month lies."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


PHASE_WORDS = {
    Phase.BEFORE: N_("Before the season"),
    Phase.DURING: N_("During the season"),
    Phase.AFTER: N_("After the season"),
}


@dataclass(frozen=True)
class Count:
    """What was walked and seen in some time."""

    first: date
    last: date
    patrols: int
    positive: int
    """Patrols on which at least one child was seen."""
    events: int
    """Children found, each once a day."""
    planned: int
    """Patrols that should have been walked by now, those among ``patrols`` that were planned included."""
    missed: int
    months: float
    """How many months of it are over, a month under way by its days."""

    @property
    def begun(self) -> bool:
        """Whether any of it is over."""
        return self.months > 0

    @property
    def rate(self) -> float | None:
        """Positive patrols in 100; None where nobody looked."""
        return 100 * self.positive / self.patrols if self.patrols else None

    @property
    def interval(self) -> Interval | None:
        """Of the rate: Wilson, for it is a share."""
        found = intervals.wilson(self.positive, self.patrols)
        return found.times(100) if found else None

    @property
    def a_month(self) -> float | None:
        """Children found in a month; None where nobody looked."""
        return self.events / self.months if self.patrols and self.months else None

    @property
    def interval_a_month(self) -> Interval | None:
        """Of the children found in a month: exact Poisson."""
        return intervals.poisson(self.events).times(1 / self.months) if self.a_month is not None else None


@dataclass(frozen=True)
class Pair:
    """A month or a phase, and the same time a year earlier."""

    phase: Phase
    now: Count
    year_ago: Count


@dataclass(frozen=True)
class Trend:
    """The months of a season and around it."""

    season: str
    until: date
    """Up to and including this day."""
    months: tuple[Pair, ...]
    phases: tuple[Pair, ...]


def read(session: Session, season: Season, until: date | None = None) -> Trend:
    """Return the trend of a season up to a day, today unless said."""
    day = until or clock.today()
    months = spread(season.first_day, season.last_day)
    logs = {
        shift: _Log(session, _shifted(months[0][1], shift), _end(_shifted(months[-1][1], shift)), day)
        for shift in (0, -1)
    }
    pairs = [
        Pair(phase, *(logs[shift].count([_shifted(first, shift)]) for shift in (0, -1))) for phase, first in months
    ]
    phases = [
        Pair(phase, *(logs[s].count([_shifted(first, s) for of, first in months if of is phase]) for s in (0, -1)))
        for phase in Phase
    ]
    return Trend(season.name, day, tuple(pairs), tuple(phases))


def between(session: Session, first: date, last: date, until: date) -> Count:
    """Count the patrols and the children found of a period.

    Args:
        session: an open session.
        first: its first day.
        last: its last day.
        until: what lies after this day is still to come.
    """
    months = [first.replace(day=1)]
    while _end(months[-1]) < last:
        months.append(_end(months[-1]) + timedelta(days=1))
    inside = sum(_inside(month, first, min(last, until)) for month in months)
    return _Log(session, first, last, until).within(first, last, inside)


def spread(first_day: date, last_day: date) -> list[tuple[Phase, date]]:
    """Return the first day of every month around a season, in order, and where it lies."""
    first, last = _number(first_day), _number(last_day)
    return [
        (Phase.BEFORE if n < first else Phase.AFTER if n > last else Phase.DURING, date(n // 12, n % 12 + 1, 1))
        for n in range(first - BEFORE, last + AFTER + 1)
    ]


class _Log:
    """The log of some months, read once."""

    def __init__(self, session: Session, first: date, last: date, until: date) -> None:
        self._until = until
        stop = min(last, until)
        self._patrols: Sequence[Patrol] = patrols.log(session, first, stop) if first <= stop else ()
        self._lacking = patrols.not_described(session, self._patrols)
        seen = sightings.read(session, first, stop) if first <= stop else []
        self._events = [one.sighting.day for one in sightings.events(seen)]
        self._found_on = {one.sighting.patrol_id for one in seen}
        self._due = [d for d in patrols.due(session, first, stop) if d.standing is not Standing.DUE]

    def count(self, months: Sequence[date]) -> Count:
        """Count some months that follow each other."""
        return self.within(months[0], _end(months[-1]), sum(_over(month, self._until) for month in months))

    def within(self, first: date, last: date, months: float) -> Count:
        """Count some days, of which so many months are over."""
        mine = [one for one in self._patrols if first <= one.day <= last]
        due = [one for one in self._due if first <= one.day <= last]
        return Count(
            first=first,
            last=last,
            patrols=len(mine),
            positive=sum(1 for one in mine if one.seen or one.id in self._found_on),
            events=_within(self._events, first, last) + sum(self._lacking.get(one.id, 0) for one in mine),
            planned=len(due),
            missed=sum(1 for one in due if one.standing is not Standing.DONE),
            months=months,
        )


def _within(days: Iterable[date], first: date, last: date) -> int:
    return sum(1 for day in days if first <= day <= last)


def _over(month: date, until: date) -> float:
    """Return how much of a month is over at the end of a day, from 0 to 1."""
    return max(0, min(1.0, ((until - month).days + 1) / _end(month).day))


def _inside(month: date, first: date, last: date) -> float:
    """Return how much of a month lies between two days, from 0 to 1."""
    days = (min(_end(month), last) - max(month, first)).days + 1
    return max(0, days) / _end(month).day


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _shifted(month: date, years: int) -> date:
    return month.replace(year=month.year + years)


def _end(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


# ------------------------------------------------------------------------------------------------------------ in words


def span(count: Count) -> str:
    """Return which months a count is of: ``Apr – Jun 2017``."""
    told = format_interval(count.first, count.last, "yMMM", locale=language())
    return told.replace("\N{THIN SPACE}", " ")


def sentence(count: Count) -> str:
    """Say what can be said of some time, and no more: no patrols, no claim."""
    when = span(count)
    if not count.begun:
        return _("{when}: still to come.").format(when=when)
    if not count.patrols:
        return f"{_nobody(count, when)}{_missed(count)}"
    found, most = count.interval, ""
    assert found  # noqa: S101 (there are patrols)
    walked = ngettext("{n} patrol", "{n} patrols", count.patrols).format(n=count.patrols)
    if not count.positive:
        told = _("{when}: {patrols}, no child seen on any. The true rate may still be up to {high} in 100 patrols.")
    else:
        told = _(
            "{when}: children were seen on {positive} of {patrols}, that is {rate} in 100 patrols (95-per-cent interval"
            " {low} to {high})."
        )
    if count.patrols < FEW:
        most = " " + _("So few patrols prove little.")
    text = told.format(
        when=when, patrols=walked, positive=count.positive, rate=number(count.rate), low=number(found.low),
        high=number(found.high),
    )  # fmt: skip
    return f"{text}{most}{_others(count)}{_missed(count)}"


def _nobody(count: Count, when: str) -> str:
    if not count.events:
        return _("{when}: no patrol was walked, so nothing can be said.").format(when=when)
    told = ngettext(
        "{when}: no patrol was walked, so no rate can be given; all the same {n} child was found.",
        "{when}: no patrol was walked, so no rate can be given; all the same {n} children were found.",
        count.events,
    )
    return told.format(when=when, n=count.events)


def _others(count: Count) -> str:
    """Say how many children were found, by patrols and by others, each once a day."""
    found = count.interval_a_month
    if not count.events or not found:
        return ""
    told = ngettext(
        "{n} child was found in all, each counted once a day: {rate} a month (95-per-cent interval {low} to {high}).",
        "{n} children were found in all, each counted once a day: {rate} a month"
        " (95-per-cent interval {low} to {high}).",
        count.events,
    )
    return " " + told.format(
        n=count.events, rate=number(count.a_month), low=number(found.low), high=number(found.high)
    )  # fmt: skip


def _missed(count: Count) -> str:
    if not count.missed:
        return ""
    told = ngettext(
        "{n} of {all} planned patrols was not walked.", "{n} of {all} planned patrols were not walked.", count.missed
    )
    return " " + told.format(n=count.missed, all=count.planned)


def number(value: float | None) -> str:
    """Write a rate as people read it, with one decimal; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


roles.guard(globals(), Right.SAFETY, {})
