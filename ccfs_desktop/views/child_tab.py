"""One part of a child's file: what every part needs to read and to store."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.services.children import ChildFile
from ccfs_desktop.views.kit.states import words

if TYPE_CHECKING:
    from ccfs_desktop.views.child_record import ChildRecord


class ChildTab(QScrollArea):
    """A part of the file that scrolls when the window is small."""

    title = ""
    """Marked with ``N_``."""

    def __init__(self, record: "ChildRecord") -> None:
        """Build it, empty.

        Args:
            record: the file it is part of.
        """
        super().__init__()
        self.record = record
        self.db = record.page.db
        self.setWidgetResizable(True)
        self.sheet = QWidget()
        self.sheet.setObjectName("sheet")
        self.column = QVBoxLayout(self.sheet)
        """Where the part puts its widgets."""
        self.column.setContentsMargins(16, 16, 16, 24)
        self.column.setSpacing(8)
        self.setWidget(self.sheet)

    def show_file(self, file: ChildFile) -> None:
        """Show the file as it stands now."""
        raise NotImplementedError

    def entered(self) -> None:
        """Do what is due each time this part comes into view."""

    def section(self, title: str, note: str = "") -> None:
        """Begin a section."""
        if self.column.count():
            self.column.addSpacing(16)
        self.column.addWidget(words(_(title), "section"))
        if note:
            self.column.addWidget(words(_(note), "help", wrap=True))

    @contextmanager
    def storing(self, action: str) -> Generator[Any]:
        """Do one user action; what is wrong with it is left to the field to say."""
        with self.db.begin(action) as session:
            yield session
        self.record.changed()
