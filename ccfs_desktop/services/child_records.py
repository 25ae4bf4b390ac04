"""The register of some days as evidence: each child-day with its visits, who entered them and when, and what changed.

Names are written as the redaction allows; the code of a child is always there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.models.audit import AuditEntry
from ccfs_desktop.models.child import Child
from ccfs_desktop.models.season import Season
from ccfs_desktop.models.sheet import Sheet, SheetKind
from ccfs_desktop.models.visit import AbsenceReason, Correction, DayClose, Visit
from ccfs_desktop.services import closing, histories, register, roles
from ccfs_desktop.services.redaction import Redaction, Redactor
from ccfs_desktop.services.register import Row
from ccfs_desktop.services.roles import Right
from ccfs_desktop.services.sheets import are_lost, of_child


@dataclass(frozen=True)
class Entered:
    """Who put a record in, and when, by the audit trail."""

    by: str
    at: datetime
    """Local time."""


@dataclass(frozen=True)
class ChildDay:
    """One child on one day."""

    day: date
    child_id: int
    enrolment_id: int
    code: str
    number: str
    """Of the place in the season; empty where only codes are shown."""
    name: str
    """As the redaction allows."""
    group_id: int | None
    group: str
    age: int
    expected: bool
    visits: tuple[Visit, ...]
    brought: tuple[str, ...]
    """Who brought the child, a visit each, as the redaction allows."""
    collected: tuple[str, ...]
    entered: tuple[Entered | None, ...]
    """A visit each; None when the trail does not tell."""
    sheets: tuple[Sheet, ...] = ()
    """The numbered sheets it was typed from; without one, those on which the child was listed that day."""
    absence: AbsenceReason | None = None

    @property
    def lost(self) -> bool:
        """Whether none of the sheets on which was signed has come back, so that no signature can be shown."""
        return are_lost(self.sheets)

    @property
    def numbers(self) -> tuple[tuple[str, ...], ...]:
        """The numbers of the sheets of each visit: of the one it was typed from, else of those of the day."""
        listed = tuple(sheet.code for sheet in self.sheets)
        return tuple((visit.sheet_code,) if visit.sheet_code else listed for visit in self.visits)


@dataclass(frozen=True)
class Changed:
    """One change after the day was closed."""

    whose: str
    record: Correction


@dataclass(frozen=True)
class DayRegister:
    """The register of a day."""

    day: date
    rows: tuple[ChildDay, ...]
    """Those who were expected, came or were said to be absent."""
    sheets: tuple[Sheet, ...]
    """The numbered sheets for the children's signatures."""
    changes: tuple[Changed, ...]
    closed: DayClose | None
    heads: int
    """How many of the day's head-counts (``closing.HEAD_COUNTS``) were entered."""

    @property
    def came(self) -> int:
        """Children who came."""
        return sum(1 for row in self.rows if row.visits)


def read(
    session: Session, season: Season, days: Sequence[date], sheets: Sequence[Sheet], redactor: Redactor
) -> tuple[DayRegister, ...]:
    """Return the register of some days.

    Args:
        session: an open session.
        season: the season.
        days: in order.
        sheets: the numbered sheets of these days.
        redactor: says how people are called.
    """
    entered = _entered(session)
    return tuple(_day(session, season, day, sheets, entered, redactor) for day in days)


def _day(
    session: Session, season: Season, day: date, sheets: Sequence[Sheet], entered: Mapping[str, Entered],
    redactor: Redactor,
) -> DayRegister:  # fmt: skip
    found = [row for row in register.read(session, season, day) if row.expected or row.visits or row.absence]
    changes = tuple(Changed(_whose(who, redactor), one) for one, who in closing.corrected(session, season, day))
    of_day = [sheet for sheet in sheets if sheet.day == day]
    own = [sheet for sheet in of_day if sheet.kind is SheetKind.CHILDREN]
    return DayRegister(
        day,
        tuple(_child_day(day, row, entered, of_day, redactor) for row in found),
        tuple(sorted(own, key=lambda sheet: sheet.id)),
        changes,
        closing.closed(session, season, day),
        len(closing.head_counts(session, season, day).keys() & set(closing.HEAD_COUNTS)),
    )


def _child_day(
    day: date, row: Row, entered: Mapping[str, Entered], sheets: Sequence[Sheet], redactor: Redactor
) -> ChildDay:
    typed = {visit.sheet_code for visit in row.visits if visit.sheet_code}
    return ChildDay(
        day=day, child_id=row.child_id, enrolment_id=row.enrolment_id, code=redactor.code(row.child_id),
        number="" if redactor.kind is Redaction.CODES else row.number,
        name=redactor.child(row.child_id, row.name, row.name_latin), group_id=row.group_id, group=row.group,
        age=row.age, expected=row.expected, visits=row.visits,
        brought=tuple(redactor.person(visit.brought_by, row.child_id) for visit in row.visits),
        collected=tuple(redactor.person(visit.collected_by, row.child_id) for visit in row.visits),
        entered=tuple(entered.get(str(visit.id)) for visit in row.visits),
        sheets=of_child(sheets, row.enrolment_id, typed),
        absence=row.absence.reason if row.absence else None,
    )  # fmt: skip


def _whose(who: object, redactor: Redactor) -> str:
    if isinstance(who, Child):
        return redactor.child(who.id, who.name, who.name_latin)
    return str(getattr(who, "name", ""))


def _entered(session: Session) -> dict[str, Entered]:
    """Return visit → who entered it; read once for all days."""
    query = select(AuditEntry.entity_id, AuditEntry.actor, AuditEntry.at).where(
        AuditEntry.entity == Visit.__tablename__, AuditEntry.kind == "create"
    )
    return {key: Entered(actor, histories.local(at)) for key, actor, at in session.execute(query)}


roles.guard(globals(), Right.DETAILS, {})
