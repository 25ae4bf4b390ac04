"""Three factories' own files, from the command line to the signed sheet: every row's outcome, every name exact."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from ccfs_desktop import cli
from ccfs_desktop.models.child import Child, Guardian, Guardianship
from ccfs_desktop.models.enrolment import Enrolment, Status
from ccfs_desktop.models.staff import PaperKind, Staff, StaffPaper
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import offices

pytestmark = pytest.mark.shared

PASSWORD = "correct horse battery staple lamp"
FILES = {
    "dongguan-toys": ("员工花名册.xlsx", "2017暑期班报名表.xlsx", "老师名单.xlsx", "zh_CN,en"),
    "binh-duong-footwear": ("Danh sách công nhân.xlsx", "Đăng ký hè 2017.xlsx", "Giáo viên.xlsx", "vi,en"),
    "gazipur-garments": ("Employee list.xlsx", "CFS registration 2017.xlsx", "CFS staff.xlsx", "bn,en"),
}


class Office:
    """One factory's office, worked from the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], expected: dict[str, Any]) -> None:
        self.folder, self.capsys, self.expected = folder, capsys, expected
        self.password = folder.parent / "password.txt"
        self.password.write_text(PASSWORD + "\n", encoding="utf-8")
        factory = expected["factory"]
        code, out, _err = self.run(
            "new", "--factory", factory["name"], "--latin", factory["name_latin"], "--country", factory["country"],
            "--season", "Summer 2017", "--from", "2017-07-03", "--to", "2017-08-25",
            "--capacity", str(factory["capacity"]),
        )  # fmt: skip
        assert code == 0
        assert len(out.strip().replace("-", "")) == 32, "the recovery code is printed"

    def run(self, *arguments: str) -> tuple[int, str, str]:
        command, *rest = arguments
        access = ("--office", str(self.folder), "--user", "Li Na", "--password-file", str(self.password))
        code = cli.main([command, *rest, *access])
        printed = self.capsys.readouterr()
        return code, printed.out, printed.err

    def load(self, kind: str, file: Path, *more: str) -> tuple[int, dict[str, Any]]:
        code, out, err = self.run("import", kind, str(file), "--json", *more)
        assert code in (0, 1), err
        return code, json.loads(out)


