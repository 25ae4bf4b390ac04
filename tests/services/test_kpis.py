"""Key figures of a period against figures counted by hand, and against another way through the demonstration."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.action import Source
from ccfs_desktop.models.check import Check, CheckAnswer, Said, Severity
from ccfs_desktop.models.visit import Absence, AbsenceReason, DayClose, Visit
from ccfs_desktop.services import (
    action_stages,
    actions,
    attendance,
    check_rates,
    demo,
    kpis,
    offices,
    patrols,
    periods,
    ratio_proof,
    register,
    standards,
)
from ccfs_desktop.services.patrols import Walk
from ccfs_desktop.services.statistics import Figure
from tests.spaces import MONDAY, fill, on_duty
from tests.walks import UNLOCKED, go_through

JULY = (date(2017, 7, 1), date(2017, 7, 31))


def read(db: Database, month: str = "2017-07") -> dict[str, Figure]:
    with db.read() as session:
        return {one.id: one for one in kpis.read(session, periods.of_month(session, month))}


@pytest.fixture
def _late_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:15")


# ------------------------------------------------------------------------------------------------------------- periods
@pytest.mark.usefixtures("_late_july")
def test_a_day_counts_once_it_is_over(db: Database):
    space = fill(db, 1)
    with db.read() as session:
        july = periods.of_month(session, "2017-07")
        whole = periods.of_season(session, "Summer 2017")
        offered = [one.title for one in periods.offered(session)]
    assert (july.first, july.last, july.until, july.runs) == (*JULY, date(2017, 7, 19), True)
    assert (july.title, whole.title, whole.until) == ("July 2017", "Summer 2017", date(2017, 7, 19))
    assert offered == ["Summer 2017", "July 2017"]
    with db.begin("Close a day") as session:
        session.add(
            DayClose(
                season_id=space.season.id, day=date(2017, 7, 20), closed_by="Li Na", expected=0, present=0,
                absent_excused=0, absent_unexcused=0, closed_at=datetime(2017, 7, 20, 18, 0),
            )
        )  # fmt: skip
    with db.read() as session:
        assert periods.of_month(session, "2017-07").until == date(2017, 7, 20)


@pytest.mark.usefixtures("_late_july")
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2017-13", "Write the month as 2017-07, not 2017-13."),
        ("July", "Write the month as 2017-07, not July."),
        ("2017-11", "No season has a day from 2017-11-01 to 2017-11-30."),
        ("2017-08", "No day of this period is over yet."),
    ],
)
def test_a_month_that_cannot_be_reported_is_refused_in_a_sentence(db: Database, asked: str, told: str):
    fill(db, 1)
    with db.read() as session, pytest.raises(UserError) as refused:
        periods.of_month(session, asked)
    assert str(refused.value) == told


# ------------------------------------------------------------------------------------------------------------- by hand
@pytest.mark.usefixtures("_late_july")
def test_the_figures_of_a_small_month_are_as_counted_by_hand(db: Database):
    space = fill(db, 2)
    on_duty(db, space)
    first, second = (child.id for child in space.children)
    with db.begin("A day") as session:
        for child, until in ((first, time(12)), (second, time(17))):
            attendance.sign_in(session, space.season, child, MONDAY, at=time(8))
            attendance.sign_out(session, space.season, child, MONDAY, at=until)
    go_through(db, space, OPN04=UNLOCKED)
    with db.begin("Actions") as session:
        action = actions.of(session, finding_id=1)[0]
        actions.change(session, action.id, correction="Bolt closed", root_cause="Nobody looked")
        action_stages.start(session, action.id)
        action_stages.done(session, action.id, by="Li Na", on=MONDAY)
        actions.begin(
            session, space.season, source=Source.HAND, finding="A loose tile", severity=Severity.MAJOR, found_on=MONDAY,
            by="Li Na",
        )  # fmt: skip
        patrols.walk(session, Walk(day=MONDAY, seen=0, walked_by="Guard", areas="Line 1"), by="Li Na")

    found = read(db)

    # 3 to 19 July are 13 open days; both children were expected on each.
    assert (found["K04"].numerator, found["K04"].denominator) == (2, 26)
    assert found["K07"].value == 4 + 9
    assert found["K10"].text == "100.0 %", "two adults from 07:00 to 21:00"
    assert found["K11"].numerator == 1
    assert found["K11b"].denominator == found["K11b"].numerator + 1, "the bolt"
    assert (found["K12"].value, found["K12"].counted) == (0, "0 ÷ 13 × 1,000")
    interval = found["K12"].interval
    assert interval
    assert interval.high == pytest.approx(3.6889 * 1000 / 13, rel=1e-3), "Poisson, 0 events"
    # The bolt was due on 10 July and done on that day; the tile was due on 17 July and is open.
    assert (found["K13"].numerator, found["K13"].denominator) == (1, 2)
    assert found["K13b"].value == (0 + 9) / 2
    assert (found["K14b"].value, found["K14b"].denominator) == (0, 1)


@pytest.mark.usefixtures("_late_july")
def test_without_patrols_nothing_is_claimed(db: Database):
    fill(db, 1)
    found = read(db)
    assert (found["K14"].text, found["K14b"].text) == ("–", "–")
    assert found["K14b"].note == "Planned patrols not walked: 0 of 0. No patrol was walked, so nothing can be claimed."


def test_every_figure_leads_to_a_page_that_there_is(db: Database, monkeypatch: pytest.MonkeyPatch):
    from ccfs_desktop.views.main_window import PAGES

    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:15")
    fill(db, 1)
    with db.read() as session:
        facts = kpis.gather(session, periods.of_month(session, "2017-07"))
    pages = {screen.name for screen in PAGES}
    assert {kpis.where(facts, one.id)[0] for one in kpis.figures(facts)} <= pages


def test_a_standard_that_is_not_known_is_refused_with_those_that_are():
    assert standards.get().code == standards.DEFAULT
    assert {clause.known for one in standards.every() for clause in one.clauses} == set(standards.KNOWN)
    with pytest.raises(UserError, match=r"There is no standard called xyz\. There are: asos, bsci, china"):
        standards.get("xyz")


# ----------------------------------------------------------------------------------------- another way through the demo
@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration half-way through 8 August 2017; only read."""
    folder = tmp_path_factory.mktemp("kpis") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCFS_TODAY", "2017-08-08T10:15")
        demo.build(folder, language="en", today=date(2017, 8, 8)).close()
        db = offices.open_demo(folder)
        yield db
        db.close()


