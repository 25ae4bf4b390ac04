"""Adults come, go, take a break and help in another group: as it happened or as the signed sheet says.

What is not known stays empty; a planned time is never taken for a real one.
"""

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import Duty, DutyPart
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import corrections, duty_day, moments, roles, staff_papers
from ccfs_desktop.services.corrections import AT_THE_DOOR, Entry
from ccfs_desktop.services.duty_day import Stay
from ccfs_desktop.services.roles import Right

USUAL = -1
"""As a group: the one planned for the day, else the person's usual one."""


def sign_in(
    session: Session, season: Season, staff_id: int, day: date, *, at: time | None, group_id: int | None = USUAL,
    replaces: str = "", entry: Entry = AT_THE_DOOR,
) -> Duty:  # fmt: skip
    """Record that an adult has come.

    Args:
        session: the open transaction.
        season: the season.
        staff_id: who.
        day: the day.
        at: local time to the minute; None when the sheet has a signature but no time. It stays empty.
        group_id: with which group; :data:`USUAL` for the planned or usual one, None for none.
        replaces: for whom, as written on the sheet.
        entry: where it was written, and on a closed day why.

    Raises:
        NeedsReason: the day is closed.
        UserError: the person does not work here that day, is already here, or the time lies in the future.

    Source: domain.md 8.6.
    """
    person = _person(session, staff_id)
    moments.check_day(season, day, at)
    if away := staff_papers.away(person, day):
        raise UserError(_("{name} cannot be signed in: {why}.").format(name=person.name, why=away))
    stays = duty_day.stays_of(session, [staff_id], day).get(staff_id, [])
    if any(not s.duty.signed_out for s in stays):
        raise UserError(_("{name} is already signed in.").format(name=person.name))
    if group_id == USUAL:
        shifts = (duty_day.planned(session, season, day) or {}).get(staff_id, ())
        group_id = shifts[0].group_id if shifts else person.group_id
    duty = Duty(
        staff_id=staff_id, season_id=season.id, day=day, arrived=at, group_id=group_id, replaces=replaces.strip()
    )
    _check(person, Stay(duty), stays)
    corrections.stamp(duty, entry)
    session.add(duty)
    session.flush()
    _note(session, duty, "arrived", "", moments.written(at), entry)
    return duty


def sign_out(
    session: Session, season: Season, staff_id: int, day: date, *, at: time | None, entry: Entry = AT_THE_DOOR
) -> Duty:
    """Record that an adult has left. A break that is still going on keeps no end: nobody wrote one down.

    Args:
        session: the open transaction.
        season: the season.
        staff_id: who.
        day: the day.
        at: local time to the minute; None when nobody wrote it down. It stays empty.
        entry: where it was written, and on a closed day why.

    Raises:
        NeedsReason: the day is closed.
        UserError: the person is not here, or was still on a break or in another group after that time.
    """
    person = _person(session, staff_id)
    moments.check_day(season, day, at)
    stay = _open(session, person, day)
    stay.duty.signed_out, stay.duty.departed = True, at
    _check(person, stay, ())
    corrections.stamp(stay.duty, entry)
    session.flush()
    _note(session, stay.duty, "departed", "", moments.written(at), entry)
    return stay.duty


def begin(
    session: Session, season: Season, staff_id: int, day: date, kind: PartKind, *, at: time | None,
    group_id: int | None = None, note: str = "", entry: Entry = AT_THE_DOOR,
) -> DutyPart:  # fmt: skip
    """Record that a break, an errand or a stretch in another group has begun; another one going on ends with it.

    Args:
        session: the open transaction.
        season: the season.
        staff_id: who.
        day: the day.
        kind: what.
        at: local time to the minute.
        group_id: for :attr:`PartKind.COVER`: where.
        note: where to, for an errand.
        entry: where it was written, and on a closed day why.

    Raises:
        NeedsReason: the day is closed.
        UserError: the person was not here at that time, or does the same already.
    """
    person = _person(session, staff_id)
    stay = _latest(session, person, day)
    moments.check_day(season, day, at)
    starts = _known(at)
    if (now := stay.open_part) and (now.kind, now.group_id) == (kind, group_id):
        raise UserError(_("{name}: this has already begun, at {time}.").format(name=person.name, time=_time(now)))
    if now:
        now.ends = starts
    part = DutyPart(duty_id=stay.duty.id, kind=kind, starts=starts, group_id=group_id, note=note.strip())
    _check(person, Stay(stay.duty, (*stay.parts, part)), ())
    corrections.stamp(stay.duty, entry)
    session.add(part)
    session.flush()
    _note(session, stay.duty, kind.value, "", f"{_time(part)}–", entry)
    return part


