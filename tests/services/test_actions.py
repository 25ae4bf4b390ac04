"""A corrective action is begun, worked on, done, verified by somebody else, checked again, and then closed for good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database, undo
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.action import Action, Repeat, Source, Stage, Step, Verification
from ccfs_desktop.models.check import Proof, Said, Severity
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import action_evidence, action_file, action_findings, action_stages, actions, checks
from ccfs_desktop.services.attachments import Attachment
from ccfs_desktop.services.signatures import Signature
from tests.spaces import MONDAY, Space, fill
from tests.walks import LI_NA, UNLOCKED, go_through, picture, tamper

CHEN = Signature("Chen Wei", "Manager", "Chen Wei", datetime(2017, 7, 10, 16, 0), Proof.PASSWORD)


def _begun(session: Session, space: Space, day: date = MONDAY, **values: Any) -> Action:
    told: dict[str, Any] = {"source": Source.HAND, "finding": "The bolt was open", "severity": Severity.MAJOR}
    return actions.begin(session, space.season, found_on=day, by="Li Na", **told | values)


def test_actions_are_numbered_by_the_year_and_due_by_severity(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Actions", final=True) as session:
        made = [_begun(session, space, severity=severity) for severity in list(Severity)[:3]]
        later = _begun(session, space, date(2018, 1, 2))

    assert [a.number for a in (*made, later)] == ["CA-2017-001", "CA-2017-002", "CA-2017-003", "CA-2018-001"]
    assert [a.due - MONDAY for a in made] == [timedelta(), timedelta(1), timedelta(7)]
    with pytest.raises(Invalid), db.begin("Actions") as session:
        _begun(session, space, finding=" ", severity=Severity.NONE)


def test_an_earlier_action_on_the_same_item_is_linked(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Actions", final=True) as session:
        first = _begun(session, space, item="OPN04")
        again = _begun(session, space, item="OPN04")
        other = _begun(session, space, item="OPN06")

    assert (first.repeat, again.repeat, other.repeat) == (Repeat.NEW, Repeat.CARRIED_OVER, Repeat.NEW)
    assert (again.before_id, other.before_id) == (first.id, None)


# ------------------------------------------------------------------------------------------------- from a check


def test_every_no_of_a_signed_check_becomes_an_action(db: Database) -> None:
    space = fill(db, 1)
    check = go_through(
        db, space, OPN04=UNLOCKED, OPN06={"said": Said.NO, "note": "A socket is bare", "corrected": True}
    )

    with db.read() as session:
        made = action_findings.of_check(session, check.id)
        step = action_stages.steps(session, made["OPN06"].id)[0]
        again = actions.of(session, finding_id=made["OPN04"].finding_id)
    door, socket = made["OPN04"], made["OPN06"]
    assert set(made) == {"OPN04", "OPN06"}
    assert (door.finding, door.stage, door.due, door.source) == ("The bolt was open", Stage.OPEN, MONDAY, Source.CHECK)
    assert (socket.stage, socket.done_by, socket.done_user) == (Stage.DONE, "Li Na", "Li Na")
    assert (step.step, step.word) == (Step.DONE, "Corrected on the spot")
    assert [a.id for a in again] == [door.id]


def test_a_check_signed_anew_keeps_the_action_of_the_same_item(db: Database) -> None:
    space = fill(db, 1)
    check = go_through(db, space, OPN04=UNLOCKED, OPN06={"said": Said.NO, "note": "A socket is bare"})
    with db.begin("Open again", final=True) as session:
        checks.reopen(session, check.id, by="Li Na", reason="Wrong line")
        checks.answer(session, check.id, "OPN04", note="The bolt was open, the key inside")
        checks.answer(session, check.id, "OPN06", said=Said.YES)
        checks.sign(session, check.id, LI_NA)

    with db.read() as session:
        made = actions.every(session, space.season)
        door, socket = (next(a for a in made if a.item == item) for item in ("OPN04", "OPN06"))
        gone = action_file.read(session, door.id).withdrawn, action_file.read(session, socket.id).withdrawn
    assert len(made) == 2
    assert (door.finding, gone) == ("The bolt was open, the key inside", (False, True))


def test_what_comes_back_is_a_repeat_and_what_is_still_open_carried_over(db: Database) -> None:
    space = fill(db, 1)
    bare = {"said": Said.NO, "note": "A socket is bare"}
    for days in range(3):
        go_through(db, space, MONDAY + timedelta(days), OPN06=bare, at=datetime(2017, 7, 10 + days, 7, 20))

    with db.read() as session:
        made = sorted(actions.every(session, space.season), key=lambda a: a.number)
    assert [a.repeat for a in made] == [Repeat.NEW, Repeat.CARRIED_OVER, Repeat.REPEAT]
    assert [a.before_id for a in made] == [None, made[0].id, made[1].id]


# ------------------------------------------------------------------------------------------------------ the path


def test_an_action_goes_its_whole_way_and_each_signature_is_somebody_elses(db: Database) -> None:
    action = _critical(db)
    with pytest.raises(UserError, match="root cause"), db.begin("Done") as session:
        action_stages.done(session, action.id, by="Li Na", on=MONDAY)
    with db.begin("Write") as session:
        actions.change(session, action.id, why1="Nobody checked", root_cause="No check in the evening", owner="Li Na")
        actions.change(session, action.id, correction="New bolt", prevention="Evening check asks for it")
        action_stages.start(session, action.id)
    with db.begin("Done", final=True) as session:
        action_stages.done(session, action.id, by="Li Na", on=MONDAY)

    same = replace(CHEN, user="Li Na")
    for signature, how, refused in (
        (replace(CHEN, name="LI  na"), Verification.ON_SITE, "somebody else must look"),
        (same, Verification.ON_SITE, "Somebody else must sign in"),
        (CHEN, Verification.DESK, "no evidence of how it is now"),
    ):
        with pytest.raises(UserError, match=refused), db.begin("Verify") as session:
            action_stages.verify(session, action.id, signature, how=how, word="Bolt seen")
    _photo(db, action, after=True)
    with db.begin("Verify", final=True) as session:
        action_stages.verify(session, action.id, CHEN, how=Verification.DESK, word="Bolt seen")

    late = replace(CHEN, at=datetime(2017, 8, 9, 9, 0))
    with pytest.raises(UserError, match="from 2017-08-09 on"), db.begin("Check") as session:
        action_stages.check(session, action.id, replace(late, at=datetime(2017, 8, 8, 9, 0)), works=True, word="Shut")
    with pytest.raises(Invalid), db.begin("Check") as session:
        action_stages.check(session, action.id, replace(late, name="Li Na"), works=True, word="Shut")
    with db.begin("Check", final=True) as session:
        action_stages.check(session, action.id, late, works=True, word="Shut on ten evenings")

    with db.read() as session:
        closed = actions.get(session, action.id)
        steps = [(s.step, s.name, s.proof) for s in action_stages.steps(session, action.id)]
    assert (closed.stage, closed.frozen, closed.effective) == (Stage.CLOSED, True, True)
    assert (closed.verified_user, closed.verified_proof, closed.check_due) == (
        "Chen Wei", Proof.PASSWORD, date(2017, 8, 9),
    )  # fmt: skip
    assert steps == [
        (Step.DONE, "Li Na", None), (Step.VERIFIED, "Chen Wei", Proof.PASSWORD),
        (Step.EFFECTIVE, "Chen Wei", Proof.PASSWORD),
    ]  # fmt: skip
    assert verify(db).whole


def test_without_passwords_another_name_is_enough_and_the_record_says_so(db: Database) -> None:
    action = _done(db)
    unproved = replace(CHEN, user="Li Na", proof=Proof.DEMONSTRATION)
    with db.begin("Verify", final=True) as session:
        action_stages.verify(session, action.id, unproved, how=Verification.ON_SITE, word="Seen")

    with db.read() as session:
        assert actions.get(session, action.id).verified_proof is Proof.DEMONSTRATION


def test_a_failed_verification_or_effectiveness_check_opens_it_again(db: Database) -> None:
    action = _done(db)
    with db.begin("Refuse", final=True) as session:
        refused = action_stages.refuse(session, action.id, CHEN, word="The bolt is still loose")
    assert (refused.stage, refused.done_by, refused.frozen) == (Stage.IN_PROGRESS, "", False)

    with db.begin("Done and verified", final=True) as session:
        action_stages.done(session, action.id, by="Li Na", on=MONDAY)
        action_stages.verify(session, action.id, CHEN, how=Verification.ON_SITE, word="Seen")
    with db.begin("Check", final=True) as session:
        late = replace(CHEN, at=datetime(2017, 8, 10, 9, 0))
        back = action_stages.check(session, action.id, late, works=False, word="Open again on Tuesday")
    with db.read() as session:
        kept = [s.step for s in action_stages.steps(session, action.id)]
    assert (back.stage, back.repeat, back.due, back.frozen) == (
        Stage.IN_PROGRESS, Repeat.REPEAT, date(2017, 8, 11), False,
    )  # fmt: skip
    assert kept == [Step.DONE, Step.REFUSED, Step.DONE, Step.VERIFIED, Step.NOT_EFFECTIVE]


def test_no_action_needs_grounds_and_a_second_person(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Begin", final=True) as session:
        action = _begun(session, space)
    with pytest.raises(UserError, match="Write the grounds first"), db.begin("Agree") as session:
        action_stages.agree_none(session, action.id, CHEN, word="")
    with pytest.raises(Invalid), db.begin("Propose") as session:
        action_stages.propose_none(session, action.id, by="Li Na", grounds=" ")
    with db.begin("Propose", final=True) as session:
        action_stages.propose_none(session, action.id, by="Li Na", grounds="The door was taken out in the rebuilding")
    with pytest.raises(Invalid), db.begin("Agree") as session:
        action_stages.agree_none(session, action.id, replace(CHEN, name="Li Na"), word="")
    with db.begin("Agree", final=True) as session:
        ended = action_stages.agree_none(session, action.id, CHEN, word="")
    assert (ended.stage, ended.frozen, ended.grounds[:8]) == (Stage.NO_ACTION, True, "The door")


# -------------------------------------------------------------------------------------------- kept and refused


def test_what_is_verified_or_closed_does_not_change_by_any_way_of_the_program(db: Database) -> None:
    action = _done(db)
    photo = _photo(db, action)
    with db.begin("Verify", final=True) as session:
        action_stages.verify(session, action.id, CHEN, how=Verification.ON_SITE, word="Seen")

    for refused in (
        lambda s: actions.change(s, action.id, correction="Another"),
        lambda s: action_stages.done(s, action.id, by="Li Na", on=MONDAY),
        lambda s: action_stages.take_back(s, action.id, by="Li Na", word="Not"),
        lambda s: action_stages.set_day(s, action.id, MONDAY, by="Li Na", word="Later"),
        lambda s: action_stages.propose_none(s, action.id, by="Li Na", grounds="None"),
        lambda s: action_evidence.remove(s, photo),
        lambda s: action_evidence.describe(s, photo, "Another door"),
    ):  # fmt: skip
        with pytest.raises(UserError), db.begin("Change") as session:
            refused(session)
    for done in undo.history(db):
        if done.action in ("Done", "Write"):
            with pytest.raises(UserError):
                undo.undo(db, done)


def test_a_change_behind_the_programs_back_is_found(db: Database) -> None:
    action = _done(db)
    _photo(db, action)
    with db.begin("Verify", final=True) as session:
        action_stages.verify(session, action.id, CHEN, how=Verification.ON_SITE, word="Seen")
    assert verify(db).whole

    for statement in (
        "UPDATE action SET verified_name = 'Nobody'",
        "UPDATE evidence SET content = {blob}",
        "DELETE FROM action_step WHERE step = 'verified'",
    ):
        with pytest.raises(RuntimeError, match="no trace"), db.begin("Past the trail") as session:
            session.execute(text(statement.format(blob="''")))
        tamper(db, statement)
    problems = " ".join(verify(db).problems)
    assert f"action {action.id}, verified_name" in problems
    assert "evidence 1, content" in problems
    assert "A record is missing: action_step" in problems


def test_another_day_needs_a_word_that_stays(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Begin", final=True) as session:
        action = _begun(session, space)
    with pytest.raises(Invalid), db.begin("Later") as session:
        action_stages.set_day(session, action.id, date(2017, 7, 20), by="Li Na", word="")
    with db.begin("Later", final=True) as session:
        action = action_stages.set_day(session, action.id, date(2017, 7, 20), by="Li Na", word="The bolt is ordered")
        step = action_stages.steps(session, action.id)[0]
    assert (action.due, step.word) == (date(2017, 7, 20), "2017-07-11 → 2017-07-20: The bolt is ordered")


def test_only_those_whose_role_covers_it_work_on_actions_and_verify(
    db: Database, as_role: Callable[..., Database]
) -> None:
    action = _done(db)
    for role in ("caregiver", "auditor", "administrator"):
        office = as_role(role, "Chen Wei")
        for refused in (
            lambda s: action_stages.verify(s, action.id, CHEN, how=Verification.ON_SITE, word="Seen"),
            lambda s: actions.change(s, action.id, owner="Chen Wei"),
        ):
            with pytest.raises(UserError, match="Your role"), office.begin("Change") as session:
                refused(session)
        with office.read() as session:
            assert actions.tasks(session, session.get_one(Season, action.season_id), date(2017, 8, 1)) == []
    manager = as_role("manager", "Chen Wei")
    with manager.begin("Verify", final=True) as session:
        action_stages.verify(session, action.id, CHEN, how=Verification.ON_SITE, word="Seen")


def test_today_names_critical_ones_that_are_overdue_first(db: Database) -> None:
    space = fill(db, 1)
    with db.begin("Begin", final=True) as session:
        _begun(session, space)
        _begun(session, space, severity=Severity.CRITICAL, finding="Exit blocked")
    with db.read() as session:
        told = [(t.sentence, t.urgent) for t in actions.tasks(session, space.season, MONDAY + timedelta(3))]
    assert told == [
        ("CA-2017-002, critical, was due on 2017-07-10: Exit blocked", True),
        ("1 corrective action is overdue.", True),
    ]


def test_a_critical_one_that_nobody_verifies_becomes_urgent_after_a_week(db: Database) -> None:
    action = _done(db, severity=Severity.CRITICAL)
    with db.read() as session:
        season = session.get_one(Season, action.season_id)
        assert action.done_on
        week, later = (
            [(t.sentence, t.urgent) for t in actions.tasks(session, season, action.done_on + timedelta(days))]
            for days in (7, 8)
        )
    assert week == [("1 corrective action waits to be verified by somebody else.", False)]
    told = f"{action.number}, critical, is said to be done since {action.done_on} and nobody has verified it: "
    assert later == [(told + action.finding, True)]


def _critical(db: Database) -> Action:
    space = fill(db, 1)
    with db.begin("Begin", final=True) as session:
        return _begun(session, space, severity=Severity.CRITICAL)


def _done(db: Database, severity: Severity = Severity.MAJOR) -> Action:
    space = fill(db, 1)
    with db.begin("Begin", final=True) as session:
        action = _begun(session, space, severity=severity)
    with db.begin("Write") as session:
        actions.change(session, action.id, correction="New bolt", root_cause="Worn")
    with db.begin("Done", final=True) as session:
        return action_stages.done(session, action.id, by="Li Na", on=MONDAY)


def _photo(db: Database, action: Action, *, after: bool = False) -> int:
    with db.begin("Add evidence") as session:
        file = Attachment("door.jpg", "jpeg", picture())
        return action_evidence.add(session, action.id, file, after=after, by="Li Na").id
