"""Safeguarding concerns, on a need-to-know track of their own.

Anybody who works in the space may report one; from then on only holders of the sensitive key know that it exists. What
is written is never changed: what is learnt or done later is a further letter, and so is the closing. No general list,
count, search or paper knows of concerns. Source: domain.md 2.10 and 8.8, security.md 2.3.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.base import Choice
from ccfs_desktop.models.concern import Concern, ConcernEntry
from ccfs_desktop.services import letters, roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

REPORTED = N_("Put a letter in")
"""What the trail calls any writing of a letter: it tells nobody what the letter is about."""
READ = N_("Read a letter")
LONGEST = 4_000
SHORT = 200


class Step(Choice):
    """What was done about a concern after it was reported."""

    NOTE = "note", N_("Observation")
    TALK = "talk", N_("Talk")
    PROTECTION = "protection", N_("Protection of the child")
    REFERRAL = "referral", N_("Passed on to an authority or a service")
    DECISION = "decision", N_("Decision")
    CLOSING = "closing", N_("Closed")
    REOPENING = "reopening", N_("Opened again")


@dataclass(frozen=True)
class Report:
    """A concern, as it is reported. Its fields are those of the restricted form. Source: domain.md 8.8."""

    about: str
    """The child, or the children: whatever the reporter knows."""
    what: str
    """What was seen or heard, in the reporter's words."""
    day: date | None = None
    at: time | None = None
    place: str = ""
    person: str = ""
    """About whose behaviour one is worried, when it is about somebody's."""
    child_said: str = ""
    """The child's own words, when it said something."""
    done: str = ""
    """What was done at once."""
    safe_now: bool | None = None
    reporter: str = ""


@dataclass(frozen=True)
class Entry:
    """A later letter."""

    step: Step
    words: str
    by: str
    at: datetime
    to: str = ""
    """To whom the concern was passed on."""


@dataclass(frozen=True)
class Case:
    """A concern with all that followed."""

    id: int
    report: Report
    by: str
    """Whose sign-in it came by."""
    role: str
    at: datetime
    entries: tuple[Entry, ...] = field(default=())

    @property
    def closed(self) -> bool:
        """Whether its last closing was not taken back."""
        turns = [e.step for e in self.entries if e.step in {Step.CLOSING, Step.REOPENING}]
        return bool(turns) and turns[-1] is Step.CLOSING

    @property
    def last_at(self) -> datetime:
        """When something was last written about it."""
        return self.entries[-1].at if self.entries else self.at


def report(session: Session, told: Report, *, at: datetime | None = None) -> int:
    """Put a concern in. It cannot be changed or taken back, and who lacks the sensitive key does not see it again.

    Args:
        session: the open transaction; call it ``REPORTED`` and final.
        told: what the reporter knows.
        at: when; now, except in the demonstration.

    Returns:
        Its number, as the restricted form carries it.

    Raises:
        Invalid: whom it is about or what was seen is missing, or a text is too long.
        UserError: this role may not report, or the office has no letterbox yet.
    """
    roles.require(session, Right.REPORT)
    _check(told)
    actor = session.info["actor"]
    letter = {"report": _plain(asdict(told)), "by": actor.user, "role": actor.role, "at": _when(at)}
    kept = Concern(letter=letters.write(session, json.dumps(letter, ensure_ascii=False).encode()))
    session.add(kept)
    session.flush()
    return kept.id


def add(session: Session, concern_id: int, step: Step, words: str, *, to: str = "", at: datetime | None = None) -> None:
    """Write down what was done or learnt.

    Args:
        session: the open transaction; call it ``REPORTED`` and final.
        concern_id: the concern.
        step: what kind of thing it is.
        words: what was done, by whom, and what came of it.
        to: to whom it was passed on.
        at: when; now, except in the demonstration.

    Raises:
        Invalid: something is missing.
        UserError: this role may not know of concerns, or it is closed (or not closed) already.
    """
    case = get(session, concern_id)
    if case.closed and step is not Step.REOPENING:
        raise UserError(_("This concern is closed. Open it again first, with the reason."))
    if not case.closed and step is Step.REOPENING:
        raise UserError(_("This concern is not closed."))
    problems = {"words": _("Please fill this in.")} if not words.strip() else {}
    if len(words) > LONGEST:
        problems["words"] = _("At most {n} characters fit here.").format(n=LONGEST)
    if step is Step.REFERRAL and not to.strip():
        problems["to"] = _("Write to whom it was passed on.")
    if problems:
        raise Invalid(problems)
    letter = {
        "step": step.value, "words": words.strip(), "to": to.strip()[:SHORT], "by": session.info["actor"].user,
        "at": _when(at),
    }  # fmt: skip
    written = letters.write(session, json.dumps(letter, ensure_ascii=False).encode())
    session.add(ConcernEntry(concern_id=concern_id, letter=written))
    session.flush()


