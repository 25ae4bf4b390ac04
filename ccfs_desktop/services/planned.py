"""What is planned: the children expected and the adults on the roster, day by day, read in a few queries.

A child is expected from opening to closing on each open day it wants to come; in overtime evenings only if its
enrolment says so. Time away that was announced before is taken off: the family has said that the child will not be
there. A sick child may be back any morning and stays expected. This is ours: no source says it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.roster import PartKind, Shift, ShiftPart
from ccfs_desktop.models.season import Block, BlockKind, Season
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.models.visit import Absence
from ccfs_desktop.services import availability, cover, ratio, roles, seasons, staff_papers, times
from ccfs_desktop.services.availability import Available
from ccfs_desktop.services.cover import AdultStay, Alone, ChildStay, DayCover, Terms, Where
from ccfs_desktop.services.drafting.problem import Skill, Span
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff_papers import Counting

_ROLES = {role: n for n, role in enumerate((StaffRole.HEAD_TEACHER, *StaffRole))}
_ROLES[StaffRole.HEAD_TEACHER] = -1
_WHERE = {PartKind.BREAK: Where.BREAK, PartKind.ERRAND: Where.ERRAND, PartKind.COVER: Where.WITH}


@dataclass(frozen=True)
class PartView:
    """A break, an errand or a stretch in another group within a shift."""

    id: int
    kind: PartKind
    span: Span
    group_id: int | None
    note: str = ""


@dataclass(frozen=True)
class ShiftView:
    """One person's shift on one day, in its group but for its parts."""

    id: int
    staff_id: int
    day: date
    span: Span
    group_id: int | None
    parts: tuple[PartView, ...] = ()
    """In the order of time."""
    pinned: bool = False
    note: str = ""

    @property
    def breaks(self) -> tuple[Span, ...]:
        """When the person rests."""
        return tuple(part.span for part in self.parts if part.kind is PartKind.BREAK)

    @property
    def minutes(self) -> int:
        """Working time: breaks are not counted, errands are."""
        return self.span.minutes - sum(pause.minutes for pause in self.breaks)


@dataclass(frozen=True)
class Plan:
    """Some days of a season: who can work, who is planned, who is expected."""

    season: Season
    days: tuple[date, ...]
    """Those asked for, in order, open or not."""
    open_days: tuple[date, ...]
    """Those of them on which the space is open."""
    blocks: tuple[Block, ...]
    groups: Mapping[int | None, str]
    """Id → name, youngest first; under None the children without a group, where there are any."""
    team: tuple[Staff, ...]
    """Whoever works here on one of the days, or is on the roster: head teachers first, then by role and name."""
    counting: Mapping[int, Mapping[date, Counting]]
    available: Mapping[int, Mapping[date, Available]]
    shifts: tuple[ShiftView, ...]
    """Of the days, by day, person and time."""
    children: Mapping[date, tuple[ChildStay, ...]]

    @property
    def names(self) -> dict[int, str]:
        """Staff id → name."""
        return {person.id: person.name for person in self.team}

    def terms(self) -> Terms:
        """Return what the season asks for."""
        return terms(self.season, self.groups)

    def on(self, day: date) -> list[ShiftView]:
        """Return a day's shifts."""
        return [shift for shift in self.shifts if shift.day == day]

    def adults(self, day: date, shifts: Iterable[ShiftView] | None = None) -> list[AdultStay]:
        """Return a day's adults as planned, in the order of the team.

        Args:
            day: the day.
            shifts: instead of those on the roster, to see what a change would do.
        """
        order = {person.id: n for n, person in enumerate(sorted(self.team, key=lambda p: (p.sort_key, p.name, p.id)))}
        names = self.names
        mine = sorted(self.on(day) if shifts is None else shifts, key=lambda s: (order[s.staff_id], s.span.start))
        return [
            stay
            for shift in mine
            for stay in _stays(
                shift,
                names[shift.staff_id],
                self.counting[shift.staff_id][day],
                self.available[shift.staff_id][day],
            )
        ]

    def cover(self, day: date, shifts: Iterable[ShiftView] | None = None) -> DayCover:
        """Hold a day's planned adults against the children expected."""
        return cover.reckon(self.terms(), self.children.get(day, ()), self.adults(day, shifts))

    def alone(self, day: date, shifts: Iterable[ShiftView] | None = None) -> list[Alone]:
        """Return who is alone with children and must not be."""
        return cover.alone(self.terms(), self.children.get(day, ()), self.adults(day, shifts))

    def hours(self, day: date) -> Span | None:
        """Return from when to when children may be there; None on a closed day."""
        return hours(self.blocks) if day in self.open_days else None


