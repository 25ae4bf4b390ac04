"""Visitors sign in and out at the desk; everybody in the space counts when it is evacuated. Source: domain.md 8.10."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import corrections, logbook, moments, roles, seasons
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task


def sign_in(session: Session, season: Season, name: str, day: date, *, at: time | None, **values: Any) -> Visitor:
    """Record that a visitor has come.

    Args:
        session: the open transaction.
        season: the season.
        name: who.
        day: the day.
        at: local time to the minute; None when nobody wrote it down. It stays empty.
        values: ``organisation``, ``purpose``, ``host``, ``id_seen``, ``rules_read``, ``photos_allowed``, ``note``;
            of somebody who has left already also ``left`` and ``gone``.

    Raises:
        Invalid: no name, or the visitor left before coming.
        UserError: the role may not, the time lies in the future, or the day is closed and no remark says why.
    """
    late = logbook.check(session, season, day, at)
    if not name.strip():
        raise Invalid({"name": _("Write the visitor's name.")})
    visitor = Visitor(season_id=season.id, day=day, name=name.strip(), came=at, entered_late=late)
    logbook.put(visitor, values)
    _check(session, visitor)
    session.add(visitor)
    session.flush()
    return visitor


def sign_out(session: Session, visitor_id: int, *, at: time | None) -> Visitor:
    """Record that a visitor has left.

    Args:
        session: the open transaction.
        visitor_id: who.
        at: local time to the minute; None when nobody wrote it down. It stays empty.

    Raises:
        Invalid: the visitor came later than that.
        UserError: the visitor has left already, or the time lies in the future.
    """
    visitor = logbook.get(session, Visitor, visitor_id)
    if visitor.gone:
        raise UserError(_("{name} has already left.").format(name=visitor.name))
    visitor.gone, visitor.left = True, at
    return _changed(session, visitor)


def take_back(session: Session, visitor_id: int) -> Visitor:
    """Take back that a visitor has left: who was signed out by mistake is here again."""
    visitor = logbook.get(session, Visitor, visitor_id)
    visitor.gone, visitor.left = False, None
    return _changed(session, visitor)


def change(session: Session, visitor_id: int, **values: Any) -> Visitor:
    """Put an entry right; a time out means that the visitor has left.

    Raises:
        Invalid: no name, or the times are the wrong way round.
        UserError: the entry is gone, a time lies in the future, or the day is closed and no remark says why.
    """
    visitor = logbook.get(session, Visitor, visitor_id)
    logbook.put(visitor, values)
    return _changed(session, visitor)


def remove(session: Session, visitor_id: int) -> None:
    """Take back an entry that was made by mistake.

    Raises:
        UserError: the entry is gone, or its day is closed.
    """
    visitor = logbook.get(session, Visitor, visitor_id)
    if corrections.is_closed(session, visitor.season_id, visitor.day):
        raise UserError(_("{day} is closed; its visitors stay in the log.").format(day=visitor.day))
    session.delete(visitor)
    session.flush()


def of_day(session: Session, season: Season, day: date) -> list[Visitor]:
    """Return the visitors of a day, as they came; without a time in they come first."""
    query = select(Visitor).where(Visitor.season_id == season.id, Visitor.day == day)
    return sorted(session.scalars(query), key=lambda v: (v.came or time.min, v.id))


def inside(session: Session, season: Season, day: date) -> list[Visitor]:
    """Return the visitors of a day who have not left."""
    return [visitor for visitor in of_day(session, season, day) if not visitor.gone]


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return what Today says: visitors still in after closing time, and those nobody signed out on earlier days."""
    query = select(Visitor).where(Visitor.season_id == season.id, Visitor.day <= day, Visitor.gone.is_(False))
    still = session.scalars(query.order_by(Visitor.day, Visitor.id)).all()
    now = clock.now()
    over = day < now.date() or (day == now.date() and now.time() > seasons.whole_hours(session, season).closes)
    return [*_forgotten([v for v in still if v.day < day]), *_staying([v for v in still if v.day == day and over])]


def _forgotten(still: Sequence[Visitor]) -> list[Task]:
    if not still:
        return []
    sentence = ngettext(
        "{n} visitor of an earlier day was never signed out: {name}.",
        "{n} visitors of earlier days were never signed out, the first: {name}.",
        len(still),
    ).format(n=len(still), name=still[0].name)
    return [Task(sentence, urgent=False, page="safety", target=_there(still[0]))]


def _staying(still: Sequence[Visitor]) -> list[Task]:
    sentence = _("{name} is still in the space after closing time, a visitor.")
    return [Task(sentence.format(name=v.name), urgent=True, page="safety", target=_there(v)) for v in still]


def _there(visitor: Visitor) -> dict[str, object]:
    return {"place": "logs", "log": "visitors", "entry": visitor.id}


def _changed(session: Session, visitor: Visitor) -> Visitor:
    if not visitor.name:
        raise Invalid({"name": _("Write the visitor's name.")})
    _check(session, visitor)
    visitor.entered_late = visitor.entered_late or visitor.day < clock.today()
    session.flush()
    return visitor


def _check(session: Session, visitor: Visitor) -> None:
    """Nobody leaves before coming or in the future; who left is gone; a closed day changes only with a remark."""
    visitor.gone = visitor.gone or visitor.left is not None
    moments.not_to_come(visitor.day, visitor.came)
    moments.not_to_come(visitor.day, visitor.left)
    if visitor.came and visitor.left and visitor.left < visitor.came:
        raise Invalid({"left": _("This is before the time in.")})
    if corrections.is_closed(session, visitor.season_id, visitor.day) and not visitor.note:
        raise Invalid({"note": _("{day} is closed. Write in the remark why.").format(day=visitor.day)})


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (of_day, inside), Right.OFFICE: (tasks,)})
