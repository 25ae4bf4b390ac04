"""Binds finished papers into one file: bookmarks, links to exhibits, and above each page where it belongs."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from pikepdf import OutlineItem

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.letter import MARGIN
from ccfs_desktop.reports.kit.paper import A4, Paper
from ccfs_desktop.reports.kit.surface import MM
from ccfs_desktop.reports.kit.text import clean
from ccfs_desktop.reports.kit.words import Words

_NAME = re.compile(r"(?<![\w-])[A-M]-\d+(?![\w-])")
_Rectangle = tuple[float, float, float, float]
_STAMP = 5.4
"""The base line of the stamp, in millimetres from the upper edge: above the head of every paper."""


@dataclass(frozen=True)
class Bound:
    """What is to be bound in, in order."""

    name: str
    """Of an exhibit, such as ``C-3``; empty for the pages around them."""
    title: str
    chapter: str
    """The bookmark it stands under; empty for one of its own."""
    pdfs: Sequence[bytes]
    see: Sequence[str] = ()
    """Names of exhibits that belong to it."""


def bind(parts: Sequence[Bound], *, title: str, words: Words, made: datetime, number: str) -> bytes:
    """Return one file with all parts.

    Args:
        parts: in order.
        title: of the whole, for viewers.
        words: its languages.
        made: local time of printing.
        number: of the document; printed beside the page of the pack.
    """
    with ExitStack() as opened:
        book = opened.enter_context(pikepdf.new())
        spans: list[tuple[int, int]] = []
        marks: list[list[tuple[str, int]]] = []
        for part in parts:
            first, marked = len(book.pages), list[tuple[str, int]]()
            for pdf in part.pdfs:
                source = opened.enter_context(pikepdf.open(io.BytesIO(pdf)))
                marked += [(told, len(book.pages) + n) for told, n in _marks(source)]
                book.pages.extend(source.pages)
            spans.append((first, len(book.pages)))
            marks.append(marked)
        _describe(book, opened.enter_context(pikepdf.open(io.BytesIO(parts[0].pdfs[0]))), title)
        _stamp(book, opened, parts, spans, words=words, made=made, number=number)
        _outline(book, parts, spans, marks)
        _link(book, parts, spans)
        data = io.BytesIO()
        book.save(data, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.getvalue()


def pages(pdf: bytes) -> int:
    """Return how many pages a part has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _describe(book: pikepdf.Pdf, first: pikepdf.Pdf, title: str) -> None:
    """Take over language, author and time of printing from the first part."""
    for key, value in first.docinfo.items():
        book.docinfo[key] = value if isinstance(value, pikepdf.Name) else str(value)
    book.docinfo["/Title"] = clean(title)
    for key in ("/Lang", "/ViewerPreferences"):
        if key in first.Root:
            book.Root[key] = book.copy_foreign(first.Root[key]) if key != "/Lang" else str(first.Root[key])
    book.Root["/PageMode"] = pikepdf.Name("/UseOutlines")


def _marks(source: pikepdf.Pdf) -> list[tuple[str, int]]:
    """Return the bookmarks a part has itself, with the page each leads to."""
    if "/Outlines" not in source.Root:
        return []
    places = {page.obj.objgen: n for n, page in enumerate(source.pages)}
    with source.open_outline() as outline:
        found = [(item.title, item.destination) for item in outline.root]
    return [(told, places.get(place[0].objgen, 0)) for told, place in found if isinstance(place, pikepdf.Array)]


