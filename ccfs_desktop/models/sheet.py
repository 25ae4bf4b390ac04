"""The numbered sheets of paper: printed = returned + voided + missing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.factory import SheetLayout


class SheetStatus(Choice):
    """Where a sheet is."""

    PRINTED = "printed", N_("Not back")
    RETURNED = "returned", N_("Returned")
    VOIDED = "voided", N_("Voided")
    MISSING = "missing", N_("Missing")


class SheetKind(Choice):
    """Who signs on a sheet."""

    CHILDREN = "children", N_("Children")
    STAFF = "staff", N_("Staff")


class Sheet(Record, kw_only=True):
    """One numbered page that was printed for signatures."""

    __tablename__ = "sheet"

    code: Mapped[str] = mapped_column(String(8), unique=True, info=label(N_("Sheet no.")))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    kind: Mapped[SheetKind] = mapped_column(choice(SheetKind), default=SheetKind.CHILDREN, info=label(N_("Signed by")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None)
    group_name: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Group")))
    layout: Mapped[SheetLayout] = mapped_column(choice(SheetLayout), info=label(N_("Layout")))
    languages: Mapped[str] = mapped_column(String(40), default="en")
    pages: Mapped[int] = mapped_column(default=1, info=label(N_("Pages")))
    revision: Mapped[int] = mapped_column(default=0)
    """Counts new editions of the same day and group, made when the list of children had changed."""
    rows: Mapped[str] = mapped_column(default="")
    """Enrolment ids, or staff ids, in the order printed, comma-separated: what a reader of the returned sheet needs."""
    printed_at: Mapped[datetime] = mapped_column(info=label(N_("Printed at")))
    printed_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Printed by")))
    copies: Mapped[int] = mapped_column(default=1, info=label(N_("Copies")))
    status: Mapped[SheetStatus] = mapped_column(
        choice(SheetStatus), default=SheetStatus.PRINTED, info=label(N_("Status"))
    )
    settled_on: Mapped[date | None] = mapped_column(default=None, info=label(N_("Back on")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class SheetFile(Record, kw_only=True):
    """The PDF of a sheet exactly as it was printed; a reprint is the same bytes."""

    __tablename__ = "sheet_file"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, repr=False, info={"hashed": True})
    """The trail keeps only its SHA-256: a printed sheet is never taken back."""
