"""The Staff page: the week's roster, who is on duty, the proof of the ratio, and the staff files."""

from typing import Any

from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.duty import DutyPlace
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.places import PlacesPage
from ccfs_desktop.views.ratio_proof import RatioPlace
from ccfs_desktop.views.roster import RosterPlace
from ccfs_desktop.views.staff_files import FilesPlace


class StaffPage(PlacesPage):
    """Everything about the adults, in four places."""

    title = N_("Staff")
    help = "staff.md"
    places = (RosterPlace, DutyPlace, RatioPlace, FilesPlace)

    def __init__(self, context: Context) -> None:
        """Build the tabs, empty."""
        super().__init__(context)
        self.header.add(_("Import the staff list"), self._import, "upload").setVisible(context.may("enrol"))

    def open(self, **target: Any) -> None:
        """Show a place, and something certain in it: ``open(place="roster", day=…)``; ``staff=7`` is a file."""
        target.setdefault("place", "files" if "staff" in target else "")
        super().open(**target)

    def _import(self) -> None:
        self.context.shell.go("children", lists="staff")
