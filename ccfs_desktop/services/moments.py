"""What a time of day must satisfy before it is written down, and how it is written in a correction."""

from datetime import date, datetime, time

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.season import Season


def check_day(season: Season, day: date, at: time | None) -> None:
    """Check that something can have happened on a day of a season.

    Raises:
        UserError: the day is outside the season, or the day or the time lies in the future.
    """
    check_inside(season, day)
    not_to_come(day, at)


def check_inside(season: Season, day: date) -> None:
    """Check that a day lies in a season.

    Raises:
        UserError: it does not.
    """
    if not season.first_day <= day <= season.last_day:
        raise UserError(_("{day} is outside the season.").format(day=day))


def not_to_come(day: date, at: time | None) -> None:
    """Check that a day, and a time on it, is not still to come.

    Raises:
        UserError: it lies in the future.
    """
    now = clock.now()
    if day > now.date():
        raise UserError(_("{day} lies in the future.").format(day=day))
    if at and datetime.combine(day, at) > now.replace(second=59):
        raise UserError(_("{time} lies in the future.").format(time=written(at)))


def written(moment: time | None) -> str:
    """Return a time as a correction has it; a dash when it is not known."""
    return f"{moment:%H:%M}" if moment else "–"


def told(value: time | str | int | bool | None) -> str:
    """Return any value as a correction has it."""
    return written(value) if isinstance(value, time) else str(value if value is not None else "–")
