"""Staff files: who counts on which day, what is missing, what runs out when."""

from collections.abc import Sequence
from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.roster import StaffAbsence
from ccfs_desktop.models.staff import Counted, PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import availability, histories, photos, staff, staff_papers, staff_prints
from ccfs_desktop.services.drafting.problem import Skill
from ccfs_desktop.services.staff import StaffFile
from ccfs_desktop.services.staff_papers import Standing
from tests.reports.samples import photo
from tests.spaces import MONDAY, Space, fill

FULL = (
    PaperKind.BACKGROUND_CHECK, PaperKind.HEALTH_CERTIFICATE, PaperKind.CODE_OF_CONDUCT, PaperKind.SAFEGUARDING,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", MONDAY.isoformat())


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 0)


def a_person(db: Database, *, papers: Sequence[PaperKind] = FULL, **facts: object) -> Staff:
    facts = {"name": "Aye Aye", "role": StaffRole.TEACHER} | facts
    with db.begin("Add a member of staff") as session:
        person = staff.save(session, Staff(**facts))  # type: ignore[arg-type]
        for kind in papers:
            staff_papers.save(session, StaffPaper(staff_id=person.id, kind=kind, issued_on=date(2017, 6, 1)))
    return person


def add(db: Database, person: Staff, kind: PaperKind, **facts: object) -> StaffPaper:
    with db.begin("Add a paper") as session:
        return staff_papers.save(session, StaffPaper(staff_id=person.id, kind=kind, **facts))  # type: ignore[arg-type]


def file_of(db: Database, space: Space, person: Staff, day: date = MONDAY) -> StaffFile:
    with db.read() as session:
        return staff.file(session, space.season, person.id, day)


def test_an_expired_paper_does_not_count_on_that_day_and_a_renewed_one_does_later(db: Database, space: Space):
    person = a_person(db, papers=[PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT])
    add(db, person, PaperKind.HEALTH_CERTIFICATE, valid_until=date(2017, 7, 4))
    add(db, person, PaperKind.HEALTH_CERTIFICATE, issued_on=date(2017, 7, 7), valid_until=date(2018, 7, 6))

    days = [date(2017, 7, n) for n in (4, 5, 7)]
    told = [file_of(db, space, person, day).counting for day in days]
    assert [c.percent for c in told] == [100, 0, 100]
    assert told[1].why_not == "Health certificate: expired on 2017-07-04"


def test_a_background_check_holds_a_year_unless_it_says_otherwise(db: Database, space: Space):
    person = a_person(db, papers=[PaperKind.CODE_OF_CONDUCT])
    add(db, person, PaperKind.BACKGROUND_CHECK, issued_on=date(2016, 7, 9))
    assert file_of(db, space, person, date(2017, 7, 9)).counting.percent == 100
    assert file_of(db, space, person).counts == "no: Background check: expired on 2017-07-09"


def test_who_is_under_18_does_not_count_until_the_birthday(db: Database, space: Space):
    person = a_person(db, birth_date=date(1999, 7, 11))
    assert file_of(db, space, person).counting.why_not == "under 18"
    assert file_of(db, space, person, date(2017, 7, 11)).counting.percent == 100


def test_the_role_decides_who_counts_unless_the_file_says_otherwise(db: Database, space: Space):
    helper = a_person(db, name="Bo", role=StaffRole.VOLUNTEER, counted=Counted.HALF)
    out = a_person(db, name="Cho", counted=Counted.NONE)
    cook = a_person(db, name="Dao", role=StaffRole.COOK)
    lacking = a_person(db, name="Em", role=StaffRole.VOLUNTEER, counted=Counted.FULL, papers=[])
    told = [file_of(db, space, person) for person in (helper, out, cook, lacking)]
    assert [(f.counting.percent, f.counts) for f in told] == [
        (50, "as half an adult"),
        (0, "no: not counted, as the file says"),
        (0, "no: not counted as Cook"),
        (0, "no: Background check: missing, Code of conduct: missing"),
    ]
    assert told[3].counting.vetted is False


def test_skills_end_with_the_papers_they_stand_on(db: Database, space: Space):
    person = a_person(db, role=StaffRole.HEAD_TEACHER)
    add(db, person, PaperKind.FIRST_AID, issued_on=date(2015, 7, 8), valid_until=date(2017, 7, 8))
    assert file_of(db, space, person, date(2017, 7, 8)).counting.skills == set(Skill)
    later = file_of(db, space, person)
    assert (later.counting.percent, later.has(Skill.FIRST_AIDER), later.has(Skill.KEYHOLDER)) == (100, False, True)


