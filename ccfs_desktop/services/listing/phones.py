"""Phone numbers, with the leading zero that Excel takes away from numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from ccfs_desktop.services.listing.fold import digits, tidy
from ccfs_desktop.services.listing.sheet import Cell, text_of

_NATIONAL = {
    "VN": re.compile(r"[35789]\d{8}|2\d{9}"),
    "BD": re.compile(r"1[3-9]\d{8}"),
    "ID": re.compile(r"8\d{8,11}"),
    "TR": re.compile(r"5\d{9}"),
}
"""What is left of a mobile number without its leading zero, by country."""

_EVIDENCE = 0.6
_SHORTEST, _AT_ALL = 8, 5
"""Digits of a number that may stand beside another with only a blank between; digits of any number."""


def clean(cell: Cell) -> list[str]:
    """Return the numbers in a cell, digits only, with ``+`` where it was typed."""
    text = tidy(digits(text_of(cell)))
    if text.isdecimal() and len(text) >= _AT_ALL:
        return [text]
    found: list[str] = []
    for part in re.split(r"[/;,、，；|\n]|\s-\s", text):
        apart = part.split()
        whole = [part] if any(len(re.sub(r"\D", "", piece)) < _SHORTEST for piece in apart) else apart
        for piece in whole:
            number = ("+" if piece.strip().startswith("+") else "") + re.sub(r"\D", "", piece)
            if len(number) >= _AT_ALL:
                found.append(number)
            elif found and number:
                found[-1] += number
    return found


def lost_zero(numbers: Sequence[str], country: str | None) -> re.Pattern[str] | None:
    """Return what a number of this column looks like that lost its leading zero; None where none can have.

    The country decides; without it, the other numbers of the column do: if most begin with 0 and have one length,
    those one digit shorter have lost theirs.
    """
    national = _NATIONAL.get(country or "")
    if national:
        return national
    zeros = Counter(len(number) for number in numbers if number.startswith("0"))
    if not zeros or sum(zeros.values()) < 3:
        return None
    length, count = zeros.most_common(1)[0]
    return re.compile(rf"[1-9]\d{{{length - 2}}}") if count >= _EVIDENCE * sum(zeros.values()) else None
