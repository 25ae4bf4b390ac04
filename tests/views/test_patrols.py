"""The patrols by keyboard, in the real window on a real database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.patrol import Doing, FoundBy, Patrol, SightingAction
from ccfs_desktop.services import patrols, patrols_plan, sightings
from ccfs_desktop.services.patrols import Walk
from ccfs_desktop.services.patrols_plan import Plan
from ccfs_desktop.services.sightings import Found, Seen
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.patrols import PatrolsPlace
from ccfs_desktop.views.safety import SafetyPage
from ccfs_desktop.views.sighting_panel import SightingPanel
from tests.spaces import Space, fill

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", f"{clock.today()}T17:00")


class Desk:
    """The officer with the patrol form in hand: presses keys where the focus is, and counts them."""

    def __init__(self, bot: QtBot, db: Database) -> None:
        assert db.folder
        vault.Vault.create_demo(db.folder / "vault.json")
        self.bot, self.db, self.strokes, self.today = bot, db, 0, clock.today()
        self.space: Space = fill(db, 3, today=True)
        with db.begin("Plan") as session:
            for name, at in (("Morning", time(9, 30)), ("Afternoon", time(15))):
                plan = Plan(name, "Sewing\nCutting", self.today - timedelta(days=2), at)
                patrols_plan.add(session, plan)
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(911, 493)
        self.window.show()
        self.window.enter(Context(db, "Li Na", undo=lambda: undo.undo_last(db).action, demonstration=True))
        self.window.go("safety", place="patrols", part="log", day=self.today)
        place = self.page.place
        assert isinstance(place, PatrolsPlace)
        self.place = place

    @property
    def page(self) -> SafetyPage:
        page = self.window.page("safety")
        assert isinstance(page, SafetyPage)
        return page

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            self.strokes += 1
            QApplication.processEvents()

    def type(self, text: str, *then: Qt.Key) -> None:
        for letter in text:
            self.bot.keyClicks(self.focus(), letter)
            self.strokes += 1
        self.press(*then)

    def log(self) -> list[Patrol]:
        with self.db.read() as session:
            return patrols.log(session, self.today - timedelta(days=2), self.today)

    def found(self) -> list[Seen]:
        with self.db.read() as session:
            return sightings.read(session, date.min, self.today)

    def told(self) -> str:
        return " ".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Desk:
    return Desk(qtbot, db)


def test_a_days_patrols_are_typed_in_seconds(desk: Desk):
    desk.type("932", Key.Key_Return)
    desk.type("951", Key.Key_Return)
    desk.type("0", Key.Key_Return)
    desk.type("Guard Chen", Key.Key_Return, Key.Key_Return, Key.Key_Space, Key.Key_Return)
    desk.strokes = 0
    # The second: the name as before, a time that nobody wrote stays empty, an area was left out.
    desk.type("1502", Key.Key_Return, Key.Key_Return)
    desk.type("0", Key.Key_Return)
    desk.press(Key.Key_D, with_=CTRL)
    desk.press(Key.Key_Return)
    desk.type("cutting: locked", Key.Key_Return, Key.Key_Return)

    assert desk.strokes <= 30
    morning, afternoon = desk.log()
    assert (morning.started, morning.ended, morning.seen, morning.signed) == (time(9, 32), time(9, 51), 0, True)
    assert morning.areas == "Sewing\nCutting"
    assert (afternoon.started, afternoon.ended, afternoon.walked_by) == (time(15, 2), None, "Guard Chen")
    assert (afternoon.areas, afternoon.not_walked, afternoon.signed) == ("Sewing", "cutting: locked", False)
    assert "2 of 2 planned patrols are in the log. Children seen: 0." in desk.told()


def test_what_is_wrong_stands_below_the_line_and_nothing_typed_is_lost(desk: Desk):
    desk.type("99", Key.Key_Return, Key.Key_Return)
    desk.press(Key.Key_Return, Key.Key_Return, Key.Key_Return, Key.Key_Return)
    assert "This is no time of day" in desk.told()
    assert not desk.log()

    desk.place.show_part("plan")
    desk.place.show_part("log")
    assert desk.place.log.lines[0].cells["started"].text() == "99"


def test_children_seen_are_asked_for_one_after_the_other_and_an_action_is_made(desk: Desk):
    desk.type("930", Key.Key_Return, Key.Key_Return)
    desk.type("2", Key.Key_Return)
    desk.type("Guard Chen", Key.Key_Return, Key.Key_Return, Key.Key_Return)
    child = desk.space.children[0]
    panel = _panel(desk)
    assert "2 children seen by Guard Chen are to be described." in desk.told()
    assert desk.focus() is panel.child

    panel.child.show_chosen(child)
    _answer(desk, panel)
    assert "1 child seen by Guard Chen is to be described." in desk.told()
    desk.type("Lele")
    panel.child.editingFinished.emit()
    _answer(desk, panel)
    assert desk.page.stack.currentWidget() is not panel

    first, second = desk.found()
    assert (first.sighting.child_id, first.sighting.finder, first.sighting.at) == (child.id, "Guard Chen", None)
    assert (second.sighting.child_id, second.sighting.child_name) == (None, "Lele")
    assert first.sighting.patrol_id == second.sighting.patrol_id == desk.log()[0].id

    desk.place.show_part("sightings")
    desk.place.found.table.choose(0)
    desk.place.found.act_button.click()
    QApplication.processEvents()
    assert "CA-" in desk.page.banner.text.text()
    assert [len(one.actions) for one in desk.found()] == [0, 1]


def test_a_missed_patrol_is_explained_where_it_was_planned(desk: Desk):
    desk.place.log.show_day(desk.today - timedelta(days=1))
    assert desk.told().count("Missed: nobody has entered it or said why.") == 2
    words = "Say why it was missed"
    next(b for b in desk.page.findChildren(QPushButton) if b.text() == words and b.isVisible()).click()
    desk.type("Fire drill at the gate")
    desk.place.log.question.confirm.click()
    QApplication.processEvents()
    assert "Missed, because: Fire drill at the gate" in desk.told()


def test_the_trend_claims_nothing_where_nobody_looked(desk: Desk):
    desk.place.show_part("trend")
    QApplication.processEvents()
    assert desk.told().count("no patrol was walked, so nothing can be said.") >= 3
    assert desk.place.trend.figure.accessibleName() == "Children in production: rate and patrols"


def test_an_auditor_sees_initials_and_types_nothing(qtbot: QtBot, desk: Desk, as_role: Callable[..., Database]):
    with desk.db.begin("Find") as session:
        patrols.walk(session, Walk(desk.today, 1, "Guard Chen", areas="Sewing"), by="Li Na")
        found = Found(desk.today, "Sewing", Doing.PLAYING, FoundBy.GUARD, SightingAction.TO_SPACE)
        child = desk.space.children[0]
        sightings.record(session, replace(found, child_id=child.id), by="Li Na")
    office = as_role("auditor")
    window = MainWindow(PAGES)
    qtbot.addWidget(window)
    window.show()
    window.enter(Context(office, "Wang Fang", role="auditor", demonstration=True))
    window.go("safety", place="patrols", part="sightings")
    page = window.page("safety")
    assert isinstance(page, SafetyPage)
    place = page.place
    assert isinstance(place, PatrolsPlace)
    words = " ".join(str(place.found.table.model().index(0, n).data()) for n in range(10))
    assert child.name not in words
    assert child.name[0] + "*" in words
    assert not place.found.act_button.isEnabled()
    place.show_part("log")
    assert all(line.cells["seen"].isReadOnly() for line in place.log.lines)


def _panel(desk: Desk) -> SightingPanel:
    panel = desk.page.stack.currentWidget()
    assert isinstance(panel, SightingPanel)
    return panel


def _answer(desk: Desk, panel: SightingPanel) -> None:
    """Fill in what must be said, and keep it with the keyboard."""
    desk.place.log.setFocus()
    panel.form.rows["area"].editor.setFocus()
    desk.type("Sewing")
    for name in ("doing", "action"):
        combo = panel.form.rows[name].editor.focusProxy()
        assert isinstance(combo, QComboBox)
        combo.setFocus()
        desk.press(Key.Key_Down)
    desk.press(Key.Key_Return, with_=CTRL)
