"""A copy comes back: proved on the side first, then put in place at once; what was there before is never deleted.

Source: security.md 4.1 and 4.3. A database restored over a live one's ``-wal`` is destroyed, or silently takes newer
rows in.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from ccfs_desktop.db.backup import (
    SIDES,
    Copy,
    Facts,
    Manifest,
    Why,
    counts,
    examine,
    head_of,
    key_file_of,
    key_name,
    make,
    manifest_of,
    office_id,
    read_manifest,
    readable,
    sealed,
    sha256,
    sync,
    sync_folder,
)
from ccfs_desktop.db.database import FILE, Actor, Database
from ccfs_desktop.db.driver import sqlcipher
from ccfs_desktop.db.engine import connect, make_engine, reading
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.migrations import HEAD
from ccfs_desktop.vault import durable

_STAGE = ".restore-"
_PUT_ASIDE = "put-aside-"

Found = TypeVar("Found")

Step = Callable[[int, int], None]
"""Told how far the work is: (done, of how many)."""


@dataclass(frozen=True)
class Proof:
    """A copy that was restored on the side and found good."""

    database: Path
    """The restored file, closed, of today's version."""
    manifest: Manifest | None
    """What its record says; None for a copy without one, made by an earlier version."""
    facts: Facts
    """What is in it."""


@contextmanager
def proved(source: Path, office: Path, keys: dict[str, bytes], step: Step) -> Iterator[Proof]:
    """Restore a copy into a temporary folder, bring it up to date, and compare it with its record.

    The folder lies in the office's and is gone after the block, but for what the block has taken out of it.

    Args:
        source: the copy.
        office: the office's folder.
        keys: of the office.
        step: told how far it is, of four.

    Raises:
        UserError: the copy is damaged, cut off, altered, of another office or of other keys; or the disk is full.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=_STAGE, dir=office))
    except OSError as error:
        raise _hindered(error) from None
    try:
        manifest = _record(source, keys["general"], office)
        database = folder / FILE
        _bring(source, database)
        step(1, 4)
        _same_bytes(database, source, manifest)
        if not readable(database, keys["general"]):
            raise _damaged(source)
        settle(database, keys["general"])
        step(2, 4)
        facts = examine(database, keys)
        _same_facts(facts, manifest)
        step(3, 4)
        facts = _opened(database, keys, facts)
        step(4, 4)
        yield Proof(database, manifest, facts)
    except (sqlcipher.DatabaseError, DatabaseError):
        raise _damaged(source) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_stages(office: Path) -> None:
    """Clear away what a killed restore or rehearsal left. Call it alone."""
    for folder in office.glob(_STAGE + "*"):
        shutil.rmtree(folder, ignore_errors=True)


def _record(source: Path, key: bytes, office: Path) -> Manifest | None:
    """Return a copy's record if the copy may belong here."""
    manifest = read_manifest(source)
    if manifest is None:
        if manifest_of(source).exists():
            raise UserError(
                _("The record beside the copy {name} is damaged. Take another copy.").format(name=source.name)
            )
        return None
    ours = office_id(office / "vault.json")
    if ours and manifest.office and manifest.office != ours:
        raise UserError(_("The copy {name} belongs to another office.").format(name=source.name))
    if manifest.key != key_name(key):
        raise UserError(
            _(
                "The copy {name} was made with other keys, before the keys of this office were changed. "
                "It opens only with the key file that lies beside it, in a folder of its own."
            ).format(name=source.name)
        )
    if not sealed(manifest, key):
        raise UserError(_("The record beside the copy {name} was altered. Take another copy.").format(name=source.name))
    _same_key_file(source, manifest)
    return manifest


def _same_key_file(source: Path, manifest: Manifest) -> None:
    beside = key_file_of(source)
    if beside.exists() and sha256(beside) != manifest.vault_sha256:
        raise UserError(
            _("The key file beside the copy {name} is not the one it was made with. Take another copy.").format(
                name=source.name
            )
        )


def _bring(source: Path, to: Path) -> None:
    try:
        shutil.copyfile(source, to)
        sync(to)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise UserError(_("There is not enough free disk space to restore a copy. Nothing was changed.")) from None
        raise UserError(
            _("The copy “{path}” cannot be read. Is the disk or the stick plugged in?").format(path=source)
        ) from None


def _same_bytes(database: Path, source: Path, manifest: Manifest | None) -> None:
    if manifest and (database.stat().st_size != manifest.bytes or sha256(database) != manifest.sha256):
        raise _damaged(source)


def _same_facts(facts: Facts, manifest: Manifest | None) -> None:
    if not facts.whole:
        raise UserError(_("The audit trail of this copy is not whole: somebody altered it. Take another copy."))
    if manifest and facts != manifest.facts:
        raise UserError(_("What is in the copy differs from what its record says. Take another copy."))


def _opened(database: Path, keys: dict[str, bytes], facts: Facts) -> Facts:
    """Open the copy as the program opens an office, which brings it up to date, and read anew what that changed."""
    Database(database, keys, Actor("CCFS Desktop", "program")).close()
    settle(database, keys["general"])
    if facts.revision == HEAD:
        return facts
    facts = examine(database, keys)
    _same_facts(facts, None)
    return facts


