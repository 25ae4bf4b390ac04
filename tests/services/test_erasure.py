"""Erasing one child: what goes, what stays to be counted, who approves, and that the name is nowhere any more."""

import shutil
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Enum, LargeBinary, String, inspect, select, text

from ccfs_desktop import clock
from ccfs_desktop.db import Database, undo, verify
from ccfs_desktop.db.engine import connect
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.audit import AuditPayload
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose, PickupAdult, Relation
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.incident import IncidentChild, Kind, Place
from ccfs_desktop.models.patrol import Doing, FoundBy, SightingAction
from ccfs_desktop.models.protection import Grounds
from ccfs_desktop.models.sealed import Sealed
from ccfs_desktop.models.visit import DayNote, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import (
    attendance,
    children,
    disposals,
    documents,
    erasure,
    erasure_plan,
    erasure_traces,
    incidents,
    photos,
    retention,
    searching,
    seasons,
    sheets,
    sightings,
    statistics,
)
from ccfs_desktop.services.erasure import Because
from ccfs_desktop.services.erasure_plan import FATES, Part
from ccfs_desktop.services.sightings import Found
from tests import spaces
from tests.spaces import MONDAY, Space

ASKED = Because(Grounds.REQUEST, "Letter of 2017-08-30", "Wang Fang")
TUESDAY, LATER = MONDAY + timedelta(days=1), date(2017, 9, 1)
NAMES = ("李小明", "Li Xiaoming", "lixiaoming", "明明")
"""In its script, in Latin letters, as the search knows it, and as it is called."""
HERS = "13977777777"
"""Phone of the grandmother, who collects nobody else."""


def a_life(db: Database) -> tuple[Space, Child]:
    """Let a child leave its name everywhere it can, beside a sister."""
    space = spaces.fill(db, 4)
    child, sister = space.children[0], space.children[1]
    with db.begin("A life") as session:
        worker = Worker(number="0017", name="李大明")
        session.add(worker)
        session.flush()
        father = children.guardian_of_worker(session, worker)
        for one in (child, sister):
            children.add_guardian(session, session.get_one(Child, one.id), father, Relation.FATHER)
        children.change(session, child.id, name="李小明", name_latin="Li Xiaoming", nickname="明明", alert="peanut")
        children.change_care_plan(session, child.id, conditions="李小明 has asthma", medicine="inhaler")
        photos.keep(session, child.id, b"\xff\xd8 the face of Li Xiaoming")
        for one in (child, sister):
            adult = PickupAdult(child_id=one.id, name="李小明的外婆", phone=HERS if one is child else "")
            session.add(adult)
        children.set_consent(session, child.id, ConsentPurpose.PHOTO_INTERNAL, given=True, on=MONDAY, signed_by="张三")
    for day in (MONDAY, TUESDAY):
        with db.begin("A day") as session:
            for one in (child, sister):
                attendance.sign_in(session, space.season, one.id, day, at=time(8), brought_by="李大明")
                attendance.sign_out(session, space.season, one.id, day, at=time(17), collected_by="李小明的外婆")
    with db.begin("Words") as session:
        session.add(DayNote(season_id=space.season.id, day=MONDAY, code="late", word="李小明 late; so was LI XIAOMING"))
        seen = Found(
            MONDAY, "Line 3", Doing.WAITING, FoundBy.GUARD, SightingAction.TO_SPACE, child_id=child.id,
            worker_id=worker.id, child_name="李小明", parent_name="李大明", at=time(9), finder="Guard",
        )  # fmt: skip
        sightings.record(session, seen, by="Li Na")
    return space, child


def an_incident(db: Database, space: Space, child: Child, day: date = MONDAY) -> int:
    """Report an accident of a child."""
    with db.begin("Report") as session:
        made = incidents.report(
            session, space.season, kind=Kind.INJURY, place=Place.YARD, day=day, children=[child.id], by="Li Na",
            words="李小明 fell",
        )  # fmt: skip
        report = session.scalars(select(IncidentChild).where(IncidentChild.incident_id == made.id)).one()
        incidents.change_report(session, report.id, injury="李小明: a bruise")
    return made.id


def figures(db: Database, space: Space) -> list[tuple[str, str, str]]:
    with db.read() as session:
        found = statistics.figures(session, space.season, LATER)
    return [(one.id, one.text, one.note) for one in found]


# ------------------------------------------------------------------------------------------------------ the whole child
def test_erasing_a_child_leaves_no_name_and_every_figure(db: Database):
    space, child = a_life(db)
    with db.begin("By hand, as the preview says") as session:
        told = erasure.preview(session, child.id, on=LATER)
        session.scalars(select(PickupAdult).where(PickupAdult.child_id == space.children[1].id)).all()[
            -1
        ].name = "Granny"
    before = figures(db, space)

    assert any("holds the child's name, such as a sister's contact: 1" in one for one in told.by_hand)
    done = erasure.erase(db, child.id, ASKED, on=LATER)

    assert figures(db, space) == before
    assert verify.verify(db).problems == ()
    assert in_tables(db, *NAMES, HERS) == {}
    assert done.settled
    with db.read() as session:
        left = session.get_one(Child, child.id)
        assert (left.birth_date.month, left.birth_date.day, left.erased_on) == (3, 1, LATER)
        visits = session.scalars(select(Visit).where(Visit.child_id == child.id)).all()
        assert [(v.arrived, v.brought_by) for v in visits] == [(time(8), "–")] * 2
        assert session.scalars(select(DayNote.word)).one() == "– late; so was –"
        assert session.scalars(searching.ids(session, Child, "lixiaoming")).all() == []


def in_tables(db: Database, *wanted: str) -> dict[str, list[str]]:
    """Look for words in every column of every table, those behind the search index too."""
    found: dict[str, list[str]] = {}
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                told = "\n".join(v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row)
                for name in wanted:
                    if name.casefold() in told.casefold():
                        found.setdefault(name, []).append(table)
    return found


def test_the_name_is_in_no_page_of_the_file_and_the_log_beside_it_is_empty(tmp_path: Path, db: Database):
    if db.folder is None:
        pytest.skip("pages and log are those of SQLite")
    _space, child = a_life(db)
    assert set(in_pages(db, tmp_path / "before", *NAMES)) == set(NAMES)

    erasure.erase(db, child.id, ASKED, on=LATER)

    log = db.folder / "office.db-wal"
    assert not log.exists() or log.stat().st_size == 0
    assert in_pages(db, tmp_path / "after", *NAMES, HERS) == {}


def in_pages(db: Database, place: Path, *wanted: str) -> dict[str, int]:
    """Look for words in each page of the file as it lies there, decrypted, those in use and those that are free."""
    assert db.folder
    place.mkdir()
    for name in ("office.db", "office.db-wal"):
        if (db.folder / name).exists():
            shutil.copy(db.folder / name, place / name)
    raw = connect(place / "office.db", db.keys["general"])
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    pages = b"".join(decrypted((place / "office.db").read_bytes(), db.keys["general"]))
    assert pages.count(b"CREATE TABLE") > 20  # they really are readable
    counts = {word: pages.lower().count(word.encode().lower()) for word in wanted}
    return {word: n for word, n in counts.items() if n}


def decrypted(file: bytes, key: bytes) -> Iterator[bytes]:
    """Decrypt a file page by page, as SQLCipher 4 writes them: AES-256-CBC, then 16 bytes of IV and 64 of HMAC."""
    for start in range(0, len(file), 4_096):
        page = file[start : start + 4_096]
        body, iv = page[16 if start == 0 else 0 : 4_016], page[4_016:4_032]
        plain = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        yield plain.update(body) + plain.finalize()
