"""When an item fails, what is still missing, and what a check comes to. Source: domain.md 3, rule set."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, listed
from ccfs_desktop.models.check import CheckAnswer, Result, Said, Severity
from ccfs_desktop.services.checklists import Item, Kind, Part, Wanted

_NUMBER = re.compile(r"-?\d{1,7}(\.\d{1,4})?")
_SEPARATOR = "|"

DEADLINES: dict[Severity, timedelta] = {
    Severity.CRITICAL: timedelta(),
    Severity.MAJOR: timedelta(hours=24),
    Severity.MINOR: timedelta(days=7),
}
"""How soon a finding must be put right. Source: domain.md 3, legend: at once, within 24 hours, within 7 days."""
REPEAT_DAYS, REPEAT_TIMES = 14, 3
"""The same item failing so often within so many days is a repeat finding. Source: domain.md 3, rule set."""

OPENING_WORDS: dict[Result, str] = {
    Result.PASS: N_("Safe to open"),
    Result.ACTION: N_("Open with actions"),
    Result.FAIL: N_("Not safe to open"),
}
"""What the opening check comes to."""

Others = Callable[[str], Decimal | None]
"""Returns the number that another item refers to as ``DRL05:1``; None while it is not typed."""


@dataclass(frozen=True)
class Judged:
    """What one number means."""

    fails: bool = False
    advised: bool = False
    """Within the limit, yet not as advised."""
    sentence: str = ""


@dataclass(frozen=True)
class Lack:
    """Something that must still be said before the check can be signed."""

    item: str
    sentence: str


# ------------------------------------------------------------------------------------------------------- numbers


def read_number(typed: str, part: Part) -> str:
    """Return a number as it will be kept: as typed, with our own digits and a point. Nothing typed stays nothing.

    Raises:
        UserError: it is no number, or none that this item can have.
    """
    narrow = unicodedata.normalize("NFKC", typed)
    text = "".join(str(unicodedata.decimal(c, c)) for c in narrow).strip().replace(",", ".").replace("−", "-")
    if not text:
        return ""
    if not _NUMBER.fullmatch(text):
        raise UserError(_("Type a number, in digits."))
    value = Decimal(text)
    if not part.unit and "." in text:
        raise UserError(_("Type a whole number, in digits."))
    if value < 0 and part.unit != "°C":
        raise UserError(_("This number cannot be less than zero."))
    if part.lowest is not None and value < part.lowest:
        raise UserError(_("This number cannot be less than {n}.").format(n=part.lowest))
    if part.highest is not None and value > part.highest:
        raise UserError(_("This number cannot be more than {n}.").format(n=part.highest))
    return text


def numbers(answer: CheckAnswer, item: Item) -> list[str]:
    """Return what was typed for each of an item's numbers; an empty text where nothing was."""
    count = len(item.of(Kind.NUMBER))
    return (answer.numbers.split(_SEPARATOR) + [""] * count)[:count]


def joined(texts: Sequence[str]) -> str:
    """Return an item's numbers as one text, as an answer keeps them."""
    return _SEPARATOR.join(texts) if any(texts) else ""


