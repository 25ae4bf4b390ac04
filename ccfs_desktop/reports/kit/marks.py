"""Marks a machine or a hurried adult reads: QR codes, scan markers, alert signs. All black, all drawn."""

import re
from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin

import segno

from ccfs_desktop.reports.kit.surface import MM, Surface
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services.papers import ALERT_WORDS, Alert
from ccfs_desktop.services.sheet_geometry import Box, Marker

_DARK_RUN = re.compile("1+")

_WHITE_BITS = {
    # ArUco DICT_4X4_50, numbers 0 to 5: the inner 4 x 4 squares row by row, 1 is white; the border is black.
    0: ("1011", "0101", "0011", "0010"),
    1: ("0000", "1111", "1001", "1010"),
    2: ("0011", "0011", "0010", "1101"),
    3: ("1001", "1001", "0100", "0110"),
    4: ("0101", "0100", "1001", "1110"),
    5: ("0111", "1001", "1100", "1101"),
}


def marker(surface: Surface, mark: Marker) -> None:
    """Draw one of the squares by which a scan is put straight."""
    surface.raster(mark.box, *_marker_path(mark.number))


def qr_code(surface: Surface, box: Box, content: str, *, error: str = "m") -> None:
    """Draw a QR code; leave four of its squares white around it.

    Args:
        surface: the page.
        box: where the code lies, without its white edge.
        content: short ASCII text.
        error: how much damage it survives: ``l``, ``m``, ``q`` or ``h``.
    """
    surface.raster(box, *_qr_path(content, error))


@lru_cache(maxsize=16)
def _marker_path(number: int) -> tuple[str, int]:
    dark = [bits.translate({ord("0"): "1", ord("1"): "0"}) for bits in _WHITE_BITS[number]]
    return _path(["111111", *(f"1{bits}1" for bits in dark), "111111"])


@lru_cache(maxsize=256)
def _qr_path(content: str, error: str) -> tuple[str, int]:
    # One fixed mask: choosing the best of eight takes ten times as long, and no reader minds.
    matrix = segno.make(content, error=error, micro=False, boost_error=False, mask=3).matrix
    return _path(["".join(map(str, row)) for row in matrix])


def _path(rows: list[str]) -> tuple[str, int]:
    """Cover the dark squares with few rectangles: runs of a row that go on in the rows below.

    Returns:
        the rectangles as PDF operators, in squares from the bottom left, and the number of rows.
    """
    found: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for row, squares in enumerate([*rows, ""]):
        runs = {run.span() for run in _DARK_RUN.finditer(squares)}
        for left, right in growing.keys() - runs:
            found.append((right - left, row - growing.pop((left, right)), left, len(rows) - row))
        for span in runs - growing.keys():
            growing[span] = row
    # Like beside like compresses well.
    return " ".join(f"{left} {bottom} {across} {up} re" for across, up, left, bottom in sorted(found)), len(rows)


def alert(surface: Surface, box: Box, kind: Alert) -> None:
    """Draw the sign of an alert: each has its own outline and letter, and survives the copier."""
    draw, letter = _SIGNS[kind]
    draw(surface, box)
    letter(surface, box)


def legend(surface: Surface, words: Words, left: float, top: float, right: float) -> float:
    """Explain the signs of the alerts in words, on one line.

    Args:
        surface: the page.
        words: its languages.
        left: where the first one stands.
        top: upper edge of the signs.
        right: where the line must have ended.

    Returns:
        where the last one ends.
    """
    size, points, gap = 3.5, 6.6, 4.0
    told = {kind: words.both(message) for kind, message in ALERT_WORDS.items()}
    wanted = sum(surface.measure(said, points) + 5 + gap for said in told.values())
    shrink = min(1.0, (right - left) / wanted)
    for kind, said in told.items():
        alert(surface, Box(left + 0.4, top, size, size), kind)
        room = surface.measure(said, points) * shrink
        surface.fill(Box(left + 5, top, room + 0.1, size), said, points, most=1)
        left += (room + 5 + gap) if shrink == 1 else (surface.measure(said, points) + 5 + gap) * shrink
    return left


def _letter(words: str, lift: float = 0.0, *, white: bool = False) -> Callable[[Surface, Box], None]:
    def write(surface: Surface, box: Box) -> None:
        size = box.height * 0.56 * MM
        x, y = box.middle
        base = y - lift * box.height + 0.36 * size / MM
        if white:
            with surface.white():
                surface.text(x, base, words, size, bold=True, align="centre")
        else:
            surface.text(x, base, words, size, bold=True, align="centre")

    return write


def _polygon(corners: int, turn: float, *, filled: bool, reach: float = 1.0) -> Callable[[Surface, Box], None]:
    def draw(surface: Surface, box: Box) -> None:
        x, y = box.middle
        radius = box.height / 2 * reach
        points = [
            (x + radius * cos(turn + 2 * pi * corner / corners), y + radius * sin(turn + 2 * pi * corner / corners))
            for corner in range(corners)
        ]
        surface.shape(points, 0.3, filled=filled)

    return draw


def _triangle(surface: Surface, box: Box) -> None:
    x = box.middle[0]
    half = box.height * 0.6
    surface.shape([(x, box.top), (x + half, box.bottom), (x - half, box.bottom)], 0.3, filled=True)


def _ring(surface: Surface, box: Box) -> None:
    surface.circle(*box.middle, box.height / 2 - 0.15, 0.3)


def _square(surface: Surface, box: Box) -> None:
    surface.box(box.inside((box.width - box.height) / 2 + 0.2, 0.2), 0.3)


_SIGNS: dict[Alert, tuple[Callable[[Surface, Box], None], Callable[[Surface, Box], None]]] = {
    Alert.ALLERGY: (_triangle, _letter("A", -0.17, white=True)),
    Alert.MEDICINE: (_ring, _letter("M")),
    Alert.CARE_PLAN: (_square, _letter("C")),
    Alert.PICK_UP: (_polygon(8, pi / 8, filled=True, reach=1.04), _letter("P", white=True)),
    Alert.NO_PHOTO: (_polygon(4, 0, filled=False, reach=1.12), _letter("N")),
}
