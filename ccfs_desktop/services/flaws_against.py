"""Where two records say different things of one day: a check against the register, the duty list, incidents, an action.

Who compares them finds it within minutes, so the officer sees it first. What counts as a contradiction is ours.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import and_, func, or_, select

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.action import Action, Stage
from ccfs_desktop.models.check import Check, CheckAnswer, Finding, Occasion, Said
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import DayClose, Visit
from ccfs_desktop.services import incident_list, ratio_proof
from ccfs_desktop.services.flaws import Flaw, Ground
from ccfs_desktop.services.incident_list import State

_DAILY = (Occasion.OPENING, Occasion.CLOSING, Occasion.MEAL)
"""Lists that somebody goes through who is with the children."""
_CLOCKS = timedelta(minutes=10)
"""Two clocks, or a time written down before the last line: so much lies between honest records."""
_COUNTED = {
    "CLS02": N_("rows without a signature"),
    "CLS05": N_("incidents of the day"),
    "CLS13": N_("children found in production"),
    "WKL08": N_("rows without a time or a signature"),
    "WKL09": N_("times with too few adults"),
}
"""Items whose first number stands in other records, too. Source: domain.md 3.3 and 3.4."""


def of_checks(ground: Ground) -> Iterator[Flaw]:
    """Return signed checks whose signer was not there, and closing checks made while children were."""
    every = _signed(ground)
    yield from _signers(ground, [check for check in every if check.occasion in _DAILY])
    yield from _too_early(ground, [check for check in every if check.occasion is Occasion.CLOSING])


def _signed(ground: Ground) -> list[Check]:
    query = select(Check).where(Check.season_id == ground.season.id, Check.frozen).order_by(Check.day, Check.id)
    return [check for check in ground.session.scalars(query) if ground.within(check.day)]


def _walked(check: Check) -> datetime | None:
    """Return when a check was made; None where nobody wrote that down."""
    if check.on_paper or check.entered_late:
        return datetime.combine(check.day, check.done_at) if check.done_at else None
    return check.signed_at if check.signed_at and check.signed_at.date() == check.day else None


def _flaw(kind: str, check: Check, told: str, **more: object) -> Flaw:
    facts = {"list": _(check.title), "day": check.day, **more}
    return Flaw(
        kind, check.day, told.format(**facts), "safety", {"check": check.id}, key=str(check.id), who=check.signed_name
    )


# ------------------------------------------------------------------------------------------------------- who signed it


def _signers(ground: Ground, checks: Iterable[Check]) -> Iterator[Flaw]:
    """Return checks signed by one of the staff who was not there; of others, and of days without a list, none knows."""
    query = select(Duty, Staff.name).join(Staff, Staff.id == Duty.staff_id)
    stays: dict[date, dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    for duty, name in ground.session.execute(query.where(Duty.season_id == ground.season.id)):
        stays[duty.day][name].append(duty)
    staff = set(ground.session.scalars(select(Staff.name)))
    for check in checks:
        if check.day not in stays or check.signed_name not in staff:
            continue
        own, at = stays[check.day].get(check.signed_name), _walked(check)
        if not own:
            told = _("{list} of {day} is signed by {name}, who is not on the duty list of that day.")
            yield _flaw("check-signer", check, told, name=check.signed_name)
        elif at and not any(_covers(duty, at) for duty in own):
            told = _("{list} of {day}, {at}, is signed by {name}, who by the duty list was not there at that time.")
            yield _flaw("check-signer", check, told, name=check.signed_name, at=f"{at:%H:%M}")


def _covers(duty: Duty, at: datetime) -> bool:
    """Tell whether somebody may have been there: what is not known speaks against nobody."""
    since, until = (_moment(duty.day, one) for one in (duty.arrived, duty.departed))
    return (since is None or since - _CLOCKS <= at) and (until is None or at <= until + _CLOCKS)


def _moment(day: date, at: time | None) -> datetime | None:
    return datetime.combine(day, at) if at else None


# ------------------------------------------------------------------------------------------------------ what it counts


def _too_early(ground: Ground, closings: Sequence[Check]) -> Iterator[Flaw]:
    """Return closing checks made while children were still there. Source: domain.md 3.3, when the last has left."""
    last = _last_left(ground)
    for check in closings:
        at, left = _walked(check), last.get(check.day)
        if at and left and at + _CLOCKS < left:
            told = _("{list} of {day} was made at {at}; by the register the last child left at {left}.")
            yield _flaw("check-early", check, told, at=f"{at:%H:%M}", left=f"{left:%H:%M}")


def of_closing(ground: Ground) -> Iterator[Flaw]:
    """Return days that were closed while by the register children were still there."""
    last = _last_left(ground)
    query = select(DayClose).where(DayClose.season_id == ground.season.id).order_by(DayClose.day)
    for close in ground.session.scalars(query):
        left = last.get(close.day)
        if left and close.closed_at < left and ground.within(close.day):
            told = _("{day} was closed at {at}; by the register the last child left at {left}.")
            sentence = told.format(day=close.day, at=f"{close.closed_at:%H:%M}", left=f"{left:%H:%M}")
            yield Flaw("closed-early", close.day, sentence, "attendance", {"day": close.day}, who=close.closed_by)


def _last_left(ground: Ground) -> dict[date, datetime]:
    query = select(Visit.day, func.max(Visit.departed)).where(Visit.season_id == ground.season.id)
    every = ground.session.execute(query.group_by(Visit.day))
    return {day: datetime.combine(day, left) for day, left in every if left}


def of_counts(ground: Ground) -> Iterator[Flaw]:
    """Return checks with another number than the records have; what is not typed is left out.

    It proves the ratio of whole weeks anew, which takes its time. A weekly check may have been made before its own day
    was over, so that day's records may count or not.
    """
    by_id = {check.id: check for check in _signed(ground)}
    query = select(CheckAnswer).where(CheckAnswer.check_id.in_(list(by_id)), CheckAnswer.item.in_(list(_COUNTED)))
    records = {
        "CLS02": _rows(ground, times=False), "CLS05": _incidents(ground), "CLS13": _found(ground),
        "WKL08": _rows(ground, times=True), "WKL09": cache(partial(_short, ground)),
    }  # fmt: skip
    wrong: dict[int, list[str]] = defaultdict(list)
    for answer in ground.session.scalars(query.order_by(CheckAnswer.check_id, CheckAnswer.position)):
        check, said, there = by_id[answer.check_id], answer.numbers.partition("|")[0], records[answer.item]
        if not said.isdecimal():
            continue
        before = range(check.day.weekday()) if check.occasion is Occasion.WEEKLY else ()
        least = sum(there(check.day - timedelta(days=check.day.weekday() - n)) for n in before)
        most = least + there(check.day)
        if not (least if before else most) <= int(said) <= most:
            told = _("{what}: {said} in the check, {there} in the records")
            wrong[check.id].append(told.format(what=_(_COUNTED[answer.item]), said=said, there=most))
    for check_id, sentences in wrong.items():
        yield _flaw("check-count", by_id[check_id], _("{list} of {day}: {facts}."), facts="; ".join(sentences))


_CountOf = Callable[[date], int]


def _rows(ground: Ground, *, times: bool) -> _CountOf:
    """Return how many visits of a day lack a signature, or a time either."""
    lacking: list[Any] = [Visit.unsigned_in, Visit.unsigned_out]
    if times:
        lacking += [Visit.arrived.is_(None), and_(Visit.signed_out, Visit.departed.is_(None))]
    query = select(Visit.day).where(Visit.season_id == ground.season.id, or_(*lacking))
    return Counter(ground.session.scalars(query)).__getitem__


def _incidents(ground: Ground) -> _CountOf:
    rows = incident_list.rows(ground.session, ground.season)
    return Counter(row.day for row in rows if row.state is not State.DISCARDED).__getitem__


def _found(ground: Ground) -> _CountOf:
    days = select(Sighting.day).where(Sighting.day.between(ground.first, ground.until))
    return Counter(ground.session.scalars(days)).__getitem__


def _short(ground: Ground, day: date) -> int:
    return len(ratio_proof.of_day(ground.session, ground.season, day).breaches)


# ---------------------------------------------------------------------------------------------------- what is not done


def of_actions(ground: Ground) -> Iterator[Flaw]:
    """Return actions on an item that checks called good while the action was still to be done; each once.

    What was put right on the spot is left out: there the action looks for the cause.
    """
    query = (
        select(Action, Check.code)
        .join(Finding, Finding.id == Action.finding_id)
        .join(Check, Check.id == Finding.check_id)
        .where(Action.season_id == ground.season.id, Action.stage != Stage.NO_ACTION, Finding.corrected.is_(False))
        .order_by(Action.found_on, Action.id)
    )
    good = _good(ground)
    for action, code in ground.session.execute(query):
        until = action.done_on or ground.today
        days = [day for day in good.get((code, action.item), ()) if action.found_on < day < until]
        if days and ground.within(days[0], days[-1]):
            yield _of_action(action, days)


def _good(ground: Ground) -> dict[tuple[str, str], list[date]]:
    """Return list and item → days on which a signed check says Yes to it."""
    query = (
        select(Check.code, CheckAnswer.item, Check.day)
        .join(CheckAnswer, CheckAnswer.check_id == Check.id)
        .where(Check.season_id == ground.season.id, Check.frozen, CheckAnswer.said == Said.YES, ~CheckAnswer.fails)
        .where(CheckAnswer.item.in_(select(Action.item).where(Action.season_id == ground.season.id)))
        .order_by(Check.day, Check.id)
    )
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for code, item, day in ground.session.execute(query):
        found[code, item].append(day)
    return found


def _of_action(action: Action, days: Sequence[date]) -> Flaw:
    told = ngettext(
        "{number} ({item}) was not done yet, and the check of {first} says Yes.",
        "{number} ({item}) was not done yet, and {n} checks from {first} to {last} say Yes.",
        len(days),
    ).format(number=action.number, item=action.item, n=len(days), first=days[0], last=days[-1])
    return Flaw(
        "check-action", days[0], told, incident_list.PAGE, {"action": action.id}, key=str(action.id), until=days[-1],
        who=action.owner,
    )  # fmt: skip
