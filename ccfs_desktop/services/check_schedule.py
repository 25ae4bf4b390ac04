"""Which checks are due, which are late, and which were never made. Source: domain.md 3, the heading of each list."""

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, MissedCheck, Occasion
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import checklists, closing, roles, seasons
from ccfs_desktop.services.checklists import Checklist
from ccfs_desktop.services.roles import Right

FIRST_DRILL_DAYS = 3
"""The first drill comes within so many open days. Source: domain.md 3.6."""
_AHEAD = timedelta(days=60)
"""How long before the season its venue check may be made; ours."""

SLOTS: dict[str, str] = {
    "": "",
    "first": N_("first of the season"),
    "monthly": N_("of the month"),
    "nap": N_("during nap"),
    "pick-up": N_("at pick-up time"),
}
"""What tells several of one list apart. Source: domain.md 3.6 for the drills."""


class Standing(enum.StrEnum):
    """How a due check stands."""

    DUE = "due"
    """It can be made now."""
    LATE = "late"
    """It should have been made by now, today."""
    BEGUN = "begun"
    DONE = "done"
    MISSED = "missed"
    """Its time is over, and nobody has said why."""
    EXPLAINED = "explained"


@dataclass(frozen=True)
class Due:
    """One check that is due, or was."""

    checklist: Checklist
    slot: str
    first: date
    """From when on it may be made."""
    due: date
    """The last day on which it counts."""
    standing: Standing
    check: Check | None = None
    missed: MissedCheck | None = None

    @property
    def key(self) -> tuple[str, date, str]:
        """What names it."""
        return self.checklist.code, self.due, self.slot

    @property
    def open(self) -> bool:
        """Whether somebody must still do something about it."""
        return self.standing not in (Standing.DONE, Standing.EXPLAINED)


@dataclass(frozen=True)
class _Window:
    first: date
    due: date
    slot: str = ""


def read(session: Session, season: Season, day: date) -> list[Due]:
    """Return every check that was due in the season until a day, or can be made on it, newest first.

    Args:
        session: an open session.
        season: the season.
        day: usually today.
    """
    open_days = seasons.open_days(session, season)
    checks = session.scalars(select(Check).where(Check.season_id == season.id).order_by(Check.id)).all()
    told = session.scalars(select(MissedCheck).where(MissedCheck.season_id == season.id))
    missed = {(m.code, m.due, m.slot): m for m in told}
    late = _is_late(session, season, day)
    found = [
        _due(checklist, window, [c for c in checks if c.code == checklist.code], missed, day, late)
        for checklist in checklists.in_use(session)
        for window in _windows(checklist.occasion, season, open_days)
        if window.first <= day
    ]
    order = list(Occasion)
    return sorted(found, key=lambda d: (-d.due.toordinal(), order.index(d.checklist.occasion), d.checklist.code))


def today(session: Session, season: Season, day: date) -> list[Due]:
    """Return what can still be done now: due on this day or in a longer time, and what was missed."""
    return [due for due in read(session, season, day) if due.due >= day or due.standing is Standing.MISSED]


def _due(
    checklist: Checklist, window: _Window, checks: Sequence[Check], missed: Mapping[tuple[str, date, str], MissedCheck],
    day: date, late: Callable[[Occasion], bool],
) -> Due:  # fmt: skip
    mine = [check for check in checks if _belongs(check, window)]
    done = next((check for check in reversed(mine) if check.frozen), None)
    begun = next((check for check in reversed(mine) if not check.frozen), None)
    word = missed.get((checklist.code, window.due, window.slot))
    if done:
        standing = Standing.DONE
    elif word:
        standing = Standing.EXPLAINED
    elif begun:
        standing = Standing.BEGUN
    elif window.due < day:
        standing = Standing.MISSED
    else:
        standing = Standing.LATE if window.due == day and late(checklist.occasion) else Standing.DUE
    return Due(checklist, window.slot, window.first, window.due, standing, done or begun, word)


