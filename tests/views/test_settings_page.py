"""Settings through the window: stored when left, refused in words, undone one by one."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database
from ccfs_desktop.db.undo import history, undo
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import backups, offices, patterns, seasons
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


def test_the_next_season_is_set_up_and_shown_after_a_backup(
    page: SettingsPage, db: Database, space: Space, qtbot: QtBot
):
    panel = _part(page, "season")
    panel.next.set_up()
    qtbot.waitUntil(lambda: panel.choice.count() == 2, timeout=10_000)
    assert [e.manifest.why for e in backups.list_of(backups.of(db).folder) if e.manifest] == ["season"]
    assert panel.season.first_day == date(2018, 7, 2)
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


def test_the_trail_is_held_against_seals_from_papers(page: SettingsPage, qtbot: QtBot):
    panel = _part(page, "trail")
    good = page.db.head().code
    swapped = good[:-1] + ("0" if good[-1] != "0" else "1")
    for typed, told in ((f"{good.lower()}", "Whole"), (f"{good}, {swapped}", "Something is wrong")):
        panel.verdict.hide()
        panel.seals.setFocus()
        panel.seals.setText(typed)
        qtbot.keyClick(panel.seals, Qt.Key.Key_Return)
        qtbot.waitUntil(panel.verdict.isVisible, timeout=20_000)
        assert panel.verdict.text().startswith(told)
    panel.verdict.hide()
    panel.seals.setText("something")
    qtbot.keyClick(panel.seals, Qt.Key.Key_Return)
    assert "is not a seal" in page.banner.text.text()
    assert not panel.verdict.isVisible()


def test_the_trail_shows_what_one_person_changed_before_and_after(page: SettingsPage, qtbot: QtBot):
    _type(qtbot, _part(page, "factory").form, "space", "The Bear Den")
    panel = _part(page, "trail")
    panel.filters.search.setText("factory")
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 1)
    panel.table.choose(0)
    row = panel.details.model().words(0)
    assert row[-3:] == ("Name of the space", "", "The Bear Den")


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


def test_the_ratio_profile_is_chosen_by_keyboard_and_undone(page: SettingsPage, db: Database, qtbot: QtBot):
    panel = _part(page, "ratio")
    combo = panel.ratio.rows["ratio_profile"].editor.combo
    assert "A proposal of this programme" in panel.ratio.rows["ratio_profile"].advice.text()
    assert panel.example.rows[0] == ("Little ones", "7", "3 years", "2")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)  # CFOC is next

    assert panel.season.ratio_profile == "cfoc"
    assert "Seen in the source." in panel.ratio.rows["ratio_profile"].advice.text()
    assert "no number for children from 13 years" in panel.warned.text()
    (newest, *_rest) = history(db)
    assert newest.action == "Change ratio and places"
    undo(db, newest)
    page.refresh()
    assert panel.season.ratio_profile == "cfs-standard"


def test_what_limits_the_places_is_shown_beside_them(page: SettingsPage, qtbot: QtBot):
    panel = _part(page, "ratio")
    _type(qtbot, panel.space, "usable_m2", "40")
    assert panel.verdict.text() == "The space can take at most 10 children. The limit is: Floor."
    assert panel.space.rows["capacity"].advice.text().startswith("20 places are more than the space can take.")
    assert panel.limits.rows[0] == (
        "Floor",
        "10",
        "40 m² with 3.9 m² for each child: CFOC, least, Caring for Our Children 5.1.2.1",
    )
    _type(qtbot, panel.space, "toilets", "999")
    assert panel.space.rows["toilets"].problem.text() == "Write a whole number from 0 to 500, or leave it empty."
    season = _part(page, "season")
    assert season.form.rows["capacity"].advice.text().startswith("20 places are more than the space can take.")


def test_papers_and_duties_are_ticked_with_the_space_bar(page: SettingsPage, db: Database, qtbot: QtBot):
    panel = _part(page, "ratio")
    papers, skills = (panel.duty.rows[name].editor for name in ("required_papers", "required_skills"))
    papers.boxes["health-certificate"].setFocus()
    qtbot.keyClick(papers.boxes["health-certificate"], Qt.Key.Key_Space)
    skills.boxes["lead"].setFocus()
    qtbot.keyClick(skills.boxes["lead"], Qt.Key.Key_Space)
    with db.read() as session:
        season = seasons.current(session, date(2017, 7, 10))
    assert season.required_papers == "background-check,health-certificate,code-of-conduct"
    assert season.required_skills == "first-aider,keyholder"


def test_working_time_is_typed_as_hours_and_minutes(page: SettingsPage, qtbot: QtBot):
    panel = _part(page, "work")
    rows = panel.form.rows
    assert rows["work_day_minutes"].editor.line.text() == "8:00"
    _type(qtbot, panel.form, "work_day_minutes", "7h30")
    assert (panel.season.work_day_minutes, rows["work_day_minutes"].editor.line.text()) == (450, "7:30")
    _type(qtbot, panel.form, "work_week_minutes", "50")
    assert panel.season.work_week_minutes == 3_000
    assert "Convention 1 of 1919" in panel.warned.text()
    _type(qtbot, panel.form, "rest_minutes", "7.30")
    assert rows["rest_minutes"].problem.text() == "Type hours and minutes, for example 8:00 or 7:30."
    assert panel.season.rest_minutes == 660


def test_a_shift_is_added_with_its_weekdays(page: SettingsPage, db: Database, space: Space, qtbot: QtBot):
    panel = _part(page, "work")
    panel.shifts.begin(starts=time(7, 15), ends=time(15, 15), weekdays="")
    _write(qtbot, panel.shifts.rows[-1].cells[0].editor, "Early")
    assert panel.shifts.rows[0].note.text() == "7:30 of work without the break; on every open day."
    monday, tuesday, *_rest = panel.shifts.rows[0].cells[3].editor.buttons
    for day in (tuesday, monday):
        day.setFocus()
        qtbot.keyClick(day, Qt.Key.Key_Space)
    _write(qtbot, panel.shifts.rows[0].cells[2].editor, "7:00")
    assert panel.shifts.rows[0].note.text() == "The shift ends before it begins. A shift lies within one day."
    _write(qtbot, panel.shifts.rows[0].cells[2].editor, "17:15")
    assert panel.shifts.rows[0].note.text() == "9:30 of work without the break: longer than a day may be."
    with db.read() as session:
        (early,) = patterns.of(session, space.season)
    assert (early.name, early.ends, early.weekdays) == ("Early", time(17, 15), "12")


def test_another_season_is_chosen_for_all_its_parts(page: SettingsPage, qtbot: QtBot):
    panel = _part(page, "season")
    panel.next.set_up()
    qtbot.waitUntil(lambda: panel.choice.count() == 2, timeout=10_000)
    assert _part(page, "ratio").season.first_day == date(2018, 7, 2)
    assert _part(page, "work").season.first_day == date(2018, 7, 2)
