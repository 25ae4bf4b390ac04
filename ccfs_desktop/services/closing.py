"""Closing the day: what is still open, by severity, and the word given for it."""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, time
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.duty import Duty, RatioNote
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import SheetStatus
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import Correction, DayClose, DayNote, Visit
from ccfs_desktop.services import (
    corrections,
    present,
    ratio_notes,
    ratio_proof,
    register,
    roles,
    seasons,
    sheets,
    visitors,
)
from ccfs_desktop.services.papers import Closing, DayClosing, Letterhead, SheetState
from ccfs_desktop.services.ratio_proof import Breach, Standing
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sheet_codes import written

HEAD_COUNTS = (time(10), time(13), time(16))
"""When heads are counted. Source: domain.md 8.1, foot of the sheet."""
HEADS = "head-counts"
"""Code of the note that holds them."""


class Severity(enum.IntEnum):
    """How much stands in the way of closing."""

    NOTICE = 1
    """Shown, and counted."""
    WORD = 2
    """Needs a word of explanation."""
    CRITICAL = 3
    """The day cannot be closed."""


@dataclass(frozen=True)
class Gap:
    """One thing about the day that is not as it should be."""

    code: str
    severity: Severity
    sentence: str
    child_id: int | None = None
    name: str = ""
    """The child's name."""
    word: str = ""
    """The explanation given so far."""
    breach: Breach | None = None
    """The stretch with too few adults, if it is about one."""

    @property
    def kind(self) -> str:
        """The code without what tells two of a kind apart: ``sheet-out`` of ``sheet-out:7K2M9QXA``."""
        return self.code.partition(":")[0]

    @property
    def settled(self) -> bool:
        """Whether it no longer stands in the way."""
        return self.severity is Severity.NOTICE or (self.severity is Severity.WORD and bool(self.word))


@dataclass(frozen=True)
class Tally:
    """A day in four numbers. Source: domain.md 8.1, the totals at the foot of the sheet."""

    expected: int
    present: int
    absent_excused: int
    absent_unexcused: int


# How bad each is, and what several of a kind are called.
# Source: peers.md (b) 2: critical ones must be put right before a day can be closed.
KINDS: dict[str, tuple[Severity, str]] = {
    "still-here": (Severity.CRITICAL, N_("Still here according to the record")),
    "not-accounted": (Severity.CRITICAL, N_("Neither signed in nor absent")),
    "sheet-out": (Severity.WORD, N_("Sheets that are not back")),
    "sheet-missing": (Severity.WORD, N_("Sheets given up as missing")),
    "head-count": (Severity.WORD, N_("Head-counts that differ from the register")),
    "unsigned-out": (Severity.WORD, N_("Nobody signed at departure")),
    "unsigned-in": (Severity.WORD, N_("Nobody signed at arrival")),
    "no-time-in": (Severity.WORD, N_("The time of arrival is missing")),
    "no-time-out": (Severity.WORD, N_("The time of departure is missing")),
    "late-pick-up": (Severity.WORD, N_("Collected after closing time")),
    "staff-still-here": (Severity.WORD, N_("Staff still signed in")),
    "visitor-still-here": (Severity.WORD, N_("Visitors still signed in")),
    "ratio": (Severity.WORD, N_("Too few adults for the children")),
    "no-staff": (Severity.WORD, N_("No adult's time is written down")),
    "override": (Severity.NOTICE, N_("Admitted or released by exception")),
    "unexplained": (Severity.NOTICE, N_("Absent, nobody said why")),
    "all-equal": (Severity.NOTICE, N_("Looks unlikely; an auditor will ask")),
}
_MANY = 10
"""From this many equal times on a day looks copied rather than observed."""


def gaps(session: Session, season: Season, day: date) -> list[Gap]:
    """Return what is not as it should be, worst first."""
    rows = register.read(session, season, day)
    closes = closing_time(session, season)
    found = [
        *(gap for row in rows for gap in of_row(row, closes)),
        *_about_sheets(session, season, day),
        *_counted_differently(rows, head_counts(session, season, day)),
        *_all_equal(rows),
        *_about_staff(session, season, day),
        *_about_visitors(session, season, day),
    ]
    words = {(n.code, n.child_id): n.word for n in notes(session, season, day)}
    told = [gap if gap.word else replace(gap, word=words.get((gap.code, gap.child_id), "")) for gap in found]
    return sorted(told, key=lambda gap: (-gap.severity, list(KINDS).index(gap.kind)))


