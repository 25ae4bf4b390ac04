"""A past day with real sign-ins against a table reckoned by hand, and the reckoning against a naive one."""

from datetime import date, datetime, time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.duty import DutyPart
from ccfs_desktop.models.roster import PartKind
from ccfs_desktop.models.season import RatioMode
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import (
    cover,
    duty,
    enrolments,
    offices,
    ratio,
    ratio_notes,
    ratio_proof,
    season_rules,
    seasons,
)
from ccfs_desktop.services.cover import AdultStay, ChildStay, Terms, Where
from ccfs_desktop.services.drafting.problem import SLOT, Skill, Span
from ccfs_desktop.services.ratio_proof import DayProof, Standing
from ccfs_desktop.vault import Argon, Vault
from tests.spaces import MONDAY, Space, a_child, an_adult, fill

CHECKED = (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT)
TUESDAY = date(2017, 7, 11)
CHEAP = Argon(iterations=1, lanes=1, memory_kib=8)
PASSWORD = "cobalt-river-lamp-sandal"


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 0)


# ------------------------------------------------------------------------------------------------------- by hand
# “Middle”: sixteen children of nine years (12 to an adult) and one of five (8 to an adult), by whom the group goes.
#   The one of five comes 07:45, has lunch with the parents from 12:00 to 13:00, leaves 16:30.
#   Fourteen of nine 08:00 to 16:30; one 07:52 to 16:30; one 08:00 and signed out without a time: until closing, 17:30.
#   Chen 07:50-16:30, break 13:00-13:30. Liu 08:05-16:00, first aid expired. Wang 07:40-16:30, break 12:10-12:40.
#   Min, a volunteer, 08:00-16:30.
# “Little”: two children of four, 08:00 to 17:00: two adults, as never fewer.
#   Hao, the head teacher, 09:30-17:30. Wu 07:30-17:00, background check expired. Zhou 07:30, break 12:00-12:30, and no
#   time out: nothing proves that she was there after 12:30.
# Quarter hour, group, children, required, who counts, minutes short.
TABLE = """
07:45 Middle  1 2 Wang            5
08:00 Little  2 2 Zhou           15
08:00 Middle 17 3 Chen,Wang       5
08:15 Little  2 2 Zhou           15
08:15 Middle 17 3 Chen,Liu,Wang   0
09:15 Little  2 2 Zhou           15
09:30 Little  2 2 Hao,Zhou        0
11:45 Little  2 2 Hao,Zhou        0
11:45 Middle 17 3 Chen,Liu,Wang   0
12:00 Little  2 2 Hao            15
12:00 Middle 16 2 Chen,Liu        0
12:15 Middle 16 2 Chen,Liu        0
12:30 Little  2 2 Hao            15
12:30 Middle 16 2 Chen,Liu        0
12:45 Middle 16 2 Chen,Liu,Wang   0
13:00 Middle 17 3 Liu,Wang       15
13:15 Middle 17 3 Liu,Wang       15
13:30 Middle 17 3 Chen,Liu,Wang   0
15:45 Middle 17 3 Chen,Liu,Wang   0
16:00 Middle 17 3 Chen,Wang      15
16:15 Middle 17 3 Chen,Wang      15
16:30 Middle  1 2 -              15
16:45 Little  2 2 Hao            15
17:15 Middle  1 2 -              15
"""
REASONS = {
    ("08:15", "Middle"): {"Min": "not counted as Volunteer"},
    ("12:15", "Middle"): {"Min": "not counted as Volunteer", "Wang": "on a break"},
    ("08:15", "Little"): {"Wu": "Background check: expired on 2017-07-05"},
    ("12:15", "Little"): {"Wu": "Background check: expired on 2017-07-05", "Zhou": "on a break"},
    ("13:00", "Little"): {"Wu": "Background check: expired on 2017-07-05", "Zhou": "no time out is written down"},
}
SHORT = {
    ("Middle", "07:45", "08:15"): 5 + 5,
    ("Middle", "13:00", "13:30"): 30,
    ("Middle", "16:00", "17:30"): 2 * 15 + 4 * 15,
    ("Little", "08:00", "09:30"): 6 * 15,
    ("Little", "12:00", "17:00"): 20 * 15,
}


