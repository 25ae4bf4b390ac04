"""Somebody does not come: who could cover, best first, with the minutes each way leaves short."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ccfs_desktop.i18n import _
from ccfs_desktop.services.roster_draft import CoverOption
from ccfs_desktop.views import roster_words
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.roster_model import Cell
from ccfs_desktop.views.roster_warnings import SidePanel


class SickPanel(SidePanel):
    """The ways to cover for one person on one day. ``Enter`` takes the one under the cursor."""

    picked = Signal(object)
    """The :class:`CoverOption` to be applied."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__(_("Who can cover"))
        self.cell: Cell | None = None
        self.taken.connect(self.picked)

    def show_options(self, cell: Cell, options: Sequence[CoverOption]) -> None:
        """Show the ways to cover, best first."""
        self.cell = cell
        self.heading.setText(
            _("{name} is away on {day}").format(name=cell.line.name, day=roster_words.day_name(cell.day, long=True))
        )
        self.detail.setText(
            _("Best first. Enter does it; Ctrl+Z takes it back.")
            if options
            else _("Nobody else can come. Fetch help, or close a group: the minutes short stand in the strip below.")
        )
        self.fill([(*_sign(option), _told(option), option) for option in options])
        self.setMinimumWidth(theme.px(240))
        if options:
            self.list.setCurrentRow(0)


def _sign(option: CoverOption) -> tuple[str, str]:
    return ("triangle-alert", "warning") if option.short_minutes else ("circle-check", "accent")


def _told(option: CoverOption) -> str:
    left = (
        _("{time} h stay short").format(time=roster_words.lasting(option.short_minutes))
        if option.short_minutes
        else _("nothing stays short")
    )
    return f"{option.sentence}\n{left}"
