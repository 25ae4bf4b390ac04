"""Patterns that look unlikely, shown to the officer before an auditor sees them. None of them proves anything.

Source: peers.md (c) 9 and product.md 4.3, last line, name the patterns; identical times of rounds: peers.md, U4. Where
a pattern begins is ours, each number below: low enough to find a copied day, high enough to leave an ordinary one be.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TypeVar

from sqlalchemy import select

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.patrol import Patrol, PatrolRound
from ccfs_desktop.models.visit import DayClose, DayNote, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import histories, offices, seasons
from ccfs_desktop.services.flaws import Flaw, Ground

MANY = 10
"""From so many children on equal times are told, as when a day is closed."""
MOST = 80
"""Per cent of a day's children at the very same minute."""
DAYS_ALIKE = 5
"""So many days in a row with the very same minute, of one child, one list, one patrol."""
AT_ONCE = timedelta(minutes=2)
"""Within so short a time a day of written times was typed. Source: product.md 4.3."""
SPREAD = 30
"""Minutes over which the times typed lie apart at least; what happened at once may be typed at once."""
DAYS_TOGETHER, TOGETHER = 3, timedelta(minutes=10)
"""So many days closed within so short a time; the same as for checks."""

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class _Seen:
    """One visit, as far as patterns need it."""

    id: int
    child_id: int
    name: str
    day: date
    arrived: time | None
    departed: time | None
    marked: bool
    """Whether it says itself that it was typed later, or from which sheet."""

    def at(self, side: str) -> time | None:
        """The time of arrival or departure."""
        return self.arrived if side == "in" else self.departed


def of_visits(ground: Ground) -> Iterator[Flaw]:
    """Return what looks unlikely about the children's times and days."""
    visits = _visits(ground)
    yield from _same_minute(ground, visits)
    yield from _same_times(ground, visits)
    yield from _typed_at_once(ground, visits)
    yield from _days_off(ground, visits)
    yield from _parent_gone(ground, visits)


def _visits(ground: Ground) -> list[_Seen]:
    query = (
        select(
            Visit.id, Visit.child_id, Child.name, Visit.day, Visit.arrived, Visit.departed, Visit.entered_late,
            Visit.sheet_code,
        )
        .join(Child, Child.id == Visit.child_id)
        .where(Visit.season_id == ground.season.id, Visit.day <= ground.until)
        .order_by(Visit.day, Visit.id)
    )  # fmt: skip
    return [
        _Seen(visit, child, name, day, arrived, departed, bool(late or code))
        for visit, child, name, day, arrived, departed, late, code in ground.session.execute(query)
    ]


# ---------------------------------------------------------------------------------------------------------- equal times


def _same_minute(ground: Ground, visits: Sequence[_Seen]) -> Iterator[Flaw]:
    """Return days on which most children came, or left, at the very same minute."""
    sentences = {
        "in": _("{day}: {n} of {all} children arrived at {time}. This looks unlikely; an auditor will ask."),
        "out": _("{day}: {n} of {all} children left at {time}. This looks unlikely; an auditor will ask."),
    }
    words = _said_when_closing(ground)
    for day, mine in groupby(visits, lambda visit: visit.day):
        if not ground.within(day):
            continue
        every = list(mine)
        for side, told in sentences.items():
            at, n, known = _commonest([visit.at(side) for visit in every])
            if at and n >= MANY and n * 100 >= known * MOST:
                word, by = words.get((day, f"all-equal:{side}"), ("", ""))
                yield Flaw(
                    "same-minute", day, told.format(day=day, n=n, all=known, time=f"{at:%H:%M}"), "attendance",
                    {"day": day}, key=side, word=word, by=by,
                )  # fmt: skip


def _said_when_closing(ground: Ground) -> dict[tuple[date, str], tuple[str, str]]:
    """Return the words given when a day was closed on which all times were equal."""
    query = select(DayNote).where(DayNote.season_id == ground.season.id, DayNote.code.startswith("all-equal:"))
    return {(note.day, note.code): (note.word, note.by) for note in ground.session.scalars(query)}


def _commonest(times: Iterable[time | None]) -> tuple[time | None, int, int]:
    """Return the commonest of some times, how often it stands there, and how many times are known."""
    known = [at for at in times if at]
    at, n = Counter(known).most_common(1)[0] if known else (None, 0)
    return at, n, len(known)