def test_a_past_day_agrees_with_the_table_reckoned_by_hand(db: Database, space: Space):
    fill_the_day(db, space)
    proof = proved(db, space)
    found = {(clock(q.slot), q.group): q for q in proof.cover.quarters}

    for line in TABLE.split("\n")[1:-1]:
        at, group, children, required, names, short = line.split()
        q = found[at, group]
        adults = ",".join(q.adults) or "-"
        assert (at, q.children, q.required, adults, q.short_minutes) == (
            at, int(children), int(required), names, int(short),
        )  # fmt: skip
    for (at, group), others in REASONS.items():
        assert {o.name: o.reason for o in found[at, group].others} == others
    spans = {(b.group, f"{b.starts:%H:%M}", f"{b.ends:%H:%M}"): b.minutes for b in proof.breaches}
    assert spans == SHORT
    assert proof.short_minutes == 130 + 390
    assert proof.kept == (10, 39), "09:30 to 12:00, of 07:45 to 17:30"
    assert proof.standing is Standing.SHORT
    assert proof.notes == (
        "Nine15: no time out; taken to be here until closing.",
        "Zhou: no time out; does not count after the last time written down.",
    )
    lacks = {(lack.skill, clock(lack.slot)): lack.minutes for lack in proof.cover.lacks}
    assert lacks[Skill.FIRST_AIDER, "16:30"] == 15, "the only first-aider was Chen; Liu's paper had run out"
    assert (Skill.FIRST_AIDER, "16:15") not in lacks


def test_a_season_that_requires_first_aid_does_not_count_whose_paper_ran_out(db: Database, space: Space):
    fill_the_day(db, space)
    with db.begin("Require first aid") as session:
        season = session.merge(space.season)
        season.required_papers = "background-check,code-of-conduct,first-aid"
    with db.read() as session:
        proof = ratio_proof.of_day(session, seasons.current(session, MONDAY), MONDAY)
    quarter = next(q for q in proof.cover.quarters if (clock(q.slot), q.group) == ("08:15", "Middle"))
    assert quarter.adults == ("Chen",)
    reasons = {o.name: o.reason for o in quarter.others}
    assert reasons["Liu"] == "First aid: expired on 2017-07-01"
    assert reasons["Wang"] == "First aid: missing"


def test_each_age_by_its_own_ratio_asks_for_fewer(db: Database, space: Space):
    fill_the_day(db, space)
    with db.begin("Reckon each age by its own ratio") as session:
        session.merge(space.season).ratio_mode = RatioMode.SUMMED
    with db.read() as session:
        proof = ratio_proof.of_day(session, seasons.current(session, MONDAY), MONDAY)
    found = {(clock(q.slot), q.group): q for q in proof.cover.quarters}
    assert found["08:15", "Middle"].required == 2, "1/8 + 16/12 is less than two"
    assert not found["13:00", "Middle"].short


def test_a_changed_rule_holds_from_its_day_on_and_the_proof_of_past_days_stays(
    db: Database, space: Space, monkeypatch: pytest.MonkeyPatch
):
    fill_the_day(db, space)
    monkeypatch.setenv("CCFS_TODAY", "2017-07-12T09:00")
    before = proved(db, space)
    old = space.season.ratio_profile
    first, second, *_others = (p.code for p in ratio.profiles() if p.code != old)
    for code, papers in ((first, ""), (second, "first-aid")):
        with db.begin("Change the rule") as session:
            seasons.change(session, space.season.id, ratio_profile=code, required_papers=papers)
    assert proved(db, space) == before
    with db.read() as session:
        on = season_rules.dated(session, seasons.current(session, MONDAY))
    assert (on(TUESDAY).ratio_profile, on(date(2017, 7, 12)).ratio_profile) == (old, second)


