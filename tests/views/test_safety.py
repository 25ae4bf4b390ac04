"""The safety checks by keyboard and mouse, in the real window on a real database."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database, undo
from ccfs_desktop.db.verify import verify
from ccfs_desktop.models.check import Proof, Result, Said
from ccfs_desktop.services import check_schedule, checklists, checks, opening
from ccfs_desktop.services.opening import State
from ccfs_desktop.views.attendance import AttendancePage
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.safety import SafetyPage
from ccfs_desktop.views.safety_due import DuePlace
from ccfs_desktop.views.safety_edit import EditionPanel
from ccfs_desktop.views.safety_lists import ListsPlace
from ccfs_desktop.views.safety_records import RecordsPlace
from ccfs_desktop.views.safety_run import CheckPanel
from tests.boxes import Boxes
from tests.spaces import Space, fill
from tests.walks import UNLOCKED, go_through, picture

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is five in the afternoon, whenever the tests run: what happened at 07:45 is past."""
    monkeypatch.setenv("CCFS_TODAY", f"{clock.today()}T17:00")


class Desk:
    """The officer: presses keys where the focus is, and counts them."""

    def __init__(self, bot: QtBot, db: Database) -> None:
        assert db.folder
        vault.Vault.create_demo(db.folder / "vault.json")
        self.bot, self.db, self.strokes = bot, db, 0
        self.space: Space = fill(db, 3, today=True)
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(
            Context(db, "Li Na", undo=lambda: undo.undo_last(db).action, demonstration=True, factory="东莞制衣")
        )
        self.window.go("safety")
        page = self.window.page("safety")
        assert isinstance(page, SafetyPage)
        self.page = page
        self.today = clock.today()

    @property
    def panel(self) -> CheckPanel:
        assert self.page.panel
        return self.page.panel

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            self.strokes += 1
            QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden)

    def type(self, text: str, *then: Qt.Key) -> None:
        for letter in text:
            self.bot.keyClicks(self.focus(), letter)
            self.strokes += 1
            QApplication.processEvents()
        self.press(*then)

    def begin(self, code: str = "OPN", day: date | None = None) -> None:
        self.page.begin_check(code, day or self.today)
        self.bot.waitUntil(lambda: self.panel.isAncestorOf(self.focus()))

    def said(self, item: str) -> Said | None:
        with self.db.read() as session:
            return checks.answers(session, self.panel.check_id)[item].said

    def state(self) -> State:
        with self.db.read() as session:
            return opening.of(session, self.space.season, self.today).state

    def press_button(self, words: str, inside: QWidget | None = None) -> None:
        QApplication.processEvents()
        found = (b for b in (inside or self.page).findChildren(QPushButton) if b.text() == words and b.isVisible())
        made = next(found, None)
        assert made, words
        made.click()
        QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden)


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Desk:
    return Desk(qtbot, db)


def all_fine(desk: Desk) -> None:
    """The whole opening check from the form, as fast as it can be typed."""
    desk.type("9", Key.Key_Return)
    desk.type("3", Key.Key_Return)
    desk.type("2", Key.Key_Return)
    desk.type("yyyyy")
    desk.type("25.5", Key.Key_Return)
    desk.type("yyyyyyyyy")
    desk.type("dry", Key.Key_Return)
    desk.type("yyy")
    desk.press(Key.Key_Return)


def test_an_opening_check_of_22_items_is_keyed_in_under_60_seconds(desk: Desk):
    desk.begin()
    desk.strokes = 0
    all_fine(desk)
    assert not desk.panel.lacks
    desk.bot.waitUntil(desk.panel.sign_strip.isVisible)
    desk.press(Key.Key_Return)
    desk.bot.waitUntil(lambda: desk.panel.locked)

    # 40 strokes: at one a second, slower than anybody types, that is 40 seconds.
    assert desk.strokes <= 40
    assert (desk.panel.check.result, desk.panel.check.proof) == (Result.PASS, Proof.DEMONSTRATION)
    assert "no password was asked" in desk.panel.told.text()
    assert desk.state() is State.SAFE
    assert verify(desk.db).whole


