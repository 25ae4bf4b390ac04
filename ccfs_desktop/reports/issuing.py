"""Issuing a report: number it, draw it, make it a PDF/A-2b, sign it, keep it. All reports are handed out by ``issue``.

The facts are read, drawn and signed outside any write, so that a long report holds nobody up; only entering it in the
register is a transaction. If another document was issued meanwhile, it is drawn anew with the next number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import catalogue
from ccfs_desktop.reports.kit.archive import as_archive, page_count
from ccfs_desktop.services import documents, offices, seasons, sheets, signing
from ccfs_desktop.services.documents import Wanted
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.services.signing import OfficeKey

Draw = Callable[[Any, Season, Letterhead], bytes]
"""Reads the facts through a session that only reads, and draws them: ``(session, season, head) -> PDF``."""

_TRIES = 5
_MOST = 300


@dataclass(frozen=True)
class Issued:
    """A document as it was handed out."""

    document: Document
    pdf: bytes
    again: bool
    """Whether nothing had changed since the last edition, so that its very bytes were handed out again."""


def issue(
    db: Database,
    name: str,
    draw: Draw,
    *,
    first_day: date,
    last_day: date | None = None,
    filters: Iterable[str] = (),
    languages: tuple[str, ...] = (),
    season: Season | None = None,
    title: str = "",
    anew: bool = False,
) -> Issued:
    """Issue a document: numbered, PDF/A-2b, signed, and kept in the register.

    When nothing was recorded since the last edition of just this document, that edition is handed out again.

    Args:
        db: the office.
        name: of the document in the catalogue.
        draw: reads and draws it; each page's foot must be ``kit.letter.foot``, which prints number and seal.
        first_day: first day it speaks of.
        last_day: last one; the same day unless given.
        filters: what it is limited to, in words that may stand in a register: never a child's name.
        languages: of the paper; the factory's own unless given.
        season: the one of the first day unless given.
        title: other than the catalogue's, untranslated, such as a checklist's.
        anew: as a new edition though nothing was recorded since the last one.

    Raises:
        UserError: whatever ``draw`` cannot do, or other documents are issued all the time.
    """
    words = " · ".join(one for one in filters if one)
    limited = words if len(words) <= _MOST else words[: _MOST - 1] + "…"
    wanted = Wanted(name, title or catalogue.document(name).title, first_day, last_day or first_day, limited, languages)
    key = signing.office_key(db)
    for _try in range(_TRIES):
        document, drawn = _drawn(db, wanted, season, key, draw, anew=anew)
        if drawn is None:
            return again(db, document.id)
        mark = documents.mark(document).text
        pdf = signing.sign(as_archive(drawn, mark=mark), key, reason=f"Issued as {document.number}", mark=mark)
        with db.begin(N_("Issue a document"), final=True) as session:
            if documents.register(session, document, pdf, page_count(pdf)):
                db.note(session, "print", name, {"document": document.number})
                return Issued(document, pdf, again=False)
    raise UserError(_("Other documents are being issued at the same time. Nothing was issued; try again."))


def _drawn(
    db: Database, wanted: Wanted, season: Season | None, key: OfficeKey, draw: Draw, *, anew: bool
) -> tuple[Document, bytes | None]:
    """Read and draw a document from one state of the data; return the last edition and None when that still holds."""
    now = clock.now().replace(second=0, microsecond=0)
    with db.read() as session:
        held = season or seasons.current(session, wanted.first_day)
        head = sheets.letterhead(offices.factory(session), held, by=db.actor.user, languages=wanted.languages)
        exact = replace(wanted, languages=head.languages)
        kept = None if anew else documents.unchanged(session, exact, now)
        if kept is not None:
            return kept, None
        document = documents.draft(
            session, exact, db.head(session), by=db.actor.user, at=now,
            fingerprint=signing.fingerprint(key.certificate),
        )  # fmt: skip
        return document, draw(session, held, replace(head, imprint=documents.imprint(document)))


def again(db: Database, document_id: int) -> Issued:
    """Hand a document out again: the same bytes. That it was goes into the trail.

    Raises:
        UserError: its file was erased.
    """
    with db.begin(N_("Print a document again"), final=True) as session:
        document = documents.get(session, document_id)
        pdf = documents.pdf(session, document_id)
        db.note(session, "print", document.name, {"document": document.number, "again": True})
    return Issued(document, pdf, again=True)