def fill_the_day(db: Database, space: Space) -> None:
    with db.begin("Fill the day") as session:
        little, middle, _big = seasons.groups(session, space.season)
        little.name, middle.name = "Little", "Middle"
        for n in range(2):
            visit(session, space, kid(session, space, n, 4, little.id, f"Four{n}"), time(8), time(17))
        five = kid(session, space, 2, 5, middle.id, "Five")
        visit(session, space, five, time(7, 45), time(12))
        visit(session, space, five, time(13), time(16, 30))
        for n in range(16):
            nine = kid(session, space, 3 + n, 9, middle.id, f"Nine{n}")
            visit(session, space, nine, time(7, 52) if n == 0 else time(8), None if n == 15 else time(16, 30))

        teacher, first_aid = StaffRole.TEACHER, (*CHECKED, PaperKind.FIRST_AID)
        chen = an_adult(session, "Chen", teacher, middle.id, papers=first_aid)
        liu = an_adult(session, "Liu", teacher, middle.id, papers=CHECKED)
        paper(session, liu.id, PaperKind.FIRST_AID, date(2017, 7, 1))
        wang = an_adult(session, "Wang", teacher, middle.id, papers=CHECKED)
        min_ = an_adult(session, "Min", StaffRole.VOLUNTEER, middle.id, papers=CHECKED)
        hao = an_adult(session, "Hao", StaffRole.HEAD_TEACHER, little.id, papers=CHECKED)
        wu = an_adult(session, "Wu", StaffRole.ASSISTANT, little.id, papers=(PaperKind.CODE_OF_CONDUCT,))
        paper(session, wu.id, PaperKind.BACKGROUND_CHECK, date(2017, 7, 5))
        zhou = an_adult(session, "Zhou", teacher, little.id, papers=CHECKED)
        worked: list[tuple[Staff, time, time | None, tuple[time, time] | None]] = [
            (chen, time(7, 50), time(16, 30), (time(13), time(13, 30))),
            (liu, time(8, 5), time(16), None),
            (wang, time(7, 40), time(16, 30), (time(12, 10), time(12, 40))),
            (min_, time(8), time(16, 30), None),
            (hao, time(9, 30), time(17, 30), None),
            (wu, time(7, 30), time(17), None),
            (zhou, time(7, 30), None, (time(12), time(12, 30))),
        ]
        for person, came, left, pause in worked:
            duty.sign_in(session, space.season, person.id, MONDAY, at=came)
            if pause:
                duty.begin(session, space.season, person.id, MONDAY, PartKind.BREAK, at=pause[0])
                duty.end(session, space.season, person.id, MONDAY, at=pause[1])
            duty.sign_out(session, space.season, person.id, MONDAY, at=left)


# --------------------------------------------------------------------------------------------- what is not known


def test_what_is_not_known_counts_against_us_and_is_told(db: Database, space: Space):
    with db.begin("Fill the day") as session:
        group = seasons.groups(session, space.season)[0]
        first, second = (kid(session, space, n, 4, group.id, f"Four{n}") for n in range(2))
        visit(session, space, first, None, time(10))
        visit(session, space, second, time(16), None, out=False)
        people = [an_adult(session, name, group_id=group.id) for name in ("Chen", "Liu", "Wang")]
        for person, at in zip(people, (time(8), None, time(8)), strict=True):
            duty.sign_in(session, space.season, person.id, MONDAY, at=at)
        duty.begin(session, space.season, people[2].id, MONDAY, PartKind.ERRAND, at=time(9))
        for person in people[:2]:
            duty.sign_out(session, space.season, person.id, MONDAY, at=time(17))
    proof = proved(db, space)

    found = {clock(q.slot): q for q in proof.cover.quarters}
    assert found["07:30"].children == 1, "no time in: there from opening"
    assert found["08:00"].adults == ("Chen", "Wang")
    assert {o.name: o.reason for o in found["08:00"].others} == {"Liu": "no time in is written down"}
    assert found["09:00"].adults == ("Chen",)
    assert {o.name: o.reason for o in found["09:00"].others} == {
        "Liu": "no time in is written down", "Wang": "no time out is written down",
    }  # fmt: skip
    assert found["17:15"].children == 1, "never signed out: there until closing"
    assert proof.notes == (
        "Four0: no time in; taken to be here from opening.",
        "Four1: never signed out; taken to be here until closing.",
        "Liu: no time in; does not count before the first time written down.",
        "Wang: no time out; does not count after the last time written down.",
        "Wang: a break without an end; taken to last until the end of the stay.",
    )


