# ruff: noqa: S311 (dice for a test, and tables of our own)
"""Every way of tampering with the data is noticed; with seals printed on paper, even by somebody who holds the keys.

Source: security.md 3.2.
"""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.canon import canonical
from ccfs_desktop.db.verify import Verdict, verify
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.worker import Worker
from tests.conftest import KEYS
from tests.tampering import ATTACKS, Attack, tampered


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


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("seed", range(4))
def test_every_attack_is_found_by_the_seals_on_paper(office: Path, tmp_path: Path, attack: Attack, seed: int):
    folder = shutil.copytree(office, tmp_path / "office")
    head = examine(folder)
    assert head.whole
    with tampered(folder, KEYS["general"]) as raw:
        attack(raw, random.Random(seed), head.entries, KEYS["general"])
    assert not examine(folder, [(head.entries, head.head)]).whole
    assert ATTACKS[attack] in {None, not examine(folder).whole}


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
    with tampered(folder, KEYS["general"]) as raw:
        raw.execute(change)
    assert any(sentence in problem for problem in examine(folder).problems)


def test_a_seal_of_another_office_is_refused(office: Path):
    assert not examine(office, [(2, "00" * 32)]).whole
    assert not examine(office, [(9_999, "00" * 32)]).whole


def test_the_canonical_form_is_one_form():
    assert canonical({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'.encode()