def test_the_file_says_what_the_role_lacks_and_what_is_due_first(db: Database, space: Space):
    person = a_person(db, papers=[PaperKind.CODE_OF_CONDUCT])
    add(db, person, PaperKind.HEALTH_CERTIFICATE, number="HC 7", valid_until=date(2017, 7, 20))
    add(db, person, PaperKind.FIRST_AID, issued_on=date(2016, 1, 1), valid_until=date(2018, 1, 1))
    file = file_of(db, space, person)

    assert [p.sentence for p in file.lacking] == ["Background check: missing", "Safeguarding training: missing"]
    assert [(p.kind, p.standing) for p in file.urgent if p.until] == [(PaperKind.HEALTH_CERTIFICATE, Standing.EXPIRES)]
    assert (file.next_due or file.stand[0]).until == date(2017, 7, 20)
    assert file.gaps == ["Identity card not seen", "Date of birth not written", "Qualification not written"]
    assert [(d.paper.kind, d.paper.until) for d in staff.due([file])] == [
        (PaperKind.BACKGROUND_CHECK, None),
        (PaperKind.SAFEGUARDING, None),
        (PaperKind.HEALTH_CERTIFICATE, date(2017, 7, 20)),
        (PaperKind.FIRST_AID, date(2018, 1, 1)),
    ]


def test_a_paper_that_cannot_be_is_refused_in_words(db: Database):
    person = a_person(db)
    for facts, why in (
        ({}, "Write when it was issued, or until when it is valid"),
        ({"issued_on": date(2017, 7, 11)}, "has not come yet"),
        ({"issued_on": date(2017, 7, 1), "valid_until": date(2017, 6, 1)}, "It ends before it was issued"),
        ({"valid_until": date(2117, 7, 1)}, "Please check the year"),
    ):
        with pytest.raises(Invalid, match=why):
            add(db, person, PaperKind.FIRST_AID, **facts)
    with pytest.raises(Invalid, match="in the file already"):
        add(db, person, PaperKind.CODE_OF_CONDUCT, issued_on=date(2017, 6, 1))


def test_facts_that_cannot_be_are_refused_in_words(db: Database):
    person = a_person(db)
    for facts, why in (
        ({"name": "  "}, "write the name"),
        ({"birth_date": date(2018, 1, 1)}, "has not come yet"),
        ({"day_from": time(16), "day_until": time(8)}, "The end is not after the beginning"),
        ({"day_minutes": 0}, "from 1 to 1,440"),
        ({"week_minutes": 20_000}, "from 1 to 10,080"),
    ):
        with pytest.raises(Invalid, match=why), db.begin("Change") as session:
            staff.change(session, person.id, **facts)


def test_photo_absence_and_removed_paper_are_in_the_history(db: Database, space: Space):
    person = a_person(db, papers=[])
    paper = add(db, person, PaperKind.FIRST_AID, issued_on=date(2017, 1, 1))
    with db.begin("Load a photo") as session:
        photos.keep(session, person.id, photos.clean(photo()), Staff)
    with db.begin("Note an absence") as session:
        absence = StaffAbsence(staff_id=person.id, first_day=MONDAY, last_day=MONDAY)
        availability.save_absence(session, absence)
    with db.begin("Remove a paper") as session:
        staff_papers.remove(session, paper.id)
    with db.read() as session:
        events = histories.of_staff(session, person.id)
        assert photos.of(session, person.id, Staff)
        assert photos.of(session, person.id) is None, "a child of the same number has none"
    assert [(e.action, e.kind) for e in events[:1]] == [("Remove a paper", "delete")]
    assert {e.action for e in events} == {"Add a member of staff", "Add a paper", "Load a photo", *(
        "Note an absence", "Remove a paper",
    )}  # fmt: skip
    assert file_of(db, space, person).away == "on leave until 2017-07-10"


def test_people_are_found_by_name_or_number_for_printing(db: Database):
    one, two = a_person(db, name="李娜"), a_person(db, name="Aye Aye Mon")
    three = a_person(db, name="Aye Aye Mon", phone="0123456")
    with db.read() as session:
        assert staff_prints.find(session, ["李娜", str(two.id)]) == [one.id, two.id]
        with pytest.raises(UserError, match=rf"Several people fit “aye mon”: .*\({three.id}\)"):
            staff_prints.find(session, ["aye mon"])
        with pytest.raises(UserError, match="Nobody on the staff list is called “Bo”"):
            staff_prints.find(session, ["Bo"])
