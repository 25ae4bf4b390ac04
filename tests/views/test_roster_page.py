"""A week planned by keyboard, by mouse and by draft, in the real window on a real database."""

import sys
import time as clocks
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.staff import StaffRole
from ccfs_desktop.services import roster_week, staff
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.roster_week import Severity
from ccfs_desktop.views import roster_block, roster_lanes
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import MainWindow
from ccfs_desktop.views.roster import RosterPlace
from ccfs_desktop.views.staff import StaffPage
from tests.rosters import ALL_DAY, EARLY, LATE, TUESDAY, Room, a_room
from tests.spaces import MONDAY
from tests.test_screens import outline

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The window with the roster of a week in July 2017, and what a person does with it."""

    def __init__(self, bot: QtBot, room: Room) -> None:
        self.bot, self.room, self.db = bot, room, room.db
        self.window = MainWindow()
        bot.addWidget(self.window)
        self.window.resize(1366, 740)
        self.window.enter(Context(self.db, "Li Na"))
        self.window.show()
        self.window.go("staff", place="roster", day=MONDAY)
        bot.waitUntil(self.place.isVisible)

    @property
    def page(self) -> StaffPage:
        page = self.window.page("staff")
        assert isinstance(page, StaffPage)
        return page

    @property
    def place(self) -> RosterPlace:
        place = self.page.place
        assert isinstance(place, RosterPlace)
        return place

    def focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def undo(self) -> None:
        """Take the last action back, as ``Ctrl+Z`` does: keys of the whole window need a window in front."""
        undo.undo_last(self.db)
        self.page.refresh()

    def at(self, staff_id: int, day: date = MONDAY) -> None:
        view = self.place.sheet.view
        view.go(self.place.sheet.model.place(staff_id, day))
        view.setFocus()

    def press(self, key: Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(self.focus(), key, with_)

    def type(self, *what: str | Key) -> None:
        for one in what:
            if isinstance(one, str):
                self.bot.keyClicks(self.focus(), one)
            else:
                self.press(one)

    def shifts(self) -> list[tuple[int, date, str]]:
        return self.room.shifts()

    def told(self) -> str:
        return self.page.banner.text.text() if self.page.banner.isVisible() else ""

    def point(self, staff_id: int, day: date, minute: int) -> QPoint:
        """Return where a minute of somebody's day lies in the grid."""
        sheet = self.place.sheet
        cell = sheet.view.visualRect(sheet.model.place(staff_id, day))
        left, width = roster_block.line_of(cell)
        return QPoint(sheet.model.axis.x(minute, left, width), cell.center().y())

    def drag(self, start: QPoint, end: QPoint) -> None:
        port = self.place.sheet.view.viewport()
        QTest.mousePress(port, LEFT, pos=start)
        QTest.mouseMove(port, start + QPoint(12, 0))
        QTest.mouseMove(port, end)
        QTest.mouseRelease(port, LEFT, pos=end)


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Callable[..., Desk]:
    def made(*names: str, heads: int = 1) -> Desk:
        room = a_room(db)
        for number, name in enumerate(names or ("Li Na", "Wang Fang")):
            room.person(name, StaffRole.HEAD_TEACHER if number < heads else StaffRole.TEACHER)
        return Desk(qtbot, room)

    return made


def people(d: Desk) -> list[int]:
    week = d.place.week
    assert week
    return [line.staff_id for line in week.lines]


