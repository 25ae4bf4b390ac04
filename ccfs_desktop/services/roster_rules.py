"""What no roster may break: nobody twice at a time, nobody who cannot come, nobody unvetted alone with children.

Source: product.md 4.4, domain.md 2.4.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.services import times
from ccfs_desktop.services.cover import Alone
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.planned import Plan, ShiftView


def check(plan: Plan, day: date, after: Sequence[ShiftView], staff_ids: Iterable[int] = ()) -> None:
    """Refuse a day's shifts as they would be after a change.

    What was wrong before, because a paper has run out or somebody fell sick, does not stand in the way of other work.

    Args:
        plan: as it is now.
        day: the day.
        after: all shifts of the day, as they would be.
        staff_ids: whose shifts are put or changed.

    Raises:
        UserError: what is wrong, and what to do.
    """
    for staff_id in staff_ids:
        mine = [shift for shift in after if shift.staff_id == staff_id and shift.day == day]
        _once(plan, mine)
        for shift in mine:
            _there(plan, shift)
    _not_alone(plan, day, after)


def twice(shifts: Iterable[ShiftView]) -> list[tuple[ShiftView, ShiftView]]:
    """Return the pairs of shifts of one person that overlap."""
    listed = sorted(shifts, key=lambda s: (s.staff_id, s.day, s.span.start))
    return [
        (one, other)
        for n, one in enumerate(listed)
        for other in listed[n + 1 :]
        if (one.staff_id, one.day) == (other.staff_id, other.day) and one.span.meets(other.span)
    ]


def why_away(plan: Plan, shift: ShiftView) -> str:
    """Say why a person cannot be there when a shift says so; empty when it can.

    A training from 13:00 to 15:00 may lie within a shift, as an errand of it.
    """
    available = plan.available[shift.staff_id][shift.day]
    return next((why for piece in _worked(shift) if (why := available.why(piece))), "")


def _worked(shift: ShiftView) -> Iterator[Span]:
    """Yield the pieces of a shift between its breaks and errands."""
    at = shift.span.start
    for part in shift.parts:
        if part.kind is not PartKind.COVER:
            if at < part.span.start:
                yield Span(at, part.span.start)
            at = part.span.end
    if at < shift.span.end:
        yield Span(at, shift.span.end)


def alone_sentence(one: Alone, day: date) -> str:
    """Say who is alone with whom."""
    return _(
        "{day}, {start}–{end}, {group}: {name} would be alone with the children, and lacks the background check or the "
        "signed code of conduct."
    ).format(day=times.on_day(day), group=one.group, name=one.name, **said(one.span))


def said(span: Span) -> dict[str, str]:
    """Return a span's times as they are written."""
    return {"start": times.clock(span.start), "end": times.clock(span.end)}


def _once(plan: Plan, mine: Sequence[ShiftView]) -> None:
    for one, other in twice(mine):
        raise UserError(twice_sentence(plan, one if one.id else other))


def _there(plan: Plan, shift: ShiftView) -> None:
    if why := why_away(plan, shift):
        raise UserError(away_sentence(plan, shift, why))


def away_sentence(plan: Plan, shift: ShiftView, why: str) -> str:
    """Say that a person cannot be there."""
    return _("{name} cannot be on the roster on {day}, {start}–{end}: {reason}.").format(
        name=plan.names[shift.staff_id], day=times.on_day(shift.day), reason=why, **said(shift.span)
    )


def twice_sentence(plan: Plan, shift: ShiftView) -> str:
    """Say that a person is on the roster already."""
    return _("{name} is already on the roster on {day}, {start}–{end}.").format(
        name=plan.names[shift.staff_id], day=times.on_day(shift.day), **said(shift.span)
    )


def _not_alone(plan: Plan, day: date, after: Sequence[ShiftView]) -> None:
    before = _minutes(plan.alone(day))
    worse = plan.alone(day, after)
    now = _minutes(worse)
    for one in worse:
        if now[one.staff_id] > before.get(one.staff_id, 0):
            advice = _("Put somebody else with the group first, or take {name} off.").format(name=one.name)
            raise UserError(f"{alone_sentence(one, day)} {advice}")


def _minutes(found: Iterable[Alone]) -> dict[int, int]:
    minutes: dict[int, int] = {}
    for one in found:
        minutes[one.staff_id] = minutes.get(one.staff_id, 0) + one.span.minutes
    return minutes