def _stamp(
    book: pikepdf.Pdf, opened: ExitStack, parts: Sequence[Bound], spans: Sequence[tuple[int, int]], *, words: Words,
    made: datetime, number: str,
) -> None:  # fmt: skip
    """Write above each page which exhibit it is, which page of it, and which page of the pack."""
    paper = Paper("", language=words.languages[0], made=made)
    paper.section()
    for part, (first, last) in zip(parts, spans, strict=True):
        for at in range(first, last):
            if at:
                paper.section(landscape=_is_landscape(book.pages[at]))
            across = paper.width - MARGIN
            whole = words.first(N_("Pack {number} · page {page} of {pages}"), number=number, page=at + 1,
                               pages=len(book.pages))  # fmt: skip
            paper.text(MARGIN, _STAMP, whole, 7.5)
            if part.name:
                message = N_("Exhibit {name} · page {page} of {pages}")
                if part.see:
                    message = N_("Exhibit {name} · page {page} of {pages} · see {others}")
                told = words.first(message, name=part.name, page=at - first + 1, pages=last - first,
                                   others=", ".join(part.see))  # fmt: skip
                paper.text(across, _STAMP, told, 9.5, bold=True, align="right")
    stamps = opened.enter_context(pikepdf.open(io.BytesIO(paper.finish())))
    for page, stamp in zip(book.pages, stamps.pages, strict=True):
        page.add_overlay(stamp, pikepdf.Rectangle(page.mediabox))


def _link(book: pikepdf.Pdf, parts: Sequence[Bound], spans: Sequence[tuple[int, int]]) -> None:
    """Let the name of an exhibit, wherever the pages around the exhibits say it, lead to its first page."""
    targets = {part.name: book.pages[first] for part, (first, _last) in zip(parts, spans, strict=True) if part.name}
    for part, (first, _last) in zip(parts, spans, strict=True):
        if part.name:
            continue
        at = first
        for pdf in part.pdfs:
            for page, found in enumerate(_named(pdf)):
                _add_links(
                    book, book.pages[at + page], [(box, targets[name]) for name, box in found if name in targets]
                )
            at += pages(pdf)


def _add_links(book: pikepdf.Pdf, page: pikepdf.Page, links: Sequence[tuple[_Rectangle, pikepdf.Page]]) -> None:
    made = [
        book.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                F=4,
                Border=[0, 0, 0],
                Rect=[round(edge, 2) for edge in box],
                Dest=[target.obj, pikepdf.Name.Fit],
            )
        )
        for box, target in links
    ]
    if made:
        page.obj["/Annots"] = pikepdf.Array([*page.obj.get("/Annots", ()), *made])


def _named(pdf: bytes) -> Iterator[list[tuple[str, _Rectangle]]]:
    """Find what looks like the name of an exhibit, page by page, with where it stands, in points from below."""
    import pypdfium2  # noqa: PLC0415 (needed here only)

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            found: list[tuple[str, _Rectangle]] = []
            for match in _NAME.finditer(text.get_text_range()):
                boxes = [text.get_charbox(index) for index in range(*match.span())]
                left, low, right, high = zip(*boxes, strict=True)
                found.append((match[0], (min(left) - 3, min(low) - 3, max(right) + 3, max(high) + 3)))
            yield found
    finally:
        document.close()


def _is_landscape(page: pikepdf.Page) -> bool:
    left, low, right, high = (float(edge) for edge in page.mediabox)
    return right - left > high - low or right - left > (A4[0] + 1) * MM


def _outline(
    book: pikepdf.Pdf, parts: Sequence[Bound], spans: Sequence[tuple[int, int]],
    marks: Sequence[Sequence[tuple[str, int]]],
) -> None:  # fmt: skip
    with book.open_outline() as outline:
        chapters: dict[str, OutlineItem] = {}
        for part, (first, _last), own in zip(parts, spans, marks, strict=True):
            item = OutlineItem(clean(f"{part.name}  {part.title}".strip()), first)
            item.children.extend(OutlineItem(told, at) for told, at in own)
            item.is_closed = True
            if not part.chapter:
                outline.root.append(item)
                continue
            if part.chapter not in chapters:
                chapters[part.chapter] = OutlineItem(clean(part.chapter), first)
                chapters[part.chapter].is_closed = True
                outline.root.append(chapters[part.chapter])
            chapters[part.chapter].children.append(item)
