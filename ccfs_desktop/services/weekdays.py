"""Days of the week, kept as ISO digits (``135``), written in words."""

from babel.dates import get_day_names

from ccfs_desktop.i18n import language, listed


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
