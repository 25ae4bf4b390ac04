"""Sign-in sheets of 120 children on paper, for one day and for sixty. Run with a name, it is one of the makers."""

import shutil
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from benchmarks import table

RAW, CANVAS, OFFICE = "raw PDF writer (plain table)", "ReportLab canvas (plain table)", "Excel → LibreOffice"
SCAN_READY, FULL = "our scan-ready sheet", "our full sheet"


def contests(place: Path) -> Any:
    """Return both contests as one."""
    return Both(place)


class Both:
    """One day in a fresh process, and sixty days."""

    def __init__(self, place: Path) -> None:
        """Keep where to write."""
        self._place = place

    def hold(self, rounds: int | None = None) -> bool:
        """Hold both; tell whether every goal is met."""
        from benchmarks.contest import Goal  # noqa: PLC0415 (not part of what is measured)

        day = self._contest("Sign-in sheet of one day, 120 children", 1, (Goal(SCAN_READY, CANVAS, 0.7),))
        goals = (Goal(SCAN_READY, RAW, 2.5), Goal(SCAN_READY, CANVAS, 1.0), Goal(SCAN_READY, OFFICE, 0.02))
        pack = self._contest("Sign-in sheets of sixty days, 120 children", 60, goals)
        first, second = day.hold(rounds), pack.hold(rounds and max(3, rounds // 2))
        for made in sorted(self._place.glob("*.pdf")):
            print(f"  {made.name:34}{made.stat().st_size / 1_000:10.0f} KB")
        return first and second

    def _contest(self, title: str, days: int, goals: Any) -> Any:
        from benchmarks.contest import Contest  # noqa: PLC0415
        from benchmarks.measure import process  # noqa: PLC0415

        makers = {RAW: "raw", CANVAS: "canvas", SCAN_READY: "scan-ready", FULL: "full"}
        absent: list[str] = []
        if shutil.which("soffice"):
            makers[OFFICE] = "office"
        else:
            absent.append("LibreOffice is not installed")
        runs = {
            name: process("-m", "benchmarks.paper", maker, str(days), str(self._place / f"{maker}-{days}.pdf"))
            for name, maker in makers.items()
        }
        return Contest(title, runs, goals, absent, rounds=5 if days == 1 else 3)


def _raw(days: int, out: Path) -> None:
    from benchmarks import raw_pdf  # noqa: PLC0415

    raw_pdf.write(table.pages(days), out)


def _canvas(days: int, out: Path) -> None:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("F", table.FONT))
    canvas = Canvas(str(out), pagesize=(table.WIDTH, table.HEIGHT), pageCompression=1)
    for page in table.pages(days):
        canvas.setFont("F", 13)
        canvas.drawString(table.LEFT, table.HEIGHT - 45, page.title)
        canvas.setFont("F", 9)
        canvas.drawString(table.LEFT, table.HEIGHT - 62, page.line)
        canvas.setFont("F", 8)
        for n, row in enumerate((table.HEAD, *page.rows)):
            for x, text in zip(table.X, row, strict=False):
                canvas.drawString(x + 2, table.TOP - table.ROW * n - 20, text)
        canvas.setLineWidth(0.5)
        canvas.grid(list(table.X), [table.TOP - table.ROW * n for n in range(len(page.rows) + 2)])
        canvas.showPage()
    canvas.save()


def _office(days: int, out: Path) -> None:
    import xlsxwriter  # noqa: PLC0415

    book_file = out.with_suffix(".xlsx")
    with xlsxwriter.Workbook(book_file) as book:
        cell = book.add_format({"border": 1, "font_size": 8, "valign": "vcenter", "font_name": "Noto Sans SC"})
        listed = table.people()
        for day in table.days(days):
            sheet = book.add_worksheet(str(day))
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.write(0, 0, f"{table.TITLE} {day}")
            for n, row in enumerate((table.HEAD, *listed), 2):
                sheet.set_row(n, table.ROW)
                sheet.write_row(n, 0, (*row, *[""] * (len(table.HEAD) - len(row))), cell)
    home = f"-env:UserInstallation=file://{out.parent / 'office-home'}"
    command = ["soffice", "--headless", home, "--convert-to", "pdf", "--outdir", str(out.parent), str(book_file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ours(days: int, out: Path, layout: Any) -> None:
    from ccfs_desktop.reports import sign_in_sheet  # noqa: PLC0415
    from ccfs_desktop.reports.kit.paper import Paper  # noqa: PLC0415
    from ccfs_desktop.services.papers import DaySheet, Letterhead, SheetRow  # noqa: PLC0415

    printed = datetime(2017, 7, 3, 7, 5)
    head = Letterhead("阳光小熊玩具厂", "Sunny Bear Toys", "小熊之家", "2017", printed, "Li Na", "1", ("zh_CN", "en"))
    rows = tuple(
        SheetRow(n, n, name, number=code, age=7) for n, (_n, code, name, *_rest) in enumerate(table.people(), 1)
    )
    paper = Paper("Pack", language="zh_CN", made=printed)
    for n, day in enumerate(table.days(days)):
        sign_in_sheet.draw(paper, _sheet(DaySheet, head, day, rows, layout, n))
    out.write_bytes(paper.finish())


def _sheet(kind: Any, head: Any, day: date, rows: Any, layout: Any, n: int) -> Any:
    return kind(
        letterhead=head, day=day, group="A", opens=time(7, 30), closes=time(17, 30), capacity=120,
        code=f"7K2M9Q{n:02d}", layout=layout, revision=0, copy=1, site_key=bytes(32), rows=rows,
    )  # fmt: skip


if __name__ == "__main__":
    maker, wanted, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    if maker in {"scan-ready", "full"}:
        _ours(wanted, file, maker)
    else:
        {"raw": _raw, "canvas": _canvas, "office": _office}[maker](wanted, file)
