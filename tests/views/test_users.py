"""The users of an office through the real window: several people, one after another."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from ccfs_desktop.app import Program
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.vault import Argon, User, Vault
from ccfs_desktop.views.login import LoginPage
from ccfs_desktop.views.main_window import PAGES
from ccfs_desktop.views.recovery import NewSheet
from ccfs_desktop.views.settings import PANELS
from ccfs_desktop.views.settings_people import PeoplePanel
from ccfs_desktop.views.user_form import UserForm

PASSWORD = "cobalt-river-lamp-sandal"
HERS = "seven quiet lanterns by the lake"
LEAST = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)


@pytest.fixture(scope="session")
def office_to_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from ccfs_desktop.services import offices

    folder = tmp_path_factory.mktemp("users") / "Bright Toys"
    offices.create(
        folder, factory="光明玩具厂", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD, argon=LEAST,
    ).db.close()  # fmt: skip
    return folder


@pytest.fixture
def program(
    qapp: QApplication, office_to_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-10T08:15")
    program = Program(qapp, PAGES)
    assert program.start(shutil.copytree(office_to_copy, tmp_path / "Bright Toys"))
    yield program
    program.end()


def enter(qtbot: QtBot, program: Program, password: str = PASSWORD, user: str = "Li Na") -> None:
    """Sign in at the door, with the keyboard."""
    (card,) = [card for card in program.window.findChildren(LoginPage) if card.isVisible()]
    card.user.setFocus()
    qtbot.keyClicks(card.user, user)
    assert card.user.currentText() == user
    qtbot.keyClicks(card.password.line, password)
    qtbot.keyClick(card.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.context is not None, timeout=20_000)


def people(program: Program) -> PeoplePanel:
    program.window.go("settings", part="people")
    page: Any = program.window.page("settings")
    return page._panels[[name for name, *_rest in PANELS].index("people")]  # noqa: SLF001


def asked(program: Program) -> UserForm:
    (form,) = [form for form in program.window.findChildren(UserForm) if form.isVisible()]
    return form


def answer(qtbot: QtBot, form: UserForm, own: str = PASSWORD, **values: str) -> None:
    """Fill a form in and send it with the keyboard."""
    for name, text in values.items():
        if name == "password":
            form.password.field.line.setText(text)
        elif name == "role":
            combo = form.form.rows["role"].editor.combo  # type: ignore[attr-defined]
            combo.setFocus()
            qtbot.keyClicks(combo, text)
        else:
            line = form.form.rows[name].editor.line  # type: ignore[attr-defined]
            line.setFocus()
            line.selectAll()
            qtbot.keyClicks(line, text)
    form.own.line.setText(own)
    qtbot.keyClick(form.own.line, Qt.Key.Key_Return)


def says(widget: QWidget, words: str) -> bool:
    return any(words in label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def gone(program: Program) -> Callable[[], bool]:
    return lambda: not [form for form in program.window.findChildren(UserForm) if form.isVisible()]


def users(program: Program) -> list[User]:
    assert program.vault
    return list(Vault.load(program.vault.path).users)


def notes(program: Program) -> list[tuple[str, str, str]]:
    assert program.db
    with program.db.read() as session:
        rows = session.execute(
            select(AuditEntry.entity, AuditEntry.entity_id, AuditPayload.body)
            .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
            .where(AuditEntry.kind == "note")
            .order_by(AuditEntry.seq)
        )
        return [(row[0], row[1], row[2] or "") for row in rows]


def add(qtbot: QtBot, program: Program, name: str, role: str, **more: str) -> None:
    people(program).add_button.click()
    answer(qtbot, asked(program), name=name, role=role, password=HERS, reason="Works here", **more)
    qtbot.waitUntil(gone(program), timeout=20_000)


def test_tab_leads_past_the_eye_and_a_key_shows_what_was_typed(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    people(program).add_button.click()
    form = asked(program)
    line, eye = form.password.field.line, form.password.field.eye
    program.window.activateWindow()
    line.setFocus()
    qtbot.keyClicks(line, HERS)
    QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_F8, Qt.KeyboardModifier.AltModifier)
    assert line.echoMode() is QLineEdit.EchoMode.Normal
    QTest.keyClick(program.window.windowHandle(), Qt.Key.Key_F8, Qt.KeyboardModifier.AltModifier)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    for _step in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not eye
    assert line.text() == HERS


def test_two_people_use_an_office_one_after_another(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    people(program).add_button.click()
    form = asked(program)
    answer(qtbot, form, own="not my own password", name="Wang Fang", role="Care", password=HERS, reason="Afternoons")
    assert "Attendance of today and yesterday" in form.form.rows["role"].advice.text()
    qtbot.waitUntil(lambda: says(form, "This is not your password."), timeout=20_000)
    answer(qtbot, form)
    qtbot.waitUntil(gone(program), timeout=20_000)
    assert users(program) == [User("Li Na", "officer"), User("Wang Fang", "caregiver")]
    (note,) = [note for note in notes(program) if note[0] == "user"]
    assert note[1] == "Wang Fang"
    assert '"approved_by":"Li Na","did":"added","period":"","reason":"Afternoons","role":"caregiver"' in note[2]
    assert any(what == "failed sign-in" for what, *_rest in notes(program))

    program.lock()
    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)
    enter(qtbot, program, HERS, "Wang Fang")
    assert program.window.context
    assert (program.window.context.user, program.window.context.role) == ("Wang Fang", "caregiver")
    assert program.db
    assert set(program.db.keys) == {"general"}


def test_what_is_missing_is_said_under_its_field_and_nothing_typed_is_lost(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    people(program).add_button.click()
    form = asked(program)
    answer(qtbot, form, name="Anders", role="Audit")
    assert form.form.rows["reason"].problem.text() == "This is needed."
    answer(qtbot, form, reason="Audit of the summer", password="too short")
    assert says(form.password, "At least 15 characters")
    answer(qtbot, form, password=HERS)
    qtbot.waitUntil(lambda: form.form.rows["first"].problem.text().startswith("An auditor sees"), timeout=20_000)
    assert form.form.rows["name"].editor.value() == "Anders"
    answer(qtbot, form, first="2017-07-03", last="2017-07-31")
    qtbot.waitUntil(gone(program), timeout=20_000)
    assert users(program)[-1] == User("Anders", "auditor", "2017-07-03/2017-07-31")


def test_a_role_is_changed_and_the_password_stays(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    add(qtbot, program, "Wang Fang", "Care")
    panel = people(program)
    panel.table.choose(1)
    panel.role_button.click()
    answer(qtbot, asked(program), role="Coord", reason="Leads the space from today")
    qtbot.waitUntil(gone(program), timeout=20_000)
    program.lock()
    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)
    enter(qtbot, program, HERS, "Wang Fang")
    assert program.db
    assert set(program.db.keys) == {"general", "sensitive"}
    panel = people(program)
    assert not panel.add_button.isVisible()
    assert says(panel, "Users are looked after by the HR officer")


def test_a_user_is_removed_and_is_told_what_stays(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    add(qtbot, program, "Wang Fang", "Care")
    panel = people(program)
    panel.table.choose(0)
    assert not panel.remove_button.isEnabled()  # oneself
    panel.table.choose(1)
    panel.remove_button.click()
    form = asked(program)
    assert says(form, "can no longer open this office")
    answer(qtbot, form, reason="Left")
    qtbot.waitUntil(gone(program), timeout=20_000)
    assert users(program) == [User("Li Na", "officer")]
    assert [which for what, which, body in notes(program) if what == "user" and '"removed"' in body] == ["Wang Fang"]


def test_an_administrator_looks_after_users_without_health_records_only(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    add(qtbot, program, "IT", "Admin")
    program.lock()
    qtbot.waitUntil(lambda: program.db is None, timeout=5_000)
    enter(qtbot, program, HERS, "IT")
    panel = people(program)
    assert panel.add_button.isVisible()
    assert not panel.sheet_button.isVisible()
    panel.table.choose(0)
    assert not panel.remove_button.isEnabled()  # the officer holds more
    panel.add_button.click()
    combo = asked(program).form.rows["role"].editor.combo  # type: ignore[attr-defined]
    assert [combo.itemText(n) for n in range(combo.count())] == ["Caregiver", "Manager", "Auditor", "Administrator"]


def test_the_recovery_sheet_is_renewed_and_printed(qtbot: QtBot, program: Program):
    enter(qtbot, program)
    people(program).sheet_button.click()
    answer(qtbot, asked(program))
    qtbot.waitUntil(lambda: bool(program.window.findChildren(NewSheet)), timeout=20_000)
    (sheet,) = program.window.findChildren(NewSheet)
    code = sheet.sheet.code.text().replace("\n", "-")
    assert program.vault
    assert Vault.load(program.vault.path).recover(code).role == "recovery"
    qtbot.waitUntil(sheet.sheet.print.isEnabled, timeout=20_000)
    sheet.next.click()
    sheet.typed.typed.setText(code)
    sheet.next.click()
    assert not program.window.page("settings").header.back.isVisible()
