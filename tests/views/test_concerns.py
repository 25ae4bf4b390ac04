"""A safeguarding concern in the real window: reported and followed by keyboard; a caregiver is shown nothing of it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock
from ccfs_desktop.db import Database, undo
from ccfs_desktop.errors import UserError
from ccfs_desktop.reports.order import Order
from ccfs_desktop.reports.printables import PRINTABLES
from ccfs_desktop.services import audit_trail, children, concerns
from ccfs_desktop.services.audit_trail import Look
from ccfs_desktop.services.concerns import Report, Step
from ccfs_desktop.views.concern_new import NewConcern
from ccfs_desktop.views.concern_record import ConcernRecord
from ccfs_desktop.views.incidents import IncidentsPage
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from tests.spaces import fill
from tests.window_walk import every_place


def _window(qtbot: QtBot, db: Database, role: str = "officer") -> tuple[MainWindow, IncidentsPage]:
    window = MainWindow(PAGES)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    window.show()
    window.enter(Context(db, db.actor.user, role=role, factory="东莞制衣"))
    window.go("incidents", place="concerns")
    QApplication.processEvents()
    page = window.page("incidents")
    assert isinstance(page, IncidentsPage)
    return window, page


def _type(qtbot: QtBot, text: str, *then: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus
    qtbot.keyClicks(focus, text)
    for key in then:
        qtbot.keyClick(QApplication.focusWidget() or focus, key)


def _seen(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_concern_is_reported_read_and_closed(qtbot: QtBot, db: Database):
    fill(db)
    _shown, page = _window(qtbot, db)
    page.act()
    QApplication.processEvents()
    _type(qtbot, "Xiao Yu", Qt.Key.Key_Tab)
    _type(qtbot, "Afraid to go home.")
    form = page.findChild(NewConcern)
    assert form
    form.send.click()
    table = next(t for t in page.findChildren(QTableView) if t.isVisible())
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    record = page.findChild(ConcernRecord)
    assert record
    assert "Afraid to go home." in _seen(record)
    record.form.show_values({"step": Step.CLOSING, "words": "The aunt looks after her."})
    record.save()
    with db.read() as session:
        (case,) = concerns.every(session)
    assert (case.report.about, case.closed) == ("Xiao Yu", True)


@pytest.mark.parametrize("role", ["caregiver", "manager"])
def test_who_may_only_report_sees_the_way_to_report_and_nothing_else(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database], role: str
):
    fill(db)
    with db.begin(concerns.REPORTED, final=True) as session:
        concerns.report(session, Report(about="Xiao Yu", what="Afraid to go home."))
    window, page = _window(qtbot, as_role(role), role)
    assert "Xiao Yu" not in _seen(window)
    assert not any(table.isVisible() for table in page.findChildren(QTableView))
    assert "Report it the same day" in _seen(page)


def test_what_was_typed_and_not_sent_is_there_again_until_the_office_is_closed(qtbot: QtBot, db: Database):
    fill(db)
    window, page = _window(qtbot, db)
    page.act()
    QApplication.processEvents()
    _type(qtbot, "Xiao Yu", Qt.Key.Key_Tab)
    window.go("today")
    window.go("incidents")
    page.pop()
    page.act()
    QApplication.processEvents()
    form = page.findChildren(NewConcern)[-1]
    assert form.form.rows["about"].editor.value() == "Xiao Yu"


MARKS = ("Qzxvara", "Wkljhurt", concerns.REPORTED, concerns.READ)
"""The child's name, a word of the report, and what the trail calls the letters."""


def test_a_caregiver_finds_no_trace_of_a_concern_anywhere(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fill(db, today=True)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with db.begin(concerns.REPORTED, final=True) as session:
        number = concerns.report(session, Report(about=MARKS[0], what=f"She is often {MARKS[1]}."))
        concerns.add(session, number, Step.TALK, f"{MARKS[0]} and her aunt")
    with db.begin(concerns.READ, final=True) as session:
        db.note(session, "concern", str(number))
    caregiver = as_role("caregiver")
    window, _page = _window(qtbot, caregiver, "caregiver")
    told = [*_everything_shown(window), *_everything_printed(caregiver), *(a.action for a in undo.history(caregiver))]
    for ask in (lambda s: children.find(s, MARKS[0]), lambda s: audit_trail.deeds(s, Look())):
        with pytest.raises(UserError), caregiver.read() as session:
            ask(session)
    assert concerns.REPORTED in [a.action for a in undo.history(db)], "whoever holds the key is told"
    assert [text for text in told if any(mark in text for mark in MARKS)] == []
    files = [path for folder in (db.folder, temporary) if folder for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if any(mark.encode() in path.read_bytes() for mark in MARKS[:2])] == []


def _everything_shown(window: MainWindow) -> Iterator[str]:
    """Go to every page and place, and read every label, button, field and table."""
    for _name, _page in every_place(window):
        QApplication.processEvents()
        yield from (label.text() for label in window.findChildren(QLabel))
        yield from (one.text() for one in window.findChildren(QAbstractButton))
        yield from (one.text() for one in window.findChildren(QLineEdit))
        for table in window.findChildren(QTableView):
            model = table.model()
            for row in range(model.rowCount()):
                yield from (str(model.index(row, n).data()) for n in range(model.columnCount()))


def _everything_printed(db: Database) -> Iterator[str]:
    for paper in PRINTABLES:
        try:
            pdf = paper.make(db, Order(clock.today()))
        except UserError:
            continue
        document = pypdfium2.PdfDocument(pdf)
        yield from (page.get_textpage().get_text_range() for page in document)
        document.close()
