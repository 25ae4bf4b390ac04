"""Where a line may end, and how large a text can be in its box."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ccfs_desktop.reports.kit.faces import fonts
from ccfs_desktop.reports.kit.text import LEADING, SMALLEST, clean, readable

_NOT_LAST = "（「『《〈【〔“‘([{￥$"
_NOT_FIRST = "，。、；：？！）」』》〉】〕”’…—·%)]},.;:!?％℃"
_ZERO_WIDTH = "\u200b"
_NARROWEST = 0.15  # em: no run of letters is set closer, so that endless texts cost no endless time


class Fitted(NamedTuple):
    """A text made to fit: its lines and the font size in points."""

    lines: tuple[str, ...]
    size: float

    @property
    def leading(self) -> float:
        """Distance of the lines in points."""
        return self.size * LEADING

    @property
    def height(self) -> float:
        """Height of all lines in points."""
        return self.leading * len(self.lines)


def wrap(words: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    r"""Break a text into lines.

    Args:
        words: the text; ``\n`` ends a line, U+200B allows an end without a blank (Thai, Khmer, Burmese).
        size: font size in points.
        limit: width of the lines in points.
        bold: heavy strokes.
    """
    return _wrap(readable(words), size, limit, bold)


@lru_cache(maxsize=10_000)
def _wrap(words: str, size: float, limit: float, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in clean(words).split("\n"):
        lines += _fill(list(_pieces(paragraph)), size, limit, bold) or [""]
    return tuple(lines)


def fit(
    words: str,
    size: float,
    limit: tuple[float, float],
    *,
    bold: bool = False,
    most: int = 2,
    floor: float = SMALLEST,
    alone: float = 0.75,
) -> Fitted:
    """Find the largest size at which a text stays in its box.

    One line is tried first; then several lines without a broken word; at the smallest readable size what still does not
    fit ends in "…".

    Args:
        words: the text.
        size: wished font size in points.
        limit: width and height of the box in points.
        bold: heavy strokes.
        most: lines allowed at most.
        floor: smallest size in points.
        alone: down to which part of the size one line is better than several.
    """
    return _fit(readable(words), size, limit, bold, most, floor, alone)


@lru_cache(maxsize=10_000)
def _fit(
    words: str, size: float, limit: tuple[float, float], bold: bool, most: int, floor: float, alone: float
) -> Fitted:  # fmt: skip
    across, down = limit
    words = clean(words)[: most * _most_letters(floor, across)]
    one_line = words.replace("\n", " ").replace(_ZERO_WIDTH, "")
    single = min(size, down / 1.1)
    wide = _width(one_line, single, bold=bold)
    if "\n" not in words and (wide <= across or across / wide * single >= max(floor, alone * size)):
        return Fitted((one_line,), _shrunk(single, wide, across))
    trial = size
    while trial > floor:
        lines = wrap(words, trial, across, bold=bold)
        if len(lines) <= most and len(lines) * trial * LEADING <= down and _whole(words, trial, across, bold):
            return Fitted(lines, trial)
        trial = max(floor, trial - 0.25)
    return _cut(words, floor, limit, bold, most)


def _width(words: str, size: float, *, bold: bool) -> float:
    """Return the width of a clean line in points."""
    return fonts(bold=bold).width(words, size)


def _shrunk(size: float, wide: float, across: float) -> float:
    # Rounded down to a hundredth: the size printed is the size measured.
    return size if wide <= across else int(size * across / wide * 100) / 100


def _whole(words: str, size: float, across: float, bold: bool) -> bool:
    """Say whether no word has to be broken."""
    pieces = (piece for paragraph in words.split("\n") for piece in _pieces(paragraph))
    return all(_width(_visible(piece), size, bold=bold) <= across for piece in pieces)


def _cut(words: str, size: float, limit: tuple[float, float], bold: bool, most: int) -> Fitted:
    """Keep what fits at the smallest size and show that more follows."""
    across, down = limit
    room = max(1, min(most, int(down / (size * LEADING))))
    lines = wrap(words, size, across, bold=bold)
    kept = list(lines[:room])
    if len(lines) > room:
        kept[-1] += "…"
    while kept[-1] and _width(kept[-1], size, bold=bold) > across:
        kept[-1] = kept[-1][:-2] + "…" if len(kept[-1]) > 1 else ""
    return Fitted(tuple(kept), size)


def _fill(pieces: list[str], size: float, limit: float, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and _width(_visible(line + piece), size, bold=bold) > limit:
            lines.append(_visible(line))
            line = ""
        line += piece
        while len(line) > 1 and _too_wide(line, size, limit, bold):
            head = _longest_head(line, size, limit, bold)
            lines.append(_visible(line[:head]))
            line = line[head:]
    return [*lines, _visible(line)] if _visible(line) else lines


def _too_wide(line: str, size: float, limit: float, bold: bool) -> bool:
    start = _visible(line)[: _most_letters(size, limit)]
    return _width(start, size, bold=bold) > limit


def _longest_head(piece: str, size: float, limit: float, bold: bool) -> int:
    """Return how much of a word without a break fits on a line; a mark is never parted from its letter."""
    low, high = 1, min(len(piece) - 1, _most_letters(size, limit))
    while low < high:
        middle = (low + high + 1) // 2
        if _width(_visible(piece[:middle]), size, bold=bold) <= limit:
            low = middle
        else:
            high = middle - 1
    head = low
    while head > 1 and unicodedata.category(piece[head]) in {"Mn", "Mc", "Cf"}:
        head -= 1
    return head


def _most_letters(size: float, limit: float) -> int:
    return int(limit / (size * _NARROWEST)) + 2


def _visible(line: str) -> str:
    return line.replace(_ZERO_WIDTH, "").strip(" ")


def _pieces(text: str) -> Iterator[str]:
    """Cut a paragraph where a line may end: after blanks, at U+200B, and between Chinese characters but for kinsoku."""
    start = 0
    for index in range(len(text) - 1):
        here, following = text[index], text[index + 1]
        if here in " \u200b" or (_between(here, following) and following not in " \u200b"):
            yield text[start : index + 1]
            start = index + 1
    yield text[start:]


def _between(here: str, following: str) -> bool:
    return (_ideograph(here) or _ideograph(following)) and here not in _NOT_LAST and following not in _NOT_FIRST


def _ideograph(letter: str) -> bool:
    return (
        "\u2e80" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff00" <= letter <= "\uff60"
        or letter >= "\U00020000"
    )
