"""Somebody does not come: who could cover, best first, with the minutes each way leaves short and what it asks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services.drafting.cover import Soft, Way
from ccfs_desktop.services.roster_cover import CoverOption
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.roster_model import Cell
from ccfs_desktop.views.roster_warnings import SidePanel

_ASKED = {
    Soft.WISH: N_("{name} would rather not work then ({time} h)"),
    Soft.UNPOPULAR: N_("{name} gets an early, late or evening shift"),
    Soft.FAIRNESS: N_("{name} works {time} h more than is fair"),
    Soft.OTHER_GROUP: N_("{name} is {time} h with another group"),
}


class SickPanel(SidePanel):
    """The ways to cover for one person on one day. ``Enter`` takes the one under the cursor."""

    picked = Signal(object)
    """The :class:`CoverOption` to be applied."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__(_("Who can cover"))
        self.cell: Cell | None = None
        self.options: list[CoverOption] = []
        self.taken.connect(self.picked)

    def show_options(self, cell: Cell, options: Sequence[CoverOption], names: Mapping[int, str]) -> None:
        """Show the ways to cover, best first.

        Args:
            cell: who does not come, and when.
            options: the ways.
            names: staff id → name.
        """
        self.cell, self.options = cell, list(options)
        told = _("{name} is away on {day}. Who can cover?")
        self.heading.setText(told.format(name=cell.line.name, day=roster_words.day_name(cell.day, long=True)))
        helps = any(option.way is not Way.NOBODY for option in options)
        self.detail.setText(
            _("Best first. Enter does it; Ctrl+Z takes it back.")
            if helps
            else _("Nobody else can help. Fetch somebody from outside, or put two groups together.")
        )
        self.fill([(*_sign(option), told_of(option, names), option) for option in options])
        if options:
            self.list.setCurrentRow(0)


def _sign(option: CoverOption) -> tuple[str, str]:
    return ("circle-alert", "danger") if option.short_minutes else ("circle-check", "accent")


def told_of(option: CoverOption, names: Mapping[int, str]) -> str:
    """Say a way to cover, what it leaves short, and what it asks of people."""
    lines = [option.sentence, _left(option)]
    if option.extra_minutes:
        lines.append(_("{time} h more work.").format(time=roster_words.lasting(option.extra_minutes)))
    for asked in option.asks:
        facts = {"name": names.get(asked.person, ""), "time": roster_words.lasting(asked.minutes)}
        lines.append(_(_ASKED[asked.soft]).format(**facts))
    return "\n".join(lines)


def _left(option: CoverOption) -> str:
    if not option.short_minutes:
        return _("Nothing stays short.")
    told = ngettext("{n} minute stays short.", "{n} minutes stay short.", option.short_minutes)
    return told.format(n=option.short_minutes)
