"""A name as far as it is shown to those who must not know whose it is."""

import re
import unicodedata

from ccfs_desktop.services.searching import fold

_HAN = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")


def masked(name: str) -> str:
    """Return the initials of a name: ``N. T. A.``; of one written in Chinese the first character: ``李**``.

    Ours, after common practice; a name of one character stays hidden altogether.
    """
    whole = "".join(name.split())
    if _HAN.fullmatch(whole):
        return whole[0] + "*" * (len(whole) - 1) if len(whole) > 1 else "*"
    return " ".join(_first(word) + "." for word in re.findall(r"[^\s.,()\-]+", name) if fold(word))


def _first(word: str) -> str:
    """Return the first letter with the marks that belong to it."""
    end = 1
    while end < len(word) and (unicodedata.category(word[end])[0] == "M" or word[end] in "\u200c\u200d"):
        end += 1
    return word[:end].upper()
