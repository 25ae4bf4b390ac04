"""The second start of an office rings; the window that has it open comes to the front."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QMainWindow

_MILLISECONDS = 1000


class Doorbell(QObject):
    """Listens on the office's local socket while its window is open."""

    def __init__(self, address: str, rung: Callable[[], None], parent: QObject) -> None:
        """Listen.

        Args:
            address: from ``OfficeLock.address``; whoever holds the lock may take it over from a killed program.
            rung: called for each ring.
            parent: the window.
        """
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._rung = rung
        QLocalServer.removeServer(address)
        self._server.listen(address)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()
        self.deleteLater()

    def _answer(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnectFromServer()
            socket.deleteLater()
            self._rung()


def ring(address: str) -> bool:
    """Ask the holder of an office to come to the front; False when nobody answers."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (needed on Windows only)

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # else Windows only lets its task bar button blink
    socket = QLocalSocket()
    socket.connectToServer(address)
    answered = socket.waitForConnected(_MILLISECONDS)
    socket.abort()
    return answered


def to_front(window: QMainWindow) -> None:
    """Show a window before all others, as large as it was."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()
