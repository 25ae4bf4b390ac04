"""Going through a list: begin, answer, sign. A signed check is frozen; opening it again is on record."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _, language
from ccfs_desktop.models.check import (
    Check,
    CheckAnswer,
    CheckPhoto,
    CheckReopening,
    Finding,
    Occasion,
)
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import action_findings, check_carried, check_rules, checklists, roles
from ccfs_desktop.services.check_rules import DEADLINES, REPEAT_DAYS, REPEAT_TIMES, Lack
from ccfs_desktop.services.checklists import Checklist, Item, Kind
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signatures import Signature

_TEXTS = {"words": 500, "reason": 300, "note": 500, "no_photo": 200}
_EMPTY: dict[str, Any] = {"said": None, "numbers": "", "words": "", "first_date": None, "second_date": None}


def begin(
    session: Session, season: Season, code: str, day: date, *, by: str, slot: str = "", due: date | None = None,
    on_paper: bool = False,
) -> Check:  # fmt: skip
    """Begin a check, or go on with the one begun for the same day.

    Args:
        session: the open transaction.
        season: the season.
        code: the list, in its edition in use.
        day: the day it speaks of; an earlier one where a form is typed afterwards.
        by: who begins.
        slot: which of several, such as ``nap`` for a drill.
        due: the day it was due, where that is another one.
        on_paper: whether a clipboard form is typed.

    Raises:
        UserError: there is no such list, or the day lies in the future.
    """
    if day > clock.today():
        raise UserError(_("{day} lies in the future.").format(day=day))
    due = due or day
    query = select(Check).where(
        Check.season_id == season.id, Check.code == code, Check.due == due, Check.slot == slot, Check.frozen.is_(False)
    )
    if open_one := session.scalars(query.order_by(Check.id.desc())).first():
        return open_one
    checklist = checklists.current(session, code)
    checklists.keep(session, checklist)
    check = new(checklist, season.id, day, by=by, slot=slot, due=due, on_paper=on_paper, at=clock.now())
    session.add(check)
    session.flush()
    session.add_all(blank(checklist, check.id))
    session.flush()
    return check


def new(
    checklist: Checklist, season_id: int, day: date, *, by: str, at: datetime, slot: str = "",
    due: date | None = None, on_paper: bool = False,
) -> Check:  # fmt: skip
    """Return the record of a check that is just begun, not yet stored."""
    return Check(
        season_id=season_id, code=checklist.code, edition=checklist.edition, title=checklist.title,
        source=checklist.source, occasion=checklist.occasion, day=day, due=due or day, slot=slot, language=language(),
        started_at=at, started_by=by, on_paper=on_paper, entered_late=day < at.date(),
    )  # fmt: skip


def blank(checklist: Checklist, check_id: int) -> list[CheckAnswer]:
    """Return an empty answer to each item that is asked, with its wording as it is shown now."""
    return [
        CheckAnswer(
            check_id=check_id, position=n, item=item.id, text=item.text, wording=_(item.text), severity=item.severity
        )
        for n, item in enumerate(checklist.items)
    ]  # fmt: skip


def get(session: Session, check_id: int) -> Check:
    """Return a check.

    Raises:
        UserError: it is gone.
    """
    check = session.get(Check, check_id)
    if check is None:
        raise UserError(_("This check is no longer there."))
    return check


def list_of(session: Session, check: Check) -> Checklist:
    """Return the list a check follows, in the edition it was begun with."""
    return checklists.edition(session, check.code, check.edition)


def answers(session: Session, check_id: int) -> dict[str, CheckAnswer]:
    """Return the answers of a check by item, in their order."""
    query = select(CheckAnswer).where(CheckAnswer.check_id == check_id).order_by(CheckAnswer.position)
    return {answer.item: answer for answer in session.scalars(query)}


def answer(session: Session, check_id: int, item_id: str, **values: Any) -> CheckAnswer:
    """Say something about one item. It is on disk when the transaction ends.

    Args:
        session: the open transaction.
        check_id: the check.
        item_id: the item.
        values: ``said``; ``numbers`` as a list of texts; ``words``, ``first_date``, ``second_date``; ``reason``,
            ``note``, ``corrected``, ``no_photo``.

    Raises:
        Invalid: a number cannot be read, or a text is too long.
        UserError: the check is signed, or the answer is taken over from another record.
    """
    check = _open(session, check_id)
    checklist = list_of(session, check)
    known = answers(session, check_id)
    item, given = checklist.item(item_id), known[item_id]
    clean = _clean(item, values)
    check_carried.refuse(session, check, given, clean)
    for name, kept in clean.items():
        setattr(given, name, kept)
    check.last_at = clock.now()
    _judge(check, checklist, known)
    session.flush()
    return given


def clear(session: Session, check_id: int, item_id: str) -> CheckAnswer:
    """Take an answer back; what was written beside it stays."""
    check = _open(session, check_id)
    known = answers(session, check_id)
    check_carried.refuse(session, check, known[item_id], _EMPTY)
    for name, empty in _EMPTY.items():
        setattr(known[item_id], name, empty)
    _judge(check, list_of(session, check), known)
    session.flush()
    return known[item_id]


def describe(session: Session, check_id: int, **values: bool | time | None) -> Check:
    """Say how a check is made: ``on_paper``, and the time of the walk as written (``done_at``)."""
    check = _open(session, check_id)
    for name in {"on_paper", "done_at"} & values.keys():
        setattr(check, name, values[name])
    session.flush()
    return check


def _clean(item: Item, values: Mapping[str, Any]) -> dict[str, Any]:
    kept = dict(values)
    problems: dict[str, str] = {}
    for name, most in _TEXTS.items():
        if name in kept:
            kept[name] = str(kept[name]).strip()
            if len(kept[name]) > most:
                problems[name] = _("At most {n} characters fit here.").format(n=most)
    if "numbers" in kept:
        read: list[str] = []
        for n, (part, typed) in enumerate(zip(item.of(Kind.NUMBER), kept["numbers"], strict=True)):
            try:
                read.append(check_rules.read_number(typed, part))
            except UserError as error:
                problems[f"number{n}"] = str(error)
        kept["numbers"] = check_rules.joined(read)
    if problems:
        raise Invalid(problems)
    return kept


def _judge(check: Check, checklist: Checklist, known: Mapping[str, CheckAnswer]) -> None:
    """Judge all answers anew: one number may decide about another item."""
    others = partial(number_of, checklist, known)
    for item in checklist.items:
        known[item.id].fails = check_rules.fails(item, known[item.id], others)
    check.result = check_rules.result_so_far(checklist.items, known)


def number_of(checklist: Checklist, known: Mapping[str, CheckAnswer], reference: str) -> Decimal | None:
    """Return the number that a reference such as ``DRL05:1`` names; None while it is not typed."""
    item_id, _colon, place = reference.partition(":")
    if not reference or item_id not in known:
        return None
    return check_rules.value(check_rules.numbers(known[item_id], checklist.item(item_id))[int(place) - 1])


def judge(session: Session, check: Check, records: Iterable[CheckAnswer]) -> None:
    """Judge answers that were written together, such as those of the demonstration."""
    _judge(check, list_of(session, check), {one.item: one for one in records})


# ------------------------------------------------------------------------------------------------------- photos


def add_photo(session: Session, check_id: int, item_id: str, jpeg: bytes) -> CheckPhoto:
    """Keep a photo with an answer.

    Args:
        session: the open transaction.
        check_id: the check.
        item_id: the item.
        jpeg: as ``photos.clean`` returned it.

    Raises:
        UserError: the check is signed.
    """
    _open(session, check_id)
    photo = CheckPhoto(answer_id=answers(session, check_id)[item_id].id, jpeg=jpeg)
    session.add(photo)
    session.flush()
    return photo


def remove_photo(session: Session, check_id: int, photo_id: int) -> None:
    """Take a photo away.

    Raises:
        UserError: the check is signed.
    """
    _open(session, check_id)
    photo = session.get(CheckPhoto, photo_id)
    if photo is not None:
        session.delete(photo)
        session.flush()


def photos(session: Session, check_id: int) -> dict[str, list[CheckPhoto]]:
    """Return the photos of a check by item."""
    query = (
        select(CheckAnswer.item, CheckPhoto)
        .join(CheckAnswer, CheckAnswer.id == CheckPhoto.answer_id)
        .where(CheckAnswer.check_id == check_id)
        .order_by(CheckPhoto.id)
    )
    found: dict[str, list[CheckPhoto]] = {}
    for item, photo in session.execute(query):
        found.setdefault(item, []).append(photo)
    return found


# ------------------------------------------------------------------------------------------------------ signing


def lacking(session: Session, check_id: int) -> list[Lack]:
    """Return what must still be said before the check can be signed."""
    check = get(session, check_id)
    items = list_of(session, check).items
    query = select(CheckAnswer.item).join(CheckPhoto).where(CheckAnswer.check_id == check_id)
    return check_rules.lacking(items, answers(session, check_id), set(session.scalars(query)))


def sign(session: Session, check_id: int, signature: Signature) -> Check:
    """Sign a check: from now on it is frozen, and what failed is a finding with its corrective action.

    Raises:
        UserError: it is signed already, or something is still missing.
    """
    check = _open(session, check_id)
    missing = lacking(session, check_id)
    if missing:
        raise UserError(
            _("The check cannot be signed yet. Still missing: {what}").format(
                what=" ".join(lack.sentence for lack in missing[:3])
            )
        )
    records = answers(session, check_id)
    check.result = check_rules.result(records.values())
    freeze(check, records.values(), signature)
    found = findings_for(session, check, records.values())
    session.add_all(found)
    session.flush()
    action_findings.follow(session, check, found)
    return check


def freeze(check: Check, records: Iterable[CheckAnswer], signature: Signature) -> None:
    """Mark a check and all its answers as signed; from now on an undo of what was answered before is refused."""
    check.frozen, check.signed_name, check.signed_role = True, signature.name, signature.role
    check.signed_user, check.signed_at, check.proof = signature.user, signature.at, signature.proof
    for one in records:
        one.frozen = True


def findings_for(session: Session, check: Check, records: Iterable[CheckAnswer]) -> list[Finding]:
    """Return a finding for each failed item, with its deadline and how often it has failed lately."""
    return [
        Finding(
            check_id=check.id, season_id=check.season_id, day=check.day, item=one.item, text=one.text,
            severity=one.severity, note=one.note, corrected=one.corrected, found_at=_signed(check),
            due_at=_signed(check) + DEADLINES[one.severity], times=1 + _before(session, check, one.item),
        )
        for one in records
        if one.fails
    ]  # fmt: skip


def _signed(check: Check) -> datetime:
    return check.signed_at or check.started_at


def _before(session: Session, check: Check, item: str) -> int:
    """Return how often an item failed in the fourteen days that end with a check's own."""
    since = check.day - timedelta(days=REPEAT_DAYS - 1)
    query = select(Finding.id).where(
        Finding.season_id == check.season_id, Finding.item == item, Finding.day >= since, Finding.day <= check.day,
        Finding.check_id != check.id, Finding.withdrawn.is_(False),
    )  # fmt: skip
    return len(session.scalars(query).all())


