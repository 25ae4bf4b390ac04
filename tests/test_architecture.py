"""The shape of the house, held by tests: which way imports point, and how big a room may grow."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]


def test_imports_point_down_the_page(capsys: pytest.CaptureFixture[str]):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert code == 0, capsys.readouterr().out


def test_no_module_is_so_long_that_it_hides_a_second_noun():
    modules = [path for path in (ROOT / "ccfs_desktop").rglob("*.py") if path.parent.name != "versions"]

    long = {path.name: lines for path in modules if (lines := len(path.read_text("utf-8").splitlines())) > 450}

    assert not long
