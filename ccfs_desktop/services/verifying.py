"""Is this file what was issued? Answered with the office's register and trail, or by the file alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.db.trail import printed_head, seal
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _, ngettext
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.base import Choice
from ccfs_desktop.models.document import Document
from ccfs_desktop.services import documents, roles, signing
from ccfs_desktop.services.documents import Mark
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.signing import Cover, Signature

_MOST_BYTES = 512 * 1024 * 1024


class State(Choice):
    """The answer in a word."""

    UNALTERED = "unaltered", N_("Unaltered")
    ALTERED = "altered", N_("Altered")
    FOREIGN = "foreign", N_("Not from this office")
    UNREADABLE = "unreadable", N_("Cannot be read")


@dataclass(frozen=True)
class Answer:
    """What is known of a file."""

    state: State
    sentence: str
    """Finished; what was altered, or why it is not ours."""
    notes: tuple[str, ...] = ()
    """What else is to be known: other editions, printed seals."""
    document: Document | None = None
    """As the register has it."""
    newer: Document | None = None
    """The newest edition, where there is one."""
    mark: Mark | None = None
    """What the file says of itself."""
    fingerprint: str = ""
    """Of the key that signed it, hexadecimal."""
    owner: str = ""
    """The name in that key's certificate."""

    @property
    def exit_code(self) -> int:
        """0 unaltered, 1 altered, 2 not ours or unreadable."""
        return {State.UNALTERED: 0, State.ALTERED: 1}.get(self.state, 2)

    @property
    def line(self) -> str:
        """Everything on one line."""
        return " ".join((f"{_(self.state.word)}:", self.sentence, *self.notes))


