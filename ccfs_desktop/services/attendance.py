"""Arrivals, departures and absences, as they happened or as the signed sheet says."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence, AbsenceReason, DayClose, Visit
from ccfs_desktop.services import corrections, enrolments, handovers, health, moments, opening, register, roles, seasons
from ccfs_desktop.services.corrections import AT_THE_DOOR, Entry, NeedsReason
from ccfs_desktop.services.roles import Right

_DAY = timedelta(days=1)


def sign_in(
    session: Session, season: Season, child_id: int, day: date, *, at: time | None, brought_by: str = "",
    entry: Entry = AT_THE_DOOR,
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
        NeedsReason: papers are missing, the child must stay away for illness, or the space is closed that day.
        UserError: the child has no place, is already here, the day lies in the future or is not safe to open.

    Source: domain.md 2.8 rules 1 to 3; 2.9 for illness; product.md 4.2 for the readiness strip.
    """
    child = _child(session, child_id)
    moments.check_day(season, day, at)
    opening.require_safe(session, season, day)
    enrolment = enrolments.of(session, season, child_id)
    if enrolment is None or not enrolment.number:
        raise UserError(_("{name} has no place in this season. Enrol the child first.").format(name=child.name))
    visits = register.visits_of(session, [child_id], day).get(child_id, [])
    if any(not v.signed_out for v in visits):
        raise UserError(_("{name} is already signed in.").format(name=child.name))
    visit = Visit(child_id=child_id, season_id=season.id, day=day, arrived=at, brought_by=brought_by.strip())
    _check_times(child, visit, visits)
    lacking = () if enrolment.override_by else enrolments.missing(session, [child_id], day).get(child_id, ())
    away = health.away(session, season, [child_id], day, at).get(child_id)
    questions = [
        *([_not_ready(child, lacking)] if lacking else []),
        *([away.question(child.name, datetime.combine(day, at or time.min))] if away else []),
        *filter(None, [seasons.why_closed(session, season, day)]),
    ]
    if questions and not entry.reason.strip():
        raise NeedsReason(" ".join(questions))
    visit.override_reason = entry.told if questions else ""
    if away:
        health.came_in(session, away, visit, entry)
    return _arrive(session, [visit], entry)[0]


