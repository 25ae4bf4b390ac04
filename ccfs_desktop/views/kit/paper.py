"""A printed document inside the program: look at it, print it, save it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeySequence, QPageLayout, QPageSize, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.views.kit import memory, work
from ccfs_desktop.views.kit.pdf import PRINT_DPI, Pdf
from ccfs_desktop.views.kit.states import Banner, Strip, button, tool, words

_THUMB = 96
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_GAP = 16


class Paper(QWidget):
    """The preview of a PDF: pages at the left, the page in view, zoom, print, save."""

    printed = Signal()
    """The document went to a printer."""

    def __init__(self, data: bytes, name: str, *, say: Callable[[str], object] | None = None) -> None:
        """Show a document.

        Args:
            data: the PDF.
            name: proposed file name, without ending.
            say: where to confirm that it was printed or saved (the page's ``say``).
        """
        super().__init__()
        self.data, self.name = data, name
        self._say = say or (lambda _sentence: None)
        self._pdf: Pdf | None = None
        self._zoom = 0.0
        self._job: work.Job | None = None
        self.banner, self.strip = Banner(), Strip()
        self.strip.stopped.connect(self._stop)
        self.thumbs = QListWidget()
        self.sheets = _Sheets()
        self.sheets.moved.connect(self._turned)
        self.sheets.wanted.connect(self._draw)
        self.count = words("", "quiet")
        self.count.setMinimumWidth(96)
        self._build()
        for keys, slot in (("Ctrl++", partial(self.zoom, 1)), ("Ctrl+-", partial(self.zoom, -1)), ("Ctrl+0", self.fit)):
            QShortcut(QKeySequence(keys), self, slot)
        work.start(lambda _job: Pdf(data), done=self._opened, owner=self)

    # --------------------------------------------------------------------------------------------- looking

    def zoom(self, steps: int) -> None:
        """Go some steps closer or farther."""
        now = self._zoom or self.sheets.fitting()
        larger = [zoom for zoom in _ZOOMS if (zoom > now + 0.01 if steps > 0 else zoom < now - 0.01)]
        if larger:
            self._zoom = larger[0] if steps > 0 else larger[-1]
            self.sheets.scale(self._zoom)

    def fit(self) -> None:
        """Show the whole width of the page."""
        self._zoom = 0.0
        self.sheets.scale(0.0)

    def _opened(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self.sheets.lay(pdf.sizes)
        ratio = max(height / width for width, height in pdf.sizes)
        self.thumbs.setIconSize(QSize(_THUMB, round(_THUMB * ratio)))
        self.thumbs.setGridSize(QSize(_THUMB + 24, round(_THUMB * ratio) + 32))
        for number in range(len(pdf.sizes)):
            item = QListWidgetItem(str(number + 1))
            item.setSizeHint(self.thumbs.gridSize())
            self.thumbs.addItem(item)
        self._draw_thumb(0)
        self.destroyed.connect(partial(_close, pdf))
        self.thumbs.setCurrentRow(0)
        self.thumbs.setVisible(len(pdf.sizes) > 1)

    def _draw_thumb(self, number: int) -> None:
        """Draw the small pages one after the other, so that a large one never waits for all of them."""
        if self._pdf and number < len(self._pdf.sizes):
            dpi = 72 * _THUMB * self.devicePixelRatio() / self._pdf.sizes[number][0]
            work.start(partial(_picture, self._pdf, number, dpi), partial(self._thumb, number), owner=self)

    def _thumb(self, number: int, picture: QImage) -> None:
        picture.setDevicePixelRatio(self.devicePixelRatio())
        paper = QPixmap.fromImage(picture)
        made = QIcon(paper)
        made.addPixmap(paper, QIcon.Mode.Selected)
        self.thumbs.item(number).setIcon(made)
        self._draw_thumb(number + 1)

    def _draw(self, number: int, dpi: float) -> None:
        if self._pdf:
            work.start(partial(_picture, self._pdf, number, dpi), partial(self.sheets.put, number, dpi), owner=self)

    def _turned(self, number: int) -> None:
        pages = len(self._pdf.sizes) if self._pdf else 0
        self.count.setText(_("Page {page} of {pages}").format(page=number + 1, pages=pages))
        self.thumbs.blockSignals(True)
        self.thumbs.setCurrentRow(number)
        self.thumbs.blockSignals(False)

    # --------------------------------------------------------------------------------------------- printing, saving

    def print(self) -> None:
        """Ask for the printer and print."""
        if not self._pdf:
            return
        printer = printer_for(self._pdf.sizes[0])
        printer.setDocName(self.name)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(self._pdf.sizes))
        if dialog.exec():
            memory.keep("printer", printer.printerName())
            self.send(printer)

    def send(self, printer: QPrinter) -> None:
        """Print on a printer that is set up, beside the window."""
        if not self._pdf:
            return
        self.strip.begin(_("Printing …"))
        task = partial(_send, self._pdf, self.data, printer)
        self._job = work.start(task, self._sent, self._refused, self.strip.step, stopped=self.strip.hide, owner=self)

    def save(self) -> None:
        """Ask where, and save the PDF."""
        folder = Path(memory.recall("folder", str(Path.home())))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), str(folder / f"{self.name}.pdf"), "PDF (*.pdf)"
        )
        if chosen:
            self.save_as(Path(chosen))

    def save_as(self, path: Path) -> None:
        """Save the PDF."""
        try:
            path.write_bytes(self.data)
        except OSError as error:
            sentence = _("The file could not be saved there: {reason}. Choose another folder or close the file.")
            self.banner.tell(sentence.format(reason=error.strerror or ""))
            return
        memory.keep("folder", str(path.parent))
        self._say(_("Saved as {name}.").format(name=path.name))

    def _sent(self, pages: int) -> None:
        self.strip.hide()
        self._say(_("Sent to the printer. Pages: {pages}.").format(pages=pages))
        self.printed.emit()

    def _refused(self, error: UserError) -> None:
        self.strip.hide()
        self.banner.tell(str(error))

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()

    # --------------------------------------------------------------------------------------------- shape

    def _build(self) -> None:
        self.thumbs.setObjectName("thumbs")
        self.thumbs.setAccessibleName(_("Pages"))
        self.thumbs.setViewMode(QListWidget.ViewMode.IconMode)
        self.thumbs.setMovement(QListWidget.Movement.Static)
        self.thumbs.setFixedWidth(_THUMB + 40)
        self.thumbs.setFlow(QListWidget.Flow.TopToBottom)
        self.thumbs.setWrapping(False)
        self.thumbs.currentRowChanged.connect(self.sheets.turn)
        self.thumbs.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(4)
        bar.addWidget(self.count)
        for icon, slot, text in (
            ("zoom-out", partial(self.zoom, -1), _("Smaller (Ctrl+-)")),
            ("zoom-in", partial(self.zoom, 1), _("Larger (Ctrl++)")),
            ("maximize-2", self.fit, _("Whole width (Ctrl+0)")),
        ):
            bar.addWidget(tool(icon, text, slot))
        bar.addStretch(1)
        bar.addWidget(button(_("Save as PDF"), self.save, "download"))
        bar.addSpacing(4)
        self.print_button = button(_("Print"), self.print, "printer", "primary")
        bar.addWidget(self.print_button)
        line = QFrame()
        line.setObjectName("hairline")
        inside = QHBoxLayout()
        inside.setSpacing(0)
        inside.addWidget(self.thumbs)
        inside.addWidget(self.sheets, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(line)
        column.addWidget(self.banner)
        column.addWidget(self.strip)
        column.addLayout(inside, 1)
        self.setFocusProxy(self.print_button)


class _Sheets(QScrollArea):
    """The pages below one another; only those in view are drawn."""

    moved = Signal(int)
    wanted = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sizes: list[tuple[float, float]] = []
        self._pages: list[QLabel] = []
        self._drawn: dict[int, float] = {}
        self._zoom = 0.0
        holder = QWidget()
        holder.setObjectName("desk")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        self._column.setSpacing(_GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(holder)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def lay(self, sizes: list[tuple[float, float]]) -> None:
        """Make room for pages of these sizes, in points."""
        self._sizes = sizes
        for _size in sizes:
            page = QLabel()
            page.setObjectName("paper")
            self._pages.append(page)
            self._column.addWidget(page, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.scale(0.0)

    def fitting(self) -> float:
        """Return the zoom at which the widest page fits."""
        widest = max((width for width, _height in self._sizes), default=595)
        return min((self.viewport().width() - 2 * _GAP - 2) / (widest * 96 / 72), 2.0)

    def scale(self, zoom: float) -> None:
        """Show the pages at a zoom; 0 fits the width."""
        self._zoom = zoom
        used = (zoom or self.fitting()) * 96 / 72
        for page, (width, height) in zip(self._pages, self._sizes, strict=True):
            page.setFixedSize(round(width * used), round(height * used))
        self._column.activate()
        self._look()

    def turn(self, number: int) -> None:
        """Bring a page into view."""
        if 0 <= number < len(self._pages):
            self.verticalScrollBar().setValue(self._pages[number].y() - _GAP)

    def put(self, number: int, dpi: float, picture: QImage) -> None:
        """Show a drawn page, unless it went out of view or another size was asked for meanwhile."""
        if self._drawn.get(number) != dpi:
            return
        picture.setDevicePixelRatio(self.devicePixelRatio())
        self._pages[number].setPixmap(QPixmap.fromImage(picture))

    def resizeEvent(self, event) -> None:  # type: ignore[override]
        super().resizeEvent(event)
        if not self._zoom and self._pages:
            self.scale(0.0)

    def _look(self) -> None:
        """Ask for the pages in view that are not drawn sharply, forget those far away."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        dpi = round((self._zoom or self.fitting()) * 96 * self.devicePixelRatio(), 2)
        middle = 0
        for number, page in enumerate(self._pages):
            if page.y() < (top + bottom) / 2:
                middle = number
            seen = page.y() < bottom + 200 and page.y() + page.height() > top - 200
            if seen and self._drawn.get(number) != dpi:
                self._drawn[number] = dpi
                self.wanted.emit(number, dpi)
            elif not seen and number in self._drawn:
                del self._drawn[number]
                page.clear()
        if self._pages:
            self.moved.emit(middle)


def printer_for(size: tuple[float, float]) -> QPrinter:
    """Return the printer used last, set up for a page of this size.

    Args:
        size: width and height in points.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if known := memory.recall("printer", ""):
        printer.setPrinterName(known)
    printer.setResolution(PRINT_DPI)
    width, height = size
    page = QPageSize(QSizeF(min(size), max(size)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, way, QMarginsF()))
    return printer


def _close(pdf: Pdf) -> None:
    """Close the document after what is still being drawn of it."""
    work.start(lambda _job: pdf.close())


def _picture(pdf: Pdf, number: int, dpi: float, _job: work.Job) -> QImage:
    return pdf.picture(number, dpi)


def _send(pdf: Pdf, data: bytes, printer: QPrinter, job: work.Job) -> int:
    """Print on the worker thread: where CUPS is, the PDF itself; elsewhere pictures of its pages."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(pdf.sizes)
    lp = shutil.which("lp") if sys.platform != "win32" and not printer.outputFileName() else None
    if not lp:
        return pdf.print(printer, job, range(first - 1, last))
    copies = str(max(1, printer.copyCount()))
    where = ["-d", printer.printerName()] if printer.printerName() else []
    asked = [lp, *where, "-n", copies, "-P", f"{first}-{last}"]
    # Handed over by the pipe: a file for the printer would lie in the open until it is printed.
    done = subprocess.run(asked, input=data, capture_output=True, check=False)  # noqa: S603 (our own arguments)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip()
        raise UserError(_("The printer did not take the document: {reason}").format(reason=reason))
    return last - first + 1
