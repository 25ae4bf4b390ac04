"""The season's calendar, hours and groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.child import PickupAdult
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Block, BlockKind, CalendarDay, Group, Season
from ccfs_desktop.models.sheet import Sheet
from ccfs_desktop.services import patterns, roles, season_rules
from ccfs_desktop.services.roles import Right

# Age bands of the ratio profile "CFS standard". Source: domain.md 2.5.
_BANDS = ((3, 5, N_("Little ones")), (6, 8, N_("Juniors")), (9, 14, N_("Seniors")))
# Six-day weeks, Friday closed, are usual in Bangladesh's factories; elsewhere Monday to Friday.
_WEEKDAYS = {"BD": "123467"}
_LONGEST, _MOST_PLACES = 400, 5_000
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


def every(session: Session) -> list[Season]:
    """Return all seasons, the earliest first."""
    return list(session.scalars(select(Season).order_by(Season.first_day)))


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
    session.add(Block(season_id=season.id, name=_("Daytime"), opens=_OPENS, closes=_CLOSES))
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
    if not season.name.strip():
        problems["name"] = _("Please fill this in.")
    if season.last_day >= season.first_day and (season.last_day - season.first_day).days > _LONGEST:
        problems["last_day"] = _("A season lasts at most 400 days.")
    if not 0 <= season.capacity <= _MOST_PLACES:
        problems["capacity"] = _("Write the number of places, from 0 to 5,000.")
    problems |= season_rules.problems(season)
    if problems:
        raise Invalid(problems)


def _holidays(season: Season, country: str) -> Iterator[CalendarDay]:
    import holidays  # noqa: PLC0415 (only when a season is set up)

    years = range(season.first_day.year, season.last_day.year + 1)
    try:
        known = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        return
    source = f"holidays {holidays.__version__}"  # pyright: ignore[reportPrivateImportUsage]
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


def shown_first(season: Season | None, days: Sequence[date], *, today: date) -> date:
    """Return the day a page begins with: today, outside the season the open day nearest to it.

    Args:
        season: the one in view.
        days: its open days in order.
        today: see :mod:`ccfs_desktop.clock`.
    """
    if season and season.first_day <= today <= season.last_day:
        return today
    return last_open(days, today) or today


def last_open(days: Sequence[date], until: date) -> date | None:
    """Return the last of some days in order that is not after a day, else the first; None where there is none."""
    past = [d for d in days if d <= until]
    return next(iter(past[-1:] or days[:1]), None)


def beside(days: Sequence[date], day: date, step: int) -> date | None:
    """Return the next of some days in order, after a day (``step`` 1) or before it (-1)."""
    ahead = [d for d in days if (d - day).days * step > 0]
    return (ahead[0] if step > 0 else ahead[-1]) if ahead else None


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


def whole_hours(session: Session, season: Season) -> Hours:
    """Return from when to when children may be there, overtime evenings included."""
    every = blocks(session, season)
    if not every:
        return Hours(_OPENS, _CLOSES)
    return Hours(min(b.opens for b in every), max(b.closes for b in every))


def groups(session: Session, season: Season) -> list[Group]:
    """Return the season's groups, youngest first."""
    query = select(Group).where(Group.season_id == season.id).order_by(Group.age_from, Group.name)
    return list(session.scalars(query))


def change(session: Session, season_id: int, **values: Any) -> Season:
    """Change some of what holds for a season.

    Raises:
        Invalid: see :func:`check`.
    """
    season = session.get_one(Season, season_id)
    for name, value in values.items():
        setattr(season, name, value)
    check(season)
    season_rules.keep(session, season)
    session.flush()
    return season


# ------------------------------------------------------------------------------------------------------ hours, groups
def save_block(session: Session, block: Block) -> Block:
    """Keep an opening block, new or changed.

    Raises:
        Invalid: it closes before it opens.
    """
    if block.closes <= block.opens:
        raise Invalid({"closes": _("It closes before it opens.")})
    session.add(block)
    session.flush()
    return block


def remove_block(session: Session, block: Block) -> None:
    """Remove an opening block; a season keeps at least one by day.

    Raises:
        UserError: it is the last one.
    """
    season = session.get_one(Season, block.season_id)
    if block.kind is BlockKind.DAY and sum(b.kind is BlockKind.DAY for b in blocks(session, season)) == 1:
        raise UserError(_("The space needs hours by day. Change these instead."))
    session.delete(block)
    session.flush()


def save_group(session: Session, group: Group) -> Group:
    """Keep a group, new or changed.

    Raises:
        Invalid: no name, a name twice, or the ages are the wrong way round.
    """
    group.name = " ".join(group.name.split())
    problems: dict[str, str] = {}
    if not group.name:
        problems["name"] = _("Please write the group's name.")
    with session.no_autoflush:
        others = session.scalars(select(Group).where(Group.season_id == group.season_id))
        if any(other is not group and other.name.casefold() == group.name.casefold() for other in others):
            problems["name"] = _("There is a group of this name already.")
    if group.age_to < group.age_from:
        problems["age_to"] = _("The oldest age is below the youngest.")
    if group.size < 1:
        problems["size"] = _("A group has at least one place.")
    if problems:
        raise Invalid(problems)
    session.add(group)
    session.flush()
    return group


