"""A child's file: the child, its family, consents, and what the trail tells about it."""

from datetime import date, timedelta

import pytest

from ccfs_desktop import clock
from ccfs_desktop.db import Actor, Database, undo
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child, ConsentPurpose, Contact, PickupAdult, Relation
from ccfs_desktop.models.enrolment import Status
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, children_list, enrolments, families, histories, workers
from ccfs_desktop.services.children_list import COMPLETE, OVERRIDDEN, ChildrenList
from tests import spaces

JULY = date(2017, 7, 10)


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", JULY.isoformat())


def _mother(db: Database, number: str = "00123", name: str = "李娜") -> Worker:
    with db.begin("Add a worker") as session:
        return workers.save(session, Worker(number=number, name=name, phone="13800001111"))


def _enrol(db: Database, season: Season, mother: Worker, name: str, born: date = date(2011, 5, 6)) -> Child:
    child = Child(name=name, birth_date=born)
    with db.begin("Enrol a child") as session:
        children.register(session, season, child, worker=mother, relation=Relation.MOTHER, on=JULY)
    return child


def test_a_child_is_enrolled_with_its_mother_in_one_action(db: Database) -> None:
    season = spaces.fill(db).season
    mother = _mother(db)
    child = _enrol(db, season, mother, "李小明")
    with db.read() as session:
        file = children.file(session, season, child.id)
    assert file.enrolment is not None
    assert file.enrolment.status is Status.ENROLLED
    assert (file.guardianships[0].guardian.name, file.guardianships[0].relation) == ("李娜", Relation.MOTHER)
    assert file.missing == ("agreement", "health", "data")

    undo.undo_last(db)
    with db.read() as session, pytest.raises(UserError, match="no longer in the list"):
        children.file(session, season, child.id)


def test_a_birth_date_in_the_future_or_of_an_adult_is_refused(db: Database) -> None:
    season = spaces.fill(db).season
    mother = _mother(db)
    for born in (JULY + timedelta(days=1), date(1987, 5, 6)):
        with pytest.raises(Invalid) as refused:
            _enrol(db, season, mother, "李小明", born)
        assert "birth_date" in refused.value.problems


def test_brothers_and_sisters_share_their_mother_and_her_new_phone(db: Database) -> None:
    season = spaces.fill(db).season
    mother = _mother(db)
    one, two = (_enrol(db, season, mother, name) for name in ("李小明", "李小红"))
    with db.read() as session:
        assert [c.id for c in children.siblings(session, one.id)] == [two.id]
        link = children.file(session, season, one.id).guardianships[0]
    with db.begin("Change a guardian") as session:
        families.change_guardian(session, link.id, phone="13900002222")
    with db.read() as session:
        assert children.file(session, season, two.id).guardianships[0].guardian.phone == "13900002222"
        assert {c.id for c in children.find(session, "13900002222")} == {one.id, two.id}


def test_a_child_known_already_is_proposed_and_twins_stay_two(db: Database) -> None:
    season = spaces.fill(db).season
    mother = _mother(db, name="Rahima")
    one = _enrol(db, season, mother, "Hasan Rahman")
    with db.read() as session:
        assert [c.id for c in children.similar(session, "hasan rahmn", one.birth_date)] == [one.id]
        assert [c.id for c in children.similar(session, "Hasan", None)] == [one.id]
        assert not children.similar(session, "Husna Khatun", one.birth_date)
    twin = _enrol(db, season, mother, "Hasan Rahman")
    assert twin.id != one.id


def test_a_consent_is_never_overwritten(db: Database) -> None:
    space = spaces.fill(db)
    child = space.children[0]
    for given, day in ((True, date(2017, 7, 1)), (False, date(2017, 7, 5)), (True, date(2017, 7, 8))):
        with db.begin("Record a consent") as session:
            children.set_consent(session, child.id, ConsentPurpose.OUTINGS, given=given, on=day, signed_by="Mother")
    with db.read() as session:
        every = children.file(session, space.season, child.id).consents
    outings = [c for c in every if c.purpose is ConsentPurpose.OUTINGS]
    assert [(c.given, c.withdrawn_on) for c in outings] == [
        (True, date(2017, 7, 5)),
        (False, date(2017, 7, 8)),
        (True, None),
    ]
    held = [children.consents_to(every, ConsentPurpose.OUTINGS, date(2017, 7, day)) for day in (4, 6, 9)]
    assert held == [True, False, True]


def test_an_adult_may_collect_no_longer_but_stays_on_file(db: Database) -> None:
    space = spaces.fill(db)
    child = space.children[0]
    with db.begin("End a pick-up permission") as session:
        file = children.file(session, space.season, child.id)
        families.end_pickup(session, file.pickups[0].id, on=JULY)
        families.add_adult(session, PickupAdult(child_id=child.id, name="  叔叔 ", forbidden=True))
        for name in ("邻居", "老师"):
            families.add_adult(session, Contact(child_id=child.id, name=name, phone="13512345678"))
    with db.read() as session:
        file = children.file(session, space.season, child.id)
    assert [(p.name, p.ended_on, p.forbidden) for p in file.pickups] == [("外婆", JULY, False), ("叔叔", None, True)]
    assert [(c.name, c.rank) for c in file.contacts] == [("邻居", 1), ("老师", 2)]
    with pytest.raises(Invalid, match="write the name"), db.begin("Change an adult") as session:
        families.change_adult(session, Contact, file.contacts[0].id, name=" ")


