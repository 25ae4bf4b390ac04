"""Issued documents: numbered, signed, kept; and what verifying says of a file, whatever became of it."""

import io
import random
from datetime import date

import pikepdf
import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from sqlalchemy import select

from ccfs_desktop.db import Actor, Database
from ccfs_desktop.db.trail import printed_head
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.action import Source
from ccfs_desktop.models.check import Severity
from ccfs_desktop.models.document import Document, DocumentFile, SigningKey
from ccfs_desktop.models.protection import Grounds
from ccfs_desktop.reports import (
    catalogue,
    issue,
    issue_actions,
    issue_checks,
    issue_compliance,
    issue_data,
    issue_incidents,
    issue_logs,
    issue_patrols,
    issue_staff,
)
from ccfs_desktop.reports.catalogue import DOCUMENTS
from ccfs_desktop.reports.issuing import Issued, again
from ccfs_desktop.reports.kit.archive import as_archive
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import actions, documents, erasure, offices, seasons, signing, verifying
from ccfs_desktop.services.erasure import Because
from ccfs_desktop.services.papers import VisitorLog
from ccfs_desktop.services.verifying import State
from ccfs_desktop.vault import Vault, pair
from tests.archives import complaints
from tests.reports.pages import codes, pictures, texts
from tests.reports.samples import letterhead
from tests.spaces import MONDAY, a_child, an_adult, fill
from tests.walks import go_through

SEED = 20171
"""Of the places where a byte is changed."""


@pytest.fixture
def _july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:15")


@pytest.fixture
def office(db: Database, _july: None) -> Database:
    space = fill(db, 2)
    with db.begin("Enter the staff") as session:
        an_adult(session, "Chen Jing")
    go_through(db, space)
    return db


def proof(db: Database) -> bytes:
    return issue_staff.ratio_proof(db, Order(MONDAY, languages=("en",)))


def register(db: Database) -> list[Document]:
    with db.read() as session:
        return documents.listed(session)


def record_something(db: Database) -> None:
    with db.begin("Enrol a child") as session:
        a_child(session, seasons.current(session, MONDAY), 9)


# ------------------------------------------------------------------------------------------------------------ issuing
def test_a_document_is_numbered_sealed_and_printed_again_byte_for_byte(office: Database):
    head = office.head().code

    first = proof(office)

    (document,) = register(office)
    assert (document.number, document.edition, document.issued_by) == ("2017-0001", 1, "Li Na")
    assert documents.mark(document).seal.split()[1]
    assert documents.marks(first) == [documents.mark(document)] * 3, "readable near both ends of the file"
    assert verify(office, [printed_head(documents.mark(document).seal)]).whole
    assert proof(office) == first, "nothing was recorded since: the same edition"
    assert again(office, document.id) == Issued(document, first, again=True)
    assert len(register(office)) == 1
    assert head in texts(first)[0] or documents.mark(document).seal in texts(first)[0]


def test_every_page_says_number_seal_and_key_and_so_does_its_code(office: Database):
    pdf = proof(office)

    (document,) = register(office)
    seal = documents.mark(document).seal
    for page, picture in zip(texts(pdf), pictures(pdf), strict=True):
        assert f"Document no. {document.number}" in page
        assert f"Seal {seal}" in page
        assert verifying.grouped(document.fingerprint) in page
        entry, letters = seal.removeprefix("#").split()
        key = document.fingerprint[:16].upper()
        assert f"CCFS:{document.number}:{entry}:{letters.replace('-', '')}:{key}" in codes(picture)


def test_what_was_recorded_since_makes_another_edition(office: Database):
    first = proof(office)
    record_something(office)

    second = proof(office)

    assert second != first
    newer, older = register(office)
    assert (newer.number, newer.edition, older.edition) == ("2017-0002", 2, 1)
    told = verifying.by_office(office, first)
    assert told.state is State.UNALTERED
    assert told.notes == ("A newer edition exists: 2017-0002 of 2017-07-20.",)
    assert verifying.by_office(office, second).notes == ("An older edition exists: 2017-0001 of 2017-07-20.",)
    assert documents.newest([newer, older]) == {older.id: newer}


def test_what_reaches_up_to_today_grows_old_by_itself(office: Database, monkeypatch: pytest.MonkeyPatch):
    first = issue_staff.papers(office, "vetting-list")
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:29")
    assert issue_staff.papers(office, "vetting-list") == first
    monkeypatch.setenv("CCFS_TODAY", "2017-07-20T08:31")

    assert issue_staff.papers(office, "vetting-list") != first
    assert [d.edition for d in register(office)] == [2, 1]


def test_numbers_have_no_gap_when_two_are_issued_at_once(office: Database, monkeypatch: pytest.MonkeyPatch):
    real, calls = documents.draft, list[str]()

    def slow(*args: object, **named: object) -> Document:
        made: Document = real(*args, **named)  # pyright: ignore
        calls.append(made.number)
        if len(calls) == 1:
            issue_staff.papers(office, "vetting-list")
        return made

    monkeypatch.setattr(documents, "draft", slow)

    proof(office)

    assert [d.number for d in register(office)] == ["2017-0002", "2017-0001"]
    assert calls == ["2017-0001", "2017-0001", "2017-0002"]
    assert "Document no. 2017-0002" in texts(proof(office))[0]


