"""Days of the week, kept as ISO digits (``135``), written and read in words."""

from babel.dates import get_day_names

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, language, listed
from ccfs_desktop.services.listing import words


def written(digits: str) -> str:
    """Write days in words, a run of three or more with its ends only: ``Mon–Fri``, ``Mon, Wed``; all as nothing."""
    if not digits:
        return ""
    names = get_day_names("abbreviated", locale=language())
    runs: list[list[int]] = []
    for day in sorted(int(digit) for digit in digits):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{names[run[0] - 1]}\N{EN DASH}{names[run[-1] - 1]}")
        else:
            parts += [names[day - 1] for day in run]
    return listed(parts)


def read(text: str) -> str:
    """Read days as people write them, in any of the six languages; nothing is every day.

    Raises:
        UserError: these are no days of the week.
    """
    if not text.strip():
        return ""
    plain = _in_digits(text)
    days = words.weekdays(plain, from_two=language() == "vi" and plain == text)
    if not days:
        raise UserError(_("These are no days of the week. Type for example Mon-Fri, or 135 for Mon, Wed and Fri."))
    return "".join(str(day) for day in days)


def _in_digits(text: str) -> str:
    """Put digits for the names of the days in the language in use, the longest first."""
    names = {
        name.casefold(): str(day + 1)
        for width in ("wide", "abbreviated")
        for day, name in get_day_names(width, locale=language()).items()
    }
    plain = text.casefold()
    for name in sorted(names, key=len, reverse=True):
        plain = plain.replace(name, names[name])
    return plain if plain != text.casefold() else text
