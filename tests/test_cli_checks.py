"""The safety checks without a window."""

from datetime import date
from pathlib import Path

import pytest

from ccfs_desktop import cli
from ccfs_desktop.services import offices, seasons
from tests.spaces import MONDAY, Space
from tests.walks import UNLOCKED, go_through


def test_what_is_due_is_said_and_the_papers_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "office"
    db = offices.create_demo(
        folder, factory="F", name_latin="", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=30, languages="en",
    )  # fmt: skip
    with db.read() as session:
        season = seasons.current(session, MONDAY)
    go_through(db, Space(season, []), OPN04=UNLOCKED)
    db.close()
    office = ["--office", str(folder), "--day", str(MONDAY)]

    assert cli.main(["checks", "due", *office]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Not safe to open: a critical item failed. The coordinator must decide.")
    assert "CLS  Daily closing check" in told
    for what, start in (("form", b"%PDF"), ("record", b"%PDF"), ("history", b"%PDF"), ("export", b"PK")):
        assert cli.main(["checks", what, *office, "--out", str(tmp_path / what)]) == 0
        assert (tmp_path / what).read_bytes().startswith(start)
    assert cli.main(["checks", "record", "--list", "CLS", *office, "--out", str(tmp_path / "x")]) == 2
    assert "no check CLS" in capsys.readouterr().err
