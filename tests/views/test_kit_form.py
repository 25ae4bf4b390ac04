"""Forms through real widgets and a real record class."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child
from ccfs_desktop.views.kit import typed
from ccfs_desktop.views.kit.describe import describe
from ccfs_desktop.views.kit.editors import LineEditor, SegmentEditor
from ccfs_desktop.views.kit.form import Form, Section

TODAY = date(2017, 7, 10)
Make = Callable[..., Form]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def _make(*names: str, **options: Any) -> Form:
        form = Form(Child, Section("Child", *names), **options)
        qtbot.addWidget(form)
        form.resize(600, 400)
        with qtbot.waitActive(form):
            form.show()
        return form

    return _make


def line(form: Form, name: str) -> Any:
    editor = form.rows[name].editor
    assert isinstance(editor, LineEditor)
    return editor.line


def test_a_column_says_itself_how_it_is_filled_in() -> None:
    name, born, alone, left_behind = (describe(Child, n) for n in ("name", "birth_date", "self_leave", "left_behind"))
    assert (name.label, name.kind, name.required, name.length) == ("Name", "line", True, 120)
    assert (born.kind, born.required) == ("date", True)
    assert [value for value, _word in alone.choices] == [True, False]
    assert left_behind.choices[-1] == (None, "Not known")
    assert not describe(Child, "nickname").required


@pytest.mark.parametrize(
    "text",
    ["2014-6-1", "20140601", "2014/06/01", "2014.6.1", "2014年6月1日", "２０１４－６－１", "২০১৪-৬-১", "1 Jun 2014"],
)
def test_a_date_is_read_however_it_is_typed(text: str) -> None:
    assert typed.read_date(text, TODAY) == date(2014, 6, 1)


def test_a_date_that_could_be_two_is_asked_about() -> None:
    with pytest.raises(UserError, match="2014-06-05 or 2014-05-06"):
        typed.read_date("5/6/2014", TODAY)
    assert typed.read_date("25.6.2014", TODAY) == date(2014, 6, 25)
    assert typed.read_date("", TODAY) is None
    with pytest.raises(UserError, match="no such day"):
        typed.read_date("2014-02-30", TODAY)


@pytest.mark.parametrize("text", ["755", "7:55", "7.55", "0755", "7h55", "７点55分", "7：55", "7:55 am", "৭:৫৫"])
def test_a_time_is_read_however_it_is_typed(text: str) -> None:
    assert typed.read_time(text) == time(7, 55)


@pytest.mark.parametrize("text", ["2460", "7:75", "soon", "1 2 3"])
def test_what_is_no_time_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError, match="no time of day"):
        typed.read_time(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8:00", 480), ("8", 480), ("７：３０", 450), ("7h30", 450), ("7.5", 450), ("7,5 h", 450), ("7小时30分", 450),
        ("450 min", 450), ("40", 2_400), ("১১:০০", 660), ("0:45", 45), ("8 hours", 480), ("45分钟", 45), ("", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_however_it_is_typed(text: str, minutes: int | None) -> None:
    assert typed.read_duration(text) == minutes


@pytest.mark.parametrize("text", ["7.30", "730", "7:75", "soon", "-8", "8:00:00"])
def test_what_is_no_duration_or_could_be_two_is_asked_again(text: str) -> None:
    with pytest.raises(UserError, match="Type hours and minutes"):
        typed.read_duration(text)


def test_a_field_is_on_disk_when_it_is_left(make: Make, qtbot: QtBot) -> None:
    saved: list[tuple[str, Any]] = []
    form = make("name", "birth_date", "nickname", save=lambda name, value: saved.append((name, value)))
    form.show_values({"name": "李小明", "birth_date": date(2014, 6, 1), "nickname": ""})
    field = line(form, "birth_date")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2014.7.2")
    assert saved == []
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert saved == [("birth_date", date(2014, 7, 2))]
    assert field.text() == "2014-07-02"
    assert line(form, "nickname").hasFocus()
    qtbot.keyClick(line(form, "nickname"), Qt.Key.Key_Tab)
    assert len(saved) == 1, "a field that was only looked at is not saved"


def test_what_is_wrong_stands_under_the_field_and_nothing_typed_is_lost(make: Make, qtbot: QtBot) -> None:
    def save(name: str, _value: Any) -> None:
        raise Invalid({name: "Another child has this name and birth date."})

    form = make("name", "nickname", save=save)
    form.show_values({"name": "Aye", "nickname": ""})
    field = line(form, "name")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "x" * 123)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    row = form.rows["name"]
    assert row.problem.isVisible()
    assert row.problem.text() == "At most 120 characters fit here: shorten it by 3 characters."
    assert len(field.text()) == 123
    for _letter in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert not row.problem.isVisible(), "the complaint goes as soon as it no longer holds"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert row.problem.text() == "Another child has this name and birth date."
    assert not form.commit()


def test_escape_restores_the_field_and_undo_brings_the_typing_back(make: Make, qtbot: QtBot) -> None:
    form = make("name", save=lambda _name, _value: None)
    form.show_values({"name": "Aye"})
    field = line(form, "name")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    qtbot.keyClicks(field, " Chan")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "Aye"
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Aye Chan"


def test_a_new_record_is_collected_at_once(make: Make, qtbot: QtBot) -> None:
    form = make("name", "birth_date", "self_leave", "left_behind")
    with pytest.raises(Invalid) as caught:
        form.values()
    assert set(caught.value.problems) == {"name", "birth_date"}
    assert form.rows["name"].problem.text() == "This is needed."
    assert line(form, "name").hasFocus()
    qtbot.keyClicks(line(form, "name"), "Aye")
    qtbot.keyClicks(line(form, "birth_date"), "20140601")
    editor = form.rows["self_leave"].editor
    assert isinstance(editor, SegmentEditor)
    qtbot.mouseClick(editor.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    read = form.values()
    assert (read["name"], read["birth_date"], read["self_leave"]) == ("Aye", date(2014, 6, 1), True)


def test_labels_stand_beside_wide_fields_and_above_narrow_ones(make: Make, qtbot: QtBot) -> None:
    form = make("name")
    row = form.rows["name"]
    assert row.label.geometry().right() < row.editor.geometry().left()
    form.resize(300, 400)
    qtbot.waitUntil(lambda: row.label.geometry().bottom() < row.editor.geometry().top() + 1)


def test_what_people_type_is_never_markup(make: Make) -> None:
    form = make("name", save=lambda _name, _value: None)
    form.rows["name"].say('<img src="x.png">')
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in form.findChildren(QLabel))


def test_a_refresh_leaves_alone_what_is_being_typed(make: Make, qtbot: QtBot) -> None:
    child = Child(name="Aye", birth_date=date(2014, 6, 1))
    child.id = 7
    form = make("name", "nickname", save=lambda _name, _value: None)
    form.show_record(child)
    qtbot.keyClicks(line(form, "nickname"), "Yeye")
    form.show_record(child)
    assert line(form, "nickname").text() == "Yeye"
    other = Child(name="Su", birth_date=date(2014, 6, 1))
    other.id = 8
    form.show_record(other)
    assert line(form, "nickname").text() == ""


@pytest.mark.parametrize("editable", [False, True])
def test_the_mouse_wheel_over_a_closed_field_scrolls_the_form_and_changes_nothing(
    qtbot: QtBot, *, editable: bool
) -> None:
    area, inside, combo, number = QScrollArea(), QWidget(), QComboBox(), QSpinBox()
    qtbot.addWidget(area)
    combo.addItems(["one", "two", "three"])
    combo.setEditable(editable)
    column = QVBoxLayout(inside)
    column.addWidget(combo)
    column.addWidget(number)
    column.addStretch(1)
    inside.setMinimumHeight(2000)
    area.setWidget(inside)
    area.resize(300, 200)
    with qtbot.waitActive(area):
        area.show()
    combo.setFocus()
    for field in (combo, number):
        area.verticalScrollBar().setValue(0)
        QTest.wheelEvent(area.windowHandle(), QPointF(field.mapTo(area, field.rect().center())), QPoint(0, -120))  # type: ignore[attr-defined]
        QApplication.processEvents()
        assert area.verticalScrollBar().value() > 0
    assert (combo.currentText(), number.value()) == ("one", 0)
    assert combo.hasFocus()


def test_the_first_problem_is_scrolled_into_view(qtbot: QtBot) -> None:
    form, area = Form(Child, Section("Child", "name", "nickname", "birth_date", "speaks", "school")), QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(form)
    qtbot.addWidget(area)
    area.resize(420, 120)
    with qtbot.waitExposed(area):
        area.show()
    row = form.rows["school"]
    assert not area.viewport().rect().contains(row.mapTo(area.viewport(), row.rect().center()))
    form.show_problems({"school": "Which one?"})
    qtbot.waitUntil(
        lambda: area.viewport().rect().contains(row.problem.mapTo(area.viewport(), row.problem.rect().center()))
    )
