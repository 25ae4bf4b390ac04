"""Which adults were really with the children, from when to when; and what was said where there were too few."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ccfs_desktop.i18n import N_
from ccfs_desktop.models.base import Record, choice, label
from ccfs_desktop.models.roster import PartKind


class Duty(Record, kw_only=True):
    """One adult's stay in the space: signed in and out on paper or at the desk. A day may have several.

    What is not known stays empty, as in a child's :class:`~ccfs_desktop.models.visit.Visit`. Source: domain.md 8.6.
    """

    __tablename__ = "duty"
    __table_args__ = (Index("ix_duty_day_staff", "day", "staff_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(info=label(N_("Day")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    arrived: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time in")))
    signed_out: Mapped[bool] = mapped_column(default=False)
    """Whether the adult has left; the time may still be missing."""
    departed: Mapped[time | None] = mapped_column(default=None, info=label(N_("Time out")))
    unsigned_in: Mapped[bool] = mapped_column(default=False, info=label(N_("No signature in")))
    unsigned_out: Mapped[bool] = mapped_column(default=False, info=label(N_("No signature out")))
    replaces: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Replaces")))
    sheet_code: Mapped[str] = mapped_column(String(8), default="", info=label(N_("Sheet no.")))
    entered_late: Mapped[bool] = mapped_column(default=False, info=label(N_("Entered late")))
    note: Mapped[str] = mapped_column(String(200), default="", info=label(N_("Remark")))


class DutyPart(Record, kw_only=True):
    """A break, an errand or a stretch in another group, as it really was; without an end it is still going on."""

    __tablename__ = "duty_part"

    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"), index=True)
    kind: Mapped[PartKind] = mapped_column(choice(PartKind), default=PartKind.BREAK, info=label(N_("What")))
    starts: Mapped[time] = mapped_column(info=label(N_("From")))
    ends: Mapped[time | None] = mapped_column(default=None, info=label(N_("To")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    """For :attr:`PartKind.COVER`: where."""
    note: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Remark")))


class RatioNote(Record, kw_only=True):
    """The explanation of a stretch with too few adults, and who signed that it is true."""

    __tablename__ = "ratio_note"

    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    day: Mapped[date] = mapped_column(index=True, info=label(N_("Day")))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("room_group.id"), default=None, info=label(N_("Group")))
    starts: Mapped[time] = mapped_column(info=label(N_("From")))
    ends: Mapped[time] = mapped_column(info=label(N_("To")))
    explanation: Mapped[str] = mapped_column(String(300), info=label(N_("Explanation"), multiline=True))
    explained_by: Mapped[str] = mapped_column(String(120), info=label(N_("Explained by")))
    explained_at: Mapped[datetime] = mapped_column(info=label(N_("Explained at")))
    countersigned_by: Mapped[str] = mapped_column(String(120), default="", info=label(N_("Counter-signed by")))
    countersigned_at: Mapped[datetime | None] = mapped_column(default=None, info=label(N_("Counter-signed at")))
