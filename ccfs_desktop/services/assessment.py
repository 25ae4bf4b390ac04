"""Facts for the impact assessment: whose data is kept, what for, who reaches it, and the assessments made so far.

Source: security.md 5: an assessment before the first child's data is kept, pre-filled from the configuration, dated,
its record kept for at least three years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ccfs_desktop.db import Database
from ccfs_desktop.models.document import Document, DocumentFile
from ccfs_desktop.services import consent_register, data_audit, offices, retention, roles, seasons, users
from ccfs_desktop.services.consent_register import Coverage
from ccfs_desktop.services.data_audit import Persons
from ccfs_desktop.services.retention import Category, Law
from ccfs_desktop.services.roles import Right

NAME = "impact-assessment"
"""In the catalogue of documents."""
KEPT = "assessment"
"""In the retention schedule."""


@dataclass(frozen=True)
class Assessment:
    """What is known of an office on the day of its assessment."""

    day: date
    country: str
    """Two letters."""
    on_server: bool
    """Whether the records lie on a database server instead of one encrypted file."""
    persons: Persons
    coverage: tuple[Coverage, ...]
    """By purpose; empty before there are children."""
    laws: tuple[Law, ...]
    schedule: tuple[Category, ...]
    users: Mapping[str, int]
    """Role → how many have it; empty where the program does not look after users."""
    kept_until: date | None
    """As the schedule says today; None for without limit."""


@dataclass(frozen=True)
class Made:
    """An assessment that was issued."""

    document: Document
    kept_until: date | None
    there: bool
    """Whether its file is still kept."""


def facts(session: Session, db: Database, on: date) -> Assessment:
    """Return what an assessment is pre-filled with.

    Args:
        session: an open session.
        db: the office.
        on: the day of the assessment.

    Raises:
        UserError: no season was set up, or the role may not.
    """
    season = seasons.current(session, on)
    country = offices.factory(session).country
    schedule = retention.schedule(session)
    counted: dict[str, int] = {}
    for one in users.everybody(db):
        counted[one.role] = counted.get(one.role, 0) + 1
    return Assessment(
        on, country, db.folder is None, data_audit.persons(session, on),
        tuple(consent_register.coverage_of(session, season, min(on, season.last_day))), retention.laws(country),
        tuple(schedule), counted, _rule(schedule).until(on),
    )  # fmt: skip


def made(session: Session) -> list[Made]:
    """Return the assessments that were issued, newest first, each with the day until which it is kept."""
    rule = _rule(retention.schedule(session))
    found = session.scalars(select(Document).where(Document.name == NAME).order_by(Document.serial.desc())).all()
    held = select(DocumentFile.document_id).where(DocumentFile.document_id.in_([one.id for one in found]))
    there = set(session.scalars(held))
    return [Made(one, rule.until(one.issued_at.date()), one.id in there) for one in found]


def _rule(schedule: list[Category]) -> Category:
    return next(one for one in schedule if one.code == KEPT)


roles.guard(globals(), Right.DATA, {})
