"""The time a report speaks of: a month, a season, or some days of one. A day counts once it is over; ours."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, language
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import closing, roles, seasons
from ccfs_desktop.services.roles import Right

_MONTHS = 12
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True)
class Period:
    """Some days of one season; of a day that is not over nothing is reckoned."""

    season: Season
    first: date
    last: date
    until: date
    """The last day that is reckoned: the last one, or yesterday; today once it is closed."""

    @property
    def runs(self) -> bool:
        """Whether some of it is still to come."""
        return self.until < self.last

    @property
    def whole(self) -> bool:
        """Whether it is the whole season."""
        return (self.first, self.last) == (self.season.first_day, self.season.last_day)

    @property
    def title(self) -> str:
        """What it is called, in the language in use: a month, the season, or its days."""
        if (self.first, self.last) == _days(self.first.year, self.first.month):
            return format_skeleton("yMMMM", self.first, locale=language())
        if self.whole:
            return self.season.name
        return f"{self.first.isoformat()} – {self.last.isoformat()}"


def of_days(session: Session, first: date, last: date) -> Period:
    """Return a period, with the season it lies in.

    Raises:
        UserError: it ends before it begins, no season has a day in it, or no day of it is over.
    """
    if last < first:
        raise UserError(_("The last day lies before the first."))
    found = [one for one in seasons.every(session) if one.first_day <= last and first <= one.last_day]
    if not found:
        raise UserError(_("No season has a day from {first} to {last}.").format(first=first, last=last))
    until = [_until(session, one, last) for one in found]
    begun = [(one, day) for one, day in zip(found, until, strict=True) if max(first, one.first_day) <= day]
    if not begun:
        raise UserError(_("No day of this period is over yet."))
    season, day = begun[-1]
    return Period(season, first, last, day)


def _until(session: Session, season: Season, last: date) -> date:
    """Return the last day of a period that is over: an open day of today is over when it is closed."""
    today = clock.today()
    if last < today:
        return last
    return today if closing.closed(session, season, today) else today - timedelta(days=1)


def of_month(session: Session, month: str) -> Period:
    """Return a month, written as ``2017-07``.

    Raises:
        UserError: it is not written so, or see :func:`of_days`.
    """
    read = _MONTH.fullmatch(month.strip())
    if read is None or not 1 <= int(read[2]) <= _MONTHS:
        raise UserError(_("Write the month as 2017-07, not {month}.").format(month=month))
    return of_days(session, *_days(int(read[1]), int(read[2])))


def of_season(session: Session, name: str = "") -> Period:
    """Return a whole season by its name; the one of today for none.

    Raises:
        UserError: no season is called so, or it has not begun.
    """
    every = seasons.every(session)
    found = next((one for one in every if one.name == name.strip()), None) if name else seasons.current(session)
    if found is None:
        names = ", ".join(one.name for one in every)
        raise UserError(_("There is no season called {name}. There are: {names}.").format(name=name, names=names))
    return of_days(session, found.first_day, found.last_day)


def offered(session: Session) -> list[Period]:
    """Return what a report can be asked for: each season that has begun, newest first, and its months."""
    found: list[Period] = []
    for season in reversed(seasons.every(session)):
        until = _until(session, season, date.max)
        wanted = [(season.first_day, season.last_day), *(_days(*month) for month in reversed(_months(season)))]
        found += [
            Period(season, first, last, min(last, until))
            for first, last in wanted
            if max(first, season.first_day) <= until
        ]
    return found


def _months(season: Season) -> list[tuple[int, int]]:
    first, last = (day.year * _MONTHS + day.month - 1 for day in (season.first_day, season.last_day))
    return [(n // _MONTHS, n % _MONTHS + 1) for n in range(first, last + 1)]


def _days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


roles.guard(globals(), Right.OFFICE, {})
