"""What a restored backup brings back although it was erased since: it is known before, and due again after.

A copy made before an erasure holds the child's data. The records of disposal name nobody, so they are carried over
into what was restored, and the children they speak of stand on the list of what is due. Source: security.md 5, erase;
that a restore must not undo it is ours.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import Session

from ccfs_desktop.db import restore as restoring
from ccfs_desktop.i18n import ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import WHOLE, Disposal
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

_TABLE = Disposal.__table__
_COLUMNS = [column for column in _TABLE.columns if column.name not in {"id", "version", "kept_name", "kept_until"}]
"""What is carried over: the name that was kept sealed for a report stands in the restored office anyway."""


def erased_since(copy: Path, live: Path, keys: dict[str, bytes]) -> list[Row[Any]]:
    """Return the records of disposal that an office has and a copy of it has not.

    Args:
        copy: the database of the copy, closed, of today's version.
        live: that of the office.
        keys: of the office.

    Returns:
        Rows of :class:`Disposal`, the oldest first; none where the office cannot be read.
    """
    known = {row.number for row in restoring.look(copy, keys, _read) or ()}
    return [row for row in restoring.look(live, keys, _read) or () if row.number not in known]


def _read(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(*_COLUMNS).order_by(_TABLE.c.id)))


def children(found: Sequence[Row[Any]]) -> int:
    """Return how many children's whole data were erased by some disposals."""
    return len({row.child_id for row in found if row.category == WHOLE and row.child_id is not None})


def warning(n: int) -> str:
    """Say how many erased children a copy still holds; empty for none."""
    told = ngettext(
        "The data of {n} child was erased since. This backup still holds it: after the restore it is due to be erased "
        "again, in Settings under Data protection.",
        "The data of {n} children was erased since. This backup still holds it: after the restore it is due to be "
        "erased again, in Settings under Data protection.",
        n,
    )
    return told.format(n=n) if n else ""


def carry_over(session: Session, found: Sequence[Row[Any]]) -> None:
    """Enter in a restored office the disposals that it does not know."""
    here = set(session.scalars(select(Child.id)))
    for row in found:
        values: dict[str, Any] = dict(zip([column.name for column in _COLUMNS], row, strict=True))
        values["child_id"] = row.child_id if row.child_id in here else None
        session.add(Disposal(**values))


roles.guard(globals(), Right.BACKUP, {})
