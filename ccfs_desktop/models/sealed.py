"""Columns that only holders of the sensitive key can read, such as diagnoses and medicines.

The database file is encrypted as a whole with the general key. Sealed columns are encrypted once more with a
second key, which caregivers, auditors and administrators are never given. Source: security.md 2.3.
"""

import secrets
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.vault import cipher

_NONCE = 12


class Sealer:
    """Seals and opens short texts with the sensitive key of one office."""

    def __init__(self, *keys: bytes) -> None:
        """Keep the keys.

        Args:
            keys: 32 bytes each; the first one seals, the others, from before it was changed, still open. None for a
                user whose role may not read sealed columns.
        """
        self._keys = keys
        self._ciphers = [AESGCM(key) for key in keys]

    @property
    def holds_key(self) -> bool:
        """Whether this user may read and write sealed columns."""
        return bool(self._ciphers)

    def seal(self, text: str) -> bytes:
        """Encrypt a text.

        Raises:
            UserError: this user's role does not hold the sensitive key.
        """
        if not self._ciphers:
            raise UserError(_("Your role may not write health, care or incident details. Ask the HR officer."))
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str | None:
        """Decrypt a text; None for those without the key, and for a value sealed under another key."""
        for cipher_ in self._ciphers:
            with suppress(InvalidTag):
                return cipher_.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
        return None

    @property
    def letterbox(self) -> bytes | None:
        """The public half of the key that letters are written to; None for those without the sensitive key."""
        return cipher.letterbox(self._keys[0]) if self._keys else None

    def take_out(self, letter: bytes) -> bytes | None:
        """Decrypt a letter that anybody may have written; None for those without the key, and for a changed one."""
        opened = (cipher.take_out(key, letter) for key in self._keys)
        return next((plain for plain in opened if plain is not None), None)


class Sealed(TypeDecorator[str]):
    """A text column encrypted with the sensitive key. Each connection's dialect carries its office's sealer."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way to the database; whoever may not read a text may not empty it either."""
        if value is None:
            return None
        return sealer_of(dialect).seal(value) if value or not sealer_of(dialect).holds_key else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Open on the way back."""
        return None if value is None else sealer_of(dialect).open(bytes(value))

    @property
    def python_type(self) -> type[str]:
        """Forms treat it as a text."""
        return str


def sealer_of(dialect: Dialect) -> Sealer:
    """Return the sealer that ``db`` gave to this engine."""
    return getattr(dialect, "ccfs_sealer", None) or Sealer()
