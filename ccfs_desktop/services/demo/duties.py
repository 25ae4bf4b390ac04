"""What really happened at the made-up staff desk: some minutes early or late, one sick, one lunch short of adults."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.duty import Duty, DutyPart, RatioNote
from ccfs_desktop.models.roster import PartKind, RosterWeek
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import duty_day, ratio, ratio_proof, roster_changes, seasons, staff_papers, times
from ccfs_desktop.services.demo.scene import Kid, Scene
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_changes import Published

# What is special, and on which day counted back from today's morning.
_ERRAND, _LATE_PICK_UP, _SICK, _BUS_LATE = -1, -4, -5, -7
_LUNCH = Span(740, 752)
"""12:20 to 12:32: twelve minutes with one adult too few, until the late crew's bus came."""
_POST = Span(905, 920)
"""15:05 to 15:20: somebody goes to the post office, and nobody has said why."""
_SIGNED = time(17, 42)


def short_days(scene: Scene) -> list[date]:
    """Return the days on which for a while there were too few adults; the weekly check counts them."""
    return [scene.past[_BUS_LATE], scene.past[_ERRAND]]


@dataclass
class Stay:
    """A duty in the making, with its parts."""

    duty: Duty
    parts: list[DutyPart] = field(default_factory=list[DutyPart])


