"""The logs of the space: visitors, drills, food, the first-aid kit and its use."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.models.check import Check, Said
from ccfs_desktop.models.log import Drill, FirstAidUse, FoodEntry, KitItem, Visitor
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import DayClose
from ccfs_desktop.services import (
    attendance,
    check_facts,
    check_schedule,
    checks,
    closing,
    drills,
    duty,
    first_aid,
    food,
    kit,
    log_papers,
    offices,
    present,
    sheets,
    visitors,
)
from ccfs_desktop.services.check_schedule import Standing
from ccfs_desktop.services.kit import Standing as Kit
from tests.spaces import MONDAY, Space, an_adult, fill


@pytest.fixture
def space(db: Database, monkeypatch: pytest.MonkeyPatch) -> Space:
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 10, 16, 0))
    return fill(db, 3)


def come(db: Database, space: Space, name: str = "Ms. Reed", at: time | None = time(9, 30), **values: Any) -> Visitor:
    with db.begin("Sign a visitor in") as session:
        return visitors.sign_in(session, space.season, name, values.pop("day", MONDAY), at=at, **values)


# ------------------------------------------------------------------------------------------------------ visitors
def test_a_visitor_signs_in_and_out_and_a_time_nobody_wrote_stays_empty(db: Database, space: Space):
    guest = come(db, space, " Ms. Reed ", organisation="Brand office")
    unknown = come(db, space, "A fitter", None)
    with db.begin("Out") as session:
        visitors.sign_out(session, guest.id, at=time(10, 45))
        visitors.sign_out(session, unknown.id, at=None)
    with db.read() as session:
        log = visitors.of_day(session, space.season, MONDAY)
        assert [(v.name, v.came, v.left, v.gone) for v in log] == [
            ("A fitter", None, None, True), ("Ms. Reed", time(9, 30), time(10, 45), True),
        ]  # fmt: skip
        assert visitors.inside(session, space.season, MONDAY) == []
    with pytest.raises(UserError, match="has already left"), db.begin("Out") as session:
        visitors.sign_out(session, guest.id, at=time(11))


def test_a_visitors_times_are_possible_ones(db: Database, space: Space):
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"at": time(16, 30)}, "future"), ({"day": date(2017, 7, 11)}, "future"), ({"name": "  "}, "name"),
        ({"left": time(9)}, "before the time in"), ({"day": date(2017, 1, 2)}, "outside the season"),
    )  # fmt: skip
    for values, told in wrong:
        with pytest.raises(UserError, match=told):
            come(db, space, **values)


def test_what_is_typed_later_says_so_and_a_closed_day_wants_a_word(db: Database, space: Space):
    assert come(db, space, day=date(2017, 7, 7)).entered_late
    assert not come(db, space).entered_late
    with db.begin("Close") as session:
        session.add(
            DayClose(
                season_id=space.season.id, day=date(2017, 7, 7), closed_by="Li Na", closed_at=datetime(2017, 7, 7, 18),
                expected=0, present=0, absent_excused=0, absent_unexcused=0, head_counts="",
            )
        )  # fmt: skip
    with pytest.raises(Invalid, match="is closed") as refused:
        come(db, space, day=date(2017, 7, 7))
    assert "note" in refused.value.problems
    assert come(db, space, day=date(2017, 7, 7), note="Found on the paper log").entered_late


def test_everybody_in_the_space_counts_when_it_is_evacuated(db: Database, space: Space):
    teacher, cook = _team(db, space)
    guest = come(db, space, "Ms. Reed", organisation="Brand office", host="Li Na")
    with db.begin("In") as session:
        attendance.sign_in(session, space.season, space.children[0].id, MONDAY, brought_by="妈妈", at=time(7, 55))
    with db.begin("Errand") as session:
        duty.begin(session, space.season, cook.id, MONDAY, duty.PartKind.ERRAND, at=time(15))
    with db.read() as session:
        head = sheets.letterhead(offices.factory(session), space.season, by="Li Na")
        paper = sheets.emergency_list(session, space.season, MONDAY, head, here=True)
        day_list = sheets.emergency_list(session, space.season, MONDAY, head)
        at_ten = present.read(session, space.season, MONDAY, time(10))
        early = present.read(session, space.season, MONDAY, time(7, 30))

    assert paper.others
    assert [(o.name, o.visitor) for o in paper.others] == [(teacher.name, False), (guest.name, True)]
    assert len(paper.rows) == 1
    assert day_list.others is None
    assert at_ten.heads == 4
    assert early.heads == 2


def test_a_visitor_still_in_needs_a_word_at_closing_and_a_line_on_today(
    db: Database, space: Space, monkeypatch: pytest.MonkeyPatch
):
    come(db, space, "Ms. Reed", day=date(2017, 7, 7))
    come(db, space, "A fitter")
    with db.read() as session:
        [gap] = [g for g in closing.gaps(session, space.season, MONDAY) if g.kind == "visitor-still-here"]
        assert gap.severity is closing.Severity.WORD
        assert gap.sentence == "A fitter, a visitor: still signed in."
        assert [t.sentence for t in visitors.tasks(session, space.season, MONDAY)] == [
            "1 visitor of an earlier day was never signed out: Ms. Reed."
        ]
    with db.begin("Explain") as session:
        closing.explain(session, space.season, MONDAY, gap, "Left through the workshop", by="Li Na")
    with db.read() as session:
        settled = [g for g in closing.gaps(session, space.season, MONDAY) if g.kind == "visitor-still-here"]
        assert [g.settled for g in settled] == [True]
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 10, 22, 0))
    with db.read() as session:
        assert [t.urgent for t in visitors.tasks(session, space.season, MONDAY)] == [False, True]


# -------------------------------------------------------------------------------------------------------- drills
def _team(db: Database, space: Space) -> list[Any]:
    with db.begin("Sign in the staff") as session:
        team = [an_adult(session, name) for name in ("李老师", "王老师")]
        for person in team:
            duty.sign_in(session, space.season, person.id, MONDAY, at=time(7))
    return team


def drill(db: Database, space: Space, **values: Any) -> Drill:
    with db.begin("Record a drill") as session:
        return drills.record(
            session, space.season, values.pop("day", MONDAY), values.pop("at", time(10, 20)), by="Li Na", **values
        )


def _here(db: Database, space: Space) -> None:
    _team(db, space)
    come(db, space)
    with db.begin("In") as session:
        for n, child in enumerate(space.children):
            attendance.sign_in(session, space.season, child.id, MONDAY, brought_by="妈妈", at=time(7 + 2 * n, 55))


def test_a_drill_freezes_who_was_there_and_carries_its_numbers_into_the_check(db: Database, space: Space):
    _here(db, space)
    made = drill(db, space, children_counted=2, adults_counted=2, visitors_counted=1, seconds=128, announced=True)
    assert (made.children_register, made.adults_register, made.visitors_register) == (2, 2, 1)
    assert drills.differences(made) == []
    assert made.check_id
    with db.begin("Out") as session:
        attendance.sign_out(session, space.season, space.children[0].id, MONDAY, at=time(10), collected_by="外婆")
    with db.read() as session:
        answers = checks.answers(session, made.check_id)
        check = checks.get(session, made.check_id)
        again = session.get_one(Drill, made.id)
        facts = check_facts.known(session, space.season, check)
    assert (check.code, check.slot, check.due) == ("DRL", "", MONDAY)
    assert again.children_register == 2
    assert [answers[i].numbers for i in ("DRL05", "DRL09", "DRL10")] == ["2|2", "128", "2"]
    assert answers["DRL10"].said is Said.YES
    assert answers["DRL01"].words == "10:20, announced"
    assert "Change it there" in facts["DRL10"]


def test_missing_heads_are_named_and_fail_the_check(db: Database, space: Space):
    _here(db, space)
    with pytest.raises(Invalid, match=r"Children: 1 counted, 2 by the register\. Write who was missing"):
        drill(db, space, children_counted=1)
    made = drill(db, space, children_counted=1, missing="李小明, in the toilet", seconds=190)
    assert made.check_id
    with db.read() as session:
        answers = checks.answers(session, made.check_id)
    assert answers["DRL10"].said is Said.NO
    assert answers["DRL10"].note == "Children: 1 counted, 2 by the register. 李小明, in the toilet"
    assert answers["DRL10"].fails
    assert answers["DRL09"].fails, "more than 180 seconds"


def test_carried_numbers_change_in_the_record_alone(db: Database, space: Space):
    _here(db, space)
    made = drill(db, space, children_counted=2)
    check_id = made.check_id
    assert check_id
    with pytest.raises(UserError, match="Taken over from the drill of 10:20"), db.begin("Answer") as session:
        checks.answer(session, check_id, "DRL09", numbers=["99"])
    with pytest.raises(UserError, match="Taken over"), db.begin("Answer") as session:
        checks.clear(session, check_id, "DRL05")
    with db.begin("Answer") as session:
        checks.answer(session, check_id, "DRL10", numbers=["2"], said=Said.YES)
        checks.answer(session, check_id, "DRL02", words="Evacuation, two exits")
    with db.begin("Change") as session:
        drills.change(session, made.id, seconds=99, at=time(8), children_counted=1)
    with db.read() as session:
        answers = checks.answers(session, check_id)
        assert answers["DRL09"].numbers == "99"
        assert answers["DRL05"].numbers == "1|2"
        assert answers["DRL02"].words == "Evacuation, two exits"

    with db.begin("Sign") as session:
        checks.get(session, check_id).frozen = True
    for verb in (lambda s: drills.change(s, made.id, seconds=1), lambda s: drills.remove(s, made.id)):
        with pytest.raises(UserError, match="its numbers stay"), db.begin("Change") as session:
            verb(session)


def test_a_drill_counts_for_the_one_that_is_due(db: Database, space: Space, monkeypatch: pytest.MonkeyPatch):
    first = drill(db, space, day=date(2017, 7, 4))
    nap = drill(db, space, at=time(13), when="nap")
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 8, 2, 16, 0))
    with db.begin("Sign") as session:
        for one in (first, nap):
            checks.get(session, one.check_id or 0).frozen = True
    august = drill(db, space, day=date(2017, 8, 2))
    with db.read() as session:
        made = drills.checks_of(session, [first, nap, august])
        standing = {d.slot: d.standing for d in drills.due(session, space.season, date(2017, 8, 2))}
    assert [(made[d.id].slot, str(made[d.id].due)) for d in (first, nap, august)] == [
        ("first", "2017-07-05"), ("nap", "2017-08-25"), ("monthly", "2017-08-25"),
    ]  # fmt: skip
    assert standing == {
        "first": Standing.DONE, "monthly": Standing.BEGUN, "nap": Standing.DONE, "pick-up": Standing.DUE,
    }  # fmt: skip
    assert first.entered_late
    drill(db, space, day=date(2017, 8, 2), at=time(15))
    with pytest.raises(UserError, match="not signed yet"):
        drill(db, space, day=date(2017, 8, 2), at=time(15, 30))


def test_a_time_without_a_drill_tells_the_last_one_before_it(db: Database, space: Space):
    with db.read() as session:
        assert log_papers.drill_before(session, space.season, MONDAY).message.startswith("No drill of this season")
    drill(db, space, day=date(2017, 7, 4), seconds=128)
    drill(db, space, day=date(2017, 7, 5), at=time(13), when="nap", seconds=190)
    with db.read() as session:
        told = log_papers.drill_before(session, space.season, MONDAY)
        assert (told.values["day"], told.values["seconds"], told.values["target"]) == ("2017-07-05", 190, 180)
        assert log_papers.drill_before(session, space.season, date(2017, 7, 5)).values["day"] == "2017-07-04"


def test_the_next_drill_is_that_of_the_month_that_begins(db: Database, space: Space, monkeypatch: pytest.MonkeyPatch):
    first = drill(db, space, day=date(2017, 7, 4))
    with db.begin("Sign") as session:
        checks.get(session, first.check_id or 0).frozen = True
    with db.begin("A longer season") as session:
        session.get_one(Season, space.season.id).last_day = date(2017, 11, 30)
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 9, 20, 10, 0))
    with db.read() as session:
        season = session.get_one(Season, space.season.id)
        told = {day: drills.next_due(session, season, day) for day in (date(2017, 7, 31), date(2017, 9, 29))}
    assert told == {date(2017, 7, 31): date(2017, 8, 31), date(2017, 9, 29): date(2017, 10, 31)}


def test_a_drill_entered_by_mistake_goes_with_its_check(db: Database, space: Space):
    made = drill(db, space, children_counted=0)
    with db.begin("Take back") as session:
        drills.remove(session, made.id)
    with db.read() as session:
        assert session.get(Check, made.check_id) is None


# ----------------------------------------------------------------------------------------- food, kit, first aid
def test_a_sample_is_kept_for_48_hours(db: Database, space: Space, monkeypatch: pytest.MonkeyPatch):
    with db.begin("Meal") as session:
        meal = food.serve(session, space.season, MONDAY, "Lunch", "Rice, fish", tenths=625, sample_kept=True)
    assert food.degrees(meal.tenths) == "62.5"
    assert not food.is_cool(meal.tenths)
    with pytest.raises(Invalid, match="until 2017-07-12"), db.begin("Away") as session:
        food.throw_away(session, meal.id, date(2017, 7, 11))
    monkeypatch.setattr("ccfs_desktop.clock.now", lambda: datetime(2017, 7, 12, 16, 0))
    with db.begin("Away") as session:
        food.throw_away(session, meal.id, date(2017, 7, 12))
    with db.read() as session:
        assert session.get_one(FoodEntry, meal.id).sample_gone_on == date(2017, 7, 12)


def test_the_allergies_of_the_day_are_those_of_the_children_expected(db: Database, space: Space):
    with db.begin("Alert") as session:
        for child in space.children[:2]:
            session.merge(child).alert = "Peanuts"
    with db.begin("Absent") as session:
        attendance.mark_absent(
            session, space.season, space.children[0].id, MONDAY, reason=attendance.AbsenceReason.SICK
        )
    with db.read() as session:
        told = [food.allergy(row) for row in food.allergic(session, space.season, MONDAY)]
    assert told == [f"{space.children[1].name}: Peanuts"]


@pytest.mark.usefixtures("space")
def test_the_kit_is_that_of_the_library_and_says_what_to_buy(db: Database):
    with db.begin("Set up") as session:
        made = kit.set_up(session, "First-aid kit")
    assert len(made) == 12
    assert (made[0].item, made[0].wanted) == ("Assorted adhesive plasters", 20)
    counts = {
        0: (20, None),
        1: (9, None),
        4: (10, date(2017, 7, 9)),
        7: (1, date(2017, 8, 9)),
        8: (1, date(2017, 8, 10)),
    }
    with db.begin("Count") as session:
        for n, (count, expires) in counts.items():
            kit.change(session, made[n].id, count=count, expires=expires, by="Li Na")
    with db.read() as session:
        items = kit.items(session)
        needs = kit.shopping(session, MONDAY)
        [task] = kit.tasks(session, MONDAY)
    assert (items[1].checked_on, items[1].checked_by) == (MONDAY, "Li Na")
    assert [kit.standing(items[n], MONDAY) for n in (0, 1, 2, 8)] == [
        Kit.FINE, Kit.BELOW, Kit.NOT_COUNTED, Kit.FINE,
    ]  # fmt: skip
    assert [(n.item.id, n.standing, n.number) for n in needs] == [
        (items[4].id, Kit.EXPIRED, 10), (items[1].id, Kit.BELOW, 1), (items[7].id, Kit.EXPIRING, 1),
    ]  # fmt: skip
    assert task.sentence.startswith("First-aid kit, 3 things to buy, the first: Antiseptic")
    with pytest.raises(Invalid, match="already"), db.begin("Set up") as session:
        kit.set_up(session, "First-aid kit")


def test_first_aid_takes_things_out_of_the_kit(db: Database, space: Space):
    with db.begin("Set up") as session:
        plasters, gauze, bandage = kit.set_up(session, "First-aid kit")[:3]
        kit.change(session, plasters.id, count=20)
        kit.change(session, gauze.id, count=1)
    with db.begin("First aid") as session:
        entry = first_aid.give(
            session, space.season, MONDAY, at=time(10), by="Li Na", child_id=space.children[0].id,
            injury="Grazed knee", used={plasters.id: 2, gauze.id: 3, bandage.id: 1}, items="ice",
        )  # fmt: skip
    assert (
        entry.items
        == "2 × Assorted adhesive plasters, 3 × Sterile gauze pads, 1 × Roller bandages or elastic wraps, ice"
    )
    with db.read() as session:
        counts = [session.get_one(KitItem, item.id).count for item in (plasters, gauze, bandage)]
    assert counts == [18, 0, None]
    with pytest.raises(Invalid, match="who gave"), db.begin("First aid") as session:
        first_aid.give(session, space.season, MONDAY, at=None, by=" ", items="ice")
    assert [first_aid.initials(name) for name in ("李小明", "Lily Moore")] == ["李.", "L. M."]


# --------------------------------------------------------------------------------------------------------- roles
def test_who_only_reads_is_refused_and_a_caregiver_neither_reads_nor_writes_an_injury(
    db: Database, space: Space, as_role: Callable[..., Database]
):
    come(db, space)
    with db.begin("First aid") as session:
        entry = first_aid.give(session, space.season, MONDAY, at=None, by="Li Na", injury="Grazed knee", items="ice")
    for role in ("auditor", "manager"):
        office = as_role(role)
        with office.read() as session:
            assert len(visitors.of_day(session, space.season, MONDAY)) == 1
            assert session.get_one(FirstAidUse, entry.id).injury is None
        with pytest.raises(UserError, match="Your role"), office.begin("Sign in") as session:
            visitors.sign_in(session, space.season, "X", MONDAY, at=None)
        with pytest.raises(UserError, match="Your role"), office.begin("Kit") as session:
            kit.set_up(session, "X")
    office = as_role("caregiver")
    with office.begin("First aid") as session:
        mine = first_aid.give(session, space.season, MONDAY, at=None, by="Wang Fang", items="plaster")
        first_aid.change(session, entry.id, items="ice, plaster")
    with pytest.raises(UserError, match="Your role"), office.begin("First aid") as session:
        first_aid.change(session, mine.id, injury="Cut")
    with db.read() as session:
        assert session.get_one(FirstAidUse, entry.id).injury == "Grazed knee"
        assert check_schedule.today(session, space.season, MONDAY)
