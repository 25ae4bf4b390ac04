"""Corrective actions: begun from whatever was found, numbered, linked to what was known before.

What follows, stage by stage, is in ``services.action_stages``. Source: domain.md 8.20.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from sqlalchemy import String, select
from sqlalchemy.orm import Session, aliased

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.action import Action, Repeat, Source, Stage
from ccfs_desktop.models.check import Finding, Severity
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles
from ccfs_desktop.services.check_rules import DEADLINES
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

UNSOLVED = (Stage.OPEN, Stage.IN_PROGRESS)
"""Nobody says yet that it is done."""
ENDED = (Stage.CLOSED, Stage.NO_ACTION)
WRITTEN = frozenset(
    {"finding", "reference", "owner", "immediate", "root_cause", "correction", "prevention"}
    | {f"why{n}" for n in range(1, 6)}
)
"""The fields people write in freely."""
PAGE = "incidents"
_LISTED = 3
"""So many critical ones stand on Today by name."""
VERIFY_DAYS = 7
"""So many days a critical one may wait to be verified before Today calls it urgent; ours."""


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


def add(session: Session, season: Season, *, severity: Severity | None, **values: Any) -> Action:
    """Begin an action by hand; see :func:`begin`.

    Raises:
        Invalid: see :func:`begin`.
        UserError: the role may not.
    """
    roles.require(session, Right.ACTIONS)
    return begin(session, season, severity=severity or Severity.NONE, **values)


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


def numbered(session: Session, number: str) -> Action:
    """Return an action by its number.

    Raises:
        UserError: there is none.
    """
    action = session.scalars(select(Action).where(Action.number == number.strip().upper())).first()
    if action is None:
        raise UserError(_("There is no corrective action {number}.").format(number=number or "?"))
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


def every(session: Session, season: Season) -> list[Action]:
    """Return a season's actions, and those of other seasons that are not ended: the newest first."""
    query = select(Action).where((Action.season_id == season.id) | Action.stage.not_in(ENDED))
    return list(session.scalars(query.order_by(Action.found_on.desc(), Action.id.desc())))


def is_overdue(action: Action, day: date) -> bool:
    """Tell whether its day has passed and nobody says that it is done."""
    return action.stage in UNSOLVED and action.due < day


def waits_for_word(action: Action) -> bool:
    """Tell whether somebody else must look at it: what is said to be done, or that no action is proposed."""
    return action.stage is Stage.DONE or (action.stage in UNSOLVED and bool(action.grounds))


def check_is_due(action: Action, day: date) -> bool:
    """Tell whether it is time to see if it works."""
    return action.stage is Stage.VERIFIED and action.check_due is not None and action.check_due <= day


def by_urgency(action: Action) -> tuple[int, date, int]:
    """Sort what is most severe and due first to the top."""
    return list(Severity).index(action.severity), action.due, action.id


def word(action: Action, day: date) -> str:
    """Return how far it is, in words; see :func:`message`."""
    return _(message(action, day))


def message(action: Action, day: date) -> str:
    """Return how far it is, as a message; what is late says so.

    Source: domain.md 8.20: open, in progress, done, verified, overdue.
    """
    if is_overdue(action, day):
        return N_("Overdue")
    return N_("No action proposed") if action.stage in UNSOLVED and action.grounds else action.stage.word


def change(session: Session, action_id: int, **values: str) -> Action:
    """Write in an action's fields; each is on disk when the transaction ends.

    Args:
        session: the open transaction.
        action_id: the action.
        values: texts of the columns in ``WRITTEN``; of what was found only while it came from no check.

    Raises:
        Invalid: a text is too long.
        UserError: it is verified or closed, or the role may not.
    """
    action = open_one(session, action_id)
    if action.source is Source.CHECK and values.keys() & {"finding", "reference"}:
        raise UserError(_("What a signed check found does not change."))
    for name in WRITTEN & values.keys():
        text = values[name].strip()
        most = cast(String, Action.__table__.columns[name].type).length or 0
        if len(text) > most:
            raise Invalid({name: _("At most {n} characters fit here.").format(n=most)})
        if name == "finding" and not text:
            raise Invalid({name: _("Write what was found.")})
        setattr(action, name, text)
    session.flush()
    return action


def open_one(session: Session, action_id: int) -> Action:
    """Return an action that may be changed by who is working.

    Raises:
        UserError: the role may not, or it is verified or closed.
    """
    roles.require(session, Right.ACTIONS)
    action = get(session, action_id)
    if action.frozen:
        raise UserError(frozen_sentence(action))
    return action


def frozen_sentence(action: Action) -> str:
    """Say why an action does not change any more."""
    return _("{number} does not change any more. It is: {stage}.").format(
        number=action.number, stage=_(action.stage.word)
    )


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return what Today says about corrective actions: critical ones that are overdue first, each by itself."""
    if not roles.may(session, Right.ACTIONS):
        return []
    mine = sorted(every(session, season), key=by_urgency)
    late = [a for a in mine if is_overdue(a, day)]
    critical = [a for a in late if a.severity is Severity.CRITICAL]
    sentence = _("{number}, critical, was due on {day}: {finding}")
    found = [
        Task(
            sentence.format(number=a.number, day=a.due, finding=a.finding), urgent=True, page=PAGE,
            target={"action": a.id},
        )
        for a in critical[:_LISTED]
    ]  # fmt: skip
    if rest := len(late) - len(found):
        told = ngettext("{n} corrective action is overdue.", "{n} corrective actions are overdue.", rest)
        found.append(Task(told.format(n=rest), urgent=True, page=PAGE, target={"actions": "overdue"}))
    unverified = _unverified(mine, day)
    found += unverified
    if due_now := sum(check_is_due(a, day) for a in mine):
        told = ngettext(
            "{n} corrective action is to be checked: does it work?",
            "{n} corrective actions are to be checked: do they work?",
            due_now,
        )
        found.append(Task(told.format(n=due_now), urgent=False, page=PAGE, target={"actions": "check"}))
    if waiting := sum(map(waits_for_word, mine)) - len(unverified):
        told = ngettext(
            "{n} corrective action waits to be verified by somebody else.",
            "{n} corrective actions wait to be verified by somebody else.",
            waiting,
        )
        found.append(Task(told.format(n=waiting), urgent=False, page=PAGE, target={"actions": "verify"}))
    return found


def _unverified(actions: Iterable[Action], day: date) -> list[Task]:
    """Critical ones said to be done that nobody has looked at since; how long that may take is ours."""
    left = [a for a in actions if a.stage is Stage.DONE and a.severity is Severity.CRITICAL]
    late = [a for a in left if a.done_on and (day - a.done_on).days > VERIFY_DAYS]
    sentence = _("{number}, critical, is said to be done since {day} and nobody has verified it: {finding}")
    return [
        Task(
            sentence.format(number=a.number, day=a.done_on, finding=a.finding), urgent=True, page=PAGE,
            target={"action": a.id},
        )
        for a in late[:_LISTED]
    ]  # fmt: skip


roles.guard(globals(), Right.ACTIONS, {Right.INCIDENTS: (get, of, every), Right.OFFICE: (tasks,)})
