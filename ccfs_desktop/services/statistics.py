"""What the attendance of a season, or of a part of it, comes to: K01 to K08, each with what was divided by what.

Source: domain.md 6.7, the intervals 6.8, what is not told 6.9. Rates are always given with numerator and denominator,
so that several factories' figures can be added up and computed anew, never averaged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import _
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.protection import SeasonTally
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence, AbsenceReason, Visit
from ccfs_desktop.services import closing, intervals, roles, seasons, small_groups
from ccfs_desktop.services.intervals import Interval
from ccfs_desktop.services.roles import Right

_HUNDRED = 100
REGULAR = 0.7
"""From this share of the expected days on a child attends regularly. Source: domain.md 6.7, K08."""


@dataclass(frozen=True)
class Figure:
    """One number with its definition and, where it is a share, what was divided by what."""

    id: str
    title: str
    """Translated."""
    definition: str
    """Translated."""
    numerator: float
    denominator: float | None = None
    percent: bool = False
    note: str = ""
    """What limits the number, translated."""
    factor: int = 1
    """Of how many a rate is: 1,000 child-hours, 100 patrols."""
    interval: Interval | None = None
    """95-per-cent interval, in the unit of :attr:`value`; None where none makes sense."""
    group: bool = False
    """Whether it is a share of children, so that fewer than five on either side are not told."""

    @property
    def value(self) -> float | None:
        """The number; None where nothing can be divided."""
        if self.denominator is None:
            return self.numerator
        return self.factor * self.numerator / self.denominator if self.denominator else None

    @property
    def text(self) -> str:
        """The number as people read it; a dash where there is none, a limit where few are not told."""
        value = self.value
        if value is None:
            return "–"
        if self.few:
            limit = small_groups.LEAST if self.below else (self.denominator or 0) - small_groups.LEAST
            return f"{'<' if self.below else '>'} {100 * limit / (self.denominator or 1):.1f} %"
        return self.written(value)

    def written(self, value: float) -> str:
        """Return a number of this kind as people read it."""
        return f"{100 * value:.1f} %" if self.percent else f"{value:,.{self.decimals(value)}f}"

    def decimals(self, value: float) -> int:
        """Return how many decimals a number of this kind is written with; of a share, those of the per cent."""
        if self.factor > _HUNDRED:
            return 2
        return 1 if self.percent or self.factor > 1 or value % 1 else 0

    @property
    def below(self) -> bool:
        """Whether it is the counted children that are too few to be told."""
        return self.group and small_groups.is_small(int(self.numerator))

    @property
    def few(self) -> bool:
        """Whether fewer than five children are on one side of the share."""
        return self.below or (self.group and small_groups.is_small(int((self.denominator or 0) - self.numerator)))

    @property
    def parts(self) -> tuple[str, str]:
        """Numerator and denominator as people read them; empty where there is none."""
        if self.denominator is None:
            return "", ""
        under = number(self.denominator)
        if not self.few:
            return number(self.numerator), under
        return (f"< {small_groups.LEAST}" if self.below else f"> {self.denominator - small_groups.LEAST:.0f}"), under

    @property
    def counted(self) -> str:
        """What was divided by what, as people read it; empty where nothing was."""
        over, under = self.parts
        if not under or self.value is None:
            return ""
        return f"{over} ÷ {under}" + (f" × {self.factor:,}" if self.factor > 1 else "")

    @property
    def interval_text(self) -> str:
        """The interval as people read it; empty where there is none, or where it would tell what is not told."""
        if self.interval is None or self.few or self.value is None:
            return ""
        return f"{self.written(self.interval.low)} – {self.written(self.interval.high)}"


@dataclass
class Days:
    """One child's days up to a certain day."""

    child: Child
    enrolment: Enrolment
    expected: set[date] = field(default_factory=set[date])
    """Open days on which the child was enrolled and wanted to come, without announced holidays."""
    attended: set[date] = field(default_factory=set[date])
    absent: dict[date, AbsenceReason] = field(default_factory=dict[date, AbsenceReason])

    @property
    def came(self) -> int:
        """Expected days on which the child came."""
        return len(self.attended & self.expected)


@dataclass(frozen=True)
class Facts:
    """The season's attendance up to a day, gathered once for all its figures."""

    season: Season
    open_days: tuple[date, ...]
    closes: time
    days: tuple[Days, ...]
    visits: tuple[Visit, ...]
    parents: frozenset[int]
    couples: int
    """Children with two parents working here."""
    erased: int = 0
    """Parents who took part, of children whose data was erased since: only their number is known."""


