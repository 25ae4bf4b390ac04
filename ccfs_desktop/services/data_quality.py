"""Before the auditor does: what in the records is missing or looks unlikely, and how complete they are.

Source: peers.md (c) 9 and product.md 4.3, last line: shown to the officer first, with a place for the true explanation.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock, i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import DayClose, DayNote, Visit
from ccfs_desktop.services import (
    check_rates,
    check_schedule,
    closing,
    corrections,
    flaws_against,
    flaws_days,
    flaws_patterns,
    flaws_work,
    patrols,
    ratio_notes,
    roles,
    sheets,
)
from ccfs_desktop.services.closing import Gap, Severity
from ccfs_desktop.services.flaws import KINDS, MARK, Flaw, Ground, Way
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.statistics import Figure, share
from ccfs_desktop.services.tasks import Task

PAGE, PLACE = "reports", "quality"
WAITS = timedelta(days=7)
"""So long after its day Today asks for the explanation of a flaw; ours."""
LONGEST = 300
"""Characters of an explanation."""
_LOOKS: tuple[Callable[[Ground], Iterator[Flaw]], ...] = (
    flaws_days.not_closed,
    flaws_days.duties,
    flaws_days.papers,
    flaws_days.agreements,
    flaws_work.checks_missed,
    flaws_work.checks_doubted,
    flaws_work.patrols_missed,
    flaws_work.incidents,
    flaws_work.actions_overdue,
    flaws_work.doses,
    flaws_against.of_checks,
    flaws_against.of_closing,
    flaws_against.of_actions,
    flaws_patterns.of_visits,
    flaws_patterns.of_signatures,
)
"""Where flaws are looked for, beside closing the days one by one."""
_THOROUGH = (*_LOOKS, flaws_against.of_counts)
"""With what takes too long for Today."""


def read(
    session: Session, season: Season, first: date, last: date, progress: Callable[[int, int], object] | None = None
) -> list[Flaw]:
    """Return what is missing, late or unlikely in the records of some days, explained or not, the newest first.

    Args:
        session: an open session.
        season: the season.
        first: the first day.
        last: the last day, included; days that are not over yet are left out.
        progress: told (done, total); what it raises stops the reading.

    Raises:
        Refused: the role may not.
    """
    ground = Ground(session, season, first, over(session, season, last), clock.today())
    if ground.until < first:
        return []
    days = flaws_days.days(ground)
    found: list[Flaw] = []
    for n, day in enumerate(days):
        if progress:
            progress(n, len(days) + len(_THOROUGH))
        found += flaws_days.of_day(ground, day)
    for n, look in enumerate(_THOROUGH, len(days)):
        if progress:
            progress(n, len(days) + len(_THOROUGH))
        found += look(ground)
    order = list(KINDS)
    told = _with_words(session, season, found)
    return sorted(told, key=lambda flaw: (-flaw.day.toordinal(), order.index(flaw.kind), flaw.key, flaw.child_id or 0))


def _with_words(session: Session, season: Season, found: Iterable[Flaw]) -> list[Flaw]:
    """Give each flaw the word that was kept beside its record; a word of the record itself goes before."""
    notes = {(n.day, n.code, n.child_id): n for n in _notes(session, season)}
    told: list[Flaw] = []
    for flaw in found:
        note = notes.get(flaw.noted_under)
        told.append(replace(flaw, word=note.word, by=note.by) if note and not flaw.word else flaw)
    return told


def _notes(session: Session, season: Season) -> Sequence[DayNote]:
    query = select(DayNote).where(DayNote.season_id == season.id, DayNote.code.startswith(MARK, autoescape=True))
    return session.scalars(query).all()


def tasks(session: Session, season: Season, day: date) -> list[Task]:
    """Return one line for Today when something older than a week is not explained; to others it says nothing.

    A day that nobody closed counts once here; its own gaps are told when it is closed.
    """
    if not roles.may(session, Right.CLOSE):
        return []
    ground = Ground(session, season, season.first_day, min(day - WAITS, season.last_day), day)
    if ground.until < ground.first:
        return []
    found = _with_words(session, season, (flaw for look in _LOOKS for flaw in look(ground)))
    n = sum(1 for f in found if not f.explained and f.severity > Severity.NOTICE)
    if not n:
        return []
    sentence = ngettext(
        "{n} thing in the records older than a week is missing or looks unlikely, and nobody has explained it.",
        "{n} things in the records older than a week are missing or look unlikely, and nobody has explained them.",
        n,
    ).format(n=n)
    return [Task(sentence, urgent=False, page=PAGE, target={"place": PLACE})]


# ------------------------------------------------------------------------------------------------------- explanations


def explain(session: Session, season: Season, flaw: Flaw, words: str, by: str) -> None:
    """Keep the true explanation of a flaw where its kind is explained; one beside a record can be written anew.

    Args:
        session: the open transaction.
        season: the season.
        flaw: as it was read.
        words: why it is so.
        by: who says so.

    Raises:
        UserError: nothing or too much is said, or the explanation given stays.
        Refused: the role may not.
    """
    told = " ".join(words.split())
    if not told:
        raise UserError(_("Write in a few words how it really was."))
    if len(told) > LONGEST:
        raise UserError(_("At most {n} characters fit here.").format(n=LONGEST))
    if flaw.stays:
        raise UserError(_("What was said about this stays on record: {word}").format(word=flaw.word))
    _WAYS[flaw.way](session, season, flaw, told, by)


def _with_day(session: Session, season: Season, flaw: Flaw, told: str, by: str) -> None:
    """Keep it among the words of the day; what is said after the day was closed stands beside them."""
    if isinstance(flaw.about, Gap) and not corrections.is_closed(session, season.id, flaw.day):
        closing.explain(session, season, flaw.day, flaw.about, told, by=by)
    elif isinstance(flaw.about, Gap) and flaw.about.word:
        raise UserError(_("{day} is closed; what was said about it stays.").format(day=flaw.day))
    else:
        _beside(session, season, flaw, told, by)


def _with_stretch(session: Session, season: Season, flaw: Flaw, told: str, by: str) -> None:
    """Keep it with the breach; what was said since it was read is found again, so that nothing is said twice."""
    breach = flaw.about.breach if isinstance(flaw.about, Gap) else None
    if breach is None:
        return
    about = (breach.group_id, breach.starts, breach.ends)
    said = ratio_notes.of_day(session, season, flaw.day)
    note = next((n for n in said if (n.group_id, n.starts, n.ends) == about), breach.note)
    ratio_notes.explain(session, season, replace(breach, note=note), told, by=by)


def _with_check(session: Session, season: Season, flaw: Flaw, told: str, by: str) -> None:
    about: Any = flaw.about
    check_schedule.explain(session, season, about, told, by=by)


def _with_patrol(session: Session, _season: Season, flaw: Flaw, told: str, by: str) -> None:
    about: Any = flaw.about
    patrols.explain(session, about, told, by=by)


def _beside(session: Session, season: Season, flaw: Flaw, told: str, by: str) -> None:
    note = next((n for n in _notes(session, season) if (n.day, n.code, n.child_id) == flaw.noted_under), None)
    if note is None:
        day, code, child_id = flaw.noted_under
        note = DayNote(season_id=season.id, day=day, code=code, child_id=child_id, word="")
    note.word, note.by = told, by
    session.add(note)
    session.flush()


_WAYS: dict[Way, Callable[[Session, Season, Flaw, str, str], None]] = {
    Way.DAY: _with_day,
    Way.RATIO: _with_stretch,
    Way.CHECK: _with_check,
    Way.PATROL: _with_patrol,
    Way.NOTE: _beside,
}


# ------------------------------------------------------------------------------------------------------- completeness


@dataclass(frozen=True)
class Completeness:
    """How complete the records of a period are; every share with its numerator and denominator.

    Which shares are told is ours; domain.md 8.22 asks for a data-completeness statement and leaves it open.
    """

    first: date
    last: date
    """The last day that is over: today only when it is closed; before ``first`` when none is over."""
    times: Figure
    """Children's visits with both times."""
    signatures: Figure
    """Children's visits signed for at both hand-overs."""
    sheets: Figure
    """Numbered sheets that came back, of those not voided."""
    days: Figure
    """Days closed, of those on which children were here."""
    duties: Figure
    """Adults' stays with both times."""
    checks: Figure
    """Safety checks made and signed, of those that were due."""
    patrols: Figure
    """Planned patrols that were walked."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, in the order of a statement."""
        return self.times, self.signatures, self.sheets, self.days, self.duties, self.checks, self.patrols


