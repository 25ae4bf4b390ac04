"""The day sheet: every name exact, every mark where the reader will look for it."""

from dataclasses import replace
from typing import Literal

import pytest
from PIL import ImageChops

from ccfs_desktop.reports import sign_in_sheet
from ccfs_desktop.services.sheet_codes import decode
from ccfs_desktop.services.sheet_geometry import LAYOUT, LEFT, Box, page_geometry
from tests.reports.pages import codes, cut, darkness, pictures, texts
from tests.reports.samples import KEY, NAMES, day_sheet, rows

MARKERS = {
    # The inner squares of OpenCV's DICT_4X4_50, as its own generator draws them (1 is white).
    0: "1011010100110010",
    1: "0000111110011010",
    2: "0011001100101101",
    3: "1001100101000110",
    4: "0101010010011110",
    5: "0111100111001101",
}


@pytest.mark.parametrize("layout", ["scan-ready", "full"])
@pytest.mark.parametrize("language", NAMES)
def test_every_name_and_both_languages_are_on_the_sheet(language: str, layout: Literal["scan-ready", "full"]):
    pages = texts(sign_in_sheet.render(day_sheet(language, layout=layout)))
    text = " ".join(" ".join(pages).split())  # a long heading may take two lines

    own = {"zh_CN": "到达时间", "vi": "Giờ đến", "bn": "আগমনের সময়"}[language]
    for words in (*NAMES[language], own, "Time in", "Monday, 10 July 2017", "7K2M-9QXA"):
        assert words in text, words


def test_a_page_has_twenty_rows_at_most_and_no_empty_ones():
    document = sign_in_sheet.render(day_sheet(rows=rows(NAMES["zh_CN"], 27)))

    pages = texts(document)
    assert [page.count(":45") for page in pages] == [40, 14]
    assert "Page 2 of 2" in pages[1]


@pytest.mark.parametrize(("layout", "name", "count"), [("scan-ready", LAYOUT, 2), ("full", "L1", 1)])
def test_the_codes_of_each_page_say_sheet_page_and_layout(layout: Literal["scan-ready", "full"], name: str, count: int):
    sheet = day_sheet(layout=layout, rows=rows(NAMES["vi"], 21), revision=3)
    for number, picture in enumerate(pictures(sign_in_sheet.render(sheet)), start=1):
        found = [decode(content, KEY) for content in codes(picture)]
        assert len(found) == count
        assert {(page.sheet, page.page, page.layout, page.revision) for page in found} == {
            ("7K2M9QXA", number, name, 3)
        }


def test_the_six_markers_are_where_and_what_a_scanner_expects():
    picture = pictures(sign_in_sheet.render(day_sheet()))[0]
    for mark in page_geometry(1, day_sheet().opens, day_sheet().closes).markers:
        unit = mark.box.width / 6
        squares = [
            darkness(picture, mark.box.left + (column + 0.5) * unit, mark.box.top + (row + 0.5) * unit)
            for row in range(6)
            for column in range(6)
        ]
        inner = "".join("1" if squares[row * 6 + column] < 50 else "0" for row in range(1, 5) for column in range(1, 5))
        assert inner == MARKERS[mark.number]
        border = [squares[row * 6 + column] for row in range(6) for column in range(6) if {row, column} & {0, 5}]
        assert min(border) > 200


def test_boxes_are_printed_where_the_geometry_says_and_empty():
    sheet = day_sheet()
    picture = pictures(sign_in_sheet.render(sheet))[0]
    for row in page_geometry(len(sheet.rows), sheet.opens, sheet.closes).rows:
        for cell in row.cells:
            x, y = cell.box.middle
            assert darkness(picture, x, y) == 0
            for edge_x, edge_y in ((cell.box.left, y), (cell.box.right, y), (x, cell.box.top), (x, cell.box.bottom)):
                around = cut(picture, Box(edge_x - 0.3, edge_y - 0.3, 0.6, 0.6))
                assert around.getextrema()[0] < 100, cell.name  # pyright: ignore[reportOperatorIssue]


def test_long_and_hostile_names_stay_in_their_column():
    names = ("Nguyễn Phúc Thanh Trà Mi Hoàng Kim Bảo Ngọc " * 6, "<b>" * 80, "王" * 300, "শ্রী" * 90, "A\x07\u202e" * 50)
    plain = day_sheet(rows=tuple(replace(row, name="Li", number="1") for row in rows(names)))
    hostile = replace(plain, rows=tuple(replace(row, name=name) for row, name in zip(plain.rows, names, strict=True)))

    one, other = (pictures(sign_in_sheet.render(sheet))[0] for sheet in (plain, hostile))

    geometry = page_geometry(len(names), plain.opens, plain.closes)
    column = geometry.columns.child
    outside = [
        Box(0, 0, LEFT - 0.3, 297),
        Box(column.right + 0.3, 0, 209 - column.right, 297),
        Box(0, 0, 210, geometry.table.top - 0.3),
        Box(0, geometry.table.bottom + 0.3, 210, 296 - geometry.table.bottom),
    ]
    for box in outside:
        assert ImageChops.difference(cut(one, box), cut(other, box)).getbbox() is None
    assert ImageChops.difference(cut(one, geometry.table), cut(other, geometry.table)).getbbox() is not None


def test_a_reprint_keeps_its_number_and_counts_copies():
    text = texts(sign_in_sheet.render(day_sheet(copy=2)))[0]

    assert "7K2M-9QXA" in text
    assert "Copy 2" in text


def test_the_full_sheet_ends_with_three_spare_rows_and_its_totals():
    pages = texts(sign_in_sheet.render(day_sheet(layout="full", rows=rows(NAMES["zh_CN"], 14))))

    assert len(pages) == 2  # 14 children and 3 spare rows: one more than a page takes
    assert "Head-count" not in pages[0]
    assert "10:00" in pages[1]
    assert "Absent, unexcused" in pages[1]


@pytest.mark.parametrize("layout", ["scan-ready", "full"])
def test_a_day_without_children_still_prints_a_sheet(layout: Literal["scan-ready", "full"]):
    pages = texts(sign_in_sheet.render(day_sheet(layout=layout, rows=())))

    assert len(pages) == 1
    assert "7K2M-9QXA" in pages[0]
