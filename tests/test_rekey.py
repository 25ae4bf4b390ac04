"""Changing the office's keys: who left gets nothing more, who stays loses nothing, and no moment is the wrong one."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from ccfs_desktop.db import Database, rekey
from ccfs_desktop.db.engine import connect
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import CarePlan, Child
from ccfs_desktop.services import children, letters, offices, users
from ccfs_desktop.services.users import Approval
from ccfs_desktop.vault import Argon, Vault, WrongPassword, ring

PASSWORD = "cobalt-river-lamp-sandal"
HERS = "seven quiet lanterns by the lake"
LEAST = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)
WHY = Approval(PASSWORD, "Li Na", "Works here")


@pytest.fixture(scope="session")
def full_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office with an officer, a coordinator, a caregiver, a child with a care plan, and a letter; copy it."""
    folder = tmp_path_factory.mktemp("keys") / "Bright Toys"
    made = offices.create(
        folder, factory="光明玩具厂", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD, argon=LEAST,
    )  # fmt: skip
    for name, role in (("Wang Fang", "coordinator"), ("Auntie Mei", "caregiver")):
        users.add(made.db, name, role, HERS, WHY, argon=LEAST)
    with made.db.begin("Enrol") as session:
        child = children.save(session, Child(name="李小明", birth_date=date(2013, 3, 1)))
        children.change_care_plan(session, child.id, conditions="花生过敏")
    made.db.close()
    return folder, made.recovery_code


@pytest.fixture
def office(full_office: tuple[Path, str], tmp_path: Path) -> Path:
    return shutil.copytree(full_office[0], tmp_path / "Bright Toys")


@pytest.fixture
def db(office: Path) -> Iterator[Database]:
    opened = offices.open(office, "Li Na", PASSWORD, argon=LEAST)
    yield opened
    opened.close()


def conditions(db: Database) -> str | None:
    with db.read() as session:
        return session.scalars(select(CarePlan.conditions)).one()


def test_who_left_opens_neither_the_office_nor_a_new_copy_of_its_data(db: Database, office: Path, tmp_path: Path):
    old_vault, old_keys = (office / "vault.json").read_bytes(), dict(db.keys)
    with db.read() as session:
        letter = letters.write(session, b"before")
    assert users.remove(db, "Wang Fang", Approval(PASSWORD), argon=LEAST) == ""

    assert db.keys["general"] not in old_keys.values()
    assert db.keys["sensitive"] not in old_keys.values()
    with pytest.raises(UserError):
        connect(office / "office.db", old_keys["general"])
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "vault.json").write_bytes(old_vault)
    hers = Vault.load(tmp_path / "old" / "vault.json", argon=LEAST).unlock("Wang Fang", HERS)
    with pytest.raises(UserError):
        Database.open(office, dict(hers.keys), db.actor)

    assert conditions(db) == "花生过敏"  # sealed with the key before
    with db.read() as session:
        assert letters.read(session, letter) == b"before"
        assert letters.read(session, letters.write(session, b"after")) == b"after"
    with db.begin("Change a care plan") as session:
        children.change_care_plan(session, 1, conditions="牛奶过敏")
    assert verify(db).whole
    assert not (office / "office.db.rekeyed").exists()


def test_those_who_stay_sign_in_as_before_and_the_recovery_sheet_holds(
    db: Database, office: Path, full_office: tuple[Path, str]
):
    users.remove(db, "Wang Fang", Approval(PASSWORD), argon=LEAST)
    db.close()
    mei = offices.open(office, "Auntie Mei", HERS, argon=LEAST)
    assert conditions(mei) is None
    assert verify(mei).whole
    mei.close()
    with pytest.raises(WrongPassword):
        offices.open(office, "Wang Fang", HERS, argon=LEAST)
    li_na = offices.open(office, "Li Na", PASSWORD, argon=LEAST)
    assert conditions(li_na) == "花生过敏"
    assert len(ring(li_na.keys, "general")) == 2
    li_na.close()
    code = offices.recover(office, full_office[1], "Li Na", "another quiet summer evening")
    again = offices.open(office, "Li Na", "another quiet summer evening", argon=LEAST)
    assert conditions(again) == "花生过敏"
    again.close()
    assert Vault.load(office / "vault.json", argon=LEAST).recover(code).role == "recovery"


def test_many_changes_of_keys_lose_nothing(db: Database, office: Path):
    for n in range(4):
        assert users.change_keys(db, Approval(PASSWORD), argon=LEAST) == ""
        with db.begin("Change a care plan") as session:
            children.change_care_plan(session, 1, conditions=f"过敏 {n}")
    assert conditions(db) == "过敏 3"
    assert len(ring(db.keys, "general")) == len(ring(db.keys, "sensitive")) == 5
    assert verify(db).whole
    size = (office / "vault.json").stat().st_size
    assert size < 20_000


