"""Who may open the office: added, changed and removed by those who hold the keys, and entered in the trail.

Every change asks for the password of who makes it, so that nobody grants anything at a window left open; every role
that is given has somebody who approved it and a reason. Source: security.md 2.3 and 5.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ccfs_desktop import passwords, vault
from ccfs_desktop.db import Database, rekey
from ccfs_desktop.db.backup import Why
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.services import backups, letters, offices, roles
from ccfs_desktop.services.roles import GIVEN, Right
from ccfs_desktop.vault.keys import fold


@dataclass(frozen=True)
class Approval:
    """Who makes a change, proved by the password, who approved it, and why."""

    own: str
    """The password of who is working."""
    approved_by: str = ""
    reason: str = ""


def everybody(db: Database) -> tuple[vault.User, ...]:
    """Return who may open the office; nobody by name in a demonstration, and on a server."""
    return _vault(db).users if db.folder is not None else ()


def grantable(db: Database) -> tuple[str, ...]:
    """Return the roles that who is working may give and take; none means that the users are not hers to change."""
    if db.folder is None or offices.is_demo(db.folder):
        return ()
    return tuple(role for role in GIVEN if vault.may_grant(db.actor.role, db.keys, role))


def may_renew_sheet(db: Database) -> bool:
    """Tell whether who is working may make a new recovery sheet."""
    return bool(grantable(db)) and vault.may_grant(db.actor.role, db.keys, "recovery")


def add(
    db: Database, name: str, role: str, password: str, approval: Approval, *,
    period: tuple[date | None, date | None] = (None, None), argon: vault.Argon = vault.STANDARD,
) -> None:  # fmt: skip
    """Let somebody into the office. Takes a second: call it on the worker thread.

    Args:
        db: the office.
        name: of the new user.
        role: one of ``roles.GIVEN``.
        password: the new user's first one.
        approval: own password, who approved it, and why.
        period: first and last day that an auditor may look at; for no other role.
        argon: cost of the key derivation; only tests pass a cheaper one.

    Raises:
        Invalid: something is missing or weak, or the own password is wrong.
        UserError: the name is taken, or who is working may not give this role.
    """
    problems = _unapproved(approval) | _weak(db, name, password)
    if not name.strip():
        problems["name"] = _("Please give the user a name.")
    limits = _limits(role, period, problems)
    by = _confirmed(db, approval, problems, argon)
    held = _vault(db, argon)
    detail = {"did": "added", "role": role, "period": limits} | _said(approval)
    with db.begin(N_("Add a user"), final=True) as session:
        db.note(session, "user", " ".join(name.split()), detail)
        held.add_user(by, name, role, password, period=limits)


def change_role(
    db: Database, name: str, role: str, approval: Approval, *,
    period: tuple[date | None, date | None] = (None, None), argon: vault.Argon = vault.STANDARD,
) -> str:  # fmt: skip
    """Give a user another role; the password stays. Keys that go with the role are changed.

    Returns:
        Why they could not be changed; empty when they were, or need not be.

    Raises:
        Invalid: something is missing, or the own password is wrong.
        UserError: it is oneself or the last officer, or who is working may not give or take this role.
    """
    _not_oneself(db, name)
    problems = _unapproved(approval)
    limits = _limits(role, period, problems)
    by = _confirmed(db, approval, problems, argon)
    held = _vault(db, argon)
    before = next((user.role for user in held.users if user.name == name), "")
    detail = {"did": "role", "before": before, "role": role, "period": limits} | _said(approval)
    with db.begin(N_("Change a user's role"), final=True) as session:
        db.note(session, "user", name, detail)
        lost = set(vault.ROLES.get(before, ())) - set(vault.ROLES[role])
        unlocked = held.change_role(by, name, role, period=limits, renew=lost)
    return _go_on(db, held, unlocked) if lost else ""


def give_password(
    db: Database, name: str, password: str, approval: Approval, *, argon: vault.Argon = vault.STANDARD
) -> None:
    """Give another user a new password.

    Raises:
        Invalid: it is weak, or the own password is wrong.
        UserError: who is working may not do it.
    """
    _not_oneself(db, name)
    by = _confirmed(db, approval, _weak(db, name, password), argon)
    held = _vault(db, argon)
    with db.begin(N_("Give a user a new password"), final=True) as session:
        db.note(session, "password", name)
        held.set_password(by, name, password)


def remove(db: Database, name: str, approval: Approval, *, argon: vault.Argon = vault.STANDARD) -> str:
    """Let a user in no longer, and change the keys the user had. Source: security.md 2.2, "someone who left".

    Returns:
        Why they could not be changed; empty when they were.

    Raises:
        Invalid: the own password is wrong.
        UserError: it is oneself or the last officer, or who is working may not do it.
    """
    _not_oneself(db, name)
    by = _confirmed(db, approval, {}, argon)
    held = _vault(db, argon)
    before = next((user.role for user in held.users if user.name == name), "")
    with db.begin(N_("Remove a user"), final=True) as session:
        db.note(session, "user", name, {"did": "removed", "before": before} | _said(approval))
        unlocked = held.remove_user(by, name, renew=vault.ROLES.get(before, ()))
    return _go_on(db, held, unlocked)


def change_keys(db: Database, approval: Approval, *, argon: vault.Argon = vault.STANDARD) -> str:
    """Change all keys one holds oneself, such as after somebody may have learnt a password.

    Returns:
        Why they could not be changed; empty when they were.

    Raises:
        Invalid: the own password is wrong.
        UserError: who is working may not do it.
    """
    by = _confirmed(db, approval, {}, argon)
    held = _vault(db, argon)
    if held.hindrance:
        return held.hindrance
    with db.begin(N_("Change the keys"), final=True) as session:
        db.note(session, "user", db.actor.user, {"did": "keys"})
        unlocked = held.change_keys(by, vault.ROLES[by.role])
    return _go_on(db, held, unlocked)


def renew_sheet(db: Database, approval: Approval, *, argon: vault.Argon = vault.STANDARD) -> str:
    """Make a new recovery code; the old sheet is worth nothing from now on.

    Returns:
        The code, to be printed.

    Raises:
        Invalid: the own password is wrong.
        UserError: who is working may not do it.
    """
    by = _confirmed(db, approval, {}, argon)
    held = _vault(db, argon)
    with db.begin(N_("Renew the recovery sheet"), final=True) as session:
        db.note(session, "user", db.actor.user, {"did": "recovery sheet"})
        return held.renew_recovery(by)


# ------------------------------------------------------------------------------------------------------------ inside


def _go_on(db: Database, held: vault.Vault, unlocked: vault.Unlocked) -> str:
    """Go on with the keys the vault has changed: encrypt the database, and make a backup that opens with them.

    What was sealed with an old sensitive key stays as it is, in the records as in the trail, whose links forbid to seal
    it anew: whoever had that key could read it then. What is written from now on is sealed with the new one.

    Returns:
        What hindered it; empty for nothing.
    """
    if held.hindrance:
        return held.hindrance
    try:
        db.take_keys(dict(unlocked.keys))
        rekey.finish(db)
        letters.put_up(db)
        backups.before(db, Why.ASKED)
    except UserError as error:
        return str(error)
    return ""


def _vault(db: Database, argon: vault.Argon = vault.STANDARD) -> vault.Vault:
    if db.folder is None:
        raise UserError(_("The users of an office on a server are kept by its administrator."))
    return vault.Vault.load(db.folder / offices.VAULT, argon=argon)


def _not_oneself(db: Database, name: str) -> None:
    if fold(name) == fold(db.actor.user):
        raise UserError(_("This is you. Somebody else who looks after the users can change that."))


def _unapproved(approval: Approval) -> dict[str, str]:
    texts = {"approved_by": approval.approved_by, "reason": approval.reason}
    return {field: _("Please fill this in.") for field, text in texts.items() if not text.strip()}


def _weak(db: Database, name: str, password: str) -> dict[str, str]:
    with db.read() as session:
        factory = offices.factory(session).name
    problem = passwords.problem(password, user=name, factory=factory)
    return {"password": problem} if problem else {}


def _limits(role: str, period: tuple[date | None, date | None], problems: dict[str, str]) -> str:
    """Return an auditor's period as it is kept; an auditor without one is refused. Ours."""
    first, last = period
    if role != "auditor":
        return ""
    if first is None or last is None:
        problems["period"] = _("An auditor sees one period only: write its first and its last day.")
        return ""
    if last < first:
        problems["period"] = _("The last day is before the first.")
    return f"{first.isoformat()}/{last.isoformat()}"


def _confirmed(db: Database, approval: Approval, problems: dict[str, str], argon: vault.Argon) -> vault.Unlocked:
    """Return who is working with the keys, once nothing is amiss and the own password is right."""
    if not approval.own:
        problems["own"] = _("Please type your own password.")
    if problems:
        raise Invalid(problems)
    try:
        return offices.prove(db, approval.own, argon=argon)
    except vault.WrongPassword:
        raise Invalid({"own": _("This is not your password.")}) from None


def _said(approval: Approval) -> dict[str, Any]:
    texts = {"approved_by": approval.approved_by, "reason": approval.reason}
    return {field: " ".join(text.split()) for field, text in texts.items() if text.strip()}


roles.guard(globals(), Right.USERS, {Right.OFFICE: (everybody, grantable, may_renew_sheet)})
