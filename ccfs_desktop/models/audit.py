"""The sealed trail of who changed what: a chain that is never rewritten, beside payloads that may be erased.

Source: security.md 3.1.
"""

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.models.base import Base


class AuditEntry(Base, kw_only=True):
    """One link of the chain. Holds no personal data, only a commitment to the payload."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_entity", "entity", "entity_id"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    """UTC, ISO 8601 with microseconds and Z."""
    actor: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(24))
    device: Mapped[str] = mapped_column(String(80))
    app: Mapped[str] = mapped_column(String(24))
    transaction: Mapped[str] = mapped_column(String(32), index=True)
    """Shared by all entries of one user action."""
    action: Mapped[str] = mapped_column(String(120))
    """What the user did, untranslated: ``Sign in a child``."""
    undoes: Mapped[str] = mapped_column(String(32))
    """The transaction that this one takes back, or empty."""
    final: Mapped[bool]
    """Whether the action cannot be undone, such as printing a numbered sheet."""
    kind: Mapped[str] = mapped_column(String(12))
    """create, update, delete, or note (something was done that changed no record)."""
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[str] = mapped_column(String(40))
    payload_hash: Mapped[str] = mapped_column(String(64))
    prev: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditPayload(Base, kw_only=True):
    """What changed, and the salt that keeps the commitment from being guessed. Erasing both leaves the chain valid."""

    __tablename__ = "audit_payload"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    body: Mapped[str | None]
