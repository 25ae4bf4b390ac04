"""The vault: open it, and say who else may."""

import json
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.vault import durable, recovery_code
from ccfs_desktop.vault.keys import (
    FLOOR,
    GENERAL,
    KEY_BYTES,
    ROLES,
    SENSITIVE,
    STANDARD,
    Argon,
    Unlocked,
    fold,
    password_bytes,
    ring,
    subkey,
)
from ccfs_desktop.vault.slot import PASSWORD, RECOVERY, Slot, encode, long_bytes, mapping, read_keys, text

_FORMAT = "ccfs-vault"
_VERSION = 1
_MOST_SLOTS, _MOST_BYTES, _LONGEST_NAME = 200, 1_000_000, 60
_MANAGERS = ("officer", "administrator", "recovery")


class WrongPassword(UserError):
    """The slot does not open; nobody is told whether the user exists."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(_("The user name or the password is wrong."))


class VaultDamaged(UserError):
    """The file cannot be what this program wrote."""

    def __init__(self, path: Path) -> None:
        """Say what to do."""
        sentence = _("The key file {name} of this office is damaged. Please bring it back from the latest backup.")
        super().__init__(sentence.format(name=path.name))


@dataclass(frozen=True)
class User:
    """Somebody who may open the office."""

    name: str
    role: str
    period: str = ""
    """The first and last day an auditor may look at, as ``2017-07-03/2017-08-25``; empty for no limit."""


class Vault:
    """The slots of one office, and the file they are kept in."""

    def __init__(
        self, path: Path, office: str, slots: Sequence[Slot], demo: Mapping[str, bytes] | None, argon: Argon,
        past: Mapping[str, bytes] | None = None,
    ) -> None:  # fmt: skip
        """Use ``create``, ``create_demo`` or ``load``."""
        self.path = path
        self.office = office
        """A random id; slots of another office do not open here."""
        self._slots, self._demo, self._argon = list(slots), demo, argon
        self._past = dict(past or {})
        """Name of a key → the keys before it, sealed with the one of today."""

    # -- a new vault, or one that exists ------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, user: str, password: str, *, argon: Argon = STANDARD) -> tuple["Vault", Unlocked, str]:
        """Make the vault of a new office.

        Args:
            path: where ``vault.json`` is to be.
            user: the first user, who becomes an officer.
            password: checked by ``passwords`` before.
            argon: what a try costs; tests pass a cheap one.

        Returns:
            The vault, the officer with the keys, and the recovery code to be printed.
        """
        _check_new(path)
        name, keys, office, code = _named(user), _new_keys(), _new_office(), recovery_code.new()
        slots = (
            Slot.seal(office, name, "officer", kind=PASSWORD, secret=password_bytes(password), keys=keys, kdf=argon),
            Slot.seal(
                office, "", "recovery", kind=RECOVERY, secret=recovery_code.clean(code).encode(), keys=keys, kdf=argon
            ),
        )
        vault = cls(path, office, slots, None, argon)
        vault.save()
        return vault, Unlocked(name, "officer", keys), code

    @classmethod
    def create_demo(cls, path: Path) -> "Vault":
        """Make the vault of a demonstration office: its keys lie open, and the office says so."""
        _check_new(path)
        vault = cls(path, _new_office(), (), _new_keys(), STANDARD)
        vault.save()
        return vault

    @classmethod
    def load(cls, path: Path, *, argon: Argon = STANDARD) -> "Vault":
        """Read the vault, or its twin when the file itself is damaged.

        Args:
            path: ``vault.json``.
            argon: what a try of a new password costs. A slot cheaper than the floor is refused, unless this is cheaper
                still, which only tests pass.

        Raises:
            UserError: there is no vault here.
            VaultDamaged: neither the file nor its twin can be read.
        """
        twin = durable.twin(path)
        if not path.exists() and not twin.exists():
            raise UserError(_("There is no office in the folder “{name}”.").format(name=path.parent.name))
        for file in (path, twin):
            try:
                return cls._parse(path, durable.read(file, _MOST_BYTES), argon)
            except (OSError, ValueError, KeyError, TypeError, RecursionError):
                continue
        raise VaultDamaged(path)

    # -- opening ------------------------------------------------------------------------------------------------------

    @property
    def users(self) -> tuple[User, ...]:
        """Who may open the office, in the order they were added."""
        return tuple(User(slot.user, slot.role, slot.period) for slot in self._slots if slot.kind == PASSWORD)

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration office, open to everybody."""
        return self._demo is not None

    def unlock(self, user: str, password: str) -> Unlocked:
        """Open the vault with a password; an unknown user takes as long as a wrong password.

        Raises:
            WrongPassword: user or password is not right, or the slot was tampered with.
        """
        return self._open(self._find(user), password_bytes(password))

    def unlock_demo(self) -> Unlocked:
        """Open a demonstration office.

        Raises:
            UserError: it is a real one.
        """
        if self._demo is None:
            raise UserError(_("This is not a demonstration office. Please sign in with a user name and a password."))
        return Unlocked("demo", "officer", self._demo)

    def recover(self, code: str) -> Unlocked:
        """Open the vault with the recovery code, to give somebody a new password.

        Raises:
            UserError: the code was mistyped.
            WrongPassword: it is not (or no longer) the code of this office.
        """
        secret = recovery_code.clean(code).encode("utf-8", "surrogatepass")
        slot = next((slot for slot in self._slots if slot.kind == RECOVERY), None)
        return self._open(slot, secret)

    # -- changing who may open ----------------------------------------------------------------------------------------

    def add_user(self, by: Unlocked, user: str, role: str, password: str, *, period: str = "") -> None:
        """Let somebody else in.

        Args:
            by: who does it.
            user: a name.
            role: one of ``ROLES``, but not ``recovery``.
            password: checked by ``passwords`` before.
            period: what an auditor may look at.

        Raises:
            UserError: the name is taken, or ``by`` may not give this role.
        """
        name = _named(user)
        if role == "recovery":
            raise ValueError("the recovery slot opens with a code, not with a password")
        if self._find(name) is not None:
            raise UserError(_("There is already a user called {name}.").format(name=name))
        self._check_grant(by, role)
        self._put(name, role, password_bytes(password), by.keys, period)
        self.save()

    def remove_user(self, by: Unlocked, user: str, *, renew: Collection[str] = ()) -> Unlocked:
        """Let somebody in no longer, and change keys in the same moment where nothing hinders it.

        Args:
            by: who does it.
            user: who is to go.
            renew: names of the keys to be changed.

        Returns:
            Who does it, with the new keys if they were changed; see ``hindrance``.

        Raises:
            UserError: there is no such user, it is the last officer, or ``by`` may not do it.
        """
        slot = self._known(user)
        self._check_grant(by, slot.role)
        self._check_last(slot)
        self._slots = [other for other in self._slots if other is not slot]
        return self._store(by, renew)

    def change_role(
        self, by: Unlocked, user: str, role: str, *, period: str = "", renew: Collection[str] = ()
    ) -> Unlocked:
        """Make somebody something else; the password stays. Keys are changed in the same moment, as in ``remove_user``.

        Args:
            by: who does it.
            user: a user of this office.
            role: what the user is from now on.
            period: what an auditor may look at.
            renew: names of the keys to be changed.

        Raises:
            UserError: there is no such user, it is the last officer, the user has not signed in since an earlier
                program, or ``by`` may not give or take this role.
        """
        slot = self._known(user)
        if role == "recovery":
            raise ValueError("the recovery slot opens with a code, not with a password")
        self._check_grant(by, slot.role)
        self._check_grant(by, role)
        if role != "officer":
            self._check_last(slot)
        if not slot.renewable:
            raise UserError(
                _("{name} has not signed in since the program was renewed. Give a new password first.").format(
                    name=slot.user
                )
            )
        changed = slot.holding(self.office, role, by.keys, period)
        self._slots = [changed if other is slot else other for other in self._slots]
        return self._store(by, renew)

    def renew_slot(self, by: Unlocked, password: str) -> None:
        """Turn one's slot of an earlier program into one whose keys can be changed; called at signing in."""
        slot = self._find(by.user)
        if slot is not None and not slot.renewable:
            self._put(slot.user, slot.role, password_bytes(password), by.keys, slot.period)
            self.save()

    def set_password(self, by: Unlocked, user: str, password: str) -> None:
        """Change one's own password, or give somebody a new one.

        Raises:
            UserError: there is no such user, or ``by`` may not do it.
        """
        slot = self._known(user)
        if fold(by.user) != fold(slot.user) or by.role != slot.role:
            self._check_grant(by, slot.role)
        self._put(slot.user, slot.role, password_bytes(password), by.keys, slot.period)
        self.save()

    def renew_recovery(self, by: Unlocked) -> str:
        """Make a new recovery code; the old paper is worth nothing from now on.

        Raises:
            UserError: ``by`` may not do it.
        """
        self._check_grant(by, "recovery")
        code = recovery_code.new()
        self._put("", "recovery", recovery_code.clean(code).encode(), by.keys)
        self.save()
        return code

    def change_keys(self, by: Unlocked, names: Collection[str]) -> Unlocked:
        """Make new keys for the office and give them to everybody in the vault, whose passwords stay.

        The old ones are kept, sealed with the new: what was written with them is still to be read. Whoever was removed
        before has the old ones and no more.

        Args:
            by: who does it; must hold these keys.
            names: such as ``GENERAL``.

        Returns:
            Who does it, with the new keys.

        Raises:
            UserError: ``by`` may not do it, or somebody's slot is of an earlier program (``hindrance``).
        """
        if self.is_demo or by.role not in _MANAGERS or not set(names) <= set(by.keys):
            raise UserError(_("Only an HR officer, or the recovery code, can change this user."))
        if self.hindrance:
            raise UserError(self.hindrance)
        new = {name: os.urandom(KEY_BYTES) for name in names}
        self._slots = [slot.holding(self.office, slot.role, new, slot.period) for slot in self._slots]
        self._past |= {name: self._seal_past(name, key, ring(by.keys, name)) for name, key in new.items()}
        self.save()
        return Unlocked(by.user, by.role, self._with_past({n: by.keys[n] for n in ROLES[by.role]} | new), by.period)

    @property
    def hindrance(self) -> str:
        """Why the keys cannot be changed: a slot is of an earlier program; empty for nothing."""
        names = [slot.user or _("Recovery sheet") for slot in self._slots if not slot.renewable]
        sentence = _("The keys can be changed when these have signed in once, or have been given anew: {names}.")
        return sentence.format(names=listed(names)) if names else ""

    def save(self) -> None:
        """Write the vault and its twin."""
        fields: dict[str, object] = {"format": _FORMAT, "version": _VERSION, "office": self.office}
        if self._demo is not None:
            fields["demo"] = {name: encode(key) for name, key in self._demo.items()}
        if self._past:
            fields["past"] = {name: encode(sealed) for name, sealed in self._past.items()}
        fields["slots"] = [slot.stored() for slot in self._slots]
        durable.write(self.path, json.dumps(fields, indent=1, ensure_ascii=False).encode())

    def _store(self, by: Unlocked, renew: Collection[str]) -> Unlocked:
        """Save, with new keys where they are wanted and can be."""
        if not renew or self.hindrance:
            self.save()
            return by
        return self.change_keys(by, renew)

    # -- inside -------------------------------------------------------------------------------------------------------

    @classmethod
    def _parse(cls, path: Path, raw: bytes, argon: Argon) -> "Vault":
        """Read what may have been edited; anything unexpected raises."""
        fields = mapping(json.loads(raw))
        slots = fields["slots"]
        if fields["format"] != _FORMAT or fields["version"] != _VERSION:
            raise ValueError("not a vault")
        if not isinstance(slots, list) or len(slots) > _MOST_SLOTS:
            raise ValueError("slots")
        weakest = Argon(
            min(FLOOR.iterations, argon.iterations),
            min(FLOOR.lanes, argon.lanes),
            min(FLOOR.memory_kib, argon.memory_kib),
        )
        demo = read_keys(fields["demo"]) if "demo" in fields else None
        if demo is not None and (slots or set(demo) != {GENERAL, SENSITIVE}):
            raise ValueError("demo")
        past = {name: long_bytes(sealed) for name, sealed in mapping(fields.get("past", {})).items()}
        return cls(path, text(fields["office"]), [Slot.read(slot, weakest) for slot in slots], demo, argon, past)

    def _open(self, slot: Slot | None, secret: bytes) -> Unlocked:
        if slot is None:
            cost = self._slots[0].kdf if self._slots else self._argon
            cost.derive(secret, bytes(16))
            raise WrongPassword
        keys = slot.open(self.office, secret)
        if keys is None:
            raise WrongPassword
        return Unlocked(slot.user, slot.role, self._with_past(keys), slot.period)

    def _seal_past(self, name: str, key: bytes, before: Sequence[bytes]) -> bytes:
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        nonce = os.urandom(12)
        plain = b"".join(before)
        return nonce + cipher.seal(subkey(key, "past"), nonce, plain, f"{self.office}/{name}".encode())

    def _with_past(self, keys: Mapping[str, bytes]) -> dict[str, bytes]:
        """Add to the keys those that came before them."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        found = dict(keys)
        for name, sealed in self._past.items():
            if name not in keys:
                continue
            bound = f"{self.office}/{name}".encode()
            plain = cipher.unseal(subkey(keys[name], "past"), sealed[:12], sealed[12:], bound)
            if plain is None or len(plain) % KEY_BYTES:
                raise VaultDamaged(self.path)
            older = [plain[i : i + KEY_BYTES] for i in range(0, len(plain), KEY_BYTES)]
            found |= {f"{name}-{n}": key for n, key in enumerate(older, start=1)}
        return found

    def _find(self, user: str) -> Slot | None:
        wanted = fold(user)
        return next((slot for slot in self._slots if slot.kind == PASSWORD and fold(slot.user) == wanted), None)

    def _known(self, user: str) -> Slot:
        slot = self._find(user)
        if slot is None:
            raise UserError(_("There is no user called {name}.").format(name=user))
        return slot

    def _check_last(self, slot: Slot) -> None:
        others = [other for other in self._slots if other is not slot]
        if slot.role == "officer" and not any(other.role == "officer" for other in others):
            raise UserError(_("{name} is the only HR officer. Please add another one first.").format(name=slot.user))

    def _check_grant(self, by: Unlocked, role: str) -> None:
        """Nobody gives or takes away what he does not hold himself."""
        if self.is_demo:
            raise UserError(_("A demonstration office has no users and no passwords. Please make an office first."))
        if not may_grant(by.role, set(by.keys), role):
            raise UserError(_("Only an HR officer, or the recovery code, can change this user."))

    def _put(self, user: str, role: str, secret: bytes, keys: Mapping[str, bytes], period: str = "") -> None:
        """Replace this user's slot, or add one at the end."""
        kind = RECOVERY if role == "recovery" else PASSWORD
        slot = Slot.seal(self.office, user, role, kind=kind, secret=secret, keys=keys, kdf=self._argon, period=period)
        old = next((other for other in self._slots if other.kind == kind and fold(other.user) == fold(user)), None)
        others = [slot if other is old else other for other in self._slots]
        self._slots = others if old else [*others, slot]


def may_grant(by: str, keys: Collection[str], role: str) -> bool:
    """Tell whether somebody may give a role to others, and take it away.

    Args:
        by: the role of who wants to.
        keys: names of the keys held.
        role: the role to be given.
    """
    return by in _MANAGERS and set(ROLES[role]) <= set(keys)


def _check_new(path: Path) -> None:
    if path.exists() or durable.twin(path).exists():
        raise UserError(_("There is already an office in the folder “{name}”.").format(name=path.parent.name))


def _new_office() -> str:
    return os.urandom(16).hex()


def _new_keys() -> dict[str, bytes]:
    return {name: os.urandom(KEY_BYTES) for name in (GENERAL, SENSITIVE)}


def _named(user: str) -> str:
    name = " ".join(user.split())
    if not name:
        raise UserError(_("Please give the user a name."))
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise UserError(_("Please give the user a name of at most {most} letters.").format(most=_LONGEST_NAME))
    return name
