"""The shipped fonts, and which of them draws which letter.

A name is cut into runs, each run goes to the first face that has its letters, and HarfBuzz joins them as the script
demands. Fonts are read when a letter first needs them and stay for the life of the program.
"""

import unicodedata
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

import uharfbuzz

from ccfs_desktop import paths
from ccfs_desktop.reports.kit.direction import in_visual_order

hb: Any = uharfbuzz
"""HarfBuzz; compiled, so that the type checker knows none of its names."""

TOFU = "□"
"""Drawn in place of a letter that no shipped font has."""

_SMALL_SCRIPTS = (
    "NotoSansBengali",
    "NotoSansDevanagari",
    "NotoSansTamil",
    "NotoSansKhmer",
    "NotoSansMyanmar",
    "NotoSansThai",
    "NotoNaskhArabic",
)

_SIMPLE_SCRIPTS = {"Latn", "Hani", "Hira", "Kana", "Bopo", "Grek", "Cyrl"}  # side by side in one run without harm


class Glyph(NamedTuple):
    """One shape on the line; lengths in thousandths of the font size."""

    gid: int
    cluster: int
    advance: float
    dx: float
    dy: float


class Face:
    """One font file."""

    def __init__(self, name: str) -> None:
        """Remember the file; it is opened when first used.

        Args:
            name: file name below ``resources/fonts`` without ``.ttf``.
        """
        self.name = name
        # Optional ligatures (fi, fl) would only make copied text harder to search; the other scripts need theirs.
        self.features = {"liga": False} if name.startswith(("NotoSans-", "NotoSansSC-")) else {}

    @cached_property
    def face(self) -> Any:
        """HarfBuzz's view of the file, mapped rather than read."""
        return hb.Face(hb.Blob.from_file_path(str(paths.resource(f"fonts/{self.name}.ttf"))))

    @cached_property
    def letters(self) -> frozenset[int]:
        """Every code point this face can draw."""
        return frozenset(self.face.unicodes)

    @cached_property
    def scale(self) -> float:
        """From the font's own units to thousandths of the font size."""
        return 1000 / self.face.upem

    @cached_property
    def extents(self) -> tuple[float, float]:
        """How far the face reaches above and below the line, in thousandths of the font size."""
        found = self.font.get_font_extents("ltr")
        return found.ascender * self.scale, found.descender * self.scale

    @cached_property
    def font(self) -> Any:
        """HarfBuzz's font, which shapes."""
        return hb.Font(self.face)

    def natural_advance(self, gid: int) -> float:
        """Return how far a viewer moves after this glyph unless told otherwise."""
        return self.font.get_glyph_h_advance(gid) * self.scale

    def shape(self, text: str, *, right_to_left: bool = False) -> tuple[Glyph, ...]:
        """Turn letters into placed glyphs."""
        return _shape(self, text, right_to_left)


@lru_cache(maxsize=20_000)
def _shape(face: Face, text: str, right_to_left: bool) -> tuple[Glyph, ...]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    hb.shape(face.font, buffer, face.features)
    scale = face.scale
    return tuple(
        Glyph(info.codepoint, info.cluster, at.x_advance * scale, at.x_offset * scale, at.y_offset * scale)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)
    )


class _Kind(NamedTuple):
    """What letters of one run have in common."""

    face: Face
    shaping: str


@cache
def _shaping(letter: str) -> str:
    """Return which rules join this letter to its neighbours: a script, "simple", or "" for what goes with any."""
    buffer = hb.Buffer()
    buffer.add_str(letter)
    buffer.guess_segment_properties()
    script = str(buffer.script or "")
    if script in {"", "Zyyy", "Zinh", "Zzzz"}:
        return ""
    return "simple" if script in _SIMPLE_SCRIPTS else script


class Run(NamedTuple):
    """Letters of one face and one direction, placed."""

    face: Face
    heavy: bool
    right_to_left: bool
    text: str
    glyphs: tuple[Glyph, ...]


class Line(NamedTuple):
    """A shaped line: runs in the order they stand on paper, and its width in thousandths of the font size."""

    text: str
    runs: tuple[Run, ...]
    width: float
    missing: frozenset[str]


