"""Open a factory's file, whatever it is and wherever it came from, without trusting it."""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services.listing import child, guard, separated
from ccfs_desktop.services.listing.sheet import Book, Sheet

SECONDS = 60
"""How long a file may take to be read."""

_HEAD = 4096
_COMPOUND, _PACKAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"

_NO_LIST: tuple[tuple[bytes, str], ...] = (
    (b"MZ", N_("This file is a program, not a list. Do not open it; ask whoever sent it for the list.")),
    (b"\x7fELF", N_("This file is a program, not a list. Do not open it; ask whoever sent it for the list.")),
    (b"%PDF", N_("This file is a PDF. Ask for the list as an Excel file (.xlsx).")),
    (b"\x89PNG", N_("This file is a picture. Ask for the list as an Excel file (.xlsx).")),
    (b"\xff\xd8\xff", N_("This file is a picture. Ask for the list as an Excel file (.xlsx).")),
    (b"Rar!", N_("This file is a compressed folder. Unpack it and choose the list inside.")),
    (b"7z\xbc\xaf", N_("This file is a compressed folder. Unpack it and choose the list inside.")),
    (b"{\\rtf", N_("This file is a text document. Copy the table into Excel and save it as .xlsx.")),
)

_REFUSED = {
    "password": N_("This file is protected by a password. Remove the password in Excel and save it again."),
    "damaged": N_("This file is damaged or incomplete. Open it in Excel, save it again as .xlsx and try that file."),
    "far": N_(
        "This sheet is larger than any list, perhaps because of one stray cell far away. "
        "Copy the list alone into a new workbook, save it as .xlsx and try again."
    ),
}


class CancelledError(UserError):
    """The user stopped the reading; nothing was changed."""


def open_book(path: Path, cancel: Callable[[], bool] | None = None) -> Book:
    """Open an .xlsx, .xls, .ods or .csv file; its content decides, not its name.

    Args:
        path: the file; it is read once and never written.
        cancel: asked again and again whether to stop.

    Raises:
        UserError: the file cannot be read; the sentence says why and what to do.
        CancelledError: ``cancel`` said yes.
    """
    data = _bytes(path)
    kind = _kind(data, path.name)
    if kind == "text":
        return Book(path.name, (separated.read(data, path.stem),))
    if kind != "xls":
        guard.check_package(data)
    return Book(path.name, tuple(_read_apart(kind, data, cancel)))


def _bytes(path: Path) -> bytes:
    """Read the whole file, with a sentence for every way that can fail."""
    if path.name.startswith("~$"):
        raise UserError(_("This is a note Excel keeps while the list is open. Choose the file without “~$”."))
    try:
        if path.is_dir():
            raise UserError(_("“{name}” is a folder. Choose the list in it.").format(name=path.name))
        if path.stat().st_size > guard.FILE_BYTES:
            raise guard.too_large()
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(_("There is no file “{name}”.").format(name=path.name)) from error
    except PermissionError as error:
        sentence = _("“{name}” is open in another program, or you may not read it. Close it there and try again.")
        raise UserError(sentence.format(name=path.name)) from error
    except OSError as error:
        sentence = _("“{name}” cannot be read. Copy it to this PC and try again.")
        raise UserError(sentence.format(name=path.name)) from error
    if not data.strip(b"\0 \r\n\t"):
        raise UserError(_("This file is empty."))
    return data


def _kind(data: bytes, name: str) -> str:
    """Tell the kind of file from its first bytes.

    Returns:
        ``xlsx``, ``ods``, ``xls`` or ``text``.
    """
    for mark, sentence in _NO_LIST:
        if data.startswith(mark):
            raise UserError(_(sentence))
    if data.startswith(_PACKAGE):
        return _package_kind(data)
    if data.startswith(_COMPOUND):
        return _compound_kind(data)
    return _text_kind(data, name)


def _compound_kind(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UserError(_(_REFUSED["password"]))
    if "WordDocument".encode("utf-16-le") in data:
        raise UserError(_("This file is a text document. Copy the table into Excel and save it as .xlsx."))
    return "xls"


def _text_kind(data: bytes, name: str) -> str:
    if data[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        raise UserError(_("This file was made by a very old Excel. Open it in Excel and save it as .xlsx."))
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<div", b"<style")):
        raise UserError(_("This is a web page saved under the name of a list. Open it in Excel and save it as .xlsx."))
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods")) and b"\0" in data[:_HEAD]:
        raise guard.damaged()
    return "text"


def _package_kind(data: bytes) -> str:
    names = {entry.filename for entry in guard.check_package(data)}
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith("xl/") for name in names):
        raise UserError(_("This is a binary Excel file (.xlsb). Open it in Excel and save it as .xlsx."))
    if any(name.startswith("word/") for name in names):
        raise UserError(_("This file is a text document. Copy the table into Excel and save it as .xlsx."))
    raise UserError(_("This is not a list the program can read. Save the list in Excel as .xlsx and choose that file."))


def _read_apart(kind: str, data: bytes, cancel: Callable[[], bool] | None) -> list[Sheet]:
    """Have the file read by a process of its own, which is stopped when it takes too long."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=child.serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = _conversation(ours, kind, data, cancel)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    sheets = child.unpacked(answer)
    if isinstance(sheets, str):
        raise UserError(_(_REFUSED.get(sheets, _REFUSED["damaged"])))
    return sheets


def _conversation(channel: Connection, kind: str, data: bytes, cancel: Callable[[], bool] | None) -> bytes:
    deadline = time.monotonic() + SECONDS
    try:
        channel.send_bytes(kind.encode())
        channel.send_bytes(data)
        while not channel.poll(0.05):
            if cancel and cancel():
                raise CancelledError(_("Reading the list was cancelled. Nothing was changed."))
            if time.monotonic() > deadline:
                raise UserError(_("Reading this file takes too long. Copy the list alone into a new workbook."))
        return channel.recv_bytes()
    except (EOFError, OSError) as error:
        raise guard.damaged() from error
