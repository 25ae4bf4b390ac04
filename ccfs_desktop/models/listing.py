"""What the program remembers of the lists it read."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label


class ListKind(Choice):
    """Which of the factory's lists."""

    WORKERS = "workers", N_("Worker list")
    CHILDREN = "children", N_("Children's registration")
    STAFF = "staff", N_("Staff list")


class ListMapping(Record, kw_only=True):
    """Which column of a factory's own file is which field, as the officer confirmed it."""

    __tablename__ = "list_mapping"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)

    kind: Mapped[ListKind] = mapped_column(choice(ListKind))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Hash of the headings."""
    columns: Mapped[str]
    """JSON: field → column number, counted from 0."""


class ListImport(Record, kw_only=True):
    """One list that was read in: which file, when, by whom, with what result."""

    __tablename__ = "list_import"

    kind: Mapped[ListKind] = mapped_column(choice(ListKind), info=label(N_("List")))
    file_name: Mapped[str] = mapped_column(String(200), info=label(N_("File")))
    at: Mapped[datetime] = mapped_column(info=label(N_("Read on")))
    by: Mapped[str] = mapped_column(String(120), info=label(N_("By")))
    rows: Mapped[int] = mapped_column(info=label(N_("Rows")))
    imported: Mapped[int] = mapped_column(info=label(N_("New")))
    updated: Mapped[int] = mapped_column(info=label(N_("Changed")))
    unchanged: Mapped[int] = mapped_column(info=label(N_("Unchanged")))
    attention: Mapped[int] = mapped_column(info=label(N_("Need attention")))
