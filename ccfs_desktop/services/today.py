"""The day at a glance: who is expected, here, gone, absent, and what needs somebody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import SheetStatus
from ccfs_desktop.models.visit import DayClose, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import (
    actions,
    backup_state,
    check_schedule,
    checks,
    closing,
    concerns,
    data_quality,
    enrolments,
    erasure_due,
    health,
    incident_list,
    kit,
    medicine_due,
    offices,
    opening,
    outbreaks,
    patrols_tasks,
    ratio_proof,
    register,
    roles,
    seasons,
    sheets,
    today_staff,
    visitors,
)
from ccfs_desktop.services.check_schedule import Standing
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.tasks import Task
from ccfs_desktop.services.today_staff import Ahead


@dataclass(frozen=True)
class Birthday:
    """A child who turns a year older today."""

    child_id: int
    name: str
    age: int


@dataclass(frozen=True)
class Today:
    """What the Today page shows."""

    day: date
    season: Season
    closed: str
    """Why the space is closed today; empty when it is open."""
    phase: str
    day_number: int
    """Which open day of the season this is, counted from 1."""
    days: int
    expected: int
    here: int
    left: int
    absent: int
    not_accounted: int
    places: enrolments.Places
    groups: tuple[tuple[str, int, int, int], ...]
    """Group, expected, here, left."""
    birthdays: tuple[Birthday, ...]
    tasks: tuple[Task, ...]
    sheets: sheets.Account
    opening: opening.Opening
    """Whether the space may open, by its opening check."""
    day_closed: DayClose | None
    next_day: date | None
    """The next open day after this one."""
    adults: Ahead | None
    """The adults now and in the next hours; None while the space is closed or the day is over."""
    next_expected: int
    """How many children are expected then; counted only when this day is over or closed."""


# The phases of a programme year. Source: domain.md 2.1.
_PHASES = (
    (60, N_("Preparation: venue, staff, registration")),
    (14, N_("Registration and parents' meeting")),
    (0, N_("Opening week ahead")),
)


def read(session: Session, season: Season, day: date, *, folder: Path | None = None) -> Today:
    """Return the day at a glance.

    Args:
        session: an open session.
        season: the season.
        day: today.
        folder: the office's, to see how its backups stand; without one nothing is said of them.
    """
    rows = register.read(session, season, day)
    states = [r.state for r in rows]
    open_days = seasons.open_days(session, season)
    coming = next((d for d in open_days if d > day), None)
    closed = seasons.why_closed(session, season, day)
    done = closing.closed(session, season, day)
    now = datetime.combine(day, clock.now().time())
    groups = ratio_proof.of_moment(session, season, now)
    return Today(
        day=day,
        season=season,
        closed=closed,
        phase=phase(season, day),
        day_number=sum(1 for d in open_days if d <= day),
        days=len(open_days),
        expected=sum(1 for r in rows if r.expected),
        here=states.count(State.HERE),
        left=states.count(State.LEFT),
        absent=states.count(State.ABSENT),
        not_accounted=states.count(State.EXPECTED),
        places=enrolments.places(session, season),
        groups=_groups(rows),
        birthdays=tuple(_birthdays(rows, day)),
        tasks=(
            *_tasks(session, season, day, rows, open_days),
            *today_staff.tasks(session, season, day, groups),
            *_backups(session, folder),
        ),
        sheets=sheets.account(session, season, day),
        opening=opening.of(session, season, day),
        day_closed=done,
        next_day=coming,
        adults=None if closed or done else today_staff.ahead(session, season, now, groups),
        # A second register costs as much as the first: only when the next day is what matters.
        next_expected=_expected(session, season, coming) if coming and (closed or done) else 0,
    )


def _expected(session: Session, season: Season, day: date) -> int:
    return sum(1 for r in register.read(session, season, day) if r.expected)


def phase(season: Season, day: date) -> str:
    """Return where the programme year stands on a day."""
    before = (season.first_day - day).days
    if before > 0:
        return next((_(text) for days, text in _PHASES if before >= days), "")
    after = (day - season.last_day).days
    if after > 0:
        return _("Evaluation and pledge") if after <= 75 else _("Between seasons")
    week = (day - season.first_day).days // 7 + 1
    return _("Week {n} of {all}").format(n=week, all=(season.last_day - season.first_day).days // 7 + 1)


def _groups(rows: list[Row]) -> tuple[tuple[str, int, int, int], ...]:
    names = dict.fromkeys(r.group for r in rows)
    return tuple(
        (
            name,
            sum(1 for r in rows if r.group == name and r.expected),
            sum(1 for r in rows if r.group == name and r.state is State.HERE),
            sum(1 for r in rows if r.group == name and r.state is State.LEFT),
        )
        for name in names
    )


def _birthdays(rows: list[Row], day: date) -> list[Birthday]:
    return [
        Birthday(r.child_id, r.name, r.age)
        for r in rows
        if (r.birth_date.month, r.birth_date.day) == (day.month, day.day) and r.age > 0
    ]


def _tasks(session: Session, season: Season, day: date, rows: list[Row], open_days: list[date]) -> list[Task]:
    return [
        *_checks(session, season, day),
        *medicine_due.tasks(session, season, day),
        *outbreaks.tasks(session, season, day),
        *health.tasks(session, season, day),
        *actions.tasks(session, season, day),
        *concerns.tasks(session),
        *patrols_tasks.tasks(session, season, day),
        *incident_list.tasks(session, season, day),
        *_not_ready(rows),
        *_days_not_closed(session, season, day, open_days),
        *_sheets_out(session, season, day),
        *_parents_left(session, season, day),
        *_over_full(session, season),
        *_waiting(session, season),
        *visitors.tasks(session, season, day),
        *kit.tasks(session, day),
        *data_quality.tasks(session, season, day),
        *erasure_due.tasks(session, day),
    ]


def _backups(session: Session, folder: Path | None) -> list[Task]:
    """How the backups stand; a demonstration has nothing to lose."""
    if folder is None or offices.factory(session).demonstration:
        return []
    return backup_state.tasks(folder / "backups")


def _not_ready(rows: list[Row]) -> list[Task]:
    lacking = [r for r in rows if r.missing]
    if len(lacking) > 3:
        sentence = ngettext(
            "{n} child cannot be signed in yet: papers are missing.",
            "{n} children cannot be signed in yet: papers are missing.",
            len(lacking),
        ).format(n=len(lacking))
        return [Task(sentence, urgent=True, page="children", target={"filter": "not-ready"})]
    return [
        Task(
            _("{name} cannot be signed in yet: {papers} missing.").format(
                name=r.name, papers=listed(_(enrolments.BLOCKERS[code]) for code in r.missing)
            ),
            urgent=True,
            page="children",
            target={"child": r.child_id},
        )
        for r in lacking
    ]


def _checks(session: Session, season: Season, day: date) -> list[Task]:
    """The safety checks: what keeps the day shut, what is late, what was missed, and what comes back."""
    tasks: list[Task] = []
    standing = opening.of(session, season, day)
    begun = standing.check is not None and not standing.check.frozen
    if standing.check and (begun or standing.state is opening.State.UNSAFE):
        tasks.append(Task(standing.sentence, urgent=True, page="safety", target={"check": standing.check.id}))
    due = check_schedule.today(session, season, day)
    tasks += [
        Task(
            _("{list}: not made yet.").format(list=_(one.checklist.title)),
            urgent=True,
            page="safety",
            target={"due": one.key},
        )
        for one in due
        if one.standing is Standing.LATE
    ]
    missed = sum(1 for one in due if one.standing is Standing.MISSED)
    if missed:
        sentence = ngettext(
            "{n} safety check was missed and is not explained.",
            "{n} safety checks were missed and are not explained.",
            missed,
        ).format(n=missed)
        tasks.append(Task(sentence, urgent=False, page="safety", target={"place": "due"}))
    return [*tasks, *_repeats(session, season, day)]


def _repeats(session: Session, season: Season, day: date) -> list[Task]:
    """Items that failed three times in the last fourteen days. Source: domain.md 3, rule set."""
    since = day - timedelta(days=checks.REPEAT_DAYS)
    found = {f.item: f for f in reversed(checks.findings(session, season)) if f.day > since and checks.is_repeat(f)}
    return [
        Task(
            _("{item} failed {n} times in 14 days: {text}").format(item=f.item, n=f.times, text=_(f.text)),
            urgent=False,
            page="safety",
            target={"check": f.check_id},
        )
        for f in found.values()
    ]


def _days_not_closed(session: Session, season: Season, day: date, open_days: list[date]) -> list[Task]:
    """Days on which children were here and that nobody closed; days without any record are listed as such."""
    closed = set(session.scalars(select(DayClose.day).where(DayClose.season_id == season.id)))
    visited = set(session.scalars(select(Visit.day).where(Visit.season_id == season.id).distinct()))
    past = [d for d in open_days if d < day and d not in closed]
    if not visited:
        return []
    open_still = [d for d in past if d in visited]
    blank = [d for d in past if d not in visited]
    tasks = [
        Task(_("{day} is not closed.").format(day=d), urgent=True, page="attendance", target={"day": d})
        for d in open_still[-3:]
    ]
    if blank:
        sentence = ngettext(
            "An open day has no record at all: {days}.",
            "{n} open days have no record at all, the last ones: {days}.",
            len(blank),
        ).format(n=len(blank), days=listed(str(d) for d in blank[-5:]))
        tasks.append(Task(sentence, urgent=False, page="attendance", target={"day": blank[-1]}))
    return tasks


def _sheets_out(session: Session, season: Season, day: date) -> list[Task]:
    late = [s for s in sheets.of_season(session, season) if s.status is SheetStatus.PRINTED and s.day < day]
    if not late:
        return []
    sentence = ngettext(
        "{n} sheet of an earlier day is not back.", "{n} sheets of earlier days are not back.", len(late)
    ).format(n=len(late))
    return [Task(sentence, urgent=False, page="attendance", target={"sheets": True, "day": late[-1].day})]


def _parents_left(session: Session, season: Season, day: date) -> list[Task]:
    """Children whose only parent here has left: the place, the contact and the pick-up list may be wrong."""
    query = (
        select(Child.id, Child.name, Worker.name, Worker.left_on)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .join(Guardianship, Guardianship.child_id == Child.id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .join(Worker, Worker.id == Guardian.worker_id)
        .where(
            Enrolment.season_id == season.id,
            Enrolment.status == Status.ENROLLED,
            Worker.left_on.is_not(None),
            Worker.left_on <= day,
        )
        .order_by(Child.sort_key)
    )
    return [
        Task(
            _("{parent}, parent of {name}, left the factory on {day}.").format(parent=parent, name=name, day=left),
            urgent=False,
            page="children",
            target={"child": child},
        )
        for child, name, parent, left in session.execute(query)
    ]


def _over_full(session: Session, season: Season) -> list[Task]:
    places = enrolments.places(session, season)
    if not places.capacity or places.enrolled <= places.capacity:
        return []
    sentence = _("{enrolled} children are enrolled for {places} places.").format(
        enrolled=places.enrolled, places=places.capacity
    )
    return [Task(sentence, urgent=True, page="children", target={})]


def _waiting(session: Session, season: Season) -> list[Task]:
    waiting = session.scalar(
        select(func.count()).where(
            Enrolment.season_id == season.id, Enrolment.status.in_((Status.APPLIED, Status.WAITING))
        )
    )
    free = enrolments.places(session, season).free
    if not waiting or not free:
        return []
    sentence = ngettext(
        "{n} child is waiting; places free: {free}.",
        "{n} children are waiting; places free: {free}.",
        waiting,
    ).format(n=waiting, free=free)
    return [Task(sentence, urgent=False, page="children", target={"filter": "waiting"})]


roles.guard(globals(), Right.REGISTER, {})
