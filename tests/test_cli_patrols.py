"""The patrols without a window."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ccfs_desktop import cli
from ccfs_desktop.models.patrol import Doing, FoundBy, SightingAction
from ccfs_desktop.services import offices, patrols, patrols_plan, sightings
from ccfs_desktop.services.patrols import Walk
from ccfs_desktop.services.patrols_plan import Plan
from ccfs_desktop.services.sightings import Found
from tests.reports.pages import texts
from tests.spaces import MONDAY

FRIDAY = MONDAY + timedelta(days=4)


def test_what_is_due_the_trend_and_the_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", f"{FRIDAY}T17:00")
    folder = tmp_path / "office"
    db = offices.create_demo(
        folder, factory="F", name_latin="", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=30, languages="en",
    )  # fmt: skip
    with db.begin("Walk") as session:
        planned = patrols_plan.add(session, Plan("Morning", "Sewing\nCutting", MONDAY))
        for day in (MONDAY, FRIDAY):
            patrols.walk(session, Walk(day, int(day == FRIDAY), "Guard Chen", round_id=planned.id), by="Li Na")
        found = Found(FRIDAY, "Sewing", Doing.WAITING, FoundBy.PATROL, SightingAction.TO_SPACE, child_name="Le Minh")
        sightings.record(session, found, by="Li Na")
    db.close()
    office = ["--office", str(folder)]

    assert cli.main(["patrols", "due", *office]) == 1
    told = capsys.readouterr().out
    assert told.count("missed") == 3
    assert told.count("done") == 2
    assert cli.main(["patrols", "trend", *office]) == 0
    assert "children were seen on 1 of 2 patrols" in capsys.readouterr().out

    period = ["--from", str(MONDAY), "--to", str(FRIDAY)]
    pages: dict[str, str] = {}
    for name, command in (
        ("full", ["patrols", "register", "--names", *period]),
        ("masked", ["print", "patrol-register", *period]),
        ("form", ["print", "patrol-form", "--day", str(FRIDAY)]),
        ("trend", ["print", "patrol-trend"]),
    ):
        assert cli.main([*command, *office, "--out", str(tmp_path / name)]) == 0
        pages[name] = " ".join(texts((tmp_path / name).read_bytes()))
    assert "Le Minh" in pages["full"]
    assert "L. M." in pages["masked"]
    assert "Le Minh" not in pages["masked"]
    assert "Planned and not walked: 3 of 5." in pages["masked"]
    assert pages["form"].count("Morning") == 5
