"""Times, days, names and rules in the words of whoever reads them."""

from collections.abc import Iterable, Sequence
from datetime import date

from ccfs_desktop.i18n import N_, _, language, listed, ngettext
from ccfs_desktop.services.drafting.needs import week
from ccfs_desktop.services.drafting.problem import Problem, Skill

SKILLS = {Skill.FIRST_AIDER: N_("first-aider"), Skill.KEYHOLDER: N_("keyholder"), Skill.LEAD: N_("lead")}
_MOST_NAMES = 8


def clock(minute: int) -> str:
    """Write a minute of the day as on the wall."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hours(minutes: int) -> str:
    """Write a duration in hours, as people say it: 8, 8.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def day_name(day: date, problem: Problem) -> str:
    """Name a day: the weekday, and the date where the problem has several weeks."""
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415 (slow to load, rarely needed)

    if len({week(known) for known in problem.days}) > 1:
        return format_skeleton("MMMEd", day, locale=language())
    return format_date(day, "EEEE", locale=language())


def names(found: Sequence[str]) -> str:
    """List names, the first eight."""
    if len(found) <= _MOST_NAMES:
        return listed(found)
    more = len(found) - _MOST_NAMES
    text = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=listed(found[:_MOST_NAMES]), count=more)


def skills(found: Iterable[Skill]) -> str:
    """List skills."""
    return listed(_(SKILLS[skill]) for skill in found)


def told(sentences: Iterable[str]) -> str:
    """Put sentences one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)
