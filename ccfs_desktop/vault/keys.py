"""Keys: which role holds which, how a password becomes one, and the keys derived for one purpose."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

GENERAL = "general"
"""The key of the database."""
SENSITIVE = "sensitive"
"""The key of health, incident and safeguarding columns."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "officer": (GENERAL, SENSITIVE),
    "coordinator": (GENERAL, SENSITIVE),
    "caregiver": (GENERAL,),
    "manager": (GENERAL,),
    "auditor": (GENERAL,),
    "administrator": (GENERAL,),
    "recovery": (GENERAL, SENSITIVE),
}
"""Role → the keys it holds. Whoever lacks a key cannot read its columns, whatever the program does."""

MASKED = frozenset({"auditor"})
"""The roles that see names of children and families masked. Source: security.md 2.3."""

KEY_BYTES = 32


@dataclass(frozen=True)
class Argon:
    """What one try of a password costs.

    Source: RFC 9106 §4, second recommended option.
    """

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024

    def within(self, low: "Argon", high: "Argon") -> bool:
        """Tell whether no part is cheaper than ``low`` or dearer than ``high``."""
        return (
            low.iterations <= self.iterations <= high.iterations
            and low.lanes <= self.lanes <= high.lanes
            and max(low.memory_kib, 8 * self.lanes) <= self.memory_kib <= high.memory_kib
        )

    def derive(self, secret: bytes, salt: bytes) -> bytes:
        """Make the key that opens a slot; slow on purpose."""
        from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

        return cipher.argon2id(secret, salt, iterations=self.iterations, lanes=self.lanes, memory_kib=self.memory_kib)


STANDARD = Argon()
FLOOR = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)
"""A stored slot cheaper than this is refused: nobody may weaken a vault by editing it."""
CEILING = Argon(iterations=10, lanes=8, memory_kib=512 * 1024)
"""A stored slot dearer than this is refused: an edited file must not freeze the PC."""


def ring(keys: Mapping[str, bytes], name: str) -> tuple[bytes, ...]:
    """Return a key and those before it, newest first; none for those who do not hold it.

    Args:
        keys: of who opened the vault: ``general``, and once it was changed ``general-1``, ``general-2`` …
        name: of the key.
    """
    older = (keys.get(f"{name}-{n}") for n in range(1, len(keys)))
    return tuple(key for key in (keys.get(name), *older) if key is not None)


def lasting(keys: Mapping[str, bytes], purpose: str) -> bytes:
    """Derive a key from the general one that stays the same though the general key is changed.

    What is derived so proves that the office wrote something, years ago too: links of the trail, codes on sheets.
    Whoever knows an old general key knows it, and can do nothing with it without the database, which has a new one.
    """
    return subkey(ring(keys, GENERAL)[-1], purpose)


@dataclass(frozen=True)
class Unlocked:
    """Somebody who opened the vault, with the keys of the role."""

    user: str
    role: str
    keys: Mapping[str, bytes] = field(repr=False)
    period: str = ""
    """The first and last day this user may look at, as ``2017-07-03/2017-08-25``; empty for no limit."""


def subkey(key: bytes, purpose: str) -> bytes:
    """Derive the key for one purpose, such as ``"audit"`` or ``"site"``, so that no key serves two."""
    from ccfs_desktop.vault import cipher  # noqa: PLC0415 (not needed to ask for a password)

    return cipher.subkey(key, purpose)


def password_bytes(password: str) -> bytes:
    """Return the password as it is fed to Argon2: the same on every keyboard and input method.

    Source: NIST SP 800-63B-4 §3.1.1.2.
    """
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def fold(name: str) -> str:
    """Return a user name as it is compared: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
