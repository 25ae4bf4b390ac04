"""The program may be killed at any moment: nothing acknowledged is lost, nothing is half done."""

import pytest

from benchmarks import kill


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_program_loses_nothing(seed: int):
    assert kill.kill(6, seed=seed, works=("attendance", "import", "migration")) == {"fine": 6}


def test_a_backup_or_a_restore_that_is_killed_leaves_nothing_bad():
    """Whatever lies under a final name is good; the office opens, as it was before or as it was restored."""
    assert kill.kill(6, seed=3, works=("backup", "restore")) == {"fine": 6}


def test_an_erasure_that_is_killed_is_done_or_not_begun():
    assert kill.kill(6, seed=4, works=("erase",)) == {"fine": 6}
