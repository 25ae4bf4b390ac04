"""The plan of the patrols: which areas are walked, on which days, at about what time.

Source: domain.md 8.9, 5.2 (1). When a patrol is late is ours; so is that a plan is never changed backwards: what was
planned and not walked would vanish with it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.patrol import Patrol, PatrolRound
from ccfs_desktop.services import roles, seasons
from ccfs_desktop.services.roles import Right, require

LATE_AFTER = timedelta(minutes=60)
"""So long after its time a patrol that is not in the log counts as late; ours."""
_ANY_TIME = time(15)
"""From when on a patrol planned for any time of the day is late; ours."""
_OUTSIDE = range(1, 7)
"""Monday to Saturday, outside a season."""
_BACK = timedelta(days=400)
"""So far back a plan may begin, for patrols that are still on paper; ours."""


@dataclass(frozen=True)
class Plan:
    """What is planned, as it is typed."""

    name: str
    areas: str
    first_day: date
    at: time | None = None
    weekdays: str = ""
    last_day: date | None = None


def current(session: Session, day: date) -> list[PatrolRound]:
    """Return the patrols that are planned on a day or later, in the order of the day."""
    query = select(PatrolRound).where(or_(PatrolRound.last_day.is_(None), PatrolRound.last_day >= day))
    return sorted(session.scalars(query), key=order)


def over(session: Session, day: date) -> list[PatrolRound]:
    """Return the patrols whose plan ended before a day, the last one first."""
    query = select(PatrolRound).where(PatrolRound.last_day < day).order_by(PatrolRound.last_day.desc(), PatrolRound.id)
    return list(session.scalars(query))


def get(session: Session, round_id: int) -> PatrolRound:
    """Return a planned patrol.

    Raises:
        UserError: it is gone.
    """
    found = session.get(PatrolRound, round_id)
    if found is None:
        raise UserError(_("This patrol is no longer planned."))
    return found


def order(one: PatrolRound) -> tuple[time, str, int]:
    """Return what planned patrols are sorted by: the time, those at any time last."""
    return one.at or time.max, one.name, one.id


def is_late(one: PatrolRound, day: date, now: datetime) -> bool:
    """Tell whether a planned patrol of a day should have been walked by now."""
    since = datetime.combine(day, one.at) + LATE_AFTER if one.at else datetime.combine(day, _ANY_TIME)
    return now >= since


def areas_of(text: str) -> list[str]:
    """Return the areas of a plan or a patrol, one for each row of the text."""
    return [" ".join(row.split()) for row in text.splitlines() if row.strip()]


def add(session: Session, plan: Plan) -> PatrolRound:
    """Plan a patrol.

    Raises:
        Invalid: name, areas, days or dates are wrong.
        UserError: the role may not.
    """
    require(session, Right.LOGS)
    made = PatrolRound(**_checked(plan))
    session.add(made)
    session.flush()
    return made


def change(session: Session, round_id: int, plan: Plan) -> PatrolRound:
    """Plan a patrol otherwise from today on; until yesterday it stays as it was planned.

    Where today's was walked, or is late, the change holds from tomorrow on.

    Args:
        session: the open transaction.
        round_id: the planned patrol.
        plan: as it is to be; the first day only counts where the patrol has not begun yet.

    Returns:
        what is planned from then on: another record where the patrol had begun.

    Raises:
        Invalid: name, areas, days or dates are wrong.
        UserError: it is over, or the role may not.
    """
    require(session, Right.LOGS)
    held, today = get(session, round_id), clock.today()
    if held.last_day and held.last_day < today:
        raise UserError(_("This patrol is no longer planned. Plan another one."))
    values = _checked(plan)
    if held.first_day < today:
        last = _last_fixed(session, held, today)
        if values["last_day"] and values["last_day"] <= last:
            raise Invalid({"last_day": _("The plan cannot end before today: what was not walked stays on record.")})
        held.last_day, values["first_day"] = last, last + timedelta(days=1)
        held = PatrolRound(**values)
        session.add(held)
    else:
        for name, value in values.items():
            setattr(held, name, value)
    session.flush()
    return held


def end(session: Session, round_id: int) -> None:
    """Walk a patrol no more from today on, or from tomorrow if it was walked today or is late. What was missed stays.

    Raises:
        UserError: the role may not, or it is gone.
    """
    require(session, Right.LOGS)
    held, today = get(session, round_id), clock.today()
    last = _last_fixed(session, held, today)
    if held.last_day and held.last_day <= last:
        return
    if held.first_day > last:  # nothing was planned yet, so nothing is lost
        session.delete(held)
    else:
        held.last_day = last
    session.flush()


def days(session: Session, rounds: list[PatrolRound], first: date, last: date) -> dict[int, list[date]]:
    """Return planned patrol → the days of a period on which it is planned, in order.

    Where a plan names weekdays they hold, closed days of the space included: the factory works on. Where it names none,
    it is every open day of a season, and Monday to Saturday outside it.
    """
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working: set[date] | None = None
    found: dict[int, list[date]] = {}
    for one in rounds:
        mine = [d for d in every if one.first_day <= d and (one.last_day is None or d <= one.last_day)]
        if one.weekdays:
            found[one.id] = [d for d in mine if str(d.isoweekday()) in one.weekdays]
            continue
        if working is None:
            working = _working(session, every)
        found[one.id] = [d for d in mine if d in working]
    return found


def _working(session: Session, every: list[date]) -> set[date]:
    """Return the working days among some days in order."""
    inside: set[date] = set()
    working: set[date] = set()
    for season in seasons.every(session):
        mine = {d for d in every if season.first_day <= d <= season.last_day}
        if mine:
            inside |= mine
            working |= mine & set(seasons.open_days(session, season, every[-1]))
    return working | {d for d in every if d not in inside and d.isoweekday() in _OUTSIDE}


def _last_fixed(session: Session, one: PatrolRound, today: date) -> date:
    """Return the last day that is no longer changed: today once its patrol is walked or late, else yesterday."""
    query = select(Patrol.id).where(Patrol.round_id == one.id, Patrol.day >= today).limit(1)
    planned = today in days(session, [one], today, today)[one.id]
    fixed = session.scalars(query).first() is not None or (planned and is_late(one, today, clock.now()))
    return today if fixed else today - timedelta(days=1)


def _checked(plan: Plan) -> dict[str, Any]:
    """Return what is kept of a plan.

    Raises:
        Invalid: something in it is wrong.
    """
    areas = list(dict.fromkeys(areas_of(plan.areas)))
    problems: dict[str, str] = {}
    if not plan.name.strip():
        problems["name"] = _("Give the patrol a name, such as Morning.")
    if not areas:
        problems["areas"] = _("Name at least one area, one in each row.")
    if plan.first_day < clock.today() - _BACK:
        problems["first_day"] = _("The plan cannot begin so long ago.")
    if plan.last_day and plan.last_day < plan.first_day:
        problems["last_day"] = _("The last day lies before the first.")
    if problems:
        raise Invalid(problems)
    return {
        "name": plan.name.strip(), "areas": "\n".join(areas), "at": plan.at, "first_day": plan.first_day,
        "weekdays": "".join(sorted(set(plan.weekdays) & set("1234567"))), "last_day": plan.last_day,
    }  # fmt: skip


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (current, over, get, days)})
