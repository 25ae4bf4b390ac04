"""Medicine and health on the Safety page, by keyboard; who may not see them is told so; the door asks."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.models.log import HealthNote, MedicineCourse, MedicineDose
from ccfs_desktop.services import attendance, health, histories, medicine
from ccfs_desktop.views.attendance import AttendancePage
from ccfs_desktop.views.health import HealthPlace
from ccfs_desktop.views.health_note import NotePanel
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.medicine import MedicinePlace
from ccfs_desktop.views.medicine_course import CoursePanel
from ccfs_desktop.views.medicine_new import NewCourse
from ccfs_desktop.views.register_model import state_of
from ccfs_desktop.views.safety import SafetyPage
from tests import spaces
from tests.spaces import MONDAY, Space

SUNDAY = MONDAY - timedelta(days=1)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T09:10")


@pytest.fixture
def space(db: Database) -> Space:
    space = spaces.fill(db)
    with db.begin("In") as session:
        for child in space.children:
            attendance.sign_in(session, space.season, child.id, MONDAY, at=time(8))
    return space


@pytest.fixture
def page(db: Database, space: Space, qtbot: QtBot) -> SafetyPage:
    assert space
    return opened(db, qtbot, "officer")


def opened(db: Database, qtbot: QtBot, role: str) -> SafetyPage:
    page = SafetyPage(Context(db, "王芳", role))
    qtbot.addWidget(page)
    page.resize(911, 493)
    page.show()
    page.refresh()
    return page


@pytest.fixture
def caregiver(db: Database, space: Space) -> Iterator[Database]:
    assert space
    other = Database(db.target, {name: db.keys[name] for name in vault.ROLES["caregiver"]}, Actor("陈", "caregiver"))
    yield other
    other.close()


def types(qtbot: QtBot, panel: Any, name: str, text: str) -> None:
    """Type into a field of a form, as the keyboard does."""
    put(qtbot, panel.form.rows[name].editor.focusProxy(), text)


def put(qtbot: QtBot, field: Any, text: str) -> None:
    """Type, or paste what has no key of its own."""
    field.selectAll()
    if text.isascii():
        qtbot.keyClicks(field, text)
        return
    QApplication.clipboard().setText(text)
    field.setFocus()
    field.paste()
    if isinstance(field, QLineEdit):
        field.textEdited.emit(text)


def the_course(db: Database, space: Space) -> MedicineCourse:
    with db.begin("Take a request") as session:
        return medicine.begin(
            session, space.season,
            MedicineCourse(
                season_id=0, child_id=space.children[0].id, medicine="阿莫西林", dose="1 粒", times="09:00",
                reason="中耳炎",
                authorised_by="李秀英", authorised_on=SUNDAY, first_day=MONDAY, last_day=TUESDAY, storage="cupboard",
                home_dose_at=clock.now() - timedelta(days=2), original_packaging=True, brought=6, unit="粒",
            ),
        )  # fmt: skip


def reads(db: Database, what: str) -> list[str]:
    """Return of whom the trail says that somebody read."""
    from sqlalchemy import select

    from ccfs_desktop.models.audit import AuditEntry

    with db.read() as session:
        query = select(AuditEntry.entity_id).where(AuditEntry.entity == what, AuditEntry.kind == "note")
        return list(session.scalars(query.order_by(AuditEntry.seq)))


def test_a_request_is_refused_in_words_then_taken_and_a_dose_is_given_by_keyboard(
    db: Database, page: SafetyPage, space: Space, qtbot: QtBot
):
    number = str(page.places.index(MedicinePlace) + 1)  # type: ignore[arg-type]
    qtbot.keyClick(page, number, Qt.KeyboardModifier.AltModifier)
    place = page.place
    assert isinstance(place, MedicinePlace)
    page.act()
    new = page.stack.currentWidget()
    assert isinstance(new, NewCourse)
    new.child.setEditText(space.children[0].name)
    qtbot.keyClick(new.child.lineEdit(), Qt.Key.Key_Return)
    assert new.child.child() == space.children[0].id
    marked = {name for name, row in new.form.rows.items() if row.field.required or row.field.label.endswith("*")}
    assert marked >= {"medicine", "times", "reason", "storage"}
    qtbot.keyClick(new, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    told = {name: row.problem.text() for name, row in new.form.rows.items() if row.problem.text()}
    assert set(told) >= {"medicine", "dose", "reason", "times", "home_day", "storage", "original_packaging"}
    assert "original packaging" in told["original_packaging"]
    for name, text in {
        "medicine": "阿莫西林", "dose": "1 粒", "reason": "中耳炎", "times": "900, 1500", "home_day": "2017-07-08",
        "authorised_by": "李秀英", "brought": "6", "unit": "粒",
    }.items():  # fmt: skip
        types(qtbot, new, name, text)
    new.form.rows["storage"].editor.show_value("cupboard")
    new.form.rows["original_packaging"].editor.show_value(value=True)
    qtbot.keyClick(new, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    panel = page.stack.currentWidget()
    assert isinstance(panel, CoursePanel)
    assert "consent" in page.banner.text.text()
    types(qtbot, panel, "at", "905")
    types(qtbot, panel, "given_by", "陈护士")
    types(qtbot, panel, "witness", "陈护士")
    qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "another person" in panel.form.rows["witness"].problem.text()
    types(qtbot, panel, "witness", "王芳")
    types(qtbot, panel, "counted", "4")
    qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Counted 4, reckoned 5" in page.banner.text.text()
    with db.read() as session:
        dose = session.query(MedicineDose).one()
    assert (dose.at, dose.planned, dose.amount, dose.witness) == (time(9, 5), time(9), 1, "王芳")
    page.pop()
    assert [place.due.rows.words(n)[5] for n in range(2)] == ["Dose given 09:05", "Later today"]


def test_what_was_typed_and_not_kept_is_there_again(page: SafetyPage, qtbot: QtBot):
    page.show_place("health")
    page.act()
    note = page.stack.currentWidget()
    assert isinstance(note, NotePanel)
    types(qtbot, note, "words", "腹泻三次")
    page.pop()
    page.act()
    again = page.stack.currentWidget()
    assert isinstance(again, NotePanel)
    assert again.form.rows["words"].editor.value() == "腹泻三次"


def test_the_program_proposes_the_officer_decides_and_the_door_asks(
    db: Database, page: SafetyPage, space: Space, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    place = page.show_place("health")
    assert isinstance(place, HealthPlace)
    page.act()
    note = page.stack.currentWidget()
    assert isinstance(note, NotePanel)
    ill = space.children[1]
    note.child.setCurrentIndex(note.child.findData(ill.id))
    qtbot.keyClick(note.form.rows["seen"].editor.boxes["behaviour"], Qt.Key.Key_Space)  # type: ignore[attr-defined]
    types(qtbot, note, "temperature", "38,6")
    assert note.proposed.text() == "Proposed: Sent home"
    assert "Caring for Our Children 3.6.2.10" in note.reasons.text()
    types(qtbot, note, "noticed", "900")
    qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with db.read() as session:
        (case,) = health.of_season(session, space.season)
    assert (case.note.temperature, case.note.decision.value, case.away) == ("38.6", "sent-home", True)
    place.show_case(case.note.id)
    assert reads(db, histories.HEALTH_READ) == ["", str(ill.id)]

    monkeypatch.setenv("CCFS_TODAY", "2017-07-11T08:00")
    door = AttendancePage(Context(db, "王芳"))
    qtbot.addWidget(door)
    door.resize(1366, 740)
    door.show()
    door.open(day=TUESDAY)
    panel = door.register
    qtbot.waitUntil(panel.view.hasFocus)
    panel.go_to(ill.id)
    assert state_of(panel.view.row)[0] == "Ill, to 07-11"  # type: ignore[arg-type]
    qtbot.keyClick(panel.view, Qt.Key.Key_I)
    assert "must stay away until 2017-07-11 09:00" in panel.ask.sentence.text()
    put(qtbot, panel.ask.fields[1], "母亲说已好")
    qtbot.keyClick(panel.ask.fields[1], Qt.Key.Key_Return)
    with db.read() as session:
        assert session.get_one(HealthNote, case.note.id).back_word == "母亲说已好 (王芳)"


def test_one_view_is_noted_once_and_coming_back_from_another_page_is_another_view(
    db: Database, page: SafetyPage, space: Space, qtbot: QtBot
):
    course = the_course(db, space)
    place = page.show_place("medicine")
    qtbot.waitUntil(place.isVisible)
    page.refresh()
    place.show_course(course.id)  # type: ignore[attr-defined]
    page.pop()
    assert reads(db, histories.MEDICINE_READ) == ["", str(space.children[0].id)]
    page.show_place("health")
    page.show_place("medicine")
    assert len(reads(db, histories.MEDICINE_READ)) == 3


@pytest.mark.parametrize("name", ["medicine", "health"])
def test_those_without_the_key_are_told_so_and_nothing_else(
    caregiver: Database, db: Database, space: Space, qtbot: QtBot, name: str
):
    the_course(db, space)
    page = opened(caregiver, qtbot, "caregiver")
    place = page.show_place(name)
    qtbot.waitUntil(place.isVisible)
    shown = " ".join(label.text() for label in page.place.findChildren(QLabel))
    assert "Your role does not include health and care details." in shown
    assert "阿莫西林" not in shown
    assert not page.primary_button.isVisible()
    page.act()
    page.printed()
    assert page.place.isVisible()
    page.open(place=name, course=1, note=1)
    assert page.place.isVisible()


def test_a_course_is_ended_with_the_parents_name_and_can_then_only_be_read(
    db: Database, page: SafetyPage, space: Space, qtbot: QtBot
):
    course = the_course(db, space)
    page.open(place="medicine", course=course.id, planned=time(9))
    panel = page.stack.currentWidget()
    assert isinstance(panel, CoursePanel)
    panel.ask_end()
    panel.ask.confirm.click()
    assert panel.ask.isVisible()  # nobody signed
    (form,) = panel.ask.findChildren(Form)
    put(qtbot, form.rows["ended_signed"].editor.focusProxy(), "李秀英")
    panel.ask.confirm.click()
    assert not panel.side.isVisible()
    assert "signed by 李秀英" in panel.left.text()
    with db.read() as session:
        assert medicine.get(session, course.id).course.ended_count == 6


def test_papers_come_as_the_place_shows_them(db: Database, page: SafetyPage, space: Space, qtbot: QtBot):
    from ccfs_desktop.views.kit.paper import Paper

    the_course(db, space)
    wanted: dict[str, Callable[[], None]] = {"medicine": page.printed, "health": page.printed}
    for name, press in wanted.items():
        page.show_place(name)
        press()
        qtbot.waitUntil(lambda: isinstance(page.stack.currentWidget(), Paper), timeout=20_000)
        page.pop()
