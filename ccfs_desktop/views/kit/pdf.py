"""A PDF as pictures: the preview, and what goes to the printer. Used on the worker thread only."""

import threading
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from ccfs_desktop.views.kit.work import Job

PRINT_DPI = 300
_LOCK = threading.Lock()  # PDFium knows only one thread at a time
_FORMATS = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888, 4: QImage.Format.Format_RGBX8888}


class Pdf:
    """An open PDF."""

    def __init__(self, data: bytes) -> None:
        """Open it."""
        import pypdfium2  # noqa: PLC0415 (with the first preview, not with the window)

        with _LOCK:
            self._document: Any = pypdfium2.PdfDocument(data)
            self.sizes: list[tuple[float, float]] = [
                self._document.get_page_size(number) for number in range(len(self._document))
            ]
        """Width and height of each page in points (1/72 inch)."""

    def picture(self, number: int, dpi: float, *, gray: bool = False) -> QImage:
        """Draw a page.

        Args:
            number: from 0.
            dpi: dots per inch of the picture.
            gray: without colour, for a monochrome printer.
        """
        with _LOCK:
            page = self._document[number]
            drawn = page.render(scale=dpi / 72, rev_byteorder=True, grayscale=gray)
            picture = QImage(
                bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, _FORMATS[drawn.n_channels]
            ).copy()
            page.close()
        return picture

    def close(self) -> None:
        """Close it."""
        with _LOCK:
            self._document.close()

    def print(self, printer: QPrinter, job: Job, pages: range | None = None) -> int:
        """Draw the pages on a printer, one at a time; return how many.

        Args:
            printer: set up by the print dialog.
            job: told after each page; stopping it stops the printing.
            pages: page numbers from 0; all if none are given.
        """
        wanted = pages or range(len(self.sizes))
        printer.setFullPage(True)
        painter = QPainter(printer)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.LosslessImageRendering)
        try:
            for place, number in enumerate(wanted):
                job(place, len(wanted))
                if place:
                    printer.newPage()
                width, height = self.sizes[number]
                scale = printer.resolution() / 72
                gray = printer.colorMode() == QPrinter.ColorMode.GrayScale
                picture = self.picture(number, PRINT_DPI, gray=gray)
                painter.drawImage(QRectF(0, 0, width * scale, height * scale), picture)
        finally:
            painter.end()
        return len(wanted)
