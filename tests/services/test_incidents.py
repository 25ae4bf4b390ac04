"""Incidents: anybody reports, holders of the key complete and sign, what is signed stays, numbers never come twice."""

import json
from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import text

from ccfs_desktop.db import Database, undo
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.check import Proof
from ccfs_desktop.models.incident import Incident, IncidentChild, Kind, Place
from ccfs_desktop.services import (
    attendance,
    audit_trail,
    children,
    incident_files,
    incident_list,
    incident_papers,
    incident_signing,
    incidents,
    offices,
    sheets,
)
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.services.incident_list import State
from ccfs_desktop.services.signatures import Signature
from tests.spaces import MONDAY, Space, fill, on_duty

TEN = time(10, 15)
SAID = "Fell from the slide onto the mat."


@pytest.fixture(autouse=True)
def _that_afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", f"{MONDAY}T21:30")


def signature(name: str = "Li Na", user: str = "Li Na", proof: Proof = Proof.PASSWORD) -> Signature:
    from ccfs_desktop import clock

    return Signature(name, "Coordinator", user, clock.now(), proof)


def report(db: Database, space: Space, *children: int, kind: Kind = Kind.INJURY) -> Incident:
    with db.begin("Report an incident", final=True) as session:
        return incidents.report(
            session, space.season, kind=kind, place=Place.YARD, day=MONDAY, at=TEN, words=SAID, by=db.actor.user,
            children=[space.children[n].id for n in children],
        )  # fmt: skip


def complete(db: Database, incident_id: int, *, severity: int = 1) -> list[IncidentChild]:
    with db.begin("Complete") as session:
        incidents.change(session, incident_id, staff_in_charge="王老师", described=SAID)
        records = [one.record for one in incidents.reports(session, incidents.get(session, incident_id))]
        for record in records:
            incidents.change_report(
                session, record.id, severity=severity, part="Slid down first.", injury="Graze on the left knee",
                marks=json.dumps([["front", 620, 790, "graze"]]), first_aid="Cleaned, plaster",
                clinic="Dongguan clinic" if severity > 1 else "",
            )  # fmt: skip
    return records


def signed(db: Database, space: Space, *children: int) -> Incident:
    incident = report(db, space, *(children or (0,)))
    complete(db, incident.id)
    with db.begin("Sign", final=True) as session:
        return incident_signing.sign(session, incident.id, signature())


def told(db: Database, record: IncidentChild, **more: object) -> None:
    with db.begin("Parent informed") as session:
        incidents.change_report(
            session, record.id, parent_told_day=MONDAY, parent_told_at=time(10, 40), parent_told_by="王老师",
            parent_told_who="Mother", parent_told_how="By phone", **more,
        )  # fmt: skip


def test_a_caregiver_reports_and_sees_nothing_of_it_afterwards(db: Database, as_role: Callable[..., Database]):
    space, caregiver = fill(db), as_role("caregiver")
    incident = report(caregiver, space, 0)
    for look in (incidents.file, incidents.get):
        with pytest.raises(UserError, match="may not"), caregiver.read() as session:
            look(session, incident.id)
    with pytest.raises(UserError, match="may not"), caregiver.read() as session:
        incident_list.rows(session, space.season)
    with caregiver.read() as session:
        assert incident_list.tasks(session, space.season, MONDAY) == []
    with db.read() as session:
        file = incidents.file(session, incident.id)
        assert (file.told, file.incident.described, file.incident.reported_by) == (SAID, None, "Wang Fang")
        (row,) = incident_list.rows(session, space.season)
        assert row.state is State.DRAFT


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_without_the_key_one_sees_the_list_and_no_name_and_no_word(
    db: Database, as_role: Callable[..., Database], role: str
):
    space = fill(db)
    incident = signed(db, space)
    other = as_role(role)
    with other.read() as session:
        (row,) = incident_list.rows(session, space.season)
        assert (row.number, row.children, row.names, row.severity) == ("2017-001", 1, (), 1)
        file = incidents.file(session, incident.id)
        assert (file.children, file.told, file.incident.described) == ((), "", None)
    with pytest.raises(UserError, match="may not"), other.begin("Change") as session:
        incidents.change(session, incident.id, described="Nothing happened.")


def test_the_trail_tells_those_without_the_key_nothing_of_a_childs_report(
    db: Database, as_role: Callable[..., Database]
):
    space = fill(db)
    signed(db, space)
    for office in (as_role("auditor"), as_role("administrator")):
        with office.read() as session:
            found = audit_trail.deeds(session, audit_trail.Look())
            told = [line for deed in found for line in audit_trail.lines(session, deed.transaction)]
        assert "Complete" not in [deed.action for deed in found]
        assert not any("incident_child" in line.noun or "Report on a child" in line.noun for line in told)
        assert "Complete" not in [action.action for action in undo.history(office)]


