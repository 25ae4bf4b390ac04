"""From the first start to the locked office, through the real window and a real office."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import i18n, settings
from ccfs_desktop.app import Program, system_language
from ccfs_desktop.vault import Argon, Tries, Vault
from ccfs_desktop.views import doorbell
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.login import LoginPage
from ccfs_desktop.views.main_window import Screen
from ccfs_desktop.views.recovery import NewSheet, RecoveryPage
from ccfs_desktop.views.start import StartPage
from ccfs_desktop.views.wizard import Wizard

W = TypeVar("W", bound=QWidget)

PASSWORD = "cobalt-river-lamp-sandal"
LEAST = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)
"""As cheap as a stored vault may be."""


class EmptyPage(Page):
    """A page that only remembers what it was asked for."""

    def open(self, **target: Any) -> None:
        self.target = target


SCREENS = tuple(Screen(name, name.title(), "sun", f"{__name__}:EmptyPage") for name in ("today", "children"))


@pytest.fixture(scope="session")
def whole_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of an office with a user, and its recovery code; copy it, never open it."""
    from ccfs_desktop.services import offices

    folder = tmp_path_factory.mktemp("whole") / "Bright Toys"
    made = offices.create(
        folder, factory="光明玩具厂", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD, argon=LEAST,
    )  # fmt: skip
    made.db.close()
    return folder, made.recovery_code


@pytest.fixture
def office(whole_office: tuple[Path, str], tmp_path: Path) -> Path:
    return shutil.copytree(whole_office[0], tmp_path / "Bright Toys")


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    program = Program(qapp, SCREENS)
    yield program
    program.end()


def shown(program: Program, kind: type[W]) -> W:
    """The card that lies over the window, which must be of this kind."""
    found = [card for card in program.window.findChildren(kind) if card.isVisible()]
    assert len(found) == 1
    return found[0]


def says(widget: QWidget, words: str) -> bool:
    return any(words in label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def sign_in(qtbot: QtBot, program: Program, password: str = PASSWORD) -> None:
    card = shown(program, LoginPage)
    qtbot.keyClicks(card.password.line, password)
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)


def is_open(program: Program) -> Callable[[], bool]:
    return lambda: program.window.context is not None


def test_the_login_window_needs_qt_and_the_vault_only(office: Path):
    script = (
        "import sys, pathlib; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from ccfs_desktop import app as start; from ccfs_desktop.views.kit import theme; theme.apply(app);"
        "p = start.Program(app); assert p.start(pathlib.Path(sys.argv[1])); app.processEvents.__doc__;"
        "heavy = {'sqlalchemy', 'alembic', 'sqlcipher3', 'reportlab', 'PIL', 'pypdfium2', 'openpyxl', 'xlsxwriter',"
        "'python_calamine', 'pypinyin', 'holidays', 'babel', 'segno', 'pikepdf', 'uharfbuzz', 'numpy',"
        "'PySide6.QtNetwork', 'PySide6.QtPrintSupport'} & set(sys.modules); print(sorted(heavy)); p.leave()"
    )
    done = subprocess.run([sys.executable, "-c", script, str(office)], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_right_password_opens_the_office_and_is_remembered_by_name_only(
    qtbot: QtBot, program: Program, office: Path
):
    assert program.start(office)
    sign_in(qtbot, program, "not the password")
    qtbot.waitUntil(lambda: says(program.window, "is wrong"), timeout=10_000)
    card = shown(program, LoginPage)
    card.password.clear()
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)

    context = program.window.context
    assert context
    assert (context.user, context.role, context.factory, context.season) == (
        "Li Na", "officer", "光明玩具厂", "Summer 2017",
    )  # fmt: skip
    assert settings.load().last_user == "Li Na"
    assert settings.load().recent_offices == (str(office),)
    assert PASSWORD not in (settings.paths.settings_dir() / "settings.toml").read_text("utf-8")


def test_the_failed_try_is_in_the_trail(qtbot: QtBot, program: Program, office: Path):
    from sqlalchemy import select

    from ccfs_desktop.models.audit import AuditEntry

    Tries(Vault.load(office / "vault.json")).failed("Li Na", datetime(2017, 7, 10, 7, 30, tzinfo=UTC))
    program.start(office)
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)
    assert program.db
    with program.db.read() as session:
        assert "Sign in" in session.scalars(select(AuditEntry.action)).all()


