"""The compliance report of the demonstration: nobody is named, it can be archived, it says the same as the program."""

import hashlib
import random
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from ccfs_desktop import cli
from ccfs_desktop.db import Database
from ccfs_desktop.models.child import Child, Guardian
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.reports import issue_compliance
from ccfs_desktop.reports.issuing import again
from ccfs_desktop.reports.order import Order
from ccfs_desktop.services import (
    check_rates,
    data_quality,
    demo,
    documents,
    flaws_paper,
    kpis,
    offices,
    patrols_trend,
    periods,
    sheets,
    standards,
    verifying,
)
from ccfs_desktop.services.verifying import State
from tests.archives import complaints
from tests.reports.pages import texts

TODAY = date(2017, 8, 8)
SUMMER = Order(date(2017, 7, 3), until=date(2017, 8, 25))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration in Chinese half-way through 8 August 2017."""
    folder = tmp_path_factory.mktemp("compliance") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCFS_TODAY", "2017-08-08T10:15")
        demo.build(folder, today=TODAY).close()
        db = offices.open_demo(folder)
        yield db
        db.close()


@pytest.fixture(scope="module")
def report(office: Database) -> bytes:
    return issue_compliance.ordered("compliance-report", office, SUMMER)


@pytest.fixture(scope="module")
def papers(office: Database, report: bytes) -> dict[str, bytes]:
    return {
        "report": report,
        "summary": issue_compliance.ordered("compliance-summary", office, SUMMER),
        "week": issue_compliance.weekly(office, Order(date(2017, 8, 2))),
    }


def test_no_child_and_no_parent_is_named_anywhere(office: Database, papers: dict[str, bytes]):
    with office.read() as session:
        names = {
            name.strip()
            for kind in (Child, Guardian, Worker)
            for person in session.scalars(select(kind))
            for name in (person.name, getattr(person, "name_latin", ""), getattr(person, "nickname", ""))
            if len(name.strip()) > 1
        }
        phones = {phone for phone in session.scalars(select(Guardian.phone)) if phone}
    assert len(names) > 2_000
    for paper, pdf in papers.items():
        written = " ".join(texts(pdf)).replace("\n", " ")
        assert {name for name in names if name in written} == set(), paper
        assert {phone for phone in phones if phone in written} == set(), paper


def test_each_is_a_signed_pdf_a_that_verifies(office: Database, papers: dict[str, bytes]):
    for paper, pdf in papers.items():
        assert verifying.by_office(office, pdf).state is State.UNALTERED, paper
        assert complaints(pdf) == [], paper
        with pikepdf.open(BytesIO(pdf)) as signed:
            assert str(signed.Root.Lang) == "zh-CN"
    for language in ("en", "zh_CN"):
        july = Order(date(2017, 7, 1), until=date(2017, 7, 31), languages=(language,))
        assert complaints(issue_compliance.ordered("compliance-report", office, july)) == [], language


def test_the_report_is_printed_again_byte_for_byte_and_any_changed_byte_is_seen(office: Database, report: bytes):
    with office.read() as session:
        (kept,) = [one for one in documents.listed(session) if one.sha256 == hashlib.sha256(report).hexdigest()]
    assert again(office, kept.id).pdf == report
    dice = random.Random(2017)  # noqa: S311
    for place in dice.sample(range(len(report)), 200):
        changed = bytearray(report)
        changed[place] ^= dice.randrange(1, 256)
        assert verifying.by_office(office, bytes(changed)).state is State.ALTERED, place


def test_the_contents_lead_to_the_chapters(report: bytes):
    cover, summary, *pages = texts(report)

    lines = [line for line in cover.splitlines() if line]
    chapters = ["Summary", "The programme", "Protection of data", "Annexes"]
    assert all(any(title in line for line in lines) for title in chapters)
    assert 8 <= len(pages) + 2 <= 14, "Source: domain.md 8.22"
    assert "94." in summary
    with pikepdf.open(BytesIO(report)) as pdf:
        outline = [str(item.title) for item in pdf.open_outline().root]
        assert [title.split()[0] for title in outline] == [str(n) for n in range(1, 13)]
        place = pdf.open_outline().root[-1].destination
        assert place is not None


def test_the_report_says_what_the_screen_says(office: Database, report: bytes):
    with office.read() as session:
        figures = kpis.read(session, periods.of_season(session))
    written = "\n".join(texts(report))
    assert [one.id for one in figures if one.id not in written] == []
    assert [one.text for one in figures if one.text not in written] == []
    assert [one.counted for one in figures if one.counted not in written] == []


def test_page_list_and_report_say_the_same_of_how_complete_the_records_are(office: Database, report: bytes):
    with office.read() as session:
        period = periods.of_season(session)
        told = data_quality.completeness(session, period.season, period.first, period.last).figures
        head = sheets.letterhead(offices.factory(session), period.season, by="Li Na", languages=("en",))
        listed = flaws_paper.read(session, period.season, period.first, period.last, head)
        lists = check_rates.of_period(session, period)
        walked = patrols_trend.between(session, period.first, period.last, period.until)
    chapter = " ".join(next(one for one in reversed(texts(report)) if "D1 " in one and "D7 " in one).split())
    assert listed.shares == told
    assert [one.counted for one in told if f"{one.counted} {one.text}" not in chapter] == []
    numbers = {one.id: (one.numerator, one.denominator) for one in told}
    assert numbers["D6"] == (sum(one.done for one in lists), sum(one.due for one in lists)), "K11"
    assert numbers["D7"] == (walked.planned - walked.missed, walked.planned), "K14"


def test_every_clause_of_every_standard_finds_its_chapter(office: Database):
    for standard in standards.every():
        order = Order(SUMMER.day, until=SUMMER.until, standard=standard.code, languages=("en",))
        written = " ".join(" ".join(texts(issue_compliance.ordered("compliance-report", office, order))).split())
        assert [one.number for one in standard.clauses if one.number not in written] == [], standard.code


# -------------------------------------------------------------------------------------------------------- command line
def test_the_report_from_the_command_line(
    office: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CCFS_TODAY", "2017-08-08T10:15")
    out = tmp_path / "report.pdf"
    asked = ["report", "compliance", "--office", str(office.folder), "--out", str(out)]

    assert cli.main([*asked, "--month", "2017-07", "--standard", "bsci"]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert "amfori BSCI" in "\n".join(texts(out.read_bytes()))
    assert cli.main(["verify", str(out), "--office", str(office.folder)]) == 0
    with office.read() as session:
        season = periods.of_season(session).season.name
    assert cli.main([*asked, "--season", season, "--summary"]) == 0
    assert len(texts(out.read_bytes())) == 1

    for wrong, sentence in (
        (["--month", "2017-07", "--standard", "xyz"], "There is no standard called xyz. There are: asos, bsci, china,"),
        (["--month", "2017-7x"], "Write the month as 2017-07, not 2017-7x."),
        (["--season", "1999"], "There is no season called 1999. There are: "),
        (["--month", "2017-08", "--out", str(tmp_path / "no" / "where.pdf")], "cannot be written"),
    ):
        capsys.readouterr()
        assert cli.main([*asked, *wrong]) == 2
        out_, err = capsys.readouterr()
        assert out_ == ""
        assert err.count("\n") == 1
        assert sentence in err
