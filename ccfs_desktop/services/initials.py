"""A name as far as it is shown to those who must not know whose it is."""

from typing import Any

from sqlalchemy.orm import Session

from ccfs_desktop.models.masked import mask


def masked(name: str) -> str:
    """Return the initials of a name: ``N. T. A.``; of one written in Chinese the first character: ``李**``."""
    return mask(name)


def veil(session: Session, record: Any, **shown: str) -> None:
    """Let a record be read with other words in some columns, and never be written back so.

    Args:
        session: that the record was read in; it is let go.
        record: the record.
        shown: column → what stands there instead.
    """
    session.expunge(record)
    for name, words in shown.items():
        setattr(record, name, words)
