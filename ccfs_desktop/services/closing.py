"""Closing the day: what is still open, by severity, and the word given for it."""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import Correction, DayClose, DayNote
from ccfs_desktop.services import attendance, register, seasons
from ccfs_desktop.services.register import Row, State


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
    word: str = ""
    """The explanation given so far."""

    @property
    def settled(self) -> bool:
        """Whether it no longer stands in the way."""
        return self.severity is Severity.NOTICE or (self.severity is Severity.WORD and bool(self.word))


# How bad each is. Source: peers.md (b) 2: critical ones must be put right before a day can be closed.
_SEVERITIES: dict[str, Severity] = {
    "still-here": Severity.CRITICAL,
    "not-accounted": Severity.CRITICAL,
    "sheet-out": Severity.WORD,
    "unsigned-out": Severity.WORD,
    "unsigned-in": Severity.WORD,
    "no-time-in": Severity.WORD,
    "no-time-out": Severity.WORD,
    "late-pick-up": Severity.WORD,
    "override": Severity.NOTICE,
    "unexplained": Severity.NOTICE,
}


def gaps(session: Session, season: Season, day: date) -> list[Gap]:
    """Return what is not as it should be, worst first."""
    words = {(n.code, n.child_id): n.word for n in notes(session, season, day)}
    found: list[Gap] = []
    closes = seasons.hours(session, season).closes
    for row in register.read(session, season, day):
        for code, sentence in _of_row(row, closes):
            found.append(_gap(code, sentence, row.child_id, words))
    for sheet in sheets_out(session, day):
        sentence = _("Sheet {code} ({group}) is not back.").format(code=sheet.code, group=sheet.group_name)
        found.append(_gap(f"sheet-out:{sheet.code}", sentence, None, words))
    return sorted(found, key=lambda e: -e.severity)


def _gap(code: str, sentence: str, child_id: int | None, words: dict[tuple[str, int | None], str]) -> Gap:
    severity = _SEVERITIES[code.split(":")[0]]
    return Gap(code, severity, sentence, child_id, words.get((code, child_id), ""))


def _of_row(row: Row, closes: time) -> list[tuple[str, str]]:
    if row.state is State.EXPECTED:
        return [("not-accounted", _("{name}: neither signed in nor absent.").format(name=row.name))]
    if row.state is State.ABSENT and row.absence and not row.absence.reason.excused:
        return [("unexplained", _("{name}: absent, nobody said why.").format(name=row.name))]
    found: list[tuple[str, str]] = []
    for visit in row.visits:
        facts = {
            "still-here": (not visit.signed_out, N_("{name}: still here according to the record.")),
            "no-time-in": (visit.arrived is None, N_("{name}: the time of arrival is missing.")),
            "no-time-out": (
                visit.signed_out and visit.departed is None,
                N_("{name}: the time of departure is missing."),
            ),
            "unsigned-in": (visit.unsigned_in, N_("{name}: nobody signed at arrival.")),
            "unsigned-out": (visit.unsigned_out, N_("{name}: nobody signed at departure.")),
            "late-pick-up": (
                visit.departed is not None and visit.departed > closes,
                N_("{name}: collected after closing time."),
            ),
            "override": (bool(visit.override_reason), N_("{name}: admitted or released by exception.")),
        }
        found += [(code, _(text).format(name=row.name)) for code, (is_so, text) in facts.items() if is_so]
    return found


def sheets_out(session: Session, day: date) -> list[Sheet]:
    """Return the numbered sheets of a day that are neither back, voided nor given up as missing."""
    query = select(Sheet).where(Sheet.day == day, Sheet.status == SheetStatus.PRINTED).order_by(Sheet.id)
    return list(session.scalars(query))


def notes(session: Session, season: Season, day: date) -> list[DayNote]:
    """Return the words given for a day's exceptions."""
    return list(session.scalars(select(DayNote).where(DayNote.season_id == season.id, DayNote.day == day)))


def explain(session: Session, season: Season, day: date, gap: Gap, word: str, *, by: str) -> DayNote:
    """Give the word for one exception; an earlier word is replaced.

    Raises:
        UserError: no word.
    """
    if not word.strip():
        raise UserError(_("Write a word of explanation."))
    note = next((n for n in notes(session, season, day) if (n.code, n.child_id) == (gap.code, gap.child_id)), None)
    if note is None:
        note = DayNote(season_id=season.id, day=day, code=gap.code, child_id=gap.child_id, word="")
    note.word, note.by = word.strip(), by
    session.add(note)
    session.flush()
    return note


def close(session: Session, season: Season, day: date, *, by: str, head_counts: str = "") -> DayClose:
    """Close a day.

    Raises:
        UserError: closed already, not yet begun, critical exceptions, or exceptions without a word.
    """
    if attendance.is_closed(session, season.id, day):
        raise UserError(_("{day} is already closed.").format(day=day))
    if day > datetime.now().date():
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
    rows = register.read(session, season, day)
    absent = [r for r in rows if r.state is State.ABSENT]
    excused = sum(1 for r in absent if r.absence and r.absence.reason.excused)
    closed = DayClose(
        season_id=season.id, day=day, closed_by=by, closed_at=datetime.now().replace(microsecond=0),
        expected=sum(1 for r in rows if r.expected), present=sum(1 for r in rows if r.visits),
        absent_excused=excused, absent_unexcused=len(absent) - excused, head_counts=head_counts,
    )  # fmt: skip
    session.add(closed)
    session.flush()
    return closed


def closed(session: Session, season: Season, day: date) -> DayClose | None:
    """Return how a day was closed; None while it is open."""
    return session.scalars(select(DayClose).where(DayClose.season_id == season.id, DayClose.day == day)).first()


def corrections(session: Session, season: Season, day: date) -> list[Correction]:
    """Return what was changed after closing, oldest first."""
    query = select(Correction).where(Correction.season_id == season.id, Correction.day == day).order_by(Correction.id)
    return list(session.scalars(query))
