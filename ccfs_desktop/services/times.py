"""Times as an officer types them: ``8``, ``745``, ``7:45``, ``0745``, ``73`` for quarter three of hour seven."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time

from babel.dates import format_date, format_skeleton

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, language

UNKNOWN = frozenset("?-")
"""What is typed where the sheet has a signature but no time."""

_CLOCK = re.compile(r"(\d{1,2})\s*[:.,hH时点]\s*(\d{0,2})分?")
# Hour and ticked quarter. A first digit of 3 to 9 is an hour of its own; 0 to 2 may begin one of two digits.
_TICKED = re.compile(r"[3-9][0-3]|[01]\d[0-3]|2[0-3][0-3]")


def parse(typed: str, *, opens: time, closes: time) -> time:
    """Read a time of day.

    The last of two or three digits may be the quarter ticked on the sheet (0 to 3): ``73`` is 07:45, ``162`` 16:30.
    Where several readings are possible, the first one within an hour of the opening hours counts; an hour that is
    never open is the afternoon's: ``52`` and ``530`` are 17:30. Four digits, or hour and minutes with a colon, are
    taken as they stand.

    Args:
        typed: what was typed, in any script's digits.
        opens: when the space opens, to choose between readings.
        closes: when it closes.

    Raises:
        UserError: no time of day.
    """
    text = plain(typed)
    if parts := _CLOCK.fullmatch(text):
        readings = [(int(parts[1]), int(parts[2] or 0))]
    elif text.isdecimal() and len(text) <= 4:
        readings = list(_readings(text))
    else:
        readings = []
    possible = [time(h, m) for h, m in readings if h < 24 and m < 60]
    if not possible:
        raise UserError(_("“{typed}” is no time of day. Type 745 for 07:45.").format(typed=typed.strip()))
    near = [t for t in possible if opens.hour - 1 <= t.hour <= closes.hour + 1]
    return (near or possible)[0]


def is_ticked(typed: str) -> bool:
    """Tell whether hour and ticked quarter are complete, so that no key is needed to end them."""
    return bool(_TICKED.fullmatch(plain(typed)))


def plain(typed: str) -> str:
    """Return what was typed with our own digits and signs, whatever its script or width."""
    narrow = unicodedata.normalize("NFKC", typed)
    return "".join(str(unicodedata.decimal(c, c)) for c in narrow).strip()


def _readings(digits: str) -> Iterator[tuple[int, int]]:
    number = int(digits)
    if len(digits) == 4:
        yield number // 100, number % 100
        return
    readings = [(number, 0)] if len(digits) < 3 else [(number // 100, number % 100)]
    if len(digits) > 1 and number % 10 < 4:
        readings.append((number // 10, number % 10 * 15))
    yield from readings
    yield from ((hour + 12, minute) for hour, minute in readings)


def show(moment: time | None) -> str:
    """Write a time as on the sheet; empty when it is not known."""
    return f"{moment:%H:%M}" if moment else ""


# ------------------------------------------------------------------------------------------------- minutes of the day
def minutes(moment: time) -> int:
    """Return minutes since midnight."""
    return moment.hour * 60 + moment.minute


def moment(minutes: int) -> time:
    """Return the time of day; midnight at the end of a day is a minute before it."""
    return time(*divmod(min(minutes, 24 * 60 - 1), 60))


def clock(minutes: int) -> str:
    """Write minutes since midnight as on the sheet: ``07:30``; the end of a day is ``24:00``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def length(minutes: int) -> str:
    """Write how long something lasts, in hours and minutes: ``8:30``."""
    return f"{minutes // 60}:{minutes % 60:02}"


def on_day(day: date) -> str:
    """Write a day of a week that is known: ``Mon 10 Jul``, in the language in use."""
    if language() == "en":
        return format_date(day, "EEE d MMM", locale="en")
    return format_skeleton("MMMEd", day, locale=language())
