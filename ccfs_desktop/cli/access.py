"""What every command needs: the office, who opens it, and how days and languages are written."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

if TYPE_CHECKING:
    from ccfs_desktop.db import Database

    Jobs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def add_office(parser: argparse.ArgumentParser) -> None:
    """Let a command name the office, and who opens it."""
    parser.add_argument("--office", type=Path, required=True, help="the office's folder")
    add_user(parser, required=False)


def add_user(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Let a command name the user."""
    parser.add_argument("--user", required=required, help="not needed for a demonstration office")
    parser.add_argument("--password-file", type=Path, required=required, help="a file whose first line is the password")


@contextmanager
def office(args: argparse.Namespace) -> Iterator["Database"]:
    """Open the office a command names, for as long as the block lasts.

    Raises:
        UserError: no such office, or no user and password for one that needs them.
    """
    db = _open(args)
    try:
        yield db
    finally:
        db.close()


def named(args: argparse.Namespace) -> tuple[str, str]:
    """Return the user and the password that a command names.

    Raises:
        UserError: it does not name them, or the password file cannot be read.
    """
    if not args.user or not args.password_file:
        raise UserError(_("Name the user and the password file: --user NAME --password-file FILE."))
    return args.user, password(args.password_file)


def password(path: Path) -> str:
    """Return the first line of a password file.

    Raises:
        UserError: it cannot be read, or is empty.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UserError(_("The password file {path} cannot be read.").format(path=path)) from None
    if not lines:
        raise UserError(_("The password file {path} is empty.").format(path=path))
    return lines[0]


def day(text: str) -> date:
    """Read a day, such as 2017-07-10."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"write the day as 2017-07-10, not {text}") from None


def week(text: str) -> date:
    """Read a week, such as 2017-W28, and return its Monday."""
    try:
        monday = date.fromisoformat(text.upper() + ("-1" if "-W" in text.upper() else ""))
    except ValueError:
        raise argparse.ArgumentTypeError(f"write the week as 2017-W28, not {text}") from None
    return monday - timedelta(days=monday.weekday())


def languages(text: str) -> tuple[str, ...]:
    """Read the languages of a paper, such as zh_CN,en."""
    codes = tuple(code.strip() for code in text.split(",") if code.strip())
    unknown = [code for code in codes if code not in i18n.LANGUAGES]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown language {unknown[0]}; known: {', '.join(i18n.LANGUAGES)}")
    return codes


def _open(args: argparse.Namespace) -> "Database":
    from ccfs_desktop.services import offices  # noqa: PLC0415 (the database is loaded by the commands that need it)

    if offices.is_demo(args.office):
        return offices.open_demo(args.office)
    return offices.open(args.office, *named(args))
