"""One place of the Staff page: the roster, who is on duty, the proof of the ratio, the files."""

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.views.staff import StaffPage


class StaffPlace(QWidget):
    """What the page shows under one of its tabs. Subclasses fill ``self.body`` and read the office in ``refresh``."""

    name: ClassVar[str] = ""
    """As in ``open(place="roster")``."""
    title: ClassVar[str] = ""
    """Marked with ``N_``."""
    primary: ClassVar[str] = ""
    """The words of the page's button at top right while this place is in view, marked with ``N_``."""
    primary_icon: ClassVar[str] = ""

    def __init__(self, page: "StaffPage") -> None:
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

    def printing(self, title: str, name: str, pdf: bytes) -> None:
        """Show a printed paper over the page."""
        from ccfs_desktop.views.kit.paper import Paper  # noqa: PLC0415 (paper is loaded when it is needed)

        self.page.push(title, Paper(pdf, name, say=self.page.say))
