"""Real work on a real office, each action acknowledged when it is done; and the check that all of it is there.

Whatever happens to the process or the power, three things must hold: what was acknowledged is there, no action is there
by half, and the audit trail is whole.
"""

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks import next_version
from ccfs_desktop.db import Actor, Database, backup
from ccfs_desktop.db import restore as restoring
from ccfs_desktop.db.verify import verify
from ccfs_desktop.errors import UserError
from ccfs_desktop.models.audit import AuditPayload
from ccfs_desktop.models.child import Child, Contact, Guardian, Guardianship, Relation
from ccfs_desktop.models.factory import Factory
from ccfs_desktop.models.protection import Disposal, Grounds
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.visit import Visit
from ccfs_desktop.models.worker import Worker
from ccfs_desktop.services import attendance, backups, children, enrolments, erasure, seasons, workers
from ccfs_desktop.services.erasure import Because

KEYS = {"general": bytes(range(32)), "sensitive": bytes(range(32, 64))}
_ACTOR = Actor("Li Na", "officer")
_FIRST = date(2016, 1, 1)
_CHILDREN, _BATCH = 5, 40
_BEFORE = "before"

Tell = Callable[[int], None]
"""Called with the number of an action as soon as it is promised to be on disk."""


def make(folder: Path) -> None:
    """Make an office with five children whose papers are complete and a season that is open every day."""
    folder.mkdir(parents=True)
    db = _open(folder)
    with db.begin("Make the office") as session:
        session.add(Factory(name="玩具厂", country="CN"))
        season = Season(name="Years", first_day=_FIRST, last_day=_FIRST + timedelta(days=399), weekdays="1234567")
        seasons.start(session, season, country="XX")
        for n in range(_CHILDREN):
            child = children.save(session, Child(name=f"小明{n}", birth_date=date(2010, 5, 1 + n)))
            children.add_guardian(session, child, Guardian(name="王芳", phone="138"), Relation.MOTHER)
            session.add(Contact(child_id=child.id, name="外婆", phone="139"))
            place = enrolments.apply(session, season, child, on=_FIRST)
            enrolments.enrol(session, season, place, child, force=True)
            enrolments.papers_received(session, [child.id], on=_FIRST, language="zh_CN")
    next_version.write(folder / "next")
    db.close()


def _open(folder: Path) -> Database:
    return Database.open(folder, KEYS, _ACTOR)


