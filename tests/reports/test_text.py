"""Words on paper come out as they were written, in every script, and never leave their box."""

from datetime import datetime

import pytest

from ccfs_desktop.reports.kit.faces import fonts
from ccfs_desktop.reports.kit.lines import fit, wrap
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.text import LEADING, clean, missing, width
from tests.reports.pages import texts

EXACT = (
    "王𬭎 李翀 䶮",
    "Nguyễn Thị Ánh Tuyết, Đặng Ngọc Hường",
    "শ্রাবন্তী আক্তার মোছাঃ র‍্যাব কৃষ্ণা",
    "Ayşe İpek Çağrı Işık",
    "โรงงาน น้ำ",
    "ខ្មែរ ស្រី",
    "မြန်မာ ကြီး",
    "தமிழ் ஸ்ரீ",
    "क्षत्रिय स्त्री",
    "office fi fl 12½ №",
)

HOSTILE = (
    '<b>Li</b> <img src="file:///C:/x.png">',
    "Li <b>unclosed",
    '<a href="javascript:alert(1)">x</a>',
    "<font color=\"[[[getattr(pow, 'x')]]]\">y</font>",
    "{name} %s %(x)s \\n &amp; ]]> (a) <FEFF> Tj ET",
    "=HYPERLINK(1) ＝1 |cmd -- '; DROP TABLE",
)
"""Source: `security.md` 4.6"""


def printed(words: str, *, bold: bool = False) -> str:
    paper = Paper("Test", language="en", made=datetime(2017, 7, 10))
    paper.section()
    paper.text(20, 30, words, 11, bold=bold)
    return texts(paper.finish())[0]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", EXACT)
def test_names_are_copied_from_paper_exactly(words: str, bold: bool):
    assert printed(words, bold=bold) == words
    assert missing(words) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_is_printed_literally(words: str):
    assert printed(words) == words


def test_control_characters_are_made_visible():
    assert clean("A\x07B\u202eC\ud800D\x85") == "A\ufffdB\ufffdC\ufffdD\ufffd"
    assert clean("Li\u00a0Wei\tX") == "Li Wei X"
    assert printed("A\x07B\u202eC") == "A\ufffdB\ufffdC"


def test_a_decomposed_name_is_composed():
    assert printed("Nguye\u0302\u0303n") == "Nguyễn"


@pytest.mark.parametrize("words", ["শিশু ক্ষ", "স্ত্রী", "क्षत्रिय"])
def test_letters_join_alike_alone_and_beside_latin_ones(words: str):
    def glyphs(line: str) -> list[int]:
        return [glyph.gid for run in fonts().line(line).runs if run.text.strip() == words for glyph in run.glyphs]

    assert glyphs(words)
    assert glyphs(words) == glyphs(f"Room 7 {words}")


def test_a_letter_no_font_has_is_reported_and_still_copied():
    paper = Paper("Test", language="zh_CN", made=datetime(2017, 7, 10))
    paper.section()
    paper.text(20, 30, "王𠮷😀")

    assert missing("王𠮷😀") == ["😀", "𠮷"]
    assert texts(paper.finish()) == ["王𠮷😀"]
    assert paper.missing == ["😀", "𠮷"]


@pytest.mark.parametrize(
    "words", [*EXACT, *HOSTILE, "Supercalifragilistic" * 9, "王" * 200, "শ্রী" * 90, "a " * 400, "x" * 5000]
)
@pytest.mark.parametrize("box", [(20.0, 8.0), (60.0, 30.0), (150.0, 12.0)])
def test_no_text_leaves_its_box(words: str, box: tuple[float, float]):
    fitted = fit(words, 12, box, most=3)

    assert fitted.size <= 12
    assert len(fitted.lines) == 1 or len(fitted.lines) * fitted.size * LEADING <= box[1]
    assert all(width(line, fitted.size) <= box[0] + 0.01 for line in fitted.lines)


def test_a_text_that_was_cut_says_so():
    assert fit("x" * 5000, 12, (60, 12)).lines[-1].endswith("…")


def test_a_heading_is_made_smaller_rather_than_broken_in_a_word():
    assert fit("Absent", 9, (20, 24)).lines == ("Absent",)


def test_chinese_lines_neither_begin_with_a_stop_nor_end_with_a_bracket():
    lines = wrap("联系人：王小明（母亲），电话另附。" * 8, 10, 95)

    assert len(lines) > 8
    assert not any(line[0] in "，。：）" for line in lines)
    assert not any(line.endswith("（") for line in lines)
    assert "".join(lines) == "联系人：王小明（母亲），电话另附。" * 8


def test_thai_breaks_only_where_its_writer_allows_it():
    assert wrap("โรง\u200bงาน\u200bของ\u200bเรา", 10, 40) == ("โรงงาน", "ของเรา")


def test_a_mark_is_never_parted_from_its_letter():
    for line in wrap("শ্রী" * 40, 10, 60):
        assert line.startswith("শ")
