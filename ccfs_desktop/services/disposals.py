"""The records of what was erased: what, how much, why, by whom, and which backups still hold it until when."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop import clock
from ccfs_desktop.db import Database
from ccfs_desktop.errors import Invalid
from ccfs_desktop.i18n import _
from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.protection import WHOLE, Disposal, Grounds
from ccfs_desktop.services import backups, retention, roles
from ccfs_desktop.services.backup_rotation import Kept
from ccfs_desktop.services.erasure_plan import Stay
from ccfs_desktop.services.roles import Right

LONGEST = 12
"""Months after which the rotation has thrown away every copy made by itself. Source: security.md 4.3, 5."""


@dataclass(frozen=True)
class Copies:
    """The backups that still hold what is erased now."""

    files: tuple[str, ...]
    until: date | None
    """When the last of them is thrown away at the latest; None when one is kept for good, or there is none."""
    for_good: tuple[str, ...] = ()
    """Copies that no rotation throws away: they are deleted by hand."""


def copies_of(db: Database, second: Path | None = None) -> Copies:
    """Return the copies of this office that exist now, here and on the second medium."""
    if db.folder is None:
        return Copies((), None)
    entries = backups.list_of(db.folder, second)
    good = tuple(one.path.name for one in entries if Kept.ALWAYS in one.kept or one.manifest is None)
    rotated = [one.made.date() for one in entries if one.path.name not in good]
    until = retention.months_after(max(rotated), LONGEST) if rotated else None
    return Copies(tuple(one.path.name for one in entries), until, good)


def check_reason(grounds: Grounds, reason: str, names: Sequence[str] = ()) -> None:
    """Refuse an erasure without a reason, and a reason that names the child.

    Raises:
        Invalid: as said.
    """
    if grounds is not Grounds.TIME_OVER and not reason.strip():
        raise Invalid({"reason": _("Write why it is erased, such as the letter in which the guardian asked for it.")})
    if any(name.casefold() in reason.casefold() for name in names):
        raise Invalid({"reason": _("Do not write the child's name here: this record stays.")})


def enter(
    session: Session, category: str, subject: str, grounds: Grounds, reason: str, approved_by: str,
    erased: Mapping[str, int], copies: Copies, *, child_id: int | None = None, stays: Iterable[Stay] = (),
    documents: Sequence[str] = (), kept: tuple[str | None, date | None] = (None, None), day: date | None = None,
) -> Disposal:  # fmt: skip
    """Keep the record of an erasure, with the next number of the year.

    Args:
        session: the transaction in which it is erased.
        category: code of the category, or ``child``.
        subject: about whom, without a name.
        grounds: why.
        reason: in words.
        approved_by: the second person.
        erased: what, marked → how many.
        copies: backups that still hold it.
        child_id: the child, for one.
        stays: what is not erased.
        documents: numbers of issued documents whose file was erased.
        kept: the name to be sealed, and until when.
        day: today.
    """
    on = day or clock.today()
    made = Disposal(
        number=next_number(session, on.year), category=category, child_id=child_id, subject=subject, day=on,
        at=clock.now(), grounds=grounds, reason=" ".join(reason.split()), by=session.info["actor"].user,
        approved_by=approved_by,
        erased=json.dumps(dict(erased), ensure_ascii=False),
        stays=json.dumps([[s.noun, s.count, s.until.isoformat() if s.until else "", s.why] for s in stays]),
        documents=json.dumps(list(documents)),
        backups=json.dumps({"files": list(copies.files), "for_good": list(copies.for_good)}),
        backups_until=copies.until, kept_name=kept[0], kept_until=kept[1],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def listed(session: Session) -> list[Disposal]:
    """Return every record of an erasure, newest first."""
    return list(session.scalars(select(Disposal).order_by(Disposal.id.desc())))


def erased(disposal: Disposal) -> dict[str, int]:
    """Return what was erased, marked → how many."""
    return json.loads(disposal.erased)


def stays(disposal: Disposal) -> list[Stay]:
    """Return what was not erased then."""
    return [
        Stay(noun, count, date.fromisoformat(until) if until else None, why)
        for noun, count, until, why in json.loads(disposal.stays)
    ]


def documents(disposal: Disposal) -> list[str]:
    """Return the numbers of the issued documents whose file was erased."""
    return json.loads(disposal.documents)


def copies(disposal: Disposal) -> Copies:
    """Return the backups that held it then."""
    held = json.loads(disposal.backups)
    return Copies(tuple(held["files"]), disposal.backups_until, tuple(held["for_good"]))


def of_child(session: Session, child_id: int) -> list[Disposal]:
    """Return what was erased about one child, newest first."""
    return [one for one in listed(session) if one.child_id == child_id]


def brought_back(session: Session) -> dict[int, dict[str, Disposal]]:
    """Return child → part → the record of an erasure that a restored backup took back, and that was not done again.

    Of what was erased as a whole the child's own record tells; of a part only that a restore carried the record over.
    """
    parts = select(Disposal).where(Disposal.child_id.is_not(None), Disposal.category != WHOLE).order_by(Disposal.id)
    every = list(session.scalars(parts))
    if not every:
        return {}
    restores = select(AuditEntry.transaction).where(AuditEntry.kind == "note", AuditEntry.entity == "restore")
    entered = select(AuditEntry.entity_id).where(
        AuditEntry.entity == Disposal.__tablename__, AuditEntry.kind == "create", AuditEntry.transaction.in_(restores)
    )
    carried = {int(number) for number in session.scalars(entered)}
    found: dict[int, dict[str, Disposal]] = {}
    for one in every:
        of_child = found.setdefault(one.child_id or 0, {})
        for part in one.category.split("+"):
            of_child.pop(part, None)
            if one.id in carried:
                of_child[part] = one
    return found


def next_number(session: Session, year: int) -> str:
    """Return the next free number of a year."""
    used = session.scalars(select(Disposal.number).where(Disposal.number.startswith(f"D-{year}-")))
    return f"D-{year}-{max((int(number[7:]) for number in used), default=0) + 1:03}"


roles.guard(globals(), Right.PROTECTION, {Right.DATA: (copies_of, enter), Right.BACKUP: (next_number,)})
