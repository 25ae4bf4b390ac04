"""Worker numbers as the factory writes them, and as Excel spoils them."""

import re
from collections.abc import Sequence

from ccfs_desktop.services.listing.fold import digits, tidy
from ccfs_desktop.services.listing.sheet import Cell, text_of

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


def clean(cell: Cell) -> str:
    """Write a number as text: no decimals Excel added, no stray blanks, plain digits and letters."""
    text = tidy(digits(text_of(cell))).lstrip("'`’")
    return re.sub(r"(?<=\d)\.0+$", "", text) if "." in text else text


def is_spoilt(text: str) -> bool:
    """Tell whether Excel has replaced digits, as in ``1.37E+10``."""
    return bool(_SCIENTIFIC.fullmatch(text))


def width(*columns: Sequence[str]) -> int:
    """Return how many digits the factory's numbers have, from those that still have their leading zeros.

    Returns:
        0 where there is no such number, or they are of different lengths.
    """
    plain = [code for column in columns for code in column if code.isdecimal()]
    widths = {len(code) for code in plain if code.startswith("0") and len(code) > 1}
    longest = max((len(code) for code in plain), default=0)
    return longest if widths == {longest} else 0


def restored(code: str, width: int) -> str:
    """Give a number of digits its leading zeros back."""
    return code.zfill(width) if code.isdecimal() else code
