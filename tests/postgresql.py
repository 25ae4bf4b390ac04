"""A PostgreSQL server of our own: in a temporary folder, spoken to through a socket in it, gone after the run."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

_NOBODY = 65534
_OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class Server:
    """A running server that hands out fresh databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = ""

    @classmethod
    @contextmanager
    def start(cls) -> "Iterator[Server]":
        """Start a server, or skip the test with the reason."""
        programs = _programs()
        with tempfile.TemporaryDirectory(prefix="ccfs-pg-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            prefix = _as_somebody_else(folder)
            pg_ctl = [*prefix, str(programs / "pg_ctl"), "-D", f"{folder}/data", "-w", "-s"]
            initdb = [*prefix, str(programs / "initdb"), "-D", f"{folder}/data", "--no-sync"]
            _run(*initdb, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
            _run(*pg_ctl, "-l", f"{folder}/log", "-o", f"{_OPTIONS} -c unix_socket_directories={folder}", "start")
            try:
                yield cls(folder)
            finally:
                _run(*pg_ctl, "-m", "immediate", "stop")

    @contextmanager
    def database(self, fill: Callable[[str], None] | None = None) -> Iterator[str]:
        """Make a database and drop it afterwards.

        Args:
            fill: fills a database once; the others are copied from it.

        Yields:
            Its address for SQLAlchemy.
        """
        if fill and not self._template:
            self._template = "filled"
            self._do(f"CREATE DATABASE {self._template}")
            fill(self._url(self._template))
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {self._template if fill else 'template0'}")
        yield self._url(name)
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"

    def _do(self, statement: str) -> None:
        with psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())


def _programs() -> Path:
    """Find the server's programs; Debian keeps them off the PATH."""
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    if sys.platform == "win32" or not found:
        pytest.skip("PostgreSQL is not installed on this machine (no initdb)")
    return Path(found).resolve().parent


def _as_somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: return what runs a program as nobody, owning the folder."""
    if os.geteuid() != 0:
        return []
    os.chown(folder, _NOBODY, _NOBODY)
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


def _run(*command: str) -> None:
    subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (the server's own programs)