def _about_sheets(session: Session, season: Season, day: date) -> Iterator[Gap]:
    """Return the sheets that are not back, and those given up as missing; what became of these was written then."""
    kinds = {
        SheetStatus.PRINTED: ("sheet-out", _("Sheet {code} ({group}) is not back.")),
        SheetStatus.MISSING: ("sheet-missing", _("Sheet {code} ({group}) is missing.")),
    }
    for sheet in sheets.of_season(session, season, day):
        if found := kinds.get(sheet.status):
            kind, told = found
            gap = _gap(f"{kind}:{sheet.code}", told, code=written(sheet.code), group=sheets.whose(sheet))
            yield replace(gap, word=sheet.note) if kind == "sheet-missing" else gap


def _about_staff(session: Session, season: Season, day: date) -> Iterator[Gap]:
    """Return who was not signed out, and where there were too few adults; its word is the breach's explanation.

    Source: product.md 4.3, ratio gaps.
    """
    proof = ratio_proof.of_day(session, season, day)
    if proof.standing is Standing.NO_RECORDS:
        yield _gap("no-staff", _("Children were here, and no adult's time is written down: no proof of the ratio."))
    for breach in proof.breaches:
        gap = _gap(f"ratio:{breach.group_id or 0}-{breach.starts:%H%M}", "{told}", told=breach.sentence)
        yield replace(gap, word=breach.note.explanation if breach.note else "", breach=breach)
    names = select(Staff.id, Staff.name).join(Duty, Duty.staff_id == Staff.id)
    here = names.where(Duty.season_id == season.id, Duty.day == day, Duty.signed_out.is_(False))
    for staff_id, name in session.execute(here.order_by(Staff.sort_key)):
        yield replace(_gap(f"staff-still-here:{staff_id}", _("{name}: still signed in.").format(name=name)), name=name)


def _about_visitors(session: Session, season: Season, day: date) -> Iterator[Gap]:
    """Return who came to visit and was not signed out. Source: domain.md 2.8 rule 10 and 8.10."""
    for visitor in visitors.inside(session, season, day):
        told = _("{name}, a visitor: still signed in.").format(name=visitor.name)
        yield replace(_gap(f"visitor-still-here:{visitor.id}", "{told}", told=told), name=visitor.name)


def of_row(row: Row, closes: time) -> list[Gap]:
    """Return what is not as it should be about one child's day.

    Args:
        row: the child's line of the register.
        closes: when the space closes.
    """
    about = partial(_gap, child_id=row.child_id, name=row.name)
    if row.state is State.EXPECTED:
        return [about("not-accounted", _("{name}: neither signed in nor absent."))]
    if row.state is State.ABSENT and row.absence and not row.absence.reason.excused:
        return [about("unexplained", _("{name}: absent, nobody said why."))]
    return [about(code, sentence) for visit in row.visits for code, sentence in _of_visit(visit, closes)]


def _of_visit(visit: Visit, closes: time) -> Iterator[tuple[str, str]]:
    late = visit.departed is not None and visit.departed > closes
    if not visit.signed_out:
        yield "still-here", _("{name}: still here according to the record.")
    if visit.arrived is None:
        yield "no-time-in", _("{name}: the time of arrival is missing.")
    if visit.signed_out and visit.departed is None:
        yield "no-time-out", _("{name}: the time of departure is missing.")
    if visit.unsigned_in:
        yield "unsigned-in", _("{name}: nobody signed at arrival.")
    if visit.unsigned_out:
        yield "unsigned-out", _("{name}: nobody signed at departure.")
    if late:
        yield "late-pick-up", _("{name}: collected after closing time.")
    if visit.override_reason:
        yield "override", _("{name}: admitted or released by exception.")


