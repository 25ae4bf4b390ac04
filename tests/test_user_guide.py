"""The user guide names every page, paper and command, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

from ccfs_desktop import cli
from ccfs_desktop.reports.printables import PRINTABLES
from ccfs_desktop.views.main_window import PAGES

GUIDE = Path(__file__).parents[1] / "docs" / "user-guide"
TEXT = "\n".join(p.read_text(encoding="utf-8") for p in sorted(GUIDE.glob("*.md")))


def test_every_page_has_its_chapter() -> None:
    for screen in PAGES:
        assert (GUIDE / f"{screen.name}.md").is_file()
        assert f"# {screen.title}" in TEXT


def test_every_paper_and_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    commands = (GUIDE / "commands.md").read_text(encoding="utf-8")
    assert [p.name for p in PRINTABLES if p.name not in commands] == []
    assert [p.title for p in PRINTABLES if p.title not in TEXT] == []
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = re.findall(r"^ {4}(\w[\w-]*)", capsys.readouterr().out, re.MULTILINE)
    assert listed
    assert [name for name in listed if f"`{name}" not in commands] == []


def test_links_and_pictures_lead_somewhere() -> None:
    for chapter in GUIDE.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", chapter.read_text(encoding="utf-8")):
            assert (GUIDE / target).is_file(), f"{chapter.name}: {target}"
