"""From the command to the first usable window, beside a bare PySide6 window. Run with a name, it is one of the two."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

BARE, LOGIN, TODAY = "bare PySide6 window", "our login", "our Today page with its data"


def contest(place: Path) -> Any:
    """Return the contest, with an office for the login and a demonstration for Today."""
    from benchmarks.contest import Contest, Goal  # noqa: PLC0415 (not part of what is measured)
    from benchmarks.measure import process  # noqa: PLC0415
    from ccfs_desktop import vault  # noqa: PLC0415
    from ccfs_desktop.services import demo  # noqa: PLC0415

    office, shown = place / "office", place / "demonstration"
    office.mkdir()
    vault.Vault.create(office / "vault.json", "Li Na", "cobalt river lamp")
    demo.build(shown).close()
    me = ("-m", "benchmarks.start")
    return Contest(
        "Start to the first usable window (offscreen)",
        {
            BARE: process(*me, "bare"),
            LOGIN: process(*me, "login", str(office)),
            TODAY: process(*me, "today", str(shown)),
        },
        (Goal(LOGIN, BARE, 1.3), Goal(TODAY, BARE, 5.0)),
    )


def _bare() -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415

    app = QApplication([])
    window = QMainWindow()
    window.resize(1_000, 700)
    window.show()
    QTimer.singleShot(0, _gone)
    app.exec()


def _login(office: Path) -> None:
    """Our own start, until the worker thread would begin to load the rest."""
    from ccfs_desktop import app  # noqa: PLC0415

    setattr(app.Program, "_load_the_rest", lambda _program: _gone())  # noqa: B010 (the moment the window stands)
    app.run(office)


def _today(office: Path) -> None:
    """Our own start, until the pages of the office stand there."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from ccfs_desktop import app  # noqa: PLC0415

    enter: Callable[..., None] = app.Program.enter

    def entered(program: app.Program, db: Any) -> None:
        enter(program, db)
        QTimer.singleShot(0, _gone)

    setattr(app.Program, "enter", entered)  # noqa: B010 (the moment the page stands)
    app.run(office)


def _gone() -> None:
    os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    {"bare": _bare, "login": _login, "today": _today}[sys.argv[1]](*map(Path, sys.argv[2:]))