def test_each_report_of_the_catalogue_is_in_the_register_once_it_is_printed(office: Database):
    with office.begin("An action") as session:
        season = seasons.current(session, MONDAY)
        actions.begin(
            session, season, source=Source.HAND, finding="A loose tile", severity=Severity.MAJOR, found_on=MONDAY,
            by="Li Na",
        )  # fmt: skip
    week = Order(MONDAY, until=date(2017, 7, 14))
    issue_actions.plan(office)
    issue_actions.sheet(office, 1)
    issue_incidents.register(office)
    issue_patrols.register(office, week)
    issue_patrols.trend(office, Order(MONDAY))
    issue_logs.ordered("drill-register", office, week)
    issue_logs.ordered("food-log", office, week)
    issue_compliance.ordered("compliance-report", office, week)
    issue_compliance.ordered("compliance-summary", office, week)
    issue_compliance.weekly(office, Order(MONDAY))
    proof(office)
    issue_staff.ratio_proof(office, Order(MONDAY, until=date(2017, 7, 12)))
    issue_staff.papers(office, "vetting-list")
    issue_staff.papers(office, "staff-file", [1])
    issue_staff.papers(office, "code-of-conduct", [1])
    issue_checks.completed(office, 1)
    issue_checks.history(office, MONDAY)
    issue.day_closing(office, season, MONDAY)
    issue.visitors(office, Order(MONDAY))
    issue_data.audit(office, MONDAY, MONDAY)
    if office.folder:
        Vault.create_demo(office.folder / offices.VAULT)
    issue_data.assess(office)
    issue_data.breach(office)
    with office.read() as session:
        handed = {d.name: documents.pdf(session, d.id) for d in documents.listed(session)}
    erased = erasure.erase(office, 1, Because(Grounds.REQUEST, "A letter", "Wang Fang"), on=date(2018, 1, 1))
    handed["disposal-record"] = issue_data.disposal(office, erased.disposal.id)

    issued = register(office)
    assert {d.name for d in issued} == {d.name for d in DOCUMENTS if d.issued} - {"audit-pack"}
    assert {name: said for name, pdf in handed.items() if (said := complaints(pdf))} == {}, "as it is handed out"
    assert verify(office).whole


def test_whoever_lacks_the_sensitive_key_issues_too_and_the_private_key_is_sealed(office: Database):
    pdf = proof(office)
    with office.read() as session:
        key = session.scalars(select(SigningKey)).one()
    with pytest.raises(ValueError, match=r"ASN\.1|parse|load"):
        _load_private(key.private)
    with pytest.raises(ValueError, match=r"ASN\.1|parse|load"):
        _load_private(key.private[12:])

    manager = Database(office.target, {"general": office.keys["general"]}, Actor("Wang", "manager"))
    record_something(office)
    theirs = proof(manager)
    manager.close()

    assert signing.examine(theirs).certificate == signing.examine(pdf).certificate == key.certificate


def test_the_key_stays_when_the_general_key_is_changed(office: Database):
    proof(office)
    key, old = signing.office_key(office), office.keys["general"]
    office.keys |= {"general": bytes(range(64, 96))}
    with pytest.raises(UserError, match="signing key cannot be opened"):
        signing.office_key(office)
    office.keys |= {"general-1": old}
    assert signing.office_key(office) == key
    office.keys["general"] = old


def _load_private(raw: bytes) -> None:
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    load_der_private_key(raw, None)


def test_an_erased_file_is_still_known_by_its_number(office: Database):
    pdf = proof(office)
    (document,) = register(office)
    with office.begin("Erase", final=True) as session:
        session.delete(session.scalars(select(DocumentFile)).one())

    assert verifying.by_office(office, pdf).state is State.UNALTERED
    told = verifying.by_office(office, pdf + b" ")
    assert told.line == "Altered: It is not the file that was issued as 2017-0001."
    with pytest.raises(UserError, match="erased"):
        again(office, document.id)


# ------------------------------------------------------------------------------------------- signature and PDF/A
def test_other_programs_find_a_whole_signature_and_a_pdf_a(office: Database):
    pdf = proof(office)

    signature = signing.examine(pdf)
    trusted = ValidationContext(trust_roots=[x509.Certificate.load(signature.certificate)], allow_fetching=False)
    status = validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], trusted)
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert complaints(pdf) == []


# ---------------------------------------------------------------------------------------------------------- verifying
def test_every_changed_byte_is_reported_with_the_office_and_without(office: Database):
    pdf = proof(office)
    dice = random.Random(SEED)  # noqa: S311

    for place in dice.sample(range(len(pdf)), 200):
        changed = bytearray(pdf)
        changed[place] ^= 1 << dice.randrange(8)
        told = verifying.by_office(office, bytes(changed))
        assert told.line == f"Altered: 1 byte of document 2017-0001 was changed, at place {place:,}.", place
        assert verifying.by_itself(bytes(changed)).state is State.ALTERED, place


