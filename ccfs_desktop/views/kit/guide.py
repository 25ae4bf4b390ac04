"""``F1``: the user guide's chapter on the page in view."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from ccfs_desktop import paths
from ccfs_desktop.i18n import _, language

_FIRST = "README.md"
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)


class Guide(QDialog):
    """A chapter beside the window, so that one can read and work."""

    def __init__(self, window: QWidget, chapter: str) -> None:
        """Open a chapter.

        Args:
            window: beside which it opens.
            chapter: file name in the user guide; empty for its first page.
        """
        super().__init__(window, Qt.WindowType.Tool)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Help"))
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setSearchPaths([str(_folder())])
        self.text.setMarkdown(chapter_text(chapter))
        self.text.document().setDocumentMargin(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.text)
        self.resize(460, min(640, window.height()))
        self.move(window.mapToGlobal(window.rect().topRight()).x() - self.width() - 16, window.y() + 48)


def chapter_text(chapter: str) -> str:
    """Return a chapter in the language in use, else in English, else a sentence that says so."""
    name = chapter or _FIRST
    own = _folder() / f"{Path(name).stem}.{language()}.md"
    for path in (own, _folder() / name):
        if path.is_file():
            return _PICTURE.sub("", path.read_text(encoding="utf-8"))  # the page itself is beside it
    return _("The user guide has no chapter on this page yet.")


def _folder() -> Path:
    """Find the guide: shipped with the resources, or in the source tree."""
    shipped = paths.resource("user-guide")
    return shipped if shipped.is_dir() else paths.resource("").parent / "docs" / "user-guide"
