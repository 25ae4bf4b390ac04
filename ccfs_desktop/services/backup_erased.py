"""What a restored backup brings back although it was erased since: it is known before, and due again after.

A copy made before an erasure holds the child's data. The records of disposal name nobody, so they are carried over
into what was restored, and the children they speak of stand on the list of what is due. Where the office itself cannot
be read any more, the newest of its copies tells what it knew; what came later only the printed records know. Source:
security.md 5, erase; that a restore must not undo it is ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, inspect, select
from sqlalchemy.orm import Session

from ccfs_desktop.db import backup
from ccfs_desktop.db import restore as restoring
from ccfs_desktop.db.backup import key_name, read_manifest
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.protection import WHOLE, Disposal
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

_TABLE = Disposal.__table__
_COLUMNS = [column for column in _TABLE.columns if column.name not in {"id", "version", "kept_name", "kept_until"}]
"""What is carried over: the name that was kept sealed for a report stands in the restored office anyway."""


@dataclass(frozen=True)
class Since:
    """What was erased after a copy was made, as far as anybody can tell."""

    records: tuple[Row[Any], ...] = ()
    """Rows of :class:`Disposal` that the copy has not, the oldest first."""
    held: frozenset[int] = frozenset()
    """Children whose data the copy holds."""
    unknown_since: datetime | None = None
    """From when on nobody knows, because the office cannot be read; None when everything is known."""

    @property
    def children(self) -> int:
        """How many children are whole in the copy and were erased as a whole since."""
        return len(self._whole)

    @property
    def parts(self) -> tuple[str, ...]:
        """Numbers of the records by which only a part was erased, such as a photo, which the copy may still hold."""
        about = self.held - self._whole
        return tuple(row.number for row in self.records if row.category != WHOLE and row.child_id in about)

    @property
    def _whole(self) -> frozenset[int]:
        return self.held & {row.child_id for row in self.records if row.category == WHOLE}


def since(copy: Path, live: Path, keys: dict[str, bytes], source: Path, copies: Path) -> Since:
    """Find out what was erased after a copy was made.

    Args:
        copy: the database of the copy, closed, of today's version.
        live: that of the office.
        keys: of the office.
        source: the file that the copy came from; copies beside it are known, too.
        copies: where the office's copies lie, which are asked where the office cannot be read.
    """
    known = {_identity(row) for row in restoring.look(copy, keys, _read) or ()}
    held = frozenset(restoring.look(copy, keys, _children) or ())
    found, unknown = restoring.look(live, keys, _read), None
    if found is None:
        found, unknown = _by_copies(keys, source, {copies, source.parent})
    return Since(tuple(row for row in found if _identity(row) not in known), held, unknown)


def _by_copies(keys: dict[str, bytes], source: Path, folders: Iterable[Path]) -> tuple[list[Row[Any]], datetime]:
    """Ask the newest copy that can be read; return what it knows, and when it was made."""
    ours, manifest = key_name(keys["general"]), read_manifest(source)
    made = manifest.made if manifest else datetime.fromtimestamp(source.stat().st_mtime, UTC).astimezone()
    every = [one for folder in folders for one in backup.copies(folder) if one.manifest.key == ours]
    for one in sorted(every, key=lambda copy: copy.manifest.made, reverse=True):
        if one.manifest.made <= made:
            break
        if (found := restoring.look(one.path, keys, _read)) is not None:
            return found, one.manifest.made
    return [], made


def _identity(row: Row[Any]) -> tuple[Any, ...]:
    """Tell one erasure from another; its number may be given twice, before and after a restore that did not know it."""
    return row.at, row.category, row.subject, row.by


def _read(connection: Connection) -> list[Row[Any]]:
    if not inspect(connection).has_table(Disposal.__tablename__):  # of a version that could not erase
        return []
    return list(connection.execute(select(*_COLUMNS).order_by(_TABLE.c.id)))


def _children(connection: Connection) -> list[int]:
    return list(connection.scalars(select(Child.id).where(Child.erased_on.is_(None))))


def warning(found: Since) -> str:
    """Say what a copy still holds that was erased, and what nobody can know; empty for nothing."""
    return " ".join(filter(None, (_of_children(found.children), _of_parts(found.parts), _of_unknown(found))))


def _of_children(n: int) -> str:
    told = ngettext(
        "The data of {n} child was erased since. This backup still holds it: after the restore it is due to be erased "
        "again, in Settings under Data protection.",
        "The data of {n} children was erased since. This backup still holds it: after the restore it is due to be "
        "erased again, in Settings under Data protection.",
        n,
    )
    return told.format(n=n) if n else ""


def _of_parts(numbers: tuple[str, ...]) -> str:
    if not numbers:
        return ""
    told = _(
        "Parts of a child's data, such as a photo, were erased since (disposal records {numbers}). This backup may "
        "still hold them: after the restore they are due to be erased again, too."
    )
    return told.format(numbers=", ".join(numbers))


def _of_unknown(found: Since) -> str:
    if found.unknown_since is None:
        return ""
    told = _(
        "The office as it was last is not here or cannot be read, so the program does not know what was erased after "
        "{when}. Look through the printed disposal records of later days and erase those children again."
    )
    return told.format(when=f"{found.unknown_since:%Y-%m-%d %H:%M}")


def carry_over(session: Session, found: Since) -> None:
    """Enter in a restored office the disposals that it does not know.

    A number that was given again in the meantime is not taken away from who has it now: the record carried over gets
    the next one and says which number stands on its paper.
    """
    from ccfs_desktop.services import disposals  # noqa: PLC0415 (which asks for the copies, too)

    here = set(session.scalars(select(Child.id)))
    taken = set(session.scalars(select(Disposal.number)))
    for row in found.records:
        values: dict[str, Any] = dict(zip([column.name for column in _COLUMNS], row, strict=True))
        values["child_id"] = row.child_id if row.child_id in here else None
        if row.number in taken:
            values["number"] = disposals.next_number(session, row.day.year)
            values["reason"] = f"{row.reason} ({row.number})".strip()[:300]
        session.add(Disposal(**values))
        session.flush()
        taken.add(values["number"])


roles.guard(globals(), Right.BACKUP, {})
