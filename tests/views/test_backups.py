"""Backups through the real window: by themselves, when asked, on a stick, rehearsed, and back again."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from ccfs_desktop import paths, settings
from ccfs_desktop.app import Program
from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import backup_state, backups, offices
from ccfs_desktop.vault import Argon
from ccfs_desktop.views.come_back import ComeBackPage
from ccfs_desktop.views.kit import work
from ccfs_desktop.views.login import LoginPage
from ccfs_desktop.views.restore import RestoreFlow
from ccfs_desktop.views.settings import PANELS, SettingsPage
from ccfs_desktop.views.settings_backups import BackupsPanel
from ccfs_desktop.views.start import StartPage

PASSWORD = "cobalt-river-lamp-sandal"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a child in it; copy it, never open it."""
    folder = tmp_path_factory.mktemp("window") / "Bright Toys"
    db = offices.create(
        folder, factory="光明玩具厂", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD,
        argon=Argon(iterations=2, lanes=1, memory_kib=19 * 1024),
    ).db  # fmt: skip
    enter_a_child(db, "小明")
    db.close()
    return folder


@pytest.fixture
def program(qapp: QApplication, made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program with the office open."""
    program = Program(qapp)
    assert program.start(shutil.copytree(made, tmp_path / "Bright Toys"))
    sign_in(program, qtbot)
    yield program
    program.end()


def enter_a_child(db: Database, name: str) -> None:
    with db.begin("Enter a child") as session:
        session.add(Child(name=name, birth_date=date(2012, 5, 1)))


def names(program: Program) -> list[str]:
    assert program.db
    with program.db.read() as session:
        return [child.name for child in session.query(Child).order_by(Child.id)]


def doors(program: Program) -> list[LoginPage]:
    return [one for one in program.window.findChildren(LoginPage) if one.isVisible()]


def sign_in(program: Program, qtbot: QtBot) -> None:
    card = doors(program)[0]
    qtbot.keyClicks(card.password.line, PASSWORD)
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.context is not None, timeout=30_000)


def parts(program: Program, qtbot: QtBot) -> tuple[SettingsPage, BackupsPanel]:
    program.window.go("settings", part="backups")
    page = program.window.page("settings")
    assert isinstance(page, SettingsPage)
    panel = page._panels[[n for n, *_rest in PANELS].index("backups")]  # noqa: SLF001  # pyright: ignore
    qtbot.waitUntil(lambda: bool(panel.standing.text()), timeout=30_000)
    return page, panel


def copies(program: Program) -> list[str]:
    assert program.vault
    folder = program.vault.path.parent / "backups"
    return [copy.manifest.why for copy in backups.backup.copies(folder)]


def test_an_open_office_is_backed_up_and_rehearsed_by_itself_and_again_when_it_is_closed(
    program: Program, qtbot: QtBot
):
    assert program.vault
    assert program.db
    folder = program.vault.path.parent / "backups"
    program.keeper.look()
    qtbot.waitUntil(lambda: backup_state.load(folder).rehearsed_well, timeout=30_000)
    work.finish(10)
    assert copies(program) == ["automatic"]
    enter_a_child(program.db, "小红")
    program.window.lock()
    assert program.db is None
    work.finish(10)
    assert copies(program) == ["automatic", "automatic"]


def test_what_hinders_a_backup_is_said_above_the_page(program: Program, qtbot: QtBot):
    assert program.vault
    folder = program.vault.path.parent / "backups"
    folder.write_text("not a folder")
    program.keeper.look()
    page = program.window.page("today")
    qtbot.waitUntil(page.banner.isVisible, timeout=30_000)
    assert "could not be written" in page.banner.text.text()
    folder.unlink()


def test_back_up_rehearse_and_restore_from_the_settings(program: Program, qtbot: QtBot, tmp_path: Path):
    page, panel = parts(program, qtbot)
    assert panel.standing.text() == "There is no backup yet."
    stick = tmp_path / "stick"
    stick.mkdir()
    panel.use(stick)
    qtbot.waitUntil(lambda: bool(panel.entries), timeout=30_000)
    assert settings.load().backup_folder == str(stick)
    assert panel.table.rows.words(0)[2:5] == ("Verified", "newest, daily, weekly, monthly", "Yes")
    panel.rehearse.setFocus()
    qtbot.keyClick(panel.rehearse, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Rehearsed with 1 child, 0 visits: matches." in panel.rehearsed.text(), timeout=30_000)

    assert program.db
    enter_a_child(program.db, "小红")
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    flow = page.findChild(RestoreFlow)
    assert flow
    qtbot.keyClick(flow.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: flow.source is not None, timeout=30_000)
    assert flow.do.hasFocus()
    qtbot.keyClick(flow.do, Qt.Key.Key_Return)

    def told() -> bool:
        return any("Restored 1 child, 0 visits: matches." in card._sentence.text() for card in doors(program))  # noqa: SLF001  # pyright: ignore

    qtbot.waitUntil(told, timeout=30_000)
    assert program.window.context is None
    sign_in(program, qtbot)
    assert names(program) == ["小明"]
    assert copies(program) == ["restore", "asked"]


def test_a_bad_backup_is_told_and_the_office_stays_open(program: Program, qtbot: QtBot):
    page, panel = parts(program, qtbot)
    panel.back_up()
    qtbot.waitUntil(lambda: bool(panel.entries), timeout=30_000)
    path = panel.entries[0].path
    path.write_bytes(path.read_bytes()[:-100])
    panel.refresh()
    qtbot.waitUntil(lambda: panel.table.rows.words(0)[2] == "Damaged", timeout=30_000)
    panel.restore()
    flow = page.findChild(RestoreFlow)
    assert flow
    flow.check()
    qtbot.waitUntil(page.banner.isVisible, timeout=30_000)
    assert "damaged" in page.banner.text.text()
    assert (flow.source, names(program)) == (None, ["小明"])


def said(card: ComeBackPage) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_an_office_that_does_not_open_any_more_comes_back_at_the_door(program: Program, qtbot: QtBot):
    assert program.vault
    _page, panel = parts(program, qtbot)
    panel.back_up()
    qtbot.waitUntil(lambda: bool(panel.entries), timeout=30_000)
    program.window.lock()
    work.finish(10)
    live = program.vault.path.parent / "office.db"
    live.write_bytes(bytes(9000))

    doors(program)[0].back.emit()
    card = program.window.findChild(ComeBackPage)
    assert card
    assert card.copies.currentText().endswith("1 child, 0 visits")
    card.password.line.setText("wrong")
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(card.do.isEnabled, timeout=30_000)
    card.password.line.setText(PASSWORD)
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(card.do.isEnabled, timeout=30_000)
    assert "printed disposal records" in said(card)
    assert live.read_bytes() == bytes(9000), "nothing is restored before that was read"
    assert card.do.hasFocus()
    qtbot.keyClick(card.do, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(doors(program)), timeout=30_000)
    sign_in(program, qtbot)
    assert names(program) == ["小明"]
    assert (next((live.parent / "backups").glob("put-aside-*")) / "office.db").read_bytes() == bytes(9000)


def test_a_stick_brings_the_office_to_a_new_pc(program: Program, qtbot: QtBot, tmp_path: Path):
    _page, panel = parts(program, qtbot)
    stick = tmp_path / "stick"
    stick.mkdir()
    panel.use(stick)
    qtbot.waitUntil(lambda: bool(panel.entries), timeout=30_000)
    assert program.vault
    program.window.lock()
    program.welcome()
    start = program.window.findChild(StartPage)
    assert start
    start.back.emit(next(stick.rglob("office-*.db")))
    card = program.window.findChild(ComeBackPage)
    assert card
    assert card.user.currentText() == "Li Na"
    card.password.line.setText(PASSWORD)
    card.do.click()
    qtbot.waitUntil(card.do.isEnabled, timeout=30_000)
    assert "printed disposal records" in said(card)
    card.do.click()
    qtbot.waitUntil(lambda: bool(doors(program)), timeout=30_000)
    sign_in(program, qtbot)
    assert names(program) == ["小明"]
    assert program.db
    assert program.db.folder == paths.data_dir() / "offices" / "Bright Toys"


def test_today_asks_for_a_second_medium_and_leads_to_the_backups(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:00")
    program.window.go("today")
    page = program.window.page("today")
    line = next(b for b in page.findChildren(QAbstractButton) if "outside this PC" in b.accessibleName())
    line.click()
    _page, panel = parts(program, qtbot)
    assert panel.isVisible()
