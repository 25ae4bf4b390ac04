"""The children's page through its real window: list, file, enrolling, waiting list, import."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Actor, Database, undo
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.enrolment import Status
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, enrolments, histories, seasons, workers
from ccfs_desktop.services.imports import Outcome
from ccfs_desktop.views.child_consents import ConsentsTab
from ccfs_desktop.views.child_facts import FactsTab
from ccfs_desktop.views.child_family import FamilyTab
from ccfs_desktop.views.child_health import HealthTab
from ccfs_desktop.views.child_history import HistoryTab
from ccfs_desktop.views.child_place import PlaceTab
from ccfs_desktop.views.child_record import ChildRecord
from ccfs_desktop.views.children import ChildrenPage
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.lines import Lines
from ccfs_desktop.views.main_window import MainWindow
from tests import spaces
from tests.spaces import Space

JULY = date(2017, 7, 10)
Open = Callable[..., ChildrenPage]


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", JULY.isoformat())


@pytest.fixture
def space(db: Database) -> Space:
    """Six children with complete papers, and one whose papers are still out."""
    made = spaces.fill(db, 6, groups=2)
    with db.begin("Enrol") as session:
        made.children.append(spaces.a_child(session, made.season, 6))
    return made


@pytest.fixture
def shown(db: Database, qtbot: QtBot) -> Open:
    def show(database: Database | None = None) -> ChildrenPage:
        office = database or db
        window = MainWindow()
        qtbot.addWidget(window)
        window.resize(1366, 740)
        context = Context(office, office.actor.user, office.actor.role)
        context.undo = lambda: undo.undo_last(office).action
        window.enter(context)
        with qtbot.waitActive(window):
            window.show()
        window.go("children")
        page = window.page("children")
        assert isinstance(page, ChildrenPage)
        return page

    return show


def _record(page: ChildrenPage, child: Child) -> ChildRecord:
    page.open(child=child.id)
    record = page.stack.currentWidget()
    assert isinstance(record, ChildRecord)
    return record


def _names(page: ChildrenPage) -> list[str]:
    return [page.table.rows.row(n)[2] for n in range(page.table.rows.rowCount())]


def _write(qtbot: QtBot, field: Any, text: str) -> None:
    """Write into a field as an input method does, and leave it."""
    line = field.findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    written = QInputMethodEvent()
    written.setCommitString(text)
    QApplication.sendEvent(line, written)
    qtbot.keyClick(line, Qt.Key.Key_Tab)


def _field(lines: Lines, row: int, name: str) -> Any:
    return next(cell.editor for cell in lines.rows[row].cells if cell.field.name == name)


# ------------------------------------------------------------------------------------------------------------- the list
@pytest.mark.usefixtures("space")
def test_the_list_narrows_while_one_types(shown: Open, qtbot: QtBot) -> None:
    page = shown()
    assert page.table.rows.rowCount() == 7
    qtbot.keyClicks(page.filters.search, "lxm")
    qtbot.waitUntil(lambda: _names(page) == ["李小明", "刘小明"])
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(page.stack.currentWidget(), ChildRecord)
    assert page.header.title.text() == "李小明"
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert _names(page) == ["李小明", "刘小明"]


def test_an_empty_answer_says_why_and_what_to_do(space: Space, shown: Open, qtbot: QtBot) -> None:
    page = shown()
    page.filters.search.setText("nobody")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is not page.table)
    page.filters.search.clear()
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.table)
    page.open(filter="not-ready")
    assert _names(page) == [space.children[6].name]


def test_papers_of_several_children_come_in_at_once(space: Space, shown: Open, db: Database, qtbot: QtBot) -> None:
    page = shown()
    page.table.selectAll()
    qtbot.mouseClick(page.chosen_bar.papers, Qt.MouseButton.LeftButton)
    ids = [child.id for child in space.children]

    def complete() -> bool:
        with db.read() as session:
            return not enrolments.missing(session, ids, JULY)

    qtbot.waitUntil(complete)
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    assert undo.history(db)[0].action == "Papers received"


def test_a_child_leaves_only_with_a_reason(space: Space, shown: Open, db: Database, qtbot: QtBot) -> None:
    page = shown()
    bar = page.chosen_bar
    page.table.choose(0)
    name = _names(page)[0]
    qtbot.mouseClick(bar.leave, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.ask.confirm, Qt.MouseButton.LeftButton)
    assert bar.ask.isVisible()
    form = bar.ask.findChildren(QLineEdit)
    qtbot.keyClicks(form[1], "Back to the village")
    qtbot.mouseClick(bar.ask.confirm, Qt.MouseButton.LeftButton)
    assert not bar.ask.isVisible()
    assert name not in _names(page)
    with db.read() as session:
        assert enrolments.counts_by_status(session, space.season.id)[Status.LEFT] == 1


@pytest.mark.parametrize("inside", [True, False])
def test_escape_closes_the_question_about_leaving_wherever_the_cursor_is(
    space: Space, shown: Open, qtbot: QtBot, *, inside: bool
) -> None:
    page = shown()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == len(space.children))
    page.table.selectAll()
    page.chosen_bar.leave.click()
    assert page.chosen_bar.ask.isVisible()
    if not inside:
        page.table.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.chosen_bar.ask.isVisible()


def test_rows_are_copied_for_excel_as_text(space: Space, shown: Open, db: Database) -> None:
    with db.begin("Change") as session:
        children.change(session, space.children[0].id, name="=1+1")
    page = shown()
    page.table.selectAll()
    page.table.copy()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 8
    assert "'=1+1" in copied[1]


# ------------------------------------------------------------------------------------------------------------- the file
def test_the_next_file_opens_at_the_same_part(space: Space, shown: Open, qtbot: QtBot) -> None:
    page = shown()
    page.table.choose(0)
    first = _record(page, space.children[0])
    first.show_part(ConsentsTab)
    qtbot.keyClick(page.window(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    opened = page.stack.currentWidget()
    assert isinstance(opened, ChildRecord)
    assert opened is not first
    assert opened.tabs.currentWidget().findChild(ConsentsTab) is opened.part(ConsentsTab)


def test_a_field_is_stored_when_it_is_left(space: Space, shown: Open, db: Database, qtbot: QtBot) -> None:
    record = _record(shown(), space.children[0])
    form = record.part(FactsTab).form
    _write(qtbot, form.rows["nickname"].editor, "明明")
    with db.read() as session:
        assert session.get_one(Child, space.children[0].id).nickname == "明明"
    _write(qtbot, form.rows["birth_date"].editor, "2031-1-1")
    assert form.rows["birth_date"].problem.text() == "The birth date lies in the future."
    with db.read() as session:
        assert session.get_one(Child, space.children[0].id).birth_date == space.children[0].birth_date


def test_what_is_missing_is_said_and_can_be_answered_for(space: Space, shown: Open, qtbot: QtBot) -> None:
    record = _record(shown(), space.children[6])
    strip = record.readiness
    missing = "Missing: Custody agreement, Health declaration, Data consent."
    assert strip.sentence.text() == f"Cannot be signed in yet. {missing}"
    qtbot.mouseClick(strip.admit, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(strip.ask.findChildren(QLineEdit)[1], "The mother is on her way.")
    qtbot.mouseClick(strip.ask.confirm, Qt.MouseButton.LeftButton)
    assert strip.sentence.text().startswith("Admitted although incomplete by Li Na: The mother is on her way.")
    qtbot.mouseClick(strip.receive, Qt.MouseButton.LeftButton)
    assert not strip.sentence.text()


def test_a_pick_up_adult_is_added_line_by_line(space: Space, shown: Open, db: Database, qtbot: QtBot) -> None:
    child = space.children[0]
    record = _record(shown(), child)
    record.show_part(FamilyTab)
    tab = record.part(FamilyTab)
    tab.pickups.begin()
    _write(qtbot, _field(tab.pickups, 1, "name"), "叔叔")
    _write(qtbot, _field(tab.pickups, 1, "phone"), "no number")
    assert "phone number" in tab.pickups.rows[1].note.text()
    _write(qtbot, _field(tab.pickups, 1, "phone"), "139 1234 5678")
    tab.forbidden.begin()
    _write(qtbot, _field(tab.forbidden, 0, "name"), "Stranger")
    with db.read() as session:
        file = children.file(session, space.season, child.id)
    assert [(p.name, p.phone, p.forbidden) for p in file.pickups[1:]] == [
        ("叔叔", "139 1234 5678", False),
        ("Stranger", "", True),
    ]
    assert tab.forbidden.rows[0].note.text() == "Stranger MUST NOT COLLECT this child."


def test_reading_the_care_plan_is_noted_once(space: Space, shown: Open, db: Database, qtbot: QtBot) -> None:
    child = space.children[0]
    record = _record(shown(), child)

    def readings() -> int:
        with db.read() as session:
            return sum(e.kind == "note" for e in histories.of_child(session, child.id))

    assert readings() == 0
    for _turn in range(2):
        record.show_part(HealthTab)
        record.show_part(FactsTab)
    assert readings() == 1
    record.show_part(HistoryTab)
    table = record.part(HistoryTab).table
    qtbot.waitUntil(lambda: table.rows.rowCount() > 0)
    assert table.rows.words(0)[2:4] == ("Read a care plan", "read")


def test_an_auditor_is_told_that_health_is_closed(space: Space, shown: Open, db: Database) -> None:
    auditor = Database(db.target, {"general": db.keys["general"]}, Actor("Anders", "auditor"))
    try:
        record = _record(shown(auditor), space.children[0])
        record.show_part(HealthTab)
        assert record.part(HealthTab).form is None
    finally:
        auditor.close()


def test_consents_are_recorded_with_day_signer_and_language(space: Space, shown: Open, db: Database) -> None:
    child = space.children[0]
    record = _record(shown(), child)
    record.show_part(ConsentsTab)
    tab = record.part(ConsentsTab)
    line = next(one for purpose, one in tab.lines.items() if purpose.value == "outings")
    assert line.state.text() == "Not asked"
    line.given.click()
    assert (line.state.text(), line.detail.text()) == ("Given", "2017-07-10 · 刘秀英 · 简体中文 · wording 1")
    line.back.click()
    assert line.state.text() == "Withdrawn"
    with db.read() as session:
        kept = children.file(session, space.season, child.id).consents[-1]
    assert (kept.signed_by, kept.withdrawn_on) == ("刘秀英", JULY)


def test_a_photo_is_drawn_anew(space: Space, shown: Open, db: Database, qtbot: QtBot, tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "PNG")
    (tmp_path / "photo.png").write_bytes(out.getvalue())
    (tmp_path / "letter.png").write_bytes(b"no picture")
    page = shown()
    record = _record(page, space.children[0])
    record.part(FactsTab).load_photo(tmp_path / "letter.png")
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.text.text().startswith("This file is no photo.")
    record.part(FactsTab).load_photo(tmp_path / "photo.png")
    qtbot.waitUntil(record.face.isVisible)
    with db.read() as session:
        assert session.get_one(Child, space.children[0].id).has_photo


@pytest.mark.usefixtures("space")
def test_a_child_of_an_earlier_season_applies_anew(shown: Open, db: Database, qtbot: QtBot) -> None:
    with db.begin("Know a child") as session:
        child = children.save(session, Child(name="Known from before", birth_date=date(2010, 1, 1)))
    record = _record(shown(), child)
    record.show_part(PlaceTab)
    place = record.part(PlaceTab)
    assert place.enrol.text() == "Enrol for this season"
    qtbot.mouseClick(place.enrol, Qt.MouseButton.LeftButton)
    assert (place.state.text(), record.state.text()) == ("Enrolled", "Enrolled")


# ------------------------------------------------------------------------------------------- enrolling and waiting list
@pytest.mark.usefixtures("space")
def test_escape_loses_nothing_that_was_typed_for_a_new_child(shown: Open, qtbot: QtBot) -> None:
    page = shown()
    page.act()
    _write(qtbot, page.stack.currentWidget().form.rows["name"].editor, "李小红")  # type: ignore[attr-defined]
    page.pop()
    page.act()
    new: Any = page.stack.currentWidget()
    assert new.form.rows["name"].editor.value() == "李小红"


@pytest.mark.usefixtures("space")
def test_a_child_is_enrolled_by_keyboard(shown: Open, db: Database, qtbot: QtBot) -> None:
    with db.begin("Add a worker") as session:
        workers.save(session, Worker(number="DG00123", name="李娜", phone="13800001111"))
    page = shown()
    page.act()
    new: Any = page.stack.currentWidget()
    _write(qtbot, new.form.rows["name"].editor, "李小红")
    _write(qtbot, new.form.rows["birth_date"].editor, "20110506")
    assert new.hint.text() == "6 years old when the season begins."
    new.worker.setFocus()
    qtbot.keyClicks(new.worker, "123")
    qtbot.waitUntil(lambda: new.worker.completer().model().rowCount() == 1)
    qtbot.keyClick(new.worker, Qt.Key.Key_Return)
    assert new.worker.text() == "DG00123 · 李娜"
    qtbot.mouseClick(new.enrol, Qt.MouseButton.LeftButton)
    record = page.stack.currentWidget()
    assert isinstance(record, ChildRecord)
    assert record.facts() == "No. 008 · 6 years old · Juniors · 李娜"


def test_a_free_place_goes_to_the_first_of_the_waiting_list(
    space: Space, shown: Open, db: Database, qtbot: QtBot
) -> None:
    with db.begin("Apply") as session:
        season = seasons.change(session, space.season.id, capacity=8)
        for name, behind in (("Second", False), ("First", True)):
            child = children.save(session, Child(name=name, birth_date=date(2010, 1, 1), left_behind=behind))
            enrolments.apply(session, season, child, on=JULY)
    page = shown()
    page.open(filter="waiting")
    waiting: Any = page.stack.currentWidget()
    assert [waiting.table.rows.row(n)[2] for n in range(2)] == ["First", "Second"]
    waiting.table.selectAll()
    qtbot.mouseClick(waiting.give, Qt.MouseButton.LeftButton)
    assert [waiting.table.rows.row(n)[2] for n in range(waiting.table.rows.rowCount())] == ["Second"]
    assert "All places are taken: 1 child keeps waiting" in page.banner.text.text()


# ----------------------------------------------------------------------------------------------------------- the import
def _registration(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("孩子姓名", "出生日期", "家长工号", "备注列"),
        ("李小红", "2011-05-06", "DG00123", "x"),
        ("李小红", "2011-05-06", "DG00123", "x"),
        ("王二", "2010年属虎", "DG00123", "x"),
    ):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.usefixtures("space")
def test_a_registration_goes_in_and_comes_out_again(
    shown: Open, db: Database, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.begin("Add a worker") as session:
        workers.save(session, Worker(number="DG00123", name="李娜", phone="13800001111"))
    listed = _registration(tmp_path / "报名.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(listed), ""))
    page = shown()
    page.open(lists="children")
    flow: Any = page.stack.currentWidget()
    assert flow.kind is ListKind.CHILDREN
    qtbot.mouseClick(flow.start.choose, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: flow.plan is not None, timeout=30_000)
    preview = flow.preview
    assert [flow.plan.count(o) for o in (Outcome.NEW, Outcome.DUPLICATE, Outcome.ATTENTION)] == [1, 1, 1]
    assert preview.table.rows.row(0)[1] == 4
    assert preview.detail.isVisible()

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "back.xlsx"), ""))
    qtbot.mouseClick(preview.rejected, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    rejected = load_workbook(tmp_path / "back.xlsx").active
    assert rejected is not None
    assert [cell.value for cell in rejected["A"]] == ["孩子姓名", "李小红", "王二"]

    qtbot.mouseClick(preview.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: flow.stack.count() == 3, timeout=30_000)
    with db.read() as session:
        assert [c.name for c in children.find(session, "李小红")] == ["李小红"]
    flow.undo()
    with db.read() as session:
        assert not children.find(session, "李小红")


@pytest.mark.usefixtures("space")
def test_a_column_not_recognised_can_be_pointed_out(shown: Open, db: Database, qtbot: QtBot, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("工号", "姓名", "甲"), ("A1", "李娜", "注塑部"), ("A2", "王芳", "包装部")):
        sheet.append(row)
    book.save(tmp_path / "花名册.xlsx")
    page = shown()
    page.open(lists="workers")
    flow: Any = page.stack.currentWidget()
    flow.read(tmp_path / "花名册.xlsx")
    qtbot.waitUntil(lambda: flow.plan is not None, timeout=30_000)
    first = flow.plan
    assert "department" not in first.read.mapping.columns
    flow.preview.map.click()
    combo = flow.preview.columns.combos[2]
    combo.setCurrentIndex(combo.findData("department"))
    flow.change(mapping={"number": 0, "name": 1, "department": 2})
    qtbot.waitUntil(lambda: flow.plan is not first, timeout=30_000)
    flow.write()
    qtbot.waitUntil(lambda: flow.stack.count() == 3, timeout=30_000)
    with db.read() as session:
        assert [w.department for w in workers.find(session, "王芳")] == ["包装部"]


@pytest.mark.usefixtures("space")
def test_a_file_that_is_no_list_is_refused_above_the_page(shown: Open, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04 broken")
    page = shown()
    page.open(lists="workers")
    flow: Any = page.stack.currentWidget()
    flow.read(tmp_path / "list.xlsx")
    qtbot.waitUntil(page.banner.isVisible, timeout=30_000)
    assert flow.plan is None
