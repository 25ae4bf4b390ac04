"""What the cell values of an old .xls file do not tell: formulas, errors, hidden rows."""

import struct
from collections.abc import Iterator

from ccfs_desktop.services.listing.ooxml import Extras

_FORMULA, _SHEET, _ROW, _ERROR, _END = 0x0006, 0x0085, 0x0208, 0x0205, 0x000A
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FREE = 0xFFFFFFFA
"""Sector numbers from here on mean "end" or "unused"."""


def sheet_extras(data: bytes) -> list[Extras]:
    """Look into a workbook's sheets and return what was found, in the order of the file; nothing where it is odd."""
    try:
        stream = _workbook(data)
        starts = [struct.unpack_from("<I", body)[0] for code, body in _records(stream, 0) if code == _SHEET]
        return [_extras(stream, start) for start in starts]
    except (struct.error, IndexError):
        return []


def _extras(stream: bytes, start: int) -> Extras:
    extras = Extras()
    for code, body in _records(stream, start):
        if code == _FORMULA:
            extras.formulas[struct.unpack_from("<HH", body)] = "=…"
        elif code == _ERROR and body[7]:
            extras.replaced[struct.unpack_from("<HH", body)] = _ERRORS.get(body[6], "#N/A")
        elif code == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            extras.hidden_rows.append(struct.unpack_from("<H", body)[0])
    return extras


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Go through the records of one part of the stream, to its end mark."""
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        if code == _END:
            return
        yield code, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """Take the workbook's stream out of the compound file it is kept in."""
    size, small_size = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    directory_start, _sign, cutoff, small_start = struct.unpack_from("<IIII", data, 48)
    table = _sector_table(data, size)

    def chain(sector: int) -> bytes:
        found = bytearray()
        while sector < _FREE and len(found) <= len(data):
            found += data[(sector + 1) * size : (sector + 2) * size]
            sector = table[sector]
        return bytes(found)

    directory = chain(directory_start)
    root = directory[:128]
    for at in range(0, len(directory), 128):
        entry = directory[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<II", entry, 116)
            if length >= cutoff:
                return chain(first)[:length]
            small = struct.unpack(f"<{len(chain(small_start)) // 4}I", chain(small_start))
            return _small_chain(chain(struct.unpack_from("<I", root, 116)[0]), small, first, small_size)[:length]
    return b""


def _sector_table(data: bytes, size: int) -> list[int]:
    """Read the table that says which sector follows which."""
    sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _FREE]
    more = struct.unpack_from("<I", data, 68)[0]
    while more < _FREE and len(sectors) < len(data) // size:
        numbers = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += [sector for sector in numbers[:-1] if sector < _FREE]
        more = numbers[-1]
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _small_chain(stream: bytes, table: tuple[int, ...], sector: int, size: int) -> bytes:
    found = bytearray()
    while sector < _FREE and len(found) <= len(stream):
        found += stream[sector * size : (sector + 1) * size]
        sector = table[sector]
    return bytes(found)
