"""The last actions can be taken back one by one, each as a new recorded action; later work is never lost."""

from datetime import date, time

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Actor, Database, trail
from ccfs_desktop.db.undo import Action, history, undo, undo_last
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import CarePlan, Child, Guardian, Guardianship
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import workers
from tests.conftest import KEYS


def names(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Worker.name).order_by(Worker.id)))


def newest(db: Database) -> Action:
    return history(db)[0]


def hire(db: Database, *names: str) -> list[Worker]:
    with db.begin("Import the worker list") as session:
        made = [Worker(number=f"D{n:04d}", name=name, sex=Sex.FEMALE) for n, name in enumerate(names)]
        db.insert_many(session, made)
    return made


def test_a_creation_is_taken_back(db: Database):
    with db.begin("Add a worker") as session:
        session.add(Worker(number="1", name="王芳"))
    assert undo_last(db).action == "Add a worker"
    assert names(db) == []
    with pytest.raises(UserError, match="done nothing since"):
        undo_last(db)


def test_a_change_is_taken_back_field_by_field(db: Database):
    (worker,) = hire(db, "王芳")
    with db.begin("Change a worker") as session:
        changed = session.get_one(Worker, worker.id)
        changed.name, changed.sex, changed.hired_on = "王方", Sex.MALE, date(2010, 3, 1)
    undo_last(db)
    with db.read() as session:
        now = session.get_one(Worker, worker.id)
    assert (now.name, now.sex, now.hired_on) == ("王芳", Sex.FEMALE, None)


def test_a_removal_is_taken_back_with_its_family_in_order(db: Database):
    with db.begin("Enrol a child") as session:
        child, mother = Child(name="李小明", birth_date=date(2010, 5, 1)), Guardian(name="王芳")
        session.add_all([child, mother])
        session.flush()
        link = Guardianship(child_id=child.id, guardian_id=mother.id)
        session.add_all([link, CarePlan(child_id=child.id, conditions="哮喘")])
    with db.begin("Remove") as session:
        for kind in (Guardianship, CarePlan, Guardian, Child):
            for record in session.scalars(select(kind)):
                session.delete(record)
            session.flush()
    undo_last(db)
    with db.read() as session:
        assert session.scalars(select(CarePlan.conditions)).one() == "哮喘"
        assert session.get_one(Guardianship, link.id).child_id == child.id
    assert verify(db).whole


def test_an_import_of_hundreds_is_one_step(db: Database):
    hire(db, *(f"worker {n}" for n in range(1_200)))
    assert newest(db).changes == 1_200
    undo_last(db)
    assert names(db) == []
    assert verify(db).whole
    hire(db, "once more")
    assert names(db) == ["once more"]


def test_an_update_of_many_is_one_step(db: Database):
    made = hire(db, *(f"worker {n}" for n in range(50)))
    with db.begin("Import the worker list") as session:
        for worker in made:
            found = session.get_one(Worker, worker.id)
            found.department = "装配部"
            workers.prepare(found)
        db.insert_many(session, [Worker(number="new", name="new")])
    undo_last(db)
    with db.read() as session:
        assert set(session.execute(select(Worker.department, Worker.search))) == {("", "")}


def test_what_an_action_changed_again_itself_is_no_later_work(db: Database):
    with db.begin("Hire") as session:
        worker = Worker(number="1", name="王芳")
        session.add(worker)
        session.flush()
        worker.department = "装配部"
    undo_last(db)
    assert names(db) == []


def test_later_work_on_the_same_record_is_named_and_kept(db: Database):
    (worker,) = hire(db, "王芳")
    imported = newest(db)
    with db.begin("Change a worker") as session:
        session.get_one(Worker, worker.id).phone = "138"
    with pytest.raises(UserError, match="“Change a worker” by Li Na came later"):
        undo(db, imported)
    undo_last(db)
    undo_last(db)
    assert names(db) == []


def test_later_work_that_builds_on_the_record_is_named_and_kept(db: Database):
    with db.begin("Enrol a child") as session:
        season = Season(name="Summer", first_day=date(2017, 7, 3), last_day=date(2017, 8, 25))
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add_all([season, child])
    enrolled = newest(db)
    with db.begin("Sign in a child") as session:
        session.add(
            Visit(child_id=child.id, season_id=season.id, day=date(2017, 7, 10), arrived=time(7, 55), brought_by="王芳")
        )
    with pytest.raises(UserError, match="“Sign in a child” by Li Na came later"):
        undo(db, enrolled)
    with db.read() as session:
        assert session.scalars(select(Visit)).one().brought_by == "王芳"


def test_an_undo_is_an_action_of_its_own_and_can_be_taken_back(db: Database):
    hire(db, "王芳", "李娜")
    undo_last(db)
    taken_back = newest(db)
    assert (taken_back.action, taken_back.undoable) == ("Undo", False)
    undo(db, taken_back)
    assert names(db) == ["王芳", "李娜"]
    assert verify(db).whole


def test_the_same_action_is_not_taken_back_twice(db: Database):
    (worker,) = hire(db, "王芳")
    with db.begin("Change a worker") as session:
        session.get_one(Worker, worker.id).phone = "138"
    change = newest(db)
    undo(db, change)
    with pytest.raises(UserError, match="came later"):
        undo(db, change)


def test_what_is_final_stays(db: Database):
    hire(db, "李娜")
    with db.begin("Print the day's sheets", final=True) as session:
        session.add(Worker(number="1", name="王芳"))
    with pytest.raises(UserError, match="“Print the day's sheets” cannot be undone"):
        undo(db, newest(db))
    undo_last(db)
    assert names(db) == ["王芳"], "a print is passed over, the import before it is taken back"


def test_erased_content_cannot_come_back(db: Database):
    (worker,) = hire(db, "王芳")
    with db.begin("Erase") as session:
        trail.erase_payloads(session, "worker", str(worker.id))
    with pytest.raises(UserError, match="was erased"):
        undo_last(db)


def test_care_is_taken_back_only_by_those_who_may_read_it(db: Database):
    with db.begin("Enrol a child") as session:
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add(child)
    with db.begin("Enter the care plan") as session:
        session.add(CarePlan(child_id=child.id, conditions="哮喘"))
    assert db.folder
    coordinator = Database.open(db.folder, {"general": KEYS["general"]}, Actor("Wu", "auditor"))
    with pytest.raises(UserError, match="done nothing since"):
        undo_last(coordinator)  # a mere key stroke never takes back another's work
    with pytest.raises(UserError, match="may not undo changes of health"):
        undo(coordinator, history(coordinator)[0])
    coordinator.close()
    undo_last(db)
    with db.read() as session:
        assert session.scalars(select(CarePlan)).all() == []


def test_what_was_undone_is_done_again(db: Database):
    hire(db, "王芳")
    undo_last(db)
    newest = history(db)[0]
    assert newest.redoable
    assert not newest.undoable
    undo(db, newest)
    with db.read() as session:
        assert session.scalars(select(Worker.name)).all() == ["王芳"]


def test_the_history_tells_the_newest_actions_first(db: Database):
    hire(db, "王芳", "李娜")
    with db.begin("Look") as session:
        db.note(session, "printed", "emergency list")
    with db.begin("Add a worker") as session:
        session.add(Worker(number="9", name="吴"))
    assert [(a.action, a.actor, a.changes) for a in history(db)] == [
        ("Add a worker", "Li Na", 1), ("Import the worker list", "Li Na", 2),
    ]  # fmt: skip
