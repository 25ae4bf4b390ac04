"""Read text with separators (.csv, .txt) in whatever alphabet it was saved; never guess letters into garbage."""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services.listing import guard
from ccfs_desktop.services.listing.sheet import Cell, Sheet, trimmed

_MOST_ROWS, _MOST_COLUMNS, _MOST_TEXT = 100_000, 300, 32_767
_MOST_LINES = 3 * _MOST_ROWS
"""A cell may hold several lines."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENOUGH = 0.75
"""Share of the special letters that must belong to the language before an old code page is believed."""

_QUOTES = "‘’“”–—…·°«»€©®\u00a0"
_VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ" + _QUOTES
)
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîûÂÎÛ" + _QUOTES)
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ" + _QUOTES)

_CONSTANT = re.compile(r'="([^"]*)"')
"""How some programs keep Excel from eating leading zeros: ``="00123"``."""


def read(data: bytes, name: str) -> Sheet:
    """Read a whole text file as one sheet.

    Args:
        data: the file's bytes.
        name: what to call the sheet.

    Raises:
        UserError: the alphabet cannot be told, or there are no columns.
    """
    text = decode(data).rstrip("\r\n\t ,;")  # Excel writes out the empty rows below a list as well
    if "\0" in text:
        raise guard.damaged()
    if text.count("\n") > _MOST_LINES:
        raise guard.too_large()
    first, _newline, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?', first.strip())
    if declared:
        text = rest
    separator = declared.group(1) if declared else _separator(text)
    rows = _rows(text, separator)
    if len(rows) > _MOST_ROWS or max((len(row) for row in rows), default=0) > _MOST_COLUMNS:
        raise guard.too_large()
    return Sheet(name=name, rows=trimmed(rows))


def decode(data: bytes) -> str:
    """Find the alphabet a text was saved in, by evidence alone.

    Raises:
        UserError: no alphabet makes sense of the bytes.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or _unreadable()
    if data[:200].count(0) * 3 > len(data[:200]):
        even = sum(1 for byte in data[:200:2] if byte == 0)
        return _strict(data, "utf-16-be" if even > 20 else "utf-16-le") or _unreadable()
    text = _strict(data, "utf-8")
    if text is not None:
        return unicodedata.normalize("NFC", text)
    score, text = max((_score(data, encoding, judge) for encoding, judge in _CODE_PAGES), key=lambda found: found[0])
    return text if score >= _ENOUGH else _unreadable()


def _unreadable() -> str:
    raise UserError(
        _("The letters in this file cannot be read. Open it in Excel and save it as .xlsx, or as “CSV UTF-8”.")
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _score(data: bytes, encoding: str, judge: Callable[[str], float]) -> tuple[float, str]:
    """Say how well a code page explains the special letters: 1 for all of them."""
    text = _strict(data, encoding)
    if text is None:
        return 0.0, ""
    text = unicodedata.normalize("NFC", text)
    special = [letter for letter in text if letter > "\x7f"]
    if any("\x80" <= letter < "\xa0" for letter in special):
        return 0.0, ""
    counts = Counter(special)
    return sum(judge(letter) * n for letter, n in counts.items()) / max(1, len(special)), text


def _common_chinese(letter: str) -> float:
    """Judge a letter by whether ordinary Chinese text contains it."""
    if "\u3000" <= letter <= "\u303f" or "\uff00" <= letter <= "\uffef" or letter in _QUOTES:
        return 0.9
    try:
        first = letter.encode("gb2312")[0]
    except UnicodeEncodeError:
        return 0.6 if "\u4e00" <= letter <= "\u9fff" and not _guessed(letter) else 0.0
    return 1.0 if 0xB0 <= first <= 0xD7 else 0.85 if "\u4e00" <= letter <= "\u9fff" else 0.3


def _guessed(letter: str) -> bool:
    """Tell whether a character is one that appears by accident when another alphabet is read as Chinese."""
    code = letter.encode("gb18030")
    return len(code) == 2 and code[1] < 0x80


def _common_traditional(letter: str) -> float:
    """Judge a letter by whether ordinary traditional Chinese text contains it."""
    try:
        first = letter.encode("big5")[0]
    except UnicodeEncodeError:
        return 0.0
    return 0.95 if 0xA4 <= first <= 0xC6 else 0.8 if first < 0xA4 else 0.5


_CODE_PAGES: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("gb18030", _common_chinese),
    ("big5", _common_traditional),
    ("cp1258", lambda letter: float(letter in _VIETNAMESE)),
    ("cp1254", lambda letter: float(letter in _TURKISH)),
    ("cp1252", lambda letter: 0.9 * (letter in _WESTERN)),
)


def _separator(text: str) -> str:
    """Find the separator: the one that gives the most columns, alike in most rows."""
    best, most = "", 1.0
    for separator in ",;\t|":
        widths = Counter(len(row) for row in _records(text[:100_000], separator) if any(row))
        wide = {width: n for width, n in widths.items() if width > 1}
        if not wide:
            continue
        width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = width * rows / sum(widths.values())
        if score > most or (not best and score > 0.5):
            best, most = separator, max(score, 1.0)
    if not best:
        raise UserError(_("No table was found in this file: its lines have no columns."))
    return best


def _rows(text: str, separator: str) -> list[list[Cell]]:
    return [[_cell(field) for field in record] for record in _records(text, separator)]


def _records(text: str, separator: str) -> list[list[str]]:
    """Split a text into rows, whatever ends its lines."""
    csv.field_size_limit(guard.FILE_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise guard.damaged() from error


def _cell(field: str) -> Cell:
    if not field:
        return None
    constant = _CONSTANT.fullmatch(field)
    return constant.group(1) if constant else field[:_MOST_TEXT]
