"""Children with signs of illness: what was seen and decided, who must stay away and until when, and who came back.

What was seen is sealed. That a child stays away, until when, and whether a doctor's note is needed is open: the desk at
the door must know it. Source: domain.md 2.9 and 8.12; security.md 2.3.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.log import HealthDecision, HealthNote
from ccfs_desktop.models.season import Group as Room
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import health_rules, moments, offices, roles
from ccfs_desktop.services.corrections import Entry, NeedsReason
from ccfs_desktop.services.health_rules import FREE_FOR, Advice
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task

_SENDS_AWAY = (HealthDecision.NOT_ADMITTED, HealthDecision.SENT_HOME)


@dataclass(frozen=True)
class Away:
    """That a child must stay away: the open part of its note, for the desk at the door."""

    note_id: int
    child_id: int
    since: date
    back_from: datetime | None
    note_needed: bool
    """Whether a doctor's note is still needed."""

    def over(self, at: datetime) -> bool:
        """Tell whether the 24 hours are over; that the child is free of signs somebody must still say."""
        return self.back_from is not None and at >= self.back_from

    @property
    def short(self) -> str:
        """Say it in a column of a list."""
        if self.note_needed or self.back_from is None:
            return _("Ill, note needed") if self.note_needed else _("Ill, away")
        return _("Ill, to {day}").format(day=f"{self.back_from:%m-%d}")

    @property
    def until(self) -> str:
        """Say in a few words until when."""
        if self.note_needed:
            return _("Ill: away until a doctor's note is here")
        if self.back_from is None:
            return _("Ill: away")
        return _("Ill: away until {moment}").format(moment=f"{self.back_from:%m-%d %H:%M}")

    def question(self, name: str, at: datetime) -> str:
        """Say why the child may not simply come in, and what to ask."""
        told = _("{name} was ill on {day} and must stay away until {moment}.")
        if self.back_from is None:
            told = _("{name} was ill on {day} and must stay away.")
        elif self.over(at):
            told = _("{name} was ill on {day}. It comes back when free of signs for 24 hours without fever medicine.")
        moment = f"{self.back_from:%Y-%m-%d %H:%M}" if self.back_from else ""
        sentences = [told.format(name=name, day=self.since, moment=moment)]
        if self.note_needed:
            sentences.append(_("A doctor's note is needed."))
        sentences.append(_("Admit only with a name and a reason: who says that the child is well?"))
        return " ".join(sentences)


@dataclass(frozen=True)
class Case:
    """A note with the child it is about."""

    note: HealthNote
    child: Child
    room: str
    """The room of the child's group; empty when it has none."""

    @property
    def away(self) -> bool:
        """Whether the child is still kept away."""
        return self.note.away and self.note.back_on is None


# ---------------------------------------------------------------------------------------------------------- at the door
def away(
    session: Session, season: Season, child_ids: Collection[int], day: date, at: time | None = None
) -> dict[int, Away]:
    """Return child → that it must stay away, for those who must; everybody may ask.

    Args:
        session: an open session.
        season: the season.
        child_ids: whom to look for.
        day: the day they come.
        at: when they come; a child that was sent home that day was still welcome before. ``time.max`` asks for
            everybody who must go home by the end of the day.
    """
    query = (
        select(HealthNote)
        .where(HealthNote.season_id == season.id, HealthNote.away, HealthNote.day <= day)
        .order_by(HealthNote.day, HealthNote.id)
    )
    wanted, found = set(child_ids), dict[int, Away]()
    for note in session.scalars(query):
        if note.child_id in wanted and _keeps_out(note, day, at):
            lacking = note.note_needed and not note.note_seen
            found[note.child_id] = Away(note.id, note.child_id, note.day, note.back_from, lacking)
    return found


def _keeps_out(note: HealthNote, day: date, at: time | None) -> bool:
    if note.back_on is not None and note.back_on <= day:
        return False
    if note.day < day or note.decision is HealthDecision.NOT_ADMITTED:
        return True
    return at == time.max or bool(at and note.noticed and at >= note.noticed)


def came_in(session: Session, kept: Away, visit: Visit, entry: Entry) -> None:
    """Note that a child came in all the same, or came back; the name and the reason stay with the note."""
    note = session.get_one(HealthNote, kept.note_id)
    note.back_on, note.back_word = visit.day, entry.told[:200]


def not_in(session: Session, visit: Visit) -> None:
    """Keep the child away again when the arrival that let it in is taken back."""
    query = select(HealthNote).where(
        HealthNote.child_id == visit.child_id, HealthNote.away, HealthNote.back_on == visit.day
    )
    for note in session.scalars(query):
        if note.back_word and note.back_word == visit.override_reason[:200]:
            note.back_on, note.back_word = None, ""


