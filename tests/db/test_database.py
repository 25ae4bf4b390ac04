"""One user action is one transaction; what only some may read is unreadable to the others, and to the disk."""

import logging
import os
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ccfs_desktop import logs, vault
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.backup import backup
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import CarePlan, Child, Photo
from ccfs_desktop.models.worker import Worker
from tests.conftest import KEYS


def a_worker() -> Worker:
    return Worker(number="D0042", name="王芳")


def names(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Worker.name).order_by(Worker.id)))


def another(db: Database, keys: dict[str, bytes] = KEYS, role: str = "officer") -> Database:
    """The same office, opened once more."""
    assert db.folder
    return Database.open(db.folder, keys, Actor("Somebody else", role))


def test_an_action_is_kept_whole_or_not_at_all(db: Database):
    def enter_twice() -> None:
        with db.begin("Import the worker list") as session:
            session.add(a_worker())
            session.flush()
            raise UserError("The second row cannot be read.")

    with pytest.raises(UserError, match="second row"):
        enter_twice()
    assert names(db) == []
    with db.begin("Import the worker list") as session:
        session.add(a_worker())
    assert names(db) == ["王芳"]
    assert verify(db).entries == 1


def test_records_stay_usable_after_the_action(db: Database):
    with db.begin("Add a worker") as session:
        worker = a_worker()
        session.add(worker)
    assert (worker.id, worker.name, worker.version) == (1, "王芳", 1)


def test_the_second_of_two_writers_waits_two_seconds_and_is_told(db: Database):
    other = another(db)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with other.begin("Import the worker list") as session:
            session.add(a_worker())
            session.flush()
            holding.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(10)
    started = time.monotonic()
    with pytest.raises(UserError, match="Another program is writing"), db.begin("Add a worker") as session:
        session.add(Worker(number="2", name="李娜"))
    waited = time.monotonic() - started
    assert names(db) == [], "reading neither waits nor sees what is not finished"
    done.set()
    thread.join()
    assert 1.8 < waited < 6
    assert names(db) == ["王芳"]
    other.close()


def test_an_office_opens_while_another_program_writes(db: Database):
    with db.begin("Import the worker list") as session:
        session.add(a_worker())
        session.flush()
        started = time.monotonic()
        another(db).close()
    assert time.monotonic() - started < 1.5


def test_the_second_of_two_editors_is_told(db: Database):
    with db.begin("Add a worker") as session:
        worker = a_worker()
        session.add(worker)
    with db.begin("Change a worker") as session:
        session.get_one(Worker, worker.id).name = "王芳芳"
    worker.name = "王方"
    with pytest.raises(UserError, match="Somebody else changed this"), db.begin("Change a worker") as session:
        session.add(worker)
    assert names(db) == ["王芳芳"]


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be limited in size on Windows")
def test_a_full_disk_is_told_and_costs_nothing(db: Database):
    import resource

    assert db.folder
    with db.begin("Add a worker") as session:
        session.add(a_worker())
    files = [f for f in db.folder.iterdir() if f.name.startswith("office.db")]
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(f.stat().st_size for f in files) + 8_192, hard))
    try:
        with pytest.raises(UserError, match="The disk is full"), db.begin("Import the worker list") as session:
            db.insert_many(session, [Worker(number=str(n), name="x" * 100) for n in range(9_000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_soft, hard))
    assert names(db) == ["王芳"]
    with db.begin("Add a worker") as session:
        session.add(Worker(number="2", name="李娜"))
    assert verify(db).whole


def test_care_is_read_only_with_the_sensitive_key(db: Database):
    with db.begin("Enter the care plan") as session:
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add(child)
        session.flush()
        plan = CarePlan(child_id=child.id, conditions="哮喘", doctor="")
        session.add(plan)
    keyless = another(db, {"general": KEYS["general"]}, "officer")
    with keyless.read() as session:
        seen = session.get_one(CarePlan, plan.id)
        assert (seen.conditions, seen.doctor) == (None, None)
    for value in ("none", ""):
        with pytest.raises(UserError, match="may not write health"), keyless.begin("Change") as session:
            session.get_one(CarePlan, plan.id).conditions = value
    with pytest.raises(UserError, match="may not remove health"), keyless.begin("Remove") as session:
        session.delete(session.get_one(CarePlan, plan.id))
    with keyless.begin("Note the declaration") as session:
        session.get_one(CarePlan, plan.id).declared_on = date(2017, 7, 1)
    assert verify(keyless).whole
    keyless.close()
    with db.read() as session:
        assert session.get_one(CarePlan, plan.id).conditions == "哮喘"
    assert verify(db).whole


def test_the_wrong_key_opens_nothing(db: Database):
    with pytest.raises(UserError, match="cannot be opened"):
        another(db, {"general": bytes(32)})


def test_nothing_that_was_written_can_be_read_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Security goal S1: no marker is in any file in any encoding: database, its log, backup, vault, program log."""
    monkeypatch.setenv("CCFS_HOME", str(tmp_path / "home"))
    markers = {
        "name": "MARKERNAMEX", "chinese": "王芳芳标记", "phone": "13812345678", "alert": "MARKERALERT",
        "conditions": "MARKERASTHMA", "action": "MARKERACTION", "user": "MARKERUSER",
    }  # fmt: skip
    jpeg = b"\xff\xd8" + os.urandom(64)
    office = tmp_path / "office"
    office.mkdir()
    _vault, unlocked, _code = vault.Vault.create(office / "vault.json", "Li", "correct horse 7", argon=_CHEAP)
    folder = logs.start()
    db = Database.open(office, dict(unlocked.keys), Actor(markers["user"], "officer"))
    with db.begin(markers["action"]) as session:
        child = Child(
            name=markers["name"], nickname=markers["chinese"], alert=markers["alert"], note=markers["phone"],
            birth_date=date(2010, 5, 1), search=" " + markers["name"].lower(),
        )  # fmt: skip
        session.add(child)
        session.flush()
        session.add_all(
            [CarePlan(child_id=child.id, conditions=markers["conditions"]), Photo(child_id=child.id, jpeg=jpeg)]
        )
    try:
        with db.begin(markers["action"]) as session:
            session.add(Photo(child_id=child.id, jpeg=jpeg))
    except Exception:
        logging.getLogger("ccfs_desktop.test").exception("could not keep a photo of %s", markers["name"])
    backup(office / "office.db", dict(unlocked.keys), office / "backups")
    files = [f for root in (office, folder) for f in root.rglob("*") if f.is_file()]
    assert {"office.db", "office.db-wal", "vault.json", "ccfs.log"} <= {f.name for f in files}
    wanted = [text.encode(code) for text in markers.values() for code in ("utf-8", "utf-16-le", "utf-16-be")]
    for file in files:
        content = file.read_bytes()
        assert not [w for w in (*wanted, jpeg) if w in content], file.name
        assert markers["name"].lower().encode() not in content, file.name
    db.close()


_CHEAP = vault.Argon(iterations=1, lanes=1, memory_kib=8)
