"""The patrol log: which planned patrols were walked, what was seen, what was missed and why.

Source: domain.md 8.9; 5.2 (1): zero children only counts where somebody looked. That fewer children are never said
to have been seen without a word is ours.
"""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.patrol import MissedPatrol, Patrol, PatrolRound, Sighting
from ccfs_desktop.services import moments, patrols_plan, roles
from ccfs_desktop.services.patrols_plan import areas_of
from ccfs_desktop.services.roles import Right, require
from ccfs_desktop.services.searching import fold

_MOST = 200
"""More children than that on one patrol are a slip of the key; ours."""


class Standing(enum.StrEnum):
    """How a planned patrol stands."""

    DUE = "due"
    LATE = "late"
    """Its time is over, today."""
    DONE = "done"
    MISSED = "missed"
    """Its day is over, and nobody has said why."""
    EXPLAINED = "explained"


@dataclass(frozen=True)
class Due:
    """One planned patrol of one day."""

    round: PatrolRound
    day: date
    standing: Standing
    patrol: Patrol | None = None
    missed: MissedPatrol | None = None
    """The word given for it; it stays when the patrol is entered after all."""

    @property
    def key(self) -> tuple[int, date]:
        """What names it."""
        return self.round.id, self.day


@dataclass(frozen=True)
class Walk:
    """A patrol as somebody wrote it down; what was not written stays empty."""

    day: date
    seen: int
    walked_by: str
    round_id: int | None = None
    areas: str = ""
    """What was walked; of a planned patrol it is the plan without what was left out."""
    not_walked: str = ""
    started: time | None = None
    ended: time | None = None
    signed: bool = False
    note: str = ""


def due(session: Session, first: date, last: date) -> list[Due]:
    """Return every planned patrol of a period, in the order of days and times.

    Args:
        session: an open session.
        first: first day of the period.
        last: its last day; patrols after today are due.
    """
    overlapping = select(PatrolRound).where(PatrolRound.first_day <= last)
    rounds = [one for one in session.scalars(overlapping) if one.last_day is None or one.last_day >= first]
    walked = {(one.round_id, one.day): one for one in reversed(log(session, first, last)) if one.round_id is not None}
    told = session.scalars(select(MissedPatrol).where(MissedPatrol.day.between(first, last)))
    missed = {(one.round_id, one.day): one for one in told}
    now = clock.now()
    found = [
        Due(one, day, _standing(one, day, now, walked, missed), walked.get((one.id, day)), missed.get((one.id, day)))
        for one in rounds
        for day in patrols_plan.days(session, [one], first, last)[one.id]
    ]
    return sorted(found, key=lambda d: (d.day, patrols_plan.order(d.round)))


def log(session: Session, first: date, last: date) -> list[Patrol]:
    """Return the patrols that were walked in a period, in order; those without a time after the others of their day."""
    query = select(Patrol).where(Patrol.day.between(first, last)).order_by(Patrol.day, Patrol.id)
    return sorted(session.scalars(query), key=lambda one: (one.day, one.started or time.max))


def get(session: Session, patrol_id: int) -> Patrol:
    """Return a patrol.

    Raises:
        UserError: it is gone.
    """
    found = session.get(Patrol, patrol_id)
    if found is None:
        raise UserError(_("This patrol is no longer in the log."))
    return found


