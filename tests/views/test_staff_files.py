"""The staff files through the real window, by keyboard: from an empty list to a complete file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.roster import StaffAbsence, StaffWish
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import staff, staff_papers
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.lines import Lines
from ccfs_desktop.views.kit.paper import Paper
from ccfs_desktop.views.main_window import MainWindow
from ccfs_desktop.views.staff import StaffPage
from ccfs_desktop.views.staff_availability import StaffAvailability
from ccfs_desktop.views.staff_facts import StaffFacts
from ccfs_desktop.views.staff_files import FilesPlace
from ccfs_desktop.views.staff_history import StaffHistory
from ccfs_desktop.views.staff_new import NewPerson
from ccfs_desktop.views.staff_paper_list import StaffPapers
from ccfs_desktop.views.staff_record import StaffRecord
from tests.reports.samples import photo
from tests.spaces import MONDAY, fill

Open = Callable[[], tuple[StaffPage, FilesPlace]]


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", MONDAY.isoformat())


@pytest.fixture
def shown(db: Database, qtbot: QtBot) -> Open:
    fill(db, 0)

    def show() -> tuple[StaffPage, FilesPlace]:
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(1366, 740)
        context = Context(db, db.actor.user, db.actor.role)
        context.undo = lambda: undo.undo_last(db).action
        window.enter(context)
        with qtbot.waitActive(window):
            window.show()
        window.go("staff")
        page = window.page("staff")
        assert isinstance(page, StaffPage)
        page.open(place="files")
        assert isinstance(page.place, FilesPlace)
        return page, page.place

    return show


def a_person(db: Database, name: str, *papers: StaffPaper, **facts: Any) -> Staff:
    with db.begin("Add a member of staff") as session:
        person = staff.save(session, Staff(name=name, **facts))
        for paper in papers:
            paper.staff_id = person.id
            staff_papers.save(session, paper)
    return person


def a_record(page: StaffPage, person: Staff) -> StaffRecord:
    page.open(staff=person.id)
    record = page.stack.currentWidget()
    assert isinstance(record, StaffRecord)
    return record


def commit(qtbot: QtBot, text: str, *then: Qt.Key) -> None:
    """Write as an input method does where the cursor is, then press keys."""
    place = focused()
    if isinstance(place, QLineEdit):
        place.selectAll()
    written = QInputMethodEvent()
    written.setCommitString(text)
    QApplication.sendEvent(place, written)
    for key in then:
        qtbot.keyClick(focused(), key)


def focused() -> QWidget:
    place = QApplication.focusWidget()
    assert place
    return place


def field(lines: Lines, row: int, name: str) -> Any:
    return next(cell.editor for cell in lines.rows[row].cells if cell.field.name == name)


def names(place: FilesPlace) -> list[str]:
    return [place.table.rows.row(n)[1] for n in range(place.table.rows.rowCount())]


def test_from_an_empty_list_to_a_complete_file_by_keyboard(shown: Open, db: Database, qtbot: QtBot) -> None:
    page, _place = shown()
    page.primary_button.setFocus()
    qtbot.keyClick(page.primary_button, Qt.Key.Key_Return)
    assert isinstance(page.stack.currentWidget(), NewPerson)
    commit(qtbot, "李娜")
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    record = page.stack.currentWidget()
    assert isinstance(record, StaffRecord)
    assert record.strip.sentence.text() == (
        "Does not count today: Background check: missing, Code of conduct: missing."
    )
    for kind in staff_papers.wanted(StaffRole.TEACHER):
        assert focused().property("text") == f"Add: {kind.word}"
        qtbot.keyClick(focused(), Qt.Key.Key_Return)
        commit(qtbot, "2017-06-01", Qt.Key.Key_Tab)
        qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert record.strip.sentence.text() == "Counts as one adult today."
    with db.read() as session:
        papers = session.scalars(select(StaffPaper)).all()
    assert {p.kind for p in papers} == set(staff_papers.wanted(StaffRole.TEACHER))
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page.header.title.text() == "Staff"


def test_nobody_is_kept_before_there_is_a_name_and_nothing_typed_is_lost(
    shown: Open, db: Database, qtbot: QtBot
) -> None:
    page, place = shown()
    page.act()
    form = page.stack.currentWidget()
    assert isinstance(form, NewPerson)
    form.save()
    assert form.form.rows["name"].problem.text() == "This is needed."
    commit(qtbot, "Aye")
    page.pop()
    with db.read() as session:
        assert session.scalars(select(Staff)).all() == []
    page.act()
    again = page.stack.currentWidget()
    assert isinstance(again, NewPerson)
    assert again.form.values()["name"] == "Aye"
    assert again.form.values()["employment"] is None, "nothing is assumed"
    again.save()
    page.pop()
    assert names(place) == ["Aye"]


def test_a_paper_begun_waits_until_it_is_added_or_given_up(shown: Open, db: Database, qtbot: QtBot) -> None:
    person = a_person(db, "Aye")
    page, _place = shown()
    a_record(page, person).show_papers()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    commit(qtbot, "2017-06-30", Qt.Key.Key_Tab)
    page.pop()
    again = a_record(page, person)
    desk = again.part(StaffPapers).desk
    again.show_papers()
    assert desk.form.values()["issued_on"] == date(2017, 6, 30)
    desk.form.rows["valid_until"].editor.show_value(date(2017, 1, 1))
    desk.save()
    assert desk.form.rows["valid_until"].problem.text() == "It ends before it was issued."
    desk.leave()
    page.pop()
    assert a_record(page, person).part(StaffPapers).desk.isHidden()


def test_a_renewal_keeps_the_older_paper(shown: Open, db: Database, qtbot: QtBot) -> None:
    old = StaffPaper(staff_id=0, kind=PaperKind.FIRST_AID, valid_until=date(2017, 7, 1), authority="Red Cross")
    person = a_person(db, "Aye", old)
    page, _place = shown()
    record = a_record(page, person)
    record.show_papers()
    papers = record.part(StaffPapers)
    assert papers.lines.rows[0].note.text() == "Expired on 2017-07-01. · Red Cross"
    line = papers.lines.rows[0].line
    line.actions[1].act(line.key)
    commit(qtbot, "2017-07-05", Qt.Key.Key_Tab)
    commit(qtbot, "2019-07-04", Qt.Key.Key_Tab)
    papers.desk.save()
    assert [row.note.text() for row in papers.lines.rows] == [
        "Holds until 2019-07-04. · Red Cross",
        "Older. It stays, because it was valid in its time. · Red Cross",
    ]
    newest = papers.lines.rows[0].line
    newest.actions[0].act(newest.key)
    papers.desk.form.rows["result"].editor.show_value("passed")
    papers.desk.save()
    with db.read() as session:
        kept = session.scalars(select(StaffPaper).order_by(StaffPaper.id)).all()
    assert [(p.valid_until, p.result) for p in kept] == [(date(2017, 7, 1), ""), (date(2019, 7, 4), "passed")]


def test_absences_and_wishes_are_lines(shown: Open, db: Database, qtbot: QtBot) -> None:
    person = a_person(db, "Aye")
    page, _place = shown()
    record = a_record(page, person)
    record.show_part(StaffAvailability)
    part = record.part(StaffAvailability)
    part.absences.begin()
    commit(qtbot, "2017-07-10", Qt.Key.Key_Tab)
    assert record.strip.away.text() == "on leave until 2017-07-10"
    field(part.absences, 0, "last_day").setFocus()
    commit(qtbot, "2017-07-01", Qt.Key.Key_Tab)
    assert part.absences.rows[0].note.text() == "The last day is before the first."
    field(part.absences, 0, "last_day").setFocus()
    commit(qtbot, "2017-07-12", Qt.Key.Key_Tab)
    qtbot.keyClick(part.wish, Qt.Key.Key_Return)
    for name in ("Tuesday", "Thursday"):
        day = next(b for b in part.desk.form.rows["weekdays"].editor.buttons if b.toolTip() == name)
        day.setFocus()
        qtbot.keyClick(day, Qt.Key.Key_Space)
    qtbot.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with db.read() as session:
        absence = session.scalars(select(StaffAbsence)).one()
        wish = session.scalars(select(StaffWish)).one()
    assert (absence.first_day, absence.last_day) == (MONDAY, date(2017, 7, 12))
    assert (wish.weekdays, field(part.wishes, 0, "weekdays").value()) == ("24", "24")


def test_what_runs_out_is_listed_by_date_and_leads_to_the_papers(shown: Open, db: Database, qtbot: QtBot) -> None:
    soon = StaffPaper(staff_id=0, kind=PaperKind.HEALTH_CERTIFICATE, valid_until=date(2017, 7, 20))
    late = StaffPaper(staff_id=0, kind=PaperKind.FIRST_AID, valid_until=date(2018, 7, 20))
    a_person(db, "Bo", late, role=StaffRole.GUARD)
    a_person(db, "Aye", soon)
    page, place = shown()
    place.filters.choose("due")
    told = [place.due.rows.words(n) for n in range(place.due.rows.rowCount())]
    assert told[-2:] == [
        ("2017-07-20", "in 10 days", "Health certificate", "Aye", "Teacher / caregiver", "does not count from then on"),
        ("2018-07-20", "in 375 days", "First aid", "Bo", "Guard", "no longer a first-aider from then on"),
    ]
    assert {row[0] for row in told[:-2]} == {"missing"}
    place.due.choose(len(told) - 2)
    place.due.setFocus()
    qtbot.keyClick(place.due, Qt.Key.Key_Return)
    record = page.stack.currentWidget()
    assert isinstance(record, StaffRecord)
    assert (record.file.person.name, record.tabs.currentIndex()) == ("Aye", 1)


def test_chips_and_search_narrow_the_list(shown: Open, db: Database, qtbot: QtBot) -> None:
    a_person(db, "李娜", name_latin="Li Na")
    a_person(db, "Bo", role=StaffRole.VOLUNTEER, phone="0123456")
    a_person(db, "Cho", ended_on=date(2017, 7, 9))
    _page, place = shown()
    assert sorted(names(place)) == ["Bo", "李娜"]
    place.filters.choose("volunteers")
    assert names(place) == ["Bo"]
    place.filters.choose("left")
    assert names(place) == ["Cho"]
    place.filters.choose("working")
    qtbot.keyClicks(place.filters.search, "li na")
    qtbot.waitUntil(lambda: names(place) == ["李娜"])
    place.filters.search.setText("nobody")
    qtbot.waitUntil(lambda: place.lists.currentWidget() is not place.table)


def test_a_name_that_is_markup_or_endless_does_no_harm(shown: Open, db: Database, qtbot: QtBot) -> None:
    person = a_person(db, "<b>Aye</b> <img src=x>")
    page, place = shown()
    record = a_record(page, person)
    assert page.header.title.text() == "<b>Aye</b> <img src=x>"
    name = record.part(StaffFacts).form.rows["name"]
    name.editor.setFocus()
    commit(qtbot, "阿" * 121, Qt.Key.Key_Tab)
    assert name.problem.text() == "At most 120 characters fit here: shorten it by 1 character."
    name.editor.setFocus()
    commit(qtbot, "阿" * 120, Qt.Key.Key_Tab)
    assert page.header.title.text() == "阿" * 120
    assert page.window().width() == 1366, "a long name does not widen the window"
    page.pop()
    assert names(place) == ["阿" * 120]


def test_group_and_photo_are_kept_and_the_history_tells_of_them(
    shown: Open, db: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    person = a_person(db, "Aye")
    page, _place = shown()
    record = a_record(page, person)
    facts = record.part(StaffFacts)
    (tmp_path / "photo.jpg").write_bytes(photo())
    facts.portrait.load_photo(tmp_path / "photo.jpg")
    qtbot.waitUntil(record.face.isVisible)
    group = facts.form.rows["group_id"].editor
    group.combo.setCurrentIndex(1)
    group.combo.activated.emit(1)
    assert page.header.subtitle.text() == "Teacher / caregiver · Juniors"
    record.show_part(StaffHistory)
    table = record.part(StaffHistory).table
    qtbot.waitUntil(lambda: table.rows.rowCount() >= 3)
    assert {table.rows.row(n)[3] for n in range(table.rows.rowCount())} >= {
        "Load a photo of staff", "Change a staff file", "Add a member of staff",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["vetting-list", "staff-file", "code-of-conduct", "code-of-conduct-list"])
def test_the_papers_are_printed_from_the_page(shown: Open, db: Database, qtbot: QtBot, name: str) -> None:
    a_person(db, "李娜")
    page, place = shown()
    place.print(name)
    qtbot.waitUntil(lambda: isinstance(page.stack.currentWidget(), Paper), timeout=20_000)


def test_ctrl_page_down_goes_from_file_to_file(shown: Open, db: Database, qtbot: QtBot) -> None:
    first, _second = a_person(db, "Aye"), a_person(db, "Bo")
    page, place = shown()
    place.table.choose(0)
    a_record(page, first).show_part(StaffAvailability)
    place.step(1)
    record = page.stack.currentWidget()
    assert isinstance(record, StaffRecord)
    assert (record.file.person.name, record.tabs.currentIndex()) == ("Bo", 2)
    place.step(1)
    assert page.stack.currentWidget() is record
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert place.table.key() == record.staff_id