def remove_group(session: Session, group: Group) -> None:
    """Remove a group nobody is in, nor ever was.

    Raises:
        UserError: children or printed sheets belong to it.
    """
    if session.scalars(select(Enrolment.id).where(Enrolment.group_id == group.id).limit(1)).first():
        raise UserError(_("“{group}” still has children. Move them to another group first.").format(group=group.name))
    if session.scalars(select(Sheet.id).where(Sheet.group_id == group.id).limit(1)).first():
        raise UserError(
            _("“{group}” has printed sheets and stays on record. Rename it instead.").format(group=group.name)
        )
    session.delete(group)
    session.flush()


# ----------------------------------------------------------------------------------------------------------- calendar
def mark_day(session: Session, season: Season, day: date, *, open: bool, reason: str, source: str = "") -> CalendarDay:  # noqa: A002 (the record's own word)
    """Say that a day differs from its weekday: closed although its weekday is open, or the other way round.

    Raises:
        Invalid: the day lies outside the season.
    """
    known = calendar(session, season).get(day) or CalendarDay(season_id=season.id, day=day, open=open)
    known.open, known.reason, known.source = open, reason.strip(), source.strip()
    return save_day(session, known)


def save_day(session: Session, day: CalendarDay) -> CalendarDay:
    """Keep a day that differs from its weekday, new or changed.

    Raises:
        Invalid: the day lies outside the season, or stands in the calendar already.
    """
    with session.no_autoflush:
        season = session.get_one(Season, day.season_id)
        other = calendar(session, season).get(day.day)
    if not season.first_day <= day.day <= season.last_day:
        outside = _("This day is outside the season ({first} to {last}).")
        raise Invalid({"day": outside.format(first=season.first_day, last=season.last_day)})
    if other is not None and other is not day:
        raise Invalid({"day": _("This day stands in the calendar already.")})
    session.add(day)
    session.flush()
    return day


def unmark_day(session: Session, season: Season, day: date) -> None:
    """Let a day be what its weekday says."""
    known = calendar(session, season).get(day)
    if known:
        session.delete(known)
        session.flush()


def add_holidays(session: Session, season: Season, country: str) -> int:
    """Mark the public holidays and make-up days of a country; days marked by hand stay as they are.

    Returns:
        How many days were marked.
    """
    known = calendar(session, season)
    new = {d.day: d for d in _holidays(season, country) if d.day not in known}
    session.add_all(new.values())
    session.flush()
    return len(new)


# ---------------------------------------------------------------------------------------------------------- next year
def shifted(last: Season, years: int = 1) -> date:
    """Return the first day of the same season some years later, moved by at most three days to keep its weekday."""
    year = last.first_day.year + years
    try:
        same = last.first_day.replace(year=year)
    except ValueError:  # 29 February
        same = date(year, 3, 1)
    off = (last.first_day.isoweekday() - same.isoweekday() + 3) % 7 - 3
    return same + timedelta(days=off)


def roll_over(session: Session, last: Season, *, name: str, first_day: date, country: str) -> Season:
    """Set up the next season like the last one: the same length, hours, ages, groups, shifts and rules; new holidays.

    Children are not carried over: families apply anew. Pick-up permissions end on the new first day, and agreements
    count for one season only (``enrolments.holders``), so that families are asked again. Who must not collect stays.

    Args:
        session: the open transaction.
        last: the season to copy.
        name: of the new one.
        first_day: see :func:`shifted`.
        country: two letters, for the holidays.

    Raises:
        Invalid: no name, or the seasons overlap.
    """
    if not name.strip():
        raise Invalid({"name": _("Please fill this in.")})
    if first_day <= last.last_day:
        raise Invalid({"first_day": _("The new season begins before the last one ends.")})
    length = last.last_day - last.first_day
    season = _like(last, name=name.strip(), first_day=first_day, last_day=first_day + length)
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
    patterns.copy(session, last, season)
    session.add_all(_holidays(season, country))
    _end_permissions(session, first_day)
    session.flush()
    return season


def _like(last: Season, **changes: Any) -> Season:
    """Return a new season with everything that holds for the last one, but for some changes."""
    kept = {c.key: getattr(last, c.key) for c in Season.__table__.columns if c.key not in {"id", "version"}}
    return Season(**(kept | changes))


def _end_permissions(session: Session, on: date) -> None:
    standing = select(PickupAdult).where(PickupAdult.forbidden.is_(False), PickupAdult.ended_on.is_(None))
    for adult in session.scalars(standing):
        adult.ended_on = on


def age_on(birth_date: date, day: date) -> int:
    """Return full years on a day. Source: domain.md 7 (the real birth date, not the calendar count)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


roles.guard(
    globals(),
    Right.SETTINGS,
    {Right.OFFICE: (current, every, calendar, open_days, is_open, why_closed, blocks, hours, whole_hours, groups)},
)
