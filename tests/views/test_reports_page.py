"""The Reports page: a report is issued, found in the register, and verified, in the real window."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from ccfs_desktop import vault
from ccfs_desktop.db import Database
from ccfs_desktop.services import disclosures, documents
from ccfs_desktop.services.verifying import State
from ccfs_desktop.views.attendance_month import MonthPanel
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.paper import Paper
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.reports import PapersPlace, ReportsPage
from ccfs_desktop.views.reports_figures import FiguresPlace
from ccfs_desktop.views.reports_pack import PackPlace
from ccfs_desktop.views.reports_register import RegisterPlace
from ccfs_desktop.views.reports_verify import VerifyPlace
from tests.spaces import MONDAY, fill


class Desk:
    """The officer at the Reports page."""

    def __init__(self, bot: QtBot, db: Database) -> None:
        assert db.folder
        vault.Vault.create_demo(db.folder / "vault.json")
        self.bot, self.db = bot, db
        fill(db, 2)
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(911, 493)
        self.window.show()
        self.window.enter(Context(db, "Li Na", demonstration=True, factory="东莞制衣"))
        self.window.go("reports")
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        self.page = page

    def paper(self) -> Paper:
        """Wait for the preview."""
        self.bot.waitUntil(lambda: isinstance(self.page.stack.currentWidget(), Paper), timeout=20_000)
        shown = self.page.stack.currentWidget()
        assert isinstance(shown, Paper)
        return shown

    def issue(self) -> bytes:
        """Issue the proof of the ratio, and come back."""
        self.window.go("reports", paper="ratio-proof", day=MONDAY)
        self.page.act()
        pdf = self.paper().data
        self.page.pop()
        return pdf

    @property
    def register(self) -> RegisterPlace:
        place = self.page.show_place("register")
        assert isinstance(place, RegisterPlace)
        return place

    @property
    def desk(self) -> VerifyPlace:
        place = self.page.show_place("verify")
        assert isinstance(place, VerifyPlace)
        return place

    def verified(self, path: Path) -> VerifyPlace:
        place = self.desk
        place.answer = None
        place.verify(path)
        self.bot.waitUntil(lambda: place.answer is not None, timeout=20_000)
        return place


@pytest.fixture
def d(qtbot: QtBot, db: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:15")
    return Desk(qtbot, db)


def test_a_report_says_that_it_is_issued_and_a_working_paper_does_not(d: Desk):
    place = d.page.show_place("papers")
    assert isinstance(place, PapersPlace)

    place.open(paper="ratio-proof")
    assert place.issued.isVisible()
    assert not place.archive.isVisible(), "it is always a PDF/A"
    place.open(paper="visitor-log")
    assert not place.issued.isVisible()
    assert place.archive.isVisible()


def test_an_issued_report_is_shown_again_from_the_register_byte_for_byte(d: Desk):
    assert d.register.stack.currentIndex() == 1, "nothing was issued yet"
    pdf = d.issue()

    assert d.register.table.model().rowCount() == 1
    d.register.table.choose(0)
    assert "SHA-256" in d.register.told.text()
    d.page.act()
    shown = d.paper()

    assert shown.data == pdf
    assert shown.name == "ratio-proof-2017-0001"
    assert d.page.header.title.text() == "Proof of the ratio · 2017-0001"


def test_a_dropped_file_is_answered_in_a_sentence(d: Desk, tmp_path: Path):
    pdf = d.issue()
    own, changed, garbage = tmp_path / "own.pdf", tmp_path / "changed.pdf", tmp_path / "garbage.pdf"
    own.write_bytes(pdf)
    changed.write_bytes(pdf[:-1])
    garbage.write_bytes(b"garbage")

    place = d.desk
    drop(place, own)
    d.bot.waitUntil(lambda: place.answer is not None, timeout=20_000)
    assert (place.word.text(), place.word.property("tone")) == ("Unaltered", "accent")
    assert "Byte for byte document 2017-0001" in place.sentence.text()
    assert place.show_button.isVisible()

    d.verified(changed)
    assert (place.word.text(), place.word.property("tone")) == ("Altered", "danger")
    assert "Its end is missing" in place.sentence.text()
    place.show_button.click()
    assert d.paper().data == pdf, "what it should be"
    d.page.pop()

    d.verified(garbage)
    assert place.word.text() == "Cannot be read"
    assert not place.show_button.isVisible()


def test_the_seal_of_a_paper_copy_is_typed_beside_it(d: Desk, tmp_path: Path):
    pdf = d.issue()
    path = tmp_path / "own.pdf"
    path.write_bytes(pdf)
    place = d.desk

    place.head.setText(documents.marks(pdf)[0].seal.lower())
    assert d.verified(path).answer
    assert place.notes.text() == "The printed seals are in this office's trail."
    place.head.setText("#12 7K2M-9QXA-RT4C")
    assert d.verified(path).word.text() == "Altered"
    place.head.setText("nonsense")
    place.verify(path)
    d.bot.waitUntil(d.page.banner.isVisible)
    assert "is not a seal" in d.page.banner.text.text()


def test_a_file_is_chosen_by_the_page_s_button(d: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "empty.pdf"
    path.touch()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_rest: (str(path), ""))
    place = d.desk

    d.page.act()

    d.bot.waitUntil(lambda: place.answer is not None)
    assert place.answer
    assert place.answer.state is State.UNREADABLE
    assert place.sentence.text() == "The file is empty."


def drop(place: VerifyPlace, path: Path) -> None:
    """Drop a file as the desktop does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(place.drop, QDragEnterEvent(QPoint(10, 10), action, data, buttons, keys))
    assert place.drop.field.property("dropping")
    QApplication.sendEvent(place.drop, QDropEvent(QPointF(10, 10), action, data, buttons, keys))
    assert not place.drop.field.property("dropping")


