"""What the wall roster shows: a week by person and day, what is needed against what is planned, who published it.

Why somebody is away is not posted on a wall; that the person is away is.

Source: domain.md 8.7
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import PartKind, StaffAbsence
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles, roster_week, times
from ccfs_desktop.services.cover import SKILL_WORDS, DayCover
from ccfs_desktop.services.drafting.problem import SLOT, Skill, Span
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.roster_week import DayOf, Line, ShiftView, Week
from ccfs_desktop.services.staff_papers import Counting


class Mark(enum.StrEnum):
    """What stands beside a name, or in a cell where it holds on some days only."""

    FIRST_AIDER = "first-aider"
    KEYHOLDER = "keyholder"
    NOT_COUNTED = "not-counted"
    """Does not count towards the ratio."""


@dataclass(frozen=True)
class WallPart:
    """A stretch of a shift that is not spent with its group."""

    starts: time
    ends: time
    group: int | None = None
    """In which other group, counted from 0; None for a break or an errand."""
    errand: bool = False


@dataclass(frozen=True)
class WallShift:
    """One shift in a cell."""

    starts: time
    ends: time
    group: int | None = None
    """The group, counted from 0; None for none."""
    parts: tuple[WallPart, ...] = ()


@dataclass(frozen=True)
class WallCell:
    """One person on one day."""

    shifts: tuple[WallShift, ...] = ()
    away: bool = False
    marks: frozenset[Mark] = frozenset()
    """What holds on this day."""


@dataclass(frozen=True)
class WallRow:
    """One person's week."""

    name: str
    role: tuple[str, ...] = ()
    """In the languages of the paper, the first one loudest."""
    cells: tuple[WallCell, ...] = ()
    """One for each day of the roster."""
    minutes: int = 0
    """Of work, without breaks."""

    @property
    def marks(self) -> frozenset[Mark]:
        """What holds on every day the person works; on every day where there is no shift at all."""
        working = [cell.marks for cell in self.cells if cell.shifts] or [cell.marks for cell in self.cells]
        return frozenset.intersection(*working) if working else frozenset()


@dataclass(frozen=True)
class WallDay:
    """One day's head and foot."""

    day: date
    opens: time | None = None
    closes: time | None = None
    required: int = 0
    """Adults needed, and below planned, in the quarter hour that is tightest."""
    planned: int = 0
    short: tuple[tuple[time, time], ...] = ()
    """From when to when adults are missing in some group."""
    lacks: tuple[str, ...] = ()
    """Who must always be there and is not, with the times, ready to be read."""


@dataclass(frozen=True)
class WallRoster:
    """The roster of a week for the wall."""

    letterhead: Letterhead
    monday: date
    days: tuple[WallDay, ...]
    groups: tuple[str, ...]
    rows: tuple[WallRow, ...]
    published_by: str = ""
    """Empty for a draft."""
    published_at: datetime | None = None
    approved_by: str = ""
    """Who published it although it is short."""
    reason: str = ""
    breach_minutes: int = 0
    """Minutes short when it was published."""
    changed: tuple[str, ...] = ()
    """What differs from what was published, as sentences."""


# ---------------------------------------------------------------------------------------------------------- gathering
def wall_roster(session: Session, season: Season, monday: date, head: Letterhead) -> WallRoster:
    """Return the roster of a week for the wall: as it stands now, and whether that is what was published.

    Raises:
        UserError: the space is closed all week, or nobody is on the roster.
    """
    with i18n.use(head.languages[0]):
        week = roster_week.read(session, season, monday)
    if not week.days:  # said in the language of the screen, not of the paper
        raise UserError(_("The space is closed in the week from {day}.").format(day=week.monday))
    if not any(day.shifts for line in week.lines for day in line.days.values()):
        raise UserError(_("Nobody is on the roster in the week from {day} yet.").format(day=week.monday))
    with i18n.use(head.languages[0]):
        return of(session, week, head)


def of(session: Session, week: Week, head: Letterhead) -> WallRoster:
    """Return a week with shifts that was read as its paper; see :func:`wall_roster`."""
    away = _absences(session, week)
    groups = {group: number for number, group in enumerate(week.groups)}
    rows = [_row(line, week, head, away.get(line.staff_id, set()), groups) for line in week.lines]
    shown = tuple(row for row in rows if any(cell.shifts or cell.away for cell in row.cells))
    last = week.published
    return WallRoster(
        letterhead=head,
        monday=week.monday,
        days=tuple(_day(week, day) for day in week.days),
        groups=tuple(week.groups.values()),
        rows=shown,
        published_by=last.published_by if last else "",
        published_at=last.published_at if last else None,
        approved_by=last.approved_by if last else "",
        reason=last.reason if last else "",
        breach_minutes=last.breach_minutes if last else 0,
        changed=week.changed,
    )


