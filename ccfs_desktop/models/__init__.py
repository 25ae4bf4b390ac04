"""What we store: one module per noun, SQLAlchemy records only."""

from ccfs_desktop.models import (
    audit,
    check,
    child,
    duty,
    enrolment,
    factory,
    listing,
    roster,
    season,
    sheet,
    staff,
    visit,
    worker,
)
from ccfs_desktop.models.base import Base

__all__ = [
    "Base",
    "audit",
    "check",
    "child",
    "duty",
    "enrolment",
    "factory",
    "listing",
    "roster",
    "season",
    "sheet",
    "staff",
    "visit",
    "worker",
]