def findings(session: Session, season: Season, check_id: int | None = None) -> list[Finding]:
    """Return the findings of a season or of one check, newest first."""
    query = select(Finding).where(Finding.season_id == season.id, Finding.withdrawn.is_(False))
    if check_id is not None:
        query = query.where(Finding.check_id == check_id)
    return list(session.scalars(query.order_by(Finding.id.desc())))


def reopen(session: Session, check_id: int, *, by: str, reason: str) -> Check:
    """Open a signed check again, to put an answer right. Who did it, why, and how it was signed stay on record.

    Raises:
        UserError: it is not signed, or no reason is given.
    """
    check = get(session, check_id)
    if not check.frozen or check.signed_at is None or check.result is None:
        raise UserError(_("This check is not signed yet."))
    if not reason.strip():
        raise UserError(_("Write why the check is opened again."))
    session.add(
        CheckReopening(
            check_id=check.id, by=by, at=clock.now(), reason=reason.strip()[:300], result=check.result,
            signed_name=check.signed_name, signed_at=check.signed_at,
        )
    )  # fmt: skip
    check.frozen, check.signed_name, check.signed_role, check.signed_user = False, "", "", ""
    check.signed_at = check.proof = None
    for one in answers(session, check_id).values():
        one.frozen = False
    for finding in session.scalars(select(Finding).where(Finding.check_id == check_id)):
        finding.withdrawn = True
    session.flush()
    return check


