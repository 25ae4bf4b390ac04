"""How many adults a group of children needs, by the ratio profile the season has chosen."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.season import RatioMode, Season

EVIDENCE = {
    "seen": N_("Seen in the source."),
    "unchecked": N_("Common knowledge, not checked against its source. Check it before an auditor relies on it."),
    "proposal": N_("A proposal of this programme, not a law."),
}
"""How well a profile's numbers are known. Source: domain.md, evidence tags."""


@dataclass(frozen=True)
class Band:
    """Children from an age on, until the next band."""

    from_months: int
    children: int
    adults: int = 1
    """Adults for so many children."""
    whole: bool = False
    """Whether they are needed for each group begun, rather than in proportion."""
    group_max: int | None = None

    def adults_for(self, children: int) -> Fraction:
        """Return how many adults so many children of this band need, before rounding up."""
        if self.whole:
            return Fraction(ceil(Fraction(children, self.children)) * self.adults)
        return Fraction(children * self.adults, self.children)


@dataclass(frozen=True)
class Steps:
    """Adults by the number of children, whatever their age. Source: domain.md 2.5, S51."""

    first_children: int
    first_adults: int
    further_children: int
    further_adults: int

    def adults_for(self, children: int) -> int:
        """Return how many adults so many children need."""
        over = max(0, children - self.first_children)
        return self.first_adults + ceil(Fraction(over, self.further_children)) * self.further_adults


@dataclass(frozen=True)
class NapRule:
    """While children nap, so many adults stay in the room and the others within call. Source: domain.md 2.5, S60."""

    from_months: int
    in_room: int


@dataclass(frozen=True)
class Profile:
    """A ratio profile. Source: domain.md 2.5; each file names its own."""

    code: str
    name: str
    text: str
    source: str
    evidence: str
    mode: RatioMode
    min_adults: int
    bands: tuple[Band, ...]
    nap: NapRule | None = None
    steps: Steps | None = None

    def band(self, months: int) -> Band:
        """Return the band of an age; children younger than all bands are in the strictest, the first."""
        return next((b for b in reversed(self.bands) if months >= b.from_months), self.bands[0])

    def required(self, months: Sequence[int], mode: RatioMode = RatioMode.PROFILE) -> int:
        """Return how many adults a group needs.

        Args:
            months: age of each child in full months.
            mode: how mixed ages are reckoned, where the season differs from the profile.

        Source: domain.md 2.5: ``max(min_adults, ceil(sum of children in a band / ratio of the band))``; by the
        youngest child ``max(min_adults, ceil(children / ratio of the youngest's band))``. No children, no adults.
        """
        if not months:
            return 0
        if self.steps:
            return max(self.min_adults, self.steps.adults_for(len(months)))
        chosen = self.mode if mode is RatioMode.PROFILE else mode
        if chosen is RatioMode.YOUNGEST:
            return max(self.min_adults, ceil(self.band(min(months)).adults_for(len(months))))
        ages = [self.band(m) for m in months]
        return max(self.min_adults, ceil(sum(band.adults_for(ages.count(band)) for band in set(ages))))

    def in_room(self, months: Sequence[int], required: int) -> int:
        """Return how many of them must be in the room while children nap; the others may be within call.

        Args:
            months: age of each child in full months.
            required: see :meth:`required`.
        """
        if not months or not self.nap or min(months) < self.nap.from_months:
            return required
        return min(required, self.nap.in_room)


@cache
def profiles() -> tuple[Profile, ...]:
    """Return all ratio profiles, the programme's own first."""
    read = [_read(tomllib.loads(f.read_text("utf-8"))) for f in paths.resource("profiles/ratio").glob("*.toml")]
    return tuple(sorted(read, key=lambda p: (p.code != "cfs-standard", p.name)))


def profile(code: str) -> Profile:
    """Return a profile by its code.

    Raises:
        UserError: there is none.
    """
    found = next((p for p in profiles() if p.code == code), None)
    if found is None:
        raise UserError(_("There is no ratio profile “{code}”. Choose one in Settings, Season.").format(code=code))
    return found


def of(season: Season) -> Profile:
    """Return the season's profile."""
    return profile(season.ratio_profile)


def required(season: Season, months: Iterable[int]) -> int:
    """Return how many adults a group of children needs in a season; see :meth:`Profile.required`."""
    return of(season).required(list(months), season.ratio_mode)


def months_on(birth_date: date, day: date) -> int:
    """Return the age in full months on a day."""
    return (day.year - birth_date.year) * 12 + day.month - birth_date.month - (day.day < birth_date.day)


def _read(facts: dict[str, Any]) -> Profile:
    return Profile(
        code=facts["code"],
        name=facts["name"],
        text=facts["text"],
        source=facts["source"],
        evidence=facts["evidence"],
        mode=RatioMode(facts["mode"]),
        min_adults=facts["min_adults"],
        bands=tuple(Band(**band) for band in facts.get("bands", ())),
        nap=NapRule(**facts["nap"]) if "nap" in facts else None,
        steps=Steps(**facts["steps"]) if "steps" in facts else None,
    )
