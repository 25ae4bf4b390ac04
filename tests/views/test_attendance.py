"""A day by keyboard alone, in the real window on a real database."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.models.check import Said
from ccfs_desktop.models.child import PickupAdult
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.log import HealthDecision, HealthNote
from ccfs_desktop.models.sheet import SheetStatus
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.reports import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import attendance, badges, checks, closing, health, register, sheets
from ccfs_desktop.services.register import Row, State
from ccfs_desktop.views.attendance import AttendancePage
from ccfs_desktop.views.attendance_evacuation import EvacuationPanel
from ccfs_desktop.views.attendance_month import MonthPanel
from ccfs_desktop.views.closing import ClosingPanel
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.register_model import Part, state_of
from ccfs_desktop.views.sheets import SheetsPanel
from tests.spaces import MONDAY, Space, a_child, fill
from tests.walks import UNLOCKED, go_through

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """The officer: presses keys where the focus is, and counts them."""

    def __init__(self, bot: QtBot, db: Database, space: Space, day: date = MONDAY) -> None:
        self.bot, self.db, self.space, self.day, self.strokes = bot, db, space, day, 0
        self.window = MainWindow(PAGES[1:2])
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(Context(db=db, user="Li Na", factory="东莞制衣", season="Summer 2017"))
        page = self.window.page("attendance")
        assert isinstance(page, AttendancePage)
        self.page = page
        self.view = page.register.view
        self.view.pause = 0
        page.open(day=day)
        bot.waitUntil(self.view.hasFocus)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.view

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            self.strokes += 1
            QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden)

    def type(self, text: str, *then: Qt.Key) -> None:
        """Type letter by letter; a ticked time is complete at the next turn of the window's loop."""
        for letter in text:
            self.letter(letter)
            self.strokes += 1
            QApplication.processEvents()
        self.press(*then)

    def letter(self, letter: str) -> None:
        """Send one letter as a keyboard or an input method does; QTest itself knows only Latin ones."""
        if letter.isascii():
            self.bot.keyClicks(self.focus(), letter)
        else:
            QApplication.sendEvent(self.focus(), QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier(0), letter))

    def at(self, child: int, part: Part = Part.IN) -> None:
        self.view.go(self.page.register.model.line_of(self.space.children[child].id), part)

    def row(self, child: int = 0) -> Row:
        with self.db.read() as session:
            found = register.row(session, self.space.season, self.day, self.space.children[child].id)
        assert found
        return found

    def times(self, child: int = 0) -> list[tuple[time | None, time | None]]:
        return [(v.arrived, v.departed) for v in self.row(child).visits]

    def told(self) -> str:
        return self.page.banner.text.text() if self.page.banner.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Callable[..., Desk]:
    def made(children: int = 5, groups: int = 1) -> Desk:
        return Desk(qtbot, db, fill(db, children, groups=groups))

    return made


@pytest.fixture
def today(qtbot: QtBot, db: Database) -> Desk:
    return Desk(qtbot, db, fill(db, 3, today=True), clock.today())


def test_times_are_typed_down_the_column_and_saved_at_once(desk: Callable[..., Desk]):
    d = desk()
    d.type("745", Key.Key_Return)
    d.press(Key.Key_Plus)
    d.type("8:10", Key.Key_Down)
    d.type("?", Key.Key_Return)

    assert [d.times(n) for n in range(5)] == [
        [(time(7, 45), None)], [(time(7, 45), None)], [(time(8, 10), None)], [(None, None)], [],
    ]  # fmt: skip
    assert d.row().visits[0].entered_late
    d.type("25", Key.Key_Return)
    assert "no time of day" in d.told()


def test_a_half_typed_time_is_saved_when_the_cell_is_left(desk: Callable[..., Desk]):
    d = desk()
    d.type("745")
    d.at(3)
    assert d.times() == [(time(7, 45), None)]
    d.type("75", Key.Key_Backspace, Key.Key_Escape)
    assert d.times(3) == []
    assert d.page.isVisible()


