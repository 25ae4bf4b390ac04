"""The three factories' own files: every row is understood as its expected outcome asks."""

import json
from pathlib import Path
from typing import Any

import pytest

from ccfs_desktop.services.listing import ListRead, ListRow, read_list
from ccfs_desktop.services.workers import number_key

pytestmark = pytest.mark.shared

FILES = {
    "dongguan-toys": ("员工花名册.xlsx", "2017暑期班报名表.xlsx", "老师名单.xlsx"),
    "binh-duong-footwear": ("Danh sách công nhân.xlsx", "Đăng ký hè 2017.xlsx", "Giáo viên.xlsx"),
    "gazipur-garments": ("Employee list.xlsx", "CFS registration 2017.xlsx", "CFS staff.xlsx"),
}
_SAID_WHILE_READING = ("birth date missing", "birth date cannot be read", "the name is a formula", "the child's name")


@pytest.fixture(params=list(FILES))
def factory(request: pytest.FixtureRequest, factories: Path) -> tuple[Path, str]:
    return factories / request.param, request.param


def _read(factory: tuple[Path, str], kind: str) -> tuple[ListRead, dict[str, Any]]:
    folder, name = factory
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    file = folder / FILES[name][["workers", "children", "staff"].index(kind)]
    return read_list(file, kind, country=expected["factory"]["country"]), expected


def test_every_worker_is_read(factory: tuple[Path, str]) -> None:
    read, expected = _read(factory, "workers")
    assert len(read.rows) == expected["workers"]
    assert not [row for row in read.rows if row.problems]
    assert sum(1 for row in read.rows if row.day("left_on")) == expected["workers_left"]
    assert sum(1 for row in read.rows if row.values["migrant"]) == expected["migrants"]
    assert {len(row.values["number"]) for row in read.rows} == {len(read.rows[0].values["supervisor_number"])}
    assert [skipped.reason for skipped in read.skipped] == ["A row of totals."]


def test_every_child_is_read_as_expected(factory: tuple[Path, str]) -> None:
    read, expected = _read(factory, "children")
    assert [row.row for row in read.rows] == [row["excel_row"] for row in expected["rows"]]
    for row, wanted in zip(read.rows, expected["rows"], strict=True):
        _check_child(row, wanted)


def _check_child(row: ListRow, wanted: dict[str, Any]) -> None:
    day = row.day("birth_date")
    assert (day.isoformat() if day else None) == wanted["dob"], row
    assert number_key(row.values["worker_number"]) == number_key(wanted["worker_no"])
    said = wanted.get("why", "").startswith(_SAID_WHILE_READING)
    assert row.needs_attention is said
    assert bool(row.problems) is said
    if wanted["child"] and not wanted["child"].startswith("="):
        assert row.values["name"] == " ".join(wanted["child"].split())
    else:
        assert [problem.field for problem in row.problems] == ["name"]


def test_every_member_of_staff_is_read_as_expected(factory: tuple[Path, str]) -> None:
    read, expected = _read(factory, "staff")
    for row, wanted in zip(read.rows, expected["staff"], strict=True):
        days = [
            day.isoformat() if (day := row.day(field)) else None for field in ("first_aid_until", "background_check_on")
        ]
        told = [row.values[field] for field in ("name", "phone", "role")]
        assert told == [wanted["name"], wanted["phone"], wanted["role_key"]]
        assert days == [wanted["firstaid"], wanted["check"]]
        assert row.values["sex"] == ("male" if wanted["sex"] in ("男", "Nam", "Male") else "female")
        assert row.values["code_signed"] is (wanted["code"] in ("是", "Có", "Yes"))
        assert len(row.values["weekdays"]) in (5, 6)
        assert not row.problems