# -------------------------------------------------------------------------------------------------------------- writing
def advise(session: Session, child_id: int, signs: Collection[str], temperature: str | None, day: date) -> Advice:
    """Propose by the rules what to do about a child; see :func:`health_rules.advise`.

    Raises:
        Invalid: the temperature is none.
    """
    here = select(Visit.id).where(Visit.child_id == child_id, Visit.day == day)
    return health_rules.advise(
        signs, health_rules.tenths_of(temperature), here=session.scalars(here).first() is not None,
        country=offices.factory(session).country,
    )  # fmt: skip


def save(
    session: Session, season: Season, note: HealthNote, *, last_seen: time | None = None, keeps_out: bool = True
) -> HealthNote:
    """Keep a note of signs of illness; whoever is not admitted or sent home stays away for 24 hours at least.

    Args:
        session: the open transaction.
        season: the season.
        note: what was seen and decided; new, or changed.
        last_seen: when on that day the signs were last seen; when they were noticed unless given.
        keeps_out: whether a child that goes to the clinic stays away as well; who is not admitted or sent home does.

    Raises:
        Invalid: no sign, no name of who decided, a temperature that is none, times the wrong way round.
        UserError: the role may not, or the day or time lies in the future or outside the season.

    Source: domain.md 2.9 and 8.12.
    """
    roles.require(session, Right.DETAILS)
    note.season_id = season.id
    _check(season, note)
    note.away = note.decision in _SENDS_AWAY or (note.decision is HealthDecision.TO_CLINIC and keeps_out)
    note.back_from = health_rules.earliest_back(note.day, last_seen or note.noticed) if note.away else None
    note.note_needed = note.note_needed and note.away
    note.entered_late = note.entered_late or note.day < clock.today()
    session.add(note)
    session.flush()
    return note


def _check(season: Season, note: HealthNote) -> None:
    problems: dict[str, str] = {}
    note.signs = ",".join(health_rules.codes(note.signs)) or None
    tenths = health_rules.tenths_of(note.temperature)
    note.temperature = health_rules.degrees(tenths) if tenths else None
    if not note.signs and not (note.words or "").strip() and tenths is None:
        problems["signs"] = _("Tick what was seen, or write it in words.")
    if not note.decided_by.strip():
        problems["decided_by"] = _("Write who decided.")
    if note.parent_came and note.parent_called and note.parent_came < note.parent_called:
        problems["parent_came"] = _("The parent came before being called.")
    if problems:
        raise Invalid(problems)
    for at in (note.noticed, note.parent_called, note.parent_came):
        moments.check_day(season, note.day, at)


def change(session: Session, note_id: int, **values: Any) -> HealthNote:
    """Change some of what does not decide about staying away: times, words, advice, whether the note was seen.

    Raises:
        Invalid: see :func:`save`.
        UserError: the role may not, or the note is gone.
    """
    roles.require(session, Right.DETAILS)
    note = get(session, note_id)
    for name, value in values.items():
        setattr(note, name, value)
    season = session.get_one(Season, note.season_id)
    _check(season, note)
    session.flush()
    return note


def seen_again(session: Session, note_id: int, day: date, at: time | None) -> HealthNote:
    """Note when the signs were last seen, as the parents say: the 24 hours begin anew.

    Raises:
        UserError: the role may not, the child is back already, or the moment lies in the future or before the note.
    """
    roles.require(session, Right.DETAILS)
    note = get(session, note_id)
    if not note.away or note.back_on is not None:
        raise UserError(_("This child is not kept away."))
    moments.not_to_come(day, at)
    if day < note.day:
        raise UserError(_("The signs cannot have ended before they were noticed."))
    note.back_from = health_rules.earliest_back(day, at)
    session.flush()
    return note


def admit(
    session: Session, note_id: int, *, on: date, by: str, word: str = "", free: bool = False, note_seen: bool = False
) -> HealthNote:
    """Let a child come back.

    Args:
        session: the open transaction.
        note_id: the note that keeps it away.
        on: from which day.
        by: who decides.
        word: why, where a rule stands against it.
        free: whether the parents say that it has been free of signs for 24 hours without fever medicine.
        note_seen: whether the doctor's note was shown.

    Raises:
        Invalid: nobody is named.
        NeedsReason: a rule stands against it and no reason is given.
        UserError: the role may not, or the child is not kept away.

    Source: domain.md 2.9, return: 24 hours free of signs; a doctor's note after hand-foot-mouth and chickenpox [V].
    """
    roles.require(session, Right.DETAILS)
    note = get(session, note_id)
    if not note.away or note.back_on is not None:
        raise UserError(_("This child is not kept away."))
    if not by.strip():
        raise Invalid({"by": _("Write who decides.")})
    against = _against(note, on, free=free, note_seen=note_seen or note.note_seen)
    if against and not word.strip():
        raise NeedsReason(" ".join([*against, _("Write why the child comes back all the same.")]))
    note.note_seen = note.note_seen or note_seen
    note.back_on = on
    told = word.strip() or _("free of signs for 24 hours without fever medicine")
    note.back_word = f"{by.strip()}: {told}"[:200]
    session.flush()
    return note


