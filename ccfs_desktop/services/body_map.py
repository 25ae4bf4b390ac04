"""The body map: where on a child's body, front or back, which mark was seen; and what a place of it is called."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.base import Choice

Side = Literal["front", "back"]
SIDES: dict[Side, str] = {"front": N_("From the front"), "back": N_("From behind")}
MOST = 30
"""More marks than that on one child are not drawn any more; they are described."""


class Wound(Choice):
    """What kind of mark."""

    CUT = "cut", N_("Cut")
    GRAZE = "graze", N_("Graze")
    BRUISE = "bruise", N_("Bruise")
    SWELLING = "swelling", N_("Swelling")
    BITE = "bite", N_("Bite")
    STING = "sting", N_("Sting")
    BURN = "burn", N_("Burn")
    RASH = "rash", N_("Rash")
    PAIN = "pain", N_("Pain, nothing to be seen")
    OTHER = "other", N_("Something else")


class Mark(NamedTuple):
    """One mark: side, thousandths of the figure's width and height from its top left corner, kind."""

    side: Side
    x: int
    y: int
    wound: Wound


@dataclass(frozen=True)
class Region:
    """A place of the body, and the middle of it on the figure, in thousandths."""

    name: str
    """Marked."""
    x: int
    y: int


def _pair(left: str, right: str, out: int, y: int, side: Side) -> tuple[Region, Region]:
    """Return the left and the right of two places; seen from the front a child's left is at the right."""
    way = 1 if side == "front" else -1
    return Region(left, 500 + way * out, y), Region(right, 500 - way * out, y)


def _limbs(side: Side) -> tuple[Region, ...]:
    return (
        *_pair(N_("Left shoulder"), N_("Right shoulder"), 210, 265, side),
        *_pair(N_("Left upper arm"), N_("Right upper arm"), 270, 370, side),
        *_pair(N_("Left elbow"), N_("Right elbow"), 310, 460, side),
        *_pair(N_("Left forearm"), N_("Right forearm"), 345, 545, side),
        *_pair(N_("Left hand"), N_("Right hand"), 390, 645, side),
        *_pair(N_("Left thigh"), N_("Right thigh"), 135, 690, side),
        *_pair(N_("Left knee"), N_("Right knee"), 130, 790, side),
        *_pair(N_("Left lower leg"), N_("Right lower leg"), 130, 875, side),
        *_pair(N_("Left foot"), N_("Right foot"), 145, 970, side),
        *_pair(N_("Left ear"), N_("Right ear"), 175, 110, side),
    )


REGIONS: dict[Side, tuple[Region, ...]] = {
    "front": (
        Region(N_("Forehead"), 500, 55), Region(N_("Eyes"), 500, 105), Region(N_("Nose and mouth"), 500, 145),
        Region(N_("Chin"), 500, 178), Region(N_("Neck"), 500, 215), Region(N_("Chest"), 500, 320),
        Region(N_("Belly"), 500, 460), Region(N_("Lap"), 500, 580), *_limbs("front"),
    ),
    "back": (
        Region(N_("Crown of the head"), 500, 45), Region(N_("Back of the head"), 500, 120),
        Region(N_("Neck"), 500, 215), Region(N_("Upper back"), 500, 320), Region(N_("Lower back"), 500, 460),
        Region(N_("Buttocks"), 500, 580), *_limbs("back"),
    ),
}  # fmt: skip
"""Front and back, the middle first, then the limbs. The drawing is ours."""


def place(mark: Mark) -> str:
    """Return the marked name of the place a mark lies on: that of the nearest middle."""
    return min(REGIONS[mark.side], key=lambda r: (r.x - mark.x) ** 2 + (2 * (r.y - mark.y)) ** 2).name


def told(mark: Mark) -> str:
    """Return a mark in words, translated: what, on which side, where."""
    return _("{wound}: {place} ({side})").format(
        wound=_(mark.wound.word), place=_(place(mark)), side=_(SIDES[mark.side])
    )


def read(text: str | None) -> tuple[Mark, ...]:
    """Return the marks of a report; none where nothing was marked."""
    return tuple(Mark(side, int(x), int(y), Wound(kind)) for side, x, y, kind in json.loads(text or "[]"))


def write(marks: Iterable[Mark]) -> str:
    """Return marks as a report keeps them; an empty text for none.

    Raises:
        UserError: there are too many, or one lies beside the figure.
    """
    kept = tuple(marks)
    if len(kept) > MOST:
        raise UserError(_("At most {n} marks fit on the body map. Describe the others in words.").format(n=MOST))
    if any(mark.side not in SIDES or not (0 <= mark.x <= 1000 and 0 <= mark.y <= 1000) for mark in kept):
        raise UserError(_("This place is not on the body map."))
    return json.dumps([[m.side, m.x, m.y, m.wound.value] for m in kept]) if kept else ""