def test_today_is_reckoned_as_far_as_it_has_come(db: Database, space: Space):
    with db.begin("Fill the day") as session:
        group = seasons.groups(session, space.season)[0]
        visit(session, space, kid(session, space, 0, 4, group.id, "Four"), time(8), None, out=False)
        for name in ("Chen", "Liu"):
            person = an_adult(session, name, group_id=group.id)
            duty.sign_in(session, space.season, person.id, MONDAY, at=time(8))
    with db.read() as session:
        proof = ratio_proof.of_day(session, space.season, MONDAY, now=datetime(2017, 7, 10, 9, 20))
    assert [clock(q.slot) for q in proof.cover.quarters] == ["08:00", "08:15", "08:30", "08:45", "09:00", "09:15"]
    assert (proof.standing, proof.notes) == (Standing.KEPT, ())


def test_a_day_without_staff_records_proves_nothing(db: Database, space: Space):
    with db.begin("Fill two days") as session:
        group = seasons.groups(session, space.season)[0]
        one = kid(session, space, 0, 4, group.id, "Four")
        for day in (MONDAY, TUESDAY):
            visit(session, space, one, time(8), time(9), day=day)
        for name in ("Chen", "Liu"):
            person = an_adult(session, name, group_id=group.id)
            duty.sign_in(session, space.season, person.id, TUESDAY, at=time(8))
            duty.sign_out(session, space.season, person.id, TUESDAY, at=time(8, 50) if name == "Liu" else time(9))
    with db.read() as session:
        period = ratio_proof.of_period(session, space.season, MONDAY, TUESDAY)
    assert [d.standing for d in period.days] == [Standing.NO_RECORDS, Standing.SHORT]
    assert (period.kept, period.slots, period.short_minutes) == (3, 8, 10)
    assert period.without_records == (MONDAY,)
    assert period.worst
    assert (period.worst.day, period.worst.minutes) == (TUESDAY, 10)


def test_a_stretch_in_another_group_counts_there(db: Database, space: Space):
    with db.begin("Fill the day") as session:
        little, middle, _big = seasons.groups(session, space.season)
        for n, group in enumerate((little, middle)):
            visit(session, space, kid(session, space, n, 4 + 3 * n, group.id, f"Child{n}"), time(8), time(9))
        people = [an_adult(session, name, group_id=little.id) for name in ("Chen", "Liu", "Wang", "Zhou")]
        for person in people:
            duty.sign_in(session, space.season, person.id, MONDAY, at=time(8))
        for person in people[:2]:
            duty.move(session, space.season, person.id, MONDAY, middle.id, at=time(8, 15))
        duty.move(session, space.season, people[0].id, MONDAY, little.id, at=time(8, 45))
        for person in people:
            duty.sign_out(session, space.season, person.id, MONDAY, at=time(9))
    found = {(clock(q.slot), q.group_id): q for q in proved(db, space).cover.quarters}
    assert [found[at, middle.id].adults for at in ("08:00", "08:15", "08:45")] == [(), ("Chen", "Liu"), ("Liu",)]
    assert found["08:45", little.id].adults == ("Chen", "Wang", "Zhou")


# ----------------------------------------------------------------------------------------- explained and signed


def test_a_breach_is_explained_by_one_and_countersigned_by_another(db: Database, space: Space):
    fill_the_day(db, space)
    breach = proved(db, space).breaches[-1]
    with pytest.raises(UserError, match="Write why"), db.begin("Explain") as session:
        ratio_notes.explain(session, space.season, breach, " ", by="Li Na")
    with db.begin("Explain") as session:
        note = ratio_notes.explain(session, space.season, breach, "Liu went home sick.", by="Li Na")
    with pytest.raises(UserError, match="Somebody else"), db.begin("Counter-sign") as session:
        ratio_notes.countersign(session, note.id, by="li  na")
    with db.begin("Counter-sign") as session:
        ratio_notes.countersign(session, note.id, by="Chen Jing")
    again = proved(db, space).breaches[-1]
    assert again.note
    assert (again.note.explanation, again.note.countersigned_by) == ("Liu went home sick.", "Chen Jing")
    with pytest.raises(UserError, match="stays as it is"), db.begin("Explain") as session:
        ratio_notes.explain(session, space.season, again, "Something else.", by="Li Na")


