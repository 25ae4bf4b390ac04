"""One part of a child's file."""

from typing import TYPE_CHECKING

from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.record_tab import RecordTab

if TYPE_CHECKING:
    from ccfs_desktop.views.child_record import ChildRecord


class ChildTab(RecordTab):
    """A part of a child's file."""

    record: "ChildRecord"

    def show_file(self, file: ChildFile) -> None:
        """Show the file as it stands now."""
        raise NotImplementedError
