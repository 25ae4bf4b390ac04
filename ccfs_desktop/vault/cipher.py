"""The module that knows the cryptographic library; loaded when a password is tried, not to ask for one."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def argon2id(secret: bytes, salt: bytes, *, iterations: int, lanes: int, memory_kib: int) -> bytes:
    """Make a key from a password; slow on purpose."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=iterations, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(secret)


def seal(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    """Encrypt; ``bound`` stays readable but can no longer be changed."""
    return AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes | None:
    """Decrypt, or return None when the key is wrong or anything was changed."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        return None


def subkey(key: bytes, purpose: str) -> bytes:
    """Derive the key for one purpose, such as ``"audit"`` or ``"site"``, so that no key serves two."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"ccfs-1/" + purpose.encode()).derive(key)


def letterbox(sensitive: bytes) -> bytes:
    """Return the public half of the key that letters are written to.

    Anybody in the office may put a letter in, only holders of the sensitive key can take it out: a caregiver reports,
    and does not read. Source: security.md 2.3.

    Args:
        sensitive: the office's sensitive key, 32 bytes.
    """
    return _opener(sensitive).public_key().public_bytes_raw()


def deliver(box: bytes, letter: bytes, bound: bytes | None = None) -> bytes:
    """Encrypt a letter to a letterbox: X25519 with a key of its own, HKDF, AES-256-GCM.

    Source: the shape of RFC 9180, base mode. The result is 48 bytes longer than the letter.

    Args:
        box: the public half of a key, as ``letterbox`` or ``new_pair`` returned it.
        letter: any bytes.
        bound: what else the letter is worth nothing without, though it stays readable.
    """
    own = X25519PrivateKey.generate()
    public = own.public_key().public_bytes_raw()
    key = _letter_key(own.exchange(X25519PublicKey.from_public_bytes(box)), public, box)
    return public + AESGCM(key).encrypt(_ONCE, letter, bound)


def take_out(sensitive: bytes, sealed: bytes) -> bytes | None:
    """Decrypt a letter; None when it was written to another office, or changed."""
    return receive(_opener(sensitive).private_bytes_raw(), sealed)


def new_pair() -> tuple[bytes, bytes]:
    """Make a key of two halves: the private one, and the public one that anybody may write to."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def receive(private: bytes, sealed: bytes, bound: bytes | None = None) -> bytes | None:
    """Decrypt what was delivered to a key; None when it was delivered to another one, or changed.

    Args:
        private: the private half, as ``new_pair`` made it.
        sealed: as ``deliver`` returned it.
        bound: the same as there.
    """
    opener = X25519PrivateKey.from_private_bytes(private)
    public, rest = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    try:
        secret = opener.exchange(X25519PublicKey.from_public_bytes(public))
        return AESGCM(_letter_key(secret, public, opener.public_key().public_bytes_raw())).decrypt(_ONCE, rest, bound)
    except (InvalidTag, ValueError):
        return None


_ONCE = bytes(12)
"""Each letter has a key of its own, so that its nonce may be the same."""


def _opener(sensitive: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(subkey(sensitive, "letterbox"))


def _letter_key(secret: bytes, public: bytes, box: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"ccfs-1/letter" + public + box).derive(secret)
