"""A printed document: its pages, its page numbers and its bytes.

The same data give the same bytes, whoever prints them and whenever.
"""

import io
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from ccfs_desktop.reports.kit.surface import MM, Surface
from ccfs_desktop.reports.kit.text import clean

A4 = (210.0, 297.0)
"""Width and height in millimetres."""

Furniture = Callable[[int, int], None]

_NO_FONT = SimpleNamespace(fontName="ccfs-none", _dynamicFont=True, _multiByte=False, face=SimpleNamespace(name="none"))
"""ReportLab wants to know a first font; a named one would put an unused Helvetica into every file."""


class Paper(Surface):
    """One document being drawn."""

    def __init__(self, title: str, *, language: str, made: datetime, landscape: bool = False) -> None:
        """Start a document without a page.

        Args:
            title: shown by viewers instead of the file name.
            language: of most of the text, such as ``zh_CN``.
            made: local time of printing; it is stored in the file.
            landscape: long side across.
        """
        self.width, height = _size(landscape)
        super().__init__(_canvas(clean(title), language, made), height)
        self._furniture: Furniture | None = None
        self._waiting: list[dict[str, Any]] = []
        self._open = False
        self._marks: list[tuple[int, str]] = []

    @property
    def number(self) -> int:
        """The number of the page being drawn, in its part."""
        return len(self._waiting) + 1

    def mark(self, title: str) -> None:
        """Let viewers' lists of contents lead to the page being drawn."""
        self._marks.append((self.number, clean(title)))

    def section(self, furniture: Furniture | None = None, *, landscape: bool | None = None) -> None:
        """Begin a part with its own page numbers, and its first page.

        Args:
            furniture: draws head and foot of each page once the part is complete: ``(page, pages)``.
            landscape: how its pages lie; as before unless said.
        """
        self._close()
        self._furniture = furniture
        if landscape is not None:
            self.width, self.height = _size(landscape)
        self.page()

    def page(self) -> None:
        """Begin the next page of the part."""
        if self._open:
            # The page stays open until the number of pages is known.
            self._waiting.append(dict(vars(self.canvas)))
            self.canvas._startPage()  # noqa: SLF001 (ReportLab's own recipe for "page x of y")
        self.canvas.setPageSize((self.width * MM, self.height * MM))
        self._open = True

    def finish(self, *, archive: bool = False) -> bytes:
        """Return the PDF.

        Args:
            archive: as PDF/A-2b, for keeping.
        """
        self._close()
        data: bytes = self.canvas.getpdfdata()
        if archive:
            from ccfs_desktop.reports.kit.archive import as_archive  # noqa: PLC0415 (loads a large library)

            return as_archive(data)
        return data

    def _close(self) -> None:
        if not self._open:
            return
        pages = [*self._waiting, dict(vars(self.canvas))]
        for number, state in enumerate(pages, start=1):
            vars(self.canvas).update(state)
            self._outline(number)
            if self._furniture:
                self._furniture(number, len(pages))
            self.canvas.showPage()
        self._waiting, self._open, self._marks = [], False, []

    def _outline(self, number: int) -> None:
        """Enter what begins on a page while that page is the one ReportLab works on."""
        for place, title in [(n, t) for n, (page, t) in enumerate(self._marks) if page == number]:
            self.canvas.bookmarkPage(f"mark{place}")
            self.canvas.addOutlineEntry(title, f"mark{place}")


def _size(landscape: bool) -> tuple[float, float]:
    return (A4[1], A4[0]) if landscape else A4


def _canvas(title: str, language: str, made: datetime) -> Canvas:
    pdfmetrics.registerFont(_NO_FONT)
    rl_config.useA85 = 0  # printers have taken bytes for thirty years; text would be a quarter larger
    canvas = Canvas(
        io.BytesIO(),
        pagesize=(A4[0] * MM, A4[1] * MM),
        pageCompression=1,
        invariant=1,
        initialFontName=_NO_FONT.fontName,
        lang=language.replace("_", "-"),
    )
    canvas.setTitle(title)
    canvas.setAuthor("CCFS Desktop")
    canvas.setCreator("CCFS Desktop")
    canvas.setSubject("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setDateFormatter(lambda *_: f"D:{made:%Y%m%d%H%M%S}")
    return canvas
