"""The window and what it is made of, through real widgets."""

import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import i18n
from ccfs_desktop.db import Actor
from ccfs_desktop.errors import UserError
from ccfs_desktop.views.kit import crash, theme, tones, work
from ccfs_desktop.views.kit.context import Context, Found
from ccfs_desktop.views.kit.finder import Finder
from ccfs_desktop.views.kit.guide import Guide
from ccfs_desktop.views.kit.page import Page
from ccfs_desktop.views.main_window import MainWindow, Screen
from tests.boxes import Boxes

CTRL = Qt.KeyboardModifier.ControlModifier


class OnePage(Page):
    """A page that counts what happens to it."""

    primary = "Do it"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.refreshed = self.acted = self.papers = 0
        self.target: dict[str, Any] = {}
        self.field = QLineEdit()
        self.body.addWidget(self.field)

    def refresh(self) -> None:
        self.refreshed += 1

    def act(self) -> None:
        self.acted += 1

    def open(self, **target: Any) -> None:
        self.target = target

    def printed(self) -> None:
        self.papers += 1


class Office:
    """Stands for the database where a page's own transaction is not what is tested; a caregiver is working."""

    actor = Actor("Li Na", "caregiver")

    def begin(self, _action: str, *, final: bool) -> nullcontext[None]:
        assert not final
        return nullcontext()


SCREENS = tuple(
    Screen(name, name.title(), "sun", f"{__name__}:OnePage", rights)
    for name, rights in (("one", ()), ("two", ("files",)))
)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(SCREENS)
    qtbot.addWidget(window)
    window.enter(_context())
    with qtbot.waitActive(window):
        window.show()
    return window


def _context(**more: Any) -> Context:
    return Context(cast(Any, Office()), "Li Na", factory="Sunrise", season="Summer 2017", **more)


def shown(window: MainWindow) -> OnePage:
    page = window.stack.currentWidget()
    assert isinstance(page, OnePage)
    return page


def test_a_page_is_built_when_it_is_first_shown_and_refreshed_each_time(window: MainWindow, qtbot: QtBot) -> None:
    one = shown(window)
    assert (one.header.title.text(), one.refreshed) == ("One", 1)
    assert window.stack.count() == 1
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    assert shown(window) is one
    assert one.refreshed == 2
    window.go("one", child=7)
    assert one.target == {"child": 7}


def test_a_role_that_may_not_see_a_page_is_told_so(window: MainWindow) -> None:
    window.go("two")
    page = shown(window)
    assert page.refreshed == 0
    assert "Your role does not include this page" in words(page)


def test_the_keys_work_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert page.papers == 1
    undone: list[str] = []
    assert window.context
    window.context.undo = lambda: undone.append("x") or "Undone: Sign in a child."
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert undone == ["x"]
    assert window.status.message.whole == "Undone: Sign in a child."
    assert window.status.state.text().startswith("All changes saved ")


def test_locking_leaves_nothing_of_the_office_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    left: list[str] = []
    page = shown(window)
    page.field.editingFinished.connect(lambda: left.append("saved"))
    page.field.setFocus()
    qtbot.keyClicks(page.field, "half a na")
    assert window.context
    window.context.close = lambda: left.append("closed")
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    assert left == ["saved", "closed"]
    qtbot.waitUntil(lambda: not window.findChildren(Page))
    assert words(window) == ""
    window.cover(QLabel("Who works now?"))
    window.enter(_context())
    assert shown(window).refreshed == 1


def test_what_the_user_can_put_right_is_told_above_the_content(window: MainWindow, boxes: Boxes) -> None:
    page = shown(window)
    with page.saving("Sign in a child"):
        raise UserError("Aye is already signed in.")
    assert page.banner.isVisible()
    assert page.banner.text.text() == "Aye is already signed in."
    assert page.refreshed == 1
    with page.saving("Sign in a child"):
        pass
    assert not page.banner.isVisible()
    assert page.refreshed == 2
    assert boxes.texts == []


def test_a_record_lies_over_its_list_until_escape(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window)
    record = QLineEdit()
    page.push("Aye", record)
    assert page.header.title.text() == "Aye"
    assert not page.header.side.isVisible()
    qtbot.keyClick(record, Qt.Key.Key_Escape)
    assert page.header.title.text() == "One"
    assert page.refreshed == 2


def test_an_empty_list_says_why_and_what_to_do(window: MainWindow) -> None:
    page = shown(window)
    page.show_empty("baby", "No child is enrolled yet.", "Import the list", page.act)
    assert not page.field.isVisible()
    page.findChildren(type(page.primary_button))[-1].click()
    assert page.acted == 1
    page.show_content()
    assert page.field.isVisible()


# ------------------------------------------------------------------------------------------------------------- work
def test_long_work_shows_progress_and_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    page, begun, go_on = shown(window), threading.Event(), threading.Event()

    def task(job: work.Job) -> str:
        job(1, 4)
        begun.set()
        go_on.wait(5)
        job(2, 4)
        return "never"

    page.work("Importing …", task)
    assert page.strip.isVisible()
    qtbot.waitUntil(lambda: page.strip.bar.value() == 1)
    page.strip.stopped.emit()
    go_on.set()
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    assert window.status.message.whole == "Stopped. Nothing was changed."


def test_work_answers_in_the_windows_thread_and_language(qtbot: QtBot) -> None:
    answers: list[tuple[str, bool]] = []
    i18n.set_language("zh_CN")
    main = threading.current_thread()
    work.start(lambda _job: i18n.language(), lambda code: answers.append((code, threading.current_thread() is main)))
    qtbot.waitUntil(lambda: answers == [("zh_CN", True)])


