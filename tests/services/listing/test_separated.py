"""Text files in any alphabet a factory's PC saves them in; never a letter guessed into another."""

from pathlib import Path

import pytest

from ccfs_desktop.errors import UserError
from ccfs_desktop.services.listing import open_book
from ccfs_desktop.services.listing.separated import decode
from tests.services.listing.pens import vietnamese, write

CHINESE = [["工号", "姓名", "性别"], ["DG001", "欧阳锋", "男"], ["DG002", "张瑾瑜", "女"], ["DG003", "王喆", "女"]]
VIETNAMESE = [
    ["Mã NV", "Họ và tên", "Giới tính"],
    ["001", "Nguyễn Thị Ánh Dương", "Nữ"],
    ["002", "Lê Đức Thịnh", "Nam"],
]
TURKISH = [["Sicil No", "Adı Soyadı", "Bölümü"], ["12", "Ayşe Yılmaz", "Dikiş"], ["13", "İrem Güneş", "Kesim"]]
BENGALI = [["কার্ড নং", "নাম"], ["০১২", "মোঃ রাকিব হোসেন"], ["০১৩", "সুমাইয়া আক্তার"]]


@pytest.mark.parametrize(
    ("rows", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (CHINESE, "utf-16"),
        (VIETNAMESE, "utf-8"),
        (VIETNAMESE, "utf-8-sig"),
        (VIETNAMESE, "cp1258"),
        (VIETNAMESE, "utf-16"),
        (TURKISH, "utf-8"),
        (TURKISH, "cp1254"),
        (BENGALI, "utf-8"),
        (BENGALI, "utf-8-sig"),
        (BENGALI, "utf-16"),
        ([["工號", "姓名"], ["A1", "陳麗華"], ["A2", "黃國強"]], "big5"),
        ([["No", "Name"], ["1", "Renée Müller"]], "cp1252"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_letter_survives(tmp_path: Path, rows: list[list[str]], encoding: str, separator: str) -> None:
    path = write(tmp_path / "list.csv", rows, encoding=encoding, separator=separator)
    assert open_book(path).sheets[0].rows == rows


def test_long_lists_in_old_alphabets_are_recognised(tmp_path: Path) -> None:
    for rows, encoding in ((CHINESE, "gb18030"), (VIETNAMESE, "cp1258"), (TURKISH, "cp1254")):
        path = write(tmp_path / f"{encoding}.csv", rows * 300, encoding=encoding)
        assert open_book(path).sheets[0].rows == rows * 300


def test_english_text_in_any_alphabet_is_itself() -> None:
    assert decode(b"No,Name\r\n1,Ann\r\n") == "No,Name\r\n1,Ann\r\n"


def test_letters_that_make_no_sense_are_refused_not_guessed() -> None:
    with pytest.raises(UserError, match="letters in this file cannot be read"):
        decode(bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF, 0xFE]) * 20)
    with pytest.raises(UserError, match="letters in this file cannot be read"):
        decode("工号,姓名\r\nDG001,张瑾瑜\r\n".encode()[:-4] + b"\xff\xff\xff\xff\xa0\xa0\x80\r\n" * 9)


def test_rows_are_counted_as_excel_counts_them(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'sep=;\r\nA;B\r\n\r\n"x\r\ny";="007"\r\n1;2\r\n')
    assert open_book(tmp_path / "a.csv").sheets[0].rows == [["A", "B"], [], ["x\r\ny", "007"], ["1", "2"]]


def test_a_title_with_commas_does_not_hide_the_table(tmp_path: Path) -> None:
    lines = "Danh sách, hè 2017, đợt 1, xưởng A\r\nMã NV;Họ tên;Giới tính\r\n1;Lan;Nữ\r\n2;Hoa;Nữ\r\n"
    (tmp_path / "a.csv").write_bytes(vietnamese(lines))
    assert open_book(tmp_path / "a.csv").sheets[0].rows[1] == ["Mã NV", "Họ tên", "Giới tính"]


def test_lines_of_an_old_mac_and_empty_rows_below_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'Name, Role\r"Ann\nLee", "Cook"\r' + b",\r" * 200_000)
    rows = open_book(tmp_path / "a.csv").sheets[0].rows
    assert rows == [["Name", "Role"], ["Ann\nLee", "Cook"]]
