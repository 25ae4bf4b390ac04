"""Notices when nobody is there: idle for minutes, the PC locked, the user switched, or asleep."""

import sys
import time

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TICK_SECONDS = 5
_ASLEEP_SECONDS = 60
_SIGNS = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress),
    }
)


class Watch(QObject):
    """Sends ``gone`` when the office should be locked.

    It watches the windows, not the widgets: a filter on the whole application would slow every event down.
    """

    gone = Signal()

    def __init__(self, app: QGuiApplication, minutes: int) -> None:
        """Watch from now on.

        Args:
            app: the application.
            minutes: how long nobody may touch keyboard and mouse.
        """
        super().__init__(app)
        self._idle = QTimer(self, interval=minutes * 60_000, singleShot=True)
        self._idle.timeout.connect(self.gone)
        self._idle.start()
        app.focusWindowChanged.connect(self._attend)
        self._ticked = time.time()
        clock = QTimer(self, interval=_TICK_SECONDS * 1000)
        clock.timeout.connect(self.tick)
        clock.start()
        if sys.platform == "win32":
            self._session = _Session(self.gone.emit)
            app.installNativeEventFilter(self._session)
            app.focusWindowChanged.connect(self._session.attend)

    def allow(self, minutes: int) -> None:
        """Change how long nobody may touch keyboard and mouse."""
        self._idle.start(minutes * 60_000)

    def tick(self, now: float | None = None) -> None:
        """Look at the clock on the wall: a tick that comes much too late means that the PC slept."""
        now = time.time() if now is None else now
        late = now - self._ticked - _TICK_SECONDS
        self._ticked = now
        if late > _ASLEEP_SECONDS:
            self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew at each sign of life."""
        if event.type() in _SIGNS:
            self._idle.start()
        return super().eventFilter(watched, event)

    def _attend(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # installed twice it still filters once


if sys.platform == "win32":
    import ctypes
    from collections.abc import Callable
    from ctypes import wintypes

    class _Session(QAbstractNativeEventFilter):
        """What Windows tells about the session: locked, switched, going to sleep.

        Source: WM_WTSSESSION_CHANGE and WM_POWERBROADCAST, learn.microsoft.com.
        """

        _SESSION, _LOCKED, _DISCONNECTED = 0x02B1, 0x7, 0x2
        _POWER, _SUSPEND = 0x0218, 0x4

        def __init__(self, gone: Callable[[], None]) -> None:
            super().__init__()
            self._gone = gone
            self._attended: set[int] = set()

        def attend(self, window: QWindow | None) -> None:
            """Ask Windows to tell this window."""
            if window is not None and (number := int(window.winId())) not in self._attended:
                self._attended.add(number)
                ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(number), 0)

        def nativeEventFilter(self, _kind: QByteArray | bytes, message: int) -> tuple[bool, int]:  # noqa: N802
            """Lock on what Windows tells, and let the message go on."""
            told = wintypes.MSG.from_address(int(message))
            locked = told.message == self._SESSION and told.wParam in (self._LOCKED, self._DISCONNECTED)
            if locked or (told.message == self._POWER and told.wParam == self._SUSPEND):
                # Not from within the system's own call: the lock closes files and windows.
                QTimer.singleShot(0, self._gone)
            return False, 0