def test_health_details_are_closed_to_those_without_the_key(db: Database) -> None:
    child = spaces.fill(db).children[0]
    with db.begin("Change a care plan") as session:
        children.change_care_plan(session, child.id, conditions="花生过敏", medicine="西替利嗪")
    with db.read() as session:
        assert session.get_one(Child, child.id).has_medicine
        plan = children.care_plan(session, child.id)
        assert plan is not None
        assert plan.conditions == "花生过敏"

    auditor = Database(db.target, {"general": db.keys["general"]}, Actor("Anders", "auditor"))
    try:
        with auditor.read() as session:
            plan = children.care_plan(session, child.id)
            assert plan is not None
            assert plan.conditions is None
        with pytest.raises(UserError, match="role may not"), auditor.begin("Change a care plan") as session:
            children.change_care_plan(session, child.id, conditions="Nothing")
    finally:
        auditor.close()


def test_the_history_tells_what_changed_and_who_read_the_care_plan(db: Database) -> None:
    space = spaces.fill(db)
    child = space.children[0]
    with db.begin("Change a child") as session:
        children.change(session, child.id, nickname="明明")
        children.change_care_plan(session, child.id, conditions="花生过敏")
    with db.begin("Add an adult") as session:
        families.add_adult(session, Contact(child_id=child.id, name="邻居", phone="13512345678"))
    with db.begin("Remove an adult") as session:
        contact = children.file(session, space.season, child.id).contacts[0]
        families.remove_adult(session, Contact, contact.id)
    with db.begin("Read a care plan", final=True) as session:
        db.note(session, histories.CARE_PLAN_READ, str(child.id))
    with db.read() as session:
        events = histories.of_child(session, child.id)
    told = [(e.kind, e.field, e.before, e.after) for e in events]
    assert told[0][:2] == ("note", "")
    assert ("delete", "Emergency contact", "邻居, 13512345678, 1", "") in told
    assert ("create", "Emergency contact", "", "邻居, 13512345678, 1") in told
    assert ("update", "Called", "", "明明") in told
    assert not any("花生" in part for line in told for part in line)
    assert {e.by for e in events} == {"Li Na"}


def test_the_list_says_what_is_missing_and_finds_a_child_by_its_mother(db: Database) -> None:
    season = spaces.fill(db, 4).season
    child = _enrol(db, season, _mother(db), "Nguyễn Thị Ánh")
    everybody = ChildrenList(season.id, clock.today())
    with db.read() as session:
        assert everybody.counts(session) == {"enrolled": 5, "not-ready": 1, "all": 5}
        papers = {row[2]: row[9] for row in everybody.rows(session, 0, 10)}
    assert papers.pop("Nguyễn Thị Ánh") == ("agreement", "health", "data")
    assert set(papers.values()) == {COMPLETE}

    with db.begin("Admit") as session:
        enrolment = enrolments.of(session, season, child.id)
        assert enrolment is not None
        enrolments.override(session, enrolment, by="Li Na", reason="The mother brings them tomorrow")
    for query in ("nguyen thi anh", "ANH", "123", "13800001111", "1111", "李娜", "lina"):
        found = ChildrenList(season.id, clock.today(), query=query)
        with db.read() as session:
            assert [(row[0], row[9]) for row in found.rows(session, 0, 10)] == [(child.id, OVERRIDDEN)], query
            assert found.count(session) == 1
    with db.read() as session:
        assert not ChildrenList(season.id, clock.today(), not_ready=True).count(session)


def test_a_long_list_has_the_same_order_from_either_end(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    season = spaces.fill(db, 9, groups=3).season
    everybody = ChildrenList(season.id, clock.today(), status=Status.ENROLLED)
    with db.read() as session:
        plain = {column: everybody.rows(session, 0, 9, column) for column in ("name", "age", "number")}
        monkeypatch.setattr(children_list, "_WIDE", 2)
        for column, rows in plain.items():
            pages = [everybody.rows(session, n, 2, column) for n in range(0, 10, 2)]
            assert [row for page in pages for row in page] == rows


def test_the_list_sorts_by_every_column_both_ways(db: Database) -> None:
    season = spaces.fill(db, 6, groups=3).season
    everybody = ChildrenList(season.id, clock.today())
    with db.read() as session:
        for column in ("number", "name", "age", "birth_date", "sex", "group", "status", "first_day", "alert"):
            up = everybody.rows(session, 0, 10, column)
            down = everybody.rows(session, 0, 10, column, descending=True)
            assert [row[0] for row in down] == [row[0] for row in up][::-1], column
        ages = [row[4] for row in everybody.rows(session, 0, 10, "age")]
        assert ages == sorted(ages)
        halves = everybody.rows(session, 0, 3) + everybody.rows(session, 3, 3)
        assert halves == everybody.rows(session, 0, 6)
