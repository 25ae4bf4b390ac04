"""Where a file from the desktop is dropped."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from ccfs_desktop.views.kit import theme


class FileDrop(QWidget):
    """Takes one file that is dropped anywhere on it; its card shows that it would. Subclasses fill the card."""

    dropped = Signal(Path)

    def __init__(self) -> None:
        """Build it, with an empty card."""
        super().__init__()
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QFrame()
        self.field.setObjectName("card")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            theme.mark(self.field, dropping=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget it."""
        theme.mark(self.field, dropping=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        theme.mark(self.field, dropping=False)
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))
