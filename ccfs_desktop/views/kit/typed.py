"""What people type for a date, a time, a number or a phone: understood in many forms, never guessed."""

import re
import unicodedata
from datetime import date, time

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEPARATED = re.compile(r"(\d{1,4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,4})\D?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(r"(\d{1,4})\W*([a-z]{3})[a-z]*\W*(\d{1,4})|([a-z]{3})[a-z]*\W*(\d{1,2})\W+(\d{4})")

_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_HOUR = r"(?:h|hrs?|hours?|小时|giờ|jam|ঘণ্টা|ঘন্টা|saat|sa)"
_MINUTE = r"(?:m|min|mins|minutes?|分|分钟|phút|menit|মিনিট|dakika|dk)"
_SPOKEN = re.compile(rf"(\d{{1,3}})\s*{_HOUR}\s*(?:([0-5]?\d)\s*{_MINUTE}?)?")
_ONLY_MINUTES = re.compile(rf"(\d{{1,4}})\s*{_MINUTE}")
_TENTHS = re.compile(rf"(\d{{1,2}})(?:[.,](\d))?\s*{_HOUR}?")


def read_date(text: str, today: date) -> date | None:
    """Read a date: 2017-07-03, 20170703, 2017年7月3日, 3.7.2017, 3 Jul 2017, "today". Nothing typed is no date.

    Args:
        text: what was typed, in any digits.
        today: what "today" means.

    Raises:
        UserError: it is no date, or it could be two.
    """
    text = _tidy(text)
    if not text:
        return None
    if text in {"today", _("today").casefold()}:
        return today
    year, month, day = _parts(text)
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError(_("There is no such day. Type it as year-month-day, for example 2017-07-03.")) from None


def read_time(text: str) -> time | None:
    """Read a time of day: 755, 7:55, 7.55, 7h55, 7点55, 0755, 7, 5:30 pm. Nothing typed is no time.

    Raises:
        UserError: it is no time of day.
    """
    text = _tidy(text)
    if not text:
        return None
    afternoon = bool(re.search(r"pm|p\.m|下午|ch$", text))
    morning = bool(re.search(r"am|a\.m|上午|sa$", text))
    numbers = re.findall(r"\d+", text)
    if len(numbers) == 1 and len(numbers[0]) > 2:
        numbers = [numbers[0][:-2], numbers[0][-2:]]
    hour, minute = int(numbers[0]) if numbers else 99, int(numbers[1]) if len(numbers) > 1 else 0
    if afternoon and hour < 12:
        hour += 12
    if morning and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or len(numbers) > 2:
        raise UserError(_("This is no time of day. Type 755 or 7:55 for five to eight in the morning."))
    return time(hour, minute)


def read_duration(text: str) -> int | None:
    """Read how long something lasts: 8:00, 8, 7h30, 7.5, 7小时30分, 450 min. Nothing typed is no duration.

    A number alone means hours; 7.30 and 730 could be two things and are asked for again.

    Returns:
        minutes.

    Raises:
        UserError: it is none, or it could be two.
    """
    text = _tidy(text)
    if not text:
        return None
    if found := _CLOCK.fullmatch(text) or _SPOKEN.fullmatch(text):
        return int(found[1]) * 60 + int(found[2] or 0)
    if found := _ONLY_MINUTES.fullmatch(text):
        return int(found[1])
    if found := _TENTHS.fullmatch(text):
        return int(found[1]) * 60 + int(found[2] or 0) * 6
    raise UserError(_("Type hours and minutes, for example 8:00 or 7:30."))


def write_duration(minutes: int | None) -> str:
    """Write minutes as hours and minutes, such as 8:00; nothing for what is not known."""
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


def read_integer(text: str) -> int | None:
    """Read a whole number, with or without separators between thousands. Nothing typed is no number.

    Raises:
        UserError: it is no whole number.
    """
    text = re.sub(r"[\s,']", "", _tidy(text))
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,12}", text):
        raise UserError(_("Type a whole number, in digits."))
    return int(text)


def read_number(text: str) -> float | None:
    """Read a number; comma and point both divide the decimals. Nothing typed is no number.

    Raises:
        UserError: it is no number.
    """
    text = _tidy(text).replace(" ", "").replace(",", ".")
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text):
        raise UserError(_("Type a number, in digits."))
    return float(text)


def read_phone(text: str) -> str:
    """Read a phone number as it is written; letters and too few digits are no number that can be called.

    Raises:
        UserError: it cannot be called.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    digits = sum(letter.isdecimal() for letter in text)
    if text and (digits < 3 or re.search(r"[^\d\s+().,;/#*x-]", text)):
        raise UserError(_("Type a phone number: digits, and + ( ) - where they belong."))
    return text


def _tidy(text: str) -> str:
    """Bring full-width and other scripts' digits to ours, and all letters to small ones."""
    text = unicodedata.normalize("NFKC", text).casefold().strip()
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text)


def _parts(text: str) -> tuple[int, int, int]:
    """Return year, month, day."""
    if run := _RUN.fullmatch(text):
        return int(run[1]), int(run[2]), int(run[3])
    if named := _NAMED.fullmatch(text):
        return _named(named)
    found = _SEPARATED.fullmatch(text)
    if not found:
        raise UserError(_("This is no date. Type it as year-month-day, for example 2017-07-03."))
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    if len(found[1]) == 4:
        return first, second, third
    if len(found[3]) != 4:
        raise UserError(_("Type the year with four digits, for example 2017-07-03."))
    if first <= 12 and second <= 12 and first != second:
        sentence = _("This could be {one} or {other}. Type it as year-month-day.")
        raise UserError(
            sentence.format(one=f"{third:04}-{second:02}-{first:02}", other=f"{third:04}-{first:02}-{second:02}")
        )
    return (third, second, first) if second <= 12 else (third, first, second)


def _named(found: re.Match[str]) -> tuple[int, int, int]:
    """Read 3 Jul 2017, 2017 Jul 3 and Jul 3, 2017."""
    word = found[2] or found[4]
    if word not in _MONTHS:
        raise UserError(_("This is no date. Type it as year-month-day, for example 2017-07-03."))
    month = _MONTHS.index(word) + 1
    if found[4]:
        return int(found[6]), month, int(found[5])
    year, day = sorted((found[1], found[3]), key=len, reverse=True)
    if len(year) != 4:
        raise UserError(_("Type the year with four digits, for example 2017-07-03."))
    return int(year), month, int(day)
