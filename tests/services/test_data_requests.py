"""A guardian's copy is complete, whatever tables there are; what leaves the office is logged; the yearly figures."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ccfs_desktop import clock
from ccfs_desktop.db import Database, verify
from ccfs_desktop.db.backup import backup
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child, ConsentPurpose, Contact
from ccfs_desktop.models.incident import IncidentAddendum, IncidentChild, Kind, Place
from ccfs_desktop.models.log import DoseOutcome, FirstAidUse, HealthDecision, HealthNote, MedicineCourse, MedicineDose
from ccfs_desktop.models.patrol import Doing, FoundBy, SightingAction
from ccfs_desktop.models.protection import Basis, Disposal, Grounds
from ccfs_desktop.models.visit import Absence, Correction, DayNote
from ccfs_desktop.reports import issue_data
from ccfs_desktop.services import (
    attendance,
    children,
    data_audit,
    data_requests,
    disclosures,
    erasure_proposals,
    erasure_traces,
    incidents,
    photos,
    retention,
    sightings,
)
from ccfs_desktop.services.sightings import Found
from tests import spaces
from tests.reports.pages import texts
from tests.reports.samples import photo
from tests.spaces import MONDAY, Space


def everything(db: Database) -> tuple[Space, Child]:
    """Write something about a child into every table that can hold it."""
    space = spaces.fill(db, 2)
    child = space.children[0]
    number, season = child.id, space.season.id
    with db.begin("Everything") as session:
        children.change_care_plan(session, number, conditions="asthma")
        photos.keep(session, number, photo())
        children.set_consent(session, number, ConsentPurpose.OUTINGS, given=True, on=MONDAY)
        attendance.sign_in(session, space.season, number, MONDAY, at=time(8), brought_by="Mother")
        retention.hold(session, child_id=number, reason="A dispute")
        erasure_proposals.propose(session, number, "Letter of 2017-08-30")
        disclosures.enter(
            session, recipient="Clinic", purpose="Help", basis=Basis.EMERGENCY, fields="asthma", child_id=number
        )
        course = MedicineCourse(
            season_id=season, child_id=number, medicine="salbutamol", dose="1", authorised_by="Mother",
            authorised_on=MONDAY, first_day=MONDAY, last_day=MONDAY,
        )  # fmt: skip
        made = incidents.report(
            session, space.season, kind=Kind.INJURY, place=Place.YARD, day=MONDAY, by="Li Na", words="fell together",
            children=[number, space.children[1].id],
        )  # fmt: skip
        session.add_all([
            course, Absence(child_id=number, season_id=season, first_day=MONDAY, last_day=MONDAY, note="a cold"),
            DayNote(season_id=season, day=MONDAY, code="x", child_id=number, word="late"),
            Correction(season_id=season, day=MONDAY, child_id=number, field="note", old="a", new="b", reason="c",
                       by="d", at=datetime(2017, 7, 10)),
            FirstAidUse(season_id=season, day=MONDAY, child_id=number, injury="knee"),
            HealthNote(season_id=season, child_id=number, day=MONDAY, signs="rash", decision=HealthDecision.STAYS),
            Disposal(number="D-2017-001", category="photo", child_id=number, subject="001", day=MONDAY,
                     at=datetime(2017, 7, 10), grounds=Grounds.OTHER, by="Li Na", approved_by="Wang"),
        ])  # fmt: skip
        session.add(Contact(child_id=number, name="Granny"))
        session.flush()
        report = session.scalars(select(IncidentChild).where(IncidentChild.child_id == number)).one()
        session.add_all([
            MedicineDose(course_id=course.id, day=MONDAY, outcome=DoseOutcome.GIVEN, given_by="A"),
            IncidentAddendum(incident_id=made.id, incident_child_id=report.id, words="later", by="A",
                             at=datetime(2017, 7, 10)),
        ])  # fmt: skip
        sightings.record(
            session, Found(MONDAY, "Line 3", Doing.WAITING, FoundBy.GUARD, SightingAction.TO_SPACE, child_id=number,
                           at=time(9), finder="Guard"), by="Li Na",
        )  # fmt: skip
    return space, child


def about_a_child() -> set[str]:
    """Return every table with a child in it, and those that belong to such a record."""
    kinds = erasure_traces.kinds_by_table().values()
    return {kind.__tablename__ for kind in kinds if "child_id" in kind.__table__.columns} | {
        kind.__tablename__
        for kind in kinds
        for key in kind.__table__.foreign_keys
        if key.parent.name in {"course_id", "incident_child_id"}
    }


def test_a_copy_holds_every_table_that_can_speak_of_a_child(db: Database):
    _space, child = everything(db)

    with db.read() as session:
        made = data_requests.copy(session, child.id)
    told = json.loads(data_requests.as_json(made))

    assert about_a_child() - set(told["tables"]) == {"incident_file"}  # none was put there; it would be named
    assert {"child", "guardian", "season", "incident"} <= set(told["tables"])
    for table, rows in told["tables"].items():
        assert rows, table
    assert told["tables"]["child"][0]["name"] == child.name
    assert told["tables"]["care_plan"][0]["conditions"] == "asthma"
    assert told["tables"]["incident"][0]["described"] == "fell together"
    assert "witnesses" not in told["tables"]["incident"][0]


def test_every_column_is_in_the_copy_but_those_that_say_nothing():
    silent = data_requests._LEFT_OUT  # noqa: SLF001  # pyright: ignore
    assert silent == {"version", "search", "sort_key", "hidden", "frozen", "sealed", "child_id"}


def test_no_other_child_is_in_the_copy(db: Database):
    space, child = everything(db)
    with db.read() as session:
        told = data_requests.as_json(data_requests.copy(session, child.id)).decode()
    assert space.children[1].name not in told


def test_handing_over_a_copy_is_in_the_log_with_the_hash_of_both_files(db: Database):
    _space, child = everything(db)

    with pytest.raises(UserError, match="to whom"):
        issue_data.copy(db, child.id, " ")
    made = issue_data.copy(db, child.id, "Mother", language="en")

    with db.read() as session:
        one = disclosures.listed(session)[0]
    assert (one.recipient, one.basis, one.automatic, one.child_id) == ("Mother", Basis.ACCESS, True, child.id)
    assert one.sha256 == data_requests.package_hash((made.pdf, made.json)) == made.sha256
    words = "\n".join(texts(made.pdf))
    assert child.name in words
    assert "asthma" in words
    assert verify.verify(db).whole


def test_what_was_told_otherwise_is_written_down_with_all_that_matters(db: Database):
    spaces.fill(db, 1)
    with pytest.raises(Invalid) as caught, db.begin("Tell") as session:
        disclosures.add(session, recipient="Police", purpose="", fields=None)
    assert set(caught.value.problems) == {"purpose", "fields"}
    with pytest.raises(Invalid), db.begin("Tell") as session:
        disclosures.add(
            session, recipient="Police", purpose="Search", fields="photo", at=clock.now() + timedelta(hours=1)
        )
    with db.begin("Tell") as session:
        disclosures.add(session, recipient=" Police ", purpose="Search", fields="photo", basis=Basis.LAW)

    with db.read() as session:
        one = disclosures.listed(session)[0]
    assert (one.recipient, one.automatic, one.by, one.sha256) == ("Police", False, "Li Na", "")


def test_the_yearly_audit_counts_children_by_age_and_what_was_read(db: Database):
    spaces.fill(db, 3)
    with db.begin("A youth") as session:
        session.add(Child(name="Old", birth_date=date(2003, 7, 11)))
        db.note(session, "care plan read", "1")
    today = clock.today()

    with db.read() as session:
        before = data_audit.persons(session, date(2017, 7, 10))
        after = data_audit.persons(session, date(2017, 7, 11))
        found = data_audit.audit(session, verify.verify(db), today.replace(month=1, day=1), today)

    assert (before.under_14, before.under_18) == (4, 4)
    assert (after.under_14, after.under_18) == (3, 4)
    assert found.access["Care plans read"] == 1
    assert found.by_role == {"officer": 1}
    assert found.verdict.whole


def test_a_breach_is_summed_up_for_the_office_and_for_a_backup(db: Database, tmp_path: Path):
    spaces.fill(db, 3)
    with db.read() as session:
        here = data_audit.breach_here(session, db)
    assert here.children == 3
    if db.folder is None:
        return
    copy = backup(db.folder / "office.db", db.keys, tmp_path / "backups").path
    with db.read() as session:
        assert data_audit.breach_in(session, copy).counts["child"] == 3
        with pytest.raises(UserError, match="No record lies beside this copy"):
            data_audit.breach_in(session, db.folder / "office.db")
