"""The window as each role sees it: what one may not use is not there, and what is asked for all the same is refused."""

import json
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ccfs_desktop.app import _context  # pyright: ignore[reportPrivateUsage] (as the program makes it)
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Refused
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.incident import Kind, Place
from ccfs_desktop.services import attendance, incidents, searching
from ccfs_desktop.views.child_record import ChildRecord
from ccfs_desktop.views.children import ChildrenPage
from ccfs_desktop.views.kit.filters import SearchBox
from ccfs_desktop.views.kit.finder import Finder
from ccfs_desktop.views.kit.form import Form
from ccfs_desktop.views.main_window import PAGES, MainWindow
from ccfs_desktop.views.settings import PANELS, RIGHTS
from tests import spaces
from tests.spaces import MONDAY, Space
from tests.window_walk import every_place

ROLES = ("officer", "coordinator", "caregiver", "manager", "auditor", "administrator")
SEEN = {
    "officer": "today attendance children staff safety incidents reports settings",
    "coordinator": "today attendance children staff safety incidents reports settings",
    "caregiver": "today attendance staff safety incidents settings",
    "manager": "today attendance staff safety incidents reports settings",
    "auditor": "today attendance children staff safety incidents reports settings",
    "administrator": "settings",
}
"""Role → the pages in the rail."""

Enter = Callable[..., MainWindow]


@pytest.fixture
def space(db: Database) -> Space:
    space = spaces.fill(db)
    spaces.on_duty(db, space)
    with db.begin("Sign in") as session:
        for child in space.children:
            attendance.sign_in(session, space.season, child.id, MONDAY, at=time(8))
    return space


@pytest.fixture
def enter(db: Database, space: Space, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    from ccfs_desktop import vault

    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:15")
    opened: list[Database] = []

    def entered(role: str, period: str = "") -> MainWindow:
        keys = {name: db.keys[name] for name in vault.ROLES[role]}
        opened.append(Database(db.target, keys, Actor("Wang Fang", role, period)))
        window = MainWindow(PAGES)
        qtbot.addWidget(window)
        window.resize(1200, 720)
        window.show()
        window.enter(_context(opened[-1], window, lambda: None, lambda _folder: None))
        return window

    assert space.children
    yield entered
    for office in opened:
        office.close()


def rail(window: MainWindow) -> list[str]:
    return list(window.rail._buttons)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def says(window: Any, words: str) -> bool:
    return any(words in label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("role", ROLES)
def test_every_page_a_role_sees_opens_and_the_others_are_refused(role: str, enter: Enter, qtbot: QtBot):
    window = enter(role)
    assert rail(window) == SEEN[role].split()
    for screen in PAGES:
        window.go(screen.name)
        page = window.page(screen.name)
        refused = screen.name not in SEEN[role].split()
        assert says(page, "Your role does not include this page") == refused, screen.name
        places = getattr(page, "shown", ())
        for kind in places if isinstance(places, tuple) and not refused else ():
            page.open(place=kind.name)  # type: ignore[attr-defined]
            qtbot.wait(10)
            assert not says(page, "Your role does not include this page"), kind.name
            assert not says(page.banner, "Your role may not"), kind.name
        assert not says(page.banner, "Your role may not"), screen.name
    titles = {found.title for found in window._places()}  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    assert ("Children" in titles) == ("children" in SEEN[role].split())
    assert window.context
    assert window.context.find
    found = [one.title for one in window.context.find("xiao")]
    assert bool(found) == (role in {"officer", "coordinator", "auditor"})


@pytest.mark.parametrize("role", ROLES)
def test_the_settings_show_the_parts_that_are_ones_own(role: str, enter: Enter):
    window = enter(role)
    assert window.context
    window.go("settings")
    page: Any = window.page("settings")
    for number, (name, *_rest) in enumerate(PANELS):
        allowed = window.context.may(*RIGHTS.get(name, ()))
        assert page.parts.item(number).isHidden() != allowed
        if allowed:
            page.open(part=name)
            assert not says(page, "Your role"), name


def test_a_caregiver_reports_incidents_without_a_tab_of_corrective_actions(enter: Enter):
    page: Any = (window := enter("caregiver")).page("incidents")
    window.go("incidents")
    assert [kind.name for kind in page.shown] == ["incidents", "concerns"]
    window.go("incidents", actions="overdue")  # as from an old link
    assert page.tabs.isVisible()
    page.show_unready(Refused("Your role may not do this."))
    assert page.tabs.isVisible()
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "Open Settings"]


@pytest.mark.parametrize(
    ("role", "missing"),
    [("officer", ""), ("caregiver", "corrective audit"), ("administrator", "corrective safeguarding medicine patrol")],
)
def test_parts_of_pages_are_found_by_their_own_names(enter: Enter, qtbot: QtBot, role: str, missing: str):
    window = enter(role)
    for word in ("user", "password", "corrective", "safeguarding", "medicine", "patrol", "backup", "audit"):
        window.seek()
        finder = window.findChildren(Finder)[-1]
        finder.box.setText(word)
        finder.box.searched.emit(word)
        wanted = word not in missing.split()
        qtbot.waitUntil(lambda f=finder, w=wanted: bool(f.list.topLevelItemCount()) == w, timeout=20_000)
        if not wanted:
            qtbot.wait(300)
        assert bool(finder.list.topLevelItemCount()) == wanted, word
        finder.leave()
    if role == "officer":
        window.seek()
        finder = window.findChildren(Finder)[-1]
        finder.box.setText("visitor")
        qtbot.waitUntil(lambda: finder.list.topLevelItemCount() == 1)
        QTest.keyClick(finder.box, Qt.Key.Key_Return)
        page: Any = window.page("safety")
        assert (page.place.name, page.place.log.name) == ("logs", "visitors")
        window.seek()  # what the place in view offers is found, too
        finder = window.findChildren(Finder)[-1]
        finder.box.setText("visitor")
        offered: Any = finder.list.topLevelItem(0)
        assert offered.text(0) == page.primary_button.text()
        finder.leave()


def test_the_number_keys_count_the_pages_that_are_there(enter: Enter):
    window = enter("caregiver")
    window.activateWindow()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.stack.currentWidget() is window.page("staff")


def test_an_auditor_reads_a_file_and_reveals_a_family(enter: Enter, db: Database, space: Space, qtbot: QtBot):
    window = enter("auditor", "2017-07-03/2017-08-25")
    window.go("children", child=space.children[0].id)
    page = window.page("children")
    (record,) = page.findChildren(ChildRecord)
    assert page.header.title.text().startswith("李**")
    assert says(record, "Names and phones are masked")
    (form,) = record.findChildren(Form)
    assert not form.rows["nickname"].editor.isEnabled() or form.rows["nickname"].editor.line.isReadOnly()  # type: ignore[attr-defined]
    (reveal,) = [b for b in record.veil.findChildren(QPushButton) if b.text() == "Reveal this family"]
    reveal.setFocus()
    qtbot.keyClick(reveal, Qt.Key.Key_Return)
    assert page.header.title.text().startswith("李小明")
    assert not record.veil.isVisible()
    assert verify(db).whole


def test_a_caregiver_signs_in_children_and_nothing_of_their_files_is_shown(enter: Enter, space: Space):
    window = enter("caregiver")
    window.go("attendance")
    page: Any = window.page("attendance")
    assert not page.primary_button.isVisible()  # closing the day is the coordinator's
    assert page.register.model.rowCount() >= len(space.children)


def test_reports_and_today_offer_what_leads_somewhere(enter: Enter):
    window = enter("auditor")
    window.go("reports")
    page: Any = window.page("reports")
    offered = [page.place.papers.item(n).text() for n in range(page.place.papers.count())]
    assert "Proof of the ratio" in offered
    assert "The day's pack" not in offered
    assert "Medicine log" not in offered
    window = enter("caregiver")
    assert window.leads_to("attendance")
    assert not window.leads_to("children")


def test_a_search_by_name_is_noted_once_and_without_the_name(enter: Enter, db: Database, space: Space, qtbot: QtBot):
    name = space.children[0].name
    window = enter("officer")
    window.go("children")
    page = window.findChild(ChildrenPage)
    assert page
    box = page.filters.search
    box.setFocus()
    QTest.keyClicks(box, "zz")
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 0)
    box.setText(name)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    QTest.keyClick(box, Qt.Key.Key_Down)
    page.table.setFocus()
    window.seek()
    finder = window.findChildren(Finder)[-1]
    finder.box.setText(name)
    qtbot.waitUntil(lambda: finder.list.topLevelItemCount() >= 1)
    QTest.keyClick(finder.box, Qt.Key.Key_Escape)
    window.seek()  # nothing looked for
    QTest.keyClick(window.findChildren(Finder)[-1].box, Qt.Key.Key_Escape)

    found = _searches(db)
    assert [place for place, _body in found] == ["children", "everywhere"]
    assert not [body for _place, body in found if name in body]


