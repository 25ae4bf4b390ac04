"""Erasing one child: what goes, what stays to be counted, who approves, and that the name is nowhere any more."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Enum, LargeBinary, String, inspect, select, text

from ccfs_desktop import clock
from ccfs_desktop.db import Database, undo, verify
from ccfs_desktop.db.backup import backup
from ccfs_desktop.db.engine import connect
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child, Consent, ConsentPurpose, Guardian, PickupAdult, Relation
from ccfs_desktop.models.incident import Incident, IncidentChild, Kind, Place
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.patrol import Doing, FoundBy, SightingAction
from ccfs_desktop.models.protection import Grounds
from ccfs_desktop.models.sealed import Sealed
from ccfs_desktop.models.staff import Staff, StaffPaper
from ccfs_desktop.models.visit import DayNote, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.reports import issuing
from ccfs_desktop.reports.kit.letter import foot
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services import (
    attendance,
    children,
    disposals,
    erasure,
    erasure_due,
    erasure_plan,
    erasure_traces,
    incidents,
    photos,
    retention,
    searching,
    seasons,
    sightings,
    statistics,
)
from ccfs_desktop.services.erasure import Because
from ccfs_desktop.services.erasure_plan import FATES, Part
from ccfs_desktop.services.papers import Letterhead
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
        children.set_consent(
            session, child.id, ConsentPurpose.PHOTO_INTERNAL, given=True, on=MONDAY, signed_by="张三", wording="1"
        )
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


def by_hand(db: Database, space: Space) -> None:
    """Change what the preview says must be changed by hand: the sister's grandmother is called after the child."""
    with db.begin("By hand") as session:
        for adult in session.scalars(select(PickupAdult).where(PickupAdult.child_id == space.children[1].id)):
            adult.name = "Granny"


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
    with db.read() as session:
        told = erasure.preview(session, child.id, on=LATER)
    assert any("holds the child's name, such as a sister's contact: 1" in one for one in told.by_hand)
    by_hand(db, space)
    before = figures(db, space)

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
    space, child = a_life(db)
    by_hand(db, space)
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


# --------------------------------------------------------------------------------------------------- who, why, when not
def test_a_second_person_approves_and_a_reason_without_the_name_is_given(db: Database):
    _space, child = a_life(db)

    for wrong, field in (
        (Because(Grounds.REQUEST, "Letter", "li na"), "approver"),
        (Because(Grounds.REQUEST, "Letter", " "), "approver"),
        (Because(Grounds.REQUEST, " ", "Wang Fang"), "reason"),
        (Because(Grounds.OTHER, "the father of li xiaoming asked", "Wang Fang"), "reason"),
    ):
        with pytest.raises(Invalid) as caught:
            erasure.erase(db, child.id, wrong, on=LATER)
        assert field in caught.value.problems
    with db.read() as session:
        assert session.get_one(Child, child.id).name == "李小明"


def test_only_the_officer_erases(db: Database, as_role: Callable[..., Database]):
    _space, child = a_life(db)

    for role in ("coordinator", "caregiver", "manager", "auditor", "administrator"):
        with pytest.raises(UserError, match="role may not"):
            erasure.erase(as_role(role, "Zhao"), child.id, ASKED, on=LATER)


def test_a_legal_hold_stops_it_until_it_is_released_with_a_reason(db: Database):
    _space, child = a_life(db)
    with db.begin("Hold") as session:
        held = retention.hold(session, child_id=child.id, reason="Court of Dongguan, case 17.")

    with pytest.raises(UserError, match=r"Court of Dongguan, case 17\. Release the legal hold first"):
        erasure.erase(db, child.id, ASKED, on=LATER)

    with db.begin("Release") as session:
        with pytest.raises(Invalid):
            retention.release(session, held.id, reason="")
        retention.release(session, held.id, reason="Case closed")
    erasure.erase(db, child.id, ASKED, on=LATER)
    with pytest.raises(UserError, match="was erased on 2017-09-01"):
        erasure.erase(db, child.id, ASKED, on=LATER)


def test_a_child_who_is_here_is_not_erased(db: Database):
    space = spaces.fill(db, 1)
    with db.begin("In") as session:
        attendance.sign_in(session, space.season, space.children[0].id, MONDAY, at=time(8))

    with pytest.raises(UserError, match="Sign it out first"):
        erasure.erase(db, space.children[0].id, ASKED, on=MONDAY)


def test_what_was_done_before_cannot_be_taken_back_and_says_why(db: Database):
    _space, child = a_life(db)
    erasure.erase(db, child.id, ASKED, on=LATER)

    told = {action.action: action for action in undo.history(db)}

    for name in ("A life", "Words"):
        with pytest.raises(UserError, match="its personal data was erased"):
            undo.undo(db, told[name])
    with pytest.raises(UserError, match="cannot be undone"):
        undo.undo(db, told["Erase a child's data"])


