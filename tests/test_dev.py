import io

from ccfs_desktop import paths
from ccfs_desktop.services import checklists
from dev import toml_texts


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


def test_every_text_of_the_shipped_checklists_reaches_them():
    found: set[str] = set()
    for file in paths.resource("checklists").glob("*.toml"):
        with file.open("rb") as stream:
            found |= {text for _line, _function, text, _comments in toml_texts(stream)}

    for one in checklists.shipped().values():
        wanted = {one.title, one.by, one.help, *(section.title for section in one.sections)}
        wanted |= {text for item in one.items for text in (item.text, item.help, *(part.name for part in item.parts))}
        assert wanted - {""} <= found, one.code
