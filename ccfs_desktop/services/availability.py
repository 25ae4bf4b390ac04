"""When each member of staff can be on the roster: working days, hours, absences and wishes.

Times are minutes since midnight; a day nothing is known against is free from 0 to 1440.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from babel.dates import get_day_names
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _, language, listed
from ccfs_desktop.models.roster import StaffAbsence, StaffAbsenceReason, StaffWish, WishKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import roles, seasons, staff_papers
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roles import Right

WHOLE_DAY = Span(0, 1_440)

_AWAY = {
    StaffAbsenceReason.SICK: (N_("sick until {day}"), N_("sick from {start} to {end}")),
    StaffAbsenceReason.LEAVE: (N_("on leave until {day}"), N_("on leave from {start} to {end}")),
    StaffAbsenceReason.TRAINING: (N_("in training until {day}"), N_("in training from {start} to {end}")),
    StaffAbsenceReason.OTHER: (N_("away until {day}"), N_("away from {start} to {end}")),
}
"""What is said of whole days, and of a part of the day."""

_Dated = TypeVar("_Dated", StaffAbsence, StaffWish)


@dataclass(frozen=True)
class Available:
    """When a person can be on the roster on one day."""

    spans: tuple[Span, ...]
    """In order, not touching; empty when the person cannot come at all."""
    why_not: str
    """Why nothing is left, in words ready to be read; empty when something is."""
    wishes: tuple[tuple[Span, WishKind], ...]
    """Likings within the spans; what a person cannot is cut from the spans instead."""
    cuts: tuple[tuple[Span, str], ...] = ()
    """What was taken away from the day, with the reason in words."""

    def why(self, span: Span) -> str:
        """Say why a stretch is not available; empty when it is."""
        if any(free.holds(span) for free in self.spans):
            return ""
        return listed(dict.fromkeys(reason for cut, reason in self.cuts if cut.meets(span)))


def of(
    session: Session, season: Season, staff: Sequence[Staff], days: Sequence[date]
) -> dict[int, dict[date, Available]]:
    """Return staff id → day → when the person can be on the roster.

    Working days, hours, employment, absences and what a person cannot are taken away from the whole day; on a day
    the space is closed nobody is available.

    Args:
        session: an open session.
        season: whose open days count.
        staff: the people.
        days: the days, in any order.
    """
    ids = [person.id for person in staff]
    away = _by_person(session.scalars(select(StaffAbsence).where(StaffAbsence.staff_id.in_(ids), *_within(days))))
    wishes = _by_person(session.scalars(select(StaffWish).where(StaffWish.staff_id.in_(ids))))
    opened = set(seasons.open_days(session, season))
    names = get_day_names("wide", locale=language())
    return {
        person.id: {
            day: _on(person, day, day in opened, away.get(person.id, ()), wishes.get(person.id, ()), names)
            for day in days
        }
        for person in staff
    }


def _within(days: Sequence[date]) -> Iterator[ColumnElement[bool]]:
    if days:
        yield StaffAbsence.first_day <= max(days)
        yield StaffAbsence.last_day >= min(days)


def _by_person(records: Iterable[_Dated]) -> dict[int, list[_Dated]]:
    found: dict[int, list[_Dated]] = {}
    for record in records:
        found.setdefault(record.staff_id, []).append(record)
    return found


def _on(
    person: Staff, day: date, opened: bool, away: Sequence[StaffAbsence], wishes: Sequence[StaffWish],
    names: Mapping[int, str],
) -> Available:  # fmt: skip
    cuts = (
        *_not_employed(person, day),
        *((WHOLE_DAY, _("the space is closed")) for _n in range(not opened)),
        *((_span(a.starts, a.ends), said(a)) for a in away if a.first_day <= day <= a.last_day),
        *_not_working(person, day, names),
        *((_span(w.starts, w.ends), _cannot(w)) for w in wishes if w.kind is WishKind.CANNOT and _holds(w, day)),
    )
    spans, reasons = (WHOLE_DAY,), list[str]()
    for cut, reason in cuts:
        left = tuple(piece for span in spans for piece in _without(span, cut))
        if left != spans:
            reasons.append(reason)
        spans = left
        if not spans:
            break
    liked = [(_span(w.starts, w.ends), w.kind) for w in wishes if w.kind is not WishKind.CANNOT and _holds(w, day)]
    return Available(
        spans=spans,
        why_not="" if spans else _whole(cuts) or listed(dict.fromkeys(reasons)),
        wishes=tuple((part, kind) for span, kind in liked for part in _shared(span, spans)),
        cuts=cuts,
    )


def _whole(cuts: Sequence[tuple[Span, str]]) -> str:
    """Return the first reason that takes the whole day: then no other matters."""
    return next((reason for cut, reason in cuts if cut == WHOLE_DAY), "")


def _not_employed(person: Staff, day: date) -> Iterator[tuple[Span, str]]:
    if reason := staff_papers.away(person, day):
        yield WHOLE_DAY, reason


def _not_working(person: Staff, day: date, names: Mapping[int, str]) -> Iterator[tuple[Span, str]]:
    if person.weekdays and str(day.isoweekday()) not in person.weekdays:
        yield WHOLE_DAY, _("does not work on this weekday ({weekday})").format(weekday=names[day.weekday()])
    if person.day_from:
        yield Span(0, _minutes(person.day_from)), _("not before {time}").format(time=f"{person.day_from:%H:%M}")
    if person.day_until:
        yield Span(_minutes(person.day_until), 1_440), _("not after {time}").format(time=f"{person.day_until:%H:%M}")


def said(absence: StaffAbsence) -> str:
    """Write an absence as a reason: “on leave until 2017-07-14”, “in training from 09:00 to 11:00”."""
    whole, part = _AWAY[absence.reason]
    span = _span(absence.starts, absence.ends)
    if span == WHOLE_DAY:
        return _(whole).format(day=absence.last_day)
    return _(part).format(start=_clock(span.start), end=_clock(span.end))


def _cannot(wish: StaffWish) -> str:
    span = _span(wish.starts, wish.ends)
    if span == WHOLE_DAY:
        said = _("cannot work on this day")
    else:
        said = _("cannot work from {start} to {end}").format(start=_clock(span.start), end=_clock(span.end))
    return f"{said} ({wish.note})" if wish.note else said


def _holds(wish: StaffWish, day: date) -> bool:
    if wish.weekdays and str(day.isoweekday()) not in wish.weekdays:
        return False
    return (wish.first_day or day) <= day <= (wish.last_day or day)


def _span(starts: time | None, ends: time | None) -> Span:
    return Span(_minutes(starts) if starts else 0, _minutes(ends) if ends else 1_440)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _without(span: Span, cut: Span) -> Iterator[Span]:
    if not span.meets(cut):
        yield span
        return
    if span.start < cut.start:
        yield Span(span.start, cut.start)
    if cut.end < span.end:
        yield Span(cut.end, span.end)


def _shared(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    for other in others:
        if span.meets(other):
            yield Span(max(span.start, other.start), min(span.end, other.end))


# ------------------------------------------------------------------------------------------------------------ absences
def absences(session: Session, staff_id: int, since: date | None = None) -> list[StaffAbsence]:
    """Return when a person is away, the latest first.

    Args:
        session: an open session.
        staff_id: the person.
        since: without those that ended before this day.
    """
    query = select(StaffAbsence).where(StaffAbsence.staff_id == staff_id)
    if since:
        query = query.where(StaffAbsence.last_day >= since)
    return list(session.scalars(query.order_by(StaffAbsence.first_day.desc(), StaffAbsence.id.desc())))


def save_absence(session: Session, absence: StaffAbsence) -> StaffAbsence:
    """Keep when a person is away, new or changed: whole days, or from a time to a time on each of them.

    Raises:
        Invalid: days or times the wrong way round, outside the person's employment, or noted already.
        UserError: the person is no longer in the list.
    """
    with session.no_autoflush:
        person = _person(session, absence.staff_id)
        problems = _wrong_way_round(absence)
        if not problems:
            problems = _outside(person, absence.first_day, absence.last_day) or _again(session, absence)
    if problems:
        raise Invalid(problems)
    absence.note = absence.note.strip()
    session.add(absence)
    session.flush()
    return absence


def change_absence(session: Session, absence_id: int, **values: Any) -> StaffAbsence:
    """Change what was noted about an absence.

    Raises:
        Invalid: see :func:`save_absence`.
        UserError: it is no longer there.
    """
    absence = session.get(StaffAbsence, absence_id)
    if absence is None:
        raise UserError(_("This line is no longer there."))
    with session.no_autoflush:
        for name, value in values.items():
            setattr(absence, name, value)
        return save_absence(session, absence)


def remove_absence(session: Session, absence_id: int) -> None:
    """Forget an absence; gone already is as good."""
    absence = session.get(StaffAbsence, absence_id)
    if absence:
        session.delete(absence)
        session.flush()


def _again(session: Session, absence: StaffAbsence) -> dict[str, str]:
    query = select(StaffAbsence).where(
        StaffAbsence.staff_id == absence.staff_id,
        StaffAbsence.first_day == absence.first_day,
        StaffAbsence.last_day == absence.last_day,
    )
    for other in session.scalars(query):
        if other is not absence and (other.starts, other.ends) == (absence.starts, absence.ends):
            return {"first_day": _("This absence is noted already ({reason}).").format(reason=_(other.reason.word))}
    return {}


# -------------------------------------------------------------------------------------------------------------- wishes
def wishes(session: Session, staff_id: int) -> list[StaffWish]:
    """Return what a person wishes, in the order it was noted."""
    query = select(StaffWish).where(StaffWish.staff_id == staff_id).order_by(StaffWish.id)
    return list(session.scalars(query))


def save_wish(session: Session, wish: StaffWish) -> StaffWish:
    """Keep a wish, new or changed: some weekdays or all, for some days or always, for some hours or the whole day.

    Raises:
        Invalid: days or times the wrong way round, or outside the person's employment.
        UserError: the person is no longer in the list.
    """
    with session.no_autoflush:
        person = _person(session, wish.staff_id)
    problems = _wrong_way_round(wish)
    if set(wish.weekdays) - set("1234567"):
        problems["weekdays"] = _("Choose the weekdays from Monday to Sunday.")
    if not problems and wish.first_day and wish.last_day:
        problems = _outside(person, wish.first_day, wish.last_day)
    if problems:
        raise Invalid(problems)
    wish.note = wish.note.strip()
    session.add(wish)
    session.flush()
    return wish


def change_wish(session: Session, wish_id: int, **values: Any) -> StaffWish:
    """Change what was noted about a wish.

    Raises:
        Invalid: see :func:`save_wish`.
        UserError: it is no longer there.
    """
    wish = session.get(StaffWish, wish_id)
    if wish is None:
        raise UserError(_("This line is no longer there."))
    with session.no_autoflush:
        for name, value in values.items():
            setattr(wish, name, value)
        return save_wish(session, wish)


def remove_wish(session: Session, wish_id: int) -> None:
    """Forget a wish; gone already is as good."""
    wish = session.get(StaffWish, wish_id)
    if wish:
        session.delete(wish)
        session.flush()


def _person(session: Session, staff_id: int) -> Staff:
    person = session.get(Staff, staff_id)
    if person is None:
        raise UserError(_("This person is no longer in the list."))
    return person


def _wrong_way_round(record: StaffAbsence | StaffWish) -> dict[str, str]:
    problems: dict[str, str] = {}
    if record.first_day and record.last_day and record.last_day < record.first_day:
        problems["last_day"] = _("The last day is before the first.")
    span = _span(record.starts, record.ends)
    if span.end <= span.start:
        problems["ends"] = _("The end is not after the beginning.")
    return problems


def _outside(person: Staff, first: date, last: date) -> dict[str, str]:
    """Refuse days on all of which the person does not work here anyhow."""
    if person.ended_on and first > person.ended_on:
        return {"first_day": _("{name} left on {day}.").format(name=person.name, day=person.ended_on)}
    if person.started_on and last < person.started_on:
        return {"last_day": _("{name} works here from {day}.").format(name=person.name, day=person.started_on)}
    return {}


roles.guard(globals(), Right.PERSONNEL, {Right.ROSTER: (of, absences, wishes)})