def test_the_demonstrations_july_agrees_with_its_closed_days(season: Database):
    found = read(season)
    with season.read() as session:
        closed = list(session.scalars(select(DayClose).where(DayClose.day.between(*JULY))))
        visits = list(session.scalars(select(Visit).where(Visit.day.between(*JULY))))
        period = periods.of_month(session, "2017-07")
        rows = [row for one in closed for row in register.read(session, period.season, one.day)]
        days = [ratio_proof.of_day(session, period.season, one.day).kept for one in closed]

    assert found["K05"].denominator == len(closed)
    assert found["K05"].numerator == sum(one.present for one in closed)
    away = sum(1 for row in rows if row.expected and not row.visits and row.absence and _announced(row.absence))
    assert away
    assert found["K04"].denominator == sum(one.expected for one in closed) - away
    minutes = sum((_minutes(v.departed or time(17, 30)) - _minutes(v.arrived or time(0))) for v in visits)
    assert found["K07"].value == pytest.approx(minutes / 60, abs=0.05)
    assert (found["K10"].numerator, found["K10"].denominator) == (sum(k for k, _s in days), sum(s for _k, s in days))


def test_the_demonstrations_checks_agree_with_their_answers(season: Database):
    with season.read() as session:
        period = periods.of_month(session, "2017-07")
        lists = check_rates.of_period(session, period)
        answers = session.execute(
            select(CheckAnswer.said, CheckAnswer.numbers, CheckAnswer.words, CheckAnswer.fails, CheckAnswer.first_date)
            .join(Check, Check.id == CheckAnswer.check_id)
            .where(Check.frozen, Check.day <= JULY[1], CheckAnswer.severity != Severity.NONE)
        ).all()
    counted = [
        fails for said, n, w, fails, day in answers if said is not Said.NOT_APPLICABLE and (said or n or w or day)
    ]
    assert sum(one.answered for one in lists) == len(counted)
    assert sum(one.passed for one in lists) == counted.count(False)
    opening = next(one for one in lists if one.code == "OPN")
    assert opening.due == opening.done + opening.missed + opening.explained


def test_two_months_and_their_season_add_up(season: Database):
    with season.read() as session:
        july, august = (periods.of_month(session, f"2017-0{n}") for n in (7, 8))
        both = [{one.id: one for one in kpis.read(session, one)} for one in (july, august)]
        whole = {one.id: one for one in kpis.read(session, periods.of_season(session))}
    assert august.until == date(2017, 8, 7)
    for key in ("K04", "K06", "K10", "K11b"):
        assert whole[key].numerator == sum(one[key].numerator for one in both), key
        assert whole[key].denominator == sum(one[key].denominator or 0 for one in both), key
    assert whole["K07"].value == pytest.approx(sum(one["K07"].value or 0 for one in both), abs=0.11)
    assert timedelta(0) < august.last - august.until


def _announced(absence: Absence) -> bool:
    return absence.planned and absence.reason is AbsenceReason.HOLIDAY


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
