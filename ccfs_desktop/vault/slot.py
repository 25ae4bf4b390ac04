"""One user's slot: the role's keys, sealed with the user's password."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import cast

from ccfs_desktop.vault.keys import CEILING, KEY_BYTES, ROLES, Argon

PASSWORD, RECOVERY = "password", "recovery"
_SALT_BYTES, _NONCE_BYTES, _LONGEST = 16, 12, 2000


@dataclass(frozen=True)
class Slot:
    """Everything but the sealed keys is bound to them: change the role or the cost, and the slot no longer opens."""

    user: str
    role: str
    kind: str
    kdf: Argon
    salt: bytes
    nonce: bytes
    sealed: bytes

    @classmethod
    def seal(
        cls, office: str, user: str, role: str, *, kind: str, secret: bytes, keys: Mapping[str, bytes], kdf: Argon
    ) -> "Slot":
        """Make a slot that opens with ``secret``; it holds the role's keys and no others."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        bare = cls(user, role, kind, kdf, salt, nonce, b"")
        plain = json.dumps({name: encode(keys[name]) for name in ROLES[role]}, sort_keys=True).encode()
        sealed = cipher.seal(kdf.derive(secret, salt), nonce, plain, bare.bound(office))
        return cls(user, role, kind, kdf, salt, nonce, sealed)

    def open(self, office: str, secret: bytes) -> dict[str, bytes] | None:
        """Return the keys, or None when the secret is wrong or the slot was changed."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        plain = cipher.unseal(self.kdf.derive(secret, self.salt), self.nonce, self.sealed, self.bound(office))
        return None if plain is None else read_keys(json.loads(plain))

    def stored(self) -> dict[str, object]:
        """Return the slot as it is written to the file."""
        return {
            "user": self.user,
            "role": self.role,
            "kind": self.kind,
            "kdf": asdict(self.kdf),
            "salt": encode(self.salt),
            "nonce": encode(self.nonce),
            "sealed": encode(self.sealed),
        }

    @classmethod
    def read(cls, raw: object, weakest: Argon) -> "Slot":
        """Read a slot of a file that anybody may have edited.

        Raises:
            ValueError: it is not a slot, or its cost is out of bounds.
        """
        fields = mapping(raw)
        slot = cls(
            user=text(fields["user"]),
            role=text(fields["role"]),
            kind=text(fields["kind"]),
            kdf=_read_cost(fields["kdf"]),
            salt=decode(fields["salt"]),
            nonce=decode(fields["nonce"]),
            sealed=decode(fields["sealed"]),
        )
        sound = (
            slot.role in ROLES
            and slot.kind in (PASSWORD, RECOVERY)
            and len(slot.salt) == _SALT_BYTES
            and len(slot.nonce) == _NONCE_BYTES
            and slot.kdf.within(weakest, CEILING)
        )
        if not sound:
            raise ValueError("slot out of bounds")
        return slot

    def bound(self, office: str) -> bytes:
        """Return what the seal also covers."""
        bound = {name: value for name, value in self.stored().items() if name not in ("nonce", "sealed")}
        return json.dumps(bound | {"office": office}, sort_keys=True, separators=(",", ":")).encode()


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


def _read_cost(raw: object) -> Argon:
    fields = mapping(raw)
    numbers = [fields[name] for name in ("iterations", "lanes", "memory_kib")]
    if any(type(number) is not int for number in numbers):
        raise ValueError("not a number")
    return Argon(*cast("list[int]", numbers))
