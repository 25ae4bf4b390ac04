"""The line above an empty week: nothing is planned yet, and the two quickest ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.states import button, words


class Hint(QFrame):
    """Goes away as soon as somebody is on the roster."""

    drafted = Signal()
    copied = Signal()

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__()
        self.setObjectName("strip")
        picture = words("")
        icons.put(picture, "info", "accent")
        told = words(_("Nothing is planned in this week yet. Draft it, or drag in a cell to plan by hand."), wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(picture)
        row.addWidget(told, 1)
        row.addWidget(button(_("Copy the week before"), self.copied.emit, "copy"))
        row.addWidget(button(_("Draft the week"), self.drafted.emit, "wand-sparkles"))
        self.hide()
