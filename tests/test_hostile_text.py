"""What people write is never markup: not on the screen, not on paper, not in Excel. Source: security.md 4.6, S6."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from sqlalchemy import LargeBinary, String, inspect, select

from ccfs_desktop.db import Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.models.base import Base, Choice
from ccfs_desktop.models.check import Check
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.masked import Masked
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.reports import issue_checks, issue_staff
from ccfs_desktop.reports.order import Order, When
from ccfs_desktop.reports.printables import PRINTABLES
from ccfs_desktop.services import demo, imports, seasons
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow

DAY = date(2017, 7, 20)
HOSTILE = (
    '<img src="{picture}" width="400" height="400">',
    "<b>unclosed",
    '<font color="[[].append(1) for x in [1]]">x</font>',
    '<a href="javascript:alert(1)">Li Na</a>',
    "&lt;b&gt; &amp; &#0;",
    '=HYPERLINK("x")',
    "+cmd|' /C calc'!A0",
    "%(name)s {name} {0} %s",
    "\u202egnihtemos\u202c Li\u200f",
    "nul\x00bell\x07escape\x1b",
    "'; DROP TABLE child; --",
    "../../../etc/passwd",
    "\U0001f469\u200d\U0001f467 𬭎 নাম ༀ",
    "a" * 400,
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An office in which every text that people may write is hostile."""
    monkeypatch.setenv("CCFS_TODAY", DAY.isoformat())
    picture = tmp_path / "red.png"
    red = QImage(400, 400, QImage.Format.Format_RGB32)
    red.fill(QColor(255, 0, 0))
    assert red.save(str(picture))
    db = demo.build(tmp_path / "office", language="en", today=DAY)
    with db.begin("Write hostile texts") as session:
        for kind in (m.class_ for m in Base.registry.mappers if hasattr(m.class_, "version")):
            texts = [c for c in inspect(kind).local_table.columns if _is_free_text(c)]
            for number, record in enumerate(session.scalars(select(kind).limit(40))):
                for offset, column in enumerate(texts):
                    text = HOSTILE[(number + offset) % len(HOSTILE)].replace("{picture}", picture.as_uri())
                    setattr(record, column.name, text[: getattr(column.type, "length", None) or 400])
    yield db
    db.close()


def _is_free_text(column: Any) -> bool:
    coded = {"weekdays", "criteria", "country", "paper_languages", "languages", "rows", "columns", "code", "sheet_code"}
    internal = {"number", "search", "sort_key", "number_key", "fingerprint", "ratio_profile", "space_profile"}
    coded |= {"required_papers", "required_skills", "shifts", "breaches"}
    internal |= {"content", "edition", "item"}
    kept = column.name in coded | internal or isinstance(column.type, LargeBinary)
    return isinstance(column.type, String | Masked) and not kept and not issubclass(column.type.python_type, Choice)


def _red(image: QImage) -> int:
    return sum(
        1
        for y in range(0, image.height(), 4)
        for x in range(0, image.width(), 4)
        if QColor(image.pixel(x, y)).name() == "#ff0000"
    )


@pytest.mark.usefixtures("qapp")
def test_no_page_obeys_what_people_write(office: Database, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1366, 740)
    window.enter(Context(office, HOSTILE[1], "officer", None, HOSTILE[3], HOSTILE[5]))
    window.show()
    for screen in PAGES:
        window.go(screen.name)
        for _ in range(8):
            qtbot.wait(20)
        assert _red(window.grab().toImage()) == 0, screen.name
    with office.read() as session:
        records = [("staff", "staff", key) for key in session.scalars(select(Staff.id))]
        records += [("children", "child", key) for key in session.scalars(select(Child.id).limit(len(HOSTILE)))]
        records += [("safety", "check", key) for key in session.scalars(select(Check.id).limit(3))]
    for page, kind, key in records:
        window.go(page, **{kind: key})
        for _ in range(3):
            qtbot.wait(20)
        assert _red(window.grab().toImage()) == 0, f"{kind} {key}"


def test_no_paper_obeys_what_people_write(office: Database) -> None:
    with office.read() as session:
        made = session.scalars(select(Check.id).limit(3)).all()
        staff = list(session.scalars(select(Staff.id)))
    for name in issue_staff.NAMES:
        with pypdfium2.PdfDocument(issue_staff.papers(office, name, staff)) as pdf:
            assert "<b>unclosed" in "".join(page.get_textpage().get_text_range() for page in pdf), name
    for printed in (issue_checks.history(office), *(issue_checks.completed(office, check) for check in made)):
        with pypdfium2.PdfDocument(printed) as pdf:
            assert all(page.get_textpage().get_text_range() for page in pdf)
    for paper in PRINTABLES:
        first = DAY.replace(day=1) if When.MONTH in paper.when else DAY
        pdf = pypdfium2.PdfDocument(paper.make(office, Order(first, until=None if first == DAY else DAY)))
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        assert len(pdf) > 0
        for page in pdf:
            image = page.render(scale=1).to_pil().convert("RGB")
            assert (255, 0, 0) not in {colour for _n, colour in image.getcolors(1 << 24)}, paper.name
        if paper.name == "sign-in-sheet":
            assert "<b>unclosed" in text
        pdf.close()
    assert verify(office).whole


def test_no_cell_of_the_returned_file_is_a_formula(office: Database, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    rows = [f'"{text.replace(chr(34), chr(34) * 2)}",,A-{n}' for n, text in enumerate(HOSTILE) if "\0" not in text]
    listed.write_text("Child name,Date of birth,Parent card no.\n" + "\n".join(rows), encoding="utf-8-sig")
    read = imports.read_file(office, ListKind.CHILDREN, listed)
    with office.read() as session:
        plan = imports.plan(session, seasons.current(session, DAY), ListKind.CHILDREN, read)
    imports.write_rejected(plan, tmp_path / "back.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0]
    assert sheet.max_row > 5
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
