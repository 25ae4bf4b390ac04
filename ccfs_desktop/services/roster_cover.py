"""Sick at 06:00: who could cover for somebody, best first, and taking one of the ways."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import planned, roles, roster, roster_problem, roster_rules, times
from ccfs_desktop.services.drafting import cover as ways
from ccfs_desktop.services.drafting.cover import Stretched, Way
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.planned import Plan, ShiftView
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class CoverOption:
    """One way to cover for a person on a day."""

    staff_id: int
    """Who does not come."""
    way: Way
    sentence: str
    """What is done, finished and ready to be read."""
    short_minutes: int
    """Minutes of the day in which a group is short or a skill is missing, if this is done."""
    extra_minutes: int
    """Working time beyond what the others were to work."""
    changed: tuple[ShiftView, ...]
    """The shifts of the day that are new, or other than they are now."""
    asks: tuple[Stretched, ...] = ()
    """What is asked of people beyond the ordinary."""


def cover_for(session: Session, season: Season, day: date, staff_id: int) -> list[CoverOption]:
    """Return how to cover for a person on a day, best first; to do nothing is one of the ways.

    Args:
        session: an open session.
        season: the season.
        day: the day; on the present day nobody can begin earlier than now.
        staff_id: who does not come, whether that is noted already or not.
    """
    plan = planned.read(session, season, [day])
    here = {shift.staff_id for shift in plan.shifts if shift.group_id is not None}
    people = [person for person in plan.team if roster_problem.counts(person) or person.id in here]
    known = {person.id for person in people}
    problem = roster_problem.of(
        plan,
        before=roster_problem.beside(session, season, plan),
        people=people,
        pinned=[s for s in plan.shifts if _stays(s)],
    )
    shifts = [
        replace(roster_problem.drafted(s, errand_is_break=True), pinned=_stays(s))
        for s in plan.shifts
        if s.staff_id in known
    ]
    now = times.minutes(clock.now().time()) if day == clock.today() else 0
    # What is over cannot be covered any more, and is no breach of what is decided now.
    problem = replace(problem, demands=tuple(d for d in problem.demands if (d.slot + 1) * SLOT > now))
    return [
        CoverOption(
            staff_id,
            option.way,
            option.text,
            option.breach_minutes,
            option.extra_minutes,
            tuple(roster_problem.view(shift) for shift in option.changed if not shift.pinned),
            option.stretched,
        )
        for option in ways.cover_options(problem, shifts, staff_id, day, at=now)
    ]


def _stays(shift: ShiftView) -> bool:
    """Leave pinned shifts, and those with an errand, as they are."""
    return shift.pinned or any(part.kind is PartKind.ERRAND for part in shift.parts)


def apply_cover(session: Session, season: Season, day: date, option: CoverOption) -> None:
    """Take a way to cover: the person's shifts of the day go, the others' become what the way says.

    Raises:
        UserError: the roster has changed in the meantime so that this way breaks what no roster may break.
    """
    session.flush()
    plan = planned.read(session, season, [day])
    new = {shift.staff_id: shift for shift in option.changed}
    gone = [shift for shift in plan.shifts if shift.staff_id in {*new, option.staff_id}]
    after = [*(shift for shift in plan.shifts if shift not in gone), *new.values()]
    roster_rules.check(plan, day, after, new)
    # What is new comes before what goes, so that no number is given twice in one action and it can be taken back.
    roster.write_many(session, season, [_noted(plan, shift) for shift in new.values()])
    roster.remove(session, [shift.id for shift in gone])


def _noted(plan: Plan, shift: ShiftView) -> ShiftView:
    """Keep the remark of the shift that is replaced."""
    notes = [old.note for old in plan.shifts if old.staff_id == shift.staff_id and old.note]
    return replace(shift, note=notes[0] if notes else "")


roles.guard(globals(), Right.PLAN, {})