def every(session: Session) -> list[Case]:
    """Return all concerns, the open ones first, then the newest.

    Raises:
        UserError: this role may not know of concerns.
    """
    _require(session)
    entries: dict[int, list[Entry]] = {}
    for later in session.scalars(select(ConcernEntry).order_by(ConcernEntry.id)):
        if read := _open(session, later.letter):
            entries.setdefault(later.concern_id, []).append(_entry(read))
    cases = [
        _case(kept.id, read, entries.get(kept.id, []))
        for kept in session.scalars(select(Concern).order_by(Concern.id.desc()))
        if (read := _open(session, kept.letter))
    ]
    return sorted(cases, key=lambda case: case.closed)


def get(session: Session, concern_id: int) -> Case:
    """Return a concern.

    Raises:
        UserError: this role may not know of concerns, or there is none of this number.
    """
    case = next((case for case in every(session) if case.id == concern_id), None)
    if case is None:
        raise UserError(_("There is no concern of this number."))
    return case


def may_see(session: Session) -> bool:
    """Tell whether who is working may know of concerns at all."""
    return roles.may(session, Right.CONCERNS) and letters.may_read(session)


def tasks(session: Session) -> list[Task]:
    """Say on Today that something waits, to those who may know; without a name."""
    if not may_see(session):
        return []
    waiting = [case for case in every(session) if not case.closed and not case.entries]
    return [
        Task(
            _("A safeguarding concern waits: nothing was written about it since {day}.").format(day=case.at.date()),
            urgent=True,
            page="incidents",
            target={"place": "concerns", "concern": case.id},
        )
        for case in waiting
    ]


def _when(at: datetime | None) -> str:
    return (at or clock.now()).isoformat()


def _require(session: Session) -> None:
    if not may_see(session):
        raise UserError(_("Your role may not do this. Ask the HR officer."))


def _check(told: Report) -> None:
    problems = {name: _("Please fill this in.") for name in ("about", "what") if not getattr(told, name).strip()}
    for name in ("about", "place", "person", "reporter"):
        if len(getattr(told, name)) > SHORT:
            problems[name] = _("At most {n} characters fit here.").format(n=SHORT)
    for name in ("what", "child_said", "done"):
        if len(getattr(told, name)) > LONGEST:
            problems[name] = _("At most {n} characters fit here.").format(n=LONGEST)
    if told.day and told.day > clock.today():
        problems["day"] = _("{day} lies in the future.").format(day=told.day)
    if problems:
        raise Invalid(problems)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date | time) else v for k, v in told.items()}


def _open(session: Session, letter: bytes) -> dict[str, Any] | None:
    """Read a letter; one that was tampered with is left out here, and found by the verifier."""
    opened = letters.read(session, letter)
    return json.loads(opened) if opened else None


def _case(number: int, letter: dict[str, Any], entries: list[Entry]) -> Case:
    told = dict(letter["report"])
    told["day"] = date.fromisoformat(told["day"]) if told["day"] else None
    told["at"] = time.fromisoformat(told["at"]) if told["at"] else None
    at = datetime.fromisoformat(letter["at"])
    return Case(number, Report(**told), letter["by"], letter["role"], at, tuple(entries))


def _entry(letter: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(letter["at"])
    return Entry(Step(letter["step"]), letter["words"], letter["by"], at, letter["to"])


roles.guard(globals(), Right.CONCERNS, {Right.REPORT: (report,), Right.OFFICE: (may_see, tasks)})
