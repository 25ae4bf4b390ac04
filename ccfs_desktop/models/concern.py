"""Safeguarding concerns: a track of its own that only holders of the sensitive key can read.

Nothing about a concern lies in the open, not even whom it is about: a row is a sealed letter. Anybody may put one in
(``services.letters``); letters are never changed, what comes later is a further letter. Source: domain.md 2.10, 8.8.
"""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.models.base import Record


class Concern(Record, kw_only=True):
    """A concern as it was first reported."""

    __tablename__ = "concern"
    __table_args__ = {"info": {"secret": True}}  # noqa: RUF012 (SQLAlchemy's own form)

    letter: Mapped[bytes] = mapped_column(LargeBinary, repr=False)
    """JSON, see ``services.concerns``."""
    frozen: Mapped[bool] = mapped_column(default=True)


class ConcernEntry(Record, kw_only=True):
    """What was done or learnt about a concern afterwards; its closing is one too."""

    __tablename__ = "concern_entry"
    __table_args__ = {"info": {"secret": True}}  # noqa: RUF012 (SQLAlchemy's own form)

    concern_id: Mapped[int] = mapped_column(ForeignKey("concern.id"), index=True)
    letter: Mapped[bytes] = mapped_column(LargeBinary, repr=False)
    frozen: Mapped[bool] = mapped_column(default=True)
