"""One user's slot: a key of two halves, the private one sealed with the password, the office's keys with the public.

So the office's keys can be changed, and a role with them, while the users are not there to type their passwords.
Source: security.md 2.3.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import cast

from ccfs_desktop.vault.keys import CEILING, KEY_BYTES, ROLES, Argon

PASSWORD, RECOVERY = "password", "recovery"
_SALT_BYTES, _NONCE_BYTES, _LONGEST = 16, 12, 2000


@dataclass(frozen=True)
class Slot:
    """Everything is bound to what it belongs to: change the role or the cost, and the slot no longer opens."""

    user: str
    role: str
    kind: str
    kdf: Argon
    salt: bytes
    nonce: bytes
    sealed: bytes
    """The private half of the user's key, sealed with the password."""
    public: bytes = b""
    """The public half; empty in a slot of an earlier program, which seals the office's keys with the password itself
    and gets its halves when the user signs in the next time."""
    wrapped: Mapping[str, bytes] | None = None
    """Name of a key of the office → the key, sealed to the public half."""
    period: str = ""
    """The first and last day an auditor may look at, as ``2017-07-03/2017-08-25``; empty for no limit."""

    @classmethod
    def seal(
        cls, office: str, user: str, role: str, *, kind: str, secret: bytes, keys: Mapping[str, bytes], kdf: Argon,
        period: str = "",
    ) -> "Slot":  # fmt: skip
        """Make a slot that opens with ``secret``; it holds the role's keys and no others."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        private, public = cipher.new_pair()
        bare = cls(user, role, kind, kdf, salt, nonce, b"", public)
        sealed = cipher.seal(kdf.derive(secret, salt), nonce, private, bare._bound_secret(office))
        return replace(bare, sealed=sealed).holding(office, role, keys, period)

    @property
    def renewable(self) -> bool:
        """Whether the keys in it can be changed without the password."""
        return bool(self.public)

    def holding(self, office: str, role: str, keys: Mapping[str, bytes], period: str = "") -> "Slot":
        """Return the slot with a role and that role's keys; the password stays.

        Args:
            office: the office's id.
            role: what the user is from now on.
            keys: at least those that the role holds and the slot does not hold in this role yet.
            period: what an auditor may look at.
        """
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        old = dict(self.wrapped or {}) if (role, period) == (self.role, self.period) else {}
        bare = replace(self, role=role, period=period)
        wrapped: dict[str, bytes] = {}
        for name in ROLES[role]:
            fresh = name in keys
            wrapped[name] = cipher.deliver(self.public, keys[name], bare.bound(office, name)) if fresh else old[name]
        return replace(bare, wrapped=wrapped)

    def open(self, office: str, secret: bytes) -> dict[str, bytes] | None:
        """Return the keys, or None when the secret is wrong or the slot was changed."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        bound = self._bound_secret(office)
        plain = cipher.unseal(self.kdf.derive(secret, self.salt), self.nonce, self.sealed, bound)
        if plain is None:
            return None
        if not self.renewable:
            return read_keys(json.loads(plain))
        keys = {
            name: cipher.receive(plain, wrapped, self.bound(office, name))
            for name, wrapped in (self.wrapped or {}).items()
        }
        good = {name: key for name, key in keys.items() if key is not None and len(key) == KEY_BYTES}
        return good if set(good) == set(ROLES[self.role]) == set(keys) else None

    def stored(self) -> dict[str, object]:
        """Return the slot as it is written to the file."""
        fields: dict[str, object] = {
            "user": self.user,
            "role": self.role,
            "kind": self.kind,
            "kdf": asdict(self.kdf),
            "salt": encode(self.salt),
            "nonce": encode(self.nonce),
            "sealed": encode(self.sealed),
        }
        if self.renewable:
            fields["public"] = encode(self.public)
            if self.period:
                fields["period"] = self.period
            fields["keys"] = {name: encode(key) for name, key in (self.wrapped or {}).items()}
        return fields

    @classmethod
    def read(cls, raw: object, weakest: Argon) -> "Slot":
        """Read a slot of a file that anybody may have edited.

        Raises:
            ValueError: it is not a slot, or its cost is out of bounds.
        """
        fields = mapping(raw)
        public = decode(fields["public"]) if "public" in fields else b""
        slot = cls(
            user=text(fields["user"]),
            role=text(fields["role"]),
            kind=text(fields["kind"]),
            kdf=_read_cost(fields["kdf"]),
            salt=decode(fields["salt"]),
            nonce=decode(fields["nonce"]),
            sealed=decode(fields["sealed"]),
            public=public,
            wrapped={name: decode(key) for name, key in mapping(fields["keys"]).items()} if public else None,
            period=text(fields.get("period", "")),
        )
        sound = (
            slot.role in ROLES
            and slot.kind in (PASSWORD, RECOVERY)
            and len(slot.salt) == _SALT_BYTES
            and len(slot.nonce) == _NONCE_BYTES
            and slot.kdf.within(weakest, CEILING)
            and len(public) in (0, KEY_BYTES)
        )
        if not sound:
            raise ValueError("slot out of bounds")
        return slot

    def _bound_secret(self, office: str) -> bytes:
        """Return what the seal of the password also covers: all but the role, which may change without it."""
        fields = self.stored()
        open_to_change = ("nonce", "sealed", "keys", "role", "period") if self.renewable else ("nonce", "sealed")
        return _canonical({name: fields[name] for name in fields if name not in open_to_change} | {"office": office})

    def bound(self, office: str, name: str) -> bytes:
        """Return what the seal of one key also covers."""
        whose = {"user": self.user, "role": self.role, "kind": self.kind, "public": encode(self.public)}
        return _canonical(whose | {"period": self.period, "office": office, "key": name})


def read_keys(raw: object) -> dict[str, bytes]:
    """Read keys by name; each has 32 bytes."""
    keys = {name: decode(value) for name, value in mapping(raw).items()}
    if any(len(key) != KEY_BYTES for key in keys.values()):
        raise ValueError("key length")
    return keys


def mapping(raw: object) -> dict[str, object]:
    """Return a JSON object, or raise ValueError."""
    if not isinstance(raw, dict):
        raise ValueError("not an object")
    return cast("dict[str, object]", raw)


def text(raw: object) -> str:
    """Return a JSON string of sensible length, or raise ValueError."""
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        raise ValueError("not a text")
    return raw


def encode(raw: bytes) -> str:
    """Write bytes as text."""
    return base64.b64encode(raw).decode()


def decode(raw: object) -> bytes:
    """Read bytes written as text, or raise ValueError."""
    return base64.b64decode(text(raw), validate=True)


def long_bytes(raw: object) -> bytes:
    """Read bytes written as text that may be long, such as keys of many years, or raise ValueError."""
    if not isinstance(raw, str):
        raise ValueError("not a text")
    return base64.b64decode(raw, validate=True)


def _canonical(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _read_cost(raw: object) -> Argon:
    fields = mapping(raw)
    numbers = [fields[name] for name in ("iterations", "lanes", "memory_kib")]
    if any(type(number) is not int for number in numbers):
        raise ValueError("not a number")
    return Argon(*cast("list[int]", numbers))
