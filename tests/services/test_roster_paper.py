"""The wall roster as it is gathered: who works when, who is away, what is needed, and whether it was published."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.roster import (
    PartKind,
    RosterWeek,
    Shift,
    ShiftPart,
    StaffAbsence,
    StaffAbsenceReason,
)
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.reports.issue_roster import wall_roster
from ccfs_desktop.services import offices, roster_paper, seasons, sheets, staff
from ccfs_desktop.services.roster_paper import Mark, WallPart, WallRoster, WallShift
from tests import spaces
from tests.spaces import MONDAY

TEAM = (("王秀英", StaffRole.HEAD_TEACHER), ("陈静", StaffRole.TEACHER), ("赵敏", StaffRole.VOLUNTEER))


def _team(db: Database, children: int = 9) -> tuple[Season, list[Staff]]:
    """Three people with complete papers; the head teacher is a first-aider until Wednesday."""
    season = spaces.fill(db, children, groups=2).season
    with db.begin("Add staff") as session:
        people = [staff.save(session, Staff(name=name, role=role)) for name, role in TEAM]
        for person in people:
            for kind in (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT):
                session.add(StaffPaper(staff_id=person.id, kind=kind, issued_on=date(2017, 6, 1)))
        session.add(StaffPaper(staff_id=people[0].id, kind=PaperKind.FIRST_AID, valid_until=MONDAY + timedelta(days=2)))
    return season, people


def _shift(db: Database, season: Season, person: Staff, day: date, group: int, *parts: ShiftPart) -> None:
    with db.begin("Plan") as session:
        ids = [g.id for g in seasons.groups(session, season)]
        shift = Shift(
            season_id=season.id, staff_id=person.id, day=day, starts=time(7, 30), ends=time(15, 30), group_id=ids[group]
        )
        session.add(shift)
        session.flush()
        for part in parts:
            part.shift_id = shift.id
            session.add(part)


def _gathered(db: Database, season: Season) -> WallRoster:
    with db.read() as session:
        season = session.get_one(Season, season.id)
        head = sheets.letterhead(offices.factory(session), season, by="Li Na", languages=("en",))
        return roster_paper.wall_roster(session, season, MONDAY, head)


def test_a_week_shows_times_groups_breaks_and_cover_elsewhere(db: Database) -> None:
    season, (head, teacher, volunteer) = _team(db)
    with db.read() as session:
        other = seasons.groups(session, season)[1].id
    _shift(
        db, season, head, MONDAY, 0,
        ShiftPart(shift_id=0, starts=time(11, 30), ends=time(12)),
        ShiftPart(shift_id=0, kind=PartKind.COVER, starts=time(13), ends=time(14), group_id=other),
        ShiftPart(shift_id=0, kind=PartKind.ERRAND, starts=time(15), ends=time(15, 15)),
    )  # fmt: skip
    _shift(db, season, teacher, MONDAY, 1)
    _shift(db, season, volunteer, MONDAY, 1)
    data = _gathered(db, season)
    assert data.groups == ("Little ones", "Juniors", "Seniors")
    assert [row.name for row in data.rows] == ["王秀英", "陈静", "赵敏"]
    assert data.rows[0].cells[0].shifts == (
        WallShift(
            time(7, 30), time(15, 30), 0,
            (
                WallPart(time(11, 30), time(12)),
                WallPart(time(13), time(14), group=1),
                WallPart(time(15), time(15, 15), errand=True),
            ),
        ),
    )  # fmt: skip
    assert data.rows[0].minutes == 450
    assert data.rows[2].marks == {Mark.NOT_COUNTED}
    assert not data.published_by


def test_a_mark_stands_in_the_days_on_which_it_holds(db: Database) -> None:
    season, (head, *_others) = _team(db)
    for n in (0, 4):
        _shift(db, season, head, MONDAY + timedelta(days=n), 0)
    (row,) = _gathered(db, season).rows
    assert row.marks == {Mark.KEYHOLDER}
    assert Mark.FIRST_AIDER in row.cells[0].marks
    assert Mark.FIRST_AIDER not in row.cells[4].marks


def test_that_somebody_is_away_is_told_and_not_why(db: Database) -> None:
    season, (head, teacher, _volunteer) = _team(db)
    _shift(db, season, head, MONDAY, 0)
    with db.begin("Absence") as session:
        session.add(
            StaffAbsence(
                staff_id=teacher.id, first_day=MONDAY, last_day=MONDAY + timedelta(days=1),
                reason=StaffAbsenceReason.SICK,
            )
        )  # fmt: skip
    data = _gathered(db, season)
    assert [(row.name, [cell.away for cell in row.cells]) for row in data.rows] == [
        ("王秀英", [False] * 5),
        ("陈静", [True, True, False, False, False]),
    ]
    assert "sick" not in repr(data).casefold()


def test_a_day_tells_its_tightest_time_and_what_is_short(db: Database) -> None:
    season, (head, teacher, _volunteer) = _team(db)
    _shift(db, season, head, MONDAY, 0, ShiftPart(shift_id=0, starts=time(11, 30), ends=time(12)))
    _shift(db, season, teacher, MONDAY, 0)
    monday, tuesday, *_rest = _gathered(db, season).days
    # Two groups with children need two adults each; from 15:30 on nobody is there, before in one group only.
    assert (monday.required, monday.planned) == (4, 0)
    assert monday.short == ((time(7, 30), time(17, 30)),)
    assert monday.lacks[0] == "No first-aider 11:30–12:00, 15:30–17:30"
    assert (tuesday.required, tuesday.planned) == (4, 0)
    assert (monday.opens, monday.closes) == (time(7, 30), time(17, 30))


def test_a_published_week_says_by_whom_and_why(db: Database) -> None:
    season, (head, *_others) = _team(db)
    _shift(db, season, head, MONDAY, 0)
    with db.begin("Publish") as session:
        session.add(
            RosterWeek(
                season_id=season.id, monday=MONDAY, published_by="李会计", published_at=datetime(2017, 7, 7, 16, 20),
                breach_minutes=600, approved_by="王秀英", reason="Training",
            )
        )  # fmt: skip
    data = _gathered(db, season)
    assert (data.published_by, data.approved_by, data.reason, data.breach_minutes) == (
        "李会计", "王秀英", "Training", 600,
    )  # fmt: skip
    assert data.changed  # what was published had no shift


def test_an_empty_week_prints_nothing_and_says_why(db: Database) -> None:
    season, _people = _team(db)
    with pytest.raises(UserError, match="Nobody is on the roster in the week from 2017-07-10 yet"):
        _gathered(db, season)
    with pytest.raises(UserError, match="closed in the week from 2017-09-25"):
        wall_roster(db, date(2017, 9, 25))


def test_that_the_roster_was_printed_goes_into_the_trail(db: Database) -> None:
    season, (head, *_others) = _team(db)
    _shift(db, season, head, MONDAY, 0)
    assert wall_roster(db, MONDAY, ("zh_CN", "en")).startswith(b"%PDF")
    with db.read() as session:
        noted = session.scalars(select(AuditEntry.action).where(AuditEntry.kind == "note")).all()
    assert noted == ["Print the roster"]