def test_numbers_are_never_given_twice_and_a_discarded_report_stays(db: Database):
    space = fill(db)
    first = report(db, space, 0)
    with pytest.raises(UserError, match="undone"):
        undo.undo_last(db)
    with db.begin("Discard") as session:
        incidents.discard(session, first.id, "Entered twice", by="Li Na")
    second = report(db, space, 0)
    assert (first.number, second.number) == ("2017-001", "2017-002")
    with db.read() as session:
        rows = {row.number: row.state for row in incident_list.rows(session, space.season)}
        assert rows == {"2017-001": State.DISCARDED, "2017-002": State.DRAFT}
        assert incidents.get(session, first.id).discarded == "Entered twice (Li Na)"
    with pytest.raises(UserError, match="discarded"), db.begin("Change") as session:
        incidents.change(session, first.id, described="x")


def test_what_is_missing_is_listed_before_signing(db: Database):
    space = fill(db)
    incident = report(db, space)
    with db.read() as session:
        lacks = {lack.field for lack in incident_signing.lacking(session, incident.id)}
        assert lacks == {"children", "severity", "staff_in_charge"}
    with pytest.raises(UserError, match="No child is named"), db.begin("Sign") as session:
        incident_signing.sign(session, incident.id, signature())
    with db.begin("Add") as session:
        incidents.add_child(session, incident.id, space.children[0].id)
    complete(db, incident.id, severity=2)
    with db.read() as session:
        assert incident_signing.lacking(session, incident.id) == []
        assert incidents.get(session, incident.id).severity == 2
        assert any("root cause" in sentence for sentence in incident_signing.unknown(session, incident.id))


def test_the_ratio_at_that_time_comes_from_register_and_duty_list_and_is_frozen(db: Database):
    space = fill(db, 3)
    on_duty(db, space)
    with db.begin("Sign in") as session:
        for child in space.children:
            attendance.sign_in(session, space.season, child.id, MONDAY, at=time(8), brought_by="Mother")
    incident = signed(db, space)
    assert (incident.children_then, incident.adults_then, incident.needed_then) == (3, 2, 2)
    with db.begin("Correct") as session:
        attendance.sign_out(session, space.season, space.children[0].id, MONDAY, at=time(9), collected_by="外婆")
    with db.read() as session:
        then = incidents.file(session, incident.id).then
        assert (then.children, then.short) == (3, False)


def test_what_is_not_known_about_that_time_is_said(db: Database):
    space = fill(db)
    incident = report(db, space, 0)
    with db.read() as session:
        assert "no child was there" in incidents.file(session, incident.id).then.sentence
    with db.begin("No time") as session:
        incidents.change(session, incident.id, at=None)
    with db.read() as session:
        assert "time is not known" in incidents.file(session, incident.id).then.sentence


def test_a_signed_report_is_frozen_and_only_grows(db: Database):
    space = fill(db)
    incident = signed(db, space)
    with db.read() as session:
        (one,) = incidents.reports(session, incident)
    for change in (
        lambda s: incidents.change(s, incident.id, described="Nothing happened."),
        lambda s: incidents.change_report(s, one.record.id, injury="None"),
        lambda s: incidents.remove_child(s, one.record.id),
        lambda s: incidents.add_child(s, incident.id, space.children[1].id),
        lambda s: incidents.discard(s, incident.id, "No", by="Li Na"),
    ):
        with pytest.raises(UserError, match="signed"), db.begin("Change") as session:
            change(session)
    with db.begin("Add") as session:
        incident_signing.add(session, incident.id, "The knee is healed.", by="Li Na", report_id=one.record.id)
    with db.read() as session:
        assert [a.words for a in incidents.file(session, incident.id).addenda] == ["The knee is healed."]


def test_the_parents_part_may_be_filled_in_after_signing_once(db: Database):
    space = fill(db)
    incident = signed(db, space)
    with db.read() as session:
        (row,) = incident_list.rows(session, space.season)
        (task,) = incident_list.tasks(session, space.season, MONDAY)
        (one,) = incidents.reports(session, incident)
    assert (row.state, row.waiting, task.urgent) == (State.PARENTS, 1, True)
    assert space.children[0].name not in task.sentence
    told(db, one.record)
    with pytest.raises(UserError, match="signed"), db.begin("Change") as session:
        incidents.change_report(session, one.record.id, parent_told_by="Somebody else")
    with db.read() as session:
        assert incident_list.rows(session, space.season)[0].state is State.COMPLETE
        assert incident_list.tasks(session, space.season, MONDAY) == []