# ----------------------------------------------------------------------------------------------------------- what stays
def test_nothing_is_written_about_an_erased_child_any_more(db: Database):
    _space, child = a_life(db)
    erasure.erase(db, child.id, ASKED, on=LATER)

    with pytest.raises(UserError, match="only counted"), db.begin("Change") as session:
        children.change(session, child.id, nickname="明明")


def test_a_report_that_must_be_kept_stays_sealed_with_the_name_until_its_time_is_over(db: Database):
    space, child = a_life(db)
    by_hand(db, space)
    an_incident(db, space, child)

    done = erasure.erase(db, child.id, ASKED, on=LATER)

    born = child.birth_date
    assert done.disposal.kept_until == date(born.year + 21, born.month, born.day)
    assert in_tables(db, *NAMES, HERS) == {}
    assert verify.verify(db).problems == ()
    with db.read() as session:
        assert session.get_one(type(done.disposal), done.disposal.id).kept_name == "李小明"
        assert session.scalars(select(IncidentChild.injury)).one() == "李小明: a bruise"

    assert done.disposal.kept_until
    after = done.disposal.kept_until + timedelta(days=1)
    with db.read() as session:
        waiting = [one for one in erasure_due.due(session, after) if one.category == "incident"]
    assert [one.child_id for one in waiting] == [child.id]
    erasure_due.erase(db, waiting[0], "Wang Fang", on=after)

    with db.read() as session:
        assert session.get_one(type(done.disposal), done.disposal.id).kept_name is None
        assert session.scalars(select(IncidentChild.injury)).all() == [None]
        assert session.scalars(select(Incident.described)).all() == [None]
        assert not [one for one in erasure_due.due(session, after) if one.category == "incident"]
    assert verify.verify(db).problems == ()


def test_proof_of_consents_stays_three_years_without_the_signers_name(db: Database):
    _space, child = a_life(db)
    erasure.erase(db, child.id, ASKED, on=LATER)

    with db.read() as session:
        kept = session.scalars(select(Consent).where(Consent.child_id == child.id)).all()
        assert {one.signed_by for one in kept} <= {"", "–"}
        assert {one.wording for one in kept} >= {"1"}
        over = date(2020, 8, 26)
        assert [d.category for d in erasure_due.due(session, over) if d.child_id == child.id] == ["consent"]
        assert not [d for d in erasure_due.due(session, over - timedelta(days=1)) if d.child_id == child.id]


def test_a_child_is_counted_once_with_its_sister_and_still_when_both_are_erased(db: Database):
    space, child = a_life(db)
    before = figures(db, space)

    erasure.erase(db, child.id, ASKED, on=LATER)
    assert figures(db, space) == before
    erasure.erase(db, space.children[1].id, ASKED, on=LATER)

    assert figures(db, space) == before
    with db.read() as session:
        assert session.scalars(select(Guardian.name).where(Guardian.name == "李大明")).all() == []
        assert session.scalars(select(Worker.name)).all() == ["李大明"]


def test_a_document_that_names_the_child_loses_its_file_and_the_others_are_reprinted_unchanged(db: Database):
    _space, child = a_life(db)
    issued = {name: an_issued_document(db, name, words) for name, words in (
        ("with", "Late: 李小明"), ("without", "Late: nobody")
    )}  # fmt: skip

    done = erasure.erase(db, child.id, ASKED, on=LATER)

    assert disposals.documents(done.disposal) == [issued["with"].document.number]
    assert issuing.again(db, issued["without"].document.id).pdf == issued["without"].pdf
    with pytest.raises(UserError, match="was erased; its number and seal remain"):
        issuing.again(db, issued["with"].document.id)
    assert verify.verify(db).problems == ()


def an_issued_document(db: Database, name: str, words: str) -> issuing.Issued:
    """Issue a document of one page that says some words."""

    def draw(_session: object, _season: object, head: Letterhead) -> bytes:
        spoken = Words(head.languages)
        paper = Paper(name, language="en", made=head.printed_at)
        paper.section(lambda page, pages: foot(paper, spoken, head, page, pages), landscape=False)
        paper.page()
        paper.text(20, 60, words, 12)
        return paper.finish()

    return issuing.issue(db, "check-history", draw, first_day=MONDAY, filters=[name])


