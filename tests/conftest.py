"""What every test may ask for, and what no test may do: wait for a click, use the network, touch the user's files."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ccfs_desktop import i18n
from tests.boxes import Boxes
from tests.postgresql import Server

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ccfs_desktop.db import Database

HERE = Path(__file__).parent
KEYS = {"general": bytes(range(32)), "sensitive": bytes(range(32, 64))}


# ------------------------------------------------------------------------------------------------------ the house rules
def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite tests/golden with what the program does now")


def pytest_configure() -> None:
    sys.addaudithook(_stay_on_this_pc)


def _stay_on_this_pc(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in {"127.0.0.1", "::1"}:
        raise AssertionError(f"the program works without a network, yet it connects to {arguments[1]}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what was not tested here, and why."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("NOT TESTED HERE", yellow=True, bold=True)
        for reason, count in reasons.items():
            terminalreporter.line(f"{count:5} tests: {reason}", yellow=True)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and offices of this test in its own folder, and start every test in English."""
    monkeypatch.setenv("CCFS_HOME", str(tmp_path / "home"))
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def boxes(monkeypatch: pytest.MonkeyPatch) -> Boxes:
    """Answer and record every message box; fail instead of waiting where a dialog would wait for a click."""
    return Boxes(monkeypatch)


# ------------------------------------------------------------------------------------------------------------- database
@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office just made through the real migrations; copy it, never open it."""
    from ccfs_desktop.db import Actor, Database

    folder = tmp_path_factory.mktemp("empty") / "office"
    folder.mkdir()
    Database.open(folder, KEYS, Actor("Test", "officer")).close()
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of our own, for this test run only."""
    with Server.start() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A fresh, empty database on PostgreSQL."""
    with postgres.database() as url:
        yield url


@pytest.fixture
def db(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[Database]":
    """A fresh, real database; the tests in tests/services see SQLCipher first, then PostgreSQL."""
    from ccfs_desktop.db import Actor, Database

    actor = Actor("Li Na", "officer")
    if getattr(request, "param", "sqlcipher") == "postgresql":
        database = Database(request.getfixturevalue("postgres_office"), KEYS, actor)
    else:
        folder = shutil.copytree(request.getfixturevalue("empty_office"), tmp_path / "office")
        database = Database.open(folder, KEYS, actor)
    yield database
    database.close()


@pytest.fixture
def as_role(db: "Database") -> "Iterator[Callable[..., Database]]":
    """Open the same office as somebody of another role, with the keys of that role only: ``as_role("caregiver")``."""
    from ccfs_desktop import vault
    from ccfs_desktop.db import Actor, Database

    opened: list[Database] = []

    def open_as(role: str, user: str = "Wang Fang") -> Database:
        opened.append(Database(db.target, {name: db.keys[name] for name in vault.ROLES[role]}, Actor(user, role)))
        return opened[-1]

    yield open_as
    for office in opened:
        office.close()


@pytest.fixture
def postgres_office(postgres: Server) -> Iterator[str]:
    """The address of a fresh office on PostgreSQL, made through the real migrations."""
    from ccfs_desktop.db import Actor, Database

    def fill(url: str) -> None:
        Database(url, KEYS, Actor("Test", "officer")).close()

    with postgres.database(fill) as url:
        yield url


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "db" in metafunc.fixturenames and metafunc.definition.path.is_relative_to(HERE / "services"):
        both = ["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)]
        metafunc.parametrize("db", both, indirect=True)


# ---------------------------------------------------------------------------------------------- screen, files, examples
@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "Iterator[QApplication]":
    """The application as the user sees it: our style, our fonts, in light colours."""
    from ccfs_desktop.views.kit import theme

    theme.apply(qapp, "light")
    yield qapp
    qapp.clipboard().clear()  # Qt without a screen would let go of what was copied after Python is gone, and crash


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with ``tests/golden/<name>``; ``pytest --accept`` rewrites the file instead."""

    def compare(name: str, text: str) -> None:
        file = HERE / "golden" / name
        if request.config.getoption("--accept"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"golden/{name} is missing; pytest --accept writes it"
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def factories() -> Path:
    """The folder of the three factories' example files; CCFS_FACTORIES names it, or it lies beside the checkout."""
    folder = Path(os.environ.get("CCFS_FACTORIES") or HERE.parents[1] / "shared" / "data" / "factories")
    if not folder.is_dir():
        pytest.skip("the factories' example files (../shared/data/factories) are not beside the checkout")
    return folder
