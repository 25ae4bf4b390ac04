"""How many adults a group of children needs, by the ratio profile the season has chosen.

The profiles are data: ``resources/profiles/ratio``. Where a source ends, its nearest band is used, and
:meth:`Profile.gaps` says so.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.season import RatioMode, Season

EVIDENCE = {
    "seen": N_("Seen in the source."),
    "unchecked": N_("Commonly quoted, not checked against its source. Check it before an auditor relies on it."),
    "proposal": N_("A proposal of this programme, not a law."),
}
"""How well a profile's numbers are known. Source: domain.md, evidence tags."""

_MOST = 5_000
"""Children; no space is larger."""


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
    mixed: Band | None = None
    """Where the source has a number of its own for a group of several bands."""
    mixed_max: int | None = None
    """The largest group of several bands."""
    until_months: int | None = None
    """From this age on the source has no numbers, and those of the oldest band are used; None where it has."""
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
        A profile with a number of its own for mixed groups uses it, unless the season says how they are reckoned.
        """
        if not months:
            return 0
        if self.steps:
            return max(self.min_adults, self.steps.adults_for(len(months)))
        ages = [self.band(m) for m in months]
        if mode is RatioMode.PROFILE and self.mixed and len(set(ages)) > 1:
            return max(self.min_adults, ceil(self.mixed.adults_for(len(months))))
        if (self.mode if mode is RatioMode.PROFILE else mode) is RatioMode.YOUNGEST:
            return max(self.min_adults, ceil(self.band(min(months)).adults_for(len(months))))
        return max(self.min_adults, ceil(sum(band.adults_for(ages.count(band)) for band in set(ages))))

    def most(self, percent: int, months: int, mode: RatioMode = RatioMode.PROFILE) -> int:
        """Return how many children of one age so many adults may look after at most.

        Args:
            percent: of an adult; 250 is two adults and a half.
            months: the age of each child in full months.
            mode: see :meth:`required`.
        """
        needed = lambda children: self.required([months] * children, mode) * 100  # noqa: E731 (it grows with them)
        return bisect_right(range(_MOST + 1), percent, key=needed) - 1

    def group_max(self, low: int, high: int) -> int | None:
        """Return how large a group may be; None where the profile does not say.

        Args:
            low: age of its youngest child in full months.
            high: age of its oldest child in full months.
        """
        if not self.bands:
            return None
        youngest, oldest = self.band(low), self.band(high)
        mixed = self.mixed.group_max if self.mixed else self.mixed_max
        return mixed if mixed and youngest != oldest else youngest.group_max

    def gaps(self, low: int, high: int) -> list[str]:
        """Say for which ages between two (in full months) the source has no numbers, and which are used instead."""
        told: list[str] = []
        if self.bands and low < self.bands[0].from_months:
            sentence = _(
                "The ratio profile has no number for children under {age}; they are reckoned like its youngest."
            )
            told.append(sentence.format(age=age_text(self.bands[0].from_months)))
        if self.until_months is not None and high >= self.until_months:
            sentence = _(
                "The ratio profile has no number for children from {age} on; they are reckoned like its oldest."
            )
            told.append(sentence.format(age=age_text(self.until_months)))
        return told

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
        raise UserError(
            _("There is no ratio profile “{code}”. Choose one in Settings, Ratio and places.").format(code=code)
        )
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


def age_text(months: int) -> str:
    """Say an age: in full years, below three years in months."""
    if months < 36 and months % 12:
        return ngettext("{n} month", "{n} months", months).format(n=months)
    return ngettext("{n} year", "{n} years", months // 12).format(n=months // 12)


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
        mixed=Band(**facts["mixed"]) if "mixed" in facts else None,
        mixed_max=facts.get("mixed_max"),
        until_months=facts.get("until_months"),
        nap=NapRule(**facts["nap"]) if "nap" in facts else None,
        steps=Steps(**facts["steps"]) if "steps" in facts else None,
    )
