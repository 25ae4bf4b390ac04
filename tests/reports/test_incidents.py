"""A paper about one child never names another one; the parents' copy leaves out what was chosen."""

from datetime import time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.reports import incident_report, issue_incidents
from ccfs_desktop.services import children, incidents
from tests.reports.pages import texts
from tests.reports.samples import incident
from tests.spaces import MONDAY, fill

OTHERS = ("王子涵", "子涵", "Wang Zihan", "Zihan", "涵涵", "Tuấn", "张小明")


@pytest.fixture(autouse=True)
def _that_afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", f"{MONDAY}T17:00")


def _event(db: Database) -> tuple[int, int]:
    """Three children in one event, and a fourth who stood by; everybody's name is all over the words."""
    space = fill(db, 3)
    mine, second, third = space.children[0], space.children[1], space.children[2]
    with db.begin("Names") as session:
        children.change(session, mine.id, name="李小明", name_latin="Li Xiaoming")
        children.change(session, second.id, name="王子涵", name_latin="Wang Zihan", nickname="涵涵")
        children.change(session, third.id, name="Nguyễn Anh Tuấn", name_latin="")
        session.add(Child(name="张小明", birth_date=mine.birth_date))
    words = (
        "李小明 and 王子涵 ran into each other; Zihan cried, ZIHAN'S friend 张小明 and Tuấn watched, 子涵 and 涵涵 too."
    )
    with db.begin("Report", final=True) as session:
        one = incidents.report(
            session, space.season, kind=Kind.INJURY, place=Place.ROOM, day=MONDAY, at=time(10), by="Li Na", words=words,
            children=[mine.id, second.id, third.id],
        )  # fmt: skip
        first = incidents.reports(session, one)[0].record.id
        incidents.change(session, one.id, witnesses="张小明", why1="Wang   Zihan ran", root_cause="Tuấn pushed")
        incidents.change_report(session, first, part="Bumped into Wang Zihan", parent_comment="Was it Tuấn?", hidden="")
    return one.id, first


@pytest.mark.parametrize("parent", [True, False])
def test_no_other_child_is_named_in_a_paper_about_one_child(db: Database, parent: bool):
    incident_id, first = _event(db)
    pdf = (
        issue_incidents.parent_copy(db, first, languages=("en",))
        if parent
        else issue_incidents.report(db, incident_id, first, languages=("en",))
    )
    text = "".join("".join(texts(pdf)).split())
    assert "李小明" in text
    assert "anotherchild" in text
    assert [name for name in OTHERS if "".join(name.split()) in text] == []


def test_the_whole_report_names_each_child_on_a_page_of_its_own(db: Database):
    incident_id, _first = _event(db)
    event, *pages = texts(issue_incidents.report(db, incident_id, languages=("en",)))
    assert "ran into each other" in event
    assert len(pages) == 3
    assert "王子涵" in pages[1]
    assert "李小明" not in pages[1]


def test_the_parents_copy_leaves_out_what_was_chosen(db: Database):
    _incident, first = _event(db)
    with db.begin("Choose") as session:
        incidents.change_report(session, first, hidden="described,causes,witnesses")
    text = " ".join(texts(issue_incidents.parent_copy(db, first, languages=("en",))))
    assert "ran into" not in text
    assert "Why it happened" not in text
    assert "Bumped into" in text


def test_the_body_map_prints_with_its_marks_in_words():
    pages = texts(incident_report.render(incident()))
    assert "右" not in pages[0]
    assert any("Bite" in page and "From behind" in page for page in pages)
