"""Several PCs share one office on PostgreSQL: the same code, the same promises."""

import threading
import time as clock
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from benchmarks import next_version as following
from ccfs_desktop.db import Actor, Database, migrate, trail
from ccfs_desktop.db.undo import history, undo_last
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import CarePlan, Child
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.models.worker import Sex, Worker
from ccfs_desktop.services import attendance, children, closing, offices, sheets, workers
from ccfs_desktop.services.closing import Severity
from tests.conftest import KEYS
from tests.spaces import MONDAY, fill, on_duty

pytestmark = pytest.mark.postgres


@pytest.fixture
def pc(postgres_office: str) -> Iterator[Database]:
    """The office as one PC sees it."""
    db = Database(postgres_office, KEYS, Actor("Li Na", "officer"))
    yield db
    db.close()


@pytest.fixture
def other_pc(postgres_office: str) -> Iterator[Database]:
    """The same office as another PC sees it."""
    db = Database(postgres_office, KEYS, Actor("Wu Min", "officer"))
    yield db
    db.close()


def hire(db: Database, n: int, first: int = 1) -> None:
    staff = [Worker(number=f"{i:05d}", name=f"王芳{i}", sex=Sex.FEMALE) for i in range(first, first + n)]
    for worker in staff:
        workers.prepare(worker)
    with db.begin("Import the worker list") as session:
        db.insert_many(session, staff)


def test_a_whole_day_is_done(pc: Database):
    space = fill(pc, children=4)
    on_duty(pc, space)
    first, second, third, fourth = space.children
    with pc.begin("Print") as session:
        factory = offices.factory(session)
        head = sheets.letterhead(factory, space.season, by="Li Na")
        group = sheets.groups_on_paper(session, space.season, MONDAY)[0]
        sheet, shown = sheets.day_sheet(
            session, space.season, MONDAY, group, head, layout=SheetLayout.FULL, site_key=b"k" * 32
        )
        sheets.keep(session, sheet, b"%PDF-1.7 \x00\xff", 1)
    assert len(shown.rows) == 4
    with pc.begin("Sign in") as session:
        for child in (first, second, third):
            attendance.sign_in(session, space.season, child.id, MONDAY, at=time(7, 55), brought_by="王秀英")
        attendance.mark_absent(session, space.season, fourth.id, MONDAY, reason=AbsenceReason.SICK)
    with pc.begin("Sign out") as session:
        for child in (first, second, third):
            attendance.sign_out(session, space.season, child.id, MONDAY, at=time(17, 5), collected_by="外婆")
        sheets.settle(session, sheet.code, SheetStatus.RETURNED, on=MONDAY)
    with pc.begin("Close the day") as session:
        assert not [g for g in closing.gaps(session, space.season, MONDAY) if g.severity > Severity.NOTICE]
        closed = closing.close(session, space.season, MONDAY, by="Li Na")
    assert (closed.expected, closed.present, closed.absent_excused) == (4, 3, 1)
    assert verify(pc).whole
    with pc.read() as session:
        assert sheets.kept(session, session.get_one(Sheet, sheet.id)) == b"%PDF-1.7 \x00\xff"
        assert session.execute(text("SELECT status FROM sheet")).scalar() == "returned", "words, not positions"


@pytest.mark.parametrize(
    ("typed", "found"), [("王芳7", 1), ("芳", 12), ("wangf", 12), ("wf", 12), ("00012", 1), ("12", 1), ("zz", 0)]
)
def test_people_are_found_as_on_one_pc(pc: Database, db: Database, typed: str, found: int):
    for office in (pc, db):
        hire(office, 12)
        with office.read() as session:
            assert len(workers.find(session, typed)) == found


def test_a_child_is_found_without_accents(pc: Database):
    with pc.begin("Enrol") as session:
        children.save(session, Child(name="Nguyễn Thị Ánh", birth_date=date(2010, 5, 1)))
    with pc.read() as session:
        for typed in ("nguyen", "thi anh", "Nguyễn", "NGUYEN TH"):
            assert [c.name for c in children.find(session, typed)] == ["Nguyễn Thị Ánh"]
        assert children.find(session, "100%_") == []


