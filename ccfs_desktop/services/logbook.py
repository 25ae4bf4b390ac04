"""What every log of the space keeps to: who may write, for which day, and that what is typed afterwards says so."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.log import Drill, FirstAidUse, FoodEntry, KitItem, Visitor
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import moments, roles
from ccfs_desktop.services.roles import Right

Entry = TypeVar("Entry", Visitor, Drill, FoodEntry, FirstAidUse)
Kept = TypeVar("Kept", Visitor, Drill, FoodEntry, FirstAidUse, KitItem)


def check(session: Session, season: Season, day: date, at: time | None = None) -> bool:
    """Check that something can be written about a day.

    Args:
        session: the open transaction.
        season: the season.
        day: the day it speaks of.
        at: local time to the minute, where it is known.

    Returns:
        Whether it is written after that day, and must say so.

    Raises:
        UserError: the role may not write, or the day or time is outside the season or lies in the future.
    """
    roles.require(session, Right.LOGS)
    moments.check_day(season, day, at)
    return day < clock.today()


def names(session: Session) -> bool:
    """Tell whether this user reads children's names in the logs; others read what happened without them.

    Source: security.md 2.3.
    """
    return roles.may(session, Right.LOGS)


def withheld() -> str:
    """Say instead of names why they are not there."""
    return _("Named only to those who look after the children.")


def get(session: Session, kind: type[Kept], entry_id: int) -> Kept:
    """Return an entry that is to be changed.

    Raises:
        UserError: the role may not write, or the entry is gone.
    """
    roles.require(session, Right.LOGS)
    entry = session.get(kind, entry_id)
    if entry is None:
        raise UserError(_("This entry is no longer there."))
    return entry


def put(entry: Visitor | Drill | FoodEntry | FirstAidUse | KitItem, values: Mapping[str, Any]) -> None:
    """Write values into an entry; blanks around texts are left out."""
    for name, value in values.items():
        setattr(entry, name, value.strip() if isinstance(value, str) else value)


def entries(
    session: Session, kind: type[Entry], season: Season, first: date | None = None, last: date | None = None
) -> list[Entry]:
    """Return the entries of a log, newest day first and within it the newest entry first.

    Args:
        session: an open session.
        kind: which log.
        season: the season.
        first: only from this day on.
        last: only until this day.
    """
    query = select(kind).where(kind.season_id == season.id)
    if first:
        query = query.where(kind.day >= first)
    if last:
        query = query.where(kind.day <= last)
    return list(session.scalars(query.order_by(kind.day.desc(), kind.id.desc())))


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (entries, names)})
