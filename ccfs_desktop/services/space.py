"""How much floor a child needs, by the space profile the season has chosen; ``resources/profiles/space``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from ccfs_desktop import paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _


@dataclass(frozen=True)
class SpaceProfile:
    """How much floor a child needs. Source: domain.md 2.6; each file names its own."""

    code: str
    name: str
    text: str
    source: str
    evidence: str
    """Which of ``ratio.EVIDENCE``."""
    bands: tuple[tuple[int, int], ...]
    """From this age in full months on, so many cm² for each child."""

    def cm2(self, months: int) -> int:
        """Return what a child of an age needs; younger than all bands is the first band."""
        return next((cm2 for low, cm2 in reversed(self.bands) if months >= low), self.bands[0][1])


@cache
def profiles() -> tuple[SpaceProfile, ...]:
    """Return all space profiles, CFOC's first."""
    read = [_read(tomllib.loads(f.read_text("utf-8"))) for f in paths.resource("profiles/space").glob("*.toml")]
    return tuple(sorted(read, key=lambda p: (p.code != "cfoc", p.name)))


def profile(code: str) -> SpaceProfile:
    """Return a space profile by its code.

    Raises:
        UserError: there is none.
    """
    found = next((p for p in profiles() if p.code == code), None)
    if found is None:
        sentence = _("There is no space profile “{code}”. Choose one in Settings, Ratio and places.")
        raise UserError(sentence.format(code=code))
    return found


def _read(facts: dict[str, Any]) -> SpaceProfile:
    bands = tuple((band["from_months"], band["cm2_per_child"]) for band in facts["bands"])
    return SpaceProfile(facts["code"], facts["name"], facts["text"], facts["source"], facts["evidence"], bands)
