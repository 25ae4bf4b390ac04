"""Factories' staff lists going in: facts, papers with their dates, and what is still missing."""

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.staff import Employment, PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import imports
from ccfs_desktop.services.imports import Plan
from tests.services.listing.pens import write
from tests.spaces import Space, fill

_TOLD: dict[str, Any] = {
    "姓名": "李娜",
    "性别": "女",
    "出生日期": date(1985, 3, 4),
    "岗位": "主班老师",
    "用工性质": "正式工",
    "电话": "13800138000",
    "学历": "大专",
    "身份证已核对": "是",
    "背景核查日期": date(2017, 3, 1),
    "无犯罪记录证明出具单位": "东莞市公安局",
    "背景核查结果": "无记录",
    "健康证号": "440012345",
    "健康证发证日期": date(2017, 5, 2),
    "健康证有效期": date(2018, 5, 1),
    "急救证发证日期": date(2016, 9, 1),
    "急救证有效期": date(2018, 8, 31),
    "行为守则签订日期": date(2017, 6, 1),
    "儿童保护培训日期": date(2017, 6, 2),
    "消防培训日期": date(2017, 6, 3),
    "是否持钥匙": "是",
    "可上班日": "周一至周五",
    "上班时段": "7:30-16:00",
    "备注": "会手语",
}
"""Heading → cell of a list that leaves nothing out."""


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10")


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 0)


def load(db: Database, space: Space, folder: Path, rows: Sequence[Sequence[Any]]) -> Plan:
    read = imports.read_file(db, ListKind.STAFF, write(folder / "staff.xlsx", rows))
    with db.read() as session:
        plan = imports.plan(session, space.season, ListKind.STAFF, read)
    imports.apply(db, space.season, plan)
    return plan


def outcomes(plan: Plan) -> list[str]:
    return [str(row.outcome) for row in plan.rows]


def papers(db: Database, kind: PaperKind) -> list[tuple[Any, ...]]:
    with db.read() as session:
        every = session.scalars(select(StaffPaper).where(StaffPaper.kind == kind).order_by(StaffPaper.id))
        return [(p.issued_on, p.valid_until, p.number, p.authority, p.result) for p in every]


def test_a_full_list_fills_a_full_file(db: Database, space: Space, tmp_path: Path):
    plan = load(db, space, tmp_path, [list(_TOLD), list(_TOLD.values())])

    assert (outcomes(plan), plan.notes, list(plan.read.mapping.unmapped)) == (["new"], [], [])
    with db.read() as session:
        person = session.scalars(select(Staff)).one()
    assert (person.role, person.employment, person.birth_date) == (
        StaffRole.HEAD_TEACHER, Employment.EMPLOYED, date(1985, 3, 4),
    )  # fmt: skip
    assert (person.qualification, person.id_seen, person.keyholder, person.note) == ("大专", True, True, "会手语")
    assert (person.weekdays, person.day_from, person.day_until) == ("12345", time(7, 30), time(16))
    assert papers(db, PaperKind.BACKGROUND_CHECK) == [(date(2017, 3, 1), None, "", "东莞市公安局", "无记录")]
    assert papers(db, PaperKind.HEALTH_CERTIFICATE) == [(date(2017, 5, 2), date(2018, 5, 1), "440012345", "", "")]
    assert papers(db, PaperKind.FIRST_AID) == [(date(2016, 9, 1), date(2018, 8, 31), "", "", "")]
    assert papers(db, PaperKind.CODE_OF_CONDUCT) == [(date(2017, 6, 1), None, "", "", "")]
    assert papers(db, PaperKind.SAFEGUARDING) == [(date(2017, 6, 2), None, "", "", "")]
    assert papers(db, PaperKind.FIRE_SAFETY) == [(date(2017, 6, 3), None, "", "", "")]


