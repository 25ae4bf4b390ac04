"""Going through a safety check through the services, for the tests of what comes after it."""

import io
from datetime import date, datetime
from typing import Any

from PIL import Image
from sqlalchemy import create_engine, text

from ccfs_desktop.db import Database
from ccfs_desktop.db.engine import connect
from ccfs_desktop.models.check import Check, Proof, Said
from ccfs_desktop.services import checks, photos
from ccfs_desktop.services.signatures import Signature
from tests.conftest import KEYS
from tests.spaces import MONDAY, Space

LI_NA = Signature("Li Na", "Coordinator", "Li Na", datetime(2017, 7, 10, 7, 20), Proof.PASSWORD)
ALL_FINE: dict[str, dict[str, Any]] = {
    "OPN01": {"numbers": ["9"]}, "OPN02": {"numbers": ["74", "9"]}, "OPN08": {"numbers": ["25.5"]},
    "OPN18": {"words": "Dry, 31 °C at noon"}, "OPN22": {},
}  # fmt: skip


def go_through(
    db: Database, space: Space, day: date = MONDAY, *, sign: bool = True, at: datetime | None = None,
    **differently: dict[str, Any],
) -> Check:  # fmt: skip
    """Answer an opening check, and sign it."""
    with db.begin("Opening check") as session:
        check = checks.begin(session, space.season, "OPN", day, by="Li Na", on_paper=True)
        for item in checks.answers(session, check.id):
            if values := differently.get(item, ALL_FINE.get(item, {"said": Said.YES})):
                checks.answer(session, check.id, item, **values)
    if sign:
        with db.begin("Sign a check", final=True) as session:
            signature = Signature(LI_NA.name, LI_NA.role, LI_NA.user, at or LI_NA.at, LI_NA.proof)
            checks.sign(session, check.id, signature)
    with db.read() as session:
        return checks.get(session, check.id)


UNLOCKED = {"said": Said.NO, "note": "The bolt was open"}


def picture() -> bytes:
    """Return a photo as the program keeps it."""
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), "#7a8a6d").save(stream, "JPEG")
    return photos.clean(stream.getvalue())


def tamper(db: Database, statement: str) -> None:
    """Write past the program, as somebody who holds the key could."""
    if db.folder is None:
        engine = create_engine(str(db.target))
        with engine.begin() as connection:
            connection.execute(text(statement.format(false="false", blob="''::bytea")))
        engine.dispose()
        return
    raw = connect(db.folder / "office.db", KEYS["general"])
    raw.execute(statement.format(false="0", blob="x''"))
    raw.close()
