"""The logs by keyboard, in the real window on a real database."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.check import Said
from ccfs_desktop.models.log import Drill, FirstAidUse, FoodEntry, KitItem, Visitor
from ccfs_desktop.services import attendance, checks, food, kit, logbook, visitors
from ccfs_desktop.views.attendance import AttendancePage
from ccfs_desktop.views.attendance_evacuation import EvacuationPanel
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.find import FindEditor
from ccfs_desktop.views.kit.paper import Paper
from ccfs_desktop.views.logs import LogsPlace
from ccfs_desktop.views.main_window import PAGES, MainWindow
from tests.spaces import Space, fill

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", f"{clock.today()}T15:00")


class Desk:
    """Somebody at the desk: presses keys where the focus is."""

    def __init__(self, bot: QtBot, db: Database, space: Space, role: str = "officer") -> None:
        self.bot, self.db, self.space, self.today = bot, db, space, clock.today()
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        context = Context(
            db, "Li Na", role, undo=lambda: undo.undo_last(db).action, demonstration=True, factory="东莞制衣"
        )
        self.window.enter(context)
        self.window.go("safety", place="logs")
        self.page = self.window.page("safety")

    @property
    def place(self) -> LogsPlace:
        place = getattr(self.page, "place", None)
        assert isinstance(place, LogsPlace)
        return place

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden)

    def type(self, text: str, *then: Qt.Key) -> None:
        self.bot.keyClicks(self.focus(), text)
        self.press(*then)

    def keep(self) -> None:
        self.press(Key.Key_Return, with_=CTRL)

    def field(self, name: str) -> QWidget:
        assert self.place.desk
        return self.place.desk.form.rows[name].editor

    def log(self, kind: Any) -> list[Any]:
        with self.db.read() as session:
            return logbook.entries(session, kind, self.space.season)


@pytest.fixture
def space(db: Database) -> Space:
    assert db.folder
    vault.Vault.create_demo(db.folder / "vault.json")
    return fill(db, 3, today=True)


@pytest.fixture
def desk(qtbot: QtBot, db: Database, space: Space) -> Desk:
    return Desk(qtbot, db, space)


def test_a_visitor_is_signed_in_and_out_with_a_few_keys(desk: Desk) -> None:
    desk.press(Key.Key_Insert)
    desk.type("Ms. Reed", Key.Key_Tab)
    desk.type("Brand office")
    desk.keep()
    [guest] = desk.log(Visitor)
    assert (guest.name, guest.organisation, guest.came, guest.gone) == ("Ms. Reed", "Brand office", time(15), False)
    assert desk.focus() is desk.place.table
    assert "Ms. Reed" in desk.place.table.rows.words(0)

    desk.window.go("attendance")
    register = desk.window.page("attendance")
    assert isinstance(register, AttendancePage)
    register.open_evacuation()
    panel = register.stack.currentWidget()
    assert isinstance(panel, EvacuationPanel)
    assert [panel.table.rows.words(n)[1] for n in range(panel.table.rows.rowCount())] == ["Ms. Reed"]

    desk.window.go("safety", place="logs")
    desk.place.table.setFocus()
    desk.press(Key.Key_O)
    assert [(v.left, v.gone) for v in desk.log(Visitor)] == [(time(15), True)]
    desk.press(Key.Key_O)
    assert "has already left" in desk.page.banner.text.text()
    desk.press(Key.Key_Z, with_=CTRL)
    assert not desk.log(Visitor)[0].gone
    desk.press(Key.Key_Question)
    assert [(v.left, v.gone) for v in desk.log(Visitor)] == [(None, True)]


def test_a_proposed_time_is_not_taken_for_another_day_and_nothing_typed_is_lost(desk: Desk) -> None:
    yesterday = date.fromordinal(desk.today.toordinal() - 1)
    desk.press(Key.Key_Insert)
    desk.type("A fitter")
    line = desk.field("day").findChild(QLineEdit)
    assert line
    line.setFocus()
    line.selectAll()
    desk.type(str(yesterday))
    desk.keep()
    assert desk.log(Visitor) == []
    assert desk.place.desk
    assert "proposed for today" in desk.place.desk.form.rows["came"].problem.text()
    desk.place.step(1)
    desk.place.step(-1)
    desk.press(Key.Key_Insert)
    came = desk.field("came").findChild(QLineEdit)
    assert came
    came.setFocus()
    came.selectAll()
    desk.press(Key.Key_Delete)
    desk.keep()
    assert [(v.name, v.day, v.came, v.entered_late) for v in desk.log(Visitor)] == [("A fitter", yesterday, None, True)]
    desk.press(Key.Key_Delete)
    assert desk.log(Visitor) == []


def test_a_drill_names_who_is_missing_and_fills_its_check(desk: Desk) -> None:
    with desk.db.begin("In") as session:
        for child in desk.space.children:
            attendance.sign_in(session, desk.space.season, child.id, desk.today, brought_by="妈妈", at=time(8))
    desk.place.choose("drills")
    desk.press(Key.Key_Insert)
    desk.type("1430", Key.Key_Tab)
    for name, value in (("seconds", "128"), ("children_counted", "2")):
        desk.field(name).setFocus()
        desk.type(value)
    assert desk.place.desk
    told = desk.place.desk.form.rows["children_counted"].advice.text()
    assert told == "By the records of that moment: 3"
    desk.keep()
    assert desk.log(Drill) == []
    assert "Write who was missing" in desk.place.desk.form.rows["missing"].problem.text()
    finder, line = desk.field("missing_child"), desk.field("missing").findChild(QLineEdit)
    assert isinstance(finder, FindEditor)
    finder.show_value(desk.space.children[1].name)
    finder.changed.emit()
    assert line
    assert line.text() == desk.space.children[1].name
    desk.keep()
    [drill] = desk.log(Drill)
    assert (drill.children_register, drill.children_counted, drill.at) == (3, 2, time(14, 30))
    with desk.db.read() as session:
        answers = checks.answers(session, drill.check_id)
    assert (answers["DRL10"].numbers, answers["DRL10"].said) == ("2", Said.NO)

    desk.place.table.setFocus()
    desk.press(Key.Key_C)
    panel = getattr(desk.page, "panel", None)
    assert panel is not None
    assert panel.check_id == drill.check_id


def test_the_kit_is_set_up_counted_and_used(desk: Desk) -> None:
    desk.place.choose("kit")
    act = next(a for a in desk.place.log.acts() if a.text == "Set up a kit")
    act.do(None)
    desk.place.question.confirm.click()
    desk.place.table.setFocus()
    desk.press(Key.Key_Return)
    count = desk.field("count").findChild(QLineEdit)
    assert count
    count.setFocus()
    desk.type("19")
    desk.keep()
    with desk.db.read() as session:
        first = kit.items(session)[0]
    assert (first.count, first.checked_on, first.checked_by) == (19, desk.today, "Li Na")
    assert desk.place.table.rows.words(0)[5] == "Too few"

    desk.place.choose("first-aid")
    desk.press(Key.Key_Insert)
    for name, value in (("injury", "Grazed knee"), (f"taken:{first.id}", "2")):
        desk.field(name).setFocus()
        desk.type(value)
    desk.keep()
    [entry] = desk.log(FirstAidUse)
    assert (entry.injury, entry.items) == ("Grazed knee", "2 × Assorted adhesive plasters")
    with desk.db.read() as session:
        assert session.get_one(KitItem, first.id).count == 17


def test_a_meal_is_entered_and_its_log_printed(desk: Desk) -> None:
    desk.place.choose("food")
    desk.press(Key.Key_Insert)
    desk.type("Lu", Key.Key_Tab)
    desk.type("Rice, fish")
    desk.field("tenths").setFocus()
    desk.type("58,5")
    assert desk.place.desk
    assert desk.place.desk.form.rows["tenths"].advice.text() == "Cold for a hot meal."
    desk.keep()
    [meal] = desk.log(FoodEntry)
    assert (meal.meal, meal.menu, meal.tenths) == ("Lunch", "Rice, fish", 585)
    desk.press(Key.Key_P, with_=CTRL)
    assert isinstance(desk.page.stack.currentWidget(), Paper)


def test_who_only_reads_sees_the_logs_and_changes_nothing(
    qtbot: QtBot, db: Database, space: Space, as_role: Callable[..., Database]
) -> None:
    with db.begin("In") as session:
        visitors.sign_in(session, space.season, "Ms. Reed", clock.today(), at=time(9))
        food.serve(session, space.season, clock.today(), "Lunch", "Rice", allergies="李小明: Peanuts")
    desk = Desk(qtbot, as_role("auditor"), space, "auditor")
    assert desk.place.table.rows.rowCount() == 1
    assert not getattr(desk.page, "primary_button").isVisible()  # noqa: B009
    desk.place.table.setFocus()
    desk.press(Key.Key_O, Key.Key_Insert, Key.Key_Delete, Key.Key_Return)
    assert [v.gone for v in desk.log(Visitor)] == [False]
    desk.place.choose("food")
    told = "\n".join(label.text() for label in desk.place.findChildren(QLabel))
    assert "Named only to those" in told
    assert "李小明" not in told + " ".join(desk.place.table.rows.words(0))