class Crews:
    """The adults, day by day, as their rosters planned them and as they came."""

    def __init__(self, scene: Scene, kids: Sequence[Kid]) -> None:
        """Read the published rosters and the staff."""
        self._scene = scene
        self._kids = {kid.child.id: kid for kid in kids}
        with scene.db.read() as session:
            self._planned = _published(session, scene.season)
            self._team = {person.id: person for person in session.scalars(select(Staff))}
            papers = staff_papers.of(session)
            self._closes = times.minutes(seasons.hours(session, scene.season).closes)
        self._papers = papers

    def on_paper(self, day: date) -> list[int]:
        """Return who stands on the staff sheet of a day, in its order."""
        ids = {shift.staff_id for shift in self._planned.get(day, ())}
        return [person.id for person in sorted(self._team.values(), key=duty_day.in_order) if person.id in ids]

    def past(self, day: date, back: int, visits: Sequence[Visit]) -> list[Stay]:
        """Return everybody's stay on a day that is over.

        Args:
            day: the day.
            back: counted back from today's morning.
            visits: the children's.
        """
        dice = self._scene.random(f"crews {day}")
        stays = [self._came(shift, dice, long=back == _LATE_PICK_UP) for shift in self._planned.get(day, ())]
        if back == _SICK:
            self._replace(stays, day)
        elif back == _BUS_LATE:
            self._miss_the_bus(stays, day, visits)
        elif back == _ERRAND:
            self._run_an_errand(stays, day, visits)
        return stays

    def today(self, day: date, now: time) -> list[Stay]:
        """Return who has come by now; nobody has left."""
        dice = self._scene.random(f"crews {day}")
        stays = [self._came(shift, dice) for shift in self._planned.get(day, ())]
        here = [s for s in stays if s.duty.arrived and s.duty.arrived <= now]
        for stay in here:
            stay.duty.signed_out, stay.duty.departed = False, None
            stay.parts.clear()
        return here

    def note(self, session: Session, day: date, back: int) -> RatioNote | None:
        """Return what was said about the lunch that was short of adults, counter-signed by the coordinator."""
        if back != _BUS_LATE:
            return None
        [breach] = ratio_proof.of_day(session, self._scene.season, day).breaches
        at = datetime.combine(day, _SIGNED)
        return RatioNote(
            season_id=self._scene.season.id, day=day, group_id=breach.group_id, starts=breach.starts,
            ends=breach.ends, explanation=self._scene.names.word("bus_late"), explained_by=self._scene.db.actor.user,
            explained_at=at, countersigned_by=next(iter(self._team.values())).name, countersigned_at=at,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------- an ordinary day

    def _came(self, shift: Published, dice: Random, *, long: bool = False) -> Stay:
        """Somebody comes and goes as planned but for some minutes, and rests about when it was planned."""
        opening = shift.span.start <= 450
        arrived = shift.span.start - dice.randint(11, 20) if opening else shift.span.start + dice.randint(-8, 6)
        closing = shift.span.end >= self._closes
        departed = shift.span.end + (dice.randint(24, 28) if closing and long else dice.randint(1, 9))
        stay = Stay(
            Duty(
                staff_id=shift.staff_id, season_id=self._scene.season.id, day=shift.day, group_id=shift.group_id,
                arrived=times.moment(arrived), signed_out=True, departed=times.moment(departed),
            )
        )  # fmt: skip
        for part in shift.parts:
            start = part.span.start + dice.randint(-3, 4)
            self._part(stay, PartKind.BREAK, Span(start, start + part.span.minutes + dice.randint(-2, 3)))
        return stay

    def _part(self, stay: Stay, kind: PartKind, span: Span, note: str = "") -> None:
        stay.parts.append(
            DutyPart(duty_id=0, kind=kind, starts=times.moment(span.start), ends=times.moment(span.end), note=note)
        )

    # ------------------------------------------------------------------------------------------------ what goes wrong

    def _replace(self, stays: list[Stay], day: date) -> None:
        """A teacher is sick in the morning; somebody with a free day comes instead."""
        team = [s for s in stays if s.duty.group_id == self._scene.groups[0].id and self._counts(s, day)]
        sick = next(s for s in team if not self._leads(s))
        planned = {s.duty.staff_id for s in stays}
        free = (p for p in self._team.values() if p.id not in planned and not p.weekdays and not p.day_until)
        substitute = next(p for p in free if self._percent(p, day))
        sick.duty.replaces = self._team[sick.duty.staff_id].name
        sick.duty.note = self._scene.names.word("fever")
        sick.duty.staff_id = substitute.id

    def _miss_the_bus(self, stays: list[Stay], day: date, visits: Sequence[Visit]) -> None:
        """The late crew of one group comes at 12:32; until then nobody can rest but for one who has to eat."""
        early = self._bare(stays, day, visits, _LUNCH, late=False)
        group = early[0].duty.group_id
        for stay in stays:
            if stay.duty.group_id == group and self._is_late(stay):
                stay.duty.arrived = times.moment(_LUNCH.end)
                for part in stay.parts:
                    part.starts, part.ends = _shift(part.starts, 15), _shift(part.ends or part.starts, 15)
        for n, stay in enumerate(early):
            stay.parts.clear()
            span = _LUNCH if n == 0 else Span(_LUNCH.end + 5 + 30 * (n - 1), _LUNCH.end + 33 + 30 * (n - 1))
            self._part(stay, PartKind.BREAK, span)

    def _run_an_errand(self, stays: list[Stay], day: date, visits: Sequence[Visit]) -> None:
        late = self._bare(stays, day, visits, _POST, late=True)
        goes = next((s for s in late if not self._leads(s)), late[0])
        self._part(goes, PartKind.ERRAND, _POST, self._scene.names.word("post_office"))

    def _bare(self, stays: Sequence[Stay], day: date, visits: Sequence[Visit], span: Span, *, late: bool) -> list[Stay]:
        """Return the crew of the first group that needs every one of it for a while."""
        profile = ratio.of(self._scene.season)
        for group in self._scene.groups:
            crew = [
                s for s in stays if s.duty.group_id == group.id and self._is_late(s) is late and self._counts(s, day)
            ]
            kids = [self._kids[v.child_id] for v in visits if _covers(v, span)]
            months = [ratio.months_on(k.child.birth_date, day) for k in kids if k.enrolment.group_id == group.id]
            if crew and profile.required(months, self._scene.season.ratio_mode) == len(crew):
                return crew
        raise LookupError("no group needs its whole crew")

    def _leads(self, stay: Stay) -> bool:
        person = self._team[stay.duty.staff_id]
        return person.leads or person.role is StaffRole.HEAD_TEACHER

    def _is_late(self, stay: Stay) -> bool:
        return stay.duty.arrived is not None and stay.duty.arrived > time(9, 30)

    def _counts(self, stay: Stay, day: date) -> bool:
        return self._percent(self._team[stay.duty.staff_id], day) > 0

    def _percent(self, person: Staff, day: date) -> int:
        return staff_papers.counting(person, self._papers.get(person.id, ()), self._scene.season, day).percent


def _published(session: Session, season: Season) -> Mapping[date, list[Published]]:
    found: dict[date, list[Published]] = {}
    for week in session.scalars(select(RosterWeek).where(RosterWeek.season_id == season.id)):
        for shift in roster_changes.read(week):
            found.setdefault(shift.day, []).append(shift)
    return found


def _covers(visit: Visit, span: Span) -> bool:
    if visit.arrived is None or (visit.signed_out and visit.departed is None):
        return False
    end = times.minutes(visit.departed) if visit.departed else 24 * 60
    return times.minutes(visit.arrived) <= span.start and end >= span.end


def _shift(at: time, minutes: int) -> time:
    return times.moment(times.minutes(at) + minutes)


def parts(stays: Sequence[Stay]) -> Iterator[DutyPart]:
    """Yield the parts of stays that are stored already."""
    for stay in stays:
        for part in stay.parts:
            part.duty_id = stay.duty.id
            yield part
