"""Which passwords hold, and a good one for whoever has no idea.

Source: NIST SP 800-63B-4 §3.1.1.2: 15 characters or more, every character allowed, no rules of composition, no
expiry, a blocklist.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ccfs_desktop import paths
from ccfs_desktop.i18n import _, ngettext

SHORTEST, LONGEST_BYTES = 15, 1024
_ENOUGH_BESIDE = 8
_STRONG = 20

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_SWAPS = str.maketrans("01345@$", "oleasas")


@dataclass(frozen=True)
class Verdict:
    """Whether a password holds, and the sentence to show under its field."""

    good: bool
    sentence: str


def problem(password: str, *, user: str = "", factory: str = "") -> str:
    """Return the sentence that says why a password does not hold; empty when it does.

    Args:
        password: as typed.
        user: the user's name, which must not be most of the password.
        factory: the factory's name, likewise.
    """
    password = unicodedata.normalize("NFKC", password)
    missing = SHORTEST - len(password)
    if missing > 0:
        return ngettext(
            "At least {shortest} characters: {missing} more is needed.",
            "At least {shortest} characters: {missing} more are needed.",
            missing,
        ).format(shortest=SHORTEST, missing=missing)
    if len(password.encode("utf-8", "surrogatepass")) > LONGEST_BYTES:
        return _("This password is too long. Please use at most {most} letters.").format(most=LONGEST_BYTES)
    text = password.casefold()
    if _repeats(text):
        return _("The password repeats itself. Please choose different words.")
    if _left(text, _rows()) < _ENOUGH_BESIDE:
        return _("Rows of keys such as 1234 or abcd are the first thing others try. Please choose different words.")
    if _left(text, [*_words("common"), *_parts(user), *_parts(factory), *_rows()]) < _ENOUGH_BESIDE:
        return _("Beside names and words that everybody tries first, too little is left. Please add other words.")
    return ""


def judge(password: str, *, user: str = "", factory: str = "") -> Verdict:
    """Say whether a password holds, while it is being typed.

    Args:
        password: as typed.
        user: the user's name, which must not be most of the password.
        factory: the factory's name, likewise.
    """
    sentence = problem(password, user=user, factory=factory)
    if sentence:
        return Verdict(good=False, sentence=sentence)
    strong = len(password) >= _STRONG
    return Verdict(good=True, sentence=_("Strong.") if strong else _("Good. A longer one is better still."))


def propose(language: str) -> str:
    """Make a passphrase that can be remembered and typed with the input method switched off.

    Args:
        language: five English words (60 bits), or for ``zh_CN`` four words of two pinyin syllables (68 bits).
    """
    import secrets  # noqa: PLC0415 (once in the life of a password)

    if language == "zh_CN":
        syllables = _words("pinyin")
        return "-".join(secrets.choice(syllables) + secrets.choice(syllables) for _word in range(4))
    return "-".join(secrets.choice(_words("english")) for _word in range(5))


def _repeats(text: str) -> bool:
    """Tell whether the text is one short piece over and over, or uses hardly any letters."""
    periods = range(1, len(text) // 2 + 1)
    return len(set(text)) < 5 or any(all(c == text[i % n] for i, c in enumerate(text)) for n in periods)


def _left(text: str, pieces: Iterable[str]) -> int:
    """Count the characters that belong to none of the pieces."""
    plain = text.translate(_SWAPS)
    covered: set[int] = set()
    for piece in pieces:
        for where in (text, plain):
            start = where.find(piece)
            while start >= 0:
                covered.update(range(start, start + len(piece)))
                start = where.find(piece, start + 1)
    for found in re.finditer(r"(.)\1\1+", text):
        covered.update(range(*found.span()))
    return sum(1 for i, c in enumerate(text) if i not in covered and c.isalnum())


@cache
def _rows() -> tuple[str, ...]:
    """Return every four neighbours on the keyboard and in the alphabet, in both directions."""
    return tuple(row[i : i + 4] for line in _ROWS for row in (line, line[::-1]) for i in range(len(row) - 3))


def _parts(name: str) -> list[str]:
    """Return the words of a name that are long enough to be recognised."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())
    return [word for word in words if len(word) >= 3 or (len(word) == 2 and not word.isascii())]


@cache
def _words(name: str) -> tuple[str, ...]:
    lines = paths.resource(f"words/{name}.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
