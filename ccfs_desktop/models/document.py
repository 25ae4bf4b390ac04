"""Issued documents: what was handed out, when, by whom, under which seal, and its very bytes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Record, label


class Document(Record, kw_only=True):
    """One document that was handed out. It is never changed; another edition is another document."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_edition", "name", "first_day", "last_day"),)

    serial: Mapped[int] = mapped_column(unique=True)
    """Counts from 1 without a gap: a missing number would be seen."""
    number: Mapped[str] = mapped_column(String(16), unique=True, info=label(N_("Document no.")))
    """The year of issue and the serial: ``2017-0004``."""
    name: Mapped[str] = mapped_column(String(40))
    """As in the catalogue of documents."""
    title: Mapped[str] = mapped_column(String(200), info=label(N_("Document")))
    """Untranslated."""
    first_day: Mapped[date] = mapped_column(info=label(N_("From")))
    last_day: Mapped[date] = mapped_column(info=label(N_("Until")))
    filters: Mapped[str] = mapped_column(String(300), default="", info=label(N_("Choice")))
    """What it was limited to, in words; empty for everything. Never a child's name."""
    languages: Mapped[str] = mapped_column(String(40), default="en")
    edition: Mapped[int] = mapped_column(default=1, info=label(N_("Edition")))
    """Counts documents of the same name, period, choice and languages."""
    issued_at: Mapped[datetime] = mapped_column(info=label(N_("Issued at")))
    issued_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Issued by")))
    program: Mapped[str] = mapped_column(String(20))
    """Version of the program that drew it."""
    head_seq: Mapped[int]
    """The newest link of the audit trail when its facts were read …"""
    head_hash: Mapped[str] = mapped_column(String(64))
    """… and that link's SHA-256, hexadecimal."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the certificate whose key signed it, hexadecimal."""
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the file, hexadecimal."""
    size: Mapped[int]
    """Of the file, in bytes."""
    pages: Mapped[int] = mapped_column(info=label(N_("Pages")))

    @property
    def key(self) -> tuple[str, date, date, str, str]:
        """What two editions of a document have in common."""
        return (self.name, self.first_day, self.last_day, self.filters, self.languages)


class DocumentFile(Record, kw_only=True):
    """The signed PDF exactly as it was issued. It may be erased when its time is over; the document stays."""

    __tablename__ = "document_file"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    """The trail keeps only its SHA-256."""


class SigningKey(Record, kw_only=True):
    """The key pair with which this office signs what it issues: one for each office, made when it is first needed."""

    __tablename__ = "signing_key"

    certificate: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    """X.509, DER."""
    private: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    """PKCS #8, DER, sealed with a key derived from the general one and bound to the certificate."""
    made_at: Mapped[datetime]
