"""How a corrective action moves: begun, done, verified by somebody else, checked again after 30 days, closed.

Whatever is said or signed on the way stays as a step. What is ours: an early effectiveness check is refused; a check
that shows it does not work opens the same action again, as a repeat, so that its evidence and its number stay together;
by papers and photos only what has evidence of the time after is verified. Source: domain.md 8.20, 5.2; product.md 4.6.
"""

import unicodedata
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Action, ActionStep, Evidence, Repeat, Stage, Step, Verification
from ccfs_desktop.models.check import Proof, Severity
from ccfs_desktop.services import actions, roles
from ccfs_desktop.services.actions import UNSOLVED
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signatures import Signature

CHECK_DAYS = 30
"""So many days after it was verified one looks whether it works. Source: product.md 4.6."""


def start(session: Session, action_id: int) -> Action:
    """Begin to work on it."""
    return _move(session, action_id, Stage.OPEN, Stage.IN_PROGRESS)


def set_aside(session: Session, action_id: int) -> Action:
    """Say that nobody works on it yet after all."""
    return _move(session, action_id, Stage.IN_PROGRESS, Stage.OPEN)


def _move(session: Session, action_id: int, before: Stage, after: Stage) -> Action:
    action = actions.open_one(session, action_id)
    _check_stage(action, before)
    action.stage = after
    session.flush()
    return action


def lacking(action: Action) -> list[str]:
    """Return what must still be written before it can be said to be done or be verified.

    A critical finding needs its root cause. Source: domain.md 5.2, 6; that a correction is written is ours.
    """
    missing: list[str] = []
    if not (action.correction or action.immediate):
        missing.append(_("Write what was done: the correction."))
    if action.severity is Severity.CRITICAL and not action.root_cause:
        missing.append(_("Write the root cause: a critical finding needs it."))
    return missing


def done(session: Session, action_id: int, *, by: str, on: date) -> Action:
    """Say that it is done. From now on its evidence stays, and somebody else verifies.

    Args:
        session: the open transaction.
        action_id: the action.
        by: who did it.
        on: the day it was done.

    Raises:
        Invalid: no name, or a day before it was found or in the future.
        UserError: something is still missing, or it is not being worked on.
    """
    action = actions.open_one(session, action_id)
    _check_stage(action, *UNSOLVED)
    problems: dict[str, str] = {}
    if not by.strip():
        problems["done_by"] = _("Please fill this in.")
    if not action.found_on <= on <= clock.today():
        problems["done_on"] = _("Choose a day from {day} until today.").format(day=action.found_on)
    if problems:
        raise Invalid(problems)
    if missing := lacking(action):
        raise UserError(" ".join(missing))
    action.stage, action.done_on, action.done_by, action.done_user = Stage.DONE, on, _name(by), _user(session)
    action.grounds = ""
    for one in evidence(session, action_id):
        one.frozen = True
    _enter(session, action, Step.DONE, action.done_by)
    return action


def take_back(session: Session, action_id: int, *, by: str, word: str) -> Action:
    """Say that it is not done yet after all, and why."""
    action = actions.open_one(session, action_id)
    _check_stage(action, Stage.DONE)
    _work_again(action)
    _enter(session, action, Step.TAKEN_BACK, by, _said(word))
    return action


def verify(session: Session, action_id: int, signature: Signature, *, how: Verification, word: str) -> Action:
    """Verify that it was done. It is frozen then, until its effectiveness check.

    Args:
        session: the open transaction.
        action_id: the action.
        signature: of somebody else than who did it.
        how: by papers and photos, or on the spot.
        word: what was seen.

    Raises:
        Invalid: the name is that of who did it, or nothing is said.
        UserError: the sign-in is that of who did it, the role may not, something is missing, or it is not done.
    """
    action = _judged(session, action_id, signature, Stage.DONE)
    if missing := lacking(action):
        raise UserError(" ".join(missing))
    if how is Verification.DESK and not any(one.after for one in evidence(session, action_id)):
        raise UserError(_("There is no evidence of how it is now. Add a photo or PDF, or verify it on the spot."))
    action.verified_word, action.verified_how = _said(word), how
    _sign(action, signature)
    action.stage, action.frozen = Stage.VERIFIED, True
    action.check_due = signature.at.date() + timedelta(days=CHECK_DAYS)
    _enter_signed(session, action, Step.VERIFIED, signature, word)
    return action


