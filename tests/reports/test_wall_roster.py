"""The roster on the wall: one page whatever the number of people, readable at arm's length, nothing cut off."""

from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from ccfs_desktop.reports.kit.surface import MM
from ccfs_desktop.reports.wall_roster import render
from tests.reports.pages import texts
from tests.reports.samples import in_english, wall_roster


def _sizes(document: bytes, words: str) -> list[float]:
    """Return the font sizes in points in which some words are printed."""
    with pypdfium2.PdfDocument(document) as pdf:
        page = pdf[0].get_textpage()
        finder = page.search(words, match_case=True)
        found: list[float] = []
        while (place := finder.get_next()) is not None:
            found.append(raw.FPDFText_GetFontSize(page, place[0]))
        return found


def _outside(document: bytes) -> list[str]:
    """Return the letters that lie outside the page's margins of five millimetres."""
    with pypdfium2.PdfDocument(document) as pdf:
        wide, high = pdf[0].get_size()
        edge, page = 5 * MM, pdf[0].get_textpage()
        boxes = [(n, page.get_charbox(n)) for n in range(page.count_chars())]
        return [
            page.get_text_range(n, 1)
            for n, (left, bottom, right, top) in boxes
            if right > left and (left < edge or bottom < edge or right > wide - edge or top > high - edge)
        ]


@pytest.mark.parametrize("days", [5, 7])
@pytest.mark.parametrize("people", [*range(2, 31, 4), 12, 20])
def test_a_week_fits_on_one_page(people: int, days: int) -> None:
    pdf = render(wall_roster(people, days=days))
    (page,) = texts(pdf)
    assert page.count("37:30") + page.count("30:00") + page.count("22:30") + page.count("45:00") >= people
    assert not _outside(pdf)


def test_thirty_one_people_go_on_a_second_page_and_both_have_their_heads() -> None:
    first, second = texts(render(in_english(wall_roster(31))))
    assert all("10 Jul" in page and "Needed / planned" in page for page in (first, second))


@pytest.mark.parametrize(("people", "least"), [(6, 12), (12, 9), (20, 9), (30, 7)])
@pytest.mark.parametrize("language", ["zh_CN", "vi", "bn"])
def test_names_are_large_enough_to_be_read_at_arms_length(people: int, least: float, language: str) -> None:
    data = wall_roster(people, language, days=7)
    sizes = _sizes(render(data), data.rows[2].name)
    assert sizes
    assert min(sizes) >= least


@pytest.mark.parametrize("people", [2, 12, 30])
def test_a_name_of_sixty_letters_is_printed_whole(people: int) -> None:
    long = "Nguyễn Thị Kim Phượng Hoàng Lan Anh Bích Ngọc Trân Châu Mỹ L"
    assert len(long) == 60
    data = wall_roster(people, "vi")
    *others, last = data.rows
    (page,) = texts(render(replace(data, rows=(*others, replace(last, name=long)))))
    assert long in page.replace("\n", " ").replace("  ", " ")


def test_a_draft_says_so_in_large_letters() -> None:
    pdf = render(in_english(wall_roster(published_by="", approved_by="", breach_minutes=0)))
    assert min(_sizes(pdf, "DRAFT")) >= 24
    assert "Published by" not in texts(pdf)[0]


def test_a_published_week_says_by_whom_and_why_although_it_is_short() -> None:
    (page,) = texts(render(in_english(wall_roster())))
    assert "Published by 李会计" in page
    assert "2017-07-07 16:20" in page
    assert "Published with 45 minutes short, by 王秀英: 两位老师参加培训，午间由办公室人员在场。" in page
    assert "short 12:15–13:00" in page
    assert "DRAFT" not in page


def test_what_changed_since_is_said() -> None:
    pdf = render(in_english(wall_roster(changed=("王秀英 starts at 08:00 on Tuesday.",))))
    assert min(_sizes(pdf, "CHANGED")) >= 24
    assert "Changed since it was published: 王秀英 starts at 08:00 on Tuesday." in texts(pdf)[0]
