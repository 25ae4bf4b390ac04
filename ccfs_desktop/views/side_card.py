"""The card beside a grid: what is known about the line the cursor is on, and the fields to put it right."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from ccfs_desktop.views.kit import theme

_WIDTH = 300


class SideCard(QScrollArea):
    """``F6`` leads here from the grid, ``Esc`` back."""

    left = Signal()
    first = 0
    """Which of its fields the cursor goes to."""

    def __init__(self) -> None:
        """Build it, empty."""
        super().__init__()
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setFixedWidth(theme.px(_WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear()

    def clear(self) -> None:
        """Show nobody."""
        self.fill(QWidget())

    def fill(self, holder: QWidget) -> None:
        """Show what a widget holds instead of what was shown."""
        holder.setObjectName("sheet")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(holder)

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.isAccepted() or event.key() == Qt.Key.Key_Escape)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the grid with ``Esc``."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Put the cursor into the field that is wanted first."""
        holder = self.widget()
        fields = holder.findChildren(QLineEdit) if holder else []
        if fields:
            fields[self.first if len(fields) > 1 else 0].setFocus()
