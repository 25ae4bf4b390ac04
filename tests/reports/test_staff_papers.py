"""The papers about staff: any script and length of name, one page each, nothing left out."""

from dataclasses import replace
from itertools import pairwise

import pytest

from ccfs_desktop.i18n import LANGUAGES
from ccfs_desktop.reports import code_of_conduct, staff_file, vetting_list
from ccfs_desktop.services.staff_prints import Signatory, conduct
from tests.reports import samples
from tests.reports.pages import texts

STRANGE = ("அன்னலட்சுமி", "محمد بن عبد الله", "ស្រីមុំ", "<b>Aye</b>", "Ng" + "ô" * 118)
"""Names in other scripts than the paper's, one that looks like markup, one as long as the record allows."""


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_in_any_script_and_length_stands_on_every_paper(name: str):
    file = replace(samples.staff_file(), name=name, name_latin="")
    listed = samples.vetting_list()
    listed = replace(listed, rows=(replace(listed.rows[0], name=name),))
    code = replace(samples.code_of_conduct(), people=(Signatory(name),))
    pages = (*texts(staff_file.render(file)), *texts(vetting_list.render(listed)), *texts(code_of_conduct.render(code)))
    assert len(pages) == 3
    for page in pages:
        if name.isascii() or "ô" in name:
            assert bare(name) in bare(page)
        else:
            assert bare(page)


def test_a_column_of_which_no_file_says_anything_is_left_out():
    data, head = samples.vetting_list(), bare("Checked by, with what result")
    assert head in bare(texts(vetting_list.render(data))[0])
    silent = [
        replace(row, papers=tuple(replace(one, authority="", result="") for one in row.papers)) for row in data.rows
    ]
    assert head not in bare(texts(vetting_list.render(replace(data, rows=tuple(silent))))[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_conduct_is_one_page_each_in_any_two_languages(language: str):
    people = tuple(Signatory(name) for name in samples.NAMES["zh_CN"][:3])
    head = replace(samples.letterhead(), languages=(language, "en"))
    data = replace(samples.code_of_conduct(), letterhead=head, people=people)
    pages = texts(code_of_conduct.render(data))
    assert len(pages) == 3
    for page, person in zip(pages, people, strict=True):
        assert bare(person.name) in bare(page)
        assert all(bare(point) in bare(page) for point in conduct().points)


def test_all_may_sign_one_list_after_the_points():
    pages = texts(code_of_conduct.render(samples.code_of_conduct(together=True)))
    assert len(pages) == 2
    assert bare(conduct().points[0]) in bare(pages[0])
    assert all(bare(name) in bare(pages[1]) for name in samples.NAMES["zh_CN"])


def test_a_blank_code_of_conduct_names_nobody():
    blank = replace(samples.code_of_conduct(), people=())
    assert len(texts(code_of_conduct.render(blank))) == 1


def test_sixty_people_stand_on_the_vetting_list_in_order_with_heads_on_each_page():
    data = samples.vetting_list()
    names = [f"Person {number:02}" for number in range(1, 61)]
    pages = texts(vetting_list.render(replace(data, rows=tuple(replace(data.rows[0], name=name) for name in names))))
    whole = "\n".join(pages)
    places = [whole.index(name) for name in names]
    assert all(before < after for before, after in pairwise(places))
    assert all("Background check" in page for page in pages if "Person" in page)
    assert "60 of 60 people count as adults" in whole


def test_forty_papers_turn_the_page_and_keep_the_signature_lines():
    data = samples.staff_file()
    pages = texts(staff_file.render(replace(data, papers=data.papers * 7)))
    assert len(pages) > 1
    assert all("王秀英" in page for page in pages)
    assert "Signature of the coordinator" in pages[-1]