def test_an_explanation_does_not_cover_a_breach_that_has_grown(db: Database, space: Space):
    fill_the_day(db, space)
    breach = next(b for b in proved(db, space).breaches if f"{b.starts:%H:%M}" == "13:00")
    with db.begin("Explain") as session:
        ratio_notes.explain(session, space.season, breach, "Nobody could come earlier.", by="Li Na")
        stays = ratio_proof.of_day(session, space.season, MONDAY)
        assert [b.note is not None for b in stays.breaches if b.span == breach.span] == [True]
    with db.begin("Chen's break was longer") as session:
        part = session.scalars(select(DutyPart).where(DutyPart.starts == time(13))).one()
        duty.change_part(session, part.id, ends=time(13, 40))
    grown = next(b for b in proved(db, space).breaches if f"{b.starts:%H:%M}" == "13:00")
    assert (f"{grown.ends:%H:%M}", grown.note) == ("13:45", None)


def test_only_another_users_own_password_vouches(tmp_path: Path):
    made = offices.create(
        tmp_path / "office", factory="Toys", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD, argon=CHEAP,
    )  # fmt: skip
    vault = Vault.load(tmp_path / "office" / offices.VAULT, argon=CHEAP)
    vault.add_user(vault.unlock("Li Na", PASSWORD), "Chen Jing", "caregiver", f"{PASSWORD} too")
    with pytest.raises(UserError, match="wrong"):
        offices.vouch(made.db, "Chen Jing", PASSWORD, argon=CHEAP)
    assert offices.vouch(made.db, "chen jing", f"{PASSWORD} too", argon=CHEAP) == "Chen Jing"
    with made.db.read() as session:
        noted = list(session.scalars(select(AuditEntry.entity).order_by(AuditEntry.seq)))
    assert noted[-2:] == ["failed sign-in", "vouch"]
    made.db.close()


# ------------------------------------------------------------------------------------------- the reckoning itself


def test_a_quarter_hour_is_as_good_as_its_worst_minute():
    terms = Terms(ratio.profile("cfs-standard"), {1: "Little"})
    children = [ChildStay(n, 1, 50, Span(480, 540)) for n in range(3)]
    adults = [AdultStay(1, "Chen", 1, Span(480, 540)), AdultStay(2, "Liu", 1, Span(480, 509))]
    quarters = cover.reckon(terms, children, adults).quarters
    assert [(q.slot, q.short_minutes, q.adults) for q in quarters] == [
        (32, 0, ("Chen", "Liu")), (33, 1, ("Chen",)), (34, 15, ("Chen",)), (35, 15, ("Chen",)),
    ]  # fmt: skip


def test_while_children_nap_the_others_may_be_within_call():
    terms = Terms(ratio.profile("cfoc"), {1: "Little"}, nap=Span(780, 840))
    children = [ChildStay(n, 1, 50, Span(765, 855)) for n in range(10)]
    adults = [
        AdultStay(1, "Chen", 1, Span(765, 855)),
        AdultStay(2, "Liu", 1, Span(765, 780)),
        AdultStay(2, "Liu", 1, Span(780, 855), Where.BREAK),
    ]
    short = {q.slot * SLOT: q.short_minutes for q in cover.reckon(terms, children, adults).quarters}
    assert short == {765: 0, 780: 0, 795: 0, 810: 0, 825: 0, 840: 15}