def reopenings(session: Session, check_id: int) -> list[CheckReopening]:
    """Return how often a check was opened again, oldest first."""
    query = select(CheckReopening).where(CheckReopening.check_id == check_id).order_by(CheckReopening.id)
    return list(session.scalars(query))


def discard(session: Session, check_id: int) -> None:
    """Throw away a check that was begun by mistake.

    Raises:
        UserError: it is signed, was signed before, or an item failed: what was found is not thrown away.
    """
    check = _open(session, check_id)
    records = answers(session, check_id)
    if reopenings(session, check_id) or any(one.fails for one in records.values()):
        raise UserError(_("Something was found in this check: it cannot be thrown away. Finish and sign it."))
    for kept in photos(session, check_id).values():
        for photo in kept:
            session.delete(photo)
    session.flush()
    for one in records.values():
        session.delete(one)
    session.flush()
    session.delete(check)
    session.flush()


def _open(session: Session, check_id: int) -> Check:
    check = get(session, check_id)
    if check.frozen:
        raise UserError(
            _("This check was signed by {name}: it does not change any more. Open it again with a reason.").format(
                name=check.signed_name
            )
        )
    return check


# ------------------------------------------------------------------------------------------------------ history


def of_season(session: Session, season: Season, code: str = "", *, until: date | None = None) -> list[Check]:
    """Return the checks of a season, newest day first."""
    query = select(Check).where(Check.season_id == season.id)
    if code:
        query = query.where(Check.code == code)
    if until:
        query = query.where(Check.day <= until)
    return list(session.scalars(query.order_by(Check.day.desc(), Check.id.desc())))


def is_repeat(finding: Finding) -> bool:
    """Tell whether a finding comes back. Source: domain.md 3, rule set: the same item three times in 14 days."""
    return finding.times >= REPEAT_TIMES


def word(check: Check) -> str:
    """Return what a check comes to, in words."""
    if check.result is None:
        return _("Begun")
    words = check_rules.OPENING_WORDS if check.occasion is Occasion.OPENING else {}
    return _(words.get(check.result, check.result.word))


roles.guard(
    globals(),
    Right.CHECKS,
    {
        Right.SAFETY: (get, list_of, answers, photos, lacking, findings_for, findings, reopenings, of_season),
        Right.CLOSE: (reopen,),
    },
)
