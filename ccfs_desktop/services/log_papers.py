"""What the papers of the logs show: the lists of a period, and the record of one drill."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.log import Drill, DrillKind, FirstAidUse, FoodEntry, Visitor
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import drills, first_aid, food, kit, logbook, roles
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Word:
    """A message in a cell, said in the languages of the paper."""

    message: str
    values: dict[str, object] = field(default_factory=dict[str, object])


Entry = str | Word | tuple["str | Word", ...]
"""One cell; several lines below each other."""


@dataclass(frozen=True)
class LogPaper:
    """The entries of a log, oldest first."""

    letterhead: Letterhead
    kind: str
    """The printable's name, which says how it is laid out."""
    first: date
    last: date
    rows: tuple[tuple[Entry, ...], ...]
    """One entry per column."""
    told: tuple[Word, ...] = ()
    """Sentences under the list."""


@dataclass(frozen=True)
class Heads:
    """One line of a drill's head-count."""

    who: str
    """A message."""
    known: int | None = None
    counted: int | None = None


@dataclass(frozen=True)
class DrillPaper:
    """The record of one drill, with room for two signatures; without a drill room to write it."""

    letterhead: Letterhead
    day: date
    target: int
    heads: tuple[Heads, ...]
    at: time | None = None
    kind: DrillKind | None = None
    when: str = ""
    """A message."""
    announced: bool | None = None
    seconds: int | None = None
    missing: str = ""
    leader: str = ""
    problems: str = ""
    entered_late: bool = False
    checklist: str = ""
    """The check's title as a message; empty without a check."""
    result: str = ""
    """What the check came to, as a message."""
    signed: str = ""
    """Who signed it, and when."""
    audit_head: str = ""


_CHILDREN, _ADULTS = N_("Children, by the register"), N_("Adults, by the duty list")
_VISITORS = N_("Visitors, by the log")
_LATE = Word(N_("Entered late"))
_NOT_KNOWN = Word(N_("not known"))


def read(session: Session, season: Season, kind: str, first: date, last: date, head: Letterhead) -> LogPaper:
    """Return a log of a period for printing.

    Args:
        session: an open session.
        season: the season.
        kind: the printable's name, such as ``food-log``.
        first: the first day.
        last: the last one; of the first-aid kit the day on which it is looked at.
        head: the paper's head.
    """
    rows, told = _READERS[kind](session, season, first, last)
    return LogPaper(head, kind, first, last, tuple(rows), tuple(told))


def drill(session: Session, season: Season, drill_id: int, head: Letterhead, *, audit_head: str = "") -> DrillPaper:
    """Return the record of a drill for printing.

    Raises:
        UserError: it is gone.
    """
    found = session.get(Drill, drill_id)
    if found is None or found.season_id != season.id:
        raise UserError(_("This entry is no longer there."))
    check = drills.checks_of(session, [found]).get(found.id)
    return DrillPaper(
        letterhead=head,
        day=found.day,
        at=found.at,
        kind=found.kind,
        when=drills.WHEN[drills.when(check)],
        announced=found.announced,
        seconds=found.seconds,
        target=drills.target(session),
        heads=(
            Heads(_CHILDREN, found.children_register, found.children_counted),
            Heads(_ADULTS, found.adults_register, found.adults_counted),
            Heads(_VISITORS, found.visitors_register, found.visitors_counted),
        ),
        missing=found.missing if logbook.names(session) or not found.missing else logbook.withheld(),
        leader=found.leader,
        problems=found.problems,
        entered_late=found.entered_late,
        checklist=check.title if check else "",
        result=_result(check).message if check else "",
        signed=f"{check.signed_name}, {check.signed_at:%Y-%m-%d %H:%M}" if check and check.signed_at else "",
        audit_head=audit_head,
    )


def drill_before(session: Session, season: Season, day: date) -> Word:
    """Say when the last drill of the season before a day was, and how long it took."""
    found = drills.before(session, season, day)
    if found is None:
        return Word(N_("No drill of this season is on record before {day}."), {"day": day.isoformat()})
    values: dict[str, object] = {
        "day": found.day.isoformat(),
        "seconds": found.seconds,
        "target": drills.target(session),
    }
    if found.seconds is None:
        return Word(N_("The last drill before was on {day}; how long it took is not written down."), values)
    return Word(
        N_("The last drill before was on {day} and took {seconds} seconds; at most {target} are allowed."), values
    )


def blank_drill(session: Session, day: date, head: Letterhead) -> DrillPaper:
    """Return a record to fill in by hand."""
    return DrillPaper(head, day, drills.target(session), (Heads(_CHILDREN), Heads(_ADULTS), Heads(_VISITORS)))


_Rows = tuple[list[tuple[Entry, ...]], list[Word]]


def _visitors(session: Session, season: Season, first: date, last: date) -> _Rows:
    log = logbook.entries(session, Visitor, season, first, last)
    log.sort(key=lambda v: (v.day, v.came or time.min, v.id))
    rows: list[tuple[Entry, ...]] = [
        (
            v.day.isoformat(), v.name, v.organisation, v.purpose, _yes(v.id_seen), v.host, _clock(v.came),
            _left(v), _yes(v.rules_read), _yes(v.photos_allowed), _remark(v.note, late=v.entered_late),
        )
        for v in log
    ]  # fmt: skip
    still = sum(1 for v in log if not v.gone)
    return rows, [Word(N_("{n} visitors; not signed out: {still}."), {"n": len(log), "still": still})]


