"""Headings as factories write them, in six languages, two at a time, with and without marks."""

import tomllib
from pathlib import Path

import pytest

from ccfs_desktop.services.listing.headings import candidates

SEEN: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parents[2] / "fixtures/listing/headings.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in SEEN.items() for field in fields])
def test_a_heading_is_understood(kind: str, field: str) -> None:
    wanted = field.replace("called", "name")
    for heading in SEEN[kind][field]:
        found = candidates(kind, heading)
        assert max(found, key=lambda name: found[name], default="") == wanted, (heading, found)


@pytest.mark.parametrize(
    "heading",
    [
        "身份证号",
        "年龄",
        "NID No",
        "Parent ID card photo",
        "2017年暑期儿童之家报名登记表",
        "Signature",
        "Tuổi",
        "Marital status",
        "T.C. Kimlik No",
        "",
        "Birth certificate no.",
    ],
)
def test_what_is_not_wanted_is_not_taken_for_something_else(heading: str) -> None:
    assert not candidates("children", heading)


def test_a_group_of_columns_says_whose_name_it_is() -> None:
    under_mother = candidates("children", "Name", "Mother")
    assert under_mother["mother_name"] > under_mother["name"]
    under_itself = candidates("children", "Full name", "姓名")
    assert max(under_itself, key=lambda field: under_itself[field]) == "name"
