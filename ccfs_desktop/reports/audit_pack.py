"""Making an audit pack: one signed PDF with numbered exhibits, its Excel twin, and a manifest of hashes beside them."""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccfs_desktop import i18n
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _, listed
from ccfs_desktop.models.document import Document
from ccfs_desktop.models.season import Season
from ccfs_desktop.reports import audit_pack_excel, audit_pack_exhibits, audit_pack_front, compliance_report
from ccfs_desktop.reports.audit_pack_binder import Bound, bind, pages
from ccfs_desktop.reports.audit_pack_exhibits import Exhibit, Kept
from ccfs_desktop.reports.audit_pack_front import ANNEXES, CLAUSES, CONTENTS, MANIFEST, REPORT, TITLE, Placed
from ccfs_desktop.reports.issuing import issue
from ccfs_desktop.reports.kit.text import veiled
from ccfs_desktop.reports.kit.words import Words
from ccfs_desktop.services import audit_pack, redaction
from ccfs_desktop.services.audit_pack import LETTERS, NAME, Pack, Wish
from ccfs_desktop.services.papers import Letterhead
from ccfs_desktop.vault import durable

Progress = Callable[[int, int], None]
"""Told how many parts of how many are drawn; may raise to stop."""

_SIGNING = 3
"""Steps after the last exhibit: binding, and what takes as long as two of them."""


@dataclass(frozen=True)
class Made:
    """A pack as it was handed out."""

    document: Document
    pdf: bytes = field(repr=False)
    excel: bytes = field(repr=False)
    manifest: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """What its files are called, without the ending."""
        one = self.document
        return f"audit-pack-{one.number}-{one.first_day.isoformat()}-{one.last_day.isoformat()}"


@dataclass
class _Drawn:
    """What one drawing of the pack left behind beside the PDF."""

    excel: bytes = b""
    placed: list[Placed] = field(default_factory=list[Placed])
    sheets: dict[str, str] = field(default_factory=dict[str, str])
    """Number → SHA-256 of each sheet bound in as it was printed."""


def make(
    db: Database, wish: Wish, *, languages: Sequence[str] = (), progress: Progress = lambda _done, _all: None
) -> Made:
    """Make a pack: gathered from one state of the office, drawn, bound, signed, registered and noted in the trail.

    It is always a new document: what is handed out is noted each time. Printed again from the register it is the same.

    Args:
        db: the office.
        wish: what goes in.
        languages: of the paper; the factory's own unless said.
        progress: see :data:`Progress`.

    Raises:
        UserError: see ``audit_pack.check``; or the role may not.
    """
    with db.read() as session:
        season = audit_pack.check(session, wish).season
    key = redaction.key(db)
    drawn = _Drawn()

    def draw(session: Any, _season: Season, head: Letterhead) -> bytes:
        drawn.placed, drawn.sheets = [], {}
        with i18n.use(head.languages[0]):
            return _draw(session, audit_pack.read(session, wish, head, key), drawn, progress)

    issued = issue(
        db, NAME, draw, first_day=wish.first_day, last_day=wish.last_day, filters=wish.filters,
        languages=tuple(languages), season=season, anew=True,
    )  # fmt: skip
    document = issued.document
    audit_pack.note(db, wish, document.number, document.sha256)
    return Made(document, issued.pdf, drawn.excel, _manifest(document, wish, drawn))


def write(made: Made, folder: Path, name: str = "") -> list[Path]:
    """Write the three files of a pack into a folder.

    Args:
        made: the pack.
        folder: where to.
        name: of the files, without the ending; their own unless said.

    Returns:
        The PDF, the Excel twin and the manifest.

    Raises:
        UserError: it cannot be written; the pack is in the register all the same.
    """
    written: list[Path] = []
    for ending, raw in ((".pdf", made.pdf), (".xlsx", made.excel), (".json", made.manifest)):
        path = folder / f"{name or made.name}{ending}"
        try:
            durable.replace(path, raw)
        except OSError as error:
            told = _("{path} cannot be written: {why}. The pack is in the register as {number}; its Excel file is not.")
            sentence = told.format(path=path, why=error.strerror or error, number=made.document.number)
            raise UserError(sentence) from None
        written.append(path)
    return written


def check_folder(folder: Path) -> None:
    """See whether files can be put into a folder, before much work is done for them.

    Raises:
        UserError: they cannot.
    """
    probe = folder / ".ccfs-pack-probe"
    try:
        probe.write_bytes(b"")
    except OSError as error:
        told = _("Nothing can be written into {folder}: {why}. Choose another folder.")
        raise UserError(told.format(folder=folder, why=error.strerror or error)) from None
    with suppress(OSError):
        probe.unlink()


