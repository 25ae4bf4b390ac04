"""Drills: the head-count at the meeting point against everybody who was in the space at that moment.

What register, duty list and visitor log said is frozen into the record. The record begins the check that goes with it
(list DRL) and carries its numbers over, in this one direction: they are put right here and nowhere else.
Source: domain.md 3.6 and 8.13.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check, CheckAnswer, Said
from ccfs_desktop.models.log import Drill, DrillKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    check_carried,
    check_rules,
    check_schedule,
    checklists,
    checks,
    logbook,
    present,
    roles,
    seasons,
)
from ccfs_desktop.services.check_schedule import Due, Standing
from ccfs_desktop.services.checklists import Kind
from ccfs_desktop.services.roles import Right

CODE = "DRL"
TARGET_SECONDS = 180
"""By then everybody is at the meeting point, unless the office's own edition of the list says otherwise.

Source: domain.md 3.6, DRL09.
"""
WHEN: dict[str, str] = {
    "": N_("At an ordinary time"), "nap": N_("During nap"), "pick-up": N_("At pick-up time"),
}  # fmt: skip
"""What tells drills apart. Source: domain.md 3.6: at least one during nap and one at pick-up time."""

_COUNTED = (
    ("children", N_("Children: {counted} counted, {known} by the register.")),
    ("adults", N_("Adults: {counted} counted, {known} by the duty list.")),
    ("visitors", N_("Visitors: {counted} counted, {known} by the log.")),
)


def record(
    session: Session, season: Season, day: date, at: time, *, by: str, when: str = "",
    kind: DrillKind = DrillKind.EVACUATION, **values: Any,
) -> Drill:  # fmt: skip
    """Record a drill, and begin the check that goes with it or go on with it.

    Args:
        session: the open transaction.
        season: the season.
        day: the day.
        at: when it began, local time to the minute.
        by: who records it.
        when: one of :data:`WHEN`; it decides for which due drill it counts.
        kind: what was practised.
        values: ``announced``, ``seconds``, ``children_counted``, ``adults_counted``, ``visitors_counted``, ``missing``,
            ``leader``, ``problems``.

    Raises:
        Invalid: a number is negative, or heads were missing and nobody is named.
        UserError: the role may not, the time lies in the future, or the check of an earlier drill is in the way.
    """
    late = logbook.check(session, season, day, at)
    drill = Drill(
        season_id=season.id, day=day, at=at, kind=kind, entered_late=late, children_register=0, adults_register=0
    )  # fmt: skip
    logbook.put(drill, heads(session, season, day, at))
    logbook.put(drill, values)
    _check(drill)
    session.add(drill)
    session.flush()
    drill.check_id = _checked(session, season, drill, when, by).id
    _carry(session, drill)
    session.flush()
    return drill


def change(session: Session, drill_id: int, **values: Any) -> Drill:
    """Put a record right; of another day or time the register of that moment is read anew.

    Raises:
        Invalid: see :func:`record`.
        UserError: the record is gone, or its check is signed.
    """
    drill = logbook.get(session, Drill, drill_id)
    _require_open(session, drill)
    logbook.put(drill, values)
    if {"day", "at"} & values.keys():
        season = next(one for one in seasons.every(session) if one.id == drill.season_id)
        logbook.check(session, season, drill.day, drill.at)
        logbook.put(drill, heads(session, season, drill.day, drill.at))
        if check := _check_of(session, drill):
            check.day = drill.day
    _check(drill)
    _carry(session, drill)
    session.flush()
    return drill


def remove(session: Session, drill_id: int) -> None:
    """Take back a record made by mistake, and its check unless more was answered in it.

    Raises:
        UserError: the record is gone, its check is signed, or something was found.
    """
    drill = logbook.get(session, Drill, drill_id)
    _require_open(session, drill)
    check = _check_of(session, drill)
    session.delete(drill)
    session.flush()
    if check is None:
        return
    touched = (a.item for a in checks.answers(session, check.id).values() if check_rules.is_touched(a))
    if set(touched) <= _carried(drill).keys():
        checks.discard(session, check.id)


def heads(session: Session, season: Season, day: date, at: time) -> dict[str, int]:
    """Return how many were in the space at that moment, as a record keeps it."""
    there = present.read(session, season, day, at)
    return {
        "children_register": len(there.children),
        "adults_register": len(there.adults),
        "visitors_register": len(there.visitors),
    }


def differences(drill: Drill) -> list[str]:
    """Return in words where the head-count and the records of that moment differ."""
    return [
        _(sentence).format(counted=counted, known=known)
        for sentence, counted, known in _counts(drill)
        if counted is not None and counted != known
    ]


def target(session: Session) -> int:
    """Return within how many seconds everybody must be at the meeting point, by the list in use."""
    item = next((i for i in checklists.current(session, CODE).items if i.id == "DRL09"), None)
    most = next((part.most for part in item.of(Kind.NUMBER) if part.most is not None), None) if item else None
    return TARGET_SECONDS if most is None else int(most)


def due(session: Session, season: Season, day: date) -> list[Due]:
    """Return the drills that were due or can be made now, in the order of their last day."""
    found = [one for one in check_schedule.read(session, season, day) if one.checklist.code == CODE]
    return sorted(found, key=lambda one: (one.due, one.slot))


_WAITING = (Standing.DUE, Standing.LATE, Standing.BEGUN)


def next_due(session: Session, season: Season, day: date) -> date | None:
    """Return the day by which, as things stand on the next open day, a drill must be made; None for none."""
    then = next((later for later in seasons.open_days(session, season) if later > day), day)
    waiting = [one.due for one in due(session, season, then) if one.standing in _WAITING]
    return min(waiting, default=None)


def before(session: Session, season: Season, day: date) -> Drill | None:
    """Return the last drill of the season before a day; None where none is on record."""
    query = select(Drill).where(Drill.season_id == season.id, Drill.day < day)
    return session.scalars(query.order_by(Drill.day.desc(), Drill.at.desc(), Drill.id.desc()).limit(1)).first()


def usual(season: Season, at: time) -> str:
    """Return which of :data:`WHEN` a time of day falls into, as far as the season's hours say."""
    naps = season.nap_from and season.nap_until and season.nap_from <= at < season.nap_until
    return "nap" if naps else ""