def completeness(session: Session, season: Season, first: date, last: date) -> Completeness:
    """Return how complete the records of some days are.

    Args:
        session: an open session.
        season: the season; patrols are those of the whole factory in that time.
        first: the first day.
        last: the last day, included; days that are not over yet are left out.
    """
    return _told(_counted(session, season, first, over(session, season, last)))


def spoken(
    session: Session, season: Season, first: date, last: date, languages: Sequence[str]
) -> tuple[tuple[Figure, ...], ...]:
    """Return the shares of :func:`completeness` in each of some languages, counted once."""
    counted = _counted(session, season, first, over(session, season, last))
    said: list[tuple[Figure, ...]] = []
    for language in languages:
        with i18n.use(language):
            said.append(_told(counted).figures)
    return tuple(said)


@dataclass(frozen=True)
class _Counted:
    """What was counted, each with out of how many."""

    first: date
    until: date
    times: tuple[int, int]
    signatures: tuple[int, int]
    sheets: tuple[int, int]
    days: tuple[int, int]
    duties: tuple[int, int]
    checks: tuple[int, int]
    patrols: tuple[int, int]


def _counted(session: Session, season: Season, first: date, until: date) -> _Counted:
    visits = (Visit.season_id == season.id, Visit.day.between(first, until))
    stays = (Duty.season_id == season.id, Duty.day.between(first, until))
    valid = (Sheet.season_id == season.id, Sheet.day.between(first, until), Sheet.status != SheetStatus.VOIDED)
    days = select(Visit.day).where(*visits).distinct()
    closed = (DayClose.season_id == season.id, DayClose.day.in_(days))
    due = check_rates.due(session, Period(season, first, until, until))
    walked = patrols.due(session, first, until) if first <= until else []
    walks = [one for one in walked if one.standing is not patrols.Standing.DUE]

    def count(*conditions: object) -> int:
        return session.scalar(select(func.count()).where(*conditions)) or 0  # pyright: ignore[reportArgumentType]

    came = count(*visits)
    return _Counted(
        first, until,
        times=(count(*visits, Visit.arrived.is_not(None), Visit.departed.is_not(None)), came),
        signatures=(_signed(session, season, first, until), came),
        sheets=(count(*valid, Sheet.status == SheetStatus.RETURNED), count(*valid)),
        days=(count(*closed), session.scalar(select(func.count()).select_from(days.subquery())) or 0),
        duties=(count(*stays, Duty.arrived.is_not(None), Duty.departed.is_not(None)), count(*stays)),
        checks=(sum(1 for d in due if d.standing is check_schedule.Standing.DONE), len(due)),
        patrols=(sum(1 for d in walks if d.standing is patrols.Standing.DONE), len(walks)),
    )  # fmt: skip


