"""Data protection without a window: a look first, an erasure only when somebody approves it."""

import json
from datetime import date
from pathlib import Path

import pytest

from ccfs_desktop.cli import main
from ccfs_desktop.models.child import Child
from ccfs_desktop.services import demo, offices

DAY = date(2017, 7, 20)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "office"
    demo.build(folder, language="en", today=DAY).close()
    return folder


def test_erasing_only_looks_until_somebody_approves_it(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", f"{DAY}T08:15")
    erase = ["data", "erase", "--office", str(office), "--child", "6"]

    assert main(erase) == 0
    assert "Nothing was erased: nobody approved it." in capsys.readouterr().out
    assert main([*erase, "--approved-by", "Wang Fang"]) == 2  # without a reason
    assert "asked for it" in capsys.readouterr().err
    assert main([*erase, "--approved-by", "Wang Fang", "--reason", "Letter of July"]) == 0

    assert "D-2017-001" in capsys.readouterr().out
    db = offices.open_demo(office)
    with db.read() as session:
        assert session.get_one(Child, 6).name == "Erased no. 6"
    db.close()
    assert main(erase) == 1
    assert "was erased on 2017-07-20" in capsys.readouterr().out


def test_a_copy_is_two_files_and_stands_in_the_log(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CCFS_TODAY", f"{DAY}T08:15")
    asked = ["--office", str(office), "--out"]

    assert main(["data", "copy", "--child", "7", "--recipient", "Mother", *asked, str(tmp_path)]) == 0
    told = json.loads((tmp_path / "copy-7-2017-07-20.json").read_text("utf-8"))
    assert (told["child"], told["format"]) == (7, "ccfs-copy-1")
    assert (tmp_path / "copy-7-2017-07-20.pdf").read_bytes().startswith(b"%PDF")
    assert main(["data", "disclosures", *asked, str(tmp_path / "log.pdf")]) == 0
    assert main(["data", "audit", *asked, str(tmp_path / "audit.pdf")]) == 0
    assert main(["data", "assessment", *asked, str(tmp_path / "assessment.pdf")]) == 0
    assert main(["data", "due", "--office", str(office)]) == 0
    capsys.readouterr()
    assert main(["data", "copy", "--office", str(office)]) == 2
    assert capsys.readouterr().err == "Say which child: --child N.\n"
