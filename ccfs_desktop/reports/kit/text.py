"""Words on paper, in any script.

Everything a document writes passes through here: control characters are made visible, nothing is ever read as markup,
and a text that would leave its box gets smaller, then wraps, and is never cut off in silence.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from ccfs_desktop.reports.kit.embed import EmbeddedFace, utf16
from ccfs_desktop.reports.kit.faces import Face, Glyph, Line, Run, fonts

SMALLEST = 4.5
"""Points; below this, paper is not readable."""

LEADING = 1.32
"""Line distance in font sizes: room for marks above and below in every script."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BLANK = re.compile("[\t\r\u00a0\u2028\u2029]")
_HEAVY = 0.022  # outline of a face that has no bold, in font sizes


_veil: ContextVar[Callable[[str], str] | None] = ContextVar("veil", default=None)
"""Replaces what must not be read on paper, such as names; everything printed passes through it."""


@contextmanager
def veiled(veil: Callable[[str], str] | None) -> Iterator[None]:
    """Replace parts of everything that is printed inside the block; what was replaced once must stay as it is.

    Args:
        veil: returns a text without what must not be read; None for no change.
    """
    token = _veil.set(veil)
    try:
        yield
    finally:
        _veil.reset(token)


def readable(words: object) -> str:
    """Return the words as they may be read where a veil lies over the paper."""
    veil = _veil.get()
    return veil(str(words)) if veil else str(words)


def clean(words: object) -> str:
    """Return the words as they may be printed: composed, odd blanks plain, control characters as \ufffd.

    Source: `security.md` 4.6
    """
    words = readable(words)
    return unicodedata.normalize("NFC", _CONTROL.sub("\ufffd", _BLANK.sub(" ", words)))


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in points."""
    return fonts(bold=bold).width(clean(words), size)


def missing(words: object) -> list[str]:
    """Return the letters of a text that paper will show as □."""
    return fonts().missing(clean(words))


class Typesetter:
    """Writes shaped lines on one document's canvas."""

    def __init__(self, canvas: Any) -> None:
        """Serve one ReportLab canvas."""
        self.missing: set[str] = set()
        self._canvas = canvas
        self._faces: dict[str, EmbeddedFace] = {}
        self._ready: dict[tuple[str, float, bool], tuple[str, str]] = {}

    def write(self, x: float, y: float, words: str, size: float, *, bold: bool = False) -> None:
        """Write one line with its left end at a point.

        Args:
            x: points from the left.
            y: points from the bottom, on the base line.
            words: text as :func:`clean` returns it.
            size: font size in points.
            bold: heavy strokes.
        """
        key = (words, size, bold)
        if key not in self._ready:
            line = fonts(bold=bold).line(words)
            self.missing |= line.missing
            self._ready[key] = self._operators(line, size)
        before, after = self._ready[key]
        self._canvas.addLiteral(f"{before}1 0 0 1 {number(x)} {number(y)} Tm {after}")

    def _operators(self, line: Line, size: float) -> tuple[str, str]:
        """Return the PDF operators before and after the position."""
        before, after = "BT ", "ET"
        if any(run.heavy for run in line.runs):
            before, after = f"q {number(size * _HEAVY)} w BT ", "ET Q"
        if not _reads_plainly(line):
            before, after = f"/Span <</ActualText <FEFF{utf16(line.text)}>>> BDC {before}", f"{after} EMC"
        pen = _Pen(size)
        for run in line.runs:
            pen.run(run, self._face(run.face))
        return before, f"{pen.finish()} {after}"

    def _face(self, face: Face) -> EmbeddedFace:
        if face.name not in self._faces:
            document = self._canvas._doc  # noqa: SLF001 (ReportLab offers no other way to add a font of one's own)
            self._faces[face.name] = EmbeddedFace(face, document, f"F{len(self._faces) + 1}")
        return self._faces[face.name]


class _Pen:
    """Turns placed glyphs into PDF text operators."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._operators: list[str] = []
        self._items: list[str] = []
        self._codes = ""
        self._owed = 0.0  # how far the pen is behind where the next glyph belongs
        self._rise = 0.0
        self._heavy = False

    def run(self, run: Run, face: EmbeddedFace) -> None:
        self._flush()
        if run.heavy != self._heavy:
            self._heavy = run.heavy
            self._operators.append("2 Tr" if run.heavy else "0 Tr")
        self._operators.append(f"/{face.name} {number(self._size)} Tf")
        for glyph, reading in _readings(run):
            self._glyph(glyph, face.code(glyph.gid, reading), face.face.natural_advance(glyph.gid))

    def _glyph(self, glyph: Glyph, code: int, natural: float) -> None:
        if glyph.dy != self._rise:
            self._settle()
            self._flush()
            self._rise = glyph.dy
            self._operators.append(f"{number(self._rise * self._size / 1000)} Ts")
        self._owed += glyph.dx
        self._settle()
        self._codes += f"{code:04X}"
        self._owed = glyph.advance - natural - glyph.dx

    def _settle(self) -> None:
        """Move the pen to where it should be."""
        if abs(self._owed) > 0.01:
            self._close_codes()
            self._items.append(number(-self._owed))
            self._owed = 0.0

    def _close_codes(self) -> None:
        if self._codes:
            self._items.append(f"<{self._codes}>")
            self._codes = ""

    def _flush(self) -> None:
        self._close_codes()
        if len(self._items) == 1 and self._items[0].startswith("<"):
            self._operators.append(f"{self._items[0]} Tj")
        elif self._items:
            self._operators.append(f"[{' '.join(self._items)}] TJ")
        self._items = []

    def finish(self) -> str:
        self._settle()
        self._flush()
        if self._rise:
            self._operators.append("0 Ts")
        if self._heavy:
            self._operators.append("0 Tr")
        return " ".join(self._operators)


def _reads_plainly(line: Line) -> bool:
    """Say whether a viewer gets the exact text from the glyphs alone; other lines carry it beside them.

    Some viewers take a change of font for a new line, others lose rare characters from the text beside the glyphs.
    """
    one_font = len({run.face.name for run in line.runs}) == 1
    return (one_font or any(letter >= "\ufffd" for letter in line.text)) and all(_one_to_one(run) for run in line.runs)


def _one_to_one(run: Run) -> bool:
    in_order = [glyph.cluster for glyph in run.glyphs] == [*range(len(run.text))]
    return not run.right_to_left and in_order and not any(glyph.dx or glyph.dy for glyph in run.glyphs)


def _readings(run: Run) -> Iterator[tuple[Glyph, str]]:
    """Pair each glyph with the letters it stands for: the first of a cluster has them all, the others none."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    for glyph in run.glyphs:
        end = ends.pop(glyph.cluster, glyph.cluster)
        yield glyph, run.text[glyph.cluster : end]


def number(value: float) -> str:
    """Write a length as short as PDF allows."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short