def _same_times(ground: Ground, visits: Sequence[_Seen]) -> Iterator[Flaw]:
    """Return children whose times of a whole day are the very same minutes day after day."""
    of_child: dict[int, dict[date, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        of_child[visit.child_id][visit.day].append(visit)
    for days in of_child.values():
        for run in _runs(days.values(), lambda day: [(visit.arrived, visit.departed) for visit in day]):
            known = all(visit.arrived and visit.departed for visit in run[0])
            if known and ground.within(run[0][0].day, run[-1][0].day):
                yield _of_times(run)


def _of_times(run: Sequence[Sequence[_Seen]]) -> Flaw:
    seen, last = run[0][0], run[-1][0].day
    times = listed(f"{visit.arrived:%H:%M}-{visit.departed:%H:%M}" for visit in run[0])
    told = _("{name}: {times} on {n} days in a row, {first} to {last}. {asks}")
    sentence = told.format(name=seen.name, times=times, n=len(run), first=seen.day, last=last, asks=_asks())
    place = {"day": seen.day, "child": seen.child_id}
    return Flaw(
        "same-times", seen.day, sentence, "attendance", place, until=last, who=seen.name, child_id=seen.child_id
    )  # fmt: skip


def _asks() -> str:
    return _("This looks unlikely; an auditor will ask.")


def _runs(rows: Iterable[_Row], alike: Callable[[_Row], object]) -> Iterator[list[_Row]]:
    """Return neighbours that are alike, where there are enough of them to be told."""
    for _same, run in groupby(rows, alike):
        found = list(run)
        if len(found) >= DAYS_ALIKE:
            yield found


# ----------------------------------------------------------------------------------------------------- typed afterwards


def _typed_at_once(ground: Ground, visits: Sequence[_Seen]) -> Iterator[Flaw]:
    """Return days whose times lie far apart and were typed within two minutes, and that do not say so.

    What was typed from a numbered sheet, or says that it was entered late, is left out: there it is as it should be.
    A demonstration is made in one go, so its own trail proves nothing.
    """
    if offices.factory(ground.session).demonstration:
        return
    told = _("{day}: {n} times from {first} to {last} were typed within {seconds} seconds, as if at the door. {asks}")
    open_ = [visit for visit in visits if not visit.marked and ground.within(visit.day)]
    moments = {side: _entered(ground, side) for side in ("in", "out")} if open_ else {}
    for day, mine in groupby(open_, lambda visit: visit.day):
        every = list(mine)
        for side, entered in moments.items():
            typed = [(entered[v.id], at) for v in every if v.id in entered and (at := v.at(side))]
            if found := _at_once(sorted(typed)):
                seconds, first, last = found
                yield Flaw(
                    "typed-at-once", day,
                    told.format(
                        day=day, n=len(typed), first=f"{first:%H:%M}", last=f"{last:%H:%M}", seconds=seconds,
                        asks=_asks(),
                    ),
                    "attendance", {"day": day}, key=side,
                )  # fmt: skip


def _at_once(typed: Sequence[tuple[datetime, time]]) -> tuple[int, time, time] | None:
    """Return within how many seconds times were typed, the first and the last of them; None where that is likely."""
    if len(typed) < MANY:
        return None
    took = typed[-1][0] - typed[0][0]
    first, last = min(at for _moment, at in typed), max(at for _moment, at in typed)
    apart = (last.hour - first.hour) * 60 + last.minute - first.minute
    return (int(took.total_seconds()), first, last) if took <= AT_ONCE and apart >= SPREAD else None


def _entered(ground: Ground, side: str) -> dict[int, datetime]:
    """Return visit → when its time was first entered, by the trail."""
    column = "arrived" if side == "in" else "departed"
    query = (
        select(AuditEntry.entity_id, AuditEntry.at)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(AuditEntry.entity == Visit.__tablename__, AuditPayload.body.contains(f'"{column}":[null,'))
        .order_by(AuditEntry.seq.desc())
    )
    return {int(visit): histories.local(at) for visit, at in ground.session.execute(query)}


def of_signatures(ground: Ground) -> Iterator[Flaw]:
    """Return days closed in one go, and signatures and patrols that never vary in time."""
    yield from _closed_together(ground)
    yield from _same_signature(ground)
    yield from _same_round(ground)


def _closed_together(ground: Ground) -> Iterator[Flaw]:
    """Return days that were closed one after another within minutes."""
    query = select(DayClose).where(DayClose.season_id == ground.season.id, DayClose.day <= ground.until)
    told = _("{n} days from {first} to {last} were closed within ten minutes, on {on}: signed in one go. {asks}")
    bunch: list[DayClose] = []
    for close in [*ground.session.scalars(query.order_by(DayClose.closed_at, DayClose.day)), None]:
        if close and bunch and close.closed_at - bunch[0].closed_at <= TOGETHER:
            bunch.append(close)
            continue
        days = sorted(one.day for one in bunch)
        if len(days) >= DAYS_TOGETHER and ground.within(days[0], days[-1]):
            on = bunch[0].closed_at.date()
            sentence = told.format(n=len(days), first=days[0], last=days[-1], on=on, asks=_asks())
            yield Flaw(
                "closed-together", days[0], sentence, "attendance", {"day": days[0]}, until=days[-1],
                who=bunch[0].closed_by,
            )  # fmt: skip
        bunch = [close] if close else []


def _same_signature(ground: Ground) -> Iterator[Flaw]:
    """Return days closed, and checks of a list signed, at the very same minute day after day."""
    closes = select(DayClose.day, DayClose.closed_at, DayClose.closed_by, DayClose.id)
    closes = closes.where(DayClose.season_id == ground.season.id).order_by(DayClose.day)
    told = _("The day was closed at {time} on {n} days in a row, {first} to {last}. {asks}")
    for first, last, at, by, n in _signed(ground.session.execute(closes)):
        if ground.within(first, last):
            sentence = told.format(time=f"{at:%H:%M}", n=n, first=first, last=last, asks=_asks())
            yield Flaw("same-signature", first, sentence, "attendance", {"day": first}, key="day", until=last, who=by)
    checks = select(Check.day, Check.signed_at, Check.signed_name, Check.id, Check.code, Check.title)
    checks = checks.where(Check.season_id == ground.season.id, Check.signed_at.is_not(None))
    told = _("{list} was signed at {time} on {n} days in a row, {first} to {last}. {asks}")
    signed = ground.session.execute(checks.order_by(Check.code, Check.day, Check.id))
    for code, rows in groupby(signed, lambda row: row.code):
        every = list(rows)
        for first, last, at, by, n in _signed(row[:4] for row in every):
            if ground.within(first, last):
                facts = {"list": _(every[0].title), "time": f"{at:%H:%M}", "n": n, "first": first, "last": last}
                place = {"check": next(row.id for row in every if row.day == first)}
                yield Flaw(
                    "same-signature", first, told.format(**facts, asks=_asks()), "safety", place, key=code, until=last,
                    who=by,
                )  # fmt: skip


def _signed(rows: Iterable[Sequence[object]]) -> Iterator[tuple[date, date, datetime, str, int]]:
    """Return stretches of days signed at the very same minute: first, last, a moment, who, how many."""
    for run in _runs(rows, lambda row: f"{row[1]:%H:%M}"):
        yield run[0][0], run[-1][0], run[0][1], run[0][2], len(run)  # pyright: ignore


def _same_round(ground: Ground) -> Iterator[Flaw]:
    """Return patrols that began at the very same minute day after day. Source: peers.md, U4."""
    query = (
        select(Patrol.day, Patrol.started, Patrol.walked_by, PatrolRound.id, PatrolRound.name)
        .join(PatrolRound, PatrolRound.id == Patrol.round_id)
        .where(Patrol.day.between(ground.season.first_day, ground.until), Patrol.started.is_not(None))
        .order_by(PatrolRound.id, Patrol.day)
    )
    told = _("The patrol “{name}” began at {time} on {n} days in a row, {first} to {last}. {asks}")
    for round_id, rows in groupby(ground.session.execute(query), lambda row: row.id):
        for run in _runs(rows, lambda row: row.started):
            first, last = run[0], run[-1]
            if ground.within(first.day, last.day):
                sentence = told.format(
                    name=first.name, time=f"{first.started:%H:%M}", n=len(run), first=first.day, last=last.day,
                    asks=_asks(),
                )  # fmt: skip
                place = {"place": "patrols", "part": "log", "day": first.day}
                yield Flaw(
                    "same-round", first.day, sentence, "safety", place, key=str(round_id), until=last.day,
                    who=first.walked_by,
                )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- days off


def _days_off(ground: Ground, visits: Sequence[_Seen]) -> Iterator[Flaw]:
    """Return days on which children were here although the calendar says that the space was closed."""
    open_days = set(seasons.open_days(ground.session, ground.season))
    for day, mine in groupby(visits, lambda visit: visit.day):
        n = len({visit.child_id for visit in mine})
        if day not in open_days and ground.within(day):
            told = ngettext(
                "{day}: {n} child was here although the calendar has a day off. {asks}",
                "{day}: {n} children were here although the calendar has a day off. {asks}",
                n,
            ).format(day=day, n=n, asks=_asks())
            yield Flaw("closed-day", day, told, "attendance", {"day": day})


def _parent_gone(ground: Ground, visits: Sequence[_Seen]) -> Iterator[Flaw]:
    """Return children who were here on days on which no parent worked in the factory: not yet hired, or left already.

    Rest days and leave of single workers are not in the factory's list, so they cannot be compared. The day on which a
    parent leaves still counts.
    """
    query = (
        select(Guardianship.child_id, Worker.hired_on, Worker.left_on)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .join(Worker, Worker.id == Guardian.worker_id)
    )
    employed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for child_id, hired, left in ground.session.execute(query):
        employed[child_id].append((hired or date.min, left or date.max))
    gone: dict[int, list[_Seen]] = defaultdict(list)
    for visit in visits:
        terms = employed.get(visit.child_id)
        if terms and not any(hired <= visit.day <= left for hired, left in terms):
            gone[visit.child_id].append(visit)
    for mine in gone.values():
        days = sorted({visit.day for visit in mine})
        if ground.within(days[0], days[-1]):
            yield _of_parent(mine[0], days)


def _of_parent(visit: _Seen, days: Sequence[date]) -> Flaw:
    told = ngettext(
        "{name} was here on {first}; by the list of workers no parent worked here then.",
        "{name} was here on {n} days from {first} to {last}; by the list of workers no parent worked here then.",
        len(days),
    ).format(name=visit.name, n=len(days), first=days[0], last=days[-1])
    return Flaw(
        "parent-gone", days[0], f"{told} {_asks()}", "children", {"child": visit.child_id}, until=days[-1],
        who=visit.name, child_id=visit.child_id,
    )  # fmt: skip
