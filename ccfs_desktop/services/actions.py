"""Corrective actions: begun from whatever was found, numbered, linked to what was known before.

What follows, stage by stage, is in ``services.action_stages``. Source: domain.md 8.20.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.action import Action, Repeat, Source, Stage
from ccfs_desktop.models.check import Finding, Severity
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles
from ccfs_desktop.services.check_rules import DEADLINES
from ccfs_desktop.services.roles import Right

UNSOLVED = (Stage.OPEN, Stage.IN_PROGRESS)
"""Nobody says yet that it is done."""


def begin(
    session: Session, season: Season, *, source: Source, finding: str, severity: Severity, found_on: date, by: str,
    item: str = "", finding_id: int | None = None, incident_id: int | None = None, sighting_id: int | None = None,
    reference: str = "", owner: str = "", immediate: str = "", again: bool = False,
) -> Action:  # fmt: skip
    """Begin a corrective action. Do it in a final action, so that no undo ever frees its number for another.

    It asks for no right: whoever signs a check begins what it found.

    Args:
        session: the open transaction.
        season: the season.
        source: where it comes from.
        finding: what was found; open to all who see actions, so nothing about a child's body or behaviour.
        severity: sets the day it is due.
        found_on: the day it was found.
        by: who begins it.
        item: the item of a check it is about; an earlier action on the same item is linked.
        finding_id: of a check.
        incident_id: the incident it comes from.
        sighting_id: the sighting it comes from.
        reference: such as the audit's report number.
        owner: who is responsible.
        immediate: what was done at once.
        again: it is known to come back, as the rule of three times in 14 days says.

    Raises:
        Invalid: no finding, no severity, or a day in the future.
    """
    problems: dict[str, str] = {}
    if not finding.strip():
        problems["finding"] = _("Write what was found.")
    if severity not in DEADLINES:
        problems["severity"] = _("Choose how severe it is: it sets the day it is due.")
    if found_on > clock.today():
        problems["found_on"] = _("{day} lies in the future.").format(day=found_on)
    if problems:
        raise Invalid(problems)
    before = _earlier(session, item)
    action = Action(
        season_id=season.id, number=_number(session, found_on.year), source=source, finding_id=finding_id,
        incident_id=incident_id, sighting_id=sighting_id, reference=reference.strip()[:120], item=item,
        finding=finding.strip()[:500], severity=severity, found_on=found_on, due=due(severity, found_on),
        immediate=immediate.strip()[:500], owner=owner.strip()[:120], repeat=_known(before, again=again),
        before_id=before.id if before else None, made_by=by, made_at=clock.now(),
    )  # fmt: skip
    session.add(action)
    session.flush()
    return action


def due(severity: Severity, found_on: date) -> date:
    """Return the day by which something so severe must be put right. Source: domain.md 3, legend."""
    return found_on + DEADLINES[severity]


def _number(session: Session, year: int) -> str:
    """Return the next number of a year."""
    start = f"CA-{year}-"
    last = session.scalars(select(Action.number).where(Action.number.startswith(start))).all()
    return f"{start}{max((int(number.removeprefix(start)) for number in last), default=0) + 1:03}"


def _earlier(session: Session, item: str) -> Action | None:
    if not item:
        return None
    return session.scalars(select(Action).where(Action.item == item).order_by(Action.id.desc()).limit(1)).first()


def _known(before: Action | None, *, again: bool) -> Repeat:
    """Tell whether it was known: what comes back after it was done is a repeat; what is still open, carried over."""
    if again or (before and before.stage not in UNSOLVED):
        return Repeat.REPEAT
    return Repeat.CARRIED_OVER if before else Repeat.NEW


def get(session: Session, action_id: int) -> Action:
    """Return an action.

    Raises:
        UserError: it is gone.
    """
    action = session.get(Action, action_id)
    if action is None:
        raise UserError(_("This corrective action is no longer there."))
    return action


def of(
    session: Session, *, incident_id: int | None = None, sighting_id: int | None = None, finding_id: int | None = None
) -> list[Action]:
    """Return the actions that came from something, oldest first.

    A check that was opened and signed again has new findings; the action stays with the same item of the same check.
    """
    query = select(Action).order_by(Action.id)
    if finding_id is not None:
        asked = aliased(Finding)
        query = (
            query.join(Finding, Finding.id == Action.finding_id)
            .join(asked, (asked.check_id == Finding.check_id) & (asked.item == Finding.item))
            .where(asked.id == finding_id)
        )
    if incident_id is not None:
        query = query.where(Action.incident_id == incident_id)
    if sighting_id is not None:
        query = query.where(Action.sighting_id == sighting_id)
    return list(session.scalars(query))


roles.guard(globals(), Right.ACTIONS, {Right.INCIDENTS: (get, of)})
