"""Nobody's name, number or face lies in the open: not in the office, its copies, the temporary folder or the log."""

import io
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from ccfs_desktop import logs
from ccfs_desktop.db import Database
from ccfs_desktop.models.action import Action, Evidence
from ccfs_desktop.models.child import CarePlan, Child, Contact, Guardian, Guardianship, Photo, PickupAdult
from ccfs_desktop.models.document import DocumentFile
from ccfs_desktop.models.incident import Incident, IncidentChild
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.log import HealthNote, Visitor
from ccfs_desktop.models.patrol import Sighting
from ccfs_desktop.models.protection import Basis
from ccfs_desktop.models.sheet import Sheet
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.reports import demo_issued, issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import (
    action_evidence,
    actions,
    attachments,
    backups,
    checks,
    concerns,
    demo,
    disclosures,
    imports,
    offices,
    seasons,
)
from ccfs_desktop.services.concerns import Report
from tests.services.listing.pens import write

DAY = date(2017, 7, 20)
TOLD = "小敏说她晚上不敢一个人睡觉"
TYPED = {
    "called": "糖糖宝贝", "alert": "对花生和腰果过敏", "remark": "外婆周五早来接", "school": "龙岗区实验小学三年级",
    "second phone": "13987650042", "identity": "90317X", "contact": "司徒美玲", "custody": "法院判决不许舅舅接走",
    "staff remark": "膝盖手术后不能久站", "answer": "窗边插座外壳裂开露出铜线", "sheet": "小敏的名字写错了一次",
    "recipient": "客户审核员欧文斯", "caption": "小敏坐过的椅子已经修好", "action": "已当面告诉小敏的妈妈",
}  # fmt: skip
"""Typed by hand into fields that the made-up season leaves empty, or into which anything may be typed."""
COLUMNS = (
    Child.name, Child.name_latin, Guardian.name, Guardian.phone, Worker.name, Worker.number, PickupAdult.name,
    PickupAdult.phone, Contact.name, Contact.phone, Staff.name, Staff.phone, CarePlan.conditions, CarePlan.plan,
    Incident.described, Incident.root_cause, IncidentChild.injury, IncidentChild.parent_told_who, HealthNote.words,
    Visitor.name, Visitor.organisation, Sighting.child_name, Sighting.parent_talk, StaffPaper.number, Action.finding,
)  # fmt: skip
"""What is searched for: the longest value that the office holds of each."""
SHORTEST = 6
"""Fewer bytes stand somewhere in some hundred megabytes of ciphertext by mere chance."""
WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


REMOVED: dict[str, dict[str, bytes]] = {}
"""Folder → what lay in its files just before they were removed: so they lie there when the program is killed."""