def test_every_answer_is_on_disk_at_once_and_another_sitting_goes_on(desk: Desk):
    desk.begin()
    desk.type("9", Key.Key_Return)
    desk.press(Key.Key_Down)
    desk.type("y")
    desk.press(Key.Key_Escape)
    assert not desk.page.header.back.isVisible()

    desk.begin()
    assert desk.said("OPN03") is Said.YES
    assert desk.panel.items.item
    assert desk.panel.items.item.id == "OPN02"  # the first without an answer


def test_what_is_typed_is_kept_while_the_fingers_rest(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN18")
    desk.type("dry")
    with desk.db.read() as session:
        assert checks.answers(session, desk.panel.check_id)["OPN18"].words == ""

    def kept() -> bool:
        with desk.db.read() as session:
            return checks.answers(session, desk.panel.check_id)["OPN18"].words == "dry"

    desk.bot.waitUntil(kept, timeout=3_000)


def test_a_number_is_judged_while_it_is_typed(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN08")
    desk.type("31")
    assert desk.panel.card.numbers[0].told.text() == "31 °C is more than 28 °C."
    desk.press(Key.Key_Backspace, Key.Key_Backspace)
    desk.type("2x")
    assert "digits" in desk.panel.card.numbers[0].told.text()
    desk.press(Key.Key_Backspace)
    desk.type("5")
    assert desk.panel.card.numbers[0].told.text() == "Within the limits: at least 18 °C, at most 28 °C."


def test_a_door_that_is_open_keeps_the_day_shut_until_the_coordinator_answers_for_it(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN04")
    desk.type("n")
    assert desk.panel.card.note.isVisible()
    assert desk.panel.result.text() == "Not safe to open"
    desk.type("Bolt open", Key.Key_Return)
    desk.panel.items.go("OPN04")
    desk.panel.items.setFocus()
    desk.type("c")
    assert desk.state() is State.UNSAFE
    assert "not safe to open" in _try_to_sign_in(desk)

    desk.window.go("safety", check=desk.panel.check_id)
    desk.panel.items.go("OPN01")
    all_but_the_door(desk)
    assert not desk.panel.lacks
    desk.press(Key.Key_Return, with_=CTRL)
    desk.bot.waitUntil(desk.panel.sign_strip.isVisible)
    desk.press(Key.Key_Return)
    desk.bot.waitUntil(lambda: desk.panel.locked)
    assert desk.state() is State.UNSAFE

    # The decision is asked for only when somebody wants it; what was corrected stands there as the reason.
    assert not desk.panel.sign_strip.isVisible()
    assert desk.panel.decide_button.hasFocus()
    desk.press(Key.Key_Return)
    assert desk.panel.sign_strip.fields["reason"].text() == "Bolt open"
    desk.panel.sign_strip.confirm.click()
    desk.bot.waitUntil(lambda: desk.state() is State.OPENED)
    assert "because: Bolt open" in desk.panel.told.text()
    assert _try_to_sign_in(desk) == ""
    desk.window.go("today")
    today = desk.window.page("today")
    assert any("Opened by Li Na" in label.text() for label in today.findChildren(type(desk.panel.told)))


def all_but_the_door(desk: Desk) -> None:
    desk.type("9", Key.Key_Return)
    desk.type("3", Key.Key_Return)
    desk.type("2", Key.Key_Return)
    desk.type("y")
    desk.press(Key.Key_Down)
    desk.type("yyy")
    desk.type("25.5", Key.Key_Return)
    desk.type("yyyyyyyyy")
    desk.type("dry", Key.Key_Return)
    desk.type("yyy")


def _try_to_sign_in(desk: Desk) -> str:
    """Sign in a child in Attendance; return what stands in the way."""
    desk.window.go("attendance")
    page = desk.window.page("attendance")
    assert isinstance(page, AttendancePage)
    page.open(day=desk.today)
    view = page.register.view
    view.pause = 0
    desk.bot.waitUntil(view.hasFocus)
    page.register.go_to(desk.space.children[0].id)
    desk.bot.keyClicks(desk.focus(), "73")
    desk.bot.keyClick(desk.focus(), Key.Key_Return)
    QApplication.processEvents()
    return page.banner.text.text() if page.banner.isVisible() else ""


def test_what_is_missing_is_named_before_signing_and_the_cursor_goes_there(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN03")
    desk.press(Key.Key_Return, with_=CTRL)
    assert desk.page.banner.text.text().startswith("OPN01: no answer yet.")
    assert "And 17 more" in desk.page.banner.text.text()
    assert desk.panel.items.item
    assert desk.panel.items.item.id == "OPN01"


def test_a_critical_item_that_does_not_apply_asks_why(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN03")
    desk.type("a")
    assert desk.panel.card.reason.line.hasFocus()
    desk.type("Only one exit is used", Key.Key_Return)
    assert desk.panel.items.item
    assert desk.panel.items.item.id == "OPN04"
    assert desk.said("OPN03") is Said.NOT_APPLICABLE


def test_a_photo_is_added_and_removed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "fence.jpg"
    file.write_bytes(picture())
    desk.begin("PRE")
    desk.panel.items.go("PRE05")
    desk.type("n")
    assert desk.panel.card.no_photo.isVisible()
    desk.panel.take_photo(file)
    desk.bot.waitUntil(lambda: bool(desk.panel.photos.get("PRE05")))
    assert not desk.panel.card.no_photo.isVisible()
    desk.panel.card.photo_removed.emit(desk.panel.photos["PRE05"][0].id)
    assert not desk.panel.photos.get("PRE05")
    monkeypatch.setattr(
        "ccfs_desktop.views.safety_run.QFileDialog.getOpenFileName", lambda *_rest: (str(Path(__file__)), "")
    )
    desk.panel.add_photo()
    desk.bot.waitUntil(desk.page.banner.isVisible)
    assert "no photo" in desk.page.banner.text.text()


def test_an_undo_shows_in_the_check_that_is_open(desk: Desk):
    desk.begin()
    desk.panel.items.go("OPN03")
    desk.type("y")
    desk.bot.keyClick(desk.window, Key.Key_Z, CTRL)
    assert desk.said("OPN03") is None


def test_a_signed_check_is_looked_at_only_and_opened_again_with_a_reason(desk: Desk):
    check = go_through(desk.db, desk.space, desk.today, OPN06={"said": Said.NO, "note": "Socket"})
    desk.window.go("safety", check=check.id)
    assert desk.panel.locked
    desk.panel.items.go("OPN03")
    desk.panel.items.setFocus()
    desk.type("n")
    assert desk.said("OPN03") is Said.YES
    assert not desk.panel.sign_button.isVisible()

    desk.panel.reopen()
    form = desk.panel.question.findChildren(QLineEdit)[0]
    desk.bot.keyClicks(form, "Wrong line")
    desk.panel.question.confirm.click()
    assert not desk.panel.locked
    assert "Opened again by Li Na" in desk.panel.told.text()
    assert "Wrong line" in desk.panel.told.text()


def test_a_missed_check_is_explained_from_the_list(desk: Desk):
    place = desk.page.show_place("due")
    assert isinstance(place, DuePlace)
    place.filters.choose("missed")
    yesterday = ("OPN", desk.today - timedelta(days=1), "")
    place.table.choose([place.table.rows.row(n)[0] for n in range(place.table.rows.rowCount())].index(yesterday))
    desk.press_button("Say why it was missed", place)
    desk.bot.keyClicks(place.question.findChildren(QLineEdit)[0], "Power cut")
    place.question.confirm.click()

    with desk.db.read() as session:
        due = {d.key: d for d in check_schedule.read(session, desk.space.season, desk.today)}
    assert due[yesterday].standing is check_schedule.Standing.EXPLAINED
    assert "Power cut" in place.table.rows.words(_row(place, yesterday))


def _row(place: DuePlace, key: object) -> int:
    return [place.table.rows.row(n)[0] for n in range(place.table.rows.rowCount())].index(key)


def test_the_records_show_what_failed_and_who_opened(desk: Desk):
    go_through(desk.db, desk.space, desk.today, OPN04=UNLOCKED)
    place = desk.page.show_place("records")
    assert isinstance(place, RecordsPlace)
    place.filters.choose("unsafe")
    assert place.table.rows.words(0)[1:4] == ("Daily opening check", "Not safe to open", "1\N{EN SPACE}")
    place.table.setFocus()
    desk.press(Key.Key_Return)
    assert desk.panel.check.result is Result.FAIL
    desk.page.printed()
    desk.bot.waitUntil(lambda: desk.page.header.title.text() == "Daily opening check")


def test_a_list_is_changed_and_published_in_the_window(desk: Desk):
    place = desk.page.show_place("lists")
    assert isinstance(place, ListsPlace)
    place.table.choose([row.checklist.code for row in place.listed.values()].index("OPN"))
    desk.press_button("Change", place)
    panel = _edition(desk)
    panel.table.choose(5)
    desk.press_button("Switch off or on", panel)
    desk.press_button("Up", panel)
    desk.press_button("Add an item", panel)
    wording = panel.line.rows[0].cells[0].editor.findChildren(QLineEdit)[0]
    wording.selectAll()
    desk.bot.keyClicks(wording, "Fish tank covered")
    desk.bot.keyClick(wording, Key.Key_Return)
    desk.press_button("Publish", panel)

    with desk.db.read() as session:
        used = checklists.current(session, "OPN")
    assert used.edition == desk.today.isoformat()
    assert [item.id for item in used.every][4:6] == ["OPN06", "OPN05"]
    assert used.item("OPN06").off
    assert used.item("OPN23").text == "Fish tank covered"
    assert place.table.rows.words(1)[5] == used.edition


def _edition(desk: Desk) -> EditionPanel:
    panel = desk.page.stack.currentWidget()
    assert isinstance(panel, EditionPanel)
    return panel


def test_a_list_goes_out_as_a_spreadsheet_and_comes_back_changed(desk: Desk, tmp_path: Path):
    place = desk.page.show_place("lists")
    assert isinstance(place, ListsPlace)
    chosen = place.listed["CLS"].checklist
    place.export(chosen, tmp_path / "cls.xlsx")
    place.take(chosen, tmp_path / "cls.xlsx")
    desk.bot.waitUntil(lambda: isinstance(desk.page.stack.currentWidget(), EditionPanel), timeout=20_000)
    assert _edition(desk).checklist.sections == chosen.sections

    desk.page.pop()
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    place.take(chosen, bad)
    desk.bot.waitUntil(desk.page.banner.isVisible, timeout=20_000)
    assert "damaged" in desk.page.banner.text.text()


def test_the_clipboard_form_is_printed_from_the_page(desk: Desk):
    place = desk.page.show_place("lists")
    place.act()
    desk.bot.waitUntil(lambda: desk.page.header.title.text() == "Clipboard form")


def test_a_caregiver_cannot_open_a_day_that_is_not_safe(qtbot: QtBot, db: Database, boxes: Boxes):
    del boxes
    desk = Desk(qtbot, db)
    db.actor = type(db.actor)("Zhang Li", "caregiver")
    check = go_through(db, desk.space, desk.today, OPN04=UNLOCKED)
    desk.window.go("safety", check=check.id)
    desk.panel.decide()
    assert "Only the coordinator" in desk.page.banner.text.text()
    assert desk.state() is State.UNSAFE