def sign_out(
    session: Session, season: Season, child_id: int, day: date, *, at: time | None, collected_by: str = "",
    entry: Entry = AT_THE_DOOR,
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
    moments.check_day(season, day, at)
    visit = next((v for v in register.visits_of(session, [child_id], day).get(child_id, []) if not v.signed_out), None)
    if visit is None:
        raise UserError(_("{name} is not signed in.").format(name=child.name))
    if _check_collector(session, child, day, collected_by, entry):
        visit.override_reason = entry.told
    visit.signed_out, visit.departed, visit.collected_by = True, at, collected_by.strip()
    _check_times(child, visit, ())
    corrections.stamp(visit, entry)
    session.flush()
    _note_correction(session, visit, "departed", "", moments.written(at), entry)
    return visit


def change(session: Session, visit_id: int, *, entry: Entry = AT_THE_DOOR, **values: time | str | bool | None) -> Visit:
    """Put a visit right: a time, a name, a missing signature. On a closed day the old value stays on record.

    Args:
        session: the open transaction.
        visit_id: the visit.
        entry: who, from which sheet, and on a closed day why.
        values: field → new value, such as ``arrived=time(7, 55)``.

    Raises:
        NeedsReason: the day is closed, or the adult who collected is not on the list.
        UserError: the times are the wrong way round, or this adult must not collect the child.
    """
    visit = _visit(session, visit_id)
    child = _child(session, visit.child_id)
    clean = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    collector = clean.get("collected_by")
    if isinstance(collector, str) and _check_collector(session, child, visit.day, collector, entry):
        visit.override_reason = entry.told
    before = {name: getattr(visit, name) for name in clean}
    for name, value in clean.items():
        setattr(visit, name, value)
    others = register.visits_of(session, [child.id], visit.day)[child.id]
    _check_times(child, visit, [v for v in others if v is not visit])
    corrections.stamp(visit, entry)
    session.flush()
    for name, old in before.items():
        _note_correction(session, visit, name, moments.told(old), moments.told(clean[name]), entry)
    return visit


def remove(session: Session, visit_id: int, *, entry: Entry = AT_THE_DOOR) -> None:
    """Take back a visit that was entered for the wrong child or day.

    Raises:
        NeedsReason: the day is closed.
    """
    visit = _visit(session, visit_id)
    _note_correction(
        session, visit, "visit", f"{moments.written(visit.arrived)}-{moments.written(visit.departed)}", "", entry
    )
    health.not_in(session, visit)
    session.delete(visit)
    session.flush()


def reopen(session: Session, visit_id: int, *, entry: Entry = AT_THE_DOOR) -> Visit:
    """Take back a departure: the child is here again in the same visit."""
    return change(session, visit_id, entry=entry, signed_out=False, departed=None, collected_by="", unsigned_out=False)


def take_back(session: Session, season: Season, child_id: int, day: date, *, entry: Entry = AT_THE_DOOR) -> str:
    """Take back what was entered last for a child on a day: the departure, else the arrival, else the absence.

    Returns:
        What was taken back, in words.

    Raises:
        NeedsReason: the day is closed.
        UserError: nothing was entered.
    """
    child = _child(session, child_id)
    row = register.row(session, season, day, child_id)
    last = row.visits[-1] if row and row.visits else None
    if last and last.signed_out:
        reopen(session, last.id, entry=entry)
        return _("Taken back: the departure of {name}.").format(name=child.name)
    if last:
        remove(session, last.id, entry=entry)
        return _("Taken back: the arrival of {name}.").format(name=child.name)
    if row and row.absence:
        remove_absence(session, row.absence.id, entry=entry)
        return _("Taken back: the absence of {name}.").format(name=child.name)
    raise UserError(_("Nothing was entered for {name} on this day.").format(name=child.name))


def mark_absent(
    session: Session, season: Season, child_id: int, first_day: date, last_day: date | None = None, *,
    reason: AbsenceReason, note: str = "", planned: bool = False, entry: Entry = AT_THE_DOOR,
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
        raise UserError(_("{name} was signed in on one of these days. Take that back first.").format(name=child.name))
    absence = _same_days(session, child, first_day, last)
    old = absence.reason.value if absence else ""
    if absence is None:
        absence = Absence(child_id=child_id, season_id=season.id, first_day=first_day, last_day=last)
    absence.reason, absence.note, absence.planned = reason, note.strip(), planned
    session.add(absence)
    session.flush()
    _note_absence(session, absence, (old, reason.value), entry)
    return absence


def remove_absence(session: Session, absence_id: int, *, entry: Entry = AT_THE_DOOR) -> None:
    """Take back an absence."""
    absence = session.get(Absence, absence_id)
    if absence is None:
        raise UserError(_("This absence has already been taken back."))
    _note_absence(session, absence, (absence.reason.value, ""), entry)
    session.delete(absence)
    session.flush()


def absences(session: Session, season: Season, since: date) -> list[tuple[Absence, Child]]:
    """Return the absences that are not over before a day, with their children, earliest first."""
    query = (
        select(Absence, Child)
        .join(Child, Child.id == Absence.child_id)
        .where(Absence.season_id == season.id, Absence.last_day >= since)
        .order_by(Absence.first_day, Child.sort_key)
    )
    return [(absence, child) for absence, child in session.execute(query)]


def sign_in_all(
    session: Session,
    season: Season,
    day: date,
    child_ids: Sequence[int],
    *,
    at: time | None,
    entry: Entry = AT_THE_DOOR,
) -> list[Visit]:
    """Sign in many children at once, as the sheet says; who is here, absent, ill or not ready is left for the officer.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        child_ids: who is to be signed in.
        at: the time on all of them; None when the sheet has signatures but no times. It stays empty.
        entry: where it was written, and on a closed day why.

    Returns:
        The visits made; children left out are still expected in the register.

    Raises:
        NeedsReason: the day is closed.
        UserError: the day or the time lies in the future, or the day is not safe to open.
    """
    moments.check_day(season, day, at)
    opening.require_safe(session, season, day)
    wanted = set(child_ids)
    return _arrive(
        session,
        [
            Visit(child_id=row.child_id, season_id=season.id, day=day, arrived=at)
            for row in register.read(session, season, day)
            if row.child_id in wanted and row.state is register.State.EXPECTED and not row.missing and not row.away
        ],
        entry,
    )


def sign_out_all(
    session: Session,
    season: Season,
    day: date,
    child_ids: Sequence[int],
    *,
    at: time | None,
    entry: Entry = AT_THE_DOOR,
) -> list[Visit]:
    """Sign out all of these children who are here; whoever came later than that is left for the officer.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        child_ids: who is to be signed out.
        at: the time on all of them; None when the sheet has signatures but no times. It stays empty.
        entry: where it was written, and on a closed day why.

    Raises:
        NeedsReason: the day is closed.
        UserError: the day or the time lies in the future.
    """
    moments.check_day(season, day, at)
    visits = register.visits_of(session, child_ids, day)
    leaving = [
        v for each in visits.values() for v in each if not v.signed_out and not (at and v.arrived and v.arrived > at)
    ]
    for visit in leaving:
        visit.signed_out, visit.departed = True, at
        corrections.stamp(visit, entry)
    session.flush()
    _note_visits(session, leaving, "departed", entry)
    return leaving


def _child(session: Session, child_id: int) -> Child:
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
    return child


def _visit(session: Session, visit_id: int) -> Visit:
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise UserError(_("This visit has already been taken back."))
    return visit


def _arrive(session: Session, visits: list[Visit], entry: Entry) -> list[Visit]:
    """Enter new visits of one day, checked before; whoever comes is not absent."""
    for visit in visits:
        visit.entered_late, visit.sheet_code = entry.late, entry.sheet_code
    _end_absences(session, visits)
    session.add_all(visits)
    session.flush()
    _note_visits(session, visits, "arrived", entry)
    return visits


def _check_times(child: Child, visit: Visit, others: Sequence[Visit]) -> None:
    """Nobody leaves before coming, and one child is not here twice at a time."""
    moments.not_to_come(visit.day, visit.departed or visit.arrived)
    if visit.arrived and visit.departed and visit.departed < visit.arrived:
        raise UserError(
            _("{name} cannot leave at {out}: the arrival was at {time}.").format(
                name=child.name, out=moments.written(visit.departed), time=moments.written(visit.arrived)
            )
        )
    start, end = visit.arrived or visit.departed, visit.departed or visit.arrived or time.max
    for other in others:
        if start and other.arrived and other.departed and start < other.departed and end > other.arrived:
            raise UserError(
                _("{name} was already here from {time} to {out}.").format(
                    name=child.name, time=moments.written(other.arrived), out=moments.written(other.departed)
                )
            )


def _not_ready(child: Child, lacking: Sequence[str]) -> str:
    """Say which papers keep a child from being signed in."""
    papers = listed(_(enrolments.BLOCKERS[code]) for code in lacking)
    return _("{name} cannot be signed in yet: {papers} missing. Complete the file, or admit with a reason.").format(
        name=child.name, papers=papers
    )


def _check_collector(session: Session, child: Child, day: date, collected_by: str, entry: Entry) -> bool:
    """Check who collects; return whether it is somebody who is not on the list, released with a reason."""
    question = handovers.question(handovers.collectors(session, child.id, day), child, collected_by)
    if question and not entry.reason.strip():
        raise NeedsReason(question)
    return bool(question)


def _end_absences(session: Session, visits: Sequence[Visit]) -> None:
    """Whoever comes is not absent: the days before stay, and for a day entered afterwards also the days after it."""
    if not visits:
        return
    day, ids = visits[0].day, [v.child_id for v in visits]
    for absence in session.scalars(
        select(Absence).where(Absence.child_id.in_(ids), Absence.first_day <= day, Absence.last_day >= day)
    ):
        if absence.last_day > day and day < clock.today():
            session.add(
                Absence(
                    child_id=absence.child_id, season_id=absence.season_id, first_day=day + _DAY,
                    last_day=absence.last_day, reason=absence.reason, planned=absence.planned, note=absence.note,
                )
            )  # fmt: skip
        if absence.first_day == day:
            session.delete(absence)
        else:
            absence.last_day = day - _DAY


def _same_days(session: Session, child: Child, first_day: date, last_day: date) -> Absence | None:
    """Return the absence of exactly these days, to be changed.

    Raises:
        UserError: another absence covers some of them.
    """
    query = select(Absence).where(
        Absence.child_id == child.id, Absence.first_day <= last_day, Absence.last_day >= first_day
    )
    for absence in session.scalars(query):
        if (absence.first_day, absence.last_day) == (first_day, last_day):
            return absence
        raise UserError(
            _("{name} is already noted as absent from {first} to {last}. Take that back first.").format(
                name=child.name, first=absence.first_day, last=absence.last_day
            )
        )
    return None


def _note_correction(session: Session, visit: Visit, field: str, old: str, new: str, entry: Entry) -> None:
    corrections.note(session, visit.season_id, visit.day, visit.child_id, field, (old, new), entry)


def _note_visits(session: Session, visits: Sequence[Visit], field: str, entry: Entry) -> None:
    """Note what was entered for several children of one day, if it was closed."""
    if visits and corrections.is_closed(session, visits[0].season_id, visits[0].day):
        for visit in visits:
            _note_correction(session, visit, field, "", moments.written(getattr(visit, field)), entry)


def _note_absence(session: Session, absence: Absence, values: tuple[str, str], entry: Entry) -> None:
    """Correct the closed days among an absence's days."""
    query = select(DayClose.day).where(
        DayClose.season_id == absence.season_id, DayClose.day >= absence.first_day, DayClose.day <= absence.last_day
    )
    for day in session.scalars(query).all():
        corrections.note(session, absence.season_id, day, absence.child_id, "absence", values, entry)


roles.guard(globals(), Right.ATTENDANCE, {Right.REGISTER: (absences,)})
