"""One part of a file over its list, a child's or a person's: what every part needs to read and to store."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit.frozen import freeze
from ccfs_desktop.views.kit.states import words


class RecordTab(QScrollArea):
    """A part of the file that scrolls when the window is small."""

    title = ""
    """Marked with ``N_``."""
    right = "enrol"
    """The right without which this part is only read; a value of ``services.roles.Right``."""

    def __init__(self, record: Any) -> None:
        """Build it, empty.

        Args:
            record: the file it is part of; it has a ``page``, and ``changed()`` reads it again.
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

    def show_file(self, file: Any) -> None:
        """Show the file as it stands now."""
        raise NotImplementedError

    def show_as_allowed(self, file: Any) -> None:
        """Show the file, to be read only where this user's role does not write it."""
        self.show_file(file)
        if not self.record.page.context.may(self.right):
            freeze(self.sheet)

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
