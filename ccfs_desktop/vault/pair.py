"""The office's key pair: the private half signs what is issued, the certificate travels with every document.

Beside ``cipher`` the only module that knows the cryptographic library; loaded when a document is signed.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_BITS = 3072
"""Source: NIST SP 800-57 part 1 rev. 5, table 2: 128 bits of strength, fit for use beyond 2031."""
_YEARS = 20
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
"""Source: RFC 9336."""
_MOST = 40
"""Bytes of the factory's name in the certificate; X.509 allows 64 for a name, and the fingerprint stands beside it."""


class Pair(NamedTuple):
    """A key pair."""

    private: bytes
    """PKCS #8, DER."""
    certificate: bytes
    """X.509, DER, signed by itself."""


def new_pair(owner: str) -> Pair:
    """Make a key pair with its certificate; takes about a quarter of a second.

    RSA, because with elliptic curves pyHanko asks for PDF 2.0, which PDF/A-2 is not. Source: documents.md 6.

    Args:
        owner: the factory's name, as the certificate says it.
    """
    key = rsa.generate_private_key(65537, _BITS)
    public = key.public_key()
    info = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    # Two keys must not share a name: viewers mix them up. Source: documents.md 6.
    mark = hashlib.sha256(info).hexdigest()[:8].upper()
    name = owner.encode()[:_MOST].decode(errors="ignore").strip()
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name} {mark}".strip()),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name or mark),
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(private, certificate.public_bytes(serialization.Encoding.DER))


def owner(certificate: bytes) -> str:
    """Return the name in a certificate; empty when it cannot be read."""
    try:
        found = x509.load_der_x509_certificate(certificate).subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    except Exception:  # noqa: BLE001 (it comes out of a file from anywhere, and the library has many words for damage)
        return ""
    return str(found[0].value) if found else ""
