"""Handing a child over: who may collect, who must not, whom to call. Source: domain.md 2.8 rules 4 and 5."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.child import Child, Guardian, Guardianship, Photo, PickupAdult
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Absence, Correction
from ccfs_desktop.services import badges, roles
from ccfs_desktop.services.roles import Right


@dataclass(frozen=True)
class Collector:
    """An adult on a child's pick-up list."""

    name: str
    relation: str
    phone: str
    forbidden: bool
    workplace: str = ""


@dataclass(frozen=True)
class Card:
    """What the adult at the desk must see about one child, beside the register."""

    child: Child
    photo: bytes | None = field(repr=False)
    adults: tuple[Collector, ...]
    """Guardians first, then the others; who must not collect comes last."""
    absences: tuple[Absence, ...]
    """Of this day and those to come."""
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class Scanned:
    """Whose badge or card was scanned."""

    child_id: int
    adult: str = ""
    """The adult's name, when it is a pick-up card."""


def collectors(session: Session, child_id: int, day: date) -> list[Collector]:
    """Return who may collect a child on a day, guardians first, and last who must not."""
    guardianships = session.scalars(
        select(Guardianship)
        .options(joinedload(Guardianship.guardian).joinedload(Guardian.worker))
        .where(Guardianship.child_id == child_id)
        .order_by(Guardianship.id)
    )
    family = [_guardian(g) for g in guardianships]
    listed = session.scalars(select(PickupAdult).where(PickupAdult.child_id == child_id).order_by(PickupAdult.id))
    others = [
        Collector(p.name, p.relation, p.phone, p.forbidden)
        for p in listed
        if (p.ended_on is None or p.ended_on > day) and (p.only_on is None or p.only_on == day)
    ]
    banned = {plain(c.name) for c in others if c.forbidden}
    allowed = [c for c in (*family, *others) if plain(c.name) not in banned]
    return allowed + [c for c in others if c.forbidden]


def _guardian(link: Guardianship) -> Collector:
    guardian, worker = link.guardian, link.guardian.worker
    place = " ".join(p for p in (worker.department, worker.line) if p) if worker else ""
    phones = listed(p for p in (guardian.phone, guardian.phone2) if p)
    return Collector(guardian.name, _(link.relation.word), phones, forbidden=False, workplace=place)


def question(adults: Sequence[Collector], child: Child, name: str) -> str:
    """Say why this adult may not simply collect the child; empty when the adult is on the list or not named.

    Raises:
        UserError: the adult must not collect the child, whatever the reason given.
    """
    wanted = plain(name)
    if any(c.forbidden and plain(c.name) == wanted for c in adults):
        raise UserError(
            _("{adult} must not collect {name}. Keep the child here and call the coordinator.").format(
                adult=" ".join(name.split()), name=child.name
            )
        )
    if not wanted or any(plain(c.name) == wanted for c in adults):
        return ""
    return _("{adult} is not on the pick-up list of {name}. Call the parents; release only with a reason.").format(
        adult=" ".join(name.split()), name=child.name
    )


def plain(name: str) -> str:
    """Return a name without differences that do not matter: case, blanks."""
    return " ".join(name.split()).casefold()


def card(session: Session, season: Season, child_id: int, day: date) -> Card:
    """Return what to know about a child at the desk.

    Raises:
        UserError: the child is no longer there.
    """
    child = session.get(Child, child_id)
    if child is None:
        raise UserError(_("This child is no longer in the list."))
    absences = select(Absence).where(
        Absence.child_id == child_id, Absence.season_id == season.id, Absence.last_day >= day
    )
    corrections = select(Correction).where(
        Correction.child_id == child_id, Correction.season_id == season.id, Correction.day == day
    )
    return Card(
        child=child,
        photo=session.scalars(select(Photo.jpeg).where(Photo.child_id == child_id)).first(),
        adults=tuple(collectors(session, child_id, day)),
        absences=tuple(session.scalars(absences.order_by(Absence.first_day))),
        corrections=tuple(session.scalars(corrections.order_by(Correction.id))),
    )


def scanned(session: Session, season: Season, typed: str) -> Scanned:
    """Find out whose badge or pick-up card was scanned.

    Raises:
        UserError: no code of ours, another season's, or of somebody who is no longer on the list.
    """
    badge = badges.from_badge(typed)
    if badge.kind is badges.Kind.STAFF:
        raise UserError(_("This is the badge of a member of staff. Scan it on the page Staff, under On duty."))
    if badge.season_id != season.id:
        raise UserError(_("This badge belongs to another season. Print a new one for “{season}”.").format(
            season=season.name
        ))  # fmt: skip
    found = _owner(session, badge)
    if found is None or not _enrolled(session, season, found.child_id):
        raise UserError(_("Nobody with this badge is enrolled in “{season}”.").format(season=season.name))
    return found


def _owner(session: Session, badge: badges.Badge) -> Scanned | None:
    if badge.kind is badges.Kind.CHILD:
        return Scanned(badge.record_id)
    if badge.kind is badges.Kind.GUARDIAN:
        link = session.get(Guardianship, badge.record_id, options=[joinedload(Guardianship.guardian)])
        return Scanned(link.child_id, link.guardian.name) if link else None
    adult = session.get(PickupAdult, badge.record_id)
    return Scanned(adult.child_id, adult.name) if adult else None


def _enrolled(session: Session, season: Season, child_id: int) -> bool:
    query = select(Enrolment.id).where(Enrolment.season_id == season.id, Enrolment.child_id == child_id)
    return session.scalars(query.where(Enrolment.number != "")).first() is not None


roles.guard(globals(), Right.REGISTER, {})
