"""Refuse a hostile or damaged package before anything inside it is read."""

import io
import itertools
import re
import stat
import zipfile

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

FILE_BYTES = 25 << 20
"""The largest file that is read at all."""

_ENTRIES = 2000
_ENTRY_BYTES = 80 << 20
_TOTAL_BYTES = 150 << 20
_RATIO = 250
_RATIO_FROM = 1 << 20

_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile('[\\x00-\\x1f<>"|?*\\\\:\u202a-\u202e\u2066-\u2069]')


def too_large() -> UserError:
    """Say that a file is larger than any factory's list."""
    return UserError(
        _("This file is too large for a list. Copy the list alone into a new workbook, save it as .xlsx and try again.")
    )


def damaged() -> UserError:
    """Say that a file is not what its name says, or arrived incomplete."""
    return UserError(
        _("This file is damaged or incomplete. Open it in Excel, save it again as .xlsx and try that file.")
    )


def check_package(data: bytes) -> list[zipfile.ZipInfo]:
    """Look at a ZIP package's table of contents and return it.

    Args:
        data: the whole file.

    Raises:
        UserError: the package is too large, damaged, protected, or built to do harm.

    Source: security.md §4.5
    """
    if len(data) > FILE_BYTES:
        raise too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged() from error
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _TOTAL_BYTES:
        raise too_large()
    for entry in entries:
        _check_entry(entry)
    if len({entry.filename.casefold() for entry in entries}) < len(entries) or _overlap(entries):
        raise damaged()
    return entries


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse one entry that no spreadsheet program would write."""
    if entry.flag_bits & 1:
        raise UserError(_("This file is protected by a password. Remove the password in Excel and save it again."))
    suspicious = entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(1, entry.compress_size)
    if entry.file_size > _ENTRY_BYTES or suspicious:
        raise too_large()
    packed = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if not packed or stat.S_ISLNK(entry.external_attr >> 16) or not _safe(entry.filename):
        raise damaged()


def _safe(name: str) -> bool:
    """Tell whether a name inside a package stays inside it on every system."""
    if not name or len(name) > 200 or _FORBIDDEN.search(name):
        return False
    parts = name.rstrip("/").split("/")
    return all(part not in ("", ".", "..") and part[-1] not in ". " and not _RESERVED.match(part) for part in parts)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Tell whether two entries share bytes, as only a bomb's do."""
    spans = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    return any(first[1] > second[0] for first, second in itertools.pairwise(spans))
