"""Settings through the window: stored when left, refused in words, undone one by one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database
from ccfs_desktop.db.undo import history
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import offices, seasons
from ccfs_desktop.vault import Argon
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.settings import PANELS, SettingsPage
from tests.spaces import Space, fill

CHEAP = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db)


@pytest.fixture
def page(db: Database, space: Space, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10")
    shown = SettingsPage(Context(db, "Li Na"))
    qtbot.addWidget(shown)
    shown.resize(1200, 720)
    shown.show()
    shown.refresh()
    assert space.children
    return shown


def _part(page: SettingsPage, name: str) -> Any:
    page.open(part=name)
    return page._panels[[n for n, *_rest in PANELS].index(name)]  # noqa: SLF001  # pyright: ignore


def _type(qtbot: QtBot, form: Form, name: str, text: str) -> None:
    line: Any = form.rows[name].editor.line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Tab)


def _write(qtbot: QtBot, editor: Any, text: str) -> None:
    editor.line.setFocus()
    editor.line.selectAll()
    qtbot.keyClicks(editor.line, text)
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)


def test_a_detail_of_the_factory_is_stored_when_its_field_is_left(page: SettingsPage, db: Database, qtbot: QtBot):
    panel = _part(page, "factory")
    _type(qtbot, panel.form, "space", "The Bear Den")
    _type(qtbot, panel.form, "country", "12")

    with db.read() as session:
        factory = offices.factory(session)
    assert (factory.space, factory.country) == ("The Bear Den", "CN")
    assert "two letters" in panel.form.rows["country"].problem.text()


def test_a_group_with_children_is_not_removed(page: SettingsPage, db: Database, space: Space, qtbot: QtBot):
    panel = _part(page, "season")
    before = len(panel.groups.rows)
    panel.groups.begin(age_from=3, age_to=14, size=20, room="")
    _write(qtbot, panel.groups.rows[-1].cells[0].editor, "Babies")
    assert len(panel.groups.rows) == before + 1

    _write(qtbot, panel.groups.rows[-1].cells[2].editor, "1")
    assert panel.groups.rows[-1].note.text() == "The oldest age is below the youngest."
    first = next(row for row in panel.groups.rows if row.line.values["name"] == "Little ones")
    first.buttons.findChild(QToolButton).click()
    assert "still has children" in first.note.text()
    with db.read() as session:
        assert len(seasons.groups(session, space.season)) == before + 1


def test_a_closed_day_is_added_to_the_calendar_once(page: SettingsPage, db: Database, space: Space, qtbot: QtBot):
    panel = _part(page, "calendar")
    for typed in ("2017-7-10", "2017-7-10", "2019-7-10"):
        panel.days.begin(open=False)
        _write(qtbot, panel.days.rows[-1].cells[0].editor, typed)
    assert panel.days.rows[-1].note.text().startswith("This day is outside the season")
    with db.read() as session:
        assert not seasons.is_open(session, space.season, date(2017, 7, 10))
        assert len(seasons.calendar(session, space.season)) == 1


def test_the_next_season_is_set_up_and_shown(page: SettingsPage, db: Database, space: Space):
    panel = _part(page, "season")
    panel.next.set_up()
    assert panel.season.first_day == date(2018, 7, 2)
    assert panel.choice.count() == 2
    with db.read() as session:
        assert seasons.current(session, date(2017, 7, 10)).id == space.season.id


def test_an_action_is_undone_from_the_history(page: SettingsPage, db: Database, qtbot: QtBot):
    _type(qtbot, _part(page, "factory").form, "space", "The Bear Den")
    panel = _part(page, "history")
    panel.table.choose(0)
    panel._undo()  # noqa: SLF001  # pyright: ignore

    qtbot.waitUntil(lambda: history(db)[0].undoes != "", timeout=5_000)
    with db.read() as session:
        assert offices.factory(session).space == ""


def test_the_trail_is_checked_and_found_whole(page: SettingsPage, qtbot: QtBot):
    panel = _part(page, "trail")
    panel._check()  # noqa: SLF001  # pyright: ignore
    qtbot.waitUntil(lambda: "Whole" in panel.verdict.text(), timeout=5_000)


def test_a_new_password_opens_the_office_and_the_old_one_no_longer(tmp_path: Path):
    old, new = "a long and quiet summer day", "another long and quiet evening"
    made = offices.create(
        tmp_path / "office", factory="Toys", country="CN", season="Summer", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=20, user="Li Na", password=old, argon=CHEAP,
    )  # fmt: skip
    with pytest.raises(UserError, match="present password is wrong"):
        offices.change_password(made.db, "not the password at all", new, argon=CHEAP)
    offices.change_password(made.db, old, new, argon=CHEAP)
    made.db.close()

    with pytest.raises(UserError):
        offices.open(tmp_path / "office", "Li Na", old, argon=CHEAP)
    offices.open(tmp_path / "office", "Li Na", new, argon=CHEAP).close()
