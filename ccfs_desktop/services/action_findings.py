"""What a signed check found becomes a corrective action, one for each failed item. Source: domain.md 3, rule set."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Action, ActionStep, Source, Stage, Step
from ccfs_desktop.models.check import Check, Finding
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import actions, roles
from ccfs_desktop.services.check_rules import REPEAT_TIMES
from ccfs_desktop.services.roles import Right


def follow(session: Session, check: Check, findings: Sequence[Finding]) -> list[Action]:
    """Begin an action for each finding of a check that was just signed.

    Where the check was opened and signed again, the action on the same item stays and is linked to the new finding.
    What was corrected on the spot begins as done and waits for somebody else to verify it.
    """
    season = session.get_one(Season, check.season_id)
    return [_kept(session, finding) or _begun(session, season, check, finding) for finding in findings]


def _kept(session: Session, finding: Finding) -> Action | None:
    """Link the action on the same item of the same check, unless it is frozen: then it stays as it was signed."""
    query = (
        select(Action)
        .join(Finding, Finding.id == Action.finding_id)
        .where(Finding.check_id == finding.check_id, Finding.item == finding.item)
    )
    action = session.scalars(query.order_by(Action.id.desc()).limit(1)).first()
    if action is not None and not action.frozen:
        action.finding_id = finding.id
        action.finding = told(finding)
        session.flush()
    return action


def _begun(session: Session, season: Season, check: Check, finding: Finding) -> Action:
    action = actions.begin(
        session, season, source=Source.CHECK, finding=told(finding), severity=finding.severity, found_on=finding.day,
        by=check.signed_name, item=finding.item, finding_id=finding.id, reference=f"{check.code} · {check.day}",
        immediate=_("Corrected on the spot") if finding.corrected else "", again=finding.times >= REPEAT_TIMES,
    )  # fmt: skip
    action.due = max(action.found_on, finding.due_at.date())
    if finding.corrected:
        action.stage, action.done_on = Stage.DONE, finding.day
        action.done_by, action.done_user = check.signed_name, check.signed_user
        session.add(
            ActionStep(
                action_id=action.id, step=Step.DONE, name=check.signed_name, role=check.signed_role,
                user=check.signed_user, at=finding.found_at, word=_("Corrected on the spot"), proof=check.proof,
            )
        )  # fmt: skip
    session.flush()
    return action


def told(finding: Finding) -> str:
    """Return what was found, in the words of the check: the note, or the item's own where there is none."""
    return finding.note or _(finding.text)


def of_check(session: Session, check_id: int) -> dict[str, Action]:
    """Return the actions of a check by item, the newest where there are several."""
    query = select(Finding.item, Action).join(Action, Action.finding_id == Finding.id)
    return {row[0]: row[1] for row in session.execute(query.where(Finding.check_id == check_id))}


def wording(session: Session, found: Sequence[Action]) -> dict[int, str]:
    """Return, by action, the item's wording as the list has it in English; see ``i18n`` for the others."""
    query = select(Action.id, Finding.text).join(Finding, Finding.id == Action.finding_id)
    return {row[0]: row[1] for row in session.execute(query.where(Action.id.in_([a.id for a in found])))}


roles.guard(globals(), Right.ACTIONS, {Right.CHECKS: (follow,), Right.SAFETY: (of_check, wording)})