def end(
    session: Session, season: Season, staff_id: int, day: date, *, at: time | None, entry: Entry = AT_THE_DOOR
) -> DutyPart:
    """Record that the person is back with the group.

    Raises:
        NeedsReason: the day is closed.
        UserError: nothing has begun that could end, or the time is before its beginning.
    """
    person = _person(session, staff_id)
    moments.check_day(season, day, at)
    stay = _latest(session, person, day)
    part = next((p for p in reversed(stay.parts) if p.ends is None), None)
    if part is None:
        raise UserError(_("{name} is not on a break, on an errand or in another group.").format(name=person.name))
    part.ends = _known(at)
    _check(person, stay, ())
    corrections.stamp(stay.duty, entry)
    session.flush()
    _note(session, stay.duty, part.kind.value, f"{_time(part)}–", f"{_time(part)}–{moments.written(at)}", entry)
    return part


def move(
    session: Session, season: Season, staff_id: int, day: date, group_id: int | None, *, at: time | None,
    entry: Entry = AT_THE_DOOR,
) -> Duty:  # fmt: skip
    """Record that the person goes to another group; going back ends the stretch there.

    Args:
        session: the open transaction.
        season: the season.
        staff_id: who.
        day: the day.
        group_id: where to; None for no group.
        at: local time to the minute. At the time of arrival, or without a time in, the whole stay was there.
        entry: where it was written, and on a closed day why.

    Raises:
        NeedsReason: the day is closed.
        UserError: the person was not here at that time, or is with this group already.
    """
    stay = _latest(session, _person(session, staff_id), day)
    if not stay.parts and (stay.duty.arrived is None or at == stay.duty.arrived):
        return change(session, stay.duty.id, group_id=group_id, entry=entry)
    part = stay.open_part
    if part and part.kind is PartKind.COVER and group_id == stay.duty.group_id:
        end(session, season, staff_id, day, at=at, entry=entry)
    elif group_id != stay.group_id:
        begin(session, season, staff_id, day, PartKind.COVER, at=at, group_id=group_id, entry=entry)
    return stay.duty


def change(
    session: Session, duty_id: int, *, entry: Entry = AT_THE_DOOR, **values: time | str | int | bool | None
) -> Duty:
    """Put a stay right: a time, the group, a missing signature. On a closed day the old value stays on record.

    Args:
        session: the open transaction.
        duty_id: the stay.
        entry: who, from which sheet, and on a closed day why.
        values: field → new value, such as ``arrived=time(7, 25)``.

    Raises:
        NeedsReason: the day is closed.
        UserError: the times are the wrong way round, or a break lies outside of them.
    """
    duty = _duty(session, duty_id)
    person = _person(session, duty.staff_id)
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    before = {name: getattr(duty, name) for name in clean}
    for name, value in clean.items():
        setattr(duty, name, value)
    stays = duty_day.stays_of(session, [person.id], duty.day)[person.id]
    own = next(s for s in stays if s.duty is duty)
    _check(person, own, [s for s in stays if s is not own])
    corrections.stamp(duty, entry)
    session.flush()
    for name, old in before.items():
        _note(session, duty, name, moments.told(old), moments.told(clean[name]), entry)
    return duty


def change_part(
    session: Session, part_id: int, *, entry: Entry = AT_THE_DOOR, **values: time | str | int | PartKind | None
) -> DutyPart:
    """Put a break, an errand or a stretch in another group right.

    Raises:
        NeedsReason: the day is closed.
        UserError: the times are the wrong way round, or outside the stay.
    """
    part = _part(session, part_id)
    duty = _duty(session, part.duty_id)
    person = _person(session, duty.staff_id)
    old = _span(part)
    for name, value in values.items():
        setattr(part, name, value.strip() if isinstance(value, str) else value)
    parts = duty_day.parts_of(session, [duty.id])[duty.id]
    _check(person, Stay(duty, tuple(parts)), ())
    corrections.stamp(duty, entry)
    session.flush()
    _note(session, duty, part.kind.value, old, _span(part), entry)
    return part


def remove_part(session: Session, part_id: int, *, entry: Entry = AT_THE_DOOR) -> None:
    """Take back a break, an errand or a stretch in another group.

    Raises:
        NeedsReason: the day is closed.
    """
    part = _part(session, part_id)
    _note(session, _duty(session, part.duty_id), part.kind.value, _span(part), "", entry)
    session.delete(part)
    session.flush()


def remove(session: Session, duty_id: int, *, entry: Entry = AT_THE_DOOR) -> None:
    """Take back a stay that was entered for the wrong person or day, with its breaks.

    Raises:
        NeedsReason: the day is closed.
    """
    duty = _duty(session, duty_id)
    _note(session, duty, "duty", f"{moments.written(duty.arrived)}–{moments.written(duty.departed)}", "", entry)
    for part in duty_day.parts_of(session, [duty.id]).get(duty.id, ()):
        session.delete(part)
    session.flush()
    session.delete(duty)
    session.flush()


