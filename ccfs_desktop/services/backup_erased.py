"""What a restored backup must not undo: what was erased, taken back or held since its copy was made.

A copy made before an erasure holds the child's data. The records of disposal name nobody, so they are carried over
into what was restored, and the children they speak of stand on the list of what is due. A consent taken back since is
taken back there, too, and a legal hold stands again. Where the office itself cannot be read any more, the newest of its
copies tells what it knew; what came later only the papers know. Source: security.md 5; that a restore must not undo it
is ours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import KeyedColumnElement

from ccfs_desktop.db import backup
from ccfs_desktop.db import restore as restoring
from ccfs_desktop.db.backup import key_name, read_manifest
from ccfs_desktop.i18n import _, ngettext
from ccfs_desktop.models.child import Child, Consent
from ccfs_desktop.models.incident import Incident
from ccfs_desktop.models.protection import WHOLE, Disposal, LegalHold
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

_Columns = list[KeyedColumnElement[Any]]


def _columns(kind: type[Disposal | LegalHold]) -> _Columns:
    """Return what is carried over: a name kept sealed for a report stands in the restored office anyway."""
    left_out = {"id", "version", "kept_name", "kept_until"}
    return [column for column in kind.__table__.columns if column.name not in left_out]


_DISPOSAL, _HOLD = _columns(Disposal), _columns(LegalHold)


@dataclass(frozen=True)
class _Known:
    """What a database knows of it."""

    disposals: tuple[Row[Any], ...] = ()
    taken_back: tuple[tuple[tuple[int, int, str], date], ...] = ()
    """Consent, its child and purpose, and the day from which it does not hold."""
    given: frozenset[tuple[int, int, str]] = frozenset()
    """Consents that hold."""
    holds: tuple[Row[Any], ...] = ()
    children: frozenset[int] = frozenset()
    """Those whose data is there."""
    incidents: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Since:
    """What was erased, taken back and held after a copy was made, as far as anybody can tell."""

    records: tuple[Row[Any], ...] = ()
    """Rows of :class:`Disposal` that the copy has not, the oldest first."""
    held: frozenset[int] = frozenset()
    """Children whose data the copy holds."""
    taken_back: tuple[tuple[int, date], ...] = ()
    """Consents that hold in the copy and were taken back since, with the day."""
    holds: tuple[Row[Any], ...] = ()
    """Rows of :class:`LegalHold` that the copy has not."""
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
    before = restoring.look(copy, keys, _read) or _Known()
    found, unknown = restoring.look(live, keys, _read), None
    if found is None:
        found, unknown = _by_copies(keys, source, {copies, source.parent})
    renewed = {what[1:] for what in found.given}
    known, held = {_identity(row) for row in before.disposals}, {_hold_identity(row) for row in before.holds}
    return Since(
        tuple(row for row in found.disposals if _identity(row) not in known),
        before.children,
        tuple((what[0], day) for what, day in found.taken_back if what in before.given and what[1:] not in renewed),
        tuple(
            row
            for row in found.holds
            if _hold_identity(row) not in held
            and (row.child_id in before.children or row.incident_id in before.incidents)
        ),
        unknown,
    )


def _by_copies(keys: dict[str, bytes], source: Path, folders: Iterable[Path]) -> tuple[_Known, datetime]:
    """Ask the newest copy that can be read; return what it knows, and when it was made."""
    ours, manifest = key_name(keys["general"]), read_manifest(source)
    made = manifest.made if manifest else datetime.fromtimestamp(source.stat().st_mtime, UTC).astimezone()
    every = [one for folder in folders for one in backup.copies(folder) if one.manifest.key == ours]
    for one in sorted(every, key=lambda copy: copy.manifest.made, reverse=True):
        if one.manifest.made <= made:
            break
        if (found := restoring.look(one.path, keys, _read)) is not None:
            return found, one.manifest.made
    return _Known(), made


def _identity(row: Row[Any]) -> tuple[Any, ...]:
    """Tell one erasure from another; its number may be given twice, before and after a restore that did not know it."""
    return row.at, row.category, row.subject, row.by


def _hold_identity(row: Row[Any]) -> tuple[Any, ...]:
    return row.at, row.by, row.child_id, row.incident_id


def _read(connection: Connection) -> _Known:
    if not inspect(connection).has_table(Disposal.__tablename__):  # of a version that could not erase
        return _Known()
    consents = connection.execute(
        select(Consent.id, Consent.child_id, Consent.purpose, Consent.withdrawn_on).where(Consent.given)
    ).all()
    return _Known(
        tuple(connection.execute(select(*_DISPOSAL).order_by(Disposal.id))),
        tuple((_what(row), row.withdrawn_on) for row in consents if row.withdrawn_on),
        frozenset(_what(row) for row in consents if row.withdrawn_on is None),
        tuple(connection.execute(select(*_HOLD).where(LegalHold.released_at.is_(None)).order_by(LegalHold.id))),
        frozenset(connection.scalars(select(Child.id).where(Child.erased_on.is_(None)))),
        frozenset(connection.scalars(select(Incident.id))),
    )


def _what(row: Any) -> tuple[int, int, str]:
    return row.id, row.child_id, str(row.purpose)


def warning(found: Since) -> str:
    """Say what a copy still holds that was erased, what is carried over, what nobody can know; empty for nothing."""
    told = (_of_children(found.children), _of_parts(found.parts), *_of_words(found), _of_unknown(found))
    return " ".join(filter(None, told))


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


def _of_words(found: Since) -> Iterator[str]:
    if n := len(found.taken_back):
        told = ngettext(
            "{n} consent was taken back since: the restored office will know.",
            "{n} consents were taken back since: the restored office will know.",
            n,
        )
        yield told.format(n=n)
    if n := len(found.holds):
        told = ngettext(
            "{n} legal hold was set since: it will stand in the restored office, too.",
            "{n} legal holds were set since: they will stand in the restored office, too.",
            n,
        )
        yield told.format(n=n)


def _of_unknown(found: Since) -> str:
    if found.unknown_since is None:
        return ""
    told = _(
        "The office as it was last is not here or cannot be read, so the program does not know what was erased or "
        "taken back after {when}. Look through the papers of later days: erase the children of printed disposal "
        "records again, and enter which consents were taken back and what must be held."
    )
    return told.format(when=f"{found.unknown_since:%Y-%m-%d %H:%M}")


def carry_over(session: Session, found: Since) -> None:
    """Enter in a restored office the disposals, withdrawals and holds that it does not know.

    A number that was given again in the meantime is not taken away from who has it now: the record carried over gets
    the next one and says which number stands on its paper.
    """
    from ccfs_desktop.services import disposals  # noqa: PLC0415 (which asks for the copies, too)

    here = set(session.scalars(select(Child.id)))
    taken = set(session.scalars(select(Disposal.number)))
    for row in found.records:
        values = _values(_DISPOSAL, row)
        values["child_id"] = row.child_id if row.child_id in here else None
        if row.number in taken:
            values["number"] = disposals.next_number(session, row.day.year)
            values["reason"] = f"{row.reason} ({row.number})".strip()[:300]
        session.add(Disposal(**values))
        session.flush()
        taken.add(values["number"])
    for consent_id, day in found.taken_back:
        session.get_one(Consent, consent_id).withdrawn_on = day
    session.add_all(LegalHold(**_values(_HOLD, row)) for row in found.holds)


def _values(columns: _Columns, row: Row[Any]) -> dict[str, Any]:
    return dict(zip([column.name for column in columns], row, strict=True))


roles.guard(globals(), Right.BACKUP, {})