def test_a_user_error_goes_to_failed_and_a_bug_to_the_excepthook(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))

    def refuse(_job: work.Job) -> None:
        raise UserError("The file is open in Excel.")

    def break_down(_job: work.Job) -> None:
        raise ZeroDivisionError

    work.start(refuse, failed=told.append)
    work.start(break_down, failed=told.append)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [type(error) for error in told] == [UserError, ZeroDivisionError]


# ------------------------------------------------------------------------------------------------------------- finder
def test_ctrl_k_finds_pages_actions_and_people(window: MainWindow, qtbot: QtBot) -> None:
    opened: list[str] = []

    def find(text: str) -> Sequence[Found]:
        return [Found("李小明", lambda: opened.append("child"), "C014")] if text == "lxm" else []

    assert window.context
    window.context.find = find
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    finder = window.findChild(Finder)
    assert isinstance(finder, Finder)
    qtbot.keyClicks(finder.box, "do it")
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert shown(window).acted == 1

    window.seek()
    finder = window.findChildren(Finder)[-1]
    qtbot.keyClicks(finder.box, "lxm")
    qtbot.waitUntil(lambda: finder.list.topLevelItemCount() == 1)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert opened == ["child"]


# ------------------------------------------------------------------------------------------------------------- look
def test_markup_in_names_is_shown_as_it_is_typed(qtbot: QtBot) -> None:
    holder = QMessageBox()
    qtbot.addWidget(holder)
    holder.setText('<b>Li</b> <img src="file:///x.png">')
    holder.setInformativeText("<i>x</i>")
    label = QLabel("<u>Li</u>")
    qtbot.addWidget(label)
    for widget in (holder, label):
        widget.ensurePolished()
    labels = [label, *holder.findChildren(QLabel)]
    for found in labels:
        found.ensurePolished()
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("colours", [tones.LIGHT, tones.DARK], ids=["light", "dark"])
def test_all_words_can_be_read(colours: tones.Tones) -> None:
    pairs = [
        (word, ground)
        for word in ("text", "quiet", "accent_strong", "danger", "warning")
        for ground in ("window", "surface")
    ]
    pairs += [("text", ground) for ground in ("hover", "selection", "accent_soft", "warning_soft", "danger_soft")]
    pairs += [(f"{tone}", f"{tone}_soft") for tone in ("warning", "danger")]
    pairs += [("on_accent", "accent"), ("accent_strong", "accent_soft"), ("quiet", "hover"), ("quiet", "selection")]
    weak = {
        pair: round(tones.contrast(getattr(colours, pair[0]), getattr(colours, pair[1])), 2)
        for pair in pairs
        if tones.contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 4.5
    }
    assert not weak
    assert tones.contrast(colours.edge, colours.surface) >= 3


def test_dark_and_light_change_while_running(qapp: QApplication, window: MainWindow) -> None:
    light = window.grab().toImage().pixelColor(2, 400).lightness()
    theme.apply(qapp, "dark")
    try:
        dark = window.grab().toImage().pixelColor(2, 400).lightness()
    finally:
        theme.apply(qapp, "light")
    assert light > 200
    assert dark < 60


def test_the_window_starts_without_the_heavy_libraries() -> None:
    """Source: performance.md, goals 1 and 3."""
    heavy = {"sqlalchemy", "alembic", "reportlab", "pypdfium2", "PIL", "pypinyin", "babel"}
    program = "import sys, ccfs_desktop.views.main_window, ccfs_desktop.views.kit.theme; print(*sys.modules)"
    asked = [sys.executable, "-c", program]
    loaded = subprocess.run(asked, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own words)
    assert not heavy & set(loaded.split())


# ------------------------------------------------------------------------------------------------------------- crash
def test_the_details_of_a_crash_hold_no_data() -> None:
    name = "李小明"
    with pytest.raises(KeyError) as caught:
        {}[name]
    text = crash.details(caught.value)
    assert "KeyError" in text
    assert "test_the_details_of_a_crash_hold_no_data" in text
    assert name not in text
    assert str(Path(__file__).parent) not in text


def test_tab_goes_past_what_leads_to_something_hidden(window: MainWindow, qtbot: QtBot) -> None:
    page = shown(window)
    first, empty, table, last = QLineEdit(), QWidget(), QLineEdit(), QLineEdit()
    empty.setFocusProxy(table)
    for widget in (first, empty, table, last):
        page.body.addWidget(widget)
    table.hide()
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert last.hasFocus()
    qtbot.keyClick(last, Qt.Key.Key_Backtab)
    assert first.hasFocus()


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_crash_is_told_once_and_written_to_the_log(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash.install(log.append, lambda: window)
    for _time in range(2):
        work.start(lambda _job: 1 / 0)
    qtbot.waitUntil(lambda: len(log) == 2)
    (dialog,) = window.findChildren(crash.CrashDialog)
    dialog.copy()
    assert QApplication.clipboard().text() == log[0]
    assert "ZeroDivisionError" in log[0]
    dialog.accept()


def test_f1_opens_the_pages_chapter_of_the_guide(window: MainWindow, qtbot: QtBot) -> None:
    shown(window).__class__.help = "today.md"
    try:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    finally:
        shown(window).__class__.help = ""
    (guide,) = window.findChildren(Guide)
    assert guide.text.toPlainText().startswith("Today")
    guide.close()
