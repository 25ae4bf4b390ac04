import io
from pathlib import Path

from babel.messages.pofile import read_po

import ccfs_desktop
from ccfs_desktop import paths
from ccfs_desktop.services import checklists
from dev import python_texts, toml_texts


def test_the_words_of_a_checklist_reach_the_translators():
    checklist = b"""
        code = "daily-safety"
        title = "Daily safety check"
        [[items]]
        id = "exits"
        text = "Both exits are unlocked and clear."
    """

    texts = [text for _line, _function, text, _comments in toml_texts(io.BytesIO(checklist))]

    assert texts == ["Daily safety check", "Both exits are unlocked and clear."]


def test_a_text_inside_another_reaches_the_translators_too():
    module = b"""
title = N_("Children")
told = f"{_('Children seen: {n}.').format(n=3)} {ngettext('{n} child', '{n} children', 3)} {_(title)}"
"""
    texts = {text for _line, _mark, text, _comments in python_texts(io.BytesIO(module))}
    assert texts == {("Children",), ("Children seen: {n}.",), ("{n} child", "{n} children")}


def test_every_marked_text_stands_in_the_template():
    with (paths.resource("locale") / "ccfs.pot").open("rb") as stream:
        known = {one.id if isinstance(one.id, str) else one.id[0] for one in read_po(stream)}
    for file in Path(ccfs_desktop.__file__).parent.rglob("*.py"):
        with file.open("rb") as stream:
            missing = {text[0] for _line, _mark, text, _comments in python_texts(stream)} - known
        assert not missing, file


def test_every_text_of_the_shipped_checklists_reaches_them():
    found: set[str] = set()
    for file in paths.resource("checklists").glob("*.toml"):
        with file.open("rb") as stream:
            found |= {text for _line, _function, text, _comments in toml_texts(stream)}

    for one in checklists.shipped().values():
        wanted = {one.title, one.by, one.help, *(section.title for section in one.sections)}
        wanted |= {text for item in one.items for text in (item.text, item.help, *(part.name for part in item.parts))}
        assert wanted - {""} <= found, one.code
