"""How many children the space can take, and what limits it.

Source: domain.md 2.6: ``capacity = min(floor(usable m² / m² per child), Σ group sizes, floor(rostered staff × ratio),
beds if children nap, toilets × 20, fire limit)``; print which term is binding.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.i18n import N_, _, listed, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.services import ratio, roles, seasons, space, staff_papers
from ccfs_desktop.services.roles import Right

_CHILDREN_PER_TOILET = 20
"""Ours: between one for 15 before school and one for 25 at school; the norm seen is 40 (S73). Source: domain.md 2.6."""


class Limit(enum.StrEnum):
    """What may limit the number of children."""

    FLOOR = "floor"
    GROUPS = "groups"
    STAFF = "staff"
    BEDS = "beds"
    TOILETS = "toilets"
    FIRE = "fire"


LIMIT_WORDS = {
    Limit.FLOOR: N_("Floor"),
    Limit.GROUPS: N_("Groups"),
    Limit.STAFF: N_("Adults"),
    Limit.BEDS: N_("Beds"),
    Limit.TOILETS: N_("Toilets"),
    Limit.FIRE: N_("Fire safety"),
}


@dataclass(frozen=True)
class Term:
    """One limit: how many children it allows, and how that is reckoned."""

    limit: Limit
    places: int | None
    """None when not known: then it does not bind."""
    how: str
    """How it is reckoned, with its source; or what is not known."""

    @property
    def word(self) -> str:
        """What the limit is called."""
        return _(LIMIT_WORDS[self.limit])


@dataclass(frozen=True)
class Capacity:
    """How many children the space can take."""

    terms: tuple[Term, ...]
    """In the order of the formula; beds only where children nap."""

    @property
    def places(self) -> int | None:
        """The smallest known limit; None when none is known."""
        return min((t.places for t in self.terms if t.places is not None), default=None)

    @property
    def binding(self) -> tuple[Term, ...]:
        """The limit that is reached first, or several that are reached together."""
        return tuple(t for t in self.terms if t.places is not None and t.places == self.places)

    @property
    def unknown(self) -> tuple[Term, ...]:
        """What is not known, and therefore limits nothing yet."""
        return tuple(t for t in self.terms if t.places is None)

    @property
    def sentence(self) -> str:
        """Say how many children may come, what limits them, and what is not known."""
        if self.places is None:
            return _("What limits the places is not known yet: floor, toilets, beds and adults can be entered.")
        limits = listed(_("{limit} ({how})").format(limit=t.word, how=t.how) for t in self.binding)
        told = ngettext(
            "At most {n} child; the limit is: {limits}.", "At most {n} children; the limit is: {limits}.", self.places
        ).format(n=self.places, limits=limits)
        if not self.unknown:
            return told
        missing = listed(t.word for t in self.unknown)
        return " ".join((told, _("Not known and not reckoned: {limits}.").format(limits=missing)))

    def warning(self, season: Season) -> str:
        """Say that a season offers more places than the space can take; empty when it does not."""
        if self.places is None or season.capacity <= self.places:
            return ""
        return _("{places} places are more than the space can take. {sentence}").format(
            places=season.capacity, sentence=self.sentence
        )


def of(session: Session, season: Season, today: date) -> Capacity:
    """Return how many children a season's space can take.

    The adults are those who count in the ratio on the day of the season that is nearest to today, all of them at once.
    "Staff × ratio" is read strictly: how many children of the *youngest* age that is expected these adults may look
    after by the season's profile, with its minimum and its halves, as the cover of the roster is reckoned. The youngest
    age is that of the youngest child enrolled, else the season's youngest age. Beds limit only where children nap.

    Args:
        session: an open session.
        season: the season.
        today: which day it is.

    Raises:
        UserError: the season's ratio or space profile is not there.
    """
    day = min(max(today, season.first_day), season.last_day)
    youngest = youngest_expected(session, season, day)
    terms = [_floor(season, youngest), _groups(seasons.groups(session, season)), _staff(session, season, day, youngest)]
    if season.nap_from and season.nap_until:
        terms.append(_counted(Limit.BEDS, season.beds, _("one for each child who naps")))
    terms += [_toilets(season), _counted(Limit.FIRE, season.fire_limit, _("as the fire authority allows"))]
    return Capacity(tuple(terms))


def youngest_expected(session: Session, season: Season, day: date) -> int:
    """Return the age of the youngest child enrolled, in full months on a day; without any, the season's youngest."""
    born = session.scalars(
        select(Child.birth_date)
        .join(Enrolment, Enrolment.child_id == Child.id)
        .where(Enrolment.season_id == season.id, Enrolment.status == Status.ENROLLED, Child.birth_date.is_not(None))
        .order_by(Child.birth_date.desc())
        .limit(1)
    ).first()
    return max(0, ratio.months_on(born, day)) if born else season.age_from * 12


