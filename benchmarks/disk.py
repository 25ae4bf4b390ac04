"""What is left on a disk when the power goes: what was forced to it, and any part of what was not."""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_NUMBERS = struct.Struct("<qqq")
_SECTOR = 512
MODES = ("drop", "torn", "drop", "torn", "all", "none")
"""What happens to writes that were not forced: some are lost, some are torn, all arrive, none arrives."""


@dataclass(frozen=True)
class Operation:
    """One thing that was done to a file."""

    kind: str
    """As in ``recorder.c``: written, cut to length, synced, unlinked, renamed."""
    name: str
    """Path below the folder; empty for the folder itself."""
    offset: int
    data: bytes


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    """What is on the disk for certain."""
    pending: list[Operation] = field(default_factory=list[Operation])


class Disk:
    """The files of one folder, as they are on the disk and as they may be."""

    def __init__(self, folder: Path) -> None:
        """Begin with what lies in the folder, all of it safe."""
        self._files = {
            str(file.relative_to(folder)): _File(bytearray(file.read_bytes()))
            for file in folder.rglob("*")
            if file.is_file()
        }
        self._removed: set[str] = set()

    def do(self, op: Operation) -> None:
        """Carry out an operation."""
        if op.kind in "WT":
            if op.name in self._removed:
                self._removed.discard(op.name)
                self._files[op.name] = _File()
            self._files.setdefault(op.name, _File()).pending.append(op)
        elif op.kind == "S":
            self._force(op.name)
        elif op.kind == "U" and op.name in self._files:
            self._removed.add(op.name)
        elif op.kind == "R":
            self._files[op.data.decode()] = self._files.pop(op.name)

    def _force(self, name: str) -> None:
        file = self._files.get(name)
        if file:
            for op in file.pending:
                _apply(file.safe, op)
            file.pending.clear()
        elif not name:  # the folder: what was removed stays removed
            for gone in self._removed:
                self._files.pop(gone, None)
            self._removed.clear()

    def after_power_cut(self, dice: random.Random, mode: str) -> dict[str, bytes]:
        """Return name → content, one of the many ways it may be."""
        left: dict[str, bytes] = {}
        for name, file in self._files.items():
            if name in self._removed and dice.random() < 0.5:
                continue
            content = bytearray(file.safe)
            for op in file.pending:
                for piece in _pieces(op, dice, mode):
                    _apply(content, piece)
            if content or file.safe:
                left[name] = bytes(content)
        return left


def read(record: Path, folder: Path) -> Iterator[Operation]:
    """Read what ``recorder.c`` wrote."""
    raw, at = record.read_bytes(), 0
    while at < len(raw):
        kind = chr(raw[at])
        path_length, offset, length = _NUMBERS.unpack_from(raw, at + 1)
        at += 1 + _NUMBERS.size
        name = _below(folder, raw[at : at + path_length])
        at += path_length
        carries = length if kind in "WR" else 0
        data = raw[at : at + carries]
        at += carries
        yield Operation(kind, name, offset, _below(folder, data).encode() if kind == "R" else data)


def _below(folder: Path, path: bytes) -> str:
    return path.decode().removeprefix(str(folder)).lstrip("/")


def _apply(content: bytearray, op: Operation) -> None:
    content.extend(bytes(max(0, op.offset - len(content))))
    if op.kind == "T":
        del content[op.offset :]
    else:
        content[op.offset : op.offset + len(op.data)] = op.data


def _pieces(op: Operation, dice: random.Random, mode: str) -> Iterator[Operation]:
    """Return what of an operation arrives."""
    luck = dice.random()
    if mode == "all" or (mode == "drop" and luck < 0.5) or (mode == "torn" and luck < 0.33):
        yield op
    elif mode == "torn" and luck < 0.67 and op.kind == "W":
        for start in range(0, len(op.data), _SECTOR):
            if dice.random() < 0.5:
                yield Operation("W", op.name, op.offset + start, op.data[start : start + _SECTOR])
