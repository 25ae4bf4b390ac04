"""The shape of the house, held by tests: which way imports point, how big rooms may grow, where rules come from."""

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ccfs_desktop"


def test_imports_point_down_the_page(capsys: pytest.CaptureFixture[str]):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert code == 0, capsys.readouterr().out


def test_no_module_is_so_long_that_it_hides_a_second_noun():
    modules = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "versions"]

    long = {path.name: lines for path in modules if (lines := len(path.read_text("utf-8").splitlines())) > 450}

    assert not long


def test_every_source_that_is_cited_is_listed():
    listed = (ROOT / "docs" / "sources.md").read_text("utf-8")
    lines = [
        line for path in PACKAGE.rglob("*.py") for line in path.read_text("utf-8").splitlines() if "Source:" in line
    ]

    cited = set(re.findall(r"\b(?:S\d{1,3}|[a-z]+\.md)\b", "\n".join(lines)))

    assert not {name for name in cited if not re.search(rf"\b{re.escape(name)}\b", listed)}