def test_lunch_with_the_parents_is_typed_as_in_again(desk: Callable[..., Desk]):
    d = desk()
    d.type("8", Key.Key_Return)
    d.at(0)
    d.type("1145", Key.Key_O)
    d.type("1230", Key.Key_I)
    assert d.times() == [(time(8), time(11, 45)), (time(12, 30), None)]
    assert d.page.register.model.text(d.page.register.rows[0], Part.EARLIER) == "08:00–11:45"
    d.press(Key.Key_Delete)
    assert d.times() == [(time(8), time(11, 45))]


def test_times_from_a_spreadsheet_are_pasted_as_one_action_or_not_at_all(desk: Callable[..., Desk]):
    d = desk()
    board = QGuiApplication.clipboard()
    board.setText("7:45\t17:30\n\n8:00\t17.15\n")
    d.press(Key.Key_V, with_=CTRL)
    assert [d.times(n) for n in range(3)] == [[(time(7, 45), time(17, 30))], [], [(time(8), time(17, 15))]]
    board.setText("7:50\nsoon\n")
    d.at(3)
    d.press(Key.Key_V, with_=CTRL)
    assert "陈小明: “soon” is no time of day" in d.told()
    assert d.times(3) == []


def test_filters_count_and_the_group_narrows(desk: Callable[..., Desk]):
    d = desk(6, 3)
    d.type("745", Key.Key_Return)
    d.press(Key.Key_A, Key.Key_F)
    chips = d.page.register.filters
    texts = [chip.text() for chip in chips.findChildren(QWidget) if chip.property("kind") == "chip"]  # type: ignore[attr-defined]
    assert texts == ["All  6", "Not yet here  4", "Here  1", "Left  0", "Absent  1", "Problems  5"]
    chips.choose("absent")
    assert [row.name for row in d.page.register.model.rows()] == [d.space.children[1].name]
    assert d.view.hasFocus()