@pytest.fixture(params=list(FILES))
def factory(request: pytest.FixtureRequest, factories: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = factories / request.param
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = FILES[request.param]
    return Office(tmp_path / "office", capsys, expected), [folder / name for name in files[:3]], files[3]


def test_a_factory_goes_in_and_its_sheet_comes_out(factory: Any, tmp_path: Path) -> None:
    office, (workers, children, staff), languages = factory
    code, result = office.load("workers", workers)
    assert (code, result["imported"], result["needs_attention"]) == (0, office.expected["workers"], [])

    code, result = office.load("children", children, "--rejected", str(tmp_path / "rejected.xlsx"))
    assert code == 1
    _check_outcomes(result, office.expected)
    assert (tmp_path / "rejected.xlsx").stat().st_size > 0

    code, result = office.load("staff", staff)
    assert (code, result["imported"]) == (0, len(office.expected["staff"]))

    _check_records(office)
    _check_again(office, workers, children)
    _check_sheet(office, languages, tmp_path / "sheet.pdf")


def test_a_week_is_drafted_from_a_factorys_own_staff_list_and_what_is_short_is_named(factory: Any) -> None:
    office, (workers, children, staff), _languages = factory
    for kind, file in (("workers", workers), ("children", children), ("staff", staff)):
        office.load(kind, file)
    code, out, err = office.run("roster", "draft", "--week", "2017-W28", "--limit", "1", "--json")
    result = json.loads(out)
    assert (code, err, result["status"]) == (1, "", "infeasible"), "four adults are too few for so many children"
    assert result["assignments"]
    assert all(gap["reason"] and gap["planned"] < gap["required"] for gap in result["unmet"])
    known = {person["name"] for person in office.expected["staff"]}
    assert {a["person"] for a in result["assignments"]} <= known
    code, out, _err = office.run("roster", "show", "--week", "2017-W28", "--json")
    assert (code, json.loads(out)["assignments"]) == (1, result["assignments"])


def _check_outcomes(result: dict[str, Any], expected: dict[str, Any]) -> None:
    assert result["rows"] == expected["registration_rows"]
    for outcome, name in (("warning", "warnings"), ("duplicate", "duplicates"), ("needs_attention", "needs_attention")):
        wanted = {r["excel_row"] for r in expected["rows"] if r["outcome"] == outcome}
        assert {item["row"] for item in result[name]} == wanted, name
        assert all(item["reason"] and item["field"] for item in result[name])
    assert result["imported"] == expected["outcomes"]["ok"] + expected["outcomes"]["warning"]


def _check_records(office: Office) -> None:
    wanted = {
        (_tidy(r["child"]), r["dob"], r["worker_no"])
        for r in office.expected["rows"]
        if r["outcome"] in {"ok", "warning"}
    }
    db = offices.open(office.folder, "Li Na", PASSWORD)
    with db.read() as session:
        rows = session.execute(
            select(Child.name, Child.birth_date, Worker.number)
            .join(Guardianship, Guardianship.child_id == Child.id)
            .join(Guardian, Guardian.id == Guardianship.guardian_id)
            .join(Worker, Worker.id == Guardian.worker_id)
        ).all()
        left = session.scalars(select(Worker).where(Worker.left_on.is_not(None))).all()
        migrants = session.scalars(select(Worker).where(Worker.migrant.is_(True))).all()
        staff = session.scalars(select(Staff)).all()
        first_aid = {
            p.staff_id: p.valid_until for p in session.scalars(select(StaffPaper)) if p.kind is PaperKind.FIRST_AID
        }
        enrolled = session.scalars(select(Enrolment).where(Enrolment.status == Status.ENROLLED)).all()
    db.close()
    assert {(name, born.isoformat(), number) for name, born, number in rows} == wanted
    assert len(left) == office.expected["workers_left"]
    assert len(migrants) == office.expected["migrants"]
    assert len(enrolled) == min(len(wanted), office.expected["factory"]["capacity"])
    assert {(s.name, s.role.value, (day := first_aid.get(s.id)) and day.isoformat()) for s in staff} == {
        (s["name"], s["role_key"], s["firstaid"]) for s in office.expected["staff"]
    }


def _check_again(office: Office, workers: Path, children: Path) -> None:
    _code, result = office.load("workers", workers)
    assert (result["imported"], result["updated"], result["unchanged"]) == (0, 0, office.expected["workers"])
    _code, result = office.load("children", children)
    both = office.expected["outcomes"]["ok"] + office.expected["outcomes"]["warning"]
    assert (result["imported"], result["updated"], result["unchanged"]) == (0, 0, both)


def _check_sheet(office: Office, languages: str, out: Path) -> None:
    code, _out, err = office.run(
        "print", "sign-in-sheet", "--day", "2017-07-10", "--languages", languages, "--out", str(out)
    )
    assert code == 0, err
    document = pypdfium2.PdfDocument(out)
    text = unicodedata.normalize("NFC", "\n".join(page.get_textpage().get_text_range() for page in document))
    document.close()
    db = offices.open(office.folder, "Li Na", PASSWORD)
    with db.read() as session:
        names = session.scalars(
            select(Child.name)
            .join(Enrolment, Enrolment.child_id == Child.id)
            .where(Enrolment.status == Status.ENROLLED, Enrolment.first_day <= date(2017, 7, 10))
        ).all()
    db.close()
    assert len(names) > 20
    assert [name for name in names if name not in text] == []


def _tidy(name: str) -> str:
    return " ".join(name.split())
