"""Whole lists of other factories, as untidy as they come."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ccfs_desktop.errors import UserError
from ccfs_desktop.services.listing import ColumnsMissing, ListRead, PickUp, read_list
from tests.services.listing.pens import write


def _values(read: ListRead, field: str) -> list[Any]:
    return [
        row.day(field) if field.endswith(("_on", "_date", "_until")) else row.values.get(field) for row in read.rows
    ]


def test_a_turkish_list_with_first_and_family_names(tmp_path: Path) -> None:
    rows = [
        ["ÇOCUK DOSTU ALAN KAYIT LİSTESİ 2018"],
        [],
        [
            "Sıra No",
            "Çocuğun Adı",
            "Çocuğun Soyadı",
            "Cinsiyeti",
            "Doğum Tarihi",
            "Velinin Sicil No",
            "Velinin Adı Soyadı",
            "Yakınlık",
            "Telefon No",
            "Alerji/Hastalık",
            "Teslim Alabilecek Kişi",
            "Fotoğraf İzni",
            "Başlama Tarihi",
        ],
        [
            "1",
            "Ayşe",
            "Yılmaz",
            "Kız",
            "05.03.2010",
            "00123",
            "Fatma Yılmaz",
            "Anne",
            "532 123 45 67",
            "Yok",
            "Hasan Yılmaz (dede) 0532 111 22 33",
            "Evet",
            "02.07.2018",
        ],
        [
            "2",
            "Ömer",
            "Şahin",
            "Erkek",
            "31.12.2011",
            "00456",
            "Mehmet Şahin",
            "Baba",
            "0533 765 43 21",
            "Fıstık",
            "",
            "Hayır",
            "09.07.2018",
        ],
        ["", "", "", "", "", "", "", "", "", "", "", "", ""],
        ["Toplam", "2"],
    ]
    read = read_list(write(tmp_path / "a.csv", rows, encoding="cp1254", separator=";"), "children", country="TR")
    assert _values(read, "name") == ["Ayşe Yılmaz", "Ömer Şahin"]
    assert _values(read, "sex") == ["female", "male"]
    assert _values(read, "birth_date") == [date(2010, 3, 5), date(2011, 12, 31)]
    assert _values(read, "starts_on") == [date(2018, 7, 2), date(2018, 7, 9)]
    assert _values(read, "phone") == ["05321234567", "05337654321"]
    assert _values(read, "worker_number") == ["00123", "00456"]
    assert _values(read, "health") == ["", "Fıstık"]
    assert read.rows[0].values["pickup"] == (PickUp("Hasan Yılmaz", "05321112233", "dede"),)
    assert not any(row.problems for row in read.rows)
    assert any("as in this list's other columns" in note for note in read.notes)


def test_an_indonesian_list_with_place_and_date_of_birth_in_one_column(tmp_path: Path) -> None:
    rows = [
        ["PT Sinar Jaya"],
        ["Pendaftaran Ruang Ramah Anak"],
        [None],
        [
            "No.",
            "Nama Lengkap Anak",
            "L/P",
            "Tempat, Tanggal Lahir",
            "NIK Orang Tua",
            "Nama Orang Tua",
            "Hub.",
            "No. HP/WA",
        ],
        [1, "Siti Nurhaliza", "P", "Bekasi, 5 Maret 2010", 100234, "Dewi Lestari", "Ibu", 81234567890.0],
        [2, "Ahmad Fauzi", "L", "Karawang, 17-08-2011", 100235, "Slamet Riyadi", "Ayah", "0812-3456-7891"],
        [3, "Rina", "P", date(2012, 12, 1), 100235, "Slamet Riyadi", "Ayah", "0812-3456-7891"],
        ["Jumlah", 4],
        [None, "Mengetahui,", None, None, "Dibuat oleh:"],
        [None, "(HRD Manager)", None, None, "(Admin)"],
    ]
    read = read_list(write(tmp_path / "a.ods", rows), "children", country="ID")
    assert [row.row for row in read.rows] == [5, 6, 7]
    assert _values(read, "birth_date") == [date(2010, 3, 5), date(2011, 8, 17), date(2012, 12, 1)]
    assert _values(read, "phone") == ["081234567890", "081234567891", "081234567891"]
    assert _values(read, "worker_number") == ["100234", "100235", "100235"]
    assert [row.row for row in read.skipped] == [8, 9, 10]
    assert any("own total is 4, but 3 rows were read" in note for note in read.notes)


def test_a_vietnamese_list_in_an_old_alphabet(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH TRẺ ĐĂNG KÝ HÈ"],
        [
            "STT",
            "Họ và tên trẻ",
            "Nam/Nữ",
            "Ngày tháng năm sinh",
            "Mã số NV của cha/mẹ",
            "Họ tên cha/mẹ",
            "SĐT liên hệ",
            "Người đón",
        ],
        [
            "1",
            "Nguyễn Thị Ánh Dương",
            "Nữ",
            "05/03/2010",
            "NV0012",
            "Trần Văn Hùng",
            "0909 123 456",
            "Hoa (bà ngoại) - 0912345678",
        ],
        ["2", "Lê Hoàng Phúc", "Nam", "15/8/2011", "NV0045", "Lê Thị Mỹ Lệ", "909123457", ""],
        ["3", "Phạm Như", "Nữ", "ngày 7 tháng 9 năm 2012", "NV0045", "Lê Thị Mỹ Lệ", "0909.123.457", ""],
    ]
    read = read_list(write(tmp_path / "a.csv", rows, encoding="cp1258"), "children", country="VN")
    assert _values(read, "name") == ["Nguyễn Thị Ánh Dương", "Lê Hoàng Phúc", "Phạm Như"]
    assert _values(read, "birth_date") == [date(2010, 3, 5), date(2011, 8, 15), date(2012, 9, 7)]
    assert _values(read, "phone") == ["0909123456", "0909123457", "0909123457"]
    assert read.rows[0].values["pickup"] == (PickUp("Hoa", "0912345678", "bà ngoại"),)


def test_a_bengali_list_with_bengali_digits(tmp_path: Path) -> None:
    rows = [
        ["ক্রমিক নং", "শিশুর নাম", "লিঙ্গ", "জন্ম তারিখ", "অভিভাবকের আইডি", "অভিভাবকের নাম", "সম্পর্ক", "মোবাইল নং", "ছবির অনুমতি"],
        ["১", "মোঃ রাকিব", "ছেলে", "১৫/০৩/২০১০", "০০১২", "মোঃ করিম", "বাবা", "০১৭১২৩৪৫৬৭৮", "হ্যাঁ"],
        ["২", "রাইসা", "মেয়ে", "৫ জুলাই ২০১২", "০০৪৫", "রহিমা বেগম", "মা", "01812345678", "না"],
    ]
    read = read_list(write(tmp_path / "a.xlsx", rows), "children", country="BD")
    assert _values(read, "birth_date") == [date(2010, 3, 15), date(2012, 7, 5)]
    assert _values(read, "worker_number") == ["0012", "0045"]
    assert _values(read, "phone") == ["01712345678", "01812345678"]
    assert _values(read, "relation") == ["father", "mother"]
    assert _values(read, "photo_consent") == [True, False]


def test_two_rows_of_headings_and_a_parent_merged_over_two_children(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["儿童之家报名表"],
        ["序号", "小孩", None, None, "家长", None, None, "父母双方", None, "备注"],
        [None, "姓名", "性别", "出生日期", "工号", "姓名", "电话", "x", "y", None],
        [1, "王小明", "男", date(2010, 5, 3), 12, "王强", 13800138000, None, None, None],
        [2, "王小红", "女", date(2012, 6, 3), None, None, None, None, None, "同上"],
        [3, "李　明", "男", "2011年2月3日", "00013", "李娟", "〃", None, None, None],
        [4, None, None, None, None, None, None, None, None, None],
    ]
    merged = ("A1:J1", "B2:D2", "E2:G2", "E4:E5", "F4:F5", "G4:G5")
    read = read_list(write(tmp_path / "a.xlsx", rows, merged=merged), "children", country="CN")
    assert read.header_row == 3
    assert _values(read, "name") == ["王小明", "王小红", "李明"]
    assert _values(read, "worker_number") == ["00012", "00012", "00013"]
    assert _values(read, "guardian_name") == ["王强", "王强", "李娟"]
    assert _values(read, "phone") == ["13800138000"] * 3
    assert [row.reason for row in read.skipped] == ["Nobody is written in this row."]
    assert not any(row.problems for row in read.rows)


def test_workers_with_sections_repeated_headings_and_months_first(tmp_path: Path) -> None:
    head = [
        "Sl.",
        "Emp. ID",
        "Employee Name",
        "Gender",
        "DOJ",
        "Sec.",
        "Line",
        "Mobile No",
        "Supervisor ID",
        "Date of Resign",
    ]
    rows = [
        ["XYZ Ltd"],
        head,
        [1, 101, "Md. Karim", "M", "12/25/2010", "Sewing", 3, 1712345678, "0007", None],
        [2, 102, "Mst. Asha", "F", "01/05/2011", "Sewing", 3, "+8801712345679", "0007", "-"],
        ["Cutting section"],
        head,
        [3, 103, "Rita", "F", "3/4/2012", "Cutting", None, "01712-345670", "0008", "06/30/2015"],
        ["Note: as of June"],
        ["Prepared by: HR", None, None, "Approved by"],
    ]
    read = read_list(write(tmp_path / "a.xlsx", rows), "workers", country="BD")
    assert _values(read, "number") == ["0101", "0102", "0103"]
    assert _values(read, "hired_on") == [date(2010, 12, 25), date(2011, 1, 5), date(2012, 3, 4)]
    assert _values(read, "left_on") == [None, None, date(2015, 6, 30)]
    assert _values(read, "phone") == ["01712345678", "+8801712345679", "01712345670"]
    assert [(row.row, row.reason) for row in read.skipped] == [
        (5, "A remark, not a person."),
        (6, "The headings again."),
        (8, "A remark, not a person."),
        (9, "A remark, not a person."),
    ]


def test_a_bilingual_worker_list_with_ticked_sex_and_a_name_over_two_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Bìa"])
    sheet = book.create_sheet("DSCNV")
    for row in (
        ["CÔNG TY ABC"],
        ["STT", "MSNV", "Họ và tên", None, "Nam", "Nữ", "Ngày vào\nlàm việc", "Phòng/Ban", "ĐTDĐ", "Tình trạng"],
        ["No.", "Code", "Full name", None, "Male", "Female", "Date joined", "Dept.", "Mobile", "Status"],
        [1, 23, "Nguyễn Văn", "An", "x", None, date(2010, 1, 5), "May 1", 912345678, "Đang làm"],
        [2, 24, "Trần Thị", "Bé", None, "x", "15/2/2011", "May 1", "0912345679", "Nghỉ việc"],
    ):
        sheet.append(row)
    for area in ("C2:D2", "C3:D3"):
        sheet.merge_cells(area)
    for place in ("B4", "B5"):
        sheet[place].number_format = "00000"
    sheet.row_dimensions[5].hidden = True
    book.create_sheet("Cũ").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    read = read_list(tmp_path / "a.xlsx", "workers", country="VN")
    assert (read.sheet, read.header_row) == ("DSCNV", 3)
    assert _values(read, "number") == ["00023", "00024"]
    assert _values(read, "name") == ["Nguyễn Văn An", "Trần Thị Bé"]
    assert _values(read, "sex") == ["male", "female"]
    assert _values(read, "status") == ["working", "left"]
    assert any("1 row is hidden" in note for note in read.notes)


def test_father_and_mother_in_columns_of_their_own(tmp_path: Path) -> None:
    rows = [
        [
            "Name of child",
            "Birth date",
            "Father's name",
            "Father's ID",
            "Mother's name",
            "Mother's ID",
            "Mother's phone",
        ],
        ["Rina", "2010-03-05", "Slamet", None, "Dewi", "1002", "0812345678"],
        ["Budi", "2011-03-05", "Agus", "1003", "Ani", "1004", None],
        ["Sari", "2012-03-05", "Joko", None, "Wati", None, None],
    ]
    read = read_list(write(tmp_path / "a.xlsx", rows), "children")
    assert _values(read, "worker_number") == ["1002", "1004", None]
    assert _values(read, "guardian_name") == ["Dewi", "Ani", "Wati"]
    assert _values(read, "relation") == ["mother"] * 3
    assert _values(read, "second_name") == ["Slamet", "Agus", "Joko"]
    assert _values(read, "second_number") == [None, "1003", None]
    assert [row.needs_attention for row in read.rows] == [False, False, True]


def test_what_excel_spoilt_is_said(tmp_path: Path) -> None:
    rows = [
        ["Child name", "Date of birth", "Parent ID", "Phone"],
        ["Ann", "2010-03-05", date(2017, 12, 3), "1.37E+10"],
        ["Bea", "#N/A", "12-3", "0171 2345678"],
        ["12345", "2010-03-05", "12-4", "0171 2345678"],
        ["@SUM(A1)", "2010-03-05", "12-5", "0171 2345678"],
        ["- Lan\u200b ", "2010-03-05", "12-6", "0171 2345678"],
    ]
    read = read_list(write(tmp_path / "a.xlsx", rows), "children")
    told = [{problem.field: problem.reason for problem in row.problems} for row in read.rows]
    assert told == [
        {
            "phone": "Excel cut this number short: “1.37E+10”.",
            "worker_number": "Excel turned this number into the date 2017-12-03.",
        },
        {"birth_date": "The cell shows Excel's error “#N/A”."},
        {"name": "“12345” is not a name."},
        {"name": "The name is a formula, not a name."},
        {},
    ]
    assert read.rows[4].values["name"] == "Lan"


def test_the_officers_columns_win_and_are_remembered(tmp_path: Path) -> None:
    rows = [
        ["Who", "When", "Badge of mum"],
        ["Ann", "2010-03-05", "12"],
        ["Bea", "2011-03-05", "13"],
        ["Cy", "2011-03-05", "14"],
    ]
    path = write(tmp_path / "a.xlsx", [["Child name", "x", "y"], *rows[1:]])
    with pytest.raises(ColumnsMissing, match="no column for: Date of birth") as missing:
        read_list(path, "children")
    chosen = {"name": 0, "birth_date": 1, "worker_number": 2}
    fingerprint = missing.value.table.mapping.fingerprint
    assert _values(read_list(path, "children", mapping=chosen), "worker_number") == ["12", "13", "14"]
    assert _values(read_list(path, "children", remembered={fingerprint: chosen}), "worker_number") == ["12", "13", "14"]


def test_the_right_sheet_is_found_and_the_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    head = ["工号", "姓名", "性别", "入职日期", "部门"]
    for name in ("车间一", "车间二"):
        sheet = book.create_sheet(name)
        for row in (head, ["A1", "王强", "男", date(2010, 1, 1), name], ["A2", "李娟", "女", date(2010, 1, 1), name]):
            sheet.append(row)
    book["车间二"].append(["A3", "赵敏", "女", date(2010, 1, 1), "车间二"])
    book.save(tmp_path / "a.xlsx")
    read = read_list(tmp_path / "a.xlsx", "workers")
    assert (read.sheet, len(read.rows)) == ("车间二", 3)
    assert any("“车间一” looks the same" in note for note in read.notes)
    assert len(read_list(tmp_path / "a.xlsx", "workers", sheet="车间一").rows) == 2


def test_the_wrong_list_is_refused(tmp_path: Path) -> None:
    rows = [
        ["Employee No", "Name", "Birth date", "Joining date", "Line", "Shift"],
        ["12", "Ann", "1985-01-01", "2010-01-01", "3", "Day"],
    ]
    path = write(tmp_path / "a.xlsx", rows)
    with pytest.raises(UserError, match="No table was found"):
        read_list(write(tmp_path / "b.xlsx", [["Canteen menu"], ["Monday", "Rice"], ["Tuesday", "Soup"]]), "children")
    with pytest.raises(UserError, match="There is no sheet “X”"):
        read_list(path, "workers", sheet="X")
    with pytest.raises(UserError, match="This looks like another list: Worker list"):
        read_list(path, "staff")


def test_a_second_child_in_the_same_row_is_not_lost_in_silence(tmp_path: Path) -> None:
    rows = [
        ["工号", "姓名", "小孩1姓名", "小孩1出生日期", "小孩2姓名", "小孩2出生日期"],
        ["A01", "王强", "王小明", date(2010, 1, 2), "王小红", date(2012, 1, 2)],
        ["A02", "李强", "李明", date(2010, 1, 2), None, None],
    ]
    read = read_list(write(tmp_path / "a.xlsx", rows), "children")
    assert _values(read, "name") == ["王小明", "李明"]
    assert _values(read, "guardian_name") == ["王强", "李强"]
    assert sum("give each child a row of its own" in note for note in read.notes) == 2


def test_a_column_that_only_counts_rows_is_no_number(tmp_path: Path) -> None:
    rows = [["No", "Name", "Joining date"], *([n, f"Ann {chr(64 + n)}", "2010-03-25"] for n in range(1, 6))]
    with pytest.raises(ColumnsMissing, match="no column for: Employee no"):
        read_list(write(tmp_path / "a.xlsx", rows), "workers")


@pytest.mark.parametrize("counted", [["(1)", "(2)", "(3)", "(4)"], [1, 2, 3, 4], ["A", "B", "C", "D"]])
def test_headings_that_are_counted_through_are_read_and_their_numbers_left_out(
    tmp_path: Path, counted: list[str | int]
) -> None:
    rows = [["1. Child name", "2. Date of birth", "3. Sex", "4. Parent ID"], counted, ["Amy", "2010-05-16", "F", "A-1"]]
    read = read_list(write(tmp_path / "a.xlsx", rows), "children")
    assert _values(read, "name") == ["Amy"]
    assert [row.reason for row in read.skipped] == ["The columns' numbers."]


def test_days_of_an_old_mac_and_of_a_slow_clock_are_the_days_that_were_typed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in (
        ["Child name", "Date of birth", "Parent ID"],
        ["Amy", date(2010, 5, 16), "A-1"],
        ["Ben", datetime(2010, 5, 15, 23, 59, 17), "A-1"],
        ["Cid", 38_852, "A-1"],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    read = read_list(tmp_path / "a.xlsx", "children")
    assert [row.day("birth_date") for row in read.rows] == [date(2010, 5, 16)] * 3
