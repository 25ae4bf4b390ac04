"""An office made by the first edition comes along: nothing is lost, and the trail stays whole."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from ccfs_desktop import vault
from ccfs_desktop.db import Actor, Database, undo
from ccfs_desktop.db import migrate as migrating
from ccfs_desktop.db.engine import make_engine
from ccfs_desktop.db.trail import Stamp, Trail, insert_rows
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.staff import PaperKind, Staff
from ccfs_desktop.services import staff_papers
from tests.conftest import KEYS

_FILE: dict[str, Any] = {
    "name": "张岩", "name_latin": "Zhang Yan", "sex": "female", "role": "teacher", "phone": "151", "weekdays": "12345",
    "speaks": "", "first_aid_until": date(2018, 8, 13), "background_check_on": date(2016, 9, 21),
    "health_certificate_until": None, "code_signed": True, "started_on": None, "ended_on": None, "search": " zhang",
    "sort_key": "zhang",
}  # fmt: skip
_SEASON: dict[str, Any] = {
    "name": "Summer", "type": "vacation", "first_day": date(2017, 7, 3), "last_day": date(2017, 8, 25),
    "weekdays": "12345", "age_from": 3, "age_to": 14, "capacity": 30, "ratio_profile": "cfs-standard",
}  # fmt: skip


@pytest.fixture(params=["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)])
def first_edition(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """An office as the first edition left it, with a member of staff and a season."""
    target: Path | str = tmp_path / "office.db"
    if request.param == "postgresql":
        target = request.getfixturevalue("postgres_url")
    engine = make_engine(target, KEYS, foreign_keys=False)
    trail = Trail(vault.subkey(KEYS["general"], "audit"))
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(migrating.__file__).parents[1] / "migrations"))
        command.upgrade(config, "0001")
        stamp = Stamp("Li Na", "officer", "Import the staff list", "1" * 32)
        insert_rows(connection, trail, stamp, "staff", [_FILE])
        insert_rows(connection, trail, stamp, "season", [_SEASON])
    engine.dispose()
    return target


def test_the_dates_in_a_staff_file_become_papers_and_the_trail_stays_whole(first_edition: Path | str):
    db = Database(first_edition, KEYS, Actor("Li Na", "officer"))
    with db.read() as session:
        person = session.get_one(Staff, 1)
        papers = staff_papers.of(session)[1]
        kept = {p.kind: (p.issued_on, p.valid_until) for p in papers}
        season = session.execute(text("SELECT ratio_mode, work_day_minutes FROM season")).one()
    assert kept == {
        PaperKind.BACKGROUND_CHECK: (date(2016, 9, 21), None),
        PaperKind.FIRST_AID: (None, date(2018, 8, 13)),
        PaperKind.CODE_OF_CONDUCT: (None, None),
    }
    assert person.name == "张岩"
    assert tuple(season) == ("profile", 480)
    assert verify(db).problems == ()

    with pytest.raises(UserError, match="earlier version of the program"):
        undo.undo(db, next(a for a in undo.history(db) if a.action == "Import the staff list"))
    with db.begin("Rename") as session:
        session.get_one(Staff, 1).name = "张岩岩"
    assert verify(db).whole
    db.close()