def test_a_list_read_twice_adds_nothing_even_after_a_renewal(db: Database, space: Space, tmp_path: Path):
    head = ["Name", "Role", "Mobile", "First aid valid until", "Background check", "Code signed"]
    old = ["Aye", "Caregiver", "0123456", date(2017, 8, 1), date(2016, 9, 1), "Yes"]
    new = ["Aye", "Caregiver", "0123456", date(2019, 8, 1), date(2017, 6, 1), "Yes"]

    assert outcomes(load(db, space, tmp_path, [head, old])) == ["new"]
    assert outcomes(load(db, space, tmp_path, [head, old])) == ["same"]
    assert outcomes(load(db, space, tmp_path, [head, new])) == ["changed"]
    assert outcomes(load(db, space, tmp_path, [head, old])) == ["same"], "an old list does not undo a renewal"

    assert [p[1] for p in papers(db, PaperKind.FIRST_AID)] == [date(2017, 8, 1), date(2019, 8, 1)]
    assert [p[0] for p in papers(db, PaperKind.BACKGROUND_CHECK)] == [date(2016, 9, 1), date(2017, 6, 1)]
    assert len(papers(db, PaperKind.CODE_OF_CONDUCT)) == 1


def test_a_list_that_tells_more_of_the_same_paper_completes_it(db: Database, space: Space, tmp_path: Path):
    load(db, space, tmp_path, [["Name", "Role", "Health cert. expiry"], ["Aye", "Cook", date(2018, 1, 1)]])
    head = ["Name", "Role", "Health cert. no.", "Health certificate issue date", "Health cert. expiry"]
    again = load(db, space, tmp_path, [head, ["Aye", "Cook", "HC-0017", date(2017, 1, 1), date(2018, 1, 1)]])

    assert outcomes(again) == ["changed"]
    assert papers(db, PaperKind.HEALTH_CERTIFICATE) == [(date(2017, 1, 1), date(2018, 1, 1), "HC-0017", "", "")]


def test_the_import_says_which_papers_are_missing_for_whom(db: Database, space: Space, tmp_path: Path):
    head = ["Name", "Role", "First aid until", "Background check", "Code signed"]
    rows = [
        ["Aye", "Head teacher", date(2017, 6, 30), date(2017, 1, 2), "Yes"],
        ["Bo", "Teacher", None, None, "No"],
        ["Cho", "Guard", None, date(2016, 2, 1), "Yes"],
    ]
    assert load(db, space, tmp_path, [head, *rows]).notes == [
        "Background check: missing for Bo.",
        "Background check: expired for Cho.",
        "Health certificate: missing for Aye, Bo.",
        "First aid: expired for Aye.",
        "Code of conduct: missing for Bo.",
        "Safeguarding training: missing for Aye, Bo.",
    ]


def test_what_a_list_says_strangely_is_told_and_the_rest_goes_in(db: Database, space: Space, tmp_path: Path):
    head = ["Name", "Role", "Employment type", "Working hours", "Days", "Health certificate no."]
    rows = [
        ["Aye", "Teacher", "Permanent", "8 am - 5 pm", "Mon-Fri 8:00-17:00", "N" * 61],
        ["Bo", "Teacher", "something else", "mornings", "Tue, Thu", "7"],
        ["Cho", "Teacher", "Agency", "8h30 - 17h", "Sat", "=HYPERLINK(1)"],
    ]
    plan = load(db, space, tmp_path, [head, *rows])
    with db.read() as session:
        told = [(s.employment, s.day_from, s.day_until, s.weekdays) for s in session.scalars(select(Staff))]
    assert told == [
        (Employment.EMPLOYED, time(8), time(17), "12345"),
        (None, None, None, "24"),
        (Employment.AGENCY, time(8, 30), time(17), "6"),
    ]
    reasons = [remark.reason for row in plan.rows for remark in row.remarks]
    assert "“something else” is not understood here." in reasons
    assert "“mornings” does not say from when to when." in reasons
    assert any("longer than 60 characters" in reason for reason in reasons)