def read(session: Session, season: Season, days: Sequence[date]) -> Plan:
    """Return what is planned for some days.

    Args:
        session: an open session.
        season: the season.
        days: any days, such as the seven of a week.
    """
    wanted = tuple(sorted(set(days)))
    opened = set(seasons.open_days(session, season))
    open_days = tuple(day for day in wanted if day in opened)
    blocks = tuple(_blocks(session, season))
    shifts = tuple(shifts_of(session, season, wanted))
    team = _team(session, wanted, {shift.staff_id for shift in shifts})
    papers = staff_papers.of(session, [person.id for person in team])
    children = _children(session, season, open_days, blocks)
    return Plan(
        season=season,
        days=wanted,
        open_days=open_days,
        blocks=blocks,
        groups=group_names(session, season, (kid.group_id for kids in children.values() for kid in kids)),
        team=team,
        counting={
            p.id: {day: staff_papers.counting(p, papers.get(p.id, ()), season, day) for day in wanted} for p in team
        },
        available=availability.of(session, season, team, wanted),
        shifts=shifts,
        children=children,
    )


def week(monday: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday + timedelta(days=n) for n in range(7)]


def child_stays(session: Session, season: Season, day: date) -> list[ChildStay]:
    """Return the children expected on a day; nobody on a closed one."""
    if not seasons.is_open(session, season, day):
        return []
    return list(_children(session, season, [day], _blocks(session, season))[day])


def adult_stays(session: Session, season: Season, day: date) -> list[AdultStay]:
    """Return the adults on the roster of a day, breaks and errands as stays of their own."""
    return read(session, season, [day]).adults(day)


def day_cover(session: Session, season: Season, day: date) -> DayCover:
    """Hold the adults on the roster against the children expected."""
    return read(session, season, [day]).cover(day)


def terms(season: Season, groups: Mapping[int | None, str]) -> Terms:
    """Return what a season asks for.

    Args:
        season: the season.
        groups: see :func:`group_names`.
    """
    return Terms(ratio.of(season), groups, season.ratio_mode, _nap(season), skills(season))


def _nap(season: Season) -> Span | None:
    if season.nap_from and season.nap_until and season.nap_from < season.nap_until:
        return Span(times.minutes(season.nap_from), times.minutes(season.nap_until))
    return None


def skills(season: Season) -> frozenset[Skill]:
    """Return what somebody on duty must be, always. Source: product.md 4.4."""
    return frozenset(Skill(code) for code in season.required_skills.split(",") if code)


def group_names(session: Session, season: Season, used: Iterable[int | None] = ()) -> dict[int | None, str]:
    """Return group id → name, youngest first; with None when some child is in no group."""
    names: dict[int | None, str] = {group.id: group.name for group in seasons.groups(session, season)}
    if not names or None in set(used):
        names[None] = _("Without a group") if names else _("All children")
    return names


def hours(blocks: Iterable[Block]) -> Span:
    """Return from when to when children may be there, evenings included."""
    spans = [_span(block) for block in blocks]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def shifts_of(session: Session, season: Season, days: Sequence[date]) -> list[ShiftView]:
    """Return the shifts of some days with their parts, by day, person and time."""
    chosen = (Shift.season_id == season.id, Shift.day.in_(days))
    parts: dict[int, list[ShiftPart]] = defaultdict(list)
    for part in session.scalars(select(ShiftPart).join(Shift, Shift.id == ShiftPart.shift_id).where(*chosen)):
        parts[part.shift_id].append(part)
    query = select(Shift).where(*chosen).order_by(Shift.day, Shift.staff_id, Shift.starts, Shift.id)
    return [view(shift, parts.get(shift.id, ())) for shift in session.scalars(query)]


def view(shift: Shift, parts: Iterable[ShiftPart]) -> ShiftView:
    """Return a shift with its parts, in minutes of the day."""
    seen = [
        PartView(p.id, p.kind, Span(times.minutes(p.starts), times.minutes(p.ends)), p.group_id, p.note) for p in parts
    ]
    return ShiftView(
        shift.id,
        shift.staff_id,
        shift.day,
        Span(times.minutes(shift.starts), times.minutes(shift.ends)),
        shift.group_id,
        tuple(sorted(seen, key=lambda p: (p.span.start, p.id))),
        shift.pinned,
        shift.note,
    )


