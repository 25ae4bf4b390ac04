"""Verifying without a window: exit codes, one line, with the office and without."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ccfs_desktop import cli
from ccfs_desktop.db.engine import connect
from ccfs_desktop.services import documents, offices
from tests.spaces import MONDAY


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    offices.create_demo(
        folder, factory="Bears", name_latin="", country="CN", season="S", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=30, languages="en",
    ).close()  # fmt: skip
    return folder


@pytest.fixture
def report(office: Path, tmp_path: Path) -> Path:
    out = tmp_path / "proof.pdf"
    assert cli.main(["print", "ratio-proof", "--day", str(MONDAY), "--office", str(office), "--out", str(out)]) == 0
    return out


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """Return the exit code and the one line of a verification."""
    capsys.readouterr()
    code = cli.main(["verify", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert bool(out) != bool(err)
    assert (out + err).count("\n") == 1
    return code, out + err


def test_a_report_is_unaltered_altered_or_not_ours(
    office: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    changed, foreign, garbage = (tmp_path / name for name in ("changed.pdf", "foreign.pdf", "garbage"))
    changed.write_bytes(report.read_bytes() + b"\n")
    cli.main(["print", "visitor-log", "--day", str(MONDAY), "--office", str(office), "--out", str(foreign)])
    garbage.write_bytes(b"garbage")
    own = ("--office", office)

    code, line = told(capsys, report, *own)
    assert (code, line.split(", issued on")[0]) == (0, f"Unaltered: Byte for byte document {_number(report)}")
    assert "It is a PDF/A-2b." in line
    code, line = told(capsys, report)
    assert code == 0
    assert line.startswith(f"Unaltered: Nothing was changed since Bears signed it as document {_number(report)}.")
    for arguments in ((), own):
        code, line = told(capsys, changed, *arguments)
        assert (code, line[:8]) == (1, "Altered:")
        code, line = told(capsys, foreign, *arguments)
        assert (code, line[:21]) == (2, "Not from this office:")
        assert told(capsys, garbage, *arguments) == (2, "Cannot be read: The file is not a PDF.\n")
        assert told(capsys, tmp_path / "nowhere.pdf", *arguments)[0] == 2


def test_printed_seals_are_held_against_report_and_trail(
    office: Path, report: Path, capsys: pytest.CaptureFixture[str]
):
    seal = documents.marks(report.read_bytes())[0].seal
    wrong = seal[:-4] + "0000"

    for arguments in ((), ("--office", office)):
        assert told(capsys, report, *arguments, "--head", seal)[0] == 0
        assert told(capsys, report, *arguments, "--head", wrong)[0] == 1
        assert told(capsys, report, *arguments, "--head", "nonsense")[0] == 2
    assert cli.main(["audit", "verify", "--office", str(office), "--head", seal]) == 0
    assert cli.main(["audit", "verify", "--office", str(office), "--head", seal, "--head", wrong]) == 1


def test_a_trail_that_was_rewritten_does_not_vouch_for_a_report(
    office: Path, report: Path, capsys: pytest.CaptureFixture[str]
):
    db = offices.open_demo(office)
    raw: Any = connect(office / "office.db", db.keys["general"])
    db.close()
    raw.execute("DROP TRIGGER audit_entry_no_update")
    seq = documents.marks(report.read_bytes())[0].head_seq
    raw.execute("UPDATE audit_entry SET hash = ? WHERE seq = ?", [bytes(32), seq])
    raw.close()

    code, line = told(capsys, report, "--office", office)
    assert code == 1
    assert "the office's trail was rewritten since" in line


def _number(report: Path) -> str:
    return documents.marks(report.read_bytes())[0].number
