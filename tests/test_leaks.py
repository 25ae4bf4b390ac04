"""Nobody's name, number or face lies in the open: not in the office, its copies, the temporary folder or the log."""

import logging
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ccfs_desktop import logs
from ccfs_desktop.db import Database
from ccfs_desktop.models.action import Action
from ccfs_desktop.models.child import CarePlan, Child, Contact, Guardian, Photo, PickupAdult
from ccfs_desktop.models.incident import Incident, IncidentChild
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.log import HealthNote, Visitor
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.reports import demo_issued, issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import backups, concerns, demo, imports, seasons
from ccfs_desktop.services.concerns import Report
from tests.services.listing.pens import write

DAY = date(2017, 7, 20)
TOLD = "小敏说她晚上不敢一个人睡觉"
COLUMNS = (
    Child.name, Child.name_latin, Guardian.name, Guardian.phone, Worker.name, Worker.number, PickupAdult.name,
    PickupAdult.phone, Contact.name, Contact.phone, Staff.name, Staff.phone, CarePlan.conditions, CarePlan.plan,
    Incident.described, Incident.root_cause, IncidentChild.injury, IncidentChild.parent_told_who, HealthNote.words,
    Visitor.name, Visitor.organisation, Sighting.child_name, Sighting.parent_talk, StaffPaper.number, Action.finding,
)  # fmt: skip
"""What is searched for: the longest value that the office holds of each."""
WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The one folder in which everything is that the program writes by itself: office, temporary files, log."""
    home = tmp_path / "home"
    (home / "temporary").mkdir(parents=True)
    monkeypatch.setenv("CCFS_HOME", str(home))
    monkeypatch.setenv("CCFS_TODAY", f"{DAY}T17:30")
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(home / "temporary"))  # the process that reads lists has it too
    monkeypatch.setattr(tempfile, "tempdir", str(home / "temporary"))
    root = logging.getLogger()
    before = list(root.handlers)
    logs.start()
    yield home
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def test_a_season_of_work_leaves_nothing_readable_on_the_disk(places: Path, tmp_path: Path):
    db = demo.build(places / "office", today=DAY)
    _work(db, tmp_path)
    marks = _marks(db)
    assert len(marks) >= 20
    assert _found(places, marks) == [], "while it is open, with its log beside it"
    assert (places / "office" / "office.db-wal").stat().st_size
    db.close()
    files = [file.relative_to(places).as_posix() for file in places.rglob("*") if file.is_file()]
    assert {"office/office.db", "logs/ccfs.log"} <= set(files)
    assert [file for file in files if "backups/" in file]
    assert _found(places, marks) == []
    # The search itself works: what lies in the open is found, in any writing.
    for n, writing in enumerate(WRITINGS):
        (places / f"{n}.txt").write_bytes(b"  " + TOLD.encode(writing))
    (places / "face.jpg").write_bytes(b"  " + marks["face"][0])
    assert len(_found(places, marks)) == len(WRITINGS) + 1


def _work(db: Database, outside: Path) -> None:
    """Do what writes files: a list in, papers out, a letter, a backup and its rehearsal, and a failure in the log."""
    season = _season(db)
    listed = write(outside / "workers.xlsx", [["工号", "姓名", "部门"], ["90417", "欧阳静怡", "缝制车间"]])
    read = imports.read_file(db, ListKind.WORKERS, listed)
    with db.read() as session:
        plan = imports.plan(session, season, ListKind.WORKERS, read)
    imports.apply(db, season, plan)
    with db.begin(concerns.REPORTED, final=True) as session:
        concerns.report(session, Report(about="小敏", what=TOLD))
    demo_issued.hand_out(db)
    issue.day_pack(db, Order(DAY))
    office = backups.of(db)
    backups.make(office)
    assert backups.rehearse(office).well
    with db.read() as session:
        child = session.scalars(select(Child).limit(1)).one()
    try:
        raise KeyError(child.name, TOLD, "欧阳静怡")
    except KeyError:
        logging.getLogger("ccfs_desktop.services.children").exception("cannot show %s", child)


def _season(db: Database) -> Any:
    with db.read() as session:
        return seasons.current(session)


def _marks(db: Database) -> dict[str, tuple[bytes, ...]]:
    """Return what is searched for: of each column the longest value in every writing, and a piece of a face."""
    words = {"letter": TOLD, "list": "欧阳静怡"}
    with db.read() as session:
        for column in COLUMNS:
            values = [str(value) for value in session.scalars(select(column)) if value]
            words[f"{column.class_.__name__}.{column.key}"] = max(values, key=len, default="")
        face = session.scalars(select(Photo.jpeg).limit(1)).one()
    written = {
        name: tuple({word.encode(writing) for writing in WRITINGS}) for name, word in words.items() if len(word) > 1
    }
    return written | {"face": (bytes(face[len(face) // 2 :][:24]),)}


def _found(folder: Path, marks: dict[str, tuple[bytes, ...]]) -> list[tuple[str, str]]:
    return [
        (file.name, name)
        for file in folder.rglob("*")
        if file.is_file() and (content := file.read_bytes())
        for name, writings in marks.items()
        if any(writing in content for writing in writings)
    ]
