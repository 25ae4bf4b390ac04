# ruff: noqa: S608 (dice for a test, and tables of our own)
"""Ways of tampering with the trail, by somebody who has the file, and where said the key. Source: security.md 3.2."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ccfs_desktop import vault
from ccfs_desktop.db import trail
from ccfs_desktop.db.engine import connect

_FIELDS = (
    "seq", "at", "actor", "role", "device", "app", "transaction", "action", "undoes", "final", "kind", "entity",
    "entity_id", "payload_hash",
)  # fmt: skip
_COLUMNS = ", ".join(f'"{field}"' for field in _FIELDS)
Attack = Callable[[Any, random.Random, int, bytes], None]
"""Gets a raw connection, the dice, the number of the last entry, and the office's general key."""


@contextmanager
def tampered(folder: Path, key: bytes) -> Iterator[Any]:
    """A raw connection of somebody who holds the key and has removed the safeguards."""
    raw = connect(folder / "office.db", key)
    for name in ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_seq"):
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("BEGIN")
    yield raw
    raw.execute("COMMIT")
    raw.close()


def edit_a_field(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    field = dice.choice(["at", "actor", "role", "device", "action", "kind", "entity_id", "undoes"])
    raw.execute(f'UPDATE audit_entry SET "{field}" = "{field}" || \'x\' WHERE seq = ?', [dice.randint(1, last)])


def delete_a_row(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    n = dice.randint(1, last - 1)
    raw.execute("DELETE FROM audit_entry WHERE seq = ?", [n])
    raw.execute("DELETE FROM audit_payload WHERE seq = ?", [n])


def swap_two_rows(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    a, b = dice.sample(range(1, last + 1), 2)
    for table in ("audit_entry", "audit_payload"):
        for old, new in ((a, -1), (b, a), (-1, b)):
            raw.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", [new, old])


def insert_a_row(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    n = dice.randint(1, last)
    for table in ("audit_entry", "audit_payload"):
        for seq in range(last, n - 1, -1):
            raw.execute(f"UPDATE {table} SET seq = seq + 1 WHERE seq = ?", [seq])
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
        names = ", ".join(f'"{c}"' for c in columns)
        raw.execute(f"INSERT INTO {table} (seq, {names}) SELECT ?, {names} FROM {table} WHERE seq = ?", [n, n + 1])


def change_a_payload(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    raw.execute(
        "UPDATE audit_payload SET body = replace(body, 'child', 'nobody') || ' ' WHERE seq = ?", [dice.randint(1, last)]
    )


def rewrite_the_tail_without_the_key(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    _rewrite(raw, dice.randint(1, last), last, trail.Trail(secrets.token_bytes(32)))


def rewrite_the_tail_with_the_key(raw: Any, dice: random.Random, last: int, key: bytes) -> None:
    _rewrite(raw, dice.randint(1, last), last, trail.Trail(vault.subkey(key, "audit")))


def cut_off_the_end(raw: Any, dice: random.Random, last: int, key: bytes) -> None:  # noqa: ARG001
    """With the records that the missing entries tell of."""
    keep = dice.randint(1, last - 1)
    gone = raw.execute(
        "SELECT DISTINCT entity, entity_id FROM audit_entry WHERE seq > ? AND kind = 'create'", [keep]
    ).fetchall()
    for entity, number in gone:
        raw.execute(f"DELETE FROM {entity} WHERE id = ?", [number])
    for table in ("audit_entry", "audit_payload"):
        raw.execute(f"DELETE FROM {table} WHERE seq > ?", [keep])


def _rewrite(raw: Any, first: int, last: int, forger: trail.Trail) -> None:
    """Say from one entry on that somebody else did it, and put the chain right."""
    prev = raw.execute("SELECT hash FROM audit_entry WHERE seq = ?", [first - 1]).fetchone()
    link = bytes(prev[0]) if prev else bytes(32)
    for seq in range(first, last + 1):
        raw.execute("UPDATE audit_entry SET actor = 'Somebody' WHERE seq = ?", [seq])
        row = raw.execute(f"SELECT {_COLUMNS} FROM audit_entry WHERE seq = ?", [seq]).fetchone()
        prev_link, link = link, trail.link_hash(link, dict(zip(_FIELDS, row, strict=True)) | {"final": bool(row[9])})
        values = [prev_link, link, forger.mac(link), seq]
        raw.execute("UPDATE audit_entry SET prev = ?, hash = ?, mac = ? WHERE seq = ?", values)


ATTACKS: dict[Attack, bool | None] = {
    edit_a_field: True, delete_a_row: True, swap_two_rows: True, insert_a_row: True, change_a_payload: True,
    rewrite_the_tail_without_the_key: True, rewrite_the_tail_with_the_key: False, cut_off_the_end: None,
}  # fmt: skip
"""Attack → whether it is found without the seals on paper; None: when a record is left that was changed later."""
