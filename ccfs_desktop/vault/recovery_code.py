"""The recovery code: what is printed on paper and locked away for the day all passwords are forgotten.

28 random characters (140 bits) and 4 check characters, so that a slip in typing is told at once.
"""

import hashlib

from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

# Crockford's base 32: no I, L, O, U, which are misread on paper.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_RANDOM, _CHECK = 28, 4


def new() -> str:
    """Make a code, in eight groups of four."""
    import secrets  # noqa: PLC0415 (once in the life of an office)

    body = "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM))
    code = body + _check(body)
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def clean(typed: str) -> str:
    """Return the code as the 32 characters meant by what was typed.

    Raises:
        UserError: it is not a whole code, or a character is wrong.
    """
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(_MISREAD)
    if len(code) != _RANDOM + _CHECK:
        raise UserError(
            _("The recovery code has {whole} characters; {typed} were typed.").format(
                whole=_RANDOM + _CHECK, typed=len(code)
            )
        )
    if _check(code[:_RANDOM]) != code[_RANDOM:]:
        raise UserError(_("One of the characters is not right. Please compare the code with the paper once more."))
    return code


def _check(body: str) -> str:
    number = int.from_bytes(hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()[:4], "big")
    return "".join(_LETTERS[(number >> (5 * i)) & 31] for i in range(_CHECK))