def refuse(session: Session, action_id: int, signature: Signature, *, word: str) -> Action:
    """Say that it was not done as it should: work on it goes on."""
    action = _judged(session, action_id, signature, Stage.DONE)
    _enter_signed(session, action, Step.REFUSED, signature, _said(word))
    _work_again(action)
    session.flush()
    return action


def check(session: Session, action_id: int, signature: Signature, *, works: bool, word: str) -> Action:
    """Say, 30 days later, whether it works. It is closed then, or opened again as a repeat with a new day.

    Raises:
        Invalid: the name is that of who did it, or nothing is said.
        UserError: it is too early, the sign-in is that of who did it, or the role may not.
    """
    action = _judged(session, action_id, signature, Stage.VERIFIED)
    if action.check_due and signature.at.date() < action.check_due:
        raise UserError(
            _("Whether it works can be said from {day} on, {n} days after it was verified.").format(
                day=action.check_due, n=CHECK_DAYS
            )
        )
    action.effective, action.effective_word = works, _said(word)
    action.effective_name, action.effective_user = signature.name, signature.user
    action.effective_at, action.effective_proof = signature.at, signature.proof
    _enter_signed(session, action, Step.EFFECTIVE if works else Step.NOT_EFFECTIVE, signature, word)
    if works:
        action.stage = Stage.CLOSED
    else:
        action.repeat, action.due = Repeat.REPEAT, actions.due(action.severity, signature.at.date())
        _work_again(action)
    session.flush()
    return action


# ------------------------------------------------------------------------------------------------------ no action


def propose_none(session: Session, action_id: int, *, by: str, grounds: str) -> Action:
    """Propose to do nothing, with written grounds; somebody else must agree.

    Raises:
        Invalid: no grounds, or no name.
    """
    action = actions.open_one(session, action_id)
    _check_stage(action, *UNSOLVED)
    problems = {"grounds": _("Write why nothing need be done.")} if not grounds.strip() else {}
    if not by.strip():
        problems["done_by"] = _("Please fill this in.")
    if problems:
        raise Invalid(problems)
    action.grounds, action.done_by, action.done_user = grounds.strip()[:500], _name(by), _user(session)
    _enter(session, action, Step.PROPOSED, action.done_by, action.grounds)
    return action


def agree_none(session: Session, action_id: int, signature: Signature, *, word: str) -> Action:
    """Agree, as another person, that nothing need be done: it is ended and frozen."""
    action = _proposed(session, action_id, signature)
    action.verified_word = word.strip()[:500]
    _sign(action, signature)
    action.stage, action.frozen = Stage.NO_ACTION, True
    for one in evidence(session, action_id):
        one.frozen = True
    _enter_signed(session, action, Step.AGREED, signature, word)
    return action


def refuse_none(session: Session, action_id: int, signature: Signature, *, word: str) -> Action:
    """Say that something must be done after all. The grounds stay as a step."""
    action = _proposed(session, action_id, signature)
    _enter_signed(session, action, Step.NOT_AGREED, signature, _said(word))
    action.grounds = ""
    _work_again(action)
    session.flush()
    return action


def _proposed(session: Session, action_id: int, signature: Signature) -> Action:
    action = _judged(session, action_id, signature, *UNSOLVED)
    if not action.grounds:
        raise UserError(_("Nobody has proposed to do nothing. Write the grounds first."))
    return action


# -------------------------------------------------------------------------------------------------------- the day


