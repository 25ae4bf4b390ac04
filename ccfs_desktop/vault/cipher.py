"""The only module that knows the cryptographic library; loaded when a password is tried, not to ask for one."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
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
