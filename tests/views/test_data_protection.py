"""Data protection through the window: seen before, approved by somebody else, done, and on record."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child, ConsentPurpose
from ccfs_desktop.models.protection import Basis
from ccfs_desktop.services import children, disclosures, disposals, erasure_due, offices, retention
from ccfs_desktop.vault import Vault
from ccfs_desktop.views.data_erase import EraseSheet
from ccfs_desktop.views.data_protection import DataPanel
from ccfs_desktop.views.kit.context import Context
from ccfs_desktop.views.kit.paper import Paper
from ccfs_desktop.views.settings import PANELS, SettingsPage
from tests.spaces import MONDAY, Space, fill


@pytest.fixture
def space(db: Database) -> Space:
    assert db.folder
    Vault.create_demo(db.folder / offices.VAULT)  # a name is enough to approve, as in a demonstration
    return fill(db)


@pytest.fixture
def panel(db: Database, space: Space, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> DataPanel:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:15")
    page = SettingsPage(Context(db, "Li Na"))
    qtbot.addWidget(page)
    page.resize(1200, 720)
    page.show()
    assert space.children
    page.open(part="data")
    found = page._panels[[name for name, *_rest in PANELS].index("data")]  # noqa: SLF001  # pyright: ignore
    assert isinstance(found, DataPanel)
    return found


def above(panel: DataPanel, qtbot: QtBot, kind: type[Any]) -> Any:
    """Wait until something lies over the settings."""
    stack = panel.page.stack
    qtbot.waitUntil(lambda: isinstance(stack.currentWidget(), kind), timeout=20_000)
    return stack.currentWidget()


def write(sheet: EraseSheet, name: str, text: str, qtbot: QtBot) -> None:
    editor: Any = sheet.form.rows[name].editor
    field = editor.focusProxy() or editor
    field.setFocus()
    qtbot.keyClicks(field, text)


def test_a_guardian_asks_and_a_second_person_approves(panel: DataPanel, space: Space, db: Database, qtbot: QtBot):
    child = space.children[0]
    panel.part.erase_child(child)
    sheet = above(panel, qtbot, EraseSheet)

    write(sheet, "reason", "Letter of July", qtbot)
    write(sheet, "approver", "li na", qtbot)
    qtbot.mouseClick(sheet.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(sheet.form.rows["approver"].problem.text()), timeout=20_000)
    assert "Ask somebody else" in sheet.form.rows["approver"].problem.text()

    sheet.form.rows["approver"].editor.show_value("Wang Fang")
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "D-2017-001" in panel.page.banner.text.text(), timeout=20_000)

    with db.read() as session:
        assert session.get_one(Child, child.id).erased_on == date(2017, 7, 10)
        assert disposals.listed(session)[0].approved_by.startswith("Wang Fang")
    panel.open("erased")
    panel.part.print()
    above(panel, qtbot, Paper)


def test_what_is_due_is_listed_and_erased_from_the_list(panel: DataPanel, space: Space, db: Database, qtbot: QtBot):
    with db.begin("Withdraw") as session:
        children.withdraw_consent(session, space.children[1].id, ConsentPurpose.DATA, on=MONDAY)
    panel.page.refresh()
    assert [one.child_id for one in panel.part.dues] == [space.children[1].id]

    qtbot.keyClick(panel.part.table, Qt.Key.Key_Return)
    sheet = above(panel, qtbot, EraseSheet)
    assert "grounds" not in sheet.form.rows
    write(sheet, "approver", "Wang Fang", qtbot)
    qtbot.mouseClick(sheet.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.part.dues == [], timeout=20_000)

    assert panel.part.empty.isVisibleTo(panel)


def test_a_hold_is_set_and_released_with_reasons_and_keeps_the_erasing_away(
    panel: DataPanel, space: Space, db: Database, qtbot: QtBot
):
    child = space.children[0]
    panel.open("retention")
    part = panel.part
    part.hold(child)
    part.ask.confirm.click()
    assert part.ask.isVisibleTo(panel)  # no reason yet
    part.ask._form.rows["reason"].editor.show_value("Case 17")  # noqa: SLF001  # pyright: ignore
    part.ask.confirm.click()
    with db.read() as session:
        assert retention.held(session, [child.id]) == {child.id: "Case 17"}

    panel.open("due")
    panel.part.erase_child(child)
    sheet = above(panel, qtbot, EraseSheet)
    assert not sheet.erase.isEnabled()
    panel.page.pop()

    panel.open("retention")
    part.release()
    part.ask._form.rows["release_reason"].editor.show_value("Closed")  # noqa: SLF001  # pyright: ignore
    part.ask.confirm.click()
    with db.read() as session:
        assert retention.held(session, [child.id]) == {}


def test_a_time_is_changed_with_its_reason(panel: DataPanel, db: Database):
    panel.open("retention")
    part = panel.part
    part.change()
    form = part.ask._form  # noqa: SLF001  # pyright: ignore
    form.rows["months"].editor.show_value(24)
    part.ask.confirm.click()
    assert form.rows["reason"].problem.text() == "This is needed."
    form.rows["reason"].editor.show_value("Rule of the province")
    part.ask.confirm.click()

    with db.read() as session:
        assert retention.category(session, "file").months == 24
    assert "Rule of the province" in part.table.rows.row(0)[3]


def test_the_consent_register_narrows_and_prints(panel: DataPanel, space: Space, qtbot: QtBot):
    panel.open("consents")
    part = panel.part
    assert part.table.rows.rowCount() == len(space.children) * len(ConsentPurpose)
    part.filters.choose("given")
    assert part.table.rows.rowCount() == 2 * len(space.children)
    part.purpose.setCurrentIndex(part.purpose.findData(ConsentPurpose.DATA.value))
    part.purpose.activated.emit(part.purpose.currentIndex())
    assert part.table.rows.rowCount() == len(space.children)
    part.print()
    above(panel, qtbot, Paper)


def test_a_copy_for_a_guardian_is_made_and_logged(
    panel: DataPanel, space: Space, db: Database, qtbot: QtBot, tmp_path: Path
):
    panel.open("given")
    panel.part.save_copy(space.children[0], "Mother", "en", tmp_path)
    above(panel, qtbot, Paper)

    with db.read() as session:
        assert [one.recipient for one in disclosures.listed(session)] == ["Mother"]
    assert {one.suffix for one in tmp_path.glob("copy-*")} == {".pdf", ".json"}


def test_the_audit_and_the_breach_are_papers(panel: DataPanel, qtbot: QtBot):
    panel.open("audit")
    assert panel.part.held.rows[0][1] == "3"
    panel.part.audit(0)
    above(panel, qtbot, Paper)
    panel.page.pop()
    panel.part.breach()
    above(panel, qtbot, Paper)


def test_the_impact_assessment_is_a_paper_and_stands_there_with_its_day(panel: DataPanel, qtbot: QtBot):
    panel.open("audit")
    assert panel.part.unmade.isVisible()
    panel.part.assess()
    above(panel, qtbot, Paper)
    panel.page.pop()
    panel.refresh()
    assert not panel.part.unmade.isVisible()
    assert [row[3] for row in panel.part.made.rows] == ["2020-07-10"]


def test_others_only_read_and_an_auditor_sees_no_name(
    space: Space, db: Database, qtbot: QtBot, as_role: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:15")
    names = {child.name for child in space.children}
    held = space.children[0].id
    with db.begin("A hold and a copy") as session:
        retention.hold(session, reason="Dispute with 王秀英", child_id=held)
        disclosures.add(
            session,
            recipient="王秀英",
            purpose="Copy",
            fields="All",
            basis=Basis.ACCESS,
            child_id=held,
        )
    number = [name for name, *_rest in PANELS].index("data")
    for role, hidden in (("caregiver", True), ("manager", True), ("coordinator", False), ("auditor", False)):
        page = SettingsPage(Context(as_role(role), "x", role))
        qtbot.addWidget(page)
        assert page.parts.item(number).isHidden() == hidden
        if hidden:
            continue
        page.show()
        page.open(part="data")
        panel: Any = page._panels[number]  # noqa: SLF001  # pyright: ignore
        proposes = role == "coordinator"
        assert list(panel.offered) == [*(["due"] if proposes else []), "consents", "retention", "given", "erased"]
        for tab in panel.offered:
            panel.open(tab)
            told = ["Propose to erase this child's data …"] if tab == "due" else []
            assert [b.text() for b in panel.part.findChildren(QPushButton) if b.isVisible() and b.text()] == told
        panel.open("consents")
        shown = {line.child for line in panel.part.lines}
        assert (shown & names == names) == proposes
        assert len(shown) == len(names)
        with as_role(role).read() as session:
            told = (retention.holds(session)[0].reason, disclosures.listed(session)[0].recipient)
        assert told == (("Dispute with 王秀英", "王秀英") if proposes else ("—", "王**"))


def test_the_coordinator_proposes_and_the_officer_erases_or_says_why_not(
    panel: DataPanel, space: Space, db: Database, as_role: Any, qtbot: QtBot
):
    child, other = space.children[:2]
    page = SettingsPage(Context(as_role("coordinator", "Wu Min"), "Wu Min", "coordinator"))
    qtbot.addWidget(page)
    page.show()
    page.open(part="data", tab="due")
    own: Any = page._panels[[name for name, *_rest in PANELS].index("data")].part  # noqa: SLF001  # pyright: ignore
    for one in (child, other):
        own.propose(one)
        own.ask._form.rows["reason"].editor.show_value("Letter of 2017-07-09")  # noqa: SLF001  # pyright: ignore
        own.ask.confirm.click()
    assert [due.name for due in own.dues] == [child.name, other.name]
    own.erase()
    assert not page.findChildren(EraseSheet)

    panel.open("due")
    panel.refresh()
    part = panel.part
    assert [due.proposed for due in part.dues] == 2 * ["Wu Min: Letter of 2017-07-09"]
    part.table.choose(1)
    part.decline()
    part.ask._form.rows["decline_reason"].editor.show_value("She took it back")  # noqa: SLF001  # pyright: ignore
    part.ask.confirm.click()
    assert [due.name for due in part.dues] == [child.name]
    erasure_due.erase(db, part.dues[0], "Zhang Wei")
    part.refresh()
    assert part.dues == []
    with db.read() as session:
        assert session.get_one(Child, child.id).erased_on
        assert session.get_one(Child, other.id).erased_on is None
