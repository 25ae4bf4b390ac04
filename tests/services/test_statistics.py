"""K01 to K08 against figures counted by hand."""

from datetime import date, time

import pytest

from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Guardian
from ccfs_desktop.models.enrolment import Enrolment
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import attendance, enrolments, months, statistics
from ccfs_desktop.services.months import Mark
from tests.spaces import Space, fill

FRIDAY = date(2017, 7, 7)
WEEK = [date(2017, 7, day) for day in (3, 4, 5, 6, 7)]


@pytest.fixture
def space(db: Database) -> Space:
    """Four children and one week of five open days, 20 places.

    A comes every day 08:00-17:00. B comes Monday to Wednesday, is sick Thursday, unexplained Friday; on Wednesday the
    departure is missing. C is on an announced holiday Monday to Thursday and comes Friday, arrival missing. D wants
    Mondays only, comes on Monday and, unexpected, on Tuesday; leaves the season after that.
    """
    space = fill(db, 4)
    a, b, c, d = (child.id for child in space.children)
    with db.begin("A week") as session:
        visits = [
            *((a, day, time(8), time(17)) for day in WEEK),
            *((b, day, time(8), time(17)) for day in WEEK[:2]),
            (b, WEEK[2], time(8), None),
            (c, FRIDAY, None, time(17)),
            *((d, day, time(9), time(12)) for day in WEEK[:2]),
        ]
        session.add_all(
            Visit(child_id=child, season_id=space.season.id, day=day, arrived=arrived, departed=out, signed_out=True)
            for child, day, arrived, out in visits
        )
        for child, first, last, reason in (
            (b, WEEK[3], WEEK[3], AbsenceReason.SICK),
            (b, FRIDAY, FRIDAY, AbsenceReason.UNKNOWN),
            (c, WEEK[0], WEEK[3], AbsenceReason.HOLIDAY),
        ):
            attendance.mark_absent(session, space.season, child, first, last, reason=reason, planned=first == WEEK[0])
        mondays = session.get_one(Enrolment, 4)
        mondays.weekdays = "1"
        enrolments.leave(session, mondays, on=WEEK[1], reason="Back to the village")
        worker = Worker(number="1001", name="刘秀英")
        session.add(worker)
        session.flush()
        session.get_one(Guardian, 1).worker_id = worker.id
    return space


def test_the_seasons_figures_are_as_counted_by_hand(db: Database, space: Space):
    with db.read() as session:
        found = {f.id: f for f in statistics.figures(session, space.season, FRIDAY)}

    assert found["K01"].value == 4
    assert found["K02"].value == 1  # one mother is a worker of the factory
    assert found["K03"].value == 4
    # expected: A 5, B 5, C 1 (the holiday was announced), D 1; came of these: 5 + 3 + 1 + 1
    assert (found["K04"].numerator, found["K04"].denominator, found["K04"].text) == (10, 12, "83.3 %")
    assert found["K04"].note.startswith(
        "In the registers: 16 child-days; announced away and not counted: 4; expected: 12."
        " Missed with a reason: 1 child-days; without: 1. Came without being expected: 1."
    )
    assert (found["K05"].numerator, found["K05"].denominator) == (11, 5)
    assert (found["K06"].numerator, found["K06"].denominator) == (11, 100)
    # A 5×9, B 2×9 + 08:00 to closing time 17:30, C nothing, D 2×3
    assert found["K07"].value == 45 + 18 + 9.5 + 6
    assert "closing time: 1. Arrivals missing, not counted: 1" in found["K07"].note
    assert (found["K08"].numerator, found["K08"].denominator) == (3, 4)  # B came on 60 %


def test_nothing_is_divided_by_nothing(db: Database):
    space = fill(db, 1)
    with db.read() as session:
        found = {f.id: f for f in statistics.figures(session, space.season, date(2017, 7, 2))}
    assert (found["K04"].value, found["K04"].text) == (None, "–")


def test_the_month_shows_who_came_and_what_is_not_on_record(db: Database, space: Space):
    with db.read() as session:
        month = months.month(session, space.season, 2017, 7, until=date(2017, 7, 10))

    assert month.days == (*WEEK, date(2017, 7, 10))
    by_name = {row.name: row for row in month.rows}
    b, d = by_name["王小明"], by_name["刘小明"]
    assert [s.mark for s in b.squares] == [*[Mark.CAME] * 3, *[Mark.ABSENT] * 2, Mark.UNKNOWN]
    assert b.squares[3].reason is AbsenceReason.SICK
    assert (b.came, b.expected, d.came, d.expected) == (3, 6, 1, 1)
    assert month.present == (3, 3, 2, 1, 2, 0)
