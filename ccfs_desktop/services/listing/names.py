"""Tidy people's names without changing a letter of them."""

import re

from ccfs_desktop.services.listing.fold import tidy

_FORMULA = re.compile(
    r"[=＝]"
    r"|[@＠+\-–|%]\s*(?:[A-Za-z_.]+\s*[(!|]|[A-Z]{1,3}\d+\b|\d+(?:[+\-*/]|$))"
)
_PADDED = re.compile(r"[\u4e00-\u9fff]{1,2} [\u4e00-\u9fff]{1,2}(?: [\u4e00-\u9fff])?")
_HAN = re.compile("[\u4e00-\u9fff]")


def is_formula(text: str) -> bool:
    """Tell whether a text is a formula, or would become one in a spreadsheet; a leading dash alone is none."""
    return bool(_FORMULA.match(tidy(text)))


def clean(text: str) -> str:
    """Return a name without stray blanks, invisible signs and list dashes; markup is kept as typed.

    Blanks inside a Chinese name of two or three characters are padding (``李　明``) and are taken out.
    """
    name = tidy(text).lstrip("•·*- ") or tidy(text)
    return name.replace(" ", "") if " " in name and _PADDED.fullmatch(name) else name


def has_letters(name: str) -> bool:
    """Tell whether a text has any letter at all, as every name has."""
    return any(letter.isalpha() for letter in name)


def joined(surname: str, middle: str, name: str, more: str, *, surname_first: bool) -> str:
    """Put a name together from several columns, in the order of its language."""
    parts = [surname, middle, name, more] if surname_first else [name, middle, more, surname]
    gap = "" if all(_HAN.match(part) for part in parts if part) else " "
    return gap.join(part for part in parts if part)
