"""The children of each open day as a figure: expected, come, enough adults or not. Source: domain.md 8.22."""

from collections.abc import Sequence

from babel.dates import format_skeleton

from ccfs_desktop.i18n import _, language
from ccfs_desktop.reports.kit.figure import Figure
from ccfs_desktop.services.compliance_people import DayCount

_WIDTH, _LEFT, _RIGHT = 680.0, 34.0, 6.0
_TITLE, _BARS, _FOOT = 30.0, 84.0, 40.0
_WIDEST, _NAME = 60.0, 44.0
"""Of a bar, and of a date below it."""
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


def chart(days: Sequence[DayCount]) -> Figure:
    """Draw the open days of a period in the language in use."""
    figure = Figure(_WIDTH, _TITLE + _BARS + _FOOT, _("Children expected and come, day by day"))
    figure.text(_LEFT, 12, _("Children come, and expected, on each open day"), 9.5, bold=True)
    floor = _TITLE + _BARS
    most = max((max(one.came, one.expected) for one in days), default=0) or 1
    step = next((s for s in _STEPS if s * 4 >= most), _STEPS[-1])
    top = step * -(-most // step)
    for n in range(0, top + 1, step):
        y = floor - n * _BARS / top
        figure.line(((_LEFT, y), (_WIDTH - _RIGHT, y)), "hairline" if n else "edge", 0.6)
        figure.text(_LEFT - 5, y + 3, str(n), 7, "quiet", anchor="end")
    wide = (_WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    for place, one in enumerate(days):
        bar = min(wide, _WIDEST)
        _day(figure, one, _LEFT + place * wide + (wide - bar) / 2, bar, floor, _BARS / top)
    _dates(figure, days, wide, floor)
    _legend(figure, floor + 34)
    return figure


def _day(figure: Figure, one: DayCount, left: float, wide: float, floor: float, unit: float) -> None:
    """A bar of those who came, a line where they were expected, and below it a mark where adults were too few."""
    gap = wide * 0.14
    high = one.came * unit
    if one.came:
        figure.area(left + gap, floor - high, wide - 2 * gap, high, "accent_soft")
        figure.line(((left + gap, floor - high), (left + wide - gap, floor - high)), "accent", 1.0)
    y = floor - one.expected * unit
    figure.line(((left + gap / 2, y), (left + wide - gap / 2, y)), "text", 1.0)
    if one.kept is False:
        middle, size = left + wide / 2, min(4.0, wide / 2)
        figure.shape(((middle, floor + 2), (middle + size, floor + 9), (middle - size, floor + 9)), "danger")
    elif one.kept is None and one.came:
        figure.hatch(left + gap, floor - high, wide - 2 * gap, high, "warning")
    figure.hint(left, _TITLE, wide, _BARS + 12, day_text(one))


def _dates(figure: Figure, days: Sequence[DayCount], wide: float, floor: float) -> None:
    last = -_NAME
    for place, one in enumerate(days):
        x = _LEFT + place * wide
        named = wide >= _NAME or place == 0 or one.day.isocalendar()[1] != days[place - 1].day.isocalendar()[1]
        if not named or x - last < _NAME:
            continue
        figure.line(((x, floor), (x, floor + 4)), "edge", 0.6)
        figure.text(x + 1, floor + 19, format_skeleton("MMMd", one.day, locale=language()), 7.5, "quiet")
        last = x


def _legend(figure: Figure, y: float) -> None:
    step = (_WIDTH - _LEFT - _RIGHT) / 4
    x = _LEFT
    figure.area(x, y - 7, 12, 8, "accent_soft")
    figure.line(((x, y - 7), (x + 12, y - 7)), "accent", 1.0)
    figure.text(x + 17, y, _("children come"), 8, "quiet")
    figure.line(((x + step, y - 3), (x + step + 14, y - 3)), "text", 1.0)
    figure.text(x + step + 19, y, _("children expected"), 8, "quiet")
    figure.shape(((x + 2 * step + 4, y - 7), (x + 2 * step + 8, y), (x + 2 * step, y)), "danger")
    figure.text(x + 2 * step + 13, y, _("too few adults at times"), 8, "quiet")
    figure.area(x + 3 * step, y - 7, 12, 8, "accent_soft")
    figure.hatch(x + 3 * step, y - 7, 12, 8, "warning")
    figure.text(x + 3 * step + 17, y, _("no staff records"), 8, "quiet")


def day_text(one: DayCount) -> str:
    """Say a day in a sentence."""
    told = _("{day}: {came} children came, {expected} were expected.").format(
        day=one.day, came=one.came, expected=one.expected
    )
    if one.kept is None:
        return f"{told} {_('No staff records, no proof')}." if one.came else told
    return told if one.kept else f"{told} {_('Too few adults at times')}."
