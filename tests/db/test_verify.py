# ruff: noqa: S311, S608 (dice for a test, and tables of our own)
"""Every way of tampering with the data is noticed; with seals printed on paper, even by somebody who holds the keys.

Source: security.md 3.2.
"""

import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ccfs_desktop import vault
from ccfs_desktop.db import Actor, Database, trail
from ccfs_desktop.db.canon import canonical
from ccfs_desktop.db.engine import connect
from ccfs_desktop.db.verify import Verdict, verify
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.worker import Worker
from tests.conftest import KEYS

_FIELDS = (
    "seq", "at", "actor", "role", "device", "app", "transaction", "action", "undoes", "final", "kind", "entity",
    "entity_id", "payload_hash",
)  # fmt: skip
_COLUMNS = ", ".join(f'"{field}"' for field in _FIELDS)
Attack = Callable[[Any, random.Random, int], None]


@pytest.fixture(scope="module")
def office(empty_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with thirty entries; copied by each attack."""
    folder = shutil.copytree(empty_office, tmp_path_factory.mktemp("verify") / "office")
    db = Database.open(folder, KEYS, Actor("Li Na", "officer"))
    for n in range(10):
        with db.begin("Enrol a child") as session:
            child = Child(name=f"child {n}", birth_date=date(2010, 5, 1 + n))
            session.add_all([child, Worker(number=str(n), name=f"worker {n}")])
            session.flush()
            child.note = "late"
    db.close()
    return folder


@contextmanager
def tampered(folder: Path) -> Iterator[Any]:
    """A raw connection of somebody who holds the key and has removed the safeguards."""
    raw = connect(folder / "office.db", KEYS["general"])
    for name in ("audit_entry_no_update", "audit_entry_no_delete", "audit_entry_seq"):
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("BEGIN")
    yield raw
    raw.execute("COMMIT")
    raw.close()


def edit_a_field(raw: Any, dice: random.Random, last: int) -> None:
    field = dice.choice(["at", "actor", "role", "device", "action", "kind", "entity_id", "undoes"])
    raw.execute(f'UPDATE audit_entry SET "{field}" = "{field}" || \'x\' WHERE seq = ?', [dice.randint(1, last)])


def delete_a_row(raw: Any, dice: random.Random, last: int) -> None:
    n = dice.randint(1, last - 1)
    raw.execute("DELETE FROM audit_entry WHERE seq = ?", [n])
    raw.execute("DELETE FROM audit_payload WHERE seq = ?", [n])


def swap_two_rows(raw: Any, dice: random.Random, last: int) -> None:
    a, b = dice.sample(range(1, last + 1), 2)
    for table in ("audit_entry", "audit_payload"):
        for old, new in ((a, -1), (b, a), (-1, b)):
            raw.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", [new, old])


def insert_a_row(raw: Any, dice: random.Random, last: int) -> None:
    n = dice.randint(1, last)
    for table in ("audit_entry", "audit_payload"):
        for seq in range(last, n - 1, -1):
            raw.execute(f"UPDATE {table} SET seq = seq + 1 WHERE seq = ?", [seq])
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
        names = ", ".join(f'"{c}"' for c in columns)
        raw.execute(f"INSERT INTO {table} (seq, {names}) SELECT ?, {names} FROM {table} WHERE seq = ?", [n, n + 1])


def change_a_payload(raw: Any, dice: random.Random, last: int) -> None:
    raw.execute(
        "UPDATE audit_payload SET body = replace(body, 'child', 'nobody') || ' ' WHERE seq = ?", [dice.randint(1, last)]
    )


def rewrite_the_tail_without_the_key(raw: Any, dice: random.Random, last: int) -> None:
    _rewrite(raw, dice.randint(1, last), last, trail.Trail(secrets.token_bytes(32)))


def rewrite_the_tail_with_the_key(raw: Any, dice: random.Random, last: int) -> None:
    _rewrite(raw, dice.randint(1, last), last, trail.Trail(vault.subkey(KEYS["general"], "audit")))


def cut_off_the_end(raw: Any, dice: random.Random, last: int) -> None:
    """With the records that the missing entries tell of."""
    keep = dice.randint(0, 9) * 3
    for table in ("audit_entry", "audit_payload"):
        raw.execute(f"DELETE FROM {table} WHERE seq > ?", [keep])
    for table in ("child", "worker"):
        raw.execute(f"DELETE FROM {table} WHERE id > ?", [keep // 3])
    assert keep < last


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


ATTACKS: dict[Attack, bool] = {
    edit_a_field: True, delete_a_row: True, swap_two_rows: True, insert_a_row: True, change_a_payload: True,
    rewrite_the_tail_without_the_key: True, rewrite_the_tail_with_the_key: False, cut_off_the_end: False,
}  # fmt: skip
"""Attack → whether it is found without the seals on paper."""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("seed", range(4))
def test_every_attack_is_found_by_the_seals_on_paper(office: Path, tmp_path: Path, attack: Attack, seed: int):
    folder = shutil.copytree(office, tmp_path / "office")
    head = examine(folder)
    assert head.whole
    with tampered(folder) as raw:
        attack(raw, random.Random(seed), head.entries)
    assert not examine(folder, [(head.entries, head.head)]).whole
    assert examine(folder).whole is not ATTACKS[attack]


def examine(folder: Path, anchors: list[tuple[int, str]] | None = None) -> Verdict:
    db = Database.open(folder, KEYS, Actor("Auditor", "auditor"))
    verdict = verify(db, anchors or ())
    db.close()
    return verdict


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE child SET name = 'somebody' WHERE id = 3", "changed behind the program's back: child 3, name"),
        ("DELETE FROM worker WHERE id = 4", "A record is missing: worker 4"),
        (
            "INSERT INTO guardian (name, phone, phone2, version) VALUES ('x', '', '', 1)",
            "came from elsewhere: guardian 1",
        ),
        ("DELETE FROM audit_payload WHERE seq = 5", "content of entry 5 was removed"),
        ("INSERT INTO audit_payload VALUES (999, NULL, NULL)", "Content 999 belongs to no entry"),
    ],
)
def test_what_was_changed_behind_the_program_s_back_is_named(office: Path, tmp_path: Path, change: str, sentence: str):
    folder = shutil.copytree(office, tmp_path / "office")
    with tampered(folder) as raw:
        raw.execute(change)
    assert any(sentence in problem for problem in examine(folder).problems)


def test_a_seal_of_another_office_is_refused(office: Path):
    assert not examine(office, [(2, "00" * 32)]).whole
    assert not examine(office, [(9_999, "00" * 32)]).whole


def test_the_canonical_form_is_one_form():
    assert canonical({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'.encode()
