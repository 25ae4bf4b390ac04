"""Values as the audit trail writes them: one canonical form, so that the same fact always has the same hash.

Source: security.md 3.1 and 3.4. No floats; text in NFC; dates, times and bytes marked by a prefix.
"""

import base64
import enum
import hashlib
import json
import unicodedata
from datetime import date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import Column

from ccfs_desktop.models.sealed import Sealed, Sealer

Json = Any
"""What ``json`` reads and writes."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def to_json(value: Any, column: Column[Any], sealer: Sealer) -> Json:
    """Write one column's value.

    Args:
        value: what the record holds.
        column: decides how bytes are kept (whole, or as SHA-256 where ``info["hashed"]``).
        sealer: seals again what the database keeps sealed, so that the trail reveals no more than the record.
    """
    if value is None:
        return None
    if is_sealed(column):
        return "s:" + base64.b64encode(sealer.seal(value)).decode() if value else None
    if type(value) is str:  # as most values of an import are
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bytes) and column.info.get("hashed"):
        return "h:" + hashlib.sha256(value).hexdigest()
    return plain(value)


@cache  # asked for every value of an import
def is_sealed(column: Column[Any]) -> bool:
    """Tell whether only holders of the sensitive key can read a column."""
    return isinstance(column.type, Sealed)


def plain(value: Any) -> Json:
    """Write one value that is neither sealed nor kept as a hash."""
    match value:
        case enum.Enum():
            return value.value
        case str():
            return unicodedata.normalize("NFC", value)
        case bool() | int():
            return value
        case datetime():
            return "L:" + value.isoformat(timespec="microseconds")
        case date():
            return "D:" + value.isoformat()
        case time():
            return "T:" + value.isoformat()
        case bytes():
            return "b:" + base64.b64encode(value).decode()
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")


def from_json(stored: Json, column: Column[Any], sealer: Sealer) -> Any:
    """Read back what :func:`to_json` wrote. The column's type decides, so that no text can pass for a date.

    Raises:
        LookupError: only a hash was kept, or the reader does not hold the key.
    """
    if stored is None:
        return None
    if is_sealed(column):
        text = sealer.open(base64.b64decode(stored[2:]))
        if text is None:
            raise LookupError(column.name)
        return text
    kind = column.type.python_type
    if issubclass(kind, bytes):
        if not stored.startswith("b:"):
            raise LookupError(column.name)
        return base64.b64decode(stored[2:])
    if issubclass(kind, datetime | date | time):
        return kind.fromisoformat(stored[2:])
    if issubclass(kind, enum.Enum):
        return kind(stored)
    return stored


def canonical(value: Json) -> bytes:
    """Write JSON in its one canonical form: sorted keys, no spaces, UTF-8."""
    return _encode(value).encode()
