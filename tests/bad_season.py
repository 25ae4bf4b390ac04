"""A made-up week and a half in which every kind of flaw occurs, each once; before that, the same days without any."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.models.action import Action, Source
from ccfs_desktop.models.check import Check, CheckAnswer, Finding, Occasion, Result, Said, Severity
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose, Guardian, Guardianship
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.models.log import DoseOutcome, MedicineCourse, MedicineDose, Visitor
from ccfs_desktop.models.patrol import Patrol, PatrolRound
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.models.visit import Absence, AbsenceReason, DayClose, DayNote, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import actions, check_schedule, checklists, checks, incidents, seasons
from tests.spaces import Space, an_adult, fill

NOW = "2017-07-13T10:00"
DAYS = tuple(date(2017, 7, n) for n in (3, 4, 5, 6, 7, 10, 11, 12))
MON, TUE, WED, THU, FRI, MONDAY, TUESDAY, WEDNESDAY = DAYS
SATURDAY = date(2017, 7, 8)
CHILDREN = 12
SEVEN = time(7)
_PAPERS = (
    PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.CODE_OF_CONDUCT, PaperKind.SAFEGUARDING,
    PaperKind.FIRST_AID,
)  # fmt: skip


Find = Callable[[date, int], Visit]
"""Finds the visit of a day and a child."""


@dataclass(frozen=True)
class Season2017:
    """What a test needs to know about it."""

    space: Space
    team: list[Staff]

    @property
    def season(self) -> Season:
        """The season."""
        return self.space.season

    @property
    def kids(self) -> list[Child]:
        """The children, in the order of the sheet."""
        return self.space.children


def good(db: Database) -> Season2017:
    """Make a season of eight days without a flaw, typed from numbered sheets."""
    space = fill(db, CHILDREN)
    with db.begin("Keep the season") as session:
        group = seasons.groups(session, space.season)[0]
        made = Season2017(
            space,
            [an_adult(session, f"Teacher {n}", group_id=group.id, papers=_PAPERS) for n in range(4)],
        )
        for number, day in enumerate(DAYS):
            _keep_day(db, session, made, day, number)
        _check(db, session, made)
    return made


def _keep_day(db: Database, session: Session, made: Season2017, day: date, number: int) -> None:
    """Children at times of their own, adults all day, and the day closed in its evening."""
    visits = [_visit(made, n, day, (7 * number + 5 * n) % 40) for n in range(CHILDREN)]
    db.insert_many(session, visits)
    db.insert_many(session, [_duty(made, person, day) for person in made.team])
    db.insert_many(session, [_close(made, day, datetime.combine(day, time(17, 40 + 2 * number)))])


def _visit(made: Season2017, n: int, day: date, after: int) -> Visit:
    return Visit(
        child_id=made.kids[n].id, season_id=made.season.id, day=day, arrived=time(7, 45 + after // 4),
        departed=time(16, 20 + after), signed_out=True, sheet_code="TESTCODE", entered_late=True,
    )  # fmt: skip


def visit_of(made: Season2017, n: int, day: date, **changed: object) -> Visit:
    """Return another visit, not stored yet."""
    visit = _visit(made, n, day, 3)
    for name, value in changed.items():
        setattr(visit, name, value)
    return visit


def _duty(made: Season2017, person: Staff, day: date) -> Duty:
    return Duty(
        staff_id=person.id, season_id=made.season.id, day=day, group_id=person.group_id, arrived=time(7),
        signed_out=True, departed=time(18),
    )  # fmt: skip


def _close(made: Season2017, day: date, at: datetime) -> DayClose:
    return DayClose(
        season_id=made.season.id, day=day, closed_by="Li Na", closed_at=at, expected=CHILDREN, present=CHILDREN,
        absent_excused=0, absent_unexcused=0,
    )  # fmt: skip


def _check(db: Database, session: Session, made: Season2017) -> None:
    """Make every check that was due by then, each signed at a minute of its own."""
    due = [d for d in check_schedule.read(session, made.season, date(2017, 7, 13)) if d.due < date(2017, 7, 13)]
    found = [
        Check(
            season_id=made.season.id, code=d.checklist.code, edition="2026-01", title=d.checklist.title,
            occasion=d.checklist.occasion, day=d.due, due=d.due, slot=d.slot, frozen=True, signed_name="Teacher 0",
            started_at=datetime.combine(d.due, time(7)), started_by="Teacher 0", result=Result.PASS, on_paper=True,
            signed_at=datetime.combine(d.due, time(7, 10 + n % 40)),
        )
        for n, d in enumerate(due)
    ]  # fmt: skip
    db.insert_many(session, found)
    answers = [
        CheckAnswer(
            check_id=check.id, position=n, item=item.id, text=item.text, wording=item.text, severity=item.severity,
            said=Said.YES, frozen=True,
        )
        for check in found
        for n, item in enumerate(checklists.current(session, check.code).items)
    ]  # fmt: skip
    db.insert_many(session, answers)


# ------------------------------------------------------------------------------------------------------ what goes wrong


def spoil(db: Database, made: Season2017) -> None:
    """Let every kind of flaw happen once."""
    with db.begin("Spoil the season") as session:
        visits = {(v.day, v.child_id): v for v in session.scalars(select(Visit))}

        def visit(day: date, n: int) -> Visit:
            return visits[day, made.kids[n].id]

        for step in _steps(session, made, visit):
            session.flush()
            assert step
    with db.begin("Spoil the season", final=True) as session:
        _work(session, made)


def _steps(session: Session, made: Season2017, visit: Find) -> Iterator[str]:
    yield from _first_day(session, made, visit)
    yield from _open_day(session, made, visit)
    yield from _adults(session, made)
    yield from _unlikely(session, made, visit)
    yield from _families(session, made)
    yield from _checks(session)
    yield from _against(session, made)
    yield from _patrols(session)


def _first_day(session: Session, made: Season2017, visit: Find) -> Iterator[str]:
    """Monday, closed without a word."""
    visit(MON, 0).arrived = None
    visit(MON, 1).departed = None
    visit(MON, 2).departed = time(17, 50)
    visit(MON, 3).unsigned_in = True
    visit(MON, 4).unsigned_out = True
    session.delete(visit(MON, 5))
    session.add(Absence(child_id=made.kids[5].id, season_id=made.season.id, first_day=MON, last_day=MON,
                        reason=AbsenceReason.UNKNOWN))  # fmt: skip
    yield "times and signatures"


def _open_day(session: Session, made: Season2017, visit: Find) -> Iterator[str]:
    """Tuesday, never closed."""
    forgotten = visit(TUE, 0)
    forgotten.signed_out, forgotten.departed = False, None
    session.delete(visit(TUE, 1))
    session.add(DayNote(season_id=made.season.id, day=TUE, code="head-counts", word="10:00=7"))
    session.add(Visitor(season_id=made.season.id, day=TUE, name="Mr Wu", came=time(9)))
    for day, status, word in ((TUE, SheetStatus.PRINTED, ""), (WEDNESDAY, SheetStatus.MISSING, "")):
        session.add(
            Sheet(
                code="SHEETAB1" if day == TUE else "SHEETAB2", day=day, season_id=made.season.id, note=word,
                group_name="Little ones", layout=SheetLayout.FULL, status=status,
                printed_at=datetime.combine(day, time(7)), printed_by="Li Na",
            )
        )  # fmt: skip
    session.delete(_closed(session, TUE))
    yield "an open day"


def _closed(session: Session, day: date) -> DayClose:
    return session.scalars(select(DayClose).where(DayClose.day == day)).one()


def duties(session: Session, day: date) -> list[Duty]:
    """Return the adults' stays of a day."""
    return list(session.scalars(select(Duty).where(Duty.day == day).order_by(Duty.id)))


