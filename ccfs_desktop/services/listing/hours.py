"""From when to when somebody works, as a factory writes it: ``8:00-16:30``, ``7h30 - 17h``, ``早8点到下午5点``."""

import re
from datetime import time

from ccfs_desktop.services.listing.fold import digits

_TIME = re.compile(
    r"(上午|早上?|下午|晚上?|中午|sáng|chiều|pagi|sore|siang)?\s*(\d{1,2})\s*(?:[:：.]\s*(\d{2})|[h时点]\s*(\d{2})?)?分?"
    r"\s*(am\b|pm\b|a\.m\.?|p\.m\.?)?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\d{1,2}\s*[:：h时点]\s*\d{0,2}(?:\s*[-–—~至到]\s*\d{1,2}\s*[:：h时点]\s*\d{0,2})?", re.IGNORECASE
)
_AFTERNOON = ("下午", "晚", "chiều", "sore", "pm", "p.m")


def read(text: str) -> tuple[time, time] | None:
    """Read from when to when; None when these are not two times of one day, the earlier first."""
    found = [_time(match) for match in _TIME.finditer(digits(text))]
    if len(found) != 2:
        return None
    start, end = found
    if start and end and end <= start and end.hour < 12:  # 8-5 is until five in the afternoon
        end = end.replace(hour=end.hour + 12)
    return (start, end) if start and end and start < end else None


def without(text: str) -> str:
    """Return a text without the times in it: in ``Mon-Fri 8:00-17:00`` the days are left."""
    return _MARKED.sub(" ", text)


def _time(match: re.Match[str]) -> time | None:
    before, hours, minutes, more, after = match.groups()
    hour, minute = int(hours), int(minutes or more or 0)
    late = any(word in (before or after or "").casefold() for word in _AFTERNOON)
    if late and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None
