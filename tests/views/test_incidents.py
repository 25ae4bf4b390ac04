"""Incidents in the real window: reported, completed and signed by keyboard; what each role is shown."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database, undo
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.services import body_map, incident_list, incidents
from ccfs_desktop.services.incident_list import State
from ccfs_desktop.views.child_incidents import IncidentsTab
from ccfs_desktop.views.child_record import ChildRecord
from ccfs_desktop.views.incident_child import ChildPart
from ccfs_desktop.views.incident_new import NewIncident
from ccfs_desktop.views.incident_panel import IncidentPanel
from ccfs_desktop.views.incidents import IncidentsPage
from ccfs_desktop.views.incidents_list import IncidentsPlace
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.main_window import PAGES, MainWindow
from tests.spaces import Space, fill

Key = Qt.Key


@pytest.fixture(autouse=True)
def _afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", f"{clock.today()}T17:00")


class Desk:
    """Somebody at the window; keys go where the focus is."""

    def __init__(self, bot: QtBot, db: Database, role: str = "officer") -> None:
        self.bot, self.db = bot, db
        self.window = MainWindow(PAGES)
        bot.addWidget(self.window)
        self.window.resize(1366, 728)
        self.window.show()
        self.window.enter(
            Context(db, db.actor.user, role=role, undo=lambda: undo.undo_last(db).action, factory="东莞制衣")
        )
        self.window.go("incidents", place="incidents")
        self.settle()

    @property
    def page(self) -> IncidentsPage:
        page = self.window.page("incidents")
        assert isinstance(page, IncidentsPage)
        return page

    @property
    def place(self) -> IncidentsPlace:
        assert isinstance(self.page.place, IncidentsPlace)
        return self.page.place

    @property
    def panel(self) -> IncidentPanel:
        assert self.place.panel
        return self.place.panel

    def settle(self) -> None:
        QApplication.processEvents()
        self.bot.waitUntil(self.page.strip.isHidden)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            focus = QApplication.focusWidget()
            self.bot.keyClick(focus or self.window, key, with_)
            self.settle()

    def type(self, text: str, *then: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus
        self.bot.keyClicks(focus, text)
        self.press(*then)

    def fill_in(self, part: QWidget, name: str, text: str) -> None:
        """Type into a field and leave it."""
        form = next(f for f in part.findChildren(Form) if name in f.rows)
        form.rows[name].editor.setFocus()
        self.type(text, Key.Key_Tab)

    def choose(self, part: QWidget, name: str, letters: str) -> None:
        """Choose a word by its first letters."""
        form = next(f for f in part.findChildren(Form) if name in f.rows)
        form.rows[name].editor.setFocus()
        self.type(letters, Key.Key_Return)
        self.press(Key.Key_Tab)

    def seen(self) -> str:
        labels: Sequence[QWidget] = self.window.findChildren(QLabel)
        return "\n".join(w.text() for w in labels if isinstance(w, QLabel) and w.isVisible())


def report(db: Database, space: Space, *children: int, kind: Kind = Kind.INJURY) -> int:
    with db.begin("Report", final=True) as session:
        return incidents.report(
            session, space.season, kind=kind, place=Place.YARD, day=clock.today(), words="Fell from the slide.",
            by=db.actor.user, children=[space.children[n].id for n in children],
        ).id  # fmt: skip


def test_an_incident_is_reported_completed_and_signed_by_keyboard(qtbot: QtBot, db: Database):
    assert db.folder
    vault.Vault.create_demo(db.folder / "vault.json")
    space = fill(db, 3, today=True)
    desk = Desk(qtbot, db)
    desk.page.act()
    form = desk.page.findChild(NewIncident)
    assert form
    desk.type("In", Key.Key_Tab)
    form.form.rows["place"].editor.setFocus()
    desk.type("Ya", Key.Key_Tab)
    form.form.rows["words"].editor.setFocus()
    desk.type("Fell from the slide.")
    form.picker.setFocus()
    desk.type("wxm")
    form.picker.editingFinished.emit()
    assert [child.id for child in form.kids] == [space.children[1].id]
    form.send.setFocus()
    desk.press(Key.Key_Return)

    event, child = desk.panel.parts[0], desk.panel.parts[1]
    assert isinstance(child, ChildPart)
    desk.panel.sign_button.setFocus()
    desk.press(Key.Key_Return)
    assert "Who was in charge is not written down." in desk.page.banner.text.text()
    desk.fill_in(event, "staff_in_charge", "Wang Fang")
    desk.panel.tabs.setCurrentIndex(1)
    desk.choose(child, "severity", "1")
    desk.fill_in(child, "injury", "Graze on the left knee")
    child.map.canvas.setFocus()
    desk.press(*[Key.Key_Right] * 3)
    desk.press(*[Key.Key_Down] * 4, with_=Qt.KeyboardModifier.ShiftModifier)
    desk.press(Key.Key_Return)
    desk.fill_in(child, "first_aid", "Plaster")
    desk.press(Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    assert "Not informed yet" in desk.seen()
    desk.panel.sign_strip.confirm.setFocus()
    desk.press(Key.Key_Return)
    qtbot.waitUntil(lambda: desk.panel.incident.frozen)

    with db.read() as session:
        (row,) = incident_list.rows(session, space.season)
        (one,) = incidents.reports(session, incidents.get(session, row.id))
    assert (row.state, row.severity) == (State.PARENTS, 1)
    assert body_map.read(one.record.marks) == (body_map.Mark("front", 530, 520, body_map.Wound.CUT),)
    assert not desk.panel.sign_button.isVisible()


def test_marks_are_put_and_taken_with_the_mouse(qtbot: QtBot, db: Database):
    space = fill(db, 1, today=True)
    number = report(db, space, 0)
    desk = Desk(qtbot, db)
    desk.place.show_incident(number)
    desk.panel.tabs.setCurrentIndex(1)
    child = desk.panel.parts[1]
    assert isinstance(child, ChildPart)
    canvas = child.map.canvas
    chest = QPoint(round(canvas.width() * 0.225), round(canvas.height() * 0.35))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=chest)
    assert [body_map.place(mark) for mark in child.map.marks] == ["Chest"]
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=chest)
    assert child.map.marks == ()


def test_the_officer_reads_what_a_caregiver_reported_and_the_reading_is_noted_once(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database]
):
    space = fill(db, 1, today=True)
    number = report(as_role("caregiver"), space, 0)
    desk = Desk(qtbot, db)
    desk.place.show_incident(number)
    assert "Fell from the slide." in desk.seen()
    assert "As Wang Fang reported it:" in desk.seen()
    taken = next(b for b in desk.panel.findChildren(QPushButton) if "Begin the account" in b.text())
    taken.click()
    with db.read() as session:
        assert incidents.get(session, number).described == "Fell from the slide."
        noted = session.query(AuditEntry).filter(AuditEntry.entity == "incident read").count()
    assert noted == 1


@pytest.mark.parametrize("role", ["caregiver", "manager", "auditor"])
def test_without_the_key_no_name_and_no_word_is_shown(
    qtbot: QtBot, db: Database, as_role: Callable[..., Database], role: str
):
    space = fill(db, 1, today=True)
    number = report(db, space, 0)
    desk = Desk(qtbot, as_role(role), role)
    name = space.children[0].name
    assert name not in desk.seen()
    assert any(table.isVisible() for table in desk.page.findChildren(QTableView)) == (role != "caregiver")
    desk.place.show_incident(number)
    desk.settle()
    assert name not in desk.seen()
    assert "Fell from the slide." not in desk.seen()
    if role == "caregiver":
        assert "Your role may not" in desk.page.banner.text.text()


def test_what_was_typed_and_not_reported_is_there_again(qtbot: QtBot, db: Database):
    fill(db, 1, today=True)
    desk = Desk(qtbot, db)
    desk.page.act()
    form = desk.page.findChild(NewIncident)
    assert form
    form.form.rows["words"].editor.setFocus()
    desk.type("Half a senten")
    desk.window.go("today")
    desk.window.go("incidents")
    desk.page.pop()
    desk.page.act()
    assert desk.page.findChildren(NewIncident)[-1].form.rows["words"].editor.value() == "Half a senten"


def test_a_childs_file_lists_its_incidents(qtbot: QtBot, db: Database):
    space = fill(db, 1, today=True)
    report(db, space, 0)
    desk = Desk(qtbot, db)
    desk.window.go("children", child=space.children[0].id)
    record = desk.window.page("children").findChild(ChildRecord)
    assert record
    tab = record.part(IncidentsTab)
    tab.entered()
    line = next(b for b in tab.findChildren(QPushButton) if "Injury" in b.text())
    line.click()
    assert desk.panel.incident.kind is Kind.INJURY
