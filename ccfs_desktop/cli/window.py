"""The window, and the demonstration office it can open."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import clock, i18n
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.db import Database


def show(args: argparse.Namespace) -> int:
    """Open the window."""
    from ccfs_desktop import app  # noqa: PLC0415 (no Qt for jobs without a window)

    return app.run(office=args.office, language=args.language)


def add_demo(jobs: "Jobs") -> None:
    """Offer the demonstration office."""
    demo = jobs.add_parser("demo", help="build and open a whole season of a made-up factory")
    demo.add_argument("--office", type=Path, help="where to build it; opened when it is there already")
    demo.add_argument("--no-window", action="store_true", help="do the main job without a window and say where it lies")
    demo.add_argument("--language", choices=list(i18n.LANGUAGES), default="en")
    demo.add_argument("--seed", type=int, default=2017)
    demo.set_defaults(command=_demo)


def _demo(args: argparse.Namespace) -> int:
    from ccfs_desktop import paths  # noqa: PLC0415
    from ccfs_desktop.reports import demo_issued  # noqa: PLC0415
    from ccfs_desktop.services import demo, offices  # noqa: PLC0415

    folder: Path = args.office or paths.data_dir() / "demo" / f"{args.language}-{args.seed}-{clock.today()}"
    if offices.is_demo(folder):
        db = offices.open_demo(folder)
    else:
        print(_("Building the demonstration office …"))
        db = demo_issued.hand_out(demo.build(folder, language=args.language, seed=args.seed))
    if args.no_window or not _has_screen():
        return _without_window(db, folder)
    db.close()
    from ccfs_desktop import app  # noqa: PLC0415

    return app.run(office=folder, language=args.language)


def _has_screen() -> bool:
    """Tell whether a window could be shown: always on Windows and macOS, elsewhere where a display is named."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in named)


def _without_window(db: "Database", folder: Path) -> int:
    """Do the morning's job: print the day's pack and picture its pages."""
    from ccfs_desktop.reports import issue, pictures  # noqa: PLC0415
    from ccfs_desktop.reports.order import Order  # noqa: PLC0415
    from ccfs_desktop.services import seasons  # noqa: PLC0415

    with db.read() as session:
        season = seasons.current(session)
        days = seasons.open_days(session, season)
    day = next((d for d in days if d >= clock.today()), days[-1])
    out = folder / "paper" / f"day-pack-{day}.pdf"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(issue.day_pack(db, Order(day)))
    shots = pictures.save(out, out.parent)
    print(_("There is no screen. The papers for {day}: {path}").format(day=day, path=out))
    print(_("Their pages as pictures: {path}").format(path=shots))
    db.close()
    return 0
