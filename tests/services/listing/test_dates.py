"""Every form of a date that factories were seen to write, and those that must not be guessed."""

from datetime import date

import pytest

from ccfs_desktop.services.listing import ParsedDate
from ccfs_desktop.services.listing.dates import parse_column
from ccfs_desktop.services.listing.sheet import Cell

TODAY = date(2026, 3, 1)


def _one(cell: Cell, heading: str = "", years: tuple[int, int] = (-30, 0)) -> ParsedDate:
    (found,), _notes = parse_column([cell], heading=heading, today=TODAY, years=years)
    assert found
    return found


@pytest.mark.parametrize(
    "cell",
    [
        "2010-03-25",
        "2010/3/25",
        "2010.3.25",
        "2010年3月25日",
        "2010年3月25号",
        "２０１０／３／２５",
        "二〇一〇年3月25日",
        "20100325",
        20100325.0,
        40262.0,
        "40262",
        "25/03/2010",
        "25-3-2010",
        "25.03.2010",
        "25 03 2010",
        "3/25/2010",
        "25/03/10",
        "10年3月25日",
        "25032010",
        "২৫/০৩/২০১০",
        "২৫ মার্চ ২০১০",
        "২৫শে মার্চ, ২০১০",
        "25-Mar-10",
        "25 Mar 2010",
        "March 25th, 2010",
        "25 Maret 2010",
        "Kamis, 25 Maret 2010",
        "25 Mart 2010",
        "2010-03-25 00:00:00",
        "3/25/2010 12:00:00 AM",
        "2010-03-25T00:00:00",
        "ngày 25 tháng 3 năm 2010",
        "25 tháng 3, 2010",
        "25 thg 3 2010",
        " 2010 - 03 - 25 ",
        date(2010, 3, 25),
    ],
)
def test_a_birth_date_is_read_in_any_form(cell: Cell) -> None:
    assert _one(cell).value == date(2010, 3, 25), _one(cell)


@pytest.mark.parametrize(
    ("cell", "known", "said"),
    [
        ("约5岁", "age", "is an age"),
        ("about 6 years", "age", "is an age"),
        ("5 tuổi", "age", "is an age"),
        ("৫ বছর", "age", "is an age"),
        (6.0, "age", "is an age"),
        ("7 tahun", "age", "is an age"),
        ("2010年属虎", "year", "the year only"),
        (2010.0, "year", "the year only"),
        ("2010", "year", "the year only"),
        ("tháng 5 năm 2011 (không nhớ)", "month", "the month"),
        ("2010年3月", "month", "the month"),
        ("03/2010", "month", "the month"),
        ("Mei 2010", "month", "the month"),
        ("农历2010年三月初五", "", "lunar"),
        ("30/02/2010", "", "not a day"),
        ("2010-13-05", "", "not a day"),
        ("不记得", "", "cannot be read"),
        ("15-03-2010?", "", "cannot be read"),
        (date(1900, 1, 1), "", "cannot be read"),
        (True, "", "cannot be read"),
    ],
)
def test_what_is_no_whole_date_is_said_in_words(cell: Cell, known: str, said: str) -> None:
    found = _one(cell)
    assert (found.value, found.precision) == (None, known)
    assert said in found.problem


def test_a_date_that_could_be_two_dates_names_both() -> None:
    found = _one("03/11/2010")
    assert found.value is None
    assert found.problem == "“03/11/2010” could be November 3, 2010 or March 11, 2010."
    assert found.choices == (date(2010, 11, 3), date(2010, 3, 11))


def test_the_column_itself_decides_and_says_so() -> None:
    found, notes = parse_column(["03/11/2010", "13/10/2010", None, "9-9-2011"], heading="Ngày sinh", today=TODAY)
    assert [day and day.value for day in found] == [date(2010, 11, 3), date(2010, 10, 13), None, date(2011, 9, 9)]
    assert notes == ["Dates in column “Ngày sinh” are read as day/month/year because 1 cell can only be that."]

    found, notes = parse_column(["03/11/2010", "10/13/2010"], heading="DOB", today=TODAY)
    assert [day and day.value for day in found] == [date(2010, 3, 11), date(2010, 10, 13)]
    assert "month/day/year" in notes[0]


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    found, notes = parse_column(["03/11/2010", "13/10/2010", "10/13/2010"], heading="DOB", today=TODAY)
    assert [bool(day and day.value) for day in found] == [False, True, True]
    assert not notes


@pytest.mark.parametrize(
    ("heading", "month"),
    [
        ("DOB (DD/MM/YYYY)", 11),
        ("Date of birth mm/dd/yyyy", 3),
        ("Doğum Tarihi (GG.AA.YYYY)", 11),
        ("Tanggal lahir (tgl/bln/thn)", 11),
        ("Ngày sinh (ngày/tháng/năm)", 11),
    ],
)
def test_a_heading_may_say_the_order(heading: str, month: int) -> None:
    assert _one("03/11/2010", heading).value == date(2010, month, 14 - month)


def test_years_of_two_digits_take_the_century_that_fits() -> None:
    assert _one("25/12/85", years=(-85, 0)).value == date(1985, 12, 25)
    assert _one("25-Dec-31", years=(-15, 15)).value == date(2031, 12, 25)
    found, _notes = parse_column(["31/10/08", "05/06/09"], today=TODAY, years=(-30, 0))
    assert [day and day.value for day in found] == [date(2008, 10, 31), date(2009, 6, 5)]


def test_days_and_months_that_excel_exchanged_are_asked_about() -> None:
    swapped: list[Cell] = [date(2010, 3, month) for month in (1, 2, 4, 5)]
    found, notes = parse_column([*swapped, "13/10/2010", "14/10/2010", "25/12/2010"], heading="Ngày sinh", today=TODAY)
    assert "exchanged day and month" in notes[0]
    assert [bool(day and day.problem) for day in found] == [True] * 4 + [False] * 3
    assert found[0]
    assert found[0].choices == (date(2010, 3, 1), date(2010, 1, 3))
