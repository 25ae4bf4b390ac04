import io

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
