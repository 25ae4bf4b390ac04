"""Who the compliance report speaks of, in numbers: children by age, sex and home, their parents, the adults' papers.

No child and no parent is named; small groups are not shown. Source: domain.md 5.4 (R6, R8), 6.9, 8.22.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.staff import PaperKind
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import roles, small_groups, staff_prints
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.periods import Period
from ccfs_desktop.services.ratio_proof import DayProof, PeriodProof
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.seasons import age_on
from ccfs_desktop.services.staff_papers import Standing
from ccfs_desktop.services.staff_prints import Spoken
from ccfs_desktop.services.statistics import Facts


@dataclass(frozen=True)
class Part:
    """One part of a breakdown."""

    word: str
    """A message, or a name people gave."""
    count: str
    """Empty where it must not be shown; see ``small_groups.shown``."""
    values: Mapping[str, object] | None = None
    """What the message is filled with; None for a name."""


@dataclass(frozen=True)
class Breakdown:
    """A known sum in parts."""

    title: str
    """A message."""
    total: int
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class DayCount:
    """One open day."""

    day: date
    expected: int
    came: int
    kept: bool | None
    """Whether there were enough adults all day; None where it cannot be told or no child was there."""


@dataclass(frozen=True)
class Vetted:
    """How one kind of paper stands among the adults."""

    kind: PaperKind
    wanted: int
    """Adults whose role wants it, or who hold one."""
    valid: int
    expires: int
    missing: int
    expired: int


@dataclass(frozen=True)
class Staffing:
    """The adults, as their papers stand on a day."""

    day: date
    roles: tuple[tuple[Spoken, int], ...]
    vetted: tuple[Vetted, ...]
    adults: int
    counting: int
    """Adults who count towards the ratio."""


def breakdowns(session: Session, facts: Facts, groups: Sequence[Group], day: date) -> tuple[Breakdown, ...]:
    """Return the children by age, sex and home, and the parents by department.

    Args:
        session: an open session.
        facts: the attendance of the period.
        groups: of the season; their ages make the bands.
        day: ages are of this day.
    """
    kids = [d.child for d in facts.days]
    left = {True: N_("Yes"), False: N_("No"), None: N_("not known")}
    return (
        _ages([age_on(kid.birth_date, day) for kid in kids], groups),
        _of(N_("Sex"), Counter(kid.sex.word if kid.sex else N_("not known") for kid in kids),
            [*(sex.word for sex in Sex), N_("not known")]),
        _of(N_("Left-behind children"), Counter(left[kid.left_behind] for kid in kids), list(left.values())),
        _departments(session, facts.parents),
    )  # fmt: skip


def _ages(ages: Sequence[int], groups: Sequence[Group]) -> Breakdown:
    bands = sorted({(group.age_from, group.age_to) for group in groups})
    counts = [sum(1 for age in ages if _band(age, bands) == band) for band in bands]
    rest = len(ages) - sum(counts)
    named = [(N_("{first} to {last} years"), {"first": first, "last": last}) for first, last in bands]
    if rest:
        named.append((N_("Other ages"), {}))
        counts.append(rest)
    shown = small_groups.shown(counts)
    parts = (Part(word, count, values) for (word, values), count in zip(named, shown, strict=True))
    return Breakdown(N_("Age"), len(ages), tuple(parts))


def _band(age: int, bands: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first band of an age: where bands overlap, a child is counted once."""
    return next(((first, last) for first, last in bands if first <= age <= last), None)


def _of(title: str, counts: Mapping[str, int], order: Sequence[str]) -> Breakdown:
    there = [word for word in order if counts.get(word)]
    shown = small_groups.shown([counts[word] for word in there])
    parts = (Part(word, count, {}) for word, count in zip(there, shown, strict=True))
    return Breakdown(title, sum(counts.values()), tuple(parts))


def _departments(session: Session, parents: frozenset[int]) -> Breakdown:
    """Small departments are merged, as nobody shall be found in one."""
    held = session.execute(select(Worker.id, Worker.department).where(Worker.id.in_(sorted(parents))))
    of = Counter(department for _id, department in held)
    alone, merged, inside = small_groups.merged({name: n for name, n in of.items() if name})
    counts = [n for _name, n in alone]
    told = [(name, None) for name, _n in alone]
    for n, word in ((inside, N_("Other departments, taken together: {n}")), (of.get("", 0), N_("not known"))):
        if n:
            told.append((word, {"n": merged}))  # pyright: ignore[reportArgumentType]
            counts.append(n)
    shown = small_groups.shown(counts)
    parts = (Part(word, count, values) for (word, values), count in zip(told, shown, strict=True))
    return Breakdown(N_("Parents by department"), sum(of.values()), tuple(parts))


def days(facts: Facts, proof: PeriodProof) -> tuple[DayCount, ...]:
    """Return every open day of a period with the children expected and come."""
    standing = {one.day: one for one in proof.days}
    return tuple(
        DayCount(
            day,
            sum(1 for d in facts.days if day in d.expected),
            sum(1 for d in facts.days if day in d.attended),
            _kept(standing.get(day)),
        )
        for day in facts.open_days
    )


def _kept(proof: DayProof | None) -> bool | None:
    return None if proof is None or not proof.recorded else not proof.breaches


def staffing(session: Session, season: Season, period: Period, head: Letterhead) -> Staffing:
    """Return how the adults' papers stand at the end of a period."""
    rows = staff_prints.vetting_list(session, season, head, period.until).rows
    roles = Counter(row.role for row in rows)
    stood: dict[PaperKind, Counter[Standing]] = {kind: Counter() for kind in staff_prints.VETTED}
    for row in rows:
        for kind, line in (*zip(staff_prints.VETTED, row.papers, strict=True), *row.further):
            if line.standing is not None:
                stood.setdefault(kind, Counter())[line.standing] += 1
    vetted: list[Vetted] = []
    for kind, count in stood.items():
        held = [count[s] for s in (Standing.VALID, Standing.EXPIRES, Standing.MISSING, Standing.EXPIRED)]
        vetted.append(Vetted(kind, sum(held), *held))
    return Staffing(
        period.until, tuple(roles.items()), tuple(vetted), len(rows), sum(1 for row in rows if row.counted)
    )  # fmt: skip


roles.guard(globals(), Right.FIGURES, {})
