"""What the papers of the corrective actions show: the plan as auditors know it, and one action with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.action import Action, ActionStep, Evidence, Stage
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import action_evidence, action_file, action_findings, actions, roles
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class PlanRow:
    """One action. Marked messages are translated on paper."""

    action: Action
    status: str
    """A message; what is late says so."""
    late: bool = False
    wording: str = ""
    """The item as its list asks for it; a message."""
    before: str = ""
    """Number of the earlier action on the same thing."""
    photos_before: int = 0
    photos_after: int = 0


@dataclass(frozen=True)
class ActionPlan:
    """The corrective action plan of a period. Source: domain.md 8.20."""

    letterhead: Letterhead
    first: date | None
    """None where it is that of the whole season, with what is carried over from earlier ones."""
    last: date
    rows: tuple[PlanRow, ...]

    def count(self, *stages: Stage) -> int:
        """Return how many actions are at these stages."""
        return sum(1 for row in self.rows if row.action.stage in stages)


@dataclass(frozen=True)
class Picture:
    """A photo of the evidence."""

    after: bool
    told: str
    jpeg: bytes


@dataclass(frozen=True)
class ActionSheet:
    """One action with all that was written, signed and shown."""

    letterhead: Letterhead
    row: PlanRow
    steps: tuple[ActionStep, ...]
    pictures: tuple[Picture, ...]
    files: tuple[str, ...]
    """PDFs among the evidence, by name; they are kept in the program."""


def plan(
    session: Session, season: Season, head: Letterhead, last: date, *, first: date | None = None, today: date,
) -> ActionPlan:  # fmt: skip
    """Return the plan: what was found in a period, or in the season until a day; with what was left open before.

    Args:
        session: an open session.
        season: the season.
        head: of the paper.
        last: the last day something was found on.
        first: the first one; None for the whole season.
        today: what is due before it and not done is overdue.
    """
    every = [action for action in actions.every(session, season) if action.found_on <= last]
    if first:
        every = [one for one in every if one.found_on >= first or one.stage not in actions.ENDED]
    found = sorted(every, key=lambda action: action.number)
    return ActionPlan(head, first, last, tuple(_rows(session, found, today)))


def sheet(session: Session, action_id: int, head: Letterhead, *, today: date) -> ActionSheet:
    """Return one action with everything.

    Raises:
        UserError: it is gone.
    """
    file = action_file.read(session, action_id)
    kept = session.scalars(select(Evidence).where(Evidence.action_id == action_id).order_by(Evidence.id)).all()
    return ActionSheet(
        letterhead=head,
        row=next(iter(_rows(session, [file.action], today))),
        steps=file.steps,
        pictures=tuple(Picture(one.after, _told(one), one.content) for one in kept if one.kind == "jpeg"),
        files=tuple(_told(one) for one in kept if one.kind != "jpeg"),
    )


def _told(file: Evidence) -> str:
    return " · ".join(part for part in (file.caption, file.name, file.by, f"{file.at:%Y-%m-%d %H:%M}") if part)


def _rows(session: Session, found: Sequence[Action], today: date) -> list[PlanRow]:
    wordings = action_findings.wording(session, found)
    earlier = [action.before_id for action in found if action.before_id]
    numbers = {
        row[0]: row[1] for row in session.execute(select(Action.id, Action.number).where(Action.id.in_(earlier)))
    }
    files = action_evidence.of(session, *(action.id for action in found))
    return [
        PlanRow(
            action=action,
            status=actions.message(action, today),
            late=actions.is_overdue(action, today),
            wording=wordings.get(action.id, ""),
            before=numbers.get(action.before_id or 0, ""),
            photos_before=sum(1 for one in files if one.action_id == action.id and not one.after),
            photos_after=sum(1 for one in files if one.action_id == action.id and one.after),
        )
        for action in found
    ]


roles.guard(globals(), Right.INCIDENTS, {})
