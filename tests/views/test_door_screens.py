"""The cards before the office open in every language and theme; what they say in English is written down."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ccfs_desktop import i18n
from ccfs_desktop.vault import Argon, Tries, Vault
from ccfs_desktop.views.card import Card
from ccfs_desktop.views.kit import theme
from ccfs_desktop.views.login import LoginPage
from ccfs_desktop.views.main_window import MainWindow
from ccfs_desktop.views.recovery import RecoveryPage
from ccfs_desktop.views.start import StartPage
from ccfs_desktop.views.wizard import Wizard
from tests.test_screens import outline

PICTURES = os.environ.get("CCFS_SCREENS")
SUFFIX = os.environ.get("CCFS_SCREENS_SUFFIX", "")
ANSWERS = (
    {"factory": "东莞光明玩具厂", "name_latin": "Dongguan Bright Toys", "country": "CN", "address": "东莞"},
    {"season": "Summer 2026", "first_day": date(2026, 7, 6), "last_day": date(2026, 8, 28), "capacity": 80},
    {"user": "李娜"},
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    folder = tmp_path / "光明玩具厂 Bright Toys"
    folder.mkdir()
    return Vault.create(folder / "vault.json", "李娜", "seven-green-kangaroos", argon=Argon(1, 1, 8))[0]


def _wizard(step: int) -> Wizard:
    wizard = Wizard()
    for number, answers in enumerate(ANSWERS):
        for name, value in answers.items():
            wizard.steps[number].rows[name].editor.show_value(value)
    for _step in range(step):
        wizard.forward()
    return wizard


def _too_early(vault: Vault) -> LoginPage:
    for _try in range(6):
        Tries(vault).failed("李娜", datetime.now(UTC))
    return LoginPage(vault, "李娜", locked=True)


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_card_opens_in_every_language_and_theme(
    language: str, vault: Vault, qtbot: QtBot, qapp: QApplication, golden: Callable[[str, str], None]
) -> None:
    i18n.set_language(language)
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 740)
    window.show()
    cards: dict[str, Callable[[], Card]] = {
        "start": lambda: StartPage(("/offices/光明玩具厂 Bright Toys",)),
        "wizard-factory": lambda: _wizard(0),
        "wizard-season": lambda: _wizard(1),
        "wizard-user": lambda: _wizard(2),
        "login": lambda: LoginPage(vault, "李娜"),
        "login-too-early": lambda: _too_early(vault),
        "recovery": lambda: RecoveryPage(vault),
    }
    try:
        for scheme in ("light", "dark"):
            theme.apply(qapp, scheme)
            for name, made in cards.items():
                card = made()
                window.cover(card)
                qtbot.wait(10)
                if PICTURES:
                    Path(PICTURES).mkdir(parents=True, exist_ok=True)
                    assert window.grab().save(str(Path(PICTURES) / f"{name}-{language}-{scheme}{SUFFIX}.png"))
                if (scheme, language) == ("light", "en") and name != "login-too-early":
                    golden(f"screens/{name}.txt", outline(card).replace(str(vault.path.parents[1]), "HOME"))
    finally:
        theme.apply(qapp, "light")