def test_a_day_is_planned_by_keyboard_alone(desk: Callable[..., Desk]):
    d = desk()
    li, wang = people(d)
    d.at(li)
    d.type("730-1530", Key.Key_Return)
    d.type(Key.Key_Down, "9-17", Key.Key_Return)
    assert d.shifts() == [(li, MONDAY, "07:30-15:30"), (wang, MONDAY, "09:00-17:00")]

    d.type("-1730", Key.Key_Return)
    d.press(Key.Key_Left, SHIFT)
    assert d.shifts()[1] == (wang, MONDAY, "08:45-17:15")
    d.press(Key.Key_Right, CTRL)
    assert d.shifts()[1] == (wang, MONDAY, "08:45-17:30")

    d.press(Key.Key_C, CTRL)
    d.press(Key.Key_Right)
    d.press(Key.Key_V, CTRL)
    d.press(Key.Key_Right)
    d.press(Key.Key_D, CTRL)
    assert [s for s in d.shifts() if s[0] == wang and s[1] > MONDAY] == [
        (wang, TUESDAY, "08:45-17:30"), (wang, TUESDAY + timedelta(days=1), "08:45-17:30"),
    ]  # fmt: skip
    d.press(Key.Key_Delete)
    assert len(d.shifts()) == 3


def test_what_cannot_be_is_refused_in_words_and_the_shift_stays(desk: Callable[..., Desk]):
    d = desk()
    li, wang = people(d)
    d.room.put(li, EARLY)
    d.room.put(wang, LATE)
    d.place.refresh()
    d.at(li)
    d.press(Key.Key_C, CTRL)
    d.press(Key.Key_V, CTRL)
    assert "Li Na is already on the roster" in d.told()
    assert len(d.shifts()) == 2

    d.room.absent(wang, TUESDAY)
    d.place.refresh()
    d.drag(d.point(wang, MONDAY, 700), d.point(wang, TUESDAY, 700))
    assert "sick" in d.told()
    assert d.shifts()[1] == (wang, MONDAY, "09:30-17:30")


def test_a_shift_is_dragged_to_another_time_person_and_day_and_taken_back(desk: Callable[..., Desk]):
    d = desk()
    li, wang = people(d)
    d.room.put(li, EARLY)
    d.place.refresh()
    d.drag(d.point(li, MONDAY, 600), d.point(wang, TUESDAY, 660))
    assert d.shifts() == [(wang, TUESDAY, "08:30-16:30")]
    d.drag(d.point(wang, TUESDAY, 16 * 60 + 30) - QPoint(2, 0), d.point(wang, TUESDAY, 17 * 60))
    assert d.shifts() == [(wang, TUESDAY, "08:30-17:00")]
    d.drag(d.point(li, MONDAY, 480), d.point(li, MONDAY, 720))
    assert (li, MONDAY, "08:00-12:00") in d.shifts()
    for _ in range(3):
        d.undo()
    assert d.shifts() == [(li, MONDAY, "07:30-15:30")]


def test_the_editor_takes_breaks_and_says_what_is_wrong_with_them(desk: Callable[..., Desk]):
    d = desk()
    li, _wang = people(d)
    d.at(li)
    d.press(Key.Key_Return)
    editor = d.place.sheet.editor
    assert editor.isVisible()
    assert d.focus() is editor.begins
    editor.begins.setText("800")
    editor.ends.setText("16")
    editor.add_part(PartKind.BREAK, Span(1000, 1030))
    d.press(Key.Key_Return)
    assert editor.isVisible()
    assert "within the shift" in editor.problem.text()
    editor.lines[0].fill(Span(720, 750), None)
    d.press(Key.Key_Return)
    assert not editor.isVisible()
    assert d.shifts() == [(li, MONDAY, "08:00-16:00")]
    d.press(Key.Key_Return)
    d.press(Key.Key_Escape)
    assert not editor.isVisible()
    assert d.place.isVisible()


class Gaps:
    """Measures for how long the window did not answer."""

    def __init__(self) -> None:
        self.worst, self.ticks = 0.0, 0
        self._last = clocks.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = clocks.perf_counter()
        self.worst, self._last, self.ticks = max(self.worst, now - self._last), now, self.ticks + 1

    def stop(self) -> float:
        """Return the longest gap in milliseconds."""
        self._timer.stop()
        return self.worst * 1000


