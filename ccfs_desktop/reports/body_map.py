"""The body map: a child's outline, front and back, with numbered marks. Drawn once for the screen and for paper."""

import math
from collections.abc import Iterable, Sequence

from ccfs_desktop.reports.kit.figure import Figure, Point
from ccfs_desktop.services.body_map import Mark, Side

WIDTH, HEIGHT = 150.0, 330.0
"""One figure, in units."""
_GAP, _TOP = 34.0, 18.0
LEFT: dict[Side, float] = {"front": 0.0, "back": WIDTH + _GAP}
_MARK = 8.0

# Half of the outline, from the crown down: distance from the middle, and from the top.
_HALF: tuple[Point, ...] = (
    (0, 5), (13, 8), (23, 19), (26, 35), (23, 49), (15, 60), (9, 65), (9, 74), (19, 80), (32, 85), (40, 95), (44, 116),
    (48, 140), (53, 164), (58, 186), (61, 200), (65, 212), (64, 224), (58, 227), (53, 219), (51, 203), (47, 184),
    (41, 162), (36, 138), (31, 116), (30, 132), (28, 154), (31, 172), (33, 190), (33, 214), (30, 240), (28, 258),
    (29, 278), (25, 302), (27, 314), (30, 321), (24, 325), (13, 325), (11, 316), (13, 300), (12, 280), (11, 260),
    (8, 236), (4, 210), (0, 196),
)  # fmt: skip
_FINE = 4
"""Points drawn between two given ones."""


def figure(marks: Iterable[Mark], captions: Sequence[str], title: str, told: Sequence[str] = ()) -> Figure:
    """Draw both figures with their marks.

    Args:
        marks: in the order of their numbers.
        captions: above the front and the back, in words ready to print.
        title: for a screen reader.
        told: what the screen says where the pointer rests on a mark.
    """
    drawn = Figure(2 * WIDTH + _GAP, HEIGHT + _TOP, title)
    for side, caption in zip(LEFT, captions, strict=True):
        _body(drawn, side)
        drawn.text(LEFT[side] + WIDTH / 2, 11, caption, 9.5, "quiet", anchor="middle")
    for number, mark in enumerate(marks, 1):
        x, y = at(mark.side, mark.x, mark.y)
        drawn.shape(_circle(x, y, _MARK), "danger")
        drawn.shape(_circle(x, y, _MARK - 1.3), "danger_soft")
        drawn.text(x, y + 3.4, str(number), 9.5 if number < 10 else 8, "danger", bold=True, anchor="middle")
        if told:
            drawn.hint(x - _MARK, y - _MARK, 2 * _MARK, 2 * _MARK, told[number - 1])
    return drawn


def at(side: Side, x: int, y: int) -> Point:
    """Return where a place of a figure lies in the drawing."""
    return LEFT[side] + x * WIDTH / 1000, _TOP + y * HEIGHT / 1000


def where(x: float, y: float) -> tuple[Side, int, int] | None:
    """Return which place of a figure a point of the drawing is; None beside both."""
    for side, left in LEFT.items():
        across, down = round((x - left) * 1000 / WIDTH), round((y - _TOP) * 1000 / HEIGHT)
        if 0 <= across <= 1000 and 0 <= down <= 1000:
            return side, across, down
    return None


def _body(drawn: Figure, side: Side) -> None:
    half = [(WIDTH / 2 + x, y) for x, y in _HALF]
    other = [(WIDTH - x, y) for x, y in reversed(half)]
    outline = _smooth([*half, *other[1:-1]])
    placed = [(LEFT[side] + x, _TOP + y) for x, y in outline]
    drawn.shape(placed, "accent_soft")
    drawn.line([*placed, placed[0]], "edge", 1.3)
    for stroke in _DETAILS[side]:
        drawn.line([(LEFT[side] + WIDTH / 2 + x, _TOP + y) for x, y in _open(stroke)], "edge", 1.0)


_DETAILS: dict[Side, tuple[tuple[Point, ...], ...]] = {
    "front": (
        ((-11, 33), (-8, 31), (-5, 33)), ((5, 33), (8, 31), (11, 33)), ((-7, 48), (0, 51), (7, 48)),
        ((-1.5, 41), (0, 42.5), (1.5, 41)), ((-1, 160), (0, 162), (1, 160)),
    ),
    "back": (((-22, 40), (-12, 47), (0, 48), (12, 47), (22, 40)), ((0, 84), (0, 168)), ((0, 186), (0, 196))),
}  # fmt: skip
"""Eyes, nose, mouth and navel; hair line, spine and seat: so that nobody takes one for the other."""


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Return a closed line that runs smoothly through all points (Catmull-Rom)."""
    count = len(points)
    made: list[Point] = []
    for n in range(count):
        around = [points[(n + k) % count] for k in (-1, 0, 1, 2)]
        made += [_between(around, step / _FINE) for step in range(_FINE)]
    return made


def _open(points: Sequence[Point]) -> list[Point]:
    """Return an open line that runs smoothly through all points."""
    ends = [points[0], *points, points[-1]]
    made = [_between(ends[n : n + 4], step / _FINE) for n in range(len(points) - 1) for step in range(_FINE)]
    return [*made, points[-1]]


def _between(around: Sequence[Point], t: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = around
    return _spline(x0, x1, x2, x3, t), _spline(y0, y1, y2, y3, t)


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def _circle(x: float, y: float, radius: float) -> list[Point]:
    turns = [n * math.tau / 24 for n in range(24)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]
