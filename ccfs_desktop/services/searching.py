"""Finding people by any way of writing their name: any script, pinyin, initials, without marks, number or phone."""

import re
import unicodedata
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, literal_column, select, table, text, true
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.i18n import N_
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right

SEARCHED = "search"
"""What the trail notes when somebody looks for people by name."""
_LETTERS = str.maketrans({"đ": "d", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"})
_HAN = re.compile(r"([\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af])")
_WORD = re.compile(r"[^\W_]+(?:[\u0980-\u09ff\u0300-\u036f\u200c\u200d]*[^\W_]*)*")


def fold(words: str) -> str:
    """Write words without case, marks and width: what two people typing the same name have in common.

    Marks are taken from Latin letters only; in Bengali or Thai they are part of the word. đ and the Turkish dotless ı
    have no decomposition in Unicode and are folded by hand.
    """
    lower = unicodedata.normalize("NFKC", words).replace("İ", "i").casefold()
    if lower.isascii():
        return lower
    plain: list[str] = []
    for char in lower:
        base = unicodedata.normalize("NFD", char)
        plain.append(base[0] if len(base) > 1 and base[0].isascii() else char)
    return "".join(c for c in "".join(plain).translate(_LETTERS) if not "\u0300" <= c <= "\u036f")


def search_words(*names: str, codes: tuple[str, ...] = ()) -> str:
    """Return the words a person is found by.

    Args:
        names: every way the person is called.
        codes: worker numbers and phones; found by their beginning, and phones by their last four digits.
    """
    # Names stay whole, repetitions and all: neighbouring characters are looked for as a phrase, such as 李乐乐.
    written = [word for name in names for word in _words(fold(name))]
    words = dict.fromkeys(word for name in names for word in _pinyin(name) if word)
    for code in codes:
        plain = re.sub(r"[\s\-/.+()]", "", fold(code))
        digits = re.sub(r"^\D+", "", plain)  # DG00123 is also found by 00123 and by 123
        ways = (plain, plain.lstrip("0"), digits, digits.lstrip("0"), plain[-4:])
        words.update(dict.fromkeys(w for w in ways if w))
        words.update(dict.fromkeys(_words(fold(code))))
    return " " + " ".join((*written, *words))


def sort_key(name: str) -> str:
    """Return what a name sorts by in a list that holds every script: pinyin for Chinese, else without marks."""
    read = syllables(name)
    return " ".join(s[0] for s in read) + " " + name if read else fold(name)


def matching(session: Session, kind: type[Child] | type[Worker], query: str) -> ColumnElement[bool]:
    """Return the condition that a person is meant by what was typed; every word must fit by its beginning."""
    return kind.id.in_(ids(session, kind, query)) if _words(fold(query)) else true()


def ids(session: Session, kind: type[Child] | type[Worker], query: str) -> Select[int]:
    """Return the query for the ids of those who are meant; where nothing that can be searched was typed, of all."""
    words = _words(fold(query))
    if not words or session.get_bind().dialect.name == "postgresql":
        return select(kind.id).where(*(kind.search.like(f"% {word}%") for word in words))
    index = table(f"{kind.__tablename__}_words")
    rowid: ColumnElement[int] = literal_column("rowid")
    return (
        select(rowid)
        .select_from(index)
        .where(text(f"{index.name} MATCH :words").bindparams(words=_phrases(fold(query))))
    )


def fits(search: str, query: str) -> bool:
    """Tell whether somebody with these search words is meant by what was typed; for lists already in memory."""
    return all(f" {word}" in search for word in _words(fold(query)))


def _phrases(folded: str) -> str:
    """Write an FTS5 query: neighbouring Chinese characters as a phrase, every other word by its beginning."""
    parts = [_HAN.sub(r" \1 ", word).split() for word in _WORD.findall(folded)]
    return " AND ".join('"' + " ".join(chars).replace('"', "") + '" *' for chars in parts if chars)


def _words(folded: str) -> list[str]:
    return _WORD.findall(_HAN.sub(r" \1 ", folded))


@lru_cache(maxsize=4_096)  # a list names the same people more than once
def syllables(name: str) -> list[list[str]]:
    """Return the pinyin readings of each Chinese character, most likely first; empty for other scripts."""
    if not _HAN.search(name):
        return []
    from pypinyin import Style, pinyin  # noqa: PLC0415 (50 MB: only for Chinese names, when they are saved)

    characters = "".join(_HAN.findall(name))
    return [
        [fold(r) for r in readings]
        for readings in pinyin(characters, style=Style.NORMAL, heteronym=True, errors="ignore")
    ]


def _pinyin(name: str) -> list[str]:
    """Return syllables, the whole and the given name joined, and initials: ``li xiao ming lixiaoming xiaoming lxm``."""
    read = syllables(name)
    if not read:
        return []
    words: list[str] = []
    for surname in read[0][:3]:
        given = [s[0] for s in read[1:]]
        whole = [surname, *given]
        words += [*whole, "".join(whole), "".join(given), "".join(s[0] for s in whole)]
    return [*words, *(r for s in read[1:] for r in s[1:3])]


def index(record: Child | Worker, *names: str, codes: tuple[str, ...] = ()) -> None:
    """Write the search words and the sort key of a person."""
    record.search = search_words(record.name, record.name_latin, *names, codes=codes)
    record.sort_key = sort_key(record.name)


def note(db: Database, place: str, found: int) -> None:
    """Note in the trail that somebody looked for people by name: once a search, not once a letter.

    What was typed is not kept: it is mostly a name, and would outlive the child's file.

    Args:
        db: the office.
        place: the list, such as ``children`` or ``medicine``, or ``everywhere`` for Ctrl+K.
        found: how many lines were shown.

    Source: security.md 3.1, reads are logged, one entry a view.
    """
    with db.begin(N_("Search by name"), final=True) as session:
        db.note(session, SEARCHED, place, {"found": found})


roles.guard(globals(), Right.FILES, {Right.OFFICE: (note,)})