def test_the_window_answers_while_fifty_people_are_drafted_for_four_weeks(
    qtbot: QtBot, db: Database, capsys: pytest.CaptureFixture[str]
):
    room = a_room(db, 180)
    for number in range(50):
        room.person(f"Person {number + 1}", StaffRole.HEAD_TEACHER if number % 10 == 0 else StaffRole.TEACHER)
    d = Desk(qtbot, room)
    d.place.trial.limit_s = 6
    qtbot.wait(500)
    gaps = Gaps()
    d.place.draft_four()
    qtbot.waitUntil(lambda: d.place.trial.week is not None, timeout=60_000)
    d.place.sheet.view.viewport().update()
    d.press(Key.Key_Down)
    qtbot.wait(1500)
    begun = clocks.perf_counter()
    d.place.trial.bar.stop.click()
    qtbot.waitUntil(d.place.trial.bar.keep.isVisible, timeout=60_000)
    stopped = clocks.perf_counter() - begun
    worst = gaps.stop()
    with capsys.disabled():
        sys.stdout.write(f"\nlongest event-loop gap {worst:.0f} ms; stopping took {stopped:.2f} s\n")
    assert gaps.ticks > 50, "a window that waits for the draft ticks a few times only; the gap itself a machine decides"
    assert d.place.trial.drafted
    assert len(d.place.trial.drafted.draft.shifts) > 500


def test_a_week_is_drafted_looked_at_kept_and_taken_back(desk: Callable[..., Desk]):
    d = desk("Li Na", "Wang Fang", "Zhang Wei", "Chen Jie", heads=2)
    li, *_others = people(d)
    d.room.put(li, EARLY, pinned=True)
    d.place.refresh()
    assert d.page.primary_button.text() == "Draft the week"
    d.page.primary_button.click()
    bar = d.place.trial.bar
    d.bot.waitUntil(bar.keep.isVisible, timeout=60_000)
    assert bar.sentence.text().startswith("Every quarter hour is covered")
    assert d.shifts() == [(li, MONDAY, "07:30-15:30")]
    assert d.place.sheet.view.locked
    bar.keep.click()
    d.bot.waitUntil(lambda: len(d.shifts()) > 8, timeout=10_000)
    d.bot.waitUntil(lambda: not d.place.sheet.view.locked)
    assert (li, MONDAY, "07:30-15:30") in d.shifts()
    assert d.place.week
    assert not any(w.severity is Severity.BREACH for w in d.place.week.warnings)
    d.undo()
    assert d.shifts() == [(li, MONDAY, "07:30-15:30")]


def test_a_draft_that_cannot_be_says_what_is_in_the_way_and_offers_what_helps(desk: Callable[..., Desk]):
    d = desk("Li Na", "Wang Fang", "Zhang Wei")
    li, _wang, zhang = people(d)
    with d.db.begin("Less work") as session:
        staff.change(session, li, day_minutes=480)
        staff.change(session, zhang, weekdays="12345", day_minutes=60)
    d.place.refresh()
    d.page.act()
    bar, panel = d.place.trial.bar, d.place.sheet.causes
    d.bot.waitUntil(bar.keep.isVisible, timeout=90_000)
    assert "cannot be covered" in bar.sentence.text()
    assert panel.isVisible()
    assert panel.list.count() > 0
    bar.discard.click()
    assert not d.shifts()
    assert not bar.isVisible()
    assert not d.place.sheet.view.locked


def test_a_breach_is_published_with_a_name_and_a_reason(desk: Callable[..., Desk]):
    d = desk()
    li, _wang = people(d)
    d.room.put(li, EARLY)
    d.place.refresh()
    d.place.bar.publish.click()
    ask = d.place.ask
    assert ask.isVisible()
    assert d.place.sheet.warnings.list.count() > 0
    d.type(Key.Key_Return)
    assert ask.isVisible(), "without a reason it is asked again"
    d.type("The parents know", Key.Key_Return)
    with d.db.read() as session:
        week = roster_week.read(session, d.room.season, MONDAY)
    assert week.published
    assert week.published.reason == "The parents know"
    assert week.published.approved_by == "Li Na"
    assert "published" in d.told()
    d.at(li)
    d.press(Key.Key_Right, SHIFT)
    assert "1 change since" in d.place.bar.state.whole


