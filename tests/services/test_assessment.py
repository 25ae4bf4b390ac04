"""The impact assessment: filled in before there are children, kept for its own time, and with no invented law."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import Refused
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.protection import Disposal
from ccfs_desktop.reports import issue_data
from ccfs_desktop.services import assessment, assessment_paper, erasure_due, offices, retention
from ccfs_desktop.services.data_audit import HELD
from ccfs_desktop.vault import Vault
from tests import spaces
from tests.reports.pages import texts


@pytest.fixture(autouse=True)
def a_day_with_users(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:15")
    if db.folder:
        Vault.create_demo(db.folder / offices.VAULT)


def test_it_is_filled_in_before_the_first_child_and_names_nobody(db: Database):
    spaces.fill(db, 0)
    pdf = issue_data.assess(db, languages=("en",))

    words = " ".join("\n".join(texts(pdf)).split())
    assert "Children under 14 0" in words
    assert "until 2020-07-10 at the earliest" in words
    assert all(" ".join(one.threat.split()[:4]) in words for one in assessment_paper.RISKS)


def test_how_many_agreed_is_not_told_of_fewer_than_five(db: Database):
    space = spaces.fill(db, 3)
    words = " ".join("\n".join(texts(issue_data.assess(db, languages=("en",)))).split())
    assert "Collection and use of the child's data < 5" in words
    assert not [child for child in space.children if child.name in words]


def test_a_law_is_cited_only_where_one_is_noted(db: Database):
    spaces.fill(db, 1)
    for country, told in (("CN", True), ("XX", False)):
        with db.begin("Move") as session:
            offices.factory(session).country = country
        words = "\n".join(texts(issue_data.assess(db, languages=("en",))))
        assert ("PIPL art. 55-56" in words) == told
        assert ("Have counsel write here which ones hold" in words) != told
        assert "Have counsel check this" in words
    assert retention.laws("IN")
    assert not retention.laws("default")


def test_every_kind_of_record_says_what_it_is_needed_for():
    assert set(assessment_paper.NEEDED) == {table for table, *_rest in HELD}


def test_it_is_kept_for_its_own_time_when_other_papers_go_sooner(db: Database, monkeypatch: pytest.MonkeyPatch):
    spaces.fill(db, 1)
    issue_data.assess(db)
    issue_data.breach(db)
    with db.begin("Keep papers for a year") as session:
        retention.change(session, "documents", months=12, days=None, reason="Rule of the factory")
    with db.read() as session:
        (one,) = assessment.made(session)
        until = date(2020, 7, 10)
        assert (one.kept_until, one.there) == (until, True)
        due = [d for d in erasure_due.due(session, date(2019, 1, 1)) if d.category in {"documents", "assessment"}]
    assert [(d.category, d.count) for d in due] == [("documents", 1)]
    erasure_due.erase(db, due[0], "Wang Fang", on=date(2019, 1, 1))
    with db.read() as session:
        assert assessment.made(session)[0].there
        assert not [d for d in erasure_due.due(session, until) if d.category == "assessment"]
        over = date(2020, 7, 11)
        (last,) = [d for d in erasure_due.due(session, over) if d.category == "assessment"]
    monkeypatch.setenv("CCFS_TODAY", "2020-07-11T08:00")
    erasure_due.erase(db, last, "Wang Fang", on=clock.today())
    with db.read() as session:
        assert not assessment.made(session)[0].there
        assert session.scalars(select(Document).where(Document.name == assessment.NAME)).one().number
        assert session.scalars(select(Disposal).where(Disposal.category == "assessment")).one()


def test_only_the_officer_makes_one(db: Database, as_role: Callable[..., Database]):
    spaces.fill(db, 1)
    for role in ("coordinator", "caregiver", "manager", "auditor", "administrator"):
        with pytest.raises(Refused):
            issue_data.assess(as_role(role))
