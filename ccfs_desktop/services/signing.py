"""The office's signature on what it issues: made by pyHanko (PAdES), checked by rules of our own that let nothing pass.

The rules ask more than a PDF viewer does: the signature must cover every byte of the file but its own, and its own
bytes must be exactly those pyHanko writes, so that no byte of a document can be changed unnoticed, whether or not the
office is at hand. Nothing of a foreign file is parsed but the signature itself.
Source: documents.md 6.
"""

import enum
import hashlib
import io
import logging
import re
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.document import SigningKey
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.services import roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.vault import cipher

_PURPOSE = "signing"
_NONCE = 12
_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,12}) (\d{1,12}) (\d{1,12})\]")
_SIGNED = re.compile(rb"[0-9A-F]*")
FIELD = "Seal"


@dataclass(frozen=True)
class OfficeKey:
    """The key pair of an office."""

    private: bytes
    certificate: bytes

    def __repr__(self) -> str:
        return f"OfficeKey({fingerprint(self.certificate)})"


class Cover(enum.Enum):
    """What became of a signature."""

    NONE = "none"
    """There is none of the shape we write."""
    PART = "part"
    """It covers less than the file."""
    BROKEN = "broken"
    """What it covers was changed, or the signature itself was."""
    WHOLE = "whole"
    """Not a byte of the file was changed since it was signed."""


@dataclass(frozen=True)
class Signature:
    """What is found of a signature in a file."""

    cover: Cover
    certificate: bytes = b""
    """Of whoever signed; empty when it cannot be read."""
    beyond: int = 0
    """Bytes behind what the signature covers."""
    start: int = 0
    """Where the signature's own bytes begin."""


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate, hexadecimal, as viewers show it."""
    return hashlib.sha256(certificate).hexdigest()


def office_key(db: Database) -> OfficeKey:
    """Return the office's key pair; the first time, make it.

    Raises:
        UserError: the private key does not fit the office's keys.
    """
    with db.read() as session:
        held, name = _held(session), session.scalars(select(Factory.name)).first() or ""
    if held is None:
        held = _make(db, name)
    return OfficeKey(_unsealed(held, vault.lasting(db.keys, _PURPOSE)), held.certificate)


def certificate(session: Session) -> bytes | None:
    """Return the office's certificate; None while nothing was issued."""
    held = _held(session)
    return held.certificate if held else None


def sign(document: bytes, key: OfficeKey, *, reason: str, mark: str) -> bytes:
    """Sign a finished PDF; nothing may be done to it afterwards.

    Args:
        document: the PDF.
        key: the office's.
        reason: why it is signed, as viewers show it.
        mark: what tells later that it is ours, letters, digits and spaces.

    Returns:
        The document's own bytes, followed by the signature.
    """
    from asn1crypto import keys, x509  # noqa: PLC0415 (a third of a second)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.private),
        cert_registry=SimpleCertificateStore(),
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        contact_info=mark,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(document))
    writer._update_meta = lambda: None  # noqa: SLF001 (it would rewrite the metadata PDF/A asks for)
    field = fields.SigFieldSpec(FIELD, readable_field_name=FIELD)
    made: Any = signers.PdfSigner(meta, signer=signer, new_field_spec=field).sign_pdf(writer)
    return bytes(made.getvalue())


def examine(raw: bytes) -> Signature:
    """Return what became of the signature in a file. No file, whatever it holds, makes this fail."""
    found = [match for match in _RANGE.finditer(raw) if _fits(raw, match)]
    if not found:
        return Signature(Cover.NONE)
    before, after, rest = map(int, found[-1].groups())
    hexed = raw[before + 1 : after - 1]
    signed = bytes.fromhex(hexed.decode()) if _SIGNED.fullmatch(hexed) and len(hexed) % 2 == 0 else b""
    digest = hashlib.sha256(raw[:before])
    digest.update(raw[after : after + rest])
    certificate, valid = _check(signed, digest.digest())
    beyond = len(raw) - after - rest
    if valid and raw[before : before + 1] == b"<" and raw[after - 1 : after] == b">":
        return Signature(Cover.PART if beyond else Cover.WHOLE, certificate, beyond, before)
    return Signature(Cover.BROKEN, certificate, beyond, before)


def original(raw: bytes, signature: Signature) -> bytes:
    """Return the document as it was before it was signed."""
    return raw[: raw.rfind(b"%%EOF", 0, signature.start) + 6]


def _fits(raw: bytes, match: re.Match[bytes]) -> bool:
    """Tell whether a byte range stands behind the hole it leaves, and covers itself."""
    before, after, rest = map(int, match.groups())
    return before < after <= match.start() and after + rest <= len(raw) and after + rest >= match.end()


def _check(signed: bytes, digest: bytes) -> tuple[bytes, bool]:
    """Check a detached signature over a digest.

    Returns:
        the signer's certificate, as far as it can be read, and whether everything is as it must be.
    """
    from asn1crypto import cms  # noqa: PLC0415
    from pyhanko.sign.general import extract_certificate_info, extract_signer_info  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415

    certificate = b""
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it notes each odd file; what we found is said by us
    try:
        content = cms.ContentInfo.load(signed)
        data = content["content"]
        signer = extract_certificate_info(data).signer_cert
        certificate = signer.dump()
        info = extract_signer_info(data)
        own = _as_written(signer, info)
        intact, valid = validate_sig_integrity(info, signer, "data", digest)
    except Exception:  # noqa: BLE001 (a file from anywhere may break the parser in any way; then it is not what we signed)
        return certificate, False
    exact = signed[: len(own)] == own and not any(signed[len(own) :])
    return certificate, bool(intact and valid and exact)


def _as_written(signer: Any, info: Any) -> bytes:
    """Return the signature as pyHanko writes it from its three parts that vary; the rest is not covered by it."""
    from asn1crypto import algos, cms  # noqa: PLC0415

    hashed = algos.DigestAlgorithm({"algorithm": "sha256"})
    written = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number}),
            ),
            "digest_algorithm": hashed,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
            "signed_attrs": info["signed_attrs"],
            "signature": info["signature"].native,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": cms.DigestAlgorithms([hashed]),
            "encap_content_info": {"content_type": "data"},
            "certificates": [signer],
            "signer_infos": [written],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


# ------------------------------------------------------------------------------------------------------------ the key
def _held(session: Session) -> SigningKey | None:
    return session.scalars(select(SigningKey).order_by(SigningKey.id).limit(1)).first()


def _make(db: Database, name: str) -> SigningKey:
    from ccfs_desktop.vault import pair  # noqa: PLC0415 (made once)

    made = OfficeKey(*pair.new_pair(name))
    sealed = _sealed(made, vault.lasting(db.keys, _PURPOSE))
    with db.begin(N_("Make the office's signing key"), final=True) as session:
        held = _held(session)  # another program may have been faster
        if held is None:
            held = SigningKey(certificate=made.certificate, private=sealed, made_at=clock.now())
            session.add(held)
            session.flush()
    return held


def _sealed(made: OfficeKey, key: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + cipher.seal(key, nonce, made.private, made.certificate)


def _unsealed(held: SigningKey, key: bytes) -> bytes:
    nonce, sealed = held.private[:_NONCE], held.private[_NONCE:]
    private = cipher.unseal(key, nonce, sealed, held.certificate)
    if private is None:
        raise UserError(_("The office's signing key cannot be opened. Restore the newest backup."))
    return private


roles.guard(globals(), Right.OFFICE, {})
