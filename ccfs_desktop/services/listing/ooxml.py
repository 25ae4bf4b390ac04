"""What the cell values of an .xlsx file do not tell: formulas, errors, hidden rows, shown zeros."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from ccfs_desktop.services.listing.sheet import Cell, Place

MOST_CELLS = 5_000_000
"""The largest area a list may cover; a stray cell far away makes it larger."""

_WORTH_A_LOOK = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b'hidden="1"', b'hidden="true"', b't="e"', b"r='")
_FAR = re.compile(rb'r="(?:[A-Z]{3,}\d|[A-Z]{1,2}\d{6,})')
_WIDE_LETTERS = (b"\xff\xfe", b"\xfe\xff")
_FROM_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ZEROS = re.compile(r"(0{2,})(?:;@)?")

Attributes = dict[str, str]


class RefusedError(Exception):
    """The file is not read; the argument says why in one word."""


@dataclass
class Extras:
    """What was found beside the values of one sheet."""

    formulas: dict[Place, str] = field(default_factory=dict[Place, str])
    replaced: dict[Place, Cell] = field(default_factory=dict[Place, Cell])
    """Cells whose value is better taken from here: errors, and codes shown with leading zeros."""
    hidden_rows: list[int] = field(default_factory=list[int])
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    days_before: int = 0


def sheet_extras(data: bytes) -> dict[str, Extras]:
    """Look into a workbook's sheets and return what was found, by sheet name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts.values()):
        raise RefusedError("damaged")
    zeros = _zero_styles(texts.get("xl/styles.xml", b""))
    found = {name: _extras(texts.get(part, b""), zeros) for name, part in _parts(texts).items()}
    if _FROM_1904.search(texts.get("xl/workbook.xml", b"")):
        for extras in found.values():
            extras.days_before = 1_462
    return found


def scan(
    data: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML without namespaces, refusing a document that declares entities.

    Args:
        data: the document.
        start: called with each element's local name and attributes.
        end: called with each closed element's local name.
        text: called with each piece of text.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(name: str, attributes: Any) -> None:
        start(name.rpartition(":")[2], attributes)

    def refuse(*_: Any) -> None:
        raise RefusedError("damaged")

    parser.StartElementHandler = opened
    parser.StartDoctypeDeclHandler = refuse
    if end:
        ended = end
        parser.EndElementHandler = lambda name: ended(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise RefusedError("damaged") from error


def _parts(texts: dict[str, bytes]) -> dict[str, str]:
    """Find which part of the package holds which sheet."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            targets[attributes.get("Id", "")] = whole

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets[attributes.get("name", "")] = targets.get(key, "")

    scan(texts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    scan(texts.get("xl/workbook.xml", b"<none/>"), sheet)
    return sheets


def _zero_styles(styles: bytes) -> dict[str, int]:
    """Find the cell styles that show a number with leading zeros: style number → digits shown."""
    if not re.search(rb'formatCode="(?:&quot;)?00+', styles):
        return {}
    digits: dict[str, int] = {}
    formats: list[str] = []
    inside: set[str] = set()

    def start(name: str, attributes: Attributes) -> None:
        inside.add(name)
        shown = _ZEROS.fullmatch(attributes.get("formatCode", "")) if name == "numFmt" else None
        if shown:
            digits[attributes.get("numFmtId", "")] = len(shown.group(1))
        elif name == "xf" and "cellXfs" in inside:
            formats.append(attributes.get("numFmtId", ""))

    scan(styles, start, inside.discard)
    return {str(style): digits[number] for style, number in enumerate(formats) if number in digits}


def _extras(data: bytes, zeros: dict[str, int]) -> Extras:
    """Walk through one sheet, but only where a quick look says that it is worth the time."""
    plain = not zeros and not any(mark in data for mark in _WORTH_A_LOOK) and not _FAR.search(data)
    if not data or (plain and not data.startswith(_WIDE_LETTERS)):
        return Extras()
    walk = _Walk(zeros)
    scan(data, walk.start, walk.end, walk.add)
    return walk.extras


class _Walk:
    """One pass through a sheet's cells."""

    def __init__(self, zeros: dict[str, int]) -> None:
        self.extras = Extras()
        self._zeros = zeros
        self._row = self._column = -1
        self._rows = self._columns = 0
        self._cell: Attributes = {}
        self._texts: dict[str, str] = {}
        self._inside = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """Enter a row, a cell, or one of a cell's parts."""
        if name == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self._row + 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.extras.hidden_rows.append(self._row)
        elif name == "c":
            self._place(attributes.get("r", ""))
            self._cell, self._texts = attributes, {}
        elif name in ("v", "f", "is"):
            self._inside = name
            self._texts[name] = ""

    def add(self, text: str) -> None:
        """Collect a cell's value or formula."""
        if self._inside:
            self._texts[self._inside] += text

    def end(self, name: str) -> None:
        """Leave a cell and keep what is worth keeping."""
        if name in ("v", "f", "is"):
            self._inside = ""
        elif name == "c" and self._texts:
            self._measure()
            self._keep((self._row, self._column))

    def _place(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if not match:
            self._column += 1
            return
        column = 0
        for letter in match.group(1):
            column = column * 26 + ord(letter) - 64
        self._row, self._column = int(match.group(2)) - 1, column - 1

    def _measure(self) -> None:
        self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, self._column + 1)
        if self._rows * self._columns > MOST_CELLS:
            raise RefusedError("far")

    def _keep(self, place: Place) -> None:
        value, width = self._texts.get("v", ""), self._zeros.get(self._cell.get("s", ""))
        if "f" in self._texts:
            self.extras.formulas[place] = "=" + (self._texts["f"] or "…")
        if self._cell.get("t") == "e":
            self.extras.replaced[place] = value
        elif width and value.isdecimal() and self._cell.get("t", "n") == "n":
            self.extras.replaced[place] = value.zfill(width)