def test_a_lower_role_takes_the_sensitive_key_away_and_it_is_changed(db: Database, office: Path):
    general, sensitive = db.keys["general"], db.keys["sensitive"]
    assert users.change_role(db, "Wang Fang", "caregiver", WHY, argon=LEAST) == ""
    assert db.keys["general"] == general
    assert db.keys["sensitive"] != sensitive
    fang = Vault.load(office / "vault.json", argon=LEAST).unlock("Wang Fang", HERS)
    assert set(fang.keys) == {"general"}
    with db.begin("Change a care plan") as session:
        children.change_care_plan(session, 1, conditions="花粉")
    assert conditions(db) == "花粉"


def test_another_program_in_the_office_hinders_and_the_next_sign_in_finishes(db: Database, office: Path):
    other = connect(office / "office.db", db.keys["general"])
    hindered = users.remove(db, "Auntie Mei", Approval(PASSWORD), argon=LEAST)
    assert "Another program has this office open" in hindered
    assert db.awaited_key is not None
    assert conditions(db) == "花生过敏"
    other.close()
    old = db.keys["general"]
    db.close()
    again = offices.open(office, "Wang Fang", HERS, argon=LEAST)
    assert again.awaited_key is None
    assert again.keys["general"] != old
    assert verify(again).whole
    again.close()


_KILLED = """
import os, signal, sys
from pathlib import Path
folder, at = Path(sys.argv[1]), int(sys.argv[2])
from ccfs_desktop.services import offices, users
from ccfs_desktop.vault import Argon
LEAST = Argon(iterations=2, lanes=1, memory_kib=19 * 1024)
db = offices.open(folder, "Li Na", "cobalt-river-lamp-sandal", argon=LEAST)
count = 0
def look(event, arguments):
    global count
    if event in ("open", "os.rename", "os.remove") and str(folder) in str(arguments[0]):
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
users.remove(db, "Wang Fang", users.Approval("cobalt-river-lamp-sandal"), argon=LEAST)
print(count)
"""


def _remove_and_kill(office: Path, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", _KILLED, str(office), str(at)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_killed_at_any_step_the_office_opens_and_the_next_finishes(full_office: tuple[Path, str], tmp_path: Path):
    whole = shutil.copytree(full_office[0], tmp_path / "whole")
    steps = int(_remove_and_kill(whole, 0).stdout)
    assert steps > 10
    for at in range(1, steps + 1):
        office = shutil.copytree(full_office[0], tmp_path / f"killed {at}")
        assert _remove_and_kill(office, at).returncode == -signal.SIGKILL
        db = offices.open(office, "Li Na", PASSWORD, argon=LEAST)
        assert db.awaited_key is None
        assert conditions(db) == "花生过敏"
        assert verify(db).whole, at
        removed = "Wang Fang" not in [user.name for user in users.everybody(db)]
        assert removed == (len(ring(db.keys, "general")) == 2)  # both in one moment
        if not removed:
            users.remove(db, "Wang Fang", Approval(PASSWORD), argon=LEAST)
        db.close()
        offices.open(office, "Auntie Mei", HERS, argon=LEAST).close()
        assert not (office / "office.db.rekeyed").exists()
        shutil.rmtree(office)


def test_an_unfinished_copy_is_cleared_away(db: Database, office: Path):
    draft = office / "office.db.rekeyed"
    draft.write_bytes(b"half")
    users.change_keys(db, Approval(PASSWORD), argon=LEAST)
    assert not draft.exists()
    rekey.finish(db)  # nothing is left to do


def test_a_slot_of_an_earlier_program_opens_is_renewed_at_signing_in_and_hinders_until_then(office: Path):
    """Such a slot seals the office's keys with the password itself."""
    import json

    from ccfs_desktop.vault import cipher
    from ccfs_desktop.vault.keys import password_bytes
    from ccfs_desktop.vault.slot import encode

    path = office / "vault.json"
    keys = dict(Vault.load(path, argon=LEAST).unlock("Auntie Mei", HERS).keys)
    fields = json.loads(path.read_bytes())
    (slot,) = [slot for slot in fields["slots"] if slot["user"] == "Auntie Mei"]
    del slot["public"], slot["keys"]
    salt, nonce = bytes(16), bytes(12)
    slot["salt"], slot["nonce"] = encode(salt), encode(nonce)
    bound = {n: v for n, v in slot.items() if n not in ("nonce", "sealed")} | {"office": fields["office"]}
    plain = json.dumps({"general": encode(keys["general"])}).encode()
    aad = json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()
    slot["sealed"] = encode(cipher.seal(LEAST.derive(password_bytes(HERS), salt), nonce, plain, aad))
    for file in (path, path.with_name("vault.json.bak")):
        file.write_text(json.dumps(fields), "utf-8")

    db = offices.open(office, "Li Na", PASSWORD, argon=LEAST)
    old = db.keys["general"]
    assert "Auntie Mei" in users.remove(db, "Wang Fang", Approval(PASSWORD), argon=LEAST)
    assert db.keys["general"] == old
    offices.open(office, "Auntie Mei", HERS, argon=LEAST).close()
    assert users.change_keys(db, Approval(PASSWORD), argon=LEAST) == ""
    assert db.keys["general"] != old
    db.close()
    offices.open(office, "Auntie Mei", HERS, argon=LEAST).close()
