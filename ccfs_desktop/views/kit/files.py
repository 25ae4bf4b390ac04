"""Reading a file somebody chose."""

from pathlib import Path

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _


def read(path: Path, most: int = 64 << 20) -> bytes:
    """Return a file's bytes; of one that is larger than ``most`` only so many and one more, so that it is refused.

    Raises:
        UserError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        sentence = _("“{name}” cannot be read. Copy it to this PC and try again.")
        raise UserError(sentence.format(name=path.name)) from error
