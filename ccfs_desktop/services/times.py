"""Times as an officer types them: ``8``, ``745``, ``7:45``, ``0745``, ``73`` for quarter three of hour seven."""

import re
import unicodedata
from datetime import time

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _


def parse(typed: str, *, opens: time, closes: time) -> time:
    """Read a time of day.

    The last of two or three digits may be the quarter ticked on the sheet (0 to 3): ``73`` is 07:45, ``162`` 16:30.
    Where both readings are possible, the one within an hour of the opening hours counts.

    Args:
        typed: what was typed, in any script's digits.
        opens: when the space opens, to choose between readings.
        closes: when it closes.

    Raises:
        UserError: no time of day.
    """
    plain = "".join(str(unicodedata.decimal(c, c)) for c in unicodedata.normalize("NFKC", typed)).strip()
    parts = re.fullmatch(r"(\d{1,2})\s*[:.,hH时点]\s*(\d{0,2})分?", plain)
    if parts:
        readings = [(int(parts[1]), int(parts[2] or 0))]
    elif plain.isdecimal() and len(plain) <= 4:
        readings = list(_readings(plain))
    else:
        readings = []
    possible = [time(h, m) for h, m in readings if h < 24 and m < 60]
    if not possible:
        raise UserError(_("“{typed}” is no time of day. Type 745 for 07:45.").format(typed=typed))
    near = [t for t in possible if opens.hour - 1 <= t.hour <= closes.hour + 1]
    return (near or possible)[0]


def _readings(digits: str) -> list[tuple[int, int]]:
    number = int(digits)
    match len(digits):
        case 1:
            return [(number, 0)]
        case 2:
            quarter = [(number // 10, number % 10 * 15)] if number % 10 < 4 else []
            return [(number, 0), *quarter]
        case 3:
            quarter = [(number // 10, number % 10 * 15)] if number % 10 < 4 else []
            return [(number // 100, number % 100), *quarter]
        case _:
            return [(number // 100, number % 100)]


def show(moment: time | None) -> str:
    """Write a time as on the sheet; empty when it is not known."""
    return f"{moment:%H:%M}" if moment else ""
