"""Who is planned to be with which children: the officer's verbs. What no roster may break is refused here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.roster import PartKind, RosterWeek, Shift, ShiftPart
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import (
    planned,
    roles,
    roster_breaks,
    roster_changes,
    roster_rules,
    roster_week,
    seasons,
    staff_papers,
    times,
)
from ccfs_desktop.services.corrections import NeedsReason
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.planned import PartView, Plan, ShiftView
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.roster_warnings import HARD, Severity, Warning  # noqa: A004 (the word on the page)
from ccfs_desktop.services.roster_week import Week

Parts = Sequence[tuple[PartKind, Span, int | None]]
"""What, from when to when, and for a stretch in another group: which."""

_DAY = Span(0, 24 * 60)


def put(
    session: Session, season: Season, staff_id: int, day: date, span: Span, group_id: int | None, *,
    parts: Parts = (), pinned: bool = False, note: str = "",
) -> Shift:  # fmt: skip
    """Put a person on the roster.

    Args:
        session: the open transaction.
        season: the season.
        staff_id: who.
        day: an open day.
        span: from when to when.
        group_id: with which children; None for in the space, but with no group.
        parts: breaks, errands, stretches in another group.
        pinned: whether a draft leaves the shift as it is.
        note: a remark.

    Raises:
        UserError: the space is closed, the person cannot come or is on the roster already, or somebody who is not
            vetted would be alone with children.
    """
    wanted = ShiftView(0, staff_id, day, span, group_id, _parts(parts), pinned, note.strip())
    plan = _plan(session, season, [day])
    _possible(session, plan, wanted)
    roster_rules.check(plan, day, [*plan.on(day), wanted], [staff_id])
    return write(session, season, wanted)


def change(session: Session, shift_id: int, **values: Any) -> Shift:
    """Change a shift: another person, day, time, group; its breaks move along.

    Args:
        session: the open transaction.
        shift_id: the shift.
        values: any of ``staff_id``, ``day``, ``span``, ``group_id``, ``pinned``, ``note``.

    Raises:
        UserError: see :func:`put`; or the shift is no longer there.
    """
    shift, season = _shift(session, shift_id)
    old = _view(session, shift)
    new = _moved(old, replace(old, **values))
    plan = _plan(session, season, [old.day, new.day])
    _possible(session, plan, new)
    others = [s for s in plan.shifts if s.id != shift_id]
    if (old.staff_id, old.day, old.span, old.group_id) != (new.staff_id, new.day, new.span, new.group_id):
        for day in {old.day, new.day}:
            after = [s for s in (*others, new) if s.day == day]
            roster_rules.check(plan, day, after, [new.staff_id] if day == new.day else ())
    return _write(session, shift, new)


def set_parts(session: Session, shift_id: int, parts: Parts) -> Shift:
    """Say anew when within a shift the person rests, is on an errand or in another group.

    Raises:
        UserError: a part lies outside the shift or meets another one, or somebody who is not vetted would be alone
            with children meanwhile.
    """
    shift, season = _shift(session, shift_id)
    new = replace(_view(session, shift), parts=_parts(parts))
    plan = _plan(session, season, [shift.day])
    _possible(session, plan, new)
    roster_rules.check(plan, shift.day, [new if s.id == shift_id else s for s in plan.on(shift.day)])
    return _write(session, shift, new)


def take_off(session: Session, shift_id: int) -> None:
    """Take a shift off the roster.

    Raises:
        UserError: somebody who is not vetted would be alone with children.
    """
    shift, season = _shift(session, shift_id)
    plan = _plan(session, season, [shift.day])
    roster_rules.check(plan, shift.day, [s for s in plan.on(shift.day) if s.id != shift_id])
    remove(session, [shift_id])


def clear_week(session: Session, season: Season, monday: date, *, keep_pinned: bool = True) -> int:
    """Take all shifts of a week off the roster; return how many.

    Args:
        session: the open transaction.
        season: the season.
        monday: the week's Monday.
        keep_pinned: leave the pinned ones.
    """
    return clear(session, season, planned.week(monday), keep_pinned=keep_pinned)


def clear(session: Session, season: Season, days: Sequence[date], *, keep_pinned: bool = True) -> int:
    """Take all shifts of some days off the roster; return how many."""
    query = select(Shift.id).where(Shift.season_id == season.id, Shift.day.in_(days))
    gone = list(session.scalars(query.where(Shift.pinned.is_(False)) if keep_pinned else query))
    remove(session, gone)
    return len(gone)


def plan_breaks(session: Session, season: Season, day: date) -> int:
    """Place the breaks that are due within a day's shifts where the children keep their adults.

    Returns:
        How many breaks were placed; where no place is left, the shift stays without and the page warns of it.
    """
    plan = _plan(session, season, [day])
    found = roster_breaks.place(plan, day)
    for shift_id, parts in found.items():
        _add_parts(session, shift_id, [part for part in parts if not part.id])
    return sum(not part.id for parts in found.values() for part in parts)


def publish(
    session: Session, season: Season, monday: date, *, by: str, approved_by: str = "", reason: str = ""
) -> RosterWeek:
    """Publish a week: its shifts, and what is short or against a rule, are kept as they are now.

    Args:
        session: the open transaction.
        season: the season.
        monday: the week's Monday.
        by: who publishes it.
        approved_by: who answers for what is short or against a rule.
        reason: why it is published all the same.

    Raises:
        NeedsReason: something is short or against a rule, and no name or no reason was given.
        UserError: the space is closed all week, nobody's name is given, or what no roster may break is broken.

    Source: product.md 4.4 ("publishing a breach needs a name and a reason").
    """
    session.flush()
    week = roster_week.read(session, season, monday)
    if not week.days:
        raise UserError(_("The space is closed in the week of {day}.").format(day=monday))
    if not by.strip():
        raise UserError(_("Write who publishes the roster."))
    if not any(day.shifts for line in week.lines for day in line.days.values()):
        raise UserError(_("Nobody is on the roster in the week from {day} yet.").format(day=monday))
    _refuse_hard(week)
    wrong = [warning for warning in week.warnings if warning.severity >= Severity.RULE]
    if wrong and not (approved_by.strip() and reason.strip()):
        raise NeedsReason(_needs_reason(wrong))
    shifts = planned.shifts_of(session, season, planned.week(monday))
    made = RosterWeek(
        season_id=season.id, monday=monday, published_by=by.strip(), published_at=clock.now(),
        shifts=roster_changes.written(shifts, week.groups, {line.staff_id: line.name for line in week.lines}),
        breach_minutes=week.short_minutes, breaches=roster_changes.breaches(week.cover, wrong),
        approved_by=approved_by.strip() if wrong else "", reason=reason.strip() if wrong else "",
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _refuse_hard(week: Week) -> None:
    hard = [warning.sentence for warning in week.warnings if warning.code in HARD]
    if hard:
        raise UserError(" ".join((_("This cannot be published. Put it right first:"), *hard)))


def _needs_reason(wrong: Sequence[Warning]) -> str:
    sentence = ngettext(
        "The roster has {n} problem. Write who approves it and why, or put it right: {first}",
        "The roster has {n} problems. Write who approves it and why, or put them right. The first: {first}",
        len(wrong),
    )
    return sentence.format(n=len(wrong), first=wrong[0].sentence)


# ------------------------------------------------------------------------------------------------------------- copying
def copy_day(session: Session, season: Season, source: date, target: date) -> list[str]:
    """Put everybody on the roster of another day as on this one, breaks and pins included.

    Returns:
        For each shift that could not be copied, why, in words.
    """
    shifts = planned.shifts_of(session, season, [source])
    if why := seasons.why_closed(session, season, target):
        return [_not_copied(target, why, len(shifts))] if shifts else []
    plan = _plan(session, season, [target])
    after, new, told = plan.on(target), list[ShiftView](), list[str]()
    for shift in _vetted_first(plan, shifts, target):
        wanted = replace(shift, id=0, day=target)
        try:
            _possible(session, plan, wanted)
            roster_rules.check(plan, target, [*after, wanted], [wanted.staff_id])
        except UserError as error:
            told.append(str(error))
        else:
            after, new = [*after, wanted], [*new, wanted]
    write_many(session, season, new)
    return told


def copy_week(session: Session, season: Season, source_monday: date, target_monday: date) -> list[str]:
    """Put everybody on the roster of another week as in this one.

    Returns:
        What could not be copied, in words: a holiday, somebody on leave.
    """
    days = zip(planned.week(source_monday), planned.week(target_monday), strict=True)
    return [sentence for source, target in days for sentence in copy_day(session, season, source, target)]


def _not_copied(day: date, why: str, shifts: int) -> str:
    return _("{day}: {why} {n} shifts were not copied.").format(day=times.on_day(day), why=why, n=shifts)


def _vetted_first(plan: Plan, shifts: Iterable[ShiftView], day: date) -> list[ShiftView]:
    """Whoever must not be alone comes last, when the others are there."""
    return sorted(shifts, key=lambda s: not (s.staff_id in plan.counting and plan.counting[s.staff_id][day].vetted))


# ------------------------------------------------------------------------------------------------------------- records
def write(session: Session, season: Season, wanted: ShiftView) -> Shift:
    """Add a shift that was checked, with its parts."""
    return write_many(session, season, [wanted])[0]


def write_many(session: Session, season: Season, wanted: Sequence[ShiftView]) -> list[Shift]:
    """Add many shifts that were checked, with their parts."""
    made = [_shift_of(season, one) for one in wanted]
    session.add_all(made)
    session.flush()
    session.add_all(_part(shift.id, part) for shift, one in zip(made, wanted, strict=True) for part in one.parts)
    session.flush()
    return made


def _shift_of(season: Season, wanted: ShiftView) -> Shift:
    return Shift(
        season_id=season.id, staff_id=wanted.staff_id, day=wanted.day, starts=times.moment(wanted.span.start),
        ends=times.moment(wanted.span.end), group_id=wanted.group_id, pinned=wanted.pinned, note=wanted.note,
    )  # fmt: skip


def _part(shift_id: int, part: PartView) -> ShiftPart:
    return ShiftPart(
        shift_id=shift_id, kind=part.kind, starts=times.moment(part.span.start), ends=times.moment(part.span.end),
        group_id=part.group_id, note=part.note,
    )  # fmt: skip


def remove(session: Session, shift_ids: Sequence[int]) -> None:
    """Remove shifts with their parts, unchecked."""
    for part in session.scalars(select(ShiftPart).where(ShiftPart.shift_id.in_(shift_ids))):
        session.delete(part)
    session.flush()
    for shift in session.scalars(select(Shift).where(Shift.id.in_(shift_ids))):
        session.delete(shift)
    session.flush()


def _write(session: Session, shift: Shift, new: ShiftView) -> Shift:
    shift.staff_id, shift.day, shift.group_id = new.staff_id, new.day, new.group_id
    shift.starts, shift.ends = times.moment(new.span.start), times.moment(new.span.end)
    shift.pinned, shift.note = new.pinned, new.note.strip()
    known = {p.id: p for p in session.scalars(select(ShiftPart).where(ShiftPart.shift_id == shift.id))}
    # What is new comes before what goes: the trail could not tell them apart if the new took the old one's number.
    _add_parts(session, shift.id, [part for part in new.parts if part.id not in known])
    for part in new.parts:
        if part.id in known:
            old = known.pop(part.id)
            old.starts, old.ends = times.moment(part.span.start), times.moment(part.span.end)
            old.group_id = part.group_id
    for gone in known.values():
        session.delete(gone)
    session.flush()
    return shift


def _add_parts(session: Session, shift_id: int, parts: Iterable[PartView]) -> None:
    session.add_all(_part(shift_id, part) for part in parts)
    session.flush()


def _shift(session: Session, shift_id: int) -> tuple[Shift, Season]:
    shift = session.get(Shift, shift_id)
    if shift is None:
        raise UserError(_("This shift is no longer on the roster. It is shown anew."))
    return shift, session.get_one(Season, shift.season_id)


def _view(session: Session, shift: Shift) -> ShiftView:
    return planned.view(shift, session.scalars(select(ShiftPart).where(ShiftPart.shift_id == shift.id)))


def _plan(session: Session, season: Season, days: Sequence[date]) -> Plan:
    session.flush()
    return planned.read(session, season, days)


# -------------------------------------------------------------------------------------------------------------- checks
def _possible(session: Session, plan: Plan, wanted: ShiftView) -> None:
    """Refuse what is no shift at all."""
    if why := seasons.why_closed(session, plan.season, wanted.day):
        raise UserError(why)
    if wanted.staff_id not in plan.names:
        raise UserError(_not_here(session, wanted))
    if wanted.span.end <= wanted.span.start or not _DAY.holds(wanted.span):
        raise UserError(_("The shift ends before it begins. A shift lies within one day."))
    wanted_groups = {wanted.group_id, *(part.group_id for part in wanted.parts)} - {None}
    if wanted_groups - plan.groups.keys():
        raise UserError(_("This group is no longer there. Choose another one."))
    _check_parts(wanted, everybody=None in plan.groups)
    _elsewhere(session, plan, wanted)


def _not_here(session: Session, wanted: ShiftView) -> str:
    person = session.get(Staff, wanted.staff_id)
    if person is None:
        return _("This person is no longer in the list.")
    return _("{name} cannot be on the roster on {day}: {reason}.").format(
        name=person.name, day=times.on_day(wanted.day), reason=staff_papers.away(person, wanted.day)
    )


def _check_parts(wanted: ShiftView, *, everybody: bool) -> None:
    """Refuse parts that lie outside or meet; ``everybody`` says whether there are children without a group."""
    at = wanted.span.start
    for part in wanted.parts:
        if part.span.end <= part.span.start or part.span.start < at or part.span.end > wanted.span.end:
            raise UserError(
                _("{start}–{end} does not lie within the shift, or meets another break or stretch.").format(
                    **roster_rules.said(part.span)
                )
            )
        if part.kind is PartKind.COVER and part.group_id is None and not everybody:
            raise UserError(_("Say in which group the person is from {start} to {end}.").format(
                **roster_rules.said(part.span)
            ))  # fmt: skip
        at = part.span.end


def _elsewhere(session: Session, plan: Plan, wanted: ShiftView) -> None:
    """Refuse a person who is on another season's roster at the same time."""
    query = select(Shift).where(
        Shift.staff_id == wanted.staff_id, Shift.day == wanted.day, Shift.season_id != plan.season.id
    )
    for other in session.scalars(query):
        span = Span(times.minutes(other.starts), times.minutes(other.ends))
        if span.meets(wanted.span):
            raise UserError(
                _("{name} is on the roster of another season on {day}, {start}–{end}.").format(
                    name=plan.names[wanted.staff_id], day=times.on_day(wanted.day), **roster_rules.said(span)
                )
            )


def _parts(parts: Parts) -> tuple[PartView, ...]:
    made = [PartView(0, kind, span, group_id if kind is PartKind.COVER else None) for kind, span, group_id in parts]
    return tuple(sorted(made, key=lambda p: p.span.start))


def _moved(old: ShiftView, new: ShiftView) -> ShiftView:
    """Let the parts go along with a shift that is moved; of one that gets shorter, what is left of them."""
    by = new.span.start - old.span.start if old.span.minutes == new.span.minutes else 0
    parts: list[PartView] = []
    for part in old.parts:
        start, end = max(part.span.start + by, new.span.start), min(part.span.end + by, new.span.end)
        if start < end and not (part.kind is PartKind.COVER and part.group_id == new.group_id):
            parts.append(replace(part, span=Span(start, end)))
    return replace(new, parts=tuple(parts))


roles.guard(globals(), Right.PLAN, {})
