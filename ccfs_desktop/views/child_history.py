"""Who did what with this child's file, and when."""

from typing import Any

from ccfs_desktop.services import histories
from ccfs_desktop.services.histories import Event
from ccfs_desktop.views.child_tab import ChildTab
from ccfs_desktop.views.record_history import HistoryPart


class HistoryTab(HistoryPart, ChildTab):
    """The child's history."""

    def events(self, session: Any) -> list[Event]:
        """Return what was done with the child's file."""
        return histories.of_child(session, self.record.child_id, self.most)
