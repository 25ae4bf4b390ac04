"""The Incidents page: incidents, corrective actions, and the way to report a safeguarding concern."""

from typing import Any

from ccfs_desktop.i18n import N_
from ccfs_desktop.views.concerns import ConcernsPlace
from ccfs_desktop.views.incidents_list import IncidentsPlace
from ccfs_desktop.views.kit.places import PlacesPage


class IncidentsPage(PlacesPage):
    """Its tabs are places of their own."""

    title = N_("Incidents")
    help = "incidents.md"
    places = (IncidentsPlace, ConcernsPlace)

    def open(self, **target: Any) -> None:
        """Show a place, and something certain in it: ``incident`` (its id), ``concern``, ``report``."""
        while self._above:
            self.pop()
        if target.get("incident"):
            target.setdefault("place", "incidents")
        super().open(**target)
