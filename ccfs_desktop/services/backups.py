"""Backups: made by themselves, proved by rehearsal, restored when they are needed. Source: security.md 4.3.

What is about a closed or damaged office needs its keys, not an open database: hence ``Office``.
"""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ccfs_desktop import places, vault
from ccfs_desktop.db import Actor, Database, backup
from ccfs_desktop.db import restore as restoring
from ccfs_desktop.db.backup import Busy, Copy, Facts, Manifest, Why
from ccfs_desktop.db.restore import Step
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.services import backup_erased, backup_rotation, backup_second, backup_state, roles
from ccfs_desktop.services.backup_erased import Since
from ccfs_desktop.services.backup_rotation import Kept
from ccfs_desktop.services.roles import MAY, Right

_FOLDER = "backups"
_LIVE = "office.db"
_VAULT = "vault.json"


@dataclass(frozen=True)
class Office:
    """An office's folder, who is working, and the keys to read it, whether it is open or not."""

    folder: Path
    keys: dict[str, bytes] = field(repr=False)
    actor: Actor

    @property
    def copies(self) -> Path:
        """Where its copies lie."""
        return self.folder / _FOLDER

    @property
    def live(self) -> Path:
        """Its database."""
        return self.folder / _LIVE


@dataclass(frozen=True)
class Made:
    """A new copy."""

    copy: Copy
    second: str
    """Why it is not on the second medium, as a sentence; empty when it is there, or none was named."""


@dataclass(frozen=True)
class Entry:
    """One line of the list of copies."""

    path: Path
    """Where to restore it from."""
    made: datetime
    size: int
    """Bytes."""
    manifest: Manifest | None
    """None for a copy of an earlier version, which kept no record."""
    sound: bool
    """Whether the file still is as long as its record says."""
    kept: tuple[Kept, ...]
    here: bool
    """Whether it lies in the office's folder."""
    second: bool
    """Whether it lies on the second medium, as far as that can be seen now."""


