"""The shifts a factory uses, such as "Early 07:15 to 15:15": what the roster offers and the draft starts from."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import ShiftPattern
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles, times
from ccfs_desktop.services.roles import Right


def of(session: Session, season: Season) -> list[ShiftPattern]:
    """Return a season's shift patterns, the earliest first."""
    query = select(ShiftPattern).where(ShiftPattern.season_id == season.id)
    return list(session.scalars(query.order_by(ShiftPattern.starts, ShiftPattern.ends, ShiftPattern.name)))


def save(session: Session, pattern: ShiftPattern) -> ShiftPattern:
    """Keep a shift pattern, new or changed.

    Raises:
        Invalid: no name, a name twice, weekdays that are none, or it ends before it begins.
    """
    pattern.name = " ".join(pattern.name.split())
    problems: dict[str, str] = {}
    if not pattern.name:
        problems["name"] = _("Please write the shift's name.")
    elif _taken(session, pattern):
        problems["name"] = _("There is a shift of this name already.")
    if pattern.ends <= pattern.starts:
        problems["ends"] = _("The shift ends before it begins. A shift lies within one day.")
    if set(pattern.weekdays) - set("1234567"):
        problems["weekdays"] = _("Choose the weekdays from Monday to Sunday.")
    if problems:
        raise Invalid(problems)
    session.add(pattern)
    session.flush()
    return pattern


def remove(session: Session, pattern: ShiftPattern) -> None:
    """Remove a shift pattern; shifts made from it stay as they are."""
    session.delete(pattern)
    session.flush()


def work_minutes(season: Season, pattern: ShiftPattern) -> int:
    """Return the working time of a shift: without the break that is due in it by the season's rules."""
    minutes = times.minutes(pattern.ends) - times.minutes(pattern.starts)
    return minutes - season.break_minutes if minutes > season.break_after_minutes else minutes


def copy(session: Session, last: Season, season: Season) -> None:
    """Give a season the shift patterns of another one."""
    for old in of(session, last):
        session.add(
            ShiftPattern(
                season_id=season.id, name=old.name, starts=old.starts, ends=old.ends, weekdays=old.weekdays
            )
        )  # fmt: skip


def _taken(session: Session, pattern: ShiftPattern) -> bool:
    with session.no_autoflush:
        others = session.scalars(select(ShiftPattern).where(ShiftPattern.season_id == pattern.season_id))
        return any(other is not pattern and other.name.casefold() == pattern.name.casefold() for other in others)


roles.guard(globals(), Right.SETTINGS, {Right.ROSTER: (of,)})
