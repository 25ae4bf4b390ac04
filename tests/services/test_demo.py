import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ccfs_desktop import i18n, paths
from ccfs_desktop.db import Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.models import Base
from ccfs_desktop.models.child import CarePlan, Child, Guardianship, PickupAdult
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.roster import RosterWeek, Shift, StaffAbsence
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import (
    children,
    closing,
    data_quality,
    demo,
    duty_day,
    enrolments,
    offices,
    planned,
    ratio_proof,
    register,
    roster_warnings,
    roster_week,
    seasons,
    sheets,
    staff_papers,
)
from ccfs_desktop.services.flaws import Family
from ccfs_desktop.services.register import State
from ccfs_desktop.services.staff_papers import Standing

TODAY = date(2017, 8, 8)
"""A Tuesday."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration in Chinese, half-way through an open day; only read."""
    folder = tmp_path_factory.mktemp("demo") / "office"
    demo.build(folder, today=TODAY).close()
    db = offices.open_demo(folder)
    yield db
    db.close()


def test_a_factory_of_2180_workers_has_77_children_in_its_space(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        places = enrolments.places(session, season)
        assert offices.factory(session).demonstration
        assert len(session.scalars(select(Worker.id)).all()) == 2180
        assert (places.enrolled, places.waiting, places.capacity) == (77, 8, demo.CAPACITY)
        assert season.first_day < TODAY < season.last_day


def test_today_is_half_done(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        rows = register.read(session, season, TODAY)
        states = Counter(row.state for row in rows)
        assert states[State.HERE] > 30
        assert states[State.EXPECTED] > 5
        assert states[State.LEFT] == 1
        assert states[State.ABSENT] >= 2
        assert len([row for row in rows if row.missing]) == 3
        assert any((row.birth_date.month, row.birth_date.day) == (TODAY.month, TODAY.day) for row in rows)
        assert sheets.account(session, season, TODAY).out == 4, "three groups' and the staff's"


def test_every_past_day_is_closed_as_its_record_says_but_the_last(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        *closed_days, last = [day for day in seasons.open_days(session, season, until=TODAY) if day < TODAY]
        assert len(closed_days) > 20
        for day in closed_days:
            rows, closed = register.read(session, season, day), closing.closed(session, season, day)
            assert closed is not None
            assert closed.expected == sum(1 for row in rows if row.expected)
            assert closed.present == sum(1 for row in rows if row.visits)
            absent = sum(1 for row in rows if row.state is State.ABSENT)
            assert closed.absent_excused + closed.absent_unexcused == absent
            assert all(gap.settled for gap in closing.gaps(session, season, day))
        assert closing.closed(session, season, last) is None
        open_gaps = {gap.code.split(":")[0] for gap in closing.gaps(session, season, last) if not gap.settled}
        assert open_gaps == {"still-here", "not-accounted", "sheet-out", "ratio"}


def test_the_season_has_one_exception_of_each_kind(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        account = sheets.account(session, season)
        assert (account.voided, account.missing, account.out) == (1, 1, 5)
        assert account.printed == account.returned + account.voided + account.missing + account.out
        assert len(session.scalars(select(PickupAdult).where(PickupAdult.forbidden)).all()) == 1
        staff = session.scalars(select(Staff)).all()
        assert Counter(person.role.value for person in staff) == {
            "coordinator": 1, "head_teacher": 1, "teacher": 14, "assistant": 8, "nurse": 1, "volunteer": 2, "cook": 1,
            "cleaner": 1,
        }  # fmt: skip
        papers = staff_papers.of(session)
        stand = [{p.kind: p.standing for p in staff_papers.file(s, papers[s.id], TODAY)} for s in staff]
        assert [s[PaperKind.BACKGROUND_CHECK] for s in stand].count(Standing.MISSING) == 1
        assert [s.get(PaperKind.FIRST_AID) for s in stand].count(Standing.EXPIRED) == 1
        assert sum(1 for plan in session.scalars(select(CarePlan)) if plan.conditions) == 7
        shared = Counter(g.guardian_id for g in session.scalars(select(Guardianship)))
        assert max(shared.values()) > 1, "brothers and sisters share their guardians"
        assert children.find(session, session.scalars(select(Worker.number)).all()[0]) == []


def test_the_published_roster_of_the_demonstration_season_covers_every_slot_of_every_day(office: Database):
    slots = _uncovered(office, frozenset())
    assert slots == {}, "with everybody"


def test_with_one_caregiver_removed_the_program_names_the_slots_and_rules_that_fail(office: Database):
    monday = TODAY - timedelta(days=TODAY.weekday())
    with office.read() as session:
        season = seasons.current(session, TODAY)
        plan = planned.read(session, season, planned.week(monday))
        gone = next(s for s in plan.on(TODAY) if s.span.start == 450 and plan.counting[s.staff_id][TODAY].percent)
        cover = plan.cover(TODAY, [s for s in plan.on(TODAY) if s.staff_id != gone.staff_id])
    (span, quarter), *_others = roster_warnings.short(cover)
    assert span.start == 450
    assert quarter.reason.endswith(f"need {quarter.required} adults; {quarter.required - 1} count.")
    named = {q.slot for q in cover.quarters if q.short}
    assert named == _uncovered(office, frozenset({gone.staff_id}))[TODAY], "as reckoned independently"


def test_the_rosters_of_the_demonstration_break_no_rule_and_next_week_honours_a_leave(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        weeks = session.scalars(select(RosterWeek).order_by(RosterWeek.monday)).all()
        assert [w.monday for w in weeks] == [season.first_day + timedelta(days=7 * n) for n in range(7)]
        assert {(w.breach_minutes, w.approved_by) for w in weeks} == {(0, "")}
        for week in weeks:
            read = roster_week.read(session, season, week.monday)
            assert {w.code for w in read.warnings} <= {"does-not-count", "wish"}
            assert read.changed == ()
        away = session.scalars(select(StaffAbsence)).one()
        on = {(s.staff_id, s.day) for s in session.scalars(select(Shift))}
        assert not any((away.staff_id, away.first_day + timedelta(days=n)) in on for n in range(3))
        assert any((away.staff_id, away.last_day + timedelta(days=n)) in on for n in (1, 2))


def test_the_adults_came_nearly_as_planned(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        yesterday = TODAY - timedelta(days=1)
        period = ratio_proof.of_period(session, season, season.first_day, yesterday)
        lunch, errand = period.breaches
        here = [r for r in duty_day.read(session, season, TODAY) if r.state is duty_day.State.HERE]
        sick = [r for d in period.days[-5:-4] for r in duty_day.read(session, season, d.day) if r.stays]
    assert period.without_records == ()
    assert (lunch.minutes, bool(lunch.note and lunch.note.countersigned_by)) == (12, True)
    assert (errand.day, errand.minutes, errand.note) == (yesterday, 15, None)
    assert len(here) > 6
    assert [s.duty.note for r in sick for s in r.stays if s.duty.replaces] != []


def test_the_demonstration_is_found_and_sealed_like_any_office(office: Database):
    assert verify(office).whole
    with office.read() as session:
        season = seasons.current(session, TODAY)
        row = register.read(session, season, TODAY)[0]
        initials = "".join(word[0] for word in row.name_latin.lower().split())
        assert row.name in [child.name for child in children.find(session, row.name)]
        assert row.name in [child.name for child in children.find(session, initials)]


def test_the_same_seed_makes_the_same_people_and_days(office: Database, tmp_path: Path):
    again = demo.build(tmp_path / "again", today=TODAY)
    assert _content(again) == _content(office)
    again.close()


def test_a_closed_day_leaves_a_quiet_today_in_another_language(tmp_path: Path):
    friday = date(2017, 8, 11)
    done: list[tuple[int, int]] = []
    db = demo.build(tmp_path / "bn", language="bn", today=friday, progress=lambda n, of: done.append((n, of)))
    with db.read() as session:
        season = seasons.current(session, friday)
        assert seasons.why_closed(session, season, friday)
        assert not any(row.visits for row in register.read(session, season, friday))
        assert enrolments.places(session, season).enrolled == 77
        assert session.scalars(select(Staff.name)).all()[0].isascii() is False
    assert done[-1][0] == done[-1][1] == len(done)
    assert verify(db).whole
    db.close()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_language_has_the_same_parts(language: str):
    assert _shape(_book(language)) == _shape(_book("en"))


def test_who_left_and_who_waits_is_told_apart(office: Database):
    with office.read() as session:
        season = seasons.current(session, TODAY)
        counts = Counter(e.status for e in session.scalars(select(enrolments.Enrolment)) if e.season_id == season.id)
        assert counts == {Status.ENROLLED: 77, Status.LEFT: 3, Status.WAITING: 5, Status.APPLIED: 3}


def _uncovered(db: Database, without: frozenset[int]) -> dict[date, set[int]]:
    """Return day → quarter hours with too few adults, reckoned from the tables alone."""
    short: dict[date, set[int]] = {}
    with db.read() as session:
        checked = {p.staff_id for p in session.scalars(select(StaffPaper)) if p.kind is PaperKind.BACKGROUND_CHECK}
        roles = {"head_teacher", "teacher", "assistant"}
        adults = {s.id for s in session.scalars(select(Staff)) if s.role.value in roles}
        births = dict(session.execute(select(Child.id, Child.birth_date)).all())
        places = [e for e in session.scalars(select(Enrolment)) if e.status in {Status.ENROLLED, Status.LEFT}]
        weeks = [json.loads(w.shifts) for w in session.scalars(select(RosterWeek))]
    by_day: dict[str, list[dict[str, Any]]] = {}
    for shift in (s for week in weeks for s in week if s["staff_id"] in (adults & checked) - without):
        by_day.setdefault(shift["day"], []).append(shift)
    for text, shifts in by_day.items():
        day = date.fromisoformat(text)
        kids = [e for e in places if (e.first_day or day) <= day <= (e.last_day or day)]
        kids = [e for e in kids if not e.weekdays or str(day.isoweekday()) in e.weekdays]
        for group in {e.group_id for e in kids}:
            born = [births[e.child_id] for e in kids if e.group_id == group]
            ages = [day.year - b.year - ((day.month, day.day) < (b.month, b.day)) for b in born]
            ratio = sum(Fraction(1, 8 if age < 6 else 10 if age < 9 else 12) for age in ages)
            for slot in range(30, 70):
                at, end = (f"{m // 60:02}:{m % 60:02}" for m in (slot * 15, slot * 15 + 15))
                there = [s for s in shifts if s["group_id"] == group and s["start"] <= at and end <= s["end"]]
                there = [s for s in there if not any(p["start"] < end and at < p["end"] for p in s["parts"])]
                if len({s["staff_id"] for s in there}) < max(2, ceil(ratio)):
                    short.setdefault(day, set()).add(slot)
    return short


_NEVER_THE_SAME = {"letterbox", "letter", "told", "sealed"}
"""What is sealed to a key of the office's own."""


def _content(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    with db.read() as session:
        tables = [t for t in Base.metadata.sorted_tables if not t.name.startswith("audit")]
        told = {t.name: [c for c in t.columns if c.name not in _NEVER_THE_SAME] for t in tables}
        return {t.name: [tuple(r) for r in session.execute(select(*told[t.name]).order_by(t.c.id))] for t in tables}


def _book(language: str) -> dict[str, Any]:
    return tomllib.loads(paths.resource(f"demo/{language}.toml").read_text(encoding="utf-8"))


def _shape(book: dict[str, Any]) -> dict[str, Any]:
    """What must be the same: names may be more or fewer, everything else not."""
    fixed = {"departments", "shifts", "towns", "rooms", "sleeps", "schools", "girls", "boys"}
    optional = {"families_of_men", "whole_latin"}
    return {
        key: sorted(value) if isinstance(value, dict) else len(value) if key in fixed else type(value).__name__
        for key, value in book.items()
        if key not in optional
    } | {"health": [sorted(entry) for entry in book["health"]]}


def test_it_shows_what_an_auditor_would_ask_about(office: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CCFS_TODAY", f"{TODAY}T08:15")
    with office.read() as session:
        season = seasons.current(session, TODAY)
        found = data_quality.read(session, season, season.first_day, season.last_day)
    kinds = Counter(flaw.kind for flaw in found)
    assert {"still-here", "sheet-out", "no-time-out", "unsigned-out", "patrol-missed", "paper"} <= kinds.keys()
    assert [flaw.kind for flaw in found if flaw.family is Family.UNLIKELY] == ["same-signature"]
    assert [flaw.sentence for flaw in found if flaw.family is Family.AGAINST] == [], "its records agree"
    assert any(flaw.explained for flaw in found)