def _adults(session: Session, made: Season2017) -> Iterator[str]:
    monday = duties(session, MON)
    monday[0].arrived = None
    monday[1].unsigned_out = True
    tuesday = duties(session, TUE)[3]
    tuesday.signed_out, tuesday.departed = False, None
    for duty in duties(session, WED)[1:]:
        duty.departed = time(16)
    for duty in duties(session, THU):
        session.delete(duty)
    paper = select(StaffPaper).where(StaffPaper.staff_id == made.team[3].id)
    held = session.scalars(paper.where(StaffPaper.kind == PaperKind.HEALTH_CERTIFICATE)).one()
    held.valid_until = date(2017, 6, 30)
    yield "adults"


def _unlikely(session: Session, made: Season2017, visit: Find) -> Iterator[str]:
    for gone in [*(visit(FRI, n) for n in range(CHILDREN)), *duties(session, FRI), _closed(session, FRI)]:
        session.delete(gone)
    yield "a day without a record"
    for n in range(10):
        visit(MONDAY, n).arrived = time(8)
    for n in range(CHILDREN):
        one = visit(TUESDAY, n)
        one.entered_late, one.sheet_code, one.arrived, one.departed = False, "", time(7, 15 + 3 * n), time(16, 20 + n)
    for day in (WED, THU, MONDAY, TUESDAY, WEDNESDAY):
        visit(day, 11).arrived, visit(day, 11).departed = time(7, 51), time(16, 31)
    yield "times"
    session.add(_visit(made, 9, SATURDAY, 3))
    session.add_all(_duty(made, person, SATURDAY) for person in made.team)
    session.add(_close(made, SATURDAY, datetime(2017, 7, 8, 17)))
    yield "a day off"
    for n, day in enumerate((WED, THU, MONDAY)):
        _closed(session, day).closed_at = datetime(2017, 7, 10, 18, 3 * n)
    yield "days closed in one go"


