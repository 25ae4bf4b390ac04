"""Arrivals, departures and absences, as they happened or as the signed sheet says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Guardian, Guardianship, PickupAdult
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence, AbsenceReason, Correction, DayClose, Visit
from ccfs_desktop.services import enrolments, register, seasons


class NeedsReason(UserError):
    """The rule can be overridden by a named person with a reason; without one the action is refused."""


@dataclass(frozen=True)
class Entry:
    """Where and why something is entered, beside what is entered."""

    by: str = ""
    """Who enters it."""
    sheet_code: str = ""
    """The numbered sheet it was written on."""
    late: bool = False
    """Typed after the fact, not at the door."""
    reason: str = ""
    """Why a rule is overridden, or why a closed day is corrected."""


@dataclass(frozen=True)
class Collector:
    """An adult on a child's pick-up list."""

    name: str
    relation: str
    phone: str
    forbidden: bool


def sign_in(
    session: Session, season: Season, child_id: int, day: date, *, at: time | None, brought_by: str = "",
    entry: Entry = Entry(),
) -> Visit:  # fmt: skip
    """Record that a child has arrived.

    Args:
        session: the open transaction.
        season: the season.
        child_id: the child.
        day: the day.
        at: local time to the minute; None when the sheet has a signature but no time. It stays empty.
        brought_by: name of the adult, as written on the sheet.
        entry: where it was written, and why a rule is overridden.

    Raises:
        NeedsReason: papers are missing, or the space is closed that day.
        UserError: the child has no place, is already here, or the day lies in the future.

    Source: domain.md 2.8 rules 1 to 3; product.md 4.2 for the readiness strip.
    """
    child = _child(session, child_id)
    _check_day(season, day, at)
    enrolment = enrolments.of(session, season, child_id)
    if enrolment is None or not enrolment.number:
        raise UserError(_("{name} has no place in this season. Enrol the child first.").format(name=child.name))
    visits = register.visits_of(session, [child_id], day).get(child_id, [])
    if any(not v.signed_out for v in visits):
        raise UserError(_("{name} is already signed in.").format(name=child.name))
    _check_order(child, visits, at)
    if not enrolment.override_by:
        _check_ready(session, child, day, entry)
    _check_open(session, season, day, entry)
    _end_absence(session, child_id, day)
    visit = Visit(
        child_id=child_id, season_id=season.id, day=day, arrived=at, brought_by=brought_by.strip(),
        sheet_code=entry.sheet_code, entered_late=entry.late, override_reason=entry.reason,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    _note_correction(session, visit, "arrived", "", _time(at), entry)
    return visit


def sign_out(
    session: Session, season: Season, child_id: int, day: date, *, at: time | None, collected_by: str = "",
    entry: Entry = Entry(),
) -> Visit:  # fmt: skip
    """Record that a child has left.

    Args:
        session: the open transaction.
        season: the season.
        child_id: the child.
        day: the day.
        at: local time to the minute; None when nobody wrote it down. It stays empty.
        collected_by: name of the adult, as written; empty when only a signature is there.
        entry: where it was written, and why a rule is overridden.

    Raises:
        NeedsReason: the adult is not on the pick-up list.
        UserError: the child is not here, or this adult must not collect the child.

    Source: domain.md 2.8 rules 4 and 5.
    """
    child = _child(session, child_id)
    _check_day(season, day, at)
    visit = next((v for v in register.visits_of(session, [child_id], day).get(child_id, []) if not v.signed_out), None)
    if visit is None:
        raise UserError(_("{name} is not signed in.").format(name=child.name))
    if at and visit.arrived and at < visit.arrived:
        raise UserError(
            _("{name} cannot leave at {out}: the arrival was at {time}.").format(
                name=child.name, out=_time(at), time=_time(visit.arrived)
            )
        )
    _check_collector(session, child, day, collected_by, entry)
    visit.signed_out, visit.departed, visit.collected_by = True, at, collected_by.strip()
    if entry.reason:
        visit.override_reason = entry.reason
    _stamp(visit, entry)
    session.flush()
    _note_correction(session, visit, "departed", "", _time(at), entry)
    return visit


def change(session: Session, visit: Visit, *, entry: Entry = Entry(), **values: time | str | bool | None) -> Visit:
    """Put a visit right: a time, a name, a missing signature. On a closed day the old value stays on record.

    Args:
        session: the open transaction.
        visit: the visit, loaded in this session.
        entry: who, from which sheet, and on a closed day why.
        values: field → new value, such as ``arrived=time(7, 55)``.

    Raises:
        UserError: the times are the wrong way round, or the day is closed and no reason was given.
    """
    child = _child(session, visit.child_id)
    before = {name: getattr(visit, name) for name in values}
    for name, value in values.items():
        setattr(visit, name, value)
    if visit.arrived and visit.departed and visit.departed < visit.arrived:
        raise UserError(_("{name}: the time out is before the time in.").format(name=child.name))
    _stamp(visit, entry)
    session.flush()
    for name, old in before.items():
        _note_correction(session, visit, name, _text(old), _text(values[name]), entry)
    return visit


def remove(session: Session, visit: Visit, *, entry: Entry = Entry()) -> None:
    """Take back a visit that was entered for the wrong child or day.

    Raises:
        UserError: the day is closed and no reason was given.
    """
    _note_correction(session, visit, "visit", f"{_time(visit.arrived)}-{_time(visit.departed)}", "", entry)
    session.delete(visit)
    session.flush()


def reopen(session: Session, visit: Visit, *, entry: Entry = Entry()) -> Visit:
    """Take back a departure: the child is here again in the same visit."""
    return change(session, visit, entry=entry, signed_out=False, departed=None, collected_by="")


def mark_absent(
    session: Session, season: Season, child_id: int, first_day: date, last_day: date | None = None, *,
    reason: AbsenceReason, note: str = "", planned: bool = False, entry: Entry = Entry(),
) -> Absence:  # fmt: skip
    """Record that a child does not come, on one day or for a while.

    Raises:
        UserError: the child was there on one of these days, or the days are the wrong way round.
    """
    child = _child(session, child_id)
    last = last_day or first_day
    if last < first_day:
        raise UserError(_("The last day is before the first."))
    if session.scalars(
        select(Visit.id).where(Visit.child_id == child_id, Visit.day >= first_day, Visit.day <= last)
    ).first():
        raise UserError(_("{name} was signed in on one of these days.").format(name=child.name))
    absence = session.scalars(
        select(Absence).where(Absence.child_id == child_id, Absence.first_day == first_day, Absence.last_day == last)
    ).first()
    old = absence.reason.value if absence else ""
    if absence is None:
        absence = Absence(child_id=child_id, season_id=season.id, first_day=first_day, last_day=last)
    absence.reason, absence.note, absence.planned = reason, note.strip(), planned
    session.add(absence)
    session.flush()
    if first_day == last:
        _note_day(session, season.id, first_day, child_id, "absence", (old, reason.value), entry)
    return absence


def remove_absence(session: Session, absence: Absence, *, entry: Entry = Entry()) -> None:
    """Take back an absence."""
    if absence.first_day == absence.last_day:
        _note_day(
            session,
            absence.season_id,
            absence.first_day,
            absence.child_id,
            "absence",
            (absence.reason.value, ""),
            entry,
        )
    session.delete(absence)
    session.flush()


def sign_in_all(
    session: Session, season: Season, day: date, child_ids: Sequence[int], *, at: time | None, entry: Entry
) -> list[Visit]:
    """Sign in many children at once, as the sheet says; whoever is here, absent or not ready is left for the officer.

    Returns:
        The visits made; children left out are still expected in the register.
    """
    rows = {r.child_id: r for r in register.read(session, season, day)}
    made: list[Visit] = []
    for child_id in child_ids:
        row = rows.get(child_id)
        if row and row.state is register.State.EXPECTED and (not row.missing or entry.reason):
            made.append(sign_in(session, season, child_id, day, at=at, entry=entry))
    return made


def collectors(session: Session, child_id: int, day: date) -> list[Collector]:
    """Return who may collect a child on a day, guardians first, and who must not."""
    guardianships = session.scalars(
        select(Guardianship)
        .options(joinedload(Guardianship.guardian))
        .where(Guardianship.child_id == child_id)
        .order_by(Guardianship.id)
    )
    family = [Collector(g.guardian.name, _(g.relation.word), g.guardian.phone, forbidden=False) for g in guardianships]
    listed = session.scalars(select(PickupAdult).where(PickupAdult.child_id == child_id).order_by(PickupAdult.id))
    others = [
        Collector(p.name, p.relation, p.phone, p.forbidden)
        for p in listed
        if (p.ended_on is None or p.ended_on > day) and (p.only_on is None or p.only_on == day)
    ]
    banned = {_plain(c.name) for c in others if c.forbidden}
    return [c for c in family if _plain(c.name) not in banned] + others


def is_closed(session: Session, season_id: int, day: date) -> bool:
    """Tell whether a day was closed."""
    return (
        session.scalars(select(DayClose.id).where(DayClose.season_id == season_id, DayClose.day == day)).first()
        is not None
    )


def _child(session: Session, child_id: int) -> Child:
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
    return child


def _check_day(season: Season, day: date, at: time | None) -> None:
    now = datetime.now()
    if not season.first_day <= day <= season.last_day:
        raise UserError(_("{day} is outside the season.").format(day=day))
    if day > now.date():
        raise UserError(_("{day} lies in the future.").format(day=day))
    if at and datetime.combine(day, at) > now.replace(second=59):
        raise UserError(_("{time} lies in the future.").format(time=_time(at)))


def _check_order(child: Child, visits: Sequence[Visit], at: time | None) -> None:
    last = visits[-1] if visits else None
    if at and last and last.departed and at < last.departed:
        raise UserError(
            _("{name} left at {time} and cannot come back before that.").format(
                name=child.name, time=_time(last.departed)
            )
        )


def _check_ready(session: Session, child: Child, day: date, entry: Entry) -> None:
    lacking = enrolments.missing(session, [child.id], day).get(child.id, ())
    if lacking and not entry.reason:
        papers = ", ".join(_(enrolments.BLOCKERS[code]) for code in lacking)
        raise NeedsReason(
            _("{name} cannot be signed in yet: {papers} missing. Complete the file, or admit with a reason.").format(
                name=child.name, papers=papers
            )
        )


def _check_open(session: Session, season: Season, day: date, entry: Entry) -> None:
    closed = seasons.why_closed(session, season, day)
    if closed and not entry.reason:
        raise NeedsReason(closed)


def _check_collector(session: Session, child: Child, day: date, collected_by: str, entry: Entry) -> None:
    name = _plain(collected_by)
    if not name:
        return
    known = collectors(session, child.id, day)
    if any(c.forbidden and _plain(c.name) == name for c in known):
        raise UserError(
            _("{adult} must not collect {name}. Keep the child here and call the coordinator.").format(
                adult=collected_by.strip(), name=child.name
            )
        )
    if not any(_plain(c.name) == name for c in known) and not entry.reason:
        raise NeedsReason(
            _("{adult} is not on the pick-up list of {name}. Call the parents; release only with a reason.").format(
                adult=collected_by.strip(), name=child.name
            )
        )


def _end_absence(session: Session, child_id: int, day: date) -> None:
    """A child who comes is not absent: a one-day absence goes; a longer one is kept up to the day before."""
    for absence in session.scalars(
        select(Absence).where(Absence.child_id == child_id, Absence.first_day <= day, Absence.last_day >= day)
    ):
        if absence.first_day == day:
            session.delete(absence)
        else:
            absence.last_day = date.fromordinal(day.toordinal() - 1)


def _stamp(visit: Visit, entry: Entry) -> None:
    if entry.sheet_code:
        visit.sheet_code = entry.sheet_code
    visit.entered_late = visit.entered_late or entry.late


def _note_correction(session: Session, visit: Visit, field: str, old: str, new: str, entry: Entry) -> None:
    _note_day(session, visit.season_id, visit.day, visit.child_id, field, (old, new), entry)


def _note_day(
    session: Session, season_id: int, day: date, child_id: int, field: str, values: tuple[str, str], entry: Entry
) -> None:
    """On a closed day nothing changes without a reason, and the old value stays readable."""
    if not is_closed(session, season_id, day):
        return
    if not entry.reason.strip():
        raise NeedsReason(_("{day} is closed. Write why the record is corrected.").format(day=day))
    old, new = values
    session.add(
        Correction(
            season_id=season_id, day=day, child_id=child_id, field=field, old=old, new=new,
            reason=entry.reason.strip(), by=entry.by, at=datetime.now().replace(microsecond=0),
        )
    )  # fmt: skip
    session.flush()


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _time(moment: time | None) -> str:
    return f"{moment:%H:%M}" if moment else "–"


def _text(value: time | str | bool | None) -> str:
    return _time(value) if isinstance(value, time) else str(value if value is not None else "–")
