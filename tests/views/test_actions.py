"""Corrective actions by keyboard, in the real window on a real database, as two people with passwords of their own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.models.action import Action, Repeat, Source, Stage
from ccfs_desktop.models.check import Proof, Severity
from ccfs_desktop.services import action_evidence, action_findings, actions
from ccfs_desktop.vault import Vault
from ccfs_desktop.views.action_new import NewAction
from ccfs_desktop.views.action_record import ActionRecord
from ccfs_desktop.views.actions import ActionsPlace
from ccfs_desktop.views.incidents import IncidentsPage
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from tests.spaces import MONDAY, Space, fill
from tests.walks import UNLOCKED, go_through, picture

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PASSWORDS = {"Li Na": "seven-green-kangaroos", "Chen Wei": "eight-blue-elephants"}


class Desk:
    """Somebody at the office's PC, who presses keys where the focus is."""

    def __init__(self, bot: QtBot, db: Database, user: str, role: str = "officer") -> None:
        self.bot, self.db, self.user = bot, db, user
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(Context(db, user, role, factory="东莞制衣"))
        page = self.window.page("incidents")
        assert isinstance(page, IncidentsPage)
        self.page = page
        bot.waitUntil(self.window.isActiveWindow)
        self.window.go("incidents", place="actions")
        QApplication.processEvents()

    @property
    def place(self) -> ActionsPlace:
        place = self.page.show_place("actions")
        assert isinstance(place, ActionsPlace)
        return place

    @property
    def record(self) -> ActionRecord:
        top = self.page.stack.currentWidget()
        assert isinstance(top, ActionRecord)
        return top

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden, timeout=20_000)

    def type(self, text: str, *then: Qt.Key) -> None:
        self.bot.keyClicks(self.focus(), text)
        self.press(*then)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def write(self, field: str, text: str) -> None:
        """Go to a field of the action and type; leaving it stores it."""
        self.record.facts.form.rows[field].editor.setFocus()
        self.type(text, Key.Key_Tab)

    def button(self, words: str) -> QPushButton:
        found = (b for b in self.page.findChildren(QPushButton) if b.text() == words and b.isVisible())
        made = next(found, None)
        assert made, words
        return made

    def sign(self, words: str, password: str) -> None:
        """Write what was seen, and sign."""
        strip = self.record.sign
        self.bot.waitUntil(strip.isVisible)
        strip.fields["reason"].setFocus()
        if words:
            self.type(words)
        strip.fields["password"].setFocus()
        self.type(password, Key.Key_Return)

    def kept(self, action: Action) -> Action:
        with self.db.read() as session:
            return actions.get(session, action.id)


@pytest.fixture
def space(db: Database) -> Space:
    """An office with two users, each with a password."""
    assert db.folder
    vault, officer, _code = Vault.create(db.folder / "vault.json", "Li Na", PASSWORDS["Li Na"])
    vault.add_user(officer, "Chen Wei", "coordinator", PASSWORDS["Chen Wei"])
    vault.save()
    return fill(db, 1)


@pytest.fixture(autouse=True)
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def set_day(day: date) -> None:
        monkeypatch.setenv("CCFS_TODAY", f"{day}T17:00")

    set_day(MONDAY)
    return set_day


def test_a_finding_is_put_right_verified_by_somebody_else_and_found_to_work(
    qtbot: QtBot,
    db: Database,
    as_role: Callable[..., Database],
    space: Space,
    on: Callable[[date], None],
    tmp_path: Path,
) -> None:
    check = go_through(db, space, OPN04=UNLOCKED)
    with db.read() as session:
        action = action_findings.of_check(session, check.id)["OPN04"]
    li_na = Desk(qtbot, db, "Li Na")

    # Found in the check, opened from it.
    li_na.window.go("safety", check=check.id)
    panel = li_na.window.page("safety").panel  # type: ignore[attr-defined]
    panel.items.go("OPN04")
    link = next(b for b in panel.findChildren(QPushButton) if action.number in b.text())
    link.setFocus()
    li_na.press(Key.Key_Return)
    assert li_na.record.action_id == action.id

    # Put right: the cause is asked for before it can be done.
    li_na.write("correction", "New bolt")
    li_na.button("It is done …").setFocus()
    li_na.press(Key.Key_Return)
    assert "root cause" in li_na.page.banner.text.text()
    li_na.type("Nobody checks the bolt in the evening", Key.Key_Tab)
    assert li_na.focus().accessibleName().startswith("How it was before")  # Tab leaves a field of several lines
    li_na.write("owner", "Li Na")
    file = tmp_path / "bolt.jpg"
    file.write_bytes(picture())
    li_na.record.facts.after.take(file)
    qtbot.waitUntil(lambda: len(li_na.record.file.evidence) == 1)
    li_na.type("The new bolt")
    li_na.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Return)
    assert li_na.record.file.evidence[0].caption == "The new bolt"
    li_na.record.moves.onward()
    assert li_na.focus().accessibleName() == "Done by"
    li_na.press(Key.Key_Return)
    assert li_na.kept(action).stage is Stage.DONE

    # She cannot verify it herself, and no other name can be written over her own.
    li_na.button("Verify on the spot").setFocus()
    li_na.press(Key.Key_Return)
    li_na.sign("Bolt seen", PASSWORDS["Li Na"])
    assert li_na.record.sign.isVisible()
    li_na.record.sign.fields["name"].setFocus()
    li_na.type("Chen Wei")
    assert li_na.record.sign.fields["name"].text() == "Li Na"
    li_na.press(Key.Key_Escape)
    assert li_na.kept(action).stage is Stage.DONE
    li_na.window.close()

    # Somebody else signs in, and verifies it.
    chen = Desk(qtbot, as_role("coordinator", "Chen Wei"), "Chen Wei", "coordinator")
    chen.window.go("incidents", actions="verify")
    chen.place.table.setFocus()
    chen.press(Key.Key_Return)
    chen.button("Verify by papers").setFocus()
    chen.press(Key.Key_Return)
    chen.sign("Photo shows the new bolt", PASSWORDS["Chen Wei"])
    verified = chen.kept(action)
    assert (verified.stage, verified.verified_user, verified.verified_proof) == (
        Stage.VERIFIED, "Chen Wei", Proof.PASSWORD,
    )  # fmt: skip
    assert chen.record.facts.form.rows["correction"].editor.text.isReadOnly()  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        chen.button("It works")

    # Thirty days later Today reminds, and it is closed for good.
    on(MONDAY + timedelta(30))
    chen.window.go("today")
    chen.window.go("incidents", actions="check")
    chen.place.table.setFocus()
    chen.press(Key.Key_Return)
    chen.button("It works").setFocus()
    chen.press(Key.Key_Return)
    chen.sign("Shut on ten evenings", PASSWORDS["Chen Wei"])
    closed = chen.kept(action)
    assert (closed.stage, closed.frozen, closed.effective_user) == (Stage.CLOSED, True, "Chen Wei")
    with db.read() as session:
        assert action_evidence.of(session, action.id)[0].frozen
    assert verify(db).whole