def read(path: Path) -> bytes:
    """Read a file somebody wants to have verified.

    Raises:
        UserError: it cannot be read, or is far too large.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(_("{name} is too large to be a document of ours.").format(name=path.name))
        return path.read_bytes()
    except OSError as error:
        raise UserError(_("{path} cannot be read: {why}.").format(path=path, why=error.strerror or error)) from None


def by_itself(raw: bytes, heads: Sequence[str] = ()) -> Answer:
    """Judge a file without the office: its signature, and what it says of itself.

    Whether the key is the factory's, the file cannot prove: the fingerprint is shown, and stands on every paper.

    Args:
        raw: the file.
        heads: seals as printed on a paper copy: ``#123 ABCD-EFGH-JKMN``.

    Raises:
        UserError: a seal is mistyped.
    """
    typed = [printed_head(head) for head in heads]
    signature, found = signing.examine(raw), documents.marks(raw)
    if not found:
        return _foreign(raw, _("It was not issued by CCFS Desktop."))
    answer = _about(found[0], signature)
    if signature.cover is not Cover.WHOLE:
        return replace(answer, state=State.ALTERED, sentence=_broken(signature))
    if answer.fingerprint != found[0].fingerprint:
        sentence = _("It is signed with another key than the one it names.")
        return replace(answer, state=State.ALTERED, sentence=sentence)
    told = _("Nothing was changed since {owner} signed it as document {number}.")
    answer = replace(answer, sentence=told.format(owner=answer.owner or "–", number=found[0].number))
    own = (found[0].head_seq, found[0].seal.split()[1])
    other = next((head for head in typed if head != own), None)
    if other is not None:
        told = _("The paper says #{seq} {seal}, the file says {own}: they are not the same document.")
        sentence = told.format(seq=other[0], seal=other[1], own=found[0].seal)
        return replace(answer, state=State.ALTERED, sentence=sentence)
    agrees = (_("The printed seal agrees with it."),) if typed else ()
    return replace(answer, notes=(*agrees, _("Compare its key with the one printed on it: {key}.").format(
        key=grouped(answer.fingerprint)
    )))  # fmt: skip


def by_office(db: Database, raw: bytes, heads: Sequence[str] = ()) -> Answer:
    """Judge a file by the register and the trail of an office.

    Args:
        db: the office.
        raw: the file.
        heads: seals as printed on a paper copy; each must be in the office's trail.

    Raises:
        UserError: a seal is mistyped.
    """
    typed = [printed_head(head) for head in heads]
    with db.read() as session:
        document = documents.of_bytes(session, raw)
        answer = _registered(session, document) if document else _unregistered(session, raw)
        if answer.exit_code == 2:
            return answer
        missing = [head for head in typed if _link(session, head[0]) != head[1]]
        if missing:
            told = _("The seal #{seq} {seal}, printed on a paper, is not in this office's trail.")
            sentence = told.format(seq=missing[0][0], seal=missing[0][1])
            return replace(answer, state=State.ALTERED, sentence=sentence)
        agrees = (_("The printed seals are in this office's trail."),) if typed else ()
    return replace(answer, notes=(*answer.notes, *agrees))


def grouped(fingerprint: str) -> str:
    """Return a fingerprint as it is printed: capitals in groups of four."""
    return " ".join(fingerprint[n : n + 4].upper() for n in range(0, len(fingerprint), 4))


# --------------------------------------------------------------------------------------------------- with the register
def _registered(session: Session, document: Document) -> Answer:
    """The very bytes are in the register; is the trail still the one they were issued from?"""
    mark = documents.mark(document)
    answer = Answer(State.UNALTERED, "", document=document, mark=mark, fingerprint=document.fingerprint)
    if _link(session, document.head_seq) != seal(bytes.fromhex(document.head_hash)):
        told = _("The file is as it was issued, but the office's trail was rewritten since: it lacks {seal}.")
        return replace(answer, state=State.ALTERED, sentence=told.format(seal=mark.seal))
    told = _("Byte for byte document {number}, issued on {at:%Y-%m-%d} at {at:%H:%M} by {by}.")
    sentence = told.format(number=document.number, at=document.issued_at, by=document.issued_by or "–")
    return _with_editions(session, replace(answer, sentence=sentence), document)


def _with_editions(session: Session, answer: Answer, document: Document) -> Answer:
    others = documents.editions(session, document)
    newer = next((one for one in others if one.edition > document.edition), None)
    older = next((one for one in others if one.edition < document.edition), None)
    notes: list[str] = []
    for one, told in (
        (newer, _("A newer edition exists: {number} of {at:%Y-%m-%d}.")),
        (older, _("An older edition exists: {number} of {at:%Y-%m-%d}.")),
    ):
        if one:
            notes.append(told.format(number=one.number, at=one.issued_at))
    return replace(answer, notes=tuple(notes), newer=newer)


def _unregistered(session: Session, raw: bytes) -> Answer:
    """The bytes are not in the register: altered, or from elsewhere?"""
    certificate = signing.certificate(session)
    own = signing.fingerprint(certificate) if certificate else ""
    signature, found = signing.examine(raw), documents.marks(raw)
    ours = [mark for mark in found if mark.fingerprint == own]
    if certificate is None or not (ours or signature.certificate == certificate):
        told = _("It was issued by another office.") if found else _("It was not issued by this office.")
        return _foreign(raw, told, found[0] if found else None)
    document = next((d for mark in ours if (d := documents.of_number(session, mark.number))), None)
    answer = _about(ours[0] if ours else None, signature)
    if document is not None:
        answer = replace(answer, document=document, state=State.ALTERED, sentence=_changed(session, document, raw))
        return _with_editions(session, answer, document)
    if signature.cover is Cover.WHOLE:
        told = _("It is signed with this office's key, but not in its register: was an older backup restored?")
        return replace(answer, state=State.ALTERED, sentence=told)
    return replace(answer, state=State.ALTERED, sentence=_broken(signature))


def _changed(session: Session, document: Document, raw: bytes) -> str:
    """Say what became of a registered document."""
    try:
        kept = documents.pdf(session, document.id)
    except UserError:
        return _("It is not the file that was issued as {number}.").format(number=document.number)
    signature = signing.examine(raw)
    if raw.startswith(kept):
        more = len(raw) - len(kept)
        return ngettext(
            "{n} byte was added behind document {number}: its signature covers less than the file.",
            "{n} bytes were added behind document {number}: its signature covers less than the file.", more,
        ).format(n=f"{more:,}", number=document.number)  # fmt: skip
    if kept.startswith(raw):
        told = _("Its end is missing: {n} of the {whole} bytes of document {number} are left.")
        return told.format(n=f"{len(raw):,}", whole=f"{len(kept):,}", number=document.number)
    if signature.cover is Cover.WHOLE:
        told = _("The content of document {number} was changed, and the file was signed anew.")
        return told.format(number=document.number)
    if len(raw) == len(kept):
        places = [n for n, (one, other) in enumerate(zip(raw, kept, strict=True)) if one != other]
        return ngettext(
            "{n} byte of document {number} was changed, at place {place}.",
            "{n} bytes of document {number} were changed, the first at place {place}.", len(places),
        ).format(n=f"{len(places):,}", number=document.number, place=f"{places[0]:,}")  # fmt: skip
    return _("The content of document {number} was changed, or the file was saved anew by another program.").format(
        number=document.number
    )


def _link(session: Session, seq: int) -> str | None:
    """Return the seal of an entry of the trail, as printed; None when there is no such entry."""
    if seq == 0:
        return seal(bytes(32))
    link = session.scalars(select(AuditEntry.hash).where(AuditEntry.seq == seq)).first()
    return seal(bytes(link)) if link is not None else None


# ----------------------------------------------------------------------------------------------------------- by itself
def _about(mark: Mark | None, signature: Signature) -> Answer:
    """Begin an answer with what the file says of itself."""
    from ccfs_desktop.vault import pair  # noqa: PLC0415 (loads a large library)

    known = signature.certificate
    return Answer(
        State.UNALTERED, "", mark=mark, fingerprint=signing.fingerprint(known) if known else "",
        owner=pair.owner(known) if known else "",
    )  # fmt: skip


def _broken(signature: Signature) -> str:
    """Say what a damaged signature means."""
    if signature.cover is Cover.PART:
        told = ngettext(
            "{n} byte was added behind it: its signature covers less than the file.",
            "{n} bytes were added behind it: its signature covers less than the file.", signature.beyond,
        )  # fmt: skip
        return told.format(n=f"{signature.beyond:,}")
    if signature.cover is Cover.BROKEN:
        return _("Its content or its signature was changed since it was signed.")
    return _("Its signature is missing or cut off.")


def _foreign(raw: bytes, sentence: str, mark: Mark | None = None) -> Answer:
    if not raw:
        return Answer(State.UNREADABLE, _("The file is empty."))
    if b"%PDF-" not in raw[:1024]:
        return Answer(State.UNREADABLE, _("The file is not a PDF."))
    return Answer(State.FOREIGN, sentence, mark=mark)


roles.guard(globals(), Right.FIGURES, {})
