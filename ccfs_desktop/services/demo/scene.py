"""What every part of the demonstration is made with."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.season import Group, Season
from ccfs_desktop.services.demo.names import Names

LEFT, WAITING, APPLIED, NOT_READY = 3, 5, 3, 3
PLACED = 80
"""Children who have or had a place: 77 and those who left. The last ``NOT_READY`` start today, papers incomplete."""
WITHOUT_PLACE = WAITING + APPLIED
ADMITTED = 50
"""This child comes although a paper is missing; the reason is on record."""


@dataclass
class Scene:
    """The made-up office while it is being filled."""

    db: Database
    names: Names
    seed: int
    today: date
    factory: Factory
    season: Season
    groups: list[Group]
    open_days: list[date]

    def random(self, part: str) -> Random:
        """Return the dice for one part, the same in every language."""
        return Random(f"{self.seed} {part}")  # noqa: S311 (a play, not a secret)

    @property
    def past(self) -> list[date]:
        """The open days before today."""
        return [day for day in self.open_days if day < self.today]


@dataclass
class Kid:
    """A made-up child with the family's habits."""

    child: Child
    enrolment: Enrolment
    adults: list[str]
    """Who brings and collects the child, the usual one first."""
    workers: list[int] = field(default_factory=list[int])
    """Ids of the parents who work here."""
    single: bool = False
    migrant: bool = False
    comes: int = 0
    """Usual arrival, in minutes after opening."""
    goes: int = 0
    """Usual departure, in minutes before closing."""
    absent: float = 0.0
    """How likely it is on a day that an absence begins."""
    lunches_out: bool = False

    def expected(self, day: date) -> bool:
        """Whether the child has a place and wants to come on an open day."""
        place = self.enrolment
        if not place.number or not place.first_day or day < place.first_day:
            return False
        if place.last_day and day > place.last_day:
            return False
        return not place.weekdays or str(day.isoweekday()) in place.weekdays
