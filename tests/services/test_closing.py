"""The evening: what stands in the way of closing the day."""

from datetime import date, datetime, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.sheet import Sheet, SheetStatus
from ccfs_desktop.models.visit import AbsenceReason
from ccfs_desktop.services import attendance, closing, sheets
from ccfs_desktop.services.closing import Severity
from tests.spaces import MONDAY, Space, fill, on_duty


@pytest.fixture
def space(db: Database) -> Space:
    space = fill(db, 4)
    on_duty(db, space)
    return space


def kinds(db: Database, space: Space) -> list[tuple[str, bool]]:
    with db.read() as session:
        return [(gap.kind, gap.settled) for gap in closing.gaps(session, space.season, MONDAY)]


def test_nobody_may_be_unaccounted_for_or_still_here(db: Database, space: Space):
    with db.begin("Sign in a child") as session:
        attendance.sign_in(session, space.season, space.children[0].id, MONDAY, at=time(8))
    with pytest.raises(UserError, match=r"4 things are open.*李小明: still here"), db.begin("Close") as session:
        closing.close(session, space.season, MONDAY, by="Li Na")
    assert kinds(db, space) == [("still-here", False)] + [("not-accounted", False)] * 3


def test_what_is_missing_on_the_sheet_needs_a_word(db: Database, space: Space):
    ids = [c.id for c in space.children]
    with db.begin("Fill the day") as session:
        attendance.mark_absent(session, space.season, ids[3], MONDAY, reason=AbsenceReason.UNKNOWN)
        visits = attendance.sign_in_all(session, space.season, MONDAY, ids, at=None)
        attendance.sign_out_all(session, space.season, MONDAY, ids[:2], at=time(18, 10))
        attendance.sign_out(session, space.season, ids[2], MONDAY, at=None)
        attendance.change(session, visits[0].id, unsigned_out=True)
    found = dict.fromkeys(kinds(db, space))
    assert list(found) == [
        ("unsigned-out", False), ("no-time-in", False), ("no-time-out", False), ("late-pick-up", False),
        ("unexplained", True),
    ]  # fmt: skip

    with db.begin("Explain") as session:
        for gap in closing.gaps(session, space.season, MONDAY):
            if gap.severity is Severity.WORD:
                closing.explain(session, space.season, MONDAY, gap, "Asked the mother", by="Li Na")
    with db.begin("Close the day") as session:
        done = closing.close(session, space.season, MONDAY, by="Li Na")

    assert (done.expected, done.present, done.absent_excused, done.absent_unexcused) == (4, 3, 0, 1)
    with pytest.raises(UserError, match="already closed"), db.begin("Close the day") as session:
        closing.close(session, space.season, MONDAY, by="Li Na")


def test_a_sheet_that_is_out_needs_a_word_or_must_be_settled(db: Database, space: Space):
    with db.begin("Print a sheet") as session:
        session.add(
            Sheet(
                code="7K2M9QXA", day=MONDAY, season_id=space.season.id, group_name="Little ones",
                layout=SheetLayout.FULL, printed_at=datetime(2017, 7, 10, 7, 0),
            )
        )  # fmt: skip
        attendance.sign_in_all(session, space.season, MONDAY, [c.id for c in space.children], at=time(8))
        attendance.sign_out_all(session, space.season, MONDAY, [c.id for c in space.children], at=time(17))
    assert kinds(db, space) == [("sheet-out", False)]
    with pytest.raises(UserError, match="what became of"), db.begin("Settle") as session:
        sheets.settle(session, "7k2m-9qxa", SheetStatus.MISSING, on=MONDAY)
    with db.begin("Settle") as session:
        sheets.settle(session, "7k2m-9qxa", SheetStatus.RETURNED, on=MONDAY)
    assert kinds(db, space) == []
    with db.read() as session:
        assert sheets.account(session, space.season, MONDAY) == sheets.Account(1, 1, 0, 0, 0)


def test_head_counts_are_compared_with_the_register(db: Database, space: Space):
    ids = [c.id for c in space.children]
    with db.begin("Fill the day") as session:
        attendance.sign_in_all(session, space.season, MONDAY, ids, at=time(8))
        attendance.sign_out_all(session, space.season, MONDAY, ids[:1], at=time(12))
        attendance.sign_out_all(session, space.season, MONDAY, ids, at=time(17))
        closing.count_heads(session, space.season, MONDAY, {time(10): 4, time(13): 4}, by="Li Na")
    with db.read() as session:
        [gap] = closing.gaps(session, space.season, MONDAY)
    assert gap.sentence == "13:00: 4 heads were counted, 3 children were here according to the register."


def test_ten_equal_times_are_shown_before_the_auditor_sees_them(db: Database):
    space = fill(db, 10)
    with db.begin("Fill the day") as session:
        attendance.sign_in_all(session, space.season, MONDAY, [c.id for c in space.children], at=time(8))
    assert ("all-equal", True) in kinds(db, space)


def test_a_day_to_come_cannot_be_closed(db: Database, space: Space):
    with pytest.raises(UserError, match="lies in the future"), db.begin("Close the day") as session:
        closing.close(session, space.season, date(2999, 7, 10), by="Li Na")
