"""The program may be killed at any moment: nothing acknowledged is lost, nothing is half done."""

import pytest

from benchmarks import kill


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_program_loses_nothing(seed: int):
    assert kill.kill(6, seed=seed) == {"fine": 6}
