"""The log: what went wrong where, and never about whom.

Only numbers are written beside the program's own words. Texts may be names, so they become ``***``; the text of an
error may quote a record, so only its kind and the lines it passed through are written.
"""

import logging
from pathlib import Path
from types import TracebackType
from typing import Any

from ccfs_desktop import paths

_PROGRAM = "ccfs_desktop"
_BYTES, _FILES = 500_000, 4


def start() -> Path:
    """Write the log into the data folder from now on; return its folder. Where that fails there is none."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 (brings sockets along; the first window needs none)

    folder = paths.data_dir() / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "ccfs.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return folder
    handler.setFormatter(Plain())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(_PROGRAM).setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk must not stop the work it interrupts
    return folder


def trace(error: BaseException) -> str:
    """Return what may be shown or sent about a bug: kinds of errors and the lines they passed through."""
    told: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        told.append("\n".join([type(cause).__qualname__, *_lines(cause.__traceback__)]))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(told)


class Plain(logging.Formatter):
    """Time, level, module and message, with every text masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one entry."""
        when = self.formatTime(record)
        entry = f"{when} {record.levelname} {record.name}:{record.lineno} {_message(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{entry}\n{trace(error)}" if error else entry


def _message(record: logging.LogRecord) -> str:
    """Return our own words with numbers filled in; other libraries write values into theirs, so these stay away."""
    if record.name.partition(".")[0] != _PROGRAM:
        return "***"
    try:
        return str(record.msg) % _masked(record.args) if record.args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _masked(args: Any) -> Any:
    if isinstance(args, dict):
        return {name: _mask(value) for name, value in args.items()}
    return tuple(_mask(value) for value in args)


def _mask(value: object) -> object:
    return value if isinstance(value, int | float) else "***"


def _lines(step: TracebackType | None) -> list[str]:
    """Return the modules and lines an error passed through; paths would name the Windows user."""
    lines: list[str] = []
    while step is not None:
        frame = step.tb_frame
        lines.append(f"  {frame.f_globals.get('__name__', '?')}:{step.tb_lineno} {frame.f_code.co_name}")
        step = step.tb_next
    return lines