def test_somebody_called_the_same_keeps_the_name(db: Database):
    _space, child = a_life(db)
    with db.begin("A namesake") as session:
        session.add(Worker(number="0018", name="李小明"))

    with db.read() as session:
        told = erasure.preview(session, child.id, on=LATER)
    erasure.erase(db, child.id, ASKED, on=LATER)

    assert told.mentions == 0
    assert any("Somebody else has the same name" in one for one in told.by_hand)
    with db.read() as session:
        assert "李小明" in session.scalars(select(Worker.name)).all()
        assert session.scalars(select(DayNote.word)).one().startswith("李小明 late")
    assert verify.verify(db).problems == ()


# --------------------------------------------------------------------------------------------------------- the schedule
def test_every_record_about_a_child_has_its_fate_and_every_word_in_it_too():
    linked = {kind for kind in erasure_traces.kinds_by_table().values() if "child_id" in kind.__table__.columns}
    owned = {kind for kind, (parent, _column) in erasure_plan._OWN.items() if parent in linked}  # noqa: SLF001  # pyright: ignore

    assert set(FATES) == linked | owned
    for kind, fate in FATES.items():
        worded = {
            column.name
            for column in kind.__table__.columns
            if isinstance(column.type, (String, Sealed, Masked, LargeBinary)) and not isinstance(column.type, Enum)
        }
        told = {*fate.blank, *fate.mark, *fate.keep}
        assert fate.delete or worded <= told, (kind, worded - told)


def test_what_is_due_comes_in_its_time(db: Database):
    space, child = a_life(db)

    def due(on: date) -> list[tuple[str, bool]]:
        with db.read() as session:
            return [(d.category, d.withdrawn) for d in erasure_due.due(session, on) if d.child_id == child.id]

    end = space.season.last_day
    assert due(end + timedelta(days=30)) == []
    assert due(end + timedelta(days=31)) == [("photo", False)]
    assert due(retention.months_after(end, 12)) == [("photo", False)]
    assert due(retention.months_after(end, 12) + timedelta(days=1)) == [("file", False)]
    with db.begin("Keep it longer") as session:
        with pytest.raises(Invalid):
            retention.change(session, "file", months=24, days=0, reason="")
        retention.change(session, "file", months=24, days=0, reason="Rule of the province")
    assert due(retention.months_after(end, 12) + timedelta(days=1)) == [("photo", False), ("health", False)]
    with db.begin("Withdraw") as session:
        children.withdraw_consent(session, child.id, ConsentPurpose.PHOTO_INTERNAL, on=TUESDAY)
    assert due(TUESDAY) == [("photo", True)]


def test_a_photo_is_erased_by_itself(db: Database):
    _space, child = a_life(db)

    done = erasure.erase(db, child.id, ASKED, frozenset({Part.PHOTO}), on=LATER)

    assert disposals.erased(done.disposal) == {"Photo": 1}
    with db.read() as session:
        assert photos.of(session, child.id) is None
        assert session.get_one(Child, child.id).name == "李小明"
    assert "the face of" not in str(in_tables(db, "the face of"))
    assert verify.verify(db).problems == ()


def test_old_visitors_and_staff_lose_what_says_who_they_are(db: Database):
    spaces.fill(db, 1)
    with db.begin("Old times") as session:
        season = seasons.every(session)[0]
        session.add(Visitor(season_id=season.id, day=MONDAY, name="Mr Kim", organisation="Brand", gone=True))
        teacher = spaces.an_adult(session, "陈老师")
        teacher.ended_on, teacher.phone = MONDAY, "13800001111"
    later = date(2020, 7, 11)

    with db.read() as session:
        waiting = {d.category: d for d in erasure_due.due(session, later) if d.child_id is None}
    for one in waiting.values():
        erasure_due.erase(db, one, "Wang Fang", on=later)

    assert set(waiting) == {"visitors", "staff"}
    assert in_tables(db, "Mr Kim", "13800001111") == {}
    with db.read() as session:
        assert session.scalars(select(StaffPaper)).all() == []
        assert session.scalars(select(Staff.name)).all() == ["陈老师"]
        assert erasure_due.due(session, later) == [d for d in erasure_due.due(session, later) if d.child_id]
        assert [d.number for d in disposals.listed(session)] == ["D-2020-002", "D-2020-001"]
    assert verify.verify(db).problems == ()


def test_the_record_names_the_backups_that_still_hold_the_data(db: Database):
    if db.folder is None:
        pytest.skip("a server's backups are its administrator's")
    _space, child = a_life(db)
    office = db.folder
    backup(office / "office.db", db.keys, office / "backups")

    done = erasure.erase(db, child.id, ASKED, on=LATER)

    held = disposals.copies(done.disposal)
    assert list(held.files) == [one.name for one in (office / "backups").glob("office-*.db")]
    assert held.until == retention.months_after(clock.today(), 12)
