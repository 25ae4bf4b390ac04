"""What looks unlikely about a check, shown to the officer before an auditor sees it. All of it is ours.

Source: peers.md (b) 5: back-filled sheets are recognised and labelled.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.check import Check, CheckAnswer
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

SECONDS_AN_ITEM = 2
"""Nobody walks a room faster than this; what is typed from a form is not judged by it."""
SAME_IN_A_ROW = 5
"""So many checks of a list with the very same answers, numbers included, look copied; where every answer is Yes or
zero, that is as it should be."""
_TELLING = 12
"""A text of so many letters is hardly ever written twice."""
SIGNED_TOGETHER, WITHIN = 3, timedelta(minutes=10)
"""So many days of one list signed within so short a time were filled in afterwards."""

_Sheet = tuple[tuple[str, ...], ...]


def of_season(session: Session, season: Season, checks: Sequence[Check]) -> dict[int, list[str]]:
    """Return what looks unlikely about each signed check, by its id; checks that look likely are left out.

    Args:
        session: an open session.
        season: the season.
        checks: of the season, in any order.
    """
    signed = sorted((c for c in checks if c.frozen), key=lambda c: (c.code, c.day, c.id))
    sheets = _sheets(session, season)
    found: dict[int, list[str]] = {}
    for check in signed:
        for sentence in (too_fast(check, len(sheets.get(check.id, ()))), _together(check, signed)):
            if sentence:
                found.setdefault(check.id, []).append(sentence)
    for check, run in _runs(signed, sheets).items():
        if run >= SAME_IN_A_ROW:
            sentence = _("The same answers, numbers included, for the {n}th time in a row.")
            found.setdefault(check, []).append(sentence.format(n=run))
    return found


def of(session: Session, season: Season, check: Check) -> list[str]:
    """Return what looks unlikely about one check."""
    query = select(Check).where(Check.season_id == season.id, Check.code == check.code)
    return of_season(session, season, session.scalars(query).all()).get(check.id, [])


def too_fast(check: Check, items: int) -> str:
    """Say that a list was gone through faster than anybody walks; empty where it was not, or was typed from a form."""
    if check.on_paper or check.entered_late or check.last_at is None:
        return ""
    seconds = int((check.last_at - check.started_at).total_seconds())
    if not items or seconds >= items * SECONDS_AN_ITEM:
        return ""
    return ngettext(
        "{n} item in {seconds} seconds: nobody walks that fast.",
        "{n} items in {seconds} seconds: nobody walks that fast.",
        items,
    ).format(n=items, seconds=seconds)


def _together(check: Check, signed: Sequence[Check]) -> str:
    """Say that several days of one list were signed within minutes."""
    at = check.signed_at
    if at is None:
        return ""
    near = {c.day for c in signed if c.code == check.code and c.signed_at and abs(c.signed_at - at) <= WITHIN}
    if len(near) < SIGNED_TOGETHER:
        return ""
    return _("The checks of {n} days were signed within ten minutes: filled in afterwards.").format(n=len(near))


def _runs(signed: Sequence[Check], sheets: Mapping[int, _Sheet]) -> dict[int, int]:
    """Return for each check how many in a row, up to it, have the very same answers."""
    runs: dict[int, int] = {}
    last: tuple[str, _Sheet] = ("", ())
    run = 0
    for check in signed:
        sheet = (check.code, sheets.get(check.id, ()))
        run = run + 1 if sheet == last and _tells(sheet[1]) else 1
        runs[check.id], last = run, sheet
    return runs


def _tells(sheet: _Sheet) -> bool:
    """Tell whether answers hold something that differs from day to day: a measure, or a text of some length."""
    return any(set(numbers) - set("0|") or len(text) >= _TELLING for _item, _said, numbers, text, _note in sheet)


def _sheets(session: Session, season: Season) -> dict[int, _Sheet]:
    """Return the answers of a season's signed checks, by check."""
    query = (
        select(
            CheckAnswer.check_id, CheckAnswer.item, CheckAnswer.said, CheckAnswer.numbers, CheckAnswer.words,
            CheckAnswer.note,
        )
        .join(Check, Check.id == CheckAnswer.check_id)
        .where(Check.season_id == season.id, Check.frozen)
        .order_by(CheckAnswer.check_id, CheckAnswer.position)
    )  # fmt: skip
    found: dict[int, list[tuple[str, ...]]] = {}
    for check_id, *answer in session.execute(query):
        found.setdefault(check_id, []).append(tuple(str(value) for value in answer))
    return {check_id: tuple(answers) for check_id, answers in found.items()}


roles.guard(globals(), Right.SAFETY, {})