def value(text: str) -> Decimal | None:
    """Return a kept number as one that can be compared; None for what is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def judge(part: Part, number: Decimal, others: Others) -> Judged:
    """Judge one number by the limits of its part.

    Args:
        part: whose limits count.
        number: what was typed.
        others: finds the number another item must agree with.
    """
    for limit, broken, sentence in (
        (part.least, lambda n, x: n < x, N_("{n} is less than {limit}.")),
        (part.most, lambda n, x: n > x, N_("{n} is more than {limit}.")),
        (part.below, lambda n, x: n >= x, N_("{n} is not below {limit}.")),
        (others(part.most_of), lambda n, x: n > x, N_("{n} are needed, only {limit} are there.")),
        (others(part.same_as), lambda n, x: n != x, N_("{n} does not equal {limit}.")),
    ):
        if limit is not None and broken(number, limit):
            return Judged(fails=True, sentence=_(sentence).format(n=_with(number, part), limit=_with(limit, part)))
    for limit, broken, sentence in (
        (part.advised_least, lambda n, x: n < x, N_("{limit} or more are advised.")),
        (part.advised_most, lambda n, x: n > x, N_("{limit} or less are advised.")),
    ):
        if limit is not None and broken(number, limit):
            return Judged(advised=True, sentence=_(sentence).format(limit=_with(limit, part)))
    return Judged()


def limits(part: Part) -> str:
    """Say the limits of a number in words; empty where it has none."""
    told = [
        _(sentence).format(limit=_with(limit, part))
        for limit, sentence in (
            (part.least, N_("at least {limit}")),
            (part.most, N_("at most {limit}")),
            (part.below, N_("below {limit}")),
            (part.advised_least, N_("{limit} or more advised")),
            (part.advised_most, N_("{limit} or less advised")),
        )
        if limit is not None
    ]
    for reference, sentence in (
        (part.same_as, N_("equal to {item}, number {n}")),
        (part.most_of, N_("not more than {item}, number {n}")),
    ):
        if reference:
            item, _colon, n = reference.partition(":")
            told.append(_(sentence).format(item=item, n=n))
    return listed(told)


def _with(number: Decimal, part: Part) -> str:
    return f"{number} {part.unit}".strip()


# --------------------------------------------------------------------------------------------------------- items


def fails(item: Item, answer: CheckAnswer, others: Others) -> bool:
    """Tell whether an item fails: No was said, or a number is beyond its limits.

    No can be said of every item that has a severity, whatever it asks for. What does not apply does not fail.
    """
    if answer.said is Said.NOT_APPLICABLE or item.severity is Severity.NONE:
        return False
    if answer.said is Said.NO:
        return True
    typed = zip(item.of(Kind.NUMBER), numbers(answer, item), strict=True)
    return any(judge(part, known, others).fails for part, text in typed if (known := value(text)) is not None)


def is_answered(item: Item, answer: CheckAnswer) -> bool:
    """Tell whether everything an item asks for was said. Signatures are given to the check as a whole."""
    if answer.said in (Said.NO, Said.NOT_APPLICABLE):
        return True
    if item.of(Kind.YES) and answer.said is None:
        return False
    typed = numbers(answer, item)
    if not all(typed):
        return False
    if any(not _has_text(part, answer, typed) for part in item.of(Kind.TEXT)):
        return False
    return all((answer.first_date, answer.second_date)[: len(item.of(Kind.DATE))])


def is_optional(item: Item) -> bool:
    """Tell whether an item may stay empty: a text for the record, and what is only signed.

    A second signature asks for a name, and that may be on the paper alone.
    """
    kinds = {part.kind for part in item.parts}
    return item.severity is Severity.NONE and kinds <= {Kind.TEXT, Kind.SIGNATURE}


def is_touched(answer: CheckAnswer) -> bool:
    """Tell whether anything was said about an item."""
    return bool(answer.said or answer.numbers or answer.words or answer.first_date or answer.second_date)


def _has_text(part: Part, answer: CheckAnswer, typed: Sequence[str]) -> bool:
    none = part.unless_zero and bool(typed) and all(value(text) == 0 for text in typed)
    return bool(answer.words) or none


def lacking(items: Iterable[Item], answers: Mapping[str, CheckAnswer], pictured: set[str]) -> list[Lack]:
    """Return what must still be said before the check can be signed, in the order of the list.

    Args:
        items: what is asked.
        answers: by item.
        pictured: the items that have a photo.
    """
    return [Lack(item.id, sentence) for item in items for sentence in _lacks(item, answers[item.id], pictured)]


def _lacks(item: Item, answer: CheckAnswer, pictured: set[str]) -> Iterable[str]:
    """Source: domain.md 3 for the reason and the photo; a note on every critical or major No is ours."""
    if not is_answered(item, answer) and not is_optional(item):
        yield _("{item}: no answer yet.").format(item=item.id)
        return
    if answer.said is Said.NOT_APPLICABLE and item.severity is Severity.CRITICAL and not answer.reason:
        yield _("{item}: write why it does not apply.").format(item=item.id)
    if answer.fails and item.severity in (Severity.CRITICAL, Severity.MAJOR) and not answer.note:
        yield _("{item}: write what was found.").format(item=item.id)
    if wants_photo(item, answer) and item.id not in pictured and not answer.no_photo:
        yield _("{item}: add a photo, or write why there is none.").format(item=item.id)


def wants_photo(item: Item, answer: CheckAnswer) -> bool:
    """Tell whether a photo is wanted now."""
    return (item.photo is Wanted.ON_NO and answer.fails) or (
        item.photo is Wanted.ALWAYS and answer.said is not Said.NOT_APPLICABLE
    )


def result(answers: Iterable[CheckAnswer]) -> Result:
    """Return what the answers so far come to.

    Any critical No fails the check; a major or minor one passes it with an action, as each leaves a finding that must
    be put right. That an item was corrected on the spot does not change it: the coordinator is told all the same.

    Source: domain.md 3, rule set; that a minor No counts as an action is ours.
    """
    failed = {answer.severity for answer in answers if answer.fails}
    if Severity.CRITICAL in failed:
        return Result.FAIL
    return Result.ACTION if failed else Result.PASS


def result_so_far(items: Sequence[Item], answers: Mapping[str, CheckAnswer]) -> Result | None:
    """Return what a check that goes on comes to; None while that is not known.

    A critical item that failed decides at once. Nothing is called safe before the last answer is given; this is ours.
    """
    asked = [item for item in items if not is_optional(item)] or items
    found = result(answers.values())
    return found if found is Result.FAIL or all(is_answered(item, answers[item.id]) for item in asked) else None


def progress(items: Iterable[Item], answers: Mapping[str, CheckAnswer], lacks: Iterable[Lack] = ()) -> tuple[int, int]:
    """Return how many of the items that must be answered are complete, of how many; what may stay empty is no work."""
    open_items = {lack.item for lack in lacks}
    asked = [item for item in items if not is_optional(item)]
    done = sum(1 for item in asked if is_answered(item, answers[item.id]) and item.id not in open_items)
    return done, len(asked)