def _damaged(source: Path) -> UserError:
    return UserError(
        _("The copy {name} is damaged, cut off, or of another office. Take another copy.").format(name=source.name)
    )


def settle(path: Path, key: bytes) -> None:
    """Make a database one file that needs no other, which only works while no program has it open.

    Raises:
        UserError: another program has it open, or it is damaged.
    """
    taken = UserError(_("Another program has this office open. Please close it there first. Nothing was changed."))
    try:
        raw = connect(path, key)
        try:
            if raw.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
                raise taken
        finally:
            raw.close()
    except sqlcipher.OperationalError as error:
        if "locked" in str(error):
            raise taken from None
        raise


def present(live: Path, keys: dict[str, bytes]) -> dict[str, int] | None:
    """Return how many rows each table of an office's database has; None when it cannot be read."""
    return look(live, keys, counts)


def look(live: Path, keys: dict[str, bytes], ask: Callable[[Connection], Found]) -> Found | None:
    """Ask a database something without changing a byte of it; None when it cannot be read."""
    if not live.exists():
        return None
    engine = make_engine(live, keys, read_only=True)  # a damaged one is to keep its -wal
    try:
        with reading(engine).connect() as connection:
            return ask(connection)
    except (UserError, sqlcipher.DatabaseError, DatabaseError):
        return None
    finally:
        engine.dispose()


def put_in_place(proof: Proof, office: Path, keys: dict[str, bytes], copies: Path) -> Copy | None:
    """Put a proved copy in the place of the office's database.

    Whenever the program is killed, the office is the old one or the new one.

    Args:
        proof: the copy.
        office: the office's folder; no program has it open.
        keys: of the office.
        copies: where the present state is kept; the caller holds this folder alone.

    Returns:
        The copy of what was there before; None when that could not be read and was put aside as it was, or when
        nothing was there.

    Raises:
        UserError: another program has the office open, the disk is full. Nothing was changed.
    """
    live = office / FILE
    before = _keep_present(live, keys, copies) if live.exists() else None
    try:
        for side in SIDES:  # a readable database has none by now; what an unreadable one had is put aside
            live.with_name(live.name + side).unlink(missing_ok=True)
        proof.database.replace(live)
    except OSError as error:  # such as another program that holds the file on Windows
        raise _hindered(error) from None
    sync_folder(office)
    return before


def _hindered(error: OSError) -> UserError:
    return UserError(
        _("The office's folder cannot be written ({reason}). Nothing was restored.").format(
            reason=os.strerror(error.errno or errno.EIO)
        )
    )


def _keep_present(live: Path, keys: dict[str, bytes], copies: Path) -> Copy | None:
    # SQLite throws a log away that it cannot read: what was left by an accident is kept before it is opened.
    aside = _put_aside(live, copies) if any(live.with_name(live.name + side).exists() for side in SIDES) else None
    try:
        kept = _copied(live, keys, copies)
    except UserError:
        _drop(aside)
        raise
    if kept:
        _drop(aside)
    elif aside is None:
        _put_aside(live, copies)
    return kept


def _copied(live: Path, keys: dict[str, bytes], copies: Path) -> Copy | None:
    """Copy the present database; None when it cannot be read."""
    if not _sound(live, keys["general"]):
        return None
    kept = make(live, keys, copies, Why.RESTORE)
    settle(live, keys["general"])
    if head_of(live, keys, closed=True) != kept.manifest.facts.head:
        raise UserError(_("Another program is working in this office. Please close it first. Nothing was changed."))
    return kept


def _drop(aside: Path | None) -> None:
    if aside:
        shutil.rmtree(aside, ignore_errors=True)


def _sound(live: Path, key: bytes) -> bool:
    """Tell whether the present database can be read, and make it one file.

    Raises:
        UserError: another program has it open.
    """
    try:
        settle(live, key)
    except sqlcipher.DatabaseError:
        return False
    except UserError:
        if _opens(live, key):
            raise
        return False
    return readable(live, key)


def _opens(live: Path, key: bytes) -> bool:
    """Tell whether a file opens at all: then what hinders is that somebody else has it open."""
    try:
        connect(live, key, read_only=True).close()
    except UserError:
        return False
    except sqlcipher.DatabaseError:
        return True
    return True


def _put_aside(live: Path, copies: Path) -> Path:
    """Keep a database that cannot be read, and what lies beside it, byte for byte."""
    folder = copies / f"{_PUT_ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    try:
        folder.mkdir(parents=True)
        for side in ("", *SIDES):
            part = live.with_name(live.name + side)
            if part.exists():
                shutil.copyfile(part, folder / part.name)
                sync(folder / part.name)
        key_file = live.with_name("vault.json")
        if key_file.exists():
            durable.replace(folder / key_file.name, key_file.read_bytes())
        sync_folder(folder)
    except OSError as error:
        raise UserError(
            _("The present state of the office could not be put aside ({reason}). Nothing was changed.").format(
                reason=os.strerror(error.errno or 5)
            )
        ) from None
    return folder
