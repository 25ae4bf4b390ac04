"""What really happened, as stays that can be reckoned: what is not known is taken against the space, and told.

A child without a time in was there from opening, without a time out until closing. An adult does not count for a
stretch in which nobody wrote down that he or she was there. Source: domain.md 2.5 "from sign-in/out and actual staff
in/out"; that the unknown counts against us is ours, so that a proof never says more than the sheets do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from ccfs_desktop.i18n import _
from ccfs_desktop.models.duty import Duty, DutyPart
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import ratio, times
from ccfs_desktop.services.cover import AdultStay, ChildStay, Where
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.seasons import Hours
from ccfs_desktop.services.staff_papers import Counting

_WHERE = {PartKind.BREAK: Where.BREAK, PartKind.ERRAND: Where.ERRAND, PartKind.COVER: Where.WITH}


@dataclass(frozen=True)
class Limits:
    """Where a day begins and ends."""

    opens: int
    closes: int
    """Minutes since midnight."""
    now: int | None = None
    """How far today has come; None for a day that is over."""

    @property
    def end(self) -> int:
        """Until when somebody still here is taken to be here."""
        return self.closes if self.now is None else self.now


@dataclass(frozen=True)
class ChildFacts:
    """What is needed of a child."""

    name: str
    birth_date: date
    group_id: int | None


@dataclass(frozen=True)
class AdultFacts:
    """What is needed of an adult on one day."""

    person: Staff
    counting: Counting


def limits(hours: Hours, day: date, now: datetime) -> Limits:
    """Return where a day begins and ends.

    Args:
        hours: from when to when children may be there, evenings included.
        day: the day.
        now: the moment, to know how far today has come.
    """
    today = times.minutes(now.time()) if day == now.date() else None
    return Limits(times.minutes(hours.opens), times.minutes(hours.closes), today)


def children(
    visits: Sequence[Visit], known: Mapping[int, ChildFacts], limits: Limits
) -> tuple[list[ChildStay], list[str]]:
    """Return the stays of a day's children, and in words what is not known about them.

    Args:
        visits: of one day.
        known: child → facts.
        limits: where the day begins and ends.
    """
    stays: list[ChildStay] = []
    notes: list[str] = []
    for visit in visits:
        child = known[visit.child_id]
        start = limits.opens if visit.arrived is None else times.minutes(visit.arrived)
        end = times.minutes(visit.departed) if visit.departed else max(limits.end, start)
        notes += [sentence.format(name=child.name) for sentence in _of_child(visit, limits)]
        start = min(start, end)
        if start < end:
            months = ratio.months_on(child.birth_date, visit.day)
            stays.append(ChildStay(visit.child_id, child.group_id, months, Span(start, end)))
    return stays, notes


def _of_child(visit: Visit, limits: Limits) -> Iterator[str]:
    if visit.arrived is None:
        yield _("{name}: no time in; taken to be here from opening.")
    if visit.signed_out and visit.departed is None:
        yield _("{name}: no time out; taken to be here until closing.")
    if not visit.signed_out and limits.now is None:
        yield _("{name}: never signed out; taken to be here until closing.")


def adults(
    duties: Sequence[Duty], parts: Mapping[int, Sequence[DutyPart]], known: Mapping[int, AdultFacts], limits: Limits
) -> tuple[list[AdultStay], list[str]]:
    """Return the stays of a day's adults, and in words what is not known about them.

    Args:
        duties: of one day.
        parts: duty → breaks, errands and stretches in other groups.
        known: staff → facts.
        limits: where the day begins and ends.
    """
    stays: list[AdultStay] = []
    notes: list[str] = []
    for duty in duties:
        adult, mine = known[duty.staff_id], parts.get(duty.id, ())
        span = _known(duty, mine, limits)
        stays += _cut(duty, mine, adult, span)
        for unknown, why in _unknown(duty, span, limits):
            stays.append(_stay(duty, adult, unknown, why_not=why))
        notes += [sentence.format(name=adult.person.name) for sentence in _of_adult(duty, mine, adult, limits)]
    return sorted(stays, key=lambda s: (s.name, s.span.start)), notes


def _known(duty: Duty, parts: Sequence[DutyPart], limits: Limits) -> Span:
    """Return from when to when it is written down that the person was there."""
    told = [at for at in (duty.arrived, duty.departed) if at]
    told += [at for part in parts for at in (part.starts, part.ends) if at]
    moments = [times.minutes(at) for at in told]
    if not duty.signed_out and limits.now is not None:
        moments.append(limits.now)
    return Span(min(moments), max(moments)) if moments else Span(limits.opens, limits.opens)


def _unknown(duty: Duty, known: Span, limits: Limits) -> Iterator[tuple[Span, str]]:
    if duty.arrived is None and limits.opens < known.start:
        yield Span(limits.opens, known.start), _("no time in is written down")
    over = duty.signed_out or limits.now is None
    if over and duty.departed is None and known.end < limits.end:
        yield Span(known.end, limits.end), _("no time out is written down")


def _cut(duty: Duty, parts: Sequence[DutyPart], adult: AdultFacts, span: Span) -> Iterator[AdultStay]:
    """Cut a stay into what the person did; a part without an end lasts as long as the stay."""
    spans = [(Span(times.minutes(p.starts), times.minutes(p.ends) if p.ends else span.end), p) for p in parts]
    edges = sorted({span.start, span.end, *(at for s, _p in spans for at in (s.start, s.end))})
    for start, end in pairwise(edges):
        piece = Span(start, end)
        part = next((p for s, p in spans if s.holds(piece)), None)
        yield _stay(duty, adult, piece, part)


def _stay(duty: Duty, adult: AdultFacts, span: Span, part: DutyPart | None = None, *, why_not: str = "") -> AdultStay:
    counting = adult.counting
    return AdultStay(
        staff_id=duty.staff_id,
        name=adult.person.name,
        group_id=part.group_id if part and part.kind is PartKind.COVER else duty.group_id,
        span=span,
        where=_WHERE[part.kind] if part else Where.WITH,
        percent=0 if why_not else counting.percent,
        why_not=why_not or counting.why_not,
        skills=frozenset() if why_not else counting.skills,
        vetted=counting.vetted,
    )


def _of_adult(duty: Duty, parts: Sequence[DutyPart], adult: AdultFacts, limits: Limits) -> Iterator[str]:
    if duty.arrived is None:
        yield _("{name}: no time in; does not count before the first time written down.")
    if duty.departed is None and (duty.signed_out or limits.now is None):
        yield _("{name}: no time out; does not count after the last time written down.")
    if any(p.ends is None for p in parts) and (duty.signed_out or limits.now is None):
        yield _("{name}: a break without an end; taken to last until the end of the stay.")
    if duty.group_id is None and adult.counting.percent:
        yield _("{name}: signed in without a group; counts in none.")
