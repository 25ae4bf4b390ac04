"""The number of a sheet, and the twenty characters in the QR codes of its pages.

``S1`` · sheet (8) · page (2) · layout (2) · revision (1) · seal (5). No name, no date and no child's number is in it.

Source: `scanback.md` 6
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to be misread
_AS_READ = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_MARK = "S1"
_FORM = re.compile(rf"{_MARK}[{_LETTERS}]{{8}}[0-9]{{2}}[A-Z][0-9][{_LETTERS}]{{6}}")


@dataclass(frozen=True)
class PageCode:
    """What the QR code of a page says."""

    sheet: str
    page: int
    layout: str
    revision: int


def new_sheet_code(draw: Callable[[int], int] = secrets.randbits) -> str:
    """Draw a number for a new sheet: eight characters, never seen before in practice."""
    return _base32(draw(40), 8)


def written(sheet: str) -> str:
    """Return a sheet's number as people read it: ``7K2M-9QXA``."""
    return f"{sheet[:4]}-{sheet[4:]}"


def typed(text: str) -> str:
    """Return the sheet's number somebody typed, forgiving case, blanks, O for 0 and I or L for 1.

    Raises:
        UserError: it cannot be a sheet's number.
    """
    sheet = text.upper().translate(_AS_READ)
    if len(sheet) != 8 or set(sheet) - set(_LETTERS):
        raise UserError(_("A sheet's number has eight letters and digits, such as 7K2M-9QXA. Type it again."))
    return sheet


def scanned(text: str, site_key: bytes) -> str:
    """Return a sheet's number from what was typed or read from the QR code of one of its pages.

    Args:
        text: as it came; a number is not checked here.
        site_key: this office's own key.

    Raises:
        UserError: see :func:`decode`.
    """
    plain = text.strip().upper()
    return decode(plain, site_key).sheet if len(plain) > 16 else plain


def encode(page: PageCode, site_key: bytes) -> str:
    """Return the twenty characters for a page's QR codes.

    Args:
        page: which page of which sheet.
        site_key: this office's own key; another office's sheets are refused by it.
    """
    body = f"{_MARK}{page.sheet}{page.page:02}{page.layout}{_LETTERS[page.revision % 32]}"
    return body + _seal(body, site_key)


def decode(text: str, site_key: bytes) -> PageCode:
    """Read the characters of a page's QR code.

    Raises:
        UserError: the code is damaged, not from a sign-in sheet, or from another office.
    """
    if not _FORM.fullmatch(text):
        raise UserError(_("This is not the code of a sign-in sheet. Scan the sheet again, or type its number."))
    body, seal = text[:-5], text[-5:]
    if not hmac.compare_digest(seal, _seal(body, site_key)):
        raise UserError(_("This sheet was not printed by this office. Type its number if you are sure that it was."))
    return PageCode(body[2:10], int(body[10:12]), body[12:14], _LETTERS.index(body[14]))


def _seal(body: str, site_key: bytes) -> str:
    digest = hmac.new(site_key, body.encode("ascii"), hashlib.sha256).digest()
    return _base32(int.from_bytes(digest[:4], "big") >> 7, 5)


def _base32(value: int, length: int) -> str:
    return "".join(_LETTERS[value >> 5 * place & 31] for place in reversed(range(length)))