# ------------------------------------------------------------------------------------------------------------- the work
def attend(folder: Path, tell: Tell, limit: int) -> None:
    """Sign all children in, then out, day after day: two actions a day."""
    db = _open(folder)
    with db.read() as session:
        season = seasons.current(session, _FIRST)
        ids = list(session.scalars(select(Child.id)))
    tell(-1)
    for n in range(min(limit, 798)):
        day = _FIRST + timedelta(days=n // 2)
        if n % 2:
            with db.begin("Sign out") as session:
                for child in ids:
                    attendance.sign_out(session, season, child, day, at=time(17, 5), collected_by="王芳")
        else:
            with db.begin("Sign in") as session:
                for child in ids:
                    attendance.sign_in(session, season, child, day, at=time(7, 55), brought_by="王芳")
        tell(n)
    db.close()


def take_in(folder: Path, tell: Tell, limit: int) -> None:
    """Import worker lists: each adds forty workers and changes the factory."""
    db = _open(folder)
    tell(-1)
    for n in range(limit):
        batch = [Worker(number=f"{n}-{i}", name=f"Fang {i}", department=str(n)) for i in range(_BATCH)]
        for worker in batch:
            workers.prepare(worker)
        with db.begin("Import the worker list") as session:
            session.scalars(select(Factory)).one().phone = str(n)
            db.insert_many(session, batch)
        tell(n)
    db.close()


def upgrade(folder: Path, tell: Tell, _limit: int) -> None:
    """Open the office with the next version of the program."""
    with next_version.pretended(folder / "next"):
        tell(-1)
        _open(folder).close()
        tell(0)


def back_up(folder: Path, tell: Tell, limit: int) -> None:
    """Change the factory and make a backup, again and again."""
    office = _office(folder)
    tell(-1)
    for n in range(limit):
        _phone(folder, str(n))
        backups.make(office)
        tell(n)


def go_back(folder: Path, tell: Tell, limit: int) -> None:
    """Change the factory and restore a backup of before, again and again."""
    office = _office(folder)
    _phone(folder, _BEFORE)
    copy = backups.make(office).copy.path
    tell(-1)
    for n in range(limit):
        _phone(folder, str(n))
        backups.restore(office, copy)
        tell(n)


def erase(folder: Path, tell: Tell, _limit: int) -> None:
    """Erase the children's data, one after the other."""
    db = _open(folder)
    tell(-1)
    for n in range(_CHILDREN):
        erasure.erase(db, n + 1, Because(Grounds.REQUEST, "Asked", "Wang Fang"))
        tell(n)
    db.close()


def _office(folder: Path) -> backups.Office:
    return backups.Office(folder, dict(KEYS), _ACTOR)


def _phone(folder: Path, phone: str) -> None:
    with contextlib.closing(_open(folder)) as db, db.begin("Change the factory's details") as session:
        session.scalars(select(Factory)).one().phone = phone


WORK: dict[str, Callable[[Path, Tell, int], None]] = {
    "attendance": attend,
    "import": take_in,
    "migration": upgrade,
    "backup": back_up,
    "restore": go_back,
    "erase": erase,
}


# ------------------------------------------------------------------------------------------------------------ the check
def problem(folder: Path, work: str, told: int) -> str:
    """Return what is wrong with an office after an accident; empty when nothing is.

    Args:
        folder: the office.
        work: what was being done.
        told: number of the last action that was acknowledged; -1 for none.
    """
    try:
        if work == "migration":
            return _check_upgrade(folder, told)
        with contextlib.closing(_open(folder)) as db:
            wrong = _CHECKS[work](db, told)
            return wrong or "; ".join(verify(db).problems[:1])
    except UserError:
        return "does not open"
    except SQLAlchemyError:
        return "damaged"


def _check_visits(db: Database, told: int) -> str:
    with db.read() as session:
        rows = session.execute(select(Visit.day, Visit.signed_out)).all()
    there, gone = Counter(day for day, _out in rows), Counter(day for day, out in rows if out)
    if any(n != _CHILDREN for n in (*there.values(), *gone.values())):
        return "half an action"
    done = len(there) + len(gone)
    return "" if done > told else f"lost {told + 1 - done}"


def _check_batches(db: Database, told: int) -> str:
    with db.read() as session:
        batches = Counter(session.scalars(select(Worker.department)))
        newest = session.scalars(select(Factory.phone)).one()
    if any(n != _BATCH for n in batches.values()) or newest != (str(len(batches) - 1) if batches else ""):
        return "half an action"
    return "" if len(batches) > told else f"lost {told + 1 - len(batches)}"


def _check_copies(db: Database, told: int) -> str:
    """Whatever lies under a final name is good, and what was acknowledged is in the newest one."""
    office = _office(cast(Path, db.folder))
    paths = sorted(office.copies.glob("office-*.db"))
    if {p for p in paths if not backup.readable(p, KEYS["general"]) or not backup.read_manifest(p)}:
        return "a bad backup"
    for path in paths:
        if not backups.rehearse(office, path).well:
            return "a bad backup"
    if told < 0:
        return ""
    with restoring.proved(paths[-1], office.folder, KEYS, lambda _n, _all: None) as proof:
        raw = restoring.connect(proof.database, KEYS["general"])
        phone = raw.execute("SELECT phone FROM factory").fetchone()[0]
        raw.close()
    return "" if int(phone) >= told else "lost a backup"


def _check_restored(db: Database, told: int) -> str:
    """The office is the old one or the new one, and every state that was replaced is still there."""
    with db.read() as session:
        phone = session.scalars(select(Factory.phone)).one()
    kept = [c for c in backup.copies(cast(Path, db.folder) / "backups") if c.manifest.why == backups.Why.RESTORE]
    if phone != _BEFORE and int(phone) <= told:
        return "not restored"
    if len(kept) <= told:
        return "lost what a restore replaced"
    return _check_copies(db, -1)


def _check_erased(db: Database, told: int) -> str:
    """Each child is wholly there or wholly erased, with its record; of an erased one no table says the name."""
    with db.read() as session:
        gone = [child.id for child in session.scalars(select(Child)) if child.erased_on]
        records = [one.child_id for one in session.scalars(select(Disposal))]
        linked = set(session.scalars(select(Guardianship.child_id)))
        told_of = "\n".join(body for body in session.scalars(select(AuditPayload.body)) if body)
        names = {child.id: child.name for child in session.scalars(select(Child))}
    if len(gone) <= told:
        return f"lost {told + 1 - len(gone)}"
    whole = len(linked) + len(gone) == _CHILDREN and not linked & set(gone)
    if set(gone) != set(records) or not whole:
        return "half an action"
    still = [n for n in gone if f"小明{n - 1}" in told_of or "小明" in names[n]]
    return "a name is left" if still or not db.settle() else ""


_CHECKS: dict[str, Callable[[Database, int], str]] = {
    "attendance": _check_visits,
    "import": _check_batches,
    "backup": _check_copies,
    "restore": _check_restored,
    "erase": _check_erased,
}


def _check_upgrade(folder: Path, told: int) -> str:
    """Nothing was upgraded, or everything; and the next version opens the office in either case."""
    try:
        with contextlib.closing(_open(folder)) as db, db.read() as session:
            if told == 0:
                return "lost 1"
            if inspect(session.connection()).has_table("toy") or not verify(db).whole:
                return "half an action"
    except UserError:
        pass  # upgraded: this version refuses it
    with next_version.pretended(folder / "next"), contextlib.closing(_open(folder)) as db, db.read() as session:
        mottoes = session.scalars(text("SELECT motto FROM season")).all()
        toys = session.scalars(text("SELECT name FROM toy")).all()
        return "" if (mottoes, toys) == (["together"], ["ball"]) and verify(db).whole else "half an action"
