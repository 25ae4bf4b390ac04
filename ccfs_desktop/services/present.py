"""Everybody in the space at a moment: children by the register, adults by the duty list, visitors by the log."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import duty_day, register, roles, visitors
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Present:
    """Who is there."""

    children: tuple[register.Row, ...]
    adults: tuple[duty_day.Row, ...]
    """Signed in and not on an errand; who is on a break is in the building."""
    visitors: tuple[Visitor, ...]

    @property
    def heads(self) -> int:
        """How many heads there are to count."""
        return len(self.children) + len(self.adults) + len(self.visitors)


def read(session: Session, season: Season, day: date, at: time | None = None) -> Present:
    """Return who was in the space.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        at: local time to the minute; None for who has come and not left yet.
    """
    children = (r for r in register.read(session, season, day) if any(_stays(v, at) for v in r.visits))
    adults = (r for r in duty_day.read(session, season, day) if any(_serves(stay, at) for stay in r.stays))
    came = visitors.of_day(session, season, day)
    return Present(tuple(children), tuple(adults), tuple(v for v in came if there(v.came, v.gone, v.left, at)))


def there(came: time | None, gone: bool, left: time | None, at: time | None) -> bool:
    """Tell whether somebody was there at a time; without a time in, from the morning on, without one out, to the end.

    Args:
        came: the time in.
        gone: whether the person has left.
        left: the time out.
        at: when; None for who has not left yet.
    """
    if at is None:
        return not gone
    return (came or time.min) <= at and (not gone or (left or time.max) > at)


def _stays(visit: Visit, at: time | None) -> bool:
    return there(visit.arrived, visit.signed_out, visit.departed, at)


def _serves(stay: duty_day.Stay, at: time | None) -> bool:
    """An adult on an errand is not in the building."""
    if not there(stay.duty.arrived, stay.duty.signed_out, stay.duty.departed, at):
        return False
    if at is None:
        return stay.open_part is None or stay.open_part.kind is not PartKind.ERRAND
    return not any(p.kind is PartKind.ERRAND and p.starts <= at < (p.ends or time.max) for p in stay.parts)


roles.guard(globals(), Right.REGISTER, {})
