"""The season's calendar, hours and groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Block, BlockKind, CalendarDay, Group, Season

# Age bands of the ratio profile "CFS standard". Source: domain.md 2.5.
_BANDS = ((3, 5, N_("Little ones")), (6, 8, N_("Juniors")), (9, 14, N_("Seniors")))
# Six-day weeks, Friday closed, are usual in Bangladesh's factories; elsewhere Monday to Friday.
_WEEKDAYS = {"BD": "123467"}
_OPENS, _CLOSES = time(7, 30), time(17, 30)  # Source: domain.md 2.3


@dataclass(frozen=True)
class Hours:
    """From when to when the space is open on a day."""

    opens: time
    closes: time


def current(session: Session, today: date | None = None) -> Season:
    """Return the season of a day, else the next one, else the last.

    Raises:
        UserError: no season was set up.
    """
    every = session.scalars(select(Season).order_by(Season.first_day)).all()
    if not every:
        raise UserError(_("There is no season yet. Set one up in Settings."))
    day = today or clock.today()
    running = [s for s in every if s.first_day <= day <= s.last_day]
    coming = [s for s in every if s.first_day > day]
    return (running or coming or every[-1:])[0]


def start(session: Session, season: Season, *, country: str) -> Season:
    """Set up a new season with its public holidays, one day block and groups by age.

    Holidays and make-up working days come from the ``holidays`` library and can be edited.

    Raises:
        Invalid: the days or ages are the wrong way round.
    """
    check(season)
    season.weekdays = _WEEKDAYS.get(country, season.weekdays)
    session.add(season)
    session.flush()
    session.add(Block(season_id=season.id, name=_("Day"), opens=_OPENS, closes=_CLOSES))
    session.add_all(_holidays(season, country))
    size = max(1, -(-season.capacity // len(_BANDS)))
    for low, high, name in _BANDS:
        if high >= season.age_from and low <= season.age_to:
            session.add(Group(season_id=season.id, name=_(name), age_from=low, age_to=high, size=size))
    return season


def check(season: Season) -> None:
    """Check what a season must satisfy.

    Raises:
        Invalid: field → what is wrong.
    """
    problems: dict[str, str] = {}
    if season.last_day < season.first_day:
        problems["last_day"] = _("The last day is before the first.")
    if season.age_to < season.age_from:
        problems["age_to"] = _("The oldest age is below the youngest.")
    if not season.weekdays or set(season.weekdays) - set("1234567"):
        problems["weekdays"] = _("Choose at least one weekday.")
    if problems:
        raise Invalid(problems)


def _holidays(season: Season, country: str) -> Iterator[CalendarDay]:
    import holidays  # noqa: PLC0415 (only when a season is set up)

    years = range(season.first_day.year, season.last_day.year + 1)
    try:
        known = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        return
    source = f"holidays {holidays.__version__}"
    for day, name in sorted(known.items()):
        if season.first_day <= day <= season.last_day:
            yield CalendarDay(season_id=season.id, day=day, open=False, reason=name[:120], source=source)
    for day in sorted(getattr(known, "weekend_workdays", ())):
        if season.first_day <= day <= season.last_day:
            reason = _("Make-up working day")
            yield CalendarDay(season_id=season.id, day=day, open=True, reason=reason, source=source)


def calendar(session: Session, season: Season) -> dict[date, CalendarDay]:
    """Return the days that differ from their weekday."""
    days = session.scalars(select(CalendarDay).where(CalendarDay.season_id == season.id)).all()
    return {d.day: d for d in days}


def open_days(session: Session, season: Season, until: date | None = None) -> list[date]:
    """Return the season's open days in order, up to and including ``until``."""
    special = calendar(session, season)
    last = min(season.last_day, until) if until else season.last_day
    every = (season.first_day + timedelta(n) for n in range((last - season.first_day).days + 1))
    return [day for day in every if _opens(season, special, day)]


def is_open(session: Session, season: Season, day: date) -> bool:
    """Tell whether the space is open on a day."""
    if not season.first_day <= day <= season.last_day:
        return False
    return _opens(season, calendar(session, season), day)


def why_closed(session: Session, season: Season, day: date) -> str:
    """Say why the space is closed on a day; empty when it is open."""
    if not season.first_day <= day <= season.last_day:
        return _("{day} is outside the season “{season}” ({first} to {last}).").format(
            day=day, season=season.name, first=season.first_day, last=season.last_day
        )
    special = calendar(session, season).get(day)
    if special and not special.open:
        return _("Closed: {reason}.").format(reason=special.reason or _("closed day"))
    return "" if is_open(session, season, day) else _("The space is closed on this weekday.")


def _opens(season: Season, special: dict[date, CalendarDay], day: date) -> bool:
    return special[day].open if day in special else str(day.isoweekday()) in season.weekdays


def blocks(session: Session, season: Season) -> list[Block]:
    """Return the opening blocks, earliest first."""
    return list(session.scalars(select(Block).where(Block.season_id == season.id).order_by(Block.opens)))


def hours(session: Session, season: Season) -> Hours:
    """Return the hours of the day blocks."""
    day = [b for b in blocks(session, season) if b.kind is BlockKind.DAY]
    if not day:
        return Hours(_OPENS, _CLOSES)
    return Hours(min(b.opens for b in day), max(b.closes for b in day))


def groups(session: Session, season: Season) -> list[Group]:
    """Return the season's groups, youngest first."""
    query = select(Group).where(Group.season_id == season.id).order_by(Group.age_from, Group.name)
    return list(session.scalars(query))


def remove_group(session: Session, group: Group) -> None:
    """Remove a group nobody is in.

    Raises:
        UserError: children are in it.
    """
    if session.scalars(
        select(Enrolment.id).where(Enrolment.group_id == group.id, Enrolment.status == Status.ENROLLED)
    ).first():
        raise UserError(_("“{group}” still has children. Move them to another group first.").format(group=group.name))
    session.delete(group)


def roll_over(session: Session, last: Season, *, name: str, first_day: date, country: str) -> Season:
    """Set up the next season like the last one; its days are shifted so that weekdays stay.

    Consents and pick-up permissions are not carried over: families are asked anew.
    """
    length = last.last_day - last.first_day
    season = Season(
        name=name, type=last.type, first_day=first_day, last_day=first_day + length, weekdays=last.weekdays,
        age_from=last.age_from, age_to=last.age_to, capacity=last.capacity, ratio_profile=last.ratio_profile,
    )  # fmt: skip
    check(season)
    session.add(season)
    session.flush()
    for old in blocks(session, last):
        session.add(Block(season_id=season.id, name=old.name, kind=old.kind, opens=old.opens, closes=old.closes))
    for old in groups(session, last):
        session.add(
            Group(
                season_id=season.id, name=old.name, age_from=old.age_from, age_to=old.age_to, size=old.size,
                room=old.room,
            )
        )  # fmt: skip
    session.add_all(_holidays(season, country))
    return season


def age_on(birth_date: date, day: date) -> int:
    """Return full years on a day. Source: domain.md 7 (the real birth date, not the calendar count)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
