"""Backups on the command line, as the Task Scheduler makes them and as they are restored on a new PC."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from ccfs_desktop import cli, vault
from ccfs_desktop.services import backups, offices
from ccfs_desktop.vault import Argon

PASSWORD = "a long and quiet summer day"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a password, and a file with it beside; copy it, never open it."""
    root = tmp_path_factory.mktemp("cli")
    (root / "password.txt").write_text(PASSWORD, encoding="utf-8")
    offices.create(
        root / "Toys", factory="Toys", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, user="Li Na", password=PASSWORD,
        argon=Argon(iterations=2, lanes=1, memory_kib=19 * 1024),
    ).db.close()  # fmt: skip
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "root")


def run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str, office: str = "Toys") -> tuple[int, str, str]:
    access = ("--office", str(root / office), "--user", "Li Na", "--password-file", str(root / "password.txt"))
    code = cli.main((*arguments, *access))
    told = capsys.readouterr()
    return code, told.out.strip(), told.err.strip()


def test_a_backup_is_made_copied_elsewhere_rehearsed_and_restored(root: Path, capsys: pytest.CaptureFixture[str]):
    (root / "stick").mkdir()
    code, out, _err = run(capsys, root, "backup", "--to", str(root / "stick"))
    assert (code, "0 children, 0 visits, #" in out) == (0, True)
    assert len(list((root / "stick").rglob("office-*.db"))) == 1

    assert run(capsys, root, "restore", "--rehearse")[:2] == (0, "Rehearsed with 0 children, 0 visits: matches.")
    assert run(capsys, root, "restore")[:2] == (0, "Restored 0 children, 0 visits: matches.")
    code, out, _err = run(capsys, root, "backup", "--to", str(root / "pulled out"))
    assert (code, "not plugged in" in out) == (1, True)
    assert run(capsys, root, "audit", "verify")[0] == 0


def test_a_bad_backup_is_told_in_one_line(root: Path, capsys: pytest.CaptureFixture[str]):
    run(capsys, root, "backup")
    copy = next((root / "Toys" / "backups").glob("office-*.db"))
    copy.write_bytes(copy.read_bytes()[:-4096])
    code, out, err = run(capsys, root, "restore", "--from", str(copy))
    assert (code, out, len(err.splitlines()), "damaged" in err) == (2, "", 1, True)
    code, out, err = run(capsys, root, "restore", "--rehearse")
    assert (code, "damaged" in out, err) == (1, True, "")
    code, out, err = run(capsys, root, "restore", "--from", str(root / "nothing.db"))
    assert (code, out, "no backup at" in err) == (2, "", True)


def test_on_a_new_pc_a_stick_and_a_password_bring_the_office_back(root: Path, capsys: pytest.CaptureFixture[str]):
    (root / "stick").mkdir()
    run(capsys, root, "backup", "--to", str(root / "stick"))
    shutil.rmtree(root / "Toys")
    copy = next((root / "stick").rglob("office-*.db"))

    code, out, err = run(capsys, root, "restore", "--from", str(copy), office="New")
    unknown, restored = out.splitlines()
    assert (code, restored.startswith("Restored 0 children, 0 visits: matches."), err) == (0, True, "")
    assert "printed disposal records" in unknown, "the office is gone: nobody knows what was erased since"
    assert unknown in restored
    assert vault.Vault.load(root / "New" / "vault.json").users[0].name == "Li Na"
    offices.open(root / "New", "Li Na", PASSWORD).close()
    assert backups.list_of(root / "New") == []
