"""The Staff page: the week's roster, who is on duty, the proof of the ratio, and the staff files."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.views.duty import DutyPlace
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.ratio_proof import RatioPlace
from ccfs_desktop.views.roster import RosterPlace
from ccfs_desktop.views.staff_files import FilesPlace
from ccfs_desktop.views.staff_place import StaffPlace

PLACES: tuple[type[StaffPlace], ...] = (RosterPlace, DutyPlace, RatioPlace, FilesPlace)
"""In the order of the tabs; each is built when it is first wanted."""


class StaffPage(Page):
    """Its tabs are places of their own; the primary button is the one of the place in view."""

    title = N_("Staff")
    primary = N_("Draft the week")
    help = "staff.md"

    def __init__(self, context: Context) -> None:
        """Build the tabs, empty."""
        super().__init__(context)
        self.header.add(_("Import the staff list"), self._import, "upload")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._places: dict[str, StaffPlace] = {}
        for number, kind in enumerate(PLACES, start=1):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, _(kind.title))
            self.tabs.setTabToolTip(number - 1, f"Alt+{number}")
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda n=number - 1: self.tabs.setCurrentIndex(n))
        self.tabs.currentChanged.connect(lambda _n: self._enter())  # pyright: ignore
        self.body.addWidget(self.tabs, 1)
        self._dress()

    @property
    def place(self) -> StaffPlace:
        """The place in view; built when it is first wanted."""
        kind = PLACES[max(0, self.tabs.currentIndex())]
        if kind.name not in self._places:
            self._places[kind.name] = kind(self)
            holder = self.tabs.currentWidget().layout()
            assert holder is not None  # noqa: S101 (made in __init__)
            holder.addWidget(self._places[kind.name])
        return self._places[kind.name]

    def refresh(self) -> None:
        """Read the place in view again."""
        self.place.refresh()

    def open(self, **target: Any) -> None:
        """Show a place, and something certain in it: ``open(place="roster", day=…)``; ``staff=7`` is a file."""
        name = target.pop("place", "files" if "staff" in target else "")
        for number, kind in enumerate(PLACES):
            if kind.name == name:
                self.tabs.setCurrentIndex(number)
        self.place.open(**target)
        self.begin()

    def begin(self) -> None:
        """Put the cursor into the place in view, unless it is there."""
        if not self.place.isAncestorOf(self.focusWidget() or self):
            self.place.setFocus()

    def act(self) -> None:
        """Do the primary action of the place in view."""
        self.place.act()

    def printed(self) -> None:
        """Print what the place in view is about."""
        self.place.printed()

    def _enter(self) -> None:
        self._dress()
        self.banner.hide()
        try:
            self.refresh()
        except UserError as error:
            self.show_error(error)
        self.begin()

    def _dress(self) -> None:
        """Give the primary button the words of the place in view."""
        kind = PLACES[max(0, self.tabs.currentIndex())]
        self.primary_button.setText(_(kind.primary))
        self.primary_button.setVisible(bool(kind.primary))
        if kind.primary_icon:
            icons.put(self.primary_button, kind.primary_icon, "on_accent")

    def _import(self) -> None:
        self.context.shell.go("children", lists="staff")
