"""The words of a paper that speaks two languages at once."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date

from ccfs_desktop import i18n
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.reports.kit.lines import fit, wrap
from ccfs_desktop.reports.kit.surface import MM, Align, Surface
from ccfs_desktop.reports.kit.text import LEADING, width
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.sheet_geometry import Box

SECOND = 0.68
"""Size of the second language beside the first."""

_LOCALES = {"en": "en_GB"}  # day before month, as in the other languages


class Words:
    """Says each message in the languages of a paper."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        """Speak these languages, the first one loudest."""
        self.languages = languages or ("en",)

    def each(self, message: str, **values: object) -> tuple[str, ...]:
        """Return a marked message in each language, once if they agree."""
        spoken: list[str] = []
        for language in self.languages:
            with i18n.use(language):
                spoken.append(_(message).format(**values) if values else _(message))
        return tuple(dict.fromkeys(spoken))

    def first(self, message: str, **values: object) -> str:
        """Return a message in the first language."""
        return self.each(message, **values)[0]

    def both(self, message: str, **values: object) -> str:
        """Return a message in all languages on one line."""
        return "  ".join(self.each(message, **values))

    def days(self, day: date) -> tuple[str, ...]:
        """Return a day with its weekday in each language."""
        return _days(day, self.languages)

    def span(self, first: date, last: date) -> tuple[str, ...]:
        """Return a first and a last day, with their weekdays, in each language."""
        if first == last:
            return self.days(last)
        both = zip(self.days(first), self.days(last), strict=True)
        return tuple(f"{begin} \N{EN DASH} {end}" for begin, end in both)

    def heading(
        self, surface: Surface, box: Box, message: str, size: float = 8, *, bold: bool = True, align: Align = "centre"
    ) -> None:
        """Write a column's name in its head: the first language large, the others small below."""
        first, *others = self.each(message)
        if not others:
            surface.fill(box, first, size, bold=bold, align=align, most=3)
            return
        limit = (box.width * MM, box.height * MM * (1 / (1 + SECOND)))
        # A head of several words had better take two lines than get small; a Chinese one the other way round.
        above = fit(first, size, limit, bold=bold, most=2, alone=0.95 if " " in first else 0.7)
        room = box.height * MM - above.height
        below = fit(
            " / ".join(others), min(size * SECOND, above.size * 0.9), (limit[0], room), most=2, floor=3.6, alone=0.9
        )
        top = box.top + (box.height - (above.height + below.height) / MM) / 2
        x = {"left": box.left, "centre": box.middle[0], "right": box.right}[align]
        surface.lines(x, top, above, bold=bold, align=align)
        surface.lines(x, top + above.height / MM, below, align=align)

    def label(self, surface: Surface, x: float, y: float, message: str, size: float = 8) -> float:
        """Write a field's name on a line: the first language, then the others small.

        Returns:
            where it ends, in millimetres.
        """
        first, *others = self.each(message)
        x += surface.text(x, y, first, size)
        for other in others:
            x += 0.9
            x += surface.text(x, y, other, size * 0.8)
        return x

    def label_width(self, message: str, size: float = 8) -> float:
        """Return the width of :meth:`label` in millimetres."""
        first, *others = self.each(message)
        return (width(first, size) + sum(width(other, size * 0.8) + 0.9 * MM for other in others)) / MM

    def sentences(self, surface: Surface, x: float, y: float, across: float, message: str, size: float) -> float:
        """Write a sentence in each language below each other, wrapped.

        Args:
            surface: the page.
            x: left edge.
            y: upper edge.
            across: width of the lines, in millimetres.
            message: the sentence, marked.
            size: of the first language, in points.

        Returns:
            where the last line ends.
        """
        for index, sentence in enumerate(self.each(message)):
            points = size * (0.9 if index else 1)
            for line in wrap(sentence, points, across * MM):
                surface.text(x, y + points * LEADING * 0.75 / MM, line, points)
                y += points * LEADING / MM
        return y


@lru_cache(maxsize=400)
def _days(day: date, languages: tuple[str, ...]) -> tuple[str, ...]:
    locales = (_LOCALES.get(language, language) for language in languages)
    return tuple(dict.fromkeys(format_date(day, "full", locale=locale) for locale in locales))


def clock(at: time | None) -> str:
    """Return a time of day as it is written on sheets."""
    return f"{at:%H:%M}" if at else ""


def moment(at: datetime | None) -> str:
    """Return a day and time as records have it."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def iso(day: date | None) -> str:
    """Return a day as records have it."""
    return day.isoformat() if day else ""


def printed(words: Words, letterhead: Letterhead) -> str:
    """Return the line that says when, by whom and with which version a page was printed."""
    by = f" · {letterhead.printed_by}" if letterhead.printed_by else ""
    said = " / ".join(words.each(N_("Printed")))
    return f"{said} {moment(letterhead.printed_at)}{by} · CCFS Desktop {letterhead.program_version}"


def age_text(words: Words, age: int | None) -> str:
    """Return an age with its unit, in the first language."""
    return "" if age is None else words.first(N_("age {years}"), years=age)
