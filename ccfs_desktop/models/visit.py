"""Who was in the space, from when to when, and who was not."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Choice, Record, choice, label
from ccfs_desktop.models.masked import Masked


class Visit(Record, kw_only=True):
    """One child's stay: signed in by an adult, signed out to an adult. A day may have several.

    What is not known stays empty: a visit without a departure is a child still here, or a sheet still to be asked
    about; it is never filled in by the program.
    """

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_day_child", "day", "child_id"),)

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    arrived: Mapped[time | None] = mapped_column(info=label(N_("Time in")), default=None)
    brought_by: Mapped[str] = mapped_column(Masked(120), default="", info=label(N_("Brought by")))
    signed_out: Mapped[bool] = mapped_column(default=False)
    """Whether the child has left; the time may still be missing."""
    departed: Mapped[time | None] = mapped_column(info=label(N_("Time out")), default=None)
    collected_by: Mapped[str] = mapped_column(Masked(120), default="", info=label(N_("Collected by")))
    unsigned_in: Mapped[bool] = mapped_column(default=False, info=label(N_("No signature in")))
    unsigned_out: Mapped[bool] = mapped_column(default=False, info=label(N_("No signature out")))
    sheet_code: Mapped[str] = mapped_column(String(8), default="", info=label(N_("Sheet no.")))
    """The sheet this was typed from, for what was entered after the fact."""
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))
    override_reason: Mapped[str] = mapped_column(
        String(200), default="", info=label(N_("Admitted or released because"))
    )
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class AbsenceReason(Choice):
    """Why a child does not come."""

    SICK = "sick", N_("Sick")
    FAMILY = "family", N_("Family")
    HOLIDAY = "holiday", N_("Away")
    TRANSPORT = "transport", N_("Transport")
    OTHER = "other", N_("Other reason")
    UNKNOWN = "unknown", N_("Not explained")

    @property
    def excused(self) -> bool:
        """Whether the family gave a reason. Source: domain.md K04, the excused split."""
        return self is not AbsenceReason.UNKNOWN


class Absence(Record, kw_only=True):
    """Days on which an enrolled child does not come, announced before or noted on the day."""

    __tablename__ = "absence"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    first_day: Mapped[date] = mapped_column(index=True, info=label(N_("From")))
    last_day: Mapped[date] = mapped_column(info=label(N_("To")))
    reason: Mapped[AbsenceReason] = mapped_column(
        choice(AbsenceReason), default=AbsenceReason.UNKNOWN, info=label(N_("Reason"))
    )
    planned: Mapped[bool] = mapped_column(default=False, info=label(N_("Announced before")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class DayClose(Record, kw_only=True):
    """A day that was closed, with the word given for each exception it had."""

    __tablename__ = "day_close"
    __table_args__ = (UniqueConstraint("season_id", "day"),)

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date]
    closed_by: Mapped[str] = mapped_column(String(120), info=label(N_("Closed by")))
    closed_at: Mapped[datetime] = mapped_column(info=label(N_("Closed at")))
    expected: Mapped[int]
    present: Mapped[int]
    absent_excused: Mapped[int]
    absent_unexcused: Mapped[int]
    head_counts: Mapped[str] = mapped_column(String(60), default="", info=label(N_("Head-counts")))


class DayNote(Record, kw_only=True):
    """The word given for one exception of a day."""

    __tablename__ = "day_note"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True)
    code: Mapped[str] = mapped_column(String(40))
    """Which exception, such as ``open-visit``; see ``services.closing``."""
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None)
    word: Mapped[str] = mapped_column(String(300), info=label(N_("Explanation")))
    by: Mapped[str] = mapped_column(String(120), default="")


class Correction(Record, kw_only=True):
    """A change to a day after it was closed: the old value stays visible, with who changed it and why."""

    __tablename__ = "correction"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True)
    child_id: Mapped[int | None] = mapped_column(ForeignKey("child.id"), default=None)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), default=None)
    """Whose record it is: a child's, or a member of staff's."""
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str] = mapped_column(String(200))
    new: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(300), info=label(N_("Reason")))
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