def test_too_many_wrong_tries_wait_in_sight(qtbot: QtBot, program: Program, office: Path):
    tries = Tries(Vault.load(office / "vault.json"))
    for _try in range(3):
        tries.failed("Li Na")
    program.start(office)
    card = shown(program, LoginPage)
    assert not card.open.isEnabled()
    assert says(card, "possible in 2 seconds")
    qtbot.waitUntil(card.open.isEnabled, timeout=5_000)
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)


def test_locking_drops_the_keys_and_the_password_opens_again(qtbot: QtBot, program: Program, office: Path):
    program.start(office)
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)
    db = program.db
    assert db
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)
    assert db.keys == {}
    assert says(program.window, "Locked")
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)


def test_nobody_there_locks_and_closes_open_dialogs(qtbot: QtBot, program: Program, office: Path):
    program.start(office)
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)
    dialog = QDialog(program.window)
    dialog.show()

    program.watch.tick()
    qtbot.keyClick(program.window.windowHandle(), Qt.Key.Key_F5)
    assert program.db
    program.watch.tick(datetime.now(UTC).timestamp() + 3600)  # the PC slept for an hour

    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)
    assert not dialog.isVisible()


def test_an_idle_office_is_locked(qtbot: QtBot, program: Program, office: Path):
    program.start(office)
    sign_in(qtbot, program)
    qtbot.waitUntil(is_open(program), timeout=10_000)
    program.watch.allow(0)
    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)


def test_a_demonstration_opens_without_a_password_and_is_not_locked(qtbot: QtBot, program: Program, tmp_path: Path):
    from ccfs_desktop.services import offices

    folder = tmp_path / "demo"
    offices.create_demo(
        folder, factory="Toys", name_latin="", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, languages="en",
    ).close()  # fmt: skip
    program.start(folder)
    qtbot.waitUntil(is_open(program), timeout=10_000)
    assert program.window.context
    assert program.window.context.demonstration
    program.lock()
    assert program.db


def test_the_recovery_sheet_gives_a_new_password_and_a_new_sheet(
    qtbot: QtBot, program: Program, office: Path, whole_office: tuple[Path, str]
):
    program.start(office)
    shown(program, LoginPage).forgotten.emit()
    card = shown(program, RecoveryPage)
    code = whole_office[1]
    card.code.setText(("B" if code[0] == "A" else "A") + code[1:])
    card.password.propose()
    password = card.password.text
    card.save.click()
    qtbot.waitUntil(lambda: says(card, "compare the code"), timeout=10_000)
    card.code.setText(code.lower())
    card.save.click()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(NewSheet)), timeout=10_000)

    sheet = shown(program, NewSheet)
    new = sheet.sheet.code.text().replace("\n", "-")
    assert new != code
    qtbot.waitUntil(sheet.sheet.print.isEnabled, timeout=20_000)
    sheet.next.click()
    sheet.typed.typed.setText(new)
    sheet.next.click()
    sign_in(qtbot, program, password)
    qtbot.waitUntil(is_open(program), timeout=10_000)


def test_a_second_start_brings_the_first_window_to_the_front(
    qtbot: QtBot, program: Program, office: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
):
    rung: list[bool] = []
    monkeypatch.setattr(doorbell, "to_front", lambda _window: rung.append(True))
    program.start(office)
    qtbot.waitUntil(lambda: bool(program.findChildren(doorbell.Doorbell)), timeout=5_000)

    second = Program(qapp, SCREENS)
    assert not second.start(office)
    qtbot.waitUntil(lambda: rung == [True], timeout=5_000)
    program.leave()
    assert second.start(office)
    second.end()