def _drills(session: Session, season: Season, first: date, last: date) -> _Rows:
    """Without names: neither who led nor who was missing. Source: domain.md 5.4, R3."""
    log = sorted(logbook.entries(session, Drill, season, first, last), key=lambda d: (d.day, d.at))
    made = drills.checks_of(session, log)
    rows: list[tuple[Entry, ...]] = [
        (
            d.day.isoformat(), _clock(d.at), Word(drills.WHEN[drills.when(made.get(d.id))]), Word(d.kind.word),
            _yes(d.announced), "" if d.seconds is None else str(d.seconds),
            _of(d.children_counted, d.children_register), _of(d.adults_counted, d.adults_register),
            _of(d.visitors_counted, d.visitors_register),
            _result(made.get(d.id)), _LATE if d.entered_late else "",
        )
        for d in log
    ]  # fmt: skip
    target = drills.target(session)
    slow = sum(1 for d in log if d.seconds is not None and d.seconds > target)
    sentence = N_("{n} drills; slower than {target} seconds: {slow}. Counted / by the records of that moment.")
    told = [Word(sentence, {"n": len(log), "target": target, "slow": slow})]
    return rows, told if log else [*told, drill_before(session, season, first)]


def _food(session: Session, season: Season, first: date, last: date) -> _Rows:
    named = logbook.names(session)
    log = sorted(logbook.entries(session, FoodEntry, season, first, last), key=lambda e: (e.day, e.id))
    rows: list[tuple[Entry, ...]] = [
        (
            e.day.isoformat(), Word(e.meal), e.menu, e.supplier, food.degrees(e.tenths), _yes(e.sample_kept),
            e.sample_gone_on.isoformat() if e.sample_gone_on else "",
            e.allergies if named or not e.allergies else logbook.withheld(),
            ((e.signed_by, _LATE) if e.entered_late else e.signed_by),
        )
        for e in log
    ]  # fmt: skip
    limit = food.degrees(food.HOT_TENTHS)
    sentence = N_("Hot food arrives at {limit} °C or more; a sample of each dish is kept cool for 48 hours.")
    return rows, [Word(sentence, {"limit": limit})]


def _kit(session: Session, season: Season, first: date, last: date) -> _Rows:  # noqa: ARG001 (as the others)
    buy = {need.item.id: need.number for need in kit.shopping(session, last)}
    rows: list[tuple[Entry, ...]] = [
        (
            i.kit, Word(i.item), str(i.wanted), "" if i.count is None else str(i.count),
            i.expires.isoformat() if i.expires else "", Word(kit.WORDS[kit.standing(i, last)]),
            str(buy.get(i.id, "")), " ".join(p for p in (str(i.checked_on or ""), i.checked_by) if p),
        )
        for i in kit.items(session)
    ]  # fmt: skip
    return rows, [Word(N_("To buy: {n} of these contents."), {"n": len(buy)})]


def _first_aid(session: Session, season: Season, first: date, last: date) -> _Rows:
    """With initials; the injury only for those who may read it. Source: domain.md 8.14."""
    log = logbook.entries(session, FirstAidUse, season, first, last)
    log.sort(key=lambda e: (e.day, e.at or time.min, e.id))
    names = {c.id: first_aid.initials(c.name) for c in first_aid.children_of(session, log).values()}
    numbers = first_aid.numbers_of(session, log)
    rows: list[tuple[Entry, ...]] = [
        (
            e.day.isoformat(), _clock(e.at), names.get(e.child_id or 0, ""), e.injury or "", e.items, e.by,
            numbers.get(e.incident_id or 0, ""), _LATE if e.entered_late else "",
        )
        for e in log
    ]  # fmt: skip
    return rows, [Word(N_("{n} entries."), {"n": len(log)})]


_READERS: dict[str, Callable[[Session, Season, date, date], _Rows]] = {
    "visitor-register": _visitors,
    "drill-register": _drills,
    "food-log": _food,
    "first-aid-kit": _kit,
    "first-aid-log": _first_aid,
}


def _yes(value: bool) -> Word:
    return Word(N_("Yes")) if value else Word(N_("No"))


def _clock(at: time | None) -> Entry:
    return f"{at:%H:%M}" if at else _NOT_KNOWN


def _left(visitor: Visitor) -> Entry:
    return _clock(visitor.left) if visitor.gone else Word(N_("not signed out"))


def _remark(note: str, *, late: bool) -> Entry:
    return (note, _LATE) if late and note else _LATE if late else note


def _of(counted: int | None, known: int) -> str:
    return f"{'–' if counted is None else counted} / {known}"


def _result(check: Check | None) -> Any:
    if check is None:
        return ""
    if not check.frozen or check.result is None:
        return Word(N_("not signed yet"))
    return Word(check.result.word)


roles.guard(globals(), Right.SAFETY, {})
