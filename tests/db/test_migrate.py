"""A database is brought up to date as a whole or not at all, and nothing in it is lost."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from benchmarks import next_version as following
from ccfs_desktop import migrations
from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db import migrate as migrating
from ccfs_desktop.db.backup import readable
from ccfs_desktop.db.engine import connect, make_engine
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models import Base
from ccfs_desktop.models.child import Child, Contact
from tests.conftest import KEYS

_ACTOR = Actor("Li Na", "officer")
_STEPS = {
    **following.STEPS,
    "a column less": """
    with op.batch_alter_table("contact") as table:
        table.drop_column("rank")""",
}
"""A next version that does what next versions do."""
_REBUILD_CHILD = """
    with op.batch_alter_table("child", recreate="always") as table:
        table.add_column(sa.Column("height_cm", sa.Integer))"""


@pytest.fixture
def office(empty_office: Path, tmp_path: Path) -> Path:
    """An office of this version with a family and a season in it."""
    folder = shutil.copytree(empty_office, tmp_path / "office")
    db = Database.open(folder, KEYS, _ACTOR)
    with db.begin("Fill") as session:
        from ccfs_desktop.services import seasons

        season = seasons.Season(name="Summer", first_day=date(2017, 7, 3), last_day=date(2017, 8, 25), capacity=30)
        seasons.start(session, season, country="CN")
        child = Child(name="李小明", birth_date=date(2010, 5, 1))
        session.add(child)
        session.flush()
        session.add(Contact(child_id=child.id, name="外婆", phone="138"))
    db.close()
    return folder


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Pretend that the program has one more migration, made of these lines."""

    def pretend(*steps: str) -> None:
        scripts = following.write(tmp_path / "migrations", steps)
        for name, value in following.settings(scripts).items():
            monkeypatch.setattr(migrating, name, value)

    return pretend


def content(folder: Path) -> list[Any]:
    """Everything in the file: tables, triggers, rows."""
    raw = connect(folder / "office.db", KEYS["general"])
    schema = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    rows = [raw.execute(f'SELECT * FROM "{name}"').fetchall() for kind, name, _sql in schema if kind == "table"]  # noqa: S608
    raw.close()
    return [schema, rows]


@pytest.mark.parametrize("last", range(len(_STEPS)), ids=list(_STEPS))
def test_a_migration_that_fails_at_any_step_leaves_everything_as_it_was(office: Path, next_version: Any, last: int):
    before = content(office)
    next_version(*list(_STEPS.values())[: last + 1], "raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        Database.open(office, KEYS, _ACTOR)
    assert content(office) == before
    copies = list((office / "backups").glob("*.db"))
    assert len(copies) == 1
    assert readable(copies[0], KEYS["general"])


def test_a_good_migration_keeps_every_row_and_every_trigger(office: Path, next_version: Any):
    before = content(office)
    next_version(*_STEPS.values())
    migrating.migrate(office / "office.db", KEYS)
    raw = connect(office / "office.db", KEYS["general"])
    assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    assert raw.execute("SELECT name, motto FROM season").fetchall() == [("Summer", "together")]
    assert raw.execute("SELECT count(*) FROM room_group").fetchone()[0] == 3, "children of a rebuilt table stay"
    assert raw.execute("SELECT name, phone FROM contact").fetchall() == [("外婆", "138")]
    raw.close()
    triggers = {row[1] for row in before[0][0:] if row[0] == "trigger"}
    assert triggers <= {row[1] for row in content(office)[0]}


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ("op.execute('DELETE FROM contact')", "lost rows"),
        ("op.execute('UPDATE contact SET child_id = 99')", "left orphans"),
        ("op.execute('DROP TRIGGER child_words_new')", "lost a trigger"),
        (_REBUILD_CHILD, "lost a trigger"),
    ],
)
def test_a_migration_that_harms_is_taken_back(office: Path, next_version: Any, harm: str, sentence: str):
    before = content(office)
    next_version(harm)
    with pytest.raises(RuntimeError, match=sentence):
        Database.open(office, KEYS, _ACTOR)
    assert content(office) == before


def test_a_database_of_a_newer_version_is_refused_untouched(office: Path):
    raw = connect(office / "office.db", KEYS["general"])
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = content(office)
    with pytest.raises(UserError, match="newer version of the program"):
        Database.open(office, KEYS, _ACTOR)
    assert content(office) == before
    assert not (office / "backups").exists()


def test_the_migrations_make_exactly_what_the_models_say(empty_office: Path, tmp_path: Path):
    folder = shutil.copytree(empty_office, tmp_path / "office")
    engine = make_engine(folder / "office.db", KEYS)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours, "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        made = {t for t in inspect(connection).get_table_names() if "_words" not in t}
        assert made == {*Base.metadata.tables, "alembic_version"}
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == migrations.HEAD
    engine.dispose()


def _is_ours(_item: Any, name: str | None, kind: str, *_rest: Any) -> bool:
    return not (kind == "table" and name and "_words" in name)


def test_opening_an_office_again_changes_nothing(office: Path):
    before = content(office)
    db = Database.open(office, KEYS, _ACTOR)
    with db.read() as session:
        assert session.scalars(select(Child.name)).all() == ["李小明"]
    assert verify(db).whole
    db.close()
    assert content(office) == before
