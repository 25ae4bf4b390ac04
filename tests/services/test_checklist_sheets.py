"""A list goes out as a spreadsheet and comes back changed; what it should not hold is refused in words."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from ccfs_desktop import i18n
from ccfs_desktop.errors import UserError
from ccfs_desktop.services import checklist_editions, checklist_sheets, checklists
from ccfs_desktop.services.checklists import Checklist


def sheet_of(checklist: Checklist, path: Path, *changes: tuple[str, str | int]) -> Path:
    """Write a list and change cells of the file, as the officer would in Excel."""
    checklist_sheets.save(checklist, path)
    book = openpyxl.load_workbook(path)
    for cell, value in changes:
        book.worksheets[0][cell] = value
    book.save(path)
    return path


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_list_comes_back_as_it_went_out(tmp_path: Path, language: str):
    i18n.set_language(language)
    for code in ("OPN", "DRL"):
        like = checklists.shipped()[code]
        assert checklist_sheets.load(sheet_of(like, tmp_path / f"{code}.xlsx"), like) == like


def test_what_was_changed_in_excel_is_read(tmp_path: Path):
    like = checklists.shipped()["OPN"]
    path = sheet_of(like, tmp_path / "a.xlsx", ("C5", "=1+1 the gate is locked"), ("I9", 30), ("S7", "x"), ("D6", "M"))

    read = checklist_sheets.load(path, like)

    assert read.item("OPN08").parts[0].most == Decimal(30)
    assert read.item("OPN06").off
    assert read.item("OPN05").letter == "M"


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("D3", "X", "Row 3: the severity is C, M, m or empty, not “X”."),
        ("E3", "yes+telepathy", "“telepathy” is nothing an item can ask for."),
        ("I3", "much", "“much” is no number."),
        ("I3", "1e999", "is no number."),
        ("C3", "x" * 301, "a wording of at most 300 characters."),
        ("A3", "OPN01", "Item OPN01 stands there twice."),
        ("R3", "often", "the photo is no, always or empty"),
        ("P3", "OPN99:1", "OPN02 is compared with OPN99"),
        ("A1", "Something", "has no column “Item”."),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_row(tmp_path: Path, cell: str, value: str, told: str):
    like = checklists.shipped()["OPN"]
    with pytest.raises(UserError, match=told.replace("“", ".").replace("”", ".")):
        checklist_sheets.load(sheet_of(like, tmp_path / "a.xlsx", (cell, value)), like)


def test_a_list_without_end_is_refused(tmp_path: Path):
    like = checklists.shipped()["OPN"]
    item = like.items[0]
    many = tuple(replace(item, id=f"X{n}") for n in range(checklist_editions.MOST_ITEMS + 1))
    long = replace(like, sections=(replace(like.sections[0], items=many),))
    with pytest.raises(UserError, match="at most 200 items"):
        checklist_sheets.load(sheet_of(long, tmp_path / "a.xlsx"), like)


def test_a_file_that_is_no_spreadsheet_is_refused(tmp_path: Path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"MZ\x90\x00")
    with pytest.raises(UserError, match="a program"):
        checklist_sheets.load(file, checklists.shipped()["OPN"])


def test_no_cell_that_goes_out_is_a_formula(tmp_path: Path):
    like = checklists.shipped()["OPN"]
    hostile = checklists.with_items(like, {"OPN03": replace(like.item("OPN03"), text='=HYPERLINK("x")')})
    checklist_sheets.save(hostile, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
