"""How many safety checks were made of those due, and how many items passed, list by list. Source: domain.md 6.7 K11."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.models.check import Check, CheckAnswer, Occasion, Result, Said, Severity
from ccfs_desktop.services import check_rules, check_schedule, checks, roles
from ccfs_desktop.services.check_schedule import Due, Standing
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right


@dataclass
class ListRate:
    """One list in a period."""

    code: str
    title: str
    """A message."""
    occasion: Occasion
    due: int = 0
    """How many were due; none of a list that is gone through when needed."""
    done: int = 0
    """How many of those were made and signed."""
    late: int = 0
    """How many of those were typed afterwards."""
    missed: int = 0
    """Never made, and nobody said why."""
    explained: int = 0
    """Never made in time, with a word for it."""
    made: int = 0
    """Signed checks of a day in the period, those that were not due among them."""
    answered: int = 0
    """Items answered in them, without those that do not apply or are only for the record."""
    passed: int = 0
    critical: int = 0
    """Checks that failed: a critical item was answered No."""
    findings: int = 0
    repeats: int = 0


def of_period(session: Session, period: Period) -> list[ListRate]:
    """Return each list that was due or used in a period, in the order of their occasions.

    What may still be made is not counted as due; the check before the season counts for a period that begins with
    it. Passed = answered and not failed; what does not apply is left out, as K11 says, and so is what is only for the
    record, which can neither pass nor fail.
    """
    found: dict[str, ListRate] = {}
    for one in due(session, period):
        rate = found.setdefault(one.checklist.code, _new(one))
        _count(rate, one)
    of_check: dict[int, ListRate] = {}
    for check, answers in _made(session, period):
        rate = found.setdefault(check.code, ListRate(check.code, check.title, check.occasion))
        of_check[check.id] = rate
        rate.made += 1
        rate.critical += check.result is Result.FAIL
        rate.answered += len(answers)
        rate.passed += sum(1 for answer in answers if not answer.fails)
    for finding in checks.findings(session, period.season):
        if rate := of_check.get(finding.check_id):
            rate.findings += 1
            rate.repeats += checks.is_repeat(finding)
    order = list(Occasion)
    return sorted(found.values(), key=lambda rate: (order.index(rate.occasion), rate.code))


def due(session: Session, period: Period) -> list[Due]:
    """Return the checks of a period whose time is over."""
    first = date.min if period.first <= period.season.first_day else period.first
    every = check_schedule.read(session, period.season, clock.today())
    return [one for one in every if first <= one.due <= period.until]


def _new(due: Due) -> ListRate:
    return ListRate(due.checklist.code, due.checklist.title, due.checklist.occasion)


def _count(rate: ListRate, due: Due) -> None:
    rate.due += 1
    if due.standing is Standing.DONE:
        rate.done += 1
        rate.late += bool(due.check and due.check.entered_late)
        return
    rate.explained += due.standing is Standing.EXPLAINED
    rate.missed += due.standing is not Standing.EXPLAINED


def _made(session: Session, period: Period) -> Iterator[tuple[Check, Sequence[CheckAnswer]]]:
    """Return the signed checks of a period with the answers that count."""
    query = (
        select(Check, CheckAnswer)
        .join(CheckAnswer, CheckAnswer.check_id == Check.id)
        .where(Check.season_id == period.season.id, Check.frozen)
        .order_by(Check.id, CheckAnswer.position)
    )
    first = date.min if period.first <= period.season.first_day else period.first
    made: dict[int, tuple[Check, list[CheckAnswer]]] = {}
    for check, answer in session.execute(query.where(Check.day >= first, Check.day <= period.until)):
        answers = made.setdefault(check.id, (check, []))[1]
        judged = answer.severity is not Severity.NONE
        if judged and check_rules.is_touched(answer) and answer.said is not Said.NOT_APPLICABLE:
            answers.append(answer)
    yield from made.values()


roles.guard(globals(), Right.SAFETY, {})
