"""Factory lists going in: plan first, then write as one action."""

from sqlalchemy.orm import Session

from ccfs_desktop.models.listing import ListKind
from ccfs_desktop.models.season import Season
from ccfs_desktop.services.imports.families import plan_children
from ccfs_desktop.services.imports.people import plan_staff, plan_workers
from ccfs_desktop.services.imports.plan import Outcome, Plan, PlannedRow, Remark
from ccfs_desktop.services.imports.writing import apply, remembered
from ccfs_desktop.services.listing import ListRead

__all__ = ["Outcome", "Plan", "PlannedRow", "Remark", "apply", "plan", "remembered"]


def plan(session: Session, season: Season, kind: ListKind, read: ListRead) -> Plan:
    """Say what will become of each row of a list, before anything is written."""
    if kind is ListKind.CHILDREN:
        return plan_children(session, season, read)
    return plan_workers(session, read) if kind is ListKind.WORKERS else plan_staff(session, read)
