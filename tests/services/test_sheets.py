"""Every printed sheet has a number, and printed = returned + voided + missing + still out."""

from dataclasses import replace
from datetime import date

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.factory import SheetLayout
from ccfs_desktop.models.sheet import SheetStatus
from ccfs_desktop.reports import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import enrolments, seasons, sheets, today
from tests.spaces import MONDAY, Space, fill

ORDER = Order(MONDAY)


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db)


def _account(db: Database, space: Space) -> sheets.Account:
    with db.read() as session:
        return sheets.account(session, space.season, MONDAY)


def _codes(db: Database, space: Space) -> list[str]:
    with db.read() as session:
        return sorted(s.code for s in sheets.of_season(session, space.season, MONDAY))


def _settle(db: Database, code: str, status: SheetStatus, note: str = "") -> None:
    with db.begin("Take sheets back") as session:
        sheets.settle(session, code, status, on=MONDAY, note=note)


def test_a_reprint_is_the_same_bytes_with_the_same_number(db: Database, space: Space):
    first = issue.sign_in_sheets(db, ORDER)
    codes = _codes(db, space)

    assert issue.sign_in_sheets(db, ORDER) == first
    assert _codes(db, space) == codes
    with db.read() as session:
        assert {s.copies for s in sheets.of_season(session, space.season, MONDAY)} == {2}


def test_a_changed_list_gets_a_new_number_and_the_old_sheet_must_be_accounted_for(db: Database, space: Space):
    issue.sign_in_sheets(db, ORDER)
    before = _codes(db, space)
    with db.begin("A child leaves") as session:
        gone = enrolments.of(session, space.season, space.children[0].id)
        assert gone
        enrolments.leave(session, gone, on=date(2017, 7, 7), reason="Went home")
    issue.sign_in_sheets(db, ORDER)

    new = set(_codes(db, space)) - set(before)
    assert len(new) == 1
    assert _account(db, space).out == len(before) + 1


def test_another_layout_is_another_sheet(db: Database, space: Space):
    issue.sign_in_sheets(db, ORDER)
    before = _account(db, space).printed
    issue.sign_in_sheets(db, replace(ORDER, layout=SheetLayout.FULL))

    assert _account(db, space).printed == 2 * before


def test_every_sheet_is_accounted_for(db: Database, space: Space):
    issue.sign_in_sheets(db, ORDER)
    codes = _codes(db, space)
    _settle(db, codes[0].lower()[:4] + "-" + codes[0].lower()[4:], SheetStatus.RETURNED)
    for status in (SheetStatus.VOIDED, SheetStatus.MISSING):
        with pytest.raises(UserError, match="what became of"):
            _settle(db, codes[-1], status)
    _settle(db, codes[-1], SheetStatus.MISSING, "Left on the bus")

    a = _account(db, space)
    assert a.printed == a.returned + a.voided + a.missing + a.out
    assert a.missing == 1
    with pytest.raises(UserError, match="No sheet"):
        _settle(db, "ZZZZZZZZ", SheetStatus.RETURNED)


def test_nothing_is_printed_for_a_closed_day_or_an_unknown_group(db: Database, space: Space):
    with pytest.raises(UserError, match="weekday"):
        issue.sign_in_sheets(db, Order(date(2017, 7, 9)))
    with pytest.raises(UserError, match="There is no group “Stars”"):
        issue.sign_in_sheets(db, replace(ORDER, group="Stars"))
    assert _account(db, space).printed == 0


def test_today_counts_and_names_what_is_open(db: Database, space: Space):
    with db.read() as session:
        found = today.read(session, space.season, MONDAY)
        open_days = seasons.open_days(session, space.season)

    assert (found.expected, found.here, found.left, found.absent) == (len(space.children), 0, 0, 0)
    assert found.not_accounted == found.expected
    assert found.next_day == next(d for d in open_days if d > MONDAY)
    assert found.days == len(open_days)