def set_day(session: Session, action_id: int, day: date, *, by: str, word: str) -> Action:
    """Set another day by which it is due; why, and which it was, stays as a step.

    Raises:
        Invalid: no word, or a day before it was found.
    """
    action = actions.open_one(session, action_id)
    _check_stage(action, *UNSOLVED)
    if day < action.found_on:
        raise Invalid({"due": _("Choose a day from {day} on.").format(day=action.found_on)})
    reason = _said(word)
    before, action.due = action.due, day
    told = _("{before} → {day}: {word}").format(before=before, day=day, word=reason)
    _enter(session, action, Step.NEW_DAY, by, told[:500])
    return action


def steps(session: Session, action_id: int) -> list[ActionStep]:
    """Return what was said and signed on its way, oldest first."""
    query = select(ActionStep).where(ActionStep.action_id == action_id).order_by(ActionStep.id)
    return list(session.scalars(query))


def evidence(session: Session, action_id: int) -> list[Evidence]:
    """Return its evidence as records, oldest first."""
    return list(session.scalars(select(Evidence).where(Evidence.action_id == action_id).order_by(Evidence.id)))


# ------------------------------------------------------------------------------------------------- somebody else


def is_somebody_else(action: Action, *, name: str, user: str, proof: Proof) -> bool:
    """Tell whether who signs is another than who did it.

    Another name is always needed; where a password proves who it is, another sign-in too. In a demonstration, or
    where several people share a server's sign-in, the record says that no password was asked.
    """
    same_user = user == action.done_user and proof is Proof.PASSWORD
    return not same_user and _folded(name) != _folded(action.done_by)


def _judged(session: Session, action_id: int, signature: Signature, *stages: Stage) -> Action:
    """Return an action that who signs may judge."""
    roles.require(session, Right.VERIFY)
    action = actions.get(session, action_id)
    _check_stage(action, *stages)
    if _folded(signature.name) == _folded(action.done_by):
        sentence = _("{name} did it: somebody else must look at it and sign.")
        raise Invalid({"name": sentence.format(name=action.done_by)})
    if not is_somebody_else(action, name=signature.name, user=signature.user, proof=signature.proof):
        sentence = _("“{user}” said that it is done. Somebody else must sign in, look at it and sign.")
        raise UserError(sentence.format(user=action.done_user))
    return action


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _sign(action: Action, signature: Signature) -> None:
    action.verified_name, action.verified_role = signature.name, signature.role
    action.verified_user, action.verified_at = signature.user, signature.at
    action.verified_proof = signature.proof


def _work_again(action: Action) -> None:
    """Open it again; what was said and signed before stays as steps."""
    action.stage, action.frozen = Stage.IN_PROGRESS, False
    action.done_on, action.done_by, action.done_user = None, "", ""
    action.verified_how = action.verified_at = action.verified_proof = action.check_due = None
    action.verified_name = action.verified_role = action.verified_user = action.verified_word = ""


# ------------------------------------------------------------------------------------------------------- keeping


def _check_stage(action: Action, *stages: Stage) -> None:
    if action.stage not in stages:
        sentence = _("This cannot be done now: {number} is at the stage “{stage}”.")
        raise UserError(sentence.format(number=action.number, stage=_(action.stage.word)))


def _said(word: str) -> str:
    text = word.strip()
    if not text:
        raise Invalid({"reason": _("Write what was seen, or why.")})
    return text[:500]


def _name(name: str) -> str:
    return " ".join(name.split())[:120]


def _user(session: Session) -> str:
    return session.info["actor"].user


def _enter(session: Session, action: Action, step: Step, name: str, word: str = "") -> None:
    session.add(
        ActionStep(action_id=action.id, step=step, name=name, user=_user(session), at=clock.now(), word=word)
    )  # fmt: skip
    session.flush()


def _enter_signed(session: Session, action: Action, step: Step, signature: Signature, word: str) -> None:
    session.add(
        ActionStep(
            action_id=action.id, step=step, name=signature.name, role=signature.role, user=signature.user,
            at=signature.at, word=word.strip()[:500], proof=signature.proof,
        )
    )  # fmt: skip
    session.flush()


roles.guard(
    globals(),
    Right.ACTIONS,
    {
        Right.VERIFY: (verify, refuse, check, agree_none, refuse_none),
        Right.INCIDENTS: (steps, evidence),
    },
)
