"""The table of roles: every public function of the services, asked as every role, does what the table says."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select

import ccfs_desktop.services
from ccfs_desktop import vault
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.undo import history, undo
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import Refused
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.services import attendance, audit_trail, children, histories, reveals, role_limits, roles, seasons
from ccfs_desktop.services.roles import MAY, TABLE, Right
from tests import spaces
from tests.spaces import MONDAY

ROLES = (*roles.GIVEN, "recovery", "nobody")
_OWN_RULES = {"roles", "role_limits"}
"""Modules of services that are the rule themselves."""

AsRole = Callable[..., Database]


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(ccfs_desktop.services.__path__, "ccfs_desktop.services."):
        name = found.name.removeprefix("ccfs_desktop.services.")
        if name.split(".")[0] not in {"demo", "drafting", "listing"} | _OWN_RULES:
            yield importlib.import_module(found.name)


def doors() -> list[tuple[str, Any, tuple[Any, ...]]]:
    """Name, function and what comes before the session, of all that is called from outside."""
    return [
        (f"{module.__name__}.{name}", door, () if owner is None else (None,))
        for module in modules()
        for owner, name, door in roles.doors(vars(module))
    ]


class Stub:
    """Stands for the office where only the role matters: nothing can be read from it."""

    def __init__(self, role: str) -> None:
        self.actor = Actor("Somebody", role)


def test_every_function_of_the_services_says_which_right_it_needs():
    silent = [name for name, door, _before in doors() if not hasattr(door, "right")]
    assert not silent, "put roles.guard(globals(), Right.…, {…}) at the foot of the module"
    assert len(doors()) > 250


@pytest.mark.parametrize("role", ROLES)
def test_every_function_asked_as_every_role_does_as_the_table_says(role: str):
    """Called with nothing but the role: refused before anything else, or let in and lost for want of an office."""
    calls = 0
    for name, door, before in doors():
        refused = False
        try:
            answer = door(*before, Stub(role))
            for _row in answer if hasattr(answer, "__next__") else ():
                break
        except Refused:
            refused = True
        except Exception:  # noqa: BLE001, S110 (it was let in, and found no office)
            pass
        assert refused == (door.right not in MAY.get(role, ())), f"{name} as {role}"
        calls += 1
    assert calls == len(doors())


def test_the_table_is_the_one_of_the_design():
    """Source: security.md 2.3, where it names them; a change here is a decision."""
    assert set(TABLE) == set(Right)
    by_design = {
        Right.ENROL: {"officer", "coordinator"}, Right.ATTENDANCE: {"officer", "coordinator", "caregiver"},
        Right.DETAILS: {"officer", "coordinator"}, Right.CONSENT: {"officer"},
        Right.USERS: {"officer", "administrator"},
        Right.BACKUP: {"officer", "coordinator", "administrator"},
        Right.PROTECTION: {"officer", "coordinator", "auditor"}, Right.DATA: {"officer"},
        Right.TRAIL: {"officer", "coordinator", "auditor", "administrator"},
        Right.CONCERNS: {"officer", "coordinator"},
    }  # fmt: skip
    for right, expected in by_design.items():
        assert {role for role in roles.GIVEN if right in MAY[role]} == expected
    assert {role for role in roles.GIVEN if Right.NAMES not in MAY[role]} - {"administrator"} == vault.MASKED
    for right in (Right.DETAILS, Right.CONCERNS):
        for role in roles.GIVEN:
            assert right not in MAY[role] or vault.SENSITIVE in vault.ROLES[role]


def test_every_table_says_who_writes_it():
    named = {name for names in role_limits.WRITES.values() for name in names.split()}
    tables = {
        cast("type[Any]", mapper.class_).__tablename__
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record)
    }
    assert tables - named == set()
    assert named - tables == set()


@pytest.mark.parametrize("role", ["manager", "auditor", "administrator"])
def test_nothing_is_written_past_the_services_either(db: Database, as_role: AsRole, role: str):
    space = spaces.fill(db)
    office = as_role(role)
    with pytest.raises(Refused), office.begin("Change a season") as session:
        session.get_one(Season, space.season.id).capacity = 999
    with pytest.raises(Refused), office.begin("Enter a visit") as session:
        session.add(Visit(season_id=space.season.id, child_id=space.children[0].id, day=MONDAY))
    with db.read() as session:
        assert session.get_one(Season, space.season.id).capacity != 999


def test_a_caregiver_writes_the_attendance_of_today_and_yesterday(
    db: Database, as_role: AsRole, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", "2017-07-12T08:15")
    space = spaces.fill(db)
    office, child = as_role("caregiver"), space.children[0].id
    for back in (0, 1):
        with office.begin("Sign in a child") as session:
            attendance.sign_in(session, space.season, child, MONDAY + timedelta(days=2 - back), at=time(8))
    with pytest.raises(Refused, match="today and yesterday"), office.begin("Sign in a child") as session:
        attendance.sign_in(session, space.season, child, MONDAY, at=time(8))
    with pytest.raises(Refused, match="Your role may not do this"), office.read() as session:
        children.file(session, space.season, child)


def test_a_caregiver_takes_back_no_more_than_she_may_write(db: Database, as_role: AsRole):
    space = spaces.fill(db)
    with db.begin("Change a child") as session:
        children.change(session, space.children[0].id, nickname="明明")
    office = as_role("caregiver")
    with pytest.raises(Refused):
        undo(office, history(office)[0])


def test_an_auditor_sees_one_period_only(db: Database):
    space = spaces.fill(db)
    days = [MONDAY + timedelta(days=n) for n in range(5)]
    with db.begin("Sign in") as session:
        for day in days:
            attendance.sign_in(session, space.season, space.children[0].id, day, at=time(8))
    auditor = Database(
        db.target, {"general": db.keys["general"]}, Actor("Anders", "auditor", f"{days[1]}/{days[2]}")
    )  # fmt: skip
    try:
        with auditor.read() as session:
            assert session.scalars(select(Visit.day)).all() == days[1:3]
            assert [visit.day for visit in session.scalars(select(Visit))] == days[1:3]
            assert seasons.current(session, date(2017, 7, 10)).id == space.season.id
    finally:
        auditor.close()


def test_an_auditor_sees_names_masked_until_they_are_revealed_which_is_recorded(db: Database, as_role: AsRole):
    space = spaces.fill(db)
    child, other = space.children[:2]
    office = as_role("auditor", "Anders")

    def seen(which: Child) -> tuple[str, ...]:
        with office.read() as session:
            file = children.file(session, space.season, which.id)
            guardian = file.guardianships[0].guardian
            events = " ".join(event.after for event in histories.of_child(session, which.id))
            return file.child.name, guardian.name, guardian.phone, str(which.name in events)

    assert seen(child) == ("李**", "刘**", "***", "False")
    assert not reveals.is_revealed(office, child.id)
    reveals.reveal(office, child.id)
    assert seen(child) == (child.name, "刘秀英", "13800000000", "True")
    assert seen(other)[0] == "王**"
    with db.read() as session:
        (deed,) = audit_trail.deeds(session, audit_trail.Look(actor="Anders"))
        assert deed.action == "Reveal the names of a family"
        assert [line.number for line in audit_trail.lines(session, deed.transaction)] == [str(child.id)]
    assert verify(office).whole
    assert verify(db).whole


def test_an_administrator_reads_the_trail_without_what_was_written(db: Database, as_role: AsRole):
    space = spaces.fill(db)
    with db.begin("Change a child") as session:
        children.change(session, space.children[0].id, nickname="明明")
    with as_role("administrator").read() as session:
        deed = audit_trail.deeds(session, audit_trail.Look())[0]
        lines = audit_trail.lines(session, deed.transaction)
    assert (deed.action, deed.actor) == ("Change a child", "Li Na")
    assert lines
    assert not [line for line in lines if line.event.before or line.event.after or line.event.field]


@pytest.mark.parametrize("role", ["coordinator", "caregiver", "manager", "auditor", "administrator"])
def test_the_database_itself_refuses_what_a_role_may_not_write(db: Database, as_role: AsRole, role: str):
    """The services are passed by, the guard of the trail too: the statement goes straight to the connection."""
    space = spaces.fill(db)
    office = as_role(role)
    on_sqlite = ("PRAGMA writable_schema = 1", "PRAGMA rekey = 'x'", "SELECT load_extension('x')", "ATTACH 'x.db' AS x")
    on_server = ("TRUNCATE child", "ALTER TABLE child DISABLE TRIGGER ALL", "DROP ROLE ccfs_manager")
    with office.engine.begin() as connection:
        raw: Any = connection.connection
        for table in Base.metadata.sorted_tables:
            trail = table.name in {"audit_entry", "audit_payload"}
            allowed = role_limits.may_write_table(role, table.name)
            assert not _refused(raw, f"SELECT id FROM {table.name} LIMIT 1" if not trail else "SELECT 1")  # noqa: S608
            assert _refused(raw, f"DELETE FROM {table.name} WHERE false") == (trail or not allowed), table.name  # noqa: S608
        for statement in (
            "DROP TABLE child", "CREATE TABLE x (a int)", "UPDATE audit_entry SET actor = 'x'",
            *(on_sqlite if db.folder else on_server),
        ):  # fmt: skip
            assert _refused(raw, statement), statement
    with office.begin("Look at it", final=True) as session:
        office.note(session, "read", "something")
    assert space.children
    assert verify(db).whole


def _refused(raw: Any, statement: str) -> bool:
    cursor = raw.cursor()
    cursor.execute("SAVEPOINT before")
    try:
        cursor.execute(statement)
    except Exception as error:  # noqa: BLE001 (the driver carries no types)
        cursor.execute("ROLLBACK TO before")
        return any(word in str(error) for word in _REFUSALS)
    return False


_REFUSALS = ("not authorized", "prohibited", "permission denied", "must be owner")
