"""Children in production as a figure: the rate before, during and after the season, and what was walked month by month.

This year stands beside the same months a year earlier. Source: domain.md 6.7 K14, 6.8.
"""

from collections.abc import Sequence

from babel.dates import format_skeleton

from ccfs_desktop.i18n import _, language
from ccfs_desktop.reports.kit.figure import Figure
from ccfs_desktop.services.patrols_trend import PHASE_WORDS, Count, Pair, Trend, number, span

_WIDTH, _LEFT, _RIGHT = 680.0, 34.0, 6.0
_TITLE, _RATES, _FOOT = 34.0, 118.0, 34.0
_BARS, _ROWS = 74.0, 44.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


def chart(trend: Trend) -> Figure:
    """Draw a trend in the language in use."""
    middle = _TITLE + _RATES + _FOOT
    figure = Figure(_WIDTH, middle + _TITLE + _BARS + _ROWS, _("Children in production: rate and patrols"))
    _rates(figure, trend.phases)
    _months(figure, trend.months, middle)
    return figure


# --------------------------------------------------------------------------------------------------------- the rates


def _rates(figure: Figure, phases: Sequence[Pair]) -> None:
    """Two points with their intervals for each phase: a year ago hollow, now filled."""
    figure.text(_LEFT, 12, _("Patrols on which a child was seen, in 100 patrols"), 9.5, bold=True)
    _legend(figure)
    floor = _TITLE + _RATES
    step, top = _scale([one for pair in phases for one in (pair.now, pair.year_ago)])
    unit = _RATES / top
    for n in range(round(top / step) + 1):
        y = floor - n * step * unit
        figure.line(((_LEFT, y), (_WIDTH - _RIGHT, y)), "hairline" if n else "edge", 0.6)
        figure.text(_LEFT - 5, y + 3, f"{n * step:g}", 7, "quiet", anchor="end")
    wide = (_WIDTH - _LEFT - _RIGHT) / len(phases)
    for place, pair in enumerate(phases):
        left = _LEFT + place * wide
        if place:
            figure.line(((left, _TITLE - 6), (left, floor + _FOOT - 8)), "hairline", 0.6)
        figure.text(left + wide / 2, floor + 23, _(PHASE_WORDS[pair.phase]), 8, bold=True, anchor="middle")
        for count, at, now in ((pair.year_ago, 0.3, False), (pair.now, 0.7, True)):
            _point(figure, count, left + at * wide, floor, unit, now=now)
            figure.hint(left + (at - 0.2) * wide, _TITLE, 0.4 * wide, _RATES + _FOOT, rate_text(count))


def _point(figure: Figure, count: Count, x: float, floor: float, unit: float, *, now: bool) -> None:
    tone = "accent" if now else "quiet"
    figure.text(x, floor + 11, span(count), 7, "quiet", anchor="middle")
    if count.rate is None or count.interval is None:
        told = _("no patrols") if count.begun else _("to come")
        figure.text(x, floor - 6, told, 8, "quiet", anchor="middle")
        return
    low, rate, high = (floor - value * unit for value in (count.interval.low, count.rate, count.interval.high))
    figure.line(((x, low), (x, high)), tone, 1.4)
    for y in (low, high):
        figure.line(((x - 5, y), (x + 5, y)), tone, 1.4)
    figure.area(x - 4, rate - 4, 8, 8, tone)
    if not now:
        figure.area(x - 2.5, rate - 2.5, 5, 5, "hairline")
    base = min(rate + 3, floor - 11)
    figure.text(x + 9, base, number(count.rate), 9, bold=True)
    told = _("{positive} of {patrols}").format(positive=count.positive, patrols=count.patrols)
    figure.text(x + 9, base + 9, told, 7, "quiet")


