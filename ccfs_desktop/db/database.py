"""An open office database: transactions for people's actions, and for reading."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from ccfs_desktop import places, vault
from ccfs_desktop.db import trail
from ccfs_desktop.db.canon import Json
from ccfs_desktop.db.engine import fitting, make_engine, reading
from ccfs_desktop.db.migrate import migrate
from ccfs_desktop.errors import Refused, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.base import Record

FILE = "office.db"


@dataclass(frozen=True)
class Actor:
    """Who is working."""

    user: str
    role: str
    period: str = ""
    """The first and last day an auditor may look at, as ``2017-07-03/2017-08-25``; empty for no limit."""


class Database:
    """One office's data, opened with its keys.

    Records stay usable after the block they were read in. Nothing is loaded behind the scenes: a query loads what
    the screen shows.
    """

    def __init__(self, target: Path | str, keys: dict[str, bytes], actor: Actor) -> None:
        """Connect and bring the schema up to date.

        Args:
            target: the ``office.db`` file, or a ``postgresql+psycopg://`` address.
            keys: ``general`` (32 bytes) and, for roles that hold it, ``sensitive``.
            actor: whose name goes on what is done.

        Raises:
            UserError: the place is unsafe, the key wrong, or the database newer than this program.
        """
        self.target = target
        self.actor = actor
        self._moving = False
        self.opened_at = trail.utc_now()
        """When, in UTC: what was done before is no longer taken back by a mere key stroke."""
        if isinstance(target, Path):
            places.check_place(target.parent)
        self._take(keys)
        try:
            migrate(target, self.keys)
        except DatabaseError as error:
            raise _in_words(error) from error
        self._connect()

    def _take(self, keys: dict[str, bytes]) -> None:
        """Keep the keys; as the general one that which opens the file."""
        self._held = keys
        fits = fitting(self.target, keys) if isinstance(self.target, Path) else keys["general"]
        self.keys = keys | {"general": fits}
        self.awaited_key = None if fits == keys["general"] else keys["general"]
        """The general key the database is to have and has not; see ``rekey.finish``."""

    def _connect(self) -> None:
        self.engine = make_engine(self.target, self.keys, masks=self.actor.role in vault.MASKED, role=self.actor.role)
        self.trail = trail.Trail(vault.lasting(self.keys, "audit"))
        self._writing: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False)
        self._reading: sessionmaker[Session] = sessionmaker(
            reading(self.engine), expire_on_commit=False, autoflush=False
        )
        trail.watch(self.engine, self._writing, self.trail)

    @classmethod
    def open(cls, folder: Path, keys: dict[str, bytes], actor: Actor) -> "Database":
        """Open the database of an office folder."""
        return cls(folder / FILE, keys, actor)

    def take_keys(self, keys: dict[str, bytes]) -> None:
        """Go on with other keys, such as those the vault has just made new."""
        with self.moving():
            self._held = keys

    @contextmanager
    def moving(self) -> Iterator[None]:
        """Let go of the database for the block, and open it anew with the key that fits then."""
        self._moving = True
        self.engine.dispose()
        try:
            yield
        finally:
            self._take(self._held)
            self._connect()
            self._moving = False

    def _check_here(self) -> None:
        if self._moving:
            raise UserError(_("The keys of the office are being changed. One moment, please."))

    @property
    def folder(self) -> Path | None:
        """The office folder; None when the office lives on a server."""
        return self.target.parent if isinstance(self.target, Path) else None

    @contextmanager
    def begin(self, action: str, *, final: bool = False, undoes: str = "") -> Iterator[Session]:
        """Do one user action as one transaction: all of it is on disk after the block, or nothing.

        Args:
            action: what the user does, marked with ``N_``: ``Sign in a child``.
            final: the action cannot be undone.
            undoes: the transaction that this one takes back.

        Raises:
            UserError: another program holds the data, somebody else changed the same record, the disk is full.
        """
        self._check_here()
        if self.folder:
            places.require_space(self.folder)
        stamp = trail.Stamp(self.actor.user, self.actor.role, action, secrets.token_hex(16), undoes=undoes, final=final)
        try:
            with self._writing() as session:
                session.info |= {"stamp": stamp, "actor": self.actor}
                with session.begin():
                    yield session
        except StaleDataError:
            raise UserError(
                _("Somebody else changed this in the meantime. It is shown anew; enter your change again.")
            ) from None
        except IntegrityError:
            raise
        except StatementError as error:
            raise _in_words(error) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Read a consistent state of the data; never waits for a writer."""
        self._check_here()
        try:
            with self._reading() as session:
                session.info["actor"] = self.actor
                yield session
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise _in_words(error) from error

    def insert_many(self, session: Session, records: Sequence[Record]) -> None:
        """Insert many records of one kind at once, with their entries in the trail."""
        trail.insert_many(session, self.trail, records)

    def restate(self, session: Session, records: Sequence[Record]) -> None:
        """Enter anew what records hold, after what the trail said about them was erased."""
        trail.restate(session, self.trail, records)

    def settle(self) -> bool:
        """Bring everything from the log beside the file into the file, and empty the log: the end of every erasure.

        Returns:
            False when somebody is just reading or writing: the next time the office is opened or closed will do it.

        Source: security.md 5.1.
        """
        if not isinstance(self.target, Path):
            return True  # what a server keeps beside its tables is its administrator's
        log = self.target.with_name(f"{self.target.name}-wal")
        if not log.exists() or not log.stat().st_size:
            return True
        raw = self.engine.raw_connection()  # outside any transaction, within which there is no such thing
        try:
            cursor = raw.cursor()
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # pyright: ignore[reportAttributeAccessIssue]
        finally:
            raw.close()
        return busy is not None and not busy[0]

    def note(self, session: Session, what: str, which: str = "", detail: Json = None) -> None:
        """Enter something that changed no record: a print, an export, the reading of health data."""
        trail.note(session, self.trail, what, which, detail or {})

    def head(self, session: Session | None = None) -> trail.Head:
        """Return the newest link of the audit trail, as printed on papers.

        Args:
            session: an open one, for the link that belongs to just what it reads.
        """
        if session is not None:
            return trail.read_head(session.connection())
        with reading(self.engine).connect() as connection:
            return trail.read_head(connection)

    def close(self) -> None:
        """Let go of the file and the keys."""
        self.engine.dispose()
        self.keys = self._held = {}
        self.awaited_key = None


def _in_words(error: StatementError) -> Exception:
    """Say what the user can do about a database error; a bug stays a bug."""
    if isinstance(error.orig, UserError):
        return error.orig  # said while a value was being written
    text = str(error.orig)
    if "locked" in text or "lock timeout" in text:
        return UserError(_("Another program is writing to this office's data. Nothing was changed; try again."))
    if "disk is full" in text or "disk I/O" in text:
        return UserError(_("The disk is full. Nothing was changed; free some space and try again."))
    if "malformed" in text or "not a database" in text:
        return UserError(_("The office's data is damaged. Close the program and restore the newest backup."))
    if "not authorized" in text or "prohibited" in text:
        return Refused(_("Your role may not do this. Ask the HR officer."))
    if "readonly" in text:
        return UserError(_("The office's data may only be read here. Check the rights of its folder."))
    return error