def _families(session: Session, made: Season2017) -> Iterator[str]:
    agreement = select(Consent).where(Consent.child_id == made.kids[7].id, Consent.purpose == ConsentPurpose.AGREEMENT)
    session.scalars(agreement).one().signed_on = WED
    worker = Worker(number="0815", name="Mrs Li", left_on=MON)
    session.add(worker)
    session.flush()
    mother = select(Guardian).join(Guardianship, Guardianship.guardian_id == Guardian.id)
    session.scalars(mother.where(Guardianship.child_id == made.kids[8].id)).one().worker_id = worker.id
    yield "families"


def _checks(session: Session) -> Iterator[str]:
    every = list(session.scalars(select(Check).order_by(Check.id)))
    openings = [c for c in every if c.occasion is Occasion.OPENING]
    for check in sorted(openings, key=lambda c: c.day)[:5]:
        check.signed_at = datetime.combine(check.day, time(7, 9))
    closing = [c for c in every if c.occasion is Occasion.CLOSING]
    _remove(session, closing[0])
    _remove(session, next(c for c in every if c.code == "DRL" and c.slot == "first"))
    hasty = closing[1]
    hasty.on_paper, hasty.last_at = False, hasty.started_at + timedelta(seconds=1)
    yield "checks"


def _against(session: Session, made: Season2017) -> Iterator[str]:
    """What a check says, and other records deny; Tuesday's hasty closing check was made before the children left."""
    away = an_adult(session, "Teacher 9")
    checks_of = {(c.occasion, c.day): c for c in session.scalars(select(Check))}
    checks_of[Occasion.OPENING, TUESDAY].signed_name = away.name
    counted = _answer(session, checks_of[Occasion.CLOSING, MONDAY], "CLS05")
    counted.numbers = "0"
    yield "a signer, a count"
    found = checks_of[Occasion.OPENING, MONDAY]
    bare = _answer(session, found, "OPN06")
    bare.said, bare.fails, bare.note = Said.NO, True, "A cover is missing"
    at = datetime.combine(MONDAY, SEVEN)
    finding = Finding(
        check_id=found.id, season_id=made.season.id, day=MONDAY, item=bare.item, text=bare.text,
        severity=bare.severity, note=bare.note, found_at=at, due_at=at + timedelta(days=7),
    )  # fmt: skip
    session.add(finding)
    session.flush()
    session.add(
        Action(
            season_id=made.season.id, number="CA-2017-901", source=Source.CHECK, finding_id=finding.id, item=bare.item,
            finding=bare.note, severity=bare.severity, found_on=MONDAY, due=MONDAY + timedelta(days=30),
            made_by="Li Na", made_at=at,
        )
    )  # fmt: skip
    yield "an action"


def _answer(session: Session, check: Check, item: str) -> CheckAnswer:
    return session.scalars(select(CheckAnswer).where(CheckAnswer.check_id == check.id, CheckAnswer.item == item)).one()


def _remove(session: Session, check: Check) -> None:
    for answer in session.scalars(select(CheckAnswer).where(CheckAnswer.check_id == check.id)):
        session.delete(answer)
    session.flush()
    session.delete(check)


def _patrols(session: Session) -> Iterator[str]:
    planned = PatrolRound(name="Morning", areas="Sewing 1", first_day=MON, at=time(9, 30))
    session.add(planned)
    session.flush()
    for n, day in enumerate(DAYS[:-1]):
        session.add(
            Patrol(
                round_id=planned.id, day=day, started=time(9, 30) if n < 5 else time(9, 30 + n), areas="Sewing 1",
                seen=int(n == 6), walked_by="Guard Chen", signed=True, entered_by="Li Na",
                entered_at=datetime.combine(day, time(11)),
            )
        )  # fmt: skip
    yield "patrols"


def _work(session: Session, made: Season2017) -> None:
    incidents.report(
        session, made.season, kind=Kind.INJURY, place=Place.YARD, day=MONDAY, at=time(10), words="Fell.", by="Li Na",
        children=[made.kids[0].id],
    )  # fmt: skip
    actions.begin(
        session, made.season, source=Source.HAND, finding="A socket is bare", severity=Severity.CRITICAL,
        found_on=MONDAY, by="Li Na",
    )  # fmt: skip
    checks.begin(session, made.season, "HOT", WED, by="Teacher 1")
    course = MedicineCourse(
        season_id=made.season.id, child_id=made.kids[6].id, medicine="Amoxicillin", dose="1", times="10:00",
        authorised_by="Mother", authorised_on=MON, first_day=TUESDAY, last_day=WEDNESDAY, storage="cupboard",
        original_packaging=True,
    )  # fmt: skip
    session.add(course)
    session.flush()
    session.add(
        MedicineDose(
            course_id=course.id, day=TUESDAY, at=time(10), planned=time(10), outcome=DoseOutcome.GIVEN,
            given_by="Teacher 0", witness="",
        )
    )  # fmt: skip
    session.flush()
