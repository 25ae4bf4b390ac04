"""Whether the space may open today: what the opening check says, and who decided otherwise.

Source: domain.md 3, rule set: any critical No fails the check, and only the coordinator's signature opens the day then.
"""

import enum
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import Check, DayOpening, Occasion, Result
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signatures import Signature


class State(enum.StrEnum):
    """Whether a day may open."""

    NOT_CHECKED = "not-checked"
    SAFE = "safe"
    ACTIONS = "actions"
    UNSAFE = "unsafe"
    OPENED = "opened"
    """Not safe, and opened all the same by somebody who answers for it."""


@dataclass(frozen=True)
class Opening:
    """How a day's opening stands."""

    state: State
    check: Check | None = None
    """The newest opening check of the day."""
    decision: DayOpening | None = None

    @property
    def sentence(self) -> str:
        """Say it in words."""
        check, decision = self.check, self.decision
        match self.state:
            case State.OPENED if decision:
                return _("Opened by {name} although it is not safe to open, because: {reason}").format(
                    name=decision.name, reason=decision.reason
                )
            case State.UNSAFE if check and not check.frozen:
                return _("Not safe to open: a critical item failed. Finish and sign the opening check.")
            case State.UNSAFE:
                return _("Not safe to open: a critical item failed. The coordinator must decide.")
            case State.ACTIONS:
                return _("Safe to open, with something to put right.")
            case State.SAFE:
                return _("Safe to open.")
            case _ if check:
                return _("The opening check is begun, not signed.")
            case _:
                return _("Not yet checked.")


def of(session: Session, season: Season, day: date) -> Opening:
    """Return how a day's opening stands, by its newest opening check.

    A critical No counts from the moment it is answered; all else only when the check is signed.
    """
    query = select(Check).where(Check.season_id == season.id, Check.day == day, Check.occasion == Occasion.OPENING)
    check = session.scalars(query.order_by(Check.id.desc()).limit(1)).first()
    if check is None:
        return Opening(State.NOT_CHECKED)
    if check.result is Result.FAIL:
        decision = _decision(session, check) if check.frozen else None
        return Opening(State.OPENED if decision else State.UNSAFE, check, decision)
    if not check.frozen:
        return Opening(State.NOT_CHECKED, check)
    return Opening(State.ACTIONS if check.result is Result.ACTION else State.SAFE, check)


def _decision(session: Session, check: Check) -> DayOpening | None:
    """Return the newest decision on a check as it is signed now; one from before a reopening no longer holds."""
    query = select(DayOpening).where(DayOpening.check_id == check.id).order_by(DayOpening.id.desc())
    decision = session.scalars(query).first()
    held = decision is not None and check.signed_at is not None and decision.at >= check.signed_at
    return decision if held else None


def require_safe(session: Session, season: Season, day: date) -> None:
    """Refuse children while the day is not safe to open.

    Raises:
        UserError: a critical item of the opening check failed, and nobody has decided to open all the same.
    """
    if of(session, season, day).state is State.UNSAFE:
        raise UserError(_("The space is not safe to open: a critical item of the opening check failed. See Safety."))


def open_anyway(session: Session, season: Season, day: date, signature: Signature, reason: str) -> DayOpening:
    """Open a day although a critical item failed; who decided it and why stay on record.

    Ask ``signatures.check_may_decide`` first whether this user's role may.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        signature: whose decision it is.
        reason: why children may come all the same, such as what was done about it.

    Raises:
        UserError: no reason, nothing stands in the way, or the check is not signed yet.
    """
    if not reason.strip():
        raise UserError(_("Write why the space may open all the same, and what was done."))
    now = of(session, season, day)
    if now.state is not State.UNSAFE or now.check is None:
        raise UserError(_("Nothing stands in the way of opening this day."))
    if not now.check.frozen:
        raise UserError(_("Finish and sign the opening check first."))
    decision = DayOpening(
        season_id=season.id, day=day, check_id=now.check.id, name=signature.name, role=signature.role,
        signed_user=signature.user, reason=reason.strip()[:300], at=signature.at, proof=signature.proof,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    return decision


def of_days(session: Session, season: Season) -> dict[int, DayOpening]:
    """Return the decisions of a season by the check they were taken on."""
    query = select(DayOpening).where(DayOpening.season_id == season.id).order_by(DayOpening.id)
    return {decision.check_id: decision for decision in session.scalars(query)}


roles.guard(globals(), Right.SAFETY, {Right.CLOSE: (open_anyway,)})
