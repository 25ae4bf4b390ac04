"""The command line answers in one plain line, and never loses what was there."""

from pathlib import Path

import pytest

from ccfs_desktop import cli
from ccfs_desktop.services import offices

DAYS = ("--from", "2017-07-03", "--to", "2017-08-25")


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def _new(folder: Path, password: str = "") -> tuple[str, ...]:
    secret = folder.parent / "password.txt"
    secret.write_text(password or "a long and quiet summer day", encoding="utf-8")
    return (
        "new", "--office", str(folder), "--factory", "Toys", "--country", "CN", "--season", "Summer 2017", *DAYS,
        "--capacity", "80", "--user", "Li Na", "--password-file", str(secret),
    )  # fmt: skip


def _demo(tmp_path: Path) -> Path:
    from datetime import date

    folder = tmp_path / "demo"
    offices.create_demo(
        folder, factory="Toys", name_latin="Toys", country="CN", season="Summer 2017", first_day=date(2017, 7, 3),
        last_day=date(2017, 8, 25), capacity=80, languages="zh_CN,en",
    ).close()  # fmt: skip
    return folder


def test_a_weak_password_is_refused_in_words_and_makes_no_office(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _run(capsys, *_new(tmp_path / "office", "short"))

    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "15" in err
    assert not (tmp_path / "office" / "office.db").exists()


def test_an_office_is_never_made_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, *_new(tmp_path / "office"))[0] == 0
    before = (tmp_path / "office" / "vault.json").read_bytes()

    code, _out, err = _run(capsys, *_new(tmp_path / "office"))

    assert code == 2
    assert "already holds an office" in err
    assert (tmp_path / "office" / "vault.json").read_bytes() == before


def test_a_wrong_password_opens_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, *_new(tmp_path / "office"))
    (tmp_path / "password.txt").write_text("another password entirely", encoding="utf-8")

    secret = str(tmp_path / "password.txt")
    access = ("--office", str(tmp_path / "office"), "--user", "Li Na", "--password-file", secret)
    code, _out, err = _run(capsys, "audit", "verify", *access)

    assert code == 2
    assert "wrong" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xlsx", b""),
        ("program.xlsx", b"MZ\x90\x00" + b"\x00" * 500),
        ("cut.xlsx", b"PK\x03\x04" + b"\x00" * 100),
        ("nothing.csv", b"\xef\xbb\xbf\r\n\r\n"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes
) -> None:
    office = _demo(tmp_path)
    (tmp_path / name).write_bytes(content)

    code, out, err = _run(capsys, "import", "workers", str(tmp_path / name), "--office", str(office))

    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_a_closed_day_prints_no_sheet_and_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = _demo(tmp_path)
    out = tmp_path / "sheet.pdf"
    common = ("print", "sign-in-sheet", "--office", str(office), "--out", str(out))

    assert "weekday" in _run(capsys, *common, "--day", "2017-07-09")[2]
    assert "outside the season" in _run(capsys, *common, "--day", "2018-07-09")[2]
    assert "Enrol children" in _run(capsys, *common, "--day", "2017-07-10")[2]
    assert not out.exists()


def test_a_paper_without_its_day_says_how_to_name_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = _demo(tmp_path)
    common = ("print", "visitor-log", "--office", str(office), "--out", str(tmp_path / "log.pdf"))

    code, out, err = _run(capsys, *common)

    assert (code, out) == (2, "")
    assert "--day 2017-07-10" in err


def test_the_roster_of_a_week_is_printed_for_the_wall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = _demo(tmp_path)
    out = tmp_path / "roster.pdf"
    common = ("print", "roster", "--office", str(office), "--out", str(out))

    assert "--week 2017-W28" in _run(capsys, *common)[2]
    assert "Nobody is on the roster" in _run(capsys, *common, "--week", "2017-W28")[2]
    assert not out.exists()


