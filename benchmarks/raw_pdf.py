"""The least work with which a sheet can become a PDF: our own bytes, one font cut down to the characters used.

Nothing else is meant by it than a floor: no shaping, no fallback for other scripts, no metadata.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import uharfbuzz

from benchmarks.table import FONT, HEAD, HEIGHT, LEFT, ROW, TOP, WIDTH, Page, X

hb: Any = uharfbuzz
_CMAP = (
    "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/X def/CMapType 2 def"
    " 1 begincodespacerange<0000><FFFF>endcodespacerange\n{pairs}endcmap end end"
)


def write(pages: Iterable[Page], out: Path) -> None:
    """Write the pages as a PDF."""
    every = list(pages)
    font = _Font({c for page in every for text in _texts(page) for c in text})
    file = _File()
    font_number = font.add_to(file)
    kids = [file.add(_page(file, font, page, font_number)) for page in every]
    file.finish(kids, out)


def _texts(page: Page) -> Iterable[str]:
    yield from (page.title, page.line, *HEAD)
    for row in page.rows:
        yield from row


class _Font:
    """A subset, with the glyph of each character."""

    def __init__(self, characters: set[str]) -> None:
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(map(ord, characters))
        wanted.flags = hb.SubsetFlags.NO_HINTING
        face = hb.subset(hb.Face(hb.Blob.from_file_path(str(FONT))), wanted)
        font = hb.Font(face)
        self.data = bytes(face.blob.data)
        self.glyphs = {c: font.get_nominal_glyph(ord(c)) or 0 for c in characters}
        self.widths = [round(font.get_glyph_h_advance(n) * 1_000 / face.upem) for n in range(face.glyph_count)]
        self._known: dict[str, str] = {}

    def code(self, text: str) -> str:
        """Return a text as glyph numbers."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = "".join(f"{self.glyphs[c]:04X}" for c in text)
        return known

    def add_to(self, file: "_File") -> int:
        data = file.stream(self.data, f"/Length1 {len(self.data)}")
        descriptor = file.add(
            "<</Type/FontDescriptor/FontName/ABCDEF+Noto/Flags 4/FontBBox[-500 -300 1500 1200]/ItalicAngle 0"
            f"/Ascent 880/Descent -120/CapHeight 700/StemV 80/FontFile2 {data} 0 R>>"
        )
        widths = " ".join(map(str, self.widths))
        descendant = file.add(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Noto"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {descriptor} 0 R/DW 1000/W[0[{widths}]]/CIDToGIDMap/Identity>>"
        )
        pairs = sorted((glyph, ord(c)) for c, glyph in self.glyphs.items())
        blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
        lines = "".join(
            f"{len(block)} beginbfchar\n" + "".join(f"<{g:04X}><{u:04X}>" for g, u in block) + "endbfchar\n"
            for block in blocks
        )
        unicode = file.stream(_CMAP.format(pairs=lines).encode())
        return file.add(
            "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Noto/Encoding/Identity-H"
            f"/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>"
        )


class _File:
    """Numbered objects; 1 is the catalogue, 2 the list of pages."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]

    def add(self, text: str | bytes) -> int:
        self._objects.append(text.encode() if isinstance(text, str) else text)
        return len(self._objects)

    def stream(self, data: bytes, more: str = "") -> int:
        packed = zlib.compress(data, 6)
        head = f"<</Filter/FlateDecode/Length {len(packed)}{more}>>stream\n".encode()
        return self.add(head + packed + b"\nendstream")

    def finish(self, pages: list[int], out: Path) -> None:
        kids = " ".join(f"{n} 0 R" for n in pages)
        self._objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
        parts, places, at = [b"%PDF-1.5\n"], list[int](), 9
        for number, content in enumerate(self._objects, 1):
            part = b"%d 0 obj\n" % number + content + b"\nendobj\n"
            places.append(at)
            parts.append(part)
            at += len(part)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        count = len(places) + 1
        end = b"xref\n0 %d\n0000000000 65535 f \n" % count + table
        trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, at)
        out.write_bytes(b"".join((*parts, end, trailer)))


def _page(file: _File, font: _Font, page: Page, number: int) -> str:
    def put(x: float, y: float, text: str) -> str:
        return f"1 0 0 1 {x:g} {y:.2f} Tm<{font.code(text)}>Tj"

    lines = [f"BT/F 13 Tf {put(LEFT, HEIGHT - 45, page.title)}/F 9 Tf {put(LEFT, HEIGHT - 62, page.line)}/F 8 Tf"]
    lines += [put(x + 2, TOP - 12, head) for x, head in zip(X, HEAD, strict=False)]
    for n, row in enumerate(page.rows, 1):
        lines += [put(x + 2, TOP - ROW * n - 20, text) for x, text in zip(X, row, strict=False)]
    bottom = TOP - ROW * (len(page.rows) + 1)
    lines.append("ET .5 w")
    lines += [f"{x} {TOP:.2f} m {x} {bottom:.2f} l" for x in X]
    lines += [f"{X[0]} {TOP - ROW * n:.2f} m {X[-1]} {TOP - ROW * n:.2f} l" for n in range(len(page.rows) + 2)]
    content = file.stream("\n".join([*lines, "S"]).encode())
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F {number} 0 R>>>>"
        f"/Contents {content} 0 R>>"
    )
