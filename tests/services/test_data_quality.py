"""Before the auditor does: every kind of flaw is found once and explained once; a clean season has none."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.check import Check, CheckAnswer
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import closing, data_quality
from ccfs_desktop.services.flaws import KINDS, Flaw, Way
from tests import bad_season
from tests.bad_season import DAYS, MON, TUE, WEDNESDAY, Season2017


@pytest.fixture(autouse=True)
def _that_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", bad_season.NOW)


@pytest.fixture
def good(db: Database) -> Season2017:
    return bad_season.good(db)


@pytest.fixture
def bad(db: Database, good: Season2017) -> Season2017:
    bad_season.spoil(db, good)
    return good


def read(db: Database, made: Season2017) -> list[Flaw]:
    with db.read() as session:
        return data_quality.read(session, made.season, DAYS[0], made.season.last_day)


def test_a_clean_season_has_no_flaw(db: Database, good: Season2017):
    assert [flaw.sentence for flaw in read(db, good)] == []
    with db.read() as session:
        assert data_quality.tasks(session, good.season, DAYS[-1]) == []


def test_every_kind_of_flaw_is_found_once_and_explained_once(db: Database, bad: Season2017):
    found = read(db, bad)
    assert Counter(flaw.kind for flaw in found) == dict.fromkeys(KINDS, 1)
    assert not any(flaw.explained for flaw in found)
    assert all(flaw.page and flaw.target for flaw in found)

    with db.begin("Explain", final=True) as session:
        for flaw in found:
            data_quality.explain(session, bad.season, flaw, f" It was so:\n{flaw.kind} ", "Li Na")
    again = read(db, bad)
    assert [flaw.id for flaw in again] == [flaw.id for flaw in found]
    assert {flaw.kind: flaw.word for flaw in again} == {kind: f"It was so: {kind}" for kind in KINDS}
    with db.read() as session:
        assert data_quality.tasks(session, bad.season, WEDNESDAY + data_quality.WAITS) == []
    assert verify(db).whole


def test_a_weekly_check_is_held_against_the_week_but_not_against_what_came_after_it(db: Database, bad: Season2017):
    def told(rows: str, short: str) -> list[str]:
        with db.begin("Count") as session:
            check = session.scalars(select(Check).where(Check.code == "WKL").order_by(Check.day)).first()
            assert check
            assert check.day == bad_season.FRI
            answers = select(CheckAnswer).where(CheckAnswer.check_id == check.id)
            for item, number in (("WKL08", rows), ("WKL09", short)):
                session.scalars(answers.where(CheckAnswer.item == item)).one().numbers = number
        return [flaw.sentence for flaw in read(db, bad) if flaw.kind == "check-count" and "Weekly" in flaw.sentence]

    (found,) = told("0", "0")
    assert "rows without a time or a signature: 0 in the check, 4 in the records" in found
    assert "times with too few adults: 0 in the check, 1 in the records" in found
    assert told("4", "1") == told("", "") == []
    with db.begin("On Friday evening") as session:
        session.add(bad_season.visit_of(bad, 0, bad_season.FRI, unsigned_out=True))
    assert told("4", "1") == told("5", "1") == []
    assert len(told("6", "1")) == 1


def test_a_word_that_is_kept_beside_can_be_written_anew_and_one_that_stays_cannot(db: Database, bad: Season2017):
    said = ["Asked the mother", "Asked the father as well"]
    for word in said:
        with db.begin("Explain") as session:
            for flaw in read(db, bad):
                if flaw.kind in ("no-time-in", "same-minute", "ratio"):
                    data_quality.explain(session, bad.season, flaw, word, "Li Na")
    words = {flaw.kind: flaw.word for flaw in read(db, bad) if flaw.explained}
    assert words == dict.fromkeys(("no-time-in", "same-minute", "ratio"), said[1])

    missed = next(flaw for flaw in read(db, bad) if flaw.way is Way.CHECK)
    with db.begin("Explain") as session:
        data_quality.explain(session, bad.season, missed, "The key was lost", "Li Na")
    with pytest.raises(UserError, match="stays on record: The key was lost"), db.begin("Explain") as session:
        data_quality.explain(session, bad.season, next(f for f in read(db, bad) if f.id == missed.id), "No", "Li Na")
    with pytest.raises(UserError, match="how it really was"), db.begin("Explain") as session:
        data_quality.explain(session, bad.season, missed, " ", "Li Na")


def test_what_is_said_after_the_day_was_closed_does_not_change_its_closing_sheet(db: Database, bad: Season2017):
    with db.begin("Explain") as session:
        for flaw in read(db, bad):
            if flaw.kind in ("no-time-in", "sheet-out"):
                data_quality.explain(session, bad.season, flaw, "Asked", "Li Na")
    with db.read() as session:
        monday = {gap.kind: gap.word for gap in closing.gaps(session, bad.season, MON)}
        tuesday = {gap.kind: gap.word for gap in closing.gaps(session, bad.season, TUE)}
    assert monday["no-time-in"] == "", "the day was closed without a word, and its sheet says so"
    assert tuesday["sheet-out"] == "Asked", "the day is open still"


def test_today_asks_in_one_line_for_what_is_older_than_a_week(db: Database, bad: Season2017):
    with db.read() as session:
        (task,) = data_quality.tasks(session, bad.season, WEDNESDAY)
        assert task.target == {"place": "quality"}
        assert "things in the records older than a week" in task.sentence
        assert data_quality.tasks(session, bad.season, MON) == [], "nothing is older than a week yet"


def test_the_reading_says_how_far_it_is_and_can_be_stopped(db: Database, good: Season2017):
    class Stopped(Exception):
        pass

    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 5:
            raise Stopped

    with db.read() as session, pytest.raises(Stopped):
        data_quality.read(session, good.season, DAYS[0], DAYS[-1], stop)
    assert [done for done, _total in told] == [0, 1, 2, 3, 4, 5]


def test_how_complete_the_records_are_is_told_with_numerator_and_denominator(db: Database, bad: Season2017):
    with db.read() as session:
        told = data_quality.completeness(session, bad.season, DAYS[0], bad.season.last_day)
        before = data_quality.completeness(session, bad.season, DAYS[0], DAYS[0])
    assert (told.first, told.last) == (DAYS[0], WEDNESDAY), "today is not over"
    shares = [(f.numerator, f.denominator) for f in told.figures]
    # 8 days of 12 children, without Friday, an absent and a forgotten child, with one on Saturday
    assert shares[:2] == [(80, 83), (80, 83)]
    assert shares[2:5] == [(0, 2), (7, 8), (26, 28)]
    assert (told.checks.denominator or 0) - told.checks.numerator == 2, "a closing check and a drill were missed"
    assert shares[6] == (7, 8)
    assert before.times.denominator == 11


def test_what_was_signed_on_a_sheet_that_is_not_back_counts_as_not_signed(db: Database, good: Season2017):
    """Also for a child that was written into a spare row, and so is not among the rows of the sheet."""

    def signed(status: SheetStatus) -> float:
        with db.begin("Settle") as session:
            sheet = session.scalars(select(Sheet).where(Sheet.code == "LOSTLOST")).one()
            sheet.status = status
        with db.read() as session:
            return data_quality.completeness(session, good.season, MON, MON).signatures.numerator

    with db.begin("Print") as session:
        session.add(
            Sheet(
                code="LOSTLOST", day=MON, season_id=good.season.id, group_name="Little ones", layout=SheetLayout.FULL,
                printed_at=datetime(2017, 7, 3, 7), printed_by="Li Na",
            )
        )  # fmt: skip
        visit = select(Visit).where(Visit.day == MON, Visit.child_id == good.kids[0].id)
        session.scalars(visit).one().sheet_code = "LOSTLOST"
    every = signed(SheetStatus.RETURNED)
    assert every == bad_season.CHILDREN
    assert signed(SheetStatus.MISSING) == signed(SheetStatus.PRINTED) == every - 1


@pytest.mark.parametrize("role", ["caregiver", "manager", "auditor"])
def test_it_is_for_the_officer(good: Season2017, as_role: Callable[..., Database], role: str):
    with pytest.raises(UserError, match="may not"), as_role(role).read() as session:
        data_quality.read(session, good.season, DAYS[0], DAYS[-1])
    with as_role(role).read() as session:
        assert data_quality.tasks(session, good.season, DAYS[-1]) == []
