"""What the papers of the patrols show: the register of a period, the form for the clipboard, the trend."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.patrol import Patrol, PatrolRound
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import patrols, patrols_trend, roles, sightings, weekdays
from ccfs_desktop.services.initials import masked
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.patrols import Due, Standing
from ccfs_desktop.services.patrols_plan import areas_of
from ccfs_desktop.services.patrols_trend import Trend
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sightings import Seen


@dataclass(frozen=True)
class PlannedRow:
    """One planned patrol."""

    name: str
    at: time | None
    days: str
    """In words; empty for every working day."""
    areas: tuple[str, ...]
    first: date
    last: date | None


@dataclass(frozen=True)
class WalkRow:
    """One patrol that was walked."""

    day: date
    name: str
    """Of the plan; empty for one that was not planned."""
    started: time | None
    ended: time | None
    areas: str
    """Empty when the whole plan was walked."""
    not_walked: str
    seen: int
    walked_by: str
    signed: bool
    late: bool
    note: str = ""
    planned: bool = False
    """Whether it was planned for that day."""
    walked: tuple[str, ...] = ()
    """Every area that was walked."""


@dataclass(frozen=True)
class MissedRow:
    """One planned patrol that nobody walked, or that was entered after it was explained."""

    day: date
    name: str
    explanation: str
    by: str
    areas: tuple[str, ...] = ()
    """Of the plan."""
    walked: bool = False
    """Whether it was entered after all: then it stands among those walked, too."""


@dataclass(frozen=True)
class SeenRow:
    """One child found in production. Words in the paper's first language."""

    day: date
    at: time | None
    area: str
    child: str
    """Name or initials, or the age, as far as known."""
    age: int | None
    parent: str
    doing: str
    minutes: int | None
    found_by: str
    hazard: str
    action: str
    talk: str
    counted: bool
    """Whether it counts: each child once a day."""
    before: date | None
    """The last day before on which the same child was found."""
    actions: str
    """Numbers of the corrective actions."""
    late: bool


@dataclass(frozen=True)
class PatrolRegister:
    """The patrols and the children found of a period."""

    letterhead: Letterhead
    first: date
    last: date
    plan: tuple[PlannedRow, ...]
    walked: tuple[WalkRow, ...]
    missed: tuple[MissedRow, ...]
    seen: tuple[SeenRow, ...]
    planned: int
    not_walked: int
    positive: int
    not_described: int
    """Children seen on a patrol of whom nothing else was written."""
    named: bool
    """Whether the names are in full."""


@dataclass(frozen=True)
class FormRow:
    """One planned patrol on the form for the clipboard."""

    day: date
    name: str
    at: time | None
    areas: tuple[str, ...]


@dataclass(frozen=True)
class PatrolForm:
    """The form for the clipboard, of a day or a week."""

    letterhead: Letterhead
    first: date
    last: date
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class TrendPaper:
    """The trend on a page."""

    letterhead: Letterhead
    trend: Trend


def register(session: Session, first: date, last: date, head: Letterhead, *, named: bool = False) -> PatrolRegister:
    """Return the register of a period.

    Args:
        session: an open session.
        first: first day.
        last: last day.
        head: whose paper it is.
        named: children and parents in full; only those who write the logs may ask for it.

    Raises:
        UserError: the period ends before it begins, or names are asked for by somebody who does not see them.
    """
    if last < first:
        raise UserError(_("The last day lies before the first."))
    if named:
        roles.require(session, Right.LOGS)
    with i18n.use(head.languages[0]):
        due = patrols.due(session, first, last)
        log = patrols.log(session, first, last)
        rounds = {one.round.id: one.round for one in due}
        seen = sightings.read(session, first, last)
        over = [one for one in due if one.standing is not Standing.DUE]
        return PatrolRegister(
            letterhead=head, first=first, last=last,
            plan=tuple(_plan_row(one) for one in sorted(rounds.values(), key=lambda r: (r.first_day, r.id))),
            walked=tuple(_walk_row(one, rounds.get(one.round_id or 0), {due.key for due in over}) for one in log),
            missed=tuple(_missed(over)),
            seen=tuple(_seen_row(one, named=named) for one in seen),
            planned=len(over), not_walked=sum(1 for one in over if one.standing is not Standing.DONE),
            positive=sum(1 for one in log if one.seen),
            not_described=sum(patrols.not_described(session, log).values()),
            named=named,
        )  # fmt: skip


def form(session: Session, first: date, last: date, head: Letterhead) -> PatrolForm:
    """Return the form of some days, with what is planned on them.

    Raises:
        UserError: nothing is planned.
    """
    rows = [
        FormRow(one.day, one.round.name, one.round.at, tuple(areas_of(one.round.areas)))
        for one in patrols.due(session, first, last)
    ]
    if not rows:
        raise UserError(_("No patrol is planned on these days. Plan one under Safety, Production areas, Plan."))
    return PatrolForm(head, first, last, tuple(rows))


def week(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def trend(session: Session, season: Season, until: date, head: Letterhead) -> TrendPaper:
    """Return the trend of a season up to a day for printing."""
    return TrendPaper(head, patrols_trend.read(session, season, until))


def _plan_row(one: PatrolRound) -> PlannedRow:
    days = weekdays.written(one.weekdays)
    return PlannedRow(one.name, one.at, days, tuple(areas_of(one.areas)), one.first_day, one.last_day)


def _walk_row(one: Patrol, planned: PatrolRound | None, due: Collection[tuple[int, date]]) -> WalkRow:
    walked = areas_of(one.areas)
    whole = planned is not None and walked == areas_of(planned.areas)
    return WalkRow(
        one.day, planned.name if planned else "", one.started, one.ended, "" if whole else listed(walked),
        one.not_walked, one.seen, one.walked_by, one.signed, one.entered_late, one.note,
        planned=(one.round_id or 0, one.day) in due, walked=tuple(walked),
    )  # fmt: skip


def _missed(due: Iterable[Due]) -> Iterable[MissedRow]:
    for one in due:
        done = one.standing is Standing.DONE
        if one.missed or not done:
            why, by = (one.missed.explanation, one.missed.by) if one.missed else ("", "")
            yield MissedRow(one.day, one.round.name, why, by, tuple(areas_of(one.round.areas)), done)


def _seen_row(one: Seen, *, named: bool) -> SeenRow:
    held = one.sighting
    finder = held.finder if named else masked(held.finder)
    return SeenRow(
        day=held.day, at=held.at, area=held.area, child=one.who(named=named), age=held.age_guess,
        parent=one.parent(named=named), doing=_(held.doing.word), minutes=held.minutes,
        found_by=" · ".join(part for part in (_(held.found_by.word), finder) if part), hazard=held.hazard,
        action=_(held.action.word), talk=" · ".join(part for part in (held.parent_talk, held.note) if part),
        counted=not one.again, before=one.before[-1] if one.before else None,
        actions=listed(action.number for action in one.actions), late=held.entered_late,
    )  # fmt: skip


roles.guard(globals(), Right.SAFETY, {})
