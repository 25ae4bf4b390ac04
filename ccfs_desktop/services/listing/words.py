"""The words people write in cells: sex, yes and no, relations, roles, days of the week."""

import re
import tomllib
import unicodedata
from functools import cache

from ccfs_desktop import paths
from ccfs_desktop.services.listing.fold import fold, key, lower

_ROLES_INSIDE = ("head_teacher", "volunteer", "assistant", "intern", "nurse", "social_worker", "coordinator", "cook")
_RANGE = re.compile(
    r"\s*(?:[-–—~〜→至到]|['’][dt][ea]n\b|\b(?:đến|den|tới|toi|to|until|till|through|thru|s/d|s\.d\.?|sd|sampai|hingga|থেকে)(?!\w))\s*"
)
_TOWARDS = re.compile(r"['’]y?[ae](?: kadar)?$")
"""How a Turkish range ends: ``Pazartesi'den Cuma'ya kadar``."""
_PARTS = re.compile(r"[/|,;，；、()（）\n]")
_AND = re.compile(r"[,;，；、&+/\n]|\b(?:và|dan|ve|and|ও)\b|\s{2,}")
_EXCEPT = re.compile(r"\b(?:except|excluding|trừ|kecuali|hariç)\b|除了?|বাদে|ছাড়া")
_CHINESE_DAYS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "日": "7", "天": "7", "末": "67"}


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Return the words of ``listing/words.toml``: table → word without spaces and marks → code."""
    return {table: _inverted(codes) for table, codes in _file().items()}


@cache
def _file() -> dict[str, dict[str, str]]:
    with paths.resource("listing/words.toml").open("rb") as stream:
        return tomllib.load(stream)


def _inverted(codes: dict[str, str]) -> dict[str, str]:
    """Turn code → words into word → code; a word as it is written goes before one without its marks (bà, ba)."""
    pairs = [(word, code) for code, words in codes.items() for word in words.split(",")]
    found: dict[str, str] = {}
    for written in (_bare, key):
        for word, code in pairs:
            if written(word):  # a sign has no letters to be found by: it stands for itself alone
                found.setdefault(written(word), code)
    return found


def _bare(word: str) -> str:
    """Write a word as it is looked up, with its marks; a sign such as √ stands for itself."""
    plain = lower(word)
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LNM") or plain.strip()


def _look_up(words: dict[str, str], text: str) -> str | None:
    return words.get(_bare(text)) or words.get(key(text))


def code(table: str, text: str) -> str | None:
    """Look up what a cell means: ``code("sex", "Nữ")`` is ``female``; None when the word is not known."""
    words = vocabulary()[table]
    parts = _PARTS.split(text)
    return _look_up(words, text) or next((found for part in parts if (found := _look_up(words, part))), None)


def is_nothing(text: str) -> bool:
    """Tell whether a whole cell says "none", as in a column of allergies."""
    return _look_up(vocabulary()["mark"], text) == "nothing"


def is_ditto(text: str) -> bool:
    """Tell whether a cell says "the same as above"."""
    return text.strip().casefold() in _dittos()


@cache
def _dittos() -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in _file()["mark"]["ditto"].split(","))


def starts_with(code: str, text: str) -> bool:
    """Tell whether a text begins with one of the ``mark`` words of a code, such as a total's."""
    return bool(_beginning(code).match(lower(text).strip(" *([【")))


@cache
def _beginning(code: str) -> re.Pattern[str]:
    written = _file()["mark"][code].split(",")
    words = {form(word).strip() for word in written for form in (fold, lower, str.lower)}
    chinese = [re.escape(word) for word in words if word > "\u2e80" and len(word) > 1]
    others = [re.escape(word) + r"(?![^\W\d_])" for word in words if not (word > "\u2e80" and len(word) > 1)]
    return re.compile("|".join(sorted(chinese + others, key=len, reverse=True)))


def yes(text: str, *, marks: bool) -> bool | None:
    """Read a yes or no; None when it is neither.

    Args:
        text: the cell.
        marks: whether an ``x`` means yes, because the column has no other mark for yes.
    """
    table = vocabulary()["yes"]
    parts = [text] if _look_up(table, text) else [part for part in _PARTS.split(text) if part.strip()]
    answers = {_look_up(table, part) for part in parts}
    if answers == {"mark"}:
        return marks
    return None if len(answers) != 1 or None in answers else answers == {"yes"}