@dataclass(frozen=True)
class Checked:
    """A copy that was restored on the side and found good."""

    facts: Facts
    manifest: Manifest | None
    present: dict[str, int] | None
    """Table → rows in the office now; None when that cannot be read."""
    erased: int = 0
    """Children whose data the copy holds and who were erased since."""
    warning: str = ""
    """What was erased since, and what nobody can know, as finished sentences; empty for nothing."""


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal found."""

    well: bool
    told: str
    """A finished sentence."""


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    matches: bool
    told: str
    """A finished sentence with the counts."""


def of(db: Database) -> Office:
    """Return the office that is open.

    Raises:
        UserError: it lives on a server.
    """
    if db.folder is None:
        raise UserError(_("This office lives on a database server, whose administrator backs it up."))
    return Office(db.folder, dict(db.keys), db.actor)


def unlock(folder: Path, user: str, password: str, source: Path | None = None) -> Office:
    """Take the keys of an office without opening its database, which may be damaged or gone.

    Args:
        folder: the office's folder.
        user: who is working.
        password: that user's own; of the day of the copy where the office's own key file is gone.
        source: the copy whose key file stands in then.

    Raises:
        UserError: there is no key file, or user or password is wrong.
    """
    unlocked, _failed = vault.enter(_key_file(folder, source), user, password)
    return Office(folder, dict(unlocked.keys), Actor(unlocked.user, unlocked.role))


def unlock_demo(folder: Path) -> Office:
    """Take the keys of a demonstration office."""
    unlocked = vault.Vault.load(folder / _VAULT).unlock_demo()
    return Office(folder, dict(unlocked.keys), Actor(unlocked.user, unlocked.role))


def _key_file(folder: Path, source: Path | None) -> Path:
    own = folder / _VAULT
    beside = backup.key_file_of(source) if source else own
    return beside if not own.exists() and beside.exists() else own


# ------------------------------------------------------------------------------------------------------------ the verbs


def make(office: Office, why: Why = Why.ASKED, *, second: Path | None = None, step: Step | None = None) -> Made:
    """Make a verified copy now, rotate, and put it on the second medium where that is reachable.

    Args:
        office: whose.
        why: what for.
        second: the folder somebody named as second medium.
        step: told how far it is, of two.

    Raises:
        UserError: the disk is full, a folder is out of reach, the role may not. The earlier copies are kept.
    """
    if why is Why.ASKED:
        _allow(office.actor)
    copy = backup.backup(office.live, office.keys, office.copies, why)
    if step:
        step(1, 2)
    with contextlib.suppress(Busy), backup.alone(office.copies):
        backup_rotation.rotate(office.copies)
    backup_state.change(office.copies, failed_at="", failed_told="")
    told = ""
    if second is not None:
        try:
            _to_second(office, copy, second)
        except UserError as error:
            told = str(error)
    return Made(copy, told)


def automatic(office: Office, *, second: Path | None = None, rehearsal: bool = True) -> None:
    """Do what is due: a copy when something changed, one on the second medium, a rehearsal once a week.

    Args:
        office: whose; anybody's session may do it, whatever the role.
        second: the folder somebody named as second medium.
        rehearsal: whether there is time to rehearse.

    Raises:
        UserError: no copy could be made; it is remembered and stands on Today.
    """
    try:
        if changed(office):
            make(office, Why.AUTOMATIC, second=second)
        elif second is not None and backup_second.reachable(second):
            with contextlib.suppress(UserError):
                _to_second(office, backup.copies(office.copies)[0], second)
    except Busy:
        return
    except UserError as error:
        backup_state.change(office.copies, failed_at=backup_state.now(), failed_told=str(error))
        raise
    if rehearsal and backup_state.rehearsal_due(backup_state.load(office.copies)):
        with contextlib.suppress(Busy):
            _rehearse(office, None, None)


def before(db: Database, why: Why) -> None:
    """Make a copy before something risky, if anything changed since the last one. A server's office has none.

    Raises:
        UserError: no copy could be made, so that the risky thing had better wait.
    """
    if db.folder is None:
        return
    office = of(db)
    if changed(office):
        make(office, why)


def changed(office: Office) -> bool:
    """Tell whether the newest copy, by the head of the trail, is not what is in the office now."""
    ours = backup.key_name(office.keys[vault.GENERAL])
    newest = next((c.manifest for c in backup.copies(office.copies) if c.manifest.key == ours), None)
    return newest is None or newest.facts.head != backup.head_of(office.live, office.keys)


def list_of(office: Path, second: Path | None = None) -> list[Entry]:
    """Return all copies of an office, here and on the second medium, newest first; no key is needed.

    Args:
        office: the office's folder.
        second: the folder somebody named as second medium.
    """
    here = _files(office / _FOLDER)
    there = _files(backup_second.place(office, second)) if second and backup_second.reachable(second) else {}
    copies = backup.copies(office / _FOLDER)
    kept = backup_rotation.standing(copies)
    found: list[Entry] = []
    for name in sorted({*here, *there}, reverse=True):
        path, size = here.get(name) or there[name]
        manifest = backup.read_manifest(path)
        made = manifest.made if manifest else _made(name)
        sound = manifest is None or manifest.bytes == size
        found.append(Entry(path, made, size, manifest, sound, kept.get(name, ()), name in here, name in there))
    return found


def newest(office: Office) -> Path:
    """Return the newest copy here.

    Raises:
        UserError: there is none.
    """
    entries = list_of(office.folder)
    if not entries:
        raise UserError(_("There is no backup of this office yet. Make one first."))
    return entries[0].path


def check(office: Office, source: Path, step: Step | None = None) -> Checked:
    """Restore a copy on the side, compare it with its record, and throw it away again.

    Raises:
        UserError: the copy is refused; the sentence says why.
    """
    _allow(office.actor)
    office.copies.mkdir(parents=True, exist_ok=True)
    with backup.alone(office.copies):
        restoring.sweep_stages(office.folder)
        with restoring.proved(source, office.folder, office.keys, step or _quiet) as proof:
            erased = backup_erased.since(proof.database, office.live, office.keys, source, office.copies)
            present = restoring.present(office.live, office.keys)
            warned = backup_erased.warning(erased)
            return Checked(proof.facts, proof.manifest, present, erased.children, warned)


def rehearse(office: Office, source: Path | None = None, step: Step | None = None) -> Rehearsal:
    """Rehearse a restore; what was found is remembered and noted in the trail.

    Args:
        office: whose.
        source: the copy; otherwise the newest one here.
        step: told how far it is, of four.

    Raises:
        UserError: there is no copy, or the role may not. A bad copy is a result, not an error.
    """
    _allow(office.actor)
    return _rehearse(office, source, step)


def restore(
    office: Office, source: Path, *, step: Step | None = None, lock: places.OfficeLock | None = None,
    warn: Callable[[str], object] | None = None,
) -> Restored:  # fmt: skip
    """Put a copy in the place of what the office holds now, which is backed up first and never deleted.

    Args:
        office: closed.
        source: the copy.
        step: told how far it is, of four.
        lock: the office's, where the caller's window holds it.
        warn: told before anything is changed what comes back although it was erased, if anything.

    Raises:
        UserError: the copy is refused, a program has the office open, the disk is full, the role may not. Nothing was
            changed.
    """
    _allow(office.actor)
    office.copies.mkdir(parents=True, exist_ok=True)
    places.check_place(office.folder)
    held = lock or places.OfficeLock(office.folder)
    if not held.acquire():
        raise UserError(_("This office is open in a window. Please close it there first. Nothing was changed."))
    try:
        with backup.alone(office.copies):
            backup.sweep(office.copies)
            restoring.sweep_stages(office.folder)
            with restoring.proved(source, office.folder, office.keys, step or _quiet) as proof:
                erased = backup_erased.since(proof.database, office.live, office.keys, source, office.copies)
                if warn and (told := backup_erased.warning(erased)):
                    warn(told)
                _bring_key_file(office.folder, source)
                replaced = restoring.put_in_place(proof, office.folder, office.keys, office.copies)
        return _note_restored(office, source, proof, replaced, erased)
    finally:
        if lock is None:
            held.release()


# --------------------------------------------------------------------------------------------------------------- inside


def _allow(actor: Actor) -> None:
    """The one place where backups ask what a role may do; what the program does by itself does not ask."""
    if Right.BACKUP not in MAY.get(actor.role, frozenset()):
        raise UserError(_("Your role may not do this. Ask the HR officer."))


def _to_second(office: Office, copy: Copy, second: Path) -> None:
    backup_second.copy_to(copy, office.folder, second)
    state = backup_state.load(office.copies)
    if state.second_file != copy.path.name or backup_state.days_since(state.second_at):
        backup_state.change(office.copies, second_at=backup_state.now(), second_file=copy.path.name)


def _rehearse(office: Office, source: Path | None, step: Step | None) -> Rehearsal:
    source = source or newest(office)
    with backup.alone(office.copies):
        restoring.sweep_stages(office.folder)
        try:
            with restoring.proved(source, office.folder, office.keys, step or _quiet) as proof:
                wanted = (proof.manifest.facts if proof.manifest else proof.facts).counts
                found = Rehearsal(*_compared(N_("Rehearsed with {what}: matches."), wanted, proof.facts.counts))
        except UserError as error:
            found = Rehearsal(well=False, told=str(error))
    backup_state.change(
        office.copies, rehearsed_at=backup_state.now(), rehearsed_file=source.name, rehearsed_well=found.well,
        rehearsed_told=found.told,
    )  # fmt: skip
    detail = {"matches": found.well, "found": found.told}
    _note(office, N_("Rehearse a restore"), "rehearsal", source.name, detail)
    return found


def _note_restored(
    office: Office, source: Path, proof: restoring.Proof, replaced: Copy | None, erased: Since
) -> Restored:
    """Compare what is in the office now with the copy's record, and note the restore in the trail it begins again."""
    wanted = (proof.manifest.facts if proof.manifest else proof.facts).counts
    before = replaced.manifest if replaced else None
    detail = {
        "entries": proof.facts.entries, "head": proof.facts.head,
        "made_at": proof.manifest.made_at if proof.manifest else "",
        "replaced": before.file if before else "", "replaced_entries": before.facts.entries if before else 0,
        "replaced_head": before.facts.head if before else "",
    }  # fmt: skip
    now = restoring.present(office.live, office.keys) or {}
    _note(office, N_("Restore a backup"), "restore", source.name, detail, erased)
    matches, told = _compared(N_("Restored {what}: matches."), wanted, now)
    return Restored(matches, " ".join(filter(None, (told, backup_erased.warning(erased)))))