@pytest.mark.parametrize("seed", range(6))
def test_the_reckoning_agrees_with_a_naive_one_minute_by_minute(seed: int):
    dice = Random(seed)  # noqa: S311 (a play, not a secret)
    code = ("cfs-standard", "cfoc", "shenzhen")[seed % 3]
    nap = Span(780, 870) if seed % 2 else None
    terms = Terms(ratio.profile(code), {1: "A", 2: "B", None: ""}, list(RatioMode)[seed % 3], nap)
    children = [
        ChildStay(n, dice.choice((1, 2, None)), dice.randint(30, 150), span(dice, 450, 1_050)) for n in range(40)
    ]
    adults = [
        AdultStay(
            n, f"Adult {n}", dice.choice((1, 2, None)), span(dice, 430, 1_060),
            dice.choice((Where.WITH, Where.WITH, Where.BREAK, Where.ERRAND)), dice.choice((0, 50, 100)),
        )
        for n in range(12)
    ]  # fmt: skip
    reckoned = cover.reckon(terms, children, adults)
    found = {(q.slot, q.group_id): q.short_minutes for q in reckoned.quarters}
    assert found == naive(terms, children, adults)
    assert set(reckoned.thin) == naive_thin(children, adults)


def naive(terms: Terms, children: list[ChildStay], adults: list[AdultStay]) -> dict[tuple[int, int | None], int]:
    """Count minutes with too few adults, one by one."""
    short: dict[tuple[int, int | None], int] = {}
    for minute in range(1_440):
        for group in terms.groups:
            months = [c.months for c in children if c.group_id == group and c.span.start <= minute < c.span.end]
            if not months:
                continue
            here = [a for a in adults if a.group_id == group and a.span.start <= minute < a.span.end]
            there = sum(a.percent for a in here if a.where is Where.WITH)
            call = there + sum(a.percent for a in here if a.where is Where.BREAK)
            required = terms.profile.required(months, terms.mode)
            in_room = terms.profile.in_room(months, required)
            napping = terms.nap is not None and terms.nap.start <= minute < terms.nap.end and in_room < required
            enough = call >= required * 100 and there >= in_room * 100 if napping else there >= required * 100
            key = (minute // SLOT, group)
            short[key] = short.get(key, 0) + (not enough)
    return short


def naive_thin(children: list[ChildStay], adults: list[AdultStay]) -> set[int]:
    """Look at every minute with children for two adults who count, in whatever group."""
    return {
        minute // SLOT for minute in range(1_440)
        if any(c.span.start <= minute < c.span.end for c in children)
        and sum(1 for a in adults if a.percent and a.where is Where.WITH and a.span.start <= minute < a.span.end) < 2
    }  # fmt: skip


def test_one_adult_for_a_minute_is_told_where_the_ratio_asks_for_no_second_one():
    terms = Terms(ratio.profile("cfoc"), {1: "Little", 2: "Middle"})
    children = [ChildStay(1, 1, 50, Span(480, 540)), ChildStay(2, 2, 90, Span(480, 540))]
    adults = [AdultStay(1, "Chen", 1, Span(480, 540)), AdultStay(2, "Liu", 2, Span(480, 509))]
    assert cover.reckon(terms, children, adults).thin == (33, 34, 35)
    assert cover.reckon(terms, children[:1], adults).thin == (33, 34, 35), "whichever group the second one is with"


# --------------------------------------------------------------------------------------------------------- helpers


def span(dice: Random, low: int, high: int) -> Span:
    start = dice.randint(low, high - 1)
    return Span(start, dice.randint(start + 1, high))


def clock(slot: int) -> str:
    return f"{slot * SLOT // 60:02}:{slot * SLOT % 60:02}"


def proved(db: Database, space: Space) -> DayProof:
    with db.read() as session:
        return ratio_proof.of_day(session, space.season, MONDAY)


def kid(session: Session, space: Space, n: int, age: int, group_id: int, name: str) -> int:
    child = a_child(session, space.season, n, age)
    child.name = name
    enrolment = enrolments.of(session, space.season, child.id)
    assert enrolment
    enrolment.group_id = group_id
    session.flush()
    return child.id


def visit(
    session: Session, space: Space, child_id: int, arrived: time | None, departed: time | None, *,
    day: date = MONDAY, out: bool = True,
) -> None:  # fmt: skip
    session.add(
        Visit(child_id=child_id, season_id=space.season.id, day=day, arrived=arrived, departed=departed, signed_out=out)
    )
    session.flush()


def paper(session: Session, staff_id: int, kind: PaperKind, until: date) -> None:
    session.add(StaffPaper(staff_id=staff_id, kind=kind, issued_on=date(2016, 7, 1), valid_until=until))
    session.flush()
