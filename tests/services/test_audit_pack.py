"""The audit pack: it proves itself, names nobody unasked, and its sample can be drawn again."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, time

import pikepdf
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from ccfs_desktop.db import Database
from ccfs_desktop.errors import Refused, UserError
from ccfs_desktop.models.check import Said
from ccfs_desktop.models.child import Child, Guardian, PickupAdult
from ccfs_desktop.models.log import Visitor
from ccfs_desktop.models.sheet import Sheet, SheetFile
from ccfs_desktop.models.visit import AbsenceReason, Visit
from ccfs_desktop.reports import audit_pack, issue
from ccfs_desktop.reports.audit_pack import Made
from ccfs_desktop.reports.issuing import again
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import (
    attendance,
    audit_trail,
    disclosures,
    documents,
    drills,
    duty,
    patrols,
    patrols_plan,
    redaction,
    sample,
    seasons,
    sheet_codes,
    verifying,
)
from ccfs_desktop.services.audit_pack import Wish
from ccfs_desktop.services.audit_trail import Look
from ccfs_desktop.services.patrols import Walk
from ccfs_desktop.services.patrols_plan import Plan
from ccfs_desktop.services.redaction import Redaction, Redactor
from ccfs_desktop.services.verifying import State
from tests.archives import complaints
from tests.reports.pages import texts
from tests.spaces import MONDAY, Space, an_adult, fill, on_duty
from tests.walks import go_through

KEY = b"k" * 32
TUESDAY = date(2017, 7, 11)
WEDNESDAY = date(2017, 7, 12)


@pytest.fixture
def office(db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Two days with children, adults and a check; a name stands in a remark too."""
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:15")
    space = fill(db, 6, groups=2)
    on_duty(db, space)
    go_through(db, space)
    issue.sign_in_sheets(db, Order(MONDAY))
    with db.begin("Sign in") as session:
        for n, child in enumerate(space.children):
            for day in (MONDAY, TUESDAY):
                attendance.sign_in(session, space.season, child.id, day, at=time(8, n), brought_by=f"妈妈{n}号")
                attendance.sign_out(session, space.season, child.id, day, at=time(17, n), collected_by="外婆")
        first = session.scalars(select(Visit).order_by(Visit.id)).first()
        assert first
        first.note = f"{space.children[1].name} 也来了"
    return db


def made(db: Database, kind: Redaction = Redaction.CODES, **wishes: int) -> Made:
    wish = Wish(MONDAY, TUESDAY, "smeta", kind, wishes.get("sample", 5), wishes.get("seed", 7))
    return audit_pack.make(db, wish, languages=("en",))


def cells(excel: bytes, sheet: int) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(sheet).to_python()]


def words_of(pack: Made) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(pack.excel))
    rows = (cells(pack.excel, n) for n in range(len(book.sheet_names)))
    twin = "\n".join(" ".join(row) for sheet in rows for row in sheet)
    return "\n".join([*texts(pack.pdf), twin, pack.manifest.decode()])


@pytest.mark.parametrize("kind", [Redaction.INITIALS, Redaction.CODES])
def test_no_child_and_no_parent_is_named_in_the_pdf_or_its_twin(office: Database, kind: Redaction):
    written = words_of(made(office, kind))
    with office.read() as session:
        names = {name for column in (Child.name, Guardian.name, PickupAdult.name) for name in session.scalars(
            select(column))}  # fmt: skip
    assert len(names) > 6
    assert [name for name in names if name in written] == []
    assert "王老师" in written, "the adults on duty are named"
    assert "妈妈0号" not in written, "somebody typed this at the door"


def test_the_pack_is_kept_signed_noted_and_any_change_to_it_is_found(office: Database):
    pack = made(office)
    assert verifying.by_office(office, pack.pdf).state is State.UNALTERED
    assert verifying.by_itself(pack.pdf).state is State.UNALTERED
    at = len(pack.pdf) // 3
    changed = pack.pdf[:at] + bytes([pack.pdf[at] ^ 1]) + pack.pdf[at + 1 :]
    assert verifying.by_office(office, changed).state is State.ALTERED
    assert again(office, pack.document.id).pdf == pack.pdf
    with office.read() as session:
        assert "Make an audit pack" in [deed.action for deed in audit_trail.deeds(session, Look())]
        given = disclosures.listed(session)
    assert [(one.recipient, one.sha256, one.automatic) for one in given] == [("Auditor", pack.document.sha256, True)]
    told = json.loads(pack.manifest)
    assert told["pdf"]["sha256"] == hashlib.sha256(pack.pdf).hexdigest()
    assert told["excel"]["sha256"] == hashlib.sha256(pack.excel).hexdigest()
    assert told["excel"]["sha256"] in "".join(texts(pack.pdf)[-2:]).replace("\n", "")


