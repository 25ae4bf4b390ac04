"""The one dialog for what should not have happened. What it shows and copies holds no personal data."""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as pyside
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ccfs_desktop import __version__
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import icons
from ccfs_desktop.views.kit.states import button, words


def details(error: BaseException) -> str:
    """Describe an error by its type and the places it went through: no values, no message, no folder names."""
    lines = [
        f"CCFS Desktop {__version__} · Python {platform.python_version()} · PySide {pyside} · {platform.platform()}"
    ]
    link: BaseException | None = error
    while link:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__, limit=-40)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


def install(log: Callable[[str], object], window: Callable[[], QWidget | None]) -> None:
    """Catch every error nobody has caught: write it to the log, then tell the user.

    Args:
        log: takes the details.
        window: returns the window to tell it in, if there is one.
    """
    teller = _Teller(window)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = details(error.with_traceback(trace))
        log(text)
        teller.happened.emit(text)

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


class _Teller(QObject):
    """Brings the news into the window's thread; shows one dialog, not one per error."""

    happened = Signal(str)

    def __init__(self, window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._window = window
        self._open: CrashDialog | None = None
        self.happened.connect(self._tell)

    def _tell(self, text: str) -> None:
        if self._open is None:
            self._open = CrashDialog(text, self._window())
            self._open.finished.connect(self._closed)
            self._open.open()

    def _closed(self) -> None:
        self._open = None


class CrashDialog(QDialog):
    """Says that it was not the user's fault, that nothing saved is lost, and gives the details to send."""

    def __init__(self, text: str, window: QWidget | None = None) -> None:
        """Build it.

        Args:
            text: from :func:`details`.
            window: over which it opens.
        """
        super().__init__(window)
        self.setWindowTitle(_("Something went wrong"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = text
        picture = QLabel()
        icons.put(picture, "bug", "danger", size=28)
        said = words(
            _(
                "This is a mistake in the program, not yours. Everything shown as saved is saved. "
                "The last action was not carried out; you can go on working."
            ),
            wrap=True,
        )
        asked = words(
            _("Please send the details to whoever looks after the program. They contain no names and no data."),
            "quiet",
            wrap=True,
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setMinimumHeight(140)
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        close = button(_("Go on"), self.accept, kind="primary")
        close.setDefault(True)
        self.copied = words("", "quiet")
        foot = QHBoxLayout()
        foot.addWidget(button(_("Copy details"), self.copy, "copy"))
        foot.addWidget(self.copied, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (picture, words(_("Something went wrong"), "title"), said, asked, shown):
            column.addWidget(widget)
        column.addLayout(foot)
        self.resize(560, 420)
        close.setFocus()

    def copy(self) -> None:
        """Copy the details."""
        QGuiApplication.clipboard().setText(self.text)
        self.copied.setText(_("Copied."))


def _place(file: str) -> str:
    """Name a source file without the folders of this PC: a user's name may be among them."""
    parts = Path(file).parts
    for root in ("ccfs_desktop", "site-packages"):
        if root in parts:
            start = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[start + (root == "site-packages") :])
    return parts[-1] if parts else file