def test_somebody_is_sick_and_the_best_cover_is_one_key_away(desk: Callable[..., Desk]):
    d = desk("Li Na", "Wang Fang", "Zhang Wei")
    li, wang, zhang = people(d)
    d.room.put(li, ALL_DAY)
    d.room.put(wang, EARLY)
    d.place.refresh()
    d.window.go("staff", place="roster", day=MONDAY, staff=wang, sick=True)
    assert d.place.ask.isVisible()
    d.press(Key.Key_Return)
    panel = d.place.sheet.sick
    d.bot.waitUntil(panel.isVisible, timeout=10_000)
    assert "Zhang Wei" in panel.list.item(0).text()
    assert panel.options[0].short_minutes < panel.options[-1].short_minutes
    assert "stay short" in panel.list.item(panel.list.count() - 1).text()
    d.press(Key.Key_Return)
    assert {s[0] for s in d.shifts()} == {li, zhang}


def test_the_strip_says_why_it_is_short_to_those_who_use_the_keys(desk: Callable[..., Desk]):
    d = desk()
    li, wang = people(d)
    d.room.put(li, ALL_DAY)
    d.room.put(wang, EARLY, parts=[(PartKind.BREAK, Span(720, 750), None)])
    d.place.refresh()
    strip = d.place.sheet.strip
    strip.setFocus()
    assert "12:00–12:15" in strip.accessibleDescription()
    assert "6 children need 2 adults; 1 count. Wang Fang: on a break." in strip.accessibleDescription()
    d.press(Key.Key_Right, CTRL)
    d.press(Key.Key_Right, CTRL)
    assert "15:30–15:45" in strip.accessibleDescription()
    d.press(Key.Key_Escape)
    assert d.focus() is d.place.sheet.view


def test_the_counter_filters_warnings_and_grid(desk: Callable[..., Desk]):
    d = desk()
    li, _wang = people(d)
    d.room.put(li, EARLY)
    d.place.refresh()
    counter = d.place.bar.counters[Severity.BREACH]
    assert counter.isVisible()
    assert "breach" in counter.text()
    counter.click()
    panel = d.place.sheet.warnings
    assert panel.isVisible()
    assert panel.list.count() == int(counter.property("count"))
    panel.list.setCurrentRow(panel.list.count() - 1)
    assert d.place.sheet.strip.at is not None
    d.press(Key.Key_Escape)
    assert not panel.isVisible()
    assert not counter.isChecked()


def test_empty_weeks_say_why_and_lead_on(desk: Callable[..., Desk]):
    d = desk()
    assert d.place.hint.isVisible()
    d.window.go("staff", place="roster", day=date(2017, 9, 20))
    assert "outside the season" in outline(d.place)
    d.bot.mouseClick(next(b for b in d.place.findChildren(QPushButton) if b.text().startswith("Go to")), LEFT)
    assert d.place.sheet.isVisible()


def test_without_staff_the_list_is_asked_for(qtbot: QtBot, db: Database):
    d = Desk(qtbot, a_room(db))
    assert "Nobody is on the staff list yet." in outline(d.place)


def test_a_day_by_group_shows_who_is_there_and_opens_a_shift(desk: Callable[..., Desk]):
    d = desk()
    li, wang = people(d)
    d.room.put(li, ALL_DAY)
    d.room.put(wang, EARLY, parts=[(PartKind.COVER, Span(600, 660), d.room.juniors)])
    d.place.refresh()
    d.window.go("staff", place="roster", day=MONDAY, view="group")
    rooms = roster_lanes.rooms(d.place.week, MONDAY)  # type: ignore[arg-type]
    assert [len(r.lanes) for r in rooms[:2]] == [2, 1]
    assert d.focus() is d.place.sheet.rooms.chart
    d.press(Key.Key_Down)
    d.press(Key.Key_Return)
    assert d.place.sheet.editor.isVisible()
    assert "Wang Fang" in d.place.sheet.editor.heading.text()
