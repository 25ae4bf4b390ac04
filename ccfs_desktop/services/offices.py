"""An office: the folder with one factory's database, its keys, and its papers."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import i18n, passwords, places, vault
from ccfs_desktop.db import Actor, Database, rekey
from ccfs_desktop.errors import Invalid, UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.season import Season
from ccfs_desktop.services import (
    letters,
    role_limits,  # noqa: F401  # pyright: ignore[reportUnusedImport] (what it watches, it watches from now on)
    roles,
    seasons,
)
from ccfs_desktop.services.roles import Right

VAULT = "vault.json"
DEMONSTRATION_USER = N_("Demonstration")
RECOVERY_USER = N_("Recovery sheet")

# Which languages a factory's papers speak, unless it chooses otherwise: the one parents read, then the auditor's.
_PAPER_LANGUAGES = {"CN": "zh_CN,en", "VN": "vi,en", "ID": "id,en", "BD": "bn,en", "TR": "tr,en"}


@dataclass(frozen=True)
class Created:
    """A new office, opened, with the code that opens it when all passwords are lost."""

    db: Database
    recovery_code: str


def create(
    folder: Path,
    *,
    factory: str,
    country: str,
    season: str,
    first_day: date,
    last_day: date,
    capacity: int,
    user: str,
    password: str,
    name_latin: str = "",
    address: str = "",
    argon: vault.Argon = vault.STANDARD,
) -> Created:
    """Make a new office with its first season and first user.

    Args:
        folder: made when missing; must not hold an office yet.
        factory: its name in its own script.
        country: two letters; decides the calendar and the languages on paper.
        season: its name.
        first_day: first open day.
        last_day: last open day.
        capacity: number of places.
        user: the first officer's name.
        password: see ``passwords``.
        name_latin: the factory's name in Latin letters.
        address: town or address, as printed on papers.
        argon: cost of the key derivation; only tests pass a cheaper one.

    Raises:
        Invalid: a name is missing, the days are the wrong way round, the password is weak.
        UserError: the folder already holds an office, or is not a safe place for one.
    """
    _check(factory, country, season, first_day, last_day, capacity, user)
    problem = passwords.problem(password, user=user, factory=factory)
    if problem:
        raise Invalid({"password": problem})
    folder.mkdir(parents=True, exist_ok=True)
    places.check_place(folder)
    if (folder / VAULT).exists():
        raise UserError(_("The folder “{name}” already holds an office. Open it instead.").format(name=folder.name))
    _vault, unlocked, code = vault.Vault.create(folder / VAULT, user, password, argon=argon)
    db = Database.open(folder, dict(unlocked.keys), Actor(unlocked.user, unlocked.role))
    with db.begin(N_("Create the office"), final=True) as session:
        office = _fill(session, factory, name_latin, country, season, first_day, last_day, capacity)
        office.address = " ".join(address.split())
    letters.put_up(db)
    return Created(db, code)


def create_demo(
    folder: Path, *, factory: str, name_latin: str, country: str, season: str, first_day: date, last_day: date,
    capacity: int, languages: str,
) -> Database:  # fmt: skip
    """Make an office of made-up people that opens without a password."""
    folder.mkdir(parents=True, exist_ok=True)
    places.check_place(folder)
    vault.Vault.create_demo(folder / VAULT)
    db = open_demo(folder)
    with db.begin(N_("Create the office"), final=True) as session:
        office = _fill(session, factory, name_latin, country, season, first_day, last_day, capacity)
        office.demonstration = True
        office.paper_languages = languages
    letters.put_up(db)
    return db


def open(folder: Path, user: str, password: str, *, argon: vault.Argon = vault.STANDARD) -> Database:  # noqa: A001
    """Open an office with a user's password.

    Raises:
        UserError: no office here, an unknown user or wrong password, too early after wrong tries, or data that cannot
            be opened.
    """
    unlocked, failed = vault.enter(folder / VAULT, user, password, argon=argon)
    db = Database.open(folder, dict(unlocked.keys), Actor(unlocked.user, unlocked.role, unlocked.period))
    with suppress(UserError):  # a change of keys that was cut short; where it is hindered again, the next time
        rekey.finish(db)
    if failed:
        with db.begin(N_("Sign in"), final=True) as session:
            _note(db, session, failed)
    db.settle()  # after an erasure that was cut short
    letters.put_up(db)
    return db


def vouch(db: Database, user: str, password: str, *, argon: vault.Argon = vault.STANDARD) -> str:
    """Check that another user is really here, by that user's password; nothing is opened for it.

    A demonstration office has no passwords: there a name is enough, and what is returned says so.

    Args:
        db: the open office.
        user: who is to vouch for something.
        password: that user's own.
        argon: what a try costs; tests pass a cheap one.

    Returns:
        The name as it goes on record.

    Raises:
        UserError: user or password is wrong, it is too early after wrong tries, or the office has no key file.
    """
    name = " ".join(user.split())
    if db.folder is None:
        raise UserError(_("Passwords of an office on a server are kept by its administrator; nobody can sign here."))
    if vault.Vault.load(db.folder / VAULT, argon=argon).is_demo:
        if not name:
            raise UserError(_("Write the name of the person who signs."))
        return _("{name} (demonstration, no password)").format(name=name)
    unlocked, failed = vault.enter(db.folder / VAULT, name, password, argon=argon)
    with db.begin(N_("Vouch for somebody"), final=True) as session:
        _note(db, session, failed)
        db.note(session, "vouch", unlocked.user)
    return unlocked.user


def prove(db: Database, password: str, *, argon: vault.Argon = vault.STANDARD) -> vault.Unlocked:
    """Check once more that who is working is really here, by the own password.

    Args:
        db: the open office.
        password: of who is working.
        argon: what a try costs; tests pass a cheap one.

    Returns:
        Who is working, with the keys.

    Raises:
        WrongPassword: it is wrong.
        UserError: it is too early after wrong tries, or the office has no key file.
    """
    if db.folder is None:
        raise UserError(_("Passwords of an office on a server are changed by its administrator."))
    unlocked, failed = vault.enter(db.folder / VAULT, db.actor.user, password, argon=argon)
    if failed:
        with db.begin(N_("Sign in"), final=True) as session:
            _note(db, session, failed)
    return unlocked


def _note(db: Database, session: Session, failed: tuple[vault.FailedTry, ...]) -> None:
    for one in failed:
        db.note(session, "failed sign-in", one.user, {"at": one.at.isoformat(timespec="seconds")})


def open_demo(folder: Path) -> Database:
    """Open a demonstration office.

    Raises:
        UserError: the folder holds no demonstration office.
    """
    unlocked = vault.Vault.load(folder / VAULT).unlock_demo()
    db = Database.open(folder, dict(unlocked.keys), Actor(_(DEMONSTRATION_USER), unlocked.role))
    db.settle()
    return db


def is_demo(folder: Path) -> bool:
    """Tell whether a folder holds a demonstration office."""
    return (folder / VAULT).exists() and vault.Vault.load(folder / VAULT).is_demo


def factory(session: Session) -> Factory:
    """Return the factory whose office this is."""
    return session.scalars(select(Factory)).one()


def change(session: Session, field: str, value: Any) -> Factory:
    """Change one detail of the factory.

    Raises:
        Invalid: the name is empty, the country is not two letters.
    """
    held = factory(session)
    if field == "name" and not str(value or "").strip():
        raise Invalid({field: _("Please fill this in.")})
    if field == "country":
        value = str(value or "").strip().upper()
        if len(value) != 2 or not value.isascii() or not value.isalpha():
            raise Invalid({field: _("Write the country as two letters, such as CN.")})
    setattr(held, field, value)
    session.flush()
    return held


def change_password(db: Database, old: str, new: str, *, argon: vault.Argon = vault.STANDARD) -> None:
    """Give the user who is working a new password; the data need not be encrypted anew.

    Raises:
        UserError: the present password is wrong, or the new one is weak.
    """
    if db.folder is None:
        raise UserError(_("Passwords of an office on a server are changed by its administrator."))
    with db.read() as session:
        name = factory(session).name
    problem = passwords.problem(new, user=db.actor.user, factory=name)
    if problem:
        raise Invalid({"password": problem})
    try:
        unlocked = prove(db, old, argon=argon)
    except vault.WrongPassword:
        raise UserError(_("The present password is wrong.")) from None
    vault.Vault.load(db.folder / VAULT, argon=argon).set_password(unlocked, db.actor.user, new)
    with db.begin(N_("Change a password"), final=True) as session:
        db.note(session, "password", db.actor.user)


def recover(folder: Path, code: str, user: str, password: str) -> str:
    """Give a user a new password by the code on the recovery sheet; that it was used goes into the trail.

    Args:
        folder: the office's folder.
        code: as typed from the sheet.
        user: who forgot the password.
        password: the new one, judged before.

    Returns:
        A new recovery code; the old sheet is worth nothing from now on.

    Raises:
        UserError: the code is mistyped or not the one of this office, or the data cannot be opened. Nothing is changed.
    """
    held = vault.Vault.load(folder / VAULT)
    rescued = held.recover(code)
    db = Database.open(folder, dict(rescued.keys), Actor(_(RECOVERY_USER), rescued.role))
    try:
        with db.begin(N_("Use the recovery sheet"), final=True) as session:
            db.note(session, "password", user)
        held.set_password(rescued, user, password)
        return held.renew_recovery(rescued)
    finally:
        db.close()


def site_key(db: Database) -> bytes:
    """Return the key that proves a sheet of paper was printed by this office."""
    return vault.lasting(db.keys, "site")


def _fill(
    session: Session, name: str, name_latin: str, country: str, season: str, first_day: date, last_day: date,
    capacity: int,
) -> Factory:  # fmt: skip
    office = Factory(
        name=name.strip(),
        name_latin=name_latin.strip(),
        country=country.upper(),
        paper_languages=_PAPER_LANGUAGES.get(country.upper(), "en"),
    )
    session.add(office)
    with i18n.use(office.languages[0]):  # groups are called as the parents will read them
        seasons.start(
            session,
            Season(name=season.strip(), first_day=first_day, last_day=last_day, capacity=capacity),
            country=office.country,
        )
    return office


def _check(factory: str, country: str, season: str, first_day: date, last_day: date, capacity: int, user: str) -> None:
    problems: dict[str, str] = {}
    for field, value in (("factory", factory), ("season", season), ("user", user)):
        if not value.strip():
            problems[field] = _("Please fill this in.")
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        problems["country"] = _("Write the country as two letters, such as CN.")
    if last_day < first_day:
        problems["last_day"] = _("The last day is before the first.")
    if (last_day - first_day).days > 400:
        problems["last_day"] = _("A season lasts at most 400 days.")
    if not 0 <= capacity <= 5_000:
        problems["capacity"] = _("Write the number of places, from 0 to 5,000.")
    if problems:
        raise Invalid(problems)


roles.guard(globals(), Right.OFFICE, {Right.SETTINGS: (change,)})