def _absences(session: Session, week: Week) -> dict[int, set[date]]:
    """Return staff id → days on which somebody has said not to come, or not all day."""
    query = select(StaffAbsence).where(
        StaffAbsence.staff_id.in_([line.staff_id for line in week.lines]),
        StaffAbsence.first_day <= week.days[-1],
        StaffAbsence.last_day >= week.days[0],
    )
    found: dict[int, set[date]] = {}
    for a in session.scalars(query):
        found.setdefault(a.staff_id, set()).update(d for d in week.days if a.first_day <= d <= a.last_day)
    return found


def _row(line: Line, week: Week, head: Letterhead, away: set[date], groups: Mapping[int, int]) -> WallRow:
    return WallRow(
        name=line.name,
        role=_spoken(line.role.word, head.languages),
        cells=tuple(_cell(line.days[day], day in away, groups) for day in week.days),
        minutes=line.minutes,
    )


def _spoken(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    said: list[str] = []
    for language in languages:
        with i18n.use(language):
            said.append(_(word))
    return tuple(dict.fromkeys(said))


def _cell(day: DayOf, away: bool, groups: Mapping[int, int]) -> WallCell:
    shifts = tuple(_shift(shift, groups) for shift in day.shifts)
    return WallCell(shifts, away=away and not shifts, marks=_marks(day.counting))


def _marks(counting: Counting) -> frozenset[Mark]:
    held = {
        Mark.FIRST_AIDER: Skill.FIRST_AIDER in counting.skills,
        Mark.KEYHOLDER: Skill.KEYHOLDER in counting.skills,
        Mark.NOT_COUNTED: not counting.percent,
    }
    return frozenset(mark for mark, has in held.items() if has)


def _shift(shift: ShiftView, groups: Mapping[int, int]) -> WallShift:
    parts = tuple(
        WallPart(
            *_times(part.span),
            group=groups.get(part.group_id) if part.kind is PartKind.COVER and part.group_id else None,
            errand=part.kind is PartKind.ERRAND,
        )
        for part in shift.parts
    )
    return WallShift(*_times(shift.span), groups.get(shift.group_id) if shift.group_id else None, parts)


def _day(week: Week, day: date) -> WallDay:
    opens, closes = _times(week.hours[day]) if day in week.hours else (None, None)
    cover = week.cover[day]
    required, planned = _tightest(cover)
    return WallDay(
        day, opens, closes, required, planned,
        short=tuple(_times(span) for span in _joined(q.slot for q in cover.quarters if q.short)),
        lacks=tuple(_lacks(cover)),
    )  # fmt: skip


def _tightest(cover: DayCover) -> tuple[int, int]:
    """Return the adults required and planned, of all groups, in the quarter hour with least to spare.

    An adult too many in one group does not help another: the quarter hour in which most are missing is the tightest,
    then the one in which fewest are to spare, then the one that needs most.
    """
    slots: dict[int, tuple[int, int, int]] = {}
    for q in cover.quarters:
        missing, required, planned = slots.get(q.slot, (0, 0, 0))
        slots[q.slot] = (missing + max(0, q.required - q.planned), required + q.required, planned + q.planned)
    if not slots:
        return 0, 0
    _missing, required, planned = max(slots.values(), key=lambda s: (s[0], s[1] - s[2], s[1]))
    return required, planned


def _lacks(cover: DayCover) -> Iterable[str]:
    for skill, word in SKILL_WORDS.items():
        spans = _joined(lack.slot for lack in cover.lacks if lack.skill is skill)
        if spans:
            yield f"{_(word)} {', '.join(_written(span) for span in spans)}"


def _joined(slots: Iterable[int]) -> list[Span]:
    """Return quarter hours as stretches: what touches is one."""
    spans: list[Span] = []
    for slot in sorted(set(slots)):
        start, end = slot * SLOT, (slot + 1) * SLOT
        if spans and spans[-1].end == start:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def _written(span: Span) -> str:
    return f"{times.clock(span.start)}–{times.clock(span.end)}"


def _times(span: Span) -> tuple[time, time]:
    return times.moment(span.start), times.moment(span.end)


roles.guard(globals(), Right.ROSTER, {})
