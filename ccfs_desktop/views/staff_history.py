"""Who did what with this staff file, and when."""

from typing import Any

from ccfs_desktop.services import histories
from ccfs_desktop.services.histories import Event
from ccfs_desktop.views.record_history import HistoryPart
from ccfs_desktop.views.staff_tab import StaffTab


class StaffHistory(HistoryPart, StaffTab):
    """The person's history."""

    def events(self, session: Any) -> list[Event]:
        """Return what was done with the staff file."""
        return histories.of_staff(session, self.record.staff_id, self.most)