def _a_day(office: Path) -> None:
    """Two children from eight to nine on Monday; the second of two adults leaves at half past eight."""
    from datetime import date, time

    from ccfs_desktop.models.child import Child
    from ccfs_desktop.models.visit import Visit
    from ccfs_desktop.services import children, duty, enrolments, seasons
    from tests.spaces import MONDAY, an_adult

    db = offices.open_demo(office)
    with db.begin("Fill the day") as session:
        season = seasons.current(session, MONDAY)
        group = seasons.groups(session, season)[0]
        child = children.save(session, Child(name="Four", birth_date=date(2013, 3, 1)))
        place = enrolments.apply(session, season, child, on=date(2017, 6, 20))
        enrolments.enrol(session, season, place, child, force=True)
        session.add(
            Visit(
                child_id=child.id, season_id=season.id, day=MONDAY, arrived=time(8), departed=time(9), signed_out=True
            )
        )
        for name, left in (("Chen", time(10)), ("Liu", time(8, 30))):
            person = an_adult(session, name, group_id=group.id)
            duty.sign_in(session, season, person.id, MONDAY, at=time(7, 45))
            duty.sign_out(session, season, person.id, MONDAY, at=left)
    db.close()


def test_the_ratio_of_a_day_is_printed_by_the_quarter_hour(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    office = _demo(tmp_path)
    _a_day(office)
    asked = ("ratio", "--day", "2017-07-10", "--office", str(office))

    code, out, _err = _run(capsys, *asked, "--json")
    told = json.loads(out)
    assert (code, told["state"], told["slots_kept"], told["slots_with_children"]) == (1, "short", 2, 4)
    assert [(s["slot"], s["children"], s["adults"], s["required"], s["short_minutes"]) for s in told["slots"]] == [
        ("08:00", 1, ["Chen", "Liu"], 2, 0), ("08:15", 1, ["Chen", "Liu"], 2, 0),
        ("08:30", 1, ["Chen"], 2, 15), ("08:45", 1, ["Chen"], 2, 15),
    ]  # fmt: skip
    assert [(b["from"], b["to"], b["minutes"]) for b in told["breaches"]] == [("08:30", "09:00", 30)]

    code, out, _err = _run(capsys, *asked)
    assert (code, out.splitlines()[1]) == (1, "2 of 4 quarter hours kept; 30 minutes short")
    code, out, _err = _run(capsys, *asked, "--planned", "--json")
    assert (code, json.loads(out)["state"]) == (1, "no-records"), "nobody is on the roster"
    code, _out, err = _run(capsys, "ratio", "--day", "2018-07-10", "--office", str(office))
    assert (code, err.strip()) == (2, "2018-07-10 is outside the season.")


def test_the_proof_is_printed_for_a_day_and_for_a_period(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pypdfium2

    office, out = _demo(tmp_path), tmp_path / "proof.pdf"
    _a_day(office)
    common = ("print", "ratio-proof", "--office", str(office), "--out", str(out), "--languages", "en")
    for when, title in (
        (("--day", "2017-07-10"), "Monday, 10 July 2017"),
        (("--from", "2017-07-10", "--to", "2017-07-14"), "2017-07-10 – 2017-07-14"),
    ):
        assert _run(capsys, *common, *when)[0] == 0
        pdf = pypdfium2.PdfDocument(out)
        text = pdf[0].get_textpage().get_text_range()
        pdf.close()
        assert title in text
        assert "30 minutes short" in text


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = _demo(tmp_path)
    listed = tmp_path / "workers.csv"
    listed.write_text("Card No.,Name,Section\nA-1,Aye Aye,Sewing\nA-2,Mya Mya,Cutting\n", encoding="utf-8")

    code, out, _err = _run(capsys, "import", "workers", str(listed), "--office", str(office), "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "2 rows: 2 new, 0 changed, 0 unchanged.")

    code, out, _err = _run(capsys, "import", "workers", str(listed), "--office", str(office))
    assert (code, out.splitlines()[0]) == (0, "2 rows: 2 new, 0 changed, 0 unchanged.")

    code, out, _err = _run(capsys, "import", "workers", str(listed), "--office", str(office))
    assert out.splitlines()[0] == "2 rows: 0 new, 0 changed, 2 unchanged."
