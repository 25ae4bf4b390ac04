"""Files that prove something: photos are drawn anew, PDFs keep their pages and lose whatever could act."""

import io
import re
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.services import photos

LARGEST_BYTES = 10 << 20
MOST_PAGES = 50
_LONGEST_NAME = 120
_HEAD = 1024
"""A PDF says what it is within so many bytes; some scanners put their own before it."""
_PAGE = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
)
_ACTING = ("/A", "/AA", "/JS", "/AF", "/OpenAction", "/PieceInfo", "/Metadata")


@dataclass(frozen=True)
class Attachment:
    """A file as it may be kept."""

    name: str
    """Without a folder, at most 120 characters, ending in what it is."""
    kind: str
    """``jpeg`` or ``pdf``."""
    content: bytes


def clean(name: str, content: bytes) -> Attachment:
    """Return a file as it may be kept and shown again.

    A picture becomes a JPEG of at most 1024 pixels a side, without place and camera. Of a PDF the pages stay, with what
    was filled in or stamped on them; scripts, links, actions and files inside it go. Takes up to a second: call it on
    the worker thread.

    Args:
        name: its file name, from anybody.
        content: its bytes, from anybody.

    Raises:
        UserError: it is larger than 10 MB, has more than 50 pages, or is neither a picture nor a PDF.

    Source: security.md 4.5, load_photo; the limits of a PDF are ours.
    """
    if len(content) > LARGEST_BYTES:
        raise UserError(_("This file is larger than 10 MB. Save it smaller, or in parts, and try again."))
    if b"%PDF-" in content[:_HEAD]:
        return Attachment(_named(name, ".pdf"), "pdf", _pages_only(content))
    if not content.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF")):
        raise UserError(_("This file is neither a photo nor a PDF. Choose a JPEG, PNG or WebP picture, or a PDF."))
    return Attachment(_named(name, ".jpg"), "jpeg", photos.clean(content))


def _named(name: str, ending: str) -> str:
    stem = PureWindowsPath(name.replace("/", "\\")).stem
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", stem).split())
    return (plain or _("File"))[: _LONGEST_NAME - len(ending)] + ending


def _pages_only(content: bytes) -> bytes:
    """Write a PDF anew with nothing but what its pages show."""
    import pikepdf  # noqa: PLC0415 (only when a PDF is added)

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf, pikepdf.new() as kept:
            _check_pages(len(pdf.pages))
            _flatten(pdf)
            kept.pages.extend(pdf.pages)
            for page in kept.pages:
                _strip(page.obj)
            for held in kept.objects:
                _disarm(held)
            out = io.BytesIO()
            kept.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise UserError(_("This PDF is locked with a password. Save it without one and try again.")) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, KeyError, TypeError):
        raise UserError(_("This PDF is damaged. Print or scan it once more and try again.")) from None
    return out.getvalue()


def _check_pages(pages: int) -> None:
    if not pages:
        raise UserError(_("This PDF has no page."))
    if pages > MOST_PAGES:
        raise UserError(_("This PDF has more than {n} pages. Keep only those that prove it.").format(n=MOST_PAGES))


def _flatten(pdf: Any) -> None:
    """Draw what was filled in or stamped into the pages themselves."""
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")


def _strip(page: Any) -> None:
    for key in set(page.keys()) - _PAGE:
        del page[key]


def _disarm(held: Any) -> None:
    """Take from a dictionary what could act or hide, such as the script of a picture."""
    import pikepdf  # noqa: PLC0415

    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        for key in _ACTING:
            if key in held:
                del held[key]
