"""Every document of the catalogue: the same bytes twice, the same text as accepted, fit for the archive."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from babel.messages.pofile import read_po

import ccfs_desktop
from ccfs_desktop import paths
from ccfs_desktop.i18n import LANGUAGES
from ccfs_desktop.reports.catalogue import DOCUMENTS, Document, document
from ccfs_desktop.reports.kit.archive import as_archive, together
from dev import python_texts
from tests.archives import complaints
from tests.reports.pages import codes, pictures, texts
from tests.reports.samples import SAMPLES, badges, day_pack, enrolment, in_english

REPORTS = Path(ccfs_desktop.__file__).parent / "reports"


def each_document() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("printed", DOCUMENTS, ids=lambda one: one.name)


@each_document()
def test_the_same_facts_give_the_same_bytes(printed: Document):
    assert printed.render(SAMPLES[printed.name]()) == printed.render(SAMPLES[printed.name]())


@each_document()
def test_every_document_says_what_was_accepted(printed: Document, golden: Callable[[str, str], None]):
    pages = texts(printed.render(in_english(SAMPLES[printed.name]())))

    golden(f"reports/{printed.name}.txt", "\n\f\n".join(pages) + "\n")


@each_document()
def test_every_document_can_be_archived(printed: Document):
    archived = as_archive(printed.render(SAMPLES[printed.name]()))

    assert complaints(archived) == []
    assert archived == as_archive(printed.render(SAMPLES[printed.name]()))


@each_document()
def test_only_shipped_fonts_are_embedded(printed: Document):
    with pikepdf.open(BytesIO(printed.render(SAMPLES[printed.name]()))) as pdf:
        fonts = [
            str(item.BaseFont) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        ]
    assert fonts
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto\w+-(Regular|Bold)", font) for font in fonts)


def test_documents_joined_into_one_can_be_archived():
    parts = [document(name).render(SAMPLES[name]()) for name in ("sign-in-sheet", "visitor-log")]

    joined = together(parts, title="Both")

    assert texts(joined) == [page for part in parts for page in texts(part)]
    archived = as_archive(joined)
    assert complaints(archived) == []
    with pikepdf.open(BytesIO(archived)) as pdf:
        assert pdf.docinfo["/Title"] == "Both"


def test_the_days_pack_holds_all_papers_of_the_day():
    pages = texts(document("day-pack").render(day_pack()))

    for title in ("Sign-in sheet", "Emergency list", "Staff sign-in", "Visitor log"):
        assert any(title in page for page in pages), title


def test_a_blank_form_has_every_heading_of_a_filled_one():
    blank, filled = ("\n".join(texts(document("enrolment-form").render(enrolment(full)))) for full in (False, True))

    assert "王𬭎" in filled
    assert "王𬭎" not in blank
    assert blank.count("Relationship") == filled.count("Relationship")


def test_a_badge_is_read_by_a_scanner():
    found = codes(pictures(document("badges").render(badges()))[0])

    assert sorted(found) == [f"C{100 + index:07}" for index in range(10)]


def test_every_word_on_paper_is_translated():
    messages = {
        message[0]  # of several forms the first names them all
        for file in sorted(REPORTS.rglob("*.py"))
        if not file.name.startswith(("issue", "issuing"))  # those speak on the screen
        for _line, _mark, message, _comments in python_texts(BytesIO(file.read_bytes()))
    }
    for language in set(LANGUAGES) - {"en"}:
        with paths.resource(f"locale/{language}/LC_MESSAGES/ccfs.po").open("rb") as stream:
            known = {_first(message.id): all(_forms(message.string or "")) for message in read_po(stream) if message.id}
        assert not {message for message in messages if not known.get(message)}, language


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def test_text_from_people_has_one_way_onto_paper():
    for file in REPORTS.rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        assert "Paragraph(" not in source, file.name
        assert "drawString" not in source, file.name
