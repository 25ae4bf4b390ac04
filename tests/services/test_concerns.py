"""A safeguarding concern is seen by those who hold the sensitive key, and by nobody else, anywhere."""

from collections.abc import Callable
from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.db.undo import history
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.services import concerns
from ccfs_desktop.services.concerns import Report, Step
from tests import spaces

TOLD = Report(
    about="陈小雨", what="她说怕回家，胳膊上有旧伤。", day=date(2017, 7, 10), at=time(10, 5), place="活动室",
    person="一名亲戚", child_said="“不要告诉叔叔。”", done="陪在身边，通知协调员", safe_now=True, reporter="王老师",
)  # fmt: skip


def _reported(db: Database, told: Report = TOLD) -> int:
    with db.begin(concerns.REPORTED, final=True) as session:
        return concerns.report(session, told)


def test_what_a_caregiver_reports_the_coordinator_reads_word_for_word(db: Database, as_role: Callable[..., Database]):
    spaces.fill(db)
    number = _reported(as_role("caregiver", "王芳"))
    with as_role("coordinator", "李娜").read() as session:
        case = concerns.get(session, number)
        assert case.report == TOLD
        assert (case.by, case.role, case.closed) == ("王芳", "caregiver", False)
        assert [task.target["concern"] for task in concerns.tasks(session)] == [number]


@pytest.mark.parametrize("role", ["caregiver", "manager", "auditor", "administrator"])
def test_nobody_without_the_key_learns_that_there_is_a_concern(
    db: Database, as_role: Callable[..., Database], role: str
):
    spaces.fill(db)
    number = _reported(db)
    other = as_role(role)
    with other.read() as session:
        assert not concerns.may_see(session)
        assert concerns.tasks(session) == []
        for ask in (lambda: concerns.every(session), lambda: concerns.get(session, number)):
            with pytest.raises(UserError):
                ask()
    with pytest.raises(UserError), other.begin(concerns.REPORTED, final=True) as session:
        concerns.add(session, number, Step.NOTE, "…")
    assert concerns.REPORTED not in [action.action for action in history(other)]


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_does_not_work_with_children_cannot_report(db: Database, as_role: Callable[..., Database], role: str):
    spaces.fill(db)
    with pytest.raises(UserError):
        _reported(as_role(role))


def test_what_followed_is_added_and_never_changed(db: Database):
    spaces.fill(db)
    number = _reported(db)
    for step, words, to in (
        (Step.TALK, "和母亲谈过", ""),
        (Step.REFERRAL, "已报告", "派出所"),
        (Step.CLOSING, "由派出所处理", ""),
    ):
        with db.begin(concerns.REPORTED, final=True) as session:
            concerns.add(session, number, step, words, to=to)
    with db.read() as session:
        case = concerns.get(session, number)
    assert [(e.step, e.words, e.to) for e in case.entries][1] == (Step.REFERRAL, "已报告", "派出所")
    assert case.closed
    with pytest.raises(UserError, match="closed"), db.begin(concerns.REPORTED, final=True) as session:
        concerns.add(session, number, Step.NOTE, "later")
    with db.begin(concerns.REPORTED, final=True) as session:
        concerns.add(session, number, Step.REOPENING, "新情况")
    with db.read() as session:
        assert not concerns.get(session, number).closed
    assert verify(db).whole


def test_a_report_without_what_was_seen_is_sent_back_and_nothing_is_kept(db: Database):
    spaces.fill(db)
    with pytest.raises(Invalid) as refused:
        _reported(db, Report(about=" ", what=""))
    assert set(refused.value.problems) == {"about", "what"}
    with db.read() as session:
        assert concerns.every(session) == []


def test_no_file_of_the_office_holds_a_word_of_it(db: Database):
    spaces.fill(db)
    _reported(db)
    if db.folder is None:
        pytest.skip("the files of a server are not ours to read")
    raw = b"".join(path.read_bytes() for path in db.folder.rglob("*") if path.is_file())
    for word in (TOLD.about, TOLD.what, TOLD.person):
        assert word.encode() not in raw