def take_back(session: Session, staff_id: int, day: date, *, entry: Entry = AT_THE_DOOR) -> str:
    """Take back what was entered last for a person on a day: the departure, else the latest break, else the arrival.

    Returns:
        What was taken back, in words.

    Raises:
        NeedsReason: the day is closed.
        UserError: nothing was entered.
    """
    person = _person(session, staff_id)
    stays = duty_day.stays_of(session, [staff_id], day).get(staff_id, [])
    if not stays:
        raise UserError(_("Nothing was entered for {name} on this day.").format(name=person.name))
    stay = stays[-1]
    if stay.duty.signed_out:
        change(session, stay.duty.id, entry=entry, signed_out=False, departed=None, unsigned_out=False)
        return _("Taken back: the departure of {name}.").format(name=person.name)
    if stay.parts:
        return _take_part_back(session, person, stay.parts[-1], entry)
    remove(session, stay.duty.id, entry=entry)
    return _("Taken back: the arrival of {name}.").format(name=person.name)


def _take_part_back(session: Session, person: Staff, part: DutyPart, entry: Entry) -> str:
    if part.ends is not None:
        change_part(session, part.id, entry=entry, ends=None)
        return _("Taken back: {name} is not back yet.").format(name=person.name)
    remove_part(session, part.id, entry=entry)
    return _("Taken back: “{what}” of {name}.").format(what=_(part.kind.word), name=person.name)


# ------------------------------------------------------------------------------------------------------- what must hold


def _check(person: Staff, stay: Stay, others: Sequence[Stay]) -> None:
    """Nobody leaves before coming, is here twice at a time, or has a break outside of the stay."""
    duty = stay.duty
    moments.not_to_come(duty.day, duty.departed or duty.arrived)
    if duty.arrived and duty.departed and duty.departed < duty.arrived:
        raise UserError(
            _("{name} cannot leave at {out}: the arrival was at {time}.").format(
                name=person.name, out=moments.written(duty.departed), time=moments.written(duty.arrived)
            )
        )
    _check_parts(person, stay)
    start, finish = duty.arrived or duty.departed, duty.departed or duty.arrived or time.max
    for other in (s.duty for s in others):
        if start and other.arrived and other.departed and start < other.departed and finish > other.arrived:
            raise UserError(
                _("{name} was already here from {time} to {out}.").format(
                    name=person.name, time=moments.written(other.arrived), out=moments.written(other.departed)
                )
            )


def _check_parts(person: Staff, stay: Stay) -> None:
    first, last = stay.duty.arrived or time.min, stay.duty.departed or time.max
    parts = sorted(stay.parts, key=lambda p: p.starts)
    for part in parts:
        moments.not_to_come(stay.duty.day, part.ends or part.starts)
        if part.ends is not None and part.ends < part.starts:
            raise UserError(
                _("{name} cannot be back at {out}: it began at {time}.").format(
                    name=person.name, out=moments.written(part.ends), time=_time(part)
                )
            )
        if part.starts < first or (part.ends or part.starts) > last:
            raise UserError(
                _("{name}: “{what}” {span} lies outside the stay. Put the times right first.").format(
                    name=person.name, what=_(part.kind.word), span=_span(part)
                )
            )
    for one, following in pairwise(parts):
        if one.ends is None or one.ends > following.starts:
            raise UserError(
                _("{name} cannot do two things at once: {span} and {other}.").format(
                    name=person.name, span=_span(one), other=_span(following)
                )
            )


def _known(at: time | None) -> time:
    if at is None:
        raise UserError(_("Type the time it began or ended; without one it cannot be entered."))
    return at


def _time(part: DutyPart) -> str:
    return moments.written(part.starts)


def _span(part: DutyPart) -> str:
    return f"{moments.written(part.starts)}–{moments.written(part.ends) if part.ends else ''}"


# ------------------------------------------------------------------------------------------------------------- whose


def _person(session: Session, staff_id: int) -> Staff:
    person = session.get(Staff, staff_id)
    if person is None:
        raise UserError(_("This person is no longer in the list."))
    return person


def _duty(session: Session, duty_id: int) -> Duty:
    duty = session.get(Duty, duty_id)
    if duty is None:
        raise UserError(_("This stay has already been taken back."))
    return duty


def _part(session: Session, part_id: int) -> DutyPart:
    part = session.get(DutyPart, part_id)
    if part is None:
        raise UserError(_("This has already been taken back."))
    return part


def _latest(session: Session, person: Staff, day: date) -> Stay:
    stays = duty_day.stays_of(session, [person.id], day).get(person.id, [])
    if not stays:
        raise UserError(_("{name} is not signed in.").format(name=person.name))
    return next((s for s in stays if not s.duty.signed_out), stays[-1])


def _open(session: Session, person: Staff, day: date) -> Stay:
    stay = _latest(session, person, day)
    if stay.duty.signed_out:
        raise UserError(_("{name} is not signed in.").format(name=person.name))
    return stay


def _note(session: Session, duty: Duty, field: str, old: str, new: str, entry: Entry) -> None:
    corrections.note(session, duty.season_id, duty.day, None, field, (old, new), entry, staff_id=duty.staff_id)


roles.guard(globals(), Right.PLAN, {})