# ---------------------------------------------------------------------------------------------------------- key figures
def test_a_key_figure_leads_to_its_records(d: Desk):
    place = d.page.show_place("figures")
    assert isinstance(place, FiguresPlace)
    d.bot.waitUntil(lambda: "K14b" in place.figures, timeout=20_000)
    assert place.period.currentText() == "Summer 2017"
    assert place.table.rows.rowCount() == len(place.figures)

    place.open(figure="K04")
    assert "Child-days attended among those expected" in place.told.text()
    d.page.act()
    attendance = d.window.page("attendance")
    assert d.window.stack.currentWidget() is attendance
    assert isinstance(attendance.stack.currentWidget(), MonthPanel)

    d.window.go("reports", place="figures")
    for key, page in (
        ("K01", "children"),
        ("K10", "staff"),
        ("K11", "safety"),
        ("K12", "incidents"),
        ("K14b", "safety"),
    ):
        place.where_from(key)
        assert d.window.stack.currentWidget() is d.window.page(page)


def test_the_compliance_report_is_asked_for_by_month_and_standard(d: Desk):
    d.window.go("reports", paper="compliance-report", month=(date(2017, 7, 1), date(2017, 7, 31)), standard="bsci")
    place = d.page.place
    assert isinstance(place, PapersPlace)
    assert place.month.isVisible()
    assert not place.day.isVisible()
    assert (place.month.currentText(), place.standard.currentText()) == ("July 2017", "amfori BSCI")
    d.page.act()
    assert documents.marks(d.paper().data)
    d.page.pop()
    with d.db.read() as session:
        (issued,) = documents.listed(session)
    assert (issued.name, issued.filters) == ("compliance-report", "bsci")
    assert (issued.first_day, issued.last_day) == (date(2017, 7, 1), date(2017, 7, 19))


def test_the_audit_pack_is_made_into_a_folder_and_shown(d: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = d.page.show_place("pack")
    assert isinstance(place, PackPlace)
    assert d.page.primary_button.text() == "Make the audit pack"
    assert not place.form.isRowVisible(place.first)
    place.period.setCurrentIndex(place.period.count() - 1)
    assert place.form.isRowVisible(place.first)
    place.redaction.setCurrentIndex(0)
    assert "no names" in place.told.text()
    place.redaction.setCurrentIndex(2)
    place.folder.setText(str(tmp_path / "nowhere"))
    d.page.act()
    d.bot.waitUntil(lambda: "Choose another folder" in d.page.banner.text.text(), timeout=20_000)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    place.choose.click()
    place.first.setCurrentIndex(0)
    place.last.setCurrentIndex(0)
    d.page.act()
    d.bot.waitUntil(lambda: place.done is not None, timeout=60_000)
    assert place.done
    assert sorted(path.suffix for path in tmp_path.glob("audit-pack-*")) == [".json", ".pdf", ".xlsx"]
    assert place.done.made.document.number in place.word.text()
    place.show_button.click()
    assert d.paper().data == place.done.made.pdf


def test_the_audit_pack_is_made_by_keyboard_says_how_far_it_is_and_can_be_stopped(
    d: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = d.page.show_place("pack")
    assert isinstance(place, PackPlace)
    d.bot.waitUntil(place.period.isVisible)
    out = tmp_path / "out"
    out.mkdir()
    place.folder.setText(str(out))
    place.period.setFocus()
    d.bot.keyClick(place.period, Qt.Key.Key_End)
    assert place.form.isRowVisible(place.first), "other days"
    d.bot.waitUntil(place.first.isVisible)
    for field in (place.first, place.last, place.standard, place.redaction, place.sample, place.seed):
        d.bot.keyClick(QApplication.focusWidget() or place, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is field
    d.bot.keyClick(place.first, Qt.Key.Key_End)
    d.bot.keyClick(place.last, Qt.Key.Key_Home)
    d.bot.keyClick(d.page.primary_button, Qt.Key.Key_Space)
    d.bot.waitUntil(lambda: "The last day lies before the first." in d.page.banner.text.text(), timeout=20_000)

    d.bot.keyClick(place.first, Qt.Key.Key_Home)
    d.page.act()
    assert d.page.strip.isVisible()
    (button,) = d.page.strip.findChildren(QPushButton)
    d.bot.keyClick(button, Qt.Key.Key_Space)
    d.bot.waitUntil(lambda: d.window.status.message.whole == "Stopped. Nothing was changed.", timeout=20_000)
    assert list(out.iterdir()) == []
    with d.db.read() as session:
        assert documents.listed(session) == []
        assert disclosures.listed(session) == [], "what was not made was not given to anybody"

    steps: list[tuple[int, int]] = []
    monkeypatch.setattr(d.page.strip, "step", lambda *step: steps.append(step))
    d.page.act()
    d.bot.waitUntil(lambda: place.done is not None, timeout=60_000)
    assert place.done
    assert place.done.made.document.serial == 1, "the stopped one used up no number"
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert steps[0][0] == 0 < len(steps), "how far it is was told from the beginning"
    assert QApplication.focusWidget() is place.show_button