def _against(note: HealthNote, on: date, *, free: bool, note_seen: bool) -> Iterable[str]:
    told: list[str] = []
    if note.back_from and on < note.back_from.date():
        told.append(_("The 24 hours end on {moment}.").format(moment=f"{note.back_from:%Y-%m-%d %H:%M}"))
    if not free:
        told.append(_("Nobody says that the child was free of signs for 24 hours without fever medicine."))
    if note.note_needed and not note_seen:
        told.append(_("The doctor's note is missing."))
    return told


def remove(session: Session, note_id: int) -> None:
    """Take back a note that was entered for the wrong child or day.

    Raises:
        UserError: the role may not, or it is gone.
    """
    roles.require(session, Right.DETAILS)
    session.delete(get(session, note_id))
    session.flush()


# -------------------------------------------------------------------------------------------------------------- reading
def get(session: Session, note_id: int) -> HealthNote:
    """Return a note.

    Raises:
        UserError: it is gone.
    """
    note = session.get(HealthNote, note_id)
    if note is None:
        raise UserError(_("This health note is no longer there."))
    return note


def case(session: Session, note_id: int) -> Case:
    """Return a note with its child; whoever shows it notes the reading in the trail.

    Raises:
        UserError: the role may not, or it is gone.
    """
    roles.require(session, Right.DETAILS)
    note = get(session, note_id)
    season = session.get_one(Season, note.season_id)
    return next(one for one in _cases(session, season, child_id=note.child_id) if one.note.id == note_id)


def of_season(
    session: Session, season: Season, first: date | None = None, last: date | None = None
) -> list[Case]:  # fmt: skip
    """Return the notes of a season or of some days of it, newest first; whoever shows them notes the reading.

    Raises:
        UserError: the role may not.
    """
    roles.require(session, Right.DETAILS)
    return _cases(session, season, first=first, last=last)


def of_child(session: Session, child_id: int) -> list[HealthNote]:
    """Return a child's notes of all seasons, newest first; whoever shows them notes the reading.

    Raises:
        UserError: the role may not.
    """
    roles.require(session, Right.DETAILS)
    query = select(HealthNote).where(HealthNote.child_id == child_id)
    return list(session.scalars(query.order_by(HealthNote.day.desc(), HealthNote.id.desc())))


def _cases(
    session: Session, season: Season, *, first: date | None = None, last: date | None = None, child_id: int = 0
) -> list[Case]:
    query = (
        select(HealthNote, Child, Room)
        .join(Child, Child.id == HealthNote.child_id)
        .outerjoin(Enrolment, (Enrolment.child_id == Child.id) & (Enrolment.season_id == season.id))
        .outerjoin(Room, Room.id == Enrolment.group_id)
        .where(HealthNote.season_id == season.id)
        .order_by(HealthNote.day.desc(), HealthNote.id.desc())
    )
    if first:
        query = query.where(HealthNote.day >= first)
    if last:
        query = query.where(HealthNote.day <= last)
    if child_id:
        query = query.where(HealthNote.child_id == child_id)
    return [Case(note, child, (room.room or room.name) if room else "") for note, child, room in session.execute(query)]


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return who may come back today, and what to ask for."""
    if not roles.may(session, Right.DETAILS):
        return []
    found: list[Task] = []
    query = (
        select(HealthNote, Child.name)
        .join(Child, Child.id == HealthNote.child_id)
        .where(HealthNote.season_id == season.id, HealthNote.away, HealthNote.back_on.is_(None), HealthNote.day < day)
        .order_by(HealthNote.day, HealthNote.id)
    )
    for note, name in session.execute(query):
        if note.back_from is None or note.back_from.date() <= day:
            told = _("{name} was ill on {day}: back today? Ask whether it was free of signs for {hours} hours.")
            if note.note_needed and not note.note_seen:
                told = _("{name} was ill on {day}: back only with a doctor's note.")
            sentence = told.format(name=name, day=note.day, hours=FREE_FOR // timedelta(hours=1))
            target: dict[str, object] = {"place": "health", "note": note.id}
            found.append(Task(sentence, urgent=False, page="safety", target=target))
    return found


roles.guard(
    globals(),
    Right.DETAILS,
    {
        Right.REGISTER: (away,),
        Right.ATTENDANCE: (came_in, not_in),
        Right.OFFICE: (tasks,),
    },
)
