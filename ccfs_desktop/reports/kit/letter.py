"""Head and foot of an ordinary document: whose it is, what it is, which day, which page."""

from collections.abc import Sequence

from ccfs_desktop.i18n import N_
from ccfs_desktop.reports.kit.marks import qr_code
from ccfs_desktop.reports.kit.paper import Paper
from ccfs_desktop.reports.kit.surface import FINE
from ccfs_desktop.reports.kit.words import Words, iso, printed
from ccfs_desktop.services.papers import Imprint, Letterhead
from ccfs_desktop.services.sheet_geometry import Box

MARGIN = 12.0
"""White on the left and on the right, in millimetres."""

BOTTOM = 14.0
"""Kept free at the foot, in millimetres."""

TRAIL_SEAL = N_("Seal of the audit trail when this was printed; it covers every entry made until then:")
"""Said above the seal where a paper shows it apart from its foot."""

_ISSUED = 13.4
"""From the lower edge to the line above the foot of an issued document."""
_QR = 8.7
"""29 squares of 0.3 mm: read back from a scan of 200 dots to the inch."""

_NUMBER, _EDITION, _SEAL, _KEY = N_("Document no."), N_("Edition {n}"), N_("Seal"), N_("Signing key")


def sender(letterhead: Letterhead) -> str:
    """Return the line that says whose paper this is: factory, space, season."""
    latin = letterhead.factory_latin if letterhead.factory_latin != letterhead.factory else ""
    names = (letterhead.factory, latin, letterhead.space, letterhead.season)
    return "  ·  ".join(name for name in names if name)


def head(
    paper: Paper,
    words: Words,
    letterhead: Letterhead,
    message: str,
    *,
    under: Sequence[str] = (),
    right: float = 0.0,
) -> float:
    """Draw the head of a page.

    Args:
        paper: the document.
        words: its languages.
        letterhead: whose paper it is.
        message: the title, marked.
        under: the day or other facts below the title, first one large, in words ready to print.
        right: millimetres to keep free at the right end.

    Returns:
        where the content may begin.
    """
    across = paper.width - 2 * MARGIN - right
    paper.fill(Box(MARGIN, 8.5, across, 4.2), sender(letterhead), 8, most=1)
    title_line(paper, words, message, Box(MARGIN, 13, across, 7.2))
    y = 21.0
    for index, fact in enumerate(under):
        high = 5.4 if index == 0 else 4.2
        paper.fill(Box(MARGIN, y, across, high), fact, 8 if index else 11, bold=not index, most=1)
        y += high
    return y + 2.5


def title_line(paper: Paper, words: Words, message: str, box: Box, size: float = 16) -> None:
    """Write a title: the first language large, the others beside it on the same line."""
    title, *others = words.each(message)
    base = box.top + box.height * 0.78
    beside = " / ".join(others)
    room = box.width * (0.62 if beside else 1.0)
    fitted = paper.fill(Box(box.left, box.top, room, box.height), title, size, bold=True, most=1)
    if beside:
        end = box.left + paper.measure(fitted.lines[0], fitted.size, bold=True) + 3
        paper.fill(Box(end, base - 3.9, box.right - end, 5), beside, size * 0.62, most=1)


def foot_height(letterhead: Letterhead) -> float:
    """Return how high the foot is, in millimetres; that of an issued document holds more."""
    return 10.5 if letterhead.imprint is None else _ISSUED


def foot(paper: Paper, words: Words, letterhead: Letterhead, page: int, pages: int, note: str = "") -> None:
    """Draw the foot of a page; of an issued document also its number, seal and key, and their QR code.

    Args:
        paper: the document.
        words: its languages.
        letterhead: who printed it.
        page: this page's number.
        pages: how many there are.
        note: ready words in the middle, such as "Confidential".
    """
    imprint = letterhead.imprint
    y = paper.height - foot_height(letterhead)
    across = paper.width - 2 * MARGIN
    paper.line(MARGIN, y, paper.width - MARGIN, y, FINE)
    if imprint is not None:
        across -= _QR + 2
        _imprint(paper, words, imprint, Box(MARGIN, y + 4.2, across, 5.2))
        qr_code(paper, Box(paper.width - MARGIN - _QR, y + 0.9, _QR, _QR), imprint.code)
    number = " / ".join(words.each(N_("Page {page} of {pages}"), page=page, pages=pages))
    third = across / 3
    paper.fill(Box(MARGIN, y + 0.8, third * 1.3, 4), printed(words, letterhead), 6, most=1)
    paper.fill(Box(MARGIN + third * 1.3, y + 0.8, third * 0.7, 4), note, 7, bold=True, align="centre", most=1)
    paper.fill(Box(MARGIN + 2 * third, y + 0.8, third, 4), number, 7.5, align="right", most=1)


def _imprint(paper: Paper, words: Words, imprint: Imprint, box: Box) -> None:
    """Write what makes this paper an issued document: one line of what it is, one of how it is sealed."""
    days = (imprint.first_day, imprint.last_day) if imprint.last_day != imprint.first_day else (imprint.first_day,)
    edition = words.both(_EDITION, n=imprint.edition) if imprint.edition > 1 else ""
    what = (
        f"{words.both(_NUMBER)} {imprint.number}", edition, " – ".join(iso(day) for day in days),
        imprint.filters,
    )  # fmt: skip
    groups = (imprint.fingerprint[n : n + 4].upper() for n in range(0, len(imprint.fingerprint), 4))
    sealed = f"{words.both(_SEAL)} {imprint.seal}  ·  {words.both(_KEY)} {' '.join(groups)}"
    half = box.height / 2
    paper.fill(
        Box(box.left, box.top, box.width, half), "  ·  ".join(one for one in what if one), 6.5, bold=True, most=1
    )
    paper.fill(Box(box.left, box.top + half, box.width, half), sealed, 6, most=1)
