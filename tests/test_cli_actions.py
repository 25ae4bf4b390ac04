"""The corrective actions without a window."""

from datetime import date
from pathlib import Path

import pytest

from ccfs_desktop import cli
from ccfs_desktop.services import offices, seasons
from tests.spaces import MONDAY, Space
from tests.walks import UNLOCKED, go_through


def test_what_is_not_ended_is_listed_and_the_papers_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-12T09:00")
    folder = tmp_path / "office"
    db = offices.create_demo(
        folder, factory="F", name_latin="", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=30, languages="en",
    )  # fmt: skip
    with db.read() as session:
        season = seasons.current(session, MONDAY)
    go_through(db, Space(season, []), OPN04=UNLOCKED)
    db.close()
    office = ["--office", str(folder)]

    assert cli.main(["actions", "list", *office]) == 1
    assert capsys.readouterr().out == "CA-2017-001  2017-07-10  Critical  Overdue  OPN04  The bolt was open\n"
    sheet = ["actions", "sheet", "--number", "ca-2017-001", *office, "--out", str(tmp_path / "sheet")]
    plan = ["print", "action-plan", *office, "--out", str(tmp_path / "plan")]
    assert cli.main(sheet) == cli.main(plan) == 0
    assert cli.main([*plan, "--from", "2017-07-03", "--to", "2017-07-31", "--archive"]) == 0
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in ("sheet", "plan"))
    assert cli.main(["actions", "sheet", "--number", "CA-1", *office, "--out", str(tmp_path / "x")]) == 2
    assert "There is no corrective action CA-1." in capsys.readouterr().err
