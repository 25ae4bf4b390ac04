"""Preferences survive, and a broken file costs nobody the morning."""

from pathlib import Path

import pytest

from ccfs_desktop import settings
from ccfs_desktop.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CCFS_HOME", str(tmp_path))
    return tmp_path


def test_settings_come_back_as_they_were(home: Path):
    assert settings.load() == Settings()
    odd = 'C:\\Büro "A"\n\x7f\x00 测试'
    chosen = settings.change(language="zh_CN", theme="dark", last_user=odd, auto_lock_minutes=10)
    settings.remember_office(home / "b")
    settings.remember_office(home / "a")
    settings.remember_office(home / "b")

    assert settings.load().last_user == chosen.last_user == odd
    assert settings.load().recent_offices == (str(home / "b"), str(home / "a"))
    assert settings.forget_office(str(home / "b")).recent_offices == (str(home / "a"),)


def test_a_broken_file_is_put_aside_and_the_defaults_hold(home: Path):
    (home / "settings.toml").write_bytes(b"theme = 'da\xff")
    assert settings.load() == Settings()
    assert (home / "settings.broken").exists()
    settings.change(theme="light")
    assert settings.load().theme == "light"


def test_one_bad_value_costs_only_itself(home: Path):
    (home / "settings.toml").write_text(
        'theme = "pink"\nlanguage = 7\nauto_lock_minutes = 9999\nrecent_offices = [1]\nlast_user = "Li"\nfuture = 1\n',
        "utf-8",
    )
    assert settings.load() == Settings(last_user="Li", auto_lock_minutes=60)


def test_a_home_that_cannot_be_written_is_borne(home: Path, monkeypatch: pytest.MonkeyPatch):
    (home / "file").touch()
    monkeypatch.setenv("CCFS_HOME", str(home / "file"))
    assert settings.change(theme="dark").theme == "dark"
    assert settings.load() == Settings()
