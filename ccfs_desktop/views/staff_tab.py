"""One part of a staff file."""

from typing import TYPE_CHECKING

from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.views.record_tab import RecordTab

if TYPE_CHECKING:
    from ccfs_desktop.views.staff_record import StaffRecord


class StaffTab(RecordTab):
    """A part of a staff file."""

    record: "StaffRecord"
    right = "personnel"

    def show_file(self, file: StaffFile) -> None:
        """Show the file as it stands now."""
        raise NotImplementedError