def _compared(good: str, wanted: dict[str, int], found: dict[str, int]) -> tuple[bool, str]:
    """Compare the rows of every table that the record names; a newer version may have added some."""
    missing = sorted(name for name, n in wanted.items() if found.get(name, -1) < n)
    if missing:
        return False, _("What was restored differs from its record: {tables}.").format(tables=", ".join(missing))
    return True, _(good).format(what=in_words(found))


def in_words(counts: dict[str, int]) -> str:
    """Say how much is in an office: ``214 children, 3,981 visits``."""
    children, visits = counts.get("child", 0), counts.get("visit", 0)
    return ", ".join(
        (
            ngettext("{n} child", "{n} children", children).format(n=f"{children:,}"),
            ngettext("{n} visit", "{n} visits", visits).format(n=f"{visits:,}"),
        )
    )


def _note(
    office: Office, action: str, what: str, which: str, detail: dict[str, Any], erased: Since | None = None
) -> None:
    db = Database.open(office.folder, dict(office.keys), office.actor)
    try:
        with db.begin(action, final=True) as session:
            db.note(session, what, which, detail)
            if erased:
                backup_erased.carry_over(session, erased)
    finally:
        db.close()


def _bring_key_file(folder: Path, source: Path) -> None:
    """Put the key file of the copy where the office has none, as on a new PC."""
    beside = backup.key_file_of(source)
    if not (folder / _VAULT).exists() and beside.exists():
        backup.durable.write(folder / _VAULT, beside.read_bytes())


def _files(folder: Path) -> dict[str, tuple[Path, int]]:
    with contextlib.suppress(OSError):
        return {path.name: (path, path.stat().st_size) for path in _glob(folder)}
    return {}


def _glob(folder: Path) -> Iterable[Path]:
    return folder.glob("office-*.db")


def _made(name: str) -> datetime:
    """Read from a copy's name when it was made."""
    try:
        return datetime.strptime(name[7:22], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return datetime.fromtimestamp(0, UTC).astimezone()


def _quiet(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


roles.guard(globals(), Right.OFFICE, {})