def _gap(code: str, sentence: str, /, *, child_id: int | None = None, **facts: object) -> Gap:
    severity, _title = KINDS[code.partition(":")[0]]
    return Gap(code, severity, sentence.format(**facts), child_id, str(facts.get("name", "")))


def _counted_differently(rows: Sequence[Row], counts: Mapping[time, int]) -> Iterator[Gap]:
    for at, counted in counts.items():
        known = sum(1 for row in rows if any(_is_here(visit, at) for visit in row.visits))
        if known != counted:
            yield _gap(
                f"head-count:{at:%H:%M}",
                _("{time}: {counted} heads were counted, {known} children were here according to the register."),
                time=f"{at:%H:%M}", counted=counted, known=known,
            )  # fmt: skip


def _is_here(visit: Visit, at: time) -> bool:
    return present.there(visit.arrived, visit.signed_out, visit.departed, at)


def _all_equal(rows: Sequence[Row]) -> Iterator[Gap]:
    """Show before the auditor does what looks copied. Source: product.md 4.3."""
    arrivals = [v.arrived for row in rows for v in row.visits if v.arrived]
    departures = [v.departed for row in rows for v in row.visits if v.departed]
    if len(arrivals) >= _MANY and len(set(arrivals)) == 1:
        yield _gap(
            "all-equal:in", _("All {n} children arrived at {time}."), n=len(arrivals), time=f"{arrivals[0]:%H:%M}"
        )
    if len(departures) >= _MANY and len(set(departures)) == 1:
        yield _gap(
            "all-equal:out", _("All {n} children left at {time}."), n=len(departures), time=f"{departures[0]:%H:%M}"
        )


def closing_time(session: Session, season: Season) -> time:
    """Return when the last block of the day ends, overtime evenings included."""
    return seasons.whole_hours(session, season).closes


def notes(session: Session, season: Season, day: date) -> list[DayNote]:
    """Return the words given for a day's exceptions."""
    return list(session.scalars(select(DayNote).where(DayNote.season_id == season.id, DayNote.day == day)))


def explain(session: Session, season: Season, day: date, gap: Gap, word: str, *, by: str) -> DayNote | RatioNote:
    """Give the word for one exception; an earlier word is replaced.

    Returns:
        The word as kept; of too few adults the explanation, which somebody else has yet to counter-sign.

    Raises:
        UserError: no word, or the day is closed.
    """
    if not word.strip():
        raise UserError(_("Write a word of explanation."))
    if gap.breach:
        return ratio_notes.explain(session, season, gap.breach, word, by=by)
    return _write(session, season, day, (gap.code, gap.child_id), word.strip(), by)


def count_heads(session: Session, season: Season, day: date, counts: Mapping[time, int], *, by: str) -> DayNote:
    """Keep how many heads were counted at which time. Source: domain.md 8.1, the boxes at the foot of the sheet.

    Raises:
        UserError: the day is closed.
    """
    return _write(session, season, day, (HEADS, None), heads_text(counts), by)


def head_counts(session: Session, season: Season, day: date) -> dict[time, int]:
    """Return how many heads were counted at which time."""
    text = next((n.word for n in notes(session, season, day) if n.code == HEADS), "")
    pairs = (part.split("=") for part in text.split())
    return {time.fromisoformat(at): int(n) for at, n in pairs}


def heads_text(counts: Mapping[time, int]) -> str:
    """Return head-counts as they are kept: ``10:00=66 13:00=64``."""
    return " ".join(f"{at:%H:%M}={n}" for at, n in sorted(counts.items()))


def _write(session: Session, season: Season, day: date, key: tuple[str, int | None], word: str, by: str) -> DayNote:
    if corrections.is_closed(session, season.id, day):
        raise UserError(_("{day} is closed; what was said about it stays.").format(day=day))
    note = next((n for n in notes(session, season, day) if (n.code, n.child_id) == key), None)
    if note is None:
        note = DayNote(season_id=season.id, day=day, code=key[0], child_id=key[1], word="")
    note.word, note.by = word, by
    session.add(note)
    session.flush()
    return note