def test_ids_go_on_after_an_import_and_its_undo(pc: Database):
    hire(pc, 300)
    with pc.begin("Add a worker") as session:
        session.add(Worker(number="x", name="after"))
    assert history(pc)[0].changes == 1
    undo_last(pc)
    undo_last(pc)
    with pc.read() as session:
        assert session.scalars(select(Worker)).all() == []
    hire(pc, 3)
    assert verify(pc).whole


def test_two_pcs_write_one_chain(pc: Database, other_pc: Database):
    def work(db: Database, prefix: str) -> None:
        for n in range(15):
            with db.begin("Add a worker") as session:
                session.add(Worker(number=f"{prefix}{n}", name="x"))

    threads = [threading.Thread(target=work, args=pair) for pair in ((pc, "a"), (other_pc, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify(pc)
    assert (verdict.whole, verdict.entries) == (True, 30)


def test_the_second_pc_waits_two_seconds_and_is_told(pc: Database, other_pc: Database):
    with other_pc.begin("Import the worker list") as session:
        session.add(Worker(number="1", name="A"))
        session.flush()
        started = clock.monotonic()
        with pytest.raises(UserError, match="Another program is writing"), pc.begin("Add a worker") as mine:
            mine.add(Worker(number="2", name="B"))
        assert 1.8 < clock.monotonic() - started < 6
        with pc.read() as reading:
            assert reading.scalars(select(Worker)).all() == []


def test_the_second_of_two_editors_is_told(pc: Database, other_pc: Database):
    hire(pc, 1)
    with pc.read() as session:
        seen = session.scalars(select(Worker)).one()
    with other_pc.begin("Change a worker") as session:
        session.get_one(Worker, seen.id).name = "王方"
    seen.name = "王房"
    with pytest.raises(UserError, match="Somebody else changed this"), pc.begin("Change a worker") as session:
        session.add(seen)


def test_care_stays_sealed(pc: Database, postgres_office: str):
    with pc.begin("Enter the care plan") as session:
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add(child)
        session.flush()
        session.add(CarePlan(child_id=child.id, conditions="哮喘"))
    auditor = Database(postgres_office, {"general": KEYS["general"]}, Actor("Audit", "auditor"))
    with auditor.read() as session:
        assert session.scalars(select(CarePlan)).one().conditions is None
        sealed = bytes(session.execute(text("SELECT conditions FROM care_plan")).scalar_one())
    assert "哮喘".encode() not in sealed
    auditor.close()


@pytest.mark.parametrize(
    "change", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_the_trail_cannot_be_rewritten_through_the_program(pc: Database, change: str):
    hire(pc, 2)
    with pytest.raises(DBAPIError, match="append-only"), pc.engine.begin() as connection, trail.entered(connection):
        connection.exec_driver_sql(change)
    with pytest.raises(RuntimeError, match="leave no trace"), pc.begin("Sneak") as session:
        session.execute(text(change))
    assert verify(pc).whole


def test_reading_never_writes(pc: Database):
    with pytest.raises(DBAPIError, match="read-only"), pc.read() as session, trail.entered(session.connection()):
        session.execute(text("UPDATE worker SET name = 'x'"))


def test_a_failed_upgrade_leaves_the_office_as_it_was(
    pc: Database, postgres_office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hire(pc, 3)
    steps = [following.STEPS["a new table"], following.STEPS["a new row"]]
    for last, fails in (("raise ZeroDivisionError", True), ("pass", False)):
        scripts = following.write(tmp_path / last.split()[0], [*steps, last])
        for name, value in following.settings(scripts).items():
            monkeypatch.setattr(migrate, name, value)
        with pytest.raises(ZeroDivisionError) if fails else nullcontext():
            migrate.migrate(postgres_office, KEYS)
        with pc.read() as session:
            assert inspect(session.connection()).has_table("toy") is not fails
            assert len(session.scalars(select(Worker)).all()) == 3
