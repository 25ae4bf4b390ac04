"""Doubtful rows go back to the officer as the factory wrote them, and can be read again once corrected."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ccfs_desktop import i18n
from ccfs_desktop.services.listing import ListRead, Problem, read_list, write_rejected
from tests.services.listing.pens import write

ROWS = [
    ["2017年暑期儿童之家报名登记表"],
    ["序号", "小孩姓名", "出生日期", "家长工号", "备注"],
    [1, "王小明", date(2010, 5, 3), "DG0012", None],
    [2, '=HYPERLINK("x")', "20110106", "DG0013", "+86 138"],
    [3, "张小红", "约5岁", "DG0014", "<b>双胞胎</b>"],
    [4, None, date(2011, 5, 3), 15, None],
]


@pytest.fixture
def read(tmp_path: Path) -> ListRead:
    return read_list(write(tmp_path / "list.xls", ROWS), "children")


def test_doubtful_rows_come_back_with_the_reason_beside_the_cell(read: ListRead, tmp_path: Path) -> None:
    doubtful = [row for row in read.rows if row.needs_attention]
    write_rejected(tmp_path / "back.xlsx", read, doubtful)
    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == [*ROWS[1], "Reason"]
    assert [row[:5] for row in cells[1:]] == [
        [2, "=…", "20110106", "DG0013", "+86 138"],
        [3, "张小红", "约5岁", "DG0014", "<b>双胞胎</b>"],
        [4, None, sheet["C4"].value, 15, None],
    ]
    assert sheet["C4"].value.date() == date(2011, 5, 3)
    assert cells[2][5] == "Date of birth: “约5岁” is an age, not a date."
    assert sheet["C3"].comment.text.strip() == "“约5岁” is an age, not a date."
    assert sheet["C3"].fill.start_color.rgb == "FFFFF2A8"
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_corrected_file_is_read_again(read: ListRead, tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    write_rejected(path, read, [row for row in read.rows if row.needs_attention])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["B2"], sheet["C3"], sheet["B4"] = "李小亮", "2012-05-06", "陈小"
    book.save(path)
    again = read_list(path, "children")
    assert [(row.values["name"], row.day("birth_date"), row.problems) for row in again.rows] == [
        ("李小亮", date(2011, 1, 6), ()),
        ("张小红", date(2012, 5, 6), ()),
        ("陈小", date(2011, 5, 3), ()),
    ]
    assert again.mapping.fingerprint == read.mapping.fingerprint


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_column_of_reasons_is_never_taken_for_data(read: ListRead, tmp_path: Path, language: str) -> None:
    i18n.set_language(language)
    path = tmp_path / "back.xlsx"
    write_rejected(path, read, read.rows, {3: [Problem("worker_number", "?")], 5: [Problem("name", "?")]})
    again = read_list(path, "children")
    assert again.mapping.columns == read.mapping.columns
    assert again.mapping.fingerprint == read.mapping.fingerprint