# ------------------------------------------------------------------------------------------------------------- people
def _team(session: Session, days: Sequence[date], planned: set[int]) -> tuple[Staff, ...]:
    works = (
        or_(Staff.started_on.is_(None), Staff.started_on <= max(days)),
        or_(Staff.ended_on.is_(None), Staff.ended_on >= min(days)),
    )
    query = select(Staff).where(or_(works[0] & works[1], Staff.id.in_(planned)))
    return tuple(sorted(session.scalars(query), key=lambda p: (_ROLES[p.role], p.sort_key, p.name, p.id)))


def _stays(shift: ShiftView, name: str, counting: Counting, available: Available) -> Iterator[AdultStay]:
    """Cut a shift into what the person does when, and where it cannot be there after all."""
    at = shift.span.start
    for part in shift.parts:
        yield from _here(shift, name, counting, available, Span(at, part.span.start), None)
        yield from _here(shift, name, counting, available, part.span, part)
        at = max(at, part.span.end)
    yield from _here(shift, name, counting, available, Span(at, shift.span.end), None)


def _here(
    shift: ShiftView, name: str, counting: Counting, available: Available, span: Span, part: PartView | None
) -> Iterator[AdultStay]:
    group = part.group_id if part and part.kind is PartKind.COVER else shift.group_id
    where = _WHERE[part.kind] if part else Where.WITH
    for piece, free in _pieces(span, available.spans):
        if free:
            yield AdultStay(
                shift.staff_id, name, group, piece, where, counting.percent, counting.why_not, counting.skills,
                counting.vetted,
            )  # fmt: skip
        else:
            yield AdultStay(shift.staff_id, name, group, piece, Where.AWAY, 0, available.why(piece))


def _pieces(span: Span, free: Iterable[Span]) -> Iterator[tuple[Span, bool]]:
    """Yield the pieces of a span, each with whether it is free."""
    at = span.start
    for stretch in free:
        start, end = max(at, stretch.start), min(span.end, stretch.end)
        if start < end:
            if at < start:
                yield Span(at, start), False
            yield Span(start, end), True
            at = end
    if at < span.end:
        yield Span(at, span.end), False


# ----------------------------------------------------------------------------------------------------------- children
def _blocks(session: Session, season: Season) -> list[Block]:
    found = seasons.blocks(session, season)
    if any(block.kind is BlockKind.DAY for block in found):
        return found
    usual = seasons.hours(session, season)
    return [Block(season_id=season.id, opens=usual.opens, closes=usual.closes), *found]


def _span(block: Block) -> Span:
    return Span(times.minutes(block.opens), times.minutes(block.closes))


def _children(
    session: Session, season: Season, days: Sequence[date], blocks: Sequence[Block]
) -> dict[date, tuple[ChildStay, ...]]:
    """Return day → the stays of the children expected, in the order of their ids."""
    if not days:
        return {}
    query = (
        select(Enrolment, Child.birth_date)
        .join(Child, Child.id == Enrolment.child_id)
        .where(
            Enrolment.season_id == season.id,
            or_(
                Enrolment.status == Status.ENROLLED,
                (Enrolment.status == Status.LEFT) & (Enrolment.last_day >= min(days)),
            ),
        )
        .order_by(Enrolment.child_id)
    )
    places = [(enrolment, birth) for enrolment, birth in session.execute(query)]
    away = _announced(session, season, days)
    by_day = _touching(_span(b) for b in blocks if b.kind is BlockKind.DAY)
    late = _touching(_span(b) for b in blocks)
    return {
        day: tuple(
            ChildStay(place.child_id, place.group_id, ratio.months_on(birth, day), span)
            for place, birth in places
            if place.expects(day) and (place.child_id, day) not in away
            for span in (late if place.evenings else by_day)
        )
        for day in days
    }


def _announced(session: Session, season: Season, days: Sequence[date]) -> set[tuple[int, date]]:
    query = select(Absence.child_id, Absence.first_day, Absence.last_day).where(
        Absence.season_id == season.id, Absence.planned, Absence.first_day <= max(days), Absence.last_day >= min(days)
    )
    return {(child, day) for child, first, last in session.execute(query) for day in days if first <= day <= last}


def _touching(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch or overlap."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


roles.guard(globals(), Right.ROSTER, {})