def test_the_bound_pack_is_a_pdf_a_whose_bookmarks_lead_to_their_exhibits(
    office: Database, monkeypatch: pytest.MonkeyPatch
):
    bound: list[bytes] = []

    def keep(*given: object, **named: object) -> bytes:
        bound.append(bind(*given, **named))  # pyright: ignore
        return bound[-1]

    bind = audit_pack.bind
    monkeypatch.setattr(audit_pack, "bind", keep)
    pack = made(office)
    assert complaints(as_archive(bound[0], mark="x")) == []
    assert complaints(pack.pdf) == [], "signed, as it is handed out"
    pages = texts(pack.pdf)
    with pikepdf.open(io.BytesIO(pack.pdf)) as pdf, pdf.open_outline() as outline:
        places = {page.objgen: n for n, page in enumerate(pdf.pages)}
        exhibits = [
            (item.title.split()[0], places[item.destination[0].objgen])  # pyright: ignore
            for chapter in outline.root for item in chapter.children if "-" in item.title.split()[0]
        ]  # fmt: skip
        linked = {
            places[one.Dest[0].objgen]  # pyright: ignore
            for page in pdf.pages for one in page.obj.get("/Annots", ())
            if one.Subtype == "/Link"
        }  # fmt: skip
    assert len(exhibits) > 15
    assert linked == {page for _name, page in exhibits}
    for name, page in exhibits:
        assert f"Exhibit {name} · page 1 of " in pages[page]
        assert f"page {page + 1} of {len(pages)}" in pages[page]
    told = {one["exhibit"]: one["page"] for one in json.loads(pack.manifest)["parts"] if one["exhibit"]}
    assert told == {name: page + 1 for name, page in exhibits}


def test_it_answers_what_two_readers_asked(office: Database):
    with office.read() as session:
        season = seasons.every(session)[0]
    go_through(office, Space(season, []), TUESDAY, OPN06={"said": Said.NO, "note": "A cover is missing"})
    wish = Wish(date(2017, 7, 3), TUESDAY, "smeta", Redaction.CODES, 5, 7)
    made = audit_pack.make(office, wish, languages=("en",))
    every = texts(made.pdf)
    told = " ".join(" ".join(every).split())
    for sentence in (
        "Drills due, and not held or not signed 1 1 6",
        "No drill of this season is on record before 2017-07-03.",
        "Head-counts entered: 0 of 21 (10:00, 13:00, 16:00 of each day)",
        "2 adults were on duty in this time. For 2 of them a paper that is needed was missing",
        "The exhibits bound in after it go further",
        "signer unknown",
    ):
        assert sentence in told
    assert "demonstration" not in told
    assert any(" · see F-2" in page and "A cover is missing" in page for page in every)
    assert any(" · see C-3" in page and "A cover is missing" in page for page in every)


def test_with_names_the_sheets_are_bound_in_as_they_were_printed(office: Database):
    pack = made(office, Redaction.NAMES)
    told = json.loads(pack.manifest)["sheets_as_printed"]
    with office.read() as session:
        kept = {hashlib.sha256(pdf).hexdigest() for pdf in session.scalars(select(SheetFile.pdf))}
    assert set(told.values()) == kept
    assert len(kept) == 2
    assert not json.loads(made(office).manifest)["sheets_as_printed"]


def test_the_excel_twin_counts_what_the_pdf_counts_and_anybody_can_draw_the_sample_again(office: Database):
    pack = made(office)
    about = {row[0]: row[1] for row in cells(pack.excel, 0)[1:]}
    rows = cells(pack.excel, 1)
    head, days = rows[0], rows[1:]
    came = [row for row in days if row[head.index("Came")] == "Yes"]
    assert (len(came), about["Child-days"], about["Seed"]) == (12, "12.0", "7.0")
    sampled = {(row[0], row[1]) for row in came if row[head.index("In the sample")] == "Yes"}
    drawn = sorted({(row[0], row[1]) for row in came}, key=lambda one: hashlib.sha256(
        f"7|{one[0]}|{one[1]}".encode()).digest())  # fmt: skip
    assert sampled == set(drawn[:5])
    traced = "".join(page for page in texts(pack.pdf) if "Random sample of child-days" in page)
    assert all(code in traced for _day, code in sampled)