def walk(session: Session, walked: Walk, *, by: str) -> Patrol:
    """Enter a patrol that was walked; entered on a later day, it is marked so.

    Args:
        session: the open transaction.
        walked: as it stands on paper.
        by: who enters it.

    Raises:
        Invalid: by field, what cannot be.
        UserError: it lies in the future, is in the log already, or the role may not.
    """
    require(session, Right.LOGS)
    planned = _planned(session, walked)
    if planned and _in_log(session, planned.id, walked.day):
        raise UserError(_("This patrol is in the log already. Correct it there."))
    values = _checked(walked, planned)
    now = clock.now()
    made = Patrol(
        round_id=walked.round_id, day=walked.day, entered_by=by, entered_at=now, entered_late=walked.day < now.date(),
        **values,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def correct(session: Session, patrol_id: int, walked: Walk, *, by: str) -> Patrol:
    """Correct a patrol in the log; the trail keeps what stood there before.

    Raises:
        Invalid: by field, what cannot be; that fewer children were seen needs a remark.
        UserError: it is gone, or the role may not.
    """
    require(session, Right.LOGS)
    patrol = get(session, patrol_id)
    values = _checked(walked, session.get(PatrolRound, patrol.round_id) if patrol.round_id else None)
    described = described_on(session, [patrol_id]).get(patrol_id, 0)
    if walked.seen < described:
        told = _("{n} children of this patrol are described under Sightings; correct those first.")
        raise Invalid({"seen": told.format(n=described)})
    if walked.seen < patrol.seen and walked.note.strip() == patrol.note:
        raise Invalid({"note": _("Write in the remark why fewer children were seen than was entered before.")})
    for name, value in values.items():
        setattr(patrol, name, value)
    patrol.entered_by = by
    patrol.entered_late = patrol.entered_late or patrol.day < clock.today()
    session.flush()
    return patrol


def remove(session: Session, patrol_id: int) -> None:
    """Take a patrol out of the log that was entered by mistake, on the day it was entered.

    Raises:
        UserError: it was entered earlier, a child was seen on it, or the role may not.
    """
    require(session, Right.LOGS)
    patrol = get(session, patrol_id)
    if patrol.entered_at.date() < clock.today():
        raise UserError(_("What was entered on an earlier day stays in the log. Correct it, with a remark."))
    if described_on(session, [patrol_id]):
        raise UserError(_("Children seen on this patrol are described under Sightings, so it stays in the log."))
    session.delete(patrol)
    session.flush()


def explain(session: Session, key: tuple[int, date], explanation: str, *, by: str) -> MissedPatrol:
    """Say why a planned patrol was not walked. The miss stays on record, also when the patrol is entered later.

    Args:
        session: the open transaction.
        key: see :attr:`Due.key`.
        explanation: why.
        by: who says so.

    Raises:
        UserError: no word, its day is not over, it was walked or explained already, or the role may not.
    """
    require(session, Right.LOGS)
    said = " ".join(explanation.split())
    if not said:
        raise UserError(_("Write why this patrol was not walked."))
    round_id, day = key
    one = next((d for d in due(session, day, day) if d.key == key), None)
    if one is None or day >= clock.today():
        raise UserError(_("The day of this patrol is not over yet."))
    if one.standing is Standing.DONE:
        raise UserError(_("This patrol was walked."))
    if one.missed:
        raise UserError(_("Why this patrol was missed is on record already; it stays."))
    missed = MissedPatrol(round_id=round_id, day=day, explanation=said[:300], by=by, at=clock.now())
    session.add(missed)
    session.flush()
    return missed


def described_on(session: Session, patrol_ids: Sequence[int]) -> dict[int, int]:
    """Return patrol → how many of the children seen on it are described; patrols without any are left out."""
    query = (
        select(Sighting.patrol_id, func.count())
        .where(Sighting.patrol_id.in_(patrol_ids))
        .group_by(Sighting.patrol_id)
    )  # fmt: skip
    return {patrol: count for patrol, count in session.execute(query) if patrol is not None}


def not_described(session: Session, patrols: Sequence[Patrol]) -> dict[int, int]:
    """Return patrol → how many children were seen on it and are not described yet; others are left out."""
    positive = [one for one in patrols if one.seen]
    described = described_on(session, [one.id for one in positive]) if positive else {}
    return {one.id: one.seen - described.get(one.id, 0) for one in positive if one.seen > described.get(one.id, 0)}


def walkers(session: Session, limit: int = 40) -> list[str]:
    """Return who walked patrols before, the latest first."""
    query = (
        select(Patrol.walked_by).group_by(Patrol.walked_by).order_by(func.max(Patrol.day).desc(), Patrol.walked_by)
    )  # fmt: skip
    return list(session.scalars(query.limit(limit)))


# ------------------------------------------------------------------------------------------------------------ inside


def _standing(
    one: PatrolRound, day: date, now: datetime, walked: Mapping[tuple[int, date], Patrol],
    missed: Mapping[tuple[int, date], MissedPatrol],
) -> Standing:  # fmt: skip
    if (one.id, day) in walked:
        return Standing.DONE
    if (one.id, day) in missed:
        return Standing.EXPLAINED
    if day < now.date():
        return Standing.MISSED
    return Standing.LATE if patrols_plan.is_late(one, day, now) else Standing.DUE


def _planned(session: Session, walked: Walk) -> PatrolRound | None:
    if walked.round_id is None:
        return None
    planned = patrols_plan.get(session, walked.round_id)
    if walked.day not in patrols_plan.days(session, [planned], walked.day, walked.day)[planned.id]:
        raise UserError(_("“{name}” is not planned on {day}. Enter it as another patrol.").format(
            name=planned.name, day=walked.day
        ))  # fmt: skip
    return planned


def _in_log(session: Session, round_id: int, day: date) -> bool:
    query = select(Patrol.id).where(Patrol.round_id == round_id, Patrol.day == day)
    return session.scalars(query).first() is not None


def _checked(walked: Walk, planned: PatrolRound | None) -> dict[str, Any]:
    """Return what is kept of a patrol.

    Raises:
        Invalid: something in it cannot be.
        UserError: it lies in the future.
    """
    moments.not_to_come(walked.day, walked.ended or walked.started)
    problems: dict[str, str] = {}
    areas, not_walked = areas_of(walked.areas), " ".join(walked.not_walked.split())
    if planned:
        areas, told = walked_areas(planned, not_walked)
        if told:
            problems["not_walked"] = told
    elif not areas:
        problems["areas"] = _("Write which areas were walked.")
    if walked.started and walked.ended and walked.ended < walked.started:
        problems["ended"] = _("The patrol ended before it began.")
    if not 0 <= walked.seen <= _MOST:
        problems["seen"] = _("Type how many children were seen: 0 when there was none.")
    if not walked.walked_by.strip():
        problems["walked_by"] = _("Write who walked the patrol.")
    if problems:
        raise Invalid(problems)
    return {
        "areas": "\n".join(areas), "not_walked": not_walked, "started": walked.started, "ended": walked.ended,
        "seen": walked.seen, "walked_by": " ".join(walked.walked_by.split()), "signed": walked.signed,
        "note": walked.note.strip(),
    }  # fmt: skip


def walked_areas(planned: PatrolRound, not_walked: str) -> tuple[list[str], str]:
    """Return which areas of a plan were walked when some were left out, and a sentence where that cannot be told.

    Args:
        planned: the plan.
        not_walked: which areas were left out and why; each is called as in the plan: ``Cutting: locked``.
    """
    every, left = areas_of(planned.areas), fold(not_walked)
    if not left:
        return every, ""
    out: list[str] = []
    for area in sorted(every, key=len, reverse=True):
        found = re.search(re.escape(fold(area)) + r"(?!\d)", left)
        if found:
            out.append(area)
            left = left[: found.start()] + " " + left[found.end() :]
    if not out:
        told = _("Name the area that was left out as the plan calls it: {areas}.")
        return every, told.format(areas=listed(every))
    if not re.search(r"\w", left):
        return every, _("Write also why it was left out.")
    if len(out) == len(every):
        return every, _("Nothing was walked, so this was no patrol. Leave it empty, and say why it was missed.")
    return [area for area in every if area not in out], ""


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (due, log, get, described_on, not_described, walkers)})
