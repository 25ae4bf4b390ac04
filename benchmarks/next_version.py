"""A pretended next version of the program: the same, with one more migration that does what migrations do."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ccfs_desktop import migrations
from ccfs_desktop.db import migrate

REVISION = "9999"
STEPS = {
    "a new table": 'op.create_table("toy", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))',
    "a new row": "op.execute(\"INSERT INTO toy (name) VALUES ('ball')\")",
    "a parent rebuilt": """
    with op.batch_alter_table("season", recreate="always") as table:
        table.add_column(sa.Column("motto", sa.String(80), nullable=False, server_default=""))""",
    "a filled column": "op.execute(\"UPDATE season SET motto = 'together'\")",
    "a new index": 'op.create_index("ix_toy_name", "toy", ["name"])',
}
"""What the next version's migration does; this version's models still fit what it leaves."""
_SCRIPT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{revision}", "{head}"
def upgrade():
    {steps}
"""


def write(folder: Path, steps: Iterable[str] = STEPS.values()) -> Path:
    """Write the program's migrations and one more into a folder."""
    shutil.copytree(Path(migrations.__file__).parent, folder, dirs_exist_ok=True)
    script = _SCRIPT.format(revision=REVISION, head=migrations.HEAD, steps="\n    ".join(steps))
    (folder / "versions" / f"{REVISION}_next.py").write_text(script, encoding="utf-8")
    return folder


@contextmanager
def pretended(folder: Path) -> Iterator[None]:
    """Be the next version for a while, with the migrations in a folder."""
    real = {name: getattr(migrate, name) for name in settings(folder)}
    for name, value in settings(folder).items():
        setattr(migrate, name, value)
    try:
        yield
    finally:
        for name, value in real.items():
            setattr(migrate, name, value)


def settings(folder: Path) -> dict[str, object]:
    """Return what the next version has other than this one."""
    return {"_SCRIPTS": folder, "HEAD": REVISION, "REVISIONS": (*migrations.REVISIONS, REVISION)}
