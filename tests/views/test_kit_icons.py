"""The icons: each that is asked for is there."""

import re
from pathlib import Path

from ccfs_desktop import paths
from ccfs_desktop.views.main_window import PAGES

SOURCES = Path(paths.__file__).parent / "views"
ASKED = re.compile(r"""icons\.(?:put\(\w[\w.]*, |icon\(|pixmap\()"([a-z0-9-]+)\"""")


def test_every_icon_asked_for_is_shipped() -> None:
    asked = {name for source in SOURCES.rglob("*.py") for name in ASKED.findall(source.read_text(encoding="utf-8"))}
    asked |= {screen.icon for screen in PAGES}
    assert len(asked) > 15
    assert not [name for name in sorted(asked) if not paths.resource(f"icons/{name}.svg").exists()]


def test_the_icons_come_with_their_licence() -> None:
    assert "ISC License" in paths.resource("icons/LICENSE").read_text(encoding="utf-8")