class FontSet:
    """The faces of one weight, in the order they are asked for a letter."""

    def __init__(self, *, bold: bool) -> None:
        """Choose the faces.

        Args:
            bold: take the bold faces; those that exist only in Regular are drawn with a fine outline.
        """
        drawn_bold = ("NotoSans", "NotoSansBengali") if bold else ()
        names = ("NotoSans", "NotoSansSC", *_SMALL_SCRIPTS)
        self._faces = [_face(f"{name}-{'Bold' if name in drawn_bold else 'Regular'}") for name in names]
        self._heavy = {face for name, face in zip(names, self._faces, strict=True) if bold and name not in drawn_bold}
        self._chosen: dict[str, Face] = {}
        self.line = lru_cache(maxsize=20_000)(self._line)

    def missing(self, words: str) -> list[str]:
        """Return the letters no shipped font can draw, for the officer to know before printing."""
        return sorted(self.line(unicodedata.normalize("NFC", words)).missing)

    def width(self, words: str, size: float) -> float:
        """Return how wide a line is, in the unit of ``size``."""
        return self.line(words).width * size / 1000

    def _line(self, words: str) -> Line:
        """Shape one line; what cannot be drawn becomes □ but still reads as it was written."""
        runs, missing = self._runs(words), frozenset[str]()
        while unknown := {letter for run in runs for letter in _unknown(run)}:
            missing |= unknown
            runs = self._runs("".join(TOFU if letter in missing else letter for letter in words))
        if missing:
            runs = _reading(runs, words)
        return Line(words, runs, sum(glyph.advance for run in runs for glyph in run.glyphs), missing)

    def _runs(self, words: str) -> tuple[Run, ...]:
        # One face for the whole line where there is one: even strokes, and viewers see a single line.
        whole = next((face for face in self._faces if all(ord(letter) in face.letters for letter in words)), None)
        pieces: list[tuple[_Kind, str, bool]] = []
        for text, right_to_left in in_visual_order(words):
            parts = [(kind, part, right_to_left) for kind, part in self._parts(text, whole)]
            pieces += reversed(parts) if right_to_left else parts
        return tuple(
            Run(
                kind.face,
                kind.face in self._heavy,
                right_to_left,
                text,
                kind.face.shape(text, right_to_left=right_to_left),
            )
            for kind, text, right_to_left in pieces
        )

    def _parts(self, text: str, whole: Face | None) -> list[tuple["_Kind", str]]:
        """Cut a piece where the face or the way of shaping changes."""
        parts: list[tuple[_Kind, str]] = []
        for letter in text:
            before = parts[-1][0] if parts else None
            face = whole or self._face_for(letter, before.face if before else None)
            kind = _Kind(face, _shaping(letter) or (before.shaping if before else ""))
            if before and before.face is face and before.shaping in {kind.shaping, ""}:
                parts[-1] = (kind, parts[-1][1] + letter)
            else:
                parts.append((kind, letter))
        return parts

    def _face_for(self, letter: str, before: Face | None) -> Face:
        """Choose a face; marks and spaces stay with the letter before them."""
        stays = letter == " " or unicodedata.category(letter) in {"Mn", "Mc", "Cf"}
        if before is not None and stays and ord(letter) in before.letters:
            return before
        face = self._chosen.get(letter)
        if face is None:
            code = ord(letter)
            face = next((face for face in self._faces if code in face.letters), before or self._faces[0])
            if not stays:
                self._chosen[letter] = face
        return face


def _reading(runs: tuple[Run, ...], words: str) -> tuple[Run, ...]:
    """Give runs that were drawn with □ the letters they stand for; right-to-left lines carry their text beside them."""
    if any(run.right_to_left for run in runs):
        return runs
    start, read = 0, list[Run]()
    for run in runs:
        read.append(run._replace(text=words[start : start + len(run.text)]))
        start += len(run.text)
    return tuple(read)


def _unknown(run: Run) -> set[str]:
    """Return the letters of a run that came out as the font's "no such glyph"."""
    return {run.text[glyph.cluster] for glyph in run.glyphs if glyph.gid == 0}


@cache
def _face(name: str) -> Face:
    return Face(name)


@cache
def fonts(*, bold: bool = False) -> FontSet:
    """Return the faces of a weight, read once per program."""
    return FontSet(bold=bold)
