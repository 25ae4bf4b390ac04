"""A page with several places under tabs; the primary button is the one of the place in view."""

from typing import Any, ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ccfs_desktop.errors import Refused, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.page import Page


class Place(QWidget):
    """What a page shows under one of its tabs. Subclasses fill ``self.body`` and read the office in ``refresh``."""

    name: ClassVar[str] = ""
    """As in ``open(place="due")``."""
    title: ClassVar[str] = ""
    """Marked with ``N_``."""
    primary: ClassVar[str] = ""
    """The words of the page's button at top right while this place is in view, marked with ``N_``."""
    primary_icon: ClassVar[str] = ""
    right: ClassVar[str] = ""
    """The right without which the tab is not there; a value of ``services.roles.Right``, or several with blanks."""
    primary_right: ClassVar[str] = ""
    """The right that the primary action needs."""
    within: ClassVar[tuple[tuple[str, dict[str, str]], ...]] = ()
    """What of it ``Ctrl+K`` finds by its own name: marked with ``N_``, and how ``open`` is asked for it."""

    def __init__(self, page: Page) -> None:
        """Build it, empty.

        Args:
            page: the page around it: its banner, header, database and long work.
        """
        super().__init__()
        self.page, self.db, self.context = page, page.db, page.context
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def refresh(self) -> None:
        """Read the office again."""

    def act(self) -> None:
        """Do the primary action."""

    def open(self, **target: Any) -> None:
        """Show something certain."""

    def printed(self) -> None:
        """Print what this place is about (``Ctrl+P``)."""
        self.context.shell.say(_("There is nothing to print on this page."))


class PlacesPage(Page):
    """A page whose tabs are places of their own; each is built when it is first wanted."""

    places: ClassVar[tuple[type[Place], ...]] = ()
    """In the order of the tabs."""
    primary = " "

    def __init__(self, context: Context) -> None:
        """Build the tabs, empty."""
        super().__init__(context)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._built: dict[str, Place] = {}
        self.shown = tuple(kind for kind in self.places if context.may(*kind.right.split()))
        """The places that this user may see."""
        for number, kind in enumerate(self.shown, start=1):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(holder, _(kind.title))
            self.tabs.setTabToolTip(number - 1, f"Alt+{number}")
            QShortcut(QKeySequence(f"Alt+{number}"), self, lambda n=number - 1: self.tabs.setCurrentIndex(n))
        self.tabs.currentChanged.connect(lambda _n: self._enter())  # pyright: ignore
        self.body.addWidget(self.tabs, 1)
        if self.shown:
            self._dress()

    @classmethod
    def parts_of(cls, context: Context) -> list[tuple[str, dict[str, Any]]]:
        """Return the places this user may see, and what ``Ctrl+K`` finds in each."""
        found: list[tuple[str, dict[str, Any]]] = []
        for kind in cls.places:
            if context.may(*kind.right.split()):
                found += [
                    (_(title), {"place": kind.name} | target) for title, target in ((kind.title, {}), *kind.within)
                ]
        return found

    @property
    def place(self) -> Place:
        """The place in view; built when it is first wanted."""
        kind = self._kind()
        if kind.name not in self._built:
            self._built[kind.name] = kind(self)
            if holder := self.tabs.currentWidget().layout():
                holder.addWidget(self._built[kind.name])
        return self._built[kind.name]

    def show_place(self, name: str) -> Place:
        """Bring a place into view."""
        for number, kind in enumerate(self.shown):
            if kind.name == name:
                self.tabs.setCurrentIndex(number)
        return self.place

    def refresh(self) -> None:
        """Read the place in view again."""
        if not self.shown:
            self.show_refused()
            return
        self.place.refresh()

    def open(self, **target: Any) -> None:
        """Show a place, and something certain in it."""
        if self.shown:
            while target.get("place") and self._above:
                self.pop()  # else the place would come into view under what lies above it
            self.show_place(target.pop("place", "")).open(**target)
            self.begin()

    def begin(self) -> None:
        """Put the cursor where it was in the place in view, else where one begins there; or in what lies above it."""
        if not self.shown:
            return
        if self._above:
            self._above[-1][0].setFocus()
            return
        last = self.focusWidget()
        (last if last and last.isVisible() and self.place.isAncestorOf(last) else self.place).setFocus()

    def show_error(self, error: UserError) -> None:
        """Say why there is nothing; what a role may not see of one place leaves the others within reach."""
        if isinstance(error, Refused) and self.shown:
            self.tell(error)
        else:
            super().show_error(error)

    def act(self) -> None:
        """Do the primary action of the place in view."""
        self.place.act()

    def printed(self) -> None:
        """Print what the place in view is about."""
        if self.shown:
            self.place.printed()

    @property
    def may_act(self) -> bool:
        """Whether the primary action of the place in view is one of this user's."""
        if not getattr(self, "shown", ()):
            return False
        needed = self._kind().primary_right
        return not needed or self.context.may(needed)

    def _kind(self) -> type[Place]:
        return self.shown[max(0, self.tabs.currentIndex())]

    def _enter(self) -> None:
        self._dress()
        self.banner.hide()
        try:
            self.refresh()
        except UserError as error:
            self.show_error(error)

    def _dress(self) -> None:
        """Give the primary button the words of the place in view."""
        kind = self._kind()
        self.primary_button.setText(_(kind.primary))
        self.primary_button.setVisible(bool(kind.primary) and self.may_act)
        if kind.primary_icon:
            icons.put(self.primary_button, kind.primary_icon, "on_accent")