def _keep(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ("os.remove", "shutil.rmtree") or not REMOVED:
        return
    path = Path(os.fsdecode(arguments[0]))
    for folder, kept in REMOVED.items():
        if path.is_relative_to(folder):
            files = [file for file in (path, *path.rglob("*")) if file.is_file()]
            kept.update({f"{len(kept)} {file}": file.read_bytes() for file in files})


sys.addaudithook(_keep)


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
    REMOVED[str(home)] = {}
    root = logging.getLogger()
    before = list(root.handlers)
    logs.start()
    yield home
    del REMOVED[str(home)]
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def test_a_season_of_work_leaves_nothing_readable_on_the_disk(places: Path, tmp_path: Path):
    db = demo.build(places / "office", today=DAY)
    db = _work(db, tmp_path)
    marks = _marks(db)
    assert len(marks) >= 20
    assert len(REMOVED[str(places)]) > 1
    assert _in(REMOVED[str(places)], marks) == [], "what lies there while the program works, and is removed after"
    assert _found(places, marks) == [], "while it is open, with its log beside it, as after a kill"
    assert (places / "office" / "office.db-wal").stat().st_size
    db.close()
    files = [file.relative_to(places).as_posix() for file in places.rglob("*") if file.is_file()]
    assert {"office/office.db", "logs/ccfs.log"} <= set(files)
    assert [file for file in files if "backups/" in file]
    assert _found(places, marks) == []
    assert list((places / "temporary").iterdir()) == [], "a packed file would hide what is in it"
    # The search itself works: what lies in the open is found, in any writing.
    for n, writing in enumerate(WRITINGS):
        (places / f"{n}.txt").write_bytes(b"  " + TOLD.encode(writing))
    (places / "face.jpg").write_bytes(b"  " + marks["face"][0])
    (places / "2.txt").unlink()
    (places / "2.txt").write_text(TOLD, encoding="utf-16-be")
    assert len(_in(REMOVED[str(places)], marks)) == 1
    assert len(_found(places, marks)) == len(WRITINGS) + 1


def _work(db: Database, outside: Path) -> Database:
    """Do what writes files: a list in, papers out, a letter, a backup, its rehearsal and restore, a failure logged."""
    season = _season(db)
    listed = write(outside / "workers.xlsx", [["工号", "姓名", "部门"], ["90417", "欧阳静怡", "缝制车间"]])
    read = imports.read_file(db, ListKind.WORKERS, listed)
    with db.read() as session:
        plan = imports.plan(session, season, ListKind.WORKERS, read)
    imports.apply(db, season, plan)
    with db.begin(concerns.REPORTED, final=True) as session:
        concerns.report(session, Report(about="小敏", what=TOLD))
    _type(db)
    office = backups.of(db)
    copy = backups.make(office).copy
    db.close()
    assert backups.restore(office, copy.path).matches
    db = offices.open_demo(office.folder)
    demo_issued.hand_out(db)
    issue.day_pack(db, Order(DAY))
    backups.make(office)
    assert backups.rehearse(office).well
    with db.read() as session:
        child = session.scalars(select(Child).limit(1)).one()
    try:
        raise KeyError(child.name, TOLD, "欧阳静怡")
    except KeyError:
        logging.getLogger("ccfs_desktop.services.children").exception("cannot show %s", child)
        logging.getLogger("sqlalchemy.engine").error("INSERT INTO child (name) VALUES (%s)", child.name)
    return db


def _type(db: Database) -> None:
    """Type into the fields where anything may stand, and hang a picture on an action."""
    with db.begin("Type") as session:
        child = session.scalars(select(Child).limit(1)).one()
        child.nickname, child.alert = TYPED["called"], TYPED["alert"]
        child.note, child.school = TYPED["remark"], TYPED["school"]
        for kind, column, name in (
            (Guardian, "phone2", "second phone"), (PickupAdult, "id_tail", "identity"), (Contact, "name", "contact"),
            (Guardianship, "custody_note", "custody"), (Staff, "note", "staff remark"), (Sheet, "note", "sheet"),
        ):  # fmt: skip
            setattr(session.scalars(select(kind).limit(1)).one(), column, TYPED[name])
        check = checks.begin(session, seasons.current(session), "CLS", day=DAY, by="Li Na")
        item = next(iter(checks.answers(session, check.id)))
        checks.answer(session, check.id, item, note=TYPED["answer"])
        action = session.scalars(select(Action).where(Action.stage.not_in(actions.ENDED)).limit(1)).one()
        action.immediate = TYPED["action"]
        shown = attachments.clean("椅子.png", _picture())
        action_evidence.add(session, action.id, shown, after=True, by="Li Na", caption=TYPED["caption"])
        disclosures.add(
            session, child_id=child.id, at=datetime(2017, 7, 20, 9), recipient=TYPED["recipient"], purpose="Audit",
            basis=Basis.CONTRACT, fields="Attendance",
        )  # fmt: skip


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((160, 120), 90).save(stream, "PNG")  # no run of equal bytes that might lie anywhere
    return stream.getvalue()


def _season(db: Database) -> Any:
    with db.read() as session:
        return seasons.current(session)


def _marks(db: Database) -> dict[str, tuple[bytes, ...]]:
    """Return what is searched for: of each column the longest value in every writing, and a piece of a face."""
    words = {"letter": TOLD, "list": "欧阳静怡"} | TYPED
    with db.read() as session:
        for column in COLUMNS:
            values = [str(value) for value in session.scalars(select(column)) if value]
            words[f"{column.class_.__name__}.{column.key}"] = max(values, key=len, default="")
        face = session.scalars(select(Photo.jpeg).limit(1)).one()
        proof = session.scalars(select(Evidence.content).order_by(Evidence.id.desc()).limit(1)).one()
        pdf = session.scalars(select(DocumentFile.pdf).limit(1)).one()
    written = {name: tuple({word.encode(writing) for writing in WRITINGS}) for name, word in words.items() if word}
    written = {name: tuple(one for one in every if len(one) >= SHORTEST) for name, every in written.items()}
    assert all(written.values()), "each is searched for in one writing at least"
    bare = {"face": face, "proof": proof, "document": pdf}
    keys = {name: (key, key.hex().encode(), key.hex().upper().encode()) for name, key in db.keys.items()}
    return written | keys | {name: (bytes(held[len(held) // 2 :][:24]),) for name, held in bare.items()}


def _found(folder: Path, marks: dict[str, tuple[bytes, ...]]) -> list[tuple[str, str]]:
    """Search every file of a folder, and its name."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return _in({file.relative_to(folder).as_posix(): file.read_bytes() for file in files}, marks)


def _in(files: dict[str, bytes], marks: dict[str, tuple[bytes, ...]]) -> list[tuple[str, str]]:
    return [
        (file, name)
        for file, content in files.items()
        for name, writings in marks.items()
        if any(writing in content or writing in file.encode() for writing in writings)
    ]
