"""Children found in production: who, where, for how long, doing what, and what was done. Source: domain.md 8.9."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.action import Action, Source
from ccfs_desktop.models.check import Severity
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.patrol import Doing, FoundBy, Patrol, Sighting, SightingAction
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import actions, moments, roles
from ccfs_desktop.services.initials import masked
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.searching import fold

SEVERITY = Severity.CRITICAL
"""Of the action that follows. Source: domain.md 3.4, WKL15 is a C; 5.1, S96 (5.3): no child in production, ever."""
_AGES = range(18)
_DAY = 24 * 60


@dataclass(frozen=True)
class Found:
    """A sighting as somebody wrote it down; what was not written stays empty."""

    day: date
    area: str
    doing: Doing
    found_by: FoundBy
    action: SightingAction
    patrol_id: int | None = None
    child_id: int | None = None
    worker_id: int | None = None
    at: time | None = None
    child_name: str = ""
    age_guess: int | None = None
    parent_name: str = ""
    minutes: int | None = None
    finder: str = ""
    hazard: str = ""
    parent_talk: str = ""
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """A sighting with the names that belong to it."""

    sighting: Sighting
    child: Child | None = None
    worker: Worker | None = None
    before: tuple[date, ...] = ()
    """Earlier days on which the same child was found."""
    again: bool = False
    """The same child was found earlier on the same day, which counts once. Source: domain.md 6.7 K14."""
    actions: tuple[Action, ...] = ()

    @property
    def repeat(self) -> bool:
        """Whether this child was found on an earlier day."""
        return bool(self.before)

    def who(self, *, named: bool) -> str:
        """Return who the child is: the name, else the age, else that it is not known.

        Args:
            named: in full; otherwise the initials.
        """
        name = self.child.name if self.child else self.sighting.child_name
        if name:
            return name if named else masked(name)
        if self.sighting.age_guess is not None:
            return _("about {n} years").format(n=self.sighting.age_guess)
        return _("not known")

    def parent(self, *, named: bool) -> str:
        """Return who the parent is, as far as known."""
        name = self.worker.name if self.worker else self.sighting.parent_name
        return name if named else masked(name)


def read(session: Session, first: date, last: date) -> list[Seen]:
    """Return the sightings of a period in order, each with whether the child was found before.

    Children are the same when they are the same child of the list, or written with the same name and parent, or with
    the name of a child of the list who was found that very day; whom nobody knows is another child each time. Ours.
    """
    query = (
        select(Sighting, Child, Worker)
        .outerjoin(Child, Child.id == Sighting.child_id)
        .outerjoin(Worker, Worker.id == Sighting.worker_id)
        .where(Sighting.day <= last)
        .order_by(Sighting.day, Sighting.id)
    )
    rows = sorted(session.execute(query).all(), key=lambda row: (row[0].day, row[0].at or time.max))
    inside = [row for row in rows if row[0].day >= first]
    following = _actions(session, [row[0].id for row in inside])
    same = _identities([(sighting, child) for sighting, child, _worker in rows])
    days: dict[object, list[date]] = {}
    found: list[Seen] = []
    for sighting, child, worker in rows:
        met = days.setdefault(same[sighting.id], [])
        if sighting.day >= first:
            before = tuple(dict.fromkeys(day for day in met if day < sighting.day))
            actions = tuple(following.get(sighting.id, ()))
            found.append(Seen(sighting, child, worker, before, sighting.day in met, actions))
        met.append(sighting.day)
    return found


def _identities(rows: Sequence[tuple[Sighting, Child | None]]) -> dict[int, object]:
    """Return sighting → what tells its child from others."""
    listed = {(s.day, fold(child.name)): child.id for s, child in rows if child}
    same: dict[int, object] = {}
    for sighting, _child in rows:
        name = fold(sighting.child_name)
        if sighting.child_id is not None:
            same[sighting.id] = sighting.child_id
        elif not name:
            same[sighting.id] = ("unknown", sighting.id)
        else:
            parent = sighting.worker_id or fold(sighting.parent_name)
            same[sighting.id] = listed.get((sighting.day, name), (name, parent))
    return same


def _actions(session: Session, ids: Sequence[int]) -> dict[int, list[Action]]:
    found: dict[int, list[Action]] = {}
    if ids:
        for action in session.scalars(select(Action).where(Action.sighting_id.in_(ids)).order_by(Action.id)):
            found.setdefault(action.sighting_id or 0, []).append(action)
    return found


def events(seen: Iterable[Seen]) -> list[Seen]:
    """Return what counts: each child once a day. Source: domain.md 6.7 K14."""
    return [one for one in seen if not one.again]


def get(session: Session, sighting_id: int) -> Sighting:
    """Return a sighting.

    Raises:
        UserError: it is gone.
    """
    found = session.get(Sighting, sighting_id)
    if found is None:
        raise UserError(_("This sighting is no longer in the log."))
    return found


def record(session: Session, found: Found, *, by: str) -> Sighting:
    """Enter a child found in production; entered on a later day, it is marked so.

    Raises:
        Invalid: by field, what cannot be.
        UserError: it lies in the future, or the role may not.
    """
    roles.require(session, Right.LOGS)
    values = _checked(session, found)
    now = clock.now()
    made = Sighting(entered_by=by, entered_at=now, entered_late=found.day < now.date(), **values)
    session.add(made)
    session.flush()
    return made


def correct(session: Session, sighting_id: int, found: Found, *, by: str) -> Sighting:
    """Correct a sighting; the trail keeps what stood there before.

    Raises:
        Invalid: by field, what cannot be.
        UserError: it is gone, lies in the future, or the role may not.
    """
    roles.require(session, Right.LOGS)
    held = get(session, sighting_id)
    for name, value in _checked(session, found).items():
        setattr(held, name, value)
    held.entered_by = by
    held.entered_late = held.entered_late or held.day < clock.today()
    session.flush()
    return held


def remove(session: Session, sighting_id: int) -> None:
    """Take out a sighting that was entered by mistake, on the day it was entered.

    Raises:
        UserError: it was entered earlier, an action came of it, or the role may not.
    """
    roles.require(session, Right.LOGS)
    held = get(session, sighting_id)
    if held.entered_at.date() < clock.today() or _actions(session, [sighting_id]):
        raise UserError(_("This sighting stays on record. Correct it, with a remark."))
    session.delete(held)
    session.flush()


def parents(session: Session, child_id: int) -> list[Worker]:
    """Return the parents of a child who work here, in the order they were named."""
    query = (
        select(Worker)
        .join(Guardian, Guardian.worker_id == Worker.id)
        .join(Guardianship, Guardianship.guardian_id == Guardian.id)
        .where(Guardianship.child_id == child_id)
        .order_by(Guardianship.id)
    )
    return list(session.scalars(query))


def begin_action(session: Session, season: Season, sighting_id: int, *, by: str) -> Action:
    """Begin the corrective action that follows a sighting, critical as :data:`SEVERITY` says.

    Raises:
        UserError: the sighting is gone, or an action came of it already.
    """
    held = get(session, sighting_id)
    seen = next(one for one in read(session, held.day, held.day) if one.sighting.id == sighting_id)
    if seen.actions:
        raise UserError(_("Action {number} came of this sighting already.").format(number=seen.actions[0].number))
    return actions.begin(
        session, season, source=Source.SIGHTING, finding=finding(seen), severity=SEVERITY, found_on=held.day, by=by,
        sighting_id=sighting_id, immediate=immediate(held), again=seen.repeat,
    )  # fmt: skip


def finding(seen: Seen) -> str:
    """Word what is to be put right, without anybody's name: the plan of actions is read by auditors."""
    sighting = seen.sighting
    told = _("Child in production: {area}, {doing}").format(area=sighting.area, doing=_(sighting.doing.word))
    if sighting.minutes:
        told += ", " + ngettext("{n} minute", "{n} minutes", sighting.minutes).format(n=sighting.minutes)
    if seen.repeat:
        told += " · " + _("found before on {day}").format(day=seen.before[-1])
    return told