def number(value: float) -> str:
    """Write a number with at most one decimal; a small one with two, so that a division by it can be done again."""
    return f"{value:,.{1 if value >= 10 else 2}f}" if value % 1 else f"{value:,.0f}"


def share(
    id: str, title: str, definition: str, hits: int, tries: int, *, note: str = "", group: bool = False  # noqa: A002
) -> Figure:  # fmt: skip
    """Return a share in per cent with its Wilson interval. Source: domain.md 6.8.

    Args:
        id: such as ``K04``.
        title: translated.
        definition: translated.
        hits: what is counted.
        tries: out of how many.
        note: what limits it, translated.
        group: whether it is a share of children; see :attr:`Figure.group`.
    """
    sound = intervals.wilson(hits, tries) if 0 <= hits <= tries else None
    return Figure(id, title, definition, hits, tries, percent=True, note=note, interval=sound, group=group)


def figures(session: Session, season: Season, until: date, first: date | None = None) -> list[Figure]:
    """Return K01 to K08 of a season from a day, its first one unless said, up to and including another."""
    return reckoned(gather(session, season, until, first))


def reckoned(facts: Facts) -> list[Figure]:
    """Return K01 to K08 of what was gathered, in the language in use."""
    return [*_people(facts), *_rates(facts), _hours(facts), _regular(facts)]


def gather(session: Session, season: Season, until: date, first: date | None = None) -> Facts:
    """Read a season's attendance.

    Args:
        session: an open session.
        season: the season.
        until: the last day.
        first: the first one; with it only children count who had a place on a day from it to the last one.
    """
    start = first or season.first_day
    open_days = [day for day in seasons.open_days(session, season, until) if day >= start]
    days = _days(session, season, open_days)
    if first:
        days = {child: d for child, d in days.items() if _has_place(d.enrolment, first, until)}
    seen = select(Visit).where(Visit.season_id == season.id, Visit.day >= start, Visit.day <= until)
    visits = tuple(session.scalars(seen))
    for visit in visits:
        if visit.child_id in days:
            days[visit.child_id].attended.add(visit.day)
    _note_absences(session, season, days)
    parents = _parents(session, list(days))
    tally = session.scalars(select(SeasonTally).where(SeasonTally.season_id == season.id)).first()
    return Facts(
        season=season,
        open_days=tuple(open_days),
        closes=closing.closing_time(session, season),
        days=tuple(days.values()),
        visits=visits,
        parents=frozenset(worker for workers in parents.values() for worker in workers),
        couples=sum(1 for workers in parents.values() if len(workers) > 1) + (tally.couples if tally else 0),
        erased=tally.parents if tally else 0,
    )


def _has_place(enrolment: Enrolment, first: date, until: date) -> bool:
    ended = enrolment.last_day is not None and enrolment.last_day < first
    return not ended and (enrolment.first_day is None or enrolment.first_day <= until)


def keep_parents(session: Session, child_id: int) -> None:
    """Note for each season of a child what K02 will no longer find once the links to its parents are erased.

    A parent who has another child in the season is still found, and so not noted.
    """
    query = select(Enrolment.season_id).where(Enrolment.child_id == child_id)
    for season_id in session.scalars(query).all():
        parents = _parents(session, list(_days(session, session.get_one(Season, season_id), ())))
        mine = parents.pop(child_id, set[int]())
        lost = mine - {worker for workers in parents.values() for worker in workers}
        if mine and (lost or len(mine) > 1):
            held = session.scalars(select(SeasonTally).where(SeasonTally.season_id == season_id)).first()
            tally = held or SeasonTally(season_id=season_id)
            tally.parents, tally.couples = tally.parents + len(lost), tally.couples + (len(mine) > 1)
            session.add(tally)
    session.flush()


def _days(session: Session, season: Season, open_days: Sequence[date]) -> dict[int, Days]:
    """Return child → expected days, of everybody who ever had a place, in the order of names."""
    query = (
        select(Enrolment, Child)
        .join(Child, Child.id == Enrolment.child_id)
        .where(Enrolment.season_id == season.id, Enrolment.status.in_((Status.ENROLLED, Status.LEFT)))
        .where(Enrolment.number != "")
        .order_by(Child.sort_key, Child.id)
    )
    return {
        child.id: Days(child, e, expected={d for d in open_days if e.expects(d)}) for e, child in session.execute(query)
    }


