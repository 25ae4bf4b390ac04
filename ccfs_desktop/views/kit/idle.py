"""Notices that nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}


class Idle(QObject):
    """Watches the windows, not the widgets: a filter on the whole application would slow every event down."""

    passed = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        """Watch from now on.

        Args:
            minutes: how long nothing happens before ``passed`` is sent; 0 for never.
            parent: what it lives with.
        """
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        self._watched: set[int] = set()
        QGuiApplication.instance().focusWindowChanged.connect(self._watch)  # type: ignore[union-attr]
        self._watch(QGuiApplication.focusWindow())
        self.allow(minutes)

    def allow(self, minutes: int) -> None:
        """Change how long."""
        self._timer.setInterval(minutes * 60_000)
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        if window and id(window) not in self._watched:
            self._watched.add(id(window))
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at each sign of life."""
        if event.type() in _SIGNS and self._timer.interval():
            self._timer.start()
        return super().eventFilter(watched, event)
