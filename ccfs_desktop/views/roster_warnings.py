"""What is wrong with the week, in sentences; each leads to its place in the grid."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from ccfs_desktop.i18n import _
from ccfs_desktop.services.roster_week import Severity, Warning  # noqa: A004 (the word of the roster)
from ccfs_desktop.views.kit import icons, theme
from ccfs_desktop.views.kit.states import tool, words
from ccfs_desktop.views.roster_words import SIGNS

_ICON, _BESIDE, _ABOUT = 15, 62, 16
"""Pixels of a line's icon, of all that stands beside its words, and of what is free above and below them."""
ROLE = int(Qt.ItemDataRole.UserRole)
"""Where a line keeps what belongs to it."""


class SidePanel(QFrame):
    """A list beside the grid with a heading and a cross; ``Esc`` closes it."""

    closed = Signal()
    chosen = Signal(object)
    """What belongs to the line under the cursor, as soon as the cursor is there."""
    taken = Signal(object)
    """What belongs to the line that was entered or double-clicked."""

    def __init__(self, name: str) -> None:
        """Build it, hidden.

        Args:
            name: what is listed, translated.
        """
        super().__init__()
        self.setObjectName("side")
        self.heading = words(name, "section", wrap=True)
        self.detail = words("", "help", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _old: self._tell(self.chosen, item))
        self.list.itemActivated.connect(lambda item: self._tell(self.taken, item))
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 6, 2)
        top.addWidget(self.heading, 1)
        top.addWidget(tool("x", _("Close (Esc)"), self.closed.emit), alignment=Qt.AlignmentFlag.AlignTop)
        low = QHBoxLayout()
        low.setContentsMargins(12, 0, 12, 6)
        low.addWidget(self.detail)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(top)
        self.column.addLayout(low)
        self.column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.hide()

    def fill(self, lines: Sequence[tuple[str, str, str, object]]) -> None:
        """Show lines: icon, tone, sentence, and what belongs to it."""
        self.list.blockSignals(True)
        self.list.clear()
        for icon, tone, sentence, what in lines:
            item = QListWidgetItem(icons.icon(icon, tone, size=_ICON), sentence)
            item.setData(ROLE, what)
            item.setToolTip(sentence)
            self.list.addItem(item)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.blockSignals(False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each line the height it needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = QRect(0, 0, max(80, self.width() - _BESIDE), 10_000)
        metrics = self.list.fontMetrics()
        for number in range(self.list.count()):
            item = self.list.item(number)
            needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), item.text()).height()
            item.setSizeHint(QSize(room.width(), needed + _ABOUT))

    def event(self, event: QEvent) -> bool:
        """Keep ``Esc`` from the page."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.closed.emit()
            return True
        return super().event(event)

    def _tell(self, signal: SignalInstance, item: QListWidgetItem | None) -> None:
        if item is not None:
            signal.emit(item.data(ROLE))


class WarningPanel(SidePanel):
    """The week's warnings, the worst first; of one kind while its counter is pressed."""

    def __init__(self) -> None:
        """Build it, hidden."""
        super().__init__(_("What to look at"))

    def show_warnings(self, warnings: Sequence[Warning], severity: Severity | None) -> None:
        """Show the warnings of one kind, or of all."""
        self.fill([(*SIGNS[w.severity], w.sentence, w) for w in warnings if severity in (None, w.severity)])
        self.detail.setText(_("Enter goes to the place in the roster.") if self.list.count() else "")
        self.setMinimumWidth(theme.px(220))
