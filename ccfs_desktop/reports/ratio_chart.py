"""The ratio of a day as a figure: group by group, the children, the adults needed and those who count."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from ccfs_desktop.i18n import _, listed
from ccfs_desktop.reports.kit.figure import Figure
from ccfs_desktop.services import times
from ccfs_desktop.services.cover import DayCover, Quarter
from ccfs_desktop.services.drafting.problem import SLOT

_WIDTH, _LEFT, _RIGHT = 620.0, 22.0, 4.0
_HEAD, _NUMBERS, _BARS, _GAP = 15.0, 12.0, 40.0, 10.0
_AXIS, _LEGEND = 14.0, 20.0


def chart(cover: DayCover) -> Figure:
    """Draw a day in the language in use; only as long as there are children."""
    groups = [(name, list(mine)) for name, mine in _by_group(cover.quarters)]
    panel = _HEAD + _NUMBERS + _BARS + _GAP
    figure = Figure(_WIDTH, len(groups) * panel + _AXIS + _LEGEND, _("Children, adults needed and adults who count"))
    slots = [q.slot for q in cover.quarters]
    first, last = min(slots, default=30), max(slots, default=70) + 1
    first, last = first // 4 * 4, -(-last // 4) * 4  # whole hours
    across = (_WIDTH - _LEFT - _RIGHT) / (last - first)
    at = {slot: _LEFT + (slot - first) * across for slot in range(first, last + 1)}
    for number, (name, quarters) in enumerate(groups):
        _panel(figure, number * panel, name, quarters, at)
    _hours(figure, len(groups) * panel - _GAP, at)
    _legend(figure, figure.height - 6)
    return figure


def _by_group(quarters: Sequence[Quarter]) -> list[tuple[str, list[Quarter]]]:
    """Return group → its quarter hours, in the order in which the groups are first met."""
    order = list(dict.fromkeys(q.group_id for q in quarters))
    by_group = sorted(quarters, key=lambda q: (order.index(q.group_id), q.slot))
    return [(next(iter(mine)).group, mine) for mine in (list(m) for _g, m in groupby(by_group, lambda q: q.group_id))]


def _panel(figure: Figure, top: float, name: str, quarters: Sequence[Quarter], at: Mapping[int, float]) -> None:
    slots = list(at)
    wide = at[slots[1]] - at[slots[0]]
    floor = top + _HEAD + _NUMBERS + _BARS
    most = max(max(q.required, q.percent / 100) for q in quarters) + 0.4
    unit = _BARS / most
    short = sum(q.short_minutes for q in quarters)
    figure.text(_LEFT, top + 10, name, 9.5, bold=True)
    if short:
        told = _("{n} minutes short").format(n=short)
        figure.text(_WIDTH - _RIGHT, top + 10, told, 8.5, "danger", bold=True, anchor="end")
    for slot in slots[::4]:
        figure.line(((at[slot], top + _HEAD), (at[slot], floor)), "hairline", 0.6)
    for quarter in quarters:
        _quarter(figure, quarter, at[quarter.slot], wide, top, floor, unit)
    _needed(figure, quarters, at, wide, floor, unit)
    figure.line(((_LEFT, floor), (_WIDTH - _RIGHT, floor)), "edge", 0.8)
    for n in range(0, int(most) + 1, 1 if most < 5 else 2):
        figure.text(_LEFT - 5, floor - n * unit + 3, str(n), 7, "quiet", anchor="end")


def _quarter(figure: Figure, quarter: Quarter, left: float, wide: float, top: float, floor: float, unit: float) -> None:
    there, needed = quarter.percent / 100 * unit, quarter.required * unit
    if there:
        figure.area(left, floor - there, wide, there, "accent_soft")
        figure.line(((left, floor - there), (left + wide, floor - there)), "accent", 1.0)
    if quarter.short:
        figure.area(left, floor - needed, wide, max(needed - there, 2.0), "danger_soft")
        figure.hatch(left, floor - needed, wide, max(needed - there, 2.0), "danger")
    figure.text(left + wide / 2, top + _HEAD + 8, str(quarter.children), 7, "quiet", anchor="middle")
    figure.hint(left, top + _HEAD, wide, _NUMBERS + _BARS, quarter_text(quarter))


def _needed(
    figure: Figure, quarters: Sequence[Quarter], at: Mapping[int, float], wide: float, floor: float, unit: float
) -> None:
    """The line of the adults needed, broken where there are no children."""
    run: list[tuple[float, float]] = []
    before = None
    for quarter in quarters:
        if before is not None and quarter.slot != before + 1:
            figure.line(run, "text", 1.5)
            run = []
        y = floor - quarter.required * unit
        run += [(at[quarter.slot], y), (at[quarter.slot] + wide, y)]
        before = quarter.slot
    if run:
        figure.line(run, "text", 1.5)


def _hours(figure: Figure, y: float, at: Mapping[int, float]) -> None:
    slots = list(at)
    for slot in slots[::4]:
        anchor = "start" if slot == slots[0] else "end" if slot == slots[-1] else "middle"
        figure.text(at[slot], y + 11, times.clock(slot * SLOT), 7.5, "quiet", anchor=anchor)


def _legend(figure: Figure, y: float) -> None:
    x = _LEFT
    step = (_WIDTH - _LEFT - _RIGHT) / 4
    figure.text(x, y, "12", 7, "quiet")
    figure.text(x + 14, y, _("children here"), 8, "quiet")
    figure.area(x + step, y - 7, 12, 8, "accent_soft")
    figure.line(((x + step, y - 7), (x + step + 12, y - 7)), "accent", 1.0)
    figure.text(x + step + 17, y, _("adults who count"), 8, "quiet")
    figure.line(((x + 2 * step, y - 3), (x + 2 * step + 14, y - 3)), "text", 1.5)
    figure.text(x + 2 * step + 19, y, _("adults needed"), 8, "quiet")
    figure.area(x + 3 * step, y - 7, 12, 8, "danger_soft")
    figure.hatch(x + 3 * step, y - 7, 12, 8, "danger")
    figure.text(x + 3 * step + 17, y, _("too few adults"), 8, "quiet")


def quarter_text(quarter: Quarter) -> str:
    """Say everything about a quarter hour of a group."""
    start = quarter.slot * SLOT
    head = _("{start} to {end}, {group}: {children} children, {required} adults needed, {there} count.").format(
        start=times.clock(start), end=times.clock(start + SLOT), group=quarter.group, children=quarter.children,
        required=quarter.required, there=f"{quarter.percent / 100:g}",
    )  # fmt: skip
    who = [listed(quarter.adults) + "."] if quarter.adults else []
    others = [f"{o.name}: {o.reason}." for o in quarter.others]
    return " ".join((head, *who, *others))