def test_an_audit_finding_is_entered_by_hand_and_moved_on_the_board_by_keyboard(
    qtbot: QtBot, db: Database, space: Space
) -> None:
    assert space
    desk = Desk(qtbot, db, "Li Na")
    desk.place.act()
    form = desk.page.stack.currentWidget()
    assert isinstance(form, NewAction)
    form.form.rows["finding"].editor.setFocus()
    desk.type("Two extinguishers without a label")
    desk.press(Key.Key_Return, with_=CTRL)
    assert form.form.rows["severity"].problem.isVisible()
    form.form.rows["severity"].editor.show_value(Severity.MAJOR)
    desk.press(Key.Key_Return, with_=CTRL)
    action = desk.record.file.action
    assert (action.number, action.source, action.due) == ("CA-2017-001", Source.AUDIT, MONDAY + timedelta(1))
    desk.page.pop()

    if not desk.place.on_board:
        desk.place.turn()
    desk.place.setFocus()
    desk.press(Key.Key_Right, with_=CTRL)
    assert desk.kept(action).stage is Stage.IN_PROGRESS
    desk.press(Key.Key_Right, with_=CTRL)
    assert "correction" in desk.page.banner.text.text()
    desk.type("Labelled", Key.Key_Tab)
    desk.page.pop()
    desk.press(Key.Key_Left, with_=CTRL)
    assert desk.kept(action).stage is Stage.OPEN
    desk.place.turn()


def test_what_is_not_needed_takes_grounds_and_another_signature(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database], space: Space
) -> None:
    with db.begin("Begin", final=True) as session:
        action = actions.begin(
            session, space.season, source=Source.SURVEY, finding="The corridor is uneven", severity=Severity.MINOR,
            found_on=MONDAY, by="Li Na",
        )  # fmt: skip
    desk = Desk(qtbot, db, "Li Na")
    desk.window.go("incidents", action=action.id)
    next(a for a in desk.button("More").menu().actions() if a.text().startswith("No action")).trigger()
    desk.record.question._form.rows["grounds"].editor.setFocus()  # type: ignore[union-attr]  # noqa: SLF001
    desk.type("The corridor is taken down in August", Key.Key_Return)
    desk.record.question.confirm.click()
    assert "proposes to do nothing" in desk.record.moves.told.text()
    desk.window.close()

    chen = Desk(qtbot, as_role("coordinator", "Chen Wei"), "Chen Wei", "coordinator")
    chen.window.go("incidents", action=action.id)
    chen.button("Agree: no action").click()
    chen.sign("Seen", PASSWORDS["Chen Wei"])
    ended = chen.kept(action)
    assert (ended.stage, ended.repeat, ended.frozen) == (Stage.NO_ACTION, Repeat.NEW, True)


def test_an_auditor_reads_and_changes_nothing(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database], space: Space
) -> None:
    go_through(db, space, OPN04=UNLOCKED)
    desk = Desk(qtbot, as_role("auditor"), "Wang Fang", "auditor")
    desk.place.table.setFocus()
    desk.press(Key.Key_Return)
    assert [b.text() for b in desk.record.moves.buttons if b.isVisible()] == ["Print"]
    assert desk.record.facts.form.rows["owner"].editor.line.isReadOnly()  # type: ignore[attr-defined]
    desk.page.pop()
    desk.place.act()
    assert not isinstance(desk.page.stack.currentWidget(), NewAction)