# --------------------------------------------------------------------------------------------------------------- inside
def _draw(session: Any, pack: Pack, drawn: _Drawn, progress: Progress) -> bytes:
    words = Words(pack.letterhead.languages)
    drawn.excel = audit_pack_excel.render(pack)
    with veiled(pack.redactor if pack.redactor.hides else None):
        exhibits = audit_pack_exhibits.every(session, pack)
        total = len(exhibits) + 1 + _SIGNING
        progress(0, total)
        bound = [Bound("", words.first(REPORT), "", [compliance_report.render(pack.compliance, ANNEXES)])]
        for done, exhibit in enumerate(exhibits, start=1):
            progress(done, total)
            bound += _bound(words, exhibit, drawn)
        progress(len(exhibits) + 1, total)
        book = bind(
            _whole(pack, words, bound, drawn), title=f"{words.first(TITLE)} {_span(pack)}", words=words,
            made=pack.letterhead.printed_at, number=_number(pack),
        )  # fmt: skip
    progress(total - 1, total)
    return book


def _bound(words: Words, exhibit: Exhibit, drawn: _Drawn) -> list[Bound]:
    parts = exhibit.draw()
    for part in parts:
        if isinstance(part, Kept):
            drawn.sheets[audit_pack_exhibits.name_of(part)] = hashlib.sha256(part.pdf).hexdigest()
    pdfs = [part.pdf if isinstance(part, Kept) else part for part in parts]
    chapter = f"{exhibit.letter}  {words.first(LETTERS[exhibit.letter])}"
    title = exhibit.title
    if exhibit.see:
        title = _("{title} (see {others})").format(title=title, others=listed(exhibit.see))
    return [Bound(exhibit.name, title, chapter, pdfs, exhibit.see)] if pdfs else []


def _whole(pack: Pack, words: Words, bound: Sequence[Bound], drawn: _Drawn) -> list[Bound]:
    """Return everything in order, with the pages around the exhibits; contents know on which page what begins."""
    cover, clauses = audit_pack_front.cover(pack), audit_pack_front.clauses(pack)
    excel = hashlib.sha256(drawn.excel).hexdigest()
    lengths = [sum(pages(pdf) for pdf in one.pdfs) for one in bound]
    hashes = [hashlib.sha256(b"".join(one.pdfs)).hexdigest() for one in bound]
    before = pages(cover) + pages(clauses)
    length, contents = 1, b""
    while True:  # how long the contents are decides where everything begins
        placed = _placed(bound, lengths, hashes, before + length)
        end = before + length + sum(lengths) + 1
        contents = audit_pack_front.contents(pack, [*placed, Placed("", words.first(MANIFEST), end, 0)])
        if pages(contents) == length:
            break
        length = pages(contents)
    drawn.placed = placed
    return [
        Bound("", words.first(TITLE), "", [cover]), Bound("", words.first(CONTENTS), "", [contents]),
        Bound("", words.first(CLAUSES), "", [clauses]), *bound,
        Bound("", words.first(MANIFEST), "", [audit_pack_front.manifest(pack, placed, excel)]),
    ]  # fmt: skip


def _placed(bound: Sequence[Bound], lengths: Sequence[int], hashes: Sequence[str], before: int) -> list[Placed]:
    placed: list[Placed] = []
    at = before + 1
    for one, length, told in zip(bound, lengths, hashes, strict=True):
        placed.append(Placed(one.name, one.title, at, length, told))
        at += length
    return placed


def _manifest(document: Document, wish: Wish, drawn: _Drawn) -> bytes:
    """Return the manifest: everything somebody needs to check the files without the program."""
    told = {
        "document": document.number,
        "issued_at": document.issued_at.isoformat(timespec="minutes"),
        "issued_by": document.issued_by,
        "program": f"CCFS Desktop {document.program}",
        "period": [document.first_day.isoformat(), document.last_day.isoformat()],
        "standard": wish.standard,
        "names": wish.redaction.value,
        "sample": {"size": wish.sample, "seed": wish.seed, "algorithm": "smallest SHA-256 of seed|day|code"},
        "audit_head": {"entry": document.head_seq, "sha256": document.head_hash},
        "signing_key_sha256": document.fingerprint,
        "pdf": {"sha256": document.sha256, "bytes": document.size, "pages": document.pages},
        "excel": {"sha256": hashlib.sha256(drawn.excel).hexdigest(), "bytes": len(drawn.excel)},
        "parts": [
            {"exhibit": one.name, "title": one.title, "page": one.page, "pages": one.pages, "sha256": one.sha256}
            for one in drawn.placed
        ],
        "sheets_as_printed": drawn.sheets,
        "verify": "ccfs-desktop verify FILE",
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _span(pack: Pack) -> str:
    return f"{pack.wish.first_day.isoformat()} – {pack.wish.last_day.isoformat()}"


def _number(pack: Pack) -> str:
    return pack.letterhead.imprint.number if pack.letterhead.imprint else ""
