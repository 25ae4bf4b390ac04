"""All that is kept about one corrective action: what it came from, what was said on its way, what was known before."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.action import Action, ActionStep
from ccfs_desktop.models.check import Finding
from ccfs_desktop.services import action_evidence, action_stages, actions, roles
from ccfs_desktop.services.action_evidence import Proof
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class ActionFile:
    """One action with everything around it."""

    action: Action
    wording: str
    """The item as its list asks for it, in English; see ``i18n`` for the others. Empty where it is about none."""
    check_id: int | None
    withdrawn: bool
    """Its check was opened again and signed without this finding."""
    before: Action | None
    """The earlier action on the same thing."""
    later: tuple[Action, ...]
    steps: tuple[ActionStep, ...]
    evidence: tuple[Proof, ...]
    may_work: bool
    may_verify: bool


def read(session: Session, action_id: int) -> ActionFile:
    """Return an action with everything around it.

    Raises:
        UserError: it is gone.
    """
    action = actions.get(session, action_id)
    finding = session.get(Finding, action.finding_id) if action.finding_id else None
    later = select(Action).where(Action.before_id == action_id).order_by(Action.id)
    return ActionFile(
        action=action,
        wording=finding.text if finding else "",
        check_id=finding.check_id if finding else None,
        withdrawn=bool(finding and finding.withdrawn),
        before=session.get(Action, action.before_id) if action.before_id else None,
        later=tuple(session.scalars(later)),
        steps=tuple(action_stages.steps(session, action_id)),
        evidence=tuple(action_evidence.of(session, action_id)),
        may_work=roles.may(session, Right.ACTIONS),
        may_verify=roles.may(session, Right.VERIFY),
    )


roles.guard(globals(), Right.INCIDENTS, {})
