"""Taking back user actions from the audit trail, each as a new recorded action."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Table, func, inspect, select
from sqlalchemy.orm import Session

from ccfs_desktop.db.canon import from_json, is_sealed, to_json
from ccfs_desktop.db.database import Database
from ccfs_desktop.db.trail import Change
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import N_, _
from ccfs_desktop.models.audit import AuditEntry, AuditPayload
from ccfs_desktop.models.base import Base, Record
from ccfs_desktop.models.sealed import Sealer, sealer_of

_CHUNK = 500


@dataclass(frozen=True)
class Action:
    """One user action, as the history lists it."""

    transaction: str
    action: str
    actor: str
    at: str
    """UTC, ISO 8601."""
    changes: int
    undoes: str
    undone: bool
    final: bool

    @property
    def undoable(self) -> bool:
        """Whether it can still be taken back, as far as the list alone can tell."""
        return not (self.undone or self.final or self.undoes)

    @property
    def redoable(self) -> bool:
        """Whether it is itself an undoing that can be taken back."""
        return bool(self.undoes) and not self.undone


@dataclass
class _Step:
    """One entry of the action being undone."""

    seq: int
    kind: str
    entity: str
    entity_id: int
    change: Change = field(default_factory=dict[str, Any])


def secret_tables() -> list[str]:
    """Name the tables of which those without the sensitive key do not even learn that something was done."""
    return [table.name for table in Base.metadata.sorted_tables if table.info.get("secret")]


def history(db: Database, limit: int = 100) -> list[Action]:
    """Return the last user actions that changed records, newest first; of secret ones only to those with the key."""
    secret = select(AuditEntry.transaction).where(AuditEntry.entity.in_(secret_tables()))
    with db.read() as session:
        seen = [] if sealer_of(session.connection().dialect).holds_key else [AuditEntry.transaction.not_in(secret)]
        undone = set(session.scalars(select(AuditEntry.undoes).where(AuditEntry.undoes != "").distinct()))
        rows = session.execute(
            select(
                AuditEntry.transaction, AuditEntry.action, AuditEntry.actor, func.min(AuditEntry.at),
                func.count(), AuditEntry.undoes, AuditEntry.final,
            )
            .where(AuditEntry.kind != "note", *seen)
            .group_by(
                AuditEntry.transaction, AuditEntry.action, AuditEntry.actor, AuditEntry.undoes, AuditEntry.final
            )
            .order_by(func.max(AuditEntry.seq).desc())
            .limit(limit)
        ).all()  # fmt: skip
    return [Action(t, name, who, at, n, undoes, t in undone, final) for t, name, who, at, n, undoes, final in rows]


def undo_last(db: Database) -> Action:
    """Take back the newest action of this sitting; prints, which nobody can take back, are passed over.

    What was done before this office was opened, or by somebody else, is undone from the history only: there one sees
    what it is.

    Raises:
        UserError: there is nothing of this sitting to undo, or later work stands in the way.
    """
    mine = [a for a in history(db) if a.undoable and a.actor == db.actor.user and a.at >= db.opened_at]
    if not mine:
        raise UserError(
            _("You have done nothing since this office was opened. Earlier work: Settings, History and undo.")
        )
    undo(db, mine[0])
    return mine[0]


def undo(db: Database, action: Action) -> None:
    """Take back one action: what it created goes, what it changed or removed comes back.

    Raises:
        UserError: a later action changed the same records or builds on them, which is named; or it is final.
    """
    if action.final:
        raise UserError(_("“{action}” cannot be undone.").format(action=_(action.action)))
    with db.begin(N_("Undo"), undoes=action.transaction) as session:
        steps = _steps(session, action)
        _check_columns(steps)
        sealer = sealer_of(session.connection().dialect)
        _load(session, steps)
        for step in _last_words(steps):
            _check(session, step, sealer)
        _check_dependants(session, steps)
        previous = None
        for step in steps:
            if previous and (step.entity, step.kind) != previous:
                session.flush()  # keeps the order in which rows depend on each other
            _take_back(session, step, sealer)
            previous = (step.entity, step.kind)


def _steps(session: Session, action: Action) -> list[_Step]:
    rows = session.execute(
        select(AuditEntry.seq, AuditEntry.kind, AuditEntry.entity, AuditEntry.entity_id, AuditPayload.body)
        .join(AuditPayload, AuditPayload.seq == AuditEntry.seq)
        .where(AuditEntry.transaction == action.transaction, AuditEntry.kind != "note")
        .order_by(AuditEntry.seq.desc())
    ).all()
    if any(body is None for *_rest, body in rows):
        raise UserError(_("This cannot be undone: its personal data was erased."))
    return [
        _Step(seq, kind, entity, int(entity_id), {c: (b, a) for c, (b, a) in json.loads(body or "{}").items()})
        for seq, kind, entity, entity_id, body in rows
    ]


def _check_columns(steps: list[_Step]) -> None:
    """Refuse what was done by an earlier version of the program to fields that are no longer there."""
    for step in steps:
        columns: Any = inspect(_kind(step.entity)).local_table.columns
        if any(name not in columns for name in step.change):
            raise UserError(
                _("This was done with an earlier version of the program and cannot be undone. Change it by hand.")
            )


def _last_words(steps: list[_Step]) -> list[_Step]:
    """Return each step with only the values that no later step of the same action changed again."""
    told: dict[tuple[str, int], set[str]] = {}
    gone: set[tuple[str, int]] = set()
    found: list[_Step] = []
    for step in steps:  # the newest first
        record = (step.entity, step.entity_id)
        if record not in gone:
            later = told.setdefault(record, set())
            found.append(replace(step, change={c: v for c, v in step.change.items() if c not in later}))
            later.update(step.change)
        if step.kind == "delete":
            gone.add(record)
    return found


def _load(session: Session, steps: list[_Step]) -> None:
    """Load all records concerned in a few queries, instead of one by one."""
    wanted: dict[str, list[int]] = {}
    for step in steps:
        wanted.setdefault(step.entity, []).append(step.entity_id)
    session.info["loaded"] = [
        session.scalars(select(kind).where(kind.id.in_(ids[i : i + _CHUNK]))).all()
        for kind, ids in ((_kind(name), ids) for name, ids in wanted.items())
        for i in range(0, len(ids), _CHUNK)
    ]


def _kind(entity: str) -> type[Record]:
    return next(
        m.class_
        for m in Base.registry.mappers
        if m.local_table is not None and m.local_table.name == entity  # pyright: ignore
    )


def _check(session: Session, step: _Step, sealer: Sealer) -> None:
    """Make sure the record still stands as the action left it."""
    record = session.get(_kind(step.entity), step.entity_id)
    if step.kind == "delete":
        if record is not None:
            raise _in_the_way(session, step)
        return
    if record is None:
        raise _in_the_way(session, step)
    if getattr(record, "frozen", False):
        raise UserError(_("This cannot be undone: it was signed since, and what is signed does not change."))
    columns: Any = inspect(type(record)).local_table.columns
    for name, (_before, after) in step.change.items():
        if is_sealed(columns[name]) and not sealer.holds_key:
            raise UserError(_("Your role may not undo changes of health or care details. Ask the HR officer."))
        if not _same(getattr(record, name), after, columns[name], sealer):
            raise _in_the_way(session, step)


def _same(value: Any, stored: Any, column: Any, sealer: Sealer) -> bool:
    """Compare a value with what the trail says; of some values it keeps only a hash."""
    try:
        return value == from_json(stored, column, sealer)
    except LookupError:
        return to_json(value, column, sealer) == stored


def _in_the_way(session: Session, step: _Step) -> UserError:
    later = session.execute(
        select(AuditEntry.action, AuditEntry.actor)
        .where(
            AuditEntry.entity == step.entity,
            AuditEntry.entity_id == str(step.entity_id),
            AuditEntry.seq > step.seq,
            AuditEntry.kind != "note",
        )
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).first()
    action, actor = later or (N_("Change"), "?")
    return UserError(
        _("This cannot be undone: “{action}” by {actor} came later and would be lost. Undo that first.").format(
            action=_(action), actor=actor
        )
    )


def _check_dependants(session: Session, steps: list[_Step]) -> None:
    """Refuse to remove a record that later work refers to."""
    going = {(s.entity, s.entity_id) for s in steps if s.kind == "create"}
    parents: dict[str, list[int]] = {}
    for entity, number in going:
        parents.setdefault(entity, []).append(number)
    for entity, numbers in parents.items():
        for table, column in _referring(entity):
            for i in range(0, len(numbers), _CHUNK):
                ids = session.scalars(select(table.c.id).where(column.in_(numbers[i : i + _CHUNK]))).all()
                late = next((n for n in ids if (table.name, n) not in going), None)
                if late is not None:
                    raise _in_the_way(session, _Step(0, "create", table.name, late))


def _referring(entity: str) -> list[tuple[Table, Any]]:
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == entity
    ]


def _take_back(session: Session, step: _Step, sealer: Sealer) -> None:
    kind = _kind(step.entity)
    columns: Any = inspect(kind).local_table.columns
    if step.kind == "create":
        session.delete(session.get_one(kind, step.entity_id))
        return
    if step.kind == "delete":
        record = inspect(kind).class_manager.new_instance()
        for column in columns:
            if column.name != "version":
                setattr(record, column.name, None)
        session.add(record)
    else:
        record = session.get_one(kind, step.entity_id)
    try:
        for name, (before, _after) in step.change.items():
            setattr(record, name, from_json(before, columns[name], sealer))
    except LookupError:
        raise UserError(_("This cannot be undone: its content is kept only as a seal.")) from None
