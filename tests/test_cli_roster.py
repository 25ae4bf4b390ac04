"""A week is drafted, shown and published from the command line, in plain words or as JSON."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from ccfs_desktop import cli
from ccfs_desktop.db import Database
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper, StaffRole
from ccfs_desktop.services import offices, roster, seasons, staff
from ccfs_desktop.services.drafting.problem import Span
from tests.spaces import a_child

MONDAY = date(2017, 7, 10)


class Office:
    """A demonstration office with six little ones, worked from the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], adults: int) -> None:
        self.folder, self._capsys = folder, capsys
        db = offices.create_demo(
            folder, factory="Toys", name_latin="Toys", country="XX", season="Summer 2017", first_day=date(2017, 7, 3),
            last_day=date(2017, 8, 25), capacity=80, languages="zh_CN,en",
        )  # fmt: skip
        with db.begin("Fill the space") as session:
            season = seasons.current(session, MONDAY)
            for n in range(6):
                a_child(session, season, n)
            for letter in "ABCDEF"[:adults]:
                _adult(session, f"Teacher {letter}")
            seasons.mark_day(session, season, date(2017, 7, 18), open=False, reason="Town festival")
            for n in range(5):
                seasons.mark_day(session, season, date(2017, 7, 24) + timedelta(days=n), open=False, reason="Repairs")
        db.close()

    def open(self) -> Database:
        return offices.open_demo(self.folder)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = cli.main(["roster", *arguments, "--office", str(self.folder)])
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def draft(self, week: str, *more: str) -> tuple[int, dict[str, Any]]:
        code, out, err = self.run("draft", "--week", week, "--limit", "0", "--json", *more)
        assert err == ""
        return code, json.loads(out)


def _adult(session: Session, name: str) -> None:
    person = staff.save(session, Staff(name=name, role=StaffRole.HEAD_TEACHER))
    kinds = (PaperKind.BACKGROUND_CHECK, PaperKind.CODE_OF_CONDUCT, PaperKind.FIRST_AID)
    session.add_all(StaffPaper(staff_id=person.id, kind=kind) for kind in kinds)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path / "office", capsys, 6)


@pytest.fixture
def small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path / "small", capsys, 2)


def test_a_week_is_drafted_as_json_and_kept(office: Office):
    code, told = office.draft("2017-W28", "--dry-run")
    assert (code, told["status"] in {"optimal", "feasible"}, told["unmet"]) == (0, True, [])
    first = told["assignments"][0]
    assert set(first) == {"person", "group", "start", "end", "breaks"}
    assert (first["group"], first["start"]) == ("Little ones", "2017-07-10T07:30")
    assert office.run("show", "--week", "2017-W28")[0] == 1, "a dry run keeps nothing"

    code, again = office.draft("2017-W28")
    assert again == told, "the same input, the same result"
    code, out, _err = office.run("show", "--week", "2017-W28", "--json")
    shown = json.loads(out)
    assert (code, shown["short_minutes"], shown["warnings"], shown["published"]) == (0, 0, [], None)
    assert shown["assignments"] == told["assignments"]


def test_a_draft_is_made_better_as_long_as_it_may_take(office: Office):
    at_once = office.draft("2017-W28", "--dry-run")[1]["objective"]
    code, out, _err = office.run("draft", "--week", "2017-W28", "--limit", "3", "--json", "--dry-run")
    better = json.loads(out)
    assert (code, better["unmet"]) == (0, [])
    assert better["objective"] <= at_once


def test_a_draft_is_told_in_words(office: Office):
    code, out, _err = office.run("draft", "--week", "2017-W29", "--limit", "0")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Week 2017-W29: Every quarter hour is covered."
    assert lines[1] == "Mon 17 Jul"
    assert "Tue 18 Jul" not in lines, "the festival"
    assert "Little ones  Teacher " in lines[2]
    assert lines[-1].endswith("shifts are on the roster.")


def test_what_cannot_be_covered_is_named_with_the_reason(small: Office):
    code, told = small.draft("2017-W28")
    assert (code, told["status"]) == (1, "infeasible")
    monday = [gap for gap in told["unmet"] if gap["slot"].startswith("2017-07-10")]
    assert {(gap["required"], bool(gap["reason"])) for gap in monday if gap["group"]} == {(2, True)}
    code, out, _err = small.run("draft", "--week", "2017-W28", "--limit", "2")
    assert code == 1
    assert "needs 2 adults" in out


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        ("2017-W54", "There is no week “2017-W54”. Write it as 2017-W28."),
        ("soon", "There is no week “soon”. Write it as 2017-W28."),
        ("2018-W03", "2018-01-15 is outside the season “Summer 2017” (2017-07-03 to 2017-08-25)."),
        ("2017-W30", "The space is closed in the week of 2017-07-24."),
    ],
)
def test_a_week_that_cannot_be_drafted_is_said_in_one_line(office: Office, week: str, sentence: str):
    for what in (("draft",), ("show",), ("publish", "--by", "Li Na")):
        assert office.run(*what, "--week", week) == (2, "", sentence + "\n")


def test_pinned_shifts_stay_unless_it_is_drafted_from_scratch(office: Office):
    db = office.open()
    with db.begin("Plan a shift") as session:
        season = seasons.current(session, MONDAY)
        group = seasons.groups(session, season)[0].id
        roster.put(session, season, session.get_one(Staff, 1).id, MONDAY, Span(600, 705), group, pinned=True)
    db.close()
    pinned = {"person": "Teacher A", "group": "Little ones", "start": "2017-07-10T10:00", "end": "2017-07-10T11:45"}
    _code, told = office.draft("2017-W28", "--dry-run")
    assert any(pinned.items() <= a.items() for a in told["assignments"])
    _code, told = office.draft("2017-W28", "--from-scratch")
    assert not any(pinned.items() <= a.items() for a in told["assignments"])


def test_a_week_is_published_and_a_breach_only_with_a_name_and_a_reason(office: Office, small: Office):
    office.draft("2017-W28")
    assert office.run("publish", "--week", "2017-W28", "--by", "Li Na")[0] == 0
    assert office.run("show", "--week", "2017-W28")[1].startswith("Published by Li Na on ")

    small.draft("2017-W28")
    code, out, err = small.run("publish", "--week", "2017-W28", "--by", "Li Na")
    assert (code, out) == (2, "")
    assert err.startswith("The roster has ")
    assert len(err.strip().splitlines()) == 1
    code, out, _err = small.run(
        "publish", "--week", "2017-W28", "--by", "Li Na", "--approved-by", "GM", "--reason", "No one else", "--json"
    )
    assert (code, json.loads(out)["approved_by"]) == (1, "GM")
