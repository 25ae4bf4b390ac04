"""The adults on Today: how each group stands now, how the next hours are planned, and what needs somebody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _, listed, ngettext
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Correction, DayClose, Visit
from ccfs_desktop.services import planned, ratio_proof, roles, roster_week, seasons, staff, staff_papers, times
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.staff_papers import Standing
from ccfs_desktop.services.tasks import Task

_HOURS = 4
"""How many hours are looked ahead."""
_SHOWN = 3
_LOOKED_AT = 10
"""Days at most, the last ones: a start must not wait for a whole season that nobody closed."""


@dataclass(frozen=True)
class Cell:
    """One group at one time: adults who count, adults needed; nothing without children."""

    there: float
    required: int
    reason: str = ""
    """Why it is short, in words."""

    @property
    def short(self) -> bool:
        """Whether there are too few."""
        return self.there < self.required


@dataclass(frozen=True)
class Ahead:
    """The next hours, group by group."""

    times: tuple[time | None, ...]
    """None is now; the others are the hours that begin next, as planned."""
    groups: tuple[tuple[str, tuple[Cell | None, ...]], ...]
    """Group, and one cell for each time."""
    published: bool
    """Whether the roster of this week is published; otherwise what is ahead is only a draft."""


def ahead(session: Session, season: Season, now: datetime, groups: Sequence[Quarter]) -> Ahead:
    """Return how each group stands now, as it really is, and in the next hours, as planned.

    Args:
        session: an open session.
        season: the season.
        now: the moment.
        groups: how they stand now, see ``ratio_proof.of_moment``.
    """
    day, minute = now.date(), times.minutes(now.time())
    really = {q.group_id: q for q in groups}
    plan = planned.read(session, season, [day])
    coming = [q for q in plan.cover(day).quarters if q.slot * SLOT // 60 * 60 > minute]
    hours = sorted({q.slot * SLOT // 60 for q in coming})[:_HOURS]
    names = {**plan.groups, **{q.group_id: q.group for q in really.values()}}
    rows = tuple(
        (
            name,
            (
                _cell([really[key]] if key in really else []),
                *(_cell(q for q in coming if q.group_id == key and q.slot * SLOT // 60 == hour) for hour in hours),
            ),
        )
        for key, name in names.items()
    )
    published = roster_week.published(session, season, day - timedelta(days=day.weekday())) is not None
    return Ahead((None, *(time(hour) for hour in hours)), tuple(r for r in rows if any(r[1])), published)


def _cell(quarters: Iterable[Quarter]) -> Cell | None:
    """The quarter hour in which most is missing."""
    worst = max(quarters, key=lambda q: (q.required * 100 - q.percent, q.required), default=None)
    return Cell(worst.percent / 100, worst.required, worst.reason) if worst else None


def tasks(session: Session, season: Season, day: date, groups: Sequence[Quarter]) -> Iterator[Task]:
    """Yield what about the adults needs somebody; each leads to the place that puts it right.

    Args:
        session: an open session.
        season: the season.
        day: today.
        groups: how they stand now, see ``ratio_proof.of_moment``.
    """
    yield from _now(session, season, day, groups)
    yield from _unexplained(session, season, day)
    yield from _next_week(session, season, day)
    yield from _papers(session, day)


def _now(session: Session, season: Season, day: date, groups: Sequence[Quarter]) -> Iterator[Task]:
    target: dict[str, object] = {"place": "duty", "day": day}
    signed = select(Duty.id).where(Duty.season_id == season.id, Duty.day == day)
    if groups and session.scalars(signed).first() is None:
        yield Task(
            _("Children are here, and no adult has been signed in."), urgent=True, page="staff", target=target
        )  # fmt: skip
        return
    for group in groups:
        if group.short:
            told = _("{group} is short of adults now: {there} of {required}.").format(
                group=group.group, there=f"{group.percent / 100:g}", required=group.required
            )
            yield Task(told, urgent=True, page="staff", target=target)


def _unexplained(session: Session, season: Season, day: date) -> Iterator[Task]:
    """Breaches of past days nobody has explained; days without staff records.

    A day is closed only with its breaches explained: only days still open, or corrected later, need a look.
    """
    closed = select(DayClose.day).where(DayClose.season_id == season.id)
    corrected = select(Correction.day).where(Correction.season_id == season.id)
    doubtful = or_(Visit.day.not_in(closed), Visit.day.in_(corrected))
    query = select(Visit.day).where(Visit.season_id == season.id, Visit.day < day, doubtful).distinct()
    period = ratio_proof.of_days(session, season, sorted(session.scalars(query))[-_LOOKED_AT:])
    open_ = [b for b in period.breaches if b.note is None]
    if open_:
        told = ngettext(
            "{day}: too few adults, and nobody has explained why.",
            "{n} times there were too few adults and nobody has explained why, the last time on {day}.",
            len(open_),
        ).format(n=len(open_), day=open_[-1].day)
        yield Task(told, urgent=True, page="staff", target={"place": "ratio", "day": open_[-1].day})
    if days := period.without_records:
        told = ngettext(
            "{day}: no adult's time is written down.", "{n} days have no adult's time, the last one {day}.", len(days)
        ).format(n=len(days), day=days[-1])
        yield Task(told, urgent=False, page="staff", target={"place": "duty", "day": days[-1]})


def _next_week(session: Session, season: Season, day: date) -> Iterator[Task]:
    monday = day + timedelta(days=7 - day.weekday())
    opened = [d for d in seasons.open_days(session, season) if monday <= d < monday + timedelta(days=7)]
    if opened and staff.everybody(session, day=day) and roster_week.published(session, season, monday) is None:
        told = _("The roster of the week from {day} is not published.").format(day=monday)
        yield Task(told, urgent=False, page="staff", target={"place": "roster", "day": monday})


def _papers(session: Session, day: date) -> Iterator[Task]:
    """Papers that have run out or will soon."""
    people = staff.everybody(session, day=day)
    papers = staff_papers.of(session, [p.id for p in people])
    due = [
        (person.name, person.id, paper.sentence, paper.standing)
        for person in people
        for paper in staff_papers.file(person, papers.get(person.id, ()), day)
        if paper.standing in (Standing.EXPIRES, Standing.EXPIRED)
    ]
    if len(due) > _SHOWN:
        told = ngettext(
            "{n} paper of the staff has run out or will within 30 days.",
            "{n} papers of the staff have run out or will within 30 days.",
            len(due),
        ).format(n=len(due))
        names = listed(dict.fromkeys(name for name, _key, _told, _standing in due))
        urgent = any(standing is Standing.EXPIRED for *_rest, standing in due)
        yield Task(f"{told} {names}", urgent=urgent, page="staff", target={"place": "files"})
        return
    for name, key, sentence, standing in due:
        told = f"{name}: {sentence}"
        target: dict[str, object] = {"place": "files", "staff": key}
        yield Task(told, urgent=standing is Standing.EXPIRED, page="staff", target=target)


roles.guard(globals(), Right.REGISTER, {})