def when(check: Check | None) -> str:
    """Return which of :data:`WHEN` a drill was, by its check."""
    return check.slot if check and check.slot in WHEN else ""


def checks_of(session: Session, drills: list[Drill]) -> dict[int, Check]:
    """Return drill id → the check that goes with it."""
    ids = {drill.check_id: drill.id for drill in drills if drill.check_id}
    return {ids[check.id]: check for check in session.scalars(select(Check).where(Check.id.in_(ids)))}


# ---------------------------------------------------------------------------------------------------- inside
def _counts(drill: Drill) -> Iterator[tuple[str, int | None, int]]:
    for name, sentence in _COUNTED:
        yield sentence, getattr(drill, f"{name}_counted"), getattr(drill, f"{name}_register")


def _check(drill: Drill) -> None:
    names = ("seconds", "children_counted", "adults_counted", "visitors_counted")
    problems = {name: _("This cannot be negative.") for name in names if (getattr(drill, name) or 0) < 0}
    if differences(drill) and not drill.missing:
        problems["missing"] = _(
            "The head-count differs: {how} Write who was missing and where they were found."
        ).format(how=" ".join(differences(drill)))
    if problems:
        raise Invalid(problems)


def _check_of(session: Session, drill: Drill) -> Check | None:
    return session.get(Check, drill.check_id) if drill.check_id else None


def _require_open(session: Session, drill: Drill) -> None:
    check = _check_of(session, drill)
    if check and check.frozen:
        raise UserError(
            _(
                "The check of this drill was signed by {name}: its numbers stay. Open the check again with a reason."
            ).format(name=check.signed_name)
        )


def _checked(session: Session, season: Season, drill: Drill, when: str, by: str) -> Check:
    """Return the check that goes with a new record: one made for this drill already, else one begun now."""
    slot, due = _slot(session, season, drill.day, when)
    taken = set(session.scalars(select(Drill.check_id).where(Drill.check_id.is_not(None))))
    made = select(Check).where(Check.season_id == season.id, Check.code == CODE, Check.day == drill.day)
    wanted = {when} if when else {"", "first", "monthly"}
    for check in session.scalars(made.order_by(Check.id)):
        if check.id not in taken and check.slot in wanted:
            return check
    for day in (due, drill.day):
        check = checks.begin(session, season, CODE, drill.day, by=by, slot=slot, due=day)
        if check.id not in taken and check.day == drill.day:
            return check
    raise UserError(_("The check of an earlier drill of this kind is not signed yet. Sign it first."))


def _slot(session: Session, season: Season, day: date, when: str) -> tuple[str, date]:
    """Return for which due drill one counts: the first that is still to be made, else for none."""
    wanted = (when,) if when else ("first", "monthly")
    for one in due(session, season, clock.today()):
        if one.slot in wanted and one.first <= day <= one.due and one.standing is not Standing.DONE:
            return one.slot, one.due
    return when, day


def _carry(session: Session, drill: Drill) -> None:
    """Write the record's numbers into its check; what was written there in words is left as it is."""
    check = _check_of(session, drill)
    if check is None or check.frozen:
        return
    records = checks.answers(session, check.id)
    for item_id, values in _carried(drill).items():
        if answer := records.get(item_id):
            _write(answer, values, only_empty=item_id not in check_carried.FROM_DRILL)
    checks.judge(session, check, records.values())


def _carried(drill: Drill) -> dict[str, dict[str, Any]]:
    counted, known = drill.children_counted, drill.children_register
    how = _("announced") if drill.announced else _("not announced")
    told = " ".join([*differences(drill), drill.missing]).strip()
    said = None if counted is None else Said.YES if counted == known else Said.NO
    return {
        "DRL01": {"first_date": drill.day, "words": f"{drill.at:%H:%M}, {how}"},
        "DRL02": {"words": _(drill.kind.word)},
        "DRL05": {"numbers": check_rules.joined([str(known), str(drill.adults_register)])},
        "DRL09": {"numbers": _number(drill.seconds)},
        "DRL10": {"numbers": _number(counted), "said": said, "note": told[:500]},
        "DRL13": {"words": drill.problems},
    }


def _write(answer: CheckAnswer, values: Mapping[str, Any], *, only_empty: bool) -> None:
    for name, value in values.items():
        if not (only_empty and getattr(answer, name)):
            setattr(answer, name, value)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


roles.guard(globals(), Right.LOGS, {Right.SAFETY: (heads, target, due, next_due, before, checks_of)})