def _belongs(check: Check, window: _Window) -> bool:
    """Tell whether a check was made for a due time: named so when it was begun, or made in that time.

    A drill during nap or at pick-up time must be one; any drill counts as the first and as the month's.
    """
    if check.due == window.due and check.slot == window.slot:
        return True
    if window.slot in ("nap", "pick-up"):
        return check.slot == window.slot
    return window.first <= check.day <= window.due


def _windows(occasion: Occasion, season: Season, open_days: Sequence[date]) -> Iterator[_Window]:
    """Return when the checks of an occasion may be made; those that are made when needed are never due."""
    if not open_days:
        return
    match occasion:
        case Occasion.OPENING | Occasion.CLOSING | Occasion.MEAL:
            yield from (_Window(day, day) for day in open_days)
        case Occasion.WEEKLY:
            yield from (_Window(week[0] - timedelta(days=week[0].weekday()), week[-1]) for week in _weeks(open_days))
        case Occasion.MONTHLY:
            yield from (_Window(month[0], month[-1]) for month in _months(open_days))
        case Occasion.DRILL:
            yield from _drills(open_days)
        case Occasion.BEFORE_SEASON:
            yield _Window(season.first_day - _AHEAD, open_days[0] - timedelta(days=1))
        case Occasion.NEEDED:
            pass


def _drills(open_days: Sequence[date]) -> Iterator[_Window]:
    """Source: domain.md 3.6: the first within three days, then monthly, one during nap and one at pick-up time."""
    yield _Window(open_days[0], open_days[:FIRST_DRILL_DAYS][-1], "first")
    yield from (_Window(month[0], month[-1], "monthly") for month in list(_months(open_days))[1:])
    yield from (_Window(open_days[0], open_days[-1], slot) for slot in ("nap", "pick-up"))


def _weeks(open_days: Sequence[date]) -> Iterator[list[date]]:
    yield from (list(days) for _week, days in groupby(open_days, lambda d: d.isocalendar()[:2]))


def _months(open_days: Sequence[date]) -> Iterator[list[date]]:
    yield from (list(days) for _month, days in groupby(open_days, lambda d: (d.year, d.month)))


def _is_late(session: Session, season: Season, day: date) -> Callable[[Occasion], bool]:
    """Tell which of today's checks should have been made by now: to open, and once the last child has left."""
    now = clock.now()
    if day != now.date():
        return lambda _occasion: False
    opens, closes = seasons.hours(session, season).opens, closing.closing_time(session, season)
    here = select(Visit.id).where(Visit.season_id == season.id, Visit.day == day, Visit.signed_out.is_(False)).limit(1)
    over = now.time() > closes and session.scalars(here).first() is None
    after = {Occasion.OPENING: now.time() >= opens, Occasion.CLOSING: over}
    return lambda occasion: after.get(occasion, False)


def explain(
    session: Session, season: Season, key: tuple[str, date, str], explanation: str, *, by: str
) -> MissedCheck:  # fmt: skip
    """Say why a check was never made. The miss stays on record, also when the check is made later.

    Args:
        session: the open transaction.
        season: the season.
        key: list, day due and slot, see :attr:`Due.key`.
        explanation: why.
        by: who says so.

    Raises:
        UserError: no word, its time is not over, it was made, or it is explained already.
    """
    if not explanation.strip():
        raise UserError(_("Write why this check was not made."))
    due = next((one for one in read(session, season, clock.today()) if one.key == key), None)
    if due is None or due.due >= clock.today():
        raise UserError(_("The time of this check is not over yet."))
    if due.standing is Standing.DONE:
        raise UserError(_("This check was made."))
    if due.missed:
        raise UserError(_("Why this check was missed is on record already; it stays."))
    code, day, slot = key
    missed = MissedCheck(
        season_id=season.id, code=code, due=day, slot=slot, explanation=explanation.strip()[:300], by=by, at=clock.now()
    )  # fmt: skip
    session.add(missed)
    session.flush()
    return missed


roles.guard(globals(), Right.CHECKS, {Right.SAFETY: (read, today)})