def _floor(season: Season, youngest: int) -> Term:
    profile = space.profile(season.space_profile)
    if season.usable_m2 is None:
        return Term(Limit.FLOOR, None, _("the usable floor is not known"))
    cm2 = profile.cm2(youngest)
    how = _("{floor} m² with {each} m² for each child: {profile}, {source}").format(
        floor=season.usable_m2, each=f"{cm2 / 10_000:g}", profile=_(profile.name), source=profile.source
    )
    return Term(Limit.FLOOR, season.usable_m2 * 10_000 // cm2, how)


def _groups(groups: Sequence[Group]) -> Term:
    if not groups:
        return Term(Limit.GROUPS, None, _("there are no groups"))
    how = ngettext("the places of {n} group", "the places of {n} groups together", len(groups)).format(n=len(groups))
    return Term(Limit.GROUPS, sum(group.size for group in groups), how)


def _staff(session: Session, season: Season, day: date, youngest: int) -> Term:
    people = list(session.scalars(select(Staff).where((Staff.ended_on.is_(None)) | (Staff.ended_on >= day))))
    if not people:
        return Term(Limit.STAFF, None, _("there are no staff files"))
    papers = staff_papers.of(session, [person.id for person in people])
    percent = sum(staff_papers.counting(p, papers.get(p.id, []), season, day).percent for p in people)
    profile = ratio.of(season)
    how = _("{adults} who count, children from {age}: {profile}, {source}").format(
        adults=f"{percent / 100:g}", age=ratio.age_text(youngest), profile=_(profile.name), source=profile.source
    )
    return Term(Limit.STAFF, profile.most(percent, youngest, season.ratio_mode), how)


def _toilets(season: Season) -> Term:
    how = _("one for {n} children, our own number").format(n=_CHILDREN_PER_TOILET)
    places = None if season.toilets is None else season.toilets * _CHILDREN_PER_TOILET
    return _counted(Limit.TOILETS, places, how)


def _counted(limit: Limit, places: int | None, how: str) -> Term:
    return Term(limit, places, "" if places is None else how)


# ---------------------------------------------------------------------------------------------------------- the groups
@dataclass(frozen=True)
class GroupNeed:
    """What the ratio profile asks of a group when it is full."""

    group: str
    children: int
    youngest: int
    """Age in full months; ages are taken to be spread evenly over the group's band."""
    required: int
    """Adults."""
    in_room: int
    """Adults in the room while the children nap; the others within call."""
    most: int | None
    """The largest group the profile allows; None where it does not say."""

    @property
    def over_size(self) -> str:
        """Say that the group is larger than the profile allows; empty when it is not."""
        if self.most is None or self.children <= self.most:
            return ""
        return _("“{group}” has {n} places; the ratio profile allows a group of at most {most}.").format(
            group=self.group, n=self.children, most=self.most
        )


def needs(session: Session, season: Season) -> list[GroupNeed]:
    """Return for each group how many adults it needs when it is full, the youngest group first.

    Raises:
        UserError: the season's ratio profile is not there.
    """
    profile = ratio.of(season)
    return [_need(profile, season, group) for group in seasons.groups(session, season)]


def _need(profile: ratio.Profile, season: Season, group: Group) -> GroupNeed:
    years = group.age_to - group.age_from + 1
    months = [12 * (group.age_from + n * years // group.size) for n in range(group.size)]
    required = profile.required(months, season.ratio_mode)
    return GroupNeed(
        group=group.name,
        children=group.size,
        youngest=months[0],
        required=required,
        in_room=profile.in_room(months, required),
        most=profile.group_max(months[0], 12 * group.age_to),
    )


roles.guard(globals(), Right.FIGURES, {})