def test_a_search_of_any_list_of_people_is_noted_also_when_emptied_or_cut_short(
    enter: Enter, db: Database, space: Space, qtbot: QtBot
):
    name = space.children[0].name
    with db.begin("Report") as session:
        incidents.report(
            session, space.season, kind=Kind.INJURY, place=Place.YARD, day=MONDAY, words="Fell.", by="Li Na",
            children=[space.children[0].id],
        )  # fmt: skip
    window = enter("officer")

    def look(page: QWidget) -> None:
        QApplication.processEvents()
        for box in (box for box in page.findChildren(SearchBox) if box.isVisible()):
            box.setFocus()
            box.setText(name)
            QTest.keyClick(box, Qt.Key.Key_Return)
            box.clearFocus()

    for _name, page in every_place(window):
        look(page)
    window.go("safety", place="patrols", part="sightings")
    look(window.page("safety"))
    assert {place for place, _body in _searches(db)} == {
        "children", "staff", "medicine", "health", "incidents", "logs", "quality", "sightings",
    }  # fmt: skip
    window.go("children")
    page = window.page("children")
    assert isinstance(page, ChildrenPage)
    box = page.filters.search
    box.clear()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 1)
    before = len(_searches(db))
    for _again in range(2):
        box.setFocus()
        box.setText(name)
        qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
        QTest.keyClick(box, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: page.table.rows.rowCount() > 1)
    assert [json.loads(body)["found"] for _place, body in _searches(db)[before:]] == [1, 1], "not what came back"
    box.setText(name)
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 1)
    window.lock()
    assert len(_searches(db)) == before + 3


def _searches(db: Database) -> list[tuple[str, str]]:
    """Return where people were looked for, and what the trail says of it."""
    with db.read() as session:
        found = session.execute(
            select(AuditEntry.entity_id, AuditPayload.body)
            .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
            .where(AuditEntry.entity == searching.SEARCHED)
            .order_by(AuditEntry.seq)
        )
        return [(place, body or "") for place, body in found]
