"""Files of every format are opened; hostile, broken and mistaken ones are refused with a sentence."""

import io
import random
import struct
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from ccfs_desktop.errors import UserError
from ccfs_desktop.services.listing import CancelledError, Sheet, open_book
from tests.services.listing.pens import write

LIST = [
    ["Registration"],
    [],
    ["No.", "Child name", "Date of birth"],
    [1, "Mai Vũ", date(2010, 3, 25)],
    [2, '=HYPERLINK("http://x";"y")', date(2011, 3, 25)],
    [None, None, None],
    [3, "李小明", "约5岁"],
]


def _sheet(path: Path) -> Sheet:
    return open_book(path).sheets[0]


@pytest.mark.parametrize("name", ["list.xlsx", "list.xls", "list.ods"])
def test_a_workbook_is_read_with_excels_row_numbers_and_its_formulas(tmp_path: Path, name: str) -> None:
    rows = [[str(c).replace(";", ",") if str(c).startswith("=") and name != "list.xls" else c for c in r] for r in LIST]
    sheet = _sheet(write(tmp_path / name, rows))
    assert sheet.rows[0] == ["Registration"]
    assert sheet.cell(2, 1) == "Child name"
    assert sheet.cell(3, 2) == date(2010, 3, 25)
    assert sheet.cell(6, 1) == "李小明"
    assert list(sheet.formulas) == [(4, 1)]
    assert sheet.formulas[4, 1].startswith("=")


def test_what_excel_shows_is_what_is_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "list.xlsx")) as book:
        sheet = book.add_worksheet("Workers")
        sheet.write_number("A1", 7, book.add_format({"num_format": "000000"}))
        sheet.write_number("B1", 39973, book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        sheet.write_formula("C1", "=1/0", value="#DIV/0!")  # pyright: ignore[reportArgumentType, reportCallIssue]
        sheet.merge_range("A2:A3", "Sewing")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write("A4", "x")
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))
        book.add_worksheet("Old").hide()
    shown, old = open_book(tmp_path / "list.xlsx").sheets
    assert shown.rows[0] == ["000007", date(2009, 6, 9), "#DIV/0!"]
    assert (1, 0, 2, 0) in shown.merged
    assert shown.hidden_rows == {3}
    assert (shown.hidden, old.hidden) == (False, True)
    assert len(shown.rows) == 4


# --------------------------------------------------------------------------------------------------- what is refused
def _xlsx() -> bytes:
    data = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name", "Number"])
    book.save(data)
    return data.getvalue()


def _package(**parts: bytes) -> bytes:
    """Rebuild a workbook with some of its parts replaced or added."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_xlsx())) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return data.getvalue()


def _sheet_xml(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = _sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' * 1_500_000)
FAR = _sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _sheet_xml("&a;")

HOSTILE = {
    "empty.xlsx": (b"", "is empty"),
    "zeros.xlsx": (b"\0" * 4096, "is empty"),
    "program.xlsx": (b"MZ\x90\0" + b"\0" * 4096, "is a program"),
    "program.csv": (b"MZ\x90\0" + b"\0" * 4096, "is a program"),
    "letter.pdf": (b"%PDF-1.7 ...", "is a PDF"),
    "photo.xlsx": (b"\xff\xd8\xff\xe0 ...", "is a picture"),
    "page.xls": (b"<html><table><tr><td>Name</td></tr></table></html>", "web page"),
    "letter.xlsx": (_package(x=b"").replace(b"xl/", b"wo/"), "not a list"),
    "truncated.xlsx": (_xlsx()[:2000], "damaged"),
    "truncated.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
    "noise.xls": (b"\x01\x02\0\x03" * 999, "damaged"),
    "bomb.xlsx": (_package(**{SHEET: BOMB}), "too large"),
    "far.xlsx": (_package(**{SHEET: FAR}), "stray cell"),
    "entity.xlsx": (_package(**{SHEET: ENTITY}), "damaged"),
    "path.xlsx": (_package(**{"../../evil.xml": b"x"}), "damaged"),
    "device.xlsx": (_package(**{"xl/con.txt": b"x"}), "damaged"),
    "media.xlsx": (_package(**{"xl/media/a.bin": b"\0" * (90 << 20)}), "too large"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 90, "password"),
    "nothing.csv": (b"one\r\ntwo\r\nthree\r\n", "no columns"),
    "binary.csv": (bytes(range(1, 9)) * 50 + b"\0\xff", "damaged"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_or_mistaken_file_is_refused_in_words(tmp_path: Path, name: str) -> None:
    data, sentence = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=sentence) as refused:
        open_book(tmp_path / name)
    assert str(refused.value).endswith(".")


def test_a_protected_old_workbook_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "list.xls", LIST[:4])
    data = path.read_bytes()
    at = data.index(struct.pack("<HH", 0x0042, 2))  # the code page record becomes the password's
    path.write_bytes(data[:at] + struct.pack("<HH", 0x002F, 2) + data[at + 4 :])
    with pytest.raises(UserError, match=r"password|damaged"):
        open_book(path)


def test_a_missing_file_and_excels_own_note_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file “gone"):
        open_book(tmp_path / "gone.xlsx")
    (tmp_path / "~$list.xlsx").write_bytes(b"x")
    with pytest.raises(UserError, match="a note Excel keeps"):
        open_book(tmp_path / "~$list.xlsx")


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = write(tmp_path / "list.xlsx", LIST)
    with pytest.raises(CancelledError, match="Nothing was changed"):
        open_book(path, cancel=lambda: True)


def test_a_thousand_damaged_workbooks_give_nothing_but_sentences() -> None:
    """Straight into the reader: a process for each would take minutes and test the same code."""
    from ccfs_desktop.services.listing import child, guard

    chance = random.Random(7)  # noqa: S311 (the same damage in every run)
    good = _xlsx()
    for _ in range(1000):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            guard.check_package(bytes(data))
        except UserError:
            continue
        answer = child.answer("xlsx", bytes(data))
        assert child.unpacked(answer) in ("damaged", "password", "far") or isinstance(child.unpacked(answer), list)
