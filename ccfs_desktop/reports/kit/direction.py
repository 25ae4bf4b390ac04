"""Right-to-left names in a left-to-right line, and the other way round."""

import unicodedata
from itertools import groupby

_RIGHT = {"R", "AL"}
_LEFT = {"L", "EN", "AN"}


def in_visual_order(words: str) -> list[tuple[str, bool]]:
    """Cut a line into pieces of one direction, in the order they stand on paper.

    One level of embedding: enough for names, numbers and short remarks.

    Returns:
        pieces as ``(text, right_to_left)``.
    """
    if words.isascii():
        return [(words, False)]
    kinds = [unicodedata.bidirectional(letter) for letter in words]
    if not _RIGHT.intersection(kinds):
        return [(words, False)]
    base = next((kind in _RIGHT for kind in kinds if kind in _RIGHT or kind == "L"), False)
    towards = _directions(kinds, base)
    pieces: list[tuple[str, bool]] = []
    start = 0
    for right_to_left, letters in groupby(towards):
        end = start + len(list(letters))
        pieces.append((words[start:end], right_to_left))
        start = end
    return pieces[::-1] if base else pieces


def _directions(kinds: list[str], base: bool) -> list[bool]:
    """Say for each letter whether it runs to the left; neutrals follow neighbours that agree, else the line."""
    sure: list[bool | None] = []
    for kind in kinds:
        follows = sure[-1] if kind == "NSM" and sure else None
        sure.append(True if kind in _RIGHT else False if kind in _LEFT else follows)
    before = [base] * len(sure)
    for index, known in enumerate(sure[:-1]):
        before[index + 1] = before[index] if known is None else known
    after = [base] * len(sure)
    for index in range(len(sure) - 2, -1, -1):
        known = sure[index + 1]
        after[index] = after[index + 1] if known is None else known
    return [
        known if known is not None else (left if left == right else base)
        for known, left, right in zip(sure, before, after, strict=True)
    ]