def _signed(session: Session, season: Season, first: date, until: date) -> int:
    """Count the visits signed for twice; what was signed on a sheet that has not come back cannot be shown."""
    printed = select(Sheet).where(Sheet.season_id == season.id, Sheet.day.between(first, until))
    of_day: dict[date, list[Sheet]] = defaultdict(list)
    for sheet in session.scalars(printed):
        of_day[sheet.day].append(sheet)
    own = select(Enrolment.child_id, Enrolment.id).where(Enrolment.season_id == season.id)
    places = {row[0]: row[1] for row in session.execute(own)}
    query = select(
        Visit.day, Visit.child_id, Visit.sheet_code, Visit.signed_out, Visit.unsigned_in, Visit.unsigned_out
    ).where(Visit.season_id == season.id, Visit.day.between(first, until))
    typed: dict[tuple[date, int], set[str]] = defaultdict(set)
    whole: Counter[tuple[date, int]] = Counter()
    for day, child_id, code, left, unsigned_in, unsigned_out in session.execute(query):
        typed[day, child_id] |= {code} - {""}
        whole[day, child_id] += left and not (unsigned_in or unsigned_out)
    return sum(
        n for (day, child_id), n in whole.items()
        if not sheets.are_lost(sheets.of_child(of_day[day], places.get(child_id, 0), typed[day, child_id]))
    )  # fmt: skip


def _told(counted: _Counted) -> Completeness:
    """Put what was counted into words, in the language in use."""
    return Completeness(
        counted.first, counted.until,
        times=share(
            "D1", _("Visits with both times"), _("Children's visits whose arrival and departure are written down."),
            *counted.times,
        ),
        signatures=share(
            "D2", _("Visits signed for twice"),
            _("Children's visits signed for at arrival and departure, on a sheet that came back."),
            *counted.signatures,
        ),
        sheets=share(
            "D3", _("Sheets that came back"), _("Numbered day sheets that came back, of all that were not voided."),
            *counted.sheets,
        ),
        days=share(
            "D4", _("Days closed"), _("Days with children whose record was gone through and closed."), *counted.days
        ),
        duties=share(
            "D5", _("Adults' stays with both times"), _("Stays of staff on duty with their times in and out."),
            *counted.duties,
        ),
        checks=share(
            "D6", _("Safety checks made"), _("Safety checks that were due and were made and signed."), *counted.checks
        ),
        patrols=share(
            "D7", _("Patrols walked"), _("Patrols of the production areas that were planned and were walked."),
            *counted.patrols,
        ),
    )  # fmt: skip


def over(session: Session, season: Season, last: date) -> date:
    """Return the last day, of those up to one, that is over: today counts once it is closed."""
    today = clock.today()
    over_today = corrections.is_closed(session, season.id, today)
    return min(last, today if over_today else today - timedelta(days=1))


roles.guard(globals(), Right.CLOSE, {Right.FIGURES: (completeness, over, spoken), Right.OFFICE: (tasks,)})
