"""Backups without a window, for the Task Scheduler and for the day on which the window does not open."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import settings
from ccfs_desktop.cli import access
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs
    from ccfs_desktop.services.backups import Office


def add(jobs: "Jobs") -> None:
    """Offer to back up and to restore."""
    backup = jobs.add_parser("backup", help="make a verified backup")
    access.add_office(backup)
    backup.add_argument("--to", type=Path, metavar="FOLDER", help="copy it there too, such as a USB stick")
    backup.set_defaults(command=_backup)
    restore = jobs.add_parser("restore", help="bring a backup back, or rehearse it")
    access.add_office(restore)
    restore.add_argument("--from", type=Path, dest="source", metavar="FILE", help="the backup; otherwise the newest")
    restore.add_argument("--rehearse", action="store_true", help="restore on the side, check, and throw away")
    restore.set_defaults(command=_restore)


def _backup(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import backups  # noqa: PLC0415 (the database is loaded when it is needed)

    chosen = args.to or settings.load().backup_folder
    made = backups.make(_office(args), second=Path(chosen) if chosen else None)
    facts = made.copy.manifest.facts
    print(
        _("Backed up: {path}, {what}, {head}.").format(
            path=made.copy.path, what=backups.in_words(facts.counts), head=facts.code
        )
    )
    if made.second:
        print(made.second)
    if not facts.whole:
        print(_("The audit trail of this office is not whole; look at it with “audit verify”."))
    return 1 if made.second or not facts.whole else 0


def _restore(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import backups  # noqa: PLC0415

    if args.source and not args.source.is_file():
        raise UserError(_("There is no backup at {path}.").format(path=args.source))
    office = _office(args, args.source)
    source = args.source or backups.newest(office)
    if args.rehearse:
        found = backups.rehearse(office, source)
        print(found.told)
        return 0 if found.well else 1
    done = backups.restore(office, source, warn=lambda told: print(told, flush=True))
    print(done.told)
    return 0 if done.matches else 1


def _office(args: argparse.Namespace, source: Path | None = None) -> "Office":
    """Take the keys of the office a command names; its database need not open."""
    from ccfs_desktop.services import backups, offices  # noqa: PLC0415

    if offices.is_demo(args.office):
        return backups.unlock_demo(args.office)
    user, password = access.named(args)
    return backups.unlock(args.office, user, password, source)