def test_an_office_that_is_gone_leads_to_the_welcome(program: Program, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    program.start(tmp_path / "empty")
    assert says(shown(program, StartPage), "no office in the folder")


def test_the_welcome_speaks_the_language_that_is_chosen(program: Program):
    program.start(None)
    shown(program, StartPage).speak.emit("zh_CN")
    assert i18n.language() == settings.load().language == "zh_CN"
    assert shown(program, StartPage).language.currentText() == "简体中文"


def test_the_system_language_is_proposed():
    assert system_language(["zh-Hans-CN", "zh", "en-US"]) == "zh_CN"
    assert system_language(["fr-FR", "tr-TR"]) == "tr"
    assert system_language(["fr-FR"]) == "en"


class Keyboard:
    """Types where the focus is, as somebody without a mouse does."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.keys = 0

    def type(self, text: str) -> None:
        """Type into the field with the focus."""
        target = QApplication.focusWidget()
        assert isinstance(target, QLineEdit), target
        self._qtbot.keyClicks(target, text)
        self.keys += len(text)

    def press(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key some times."""
        for _time in range(times):
            target = QApplication.focusWidget()
            assert target
            self._qtbot.keyClick(target, key)
            self.keys += 1


def test_a_new_office_is_made_by_keyboard_alone(qtbot: QtBot, program: Program, tmp_path: Path):
    with qtbot.waitActive(program.window):
        program.start(None)
    hand = Keyboard(qtbot)
    hand.press(Qt.Key.Key_Return)
    wizard = shown(program, Wizard)
    hand.type("Bright Toys")
    hand.press(Qt.Key.Key_Tab, 2)
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)
    for answer in ("Summer 2026", "2026-07-06", "2026-08-28"):
        hand.type(answer)
        hand.press(Qt.Key.Key_Tab)
    hand.type("80")
    hand.press(Qt.Key.Key_Return)
    hand.type("Li Na")
    hand.press(Qt.Key.Key_Tab)
    hand.type(PASSWORD)
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: wizard.step is wizard.sheet and wizard.sheet.print.isEnabled(), timeout=20_000)
    code = wizard.sheet.code.text().replace("\n", "")
    hand.press(Qt.Key.Key_Tab, 2)
    hand.press(Qt.Key.Key_Return)
    hand.type(code.lower())
    hand.press(Qt.Key.Key_Return)
    assert wizard.step is wizard.lists
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(is_open(program), timeout=10_000)

    folder = tmp_path / "home" / "offices" / "Bright Toys"
    assert Vault.load(folder / "vault.json").unlock("Li Na", PASSWORD).role == "officer"
    page = program.window.stack.currentWidget()
    assert page is program.window.page("children")
    assert isinstance(page, EmptyPage)
    assert page.target == {"lists": "workers"}
    assert hand.keys < 150


def test_a_mistake_leads_to_the_step_where_it_was_made(qtbot: QtBot, program: Program):
    program.start(None)
    shown(program, StartPage).new.emit()
    wizard = shown(program, Wizard)
    wizard.forward()
    assert says(wizard, "This is needed.")

    for step, answers in (
        (wizard.factory, {"factory": "Bright Toys", "country": "CN"}),
        (wizard.season, {"season": "S", "first_day": date(2026, 7, 6), "last_day": date(2026, 7, 1), "capacity": 80}),
        (wizard.user, {"user": "Li Na"}),
    ):
        assert wizard.step is step
        for name, value in answers.items():
            step.rows[name].editor.show_value(value)
        wizard.forward()
    wizard.user.password.field.line.setText("Bright Toys 2026")
    wizard.forward()
    assert says(wizard, "everybody tries first")
    wizard.user.password.propose()
    wizard.forward()
    qtbot.waitUntil(lambda: wizard.step is wizard.season, timeout=20_000)
    assert says(wizard, "last day is before the first")

    wizard.season.rows["last_day"].editor.show_value(date(2026, 8, 28))
    wizard.forward()
    wizard.forward()
    qtbot.waitUntil(lambda: wizard.step is wizard.sheet and wizard.sheet.print.isEnabled(), timeout=20_000)
    code = wizard.sheet.code.text().replace("\n", "")
    wizard.forward()
    wizard.typed.typed.setText(code[:-1])
    wizard.forward()
    assert says(wizard, "32 characters; 31 were typed")


def test_a_synced_folder_is_refused_while_the_office_is_planned(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    wizard = Wizard()
    qtbot.addWidget(wizard)
    wizard.show()
    monkeypatch.setenv("CCFS_HOME", str(tmp_path / "OneDrive - Bright Toys"))
    wizard.factory.rows["factory"].editor.show_value("Bright Toys")
    wizard.user.arrive()
    assert not wizard.user.complete()
    assert any("OneDrive" in label.text() for label in wizard.user.findChildren(QLabel))
