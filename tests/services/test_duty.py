"""Adults come, go, take breaks and help elsewhere; what nobody wrote down stays empty."""

from datetime import date, datetime, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.duty import Duty
from ccfs_desktop.models.roster import PartKind, StaffAbsence, StaffAbsenceReason
from ccfs_desktop.models.sheet import SheetKind, SheetStatus
from ccfs_desktop.models.staff import Staff, StaffRole
from ccfs_desktop.reports import issue
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import (
    attendance,
    badges,
    closing,
    duty,
    duty_day,
    handovers,
    roster,
    seasons,
    sheets,
    staff_sheets,
)
from ccfs_desktop.services.corrections import Entry, NeedsReason
from ccfs_desktop.services.drafting.problem import Span
from ccfs_desktop.services.duty_day import Row, State
from tests.spaces import MONDAY, Space, an_adult, fill, on_duty

LATE = Entry(by="Li Na", sheet_code="7K2M9QXA", late=True)


@pytest.fixture
def space(db: Database) -> Space:
    return fill(db, 2)


@pytest.fixture
def chen(db: Database, space: Space) -> Staff:
    with db.begin("Add a teacher") as session:
        return an_adult(session, "Chen", group_id=seasons.groups(session, space.season)[0].id)


def row(db: Database, space: Space, person: Staff) -> Row:
    with db.read() as session:
        found = duty_day.row(session, space.season, MONDAY, person.id)
    assert found
    return found


def told(db: Database, space: Space, person: Staff) -> list[str]:
    return [
        f"{s.duty.arrived or '?'}-{s.duty.departed or '?'}"
        + "".join(f" {p.kind.value} {p.starts:%H:%M}-{f'{p.ends:%H:%M}' if p.ends else ''}" for p in s.parts)
        for s in row(db, space, person).stays
    ]


def test_a_day_of_an_adult_from_coming_to_leaving(db: Database, space: Space, chen: Staff):
    season, who = space.season, chen.id
    assert row(db, space, chen).state is State.PLANNED
    with db.begin("Sign in") as session:
        duty.sign_in(session, season, who, MONDAY, at=time(7, 25), entry=LATE)
    assert row(db, space, chen).state is State.HERE
    with pytest.raises(UserError, match="Chen is already signed in"), db.begin("Sign in") as session:
        duty.sign_in(session, season, who, MONDAY, at=time(8))
    with db.begin("Break") as session:
        duty.begin(session, season, who, MONDAY, PartKind.BREAK, at=time(12))
    assert row(db, space, chen).state is State.BREAK
    with db.begin("Back") as session:
        duty.end(session, season, who, MONDAY, at=time(12, 30))
        duty.begin(session, season, who, MONDAY, PartKind.ERRAND, at=time(14), note="Post office")
    assert row(db, space, chen).state is State.ERRAND
    with db.begin("Leave") as session:
        duty.end(session, season, who, MONDAY, at=time(14, 20))
        duty.sign_out(session, season, who, MONDAY, at=time(16))
        duty.sign_in(session, season, who, MONDAY, at=time(18))
        duty.sign_out(session, season, who, MONDAY, at=None)
    assert row(db, space, chen).state is State.LEFT
    assert told(db, space, chen) == ["07:25:00-16:00:00 break 12:00-12:30 errand 14:00-14:20", "18:00:00-?"]
    first = row(db, space, chen).stays[0].duty
    assert (first.sheet_code, first.entered_late) == ("7K2M9QXA", True)


def pause(db: Database, space: Space, person: Staff, start: time, end: time) -> None:
    with db.begin("Break") as session:
        duty.begin(session, space.season, person.id, MONDAY, PartKind.BREAK, at=start)
        duty.end(session, space.season, person.id, MONDAY, at=end)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [
        (time(7), time(7, 20), "lies outside the stay"),
        (time(15), time(16, 30), "lies outside the stay"),
        (time(13), time(12, 50), "cannot be back at 12:50"),
        (time(12, 10), time(12, 40), "two things at once: 12:00–12:30 and 12:10–"),
    ],
)
def test_a_break_must_be_possible(
    db: Database, space: Space, chen: Staff, start: time, end: time, problem: str
):  # fmt: skip
    with db.begin("Fill the day") as session:
        duty.sign_in(session, space.season, chen.id, MONDAY, at=time(7, 25))
        duty.begin(session, space.season, chen.id, MONDAY, PartKind.BREAK, at=time(12))
        duty.end(session, space.season, chen.id, MONDAY, at=time(12, 30))
        duty.sign_out(session, space.season, chen.id, MONDAY, at=time(16))
    with pytest.raises(UserError, match=problem):
        pause(db, space, chen, start, end)
    assert told(db, space, chen) == ["07:25:00-16:00:00 break 12:00-12:30"]


