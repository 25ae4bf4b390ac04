"""Lists through real widgets: long ones open at once, and are as the officer left them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop.views.kit.clipboard import plain
from ccfs_desktop.views.kit.filters import Chip, FilterBar
from ccfs_desktop.views.kit.table import Column, Rows, Table

COLUMNS = (
    Column("code", "Code"),
    Column("name", "Name"),
    Column("born", "Date of birth"),
    Column("days", "Days", number=True, shown=False),
)


class Many:
    """A hundred thousand children, made when asked for."""

    def __init__(self, count: int = 100_000) -> None:
        self.asked: list[tuple[int, int, str, bool]] = []
        self.number = count

    def count(self) -> int:
        return self.number

    def rows(self, offset: int, limit: int, order_by: str, descending: bool) -> Sequence[Sequence[Any]]:
        self.asked.append((offset, limit, order_by, descending))
        places = range(offset, min(offset + limit, self.number))
        numbers = [self.number - 1 - n if descending else n for n in places]
        return [(n, f"{n:06}", f"Child {n}", date(2014, 6, 1), None) for n in numbers]


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    return _table(qtbot)


def _table(qtbot: QtBot) -> Table:
    table = Table("children", COLUMNS, Many())
    qtbot.addWidget(table)
    table.resize(800, 600)
    with qtbot.waitActive(table):
        table.show()
    return table


def test_a_long_list_reads_only_what_it_shows(table: Table) -> None:
    source = table.rows.source
    assert isinstance(source, Many)
    table.grab()
    assert {(offset, limit) for offset, limit, *_order in source.asked} == {(0, 128)}
    table.scrollToBottom()
    table.grab()
    assert len(source.asked) <= 3
    assert table.rows.words(99_999)[:3] == ("099999", "Child 99999", "2014-06-01")


def test_the_header_sorts_in_the_source(table: Table, qtbot: QtBot) -> None:
    header = table.horizontalHeader()
    for _click in range(2):
        place = header.sectionViewportPosition(1) + 20
        qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=header.viewport().rect().center().__class__(place, 8)
        )
    assert (table.rows.order_by, table.rows.descending) == ("name", True)
    assert table.key() == 99_999


def test_the_keyboard_moves_and_opens(table: Table, qtbot: QtBot) -> None:
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.activated_key) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.key() == 99_999
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert table.keys() == [99_998, 99_999]


def test_columns_and_widths_are_remembered(qtbot: QtBot) -> None:
    table = _table(qtbot)
    table.horizontalHeader().resizeSection(1, 333)
    days = table.column_menu().actions()[3]
    assert not days.isChecked()
    days.trigger()
    table.hide()
    again = _table(qtbot)
    assert again.horizontalHeader().sectionSize(1) == 333
    assert not again.horizontalHeader().isSectionHidden(3)


def test_a_refresh_keeps_the_place(table: Table) -> None:
    table.choose(500)
    table.refresh()
    assert table.key() == 500
    source = table.rows.source
    assert isinstance(source, Many)
    source.number = 300
    table.refresh()
    assert table.key() == 299


def test_letters_typed_on_the_list_go_to_the_search_not_through_every_row(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.typed) as typed:
        qtbot.keyClick(table, "l")
    assert typed.args == ["l"]
    assert isinstance(table.rows.source, Many)
    assert len(table.rows.source.asked) <= 1


def test_a_word_typed_on_the_list_stands_whole_in_the_search_box(qtbot: QtBot) -> None:
    window, filters, table = QWidget(), FilterBar(), Table("children", COLUMNS, Many())
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(filters)
    column.addWidget(table)
    table.typed.connect(filters.search.begin)
    filters.search.setText("before")
    with qtbot.waitActive(window):
        window.show()
    table.setFocus()
    with qtbot.waitSignal(filters.searched) as searched:
        for letter in "bolt":
            qtbot.keyClick(QApplication.focusWidget(), letter)
    assert searched.args == ["bolt"]


def test_copied_cells_stay_text_in_excel(qtbot: QtBot) -> None:
    rows = Rows([(1, "00123", "=1+1", date(2014, 6, 1), 5)], COLUMNS)
    table = Table("copy", COLUMNS, rows)
    qtbot.addWidget(table)
    table.copy()
    carried = QGuiApplication.clipboard().mimeData()
    assert carried.text() == "Code\tName\tDate of birth\n00123\t'=1+1\t2014-06-01"
    assert "mso-number-format" in carried.html()
    assert plain("-5.2") == "-5.2"
    assert plain("+84 90 123") == "'+84 90 123"


def test_a_short_list_sorts_itself_with_the_unknown_last() -> None:
    rows = Rows([(1, "b"), (2, None), (3, "a")], COLUMNS[:1])
    assert [key for key, _code in rows.rows(0, 9, "code", False)] == [3, 1, 2]
    assert [key for key, _code in rows.rows(0, 9, "code", True)] == [1, 3, 2]


def test_search_waits_for_the_fingers_and_chips_count(qtbot: QtBot) -> None:
    bar = FilterBar([Chip("all", "All", 1077), Chip("left", "Left", 7)])
    qtbot.addWidget(bar)
    heard: list[str] = []
    bar.searched.connect(heard.append)
    qtbot.keyClicks(bar.search, "li xiao")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["li xiao"], timeout=2000)
    with qtbot.waitSignal(bar.filtered) as pressed:
        bar.choose("left")
    assert pressed.args == ["left"]
    bar.show_chips([Chip("all", "All", 1078), Chip("left", "Left", 8)])
    assert bar.chosen == "left"