def immediate(sighting: Sighting) -> str:
    """Return what was done at once, as it is written into the action."""
    return " · ".join(part for part in (_(sighting.action.word), sighting.hazard) if part)


def without_action(session: Session, day: date, *, days: int) -> list[Sighting]:
    """Return the sightings of the last days of which no action came, oldest first."""
    taken = select(Action.sighting_id).where(Action.sighting_id.is_not(None))
    query = (
        select(Sighting)
        .where(Sighting.day > day - timedelta(days=days), Sighting.day <= day, Sighting.id.not_in(taken))
        .order_by(Sighting.day, Sighting.id)
    )
    return list(session.scalars(query))


def _checked(session: Session, found: Found) -> dict[str, Any]:
    """Return what is kept of a sighting.

    Raises:
        Invalid: something in it cannot be.
        UserError: it lies in the future.
    """
    moments.not_to_come(found.day, found.at)
    if problems := _problems(session, found):
        raise Invalid(problems)
    values = {name: getattr(found, name) for name in Found.__dataclass_fields__}
    for name, value in values.items():
        if type(value) is str:
            values[name] = " ".join(value.split())
    if found.child_id is not None:
        values["child_name"] = ""  # the list knows it; a name kept twice is a name forgotten once
    if found.worker_id is not None:
        values["parent_name"] = ""
    return values


def _problems(session: Session, found: Found) -> dict[str, str]:
    patrol = session.get(Patrol, found.patrol_id) if found.patrol_id else None
    told: dict[str, tuple[bool, str]] = {
        "area": (bool(found.area.strip()), _("Write where the child was found.")),
        "age_guess": (
            found.age_guess is None or found.age_guess in _AGES, _("Type an age from 0 to 17, or leave it empty.")
        ),
        "minutes": (
            found.minutes is None or 0 <= found.minutes <= _DAY, _("Type how many minutes, or leave it empty.")
        ),
        "day": (
            patrol is None or patrol.day == found.day,
            _("The patrol on which the child was seen was walked on {day}.").format(day=patrol.day if patrol else ""),
        ),
    }  # fmt: skip
    return {name: sentence for name, (right, sentence) in told.items() if not right}


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (read, get, parents, without_action), Right.ACTIONS: (begin_action,)})