def test_a_parent_cannot_have_been_told_before_or_in_the_future(db: Database):
    space = fill(db)
    (record,) = complete(db, report(db, space, 0).id)
    for day in (date(2017, 7, 9), date(2017, 7, 11)):
        with pytest.raises(Invalid), db.begin("Parent") as session:
            incidents.change_report(session, record.id, parent_told_day=day)


@pytest.mark.parametrize("typed", ["hot", "380", "12"])
def test_a_temperature_that_cannot_be_is_refused(db: Database, typed: str):
    (record,) = complete(db, report(db, fill(db), 0).id)
    with pytest.raises(Invalid, match="°C"), db.begin("Temperature") as session:
        incidents.change_report(session, record.id, temperature=typed)
    with db.begin("Temperature") as session:
        assert incidents.change_report(session, record.id, temperature="38,5 °C").temperature == "38.5"


def test_somebody_else_countersigns(db: Database, as_role: Callable[..., Database]):
    incident = signed(db, fill(db))
    manager = as_role("manager")
    with pytest.raises(UserError, match="Somebody else"), db.begin("Countersign") as session:
        incident_signing.countersign(session, incident.id, signature("Another Name"), "Read")
    with manager.begin("Countersign", final=True) as session:
        incident_signing.countersign(session, incident.id, signature("Boss", "Wang Fang"), "Mat to be replaced.")
    with db.read() as session:
        assert incidents.get(session, incident.id).approved_word == "Mat to be replaced."
    assert verify(db).whole


@pytest.mark.parametrize("change", ["UPDATE incident SET severity = 0", "UPDATE incident_child SET frozen = false"])
def test_a_change_behind_the_programs_back_is_found(db: Database, change: str):
    signed(db, fill(db))
    assert verify(db).whole
    with pytest.raises(RuntimeError, match="no trace"), db.engine.connect() as connection:
        connection.execute(text(change))
    raw = db.engine.raw_connection()
    raw.cursor().execute(change)
    raw.commit()
    raw.close()
    assert not verify(db).whole


def test_photos_and_papers_are_sealed_and_stay_once_signed(db: Database, as_role: Callable[..., Database]):
    space = fill(db)
    incident = report(db, space, 0)
    complete(db, incident.id)
    with db.begin("Add") as session:
        kept = incident_files.add(session, incident.id, Attachment("knee.jpg", "jpeg", b"\xff\xd8 knee"), by="Li Na")
    with as_role("auditor").read() as session:
        with pytest.raises(UserError):
            incident_files.content(session, kept.id)
        assert incidents.file(session, incident.id).files == ()
    with db.begin("Sign", final=True) as session:
        incident_signing.sign(session, incident.id, signature())
    with pytest.raises(UserError, match="signed"), db.begin("Remove") as session:
        incident_files.remove(session, kept.id)
    with db.read() as session:
        assert incident_files.content(session, kept.id) == b"\xff\xd8 knee"


def test_another_child_is_named_in_no_script_in_the_parents_copy(db: Database):
    space = fill(db)
    with db.begin("Names") as session:
        for child, name in zip(space.children, ("李小明", "杨博", "吕晓燕"), strict=True):
            children.change(session, child.id, name=name, name_latin="")
    incident = report(db, space, 0, 1, 2)
    complete(db, incident.id)
    words = (
        "Xiaoming and 杨博 (Yang Bo), yangbo, YANG BO, Bo Yang, Yáng Bó, with 吕晓燕 Lü Xiaoyan, lvxiaoyan, Xiao Yan."
    )
    with db.begin("Describe") as session:
        incidents.change(session, incident.id, described=words + " Yang bought a lamp.")
        mine = incidents.reports(session, incident)[0].record
    with db.begin("Sign", final=True) as session:
        incident_signing.sign(session, incident.id, signature())
    with db.begin("Add") as session:
        incident_signing.add(session, incident.id, "Yang Bo said sorry.", by="Li Na", report_id=mine.id)
    with db.read() as session:
        head = sheets.letterhead(offices.factory(session), space.season, by="Li Na", languages=("en",))
        paper = incident_papers.parent_copy(session, mine.id, head)
    assert paper.described == (
        "Xiaoming and another child (another child), another child, another child, another child, another child, "
        "with another child another child, another child, another child. Yang bought a lamp."
    )
    assert paper.children[0].addenda[0][2] == "another child said sorry."
