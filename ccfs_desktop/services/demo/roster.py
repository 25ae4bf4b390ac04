"""The made-up rosters: an early and a late crew that change places every week, published on the Friday before."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.roster import PartKind, Shift, ShiftPart
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.services import planned, roster, roster_problem, times
from ccfs_desktop.services.demo.scene import Scene
from ccfs_desktop.services.drafting.problem import Skill, Span
from ccfs_desktop.services.planned import PartView, Plan, ShiftView

_EARLY, _LATE = Span(450, 870), Span(630, 1050)
_BREAKS = {_EARLY: (660, 690, 720), _LATE: (750, 780, 810)}
"""When the first, second and third of a group's crew rest: while both crews are there."""
_HELPERS = {
    StaffRole.NURSE: Span(480, 720), StaffRole.COOK: Span(480, 840), StaffRole.CLEANER: Span(780, 1050),
    StaffRole.VOLUNTEER: Span(540, 720),
}  # fmt: skip
_PUBLISHED = time(15, 40)


def mondays(scene: Scene) -> list[date]:
    """Return the weeks that have a roster: from the season's first to next week."""
    last = min(scene.today + timedelta(days=7), scene.season.last_day)
    first = scene.season.first_day - timedelta(days=scene.season.first_day.weekday())
    return [first + timedelta(days=7 * n) for n in range((last - first).days // 7 + 1)]


def plan(scene: Scene) -> None:
    """Plan and publish every week up to and including the next."""
    worked: Counter[int] = Counter()
    for n, monday in enumerate(mondays(scene)):
        with scene.db.read() as session:
            week = planned.read(session, scene.season, planned.week(monday))
        if week.open_days:
            needs = _needs(week)
            _enter(scene, [s for day, need in needs.items() for s in _Day(week, day, n, worked, need).shifts()])
            _publish(scene, monday)


def _needs(week: Plan) -> dict[date, dict[int, int]]:
    """Return open day → group → adults needed when most children are there."""
    needs: dict[date, dict[int, int]] = {day: {} for day in week.open_days}
    for demand in roster_problem.demands(week):
        of_day = needs[demand.day]
        of_day[demand.group] = max(of_day.get(demand.group, 0), demand.required)
    return needs


def _enter(scene: Scene, planned_shifts: list[ShiftView]) -> None:
    made = [
        Shift(
            season_id=scene.season.id, staff_id=s.staff_id, day=s.day, starts=times.moment(s.span.start),
            ends=times.moment(s.span.end), group_id=s.group_id,
        )
        for s in planned_shifts
    ]  # fmt: skip
    with scene.db.begin(N_("Plan the roster")) as session:
        scene.db.insert_many(session, made)
        rests = [
            ShiftPart(shift_id=shift.id, starts=times.moment(pause.start), ends=times.moment(pause.end))
            for shift, seen in zip(made, planned_shifts, strict=True)
            for pause in seen.breaks
        ]
        scene.db.insert_many(session, rests)


def _publish(scene: Scene, monday: date) -> None:
    with scene.db.begin(N_("Publish the roster")) as session:
        made = roster.publish(session, scene.season, monday, by=scene.db.actor.user)
        made.published_at = datetime.combine(monday - timedelta(days=3), _PUBLISHED)


class _Day:
    """One day's roster in the making."""

    def __init__(self, week: Plan, day: date, number: int, worked: Counter[int], needed: Mapping[int, int]) -> None:
        """Keep the day.

        Args:
            week: the week it lies in.
            day: an open day.
            number: of the week; the crews change places every week.
            worked: who had how many shifts so far.
            needed: group → adults.
        """
        self._week, self._day, self._number, self._worked = week, day, number, worked
        self._needed = needed
        self._taken: set[int] = set()

    def shifts(self) -> Iterator[ShiftView]:
        """Yield the shifts of both crews, then of everybody who helps."""
        for span in (_EARLY, _LATE):
            yield from self._crew(span)
        for person in self._week.team:
            yield from self._help(person)

    def _crew(self, span: Span) -> Iterator[ShiftView]:
        """Yield as many adults as the groups need; somebody who leads and a first-aider come first."""
        first: list[Staff] = []
        for skill in (Skill.LEAD, Skill.FIRST_AIDER):
            if not any(skill in self._skills(person) for person in first):
                first += self._pool(span, skill=skill)[:1]
        for group, needed in self._needed.items():
            mine = [person for person in first if person.group_id == group]
            others = [person for person in self._pool(span, group=group) if person not in first]
            for n, person in enumerate((mine + others)[: max(needed, len(mine))]):
                yield self._shift(person, span, group, n)

    def _pool(self, span: Span, *, group: int | None = None, skill: Skill | None = None) -> list[Staff]:
        """Return who could come, the best first: of the group, of this week's crew, with the fewest shifts so far."""
        able = [
            person for person in self._week.team if self._can(person, span) and (not skill or self._has(person, skill))
        ]
        late = span == _LATE
        return sorted(
            able,
            key=lambda p: (
                group is not None and p.group_id != group,
                (p.id + self._number) % 2 != late,
                self._worked[p.id],
                p.id,
            ),
        )

    def _can(self, person: Staff, span: Span) -> bool:
        counting, free = self._week.counting[person.id][self._day], self._week.available[person.id][self._day]
        there = any(stretch.holds(span) for stretch in free.spans)
        return bool(counting.percent) and counting.vetted and there and person.id not in self._taken

    def _has(self, person: Staff, skill: Skill) -> bool:
        return skill in self._skills(person)

    def _skills(self, person: Staff) -> frozenset[Skill]:
        return self._week.counting[person.id][self._day].skills

    def _shift(self, person: Staff, span: Span, group: int, n: int) -> ShiftView:
        self._taken.add(person.id)
        self._worked[person.id] += 1
        start = _BREAKS[span][n % 3]
        rest = PartView(0, PartKind.BREAK, Span(start, start + self._week.season.break_minutes), None)
        return ShiftView(0, person.id, self._day, span, group, (rest,))

    def _help(self, person: Staff) -> Iterator[ShiftView]:
        span = _HELPERS.get(person.role)
        if span and any(free.holds(span) for free in self._week.available[person.id][self._day].spans):
            yield ShiftView(0, person.id, self._day, span, person.group_id)
