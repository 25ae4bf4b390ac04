"""What signs of illness mean, who stays away and until when, who came back, and what goes round."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.child import Child, Guardianship
from ccfs_desktop.models.log import HealthDecision, HealthNote
from ccfs_desktop.services import attendance, children, health, health_rules, outbreaks, register, today
from ccfs_desktop.services.corrections import Entry, NeedsReason
from ccfs_desktop.services.register import State
from tests import spaces
from tests.spaces import MONDAY, Space

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
STAYS, HOME, OUT = HealthDecision.STAYS, HealthDecision.SENT_HOME, HealthDecision.NOT_ADMITTED


# domain.md 2.9, rule by rule: signs, temperature, whether the child is here → decision, doctor's note
@pytest.mark.parametrize(
    ("signs", "tenths", "here", "decision", "note"),
    [
        # S64: what the daily look covers is watched
        (["illness"], None, True, STAYS, False),
        (["behaviour"], None, True, STAYS, False),
        (["rash"], None, True, STAYS, False),
        (["itch"], None, True, STAYS, False),
        (["lice"], None, True, STAYS, False),
        (["discharge"], None, True, STAYS, False),
        (["vomiting"], None, True, STAYS, False),
        (["diarrhoea"], None, True, STAYS, False),
        (["cuts"], None, True, STAYS, False),
        (["pain"], None, True, STAYS, False),
        # S65: what keeps a child out
        (["very-ill"], None, True, HOME, False),
        (["very-ill"], None, False, OUT, False),
        (["stool-runs"], None, True, HOME, False),
        (["stool-often"], None, True, HOME, False),
        (["stool-blood"], None, True, HOME, False),
        (["dehydrated"], None, True, HOME, False),
        # S65: above 38.3 °C with a changed behaviour or another sign; 38.3 is not above, fever alone is watched
        (["behaviour"], 384, True, HOME, False),
        (["pain"], 384, False, OUT, False),
        (["behaviour"], 383, True, STAYS, False),
        ([], 391, True, STAYS, False),
        # K: general knowledge
        (["vomiting-often"], None, True, HOME, False),
        (["rash-spreads"], None, True, HOME, False),
        (["eye-pus"], None, True, HOME, False),
        (["mouth-sores"], None, True, HOME, False),
        # V: back with a doctor's note only
        (["hfm"], None, True, HOME, True),
        (["chickenpox"], None, False, OUT, True),
    ],
)
def test_the_rules_propose_what_the_domain_says(
    signs: list[str], tenths: int | None, here: bool, decision: HealthDecision, note: bool
):
    advice = health_rules.advise(signs, tenths, here=here)
    assert (advice.decision, advice.note_needed) == (decision, note)
    assert advice.keeps_out == (decision is not STAYS)
    assert advice.reasons
    assert all(reason.source for reason in advice.reasons)


def test_every_sign_of_the_list_is_in_the_table_above():
    table = test_the_rules_propose_what_the_domain_says.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert set(health_rules.SIGNS) == {code for row in table for code in row[0]}


@pytest.mark.parametrize(
    ("country", "tenths", "watched"), [("CN", 372, 0), ("CN", 373, 1), ("VN", 380, 0), ("VN", 384, 1)]
)
def test_a_child_is_watched_from_the_line_of_the_country_on(country: str, tenths: int, watched: int):
    assert len(health_rules.advise([], tenths, country=country).reasons) == watched


@pytest.mark.parametrize(
    ("typed", "tenths"), [("38.4", 384), ("38,4", 384), ("384", 384), ("39", 390), ("37.3 °C", 373), ("", None)]
)
def test_a_temperature_is_read_as_people_type_it(typed: str, tenths: int | None):
    assert health_rules.tenths_of(typed) == tenths


@pytest.mark.parametrize("typed", ["3.84", "hot", "50", "38.45"])
def test_what_is_no_temperature_is_said(typed: str):
    with pytest.raises(Invalid, match=r"38\.4"):
        health_rules.tenths_of(typed)


def test_the_24_hours_begin_when_the_signs_were_last_seen_and_count_the_whole_day_when_nobody_wrote_it():
    assert health_rules.earliest_back(MONDAY, time(10, 20)) == datetime(2017, 7, 11, 10, 20)
    assert health_rules.earliest_back(MONDAY, None) == datetime(2017, 7, 12, 0, 0)


def a_note(
    db: Database, space: Space, child: Child, day: date = MONDAY, *, signs: str = "stool-runs",
    note_needed: bool = False, decision: HealthDecision = HOME, noticed: time | None = time(10),
    temperature: str | None = None,
) -> HealthNote:  # fmt: skip
    with db.begin("Note signs of illness") as session:
        return health.save(
            session, space.season,
            HealthNote(
                season_id=0, child_id=child.id, day=day, noticed=noticed, signs=signs, temperature=temperature,
                decision=decision, decided_by="王芳", note_needed=note_needed,
            ),
        )  # fmt: skip


def test_a_child_sent_home_stays_away_until_somebody_says_that_it_is_well(db: Database):
    space = spaces.fill(db)
    ill = space.children[0]
    note = a_note(db, space, ill)
    assert (note.away, note.back_from, note.entered_late) == (True, datetime(2017, 7, 11, 10), True)
    with db.begin("Morning") as session:  # the arrival of that morning is typed from the sheet
        attendance.sign_in(session, space.season, ill.id, MONDAY, at=time(8))
    with db.read() as session:
        row = register.row(session, space.season, TUESDAY, ill.id)
    assert row
    assert row.away
    assert "07-11 10:00" in row.away.until

    with pytest.raises(NeedsReason, match="must stay away until 2017-07-11 10:00"), db.begin("Too early") as session:
        attendance.sign_in(session, space.season, ill.id, TUESDAY, at=time(8))
    with pytest.raises(NeedsReason, match="free of signs for 24 hours"), db.begin("Later") as session:
        attendance.sign_in(session, space.season, ill.id, WEDNESDAY, at=time(8))
    with db.begin("Well again") as session:
        entry = Entry(by="王芳", reason="mother says: well since Monday night")
        visit = attendance.sign_in(session, space.season, ill.id, WEDNESDAY, at=time(8), entry=entry)
    with db.read() as session:
        back = health.get(session, note.id)
    assert (back.back_on, back.back_word) == (WEDNESDAY, "mother says: well since Monday night (王芳)")

    with db.begin("Wrong child") as session:
        attendance.remove(session, visit.id)
    with db.read() as session:
        assert health.away(session, space.season, [ill.id], WEDNESDAY)


def test_whoever_signs_in_everybody_leaves_the_ill_child_out(db: Database):
    space = spaces.fill(db)
    a_note(db, space, space.children[1], decision=OUT, noticed=time(7, 50))
    with db.begin("All in") as session:
        made = attendance.sign_in_all(session, space.season, MONDAY, [c.id for c in space.children], at=time(8))
    assert {v.child_id for v in made} == {space.children[0].id, space.children[2].id}
    with db.read() as session:
        assert register.row(session, space.season, MONDAY, space.children[1].id).state is State.EXPECTED  # type: ignore[union-attr]


def test_one_reason_answers_missing_papers_and_illness_because_the_question_names_both(db: Database):
    space = spaces.fill(db)
    with db.begin("No papers") as session:
        child = spaces.a_child(session, space.season, 7)
    a_note(db, space, child)
    with pytest.raises(NeedsReason, match=r"missing.*was ill on") as asked, db.begin("In") as session:
        attendance.sign_in(session, space.season, child.id, TUESDAY, at=time(8))
    assert "Admit only with a name" in str(asked.value)


def test_the_signs_seen_again_move_the_24_hours_and_a_return_against_a_rule_needs_a_reason(db: Database):
    space = spaces.fill(db)
    note = a_note(db, space, space.children[0], signs="hfm", note_needed=True)
    with db.begin("Still ill") as session:
        assert health.seen_again(session, note.id, TUESDAY, time(18)).back_from == datetime(2017, 7, 12, 18)
    with (
        pytest.raises(NeedsReason, match=r"24 hours end.*Nobody says.*doctor's note is missing"),
        db.begin("Back") as s,
    ):
        health.admit(s, note.id, on=TUESDAY, by="王芳")
    with db.begin("Back") as session:
        back = health.admit(session, note.id, on=date(2017, 7, 13), by="王芳", free=True, note_seen=True)
    assert back.back_word == "王芳: free of signs for 24 hours without fever medicine"
    with db.read() as session:
        assert not health.away(session, space.season, [space.children[0].id], date(2017, 7, 13))
        assert health.away(session, space.season, [space.children[0].id], date(2017, 7, 12))


def test_a_note_says_something_and_who_decided(db: Database):
    space = spaces.fill(db)
    empty = HealthNote(season_id=0, child_id=space.children[0].id, day=MONDAY, signs="", decision=STAYS)
    with pytest.raises(Invalid) as wrong, db.begin("Empty") as session:
        health.save(session, space.season, empty)
    assert set(wrong.value.problems) == {"signs", "decided_by"}


@pytest.mark.parametrize(
    ("second", "linked"),
    [
        ({"signs": "vomiting"}, True),  # another sign of the same group, same room
        ({"signs": "eye-pus"}, False),  # another group
        ({"signs": "diarrhoea", "day": MONDAY - timedelta(days=7)}, False),  # eight days
        ({"signs": "diarrhoea", "day": MONDAY - timedelta(days=6)}, True),  # seven days
    ],
)
def test_two_linked_cases_in_seven_days_are_an_outbreak(db: Database, second: dict[str, str], linked: bool):
    space = spaces.fill(db)
    a_note(db, space, space.children[0])
    a_note(db, space, space.children[1], **{"decision": STAYS, "noticed": None, **second})  # type: ignore[arg-type]
    with db.read() as session:
        told = [t.sentence for t in today.read(session, space.season, MONDAY).tasks if "deep clean" in t.sentence]
    assert bool(told) == linked


def test_children_of_different_rooms_are_linked_only_when_they_are_one_family(db: Database):
    space = spaces.fill(db, 6, groups=3)
    one, other = space.children[0], space.children[-1]
    a_note(db, space, one)
    a_note(db, space, other)
    with db.read() as session:
        assert not outbreaks.of_days(session, space.season, MONDAY)
        guardian = children.siblings(session, one.id)
        assert not guardian
    with db.begin("Sisters") as session:
        shared = session.query(Guardianship).filter_by(child_id=one.id).one()
        session.add(Guardianship(child_id=other.id, guardian_id=shared.guardian_id, relation=shared.relation))
    with db.read() as session:
        assert [o.group for o in outbreaks.of_days(session, space.season, MONDAY)] == [health_rules.Group.GUT]


def test_a_caregiver_sees_at_the_door_that_a_child_stays_away_and_nothing_else(
    db: Database, as_role: Callable[..., Database], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", f"{WEDNESDAY}T08:30")
    space = spaces.fill(db)
    ill = space.children[0]
    note = a_note(db, space, ill)
    a_note(db, space, space.children[1])
    caregiver = as_role("caregiver")
    with caregiver.read() as session:
        assert health.away(session, space.season, [ill.id], TUESDAY)[ill.id].back_from
        assert session.get_one(HealthNote, note.id).signs is None
        assert not [t for t in today.read(session, space.season, TUESDAY).tasks if t.target.get("place") == "health"]
        for reading in (
            lambda: health.of_season(session, space.season), lambda: health.case(session, note.id),
            lambda: health.of_child(session, ill.id),
        ):  # fmt: skip
            with pytest.raises(UserError, match="Your role"):
                reading()
    with pytest.raises(UserError, match="Your role"), caregiver.begin("Note") as session:
        health.admit(session, note.id, on=WEDNESDAY, by="王芳", free=True)
    with caregiver.begin("Well again") as session:  # the open part may be answered at the door
        entry = Entry(by="王芳", reason="grandmother: well")
        attendance.sign_in(session, space.season, ill.id, WEDNESDAY, at=time(8), entry=entry)
    with db.read() as session:
        assert session.get_one(HealthNote, note.id).signs == "stool-runs"
        assert health.get(session, note.id).back_on == WEDNESDAY