def _scale(counts: Sequence[Count]) -> tuple[float, float]:
    """Return the step and the top of the scale: all intervals fit, and there are at most five steps."""
    most = max((count.interval.high for count in counts if count.interval), default=10.0)
    step = next((s for s in _STEPS if s * 5 >= most), 100)
    return step, step * max(1, -(-most // step))


def _legend(figure: Figure) -> None:
    """Which year is which, at the right above the points."""
    for x, told, tone in ((430.0, _("a year earlier"), "quiet"), (565.0, _("this year"), "accent")):
        figure.area(x, 5, 8, 8, tone)
        if tone == "quiet":
            figure.area(x + 1.5, 6.5, 5, 5, "hairline")
        figure.text(x + 13, 12, told, 8, "quiet")


def rate_text(count: Count) -> str:
    """Say the rate with its interval."""
    when = span(count)
    if count.rate is None or count.interval is None:
        return f"{when}: {_('no patrols') if count.begun else _('to come')}"
    told = _(
        "{when}: {rate} in 100 patrols, 95-per-cent interval {low} to {high}; "
        "a child on {positive} of {patrols} patrols."
    )
    return told.format(
        when=when, rate=number(count.rate), low=number(count.interval.low), high=number(count.interval.high),
        positive=count.positive, patrols=count.patrols,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------- the months


def _months(figure: Figure, months: Sequence[Pair], top: float) -> None:
    """The patrols of each month as bars, and below them the children found."""
    figure.text(_LEFT, top + 14, _("Patrols walked, month by month"), 9.5, bold=True)
    floor = top + _TITLE + _BARS
    most = max((one.patrols for pair in months for one in (pair.now, pair.year_ago)), default=0) or 1
    wide = (_WIDTH - _LEFT - _RIGHT) / len(months)
    for place, pair in enumerate(months):
        left = _LEFT + place * wide
        if place and pair.phase is not months[place - 1].phase:
            figure.line(((left, top + _TITLE - 8), (left, floor + _ROWS - 4)), "hairline", 0.6)
        middle = left + wide / 2
        _bar(figure, pair.year_ago, middle - wide * 0.3, wide * 0.28, floor, _BARS / most, now=False)
        _bar(figure, pair.now, middle + wide * 0.02, wide * 0.28, floor, _BARS / most, now=True)
        figure.text(middle, floor + 11, format_skeleton("MMM", pair.now.first, locale=language()), 8, anchor="middle")
        _found(figure, pair.year_ago, middle - wide * 0.16, floor, now=False)
        _found(figure, pair.now, middle + wide * 0.16, floor, now=True)
        figure.hint(left, top + _TITLE, wide, _BARS + _ROWS, month_text(pair))
    figure.line(((_LEFT, floor), (_WIDTH - _RIGHT, floor)), "edge", 0.8)
    figure.text(_LEFT, floor + 38, _("Below the months: children found, each counted once a day."), 7.5, "quiet")


def _bar(figure: Figure, count: Count, left: float, wide: float, floor: float, unit: float, *, now: bool) -> None:
    high = count.patrols * unit
    if high:
        figure.area(left, floor - high, wide, high, "accent_soft" if now else "hairline")
        figure.line(((left, floor - high), (left + wide, floor - high)), "accent" if now else "quiet", 1.2)
    if count.begun:
        tone = "text" if count.patrols else "danger"
        figure.text(left + wide / 2, floor - high - 4, str(count.patrols), 7.5, tone, anchor="middle")


def _found(figure: Figure, count: Count, x: float, floor: float, *, now: bool) -> None:
    """The number of children found; some are framed as well as coloured."""
    if not count.begun:
        return
    y, tone = floor + 24, "danger" if now else "quiet"
    if count.events:
        figure.area(x - 8, y - 9, 16, 12, "danger_soft" if now else "hairline")
        edges = ((x - 8, y - 9), (x + 8, y - 9), (x + 8, y + 3), (x - 8, y + 3), (x - 8, y - 9))
        figure.line(edges, tone, 0.8)
    known = count.events or count.patrols
    figure.text(
        x,
        y,
        str(count.events) if known else "–",
        8,
        tone if count.events else "quiet",
        bold=bool(count.events),
        anchor="middle",
    )


def month_text(pair: Pair) -> str:
    """Say a month and the one a year earlier."""
    told = _("{when}: {patrols} patrols, children found: {events}.")
    both = [one for one in (pair.now, pair.year_ago) if one.begun]
    return " ".join(told.format(when=span(one), patrols=one.patrols, events=one.events) for one in both)