def test_no_byte_of_the_signature_itself_can_be_changed():
    made = pair.new_pair("东莞制衣")
    key = signing.OfficeKey(made.private, made.certificate)
    mark = documents.Mark("2017-0001", 12, "ab" * 32, signing.fingerprint(made.certificate)).text
    pdf = signing.sign(
        as_archive(catalogue.document("visitor-log").render(VisitorLog(letterhead())), mark=mark),
        key,
        reason="",
        mark=mark,
    )
    assert verifying.by_itself(pdf).state is State.UNALTERED
    start = signing.examine(pdf).start
    end = pdf.index(b">", start)
    dice = random.Random(SEED)  # noqa: S311

    for place in [*range(start, start + 400), *dice.sample(range(start, end + 1), 400), end]:
        for flip in (0x01, 0x20):
            changed = bytearray(pdf)
            changed[place] ^= flip
            assert verifying.by_itself(bytes(changed)).state is State.ALTERED, (place, flip)


def test_what_was_cut_off_or_added_is_said(office: Database):
    pdf = proof(office)
    dice = random.Random(SEED)  # noqa: S311

    for length in [len(pdf) - 1, *dice.sample(range(1_000, len(pdf)), 40)]:
        told = verifying.by_office(office, pdf[:length])
        assert told.line.startswith(f"Altered: Its end is missing: {length:,} of the {len(pdf):,} bytes"), length
        assert verifying.by_itself(pdf[:length]).state is State.ALTERED, length
    for more in (b"\n", b"%junk\n", bytes(4_096), pdf):
        told = verifying.by_office(office, pdf + more)
        assert told.state is State.ALTERED
        assert "signature covers less than the file" in told.sentence
        assert verifying.by_itself(pdf + more).state is State.ALTERED


def test_a_file_saved_anew_by_another_program_is_altered(office: Database):
    pdf, saved = proof(office), io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(saved)

    told = verifying.by_office(office, saved.getvalue())
    assert told.line == (
        "Altered: The content of document 2017-0001 was changed, or the file was saved anew by another program."
    )


def test_a_changed_document_signed_anew_is_altered(office: Database):
    pdf = proof(office)
    made = pair.new_pair("东莞制衣")
    unsigned = signing.original(pdf, signing.examine(pdf)).replace(b"CreationDate", b"CreationDaTe")
    forged = signing.sign(
        unsigned, signing.OfficeKey(made.private, made.certificate), reason="x", mark=documents.marks(pdf)[0].text
    )

    assert signing.examine(forged).cover is signing.Cover.WHOLE
    assert verifying.by_office(office, forged).line == (
        "Altered: The content of document 2017-0001 was changed, and the file was signed anew."
    )
    told = verifying.by_itself(forged)
    assert told.line == "Altered: It is signed with another key than the one it names."


def test_foreign_files_and_garbage_are_not_ours(office: Database):
    proof(office)
    foreign = issue.visitors(office, Order(MONDAY))
    dice = random.Random(SEED)  # noqa: S311
    cases: list[tuple[bytes, State]] = [
        (b"", State.UNREADABLE),
        (b"%PDF-1.7\n", State.FOREIGN),
        (foreign, State.FOREIGN),
        (b"\xff\xd8\xff\xe0 a photo", State.UNREADABLE),
        (b"%PDF-1.7 /ByteRange [0 1 2 3] /ByteRange [0 10 20 5]", State.FOREIGN),
        *((dice.randbytes(dice.randrange(1, 5_000)), State.UNREADABLE) for _n in range(50)),
    ]
    for raw, state in cases:
        for told in (verifying.by_itself(raw), verifying.by_office(office, raw)):
            assert told.state is state, raw[:40]
            assert told.exit_code == 2
            assert told.sentence.endswith(".")


def test_the_document_of_another_office_is_not_ours(office: Database, tmp_path_factory: pytest.TempPathFactory):
    pdf = proof(office)
    other = offices.create_demo(
        tmp_path_factory.mktemp("other"), factory="Another", name_latin="", country="CN", season="S",
        first_day=date(2017, 7, 3), last_day=date(2017, 8, 25), capacity=30, languages="en",
    )  # fmt: skip

    assert verifying.by_office(other, pdf).state is State.FOREIGN, "it has issued nothing yet"
    proof(other)
    told = verifying.by_office(other, pdf)
    other.close()

    assert told.line == "Not from this office: It was issued by another office."


@pytest.mark.parametrize("judge", ["office", "itself"])
def test_the_seal_of_a_paper_copy_is_compared(office: Database, judge: str):
    pdf = proof(office)
    (document,) = register(office)
    seal = documents.mark(document).seal

    def told(head: str) -> verifying.Answer:
        return verifying.by_office(office, pdf, [head]) if judge == "office" else verifying.by_itself(pdf, [head])

    assert told(seal.lower().replace("-", "")).state is State.UNALTERED
    assert told(f"#{document.head_seq} 7K2M-9QXA-RT4C").state is State.ALTERED
    assert told("#999999 7K2M-9QXA-RT4C").state is State.ALTERED
    with pytest.raises(UserError, match="is not a seal"):
        told("#12 7K2M")
