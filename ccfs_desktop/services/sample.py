"""A random sample of child-days that anybody can draw again, each traced to sheet, entry, consent and adults on duty.

How it is drawn: for each child-day, a child that came on a day, SHA-256 is taken of ``seed|day|code``, such as
``7|2017-07-10|C-7K2M-9QXA``; the days with the smallest values are the sample. The order of the records does not
matter, no random generator of a program is needed, and the code is printed in the pack whatever else is. Ours.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.child import Consent, ConsentPurpose
from ccfs_desktop.services import consents, roles, times
from ccfs_desktop.services.child_records import ChildDay
from ccfs_desktop.services.consents import State
from ccfs_desktop.services.cover import Quarter
from ccfs_desktop.services.drafting.problem import SLOT
from ccfs_desktop.services.ratio_proof import DayProof
from ccfs_desktop.services.roles import Right

ASKED = (ConsentPurpose.AGREEMENT, ConsentPurpose.DATA, ConsentPurpose.EMERGENCY)
"""The consents that a traced day is held against; ours: custody, data, and treatment in an emergency."""

T = TypeVar("T")


@dataclass(frozen=True)
class Trace:
    """One child-day of the sample with what stands behind it."""

    day: ChildDay
    agreed: tuple[State, ...]
    """The answers of the guardians as they stood on that day, for each of :data:`ASKED`."""
    worst: Quarter | None
    """The quarter hour of the stay in which the child's group had least adults; None when nothing can be told."""
    recorded: bool
    """Whether any adult's time of that day is written down."""


@dataclass(frozen=True)
class Sample:
    """A sample and what it was drawn from."""

    seed: int
    wanted: int
    population: int
    """Child-days of the period."""
    traces: tuple[Trace, ...]


def draw(items: Iterable[T], wanted: int, seed: int, name: Callable[[T], str]) -> list[T]:
    """Draw a sample; the same seed and the same items give the same ones, in whatever order they come.

    Args:
        items: what is drawn from.
        wanted: how many at most.
        seed: any whole number.
        name: what an item is called, each differently.
    """

    def rank(item: T) -> tuple[bytes, str]:
        called = name(item)
        return hashlib.sha256(f"{seed}|{called}".encode()).digest(), called

    return sorted(items, key=rank)[: max(wanted, 0)]


def name(day: ChildDay) -> str:
    """Return what a child-day is called in the draw: day and code."""
    return f"{day.day.isoformat()}|{day.code}"


def read(
    session: Session, days: Sequence[ChildDay], proofs: Mapping[date, DayProof], *, wanted: int, seed: int
) -> Sample:
    """Draw a sample of a period's child-days and trace each.

    Args:
        session: an open session.
        days: of the period; those on which the child did not come are left out.
        proofs: day → the proof of the ratio.
        wanted: how many child-days.
        seed: any whole number.
    """
    came = [one for one in days if one.visits]
    chosen = sorted(draw(came, wanted, seed, name), key=lambda one: (one.day, one.code))
    query = select(Consent).where(Consent.child_id.in_({one.child_id for one in chosen})).order_by(Consent.id)
    held: dict[int, list[Consent]] = {}
    for consent in session.scalars(query):
        held.setdefault(consent.child_id, []).append(consent)
    traces = tuple(
        Trace(
            one, _agreed(held.get(one.child_id, ()), one.day), _worst(one, proofs.get(one.day)),
            one.day in proofs and proofs[one.day].recorded,
        )
        for one in chosen
    )  # fmt: skip
    return Sample(seed, wanted, len(came), traces)


def _agreed(held: Sequence[Consent], day: date) -> tuple[State, ...]:
    """Return the answers as they stood at the end of a day."""
    then = [one for one in held if one.signed_on is None or one.signed_on <= day]
    return tuple(state for state in consents.states(then) if state.purpose in ASKED)


def _worst(day: ChildDay, proof: DayProof | None) -> Quarter | None:
    if proof is None or not proof.recorded:
        return None
    found = [one for one in proof.cover.quarters if one.group_id == day.group_id and _is_during(one, day)]
    return min(found, key=lambda one: (one.percent - 100 * one.required, one.slot), default=None)


def _is_during(quarter: Quarter, day: ChildDay) -> bool:
    start, end = quarter.slot * SLOT, (quarter.slot + 1) * SLOT
    return any(
        (visit.arrived is None or times.minutes(visit.arrived) < end)
        and (visit.departed is None or times.minutes(visit.departed) > start)
        for visit in day.visits
    )


roles.guard(globals(), Right.DETAILS, {})
