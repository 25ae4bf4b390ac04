"""The adults of a day by keyboard alone, and the proof of the ratio, in the real window on a real database."""

from collections.abc import Callable
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.reports import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import attendance, badges, closing, duty_day, ratio_proof, seasons, sheets
from ccfs_desktop.services.duty_day import Row, State
from ccfs_desktop.services.ratio_proof import Standing
from ccfs_desktop.views.duty import DutyPlace
from ccfs_desktop.views.duty_model import Part
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.ratio_proof import RatioPlace
from ccfs_desktop.views.staff import StaffPage
from tests.spaces import MONDAY, Space, an_adult, fill, on_duty

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The officer at the staff desk."""

    def __init__(self, bot: QtBot, db: Database, space: Space, day: date = MONDAY) -> None:
        self.bot, self.db, self.space, self.day = bot, db, space, day
        with db.begin("Add the staff") as session:
            group = seasons.groups(session, space.season)[0]
            self.team = [an_adult(session, name, group_id=group.id) for name in ("Chen", "Liu", "Wang")]
        self.window = MainWindow(tuple(page for page in PAGES if page.name in ("staff", "attendance")))
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(Context(db=db, user="Li Na", factory="东莞制衣", season="Summer 2017"))
        self.window.go("staff", place="duty", day=day)
        page = self.window.page("staff")
        assert isinstance(page, StaffPage)
        self.page = page
        assert isinstance(page.place, DutyPlace)
        self.place = page.place
        self.place.view.pause = 0
        bot.waitUntil(self.place.view.hasFocus)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.place.view

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.bot.keyClick(self.focus(), key, with_)
            QApplication.processEvents()

    def type(self, text: str, *then: Qt.Key) -> None:
        self.bot.keyClicks(self.focus(), text)
        QApplication.processEvents()
        self.press(*then)

    def at(self, person: int, part: Part = Part.IN) -> None:
        self.place.view.go(self.place.model.line_of(self.team[person].id), part)

    def row(self, person: int = 0) -> Row:
        with self.db.read() as session:
            found = duty_day.row(session, self.space.season, self.day, self.team[person].id)
        assert found
        return found

    def told(self) -> str:
        return self.page.banner.text.text() if self.page.banner.isVisible() else ""

    def day_of(self, person: int) -> str:
        return "  ".join(
            f"{s.duty.arrived:%H:%M}-{f'{s.duty.departed:%H:%M}' if s.duty.departed else '?'}"
            + "".join(f" {p.kind.value} {p.starts:%H:%M}-{f'{p.ends:%H:%M}' if p.ends else ''}" for p in s.parts)
            for s in self.row(person).stays
        )


@pytest.fixture
def desk(qtbot: QtBot, db: Database) -> Callable[..., Desk]:
    return lambda children=2, **fills: Desk(qtbot, db, fill(db, children, **fills))


def test_a_day_is_typed_from_paper_by_keyboard_alone(desk: Callable[..., Desk]):
    d = desk()
    issue.staff_sheet(d.db, Order(MONDAY))
    with d.db.read() as session:
        [sheet] = sheets.of_season(session, d.space.season, MONDAY)
    d.press(Key.Key_S, with_=CTRL)
    d.type(sheet.code.lower(), Key.Key_Return)
    assert d.place.view.hasFocus()
    d.type("725", Key.Key_Return)  # time in, down the column
    d.type("?", Key.Key_Return)
    d.type("740", Key.Key_Return)
    d.at(0, Part.BREAKS)
    d.type("1200", Key.Key_Return)  # a break begins: the cursor waits for its end
    d.type("1230", Key.Key_Return)
    assert d.place.view.row
    assert d.place.view.row.name == "Liu"
    d.at(0, Part.OUT)
    d.type("1600", Key.Key_Return)
    d.type("1630", Key.Key_Return)
    d.at(2)
    d.type("1000", Key.Key_E)  # an errand, from ten
    d.type("1020", Key.Key_E)
    d.type("1500", Key.Key_O)

    assert d.day_of(0) == "07:25-16:00 break 12:00-12:30"
    assert [(s.duty.arrived, s.duty.departed) for s in d.row(1).stays] == [(None, time(16, 30))]
    assert d.day_of(2) == "07:40-15:00 errand 10:00-10:20"
    assert {s.duty.sheet_code for n in range(3) for s in d.row(n).stays} == {sheet.code}
    with d.db.read() as session:
        assert sheets.account(session, d.space.season, MONDAY) == sheets.Account(1, 1, 0, 0, 0)

    d.at(2)
    d.press(Key.Key_Delete, Key.Key_Delete, Key.Key_Delete)
    assert d.day_of(2) == "07:40-?"
    d.at(0, Part.BREAKS)
    d.type("1100", Key.Key_Return)
    d.type("1650", Key.Key_Return)
    assert "lies outside the stay" in d.told()


def test_at_the_door_keys_and_badges_sign_in_and_out(qtbot: QtBot, db: Database):
    d = Desk(qtbot, db, fill(db, 2, today=True), clock.today())
    d.press(Key.Key_I)
    assert d.row().state is State.HERE
    d.press(Key.Key_B)
    assert d.row().state is State.BREAK
    d.press(Key.Key_B)
    assert d.row().state is State.HERE
    d.press(Key.Key_G, Key.Key_2)
    assert d.row().group != d.row(1).group
    d.press(Key.Key_O)
    assert d.row().state is State.LEFT

    code = badges.staff_code(d.team[1].id)
    d.type(code, Key.Key_Return)
    assert d.row(1).state is State.HERE
    assert d.place.scan.sentence.text().startswith("Liu is here")
    d.type(code, Key.Key_Return)
    assert "second scan changed nothing" in d.told()
    d.press(Key.Key_F, with_=CTRL)
    d.type(badges.badge_code(d.space.season.id, d.space.children[0].id), Key.Key_Return)
    assert "Scan it on the page Attendance" in d.told()


def test_a_closed_day_asks_why_and_keeps_the_old_value(desk: Callable[..., Desk]):
    d = desk()
    with d.db.begin("Fill and close the day") as session:
        ids = [c.id for c in d.space.children]
        attendance.sign_in_all(session, d.space.season, MONDAY, ids, at=time(8))
        attendance.sign_out_all(session, d.space.season, MONDAY, ids, at=time(9))
    on_duty(d.db, d.space)
    with d.db.begin("Close") as session:
        closing.close(session, d.space.season, MONDAY, by="Li Na")
    d.place.refresh()
    d.at(0)
    d.type("725", Key.Key_Return)
    d.type("She was at the gate", Key.Key_Return)
    assert d.day_of(0) == "07:25-?"
    with d.db.read() as session:
        [(correction, person)] = closing.corrected(session, d.space.season, MONDAY)
    assert (correction.new, correction.reason, person.name) == ("07:25", "She was at the gate", "Chen")


def test_the_card_puts_a_time_and_a_break_right(desk: Callable[..., Desk]):
    d = desk()
    d.type("725", Key.Key_Return)
    d.at(0, Part.BREAKS)
    d.type("1200", Key.Key_Return)
    d.type("1230", Key.Key_Return)
    d.at(0)
    d.bot.waitUntil(lambda: len(d.place.card.findChildren(QLineEdit)) == 3)
    d.press(Key.Key_F6)
    field = d.focus()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    d.type("735", Key.Key_Return)
    d.bot.waitUntil(lambda: d.day_of(0).startswith("07:35"))
    ends = next(f for f in d.place.card.findChildren(QLineEdit) if f.objectName().startswith("ends"))
    d.bot.waitUntil(ends.isVisible)
    ends.setFocus()
    ends.selectAll()
    d.type("1240", Key.Key_Return)
    d.bot.waitUntil(lambda: d.day_of(0) == "07:35-? break 12:00-12:40")


def test_a_staff_sheet_typed_on_attendance_opens_here_and_the_other_way_round(desk: Callable[..., Desk]):
    d = desk()
    issue.day_pack(d.db, Order(MONDAY))
    with d.db.read() as session:
        by_kind = {s.kind.value: s.code for s in sheets.of_season(session, d.space.season, MONDAY)}
    d.place.open_sheet(by_kind["children"])
    attendance_page = d.window.page("attendance")
    assert attendance_page.isVisible()
    attendance_page.open_sheet(by_kind["staff"])  # type: ignore[attr-defined]
    assert d.page.isVisible()
    assert d.place.desk.sheet_code == by_kind["staff"]


def test_a_season_without_staff_says_what_to_do(qtbot: QtBot, db: Database):
    fill(db, 1)
    window = MainWindow(tuple(page for page in PAGES if page.name == "staff"))
    qtbot.addWidget(window)
    window.show()
    window.enter(Context(db=db, user="Li Na", factory="东莞制衣", season="Summer 2017"))
    window.go("staff", place="duty", day=MONDAY)
    asked = "Open the staff files"
    qtbot.waitUntil(lambda: any(b.text() == asked for b in window.findChildren(QPushButton) if b.isVisible()))


# ------------------------------------------------------------------------------------------------- the proof


def a_short_day(d: Desk) -> Staff:
    """Two children from eight to nine; the second of two adults goes at half past eight."""
    with d.db.begin("Fill the day") as session:
        ids = [c.id for c in d.space.children]
        attendance.sign_in_all(session, d.space.season, MONDAY, ids, at=time(8))
        attendance.sign_out_all(session, d.space.season, MONDAY, ids, at=time(9))
    d.type("745", Key.Key_Return)
    d.type("745", Key.Key_Return)
    d.at(0, Part.OUT)
    d.type("1000", Key.Key_Return)
    d.type("830", Key.Key_Return)
    return d.team[1]


def test_a_breach_is_explained_and_countersigned_in_the_window(desk: Callable[..., Desk]):
    d = desk()
    a_short_day(d)
    assert d.place.now.told.whole == "Too few adults at times: 30 minutes short"
    d.window.go("staff", place="ratio", day=MONDAY)
    place = d.page.place
    assert isinstance(place, RatioPlace)
    assert place.standing.text() == "Too few adults at times · 2 of 4 quarter hours kept · 30 minutes short"
    assert place.table.rows.rowCount() == 4
    place.only_short.setChecked(True)
    assert place.table.rows.rowCount() == 2
    place.breaches.fields[0].setFocus()
    d.type("Liu had to see a doctor", Key.Key_Return)
    with d.db.read() as session:
        [breach] = ratio_proof.of_day(session, d.space.season, MONDAY).breaches
    assert breach.note
    assert (breach.note.explanation, breach.note.explained_by) == ("Liu had to see a doctor", "Li Na")
    name = next(f for f in place.breaches.fields if f.objectName() == f"sign-{breach.note.id}")
    d.bot.waitUntil(name.isVisible)
    name.setFocus()
    d.type("Li Na", Key.Key_Return)
    assert d.focus().accessibleName() == "That user's password"
    d.press(Key.Key_Return)
    d.bot.waitUntil(lambda: "Somebody else has to counter-sign" in d.told())


def test_the_strip_leads_to_the_day_and_the_chart_tells_what_it_shows(desk: Callable[..., Desk]):
    d = desk()
    a_short_day(d)
    d.window.go("staff", place="ratio", day=date(2017, 7, 11))
    place = d.page.place
    assert isinstance(place, RatioPlace)
    assert "nothing to prove" in place.empty.text()
    place.strip.setFocus()
    d.press(Key.Key_Left, Key.Key_Return)
    assert (place.day, place.proof and place.proof.standing) == (MONDAY, Standing.SHORT)
    assert place.figure.accessibleName() == "Children, adults needed and adults who count"
    assert "08:30 to 08:45" in place.figure.accessibleDescription()
    assert "2 of 4 quarter hours" in place.summary.text()


def test_a_day_without_staff_records_leads_to_where_they_are_typed(desk: Callable[..., Desk]):
    d = desk()
    with d.db.begin("Fill the day") as session:
        attendance.sign_in(session, d.space.season, d.space.children[0].id, MONDAY, at=time(8))
    d.window.go("staff", place="ratio", day=MONDAY)
    place = d.page.place
    assert isinstance(place, RatioPlace)
    assert place.standing.text() == "No staff records, no proof"
    place.duty.click()
    assert isinstance(d.page.place, DutyPlace)
    assert d.page.place.day == MONDAY
