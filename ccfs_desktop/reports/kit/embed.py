"""Puts the glyphs a document uses, and only those, into its PDF.

One font object per face with two-byte codes, so that every script and every rare character works alike; each code
knows the letters it stands for, so that names can be searched and copied.
"""

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc

from ccfs_desktop.reports.kit.faces import Face, hb

_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "DSIG", "BASE", "STAT", "kern", "vhea", "vmtx", "VORG", "name", "meta")
_NOTHING_VISIBLE = "\u200b"  # the second glyph of a letter still needs a reading

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
_CMAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


class EmbeddedFace:
    """What one document uses of one face; ReportLab calls ``addObjects`` when the document is saved."""

    def __init__(self, face: Face, doc: Any, name: str) -> None:
        """Announce the face to a document under a short name such as ``F1``."""
        self.face = face
        self.name = name
        self._codes: dict[tuple[int, str], int] = {}
        doc.delayedFonts.append(self)

    def code(self, gid: int, reading: str) -> int:
        """Return the two-byte code of a glyph that stands for these letters."""
        return self._codes.setdefault((gid, reading), len(self._codes) + 1)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (ReportLab's name)
        """Write the subset font and its tables into the document."""
        font_file, gid_of = self._subset()
        glyphs = [gid for gid, _reading in self._codes]
        base = f"{self._tag()}+{self.face.name}"
        ascent, descent = self.face.extents
        descriptor = _dictionary(
            Type=pdfdoc.PDFName("FontDescriptor"),
            FontName=pdfdoc.PDFName(base),
            Flags=4,
            FontBBox=pdfdoc.PDFArray([-1000, -1000, 3000, 2000]),
            ItalicAngle=0,
            Ascent=ascent,
            Descent=descent,
            CapHeight=714,
            StemV=80,
            FontFile2=self._keep(doc, "file", _stream(font_file, Length1=len(font_file))),
        )
        descendant = _dictionary(
            Type=pdfdoc.PDFName("Font"),
            Subtype=pdfdoc.PDFName("CIDFontType2"),
            BaseFont=pdfdoc.PDFName(base),
            CIDSystemInfo=_dictionary(
                Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0
            ),
            FontDescriptor=self._keep(doc, "descriptor", descriptor),
            DW=1000,
            W=pdfdoc.PDFArray(
                [1, pdfdoc.PDFArrayCompact([round(self.face.natural_advance(gid), 2) for gid in glyphs])]
            ),
            CIDToGIDMap=self._keep(
                doc, "map", _stream(b"\0\0" + b"".join(gid_of[gid].to_bytes(2, "big") for gid in glyphs))
            ),
        )
        font = _dictionary(
            Type=pdfdoc.PDFName("Font"),
            Subtype=pdfdoc.PDFName("Type0"),
            BaseFont=pdfdoc.PDFName(base),
            Encoding=pdfdoc.PDFName("Identity-H"),
            DescendantFonts=pdfdoc.PDFArray([self._keep(doc, "descendant", descendant)]),
            ToUnicode=self._keep(doc, "readings", _stream(self._cmap())),
        )
        doc.idToObject["BasicFonts"].dict[self.name] = self._keep(doc, "font", font)

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """Cut the font down to the glyphs used; composites bring their parts along."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update([0, *(gid for gid, _reading in self._codes)])
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.drop_table_tag_set.update([int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES])
        plan = hb.SubsetPlan(self.face.face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _tag(self) -> str:
        """Six capital letters that name this subset, the same for the same glyphs."""
        seed = zlib.crc32(repr(sorted(self._codes)).encode())
        return "".join(chr(ord("A") + seed // 26**place % 26) for place in range(6))

    def _cmap(self) -> bytes:
        lines = [_CMAP_HEAD]
        for part in _hundreds([(code, reading) for (_gid, reading), code in self._codes.items()]):
            lines.append(f"{len(part)} beginbfchar")
            lines += [f"<{code:04X}> <{utf16(reading or _NOTHING_VISIBLE)}>" for code, reading in part]
            lines.append("endbfchar")
        return "\n".join([*lines, _CMAP_TAIL]).encode()

    def _keep(self, doc: Any, part: str, content: Any) -> Any:
        return doc.Reference(content, f"{self.name}-{part}")


def _hundreds(entries: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Cut a list as the format demands: at most a hundred entries in one go."""
    return [entries[start : start + 100] for start in range(0, len(entries), 100)]


def utf16(text: str) -> str:
    """Write text as PDF wants it in hexadecimal."""
    return text.encode("utf-16-be").hex().upper()


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def _stream(content: bytes, **entries: Any) -> Any:
    stream = pdfdoc.PDFStream(_dictionary(**entries), content)
    stream.filters = [pdfdoc.PDFZCompress]
    return stream