def test_the_latest_entry_is_taken_back_first(db: Database, space: Space, chen: Staff):
    with db.begin("Fill the day") as session:
        duty.sign_in(session, space.season, chen.id, MONDAY, at=time(8))
        duty.begin(session, space.season, chen.id, MONDAY, PartKind.BREAK, at=time(12))
        duty.end(session, space.season, chen.id, MONDAY, at=time(12, 30))
        duty.sign_out(session, space.season, chen.id, MONDAY, at=time(16))
    said: list[str] = []
    for _n in range(4):
        with db.begin("Take back") as session:
            said.append(duty.take_back(session, chen.id, MONDAY))
    assert said == [
        "Taken back: the departure of Chen.", "Taken back: Chen is not back yet.",
        "Taken back: “Break” of Chen.", "Taken back: the arrival of Chen.",
    ]  # fmt: skip
    with pytest.raises(UserError, match="Nothing was entered for Chen"), db.begin("Take back") as session:
        duty.take_back(session, chen.id, MONDAY)


def test_nobody_is_signed_in_before_starting_or_in_the_future(db: Database, space: Space, chen: Staff):
    with db.begin("Chen starts later") as session:
        session.merge(chen).started_on = date(2017, 7, 17)
    with pytest.raises(UserError, match="works here from 2017-07-17"), db.begin("Sign in") as session:
        duty.sign_in(session, space.season, chen.id, MONDAY, at=time(8))
    with pytest.raises(UserError, match="outside the season"), db.begin("Sign in") as session:
        duty.sign_in(session, space.season, chen.id, date(2999, 7, 10), at=time(8))


def publish(db: Database, space: Space, person: Staff, span: Span, group_id: int | None = None) -> None:
    with db.begin("Publish") as session:
        roster.put(session, space.season, person.id, MONDAY, span, group_id)
        week = roster.publish(session, space.season, MONDAY, by="Li Na", approved_by="Li Na", reason="One is enough")
        week.published_at = datetime(2999, 7, 7, 16)


def test_the_planned_time_stands_beside_and_is_never_filled_in(db: Database, space: Space, chen: Staff):
    assert row(db, space, chen).planned == (), "not published yet"
    with db.read() as session:
        other = seasons.groups(session, space.season)[1].id
    publish(db, space, chen, Span(435, 900), other)
    found = row(db, space, chen)
    assert [p.span for p in found.planned] == [Span(435, 900)]
    assert (found.stays, found.group_id, found.expected) == ((), other, True)
    with db.begin("Sign in") as session:
        duty.sign_in(session, space.season, chen.id, MONDAY, at=None)
    assert [(s.duty.arrived, s.duty.group_id) for s in row(db, space, chen).stays] == [(None, other)]


def test_who_is_away_is_told_and_may_come_all_the_same(db: Database, space: Space, chen: Staff):
    with db.begin("Chen is sick") as session:
        session.add(
            StaffAbsence(
                staff_id=chen.id, first_day=MONDAY, last_day=MONDAY, reason=StaffAbsenceReason.SICK
            )
        )  # fmt: skip
    assert (row(db, space, chen).state, row(db, space, chen).away) == (State.AWAY, "sick until 2017-07-10")
    with db.begin("Sign in") as session:
        duty.sign_in(session, space.season, chen.id, MONDAY, at=time(9))
    assert row(db, space, chen).state is State.HERE


def test_a_closed_day_is_corrected_with_a_reason_and_shows_the_old_value(db: Database, space: Space):
    chen, _other = on_duty(db, space)
    with db.begin("Fill the day") as session:
        ids = [c.id for c in space.children]
        attendance.sign_in_all(session, space.season, MONDAY, ids, at=time(8))
        attendance.sign_out_all(session, space.season, MONDAY, ids, at=time(17))
        closing.close(session, space.season, MONDAY, by="Li Na")
    stay = row(db, space, chen).stays[0].duty
    with pytest.raises(NeedsReason, match="is closed"), db.begin("Correct") as session:
        duty.change(session, stay.id, departed=time(16, 30))
    because = Entry(by="Chen", reason="Misread the sheet")
    with db.begin("Correct") as session:
        duty.change(session, stay.id, departed=time(16, 30), entry=because)
        duty.begin(session, space.season, chen.id, MONDAY, PartKind.BREAK, at=time(12), entry=because)
        duty.end(session, space.season, chen.id, MONDAY, at=time(12, 40), entry=because)
    with db.read() as session:
        found = closing.corrected(session, space.season, MONDAY)
        gaps = closing.gaps(session, space.season, MONDAY)
    assert [(person.name, c.field, c.old, c.new) for c, person in found] == [
        (chen.name, "departed", "21:00", "16:30"),
        (chen.name, "break", "", "12:00–"),
        (chen.name, "break", "12:00–", "12:00–12:40"),
    ]
    assert [(g.kind, g.settled) for g in gaps] == [("ratio", False), ("ratio", False)], "the correction left too few"


