"""Passwords that hold, without puzzles about capitals and signs."""

import pytest

from ccfs_desktop import passwords


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "15 more are needed"),
        ("fourteen chars", "1 more is needed"),
        ("１２３", "12 more are needed"),
        ("ﬁﬁﬁﬁﬁﬁﬁ", "1 more is needed"),
        ("安" * 400, "too long"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats itself"),
        ("kangaroo kangaroo ", "repeats itself"),
        ("zxyzxyzxyzxyzxyzxy", "repeats itself"),
        ("123456789012345678", "Rows of keys"),
        ("Qwertyuiop12345asd", "Rows of keys"),
        ("1qaz2wsx3edc4rfv", "Rows of keys"),
        ("abcdefghijklmnop!!", "Rows of keys"),
        ("Password123456789!", "everybody tries first"),
        ("P@ssw0rd-P4ssword!", "everybody tries first"),
        ("BrightToysFactory2017", "everybody tries first"),
        ("Li Na, Bright Toys HR", "everybody tries first"),
        ("woaini5201314woaini", "everybody tries first"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, reason: str):
    assert reason in passwords.problem(password, user="Li Na", factory="Bright Toys Ltd")


@pytest.mark.parametrize(
    "password",
    [
        "my password is a green kangaroo",
        "cobalt-river-lamp-sandal-quiet",
        "七月的雨下在工厂后面的小河里了呀",
        "lowercase only and spaces",
        "x9!kQ2#pL7$vN4&",
        " leading spaces count ",
    ],
)
def test_a_good_password_needs_no_capitals_and_no_signs(password: str):
    assert passwords.problem(password, user="Li Na", factory="Bright Toys Ltd") == ""
    assert passwords.judge(password, user="Li Na", factory="Bright Toys Ltd").good


def test_a_proposed_passphrase_holds_and_is_never_the_same():
    for language in ("en", "zh_CN", "bn"):
        phrases = {passwords.propose(language) for _try in range(50)}
        assert len(phrases) == 50
        for phrase in phrases:
            assert len(phrase.split("-")) == (4 if language == "zh_CN" else 5)
            assert phrase.isascii()
            assert passwords.judge(phrase) == passwords.Verdict(good=True, sentence="Strong.")