def role(text: str) -> str | None:
    """Read a role in the space; a longer title is understood by the role it contains."""
    found = code("role", text)
    if found:
        return found
    bare = key(text)
    inside = {role: word for word, role in vocabulary()["role"].items() if _whole(word) and word in bare}
    first = next((role for role in _ROLES_INSIDE if role in inside), None)
    return first or max(inside, key=lambda role: len(inside[role]), default=None)


def _whole(word: str) -> bool:
    """Tell whether a word is long enough to be recognised inside a longer title."""
    return len(word) > (1 if word > "\u2e80" else 4)


def weekdays(text: str, *, from_two: bool = False) -> tuple[int, ...] | None:
    """Read days of the week such as ``周一至周五``, ``T2-T6``, ``Sat-Thu``, ``Senin, Rabu``; None when unreadable.

    Args:
        text: the cell.
        from_two: whether bare numbers count as in Vietnam, where Monday is the second day: ``2-6`` is Monday to Friday.

    Returns:
        ISO weekdays in order, Monday is 1.
    """
    plain = _vietnamese(_chinese(re.sub(r"\([^)]*\)", "", lower(text))), from_two=from_two)
    kept, *removed = _EXCEPT.split(plain, maxsplit=1)
    if removed and not kept.strip(" ,，"):
        kept = "daily"
    days = _days(kept)
    without = _days(removed[0]) if removed else set[int]()
    if days is None or without is None:
        return None
    return tuple(sorted(days - without)) or None


def _days(text: str) -> set[int] | None:
    """Read a list of days and ranges of days; a range may go over the end of the week."""
    found: set[int] = set()
    for part in re.split(
        r"[,;，；、&+/]|\bvà\b|\bdan\b|\bve\b|\band\b|\bও\b|\s{2,}|\n", _RANGE.sub("-", text).strip(" .")
    ):
        ends = [_day(end) for end in part.split("-")]
        if len(ends) > 2 or None in ends:
            ends = [_day(end) for end in part.replace("-", " ").split()]
            if not ends or None in ends:
                return None
            found |= {int(digit) for end in ends if end for digit in end}
        elif len(ends) == 2:
            first, last = int((ends[0] or "0")[0]), int((ends[1] or "0")[-1])
            found |= {(first - 1 + n) % 7 + 1 for n in range((last - first) % 7 + 1)}
        else:
            found |= {int(digit) for digit in ends[0] or ""}
    return found


def _day(text: str) -> str | None:
    """Return the weekday digits a single word stands for."""
    if re.fullmatch(r"[1-7]+", text.strip()):
        return text.strip()
    return _look_up(vocabulary()["weekday"], _TOWARDS.sub("", text))


def counts_from_two(text: str) -> bool:
    """Tell whether a text numbers the days as in Vietnam, where Monday is the second: ``Thứ 2``, ``T2``."""
    return bool(re.search(r"\bth[ứu]\b|\bt[2-7]\b", lower(text)))


def _vietnamese(text: str, *, from_two: bool) -> str:
    """Write Vietnamese weekdays as digits: there the second day is Monday, ``Thứ 2-6`` becomes ``1-5``."""
    if not counts_from_two(text) and not (from_two and "1" not in text):
        return text
    text = re.sub(r"\b(?:thứ|thu|t)\s*(?=[2-7])", "", text)
    return re.sub(r"[2-7]", lambda match: str(int(match.group()) - 1), text)


def _chinese(text: str) -> str:
    """Write Chinese weekdays as digits: ``周一、三至五`` becomes ``1、3至5``."""
    if not re.search(r"周|星期|礼拜", text) and not re.fullmatch(r"[一二三四五六日天至到、\-~]+", text.strip()):
        return text
    text = re.sub(r"每?(?:周|星期|礼拜)(?=[一二三四五六日天末1-7])", "", text)
    return re.sub(r"[一二三四五六日天末]", lambda match: _CHINESE_DAYS[match.group()], text)
