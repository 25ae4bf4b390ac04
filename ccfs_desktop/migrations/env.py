"""Alembic's door: runs inside the transaction that ``db.migrate`` opened."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum

from ccfs_desktop.models import Base
from ccfs_desktop.models.sealed import Sealed


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own types as what the database sees, so that an old migration never depends on today's models."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render,
    transaction_per_migration=False,
)
context.run_migrations()
