"""Before the auditor does, in the real window and by keyboard: found, gone to, explained alone and several at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ccfs_desktop import vault
from ccfs_desktop.db import Database
from ccfs_desktop.services import data_quality
from ccfs_desktop.services.flaws import KINDS
from ccfs_desktop.views.attendance import AttendancePage
from ccfs_desktop.views.data_quality import QualityPlace
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.paper import Paper
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.reports import ReportsPage
from tests import bad_season
from tests.bad_season import DAYS, MON, TUE, Season2017


class Desk:
    """The officer at the page, in the smallest window."""

    def __init__(self, bot: QtBot, db: Database, *, spoilt: bool) -> None:
        assert db.folder
        vault.Vault.create_demo(db.folder / "vault.json")
        self.bot, self.db = bot, db
        self.made: Season2017 = bad_season.good(db)
        if spoilt:
            bad_season.spoil(db, self.made)
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(911, 493)
        self.window.show()
        self.window.enter(Context(db, "Li Na", demonstration=True, factory="东莞制衣"))
        self.open()

    def open(self, **target: object) -> None:
        """Come to the place, and wait until everything is read."""
        self.window.go("reports", place="quality", **target)
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        self.page = page
        self.wait()

    def wait(self) -> None:
        """Wait until everything is read."""
        self.bot.waitUntil(lambda: self.place.job is None, timeout=60_000)

    @property
    def place(self) -> QualityPlace:
        place = self.page.place
        assert isinstance(place, QualityPlace)
        return place

    def choose(self, kind: str) -> None:
        """Put the cursor on the first flaw of a kind."""
        rows = self.place.table.rows
        self.place.table.choose(next(n for n in range(rows.rowCount()) if rows.row(n)[0][0] == kind))
        self.place.table.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is."""
        where = QApplication.focusWidget()
        assert where
        self.bot.keyClick(where, key, modifier)

    def write(self, words: str) -> None:
        """Go to the field by keyboard, write and keep it."""
        self.press(Qt.Key.Key_F6)
        assert self.place.card.field.hasFocus()
        self.bot.keyClicks(self.place.card.field, words)
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def kept(self) -> dict[str, str]:
        """Kind → its word, as the office has it."""
        with self.db.read() as session:
            found = data_quality.read(session, self.made.season, DAYS[0], DAYS[-1])
        return {flaw.kind: flaw.word for flaw in found if flaw.explained}


@pytest.fixture(autouse=True)
def _that_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", bad_season.NOW)


@pytest.fixture
def d(qtbot: QtBot, db: Database) -> Desk:
    return Desk(qtbot, db, spoilt=True)


def test_what_was_found_is_explained_by_keyboard(d: Desk):
    assert d.place.table.rows.rowCount() == len(KINDS)
    d.choose("no-time-in")
    d.press(Qt.Key.Key_F6)
    d.bot.keyClicks(d.place.card.field, "Half a sen")
    d.press(Qt.Key.Key_Escape)
    assert d.place.table.hasFocus()
    d.choose("no-time-out")
    assert d.place.card.field.toPlainText() == ""
    d.choose("no-time-in")
    assert d.place.card.field.toPlainText() == "Half a sen", "nothing typed is lost"

    d.press(Qt.Key.Key_F6)
    d.place.card.field.selectAll()
    d.bot.keyClicks(d.place.card.field, "The pen was empty")
    d.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert d.kept() == {"no-time-in": "The pen was empty"}
    assert d.place.table.hasFocus()
    assert d.place.table.rows.rowCount() == len(KINDS) - 1, "what is explained leaves the list"
    assert "1 explained" in d.place.filters.shown.text()
    d.place.explained.click()
    assert d.place.table.rows.rowCount() == len(KINDS)


def test_several_are_explained_at_once_and_a_word_too_few_is_said(d: Desk):
    d.choose("duty-unsigned")
    d.place.table.selectAll()
    d.press(Qt.Key.Key_F6)
    d.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "how it really was" in d.page.banner.text.text()

    d.write("All of this is made up")
    assert set(d.kept().values()) == {"All of this is made up"}
    assert len(d.kept()) == len(KINDS)
    assert d.place.table.rows.rowCount() == 0
    assert d.place.stack.currentWidget() is d.place.nothing


def test_all_of_a_kind_are_chosen_with_one_key(d: Desk):
    with d.db.begin("Spoil more") as session:
        for duty in bad_season.duties(session, TUE):
            duty.unsigned_in = True
    d.open()
    d.choose("duty-unsigned")
    d.press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert {flaw.kind for flaw in d.place.card.flaws} == {"duty-unsigned"}
    assert len(d.place.card.flaws) == 5
    assert d.place.card.field.hasFocus()


def test_enter_opens_the_place(d: Desk):
    d.choose("no-time-out")
    d.press(Qt.Key.Key_Return)
    page = d.window.page("attendance")
    assert isinstance(page, AttendancePage)
    assert page.isVisible()
    assert page.day == MON


def test_every_place_can_be_gone_to(d: Desk):
    for kind in KINDS:
        d.open()
        d.choose(kind)
        d.place.go()
        assert not d.page.isVisible(), kind


def test_the_list_is_filtered_read_again_after_a_change_and_printed(d: Desk):
    d.place.open(family="unlikely")
    assert d.place.table.rows.rowCount() == sum(k.family == "unlikely" for k in KINDS.values())
    d.place.open(family="times")
    assert d.place.table.rows.rowCount() == 3
    d.place.filters.search.setText("07-03 arrival")
    d.bot.waitUntil(lambda: d.place.table.rows.rowCount() == 2)
    d.place.filters.search.clear()
    with d.db.begin("Put a time right") as session:
        bad_season.duties(session, MON)[0].arrived = bad_season.SEVEN
    d.open()
    d.bot.waitUntil(lambda: d.place.table.rows.rowCount() == 2)

    d.place.printed()
    d.bot.waitUntil(lambda: isinstance(d.page.stack.currentWidget(), Paper), timeout=60_000)


def test_reading_can_be_stopped(d: Desk):
    before = len(d.place.flaws)
    d.place.look()
    assert d.place.job
    d.place.job.cancel()
    d.bot.waitUntil(lambda: not d.page.strip.isVisible(), timeout=60_000)
    assert len(d.place.flaws) == before
    d.place.look()
    d.wait()


def test_of_a_clean_season_it_says_so_and_for_which_days(qtbot: QtBot, db: Database):
    d = Desk(qtbot, db, spoilt=False)
    assert d.place.flaws == []
    assert d.place.stack.currentWidget() is d.place.nothing
    said = [label.text() for label in d.place.nothing.findChildren(QLabel)]
    assert any("from 2017-07-03 to 2017-07-12" in text for text in said)