def test_what_the_pdf_says_can_be_reckoned_anew_from_the_excel_twin(office: Database):
    walk_and_drill(office)
    pack = audit_pack.make(office, Wish(MONDAY, WEDNESDAY, "smeta", Redaction.INITIALS, 0), languages=("en",))
    told = " ".join(" ".join(texts(pack.pdf)).split())

    days = table(pack.excel, "Child-days")
    expected = [row for row in days if row["Expected for K04"] == "Yes"]
    assert (counted(expected, "Came"), len(expected), counted(days, "Expected")) == (12, 16, 18)
    assert "12 ÷ 16" in told
    figures = {row["No."]: row for row in table(pack.excel, "Key figures")}
    assert (figures["K04"]["Value"], figures["K05"]["Value"]) == ("0.75", "4.0")

    quarters = table(pack.excel, "Ratio")
    kept, not_kept = (counted(quarters, "Kept in all groups", said) for said in ("Yes", "No"))
    assert kept > 10
    assert not_kept > 40
    assert f"{kept} ÷ {kept + not_kept}" in told
    assert len({(row["Day"], row["Quarter hour"]) for row in quarters}) == kept + not_kept
    unknown = [row for row in quarters if row["Adults' times on record"] == "No"]
    assert {(row["Day"], row["Adults who count"]) for row in unknown} == {("2017-07-11", "")}
    assert counted(unknown, "Kept in all groups") == 0

    patrols = table(pack.excel, "Patrols")
    planned = [row for row in patrols if row["Planned for the day"] == "Yes"]
    assert f"Planned and not walked: {counted(planned, 'Walked', 'No')} of {len(planned)}." in told
    assert [(row["Areas walked"], row["Walked"], row["Remark"]) for row in patrols] == [
        ("Sewing, Cutting", "Yes", ""), ("Sewing, Cutting", "Yes", "Guard ill"), ("", "No", "not explained"),
    ]  # fmt: skip

    (drill,) = table(pack.excel, "Drills")
    assert (drill["Seconds"], drill["Children counted"], drill["Children by the register"]) == ("128.0", "5.0", "6.0")
    assert "5 / 6" in told


def test_a_visit_that_was_typed_from_no_sheet_names_the_sheet_on_which_the_child_was_listed(office: Database):
    pack = made(office)
    with office.read() as session:
        codes = {sheet_codes.written(code) for code in session.scalars(select(Sheet.code))}
    days = table(pack.excel, "Child-days")
    assert len(codes) == 2
    assert {row["Sheet no."] for row in days if row["Day"] == "2017-07-10"} == codes
    assert {row["Sheet no."] for row in days if row["Day"] == "2017-07-11"} == {""}
    register = next(page for page in texts(pack.pdf) if "Exhibit A-1 · page 1" in page)
    assert [register.count(code) for code in sorted(codes)] == [4, 4], "above the list, and three children each"


def test_consents_and_visitors_of_the_twin_are_called_as_elsewhere(office: Database):
    with office.begin("A visitor") as session:
        season = seasons.every(session)[0]
        session.add(Visitor(season_id=season.id, day=MONDAY, name="Anna Lee", purpose="=1+1", came=time(9)))
    pack = made(office)
    codes = {row["Code"] for row in table(pack.excel, "Child-days")}
    consents = table(pack.excel, "Consents")
    assert {row["Code"] for row in consents} == {row["Child"] for row in consents} == codes
    agreed = [row for row in consents if row["Purpose"] == "Rules and custody agreement"]
    assert {(row["Answer"], row["Signed on"], row["Version of the wording"]) for row in agreed} == {
        ("Given", "2017-07-01", "1"),
    }  # fmt: skip
    assert "Medicine plan" not in {row["Purpose"] for row in consents}, "a matter of health"
    (visitor,) = table(pack.excel, "Visitors")
    assert visitor["Name"].startswith("P-")
    assert visitor["Purpose"] == "=1+1", "a text, no formula"
    assert b"<f>" not in b"".join(zipfile.ZipFile(io.BytesIO(pack.excel)).read(f"xl/worksheets/sheet{n}.xml")
                                  for n in range(1, 16))  # fmt: skip


