"""The preview, through a real PDF: seen, saved, printed."""

from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ccfs_desktop.views.kit.paper import Paper, printer_for
from ccfs_desktop.views.kit.pdf import Pdf

PAGES = 12


@pytest.fixture(scope="module")
def data() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, pagesize=(842, 595))
    for number in range(PAGES):
        canvas.drawString(40, 550, f"Page {number + 1}")
        canvas.rect(40, 40, 760, 480, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def paper(qtbot: QtBot, data: bytes, said: list[str]) -> Paper:
    paper = Paper(data, "sign-in sheet 2017-07-10", say=said.append)
    qtbot.addWidget(paper)
    paper.resize(900, 600)
    paper.show()
    qtbot.waitUntil(lambda: paper.thumbs.count() == PAGES)
    return paper


def drawn(paper: Paper) -> list[int]:
    labels = paper.sheets.findChildren(QLabel, "paper")
    return [number for number, label in enumerate(labels) if not label.pixmap().isNull()]


def test_only_the_pages_in_view_are_drawn(paper: Paper, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: drawn(paper)[:1] == [0])
    assert len(drawn(paper)) <= 3
    assert paper.count.text() == f"Page 1 of {PAGES}"
    paper.thumbs.setCurrentRow(PAGES - 1)
    qtbot.waitUntil(lambda: drawn(paper)[-1:] == [PAGES - 1])
    qtbot.waitUntil(lambda: 0 not in drawn(paper))
    assert paper.count.text() == f"Page {PAGES} of {PAGES}"


def test_zooming_draws_the_page_anew(paper: Paper, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: drawn(paper)[:1] == [0])
    page = paper.sheets.findChildren(QLabel, "paper")[0]
    width = page.width()
    paper.zoom(1)
    assert page.width() > width
    paper.fit()
    assert page.width() == width


def test_it_is_saved_where_there_is_room_and_says_why_where_not(paper: Paper, said: list[str], tmp_path: Path) -> None:
    paper.save_as(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes() == paper.data
    assert said == ["Saved as sheet.pdf."]
    paper.save_as(tmp_path / "nowhere" / "sheet.pdf")
    assert paper.banner.isVisible()
    assert "could not be saved there" in paper.banner.text.text()


def test_every_page_is_printed_the_right_way_round(paper: Paper, qtbot: QtBot, tmp_path: Path) -> None:
    printer = printer_for((842, 595))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    with qtbot.waitSignal(paper.printed, timeout=20_000):
        paper.send(printer)
    printed = Pdf((tmp_path / "printed.pdf").read_bytes())
    assert len(printed.sizes) == PAGES
    assert printed.sizes[0][0] == pytest.approx(842, abs=2)
    assert printed.picture(0, 72, gray=True).pixelColor(400, 300).lightness() < 40
    printed.close()
    assert not paper.strip.isVisible()


def test_only_the_wanted_pages_are_printed(data: bytes, tmp_path: Path, qapp: object) -> None:
    from ccfs_desktop.views.kit.work import Job

    assert qapp
    printer = printer_for((842, 595))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    document = Pdf(data)
    assert document.print(printer, Job(), range(2, 4)) == 2
    document.close()
    printed = Pdf((tmp_path / "some.pdf").read_bytes())
    assert len(printed.sizes) == 2
    printed.close()
