"""Factories' lists going in, from the file to the record: new, changed, the same again, or back to the officer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.db.undo import undo_last
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.child import Child, ConsentPurpose, Guardian, Guardianship, PickupAdult, Relation
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.staff import Staff
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import children, imports, seasons
from ccfs_desktop.services.imports import Outcome, Plan
from tests.services.listing.pens import write

WORKERS = [["Emp ID", "Employee name", "Sex", "Dept", "Date left"]]
CHILDREN = ["Child name", "Date of birth", "Parent ID", "Parent name", "Relation", "Allergies", "Photo consent"]


@dataclass
class Desk:
    """An office of one country, and the folder its lists come in."""

    db: Database
    season: Season
    folder: Path

    def plan(self, kind: str, path: Path) -> Plan:
        listed = ListKind(kind)
        read = imports.read_file(self.db, listed, path)
        with self.db.read() as session:
            return imports.plan(session, self.season, listed, read)

    def load(self, kind: str, rows: Sequence[Sequence[Any]], name: str = "list.xlsx", **how: Any) -> Plan:
        """Write a list as a factory would, and take it in."""
        plan = self.plan(kind, write(self.folder / name, rows, **how))
        imports.apply(self.db, self.season, plan)
        return plan

    def all(self, query: Any) -> list[Any]:
        with self.db.read() as session:
            return list(session.scalars(query))


@pytest.fixture
def desk(db: Database, tmp_path: Path) -> Callable[[str], Desk]:
    def opened(country: str) -> Desk:
        with db.begin("Open the office") as session:
            session.add(Factory(name="Factory", country=country))
            season = Season(name="Summer 2017", first_day=date(2017, 7, 3), last_day=date(2017, 8, 25), capacity=80)
            seasons.start(session, season, country="XX")
        return Desk(db, season, tmp_path)

    return opened


@pytest.fixture
def office(desk: Callable[[str], Desk]) -> Desk:
    """An office where Ann (E-001) and Bo (E-002) work."""
    found = desk("KH")
    found.load("workers", [*WORKERS, ["E-001", "Ann Lee", "F", "Upper", None], ["E-002", "Bo Chan", "M", "Sole", None]])
    return found


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def reasons(plan: Plan) -> list[str]:
    return [remark.reason for remark in plan.remarks(*Outcome)]


def the_child(session: Session, name: str) -> Child:
    return session.scalars(select(Child).where(Child.name == name)).one()


# ------------------------------------------------------------------------------------------------------ other factories
def test_a_turkish_factory_writes_names_in_capitals_and_numbers_without_their_letter(desk: Callable[[str], Desk]):
    ege = desk("TR")
    head = ["Sıra", "Sicil No", "Adı", "Soyadı", "Cinsiyeti", "Göçmen İşçi", "Cep Tel", "İşten Çıkış Tarihi"]
    ege.load(
        "workers",
        [
            ["EGE TEKSTİL - PERSONEL LİSTESİ"],
            head,
            [1, "T-101", "FATMA NUR", "ÖZTÜRK", "K", "E", "0532 001 45 67", None],
            [2, "T-102", "MEHMET", "DEMİR", "E", "H", "0532 002 45 67", "28.04.2017"],
            ["TOPLAM", 2],
        ],
        "Personel.xls",
    )
    plan = ege.load(
        "children",
        [
            ["2017 YAZ DÖNEMİ ÇOCUK KAYIT LİSTESİ"],
            ["Çocuğun Adı Soyadı", "Cinsiyeti", "Doğum Tarihi", "Velinin Adı Soyadı", "Velinin Sicil No", "Yakınlığı"],
            ["IŞIL ÖZTÜRK", "Kız", "15 Ağustos 2011", "Fatma Öztürk", "101", "Annesi"],
            ["Işıl Öztürk", "Kız", "15.08.2011", "Fatma Nur Öztürk", "T 101", "Anne"],
            ["Ömer Demir", "E", "3 Şubat 2008", "Mehmet Demir", "t102", "Baba"],
            ["Toplam", "3"],
            ["Not: Kayıtlar 23 Haziran'a kadar teslim edilecektir."],
        ],
        "Kayıt.csv",
        encoding="cp1254",
        separator=";",
    )
    assert outcomes(plan) == ["new", "duplicate", "new"]
    assert reasons(plan)[1:] == ["The parent, MEHMET DEMİR, left the factory on 2017-04-28."]
    worker = ege.all(select(Worker).where(Worker.number == "T-101"))[0]
    assert (worker.name, worker.sex, worker.migrant) == ("FATMA NUR ÖZTÜRK", "female", True)
    assert [(c.name, c.birth_date, c.sex) for c in ege.all(select(Child).order_by(Child.id))] == [
        ("IŞIL ÖZTÜRK", date(2011, 8, 15), "female"),
        ("Ömer Demir", date(2008, 2, 3), "male"),
    ]


def test_a_vietnamese_list_ticks_with_x_and_counts_days_from_two(desk: Callable[[str], Desk]):
    may = desk("VN")
    may.load(
        "workers",
        [
            ["Mã số NV", "Họ và tên", "Phái", "LĐ nhập cư"],
            ["HB00001", "Nguyễn Thị Ánh", "Nữ", "x"],
            ["HB00002", "Trần Văn Đức", "Nam", ""],
        ],
        "DSLD.csv",
        encoding="cp1258",
    )
    assert [w.migrant for w in may.all(select(Worker).order_by(Worker.number))] == [True, None]
    may.load(
        "staff", [["Họ tên", "Chức danh", "Ngày làm việc"], ["Vũ Hoa", "Tổ trưởng", "2-6"], ["Lê Hà", "Y tá", "T7"]]
    )
    assert [(s.role, s.weekdays) for s in may.all(select(Staff).order_by(Staff.id))] == [
        ("head_teacher", "12345"),
        ("nurse", "6"),
    ]


def test_an_indonesian_list_names_place_and_both_parents_and_is_signed_below(desk: Callable[[str], Desk]):
    sepatu = desk("ID")
    sepatu.load("workers", [["NIK", "Nama", "L/P", "TMT"], *([f"SA{n}", f"Nama {n}", "L", None] for n in (1, 2))])
    plan = sepatu.load(
        "children",
        [
            ["Nama Anak", "Tempat, Tgl Lahir", "L/P", "Nama Ayah", "NIK Ayah", "Nama Ibu", "NIK Ibu", "Boleh difoto?"],
            ["Bima", "Garut, 17 Agustus 2009", "L", None, "SA1", None, "SA2", "boleh"],
            ["Bintang", "Bandung 21-03-2012", "P", None, "SA1", None, "SA2", "tidak boleh"],
            ["Jumlah", 2],
            [None, None, None, "Bandung, 20 Juni 2017"],
            ["Siti Aminah", None, None, "Bambang"],
        ],
        "anak.ods",
    )
    assert outcomes(plan) == ["new", "new"]
    links = sepatu.all(select(Guardianship.relation).order_by(Guardianship.child_id, Guardianship.relation))
    assert links == [Relation.FATHER, Relation.MOTHER] * 2
    assert len(sepatu.all(select(Guardian))) == 2, "brothers share their parents"
    with sepatu.db.read() as session:
        consents = {
            c.name: children.file(session, sepatu.season, c.id).consents for c in session.scalars(select(Child))
        }
    assert {name: found[0].given for name, found in consents.items()} == {"Bima": True, "Bintang": False}


def test_the_first_person_is_no_second_row_of_headings(desk: Callable[[str], Desk]):
    small = desk("VN")
    plan = small.load("workers", [["Mã NV", "Họ tên", "Giới tính"], ["L01", "Công Nhân", "Nữ"], ["L02", "Lan", "Nữ"]])
    assert [(row.row, row.values["number"]) for row in plan.rows] == [(2, "L01"), (3, "L02")]


def test_dates_that_excel_exchanged_are_asked_about(office: Desk):
    typed = [date(2010, month, 3) for month in (1, 2, 5, 6)]
    rows: list[list[Any]] = [[f"Child {day.month}", day, "E-001"] for day in typed]
    rows += [[f"Child {day}", f"{day}/03/2010", "E-002"] for day in (13, 25, 31)]
    plan = office.load("children", [["Child name", "Birthday", "Parent ID"], *rows])
    assert outcomes(plan) == ["attention"] * 4 + ["new"] * 3
    assert reasons(plan)[0] == "Excel may have exchanged day and month: January 3, 2010 or March 1, 2010?"


# -------------------------------------------------------------------------------------------------- who belongs to whom
@pytest.mark.parametrize(
    ("written", "name", "outcome"),
    [
        ("e001", "Ann Lee", "new"),
        ("Ｅ－００１", "LEE, ANN", "new"),
        ("1", "Ann", "new"),
        ("1", "Somebody", "attention"),
        ("K-001", "Ann Lee", "new"),
        ("K-001", "Somebody", "attention"),
        ("E-009", "Ann Lee", "attention"),
    ],
)
def test_a_parents_number_is_recognised_however_it_is_written(office: Desk, written: str, name: str, outcome: str):
    plan = office.load("children", [CHILDREN, ["Amy", "2010-05-16", written, name, "Mother", None, None]])
    assert outcomes(plan) == [outcome]
    assert bool(reasons(plan)) == (outcome == "attention")


def test_both_parents_in_one_cell_are_both_found(office: Desk):
    rows = [
        ["Amy", "2010-05-16", "E-001 / E-002", "Ann Lee / Bo Chan", "Parents", None, None],
        ["Ben", "2010-05-16", "E-002 (father); e002", "Bo Chan", "Father", None, None],
        ["Cid", "2010-05-16", "E-001, E-009", None, "Mother", None, None],
    ]
    plan = office.load("children", [CHILDREN, *rows])
    assert outcomes(plan) == ["new"] * 3
    assert reasons(plan) == ["The number E-009 is not in the worker list."]
    links = office.all(select(Guardianship.relation).order_by(Guardianship.id))
    assert links[:3] == [Relation.MOTHER, Relation.FATHER, Relation.FATHER]


def test_digits_that_two_workers_share_are_not_guessed(office: Desk):
    office.load("workers", [*WORKERS, ["F-001", "Cy Dan", "M", "Upper", None]])
    plan = office.load("children", [CHILDREN, ["Amy", "2010-05-16", "001", None, "Mother", None, None]])
    assert outcomes(plan) == ["attention"]


# ------------------------------------------------------------------------------------------------- the list comes again
def test_a_later_worker_list_tells_new_changed_and_gone(office: Desk):
    later = [*WORKERS, ["E-001", "Ann Lee", "F", "Packing", date(2017, 6, 1)], ["E-003", "Cy Dan", "M", "Upper", None]]
    plan = office.load("workers", later)
    assert (outcomes(plan), len(plan.gone)) == (["changed", "new"], 1)
    found = {w.number: (w.department, w.left_on) for w in office.all(select(Worker))}
    assert found == {"E-001": ("Packing", date(2017, 6, 1)), "E-002": ("Sole", None), "E-003": ("Upper", None)}
    assert outcomes(office.load("workers", later)) == ["same", "same"]


def test_a_later_registration_adds_what_is_new_and_never_overrules_a_refusal(office: Desk):
    head = [*CHILDREN, "Authorised pick-up"]
    first = ["Amy", "2010-05-16", "E-001", "Ann Lee", "Mother", None, "Yes", "Grandma"]
    office.load("children", [head, first])
    more = ["Amy", "2010-05-16", "E-001", "Ann Lee", "Mother", "Peanuts", "No", "Aunt: Lin; Grandma"]
    plan = office.load("children", [head, more])
    assert outcomes(plan) == ["changed"]
    assert outcomes(office.load("children", [head, more])) == ["same"]
    with office.db.read() as session:
        amy = the_child(session, "Amy")
        file = children.file(session, office.season, amy.id)
        adults = {a.name: a.relation for a in session.scalars(select(PickupAdult))}
        assert amy.alert == "Peanuts", "a column that asks for allergies only is shown to everybody on duty"
        assert not children.consents_to(file.consents, ConsentPurpose.PHOTO_INTERNAL, date(2017, 7, 10))
        assert adults == {"Grandma": "", "Lin": "Aunt"}
    plan = office.load("children", [head, first])
    assert outcomes(plan) == ["same"], "the older list again takes nothing away"
    assert reasons(plan) == ["The list agrees to photos, the child's file does not. Nothing was changed."]


def test_who_left_on_an_unknown_day_keeps_the_day_first_noted(office: Desk):
    rows = [["Emp ID", "Employee name", "Status"], ["E-001", "Ann Lee", "Resigned"], ["E-002", "Bo Chan", "Active"]]
    plan = office.load("workers", rows)
    assert (outcomes(plan), plan.notes) == (
        ["changed", "same"],
        ["1 worker is marked as having left, without a date; 2017-08-25 was noted."],
    )
    with office.db.begin("Correct") as session:
        session.scalars(select(Worker).where(Worker.number == "E-001")).one().left_on = date(2017, 6, 1)
    assert outcomes(office.load("workers", rows)) == ["same", "same"]
    plan = office.load("children", [CHILDREN, ["Amy", "2010-05-16", "E-001", "Ann Lee", "Mother", None, None]])
    assert reasons(plan) == ["The parent, Ann Lee, left the factory on 2017-06-01."]


def test_staff_with_a_new_phone_are_not_doubled(office: Desk):
    head = ["Name", "Role", "Mobile"]
    office.load("staff", [head, ["Li Na", "Teacher", "0123456"], ["Mo", "Nurse", "0111111"], ["Mo", "Cook", "0222222"]])
    again = [head, ["Li Na", "Teacher", "0999999"], ["Mo", "Nurse", "0111111"], ["Mo", "Cook", "0222222"]]
    assert outcomes(office.load("staff", again)) == ["changed", "same", "same"]
    assert sorted(s.phone for s in office.all(select(Staff))) == ["0111111", "0222222", "0999999"]


def test_an_import_is_taken_back_in_one_step(office: Desk):
    office.load(
        "children", [CHILDREN, *([f"Kid {n}", "2010-05-16", "E-001", "Ann Lee", "F/o", "Nuts", "Yes"] for n in "abc")]
    )
    undo_last(office.db)
    assert office.all(select(Child)) == []
    assert len(office.all(select(Worker))) == 2


# -------------------------------------------------------------------------------------------------- back to the officer
def test_rows_given_back_go_in_once_they_are_corrected(office: Desk):
    rows = [
        ["Amy", "2010-05-16", "E-001", "Ann Lee", "Mother", None, "Yes"],
        ["Ben", "03/04/2011", "E-001", "Ann Lee", "Mother", None, "Yes"],
        ["=Cid", "2011-05-16", "E-002", "Bo Chan", "Father", None, "Yes"],
    ]
    source = write(office.folder / "list.xlsx", [["Registration"], CHILDREN, *rows])
    plan = office.plan("children", source)
    with pytest.raises(UserError, match="the factory's own list"):
        imports.write_rejected(plan, source, source=source)
    back = office.folder / "back.xlsx"
    imports.write_rejected(plan, back, source=source)
    imports.apply(office.db, office.season, plan)

    book = openpyxl.load_workbook(back)
    sheet = book.worksheets[0]
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"], "a formula comes back as text"
    sheet["B2"], sheet["A3"] = date(2011, 4, 3), "Cid"
    book.save(back)
    corrected = office.plan("children", back)
    imports.apply(office.db, office.season, corrected)
    assert (outcomes(plan), outcomes(corrected)) == (["new", "attention", "attention"], ["new", "new"])
    assert {c.name: c.birth_date for c in office.all(select(Child))} == {
        "Amy": date(2010, 5, 16), "Ben": date(2011, 4, 3), "Cid": date(2011, 5, 16),
    }  # fmt: skip


def test_what_is_too_long_is_said_and_a_name_is_never_cut(office: Desk):
    plan = office.load(
        "workers", [*WORKERS, ["E-7", "X" * 121, "F", "Upper", None], ["E-8", "Di", "F", "D" * 90, None]]
    )
    assert outcomes(plan) == ["attention", "new"]
    assert reasons(plan) == [
        "This is longer than 120 characters. Please shorten it.",
        "This is longer than 80 characters; the rest was left out.",
    ]


def test_a_list_of_another_kind_changes_nothing(office: Desk):
    registration = write(office.folder / "list.xlsx", [[*CHILDREN, "Start date"], ["Amy", "2010-05-16", "E-001"]])
    with pytest.raises(UserError, match="another list: Children's registration"):
        office.plan("workers", registration)
    with pytest.raises(UserError, match="Nobody is listed under the headings in row 1"):
        office.plan("staff", write(office.folder / "b.csv", [["Name", "Role", "Phone"]]))


def test_a_birth_date_no_child_can_have_keeps_only_its_own_row_out(desk: Callable[[str], Desk]):
    office = desk("CN")
    office.load("workers", [*WORKERS, ["DG00001", "李娜", "F", "Sewing", ""], ["DG00002", "王芳", "F", "Sewing", ""]])
    rows = [
        CHILDREN,
        ["李明", "1984-06-01", "DG00001", "李娜", "mother", "", "yes"],
        ["王小雨", "2012-06-01", "DG00002", "王芳", "mother", "", "yes"],
    ]
    plan = office.load("children", rows)
    assert [row.outcome for row in plan.rows] == [Outcome.ATTENTION, Outcome.NEW]
    [remark] = plan.remarks(Outcome.ATTENTION)
    assert (remark.row, remark.reason) == (2, "With this birth date it would be no child. Check the year.")
    assert [child.name for child in office.all(select(Child))] == ["王小雨"]