def walk_and_drill(db: Database) -> None:
    """Announce two holidays, hold a drill, plan a patrol: walked, explained and entered later, missed.

    And two adults look after the older children, for the morning only.
    """
    with db.begin("Plan, walk, drill") as session:
        season = seasons.every(session)[0]
        for child in session.scalars(select(Child.id).order_by(Child.id).limit(2)).all():
            reason = AbsenceReason.HOLIDAY
            attendance.mark_absent(session, season, child, WEDNESDAY, reason=reason, planned=True)
        older = seasons.groups(session, season)[1]
        for name in ("陈老师", "杨老师"):
            person = an_adult(session, name, group_id=older.id)
            duty.sign_in(session, season, person.id, MONDAY, at=time(7))
            duty.sign_out(session, season, person.id, MONDAY, at=time(13))
        planned = patrols_plan.add(session, Plan("Morning", "Sewing\nCutting", MONDAY, time(9, 30), last_day=WEDNESDAY))
        patrols.explain(session, (planned.id, TUESDAY), "Guard ill", by="Li Na")
        for day in (MONDAY, TUESDAY):
            patrols.walk(session, Walk(day, 0, "Guard Chen", planned.id), by="Li Na")
        drills.record(session, season, MONDAY, time(10, 20), by="Li Na", children_counted=5, missing="-", seconds=128)


def table(excel: bytes, title: str) -> list[dict[str, str]]:
    names = CalamineWorkbook.from_filelike(io.BytesIO(excel)).sheet_names
    head, *rows = cells(excel, names.index(title))
    return [dict(zip(head, row, strict=True)) for row in rows]


def counted(rows: list[dict[str, str]], column: str, value: str = "Yes") -> int:
    return sum(1 for row in rows if row[column] == value)


def test_the_same_seed_draws_the_same_sample_from_the_same_days_in_any_order():
    days = [f"2017-07-{day:02}|C-{child:04}" for day in range(3, 29) for child in range(40)]
    first = sample.draw(days, 20, 42, str)
    assert first == sample.draw(reversed(days), 20, 42, str)
    assert first != sample.draw(days, 20, 43, str)
    assert len(set(first)) == 20
    assert sample.draw(days[:3], 20, 42, str) == sample.draw(days[:3], 3, 42, str)


def test_a_pack_that_was_stopped_leaves_no_document(office: Database):
    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise UserError("stopped")

    with pytest.raises(UserError, match="stopped"):
        audit_pack.make(office, Wish(MONDAY, TUESDAY), progress=stop)
    with office.read() as session:
        assert documents.listed(session) == []


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("role", ["manager", "auditor", "caregiver", "administrator"])
def test_a_pack_is_made_by_those_who_answer_for_it(as_role: Callable[..., Database], role: str):
    with pytest.raises(Refused):
        made(as_role(role))


# ----------------------------------------------------------------------------------------------------------- redaction
def people() -> Iterator[tuple[str, str]]:
    yield from (
        ("李小明", "child:1"),
        ("Li Xiaoming", "child:1"),
        ("Nguyễn Thị Ánh", "child:2"),
        ("王芳", "adult:王芳"),
    )
    yield from (("Rahim", "child:3"), ("Anna Lee", "child:4"), ("Anna Lee", "child:5"), ("İbrahim Öz", "child:6"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("李小明和王芳吵架", "李**和王*吵架"),
        ("LI  XIAOMING fell", "L. X. fell"),
        ("Nguye\u0302\u0303n Thi\u0323 A\u0301nh", "N. T. Á."),
        ("Rahim ran to Rahima", "R. ran to Rahima"),
        ("İbrahim Öz geldi", "İ. Ö. geldi"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_names_are_found_however_they_are_written(text: str, wanted: str):
    assert Redactor(Redaction.INITIALS, KEY, people())(text) == wanted


def test_a_code_is_the_same_wherever_the_child_is_named_and_tells_namesakes_apart():
    codes = Redactor(Redaction.CODES, KEY, people())
    assert codes("Li Xiaoming") == codes("李小明") == codes.child(1, "李小明") == codes.code(1)
    assert codes.child(4, "Anna Lee") != codes.child(5, "Anna Lee")
    assert set(codes("Anna Lee").split("/")) == {codes.code(4), codes.code(5)}
    assert codes.person("Mother") == "Mother"
    assert codes.person("Somebody Else").startswith("P-")
    assert Redactor(Redaction.CODES, b"other" * 7, people()).code(1) != codes.code(1)
    assert redaction.joined("李")
