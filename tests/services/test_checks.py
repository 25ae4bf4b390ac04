"""A check is begun, answered, signed and frozen; what failed is found again, and a critical No keeps the day shut."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from ccfs_desktop import vault
from ccfs_desktop.db import Database, undo
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.check import Check, CheckAnswer, Proof, Result, Said, Severity
from ccfs_desktop.services import (
    attendance,
    check_doubts,
    check_facts,
    check_rules,
    checks,
    offices,
    opening,
    planned,
    signatures,
    today,
)
from ccfs_desktop.services.check_rules import numbers
from ccfs_desktop.services.signatures import Signature
from tests.spaces import MONDAY, fill
from tests.walks import LI_NA, UNLOCKED, go_through, picture, tamper


def test_a_check_keeps_what_was_asked_and_what_was_typed(db: Database):
    space = fill(db, 1)
    check = go_through(db, space)

    with db.read() as session:
        said = checks.answers(session, check.id)
        item = checks.list_of(session, check).item("OPN08")
    assert (check.edition, check.result, check.entered_late) == ("2026-01", Result.PASS, True)
    assert said["OPN04"].wording == "The door to the production side is locked"
    assert said["OPN04"].severity is Severity.CRITICAL
    assert numbers(said["OPN08"], item) == ["25.5"]
    assert verify(db).whole


def test_a_major_no_passes_with_an_action_and_a_critical_one_fails(db: Database):
    space = fill(db, 1)
    passed = go_through(db, space, OPN06={"said": Said.NO, "note": "A socket is bare", "corrected": True})
    failed = go_through(
        db, space, MONDAY + timedelta(1), OPN08={"numbers": ["31"], "note": "Fan broken"}, OPN04=UNLOCKED
    )

    with db.read() as session:
        found = {f.item: f for f in checks.findings(session, space.season)}
    assert (passed.result, failed.result) == (Result.ACTION, Result.FAIL)
    assert [found[i].due_at - found[i].found_at for i in ("OPN04", "OPN06")] == [timedelta(), timedelta(hours=24)]
    assert found["OPN06"].corrected
    assert set(found) == {"OPN04", "OPN06", "OPN08"}


def test_what_is_missing_is_listed_before_signing(db: Database):
    space = fill(db, 1)
    check = go_through(
        db,
        space,
        sign=False,
        OPN03={"said": Said.NOT_APPLICABLE},
        OPN04={"said": Said.NO},
        OPN07={},
        OPN14={"said": Said.NO},
    )

    with db.read() as session:
        lacks = checks.lacking(session, check.id)
    assert [lack.sentence for lack in lacks] == [
        "OPN03: write why it does not apply.", "OPN04: write what was found.", "OPN07: no answer yet.",
    ]  # fmt: skip
    with pytest.raises(UserError, match="Still missing: OPN03"), db.begin("Sign") as session:
        checks.sign(session, check.id, LI_NA)


def test_a_photo_is_wanted_where_the_list_says_so(db: Database):
    space = fill(db, 1)
    with db.begin("Venue check") as session:
        check = checks.begin(session, space.season, "PRE", MONDAY, by="Li Na")
        checks.answer(session, check.id, "PRE05", said=Said.NO, note="No fence yet")
        wanted = [lack.sentence for lack in checks.lacking(session, check.id) if "PRE05" in lack.sentence]
        checks.add_photo(session, check.id, "PRE05", picture())
        left = [lack.sentence for lack in checks.lacking(session, check.id) if "PRE05" in lack.sentence]
    assert wanted == ["PRE05: add a photo, or write why there is none."]
    assert left == []


def test_one_number_decides_about_another_item(db: Database):
    space = fill(db, 1)
    with db.begin("Opening check") as session:
        check = checks.begin(session, space.season, "OPN", MONDAY, by="Li Na")
        checks.answer(session, check.id, "OPN01", numbers=["8"])
        assert checks.answer(session, check.id, "OPN02", numbers=["74", "9"]).fails
        checks.answer(session, check.id, "OPN01", numbers=["9"])
        assert not checks.answers(session, check.id)["OPN02"].fails


def test_what_cannot_be_read_is_refused_in_words(db: Database):
    space = fill(db, 1)
    with db.begin("Opening check") as session:
        check = checks.begin(session, space.season, "OPN", MONDAY, by="Li Na")
        for item, values, told in (
            ("OPN01", {"numbers": ["two"]}, "Type a number"),
            ("OPN01", {"numbers": ["2.5"]}, "whole number"),
            ("OPN01", {"numbers": ["-1"]}, "less than zero"),
            ("OPN18", {"words": "x" * 501}, "At most 500"),
        ):
            with pytest.raises(Invalid, match=told):
                checks.answer(session, check.id, item, **values)


# ---------------------------------------------------------------------------------------------------- frozen


def test_a_signed_check_is_refused_by_every_service_and_by_undo(db: Database):
    space = fill(db, 1)
    with db.begin("Begin") as session:
        checks.begin(session, space.season, "OPN", MONDAY, by="Li Na")
    check = go_through(db, space)

    for act in (
        lambda s: checks.answer(s, check.id, "OPN04", said=Said.NO),
        lambda s: checks.clear(s, check.id, "OPN04"),
        lambda s: checks.describe(s, check.id, on_paper=False),
        lambda s: checks.add_photo(s, check.id, "OPN04", b"x"),
        lambda s: checks.sign(s, check.id, LI_NA),
        lambda s: checks.discard(s, check.id),
    ):
        with pytest.raises(UserError, match="signed by Li Na"), db.begin("Change") as session:
            act(session)
    for action in undo.history(db)[:3]:
        with pytest.raises(UserError):
            undo.undo(db, action)


def test_a_signed_check_changed_by_plain_sql_is_found(db: Database):
    space = fill(db, 1)
    check = go_through(db, space, OPN04=UNLOCKED)
    with db.begin("Photo") as session:
        draft = checks.begin(session, space.season, "CLS", MONDAY, by="Li Na")
        checks.add_photo(session, draft.id, "CLS03", picture())
    assert verify(db).whole

    for statement in (
        "UPDATE check_answer SET said = 'yes', fails = {false} WHERE item = 'OPN04'",
        "UPDATE safety_check SET result = 'pass'",
        "UPDATE check_photo SET jpeg = {blob}",
        "DELETE FROM action",
        "DELETE FROM finding",
    ):
        with pytest.raises(RuntimeError, match="no trace"), db.begin("Past the trail") as session:
            session.execute(text(statement.format(false="0", blob="''")))
        tamper(db, statement)
    problems = " ".join(verify(db).problems)

    assert f"check_answer {checks_answer_id(db, check)}, said" in problems
    assert f"safety_check {check.id}, result" in problems
    assert "check_photo 1, jpeg" in problems
    assert "A record is missing: finding" in problems


def checks_answer_id(db: Database, check: Check) -> int:
    with db.read() as session:
        return checks.answers(session, check.id)["OPN04"].id


def test_opening_a_signed_check_again_is_on_record(db: Database):
    space = fill(db, 1)
    check = go_through(db, space, OPN04=UNLOCKED)
    with pytest.raises(UserError, match="why"), db.begin("Reopen") as session:
        checks.reopen(session, check.id, by="Li Na", reason=" ")
    with db.begin("Reopen", final=True) as session:
        checks.reopen(session, check.id, by="Li Na", reason="Typed into the wrong line")
        checks.answer(session, check.id, "OPN04", said=Said.YES)
        checks.sign(session, check.id, LI_NA)
        again = checks.reopenings(session, check.id)
        found = checks.findings(session, space.season)

    assert [(r.result, r.signed_name, r.reason) for r in again] == [(Result.FAIL, "Li Na", "Typed into the wrong line")]
    assert found == []


def test_only_a_check_in_which_nothing_was_found_is_thrown_away(db: Database):
    space = fill(db, 1)
    with db.begin("Begin") as session:
        check = checks.begin(session, space.season, "CLS", MONDAY, by="Li Na")
        checks.discard(session, check.id)
        check = checks.begin(session, space.season, "OPN", MONDAY, by="Li Na")
        checks.answer(session, check.id, "OPN04", **UNLOCKED)
        with pytest.raises(UserError, match="cannot be thrown away"):
            checks.discard(session, check.id)


# --------------------------------------------------------------------------------------------------- repeats


def test_the_third_time_in_fourteen_days_is_a_repeat_finding(db: Database):
    space = fill(db, 1)
    for days in (0, 1, 9, 30):
        go_through(db, space, MONDAY + timedelta(days), OPN06={"said": Said.NO, "note": "Socket"})

    with db.read() as session:
        found = sorted(checks.findings(session, space.season), key=lambda f: f.day)
    assert [(f.times, checks.is_repeat(f)) for f in found] == [(1, False), (2, False), (3, True), (1, False)]


def test_sheets_that_look_copied_or_filled_in_afterwards_are_pointed_out(db: Database):
    space = fill(db, 1)
    for n in range(5):
        day = MONDAY + timedelta(n)
        go_through(db, space, day, at=datetime.combine(day, time(7, 20)))
    lively = go_through(db, space, MONDAY + timedelta(7), OPN08={"numbers": ["27"]}, at=datetime(2017, 7, 20, 9, 0))
    later = [go_through(db, space, MONDAY + timedelta(n), OPN08={"numbers": [str(n)]}) for n in (21, 22, 23)]

    with db.read() as session:
        doubts = check_doubts.of_season(session, space.season, checks.of_season(session, space.season))
        told = check_doubts.of(session, space.season, later[0])
    assert lively.id not in doubts
    assert "for the 5th time in a row" in doubts[5][0]
    assert told == ["The checks of 4 days were signed within ten minutes: filled in afterwards."]


# --------------------------------------------------------------------------------------------- opening the day


def test_a_critical_no_keeps_the_day_shut_until_somebody_answers_for_it(db: Database):
    space = fill(db, 2)
    first, second = space.children
    check = go_through(db, space, sign=False, OPN04=UNLOCKED)

    def standing() -> opening.Opening:
        with db.read() as session:
            return opening.of(session, space.season, MONDAY)

    def arrive(child: int) -> None:
        with db.begin("Sign in a child") as session:
            attendance.sign_in(session, space.season, child, MONDAY, at=time(7, 55))

    assert standing().state is opening.State.UNSAFE  # from the moment it is answered
    with pytest.raises(UserError, match="not safe to open"):
        arrive(first.id)
    with pytest.raises(UserError, match="not safe to open"), db.begin("All") as session:
        attendance.sign_in_all(session, space.season, MONDAY, [first.id, second.id], at=time(8))
    with db.begin("Sign a check") as session:
        with pytest.raises(UserError, match="sign the opening check first"):
            opening.open_anyway(session, space.season, MONDAY, LI_NA, "A guard stands there")
        checks.sign(session, check.id, LI_NA)
    with pytest.raises(UserError, match="Write why"), db.begin("Open") as session:
        opening.open_anyway(session, space.season, MONDAY, LI_NA, "")
    with db.begin("Open", final=True) as session:
        opening.open_anyway(session, space.season, MONDAY, LI_NA, "The bolt was closed; a guard stands there")
    arrive(first.id)
    assert standing().sentence == (
        "Opened by Li Na although it is not safe to open, because: The bolt was closed; a guard stands there"
    )


def test_nothing_is_called_safe_before_the_last_answer_and_today_names_what_is_begun(db: Database):
    space = fill(db, 1)
    check = go_through(db, space, sign=False, OPN07={})
    with db.read() as session:
        items, said = checks.list_of(session, check).items, checks.answers(session, check.id)
        tasks = [task.sentence for task in today.read(session, space.season, MONDAY).tasks]
        assert check_rules.progress(items, said) == (20, 21)
        assert check_rules.progress(items, {item.id: CheckAnswer(**_NOTHING) for item in items}) == (0, 21)
    assert (check.result, checks.word(check)) == (None, "Begun")
    assert "The opening check is begun, not signed." in tasks
    with db.begin("Answer") as session:
        checks.answer(session, check.id, "OPN07", said=Said.YES)
        assert checks.word(checks.get(session, check.id)) == "Safe to open"


_NOTHING: dict[str, Any] = {
    "check_id": 1, "position": 0, "item": "", "text": "", "wording": "", "severity": Severity.MINOR, "numbers": "",
}  # fmt: skip


def test_the_adults_an_opening_check_asks_for_are_those_of_the_groups(db: Database):
    space = fill(db, 9, groups=3)
    check = go_through(db, space, sign=False)
    with db.read() as session:
        told = check_facts.known(session, space.season, check)["OPN02"]
        planned_ = planned.day_cover(session, space.season, MONDAY)
    first = min(q.slot for q in planned_.quarters)
    needed = sum(q.required for q in planned_.quarters if q.slot == first)
    assert needed == 6
    assert f"9 are expected; the ratio asks for {needed} adults." in told
    assert told.count(": 2") == 3


def test_the_newest_opening_check_of_the_day_decides(db: Database):
    space = fill(db, 1)

    def state() -> opening.State:
        with db.read() as session:
            return opening.of(session, space.season, MONDAY).state

    states = [state()]
    walks: tuple[dict[str, Any], ...] = ({"OPN04": UNLOCKED}, {}, {"OPN06": {"said": Said.NO, "note": "Socket"}})
    for differently in walks:
        go_through(db, space, **differently)
        states.append(state())
    assert [s.value for s in states] == ["not-checked", "unsafe", "safe", "actions"]


def test_today_says_what_keeps_the_day_shut_what_was_missed_and_what_comes_back(db: Database):
    space = fill(db, 1)
    for days in (-3, -2, 0):
        go_through(db, space, MONDAY + timedelta(days), OPN06={"said": Said.NO, "note": "Socket"})
    check = go_through(db, space, OPN04=UNLOCKED, OPN06={"said": Said.NO, "note": "Socket"})

    with db.read() as session:
        found = today.read(session, space.season, MONDAY)
    told = {task.sentence: (task.urgent, task.page, task.target) for task in found.tasks}
    assert found.opening.state is opening.State.UNSAFE
    unsafe = "Not safe to open: a critical item failed. The coordinator must decide."
    assert told[unsafe] == (True, "safety", {"check": check.id})
    repeat = "OPN06 failed 4 times in 14 days: Sockets are covered, cables tidy, fans guarded"
    assert told[repeat] == (False, "safety", {"check": check.id})
    missed = next(sentence for sentence in told if "missed" in sentence)
    assert missed.endswith("safety checks were missed and are not explained.")


# ------------------------------------------------------------------------------------------------- signatures


def test_a_signature_asks_for_the_password_again(tmp_path: Any):
    cheap = vault.Argon(1, 1, 64)
    made = offices.create(
        tmp_path / "office", factory="F", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=30, user="Li Na", password="the door is blue 7", argon=cheap,
    )  # fmt: skip
    sign: Callable[..., Signature] = lambda **v: signatures.sign(made.db, role="Coordinator", argon=cheap, **v)  # noqa: E731

    with pytest.raises(Invalid) as missing:
        sign(name=" ")
    assert set(missing.value.problems) == {"name", "password"}
    with pytest.raises(Invalid, match="The password is wrong"):
        sign(name="Li Na", password="wrong")
    with pytest.raises(Invalid) as other:
        sign(name="Wang Fang", password="the door is blue 7")
    assert set(other.value.problems) == {"name"}  # one's own password never signs for somebody else
    signed = sign(name=" li  NA", password="the door is blue 7")
    made.db.close()
    assert (signed.name, signed.user, signed.proof) == ("Li Na", "Li Na", Proof.PASSWORD)


def test_a_demonstration_office_asks_for_none_and_the_record_says_so(tmp_path: Any):
    (tmp_path / "office").mkdir()
    vault.Vault.create_demo(tmp_path / "office" / "vault.json")
    db = offices.open_demo(tmp_path / "office")
    signed = signatures.sign(db, name="Li Na", role="Coordinator")
    db.close()
    assert signed.proof is Proof.DEMONSTRATION