def close(session: Session, season: Season, day: date, *, by: str) -> DayClose:
    """Close a day: from now on it changes only with a reason, and the old value stays visible.

    Raises:
        UserError: closed already, not yet begun, critical exceptions, or exceptions without a word.
    """
    if corrections.is_closed(session, season.id, day):
        raise UserError(_("{day} is already closed.").format(day=day))
    if day > clock.today():
        raise UserError(_("{day} lies in the future.").format(day=day))
    left = [e for e in gaps(session, season, day) if not e.settled]
    if left:
        critical = [e for e in left if e.severity is Severity.CRITICAL]
        first = (critical or left)[0]
        raise UserError(
            ngettext(
                "The day cannot be closed, one thing is open: {first}",
                "The day cannot be closed, {n} things are open. The first: {first}",
                len(left),
            ).format(n=len(left), first=first.sentence)
        )
    closed = DayClose(
        season_id=season.id, day=day, closed_by=by, closed_at=clock.now(),
        **asdict(tally(register.read(session, season, day))),
        head_counts=heads_text(head_counts(session, season, day)),
    )  # fmt: skip
    session.add(closed)
    session.flush()
    return closed


def _on_duty(session: Session, season: Season, day: date) -> tuple[str, ...]:
    """Return who was signed in on a day; where nobody was, nobody is named."""
    query = select(Staff.name, Staff.sort_key).join(Duty, Duty.staff_id == Staff.id)
    query = query.where(Duty.season_id == season.id, Duty.day == day).distinct().order_by(Staff.sort_key)
    return tuple(name for name, _key in session.execute(query))


def tally(rows: Sequence[Row]) -> Tally:
    """Count a day's children as at the foot of the sheet."""
    reasons = [r.absence.reason for r in rows if r.expected and r.state is State.ABSENT and r.absence]
    excused = sum(1 for reason in reasons if reason.excused)
    return Tally(
        expected=sum(1 for r in rows if r.expected),
        present=sum(1 for r in rows if r.visits),
        absent_excused=excused,
        absent_unexcused=len(reasons) - excused,
    )


def closed(session: Session, season: Season, day: date) -> DayClose | None:
    """Return how a day was closed; None while it is open."""
    return session.scalars(select(DayClose).where(DayClose.season_id == season.id, DayClose.day == day)).first()


def corrected(session: Session, season: Season, day: date) -> list[tuple[Correction, Child | Staff]]:
    """Return what was changed after closing, with whose record it is, oldest first."""
    query = (
        select(Correction, Child, Staff)
        .outerjoin(Child, Child.id == Correction.child_id)
        .outerjoin(Staff, Staff.id == Correction.staff_id)
        .where(Correction.season_id == season.id, Correction.day == day)
        .order_by(Correction.id)
    )
    return [(correction, child or person) for correction, child, person in session.execute(query)]


def paper(session: Session, season: Season, day: date, head: Letterhead, *, audit_head: str = "") -> DayClosing:
    """Return the day as it was closed, for printing.

    Args:
        session: an open session.
        season: the season.
        day: the day.
        head: the paper's head.
        audit_head: fingerprint of the audit trail.
    """
    rows = register.read(session, season, day)
    done = closed(session, season, day)
    counts = head_counts(session, season, day)
    return DayClosing(
        letterhead=head,
        day=day,
        **asdict(tally(rows)),
        not_signed_out=sum(1 for r in rows if r.state is State.HERE),
        late_entries=sum(1 for r in rows for v in r.visits if v.entered_late),
        sheets=tuple(
            SheetState(written(s.code), sheets.whose(s), s.copies, _(s.status.word), s.note)
            for s in sheets.of_season(session, season, day)
        ),
        exceptions=tuple(
            Closing(g.sentence, g.severity is Severity.CRITICAL, g.word) for g in gaps(session, season, day)
        ),
        headcounts=tuple((at, counts.get(at)) for at in HEAD_COUNTS),
        staff=_on_duty(session, season, day),
        closed_by=done.closed_by if done else "",
        closed_at=done.closed_at if done else None,
        audit_head=audit_head,
    )


roles.guard(
    globals(),
    Right.CLOSE,
    {
        Right.REGISTER: (gaps, closing_time, notes, head_counts, closed, corrected, paper),
        Right.ATTENDANCE: (count_heads,),
    },
)
