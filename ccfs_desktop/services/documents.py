"""The register of issued documents: numbers without a gap, editions, and the files exactly as they were issued.

Whether a role may issue or look is to be asked here and nowhere else: in ``draft``, in ``listed`` and in ``pdf``.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ccfs_desktop import __version__
from ccfs_desktop.db.trail import Head, seal
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.document import Document, DocumentFile, SigningKey
from ccfs_desktop.services import roles
from ccfs_desktop.services.papers import Imprint
from ccfs_desktop.services.roles import Right

_FRESH = timedelta(minutes=15)
"""How long a document about today may be printed again instead of issued anew. Ours: a quarter hour of the ratio."""
_OWN = tuple(table.__tablename__ for table in (Document, DocumentFile, SigningKey))
_MARK = re.compile(rb"CCFSISSUED1 (\d{4}) (\d{4,9}) (\d{1,12}) ([0-9a-f]{64}) ([0-9a-f]{64})")


@dataclass(frozen=True)
class Wanted:
    """A document somebody asks for."""

    name: str
    title: str
    """Untranslated."""
    first_day: date
    last_day: date
    filters: str = ""
    languages: tuple[str, ...] = ("en",)

    @property
    def key(self) -> tuple[str, date, date, str, str]:
        """As :attr:`Document.key`."""
        return (self.name, self.first_day, self.last_day, self.filters, ",".join(self.languages))


class Mark(NamedTuple):
    """What a file of ours says of itself, in several places, in plain letters."""

    number: str
    head_seq: int
    head_hash: str
    fingerprint: str

    @property
    def text(self) -> str:
        """As it stands in the file: letters, digits and spaces, which no PDF library writes any other way."""
        return f"CCFSISSUED1 {self.number.replace('-', ' ')} {self.head_seq} {self.head_hash} {self.fingerprint}"

    @property
    def seal(self) -> str:
        """The head of the audit trail as it is printed."""
        return f"#{self.head_seq} {seal(bytes.fromhex(self.head_hash))}"


def marks(raw: bytes) -> list[Mark]:
    """Return what a file says of itself, from its beginning to its end; nothing for a foreign file."""
    found = (match.groups() for match in _MARK.finditer(raw))
    return [
        Mark(f"{year.decode()}-{serial.decode()}", int(seq), link.decode(), key.decode())
        for year, serial, seq, link, key in found
    ]


# ---------------------------------------------------------------------------------------------------------------- issue
def draft(session: Session, wanted: Wanted, head: Head, *, by: str, at: datetime, fingerprint: str) -> Document:
    """Prepare the entry of a document that is about to be drawn, with the next free number.

    Args:
        session: the one in which its facts are read.
        wanted: what it is.
        head: the newest link of the trail in this session.
        by: who issues it.
        at: now, local time.
        fingerprint: of the office's certificate.
    """
    serial = _next(session)
    return Document(
        serial=serial, number=f"{at.year}-{serial:04}", name=wanted.name, title=wanted.title,
        first_day=wanted.first_day, last_day=wanted.last_day, filters=wanted.filters,
        languages=",".join(wanted.languages), edition=len(_editions(session, wanted.key)) + 1, issued_at=at,
        issued_by=by, program=__version__, head_seq=head.seq, head_hash=head.hash.hex(), fingerprint=fingerprint,
        sha256="", size=0, pages=0,
    )  # fmt: skip


def imprint(document: Document) -> Imprint:
    """Return what the foot of every page says."""
    return Imprint(
        document.number, document.edition, document.first_day, document.last_day, document.filters,
        mark(document).seal, document.fingerprint,
    )  # fmt: skip


def mark(document: Document) -> Mark:
    """Return what the file says of itself."""
    return Mark(document.number, document.head_seq, document.head_hash, document.fingerprint)


def register(session: Session, document: Document, pdf: bytes, pages: int) -> bool:
    """Enter a document and keep its file.

    Returns:
        False, and nothing is entered, when somebody else has taken its number in the meantime.
    """
    if _next(session) != document.serial:
        return False
    document.sha256, document.size, document.pages = hashlib.sha256(pdf).hexdigest(), len(pdf), pages
    session.add(document)
    session.flush()
    session.add(DocumentFile(document_id=document.id, pdf=pdf))
    session.flush()
    return True


def unchanged(session: Session, wanted: Wanted, now: datetime) -> Document | None:
    """Return the newest edition if it still says all there is to say: nothing was recorded since.

    A document that reaches up to today grows old by itself; it is taken again only within a quarter of an hour.
    """
    last = next(iter(_editions(session, wanted.key)), None)
    if last is None or last.program != __version__:
        return None
    over = last.last_day < last.issued_at.date()
    if not over and now - last.issued_at > _FRESH:
        return None
    since = select(AuditEntry.seq).where(
        AuditEntry.seq > last.head_seq, AuditEntry.kind != "note", AuditEntry.entity.not_in(_OWN)
    )
    return None if session.scalars(since.limit(1)).first() else last


# ----------------------------------------------------------------------------------------------------------------- look
def listed(session: Session) -> list[Document]:
    """Return all documents that were issued, newest first, without their files."""
    return list(session.scalars(select(Document).order_by(Document.serial.desc())))


def pdf(session: Session, document_id: int) -> bytes:
    """Return a document's file exactly as it was issued.

    Raises:
        UserError: the file was erased when its time was over.
    """
    kept = session.scalars(select(DocumentFile.pdf).where(DocumentFile.document_id == document_id)).first()
    if kept is None:
        raise UserError(_("The file of this document was erased; its number and seal remain. Issue a new edition."))
    return kept


def get(session: Session, document_id: int) -> Document:
    """Return a document."""
    return session.get_one(Document, document_id)


def of_bytes(session: Session, raw: bytes) -> Document | None:
    """Return the document whose file these bytes are."""
    return session.scalars(select(Document).where(Document.sha256 == hashlib.sha256(raw).hexdigest())).first()


def of_number(session: Session, number: str) -> Document | None:
    """Return the document with a number."""
    return session.scalars(select(Document).where(Document.number == number)).first()


def editions(session: Session, document: Document) -> list[Document]:
    """Return the other editions of a document, newest first."""
    return [one for one in _editions(session, document.key) if one.id != document.id]


def newest(documents: Iterable[Document]) -> dict[int, Document]:
    """Return for each document that has a newer edition the newest one, by its id."""
    last: dict[object, Document] = {}
    held = list(documents)
    for one in held:
        if one.key not in last or one.edition > last[one.key].edition:
            last[one.key] = one
    return {one.id: last[one.key] for one in held if last[one.key].id != one.id}


def _next(session: Session) -> int:
    return (session.scalars(select(func.max(Document.serial))).one() or 0) + 1


def _editions(session: Session, key: tuple[str, date, date, str, str]) -> list[Document]:
    name, first, last, filters, languages = key
    query = select(Document).where(
        Document.name == name, Document.first_day == first, Document.last_day == last,
        Document.filters == filters, Document.languages == languages,
    )  # fmt: skip
    return list(session.scalars(query.order_by(Document.edition.desc())))


roles.guard(globals(), Right.FIGURES, {Right.OFFICE: (draft, register, unchanged), Right.DETAILS: (listed, pdf)})
