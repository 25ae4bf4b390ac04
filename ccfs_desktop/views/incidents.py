"""The Incidents page: incidents, corrective actions, and the way to report a safeguarding concern."""

from ccfs_desktop.i18n import N_
from ccfs_desktop.views.concerns import ConcernsPlace
from ccfs_desktop.views.kit.places import PlacesPage


class IncidentsPage(PlacesPage):
    """Its tabs are places of their own."""

    title = N_("Incidents")
    help = "incidents.md"
    places = (ConcernsPlace,)
