"""Who may open the office, and the keys they get.

``vault.json`` beside the database holds one slot per user. A slot seals the keys its role may have with a key made from
the password; there is no password hash anywhere: a password is right when the slot opens.
"""

from ccfs_desktop.vault.keys import GENERAL, MASKED, ROLES, SENSITIVE, STANDARD, Argon, Unlocked, lasting, ring, subkey
from ccfs_desktop.vault.tries import FailedTry, Tries, enter
from ccfs_desktop.vault.vault import User, Vault, VaultDamaged, WrongPassword, may_grant

__all__ = [
    "GENERAL",
    "MASKED",
    "ROLES",
    "SENSITIVE",
    "STANDARD",
    "Argon",
    "FailedTry",
    "Tries",
    "Unlocked",
    "User",
    "Vault",
    "VaultDamaged",
    "WrongPassword",
    "enter",
    "lasting",
    "may_grant",
    "ring",
    "subkey",
]
