"""The safety checks without a window."""

import argparse
from datetime import timedelta
from pathlib import Path

import pytest

from ccfs_desktop import cli_checks, clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from tests.spaces import fill
from tests.walks import UNLOCKED, go_through


def _run(db: Database, *words: str) -> int:
    parser = argparse.ArgumentParser()
    jobs = parser.add_subparsers()
    cli_checks.add(jobs, lambda _args: db, lambda _parser: None)
    args = parser.parse_args(["checks", *words])
    code: int = args.command(args)
    return code


def test_what_is_due_is_said_and_the_papers_are_written(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    space = fill(db, 1, today=True)
    day = clock.today() - timedelta(days=1)
    go_through(db, space, day, OPN04=UNLOCKED)

    assert _run(db, "due", "--day", str(day)) == 1
    told = capsys.readouterr().out
    assert told.startswith("Not safe to open: a critical item failed. The coordinator must decide.")
    assert "CLS  Daily closing check" in told
    for what, start in (("form", b"%PDF"), ("record", b"%PDF"), ("history", b"%PDF"), ("export", b"PK")):
        assert _run(db, what, "--day", str(day), "--out", str(tmp_path / what)) == 0
        assert (tmp_path / what).read_bytes().startswith(start)
    with pytest.raises(UserError, match="no check CLS"):
        _run(db, "record", "--list", "CLS", "--out", str(tmp_path / "x"))