def test_a_closed_day_says_why_and_leads_to_the_next_open_one(desk: Callable[..., Desk], qtbot: QtBot):
    d = desk()
    d.page.show_day(date(2017, 7, 15))
    label = next(w for w in d.page.findChildren(QWidget) if w.property("part") == "empty" and w.isVisible())
    assert label.text() == "The space is closed on this weekday."  # type: ignore[attr-defined]
    qtbot.keyClick(d.window, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert d.page.day == date(2017, 7, 17)


def test_typing_from_a_sheet_keeps_its_order_and_its_number(desk: Callable[..., Desk]):
    d = desk(4)
    issue.sign_in_sheets(d.db, Order(MONDAY, layout=SheetLayout.SCAN_READY))
    with d.db.begin("Enrol a child") as session:
        sheet = sheets.of_season(session, d.space.season, MONDAY)[0]
        d.space.children.append(a_child(session, d.space.season, 8))
    d.press(Key.Key_S, with_=CTRL)
    d.type(sheet.code.lower(), Key.Key_Return)
    d.type("73")
    d.press(Key.Key_Return)  # a habit; it does not skip a child
    d.type("80")

    with d.db.read() as session:
        assert sheets.account(session, d.space.season, MONDAY) == sheets.Account(1, 1, 0, 0, 0)
    assert [d.times(n) for n in (0, 1)] == [[(time(7, 45), None)], [(time(8), None)]]
    assert (d.row().visits[0].sheet_code, d.row().visits[0].entered_late) == (sheet.code, True)
    d.press(Key.Key_I, with_=CTRL | SHIFT)  # all as expected – on this sheet
    d.type("81", Key.Key_Return)
    assert [d.row(n).state for n in (2, 3, 4)] == [State.HERE, State.HERE, State.EXPECTED]
    assert "Not on this sheet" in d.page.register.model.lines


def test_a_day_that_is_not_safe_to_open_says_so_above_the_register(desk: Callable[..., Desk]):
    one = desk()
    check = go_through(one.db, one.space, sign=False, OPN04=UNLOCKED)
    one.page.refresh()
    assert one.page.banner.isVisible()
    assert one.page.banner.text.text().startswith("Not safe to open")
    with one.db.begin("Put right") as session:
        checks.answer(session, check.id, "OPN04", said=Said.YES)
    one.page.refresh()
    assert not one.page.banner.isVisible()


def test_a_child_who_is_sent_home_is_here_to_be_collected(desk: Callable[..., Desk]):
    one = desk()
    child = one.space.children[0]
    with one.db.begin("Ill") as session:
        attendance.sign_in(session, one.space.season, child.id, MONDAY, at=time(8), brought_by="妈妈")
        note = HealthNote(
            season_id=one.space.season.id, child_id=child.id, day=MONDAY, noticed=time(9), signs="fever",
            temperature="38.6", decision=HealthDecision.SENT_HOME, decided_by="Li Na",
        )  # fmt: skip
        health.save(session, one.space.season, note)
    one.page.refresh()
    row = next(row for row in one.page.register.rows if row.child_id == child.id)
    assert row.state is State.HERE
    assert state_of(row) == ("Ill, to be collected", "heart-pulse", "danger")


def test_a_badge_is_scanned_wherever_the_cursor_is(today: Desk):
    d = today
    code = badges.badge_code(d.space.season.id, d.space.children[2].id)
    d.view.ticked = True  # a scanner is faster than the pause after a ticked time
    d.view.pause = 60
    d.bot.keyClicks(d.view, code)
    d.press(Key.Key_Return)
    assert d.row(2).state is State.HERE
    assert d.row(0).state is State.EXPECTED
    assert d.page.register.scan.isVisible()
    assert d.page.register.scan.sentence.text().startswith("张小明 is here")

    d.bot.keyClicks(d.view, code)
    d.press(Key.Key_Return)  # a slip of the hand is no departure
    assert d.row(2).state is State.HERE
    assert "second scan changed nothing" in d.told()

    card = badges.code(badges.Badge(badges.Kind.GUARDIAN, d.space.season.id, 3))
    d.press(Key.Key_F, with_=CTRL)
    for digit in card.translate({ord(n): ord(n) + 0xFEE0 for n in "0123456789"}):
        d.letter(digit)  # full width, as under a Chinese input method
    d.press(Key.Key_Return)
    assert d.row(2).state is State.LEFT
    assert d.row(2).visits[0].collected_by == "杨秀英"


def test_at_the_door_one_key_signs_in_and_another_out(today: Desk):
    d = today
    d.press(Key.Key_I)
    assert d.row().state is State.HERE
    assert not d.row().visits[0].entered_late
    d.press(Key.Key_O)
    assert d.row().state is State.LEFT


def test_a_day_of_twenty_children_with_every_exception_by_keyboard_alone(desk: Callable[..., Desk]):
    d = desk(19)
    with d.db.begin("Prepare") as session:
        d.space.children.append(a_child(session, d.space.season, 19))
        session.add(PickupAdult(child_id=d.space.children[3].id, name="张三", forbidden=True))
    d.page.refresh()

    d.press(Key.Key_I, with_=CTRL | SHIFT)  # all as expected, at the time most of them came
    d.type("745", Key.Key_Return)
    assert [d.row(n).state for n in (0, 18, 19)] == [State.HERE, State.HERE, State.EXPECTED]
    d.at(1)
    d.press(Key.Key_Delete, Key.Key_A, Key.Key_S)  # sick
    d.press(Key.Key_Delete, Key.Key_A, Key.Key_U)  # absent, nobody said why
    d.type("815", Key.Key_Return)  # came later
    d.at(5)
    d.type("?", Key.Key_Return)  # signed, without a time
    d.at(6)
    d.press(Key.Key_U)  # nobody signed
    d.at(7)
    d.type("1145", Key.Key_O)  # lunch with the parents
    d.type("1230", Key.Key_I)
    d.at(19)
    d.type("8", Key.Key_Return)  # papers are missing: a name and a reason
    assert isinstance(d.focus(), QLineEdit)
    d.type("Papers come tomorrow", Key.Key_Return)
    assert d.row(19).visits[0].override_reason == "Papers come tomorrow (Li Na)"

    d.at(3, Part.COLLECTED)
    d.press(Key.Key_F2)
    d.type("张三", Key.Key_Return)  # must not collect
    assert "张三 must not collect 刘小明" in d.told()
    d.view.setFocus()
    d.at(3, Part.COLLECTED)
    d.press(Key.Key_1)  # the first on the pick-up list
    assert d.row(3).visits[0].collected_by == "赵秀英"
    d.at(4, Part.COLLECTED)
    d.press(Key.Key_F2)
    d.type("吴叔", Key.Key_Return)  # not on the list
    d.type("The father called", Key.Key_Return)
    assert d.row(4).visits[0].collected_by == "吴叔"

    d.press(Key.Key_O, with_=CTRL | SHIFT)
    d.type("1730", Key.Key_Return)
    d.at(8)
    d.type("?", Key.Key_O)
    d.at(9, Part.OUT)
    d.type("1815", Key.Key_Return)  # collected late
    close_the_day(d)

    with d.db.read() as session:
        done = closing.closed(session, d.space.season, MONDAY)
    assert done
    assert (done.expected, done.present, done.absent_excused, done.absent_unexcused) == (20, 18, 1, 1)
    d.at(0)
    d.type("750", Key.Key_Return)  # a closed day asks why
    d.type("Misread", Key.Key_Return)
    assert d.times()[0][0] == time(7, 50)
    with d.db.read() as session:
        assert [c.old for c, _child in closing.corrected(session, d.space.season, MONDAY)] == ["07:45"]


def close_the_day(d: Desk) -> None:
    """Give a word for all that needs one, and close."""
    d.page.act()
    panel = d.page.stack.currentWidget()
    assert isinstance(panel, ClosingPanel)
    assert not panel.close_button.isEnabled()
    for field in list(panel.words.values()):
        field.setFocus()
        d.type("Seen", Key.Key_Return)
    assert panel.told.text() == "Nothing stands in the way."
    panel.close_button.setFocus()
    d.press(Key.Key_Space)
    d.press(Key.Key_Escape)
    d.view.setFocus()


def test_77_children_in_and_out_from_a_sheet_take_fewer_than_three_strokes_each(desk: Callable[..., Desk]):
    """Times as on a scan-ready sheet: hour and quarter ticked, most of them as their neighbours'."""
    d = desk(77, 3)
    ins = ["73" if n % 5 in (0, 1, 2) else "80" if n % 5 == 3 else "72" for n in range(77)]
    outs = ["52" if n % 5 in (0, 1, 2) else "51" if n % 5 == 3 else "50" for n in range(77)]
    d.view.ticked = True
    d.press(Key.Key_I, with_=CTRL | SHIFT)
    d.type("73", Key.Key_Return)
    exceptions(d, Part.IN, ins, "73")
    d.press(Key.Key_O, with_=CTRL | SHIFT)
    d.type("52", Key.Key_Return)
    exceptions(d, Part.OUT, outs, "52")

    with d.db.read() as session:
        rows = register.read(session, d.space.season, MONDAY)
    meant = {
        "73": time(7, 45),
        "80": time(8),
        "72": time(7, 30),
        "52": time(17, 30),
        "51": time(17, 15),
        "50": time(17),
    }
    assert [(r.first_in, r.last_out) for r in rows] == [(meant[i], meant[o]) for i, o in zip(ins, outs, strict=True)]
    print(f"{d.strokes} strokes for 77 children: {d.strokes / 77:.2f} each")  # noqa: T201 (the figure we promise)
    assert d.strokes / 77 < 3


def exceptions(d: Desk, part: Part, typed: list[str], usual: str) -> None:
    """Go down the column; type where the sheet says something else."""
    d.at(0, part)
    for code in typed:
        if code == usual:
            d.press(Key.Key_Down)
        else:
            d.type(code)


def test_absence_of_a_child_who_was_signed_in_is_refused(desk: Callable[..., Desk]):
    d = desk()
    d.type("8", Key.Key_I)
    d.press(Key.Key_A)
    assert "Take that back first" in d.told()
    assert not d.page.register.ask.isVisible()


def test_the_card_shows_who_may_collect_and_puts_a_time_right(desk: Callable[..., Desk], qtbot: QtBot):
    d = desk()
    d.type("8", Key.Key_I)
    qtbot.waitUntil(lambda: bool(d.page.register.card.findChildren(QLineEdit)))
    d.press(Key.Key_F6)
    field = d.focus()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    d.type("755", Key.Key_Return)
    assert d.times() == [(time(7, 55), None)]
    d.press(Key.Key_Escape)
    assert d.view.hasFocus()
    d.press(Key.Key_F, with_=CTRL)
    d.type("zxm", Key.Key_Return)  # 张小明 by the initials of her name in pinyin
    assert d.view.row
    assert d.view.row.name == "张小明"
    d.press(Key.Key_S, with_=CTRL)
    d.press(Key.Key_Escape)
    assert d.view.hasFocus()


def test_what_others_planned_is_listed_and_taken_back(desk: Callable[..., Desk]):
    d = desk()
    with d.db.begin("Plan") as session:
        attendance.mark_absent(
            session, d.space.season, d.space.children[1].id, MONDAY, date(2017, 7, 14), reason=AbsenceReason.HOLIDAY,
            planned=True,
        )  # fmt: skip
    d.page.open_absences(d.space.children[2].id)
    panel = d.page.stack.currentWidget()
    panel.plan()  # type: ignore[union-attr]
    assert panel.table.rows.rowCount() == 2  # type: ignore[union-attr]
    panel.take_back()  # type: ignore[union-attr]
    panel.take_back()  # type: ignore[union-attr]
    d.press(Key.Key_Escape)
    assert {row.state for row in d.page.register.rows} == {State.EXPECTED}


def test_only_the_changed_line_is_read_again(desk: Callable[..., Desk]):
    d = desk(20)
    before = list(d.page.register.rows)
    d.type("8", Key.Key_Return)
    changed = [a.child_id for a, b in zip(before, d.page.register.rows, strict=True) if a is not b]
    assert changed == [d.space.children[0].id]
    assert isinstance(d.page.register.rows[0].visits[0], Visit)


def test_sheets_are_settled_by_number_and_a_voided_one_needs_a_word(desk: Callable[..., Desk]):
    d = desk(6, 3)
    issue.sign_in_sheets(d.db, Order(MONDAY))
    with d.db.read() as session:
        first, second, _third = sheets.of_season(session, d.space.season, MONDAY)
    d.page.open_sheets()
    d.type(second.code, Key.Key_Return)
    panel = d.page.stack.currentWidget()
    assert isinstance(panel, SheetsPanel)
    assert panel.account.text() == "Printed 3 = returned 1 + voided 0 + missing 0 + out 2"
    panel.table.setFocus()
    panel.settle_chosen(SheetStatus.VOIDED)
    d.press(Key.Key_Return)
    assert "Write what became of sheet" in d.told()
    panel.settle_chosen(SheetStatus.VOIDED)
    d.type("Coffee on it", Key.Key_Return)
    with d.db.read() as session:
        assert sheets.find(session, first.code).note == "Coffee on it"
    assert panel.account.text() == "Printed 3 = returned 1 + voided 1 + missing 0 + out 1"
    d.page.pop()
    d.page.open_sheet(first.code)
    assert "was voided: Coffee on it" in d.told()


def test_the_month_leads_to_the_day_and_the_child(desk: Callable[..., Desk]):
    d = desk()
    d.type("8", Key.Key_Return)
    d.page.show_day(date(2017, 7, 11))
    d.page.open_month()
    panel = d.page.stack.currentWidget()
    assert isinstance(panel, MonthPanel)
    assert panel.rates.text().startswith("Attendance rate: 1.0 % (1 / 105)")
    panel.table.setCurrentIndex(panel.model.index(0, 2 + 5))  # the sixth open day is the tenth
    d.press(Key.Key_Return)
    assert (d.page.day, d.view.row and d.view.row.child_id) == (MONDAY, d.space.children[0].id)


def test_the_evacuation_list_names_who_is_here_whatever_day_is_shown(today: Desk):
    d = today
    d.press(Key.Key_I, Key.Key_Down, Key.Key_I)
    d.press(Key.Key_O)
    d.page.step(-1)
    d.press(Key.Key_E, with_=CTRL | SHIFT)
    panel = d.page.stack.currentWidget()
    assert isinstance(panel, EvacuationPanel)
    assert [panel.table.rows.row(n)[2] for n in range(panel.table.rows.rowCount())] == [d.space.children[0].name]
