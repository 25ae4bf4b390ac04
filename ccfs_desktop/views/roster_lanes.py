"""A day by group: who is where in each stretch of time, one lane a person, and what is needed against what is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import Line, ShiftView, Week
from ccfs_desktop.views import roster_words


@dataclass(frozen=True)
class Piece:
    """A stretch of one person's shift."""

    span: Span
    view: ShiftView
    kind: PartKind | None
    """None: with the children of the shift's group."""
    group_id: int | None
    """Where the person is, or would be but for a break or an errand."""


@dataclass(frozen=True)
class Lane:
    """One person in one group."""

    line: Line
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Room:
    """One group's day."""

    group_id: int | None
    lanes: tuple[Lane, ...]
    needs: tuple[tuple[Span, Quarter], ...]
    """From when to when the same is needed and there; see ``roster_words.stretches``."""


def rooms(week: Week, day: date) -> list[Room]:
    """Return the groups of a day with who is there, those without a group last."""
    cover = week.cover.get(day)
    known: list[int | None] = [*week.groups, None]
    found: list[Room] = []
    for group_id in known:
        quarters = [q for q in (cover.quarters if cover else ()) if q.group_id == group_id]
        room = Room(group_id, tuple(_lanes(week, day, group_id)), tuple(roster_words.stretches(quarters)))
        if group_id is not None or room.lanes or room.needs:
            found.append(room)
    return found


def _lanes(week: Week, day: date, group_id: int | None) -> Iterator[Lane]:
    """Yield who is in a group for a while, with all that belongs there: breaks, and time spent in other groups."""
    for line in week.lines:
        on = line.days.get(day)
        found = [p for view in (on.shifts if on else ()) for p in pieces(view)]
        mine = tuple(p for p in found if group_id in (p.group_id, p.view.group_id))
        if any(p.group_id == group_id and p.kind in (None, PartKind.COVER) for p in mine):
            yield Lane(line, mine)


def pieces(view: ShiftView) -> list[Piece]:
    """Cut a shift where its breaks, errands and stretches in other groups begin and end."""
    found: list[Piece] = []
    at = view.span.start
    for part in sorted(view.parts, key=lambda p: p.span.start):
        if part.span.start > at:
            found.append(Piece(Span(at, part.span.start), view, None, view.group_id))
        where = part.group_id if part.kind is PartKind.COVER else view.group_id
        found.append(Piece(part.span, view, part.kind, where))
        at = max(at, part.span.end)
    if at < view.span.end:
        found.append(Piece(Span(at, view.span.end), view, None, view.group_id))
    return found
