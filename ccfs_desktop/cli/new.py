"""A new office."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop.cli import access
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.cli.access import Jobs


def add(jobs: "Jobs") -> None:
    """Offer to make an office."""
    new = jobs.add_parser("new", help="make a new office")
    new.add_argument("--office", type=Path, required=True, help="its folder")
    new.add_argument("--factory", required=True, help="the factory's name")
    new.add_argument("--latin", default="", help="the factory's name in Latin letters")
    new.add_argument("--country", required=True, help="two letters, such as CN")
    new.add_argument("--season", required=True, help="the season's name")
    new.add_argument("--from", dest="first_day", type=access.day, required=True, help="first day, such as 2017-07-03")
    new.add_argument("--to", dest="last_day", type=access.day, required=True, help="last day")
    new.add_argument("--capacity", type=int, required=True, help="number of places")
    access.add_user(new, required=True)
    new.set_defaults(command=_new)


def _new(args: argparse.Namespace) -> int:
    from ccfs_desktop.services import offices  # noqa: PLC0415

    created = offices.create(
        args.office,
        factory=args.factory,
        name_latin=args.latin,
        country=args.country,
        season=args.season,
        first_day=args.first_day,
        last_day=args.last_day,
        capacity=args.capacity,
        user=args.user,
        password=access.password(args.password_file),
    )
    created.db.close()
    print(created.recovery_code)
    print(
        _("The office is made. This recovery code opens it when every password is lost: keep it on paper, in a safe."),
        file=sys.stderr,
    )
    return 0
