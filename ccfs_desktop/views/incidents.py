"""The Incidents page: incidents, corrective actions, and the way to report a safeguarding concern."""

from typing import Any

from ccfs_desktop.i18n import N_
from ccfs_desktop.views.actions import ActionsPlace
from ccfs_desktop.views.concerns import ConcernsPlace
from ccfs_desktop.views.incidents_list import IncidentsPlace
from ccfs_desktop.views.kit.places import PlacesPage

_OWNERS = {
    "incident": "incidents", "action": "actions", "actions": "actions", "concern": "concerns", "report": "concerns",
}  # fmt: skip
"""Which place shows what is asked for."""


class IncidentsPage(PlacesPage):
    """Its tabs are places of their own."""

    title = N_("Incidents")
    help = "incidents.md"
    places = (IncidentsPlace, ActionsPlace, ConcernsPlace)

    def open(self, **target: Any) -> None:
        """Show an incident (``incident=7``), an action (``action=7``), some (``actions="overdue"``), a place."""
        while self._above:
            self.pop()
        place = next((owner for key, owner in _OWNERS.items() if key in target), "")
        super().open(**{"place": place} | target)