def test_too_few_adults_and_staff_still_here_need_a_word_before_the_day_is_closed(db: Database, space: Space):
    on_duty(db, space, adults=1)
    with db.begin("Fill the day") as session:
        late = an_adult(session, "Zhou", StaffRole.VOLUNTEER)
        duty.sign_in(session, space.season, late.id, MONDAY, at=time(8))
        ids = [c.id for c in space.children]
        attendance.sign_in_all(session, space.season, MONDAY, ids, at=time(8))
        attendance.sign_out_all(session, space.season, MONDAY, ids, at=time(9, 15))
    with pytest.raises(UserError, match="2 things are open"), db.begin("Close") as session:
        closing.close(session, space.season, MONDAY, by="Li Na")
    with db.begin("Explain and close") as session:
        for gap in closing.gaps(session, space.season, MONDAY):
            closing.explain(session, space.season, MONDAY, gap, "The second teacher was at the clinic.", by="Li Na")
        closing.close(session, space.season, MONDAY, by="Li Na")
    with db.read() as session:
        ratio_gap = next(g for g in closing.gaps(session, space.season, MONDAY) if g.kind == "ratio")
    assert ratio_gap.breach
    assert ratio_gap.breach.note
    assert (ratio_gap.breach.minutes, ratio_gap.breach.note.explained_by) == (75, "Li Na")


def test_a_staff_badge_is_told_from_a_childs(db: Database, space: Space, chen: Staff):
    assert badges.from_badge(badges.staff_code(chen.id)) == badges.Badge(badges.Kind.STAFF, 0, chen.id)
    with db.read() as session, pytest.raises(UserError, match="under On duty"):
        handovers.scanned(session, space.season, badges.staff_code(chen.id))


def test_the_staff_sheet_is_numbered_and_accounted_for_like_the_childrens(db: Database, space: Space, chen: Staff):
    first = issue.staff_sheet(db, Order(MONDAY))
    assert issue.staff_sheet(db, Order(MONDAY)) == first, "a reprint is the same bytes"
    with db.read() as session:
        [sheet] = sheets.of_season(session, space.season, MONDAY)
        assert (sheet.kind, sheet.rows, sheet.copies) == (SheetKind.STAFF, str(chen.id), 2)
        assert sheets.account(session, space.season, MONDAY) == sheets.Account(1, 0, 0, 0, 1)
        assert [g.sentence for g in closing.gaps(session, space.season, MONDAY) if g.kind == "sheet-out"] == [
            f"Sheet {sheet.code[:4]}-{sheet.code[4:]} (Staff) is not back."
        ]
    with db.begin("Somebody joins") as session:
        an_adult(session, "Wang")
    assert issue.staff_sheet(db, Order(MONDAY)) != first
    with db.begin("Settle") as session:
        sheets.settle(session, sheet.code, SheetStatus.VOIDED, on=MONDAY, note="Wang joined")
        taken, back = sheets.take_in_hand(session, sheets.of_season(session, space.season, MONDAY)[0].code, on=MONDAY)
    assert (taken.rows.count(","), back) == (1, True)
    with db.read() as session:
        assert sheets.account(session, space.season, MONDAY) == sheets.Account(2, 1, 1, 0, 0)
    with db.begin("Take in hand") as session, pytest.raises(UserError, match="was voided: Wang joined"):
        sheets.take_in_hand(session, sheet.code, on=MONDAY)


def test_the_roster_published_anew_makes_a_new_sheet(db: Database, space: Space, chen: Staff):
    issue.staff_sheet(db, Order(MONDAY))
    publish(db, space, chen, Span(480, 960))
    with db.begin("Print") as session:
        head = sheets.letterhead(issue.offices.factory(session), space.season, by="Li Na")
        sheet, paper = staff_sheets.sign_in_sheet(session, space.season, MONDAY, head, site_key=bytes(32))
    assert sheet.revision == 1
    assert [(r.name, r.planned_in, r.counted) for r in paper.rows] == [("Chen", time(8), True)]


def test_a_sheet_of_several_days_leaves_out_closed_ones(db: Database, space: Space):
    issue.staff_sheet(db, Order(date(2017, 7, 14), until=date(2017, 7, 18)))
    with db.read() as session:
        days = sorted(s.day for s in sheets.of_season(session, space.season))
        assert session.query(Duty).count() == 0
    assert days == [date(2017, 7, 14), date(2017, 7, 17), date(2017, 7, 18)]
