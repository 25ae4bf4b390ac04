"""A safeguarding concern in the real window: reported and followed by keyboard; a caregiver is shown nothing of it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database
from ccfs_desktop.services import concerns
from ccfs_desktop.services.concerns import Report, Step
from ccfs_desktop.views.concern_new import NewConcern
from ccfs_desktop.views.concern_record import ConcernRecord
from ccfs_desktop.views.incidents import IncidentsPage
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.main_window import PAGES, MainWindow
from tests.spaces import fill


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
