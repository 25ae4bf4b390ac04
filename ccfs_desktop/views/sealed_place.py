"""A place that shows what is sealed: those without the key see why it is closed to them; each view is noted."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QHideEvent

from ccfs_desktop import vault
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.kit.places import Place
from ccfs_desktop.views.kit.states import EmptyState

if TYPE_CHECKING:
    from ccfs_desktop.views.kit.places import PlacesPage

_READ = N_("Read health details")


class SealedPlace(Place):
    """Subclasses fill the body in ``build`` and read the office in ``read``."""

    reading: ClassVar[str] = ""
    """What the trail notes, of ``services.histories``."""
    open_part: ClassVar[str] = ""
    """Where everybody finds what everybody must know, marked with ``N_``."""

    def __init__(self, page: Page) -> None:
        """Build the content, or the sentence that says why there is none."""
        super().__init__(page)
        self._noted = False
        tabs: PlacesPage = page  # pyright: ignore[reportAssignmentType]
        tabs.tabs.currentChanged.connect(lambda _n: self._turned())  # pyright: ignore
        with self.db.read() as session:
            self.allowed = roles.may(session, Right.DETAILS) and vault.SENSITIVE in self.db.keys
        if self.allowed:
            self.build()
        else:
            self.body.addWidget(
                EmptyState("lock", _("Your role does not include health and care details."), detail=_(self.open_part))
            )

    def build(self) -> None:
        """Build the content, empty."""
        raise NotImplementedError

    def read(self) -> None:
        """Read the office again; only called for those who may."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Note once per view that somebody reads, and read."""
        self.page.show_content()
        if not self.allowed:
            self.page.primary_button.hide()
            return
        if not self._noted:
            self._noted = True
            self.note()
        self.read()

    def note(self, child_id: int = 0) -> None:
        """Note in the trail that somebody reads: of one child, or, without one, of the season."""
        with self.db.begin(_READ, final=True) as session:
            self.db.note(session, self.reading, str(child_id or ""))

    def hideEvent(self, event: QHideEvent) -> None:
        """Begin another view when one comes back to the page, not from a record above the list."""
        super().hideEvent(event)
        if not self.page.isVisible():
            self._noted = False

    def _turned(self) -> None:
        """Begin another view when one comes back from another tab."""
        page: PlacesPage = self.page  # pyright: ignore[reportAssignmentType]
        tab = page.tabs.currentWidget()
        if not (tab and tab.isAncestorOf(self)):
            self._noted = False