def _note_absences(session: Session, season: Season, days: Mapping[int, Days]) -> None:
    """Keep the reason of each day missed; an announced holiday is not expected at all."""
    for absence in session.scalars(select(Absence).where(Absence.season_id == season.id)):
        child = days.get(absence.child_id)
        missed = child.expected - child.attended if child else set[date]()
        for day in (d for d in missed if absence.first_day <= d <= absence.last_day):
            days[absence.child_id].absent[day] = absence.reason
            if absence.planned and absence.reason is AbsenceReason.HOLIDAY:
                days[absence.child_id].expected.discard(day)


def _parents(session: Session, child_ids: Sequence[int]) -> dict[int, set[int]]:
    query = (
        select(Guardianship.child_id, Guardian.worker_id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(Guardianship.child_id.in_(child_ids), Guardian.worker_id.is_not(None))
    )
    parents: dict[int, set[int]] = {}
    for child, worker in session.execute(query):
        if worker is not None:
            parents.setdefault(child, set()).add(worker)
    return parents


def _people(facts: Facts) -> Iterator[Figure]:
    yield Figure(
        "K01", _("Enrolled children"), _("Different children who had a place at any time in the period."),
        len(facts.days),
    )  # fmt: skip
    yield Figure(
        "K02", _("Participating parents"), _("Different workers with at least one enrolled child."),
        len(facts.parents) + facts.erased,
        note=_("Children with both parents working here, each parent counted: {n}.").format(
            n=small_groups.told(facts.couples)
        ),
    )  # fmt: skip
    yield Figure(
        "K03", _("Children who attended"), _("Different children who came on at least one day."),
        sum(1 for d in facts.days if d.attended),
    )  # fmt: skip


def _rates(facts: Facts) -> Iterator[Figure]:
    opened = set(facts.open_days)
    attended = sum(len(d.attended & opened) for d in facts.days)
    came = sum(d.came for d in facts.days)
    yield rate(came, sum(len(d.expected) for d in facts.days), _missed(facts, attended - came))
    yield daily(attended, len(facts.open_days))
    yield share(
        "K06", _("Occupancy"), _("Child-days attended per place and open day."),
        attended, facts.season.capacity * len(facts.open_days),
    )  # fmt: skip


def rate(came: int, expected: int, note: str = "") -> Figure:
    """Return K04 of some child-days."""
    definition = _(
        "Child-days attended among those expected: the child enrolled, the space open, the weekday chosen, no holiday "
        "announced."
    )
    return share("K04", _("Attendance rate"), definition, came, expected, note=note)


def daily(attended: int, days: int) -> Figure:
    """Return K05 of some days."""
    return Figure("K05", _("Average daily attendance"), _("Child-days attended per open day."), attended, days)


def announced(facts: Facts) -> int:
    """Return on how many child-days of the registers a child was announced away beforehand; K04 leaves them out."""
    return sum(1 for d in facts.days for day in d.absent if day not in d.expected)


def _missed(facts: Facts, extra: int) -> str:
    reasons = [reason for d in facts.days for day, reason in d.absent.items() if day in d.expected]
    excused = sum(1 for reason in reasons if reason.excused)
    sentence = _("Missed with a reason: {excused} child-days; without: {rest}. Came without being expected: {extra}.")
    expected, away = sum(len(d.expected) for d in facts.days), announced(facts)
    missed = expected - sum(d.came for d in facts.days)
    told = sentence.format(excused=number(excused), rest=number(missed - excused), extra=number(extra))
    listed = _("In the registers: {listed} child-days; announced away and not counted: {away}; expected: {expected}.")
    if not away:
        return told
    return f"{listed.format(listed=number(expected + away), away=number(away), expected=number(expected))} {told}"


def _hours(facts: Facts) -> Figure:
    """A missing departure counts until closing time, a missing arrival counts nothing; both are told. Source: K07."""
    minutes = no_out = no_in = 0
    for visit in facts.visits:
        if visit.arrived is None:
            no_in += 1
            continue
        no_out += visit.departed is None
        minutes += max(0, _minutes(visit.departed or facts.closes) - _minutes(visit.arrived))
    return Figure(
        "K07", _("Child-hours"), _("Hours between arrival and departure, over all visits."), round(minutes / 60, 1),
        note=_(
            "Departures missing, counted until closing time: {out}. Arrivals missing, not counted: {arrivals}."
        ).format(out=no_out, arrivals=no_in),
    )  # fmt: skip


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _regular(facts: Facts) -> Figure:
    expected = [d for d in facts.days if d.expected]
    return share(
        "K08", _("Children who attend regularly"),
        _("Children who came on at least 70 percent of their expected days."),
        sum(1 for d in expected if d.came >= REGULAR * len(d.expected)), len(expected), group=True,
    )  # fmt: skip


roles.guard(globals(), Right.FIGURES, {Right.DATA: (keep_parents,)})
