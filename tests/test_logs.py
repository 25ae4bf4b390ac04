"""Goal S9: nobody's name in a log."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccfs_desktop import logs


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CCFS_HOME", str(tmp_path))
    root = logging.getLogger()
    before = list(root.handlers)
    yield logs.start() / "ccfs.log"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def _fail_about(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no place for {name}") from error


def test_the_log_knows_what_happened_but_not_to_whom(log: Path):
    ours, others = logging.getLogger("ccfs_desktop.services.children"), logging.getLogger("sqlalchemy.engine")
    ours.info("imported %d rows of %s in %.1f s", 77, "李小明", 1.25)
    ours.info("rows: %(rows)d, name: %(name)s", {"rows": 3, "name": "李小明"})
    others.error("INSERT INTO child VALUES ('李小明')")
    try:
        _fail_about("李小明")
    except ValueError:
        ours.exception("enrol failed")

    text = log.read_text("utf-8")
    assert "李小明" not in text
    assert "imported 77 rows of *** in 1.2 s" in text
    assert "rows: 3, name: ***" in text
    assert "sqlalchemy.engine" in text
    assert "ValueError\n" in text
    assert "KeyError\n" in text
    assert "_fail_about" in text


def test_the_log_does_not_grow_for_ever(log: Path):
    ours = logging.getLogger("ccfs_desktop.test")
    for number in range(400):
        ours.info("a long line " * 800 + "%d", number)
    assert sum(file.stat().st_size for file in log.parent.iterdir()) < 3_000_000
