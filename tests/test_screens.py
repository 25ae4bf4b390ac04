"""Every screen opens in every language and theme; what it says in English is written down.

``python dev.py screens`` saves the pictures to build/screens for the eye.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import i18n
from ccfs_desktop.db import Database
from ccfs_desktop.reports import demo_issued
from ccfs_desktop.services import demo
from ccfs_desktop.views.kit import theme, work
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import MainWindow
from tests.window_walk import every_place

DAY = date(2017, 7, 20)
_CHANGING = re.compile(r"[0-9a-f]{64}|[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")
"""Hashes and seals, which are others each time."""
PICTURES = os.environ.get("CCFS_SCREENS")
SIZE = os.environ.get("CCFS_SCREENS_SIZE", "1366x740")
SCALE = os.environ.get("QT_SCALE_FACTOR", "1")


@pytest.fixture(params=list(i18n.LANGUAGES))
def office(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("CCFS_TODAY", f"{DAY.isoformat()}T08:15")
    i18n.set_language(request.param)
    db = demo_issued.hand_out(demo.build(tmp_path / "office", language=request.param, today=DAY))
    yield db
    db.close()


def _settled(qtbot: QtBot, window: MainWindow) -> None:
    """Let the window draw, and let background work finish."""
    work.finish(30)
    for _ in range(10):
        qtbot.wait(20)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.isVisible()


class Opened(QObject):
    """Notes what opens a window of its own: on Windows it would flash up and take the cursor away."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(repr(watched))
        return False


def outline(page: QWidget) -> str:
    """Return the words a page shows, in order; what depends on people or numbers stays in, as the day is fixed."""
    lines: list[str] = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page):
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            lines.append(widget.text())
        elif isinstance(widget, QLineEdit) and widget.placeholderText():
            lines.append(f"[{widget.placeholderText()}]")
    return "\n".join(lines) + "\n"


_BOTH = {"en", "zh_CN"}
"""What a theme does to a page it does in every language; where pictures are wanted, each has both."""


def test_every_page_opens_in_every_language_and_theme(
    office: Database, qtbot: QtBot, qapp: QApplication, golden: Callable[[str, str], None]
) -> None:
    window, opened = MainWindow(), Opened()
    qtbot.addWidget(window)
    window.resize(*(int(n) for n in SIZE.split("x")))
    window.enter(Context(office, office.actor.user, office.actor.role, None, "CCFS", "", demonstration=True))
    window.show()
    qapp.installEventFilter(opened)
    themes = ("light", "dark") if PICTURES or i18n.language() in _BOTH else ("light",)
    try:
        for scheme in themes:
            theme.apply(qapp, scheme)
            for name, page in every_place(window):
                _settled(qtbot, window)
                if PICTURES:
                    folder = Path(PICTURES)
                    folder.mkdir(parents=True, exist_ok=True)
                    file = f"{name}-{i18n.language()}-{scheme}-{round(float(SCALE) * 100)}.png"
                    assert window.grab().save(str(folder / file))
                if scheme == "light" and i18n.language() == "en" and SCALE == "1":
                    golden(f"screens/{name}.txt", _CHANGING.sub("…", outline(page)))
    finally:
        qapp.removeEventFilter(opened)
        theme.apply(qapp, "light")
    assert opened.windows == []
