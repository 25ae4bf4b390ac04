"""The code on a sheet: typed by people, read by scanners, refused when it is not ours."""

import pytest

from ccfs_desktop.errors import UserError
from ccfs_desktop.services.sheet_codes import PageCode, decode, encode, new_sheet_code, typed, written
from tests.reports.samples import KEY

PAGE = PageCode("7K2M9QXA", 3, "P1", 2)


def test_a_code_says_what_was_put_in():
    content = encode(PAGE, KEY)

    assert len(content) == 20
    assert content.startswith("S17K2M9QXA03P12")
    assert decode(content, KEY) == PAGE


@pytest.mark.parametrize("place", range(20))
def test_a_code_with_one_character_changed_is_refused(place: int):
    content = encode(PAGE, KEY)
    other = "2" if content[place] != "2" else "3"

    with pytest.raises(UserError):
        decode(content[:place] + other + content[place + 1 :], KEY)


def test_another_offices_sheet_is_refused():
    with pytest.raises(UserError, match="not printed by this office"):
        decode(encode(PAGE, bytes(32)), KEY)


@pytest.mark.parametrize("content", ["", "https://example.org", "S1" + "I" * 18, "７" * 20])
def test_other_codes_are_refused(content: str):
    with pytest.raises(UserError, match="not the code of a sign-in sheet"):
        decode(content, KEY)


def test_a_number_is_read_as_it_was_typed():
    assert written("7K2M9QXA") == "7K2M-9QXA"
    assert typed(" 7k2m-9qxa ") == "7K2M9QXA"
    assert typed("oI1L 0000") == "01110000"
    with pytest.raises(UserError, match="eight letters and digits"):
        typed("7K2M-9QX")


def test_new_sheets_have_numbers_of_their_own():
    numbers = {new_sheet_code() for _ in range(500)}

    assert len(numbers) == 500
    assert all(typed(number) == number for number in numbers)
