"""Where two records say different things of one day: a check against the register, the duty list, incidents, an action.

Who compares them finds it within minutes, so the officer sees it first. What counts as a contradiction is ours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.action import Action, Stage
from ccfs_desktop.models.check import Check, CheckAnswer, Finding, Occasion, Said
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import incident_list
from ccfs_desktop.services.flaws import Flaw, Ground
from ccfs_desktop.services.incident_list import State

_DAILY = (Occasion.OPENING, Occasion.CLOSING, Occasion.MEAL)
"""Lists that somebody goes through who is with the children."""
_CLOCKS = timedelta(minutes=10)
"""Two clocks, or a time written down before the last line: so much lies between honest records."""
_COUNTED = {
    "CLS02": N_("rows without a signature"),
    "CLS05": N_("incidents"),
    "CLS13": N_("children found in production"),
}
"""Items of the closing check whose first number stands in other records, too. Source: domain.md 3.3."""


def of_checks(ground: Ground) -> Iterator[Flaw]:
    """Return signed checks that the register, the duty list, the incidents or the patrols contradict."""
    query = select(Check).where(Check.season_id == ground.season.id, Check.frozen, Check.occasion.in_(_DAILY))
    every = [c for c in ground.session.scalars(query.order_by(Check.day, Check.id)) if ground.within(c.day)]
    yield from _signers(ground, every)
    closings = [check for check in every if check.occasion is Occasion.CLOSING]
    yield from _too_early(ground, closings)
    yield from _counts(ground, closings)


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
    query = select(Visit.day, func.max(Visit.departed)).where(Visit.season_id == ground.season.id)
    last = {row[0]: row[1] for row in ground.session.execute(query.group_by(Visit.day))}
    for check in closings:
        at, left = _walked(check), _moment(check.day, last.get(check.day))
        if at and left and at + _CLOCKS < left:
            told = _("{list} of {day} was made at {at}; by the register the last child left at {left}.")
            yield _flaw("check-early", check, told, at=f"{at:%H:%M}", left=f"{left:%H:%M}")


def _counts(ground: Ground, closings: Sequence[Check]) -> Iterator[Flaw]:
    """Return closing checks with another number than the records of that day have; what is not typed is left out."""
    by_id = {check.id: check for check in closings}
    query = select(CheckAnswer).where(CheckAnswer.check_id.in_(list(by_id)), CheckAnswer.item.in_(list(_COUNTED)))
    records: Mapping[str, Counter[date]] = {
        "CLS02": _unsigned(ground), "CLS05": _incidents(ground), "CLS13": _found(ground),
    }  # fmt: skip
    wrong: dict[int, list[str]] = defaultdict(list)
    for answer in ground.session.scalars(query.order_by(CheckAnswer.check_id, CheckAnswer.position)):
        said = answer.numbers.partition("|")[0]
        there = records[answer.item][by_id[answer.check_id].day]
        if said.isdecimal() and int(said) != there:
            told = _("{what}: {said} in the check, {there} in the records")
            wrong[answer.check_id].append(told.format(what=_(_COUNTED[answer.item]), said=said, there=there))
    for check_id, sentences in wrong.items():
        yield _flaw("check-count", by_id[check_id], _("{list} of {day}: {facts}."), facts="; ".join(sentences))


def _unsigned(ground: Ground) -> Counter[date]:
    query = select(Visit.day).where(Visit.season_id == ground.season.id, or_(Visit.unsigned_in, Visit.unsigned_out))
    return Counter(ground.session.scalars(query))


def _incidents(ground: Ground) -> Counter[date]:
    rows = incident_list.rows(ground.session, ground.season)
    return Counter(row.day for row in rows if row.state is not State.DISCARDED)


def _found(ground: Ground) -> Counter[date]:
    return Counter(ground.session.scalars(select(Sighting.day).where(Sighting.day.between(ground.first, ground.until))))


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
