"""Signing inside the program: a name, a role, and the password once more."""

from dataclasses import dataclass
from datetime import datetime

from ccfs_desktop import clock, vault
from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import _
from ccfs_desktop.models.check import Proof
from ccfs_desktop.services import offices, roles
from ccfs_desktop.services.roles import Right
from ccfs_desktop.vault.keys import fold


@dataclass(frozen=True)
class Signature:
    """Who signed, when, and how it was proved."""

    name: str
    role: str
    user: str
    """Whose password it was."""
    at: datetime
    proof: Proof


def proof_of(db: Database, *, argon: vault.Argon = vault.STANDARD) -> Proof:
    """Return how a signature is proved in this office; only a password proves anything, and the record says so."""
    if db.folder is None:
        return Proof.SERVER
    held = vault.Vault.load(db.folder / offices.VAULT, argon=argon)
    return Proof.DEMONSTRATION if held.is_demo else Proof.PASSWORD


def sign(
    db: Database, *, name: str, role: str, password: str = "", argon: vault.Argon = vault.STANDARD
) -> Signature:  # fmt: skip
    """Sign. Takes a second where a password is asked: call it on the worker thread.

    Args:
        db: the office; the password is that of the user who is working.
        name: who signs; where a password proves it, the user's own, however it is spaced or in whatever case.
        role: as what.
        password: of the user who is working.
        argon: cost of the key derivation; only tests pass a cheaper one.

    Raises:
        Invalid: name or role is missing, the name is another user's than the password, or the password is wrong.
        UserError: too early after wrong tries.
    """
    fields = {"name": " ".join(name.split()), "role": " ".join(role.split())}
    problems = {field: _("Please fill this in.") for field, text in fields.items() if not text}
    proof = proof_of(db, argon=argon)
    if proof is Proof.PASSWORD and not password:
        problems["password"] = _("Please fill this in.")
    if proof is Proof.PASSWORD and fields["name"] and fold(fields["name"]) != fold(db.actor.user):
        told = _("A password signs for its own user: here {user}. Somebody else signs in first, with their own.")
        problems["name"] = told.format(user=db.actor.user)
    if problems:
        raise Invalid(problems)
    if proof is Proof.PASSWORD:
        fields["name"] = db.actor.user
        try:
            offices.prove(db, password, argon=argon)
        except vault.WrongPassword:
            raise Invalid({"password": _("The password is wrong.")}) from None
    return Signature(fields["name"], fields["role"], db.actor.user, clock.now(), proof)


def may_decide(role: str) -> bool:
    """Tell whether a role may open a day although a critical item failed. Source: domain.md 3: the coordinator."""
    return role in {"coordinator", "officer"}


def check_may_decide(db: Database) -> None:
    """Refuse those who may not open a day against a critical No.

    Raises:
        UserError: this user's role may not.
    """
    if not may_decide(db.actor.role):
        raise UserError(_("Only the coordinator or the HR officer can open the day now. Call one of them."))


roles.guard(globals(), Right.OFFICE, {})
